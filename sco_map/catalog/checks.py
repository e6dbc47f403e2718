"""What the files must agree on with each other: ids that exist, words that are known, dates in order, places where they belong."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Project
from sco_map.catalog.problems import Problem


def check(catalog: Catalog, unreadable: frozenset[str] = frozenset()) -> list[Problem]:
    """Return every disagreement between the files; ids in `unreadable` exist but could not be read."""
    return list(_Check(catalog, unreadable).problems())


class _Check:
    def __init__(self, catalog: Catalog, unreadable: frozenset[str]) -> None:
        self.catalog = catalog
        self.unreadable = unreadable

    def problems(self) -> Iterator[Problem]:
        for project in self.catalog.projects.values():
            file = f"projects/{project.id}.toml"
            yield from self.project(project, file)

    def project(self, project: Project, file: str) -> Iterator[Problem]:
        yield from ()
