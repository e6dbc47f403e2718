"""Times in the running app: from a click on a filter to the changed map, and what it sends for that."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Frame, Page

from benchmarks import naive
from benchmarks.in_browser import DESKTOP_HEIGHT, DESKTOP_WIDTH, PATIENCE_MS, leaflet_from_disk
from benchmarks.timing import Sample
from tests.browser import served_app

SESSIONS = 8
"""How many sessions are open at once when the memory that each takes is measured."""

CHANGE = """
([label, expected]) => new Promise((resolve, reject) => {
  const map = () => {
    const frame = [...document.querySelectorAll("iframe")].find((one) => one.title.includes("streamlit_folium"));
    return frame?.contentDocument?.querySelectorAll("path.leaflet-interactive").length ?? 0;
  };
  const button = [...document.querySelectorAll("label")].find((one) => one.textContent.trim() === label);
  const start = performance.now();
  let last = start, blank = 0;
  button.click();
  const look = (now) => {
    if (map() === 0) blank += now - last;
    last = now;
    if (now - start > 240000) reject(new Error(`${map()} paths instead of ${expected}`));
    else if (map() === expected) resolve([performance.now() - start, blank]);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""


PAINTED_MARKS = """
() => performance.getEntriesByName("sco-filter-painted").map((mark) => performance.timeOrigin + mark.startTime)
"""
CLICK = """
(value) => {
  document.querySelector(`#facets .row[data-facet=status][data-value=${value}]`).click();
  return performance.timeOrigin + performance.now();
}
"""
STATUSES = ("operating", "operating", "construction", "construction")
"""What is clicked in turn: the second click on a status takes the first one back."""

WATCH_FRAME = """
() => {
  const mounted = document.querySelector(".sco-frame iframe");
  let last = performance.now();
  window.mapGone = 0;
  const look = (now) => {
    const shown = document.querySelector(".sco-frame iframe");
    if (shown !== mounted || shown.getBoundingClientRect().height < 1) window.mapGone += now - last;
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
DRAWN_AT = """
() => performance.getEntriesByName("sco-drawn").map((mark) => performance.timeOrigin + mark.startTime)[0] ?? null
"""


@contextmanager
def opened(browser: Browser, address: str, *, pretend_cdn: bool) -> Iterator[Page]:
    """Yield a page that shows the app."""
    context = browser.new_context(viewport={"width": DESKTOP_WIDTH, "height": DESKTOP_HEIGHT})
    if pretend_cdn:
        context.route(lambda url: "127.0.0.1" not in url, leaflet_from_disk)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    yield page
    context.close()


def map_of(page: Page) -> Frame:
    """Return the frame of the app's map once land and lines are drawn in it."""
    frame = page.frame_locator(".sco-frame iframe")
    frame.locator("html[data-ready='1']").wait_for(state="attached", timeout=PATIENCE_MS)
    handle = page.locator(".sco-frame iframe").element_handle()
    inside = handle.content_frame()
    assert inside is not None
    return inside


def starts(browser: Browser, *, repeats: int) -> Sample:
    """Return the milliseconds from starting the server to the first drawn map of its first visitor."""
    took = []
    for _ in range(repeats):
        start = time.time() * 1000
        with (
            tempfile.TemporaryDirectory() as folder,
            served_app(Path(folder) / "app.log") as address,
            opened(browser, address, pretend_cdn=False) as page,
        ):
            took.append(map_of(page).evaluate(DRAWN_AT) - start)
    return Sample(tuple(took))


def page_loads(browser: Browser, *, repeats: int) -> tuple[Sample, Sample, Sample]:
    """Return what a visit to a warm server costs: ms to the drawn map, ms to an empty page of Streamlit, MB a session.

    Visits to both take turns, so that whatever else the machine does meets both; the MB are those that a further open
    session adds to our server.
    """
    took, empty = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        served_app(Path(folder) / "app.log") as address,
        served_app(Path(folder) / "empty.log", script="benchmarks/empty_app.py") as nothing,
    ):
        commands = [(one, one.cmdline()) for one in psutil.Process().children()]
        (server,) = (one for one, command in commands if "streamlit" in command and "app.py" in command)
        for number in range(repeats + 1):
            start = time.time() * 1000
            with opened(browser, address, pretend_cdn=False) as page:
                ours = map_of(page).evaluate(DRAWN_AT) - start
            start = time.time() * 1000
            with opened(browser, nothing, pretend_cdn=False) as page:
                page.get_by_text("empty", exact=True).wait_for()
                theirs = time.time() * 1000 - start
            if number:  # the first visits warm both up
                took.append(ours)
                empty.append(theirs)
        with ExitStack() as sessions:
            before = server.memory_info().rss
            for _ in range(SESSIONS):
                page = sessions.enter_context(opened(browser, address, pretend_cdn=False))
                map_of(page)
            added = (server.memory_info().rss - before) / SESSIONS / 1e6
    return Sample(tuple(took)), Sample(tuple(empty)), Sample((added,), "MB")


def filter_to_paint(browser: Browser, *, repeats: int) -> tuple[Sample, Sample, Sample]:
    """Return what a click in the panel costs in our app: ms to the changed map, ms without a map, KB that came for it.

    The KB are all that the server sent, the open table of the rows included; the map itself is never sent again.
    """
    took, gone, sent = [], [], []
    received: list[int] = []
    with tempfile.TemporaryDirectory() as folder, served_app(Path(folder) / "app.log") as address:
        context = browser.new_context(viewport={"width": DESKTOP_WIDTH, "height": DESKTOP_HEIGHT})
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("websocket", lambda ws: ws.on("framereceived", lambda data: received.append(len(data))))
        page.goto(address)
        frame = map_of(page)
        page.locator(".sco-tabs [data-tab=data]").click()
        page.locator(".sco-grid .link").first.wait_for()
        page.wait_for_timeout(5000)  # what was opened keeps scrolling into sight while it grows
        page.locator(".sco-frame").evaluate("node => node.scrollIntoView()")
        page.evaluate(WATCH_FRAME)
        for number in range(repeats + 2):
            painted = frame.evaluate(PAINTED_MARKS)
            received.clear()
            page.evaluate("window.mapGone = 0")
            start = frame.evaluate(CLICK, STATUSES[number % len(STATUSES)])
            deadline = time.monotonic() + PATIENCE_MS / 1000
            while len(marks := frame.evaluate(PAINTED_MARKS)) == len(painted):
                assert time.monotonic() < deadline, "the map did not change"
                page.wait_for_timeout(20)
            page.wait_for_timeout(1000)
            if number >= 2:
                took.append(marks[len(painted)] - start)
                gone.append(float(page.evaluate("window.mapGone")))
                sent.append(sum(received) / 1000)
        context.close()
    return Sample(tuple(took)), Sample(tuple(gone)), Sample(tuple(sent), "KB")


def naive_filter_to_paint(browser: Browser, geodata: Path, *, repeats: int) -> tuple[Sample, Sample]:
    """Return the milliseconds from click to new map in the naive app, and those in which no map was there."""
    layers = naive.load(geodata)
    expected = {
        status: sum(naive.paths(rows) for rows in naive.with_status(layers, status))
        for status in ("operating", "construction")
    }
    took, blank = [], []
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "naive.log"
        with served_app(log, script="benchmarks/naive_app.py", arguments=(str(geodata),)) as address:  # noqa: SIM117
            with opened(browser, address, pretend_cdn=True) as page:
                page.get_by_text("construction").wait_for()
                page.wait_for_timeout(4000)
                for number in range(repeats + 2):
                    status = ("construction", "operating")[number % 2]
                    change, without = page.evaluate(CHANGE, [status, expected[status]])
                    if number >= 2:
                        took.append(float(change))
                        blank.append(float(without))
                    page.wait_for_timeout(300)
    return Sample(tuple(took)), Sample(tuple(blank))
