"""The whole catalog in memory: every entry by id, and the questions asked about how projects hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from sco_map.catalog.models import (
    PLACE,
    Country,
    EnclosedSea,
    Event,
    Island,
    Layer,
    Licence,
    LocalText,
    OtherNames,
    OutsideId,
    Party,
    Place,
    Project,
    River,
    Segment,
    Site,
    Source,
    Word,
)
from sco_map.catalog.stories import Story

Vocabulary = Mapping[str, Mapping[str, Word]]
VOCABULARY = "vocabulary."
NAMED = {"countries": "", "projects": "", "segments": "", "sites": "", "places": PLACE}
"""The registers whose entries may have names in names.csv, each with what stands there before an id."""


@dataclass(frozen=True)
class Catalog:
    """Everything edited by hand, as dictionaries from id to entry in the order of the files."""

    path: Path
    projects: Mapping[str, Project]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    licences: Mapping[str, Licence]
    countries: Mapping[str, Country]
    layers: Mapping[str, Layer]
    vocabulary: Vocabulary
    events: Mapping[str, Event]
    rivers: Mapping[str, River]
    stories: Mapping[str, Story] = field(default_factory=dict)
    islands: Mapping[str, Island] = field(default_factory=dict)
    enclosed_seas: Mapping[str, EnclosedSea] = field(default_factory=dict)
    outside_ids: Mapping[str, OutsideId] = field(default_factory=dict)
    other_names: Mapping[str, OtherNames] = field(default_factory=dict)

    @cached_property
    def _known(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {}

    def known(self, register: str) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of a register ("projects", "places", "sources", ...), each with its names and other spellings.

        A list of the vocabulary is the register "vocabulary.<list>"; a list that does not exist is empty.
        """
        if register not in self._known:
            if register.startswith(VOCABULARY):
                entries: Mapping[str, Any] = self.vocabulary.get(register.removeprefix(VOCABULARY), {})
            else:
                entries = getattr(self, register)
            mark = NAMED.get(register)
            self._known[register] = {
                id_: names_of(entry) if mark is None else (*names_of(entry), *self.names_beside(mark + id_))
                for id_, entry in entries.items()
            }
        return self._known[register]

    def names_beside(self, entry: str) -> tuple[str, ...]:
        """Return what else readers call an entry, as names.csv names it ("KGZ", "place:aktau")."""
        found = self.other_names.get(entry)
        return () if found is None else found.names

    @cached_property
    def _ids(self) -> Mapping[str, dict[str, OutsideId]]:
        found: dict[str, dict[str, OutsideId]] = {}
        for one in self.outside_ids.values():
            found.setdefault(one.entry, {})[one.scheme] = one
        return found

    def ids_of(self, entry: str) -> Mapping[str, OutsideId]:
        """Return the ids that others give to an entry, as ids.csv names it ("KAZ", "place:aktau"), by scheme."""
        return self._ids.get(entry, {})

    def known_as(self, id_: str) -> str | None:
        """Return the entry that somebody else calls by this id, of several the first, None where there is none."""
        plain = id_.replace(" ", "").casefold()
        return next((one.entry for one in self.outside_ids.values() if one.id.casefold() == plain), None)

    @cached_property
    def segments(self) -> Mapping[str, Segment]:
        """All lines, by id."""
        return {row.id: row for project in self.projects.values() for row in project.segments}

    @cached_property
    def enclosed_ports(self) -> frozenset[str]:
        """The ports from which no ship reaches the ocean but by river."""
        return frozenset(port for sea in self.enclosed_seas.values() for port in sea.ports)

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """All points, by id."""
        return {row.id: row for project in self.projects.values() for row in project.sites}

    @cached_property
    def users(self) -> Mapping[str, tuple[str, ...]]:
        """For each row that other projects use, the ids of those projects."""
        users: dict[str, tuple[str, ...]] = {}
        for project in self.projects.values():
            for row in project.uses:
                users[row] = (*users.get(row, ()), project.id)
        return users

    def parties(self, project: str) -> tuple[Party, ...]:
        """Return the standing of states towards an agreement: from its own file and from countries.toml."""
        own = self.projects[project].parties
        return own + tuple(
            Party(country=country.id, date=entry.date, status=entry.status, source=entry.source, note=entry.note)
            for country in self.countries.values()
            for entry in country.agreements
            if entry.agreement == project
        )

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, tuple[str, ...]] = {}
        for project in self.projects.values():
            if project.parent:
                children[project.parent] = (*children.get(project.parent, ()), project.id)
        return children

    def children(self, project: str) -> tuple[str, ...]:
        """Return the ids of the projects whose parent is `project`."""
        return self._children.get(project, ())

    def descendants(self, project: str) -> tuple[str, ...]:
        """Return the ids of all projects below `project` in the tree, itself not included."""
        below: list[str] = []
        for child in self.children(project):
            below += [child, *self.descendants(child)]
        return tuple(below)


def names_of(entry: Any) -> tuple[str, ...]:
    """Return the names of an entry of the catalog in every language it has, then its aliases."""
    name = next((text for key in ("title", "name", "label") if (text := getattr(entry, key, None)) is not None), None)
    return (*(name.texts if isinstance(name, LocalText) else ()), *getattr(entry, "aliases", ()))
