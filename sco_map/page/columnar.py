"""Write records column by column, and read them again: like values stand beside each other, which packs much smaller.

The page's script reads the same form (web/src/facts/columnar.ts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Json = Any

KEYS, WHERE = "keys", "where"
"""Of records: their columns by key; and which of the values is a record, where some are missing."""

COUNTS, OF = "counts", "of"
"""Of lists of records: how many each has, null for none; and all records of all lists, one after the other."""


CITING = frozenset({"source", "sources"})
"""Keys whose texts are ids of sources, which travel as numbers in the list of the page."""

Numbers = Mapping[str, int]


def columns(values: Sequence[Json | None], sources: Numbers | None = None) -> Json:
    """Return JSON values column by column; None stands for a missing value, within records too.

    Records (dicts) become columns, lists of records are joined and become columns, all others stay as they are, but
    for the ids of `sources`, which become their numbers.
    """
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, dict) for value in known):
        keys = dict.fromkeys(key for value in known for key in value)
        found: dict[str, Json] = {
            KEYS: {key: columns(cited(key, [value.get(key) for value in known], sources), sources) for key in keys}
        }
        if len(known) < len(values):
            found[WHERE] = [int(value is not None) for value in values]
        return found
    if known and all(isinstance(value, list) and all(isinstance(one, dict) for one in value) for value in known):
        counts = [None if value is None else len(value) for value in values]
        return {COUNTS: counts, OF: columns([one for value in known for one in value], sources)}
    return without_end(values)


def cited(key: str, values: Sequence[Json | None], sources: Numbers | None) -> Sequence[Json | None]:
    """Return the values of a key with numbers for the ids of sources, when these are what the key holds."""
    if not sources or key not in CITING:
        return values
    return [numbered(value, sources) for value in values]


def numbered(value: Json, sources: Numbers) -> Json:
    """Return the numbers for the ids of sources, alone or in a list; all else as it is."""
    if isinstance(value, list):
        return [numbered(one, sources) for one in value]
    return sources.get(value, value) if isinstance(value, str) else value


def without_end(values: Sequence[Json | None]) -> list[Json | None]:
    """Return the values without those that are missing at their end."""
    length = len(values)
    while length and values[length - 1] is None:
        length -= 1
    return list(values[:length])


def records(packed: Json, count: int, sources: Sequence[str] = ()) -> list[Json | None]:
    """Return the `count` values that `columns` made `packed` from, with the ids of the numbered `sources`."""
    if isinstance(packed, list):
        return packed + [None] * (count - len(packed))
    if COUNTS in packed:
        counts = packed[COUNTS]
        inside = iter(records(packed[OF], sum(number or 0 for number in counts), sources))
        return [None if number is None else [next(inside) for _ in range(number)] for number in counts]
    where = packed.get(WHERE, [1] * count)
    there = sum(where)
    read = {key: records(column, there, sources) for key, column in packed[KEYS].items()}
    for key in CITING & read.keys() if sources else ():
        read[key] = [named(value, sources) for value in read[key]]
    found = iter({key: column[at] for key, column in read.items() if column[at] is not None} for at in range(there))
    return [next(found) if is_there else None for is_there in where]


def named(value: Json, sources: Sequence[str]) -> Json:
    """Return the ids of sources for their numbers, alone or in a list; all else as it is."""
    if isinstance(value, list):
        return [named(one, sources) for one in value]
    return sources[value] if isinstance(value, int) else value


def table(entries: Mapping[str, Json], sources: Numbers | None = None) -> list[Json]:
    """Return entries by id as two: the ids, and the entries column by column."""
    return [list(entries), columns(list(entries.values()), sources)]


def entries_of(packed: Sequence[Json], sources: Sequence[str] = ()) -> dict[str, Json]:
    """Return the entries by id that `table` made `packed` from."""
    ids, values = packed
    return dict(zip(ids, records(values, len(ids), sources), strict=True))
