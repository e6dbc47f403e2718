"""What holds in a given year, read from dated lists; knows neither tables nor files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sco_map.model.dates import year_of

Dated = Mapping[str, Any]

OPERATING = "operating"
UNFINISHED = frozenset({"proposed", "planned", "construction"})
"""Statuses of what may still open."""


def latest(entries: Sequence[Dated], year: int | None) -> Dated | None:
    """Return the last of `entries` that began in or before `year` (None: the last of all).

    An entry without `from` began nobody knows when and counts as having always been there.
    """
    if year is None:
        return entries[-1] if entries else None
    begun = [entry for entry in entries if (year_of(entry.get("from")) or year) <= year]
    return begun[-1] if begun else None


def status_in(phases: Sequence[Dated], year: int | None) -> str | None:
    """Return the status that `phases` give in `year` (None: today's), None when nothing existed yet."""
    phase = latest(phases, year)
    return phase["status"] if phase else None


def is_proven_in(phases: Sequence[Dated], year: int) -> bool:
    """Tell whether a dated phase proves that a thing was there in `year`; one without a date proves nothing."""
    return any((year_of(phase.get("from")) or year + 1) <= year for phase in phases)


def role_in(roles: Sequence[Dated], year: int | None) -> str | None:
    """Return the role that `roles` give in `year` (None: today's), None before the first of them."""
    role = latest(roles, year)
    return role["role"] if role else None


def opening_year(phases: Sequence[Dated], status: str = OPERATING) -> int | None:
    """Return the year of the first phase with `status`, None when there is none or its year is unknown."""
    return next((year_of(phase.get("from")) for phase in phases if phase["status"] == status), None)
