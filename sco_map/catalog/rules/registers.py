"""Lists without dead wood: every source is cited, every helper point is used, nothing is listed twice."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.entries import entries, sources_in
from sco_map.catalog.problems import Problem

LONGEST_ID = 60
"""Ids become file names, addresses and columns of tables."""

SETTLED = frozenset({"city", "junction", "border_crossing"})
"""Kinds of places of which there is one at a spot; a port and a plant may share theirs with a town."""


def register_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield entries that nothing uses, entries that are listed twice, and ids that are too long."""
    yield from unused_sources(catalog)
    yield from repeated_addresses(catalog)
    yield from unused_helpers(catalog)
    yield from repeated_spots(catalog)
    yield from long_ids(catalog)


def unused_sources(catalog: Catalog) -> Iterator[Problem]:
    """Yield sources that no fact cites; what comes under a licence or as a file is material, which the build takes."""
    cited = {source for _, _, entry in entries(catalog) for source in sources_in(entry)}
    for id_, source in catalog.sources.items():
        if id_ not in cited and source.file is None and source.licence is None:
            yield Problem("sources.toml", f"[{id_}]", "no fact cites it; name it where it is used, or delete it")


def repeated_addresses(catalog: Catalog) -> Iterator[Problem]:
    """Yield sources with the address of another one; parts of a collection under a licence may share theirs."""
    first: dict[str, str] = {}
    for id_, source in catalog.sources.items():
        if source.url is None or source.licence is not None:
            continue
        other = first.setdefault(source.url, id_)
        if other != id_:
            yield Problem("sources.toml", f"[{id_}]", f"has the address of [{other}]; cite that one instead")


def unused_helpers(catalog: Catalog) -> Iterator[Problem]:
    """Yield helper points that give no line its shape."""
    used = {place for segment in catalog.segments.values() for place in segment.via}
    for id_, place in catalog.places.items():
        if place.is_helper and id_ not in used:
            yield Problem("places.csv", repr(id_), "no line runs through this helper point; delete it")


def repeated_spots(catalog: Catalog) -> Iterator[Problem]:
    """Yield towns, junctions and border crossings at the very spot of another one."""
    first: dict[tuple[float, float], str] = {}
    for id_, place in catalog.places.items():
        if place.kind not in SETTLED:
            continue
        other = first.setdefault((place.lon, place.lat), id_)
        if other != id_:
            yield Problem(
                "places.csv", repr(id_), f"lies exactly where {other!r} lies; use that place, or correct one of the two"
            )


def long_ids(catalog: Catalog) -> Iterator[Problem]:
    """Yield ids of projects, rows and places that are too long."""
    homes = [
        *((f"projects/{id_}.toml", id_) for id_ in catalog.projects),
        *((f"projects/{row.project}.toml", row.id) for row in [*catalog.segments.values(), *catalog.sites.values()]),
        *(("places.csv", id_) for id_ in catalog.places),
    ]
    for file, id_ in homes:
        if len(id_) > LONGEST_ID:
            yield Problem(file, repr(id_), f"the id has {len(id_)} characters; {LONGEST_ID} are the most")
