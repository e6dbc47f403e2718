"""Write records column by column, and read them again: like values stand beside each other, which packs much smaller.

The page's script reads the same form (web/src/facts/columnar.ts).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = Any

KEYS, WHERE = "keys", "where"
"""Of records: their columns by key; and which of the values is a record, where some are missing."""

COUNTS, OF = "counts", "of"
"""Of lists of records: how many each has, null for none; and all records of all lists, one after the other."""


def columns(values: Sequence[Json | None]) -> Json:
    """Return JSON values column by column; None stands for a missing value, within records too.

    Records (dicts) become columns, lists of records are joined and become columns, all others stay as they are.
    """
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, dict) for value in known):
        keys = dict.fromkeys(key for value in known for key in value)
        found: dict[str, Json] = {KEYS: {key: columns([value.get(key) for value in known]) for key in keys}}
        if len(known) < len(values):
            found[WHERE] = [int(value is not None) for value in values]
        return found
    if known and all(isinstance(value, list) and all(isinstance(one, dict) for one in value) for value in known):
        counts = [None if value is None else len(value) for value in values]
        return {COUNTS: counts, OF: columns([one for value in known for one in value])}
    return without_end(values)


def without_end(values: Sequence[Json | None]) -> list[Json | None]:
    """Return the values without those that are missing at their end."""
    length = len(values)
    while length and values[length - 1] is None:
        length -= 1
    return list(values[:length])


def records(packed: Json, count: int) -> list[Json | None]:
    """Return the `count` values that `columns` made `packed` from."""
    if isinstance(packed, list):
        return packed + [None] * (count - len(packed))
    if COUNTS in packed:
        counts = packed[COUNTS]
        inside = iter(records(packed[OF], sum(number or 0 for number in counts)))
        return [None if number is None else [next(inside) for _ in range(number)] for number in counts]
    where = packed.get(WHERE, [1] * count)
    there = sum(where)
    read = {key: records(column, there) for key, column in packed[KEYS].items()}
    found = iter({key: column[at] for key, column in read.items() if column[at] is not None} for at in range(there))
    return [next(found) if is_there else None for is_there in where]


def table(entries: dict[str, Json]) -> list[Json]:
    """Return entries by id as two: the ids, and the entries column by column."""
    return [list(entries), columns(list(entries.values()))]


def entries_of(packed: Sequence[Json]) -> dict[str, Json]:
    """Return the entries by id that `table` made `packed` from."""
    ids, values = packed
    return dict(zip(ids, records(values, len(ids)), strict=True))
