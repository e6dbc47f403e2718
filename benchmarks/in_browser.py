"""Times that only a browser can tell: from opening a file to the drawn map, from a filter to the changed map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from benchmarks.timing import ROOT, Sample

DESKTOP_WIDTH, DESKTOP_HEIGHT = 1440, 900
PATIENCE_MS = 240_000
"""How long anything may take before a measurement is given up: enough for a machine that does much else."""

LEAFLET = ROOT / "sco_map" / "page" / "assets" / "leaflet"

OURS_DRAWN = "performance.getEntriesByName('sco-drawn').length > 0"
PAINTED = """
window.__painted = (ready) => new Promise((resolve, reject) => {
  const begin = performance.now();
  const look = () => {
    if (performance.now() - begin > 240000) { reject(new Error("nothing was drawn within 240 s")); return; }
    if (!ready()) { requestAnimationFrame(look); return; }
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(0);
    });
  };
  requestAnimationFrame(look);
});
"""


FIRST_MOMENTS = """
window.__shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.__shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED_MS = 1500
"""How long a page is watched after it is ready: fonts and names come late."""


def first_moments(browser: Browser, file: Path, *, repeats: int) -> tuple[Sample, Sample]:
    """Return the milliseconds from opening a file to its land, and by how much things moved after the first paint."""
    land, shift = [], []
    for _ in range(repeats):
        page = new_page(browser)
        page.add_init_script(FIRST_MOMENTS)
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready='1']", state="attached")
        page.wait_for_timeout(SETTLED_MS)
        land.append(float(page.evaluate("performance.getEntriesByName('sco-land')[0].startTime")))
        shift.append(float(page.evaluate("window.__shift")))
        page.context.close()
    return Sample(tuple(land)), Sample(tuple(shift), "")


def naive_drawn(paths: int) -> str:
    """Return the condition that a Folium page has drawn at least that many paths."""
    return f"document.querySelectorAll('path.leaflet-interactive').length >= {paths}"


def leaflet_from_disk(route: Route) -> None:
    """Answer for the CDN at once: Leaflet from this machine, everything else empty. A gift to the naive way."""
    name = route.request.url.rpartition("/")[2]
    if name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=LEAFLET / name)
    elif route.request.url.startswith("http"):
        route.fulfill(body="")
    else:
        route.continue_()


def new_page(browser: Browser, *, route: Callable[[Route], None] | None = None) -> Page:
    """Return an empty page without a network, or with the one that `route` pretends."""
    context = browser.new_context(
        viewport={"width": DESKTOP_WIDTH, "height": DESKTOP_HEIGHT}, offline=route is None, reduced_motion="reduce"
    )
    context.add_init_script(PAINTED)
    if route is not None:
        context.route("**/*", route)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def open_to_drawn(
    browser: Browser, file: Path, drawn: str, *, repeats: int, route: Callable[[Route], None] | None = None
) -> Sample:
    """Return the milliseconds from opening `file` to the frame in which `drawn` holds, each time in a new context."""
    values = []
    for number in range(repeats + 1):
        page = new_page(browser, route=route)
        page.goto(file.as_uri(), wait_until="commit")
        took = float(page.evaluate(f"() => window.__painted(() => {drawn})"))
        page.context.close()
        if number:  # the first run warms the browser up
            values.append(took)
    return Sample(tuple(values))


def filter_to_paint(browser: Browser, file: Path, clicks: list[str], *, repeats: int) -> Sample:
    """Return the milliseconds from a click in the legend of the open page to the frame that shows its effect.

    `clicks` are `facet=value`; each is clicked twice in turn, on and off. The page marks the first task after
    the frame that has the change in it.
    """
    page = new_page(browser)
    page.goto(file.as_uri(), wait_until="commit")
    page.evaluate(f"() => window.__painted(() => {OURS_DRAWN})")
    values = []
    for number in range(repeats + 2):
        facet, _, value = clicks[number // 2 % len(clicks)].partition("=")
        took = page.evaluate(
            """(row) => {
              const marks = () => performance.getEntriesByName("sco-filter-painted");
              const before = marks().length, start = performance.now();
              document.querySelector(row).click();
              return window.__painted(() => marks().length > before).then(() => marks()[before].startTime - start);
            }""",
            f"[data-facet='{facet}'][data-value='{value}']",
        )
        page.wait_for_timeout(150)
        if number >= 2:
            values.append(float(took))
    page.context.close()
    return Sample(tuple(values))
