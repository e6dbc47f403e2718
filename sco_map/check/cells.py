"""What a row may look like, as a pandera schema made from the catalog's words; each fault becomes one sentence."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from sco_map.catalog import Catalog
from sco_map.model.columns import LIST_OF_RECORDS, LIST_OF_TEXT, NEVER_EMPTY, NUMBER, RECORD, TEXT, WHOLE
from sco_map.model.selection import nearest_values

Fault = Callable[[Any], str | None]
Known = Mapping[str, Collection[str]]

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


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
    words = catalog.vocabulary
    known: dict[str, Known] = {
        "layer": {id_: (layer.title.en,) for id_, layer in catalog.layers.items()},
        "licence": dict.fromkeys(catalog.licences, ()),
        "projects": {id_: (project.title.en,) for id_, project in catalog.projects.items()},
        "countries": {id_: (country.name.en,) for id_, country in catalog.countries.items()},
        "places": dict.fromkeys(catalog.places, ()),
        "sources": dict.fromkeys(catalog.sources, ()),
        **{name: spellings(words.get(name, {})) for name in ("kind", "status", "role", "confidence", "capacity_unit")},
        "accuracy_basis": spellings(words.get("basis", {})),
    }
    faults: dict[str, Fault] = {}
    faults |= {name: partial(text_fault, name, known=known.get(name), empty=name not in NEVER_EMPTY) for name in TEXT}
    faults |= {name: partial(number_fault, name) for name in NUMBER}
    faults |= {name: partial(number_fault, name, whole=True) for name in WHOLE}
    faults |= {
        name: partial(list_fault, name, known=known.get(name), empty=name not in NEVER_EMPTY) for name in LIST_OF_TEXT
    }
    faults |= {name: partial(records_fault, name) for name in LIST_OF_RECORDS}
    faults |= {name: partial(record_fault, name) for name in RECORD}
    faults |= {name: partial(date_fault, name) for name in ("as_of", "date", "date_end")}
    faults["phases"] = partial(dated_fault, "phases", word="status", known=known["status"])
    faults["roles"] = partial(dated_fault, "roles", word="role", known=known["role"])
    faults["km_by_country"] = partial(km_fault, known=known["countries"])
    return faults


def spellings(words: Mapping[str, Any]) -> Known:
    """Return id to other spellings for the entries of a vocabulary."""
    return {id_: (word.label.en, *word.aliases) for id_, word in words.items()}


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
        return f"{column} {cell!r} is unknown{nearest(cell, known)}"
    return None


def date_fault(column: str, cell: Any) -> str | None:
    """Say what is wrong with a date, which may be a year, a month or a day."""
    if isinstance(cell, str) and PARTIAL_DATE.fullmatch(cell):
        return None
    return f'{column} is {cell!r}; a date is "2024", "2024-12" or "2024-12-27"'


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
            return f"{column} holds the unknown {value!r}{nearest(value, known)}"
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
    before = ""
    for entry in cell or ():
        value, since = entry.get(word), entry.get("from")
        if value not in known:
            return f"{column} holds the unknown {word} {value!r}{nearest(str(value), known)}"
        if since is None:
            continue
        if fault := date_fault(f"`from` of a {word}", since):
            return fault
        if since[: len(before)] < before[: len(since)]:
            return f"{column} are not in order: {since} stands after {before}"
        before = since
    return None


def km_fault(cell: Any, *, known: Known) -> str | None:
    """Say what is wrong with the kilometres by country."""
    if fault := record_fault("km_by_country", cell):
        return fault
    for country, km in ({} if is_missing(cell) else cell).items():
        if country not in known:
            return f"km_by_country holds the unknown {country!r}{nearest(country, known)}"
        if fault := number_fault(f"km_by_country of {country}", km):
            return fault
    return None


def nearest(value: str, known: Known) -> str:
    """Return the end of a sentence about an unknown `value`: the nearest known ones, or nothing."""
    near = nearest_values(value, {id_: tuple(others) for id_, others in known.items()})
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
