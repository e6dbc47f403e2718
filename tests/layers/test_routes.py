"""From a line of the catalog to its feature, and what is said when it cannot be drawn as asked."""

from __future__ import annotations

import pytest

from sco_map.errors import ScoMapError
from sco_map.layers.rail import rails
from sco_map.layers.rows.pieces import Piece
from sco_map.layers.rows.routes import Routes, join_faults, stops_along
from tests.layers.tiny import EAST, FILES, WEST, tiny_catalog, tiny_land

PIPE = FILES["projects/pipe.toml"]


def routes(folder, **changes):
    return Routes(tiny_catalog(folder, **changes), tiny_land())


def test_a_line_knows_its_countries_and_figures(tmp_path):
    found = routes(tmp_path)
    row = found.feature(found.catalog.segments["iron_road__east"])["properties"]
    assert row["countries"] == [WEST, EAST]
    assert row["km_by_country"] == {WEST: 78.84, EAST: 78.84}
    assert row["length_km"] == 157.69
    assert (row["accuracy_km"], row["accuracy_basis"]) == (35.5, "waypoints")
    assert row["places"] == ["beta", "gamma"]
    assert row["gauge_mm"] == 1435
    assert found.problems == []


def test_helper_places_shape_a_line_and_are_not_named(tmp_path):
    found = routes(tmp_path)
    feature = found.feature(found.catalog.segments["pipe__trunk"])
    assert feature["properties"]["places"] == ["alpha", "gamma"]
    assert [piece["to"] for piece in feature["properties"]["pieces"]] == ["bend", "gamma"]
    assert [len(part) for part in feature["geometry"]["coordinates"]] == [3, 3]


def test_a_parallel_string_has_the_same_route(tmp_path):
    found = routes(tmp_path)
    first, second = (found.feature(found.catalog.segments[id_]) for id_ in ("pipe__trunk", "pipe__second"))
    assert second["geometry"] == first["geometry"]
    assert (first["properties"]["string"], second["properties"]["string"]) == (1, 2)
    assert second["properties"]["places"] == ["alpha", "gamma"]


def test_a_sea_leg_counts_to_no_country_but_names_its_ends(tmp_path):
    ferry = """
layer = "rails"
kind = "ferry"
form = "line"
title = { en = "Ferry" }
phases = [{ status = "operating" }]
sources = ["paper"]
as_of = 2026
confidence = "high"

[[segment]]
id = "ferry__leg"
recipe = "symbol"
via = ["harbour", "landing"]
"""
    found = routes(tmp_path, projects__ferry_toml=ferry)
    row = found.feature(found.catalog.segments["ferry__leg"])["properties"]
    assert (row["countries"], row["km_by_country"]) == ([WEST, EAST], {})
    assert row["accuracy_basis"] == "schematic"


def test_an_unexplained_crossing_is_a_problem_with_its_figure(tmp_path):
    places = FILES["places.csv"] + "delta,Delta,,,,KAZ,9.9,49.9,city,2,gazetteer,high,\n"
    places += "over,Over,,,,KAZ,10.4,45.1,helper,2,guess,low,\n" + "past,Past,,,,KAZ,9.9,40.2,city,2,gazetteer,high,\n"
    line = FILES["projects/iron_road.toml"].replace('["alpha", "beta"]', '["alpha", "over", "delta", "past"]')
    found = routes(tmp_path, places_csv=places, projects__iron_road_toml=line)
    found.feature(found.catalog.segments["iron_road__west"])
    (problem,) = found.problems
    assert problem.startswith("iron_road__west: runs ")
    assert f"km through {EAST}" in problem
    assert "add a via place or an excursion" in problem


def test_a_declared_excursion_is_not_a_problem(tmp_path):
    places = FILES["places.csv"] + "over,Over,,,,KAZ,10.4,45.1,helper,2,guess,low,\n"
    line = FILES["projects/iron_road.toml"].replace(
        'via = ["alpha", "beta"]',
        f'via = ["alpha", "over", "beta"]\nexcursions = [{{ country = "{EAST}", reason = "so" }}]',
    )
    found = routes(tmp_path, places_csv=places, projects__iron_road_toml=line)
    row = found.feature(found.catalog.segments["iron_road__west"])["properties"]
    assert row["countries"] == [WEST, EAST]
    assert found.problems == []


def test_a_place_in_the_wrong_country_is_named(tmp_path):
    places = FILES["places.csv"].replace("gamma,Gamma,গামা,Гамма,,UZB", "gamma,Gamma,গামা,Гамма,,KAZ")
    found = routes(tmp_path, places_csv=places)
    assert list(found.misplaced(list(found.catalog.places.values()))) == [
        "place 'gamma': lies in UZB, 79 km outside KAZ of places.csv"
    ]


def test_a_border_station_may_lie_just_outside(tmp_path):
    places = FILES["places.csv"] + "customs,Customs,,,,KAZ,10.05,45,border_crossing,2,gazetteer,high,\n"
    found = routes(tmp_path, places_csv=places)
    assert list(found.misplaced(list(found.catalog.places.values()))) == []


def test_ends_away_from_their_place_and_gaps_are_named(tmp_path):
    catalog = tiny_catalog(tmp_path)
    segment = catalog.segments["iron_road__west"]
    stops = [catalog.places["alpha"], catalog.places["beta"]]
    pieces = [
        Piece(((8.1, 45.0), (8.5, 45.0)), 5, "network", "alpha", "alpha"),
        Piece(((8.6, 45.0), (9.0, 45.0)), 5, "network", "alpha", "beta"),
    ]
    assert list(join_faults(segment, pieces, stops)) == [
        "iron_road__west: ends 7.9 km from its place 'alpha', more than the accuracy there of 5.0 km",
        "iron_road__west: a gap of 7.88 km where 'alpha' and 'alpha' should meet",
    ]


def test_stops_are_found_in_order_even_where_a_line_comes_back(tmp_path):
    catalog = tiny_catalog(tmp_path)
    alpha, beta = catalog.places["alpha"], catalog.places["beta"]
    there = Piece(((8.0, 45.0), (9.0, 45.0)), 5, "network", "alpha", "beta")
    back = Piece(((9.0, 45.0), (8.0, 45.0)), 5, "network", "beta", "alpha")
    assert [round(stop.at_km) for stop in stops_along([there, back], [alpha, beta, alpha])] == [0, 79, 158]


def test_two_places_on_one_point_are_a_problem_and_not_drawn(tmp_path):
    line = FILES["projects/iron_road.toml"].replace('["alpha", "beta"]', '["alpha", "harbour", "twin"]')
    found = routes(tmp_path, projects__iron_road_toml=line)
    assert found.feature(found.catalog.segments["iron_road__west"]) is None
    assert "follow each other on the same point" in found.problems[0]


@pytest.mark.parametrize("id_", ["pipe__trunk", "pipe__second"])
def test_each_line_is_drawn_once(tmp_path, id_):
    found = routes(tmp_path)
    segment = found.catalog.segments[id_]
    assert found.pieces(segment) is found.pieces(segment)


def along(folder):
    line = FILES["projects/iron_road.toml"].replace(
        'id = "iron_road__west"', 'id = "iron_road__west"\nrecipe = "along"'
    )
    found = routes(folder, projects__iron_road_toml=line)
    return found, found.catalog.segments["iron_road__west"]


def test_a_network_piece_brings_its_source_and_licence(tmp_path, monkeypatch):
    found, segment = along(tmp_path)
    track = [Piece(((8.0, 45.0), (9.0, 45.0)), 2.5, "network", "alpha", "beta")]
    monkeypatch.setattr(rails, "rail_network", lambda catalog: (None, "osm_rail_network: in a folder"))
    monkeypatch.setattr(rails, "along_rails", lambda network, line, places: track)
    row = found.feature(segment)["properties"]
    assert row["sources"][-1] == rails.SOURCE
    assert (row["accuracy_km"], row["accuracy_basis"]) == (2.5, "network")
    assert found.origins() == ("osm_rail_network: in a folder",)


def test_every_fault_along_the_network_is_a_problem(tmp_path, monkeypatch):
    def fail(network, line, places):
        raise ScoMapError("segment 'x': one\nsegment 'x': two")

    found, segment = along(tmp_path)
    monkeypatch.setattr(rails, "rail_network", lambda catalog: (None, ""))
    monkeypatch.setattr(rails, "along_rails", fail)
    assert found.feature(segment) is None
    assert found.problems == ["segment 'x': one", "segment 'x': two"]
    assert found.origins() == ()


def test_a_network_that_is_not_there_ends_the_build_at_once(tmp_path):
    found, segment = along(tmp_path)
    with pytest.raises(ScoMapError, match="osm_rail_network"):
        found.feature(segment)
