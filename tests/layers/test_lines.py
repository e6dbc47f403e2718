"""Lines drawn from places alone."""

from __future__ import annotations

import pytest

from sco_map.catalog import Accuracy
from sco_map.layers.rows.lines import hops_of_nothing, through_places, with_declared
from sco_map.model.geodesy import distance_km
from tests.layers.tiny import tiny_catalog


def test_a_piece_for_each_hop(tmp_path):
    catalog = tiny_catalog(tmp_path)
    pieces = through_places(catalog.segments["pipe__trunk"], catalog.places)
    assert [(piece.start, piece.end) for piece in pieces] == [("alpha", "bend"), ("bend", "gamma")]
    assert pieces[0].points[0] == (8, 45)
    assert pieces[0].points[-1] == pieces[1].points[0] == (9.5, 45.2)
    first, second = (distance_km(piece.points[0], piece.points[-1]) for piece in pieces)
    assert pieces[0].accuracy_km == pytest.approx(30 + 0.22 * (first - 60))
    assert pieces[1].accuracy_km == pytest.approx(30 + 0.22 * (second - 60))
    assert {piece.basis for piece in pieces} == {"waypoints"}


def test_a_symbol_says_that_it_is_one(tmp_path):
    catalog = tiny_catalog(tmp_path)
    symbol = catalog.segments["iron_road__west"].model_copy(update={"recipe": "symbol"})
    (piece,) = through_places(symbol, catalog.places)
    assert piece.basis == "schematic"
    assert piece.accuracy_km == pytest.approx(10 + 0.16 * 78.85, abs=0.01)


def test_the_accuracy_of_the_catalog_wins(tmp_path):
    catalog = tiny_catalog(tmp_path)
    pieces = through_places(catalog.segments["pipe__trunk"], catalog.places)
    declared = with_declared(pieces, Accuracy(km=15, basis="survey"))
    assert {(piece.accuracy_km, piece.basis) for piece in declared} == {(15, "survey")}
    assert with_declared(pieces, None) == pieces


def test_a_place_twice_in_a_row_is_named(tmp_path):
    catalog = tiny_catalog(tmp_path)
    twice = catalog.segments["iron_road__west"].model_copy(update={"via": ("alpha", "alpha", "beta")})
    assert hops_of_nothing(twice, catalog.places) == [
        "iron_road__west: 'alpha' and 'alpha' follow each other on the same point; leave one of them out of via"
    ]
    assert hops_of_nothing(catalog.segments["iron_road__west"], catalog.places) == []
