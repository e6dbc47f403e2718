"""Write a large file of an invented reader, the same bytes every time, and say what adding it to the map costs.

`python -m benchmarks.large` writes `large_lines.fgb` and `large_points.fgb`, reads them, exports a page with them,
cuts them into tiles, each in a process of its own, opens the page of the app with these tiles in a browser, filters it
and drags its map, and prints time, memory and size; `--lines`, `--vertices` and `--points` ask for less.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from playwright.sync_api import sync_playwright

from benchmarks import in_browser
from benchmarks.timing import ROOT
from tests.browser import launch

SEED = 20261129
LINES, VERTICES, POINTS = 6_000, 3_400_000, 100_000
STATUSES = ("operating", "planned", "construction", "proposed", "cancelled")
WEST, SOUTH, EAST, NORTH = 40.0, 25.0, 130.0, 65.0
FEWEST = 2
STEP_DEGREES = 0.004
"""From one vertex to the next: about 400 m, as close as a tracker of pipelines draws them."""
IMPORTED = """
import resource, sys, time
from pathlib import Path
from sco_map.atlas import load_atlas
from sco_map.own.adding import add_files
atlas = load_atlas()
start = time.perf_counter()
atlas, layers = add_files(atlas, [Path(one) for one in sys.argv[1:]])
most = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(f"{sum(len(layer.rows) for layer in layers):,} rows in {time.perf_counter() - start:.1f} s; at most", end=" ")
print(f"{most[0]:,.0f} MB here, {most[1]:,.0f} MB in the process that reads")
"""
CUT = """
import resource, sys, time
from pathlib import Path
from sco_map.atlas import load_atlas
from sco_map.own.adding import layers_of, with_layers
from sco_map.own.reading import read_file
from sco_map.page import render_page
page, *names = sys.argv[1:]
start = time.perf_counter()
files = [read_file(Path(name), tiles=True) for name in names]
took = time.perf_counter() - start
most = resource.getrusage(resource.RUSAGE_CHILDREN)
sizes = ", ".join(f"{len(file.tiles or b'') / 1e6:.1f}" for file in files)
print(f"read and cut into tiles of {sizes} MB in {took:.1f} s;", end=" ")
print(f"{most.ru_utime + most.ru_stime:.1f} s of the processor, at most {most.ru_maxrss / 1024:,.0f} MB")
atlas = load_atlas()
layers = layers_of(atlas, files, {})
tiles = {layer.id: layer.file.tiles for layer in layers if layer.file.tiles}
Path(page).write_text(render_page(with_layers(atlas, layers), include_all=True, tiles=tiles), encoding="utf-8")
"""
PAINTED = "sco-filter-painted"
FILTER = """
([value, mark]) => new Promise((resolve) => {
  const before = performance.getEntriesByName(mark).length;
  const start = performance.now();
  const look = () => {
    const marks = performance.getEntriesByName(mark);
    if (marks.length > before) resolve(marks[before].startTime - start);
    else setTimeout(look, 5);
  };
  document.querySelector(`#facets .row[data-facet=status][data-value=${value}]`).click();
  look();
})
"""
FRAMES = """
() => {
  window.frames_ = [];
  window.watching = true;
  let last = performance.now();
  const look = (now) => {
    window.frames_.push(now - last);
    last = now;
    if (window.watching) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
"""
CLICKED = ("operating", "operating", "construction", "construction") * 3
DRAGGED_PX, DRAGGED_STEPS = 240, 40
SETTLED_MS = 3_000


def lines(count: int, vertices: int, *, seed: int = SEED) -> gpd.GeoDataFrame:
    """Return lines that wander across Asia, with `vertices` vertices in all, a few of them very long."""
    random = np.random.default_rng(seed)
    shares = random.lognormal(0, 1, count)
    sizes = np.maximum(FEWEST, (shares / shares.sum() * vertices).astype(int))
    sizes[sizes.argmax()] += vertices - sizes.sum()
    owner = np.repeat(np.arange(count), sizes)
    bends = random.normal(0, 0.15, vertices)
    course = running(bends, owner, sizes) + np.repeat(random.uniform(0, 2 * np.pi, count), sizes)
    starts = np.column_stack([random.uniform(WEST, EAST, count), random.uniform(SOUTH, NORTH, count)])
    steps = STEP_DEGREES * np.column_stack([np.cos(course), np.sin(course)])
    at = np.repeat(starts, sizes, axis=0) + np.column_stack([running(step, owner, sizes) for step in steps.T])
    shapes = shapely.linestrings(np.clip(at, (-179, -60), (179, 80)).round(6), indices=owner)
    return table(shapes, "Line", random)


def points(count: int, *, seed: int = SEED) -> gpd.GeoDataFrame:
    """Return points that crowd around some centres, as places of work do."""
    random = np.random.default_rng(seed + 1)
    centres = np.column_stack([random.uniform(WEST, EAST, 200), random.uniform(SOUTH, NORTH, 200)])
    at = centres[random.integers(0, len(centres), count)] + random.normal(0, 1.5, (count, 2))
    return table(shapely.points(at.round(6)), "Site", random)


def running(values: NDArray[np.float64], owner: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the running sum of the values of each owner, from nought at its first."""
    total = np.cumsum(values)
    firsts = np.cumsum(sizes) - sizes
    sums: NDArray[np.float64] = total - total[firsts][owner]
    return sums


def table(shapes: NDArray[np.object_], name: str, random: np.random.Generator) -> gpd.GeoDataFrame:
    """Return shapes with names, statuses and years."""
    count = len(shapes)
    cells = {
        "Name": [f"{name} {number}" for number in range(1, count + 1)],
        "Status": random.choice(STATUSES, count),
        "StartYear": random.integers(1960, 2036, count),
    }
    return gpd.GeoDataFrame(pd.DataFrame(cells), geometry=list(shapes), crs="EPSG:4326")


def write(folder: Path, *, lines_: int = LINES, vertices: int = VERTICES, points_: int = POINTS) -> list[Path]:
    """Write the two files into a folder and return their paths."""
    files = []
    for name, frame in (("large_lines", lines(lines_, vertices)), ("large_points", points(points_))):
        path = folder / f"{name}.fgb"
        frame.to_file(path, driver="FlatGeobuf", engine="pyogrio")
        files.append(path)
    return files


def costs(folder: Path, files: list[Path]) -> None:
    """Print what reading the files costs, and what a page with them does, each in a process of its own."""
    names = [str(file) for file in files]
    subprocess.run([sys.executable, "-c", IMPORTED, *names], cwd=ROOT, check=True)
    page = folder / "large.html"
    added = [word for name in names for word in ("--add", name)]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "sco_map", "export", str(page), *added], cwd=ROOT, check=True)
    took = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"page of {page.stat().st_size / 1e6:.1f} MB in {took:.1f} s, reading included; at most {most:,.0f} MB")
    tiled = folder / "tiled.html"
    subprocess.run([sys.executable, "-c", CUT, str(tiled), *names], cwd=ROOT, check=True)
    in_page(tiled)


def in_page(file: Path) -> None:
    """Print how long the page of the app with tiles takes to open, to filter, and for a frame while it is dragged."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = in_browser.new_page(browser)
        start = time.perf_counter()
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-ready='1']", state="attached")
        print(
            f"page with tiles of {file.stat().st_size / 1e6:.1f} MB open in {time.perf_counter() - start:.1f} s;",
            end=" ",
        )
        page.wait_for_timeout(SETTLED_MS)
        took = []
        for status in CLICKED:
            took.append(float(page.evaluate(FILTER, [status, PAINTED])))
            page.wait_for_timeout(SETTLED_MS)
        print(f"filter to paint {statistics.median(took):,.0f} ms, at most {max(took):,.0f} ms;", end=" ")
        x, y = in_browser.DESKTOP_WIDTH * 0.7, in_browser.DESKTOP_HEIGHT * 0.5
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(FRAMES)
        page.mouse.move(x - DRAGGED_PX, y - DRAGGED_PX / 3, steps=DRAGGED_STEPS)
        page.evaluate("window.watching = false")
        frames = sorted(page.evaluate("window.frames_.slice(1)"))
        page.mouse.up()
        middle, slow = statistics.median(frames), frames[int(len(frames) * 0.95)]
        print(f"dragged, a frame {middle:.0f} ms, 19 of 20 within {slow:.0f} ms")
        browser.close()


def main() -> None:
    """Write the files, or say what they cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--vertices", type=int, default=VERTICES)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="only write the files, into this folder")
    options = parser.parse_args()
    sizes = {"lines_": options.lines, "vertices": options.vertices, "points_": options.points}
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        print(*write(options.keep, **sizes), sep="\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        costs(Path(folder), write(Path(folder), **sizes))


if __name__ == "__main__":
    main()
