"""Each step of the heavy work on a few rows; rows never depend on each other, so no partitioning changes a result."""

from __future__ import annotations

import pickle

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from sco_map.atlas import Atlas, SelectionError
from sco_map.heavy import steps
from sco_map.heavy.engines import Step, Threads, through
from sco_map.heavy.partitions import AT, as_sent, neighbours, partitions, put_together
from sco_map.heavy.work import lines_of, locating, match, measure
from sco_map.own.errors import OwnDataError
from sco_map.own.lands import LAND, located
from sco_map.own.matching import NEAR_KM, Matching, matches_of, ours_of
from sco_map.own.rows import layer_of
from tests.own import files

BOW_TIE = shapely.Polygon([(60, 40), (61, 41), (61, 40), (60, 41)])
LINE = shapely.LineString([(60, 41), (62, 41)])
GEOD = Geod(ellps="WGS84")


def table(*shapes: shapely.Geometry | None) -> gpd.GeoDataFrame:
    return steps.read(as_sent(np.array([*shapes, None], dtype=object)[:-1]))


def many(count: int, seed: int = 5) -> gpd.GeoDataFrame:
    """Return lines, points and areas from all over the region, some of them faulty."""
    chance = np.random.default_rng(seed)
    shapes: list[shapely.Geometry | None] = []
    for at in range(count):
        around = chance.uniform((40, 20), (130, 60))
        points = around + np.cumsum(chance.normal(0, 0.3, (12, 2)), axis=0)
        kinds = (
            lambda p=points: shapely.LineString(p),
            lambda p=points: shapely.Polygon(p),
            lambda p=points: shapely.Point(*p[0], 5.0),
            lambda: None,
            lambda p=points: shapely.MultiLineString([p[:6], p[6:]]),
        )
        shapes.append(kinds[at % len(kinds)]())
    return gpd.GeoDataFrame({"name": [f"row {at}" for at in range(count)]}, geometry=shapes, crs="EPSG:4326")


def test_repairing_names_what_was_done_to_each_row() -> None:
    found = steps.repair(table(BOW_TIE, shapely.Point(60, 41, 7), None, LINE))
    assert found[steps.REPAIRED].tolist() == ["invalid", "heights", "empty", ""]
    assert found.geometry[:1].is_valid.all()
    assert not found.has_z.any()


def test_clipping_keeps_what_lies_in_the_box() -> None:
    found = steps.clip(table(LINE, shapely.Point(70, 41), shapely.Point(60.5, 41), None), (60.5, 40.0, 61.0, 42.0))
    assert found[AT].tolist() == [0, 2]
    assert found.geometry.iloc[0].equals(shapely.LineString([(60.5, 41), (61, 41)]))


def test_lengths_are_geodesic() -> None:
    found = steps.length(table(LINE, shapely.Point(60, 41)))
    assert found[steps.KM][0] == pytest.approx(GEOD.inv(60, 41, 62, 41)[2] / 1000, abs=1e-9)
    assert np.isnan(found[steps.KM][1])


def test_states_are_those_of_the_land_with_the_km_in_each(shipped: Atlas) -> None:
    line = shapely.LineString([(65, 41), (64, 45)])
    found = steps.split(table(line, shapely.Point(69.28, 41.31)), shipped.ground[LAND])
    assert found[steps.COUNTRIES].tolist() == [["UZB", "KAZ"], ["UZB"]]
    assert sum(found[steps.KM_BY_COUNTRY][0].values()) == pytest.approx(GEOD.geometry_length(line) / 1000, rel=1e-4)


def test_distances_are_those_to_the_nearest_point_of_the_corridor() -> None:
    corridor = shapely.to_wkb(shapely.MultiLineString([[(60, 41), (70, 41)], [(60, 41), (60, 30)]]))
    found = steps.distance(table(shapely.Point(65, 42), shapely.Point(59, 35), None, LINE), corridor)
    assert found[steps.NEAREST][0] == pytest.approx(GEOD.inv(65, 42, 65, 41)[2] / 1000, rel=1e-3)
    assert found[steps.NEAREST][1] == pytest.approx(GEOD.inv(59, 35, 60, 35)[2] / 1000, rel=1e-3)
    assert np.isnan(found[steps.MEAN][2])
    assert found[list(steps.DISTANCES)].loc[3].tolist() == pytest.approx([0, 0, 0], abs=0.01)


def test_a_corridor_across_the_date_line_is_near_on_both_sides() -> None:
    corridor = shapely.to_wkb(shapely.MultiLineString([[(170, 66), (179.9, 66)]]))
    (km,) = steps.distance(table(shapely.Point(-179.9, 66)), corridor)[steps.NEAREST]
    assert km == pytest.approx(GEOD.inv(179.9, 66, -179.9, 66)[2] / 1000, rel=1e-3)


def test_a_distance_is_never_less_than_that_to_the_nearest_of_many_points() -> None:
    corridor = shapely.LineString([(60, 41), (63, 45), (75, 38), (80, 50)])
    dense = shapely.get_coordinates(shapely.segmentize(corridor, 0.01))
    shapes = [shapely.Point(*at) for at in np.random.default_rng(3).uniform((55, 30), (85, 55), (40, 2))]
    found = steps.distance(table(*shapes), shapely.to_wkb(shapely.MultiLineString([corridor])))[steps.NEAREST]
    for shape, km in zip(shapes, found, strict=True):
        least = GEOD.inv([shape.x] * len(dense), [shape.y] * len(dense), *dense.T)[2].min() / 1000
        assert km == pytest.approx(least, rel=0.01, abs=1)


def test_a_step_can_be_sent_and_does_the_same_there(shipped: Atlas) -> None:
    step = Step(steps.split, (shipped.ground[LAND],))
    there = pickle.loads(pickle.dumps(step))
    part = table(LINE)
    assert there(part)[steps.COUNTRIES].tolist() == step(part)[steps.COUNTRIES].tolist()


def test_a_partition_that_was_sent_between_two_steps_gives_the_same_kilometres(shipped: Atlas) -> None:
    part = steps.repair(table(*shipped.rows[shipped.rows["kind"] == "rail"].geometry.head(40)))
    there = pickle.loads(pickle.dumps(part))
    ground = shipped.ground[LAND]
    assert (
        steps.split(there, ground)[steps.KM_BY_COUNTRY].tolist()
        == steps.split(part, ground)[steps.KM_BY_COUNTRY].tolist()
    )


def test_partitions_hold_every_row_once_and_no_more_than_they_may() -> None:
    shapes = np.asarray(many(500).geometry.array, dtype=object)
    sent = as_sent(shapes)
    parts = partitions(sent, shapes, rows=60, vertices=300)
    assert sorted(at for part in parts for at in part[AT]) == list(range(500))
    assert all(len(part) <= 60 for part in parts)
    assert all(shapely.get_num_coordinates(shapes[part[AT]]).sum() <= 300 for part in parts)
    assert put_together(parts)[AT].tolist() == list(range(500))


def test_a_shape_with_more_vertices_than_a_partition_may_hold_has_one_of_its_own() -> None:
    shapes = np.array([LINE, shapely.LineString(np.column_stack([np.linspace(0, 9, 50), np.zeros(50)])), LINE])
    assert sorted(len(part) for part in partitions(as_sent(shapes), shapes, vertices=10)) == [1, 2]


def test_neighbours_come_one_after_the_other() -> None:
    east, west = [shapely.Point(100 + at / 9, 40) for at in range(9)], [shapely.Point(at / 9, 40) for at in range(9)]
    order = neighbours(np.array([one for pair in zip(east, west, strict=True) for one in pair] + [None], dtype=object))
    assert [at % 2 for at in order[:-1]] in ([0] * 9 + [1] * 9, [1] * 9 + [0] * 9)
    assert order[-1] == 18


@pytest.mark.parametrize(("rows", "threads"), [(7, 1), (7, 3), (2000, 2)])
def test_no_partitioning_and_no_number_of_threads_changes_a_byte(shipped: Atlas, rows: int, threads: int) -> None:
    shapes = np.asarray(many(120).geometry.array, dtype=object)
    chain = [Step(steps.read), Step(steps.repair), Step(steps.split, (shipped.ground[LAND],)), Step(steps.length)]
    chain.append(Step(steps.distance, (lines_of(shipped, "middle_corridor"),)))
    whole = through(as_sent(shapes), chain)
    found = put_together(Threads(threads).run(partitions(as_sent(shapes), shapes, rows=rows), chain))
    assert found.drop(columns="geometry").to_json() == whole.drop(columns="geometry").to_json()
    assert found.geometry.to_wkb().tolist() == whole.geometry.to_wkb().tolist()


def test_measuring_keeps_the_rows_of_the_table_and_their_order(shipped: Atlas) -> None:
    given = many(30)
    given["sco"] = range(30)
    found = measure(given.to_crs("EPSG:3857"), shipped, engine=Threads(1))
    assert found.rows["name"].tolist() == given["name"].tolist()
    assert found.repairs.counts["heights"] == 6
    assert found.repairs.counts["empty"] == 6
    assert found.summary()[-1]["count"] == 30


def test_a_box_leaves_out_what_lies_elsewhere(shipped: Atlas) -> None:
    found = measure(many(60), shipped, box=(60.0, 30.0, 80.0, 50.0), engine=Threads(1))
    assert len(found.rows) + found.outside == 60
    assert 0 < len(found.rows) < 60
    west, south, east, north = found.rows.total_bounds
    assert west >= 60 and south >= 30 and east <= 80 and north <= 50


def test_a_box_without_rows_gives_an_empty_table(shipped: Atlas) -> None:
    found = measure(many(20), shipped, box=(-80.0, -60.0, -70.0, -50.0), corridor="cku_railway")
    assert (len(found.rows), found.outside) == (0, 20)
    assert found.summary() == [{"country": "total", "count": 0, "km": 0.0}]


def test_the_same_lengths_as_when_a_file_is_added(shipped: Atlas) -> None:
    rail = shipped.rows[shipped.rows["kind"] == "rail"].geometry.head(40)
    shapes = np.asarray(steps.repair(table(*rail, *many(40).geometry)).geometry.array, dtype=object)
    states, by_country, km = locating(Threads(2))(shapes, shipped.ground[LAND])
    here = located(shapes, shipped.ground[LAND])
    assert (states, by_country) == here[:2]
    np.testing.assert_array_equal(km, here[2])


def test_matching_on_threads_is_matching_at_once(shipped: Atlas) -> None:
    ours = shipped.rows[shipped.rows["kind"] == "rail"].head(25)
    lines = ["Name;WKT", *(f"{one.title_en};{one.geometry.wkt}" for one in ours.itertuples())]
    layer = layer_of(files.read_here("\n".join(lines).encode(), "theirs.csv"), shipped)
    whole = Matching(layer.title, tuple(matches_of(layer.rows, ours_of(shipped), NEAR_KM)), layer.notes)
    assert len(whole.only("same").matches) > 15
    assert match(shipped, layer, engine=Threads(2)) == whole


def test_a_corridor_that_cannot_be_measured_from_is_named(shipped: Atlas) -> None:
    with pytest.raises(SelectionError, match="unknown project 'middle_coridor'; did you mean 'middle_corridor'"):
        measure(many(3), shipped, corridor="middle_coridor")
    points = next(id_ for id_, one in shipped.catalog.projects.items() if one.kind == "dam")
    with pytest.raises(OwnDataError, match="has no line on the map, from which a distance could be measured"):
        measure(many(3), shipped, corridor=points)


def test_a_table_without_a_reference_system_is_refused(shipped: Atlas) -> None:
    with pytest.raises(OwnDataError, match="does not say in which reference system it is"):
        measure(many(3).set_crs(None, allow_override=True), shipped)
