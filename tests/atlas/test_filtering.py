"""Every facet against a table made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sco_map.atlas import Atlas, Selection, at_year, left_out, select

OLD, NEW, PORT, PIPE = "silk__old", "silk_east__new", "silk_far_east__port", "gas__trunk"
STATE, SUMMIT = "member_bbb", "summit_2010"
EVERYTHING = {OLD, NEW, PORT, PIPE, STATE, SUMMIT}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERYTHING),
        ("unknown=1&lang=ru", EVERYTHING),
        ("country=CCC", {NEW, PORT, PIPE}),
        ("country=AAA,CCC", {OLD, NEW, PORT, PIPE, SUMMIT}),
        ("country=DDD", set()),
        ("country=sco", {OLD, NEW, PIPE, STATE, SUMMIT}),
        ("country=sco&year=2010", {OLD, PIPE, SUMMIT}),
        ("project=silk", {OLD, NEW, PORT}),
        ("project=silk_east", {NEW, PORT}),
        ("project=gas", {PIPE, NEW}),
        ("layer=ways", {OLD, NEW, PORT}),
        ("layer=states,days", {STATE, SUMMIT}),
        ("kind=rail", {OLD, NEW}),
        ("kind=port,gas_pipeline", {PORT, PIPE}),
        ("status=operating", {OLD, PORT}),
        ("status=operating,idle", {OLD, PORT, PIPE}),
        ("status=operating&year=2005", {OLD, PIPE}),
        ("role=member", {STATE}),
        ("role=observer", set()),
        ("role=observer&year=2010", {STATE}),
        ("year=1980", set()),
        ("year=1995", {OLD}),
        ("year=2004", {OLD, PIPE}),
        ("year=2010", EVERYTHING - {PORT}),
        ("year=2026", EVERYTHING),
        ("since=2000", {OLD, PIPE}),
        ("since=2001", set()),
        ("since=1990&year=1999", set()),
        ("since=1990&year=2000", {OLD, PIPE}),
        ("late=1", {NEW}),
        ("late=1&year=2024", set()),
        ("late=1&year=2025", {NEW}),
        ("late=0", EVERYTHING),
        ("project=silk&country=CCC&kind=rail", {NEW}),
        ("project=silk&status=idle", set()),
        ("q=silk", {OLD, NEW, PORT}),
        ("q=SILK%20east", {NEW, PORT}),
        ("q=alpha", {OLD}),
        ("q=%C3%A4LPHA", {OLD}),
        ("q=%E0%A6%86%E0%A6%B2%E0%A6%AB%E0%A6%BE", {OLD}),
        ("q=%E9%98%BF%E5%B0%94", {OLD}),
        ("q=%D0%B5%D0%BB%D0%BA%D0%B0", {PORT}),
        ("q=%D1%88%D0%B5%D0%BB%D0%BA", {OLD}),
        ("q=ways.example", {OLD, PORT, PIPE, STATE, SUMMIT}),
        ("q=daily+opens", {NEW}),
        ("q=gas__trunk", {PIPE}),
        ("q=town+pass", {OLD}),
        ("q=townpass", set()),
        ("q=%20%20", EVERYTHING),
        ("kind=-gas_pipeline,-event", EVERYTHING - {PIPE, SUMMIT}),
        ("project=-silk_east&layer=ways", {OLD}),
        ("country=AAA,-BBB", {SUMMIT}),
        ("length=150", {OLD}),
        ("length=-100", {NEW, PIPE}),
        ("capacity=15-15.5Mt/yr", {PIPE}),
        ("capacity=15-15.4Mt/yr", set()),
        ("capacity=15-16MW", set()),
        ("diameter=1-", set()),
        ("opened=2000-", {OLD, PIPE}),
        ("opened=2000-&year=1999", set()),
    ],
)
def test_a_selection_picks_exactly_these_rows(tiny_atlas: Atlas, query: str, expected: set[str]) -> None:
    assert set(select(tiny_atlas, Selection.from_query(query))["id"]) == expected


@pytest.mark.parametrize(("year", "status"), [(1990, "construction"), (1999, "construction"), (2000, "operating")])
def test_a_year_shows_the_status_of_that_year(tiny_atlas: Atlas, year: int, status: str) -> None:
    rows = at_year(tiny_atlas.rows, year).set_index("id")
    assert rows.at[OLD, "status"] == status


@pytest.mark.parametrize(("query", "count"), [("year=1980", 1), ("year=1980&kind=rail", 0), ("year=2026", 0), ("", 0)])
def test_a_past_year_says_how_many_rows_it_leaves_out_for_want_of_a_date(
    tiny_atlas: Atlas, query: str, count: int
) -> None:
    selection = Selection.from_query(query)
    assert left_out(tiny_atlas, selection) == count
    asked = select(tiny_atlas, selection, undated=True)
    assert {PORT} & set(asked["id"]) == ({PORT} if count or not query or "2026" in query else set())


def test_a_year_shows_the_role_of_that_year(tiny_atlas: Atlas) -> None:
    assert at_year(tiny_atlas.rows, 2016).set_index("id").at[STATE, "role"] == "observer"
    assert at_year(tiny_atlas.rows, 2017).set_index("id").at[STATE, "role"] == "member"


def test_selecting_leaves_the_atlas_as_it_was(tiny_atlas: Atlas) -> None:
    before = tiny_atlas.rows.copy(deep=True)
    select(tiny_atlas, Selection(year=2005, q="silk"))
    assert list(tiny_atlas.rows["status"].fillna("")) == list(before["status"].fillna(""))


def test_the_order_of_the_table_is_kept(tiny_atlas: Atlas) -> None:
    whole = list(tiny_atlas.rows["id"])
    chosen = list(select(tiny_atlas, Selection(country=("CCC",)))["id"])
    assert chosen == [id_ for id_ in whole if id_ in chosen]


def test_a_worldview_on_borders_moves_rows_to_another_state(tiny_atlas: Atlas) -> None:
    views = {"xx": {"countries": ["DDD"], "km_by_country": {"DDD": 150.0}}}
    rows = tiny_atlas.rows.copy()
    rows["views"] = [views if id_ == OLD else None for id_ in rows["id"]]
    disputed = replace(tiny_atlas, rows=rows)
    assert set(select(disputed, Selection(country=("DDD",)))["id"]) == set()
    seen = select(disputed, Selection(country=("DDD",)), "xx")
    assert list(seen["id"]) == [OLD]
    assert seen["km_by_country"].iloc[0] == {"DDD": 150.0}
    assert set(select(disputed, Selection(country=("AAA",)), "yy")["id"]) == {OLD, PIPE, SUMMIT}
