"""A part fits its whole: a station is not older than its line, a segment not longer than its project."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Project, Row
from sco_map.catalog.problems import Problem
from sco_map.model.dates import is_before
from sco_map.model.kinds import STATIONS

OPERATING = "operating"
RECORDS = ("promises", "published_lengths", "history", "flows", "figure_sources")
"""Lists of which an entry may say the same only once."""


def whole_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield parts that do not fit the project they are parts of, and records that an entry has twice."""
    for project in catalog.projects.values():
        file = f"projects/{project.id}.toml"
        yield from old_stations(project, file)
        yield from long_segments(project, file)
        yield from repeated_records(project, file)


def began(entry: Project | Row) -> str | None:
    """Return since when an entry first operated; None where that is not known or it never has."""
    return next((phase.since for phase in entry.phases if phase.status == OPERATING), None)


def old_stations(project: Project, file: str) -> Iterator[Problem]:
    """Yield stations that operate before any line of their project; a line of unknown age may be older than they."""
    starts = [began(line) for line in project.segments]
    for site in project.sites:
        since = began(site)
        if site.kind not in STATIONS or since is None or not starts:
            continue
        if all(start is not None and is_before(since, start) for start in starts):
            first = min(start for start in starts if start is not None)
            yield Problem(
                file,
                f"site {site.id!r}",
                f"operates since {since}, but the first line of its project only since {first}; "
                "correct one of the two dates",
            )


def long_segments(project: Project, file: str) -> Iterator[Problem]:
    """Yield published lengths of segments that are greater than every one published of their whole project."""
    whole = max((length.km for length in project.published_lengths if length.scope == "all"), default=None)
    if whole is None:
        return
    said = [("published_lengths", length) for length in project.published_lengths if "__" in length.scope]
    for segment in project.segments:
        if "published_lengths" in segment.written:
            said += [(f"segment {segment.id!r}, published_lengths", length) for length in segment.published_lengths]
    for where, length in said:
        if length.km > whole:
            yield Problem(
                file,
                where,
                f"{length.km:g} km for {length.scope!r} is longer than the {whole:g} km published of the whole "
                "project; correct one of the two, or say what the longer one counts in its scope",
            )


def repeated_records(project: Project, file: str) -> Iterator[Problem]:
    """Yield records that an entry has twice in a list, word for word."""
    named: list[tuple[str, Project | Row]] = [("", project)]
    named += [(f"segment {row.id!r}", row) for row in project.segments]
    named += [(f"site {row.id!r}", row) for row in project.sites]
    for entry, item in named:
        for column in RECORDS:
            if isinstance(item, Row) and column not in item.written:
                continue
            records = item.records(column)
            if len(set(records)) < len(records):
                twice = next(record for number, record in enumerate(records) if record in records[:number])
                said = ", ".join(f"{name} {value}" for name, value in twice.model_dump(exclude_none=True).items())
                where = ", ".join(filter(None, [entry, column]))
                yield Problem(file, where, f"has the same record twice ({said}); keep one")
