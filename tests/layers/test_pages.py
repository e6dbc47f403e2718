"""The generated pages: drawn against published lengths, and long straight pieces."""

from __future__ import annotations

import pytest

from sco_map.catalog import read_catalog
from sco_map.layers.building import DOCS
from sco_map.layers.columns_page import columns_page
from sco_map.layers.pages import (
    comparisons,
    layers_page,
    lengths_page,
    straight_pieces,
    straight_pieces_page,
    straight_runs,
    turn_degrees,
)
from sco_map.layers.rows.routes import CutCorner, Routes
from sco_map.model.columns import ADDED_IN_CSV, COLUMNS
from sco_map.model.geodesy import straight_course
from tests.layers.tiny import FILES, tiny_catalog, tiny_land

IRON = FILES["projects/iron_road.toml"]


def drawn(folder, **changes):
    catalog = tiny_catalog(folder, **changes)
    found = Routes(catalog, tiny_land())
    return [found.feature(segment) for segment in catalog.segments.values()], catalog


def test_a_project_is_compared_as_the_sum_of_its_lines(tmp_path):
    rows, catalog = drawn(tmp_path)
    (entry,) = comparisons(rows, catalog)
    assert (entry.id, entry.scope, entry.own_km, entry.published_km) == ("iron_road", "all", 236.54, 235)
    assert entry.ratio == 1.007
    assert entry.agrees


@pytest.mark.parametrize(
    ("scope", "expected"), [("KAZ", 157.69), ("UZB", 78.84), ("iron_road__west", 78.85), ("Siding to the mine", None)]
)
def test_scopes(tmp_path, scope, expected):
    iron = IRON.replace("{ km = 235, ", f'{{ km = 235, scope = "{scope}", ')
    rows, catalog = drawn(tmp_path, projects__iron_road_toml=iron)
    (entry,) = comparisons(rows, catalog)
    assert entry.own_km == expected


def test_a_line_is_compared_with_its_own_published_length(tmp_path):
    iron = IRON + 'published_lengths = [{ km = 160, scope = "segment" }]\n'
    rows, catalog = drawn(tmp_path, projects__iron_road_toml=iron)
    assert [(entry.id, entry.ratio) for entry in comparisons(rows, catalog)] == [
        ("iron_road", 1.007),
        ("iron_road__east", 0.986),
    ]


def test_a_pipeline_needs_no_reason(tmp_path):
    pipe = FILES["projects/pipe.toml"].replace("as_of = 2026", "as_of = 2026\npublished_lengths = [{ km = 900 }]")
    text, faults = lengths_page(*drawn(tmp_path, projects__pipe_toml=pipe))
    assert faults == []
    assert "| `pipe` | all |" in text


def test_a_second_published_length_that_agrees_is_reason_enough(tmp_path):
    iron = IRON.replace("[{ km = 235, ", "[{ km = 300 }, { km = 235, ")
    text, faults = lengths_page(*drawn(tmp_path, projects__iron_road_toml=iron))
    assert faults == []
    assert "| -63.5 | **0.788** |  | another published length agrees |" in text


def test_a_written_reason_is_shown(tmp_path):
    iron = IRON.replace("km = 235", "km = 300") + 'length_reason = "one | section of 63 km is missing"\n'
    text, faults = lengths_page(*drawn(tmp_path, projects__iron_road_toml=iron))
    assert faults == []
    assert "one \\| section of 63 km is missing" in text


def straight(course, *, basis="waypoints", km=600.0):
    piece = {"km": km, "accuracy_km": 50.0, "basis": basis, "from": "a", "to": "b"}
    geometry = {"type": "LineString", "coordinates": [list(point) for point in course]}
    return {"id": "row", "geometry": geometry, "properties": {"id": "row", "pieces": [piece]}}


def test_a_densified_hop_is_one_straight_run():
    course = straight_course((60.0, 45.0), (67.0, 47.0))
    assert len(course) > 3
    (piece,) = straight_pieces(straight([(round(x, 5), round(y, 5)) for x, y in course]))
    assert piece.km == pytest.approx(585.8, abs=0.05)
    assert piece.accuracy_km == 50


def test_symbols_and_short_pieces_are_left_out():
    assert list(straight_pieces(straight([(60, 45), (67, 47)], basis="schematic"))) == []
    assert list(straight_pieces(straight([(60, 45), (61, 45)], km=79))) == []


def test_a_bend_ends_a_run():
    bent = [*straight_course((60.0, 45.0), (63.0, 45.0)), *straight_course((63.0, 45.0), (66.0, 46.0))[1:]]
    assert [len(run) > 1 for run in straight_runs(bent)] == [True, True]
    assert len(list(straight_pieces(straight(bent)))) == 2


def test_the_course_changes_by_the_turn():
    assert turn_degrees((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)) == pytest.approx(90)
    assert turn_degrees((0.0, 0.0), (1.0, 0.0), (2.0, 0.0)) == pytest.approx(0, abs=1e-9)


def test_the_page_lists_the_longest_first():
    text = straight_pieces_page([straight([(60, 45), (63, 45)]), straight([(60, 45), (67, 45)])])
    lines = [line for line in text.splitlines() if line.startswith("| 2") or line.startswith("| 5")]
    assert [line.split()[1] for line in lines] == ["551.8", "236.5"]
    assert "2 stretches, 788 km" in text


def test_the_page_lists_cut_corners():
    corners = [CutCorner("row", "KGZ", 12.3, 40.0), CutCorner("row", "CHN", 45.6, 40.0)]
    lines = straight_pieces_page([], corners).splitlines()
    assert lines[-2:] == ["| 45.6 | CHN | `row` | 40.0 |", "| 12.3 | KGZ | `row` | 40.0 |"]


def test_a_page_says_what_each_layer_holds_and_leaves_out(tmp_path):
    page = layers_page({"rails": 2}, tiny_catalog(tmp_path))
    assert "## Rails (`rails`)\n\n2 rows, as of 2026-01.\n\n- **Holds:** All.\n- **Leaves out:** None.\n" in page
    assert "## Pipes (`pipes`)\n\nAs of 2026-01.\n" in page


def test_the_page_of_columns_names_every_column_and_is_up_to_date():
    page = columns_page(read_catalog())
    for column in (*COLUMNS, *ADDED_IN_CSV):
        assert f"| `{column.name}` | {column.type}" in page
        assert column.meaning in page
    assert "| `capacity` | number in `capacity_unit` | where known | yes | as it is |" in page
    assert "| `roles` | list of records | `members` | yes |" in page
    assert (DOCS / "columns.md").read_text(encoding="utf-8") == page
