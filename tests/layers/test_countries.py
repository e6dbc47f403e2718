"""Which countries a line runs through, told from its geometry."""

from __future__ import annotations

import pytest
import shapely

from sco_map.layers.land.countries import (
    CountryMap,
    Stop,
    Stretch,
    anchored,
    joined,
    over_land,
    travel,
    without_excursions,
)
from sco_map.model.geodesy import length_km
from tests.layers.tiny import EAST, WEST, tiny_land


def crossing(*stretches, real=(), ends=(WEST, EAST)):
    return travel([Stretch(*stretch) for stretch in stretches], real=real, ends=ends)


def test_a_line_over_a_border_is_split_there_in_order_of_travel():
    line = [(9.0, 45.0), (11.0, 45.0)]
    there = tiny_land().stretches(line, 5)
    assert [stretch.country for stretch in there] == [WEST, EAST]
    assert sum(stretch.km for stretch in there) == pytest.approx(length_km(line))
    assert there[0].km == pytest.approx(there[1].km)
    back = tiny_land().stretches(line[::-1], 5)
    assert [stretch.country for stretch in back] == [EAST, WEST]


def test_the_sea_is_not_a_country():
    found = tiny_land().stretches([(5.0, 41.0), (5.0, 39.0), (12.0, 39.0), (12.0, 41.0)], 5)
    assert [stretch.country for stretch in found] == [WEST, None, EAST]


def test_a_hole_in_a_country_is_not_in_it():
    land = CountryMap({WEST: shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])})
    assert [stretch.country for stretch in land.stretches([(1.0, 4.0), (8.0, 4.0)], 1)] == [WEST, None, WEST]


def test_a_line_that_comes_back_counts_each_crossing():
    found = tiny_land().stretches([(9.0, 45.0), (11.0, 45.0), (9.0, 46.0)], 5)
    assert [stretch.country for stretch in found] == [WEST, EAST, WEST]


def test_a_point_and_its_distance():
    land = tiny_land()
    assert (land.at((5, 45)), land.at((15, 45)), land.at((5, 30))) == (WEST, EAST, None)
    assert land.distance_km((5, 45), WEST) == 0
    assert land.distance_km((11, 45), WEST) == pytest.approx(78.8, abs=0.1)
    assert land.distance_km((11, 45), "XXX") == float("inf")


def test_a_wobble_over_the_border_is_dropped_and_its_km_go_to_the_neighbour():
    found = crossing((WEST, 100, 10, True), (EAST, 20, 10), (WEST, 50, 10, True), ends=(WEST, WEST))
    assert found.countries == (WEST,)
    assert found.km_by_country == {WEST: 170}
    assert found.unexplained == ()


def test_a_longer_crossing_needs_an_explanation():
    found = crossing((WEST, 100, 10, True), (EAST, 21, 10), (WEST, 50, 10, True), ends=(WEST, WEST))
    assert found.countries == (WEST, EAST)
    assert [(stretch.country, stretch.km) for stretch in found.unexplained] == [(EAST, 21)]


def test_an_excursion_of_the_catalog_is_kept_however_short():
    found = crossing((WEST, 100, 10, True), (EAST, 5, 10), (WEST, 50, 10, True), real=[EAST], ends=(WEST, WEST))
    assert found.km_by_country == {WEST: 150, EAST: 5}
    assert found.unexplained == ()


def test_a_short_stretch_with_a_place_of_that_country_is_kept():
    found = crossing((WEST, 100, 10, True), (EAST, 2, 10, True))
    assert found.countries == (WEST, EAST)


def test_the_shortest_doubtful_stretch_goes_first():
    wobble = [Stretch(WEST, 90, 4, True), Stretch(EAST, 3, 4), Stretch(WEST, 2, 4), Stretch(EAST, 80, 4, True)]
    assert [(stretch.country, stretch.km) for stretch in without_excursions(wobble)] == [(WEST, 90), (EAST, 85)]


def test_a_first_stretch_gives_way_to_the_one_after():
    found = crossing((EAST, 1, 3), (WEST, 60, 3, True), ends=(WEST, WEST))
    assert found.km_by_country == {WEST: 61}


def test_the_country_of_an_end_at_sea_is_named_without_km():
    found = crossing((None, 50, 5), (EAST, 70, 5, True), ends=(WEST, EAST))
    assert found.countries == (WEST, EAST)
    assert found.km_by_country == {EAST: 70}


def test_a_long_stretch_at_sea_counts_to_no_country():
    found = crossing((WEST, 50, 5, True), (None, 200, 5), (EAST, 70, 5, True))
    assert found.km_by_country == {WEST: 50, EAST: 70}


def test_places_anchor_the_stretch_of_their_country_beside_them():
    stretches = [Stretch(WEST, 10, 3), Stretch(EAST, 4, 3), Stretch(WEST, 10, 3)]
    marked = anchored(stretches, [Stop(0, WEST, 2), Stop(12, EAST, 2), Stop(15, EAST, 0.5)])
    assert [stretch.anchored for stretch in marked] == [True, True, False]
    just_outside = anchored(stretches, [Stop(15, EAST, 2)])
    assert [stretch.anchored for stretch in just_outside] == [False, True, False]


def test_neighbours_of_one_country_are_joined():
    found = joined([Stretch(WEST, 1, 2), Stretch(WEST, 2, 9, True), Stretch(EAST, 1, 1)])
    assert found == [Stretch(WEST, 3, 9, True), Stretch(EAST, 1, 1)]


def test_a_dropped_country_is_reported_as_a_cut_corner():
    found = crossing((WEST, 100, 10, True), (EAST, 15, 10), (WEST, 50, 10, True), ends=(WEST, WEST))
    assert found.cut_corners == {EAST: 15}
    assert crossing((WEST, 100, 10, True), (EAST, 90, 10, True)).cut_corners == {}


def test_a_border_station_drawn_on_the_other_side_still_names_its_country():
    found = crossing((EAST, 12, 5, True), ends=(WEST, EAST))
    assert found.countries == (WEST, EAST)
    assert found.km_by_country == {EAST: 12}


def test_a_line_along_the_coast_does_not_cross_its_own_country():
    found = crossing((WEST, 80, 0.5, True), (None, 9, 0.5), (WEST, 4, 0.5), (None, 9, 0.5), (EAST, 60, 0.5, True))
    assert found.unexplained == ()
    assert found.km_by_country == {WEST: 84, EAST: 60}


def test_a_line_on_land_counts_a_bay_that_its_drawing_cuts_to_the_state_before() -> None:
    drawn = [Stretch(None, 2.0, 1.0), Stretch("IRN", 40.0, 1.0), Stretch(None, 90.0, 1.0), Stretch("AZE", 10.0, 1.0)]
    assert [(stretch.country, stretch.km) for stretch in over_land(drawn)] == [("IRN", 132.0), ("AZE", 10.0)]
    assert over_land([Stretch(None, 5.0, 1.0)]) == [Stretch(None, 5.0, 1.0)]
