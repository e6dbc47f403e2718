"""Distances on the ellipsoid, and courses that stay on the geodesic when a map draws them straight."""

from __future__ import annotations

import itertools

import pytest

from sco_map.model.geodesy import (
    GEOD,
    STRAY_KM,
    distance_km,
    length_km,
    mercator,
    off_course_km,
    rounded,
    straight_course,
    unwrapped,
)
from sco_map.model.sphere import rough_km


def test_a_degree_of_longitude_on_the_equator():
    assert distance_km((0, 0), (1, 0)) == pytest.approx(111.319, abs=0.001)


def test_a_degree_of_latitude_at_the_pole_is_longer_than_at_the_equator():
    assert distance_km((0, 89), (0, 90)) == pytest.approx(111.694, abs=0.001)
    assert distance_km((0, 0), (0, 1)) == pytest.approx(110.574, abs=0.001)


def test_the_length_of_a_line_is_the_sum_of_its_hops():
    line = [(70.0, 40.0), (71.0, 41.0), (75.0, 42.0)]
    assert length_km(line) == pytest.approx(distance_km(*line[:2]) + distance_km(*line[1:]))


def test_rounding_knows_no_negative_zero():
    assert str(rounded((-0.000001, 12.3456789))) == "(0.0, 12.34568)"


def test_longitudes_are_moved_by_whole_turns():
    assert unwrapped(-179, near=179) == 181
    assert unwrapped(10, near=20) == 10


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((37.6, 55.75), (131.9, 43.1)),
        ((60.0, 60.0), (80.0, 60.0)),
        ((60.0, 30.0), (61.0, 62.0)),
        ((72.0, 20.0), (75.0, 20.1)),
        ((176.0, 65.0), (-176.0, 66.0)),
    ],
)
def test_a_course_stays_on_the_geodesic_on_the_globe_and_on_the_screen(start, end):
    course = straight_course(start, end)
    assert course[0] == start
    assert course[-1] == end
    for before, after in itertools.pairwise(course):
        east = unwrapped(after[0], before[0])
        for share in (0.25, 0.5, 0.75):
            longitude = before[0] + share * (east - before[0])
            plain = before[1] + share * (after[1] - before[1])
            assert off_course_km(start, end, (longitude, plain)) < 1.2 * STRAY_KM
            low, high = sorted((before[1], after[1]))
            northing = mercator(before[1]) + share * (mercator(after[1]) - mercator(before[1]))
            while high - low > 1e-9:
                middle = (low + high) / 2
                low, high = (middle, high) if mercator(middle) < northing else (low, middle)
            assert off_course_km(start, end, (longitude, low)) < 1.2 * STRAY_KM


def test_a_short_hop_needs_no_point_between():
    assert straight_course((70.0, 40.0), (70.5, 40.2)) == [(70.0, 40.0), (70.5, 40.2)]


def test_the_course_has_no_more_points_than_it_needs():
    course = straight_course((60.0, 60.0), (80.0, 60.0))
    hops = [GEOD.inv(*a, *b)[2] / 1000 for a, b in itertools.pairwise(course)]
    assert 60 < min(hops) < 120


def test_the_sphere_is_close_enough_to_the_ellipsoid_for_a_rule():
    kashgar, poti = (75.99, 39.47), (41.67, 42.15)
    assert rough_km(kashgar, poti) == pytest.approx(distance_km(kashgar, poti), rel=0.005)
    assert rough_km(kashgar, kashgar) == 0
