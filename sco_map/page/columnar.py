"""Write records column by column, and read them again: like values stand beside each other, which packs much smaller.

The page's script reads the same form (web/src/facts/columnar.ts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sco_map.model.languages import FIRST
from sco_map.model.packing import LETTERS, PLAIN

Json = Any

KEYS, WHERE = "keys", "where"
"""Of records: their columns by key; and which of the values is a record, where some are missing."""

EXCHANGED = {
    language: str.maketrans(letters + PLAIN[: len(letters)], PLAIN[: len(letters)] + letters)
    for language, letters in LETTERS.items()
}
"""By language: each letter of `LETTERS` as the plain one in its place, and each of these as that letter."""

COUNTS, OF = "counts", "of"
"""Of lists of records: how many each has, null for none; and all records of all lists, one after the other."""


Numbers = Mapping[str, Mapping[str, int]]
"""By key of a record: the numbers of what travels once for the whole page, such as `source` the ids of its sources.

A text in several languages has the number of its English words.
"""

Lists = Mapping[str, Sequence[Json]]
"""The same the other way round, by key: what the numbers stand for."""


def columns(values: Sequence[Json | None], numbers: Numbers | None = None) -> Json:
    """Return JSON values column by column; None stands for a missing value, within records too.

    Records (dicts) become columns, in the order of the record that has most of them; lists of records are joined and
    become columns, all others stay as they are, but for the values of keys that have `numbers`.
    """
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, dict) for value in known):
        keys = dict.fromkeys(key for value in sorted(known, key=len, reverse=True) for key in value)
        found: dict[str, Json] = {
            KEYS: {key: columns(counted(key, [value.get(key) for value in known], numbers), numbers) for key in keys}
        }
        if len(known) < len(values):
            found[WHERE] = [int(value is not None) for value in values]
        return found
    if known and all(isinstance(value, list) and all(isinstance(one, dict) for one in value) for value in known):
        counts = [None if value is None else len(value) for value in values]
        return {COUNTS: counts, OF: columns([one for value in known for one in value], numbers)}
    return without_end(values)


def counted(key: str, values: Sequence[Json | None], numbers: Numbers | None) -> Sequence[Json | None]:
    """Return the values of a key, with numbers in their place when the key has any; texts in plain letters."""
    if key in EXCHANGED:
        return exchanged(key, values)
    if not numbers or key not in numbers:
        return values
    return [numbered(value, numbers[key]) for value in values]


def exchanged(language: str, values: Sequence[Json | None]) -> list[Json | None]:
    """Return the texts of a language with plain letters in the place of its own, or the other way round."""
    return [value.translate(EXCHANGED[language]) if isinstance(value, str) else value for value in values]


def numbered(value: Json, numbers: Mapping[str, int]) -> Json:
    """Return the numbers in the place of ids and of texts in several languages, alone or in a list; all else stays."""
    if isinstance(value, list):
        return [numbered(one, numbers) for one in value]
    if isinstance(value, dict) and FIRST in value:
        return numbers.get(value[FIRST], value)
    return numbers.get(value, value) if isinstance(value, str) else value


def without_end(values: Sequence[Json | None]) -> list[Json | None]:
    """Return the values without those that are missing at their end."""
    length = len(values)
    while length and values[length - 1] is None:
        length -= 1
    return list(values[:length])


def records(packed: Json, count: int, lists: Lists | None = None) -> list[Json | None]:
    """Return the `count` values that `columns` made `packed` from, with what the numbers stand for."""
    if isinstance(packed, list):
        return packed + [None] * (count - len(packed))
    if COUNTS in packed:
        counts = packed[COUNTS]
        inside = iter(records(packed[OF], sum(number or 0 for number in counts), lists))
        return [None if number is None else [next(inside) for _ in range(number)] for number in counts]
    where = packed.get(WHERE, [1] * count)
    there = sum(where)
    read = {key: records(column, there, lists) for key, column in packed[KEYS].items()}
    for key in (lists or {}).keys() & read.keys():
        read[key] = [named(value, (lists or {})[key]) for value in read[key]]
    for key in EXCHANGED.keys() & read.keys():
        read[key] = exchanged(key, read[key])
    found = iter({key: column[at] for key, column in read.items() if column[at] is not None} for at in range(there))
    return [next(found) if is_there else None for is_there in where]


def named(value: Json, known: Sequence[Json]) -> Json:
    """Return what numbers stand for, alone or in a list; all else stays."""
    if isinstance(value, list):
        return [named(one, known) for one in value]
    return known[value] if isinstance(value, int) else value


def table(entries: Mapping[str, Json], numbers: Numbers | None = None) -> list[Json]:
    """Return entries by id as two: the ids, and the entries column by column."""
    return [list(entries), columns(list(entries.values()), numbers)]


def entries_of(packed: Sequence[Json], lists: Lists | None = None) -> dict[str, Json]:
    """Return the entries by id that `table` made `packed` from."""
    ids, values = packed
    return dict(zip(ids, records(values, len(ids), lists), strict=True))
