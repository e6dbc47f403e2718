"""The whole catalog in memory: every entry by id, and the questions asked about how projects hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sco_map.catalog.models import (
    Country,
    Event,
    Layer,
    Licence,
    Party,
    Place,
    Project,
    River,
    Segment,
    Site,
    Source,
    Theme,
    Word,
)

Vocabulary = Mapping[str, Mapping[str, Word]]


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
    themes: Mapping[str, Theme] = field(default_factory=dict)

    @cached_property
    def segments(self) -> Mapping[str, Segment]:
        """All lines, by id."""
        return {row.id: row for project in self.projects.values() for row in project.segments}

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
