"""Tiles of a large file: every feature is in the closest ones, under its number, near where it is; nothing is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from benchmarks import large
from sco_map.own import reading, tiles
from sco_map.own.contents import NUMBER
from sco_map.own.limits import Limits
from sco_map.own.reading import OwnFile, read_file
from sco_map.own.tiles import FARTHEST_KM, FIELD, LAYER, LEAST_ZOOM
from sco_map.own.worker import SAID, TABLE
from tests.own import files

KM_PER_DEGREE = 111.2


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[OwnFile]:
    """Return the files of the benchmark, small, with their tiles."""
    written = large.write(tmp_path_factory.mktemp("tiles"), lines_=60, vertices=20_000, points_=200)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "FROM_FEATURES", 50)
        return [read_file(path, tiles=True) for path in written]


def closest(file: OwnFile, folder: Path, **options: object) -> gpd.GeoDataFrame:
    """Return the features of the closest tiles of a file, in degrees."""
    archive = folder / "archive.pmtiles"
    archive.write_bytes(file.tiles or b"")
    assert [name for name, _ in pyogrio.list_layers(archive)] == [LAYER]
    return gpd.read_file(archive, engine="pyogrio", **options).to_crs("EPSG:4326")


def test_every_feature_is_there_under_its_number_and_nothing_else_of_the_file(
    read: list[OwnFile], tmp_path: Path
) -> None:
    for file in read:
        found = closest(file, tmp_path)
        assert set(found.columns) - {"mvt_id"} == {FIELD, "geometry"}
        assert set(found[FIELD]) == set(file.frame[NUMBER])
        far = closest(file, tmp_path, ZOOM_LEVEL=LEAST_ZOOM)
        assert set(far[FIELD]) == set(file.frame[NUMBER])


def test_lines_and_points_lie_where_they_are(read: list[OwnFile], tmp_path: Path) -> None:
    for file in read:
        found = closest(file, tmp_path).dissolve(by=FIELD).geometry
        given = file.frame.set_index(NUMBER).geometry
        off = [
            shapely.distance(found[number], shapely.points(shapely.get_coordinates(given[number]))).max()
            for number in given.index
        ]
        assert max(off) * KM_PER_DEGREE < FARTHEST_KM


def test_the_same_file_gives_the_same_tiles(
    read: list[OwnFile], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tiles, "FROM_FEATURES", 50)
    again = read_file(large.write(tmp_path, lines_=60, vertices=20_000, points_=200)[1], tiles=True)
    assert again.tiles == read[1].tiles


def test_a_small_file_and_one_of_a_command_get_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = files.geojson(tmp_path / "lines.geojson")
    assert read_file(file, tiles=True).tiles is None
    monkeypatch.setattr(tiles, "FROM_FEATURES", 1)
    assert read_file(file).tiles is None
    assert read_file(file, tiles=True).tiles


def test_short_lines_areas_and_what_lies_beyond_the_map() -> None:
    short = shapely.LineString([(60, 40), (60.0001, 40.0001)])
    area = shapely.box(60, 40, 61, 41)
    polar = shapely.LineString([(10, 80), (10, 90)])
    shapes = np.array([short, area, polar, shapely.Point(0, 90), shapely.Point(50, 20, 300), None], dtype=object)
    drawn = tiles.drawable(shapes)
    assert drawn[0].length == pytest.approx(tiles.SHORTEST)
    assert shapely.hausdorff_distance(drawn[0], short) * KM_PER_DEGREE < FARTHEST_KM
    assert drawn[1].geom_type == "LineString"
    assert drawn[2].bounds == pytest.approx((10, 80, 10, tiles.FARTHEST_NORTH))
    assert drawn[3] is None
    assert drawn[4] == shapely.Point(50, 20)
    assert drawn[5] is None
    assert shapely.equals(shapes[1], area)


def test_limits_hold_and_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    monkeypatch.setattr(tiles, "FROM_FEATURES", 1)
    file = files.geojson(tmp_path / "lines.geojson")
    assert read_file(file, tiles=True).tiles
    assert list(kept.iterdir()) == []
    run = reading.run

    def starved(folder: Path, limits: Limits) -> int | None:
        is_cutting = not (folder / SAID).exists() and (folder / TABLE).exists()
        return run(folder, replace(limits, wall_seconds=0) if is_cutting else limits)

    monkeypatch.setattr(reading, "run", starved)
    slow = read_file(file, tiles=True)
    assert slow.tiles is None
    assert slow.notes[-1] == "lines.geojson could not be cut into tiles in time, so the map is slow with it; split it"
    assert len(slow) == 1
    assert list(kept.iterdir()) == []
