"""A workbook for spreadsheets (XLSX): typed cells, a frozen head, and sheets of sources, columns and terms."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from sco_map.export.contents import Contents
from sco_map.export.geographic import column_records, source_columns
from sco_map.model.columns import CSV_TABLE, POSITION, Column, Type
from sco_map.model.tables import NESTED, named_sources, nested_text

LONGEST_CELL = 32_767
LONGEST_ADDRESS = 2_079
LONGEST_SHEET_NAME = 31
CUT = "…"
NARROW, WIDE, WIDEST = 12, 30, 60
FROZEN = "id"
"""The head and this first column stay in view."""

Sheet = Any
"""A sheet of XlsxWriter, which has no types."""


def as_workbook(contents: Contents) -> bytes:
    """Return a workbook: the rows, those under a share-alike licence on a sheet of their own, then what they refer to.

    Numbers and dates are such, every other cell is text, also one that looks like a formula. A source is a link to its
    line on the sheet of sources, and there to its address.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    about = contents.about()
    book.set_properties(
        {
            "title": about["title"],
            "subject": about["citation"],
            "comments": f"{about.get('attribution', '')}. {about.get('licences', '')}",
            "created": contents.moment,
        }
    )
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "link": book.get_default_url_format(),
    }
    lines = {id_: number for number, id_ in enumerate(contents.sources, start=1)}
    columns = [column for column in CSV_TABLE if column.name != "source_list"]
    for part, mask in (contents.terms or {"rows": []}).items():
        sheet = book.add_worksheet(part[:LONGEST_SHEET_NAME])
        head(sheet, [column.name for column in columns], formats, frozen=1)
        records = [record for record, is_in in zip(contents.records, mask, strict=bool(contents.terms)) if is_in]
        shapes = contents.rows.geometry[mask] if contents.terms else ()
        for number, (record, shape) in enumerate(zip(records, shapes, strict=True), start=1):
            if shape is not None and shape.geom_type == "Point":
                record = record | dict(zip(POSITION, (shape.x, shape.y), strict=True))
            write_row(sheet, number, columns, record, formats, lines)
        sheet.autofilter(0, 0, max(len(records), 1), len(columns) - 1)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, width_of(column))
    write_sources(book.add_worksheet("sources"), contents, formats)
    write_texts(book.add_worksheet("columns"), column_records(), ("name", "holds", "unit", "meaning"), formats)
    terms = [{"key": key, "value": text} for key, text in about.items()]
    write_texts(book.add_worksheet("about"), terms, ("key", "value"), formats)
    book.close()
    return file.getvalue()


def head(sheet: Sheet, names: Sequence[str], formats: Mapping[str, Any], *, frozen: int = 0) -> None:
    """Write the names of the columns, which stay in view."""
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, formats["head"])
    sheet.freeze_panes(1, frozen)


def write_row(
    sheet: Sheet,
    number: int,
    columns: Sequence[Column],
    record: Mapping[str, Any],
    formats: Mapping[str, Any],
    lines: Mapping[str, int],
) -> None:
    """Write the cells of a row, each of the type of its column."""
    for place, column in enumerate(columns):
        value = record.get(column.name)
        if value is None or value == [] or value == {}:
            continue
        if column.type is Type.DATE:
            sheet.write_datetime(number, place, datetime.date.fromisoformat(value), formats["date"])
        elif column.type in (Type.NUMBER, Type.WHOLE):
            sheet.write_number(number, place, value)
        elif column.name == "sources":
            write_named(sheet, number, place, named_sources(record), formats, lines)
        else:
            sheet.write_string(number, place, fitting(nested_text(column, value) if column.type in NESTED else value))


def write_named(
    sheet: Sheet, number: int, place: int, ids: Sequence[str], formats: Mapping[str, Any], lines: Mapping[str, int]
) -> None:
    """Write the ids of sources into a cell, which leads to the first one on the sheet of sources."""
    text = fitting("; ".join(ids))
    line = next((lines[id_] for id_ in ids if id_ in lines), None)
    if line is None:
        sheet.write_string(number, place, text)
    else:
        sheet.write_url(number, place, f"internal:'sources'!A{line + 1}", formats["link"], text)


def write_sources(sheet: Sheet, contents: Contents, formats: Mapping[str, Any]) -> None:
    """Write the sources, each address a link."""
    names = source_columns()
    head(sheet, names, formats, frozen=1)
    for number, record in enumerate(contents.sources_table(), start=1):
        for place, name in enumerate(names):
            value = record[name]
            if value is None:
                continue
            if name == "url" and len(value) <= LONGEST_ADDRESS:
                sheet.write_url(number, place, value, formats["link"], value)
            else:
                sheet.write_string(number, place, fitting(value))
    for place, name in enumerate(names):
        sheet.set_column(place, place, WIDEST if name in ("title", "url") else WIDE if place < 2 else NARROW)


def write_texts(
    sheet: Sheet, records: Iterable[Mapping[str, str | None]], names: Sequence[str], formats: Mapping[str, Any]
) -> None:
    """Write records of texts."""
    head(sheet, names, formats)
    for number, record in enumerate(records, start=1):
        for place, name in enumerate(names):
            if (value := record.get(name)) is not None:
                sheet.write_string(number, place, fitting(value))
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(len(names) - 1, len(names) - 1, WIDEST)


def width_of(column: Column) -> int:
    """Return how wide a column is."""
    return WIDE if column.name == FROZEN or column.name.startswith("title_") or column.type in NESTED else NARROW


def fitting(text: str) -> str:
    """Return a text that fits into a cell; where letters are lost, it ends in three dots."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT
