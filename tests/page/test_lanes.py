"""Tests of the lanes: lines along one way are drawn apart, are picked where they are drawn, and go back when alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from shapely import LineString, MultiLineString, Point

from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened

STEPPE = "view=6.6/42.7/67.5"
STRINGS = ("cagp_a__trunk", "cagp_b__trunk", "cagp_c__trunk")
"""The strings of Central Asia–China gas follow one route, drawn where the view is."""
LEAST = 2.5
"""Px between the middles of two thin lines beside each other."""


def drawn(page: Page, row: str) -> MultiLineString:
    """Return where a line is drawn, in px."""
    return MultiLineString([LineString(path) for path in inside.course_of(page, row, drawn=True)])


def middle(page: Page, row: str) -> Point:
    """Return a point in the middle of the map at which a line is drawn."""
    return drawn(page, row).interpolate(drawn(page, row).project(Point(inside.middle_of_map(page))))


def off_course(page: Page, row: str) -> float:
    """Return by how many px a line is drawn beside its true course in the middle of the map."""
    true = MultiLineString([LineString(path) for path in inside.course_of(page, row, drawn=False)])
    return float(true.distance(middle(page, row)))


def test_strings_are_drawn_apart_around_their_course_and_picked_there(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, f"project=central_asia_china&{STEPPE}")
    points = [middle(page, row) for row in STRINGS]
    for row, point in zip(STRINGS, points, strict=True):
        others = [drawn(page, other) for other in STRINGS if other != row]
        assert min(point.distance(other) for other in others) > LEAST
        assert inside.row_under(page, point.x, point.y) == row
    assert sorted(off_course(page, row) for row in STRINGS) == pytest.approx([0, LEAST + 1, LEAST + 1], abs=1.0)


def test_a_string_that_is_left_alone_goes_back_to_its_course(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, f"project=central_asia_china&{STEPPE}")
    aside = max(STRINGS, key=lambda row: off_course(page, row))
    assert off_course(page, aside) > LEAST
    inside.select(page, f"project={aside.partition('__')[0]}")
    wait_until(page, lambda _: off_course(page, aside) < 0.9)  # points nearer than 0.8 px are drawn as one
