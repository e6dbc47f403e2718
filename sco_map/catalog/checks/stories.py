"""Stories: what their steps and texts name exists, and as many are marked for the opening page as it has room for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sco_map.catalog.checks.lookup import Lookup
from sco_map.catalog.checks.registers import box_faults
from sco_map.catalog.checks.vocabulary import COLOURS
from sco_map.catalog.models import LocalText
from sco_map.catalog.problems import Problem
from sco_map.catalog.stories import (
    AND,
    AT_LINE,
    COUNTRY,
    EVENT,
    FIGURES,
    PROJECT,
    ROUTE,
    TABLE,
    YEAR,
    Step,
    Story,
    placeholders,
    texts_of,
)
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.network import AIMS
from sco_map.model.ranges import parse_range
from sco_map.model.selection import ALL_MEMBERS

AT_FIRST = 3
"""How many questions the page opens with."""

REGISTERS: Mapping[str, str] = {PROJECT: "projects", COUNTRY: "countries", EVENT: "events"}
"""The register in which the subject of a figure is, by what it is about."""


def story_faults(find: Lookup) -> Iterator[Problem]:
    """Yield what stories name that does not exist, and a wrong number of them on the opening page."""
    stories = find.catalog.stories.values()
    for story in stories:
        own = "" if story.is_told else f"[{story.id}]"
        for text in (story.title, story.text):
            yield from text_faults(find, text, story, own)
        for number, step in enumerate(story.steps, start=1):
            yield from step_faults(find, step, story, f"step {number}" if story.is_told else own)
    first = [story.id for story in stories if story.first]
    if stories and len(first) != AT_FIRST:
        yield Problem(TABLE, "", f"{len(first)} stories are marked `first`; the page opens with {AT_FIRST}")


def step_faults(find: Lookup, step: Step, story: Story, entry: str) -> Iterator[Problem]:
    """Yield what a step names that does not exist."""
    file = story.file
    yield from selection_faults(find, step, file, entry)
    if step.extent is not None:
        yield from box_faults(step.extent, "extent", file, entry)
    for text in (step.title, step.text):
        if text is not None:
            yield from text_faults(find, text, story, entry)
    for thing in step.lines:
        yield from thing_faults(find, thing, file, f"{entry}, lines")
    for figure in step.figures:
        where = f"{entry}, figures"
        yield from find.known("row", figure.at, list(find.catalog.segments), "", file, where)
        yield from find.known("figure at a line", figure.figure, AT_LINE, "", file, where)
        if figure.of is not None:
            for of in figure.of.split(AND):
                yield from thing_faults(find, of, file, where)
    if step.route is not None:
        where = f"{entry}, route"
        yield from find.places((step.route.start, step.route.end, *step.route.via), file, where)
        for avoided in step.route.avoid:
            known = {**find.catalog.known("countries"), **find.catalog.known("places"), **things(find)}
            yield from find.known("place, state, project or row", avoided, known, "", file, where)
        yield from find.known("aim", step.route.by, AIMS, "", file, where)
    yield from find.sources(step.sources, file, entry)


def selection_faults(find: Lookup, step: Step, file: str, entry: str) -> Iterator[Problem]:
    """Yield the values of a step's selection that do not exist."""
    selected = step.select
    members = (ALL_MEMBERS, *find.catalog.countries)
    for country in selected.country:
        yield from find.known("country", country, members, "countries.toml", file, entry)
    for project in selected.project:
        yield from find.known("project", project, find.catalog.known("projects"), "", file, entry)
    for layer in selected.layer:
        yield from find.layer(layer, file, entry)
    for what in ("kind", "status", "role"):
        for word in getattr(selected, what):
            yield from find.word(what, word, file, entry)
    if selected.capacity is not None and (unit := parse_range("capacity", selected.capacity).unit) is not None:
        yield from find.word("capacity_unit", unit, file, entry)
    if step.colour is not None:
        yield from find.known("colour", step.colour, COLOURS, "", file, entry)


def text_faults(find: Lookup, text: LocalText, story: Story, entry: str) -> Iterator[Problem]:
    """Yield what figures in braces name that does not exist; once for all languages."""
    named = dict.fromkeys(figure for _, known in texts_of(text) for figure in placeholders(known))
    for name, subject in named:
        shown = f"{{{name}:{subject}}}" if subject else f"{{{name}}}"
        if name not in FIGURES:
            yield from find.known("figure", name, FIGURES, "", story.file, entry)
        else:
            yield from subject_faults(find, name, subject, story, f"{entry}, {shown}" if entry else shown)


def subject_faults(find: Lookup, name: str, subject: str, story: Story, entry: str) -> Iterator[Problem]:
    """Yield what is wrong with the subject of a figure: an id that does not exist, a year out of range."""
    about, file = FIGURES[name], story.file
    if about == YEAR:
        is_year = not subject or (subject.isascii() and subject.isdecimal() and FIRST_YEAR <= int(subject) <= LAST_YEAR)
        if not is_year:
            said = (
                f"{subject!r} is not a year from {FIRST_YEAR} to {LAST_YEAR}; without one it is the year of the facts"
            )
            yield Problem(file, entry, said)
    elif about == ROUTE:
        routes = [step.id for step in story.steps if step.route is not None and step.id is not None]
        yield from find.known("step with a route", subject, routes, "", file, entry)
    elif about in REGISTERS:
        register = REGISTERS[about]
        home = {COUNTRY: "countries.toml", EVENT: "events.csv"}.get(about, "")
        yield from find.known(about, subject, find.catalog.known(register), home, file, entry)
    else:
        for thing in subject.split(AND):
            yield from thing_faults(find, thing, file, entry)


def thing_faults(find: Lookup, id_: str, file: str, entry: str) -> Iterator[Problem]:
    """Yield a fault when an id is neither that of a project nor that of a row."""
    yield from find.known("project or row", id_, things(find), "", file, entry)


def things(find: Lookup) -> dict[str, tuple[str, ...]]:
    """Return the ids of all projects and rows, with the names of the projects."""
    catalog = find.catalog
    return {**catalog.known("projects"), **dict.fromkeys(catalog.segments, ()), **dict.fromkeys(catalog.sites, ())}
