"""Print how fast and how small the product is, beside the naive way on the same data: `make bench`."""

from __future__ import annotations

import argparse
import gzip
import itertools
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks import in_app, in_browser, naive
from benchmarks.on_cluster import cluster_rows
from benchmarks.on_network import network_rows
from benchmarks.timing import Row, Sample, report, reported_by_process, timed, timed_process
from sco_map.atlas import Atlas, Selection, load_atlas, select
from sco_map.export import render
from sco_map.page import View, render_page
from sco_map.paths import GEODATA
from tests.browser import launch

QUERIES = ["country=UZB", "status=construction", "country=KAZ&status=operating", "year=2015", ""]
CLICKS = ["country=UZB", "status=construction", "layer=gas_pipelines", "kind=rail"]
OURS_LOADS = """
import time
from sco_map.atlas import load_atlas
import geopandas, shapely, pyogrio
start = time.perf_counter()
load_atlas()
print((time.perf_counter() - start) * 1000)
"""
NAIVE_LOADS = """
import time
from benchmarks import naive
from sco_map.paths import GEODATA
start = time.perf_counter()
naive.load(GEODATA)
print((time.perf_counter() - start) * 1000)
"""
NAIVE_LIST = """
import geopandas, pathlib
for path in sorted(pathlib.Path("geodata").glob("*.geojson")):
    print(geopandas.read_file(path)["title_en"].to_string())
"""


def table_rows(atlas: Atlas, repeats: int) -> Iterator[Row]:
    """Yield what loading and selecting cost."""
    few = max(3, repeats // 6)
    yield Row(
        "first load of all layers, after imports",
        reported_by_process(OURS_LOADS, repeats=few),
        reported_by_process(NAIVE_LOADS, repeats=few),
        "< 600 ms",
    )
    selections = [Selection.from_query(query) for query in QUERIES]
    yield Row(
        "warm select",
        timed(lambda number: select(atlas, selections[number % len(selections)]), repeats=repeats, warmups=5),
        timed(lambda _: naive.select(naive.load(GEODATA), "UZB", "operating"), repeats=few),
        "< 50 ms",
        "naive: reads the files again",
    )
    yield Row(
        "python -m sco_map list projects",
        timed_process(["-m", "sco_map", "list", "projects"], repeats=repeats),
        timed_process(["-c", NAIVE_LIST], repeats=few),
        "< 500 ms",
    )


def page_rows(atlas: Atlas, repeats: int, folder: Path) -> Iterator[Row]:
    """Yield what the page of everything costs to build, to carry and to open."""
    few = max(3, repeats // 6)
    layers = naive.load(GEODATA)
    yield Row(
        "page of everything: build",
        timed(lambda _: render_page(atlas), repeats=few),
        timed(lambda _: naive.page(layers), repeats=few),
        "< 1,500 ms",
    )
    ours, light, theirs = folder / "ours.html", folder / "light.html", folder / "naive.html"
    ours.write_text(render_page(atlas), encoding="utf-8", newline="\n")
    light.write_text(render_page(atlas, light=True), encoding="utf-8", newline="\n")
    theirs.write_text(naive.page(layers), encoding="utf-8", newline="\n")
    yield Row("page of everything: size", size(ours), size(theirs), "< 1,600 KB", "naive: and ten files from a CDN")
    yield Row("light page of everything: size", size(light), size(theirs), "< 600 KB")
    yield Row("page of everything: size, gzip", size(ours, packed=True), size(theirs, packed=True))
    with sync_playwright() as playwright:
        browser = launch(playwright)
        lines = sum(naive.paths(rows[rows.geometry.notna()]) for rows in layers.values())
        drawn = in_browser.naive_drawn(lines // 2)
        opened = in_browser.open_to_drawn(browser, theirs, drawn, repeats=few, route=in_browser.leaflet_from_disk)
        yield Row(
            "page of everything: open to drawn",
            in_browser.open_to_drawn(browser, ours, in_browser.OURS_DRAWN, repeats=repeats),
            opened,
            "< 1,000 ms",
            "naive: with an instant CDN; without network it stays blank",
        )
        yield Row(
            "light page of everything: open to drawn",
            in_browser.open_to_drawn(browser, light, in_browser.OURS_DRAWN, repeats=repeats),
            opened,
            "< 600 ms",
        )
        yield Row(
            "exported page: filter to paint",
            in_browser.filter_to_paint(browser, ours, CLICKS, repeats=repeats * 2),
            opened,
            "median < 20 ms, p95 < 40 ms",
            "naive: opens a new page",
        )
        land, shift = in_browser.first_moments(browser, ours, repeats=few)
        yield Row("exported page: open to land", land, None, "< 1,000 ms")
        yield Row("exported page: layout shift after the first paint", shift, None, "0")
        yield from app_rows(browser, repeats)
        browser.close()


def app_rows(browser: Browser, repeats: int) -> Iterator[Row]:
    """Yield what a filter costs in the running app."""
    ours, gone, sent = in_app.filter_to_paint(browser, repeats=repeats)
    theirs, blank = in_app.naive_filter_to_paint(browser, GEODATA, repeats=max(3, repeats // 3))
    yield Row("app: filter to paint", ours, theirs, "median < 120 ms, p95 < 250 ms", "naive: st_folium, instant CDN")
    yield Row("app: map gone during a filter", gone, blank, "0 ms")
    yield Row("app: sent per change, table and all", sent, None, "< 15 KB")
    yield Row(
        "app: from starting the server to the first drawn map", in_app.starts(browser, repeats=3), None, "< 4,000 ms"
    )
    loads, empty, added = in_app.page_loads(browser, repeats=repeats)
    goal = 1.25 * empty.median + 600
    note = "beside it: an empty page of Streamlit, in turn"
    yield Row("app: page load in a warm server", loads, empty, f"< {goal:,.0f} ms (1.25 x empty + 600)", note)
    yield Row("app: server memory of a further open session", added, None, "< 5 MB")


FORMATS = {"gpkg": "GeoPackage", "xlsx": "workbook", "parquet": "GeoParquet", "kml": "KML", "shp.zip": "shapefiles"}


def file_rows(atlas: Atlas, folder: Path) -> Iterator[Row]:
    """Yield what files of everything and a whole release cost."""
    for ending, name in FORMATS.items():
        written = timed(partial(written_as, atlas, ending), repeats=3)
        yield Row(f"{name} of everything: write", written, None, "< 3,000 ms" if ending == "gpkg" else "")
    released = timed_process(["-m", "release.publication", str(folder), "0"], repeats=1)
    yield Row("pages and data of a release: write", released, None, "< 180,000 ms")


def written_as(atlas: Atlas, ending: str, _: int) -> bytes:
    """Write everything in a format."""
    return render(atlas, Selection(), View(), ending)


def size(file: Path, *, packed: bool = False) -> Sample:
    """Return the size of a file in KB, plain or as a server would pack it."""
    content = file.read_bytes()
    return Sample((len(gzip.compress(content, 6) if packed else content) / 1000,), "KB")


def main() -> None:
    """Take every measurement and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--repeats", type=int, default=30, help="runs of each cheap measurement (default: 30)")
    repeats = parser.parse_args().repeats
    atlas = load_atlas()
    print(f"{len(atlas.rows)} rows; medians of {repeats} runs where cheap, else fewer\n")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        rows = itertools.chain(
            table_rows(atlas, repeats),
            network_rows(atlas, repeats),
            page_rows(atlas, repeats, place),
            file_rows(atlas, place),
            cluster_rows(atlas),
        )
        for line in report(rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
