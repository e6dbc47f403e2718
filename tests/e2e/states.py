"""The states of the page that are compared with what they were: its address, the screen, and which of both is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import DESKTOP, PHONE
from tests.e2e.page import opened


@dataclass(frozen=True)
class State:
    """What is looked at: the address of the page and the size of the screen; `picture`: whether a picture is kept."""

    query: str
    size: ViewportSize
    picture: bool = False

    @property
    def is_phone(self) -> bool:
        """Tell whether the screen is that of a phone."""
        return self.size["width"] < 700


STATES = {
    "desktop": State("", DESKTOP, picture=True),
    "dark_card": State("show=cku_railway&theme=dark", DESKTOP, picture=True),
    "phone": State("", PHONE, picture=True),
    "project": State("project=cpec", DESKTOP),
    "chinese": State("lang=zh&country=CHN,KAZ", DESKTOP),
    "bengali": State("lang=bn&view=6/41/68", DESKTOP),
    "year": State("year=2010&style=gauge", DESKTOP),
    "near": State("view=7/40.5/72&worldview=in", DESKTOP),
}


@contextmanager
def shown(browser: Browser, exported: Path, state: State) -> Iterator[Page]:
    """Yield the page in a state, without a network and without motion."""
    context = browser.new_context(
        viewport=state.size,
        is_mobile=state.is_phone,
        has_touch=state.is_phone,
        offline=True,
        reduced_motion="reduce",
        color_scheme="light",
    )
    try:
        yield opened(context.new_page(), exported, state.query)
    finally:
        context.close()
