"""Stories: what they select exists, and as many are marked for the opening page as it has room for."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.checks.lookup import Lookup
from sco_map.catalog.checks.registers import box_faults
from sco_map.catalog.checks.vocabulary import COLOURS
from sco_map.catalog.models import Story
from sco_map.catalog.problems import Problem
from sco_map.model.ranges import parse_range
from sco_map.model.selection import ALL_MEMBERS

FILE = "stories.toml"
AT_FIRST = 3
"""How many stories the page opens with."""


def story_faults(find: Lookup) -> Iterator[Problem]:
    """Yield what stories select that does not exist, and a wrong number of them on the opening page."""
    stories = find.catalog.stories.values()
    for story in stories:
        yield from selection_faults(find, story)
        if story.extent is not None:
            yield from box_faults(story.extent, "extent", FILE, f"[{story.id}]")
    first = [story.id for story in stories if story.first]
    if stories and len(first) != AT_FIRST:
        yield Problem(FILE, "", f"{len(first)} stories are marked `first`; the page opens with {AT_FIRST}")


def selection_faults(find: Lookup, story: Story) -> Iterator[Problem]:
    """Yield the values of a story's selection that do not exist."""
    entry, selected = f"[{story.id}]", story.select
    members = (ALL_MEMBERS, *find.catalog.countries)
    for country in selected.country:
        yield from find.known("country", country, members, "countries.toml", FILE, entry)
    for project in selected.project:
        yield from find.known("project", project, find.catalog.known("projects"), "", FILE, entry)
    for layer in selected.layer:
        yield from find.layer(layer, FILE, entry)
    for what in ("kind", "status", "role"):
        for word in getattr(selected, what):
            yield from find.word(what, word, FILE, entry)
    if selected.capacity is not None and (unit := parse_range("capacity", selected.capacity).unit) is not None:
        yield from find.word("capacity_unit", unit, FILE, entry)
    if story.colour is not None:
        yield from find.known("colour", story.colour, COLOURS, "", FILE, entry)
