"""One judge for every cell of a row, made from the table of columns and the words of the catalog."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sco_map.catalog import Catalog
from sco_map.check.geojson import not_finite
from sco_map.model.columns import Type, Value
from sco_map.model.dates import EXPECTED, first_disorder, is_date
from sco_map.model.outside import NAMES as OUTSIDE_IDS
from sco_map.model.outside import id_fault
from sco_map.model.suggestions import hint
from sco_map.model.texts import quoted, text_fault

Faults = Iterator[str]
Judge = Callable[[Value, str, Any], Faults]
"""Yields a sentence for everything that is wrong with a value that is there; the sentence calls it by the second."""

Known = Mapping[str, Sequence[str]]

LARGEST = 1_000_000_000
"""No figure of the map comes near; a larger one is a slip of the keyboard."""

HINTS = 200
"""For so many unknown words the nearest known ones are looked up; after that they are only named."""

SINGULAR = {"countries": "country", "licences": "licence", "layers": "layer", "places": "place", "projects": "project"}
SINGULAR |= {"sources": "source"}
EMPTY: tuple[Any, ...] = ("", [], {})


class Values:
    """The judges of all columns, with the words that one catalog knows."""

    def __init__(self, catalog: Catalog) -> None:
        """Take the words from `catalog`."""
        self.catalog = catalog
        self._hints: dict[tuple[str, str], str] = {}
        self._judges: dict[Type, Judge] = {
            Type.TEXT: self.text,
            Type.DATE: date,
            Type.NUMBER: number,
            Type.WHOLE: number,
            Type.FLAG: flag,
            Type.ANY: anything,
            Type.TEXTS: self.texts,
            Type.RECORD: self.record,
            Type.RECORDS: self.records,
        }

    def faults(self, column: Value, cell: Any, *, is_strict: bool = True) -> Faults:
        """Yield a sentence for everything that is wrong with a cell; null and nothing are left to `is_empty`."""
        if not is_strict and not_finite([cell]):
            shown = quoted(cell)
            yield f"{column.name} is {shown}, which JSON does not have; write what is known, or null"
        else:
            yield from self._judges[column.type](column, column.name, cell)

    # ------------------------------------------------------------------ words

    def text(self, value: Value, path: str, cell: Any) -> Faults:
        """Judge a text, which is one of the known words where the value has any."""
        if not isinstance(cell, str):
            yield f"{path} is {quoted(cell)}; it must be text{or_null(value)}"
        elif fault := text_fault(cell):
            yield f"{path} {fault}{'; write null where nothing is known' if cell.strip() == '' else ''}"
        elif value.words:
            yield from self.word(value.words, path, cell)
        elif value.choices and cell not in value.choices:
            yield f"{path} is {quoted(cell)}{hint(cell[:100], value.choices)}"
        elif value.name in OUTSIDE_IDS and (fault := id_fault(value.name, cell)):
            yield f"{path} is {quoted(cell)}; it {fault}"

    def word(self, register: str, path: str, word: str) -> Faults:
        """Judge a word, which must be one of a register or of a list of the vocabulary."""
        known = self.catalog.known(register)
        if word in known:
            return
        what = SINGULAR.get(register) or register.rpartition(".")[2].replace("_", " ")
        place = path.removeprefix(f"{what} of ")
        inside = "" if place in (register, what, what.replace(" ", "_")) else f" in {place}"
        yield f"unknown {what} {quoted(word)}{inside}{self.hint(register, word, known)}"

    def hint(self, register: str, word: str, known: Known) -> str:
        """Return what would be right instead of an unknown word, looked up once and not for too many."""
        key = (register, word)
        if key not in self._hints:
            self._hints[key] = hint(word[:100], known) if len(self._hints) < HINTS else ""
        return self._hints[key]

    def texts(self, value: Value, path: str, cell: Any) -> Faults:
        """Judge a list of texts."""
        if not isinstance(cell, list):
            yield f"{path} is {quoted(cell)}; it must be a list of texts"
            return
        for entry in cell:
            if not isinstance(entry, str):
                yield f"{path} holds {quoted(entry)}; it must be a list of texts"
            else:
                yield from self.text(value, path, entry)

    # ------------------------------------------------------------------ records

    def record(self, value: Value, path: str, cell: Any) -> Faults:
        """Judge a record: one with fixed keys, or one with ids before its values."""
        if not isinstance(cell, dict):
            yield f"{path} is {quoted(cell)}; it must be a record{or_null(value)}"
        elif value.keys is not None:
            yield from self.keyed(value, path, cell)
        else:
            yield from self.entries(value, path, cell)

    def entries(self, value: Value, path: str, record: Mapping[str, Any]) -> Faults:
        """Judge what a record with fixed keys holds."""
        names = [part.name for part in value.parts]
        for key in record:
            if key not in names:
                yield f"unknown key {quoted(key)} in {path}{hint(key[:100], names)}"
        for part in value.parts:
            entry = record.get(part.name)
            if entry is not None:
                yield from self._judges[part.type](part, f"{part.name} of {path}", entry)
            elif part.filled:
                yield f"{path} has no {part.name}"

    def records(self, value: Value, path: str, cell: Any) -> Faults:
        """Judge a list of records, in the order of their dates where they begin at some."""
        if not isinstance(cell, list):
            yield f"{path} is {quoted(cell)}; it must be a list of records"
            return
        for place, entry in enumerate(cell, start=1):
            yield from self.record(value, f"{path} {place}" if len(cell) > 1 else path, entry)
        if value.parts and value.parts[0].name == "from" and value.parts[0].type is Type.DATE:
            yield from in_order(path, cell)

    def keyed(self, value: Value, path: str, record: Mapping[str, Any]) -> Faults:
        """Judge a record that has a value, or a record of them, for each of some ids."""
        alone = value.parts[0] if len(value.parts) == 1 and not value.parts[0].name else None
        for key, entry in record.items():
            if value.keys:
                yield from self.word(value.keys, path, key)
            elif fault := text_fault(key):
                yield f"a key of {path} {fault}"
            inside = f"{quoted(key)} of {path}"
            if alone is None:
                yield from self.inside(value, inside, entry)
            elif entry is not None:
                yield from self._judges[alone.type](alone, inside, entry)
            elif alone.type is not Type.TEXT:
                yield f"{inside} is null; leave the key out where nothing is known"

    def inside(self, value: Value, path: str, entry: Any) -> Faults:
        """Judge one of the records that a keyed record holds."""
        if isinstance(entry, dict):
            yield from self.entries(value, path, entry)
        else:
            yield f"{path} is {quoted(entry)}; it must be a record"


def or_null(value: Value) -> str:
    """Return the end of a sentence about a value that may also be missing."""
    return "" if value.filled else ", or null where nothing is known"


def date(value: Value, path: str, cell: Any) -> Faults:
    """Judge a date, which may be a year, a month or a day."""
    if not is_date(cell):
        yield f"{path} is {quoted(cell)}; {EXPECTED}"


def flag(value: Value, path: str, cell: Any) -> Faults:
    """Judge a yes or no."""
    if not isinstance(cell, bool):
        yield f"{path} is {quoted(cell)}; it must be true or false"


def anything(value: Value, path: str, cell: Any) -> Faults:
    """Judge a cell of a column that only layers.toml knows."""
    for entry in cell if isinstance(cell, list) else [cell]:
        if isinstance(entry, str):
            if fault := text_fault(entry):
                yield f"{path} {fault}"
        elif not isinstance(entry, bool | None):
            yield from number(Value(name=value.name, type=Type.NUMBER, low=-LARGEST, filled=True), path, entry)


def number(value: Value, path: str, cell: Any) -> Faults:
    """Judge a number between the bounds of the value, without decimals where it is a whole one."""
    high = LARGEST if value.high is None else value.high
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        yield f"{path} is {quoted(cell)}; it must be a number{or_null(value)}"
    elif not math.isfinite(cell) or not value.low <= cell <= high:
        yield f"{path} is {quoted(cell)}; it must lie between {value.low:,g} and {high:,.10g}"
    elif value.type is Type.WHOLE and cell != int(cell):
        yield f"{path} is {quoted(cell)}; it must be a whole number"


def in_order(path: str, entries: Sequence[Any]) -> Faults:
    """Judge the order of dated records; only the first may have begun nobody knows when."""
    dates = [entry.get("from") for entry in entries if isinstance(entry, dict)]
    if len(dates) < len(entries) or not all(date is None or is_date(date) for date in dates):
        return
    for place, since in enumerate(dates[1:], start=2):
        if since is None:
            yield f"{path} {place} has no from; only the first may have begun at an unknown time"
    if disorder := first_disorder(dates):
        yield f"{path} are out of order: {disorder[1]} comes after {disorder[0]}; begin with the earliest"


def is_empty(cell: Any) -> bool:
    """Tell whether a cell says nothing: null, or a text, list or record with nothing in it."""
    return cell is None or (not isinstance(cell, bool | int | float) and cell in EMPTY)
