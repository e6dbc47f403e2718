"""What the reader asked for: one frozen value that comes from widgets, an address or flags; knows no table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol
from urllib.parse import parse_qs, quote

from sco_map.errors import ScoMapError
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.ranges import MEASURES, RangeError, parse_range
from sco_map.model.suggestions import unknown

FACETS = ("country", "project", "layer", "kind", "status", "role")
MEMBER = "member"
ALL_MEMBERS = "sco"
"""As a country: every state whose role in the year of the map is that of a member."""

YEARS = ("year", "since")
HIDDEN = "-"
"""Before a value of a facet: not the rows that have it."""

CAPACITY_UNIT = "capacity_unit"
"""The list of known values that holds the units a range of capacities may name."""

VIEW_KEYS = ("lang", "worldview", "theme", "view", "style", "show")
"""What an address says besides of how the page looks."""

NETWORK_KEYS = (
    "from",
    "to",
    "via",
    "avoid",
    "by",
    "over",
    "promised",
    "beside",
    "way",
    "compare",
    "cut",
    "ends",
    "promises",
)
"""What an address asks of the network: a route, its second year and the way chosen of several; ways side by side; what
is taken away between which ends; the ledger of promises. The year is that of the map."""

STORY = "story"
"""A theme by its id: read from an address, written out as what it sets."""

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")

Query = str | Mapping[str, str | Sequence[str]]


class KnownValues(Protocol):
    """What can say which values a facet may take: the atlas."""

    def known_values(self, facet: str) -> Mapping[str, Sequence[str]]:
        """Return the values of `facet` or the units of capacity, each with its names and other spellings."""


class SelectionError(ScoMapError):
    """Report everything that is wrong with a selection; `complaints` holds one sentence each."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(self.complaints))


@dataclass(frozen=True)
class Selection:
    """Which rows to show: OR within a filter, AND between filters, empty means no restriction.

    A value with a minus sign before it takes away the rows that have it. `since` keeps what opened in that year or
    later, `late` what was promised for the year of the map or before and is not open. `capacity`, `length` (km),
    `diameter` (mm) and `opened` are ranges such as "100-500", "100-" or "-500", ends included, of a row's own figures;
    a capacity needs its unit: "20-50bcm/yr". A row without the figure lies in no range. Values are kept sorted and
    without repeats, so that equal requests are equal selections. Raises SelectionError for a text that is not a range.
    """

    country: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    layer: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    year: int | None = None
    since: int | None = None
    late: bool = False
    capacity: str | None = None
    length: str | None = None
    diameter: str | None = None
    opened: str | None = None
    q: str | None = None

    def __post_init__(self) -> None:
        for facet in FACETS:
            values = {whole_text(value) for value in getattr(self, facet) if value}
            object.__setattr__(self, facet, tuple(sorted(values)))
        faults = []
        for name in MEASURES:
            text = getattr(self, name)
            try:
                object.__setattr__(self, name, str(parse_range(name, whole_text(text))) if text else None)
            except RangeError as error:
                faults.append(str(error))
        if faults:
            raise SelectionError(faults)
        object.__setattr__(self, "q", " ".join(whole_text(self.q).split()) or None if self.q else None)

    @classmethod
    def from_query(cls, query: Query) -> Selection:
        """Return the selection that an address carries after its `?` or `#`; unknown keys are ignored.

        Raises SelectionError when a year or a range is not one; whether values exist is for `checked` to say.
        """
        values = parse_query(query)
        years: dict[str, str | None] = {key: next(iter(values.get(key, ())), None) for key in YEARS}
        faults = [
            f"the year{'' if key == 'year' else f' after {key!r}'} is a whole number such as 2026, not {year!r}"
            for key, year in years.items()
            if year is not None and not WHOLE_NUMBER.fullmatch(year)
        ]
        ranges = {name: text for name in MEASURES if (text := next(iter(values.get(name, ())), None))}
        for name, text in ranges.items():
            try:
                parse_range(name, text)
            except RangeError as error:
                faults.append(str(error))
        if faults:
            raise SelectionError(faults)
        facts: dict[str, Any] = {facet: tuple(split_values(values.get(facet, ()))) for facet in FACETS}
        facts |= {key: int(year) for key, year in years.items() if year is not None} | ranges
        return cls(**facts, late="1" in values.get("late", ()), q=" ".join(values.get("q", ())))

    def to_query(self) -> str:
        """Return this selection as an address carries it: defaults left out, values sorted, lists with commas."""
        parts = [
            f"{facet}={','.join(map(quote_whole, values))}" for facet in FACETS if (values := getattr(self, facet))
        ]
        parts += [f"{key}={year}" for key in YEARS if (year := getattr(self, key)) is not None]
        if self.late:
            parts.append("late=1")
        parts += [f"{name}={quote(text, safe='/')}" for name in MEASURES if (text := getattr(self, name))]
        if self.q:
            parts.append(f"q={quote_whole(self.q)}")
        return "&".join(parts)

    def __bool__(self) -> bool:
        """Say whether anything is restricted at all."""
        return any(getattr(self, field.name) not in ((), None, False) for field in fields(self))

    def complaints(self, atlas: KnownValues) -> list[str]:
        """Return a sentence for every value that `atlas` does not know, each with the nearest right ones."""
        found = []
        for facet in FACETS:
            known = atlas.known_values(facet)
            values = (value.removeprefix(HIDDEN) for value in getattr(self, facet))
            found += [unknown(facet, value, known) for value in values if value not in known]
        found += [
            f"the year lies between {FIRST_YEAR} and {LAST_YEAR}, not in {year}"
            for key in YEARS
            if (year := getattr(self, key)) is not None and not FIRST_YEAR <= year <= LAST_YEAR
        ]
        if (unit := self.unit) is not None and unit not in (units := atlas.known_values(CAPACITY_UNIT)):
            found.append(unknown("unit of capacity", unit, units))
        return found

    @property
    def unit(self) -> str | None:
        """The unit that the range of capacities is in, None without such a range."""
        return parse_range("capacity", self.capacity).unit if self.capacity else None

    def checked(self, atlas: KnownValues) -> Selection:
        """Return this selection when `atlas` knows every value of it; raises SelectionError naming all others."""
        if complaints := self.complaints(atlas):
            raise SelectionError(complaints)
        return self

    def without_unknown(self, atlas: KnownValues) -> Selection:
        """Return this selection with the values that `atlas` does not know left out."""
        values: dict[str, Any] = {
            facet: tuple(
                value for value in getattr(self, facet) if value.removeprefix(HIDDEN) in atlas.known_values(facet)
            )
            for facet in FACETS
        }
        values |= {
            key: None
            for key in YEARS
            if (year := getattr(self, key)) is not None and not FIRST_YEAR <= year <= LAST_YEAR
        }
        if self.unit is not None and self.unit not in atlas.known_values(CAPACITY_UNIT):
            values["capacity"] = None
        return replace(self, **values)


def parse_query(query: Query) -> dict[str, list[str]]:
    """Return the values of each key of an address part (`a=1&b=2`, with or without `?` or `#`) or of a mapping."""
    if isinstance(query, str):
        return parse_qs(query.lstrip("?#"))
    return {key: [value] if isinstance(value, str) else list(value) for key, value in query.items() if value}


def split_values(values: Iterable[str]) -> list[str]:
    """Return the single values of a facet that may be repeated and separated by commas."""
    parts = (part.strip() for value in values for part in value.split(","))
    return [part for part in parts if part.removeprefix(HIDDEN)]


def wanted(values: Iterable[str]) -> list[str]:
    """Return the values of a facet that rows are to have."""
    return [value for value in values if not value.startswith(HIDDEN)]


def hidden(values: Iterable[str]) -> list[str]:
    """Return the values of a facet that rows are not to have."""
    return [value.removeprefix(HIDDEN) for value in values if value.startswith(HIDDEN)]


def whole_text(text: str) -> str:
    """Return a text with a question mark for each half of a letter in it, which no address can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def quote_whole(text: str) -> str:
    """Return `text` as it is written in an address, with everything but letters, digits and `-._~` escaped."""
    return quote(text, safe="")
