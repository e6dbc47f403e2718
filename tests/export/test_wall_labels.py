"""Where names go on paper: on nothing, upright, along lines that are long enough, and nowhere along none."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from sco_map.export.wall.canvas import Type, pieces
from sco_map.export.wall.labels import Block, Crossed, Taken, along, chained, cheapest, led
from sco_map.export.wall.names import broken

KIND = Type(10, "#000000")
NAME = Block(("Middle Corridor",), (80.0,), KIND)
NOTHING = Crossed.of([])


def frame(width: float = 400, height: float = 300) -> Taken:
    return Taken(shapely.box(0, 0, width, height))


def test_a_name_goes_to_the_right_of_its_dot_and_elsewhere_when_that_is_taken() -> None:
    taken = frame()
    first = cheapest(NAME.around((200, 150), 2), taken, NOTHING)
    assert first is not None
    assert first.area.bounds[0] > 202
    taken.add(first.area)
    second = cheapest(NAME.around((200, 150), 2), taken, NOTHING)
    assert second is not None
    assert not second.area.intersects(first.area)


def test_a_name_that_fits_nowhere_is_left_out() -> None:
    assert cheapest(NAME.around((200, 150), 2), frame(60, 300), NOTHING) is None
    taken = frame()
    taken.add(shapely.box(0, 0, 400, 300))
    assert cheapest(NAME.nudged((200, 150), 10), taken, NOTHING) is None


def test_of_free_places_the_one_that_hides_least_is_taken() -> None:
    right = Crossed.of([np.array([[210.0, y], [290.0, y]]) for y in (146.0, 150.0, 154.0)])
    name = cheapest(NAME.around((200, 150), 2), frame(), right)
    assert name is not None
    assert right.length_under(name.area) == 0


@pytest.mark.parametrize("degrees", range(0, 360, 30))
def test_a_name_along_a_line_is_never_upside_down_and_never_on_its_line(degrees: int) -> None:
    angle = math.radians(degrees)
    way = np.array([[math.cos(angle), math.sin(angle)]])
    path = np.array([[200.0, 150.0]]) + way * np.array([[-100.0], [100.0]])
    found = list(along(NAME, [path], 2))
    assert found
    for _, name in found:
        assert -90 <= name.turn < 90
        assert name.area.distance(shapely.LineString(path)) > 0
        assert name.area.distance(shapely.LineString(path)) < KIND.size


def test_a_line_too_short_or_too_bent_has_no_name_along_it_but_a_stroke_leads_to_one() -> None:
    assert not list(along(NAME, [np.array([[0.0, 0.0], [60.0, 0.0]])], 2))
    zigzag = np.array([[x, 40.0 * (number % 2)] for number, x in enumerate(np.arange(0.0, 300.0, 15.0))])
    assert not list(along(NAME, [zigzag], 2))
    name = cheapest(led(NAME, (200, 150), 1), frame(), NOTHING)
    assert name is not None
    assert name.leader is not None
    assert name.area.distance(shapely.Point(name.leader[1])) < KIND.size


def test_lines_that_meet_are_one_and_points_are_none() -> None:
    (whole,) = chained([np.array([[0.0, 0.0], [50.0, 0.0]]), np.array([[50.0, 0.0], [90.0, 9.0]])])
    assert len(whole) == 3
    assert chained([np.array([[1.0, 1.0], [1.0, 1.0]])]) == []
    assert chained([]) == []


def test_texts_break_at_blanks_and_dashes_and_chinese_anywhere_but_before_a_comma() -> None:
    assert broken("China–Kyrgyzstan–Uzbekistan railway") == ("China–Kyrgyzstan–", "Uzbekistan railway")
    assert broken("Turksib") == ("Turksib",)
    assert [part.strip() for part in pieces("East–West line")] == ["East–", "West", "line"]
    assert pieces("中国，俄罗斯")[:2] == ["中", "国，"]
