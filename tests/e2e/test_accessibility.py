"""What axe-core finds in the page and in the app: nothing serious, in any state, language, theme or size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Frame, Page, expect

from sco_map.app.words import words_of
from sco_map.atlas import Atlas, Selection, select
from sco_map.model.languages import LANGUAGES
from tests import inside
from tests.browser import DESKTOP, PHONE, wait_until
from tests.e2e.page import PATIENCE, asked_for, map_frame, open_tab, opened, settled

ForcedColors = Literal["active", "none"]

GRAVE = {"serious", "critical"}
SETTLED = 200
MAP_DRAWING = ".plate"
"""Not read by axe, which sees text over a drawing as undecided; tests/page/test_styles.py measures these colours."""

STREAMLIT_FAULTS: dict[str, str] = {}
"""Rules that Streamlit's own elements break, and why we cannot mend them."""

WHOLE = "html"
STATES = {
    "everything": ("", WHOLE),
    "an agreement": ("story=road_agreement", "#panel"),
    "gauges in the dark": ("story=gauges&theme=dark", "#panel"),
    "about the data": ("show=about-data&lang=bn", "#card"),
    "card": ("show=cku_railway", "#card"),
    "card of a row in the dark": ("show=cku_railway__torugart_makmal&theme=dark", "#card"),
    "filtered and dark": ("project=cpec&status=construction&year=2024&theme=dark&style=gauge", WHOLE),
    "empty": ("q=there-is-no-such-line", "#panel"),
    "a route": ("from=kashgar&to=poti&year=2031&promised=1&beside=2025", "#answers"),
    "corridors side by side in the dark": ("compare=middle_corridor,trans_siberian&theme=dark", "#answers"),
    "a cut": ("cut=dostyk&lang=bn", "#answers"),
    "promises": ("promises=1&lang=zh&theme=dark", "#answers"),
    "a step of a story in the dark": ("story=middle_corridor_link_by_link/3&theme=dark", "#story"),
    "a route of a story": ("story=from_kashgar_to_the_sea/5", WHOLE),
}
"""What is asked for, and the part that it changes, which axe reads; the rest is as where axe reads the whole."""


@pytest.fixture(scope="module")
def desktop(browser: Browser) -> Iterator[Page]:
    """Yield a page in which axe may run: the page's own policy would forbid it."""
    context = browser.new_context(viewport=DESKTOP, bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """Yield the same as `desktop` in the size of a phone."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True, bypass_csp=True)
    yield context.new_page()
    context.close()


def faults(where: Page | Frame, impacts: set[str] | None = GRAVE, part: str = WHOLE) -> list[str]:
    """Return what axe finds in a part: rule, help and elements; of these impacts, by default serious and critical."""
    seen = "part => !!document.querySelector(part)?.checkVisibility()"
    assert where.evaluate(seen, part), f"{part} is not there to be read"
    where.wait_for_timeout(SETTLED)
    where.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], "iframes": False, "preload": False}
    found = where.evaluate(
        "([context, options]) => axe.run(context, options).finally(() => { delete window.axe })",
        [{"include": [[part]], "exclude": [[MAP_DRAWING]]}, options],
    )
    return [
        f"{rule['id']}: {rule['help']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        if impacts is None or rule["impact"] in impacts
        for node in rule["nodes"][:6]
    ]


def complain(found: list[str]) -> None:
    assert not found, "\n".join(found)


@pytest.mark.parametrize("state", STATES)
def test_the_page_on_a_desktop(desktop: Page, exported: Path, state: str) -> None:
    query, part = STATES[state]
    complain(faults(opened(desktop, exported, query), part=part))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_with_its_table_and_everything_unfolded(desktop: Page, exported: Path, theme: str) -> None:
    page = opened(desktop, exported, f"country=UZB&theme={theme}")
    page.evaluate(
        "document.querySelectorAll('#facets [aria-expanded=false], #facets summary').forEach(fold => fold.click())"
    )
    page.locator("#tablebutton").click()
    complain(faults(page))


SIZES: dict[str, tuple[int, int, str, ForcedColors]] = {
    "a tablet upright, members": (768, 1024, "show=members-list&theme=dark&lang=ru", "none"),
    "a small laptop, a corridor": (1024, 768, "show=middle_corridor", "none"),
    "a large screen": (1920, 1080, "show=central_asia_china&lang=zh", "none"),
    "at twice the size": (720, 450, "show=cku_railway", "none"),
    "forced colours": (1440, 900, "show=middle_corridor&lang=bn", "active"),
}
"""Width and height, what is asked for, and whether the system forces its colours."""


@pytest.mark.parametrize("size", SIZES)
def test_nothing_at_all_is_found_in_any_size(desktop: Page, exported: Path, size: str) -> None:
    width, height, query, forced = SIZES[size]
    page = opened(desktop, exported)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(forced_colors=forced)
    asked_for(page, query)
    found = faults(page, impacts=None)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(forced_colors="none")
    complain(found)
    assert wide <= 0, "the page scrolls sideways"


def test_every_language_has_a_size() -> None:
    shown = " ".join(query for _, _, query, _ in SIZES.values())
    assert all(f"lang={language}" in shown for language in LANGUAGES if language != "en")


@pytest.mark.parametrize("query", ["theme=dark", "show=cku_railway", "q=there-is-no-such-line"])
def test_the_page_on_a_phone(phone: Page, exported: Path, query: str) -> None:
    complain(faults(opened(phone, exported, query)))


@pytest.mark.parametrize("sheet", ["peek", "full"])
def test_the_sheet_of_the_phone(phone: Page, exported: Path, sheet: str) -> None:
    page = opened(phone, exported)
    inside.set_sheet(page, sheet)
    complain(faults(page))


@pytest.mark.parametrize("query", ["lang=en", "theme=dark&lang=bn"])
def test_the_dialog_for_taking_the_map_along(desktop: Page, exported: Path, query: str) -> None:
    page = opened(desktop, exported, query)
    page.locator("#bar [aria-haspopup=dialog]").click()
    assert faults(page) == []


@pytest.mark.parametrize("query", ["embed=1", "embed=1&theme=dark&show=cku_railway"])
def test_the_page_inside_another(desktop: Page, exported: Path, query: str) -> None:
    complain(faults(opened(desktop, exported, query)))


def test_the_app(desktop: Page, app_url: str, shipped: Atlas) -> None:
    """In the dark and in Russian, then, without opening it again, light and in English with a card."""
    query = "country=UZB&show=cku_railway&theme=dark&lang=ru"
    frame = map_frame(desktop, f"{app_url}/?{query}")
    wait_until(frame, inside.number_of_rows, len(select(shipped, Selection.from_query(query))))
    found = []
    for theme, lang in (("dark", "ru"), ("light", "en")):
        inside.set_theme(frame, theme)
        inside.set_language(frame, lang)
        expect(desktop.locator(".sco-tabs [data-tab=data]")).to_have_text(words_of(lang)["data"], timeout=PATIENCE)
        expect(desktop.locator(f"[data-sco={theme}]").first).to_be_attached(timeout=PATIENCE)
        for tab in ("data", "sums", "routes", "own", "download"):
            open_tab(desktop, tab)
            settled(desktop)
            missed = (fault for fault in faults(desktop) if fault.split(":", 1)[0] not in STREAMLIT_FAULTS)
            found += [f"{theme}, {tab}: {fault}" for fault in missed]
    complain(found)
