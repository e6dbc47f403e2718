"""A line cut at its places: hops follow each other, add up to the line, and measure the track where there is one."""

from __future__ import annotations

import pytest

from sco_map.layers.land.countries import Stretch
from sco_map.layers.rows.hops import Hop, basis_of, hop_records, hops_of
from sco_map.layers.rows.pieces import Leg, Piece
from sco_map.layers.rows.routes import Routes
from sco_map.model.columns import DRAWN, TRACK
from tests.layers.tiny import EAST, FILES, WEST, tiny_catalog, tiny_land

LEVEL = ((8.0, 45.0), (9.0, 45.0))


def row_of(catalog, id_):
    feature = Routes(catalog, tiny_land()).feature(catalog.segments[id_])
    assert feature is not None
    return feature["properties"]


def test_a_line_drawn_through_places_is_cut_at_each_of_them(tmp_path):
    line = FILES["projects/iron_road.toml"].replace('via = ["alpha", "beta"]', 'via = ["alpha", "beta", "gamma"]')
    catalog = tiny_catalog(tmp_path, projects__iron_road_toml=line)
    row = row_of(catalog, "iron_road__west")
    assert [(hop["from"], hop["to"]) for hop in row["hops"]] == [("alpha", "beta"), ("beta", "gamma")]
    assert [hop["countries"] for hop in row["hops"]] == [{WEST: 78.85}, {WEST: 78.84, EAST: 78.84}]
    assert sum(hop["km"] for hop in row["hops"]) == pytest.approx(row["length_km"])
    assert row["km_by_country"] == {WEST: 157.69, EAST: 78.84}
    assert (row["length_basis"], row["drawn_km"]) == (DRAWN, row["length_km"])


def test_a_helper_cuts_nothing(tmp_path):
    catalog = tiny_catalog(tmp_path)
    row = row_of(catalog, "pipe__trunk")
    assert [(hop["from"], hop["to"]) for hop in row["hops"]] == [("alpha", "gamma")]
    assert row["hops"][0]["km"] == row["length_km"] == row["drawn_km"]


def test_a_track_counts_as_the_network_measures_it_across_pieces(tmp_path):
    places = tiny_catalog(tmp_path).places
    pieces = [
        Piece(LEVEL, 2.0, "network", "alpha", "beta", (Leg(0, "alpha", "beta", 90.0, 78.0),)),
        Piece(
            LEVEL, 8.0, "network", "alpha", "gamma", (Leg(0, "alpha", "beta", 10.0, 9.0), Leg(1, "beta", "gamma", 5, 4))
        ),
    ]
    first, second = hops_of(pieces, [places[id_] for id_ in ("alpha", "beta", "gamma")])
    assert (first.start, first.end, first.km, first.drawn_km) == ("alpha", "beta", 100.0, 87.0)
    assert 2.0 < first.accuracy_km < 8.0
    assert second == Hop("beta", "gamma", 5, 4, 8.0)
    assert basis_of(pieces) == TRACK


def test_the_track_of_a_hop_is_shared_among_its_states_and_the_sea_has_none():
    stretches = [Stretch("KAZ", 60.0, 1.0), Stretch(None, 20.0, 1.0), Stretch("UZB", 20.0, 1.0)]
    hops = [Hop("a", "b", 100.0, 50.0, 3.0), Hop("b", "c", 50.0, 50.0, 3.0)]
    assert [record["countries"] for record in hop_records(hops, stretches)] == [
        {"KAZ": 100.0},
        {"KAZ": 10.0, "UZB": 20.0},
    ]
