"""States, disputed areas and boundary lines: one coverage, whole at every join, with every claim named."""

from __future__ import annotations

import itertools
import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from sco_map.catalog import read_catalog
from sco_map.errors import ScoMapError
from sco_map.layers.land.boundaries import shared_edges
from sco_map.layers.land.coverage import Rules, in_window, read_rules, shift_km, simplified, split_by_areas, whole_units
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


# ---------- the shipped files


def test_every_state_with_a_role_is_there_once(members):
    catalog = read_catalog()
    assert sorted(members.index) == sorted(code for code, country in catalog.countries.items() if country.roles)
    assert len(members) == 27


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
        assert rows["accuracy_km"].between(3, 4).all()


def test_roles_are_dated_in_order_and_end_with_the_present_one(members):
    for row in members.itertuples():
        dates = [role["from"] for role in row.roles]
        assert dates == sorted(dates), row.iso_a3
        assert row.role == row.roles[-1]["role"]


def test_every_disputed_area_says_who_administers_claims_and_says_so(areas):
    rules = read_rules(CATALOG)
    catalog = read_catalog()
    assert set(areas.index) == set(rules.areas)
    for row in areas.itertuples():
        assert row.claimed_by, row.Index
        assert isinstance(row.administered_by, list)
        assert row.sources
        assert set(row.sources) <= set(catalog.sources)
        assert row.title_bn and row.title_ru and row.title_zh
        assert row.note
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
def test_a_viewpoint_moves_areas_between_states(areas, worldview):
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
    assert len(lines) == 46
    assert used <= lines
    assert set(rules.left_out) <= lines
    assert not used & set(rules.left_out)
    window = shapely.box(*rules.window)
    shapes = gpd.read_file(CATALOG / "claim_lines.geojson").set_index("id").geometry
    silent = [line for line in lines - used - set(rules.left_out) if shapes[line].intersects(window)]
    assert silent == []


# ---------- the functions, on squares


def square(west, south, size=10.0):
    return shapely.box(west, south, west + size, south + size)


def rules_with(**changes):
    values = {
        "window": (-20, -20, 60, 60),
        "core": (-20, -20, 60, 60),
        "merge": {},
        "iso": {},
        "classes": {},
        "viewpoints": {},
        "detail": {"lon": [[-180, 1.0], [180, 1.0]], "lat": [[-90, 1.0], [90, 1.0]]},
        "drop": (),
        "areas": {},
        "left_out": {},
    }
    return Rules(**(values | changes))


def countries(**shapes):
    codes = list(shapes)
    return gpd.GeoDataFrame({"ADM0_A3": codes, "ISO_A3_EH": codes}, geometry=list(shapes.values()), crs=4326)


def test_units_merge_and_have_a_code_only_where_there_is_one():
    units = whole_units(
        countries(AAA=square(0, 0), BBB=square(10, 0), XXX=square(20, 0)), rules_with(merge={"BBB": "AAA"})
    )
    assert list(units.index) == ["AAA", "XXX"]
    assert units.geometry["AAA"].equals(shapely.box(0, 0, 20, 10))
    frame = countries(AAA=square(0, 0))
    frame["ISO_A3_EH"] = "-99"
    assert whole_units(frame, rules_with())["iso_a3"].tolist() == [None]


def claim(*positions):
    return gpd.GeoSeries({"claim": shapely.LineString(positions)}, crs=4326)


def area(**changes):
    return {"unit": "AAA", "cut": ["claim"], "inside": [[1, 5]], "counts_to": {"default": "AAA"}} | changes


def test_a_claim_line_cuts_an_area_and_neighbours_get_its_ends():
    units = whole_units(countries(AAA=square(0, 0), BBB=square(0, 10)), rules_with())
    pieces = split_by_areas(units, claim((3, -0.0005), (3.3, 5), (3, 9.9995)), rules_with(areas={"spot": area()}))
    assert pieces["area"].fillna("").tolist() == ["", "spot", ""]
    assert shapely.coverage_is_valid(pieces.geometry.to_numpy())
    spot = pieces.geometry[pieces["area"] == "spot"].iloc[0]
    assert spot.area == pytest.approx(31.5, abs=0.1)


def test_a_line_that_stops_short_is_refused_with_the_name_of_the_area():
    units = whole_units(countries(AAA=square(0, 0)), rules_with())
    with pytest.raises(ScoMapError, match="'spot': its lines do not cut it off from unit 'AAA'"):
        split_by_areas(units, claim((3, 0), (3, 6)), rules_with(areas={"spot": area()}))


def test_a_point_outside_its_unit_is_refused():
    units = whole_units(countries(AAA=square(0, 0)), rules_with())
    rules = rules_with(areas={"spot": area(inside=[[50, 50]]), "other": area(inside=[[1, 5]])})
    with pytest.raises(ScoMapError, match=r"'spot': no part of unit 'AAA' lies at \[\[50, 50\]\]"):
        split_by_areas(units, claim((3, 0), (3, 10)), rules)


def wavy(rows):
    """Return two neighbours with a wavy border between them."""
    middle = [(10 + (0.01 if number % 2 else 0.0), number * 10 / rows) for number in range(rows + 1)]
    left = shapely.Polygon([(0, 0), *middle, (0, 10)])
    right = shapely.Polygon([(20, 0), (20, 10), *middle[::-1]])
    frame = countries(AAA=left, BBB=right)
    return split_by_areas(whole_units(frame, rules_with()), gpd.GeoSeries([], crs=4326), rules_with())


def test_simplifying_keeps_the_common_border_common_and_moves_no_vertex():
    pieces = wavy(40)
    fewer = simplified(pieces, rules_with(), tolerance=0.5)
    assert shapely.coverage_is_valid(fewer.geometry.to_numpy())
    before = {tuple(position) for position in shapely.get_coordinates(pieces.geometry.to_numpy())}
    after = {tuple(position) for position in shapely.get_coordinates(fewer.geometry.to_numpy())}
    assert after < before
    moved = shift_km(pieces, fewer)
    assert 0 < moved["AAA"] < 1.2
    assert shift_km(pieces, pieces) == {"AAA": 0.0, "BBB": 0.0}


def test_less_detail_where_degrees_count_less():
    pieces = wavy(40)
    coarse = rules_with(detail={"lon": [[-180, 0.01], [180, 1.0]], "lat": [[-90, 0.01], [90, 1.0]]})
    full = simplified(pieces, rules_with(), tolerance=0.02)
    less = simplified(pieces, coarse, tolerance=0.02)
    assert (
        shapely.get_num_coordinates(less.geometry.to_numpy()).sum()
        < shapely.get_num_coordinates(full.geometry.to_numpy()).sum()
    )
    assert shapely.coverage_is_valid(less.geometry.to_numpy())


def test_the_window_reaches_beyond_the_antimeridian():
    frame = countries(AAA=shapely.MultiPolygon([square(170, 0), shapely.box(-180, 0, -175, 10), square(-120, 0)]))
    pieces = split_by_areas(whole_units(frame, rules_with()), gpd.GeoSeries([], crs=4326), rules_with())
    shown = in_window(pieces, rules_with(window=(150, -20, 190, 60))).geometry.iloc[0]
    assert shown.bounds == (-180, 0, 180, 10)
    assert len(shown.geoms) == 2


def test_shared_edges_name_each_edge_once_with_both_sides():
    pieces = gpd.GeoDataFrame(geometry=[square(0, 0), square(10, 0), square(40, 0)], crs=4326)
    edges = shared_edges(pieces)
    assert len(edges) == 1
    edge = edges.iloc[0]
    assert (edge["left"], edge["right"]) == (0, 1)
    assert (edge["x1"], edge["x2"]) == (10, 10)
    assert edge["y2"] > edge["y1"]
