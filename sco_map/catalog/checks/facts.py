"""What projects and their rows say in the same way: words and sources, figures, dated phases, published lengths."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sco_map.catalog.checks.lookup import Lookup, ordered
from sco_map.catalog.models import PASSED_DOWN, Facts, Phase, Project, Promise, PublishedLength
from sco_map.catalog.problems import Problem
from sco_map.model.columns import COLUMNS, FIGURES, NAMES, UNIT_OF, Type
from sco_map.model.dates import is_before


def phase_faults(find: Lookup, phases: Sequence[Phase], file: str, entry: str) -> Iterator[Problem]:
    """Yield unknown statuses and dates that are missing or out of order."""
    for number, phase in enumerate(phases, start=1):
        yield from find.word("status", phase.status, file, entry)
        if phase.since is None and number > 1:
            yield Problem(
                file, entry, f"phase {number} has no `from`; only the first phase may begin at an unknown time"
            )
    yield from ordered([phase.since for phase in phases], "phases", file, entry)


def promise_faults(promises: Sequence[Promise], file: str, entry: str) -> Iterator[Problem]:
    """Yield promises that are out of order, and such as were said after the opening they announce was due."""
    for promise in promises:
        if promise.said and is_before(promise.opens, promise.said):
            yield Problem(
                file,
                entry,
                f"a promise to open in {promise.opens} was said in {promise.said}, after it was due; "
                "correct one of the two dates",
            )
    yield from ordered([promise.said for promise in promises], "promises", file, entry)


def fact_faults(find: Lookup, facts: Facts, file: str, entry: str, said: Collection[str] = NAMES) -> Iterator[Problem]:
    """Yield unknown words and sources in the columns `said`, figures without their unit, and units without a figure."""
    for column in COLUMNS:
        if column.words and column.type is Type.TEXT and column.name in said and facts.entry in column.entries:
            yield from find.column(column, facts.fact(column.name), file, entry)
    for figure, unit in UNIT_OF.items():
        if figure in said or unit in said:
            yield from unit_faults(figure, unit, facts, file, entry)
    if "figure_sources" in said:
        yield from figure_faults(find, facts, file, entry)
    yield from find.sources(facts.cited(said), file, entry)


def figure_faults(find: Lookup, facts: Facts, file: str, entry: str) -> Iterator[Problem]:
    """Yield sources of figures that there are not, and of figures that the entry does not say."""
    for record in facts.records("figure_sources"):
        figure = getattr(record, "figure", "")
        where = ", ".join(filter(None, [entry, "figure_sources"]))
        yield from find.known("figure", figure, FIGURES, "", file, where)
        if figure in FIGURES and facts.fact(figure) is None:
            yield Problem(file, where, f"names a source for {figure}, which is not given; give it or leave this out")


def throughout_faults(find: Lookup, project: Project, file: str) -> Iterator[Problem]:
    """Yield figures that are said to hold throughout and cannot, or that the project does not say."""
    for figure in project.throughout:
        yield from find.known("figure", figure, PASSED_DOWN, "", file, "throughout")
        if figure in PASSED_DOWN and project.fact(figure) is None:
            yield Problem(file, "throughout", f"names {figure}, which the project does not give")


def unit_faults(figure: str, unit: str, facts: Facts, file: str, entry: str) -> Iterator[Problem]:
    """Yield a figure without its unit, and a unit without its figure."""
    if facts.fact(figure) is not None and facts.fact(unit) is None:
        yield Problem(file, entry, f"{figure} {facts.fact(figure):g} has no {unit}")
    if facts.fact(figure) is None and facts.fact(unit) is not None:
        yield Problem(file, entry, f"{unit} {facts.fact(unit)!r} is given without a {figure}")


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
