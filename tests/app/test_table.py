"""The table below the map: columns, order, pages; numbers stay numbers, and a change stays small."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import Any

import pytest

from sco_map.app.asked import Asked
from sco_map.app.grid import LONGEST_CELL, Order, Sheet, Wanted, packed
from sco_map.app.table import ACCURACY, TITLE, USUAL, columns_offered, is_filled, sheet_of
from sco_map.app.words import words_of
from sco_map.atlas import Atlas, Selection, select
from sco_map.catalog.prose import prose_of
from sco_map.model.columns import BY_NAME, COLUMNS, Type
from sco_map.model.languages import LANGUAGES
from sco_map.page.words import column_word

MOST_BYTES = 9_000
"""Of a table as it is sent; with the component's script and the frame that is under 15 kB for a change."""


def sheet(atlas: Atlas, query: str = "", wanted: Wanted | None = None, **asked: Any) -> Sheet:
    selection = Selection.from_query(query)
    what = Asked(selection, **asked)
    return sheet_of(atlas, select(atlas, selection, what.worldview), what, wanted or Wanted(), words_of(what.lang))


def column(one: Sheet, name: str) -> list[Any]:
    at = [head.id for head in one.heads].index(name)
    return [row.cells[at] for row in one.rows]


def all_pages(atlas: Atlas, query: str, wanted: Wanted) -> list[Sheet]:
    first = sheet(atlas, query, wanted)
    return [sheet(atlas, query, replace(wanted, page=page, of=first.of)) for page in range(first.pages)]


def test_pages_together_are_the_selection(shipped: Atlas) -> None:
    pages = all_pages(shipped, "kind=rail", Wanted())
    ids = [row.id for page in pages for row in page.rows]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(select(shipped, Selection(kind=("rail",)))["id"])
    assert pages[0].place.startswith("1–")


@pytest.mark.parametrize("name", [TITLE, "status", "countries", "length_km", "capacity", "as_of"])
@pytest.mark.parametrize("down", [False, True])
def test_rows_are_sorted_over_all_pages_and_empty_cells_come_last(shipped: Atlas, name: str, down: bool) -> None:
    wanted = Wanted(Order(name, down))
    cells = [cell for page in all_pages(shipped, "country=UZB", wanted) for cell in column(page, name)]
    filled = [cell for cell in cells if cell not in (None, "")]
    assert cells[: len(filled)] == filled
    key = (lambda cell: cell) if BY_NAME.get(name, BY_NAME["id"]).type is Type.NUMBER else str.casefold
    assert filled == sorted(filled, key=key, reverse=down)


def test_every_column_that_the_rows_fill_can_be_chosen(shipped: Atlas) -> None:
    offered = columns_offered(shipped.rows)
    titles = {f"title_{language}" for language in LANGUAGES}
    empty = {one.name for one in COLUMNS if not any(map(is_filled, shipped.rows[one.name]))}
    assert set(offered) == {one.name for one in COLUMNS} - titles - empty
    assert len(empty) < 3
    for language in LANGUAGES:
        shown = sheet(shipped, wanted=Wanted(chosen=tuple(offered)), lang=language)
        assert [head.id for head in shown.heads] == [TITLE, *offered]
        assert {column_word(name) for name in offered} <= set(words_of(language))


def test_numbers_stay_numbers_and_heads_have_units(shipped: Atlas) -> None:
    wanted = Wanted(chosen=("length_km", "gauge_mm", "capacity", "capacity_unit", "cost_usd_bn"))
    shown = sheet(shipped, "kind=rail", wanted)
    heads = {head.id: head for head in shown.heads}
    assert (heads["gauge_mm"].unit, heads["cost_usd_bn"].unit, heads["capacity"].unit) == ("mm", "$ bn", None)
    for name in ("length_km", "gauge_mm", "capacity"):
        assert heads[name].isNumber
        assert {type(cell) for cell in column(shown, name)} <= {int, float, type(None)}
    assert 1520 in column(shown, "gauge_mm")


def test_ids_become_names_in_the_language_of_the_reader(shipped: Atlas) -> None:
    shown = sheet(shipped, "project=cku_railway", Wanted(chosen=("kind", "countries")), lang="ru")
    assert {"железная дорога"} <= set(column(shown, "kind"))
    assert any("Киргизия" in cell or "Кыргызстан" in cell for cell in column(shown, "countries"))


def test_the_columns_of_accuracy_are_there_while_the_map_shows_it(shipped: Atlas) -> None:
    names = [{head.id for head in sheet(shipped, wanted=Wanted(chosen=("kind",)), accuracy=on).heads} for on in (0, 1)]
    assert names[1] - names[0] == set(ACCURACY)


def test_what_the_browser_asks_is_checked(shipped: Atlas) -> None:
    for state in (None, 5, {"order": {"by": "no_such"}, "page": -4, "chosen": ["x"]}, {"order": 1, "page": "2"}):
        shown = sheet(shipped, "kind=road", Wanted.of_state(state))
        assert (shown.page, shown.order) == (0, None)
        assert list(shown.chosen) == [name for name in USUAL if name in dict(shown.columns)]
    assert sheet(shipped, "kind=road", Wanted(page=99, of=sheet(shipped, "kind=road").of)).rows


def test_another_selection_begins_with_its_first_page(shipped: Atlas) -> None:
    before = sheet(shipped, "kind=rail")
    wanted = Wanted(page=1, of=before.of)
    assert sheet(shipped, "kind=rail", wanted).page == 1
    assert sheet(shipped, "kind=rail&status=operating", wanted).page == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [(), ("projects", "owner", "note", "sources", "history", "phases"), tuple(BY_NAME)])
def test_a_table_is_small_enough_to_be_sent_with_every_change(
    shipped: Atlas, language: str, columns: tuple[str, ...]
) -> None:
    shown = sheet(shipped, wanted=Wanted(chosen=columns), lang=language)
    assert shown.rows
    assert len(packed(shown)) < MOST_BYTES


def test_long_cells_are_cut(shipped: Atlas) -> None:
    content = packed(sheet(shipped, wanted=Wanted(chosen=("note",))))
    rows = json.loads(zlib.decompress(content))["rows"]
    assert max(len(cell or "") for row in rows for cell in row["cells"]) == LONGEST_CELL + 1


def test_texts_for_readers_are_in_their_language_where_they_are_translated(shipped: Atlas) -> None:
    prose = prose_of(shipped.catalog.path, ["zh"])
    notes = {
        one: column(sheet(shipped, "project=cku_railway", Wanted(chosen=("note",)), lang=one), "note")
        for one in ("en", "zh")
    }
    translated = [
        (english, shown)
        for english, shown in zip(notes["en"], notes["zh"], strict=True)
        if english and prose.in_language(english, "zh")
    ]
    assert translated
    assert all(shown[:9] == str(prose.in_language(english, "zh"))[:9] for english, shown in translated)
