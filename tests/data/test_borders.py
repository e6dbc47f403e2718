"""The shipped states, disputed areas and boundary lines: one coverage, whole at every join, every claim named."""

from __future__ import annotations

import itertools
import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sco_map.catalog import read_catalog
from sco_map.layers.land.coverage import read_rules
from sco_map.paths import CATALOG, GEODATA

WORDS = {"international", "disputed", "line_of_control", "indefinite", "unrecognized", "internal", "claim"}


def collection(layer):
    return json.loads((GEODATA / f"{layer}.geojson").read_text(encoding="utf-8"))


def table(layer):
    features = collection(layer)["features"]
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    rows = [feature["properties"] for feature in features]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=4326).set_index("id", drop=False)


@pytest.fixture(scope="module")
def members():
    return table("members").set_index("iso_a3", drop=False)


@pytest.fixture(scope="module")
def areas():
    return table("disputed_areas")


@pytest.fixture(scope="module")
def land():
    return table("basemap_land")


def test_every_state_with_a_role_is_there_once(members):
    catalog = read_catalog()
    assert sorted(members.index) == sorted(code for code, country in catalog.countries.items() if country.roles)


@pytest.mark.parametrize("layer", ["members", "disputed_areas", "basemap_land", "basemap_lakes"])
def test_polygons_are_valid_right_handed_and_rounded(layer):
    assert "crs" not in collection(layer)
    shapes = table(layer).geometry
    assert shapes.is_valid.all()
    parts = shapely.get_parts(shapes.to_numpy())
    assert shapely.is_ccw(shapely.get_exterior_ring(parts)).all()
    holes = [hole for part in parts for hole in part.interiors]
    assert not shapely.is_ccw(holes).any()
    positions = shapely.get_coordinates(parts)
    assert (np.abs(positions[:, 0]) <= 180).all()
    assert np.array_equal(positions, np.round(positions, 5))


def test_members_fit_together_without_gap_or_overlap(members):
    assert shapely.coverage_is_valid(members.geometry.to_numpy())


def test_the_land_is_one_coverage_of_which_the_members_are_part(land, members):
    assert shapely.coverage_is_valid(land.geometry.to_numpy())
    for code, state in members.geometry.items():
        drawn = land.geometry[code.lower()]
        assert shapely.difference(drawn, state).area < 1e-6, code


def test_the_caspian_is_a_hole(members, land):
    middle = shapely.Point(51, 42)
    assert not members.intersects(middle).any()
    assert not land.intersects(middle).any()
    assert table("basemap_lakes").geometry["caspian_sea"].contains(middle)


def test_the_far_east_is_cut_at_the_antimeridian_and_whole_when_moved(members):
    whole = members.geometry["RUS"]
    west = [part for part in whole.geoms if part.bounds[0] < 0]
    assert west
    assert max(part.bounds[2] for part in west) < -168.9
    moved = [shapely.transform(part, lambda positions: positions + [360, 0]) for part in west]
    joined = shapely.union_all([*moved, *(part for part in whole.geoms if part.bounds[0] > 0)])
    cape = shapely.Point(187, 66)
    inland = shapely.Point(175, 66)
    mainland = next(part for part in joined.geoms if part.contains(cape))
    assert mainland.contains(inland)
    assert mainland.bounds[2] > 190


@pytest.mark.parametrize(
    ("lon", "lat", "state"),
    [
        (63.3, 45.9, "KAZ"),
        (114.15, 22.4, "CHN"),
        (34.2, 45.2, "RUS"),
        (79.3, 35.0, "CHN"),
        (94.0, 28.0, "IND"),
        (74.3, 35.9, "PAK"),
        (121.0, 24.0, None),
        (77.2, 35.4, None),
        (84.0, 28.2, "NPL"),
    ],
)
def test_the_de_facto_state_of_a_point(members, lon, lat, state):
    found = list(members.index[members.contains(shapely.Point(lon, lat))])
    assert found == ([state] if state else [])


def test_accuracy_covers_survey_and_simplification(members, areas):
    for rows in (members, areas):
        assert (rows["accuracy_basis"] == "survey").all()
        assert (rows["accuracy_km"] >= 3).all()


def test_every_disputed_area_of_the_catalog_is_drawn_and_counts_for_every_worldview(areas):
    rules = read_rules(CATALOG)
    catalog = read_catalog()
    assert set(areas.index) == set(rules.areas)
    for row in areas.itertuples():
        assert row.sources
        assert set(row.sources) <= set(catalog.sources)
        assert set(row.counts_to) == {"default", *rules.worldviews}
        states = {state for state in row.counts_to.values() if state}
        assert states <= {*row.claimed_by, *row.administered_by}, row.Index


def test_disputed_areas_are_exact_parts_of_the_land_and_apart_from_each_other(areas, land):
    everything = shapely.coverage_union_all(land.geometry.to_numpy())
    for name, shape in areas.geometry.items():
        outside = shapely.difference(shape, everything).area
        assert outside < 0.02 * shape.area, name
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())


@pytest.mark.parametrize("worldview", ["ua", "in", "cn", "pk"])
def test_a_worldview_moves_areas_between_states(areas, worldview):
    moved = [row.Index for row in areas.itertuples() if row.counts_to[worldview] != row.counts_to["default"]]
    assert moved


def test_boundary_lines_have_known_classes_and_no_stretch_twice():
    lines = table("boundary_lines")
    rules = read_rules(CATALOG)
    for worldview in rules.worldviews:
        known = lines[f"class_{worldview}"].dropna()
        assert set(known) <= WORDS
    assert set(lines["class"]) <= WORDS
    edges: set[object] = set()
    for part in shapely.get_parts(lines.geometry.to_numpy()):
        positions = [tuple(position) for position in part.coords]
        for edge in itertools.pairwise(positions):
            assert edge not in edges and edge[::-1] not in edges
            edges.add(edge)


def test_boundary_lines_lie_on_the_edges_of_the_land_and_the_areas(land, areas):
    rings = shapely.get_parts(shapely.boundary([*land.geometry, *areas.geometry]))
    edges: set[object] = set()
    for ring in rings:
        positions = [tuple(position) for position in shapely.get_coordinates(ring)]
        edges.update(frozenset(edge) for edge in itertools.pairwise(positions))
    for line in table("boundary_lines").itertuples():
        for part in shapely.get_parts(line.geometry):
            positions = [tuple(position) for position in part.coords]
            assert all(frozenset(edge) in edges for edge in itertools.pairwise(positions)), line.Index


def test_no_claim_line_of_the_window_is_forgotten():
    rules = read_rules(CATALOG)
    lines = {feature["id"] for feature in json.loads((CATALOG / "claim_lines.geojson").read_text())["features"]}
    used = {line for area in rules.areas.values() for line in area.get("cut", ())}
    assert used <= lines
    assert set(rules.left_out) <= lines
    assert not used & set(rules.left_out)
    window = shapely.box(*rules.window)
    shapes = gpd.read_file(CATALOG / "claim_lines.geojson").set_index("id").geometry
    silent = [line for line in lines - used - set(rules.left_out) if shapes[line].intersects(window)]
    assert silent == []


# ---------- rivers


def test_rivers_name_the_states_that_they_touch(members):
    """Those of the map's course, not of the basin; 0.1 degrees forgive that border and course are drawn apart."""
    rivers = read_catalog().rivers
    drawn = table("water")
    for id_, river in rivers.items():
        course = drawn.geometry[id_]
        named = set(river.countries) & set(members.index)
        far = {code for code in named if members.geometry[code].distance(course) > 0.1}
        missed = {
            code
            for code in set(members.index) - named
            if members.geometry[code].buffer(-0.1).intersection(course).length > 0.2
        }
        assert (id_, far, missed) == (id_, set(), set())
