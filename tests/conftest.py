"""What all tests share: a browser, pages that are watched, the shipped data, the page of everything, the served app.

`shipped` is loaded once by each worker and `exported` written once for all of them; no test may change either.

`desktop_page`, `phone_page`: a page of 1440x900 and 390x844. `offline_page`: the former with the
network switched off. Each fails its test on any console error or request that leaves this machine;
its record is `watch`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sco_map.atlas import Atlas, load_atlas
from tests.atlas import tiny
from tests.browser import DESKTOP, PHONE, NoBrowserError, Pages, Watch, launch, served_app
from tests.e2e.page import export, opened
from tests.inside import state_of
from tests.sharing import made_once


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield one headless Chromium for the whole run; fail, never skip, where there is none."""
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except NoBrowserError as error:
            pytest.fail(str(error), pytrace=False)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the app, served once for the whole run."""
    with served_app(Path(tmp_path_factory.mktemp("app")) / "streamlit.log") as address:
        yield address


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Yield the record of this test's pages; complain at the end about what they did wrong."""
    record = Watch()
    yield record
    record.check()


@pytest.fixture(scope="session")
def pages(browser: Browser) -> Pages:
    """Return the pages that tests use one after the other."""
    return Pages(browser)


@pytest.fixture
def desktop_page(pages: Pages, watch: Watch) -> Iterator[Page]:
    """Yield an empty page of 1440x900."""
    with pages.lent("desktop", watch, viewport=DESKTOP) as page:
        yield page


@pytest.fixture
def phone_page(pages: Pages, watch: Watch) -> Iterator[Page]:
    """Yield an empty page of 390x844 that is touched, not clicked."""
    with pages.lent("phone", watch, viewport=PHONE, is_mobile=True, has_touch=True) as page:
        yield page


@pytest.fixture
def offline_page(pages: Pages, watch: Watch) -> Iterator[Page]:
    """Yield an empty page of 1440x900 without a network; files still open."""
    with pages.lent("offline", watch, viewport=DESKTOP, offline=True) as page:
        yield page


@pytest.fixture(scope="session")
def shipped() -> Atlas:
    """Load the shipped layers."""
    return load_atlas()


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of everything, as the command line does."""
    return made_once(tmp_path_factory, "everything.html", export)


@pytest.fixture(scope="session")
def exported_light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the light page of everything."""
    return made_once(tmp_path_factory, "light.html", lambda path: export(path, "--light"))


@pytest.fixture(scope="session")
def opened_once(browser: Browser, exported: Path) -> Iterator[tuple[Page, Watch]]:
    """Yield the page of everything, opened once by each worker, and its record."""
    context, record = browser.new_context(viewport=DESKTOP, offline=True), Watch()
    record.follow(context)
    yield opened(context.new_page(), exported), record
    context.close()


@pytest.fixture
def asked_page(opened_once: tuple[Page, Watch]) -> Iterator[Page]:
    """Yield the page of everything as it opens, for tests that only ask its script; they leave it as it is."""
    page, record = opened_once
    before = state_of(page)
    yield page
    assert state_of(page) == before, "a test that changes the page takes one of its own"
    record.check()


@pytest.fixture(scope="session")
def tiny_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the tiny atlas, loaded once."""
    return tiny.atlas(tmp_path_factory.mktemp("tiny"))
