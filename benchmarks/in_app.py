"""Times in the running app: from a click on a filter to the changed map, and for how long the map was gone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import naive
from benchmarks.in_browser import DESKTOP_HEIGHT, DESKTOP_WIDTH, leaflet_from_disk
from benchmarks.timing import Sample
from tests.browser import served_app

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
    if (now - start > 60000) reject(new Error(`${map()} paths instead of ${expected}`));
    else if (map() === expected) resolve([performance.now() - start, blank]);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""


@contextmanager
def opened(browser: Browser, address: str, *, pretend_cdn: bool) -> Iterator[Page]:
    """Yield a page that shows the app."""
    context = browser.new_context(viewport={"width": DESKTOP_WIDTH, "height": DESKTOP_HEIGHT})
    if pretend_cdn:
        context.route(lambda url: "127.0.0.1" not in url, leaflet_from_disk)
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(address)
    yield page
    context.close()


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
