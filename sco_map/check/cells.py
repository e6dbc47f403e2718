"""What a row may look like, as a pandera schema made from the catalog's words; each fault becomes one sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from sco_map.catalog import Catalog
from sco_map.model.columns import COLUMNS, NEVER_EMPTY, Column, Type
from sco_map.model.dates import EXPECTED, first_disorder, is_date
from sco_map.model.suggestions import hint

Fault = Callable[[Any], str | None]
Known = Mapping[str, Sequence[str]]

DATED_WORDS = ("vocabulary.status", "vocabulary.role")
"""Lists of the vocabulary whose words come in order of their dates."""


def row_schema(catalog: Catalog) -> pa.DataFrameSchema:
    """Return the schema of the table before its columns get their types: cells are as JSON gave them."""
    faults = column_faults(catalog)
    columns = {
        name: pa.Column(
            object,
            pa.Check(partial(without_fault, fault=fault), name=name, error=name, ignore_na=name not in NEVER_EMPTY),
            nullable=name not in NEVER_EMPTY,
            required=False,
        )
        for name, fault in faults.items()
    }
    return pa.DataFrameSchema(columns, unique_column_names=True)


def without_fault(cells: pd.Series, *, fault: Fault) -> pd.Series:
    """Return for each cell whether `fault` finds nothing wrong with it."""
    return pd.Series([fault(cell) is None for cell in cells], index=cells.index, dtype=bool)


def faults_in(rows: pd.DataFrame, catalog: Catalog) -> list[tuple[int, str]]:
    """Return label of the row and sentence for every cell that the schema turns down, in the order of the rows."""
    try:
        row_schema(catalog).validate(rows, lazy=True)
    except SchemaErrors as error:
        faults = column_faults(catalog)
        cases = error.failure_cases[["index", "column"]].drop_duplicates()
        sentences: dict[tuple[str, str], str | None] = {}
        found = []
        for label, column in cases.itertuples(index=False):
            cell = rows.at[label, column]
            key = (column, repr(cell))
            if key not in sentences:
                sentences[key] = faults[column](cell)
            found.append((int(label), sentences[key] or f"{column} is {cell!r}, which cannot be"))
        return sorted(found, key=lambda case: case[0])
    return []


def column_faults(catalog: Catalog) -> dict[str, Fault]:
    """Return for each column the function that says what is wrong with a cell, or None when it is right."""
    return {column.name: column_fault(column, catalog) for column in COLUMNS}


def column_fault(column: Column, catalog: Catalog) -> Fault:
    """Return the function that says what is wrong with a cell of a column."""
    name, empty = column.name, not column.filled
    known = catalog.known(column.words) if column.words else None
    dated = next((part for part in column.parts if part.words in DATED_WORDS), None)
    if dated is not None and dated.words and column.type is Type.RECORDS and column.parts[0].name == "from":
        return partial(dated_fault, name, word=dated.name, known=catalog.known(dated.words))
    if column.type is Type.RECORD and column.keys and column.parts[0].type is Type.NUMBER:
        return partial(keyed_fault, name, known=catalog.known(column.keys))
    faults: dict[Type, Fault] = {
        Type.TEXT: partial(text_fault, name, known=known, empty=empty),
        Type.DATE: partial(date_fault, name),
        Type.NUMBER: partial(number_fault, name),
        Type.WHOLE: partial(number_fault, name, whole=True),
        Type.TEXTS: partial(list_fault, name, known=known, empty=empty),
        Type.RECORD: partial(record_fault, name),
        Type.RECORDS: partial(records_fault, name),
    }
    return faults[column.type]


def is_missing(cell: Any) -> bool:
    """Say whether a cell is empty: None, or the not-a-number that stands for it in a table."""
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def text_fault(column: str, cell: Any, *, known: Known | None, empty: bool) -> str | None:
    """Say what is wrong with a cell that holds text, of a fixed set of words when `known` is given."""
    if is_missing(cell) or cell == "":
        return None if empty else f"{column} is empty; every row has one"
    if not isinstance(cell, str):
        return f"{column} is {cell!r}; it is text"
    if known is not None and cell not in known:
        return f"{column} {cell!r} is unknown{hint(cell, known)}"
    return None


def date_fault(column: str, cell: Any) -> str | None:
    """Say what is wrong with a date, which may be a year, a month or a day."""
    return None if is_date(cell) else f"{column} is {cell!r}; {EXPECTED}"


def number_fault(column: str, cell: Any, *, whole: bool = False) -> str | None:
    """Say what is wrong with a cell that holds a number: not negative, finite, and without decimals when `whole`."""
    if is_missing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return f"{column} is {cell!r}; it is a number, or null where unknown"
    if not math.isfinite(cell) or cell < 0:
        return f"{column} is {cell!r}; it is not below zero"
    if whole and cell != int(cell):
        return f"{column} is {cell!r}; it is a whole number"
    return None


def list_fault(column: str, cell: Any, *, known: Known | None, empty: bool) -> str | None:
    """Say what is wrong with a list of ids."""
    if not cell:
        return None if empty else f"{column} is empty; every row has at least one"
    if not isinstance(cell, list):
        return f"{column} is {cell!r}; it is a list"
    for value in cell:
        if not isinstance(value, str):
            return f"{column} holds {value!r}; it is a list of texts"
        if known is not None and value not in known:
            return f"{column} holds the unknown {value!r}{hint(value, known)}"
    return None


def records_fault(column: str, cell: Any) -> str | None:
    """Say what is wrong with a list of records."""
    if not cell or (isinstance(cell, list) and all(isinstance(record, dict) for record in cell)):
        return None
    return f"{column} is {str(cell)[:60]!r}; it is a list of records"


def record_fault(column: str, cell: Any) -> str | None:
    """Say what is wrong with a cell that holds one record."""
    if is_missing(cell) or isinstance(cell, dict):
        return None
    return f"{column} is {str(cell)[:60]!r}; it is a record or null"


def dated_fault(column: str, cell: Any, *, word: str, known: Known) -> str | None:
    """Say what is wrong with a list of dated words: each is known, each date is one, and they are in order."""
    if fault := records_fault(column, cell):
        return fault
    for entry in cell or ():
        value, since = entry.get(word), entry.get("from")
        if value not in known:
            return f"{column} holds the unknown {word} {value!r}{hint(str(value), known)}"
        if since is not None and (fault := date_fault(f"`from` of a {word}", since)):
            return fault
    if disorder := first_disorder(entry.get("from") for entry in cell or ()):
        return f"{column} are not in order: {disorder[1]} comes after {disorder[0]}"
    return None


def keyed_fault(column: str, cell: Any, *, known: Known) -> str | None:
    """Say what is wrong with a record that has a number for each of some known ids, such as km by country."""
    if fault := record_fault(column, cell):
        return fault
    for key, value in ({} if is_missing(cell) else cell).items():
        if key not in known:
            return f"{column} holds the unknown {key!r}{hint(key, known)}"
        if fault := number_fault(f"{column} of {key}", value):
            return fault
    return None
