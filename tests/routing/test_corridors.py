"""Corridors, projects and rows as routes: named ways, chains laid end to end, and what is said when there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sco_map.atlas import Atlas
from sco_map.catalog import CatalogError, NamedWay, Word
from sco_map.routing import RoutingError, compare, line_of, main_line, route, strip_of, ways_report
from sco_map.routing.comparison import by_country, heading
from tests.routing.tiny import network_atlas

CARRIAGE = {
    "unit": "days", "low": 3, "high": 5, "as_of": "2025", "scope": {"en": "by train"}, "source": "press"
}  # fmt: skip


def named(id_: str, start: str, end: str, **more: Any) -> NamedWay:
    return NamedWay.model_validate({"id": id_, "title": {"en": f"By {id_}"}, "from": start, "to": end, **more})


def with_ways(*ways: NamedWay, project: str = "silk") -> Atlas:
    """Return the small network, one of whose projects names these ways."""
    atlas = network_atlas()
    projects = dict(atlas.catalog.projects)
    projects[project] = projects[project].model_copy(update={"ways": ways})
    unit = Word.model_validate({"id": "days", "label": {"en": "days"}})
    vocabulary = {**atlas.catalog.vocabulary, "carriage_unit": {"days": unit}}
    return replace(atlas, catalog=replace(atlas.catalog, projects=projects, vocabulary=vocabulary))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return with_ways(
        named("coast", "a", "p", carriage=(CARRIAGE,)),
        named("north", "a", "c", avoid=("main",)),
        named("future", "d", "f", year=2030, promised=True),
        named("lane", "b", "c", kinds=("rail", "road")),
    )


def rows_of(found: Any) -> list[str]:
    return [leg.row for leg in found.best.legs]


def test_a_corridor_is_its_main_line_the_first_way_that_it_names(atlas):
    found = line_of(atlas, "silk")
    assert (found.subject, heading(found)) == ("silk/coast", "By coast")
    assert (rows_of(found), found.best.km) == (["main", "east", "coast"], 290.0)
    main = main_line(atlas, atlas.catalog.projects["silk"])
    assert main is not None and main.best.km == 290.0
    assert main_line(atlas, atlas.catalog.projects["gas"]) is None


def test_a_way_asks_the_network_with_what_it_says(atlas):
    assert rows_of(line_of(atlas, "silk/north")) == ["north"]
    assert rows_of(line_of(atlas, "silk/lane")) == ["lane"]
    future = line_of(atlas, "silk/future")
    assert (rows_of(future), future.year, future.best.promised_km) == (["planned", "isle"], 2030, 80.0)


def test_a_year_that_is_asked_for_takes_the_place_of_that_of_the_way(atlas):
    assert line_of(atlas, "silk", year=2001).year == 2001
    with pytest.raises(RoutingError, match="silk/future: no way leads from Delta"):
        line_of(atlas, "silk/future", year=2026)


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("slik", "unknown corridor, project or line 'slik'; did you mean 'silk'"),
        ("silk/cost", "unknown way of silk 'cost'; did you mean 'coast'?"),
        ("gas/main", "gas names no ways; leave /main out"),
        ("gas", "gas has no railway, road, pipeline or sea leg on the map"),
        ("change", "change is not a railway, road, pipeline or sea leg"),
    ],
)
def test_what_is_no_line_is_said_in_a_sentence(atlas, subject, said):
    with pytest.raises(RoutingError) as raised:
        line_of(atlas, subject)
    assert said in str(raised.value)


def test_a_project_without_a_main_line_that_branches_can_be_compared_only_in_parts():
    with pytest.raises(RoutingError) as raised:
        line_of(network_atlas(), "silk")
    assert "silk is a net of 9 lines, not one chain; it names no main line" in str(raised.value)
    assert "only its parts can be compared, such as coast, east, ferry, isle" in str(raised.value)


def test_rows_that_are_a_chain_are_laid_end_to_end_whatever_their_status():
    atlas = network_atlas()
    rows = atlas.rows.copy()
    rows["projects"] = [["gas"] if id_ in ("land", "planned", "isle") else ["silk"] for id_ in rows["id"]]
    found = line_of(replace(atlas, rows=rows), "gas")
    assert (found.start, found.end, found.best.km) == ("q", "f", 170.0)
    assert dict(found.best.km_by_status) == {"operating": 90.0, "construction": 80.0}
    assert heading(found) == "Gas trunk"


def test_a_single_row_is_a_line_even_when_it_is_not_open():
    found = line_of(network_atlas(), "planned")
    assert (found.start, found.end, found.best.km, heading(found)) == ("d", "e", 80.0, "planned")


def test_two_to_four_are_compared(atlas):
    one = line_of(atlas, "silk")
    for number in (1, 5):
        with pytest.raises(RoutingError, match=f"compare takes 2 to 4 routes or lines, not {number}"):
            compare(*[one] * number)


def test_the_same_twice_is_not_a_comparison(atlas):
    line, way = line_of(atlas, "silk"), route(atlas, "c", "d")
    with pytest.raises(RoutingError, match=r"side by side, and By coast \(silk/.*\) is given twice"):
        compare(line, way, line_of(atlas, "silk", year=2026))
    with pytest.raises(RoutingError, match=r"and Gamma \(c\) – Delta \(d\) in 2026 is given twice"):
        compare(way, route(atlas, "Gamma", "Delta", year=2026))
    assert len(compare(way, route(atlas, "c", "d", by="gauges")).routes) == 2


def test_a_comparison_says_published_times_with_their_source_and_computes_none(atlas):
    both = compare(line_of(atlas, "silk"), route(atlas, "c", "d"))
    table = both.to_frame()
    assert list(table.columns) == ["By coast", "Gamma – Delta, 2026"]
    assert list(table.loc["published, days"]) == ["3–5", ""]
    assert list(table.index[-4:]) == ["published, days", "in Aland", "in Beland", "in Celand"]
    assert list(table.loc["sea legs"]) == ["0", "1"]
    assert "By coast: 3–5 days, by train (Daily, 2025)" in str(both)
    record = both.to_dict()["By coast"]
    assert record["line"] == "silk/coast"
    assert record["carriage"] == [{**CARRIAGE, "low": 3.0, "high": 5.0}]


def test_km_by_country_add_up_to_the_routes_with_the_sea(atlas):
    both = compare(route(atlas, "c", "d"), line_of(atlas, "silk"))
    table = both.km_by_country()
    assert list(table.columns) == ["BBB", "CCC", "AAA", "sea"]
    assert list(table.loc["Gamma – Delta, 2026"]) == [40.0, 60.0, 0.0, 200.0]
    assert table.sum(axis=1).tolist() == [found.best.km for found in both.routes]


def test_a_strip_has_stretches_states_and_marks_at_their_km(atlas):
    strip = strip_of(route(atlas, "a", "d").best)
    assert [(one.from_km, one.to_km, one.row, one.gauge_mm) for one in strip.stretches] == [
        (0.0, 150.0, "main", 1520),
        (150.0, 250.0, "east", 1435),
        (250.0, 290.0, "coast", 1435),
        (290.0, 490.0, "ferry", None),
        (490.0, 550.0, "land", 1435),
    ]
    assert [(one.from_km, one.to_km, one.country) for one in strip.soils] == [
        (0.0, 150.0, "AAA"),
        (150.0, 290.0, "BBB"),
        (290.0, 490.0, None),
        (490.0, 550.0, "CCC"),
    ]
    assert [(mark.km, mark.what, mark.place) for mark in strip.marks] == [
        (150.0, "border", "x"),
        (150.0, "break_of_gauge", "x"),
        (290.0, "port", "p"),
        (390.0, "border", None),
        (490.0, "port", "q"),
    ]
    assert strip.places[-1] == ("d", 550.0)
    assert by_country(strip) == {"AAA": 150.0, "BBB": 140.0, "CCC": 60.0, "sea": 200.0}
    assert strip.to_dict()["marks"][1] == {
        "km": 150.0, "what": "break_of_gauge", "place": "x", "from_mm": 1520, "to_mm": 1435
    }  # fmt: skip


def test_a_strip_that_begins_and_ends_at_sea_has_its_ports(atlas):
    marks = strip_of(line_of(atlas, "ferry").best).marks
    assert [(mark.km, mark.place) for mark in marks] == [(0.0, "p"), (200.0, "q")]


def test_the_picture_tells_status_and_names_in_every_language(atlas):
    both = compare(line_of(atlas, "silk/future"), route(atlas, "a", "d"))
    svg = both.to_svg()
    assert svg.startswith("<svg ") and svg.endswith("</svg>")
    assert 'fill="url(#building)"' in svg, "what is being built is hatched"
    for words in ("By future, 2030 · 110", "Alpha – Delta, 2026 · 550", "border", "break of gauge", "port"):
        assert words in svg
    assert "смена колеи" in both.to_svg("ru")
    assert both._repr_html_().endswith("</svg>")


def test_names_cannot_break_out_of_the_picture():
    atlas = with_ways(named("bad", "a", "c").model_copy(update={"title": named("x", "a", "c").title.model_copy(
        update={"en": "<script>&"})}))  # fmt: skip
    svg = compare(line_of(atlas, "silk"), line_of(atlas, "ferry")).to_svg()
    assert "<script" not in svg and "&lt;script&gt;&amp;" in svg


def test_the_check_names_ways_that_the_network_does_not_have(atlas):
    assert ways_report(atlas)[0].startswith("ways of silk: coast Alpha–Port West 290 km; north Alpha–Gamma 350 km")
    with pytest.raises(CatalogError) as raised:
        ways_report(with_ways(named("gone", "a", "f")))
    assert "projects/silk.toml, way 'gone': no way leads from Alpha (a) to Phi (f) in 2026" in str(raised.value)
