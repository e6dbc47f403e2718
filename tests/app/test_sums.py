"""The cross-table below the map: every sum agrees with the table it is made from, and nothing in it is empty."""

from __future__ import annotations

from itertools import permutations

import pytest

from sco_map.app.asked import Asked
from sco_map.app.grid import Sheet, Wanted, packed
from sco_map.app.sums import COUNT, COVERAGE, KM, MOST_BARS, cross_sums, sheet_of
from sco_map.app.words import words_of
from sco_map.atlas import Atlas, Selection, select, summarise
from sco_map.model.languages import LANGUAGES


def sheet(atlas: Atlas, query: str = "", lang: str = "en", **choices: str) -> Sheet:
    selection = Selection.from_query(query)
    rows = select(atlas, selection)
    return sheet_of(atlas, rows, Asked(selection, lang), Wanted(choices=choices), words_of(lang))


@pytest.mark.parametrize("facet", ["country", "kind", "status", "project", "layer"])
@pytest.mark.parametrize("query", ["", "country=UZB&status=operating", "year=2010"])
def test_sums_agree_with_those_of_the_command_line(shipped: Atlas, facet: str, query: str) -> None:
    rows = select(shipped, Selection.from_query(query))
    right = summarise(rows, facet, shipped.ancestors).set_index(facet)
    km, count = (cross_sums(shipped, rows, [facet], measure) for measure in (KM, COUNT))
    assert {key[0]: round(amount, 2) for key, amount in km.items()} == pytest.approx(
        {value: amount for value, amount in right["km"].items() if amount}, abs=0.02
    )
    assert {key[0]: amount for key, amount in count.items()} == dict(right["count"])


def test_a_cross_table_of_three_adds_up_to_that_of_two(shipped: Atlas) -> None:
    rows = select(shipped, Selection())
    three = cross_sums(shipped, rows, ("country", "kind", "status"), KM)
    two = cross_sums(shipped, rows, ("country", "status"), KM)
    for key, amount in two.items():
        assert sum(km for other, km in three.items() if (other[0], other[2]) == key) == pytest.approx(amount)


@pytest.mark.parametrize(("by", "across"), list(permutations(("country", "kind", "status"), 2)))
def test_no_line_and_no_column_is_empty(shipped: Atlas, by: str, across: str) -> None:
    for measure in (KM, COUNT):
        shown = sheet(shipped, "country=KAZ", rows=by, columns=across, measure=measure)
        amounts = [row.cells[1:] for row in shown.rows]
        assert all(any(line[1:]) and line[0] for line in amounts)
        assert all(any(line[at] for line in amounts) for at in range(len(shown.heads) - 1))


def test_the_greatest_come_first_and_the_chart_shows_them(shipped: Atlas) -> None:
    shown = sheet(shipped)
    totals = [float(row.cells[1] or 0) for row in shown.rows]
    assert totals == sorted(totals, reverse=True)
    assert [bar.name for bar in shown.bars] == [row.cells[0] for row in shown.rows[:MOST_BARS]]
    for bar, row in zip(shown.bars, shown.rows, strict=False):
        assert sum(part["value"] for part in bar.parts) == pytest.approx(row.cells[1], abs=0.6)
    assert {part["name"] for bar in shown.bars for part in bar.parts} == {one["name"] for one in shown.key}


def test_choices_that_make_no_sense_are_the_first_ones(shipped: Atlas) -> None:
    usual = sheet(shipped)
    assert sheet(shipped, rows="status", columns="status", within="status").choices[1].value == "status"
    assert sheet(shipped, rows="x", columns="y", within="z", measure="w") == usual


@pytest.mark.parametrize("language", LANGUAGES)
def test_sums_are_small_enough_to_be_sent_with_every_change(shipped: Atlas, language: str) -> None:
    assert len(packed(sheet(shipped, lang=language, within="kind"))) < 9_000


def test_coverage_stands_beside_official_lengths_of_the_states_that_are_shown(shipped: Atlas) -> None:
    shown = sheet(shipped, "country=UZB&kind=rail", "ru", measure=COVERAGE)
    assert [choice.id for choice in shown.choices] == ["measure"]
    lines = {(row.cells[0], row.cells[1]): row.cells[2:] for row in shown.rows}
    held, official, share, as_of, source = lines["Узбекистан", "железная дорога"]
    assert (official, as_of, source) == (4726, "2023-01-01", "Statistics Agency of Uzbekistan")
    assert share == f"{round(100 * float(held or 0) / 4726.1)} %"
    assert lines["Узбекистан", "газопровод"][2] == "официальных данных не найдено"
    assert not sheet(shipped, "q=nothingatall", measure=COVERAGE).rows
