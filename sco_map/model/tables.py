"""How a cell of the table reads where a cell is one text: in a CSV file, and in the same words on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sco_map.model.columns import BY_NAME, COLUMNS, DATES, PRECISION, Column, Type, Value
from sco_map.model.dates import first_day, precision
from sco_map.model.spreadsheet import cell, harmless

BETWEEN = "; "
TEXT_BESIDE = "_text"
"""Ends the name of the column of plain text that is beside a list or a record in GeoJSON."""

NESTED = (Type.TEXTS, Type.RECORD, Type.RECORDS)
SOURCE = "source"
SOURCES = "sources"


def cell_text(column: Column, value: Any) -> Any:
    """Return a value the way a spreadsheet may show it: numbers as they are, lists and records as harmless text."""
    if value is None:
        return ""
    return harmless(nested_text(column, value)) if column.type in NESTED else cell(value)


def nested_text(column: Column, value: Any) -> str:
    """Return a list or a record as one text."""
    if column.type is Type.RECORDS:
        return joined(record_text(record, column.parts) for record in value)
    if column.type is Type.RECORD and column.keys is None:
        return record_text(value, column.parts)
    if column.type is Type.RECORD:
        return joined(f"{key} {cell(number)}" for key, number in value.items())
    return joined(value)


def with_texts(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row with a plain text beside each list and record that a CSV file has, too.

    Formats without nested values (Shapefile, older readers of GeoJSON) drop the nested one and keep the text.
    """
    columns: dict[str, Any] = {}
    for name, value in properties.items():
        columns[name] = value
        column = BY_NAME.get(name)
        if column is not None and column.type in NESTED and column.csv:
            columns[name + TEXT_BESIDE] = cell_text(column, value) or None
    return columns


def column_beside(name: str) -> Column | None:
    """Return the list or record beside which a column of plain text may stand, None for any other name."""
    column = BY_NAME.get(name.removesuffix(TEXT_BESIDE)) if name.endswith(TEXT_BESIDE) else None
    return column if column is not None and column.type in NESTED and column.csv else None


def in_csv(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row as a CSV file has them: each date a day, and beside it how exact it is."""
    dated = {name: date for name in DATES if isinstance(date := properties.get(name), str)}
    days = {name: first_day(date) for name, date in dated.items()}
    return {**properties, **days, **{name + PRECISION: precision(date) for name, date in dated.items()}}


def named_sources(properties: Mapping[str, Any]) -> list[str]:
    """Return the ids of all sources that a row names: its own, then those of single facts in the order of columns."""
    found = dict.fromkeys(properties.get(SOURCES) or ())
    for column in COLUMNS:
        if column.type is Type.RECORDS and any(part.name == SOURCE for part in column.parts):
            found |= dict.fromkeys(id_ for record in properties.get(column.name) or () if (id_ := record.get(SOURCE)))
    return list(found)


def source_text(id_: str, source: Any) -> str:
    """Return a source of the register as one text that begins with its id."""
    known = (source.publisher, source.title, source.published, source.url)
    return f"{id_}: {', '.join(filter(None, known))}"


def record_text(record: Mapping[str, Any], parts: Iterable[Value]) -> str:
    """Return a record as words in the order of its parts: "2024-12-27 construction", "532.53 km all (source)"."""
    words = [part_text(part, record[part.name]) for part in parts if part.name != SOURCE and record.get(part.name)]
    source = record.get(SOURCE)
    return " ".join([*words, f"({source})"] if source else words)


def part_text(part: Value, value: Any) -> str:
    """Return a value of a record with its unit, and its label where it needs one."""
    return " ".join(filter(None, [part.label, value if isinstance(value, str) else str(cell(value)), part.unit]))


def joined(texts: Iterable[str]) -> str:
    """Return texts with semicolons between them, empty ones left out."""
    return BETWEEN.join(filter(None, texts))
