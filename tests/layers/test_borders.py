"""States, disputed areas and boundary lines, on squares: one coverage, whole at every join."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from sco_map.errors import ScoMapError
from sco_map.layers.land.boundaries import shared_edges
from sco_map.layers.land.coverage import Rules, in_window, shift_km, simplified, split_by_areas, whole_units


def square(west, south, size=10.0):
    return shapely.box(west, south, west + size, south + size)


def rules_with(**changes):
    values = {
        "window": (-20, -20, 60, 60),
        "core": (-20, -20, 60, 60),
        "merge": {},
        "iso": {},
        "classes": {},
        "worldviews": {},
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
