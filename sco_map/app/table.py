"""The table of the selection: any column of the contract, sorted over all rows, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from math import ceil
from typing import Any

import geopandas as gpd
import pandas as pd

from sco_map.app.asked import Asked
from sco_map.app.grid import Cell, Head, Order, Row, Sheet, Wanted, words_for
from sco_map.app.words import Words, names_of, naming, number, summary
from sco_map.atlas import Atlas, fold, records_of
from sco_map.atlas.prose import teller
from sco_map.model.columns import BY_NAME, COLUMNS, UNIT_OF, Column, Type, prose_keys
from sco_map.model.languages import LANGUAGES
from sco_map.model.tables import cell_text
from sco_map.page.words import column_word

NAME = "data"
TITLE = "title"
USUAL = ("kind", "status", "countries", "length_km", "accuracy_km", "capacity", "capacity_unit", "as_of")
"""The columns beside the title that are shown unless the reader chooses others."""

ACCURACY = ("accuracy_km", "accuracy_basis")
"""What stands in the table whenever the map shows the accuracy of lines."""

CELLS = 420
"""How many cells are sent at once, so that a change stays small."""

NUMBERS = (Type.NUMBER, Type.WHOLE)
Text = Callable[[Any, dict[str, Any]], Cell]


def sheet_of(atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, wanted: Wanted, words: Words) -> Sheet:
    """Return the page of rows that is asked for, in the columns and the order that are asked for."""
    offered = columns_offered(rows)
    chosen = [name for name in wanted.chosen if name in offered] or [name for name in USUAL if name in offered]
    shown = [name for name in offered if name in {*chosen, *(ACCURACY if asked.accuracy else ())}]
    order = wanted.order if wanted.order and wanted.order.by in (TITLE, *shown) else None
    of = f"{asked.selection.to_query()} {asked.worldview}"
    size = max(10, CELLS // (len(shown) + 1))
    pages = max(1, ceil(len(rows) / size))
    page = min(wanted.page, pages - 1) if wanted.of == of else 0
    records = sorted_records(atlas, rows, asked.lang, order)
    texts = {name: text_of(atlas, BY_NAME[name], asked.lang) for name in shown}
    first = page * size
    return Sheet(
        name=NAME,
        lang=asked.lang,
        caption=summary(atlas, rows, asked, words),
        heads=heads_of(shown, words) if len(rows) else (),
        rows=[
            Row(one["id"], [title_of(one, asked.lang), *(texts[name](one[name], one) for name in shown)])
            for one in records[first : first + size]
        ],
        columns=[(name, heading(BY_NAME[name], words)) for name in offered] if len(rows) else (),
        chosen=chosen,
        order=order,
        of=of,
        page=page,
        pages=pages,
        place=words["table_place"].format(
            first=number(first + 1, asked.lang),
            last=number(min(first + size, len(rows)), asked.lang),
            count=number(len(rows), asked.lang),
        ),
        shown=asked.show,
        words=words_for(words),
    )


def columns_offered(rows: gpd.GeoDataFrame) -> list[str]:
    """Return the columns to choose from: those that any of the rows fills, titles left out."""
    return [
        column.name
        for column in COLUMNS
        if not column.name.startswith("title_") and any(is_filled(cell) for cell in rows[column.name])
    ]


def is_filled(cell: Any) -> bool:
    """Say whether a cell holds anything."""
    return bool(cell) if isinstance(cell, (list, dict, str)) else not pd.isna(cell)


def heads_of(shown: Sequence[str], words: Words) -> list[Head]:
    """Return the heads: the title, then the columns with their units."""
    columns = [BY_NAME[name] for name in shown]
    title = Head(TITLE, words["column_name"], sorts=True)
    return [
        title,
        *(Head(one.name, heading(one, words), unit_of(one, words), one.type in NUMBERS, sorts=True) for one in columns),
    ]


def heading(column: Column, words: Words) -> str:
    """Return what a column is called."""
    name = words.get(column_word(column.name), column.name)
    return name if column.unit == "km" else name[:1].upper() + name[1:]


def unit_of(column: Column, words: Words) -> str | None:
    """Return the unit that stands in the head; none where each row has its own, or the name says it."""
    says_itself = column.name in UNIT_OF or column.unit == "km" or column.type not in NUMBERS
    return None if says_itself or column.unit is None else words.get(f"unit_{column.unit}", column.unit)


def title_of(record: dict[str, Any], language: str) -> str:
    """Return the title of a row in a language, else in English."""
    return str(record.get(f"title_{language}") or record[f"title_{LANGUAGES[0]}"])


def text_of(atlas: Atlas, column: Column, language: str) -> Text:
    """Return what writes the cells of a column: numbers stay numbers, ids become names."""
    if column.type in NUMBERS:
        return lambda value, record: None if value is None else value
    if column.words is not None and column.type in (Type.TEXT, Type.TEXTS):
        called = naming(atlas, column.words, language)
        if column.type is Type.TEXTS:
            return lambda value, record: names_of(called, value or ())
        return lambda value, record: called(value) if isinstance(value, str) else ""
    if any(prose_keys([column])):
        tell = teller(atlas, language)
        return lambda value, record: cell_text(column, tell(value, column.name))
    return lambda value, record: cell_text(column, value)


def sorted_records(atlas: Atlas, rows: gpd.GeoDataFrame, language: str, order: Order | None) -> list[dict[str, Any]]:
    """Return the rows as records in the order that is asked for, rows without a value last.

    Without an order what projects have on the map comes before states, events and agreements.
    """
    records = records_of(rows)
    if order is None:
        drawn = rows.geometry.notna().to_numpy()
        places = sorted(range(len(records)), key=lambda at: not (records[at]["projects"] and drawn[at]))
        return [records[at] for at in places]
    if order.by == TITLE:
        cells: list[Cell] = [title_of(record, language) for record in records]
    else:
        text = text_of(atlas, BY_NAME[order.by], language)
        cells = [text(record[order.by], record) for record in records]
    keys = [
        None if cell is None or cell == "" else cell if isinstance(cell, (int, float)) else fold(cell) for cell in cells
    ]

    def compare(one: int, other: int) -> int:
        left, right = keys[one], keys[other]
        if left is None or right is None:
            return (left is None) - (right is None)
        before = (left > right) - (left < right)  # type: ignore[operator] # a column holds one type
        return -before if order.down else before

    return [records[at] for at in sorted(range(len(records)), key=cmp_to_key(compare))]
