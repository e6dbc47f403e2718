"""Write the exported page and open it, as a reader does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from sco_map.cli import main
from tests import inside
from tests.browser import wait_until

DRAWN = "html[data-ready='1']"
PATIENCE = 60_000
"""Milliseconds; enough for a machine that does much else."""


def export(path: Path, *flags: str) -> Path:
    """Write a page with the command line, in this process, and return its path."""
    code = main(["export", str(path), *flags])
    assert code == 0, f"the export ended with {code}"
    return path


def opened(page: Page, where: Path | str, query: str = "", *, afresh: bool = False) -> Page:
    """Show a page from disk, or at an address, and wait for its drawing.

    A file that the page has shown before is not opened again, which costs more than most tests do: its address is
    emptied, table and folds are closed, what was scrolled is scrolled back, and when then everything a reader sees, the
    focus and what scripts see are as after opening, `query` is put into the address, as by a reader who pastes a link
    into an open tab. The second time that a file is asked for, it is opened without a query first, to know how it looks
    then. With `afresh` it is opened with its query in any case.
    """
    address = where if isinstance(where, str) else where.as_uri()
    is_there = isinstance(where, Path) and page.url.partition("#")[0] == address
    if not afresh and is_there and is_as_opened(page, address):
        asked_for(page, query)
        return page
    page.goto("about:blank")
    key = key_of(page, address)
    is_shown_often = is_there and not afresh and key not in AS_OPENED
    ask_later = query if is_shown_often else ""
    now = "" if is_shown_often else query
    page.goto(address + (f"#{now}" if now else ""))
    expect(page.locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    if not now and key not in AS_OPENED and isinstance(where, Path):
        at_rest(page)
        AS_OPENED[key] = inside.everything_seen(page)
    if ask_later:
        asked_for(page, ask_later)
    return page


AS_OPENED: dict[tuple[str, int, int], str] = {}
"""What the pages of this process showed when they were opened without a query, by address and size of the window."""


def key_of(page: Page, address: str) -> tuple[str, int, int]:
    """Return under which key AS_OPENED keeps a page."""
    size = page.viewport_size  # not innerWidth: on a phone, an empty page has another
    assert size is not None
    return address, size["width"], size["height"]


def at_rest(page: Page) -> None:
    """Wait until the names are placed and nothing moves."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    wait_until(page, inside.is_idle)


def asked_for(page: Page, query: str) -> None:
    """Put a query into the address of an open page."""
    page.evaluate(FOLLOW, query)
    at_rest(page)


EMPTY = """() => {
    document.querySelector(".leaflet-map-pane").style.visibility = "hidden";
    location.hash = "";
}"""
"""Empties the address; the map that nobody looks at before the next address is there is not painted."""

FOLLOW = """query => new Promise(followed => {
    const show = () => followed(document.querySelector(".leaflet-map-pane").style.removeProperty("visibility"));
    const before = location.href;
    location.hash = query;
    if (location.href === before) show();
    else addEventListener("hashchange", show, {once: true});
})"""
"""Puts a query into the address and shows the map again, once the page has read it."""


def is_as_opened(page: Page, address: str) -> bool:
    """Empty the address, put away what it does not hold, and tell whether everything is as after opening."""
    rest = AS_OPENED.get(key_of(page, address))
    if rest is None or not inside.is_there(page):
        return False
    page.evaluate(EMPTY)
    inside.put_away(page)
    page.mouse.move(0, 0)
    at_rest(page)
    for _ in range(4):  # what follows the size of its surroundings takes a moment longer
        if inside.everything_seen(page) == rest:
            return True
        page.wait_for_timeout(100)
    return False


def settled(page: Page) -> None:
    """Wait until the app has run."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )


def open_tab(page: Page, tab: str) -> None:
    """Open a tab below the map of the app and wait for what it holds."""
    page.locator(f".sco-tabs [data-tab={tab}]").click()
    if tab != "map":
        widgets = {"download": "stDownloadButton", "own": "stFileUploader"}
        content = widgets.get(tab, f"sco-grid[data-name={tab}] .sco-tools")
        expect(page.locator(f".{content}").first).to_be_visible(timeout=PATIENCE)


def map_frame(page: Page, address: str) -> Frame:
    """Open the app and return the frame of its map, once the map is drawn."""
    page.goto(address)
    handle = page.locator(".sco-frame iframe").element_handle(timeout=PATIENCE)
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    expect(page.frame_locator(".sco-frame iframe").locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    return frame
