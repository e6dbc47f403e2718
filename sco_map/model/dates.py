"""Dates as sources give them: a year, a month or a day of the calendar; one reading for catalog, files and app."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from itertools import pairwise

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""The years that can be asked for."""

PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
EXPECTED = 'a date is a year ("2024"), a month ("2024-12") or a day ("2024-12-27")'


def is_date(value: object) -> bool:
    """Tell whether `value` is ISO text for a year, a month or a day that the calendar has."""
    parts = PARTIAL_DATE.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        return False
    year, month, day = (int(part) if part else 1 for part in parts.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def date_text(value: object) -> str:
    """Return a date as ISO text; a whole number is a year, and a date of TOML is a day. Raises ValueError."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not is_date(text):
        raise ValueError(EXPECTED)
    return text


def year_of(date: str | None) -> int | None:
    """Return the year of a date, None where it is unknown."""
    return int(date[:4]) if date else None


PRECISIONS = {4: "year", 7: "month", 10: "day"}
"""How exact a date is, by the length of its text."""


def first_day(date: str) -> str:
    """Return the first day of a year or month as ISO text; a day stays as it is."""
    return date + "-01" * ((10 - len(date)) // 3)


def precision(date: str) -> str:
    """Return how exact a date is: "year", "month" or "day"."""
    return PRECISIONS[len(date)]


def is_before(date: str, other: str) -> bool:
    """Tell whether `date` lies before `other`, compared at the precision of the coarser: 2024 and 2024-05 are equal."""
    shared = min(len(date), len(other))
    return date[:shared] < other[:shared]


def first_disorder(dates: Iterable[str | None]) -> tuple[str, str] | None:
    """Return the first date that lies before its predecessor, after that predecessor; unknown dates are passed over."""
    known = [date for date in dates if date]
    return next(((earlier, later) for earlier, later in pairwise(known) if is_before(later, earlier)), None)
