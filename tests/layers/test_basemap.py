"""What lies under the corridors: islands, and the courses of rivers through a river file."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from sco_map.errors import ScoMapError
from sco_map.layers.land.basemap import without_small_islands
from sco_map.layers.land.rivers import course, waters_in, with_straight


def test_small_islands_go_unless_a_state_consists_of_them():
    island = shapely.box(5, 5, 5.01, 5.01)
    assert without_small_islands(shapely.MultiPolygon([shapely.box(0, 0, 1, 1), island])) == shapely.box(0, 0, 1, 1)
    specks = [shapely.box(6, 6, 6.001, 6.001), shapely.box(7, 7, 7.01, 7.01)]
    assert len(without_small_islands(shapely.MultiPolygon([island, *specks])).geoms) == 2


FRAME = (-10, -10, 10, 10)


def line(*positions):
    return np.array(positions, dtype=float)


def test_a_course_follows_segments_over_small_gaps():
    waters = waters_in([line((0, 0), (1, 0), (2, 0)), line((2.05, 0), (3, 1)), line((1, 0), (1, 5))], FRAME)
    stretches = course(waters, [(0, 0.1), (3, 1)])
    assert [stretch.drawn for stretch in stretches] == [True]
    assert stretches[0].points == ((0, 0), (1, 0), (2, 0), (2.05, 0), (3, 1))


def test_a_course_across_a_lake_is_a_stretch_of_its_own():
    waters = waters_in([line((0, 0), (1, 0)), line((1.6, 0), (3, 0))], FRAME)
    stretches = course(waters, [(0, 0), (3, 0)])
    assert [stretch.drawn for stretch in stretches] == [True, False, True]
    assert stretches[1].points == ((1, 0), (1.6, 0))


def test_a_straight_line_joins_what_the_file_leaves_apart():
    waters = waters_in([line((0, 0), (1, 0)), line((4, 0), (5, 0))], FRAME)
    with pytest.raises(ScoMapError, match="no way along the rivers"):
        course(waters, [(0, 0), (5, 0)])
    joined = with_straight(waters, [[(1, 0), (2, 1), (4, 0)]])
    assert [stretch.drawn for stretch in course(joined, [(0, 0), (5, 0)])] == [True, False, True]


def test_a_point_far_from_any_river_is_refused():
    waters = waters_in([line((0, 0), (1, 0))], FRAME)
    with pytest.raises(ScoMapError, match=r"no river within 0.6 degrees of 5, 5"):
        course(waters, [(0, 0), (5, 5)])
