"""What the files must agree on before anything can be drawn: ids that exist, known words, dates in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.checks.ids import other_name_faults, outside_id_faults
from sco_map.catalog.checks.lookup import Lookup
from sco_map.catalog.checks.projects import project_faults, repeated_ids
from sco_map.catalog.checks.registers import (
    country_faults,
    enclosed_sea_faults,
    event_faults,
    island_faults,
    layer_faults,
    place_faults,
    river_faults,
    source_faults,
)
from sco_map.catalog.checks.rows import segment_faults, site_faults
from sco_map.catalog.checks.stories import story_faults
from sco_map.catalog.checks.vocabulary import vocabulary_faults
from sco_map.catalog.problems import Problem

__all__ = ["check"]


def check(catalog: Catalog, unreadable: Collection[str] = (), unread_files: Collection[str] = ()) -> list[Problem]:
    """Return every disagreement between the files of a catalog.

    Ids in `unreadable` exist but their entries could not be read; nothing is said about ids that should be in one of
    `unread_files`. Both have been reported before.
    """
    return list(faults(Lookup(catalog, frozenset(unreadable), frozenset(unread_files))))


def faults(find: Lookup) -> Iterator[Problem]:
    """Yield every disagreement, file by file."""
    yield from vocabulary_faults(find)
    yield from repeated_ids(find.catalog)
    for project in find.catalog.projects.values():
        file = f"projects/{project.id}.toml"
        yield from project_faults(find, project, file)
        for segment in project.segments:
            yield from segment_faults(find, segment, file, f"segment {segment.id!r}")
        for site in project.sites:
            yield from site_faults(find, site, file, f"site {site.id!r}")
    yield from place_faults(find)
    yield from source_faults(find)
    yield from layer_faults(find)
    yield from country_faults(find)
    yield from event_faults(find)
    yield from river_faults(find)
    yield from story_faults(find)
    yield from island_faults(find)
    yield from enclosed_sea_faults(find)
    yield from outside_id_faults(find)
    yield from other_name_faults(find)
