"""How a cell of the table reads where a cell is one text: in a CSV file, and in the same words on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sco_map.model.columns import Column, Type, Value
from sco_map.model.spreadsheet import cell, harmless

BETWEEN = "; "
SOURCE = "source"


def cell_text(column: Column, value: Any) -> Any:
    """Return a value the way a spreadsheet may show it: numbers as they are, lists and records as harmless text."""
    if value is None:
        return ""
    if column.type is Type.RECORDS:
        return harmless(joined(record_text(record, column.parts) for record in value))
    if column.type is Type.RECORD and column.keys is None:
        return harmless(record_text(value, column.parts))
    if column.type is Type.RECORD:
        return harmless(joined(f"{key} {cell(number)}" for key, number in value.items()))
    return harmless(joined(value)) if column.type is Type.TEXTS else cell(value)


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
