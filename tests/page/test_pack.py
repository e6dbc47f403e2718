"""Packed geometry comes back as it was, to the grid; shared edges of land are stored once."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from sco_map.model.packing import LIGHT_TOLERANCE, TOLERANCE
from sco_map.page.land import edges_of, land_units, pack_coverage
from sco_map.page.pack import (
    SCALE,
    drawn_vertices,
    in_one_piece,
    joined,
    pack_geometry,
    pack_integers,
    pack_lines,
    pack_points,
    to_grid,
    unpack_integers,
    unpack_lines,
    unpack_path,
)


@pytest.mark.parametrize("values", [[], [0], [-1, 1, 31, -32, 32], [180_000, -90_000, 2**31, -(2**31)]])
def test_integers_come_back(values: list[int]) -> None:
    assert list(unpack_integers(pack_integers(values))) == values


def test_packed_text_needs_no_escape() -> None:
    text = pack_integers(range(-5000, 5000, 7))
    assert text.replace("-", "").replace("_", "").isalnum()


def test_a_path_comes_back_to_the_grid() -> None:
    random = np.random.default_rng(1)
    points = np.cumsum(random.uniform(-0.5, 0.5, (200, 2)), axis=0) + [70, 45]
    [path] = unpack_lines(pack_lines(shapely.LineString(points), 0))
    assert np.abs(path - points).max() <= 0.5 / SCALE + 1e-9


def test_repeated_points_are_dropped() -> None:
    assert to_grid(np.array([[1.00001, 2.0], [1.00002, 2.0], [1.1, 2.0]])).tolist() == [[1000, 2000], [1100, 2000]]


def test_parts_that_follow_each_other_become_one_path() -> None:
    parts = [np.array([[0, 0], [1, 1]]), np.array([[1, 1], [2, 0]]), np.array([[9, 9], [8, 8]])]
    assert [path.tolist() for path in joined(parts)] == [[[0, 0], [1, 1], [2, 0]], [[9, 9], [8, 8]]]


def test_land_across_the_antimeridian_is_one_piece() -> None:
    halves = shapely.MultiPolygon([shapely.box(170, 60, 180, 70), shapely.box(-180, 60, -170, 70)])
    whole = in_one_piece(halves)
    assert whole.geom_type == "Polygon"
    assert whole.bounds == (170, 60, 190, 70)


@pytest.mark.parametrize(
    ("geometry", "key"),
    [
        (shapely.Point(1, 2), "points"),
        (shapely.LineString([(1, 2), (3, 4)]), "lines"),
        (shapely.MultiLineString([[(1, 2), (3, 4)], [(5, 6), (7, 8)]]), "lines"),
        (shapely.box(0, 0, 1, 1), "rings"),
    ],
)
def test_each_form_has_its_key(geometry: shapely.Geometry, key: str) -> None:
    assert list(pack_geometry(geometry, 0)) == [key]


def test_nothing_is_packed_of_nothing() -> None:
    assert pack_geometry(None, 0) == {}
    assert pack_geometry(shapely.Point(), 0) == {}


def test_what_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(ValueError, match="GeometryCollection"):
        pack_geometry(shapely.GeometryCollection([shapely.Point(1, 2)]), 0)


def test_neighbours_share_their_border() -> None:
    arcs, units, marked = pack_coverage([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    assert len(arcs) == 3, "two coasts and one border"
    numbers = [{~arc if arc < 0 else arc for arc in rings[0]} for [rings] in units]
    assert len(numbers[0] & numbers[1]) == 1
    assert marked == []


def test_the_arcs_of_a_unit_close_its_ring() -> None:
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0, 1, 2, 2)]
    arcs, units, _ = pack_coverage(squares)
    for square, [[ring]] in zip(squares, units, strict=True):
        paths = [unpack_path(arcs[~arc if arc < 0 else arc])[:: -1 if arc < 0 else 1] for arc in ring]
        for path, following in zip(paths, paths[1:] + paths[:1], strict=True):
            assert path[-1].tolist() == following[0].tolist()
        assert shapely.Polygon(np.concatenate(paths) / SCALE).equals(square)


def test_edges_along_special_lines_are_marked() -> None:
    border = shapely.LineString([(1, 0), (1, 1)])
    _, _, marked = pack_coverage([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], edges_of([border]))
    assert len(marked) == 1


def test_units_keep_what_they_say() -> None:
    feature = {"properties": {"id": "here"}, "geometry": shapely.geometry.mapping(shapely.box(0, 0, 1, 1))}
    assert land_units([feature])["units"][0]["id"] == "here"


@pytest.mark.parametrize(
    ("lon", "lat"), [(71.6725, 40.4635), (-0.0005, -0.0015), (-169.1, 65.7), (-25.0, 0.0), (180, 90)]
)
def test_a_point_alone_is_packed_like_one_of_several(lon: float, lat: float) -> None:
    assert pack_points(shapely.Point(lon, lat)) == pack_points(shapely.MultiPoint([(lon, lat)]))


def test_points_on_both_sides_of_the_atlantic_are_all_packed() -> None:
    points = unpack_path(pack_points(shapely.MultiPoint([(-100, 40), (70, 41), (-26, 5)]))) / SCALE
    assert points.tolist() == [[260, 40], [70, 41], [334, 5]]


@pytest.mark.parametrize("tolerance", [TOLERANCE, LIGHT_TOLERANCE])
def test_vertices_are_counted_alike_before_and_after_a_line_is_packed(tolerance: float) -> None:
    wave = [(60 + at / 50, 40 + math.sin(at) / 20) for at in range(400)]
    line, same = shapely.LineString(wave), shapely.LineString(wave)
    before = drawn_vertices(line, tolerance)
    packed = pack_lines(same, tolerance)
    assert before == drawn_vertices(same, tolerance) == sum(len(path) for path in unpack_lines(packed))
    assert 2 < before < len(wave)
