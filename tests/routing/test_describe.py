"""Words for a line: where it begins and ends, its legs, borders and gauges, what it meets, in four languages."""

from __future__ import annotations

import json

import pytest

from sco_map.atlas import Atlas
from sco_map.model.languages import LANGUAGES
from sco_map.routing import RoutingError, describe
from tests.routing.test_corridors import named, with_ways
from tests.routing.tiny import network_atlas


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return with_ways(named("coast", "a", "d"))


def test_a_row_says_where_it_runs_what_it_crosses_and_what_it_meets(atlas):
    line = describe(atlas, "north")
    assert line.text() == (
        "Runs east from Alpha (Aland) to Gamma (Beland), 350 km. It crosses 1 border: Aland–Beland at North Pass. "
        "The gauge is 1520 mm. It meets 4 other lines, such as The Silk Way (Alpha)."
    )
    assert [(meeting.row, meeting.place) for meeting in line.meets] == [
        ("main", "a"), ("coast", "c"), ("east", "c"), ("lane", "c")
    ]  # fmt: skip


def test_a_row_inside_one_state_names_it_once(atlas):
    assert describe(atlas, "isle").text().startswith("Runs east from Epsilon to Phi in Celand, 30 km.")


def test_a_corridor_is_told_leg_by_leg(atlas):
    line = describe(atlas, "silk")
    assert line.text().startswith(
        "Runs east from Alpha (Aland) to Delta (Celand), 550 km. It follows 5 lines of the map. "
        "Of this, 200 km are at sea. It crosses 2 borders: Aland–Beland at Xing; Beland–Celand by sea. "
        "It has 1 break of gauge: Xing (1520/1435 mm)."
    )
    assert line.legs() == [
        "From Alpha east to Xing: 150 km; rail; 1520 mm; operating.",
        "From Xing east to Gamma: 100 km; rail; 1435 mm; operating.",
        "From Gamma east to Port West: 40 km; rail; 1435 mm; operating.",
        "From Port West east to Port East: 200 km; sea; operating.",
        "From Port East east to Delta: 60 km; rail; 1435 mm; operating.",
    ]
    assert str(line).count("\n") == 5


def test_every_language_says_the_same_with_its_own_plurals(atlas):
    texts = {lang: describe(atlas, "silk").text(lang) for lang in LANGUAGES}
    assert len(set(texts.values())) == len(LANGUAGES)
    assert "Проходит по 5 линиям карты. Из них 200 км по морю. Пересекает 2 границы:" in texts["ru"]
    assert "৫টি লাইন" in texts["bn"] and "৫৫০ কিমি" in texts["bn"]
    assert "跨越2处边界" in texts["zh"] and ". " not in texts["zh"]
    assert all("{" not in text for text in texts.values())


def test_a_line_that_bends_is_cut_into_legs_where_it_bends_most(shipped):
    line = describe(shipped, "instc__qazvin_bandar_abbas")
    assert 1 < len(line.stages) <= 5
    assert line.stages[0].start == "qazvin" and line.stages[-1].end == "bandar_abbas"
    assert abs(sum(stage.km for stage in line.stages) - line.km) < 0.1
    assert not any(shipped.catalog.places[stage.end].is_helper for stage in line.stages)


def test_values_are_json_with_the_text_in_every_language(atlas):
    record = json.loads(json.dumps(describe(atlas, "main").to_dict()))
    assert record["from"] == "a" and record["to"] == "x" and set(record["text"]) == set(LANGUAGES)
    assert record["km_by_country"] == [["AAA", 150.0]]


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("norht", "unknown corridor, project or line 'norht'; did you mean 'north'?"),
        ("change", "change is not a railway, road, pipeline or sea leg"),
        ("gas", "gas has no railway, road, pipeline or sea leg on the map"),
    ],
)
def test_what_is_no_line_is_said_in_a_sentence(id_, said):
    with pytest.raises(RoutingError) as raised:
        describe(network_atlas(), id_)
    assert said in str(raised.value)


def test_every_line_of_the_map_and_every_corridor_describes_itself(shipped):
    lines = shipped.rows[shipped.rows["hops"].map(bool) & ~shipped.rows["kind"].isin(["river"])]
    for id_ in list(lines["id"])[::9]:
        line = describe(shipped, id_)
        assert line.text() and "{" not in line.text("ru"), id_
    for id_, project in shipped.catalog.projects.items():
        if project.ways:
            assert describe(shipped, id_).start == project.ways[0].start
