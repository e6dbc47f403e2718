"""Filters by number: what can be asked for as a range, how a range is written, and whether a figure lies in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sco_map.model.dates import FIRST_YEAR, LAST_YEAR

RANGE = re.compile(
    r"(?P<low>[0-9]{1,9}(?:\.[0-9]{1,3})?)? ?(?P<dash>[-–])? ?(?P<high>[0-9]{1,9}(?:\.[0-9]{1,3})?)? ?"
    r"(?P<unit>[A-Za-z][^0-9]*)?"
)
"""What `web/src/facts/ranges.ts` reads in the same way, once white space is single."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure of a row that a range may ask for.

    `column` is where it is; `unit` what it is counted in, None where the row says so itself, in `unit_column`, and the
    range has to name one. `noun` begins a sentence about it; `low` and `high` are two numbers for an example.
    """

    column: str
    noun: str
    low: str
    high: str
    unit: str | None = None
    unit_column: str | None = None
    is_year: bool = False

    @property
    def examples(self) -> str:
        """Three ranges as they are written."""
        unit = "" if self.unit_column is None else "bcm/yr"
        return f"{self.low}-{self.high}{unit}, {self.low}-{unit} or -{self.high}{unit}"


MEASURES = {
    "capacity": Measure(column="capacity", noun="the capacity", low="20", high="50", unit_column="capacity_unit"),
    "length": Measure(column="length_km", noun="the length", low="100", high="500", unit="km"),
    "diameter": Measure(column="diameter_mm", noun="the diameter", low="700", high="1420", unit="mm"),
    "opened": Measure(column="phases", noun="the opening year", low="2000", high="2010", unit="", is_year=True),
}
"""The filters by number under their names in an address; `opened` is the year in which a row first was operating."""


class RangeError(ValueError):
    """Say in one sentence why a text is not a range."""


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included, None where it is open; `unit` where the rows have several."""

    low: float | None
    high: float | None
    unit: str | None = None

    def __contains__(self, figure: float) -> bool:
        """Say whether a figure lies in the range."""
        return (self.low is None or figure >= self.low) and (self.high is None or figure <= self.high)

    def __str__(self) -> str:
        """Return the range as an address carries it; of a single number that number."""
        low, high = (number_text(number) for number in (self.low, self.high))
        numbers = low if self.low == self.high else f"{low}-{high}"
        return numbers + (self.unit or "")


def number_text(number: float | None) -> str:
    """Return a number in its shortest form, nothing for None."""
    return "" if number is None else str(int(number)) if number == int(number) else repr(number)


@lru_cache(maxsize=256)
def parse_range(name: str, text: str) -> Range:
    """Return the range that a text asks for in the filter `name`; raises RangeError when it is none."""
    measure = MEASURES[name]
    found = RANGE.fullmatch(" ".join(text.split()))
    low, high = (found and found[side] for side in ("low", "high"))
    unit = found and found["unit"]
    is_range = found is not None and bool(low or high) and bool(high is None or found["dash"])
    needs_unit = measure.unit_column is not None
    if not is_range or (needs_unit and not unit) or (unit and not needs_unit and unit != measure.unit):
        how = "a range with its unit" if needs_unit else f"a range in {measure.unit}" if measure.unit else "a range"
        raise RangeError(f"{measure.noun} is {how}, such as {measure.examples}, not {text!r}")
    first, last = (float(number) if number else None for number in (low, high))
    if found and not found["dash"]:
        last = first
    if first is not None and last is not None and first > last:
        raise RangeError(f"{measure.noun} runs from the smaller to the larger number, which {text!r} does not")
    if measure.is_year and not all(is_year(number) for number in (first, last)):
        raise RangeError(f"{measure.noun} lies between {FIRST_YEAR} and {LAST_YEAR}, which {text!r} does not")
    return Range(first, last, unit if needs_unit else None)


def is_year(number: float | None) -> bool:
    """Say whether a number is a year that can be asked for, or none at all."""
    return number is None or (number == int(number) and FIRST_YEAR <= number <= LAST_YEAR)
