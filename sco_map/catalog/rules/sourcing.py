"""A fact of the core systems has a source of its own, or its entry says openly that it is not verified."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Country, Project, Row
from sco_map.catalog.problems import Problem
from sco_map.catalog.sourcing import Fact, facts, unverified_in_core
from sco_map.model.suggestions import unknown


def sourcing_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield facts of the core systems without a source, and marks on facts that have one or do not exist."""
    for fact in unverified_in_core(catalog):
        if not fact.marked:
            yield Problem(
                fact.file,
                fact.entry,
                f"{fact.name} has no source of its own; name one, or write unverified = [{quoted(fact.name)}]",
            )
    yield from mark_faults(catalog)


def mark_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield the names in `unverified` that are those of no fact, or of one that has a source."""
    by_entry: dict[str, list[Fact]] = {}
    for fact in facts(catalog):
        by_entry.setdefault(fact.id, []).append(fact)
    for file, entry, item in marking(catalog):
        sources = {fact.name: fact.source for fact in by_entry.get(item.id, ())}
        where = ", ".join(filter(None, [entry, "unverified"]))
        for name in item.unverified:
            if name not in sources:
                yield Problem(file, where, unknown("fact", name, list(sources)))
            elif source := sources[name]:
                yield Problem(file, where, f"names {name}, which has the source {source!r}; take one of the two out")


def marking(catalog: Catalog) -> Iterator[tuple[str, str, Country | Project | Row]]:
    """Yield whatever may call facts unverified, after its file and what it is called there."""
    for country in catalog.countries.values():
        yield "countries.toml", f"[{country.id}]", country
    for project in catalog.projects.values():
        file = f"projects/{project.id}.toml"
        yield file, "", project
        for segment in project.segments:
            yield file, f"segment {segment.id!r}", segment
        for site in project.sites:
            yield file, f"site {site.id!r}", site


def quoted(name: str) -> str:
    """Return a name as TOML writes it."""
    return f'"{name}"'
