"""A large file: the same bytes every time, true lengths however few vertices are drawn, and words on what is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from benchmarks import large
from benchmarks.timing import ROOT
from sco_map.atlas import Atlas
from sco_map.model.packing import LIGHT_TOLERANCE, TOLERANCE
from sco_map.own import adding
from sco_map.own.adding import add_files
from sco_map.own.lands import LAND, lands_in, states_of
from sco_map.own.rows import OwnLayer
from sco_map.own.shapes import lengths_km
from sco_map.page import simplified
from sco_map.page.pack import pack_lines, unpack_lines
from sco_map.page.simplified import KM_PER_DEGREE, farthest_km
from sco_map.paths import GEODATA
from tests import commands

LINES, VERTICES, POINTS = 60, 20_000, 200


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the files of the benchmark, small."""
    return large.write(tmp_path_factory.mktemp("large"), lines_=LINES, vertices=VERTICES, points_=POINTS)


@pytest.fixture(scope="module")
def read(shipped: Atlas, written: list[Path]) -> tuple[Atlas, list[OwnLayer]]:
    """Return the map with these files."""
    return add_files(shipped, written)


def test_the_files_are_as_large_as_they_say_and_the_same_every_time() -> None:
    lines, points = large.lines(LINES, VERTICES), large.points(POINTS)
    assert (len(lines), lines.geometry.count_coordinates().sum(), len(points)) == (LINES, VERTICES, POINTS)
    assert lines.geometry.is_valid.all()
    assert large.lines(LINES, VERTICES).to_wkb().equals(lines.to_wkb())
    assert large.points(POINTS).to_wkb().equals(points.to_wkb())
    assert not large.lines(LINES, VERTICES, seed=1).to_wkb().equals(lines.to_wkb())


def test_no_row_is_lost_and_lengths_are_those_of_the_file(read: tuple[Atlas, list[OwnLayer]]) -> None:
    _, (lines, points) = read
    assert (len(lines.rows), len(points.rows)) == (LINES, POINTS)
    given = lengths_km(large.lines(LINES, VERTICES).geometry.to_numpy())
    # FlatGeobuf has an order of its own
    assert sorted(lines.rows["length_km"]) == pytest.approx(sorted(given), rel=1e-3, abs=0.02)
    assert lines.rows.geometry.count_coordinates().sum() == VERTICES


def test_states_are_those_of_each_shape_looked_at_alone(shipped: Atlas, read: tuple[Atlas, list[OwnLayer]]) -> None:
    lands = lands_in(shipped.ground[LAND])
    for layer in read[1]:
        for row in layer.rows.head(10).itertuples():
            meets = [bool(shapely.intersects(row.geometry, area)) for area in lands.areas]
            areas = set(lands.codes[meets])
            (states,), (km,) = states_of(np.array([row.geometry], dtype=object), lands)
            assert set(states) <= areas
            assert [code for code in states if code in shipped.catalog.countries] == row.countries
            assert km == row.km_by_country
            if row.geometry.geom_type == "Point":
                assert set(states) == areas
                continue
            assert sum(km.values()) <= row.length_km + 0.05
            inside = shapely.intersection(row.geometry, shapely.union_all(lands.areas[meets]))
            assert sum(km.values()) == pytest.approx(lengths_km(np.array([inside]))[0] if areas else 0, abs=2)


MANY_READERS = """
import sys, threading
from pathlib import Path
from benchmarks.large import lines
from sco_map.own.lands import located
ground = Path(sys.argv[1]).read_bytes()
files = [lines(200, 20_000, seed=seed).geometry.to_numpy() for seed in range(6)]
alone = [located(shapes, ground)[:2] for shapes in files]
together = [[] for _ in files]
def read(number):
    for _ in range(3):
        together[number].append(located(files[number], ground)[:2])
threads = [threading.Thread(target=read, args=(number,)) for number in range(len(files))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert all(answers == [one] * 3 for one, answers in zip(alone, together, strict=True))
"""


def test_many_readers_at_once_are_told_what_each_alone_is() -> None:
    """In a process of its own: what GEOS does when two threads ask one prepared polygon ends the process."""
    subprocess.run([sys.executable, "-c", MANY_READERS, str(GEODATA / LAND)], cwd=ROOT, check=True, timeout=120)


@pytest.mark.parametrize("light", [False, True])
def test_no_line_is_drawn_further_off_than_is_said(light: bool) -> None:
    for line in large.lines(12, 6_000).geometry:
        packed = pack_lines(line, LIGHT_TOLERANCE if light else TOLERANCE, coarse=light)
        drawn = shapely.MultiLineString([path for path in unpack_lines(packed) if len(path) > 1])
        if drawn.is_empty:
            continue
        apart = shapely.distance(shapely.points(shapely.get_coordinates(line)), drawn).max()
        assert apart * KM_PER_DEGREE <= farthest_km(light=light)


def test_what_is_simplified_is_said(read: tuple[Atlas, list[OwnLayer]], shipped: Atlas) -> None:
    whole = read[0]
    (sentence,) = simplified(whole, whole.rows)
    assert sentence.startswith("large_lines.fgb: the page draws its lines with ")
    assert f" of {VERTICES:,} vertices, at most 0.6 km from where they are; lengths and files" in sentence
    assert "at most 2.3 km" in simplified(whole, whole.rows, light=True)[0]
    assert simplified(shipped, shipped.rows) == []


def test_two_points_are_not_simplified(shipped: Atlas, tmp_path: Path) -> None:
    stroke = gpd.GeoDataFrame({"Name": ["A"]}, geometry=[shapely.LineString([(60, 40), (61, 41)])], crs=4326)
    stroke.to_file(tmp_path / "stroke.gpkg", driver="GPKG")
    whole, _ = add_files(shipped, [tmp_path / "stroke.gpkg"])
    assert simplified(whole, whole.rows) == []


def test_small_files_are_read_without_a_word(shipped: Atlas, written: list[Path]) -> None:
    said: list[str] = []
    add_files(shipped, written, progress=said.append)
    assert said == []


def test_large_files_say_what_is_done(shipped: Atlas, written: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(adding, "LARGE_BYTES", 1_000)
    monkeypatch.setattr(adding, "MANY_VERTICES", VERTICES)
    add_files(shipped, written, progress=said.append)
    assert said == [
        "large_lines.fgb: reading 0 MB",
        "large_points.fgb: reading 0 MB",
        f"large_lines.fgb: finding states and lengths of {LINES} features with {VERTICES:,} vertices",
    ]


def test_the_command_says_what_the_page_simplifies(written: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = commands.run("export", str(page), "--add", str(written[0]), "--layer", "own_large_lines")
    assert done.returncode == 0
    assert "large_lines.fgb: the page draws its lines with " in done.stderr
    assert done.stdout.startswith(f"{page}: {LINES} entries, ")
