"""How sure a fact may be called: an estimate, a memory or an announcement is never called more than it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Project, Row
from sco_map.catalog.problems import Problem
from sco_map.model.dates import is_before

OWN_ESTIMATE = "own_estimate"
SURE = "high"
UNREAD = "General knowledge; the source was not read"
"""What a note says of a fact whose source nobody has opened."""

IN_USE, PLANNED = "operating", "planned"
ONLY_ANNOUNCED = re.compile(
    r"^(was|were|is|are)? ?(due|planned|expected)\b|\b(announced|planned|expected|scheduled|due|ready) (for|by|in)\b"
    r"|\bweld(ed)?\b|^laid\b|\b(completed|finished)$"
    r"|^(first )?(trial|test) (operation|run|train|voyage)s?\b|\bagreement( signed| in force)?$"
    r"|\bmemorandum\b|\bport founded$",
    re.IGNORECASE,
)
"""What a text says first of works that are finished, or were to be, of trials, agreements and foundings, not of use.

A corridor is in use from its first traffic, not from the agreement about it; an agreement itself is simply "in force".
"""

ONLY_AIMED_AT = re.compile(
    r"\bcapacity is (that of )?(an?|the|its|the operator's) (target|aim|goal|(one|figure) (aimed at|planned))\b",
    re.IGNORECASE,
)
"""What a note says of a capacity that nothing has yet."""

OF_THE_LINE_ONLY = re.compile(
    r"\bstart date is that of the line\b.*\b(not known|added later)\b", re.IGNORECASE | re.DOTALL
)
"""What a note says of a station whose own start is not known."""

START_OF_THE_LINE = re.compile(r"^(start of|not before) the line\b", re.IGNORECASE)
"""What the text of a phase says when its date is that of the line and not one that its source gives of the row."""


def certainty_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield places and rows with more confidence than their source allows."""
    for id_, place in catalog.places.items():
        source = catalog.sources.get(place.source)
        if source is not None and source.quality == OWN_ESTIMATE and place.confidence == SURE:
            yield Problem("places.csv", repr(id_), f"is an estimate of this project, so its confidence is not {SURE!r}")
    for what, rows in (("segment", catalog.segments), ("site", catalog.sites)):
        for row in rows.values():
            if row.confidence == SURE and UNREAD in (row.note or ""):
                yield Problem(
                    f"projects/{row.project}.toml",
                    f"{what} {row.id!r}",
                    f"its source was not read, so its confidence is not {SURE!r}",
                )
    yield from announced_faults(catalog)
    yield from admitted_faults(catalog)
    yield from borrowed_faults(catalog)
    yield from unseen_faults(catalog)


def announced_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield phases called operating from a day of which their own text says no more than plans, works or trials.

    What counts is the text up to its first semicolon: "First gas; it had been due since July" does speak of use.
    """
    for project in catalog.projects.values():
        for called, entry in saying(project, "phases"):
            for phase in entry.phases:
                said = (phase.text or "").split(";")[0]
                if phase.status == IN_USE and phase.since and ONLY_ANNOUNCED.search(said):
                    yield Problem(
                        f"projects/{project.id}.toml",
                        called,
                        f"is {IN_USE!r} from {phase.since}, but the text of this phase ({said!r}) does not say that it "
                        "was in use; announced openings belong in `promises`, finished works in `history`",
                    )


def saying(project: Project, what: str) -> Iterator[tuple[str, Project | Row]]:
    """Yield the project and those of its rows that say `what` themselves, each with what it is called in a problem."""
    yield "", project
    for called, rows in (("segment", project.segments), ("site", project.sites)):
        yield from ((f"{called} {row.id!r}", row) for row in rows if what in row.written)


def unseen_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield phases and events that name a text older than the day they tell of: it foretold them and saw none."""
    for project in catalog.projects.values():
        dated = [
            (called, phase.since, phase.source)
            for called, entry in saying(project, "phases")
            for phase in entry.phases
            if phase.status != PLANNED
        ]
        dated += [
            (called, moment.date, moment.source)
            for called, entry in saying(project, "history")
            for moment in entry.history
        ]
        for called, date, name in dated:
            source = catalog.sources.get(name or "")
            if date and source and source.published and is_before(source.published, date):
                yield Problem(
                    f"projects/{project.id}.toml",
                    called,
                    f"tells of {date} after {source.id!r}, which was published in {source.published} and can only have "
                    "announced it; name a later text, or the day of the announcement",
                )


def admitted_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield capacities and start dates of which their own note says that they are something else."""
    for project in catalog.projects.values():
        rows = [*project.segments, *project.sites]
        entries: list[tuple[str, Project | Row, bool]] = [("", project, project.fact("capacity") is not None)]
        entries += [(f"row {row.id!r}", row, "capacity" in row.written) for row in rows if "note" in row.written]
        for called, entry, has_capacity in entries:
            note = entry.note or ""
            if has_capacity and ONLY_AIMED_AT.search(note):
                yield Problem(
                    f"projects/{project.id}.toml",
                    called,
                    "has a `capacity` that its note calls an aim; an aim belongs in the note, and `capacity` is for "
                    "what is built or designed",
                )
            if any(phase.since for phase in entry.phases) and OF_THE_LINE_ONLY.search(note):
                yield Problem(
                    f"projects/{project.id}.toml",
                    called,
                    "has a phase with a date, but its note says that this is the date of the line and that its own is "
                    "not known; a phase may do without `from`",
                )


def borrowed_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield points said to have the start of their line, when no line or project has that date from that source."""
    projects = catalog.projects.values()
    entries: list[Project | Row] = [*projects, *(row for project in projects for row in project.segments)]
    known = {(phase.since, phase.source) for entry in entries for phase in entry.phases}
    known |= {(moment.date, moment.source) for entry in entries for moment in entry.history}
    for site in catalog.sites.values():
        for phase in site.phases:
            if START_OF_THE_LINE.search(phase.text or "") and (phase.since, phase.source) not in known:
                yield Problem(
                    f"projects/{site.project}.toml",
                    f"site {site.id!r}",
                    f"says of {phase.since} that it is the start of the line ({phase.text!r}), but no line or project "
                    f"has this date from {phase.source!r}; use the date and the source of the line",
                )
