"""What projects and their rows say in the same way: dated phases, capacities, published lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sco_map.catalog.checks.lookup import Lookup, ordered
from sco_map.catalog.models import Phase, Project, PublishedLength, Row
from sco_map.catalog.problems import Problem


def phase_faults(find: Lookup, phases: Sequence[Phase], file: str, entry: str) -> Iterator[Problem]:
    """Yield unknown statuses and dates that are missing or out of order."""
    for number, phase in enumerate(phases, start=1):
        yield from find.word("status", phase.status, file, entry)
        if phase.since is None and number > 1:
            yield Problem(
                file, entry, f"phase {number} has no `from`; only the first phase may begin at an unknown time"
            )
    yield from ordered([phase.since for phase in phases], "phases", file, entry)


def capacity_faults(find: Lookup, holder: Project | Row, file: str, entry: str) -> Iterator[Problem]:
    """Yield a capacity without its unit, a unit without a capacity, and an unknown unit."""
    if holder.capacity is not None and holder.capacity_unit is None:
        yield Problem(file, entry, "capacity has no capacity_unit")
    if holder.capacity is None and holder.capacity_unit is not None:
        yield Problem(file, entry, "capacity_unit is given without a capacity")
    yield from find.word("capacity_unit", holder.capacity_unit, file, entry)


def length_faults(
    find: Lookup, lengths: Iterable[PublishedLength], file: str, entry: str, *, in_segment: bool
) -> Iterator[Problem]:
    """Yield published lengths of segments and states that do not exist."""
    where = f"{entry} published_lengths".strip()
    for length in lengths:
        scope = length.scope
        if "__" in scope:
            yield from find.known("segment", scope, find.catalog.known("segments"), "", file, where)
        elif len(scope) == 3 and scope.isupper():
            yield from find.countries([scope], file, where)
        elif scope == "segment" and not in_segment:
            yield Problem(
                file, where, 'scope "segment" is for the lengths of a segment itself; here write its id or "all"'
            )
