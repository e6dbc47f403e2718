"""Which facts of the catalog carry a source of their own, which of those sources were read, and what lacks one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Country, Entry, Moment, Phase, Project, Promise, PublishedLength, Row, Segment
from sco_map.model.columns import FIGURES
from sco_map.model.texts import counted

MEMBERS, EVENTS = "members", "events"
"""Layers whose facts are not those of projects."""

COUNTED = tuple(figure for figure in FIGURES if figure != "gauge_mm")
"""Figures that need somebody who says them; the gauge follows from the railway of the state."""

CORE_LAYERS = frozenset({MEMBERS, "middle_corridor", "cku_railway", "cpec"})
CORE_PROJECT = "central_asia_china"
"""The core systems: these layers, and this project with all below it. There every fact has a source, or says not."""


@dataclass(frozen=True)
class Fact:
    """One statement of an entry and who says it; `name` is what `unverified` calls it, `source` its own source.

    `marked` says whether the entry openly calls it unverified.
    """

    layer: str
    file: str
    entry: str
    id: str
    project: str | None
    name: str
    source: str | None
    marked: bool = False


@dataclass(frozen=True)
class Shares:
    """How many facts have a source of their own that was read, one that was not, and none."""

    read: int
    unread: int
    unverified: int

    @property
    def facts(self) -> int:
        """All facts."""
        return self.read + self.unread + self.unverified

    @property
    def sourced(self) -> int:
        """Facts with a source of their own."""
        return self.read + self.unread

    @property
    def percent(self) -> str:
        """The share of facts with a source of their own, never rounded up to all of them."""
        return f"{100 * self.sourced // self.facts} %" if self.facts else ""


def named(column: str, record: Entry) -> str:
    """Return what `unverified` calls a record of a list: its column and what tells it from its like."""
    said: object = None
    if isinstance(record, PublishedLength):
        said = f"{record.km:g} {record.scope}"
    elif isinstance(record, Promise):
        said = f"{record.opens} said {record.said}" if record.said else record.opens
    elif isinstance(record, Moment):
        said = record.date
    else:
        said = getattr(record, "since", None)
    return f"{column} {said}" if said else column


def statements(entry: Project | Row) -> Iterator[tuple[str, str | None]]:
    """Yield the names of what a project or a row says itself, each with its own source.

    What a row has from its project is a fact of the project. A status without a date is no dated fact.
    """
    written = entry.written if isinstance(entry, Row) else None
    for column in ("phases", "promises", "published_lengths", "history", "flows"):
        if written is not None and column not in written:
            continue
        for record in entry.records(column):
            if isinstance(record, Phase) and record.since is None:
                continue
            yield named(column, record), getattr(record, "source", None)
    sources = {record.figure: record.source for record in reversed(entry.figure_sources)}
    for figure in COUNTED:
        if entry.fact(figure) is not None and (written is None or figure in written):
            yield figure, sources.get(figure)


def facts(catalog: Catalog) -> Iterator[Fact]:
    """Yield every counted fact of the catalog: those of states, of events, of projects and of their rows."""
    for country in catalog.countries.values():
        yield from facts_of_country(country)
    for event in catalog.events.values():
        yield Fact(EVENTS, "events.csv", repr(event.id), event.id, None, f"date {event.date}", event.source)
    for project in catalog.projects.values():
        yield from facts_of(project, project.id, "")
        for row in (*project.segments, *project.sites):
            what = "segment" if isinstance(row, Segment) else "site"
            yield from facts_of(row, project.id, f"{what} {row.id!r}")


def facts_of(entry: Project | Row, project: str, called: str) -> Iterator[Fact]:
    """Yield the facts of a project or one of its rows, which is `called` so in problems."""
    file = f"projects/{project}.toml"
    for name, source in statements(entry):
        yield Fact(entry.layer, file, called, entry.id, project, name, source, marked=name in entry.unverified)


def facts_of_country(country: Country) -> Iterator[Fact]:
    """Yield the facts of a state: its roles, its history and its standing towards agreements."""
    said = [(f"roles {role.since}", role.source) for role in country.roles]
    said += [(f"agreements {entry.agreement}", entry.source) for entry in country.agreements]
    said += [(f"official_lengths {entry.kind} {entry.as_of}", entry.source) for entry in country.official_lengths]
    for name, source in said:
        yield Fact(MEMBERS, "countries.toml", f"[{country.id}]", country.id, None, name, source)
    for moment in country.history:
        name = named("history", moment)
        marked = name in country.unverified
        yield Fact(MEMBERS, "countries.toml", f"[{country.id}]", country.id, None, name, moment.source, marked)


def shares(found: Iterable[Fact], catalog: Catalog) -> Shares:
    """Return how many of the facts `found` have a source of their own, and one that was read."""
    read = unread = unverified = 0
    for fact in found:
        source = catalog.sources.get(fact.source) if fact.source else None
        if source is None:
            unverified += 1
        elif source.accessed:
            read += 1
        else:
            unread += 1
    return Shares(read, unread, unverified)


def shares_by_layer(catalog: Catalog) -> dict[str, Shares]:
    """Return the shares of each layer that has facts, in the order of the legend."""
    found = list(facts(catalog))
    layers = sorted(catalog.layers.values(), key=lambda layer: layer.order)
    counts = {layer.id: shares((fact for fact in found if fact.layer == layer.id), catalog) for layer in layers}
    return {layer: count for layer, count in counts.items() if count.facts}


def rows_of(catalog: Catalog) -> list[Row]:
    """Return all lines and points."""
    return [*catalog.segments.values(), *catalog.sites.values()]


def undated(catalog: Catalog) -> list[Row]:
    """Return the lines and points of which it is not known since when they are what they are called."""
    return [row for row in rows_of(catalog) if row.phases[0].since is None]


def core_projects(catalog: Catalog) -> frozenset[str]:
    """Return the projects of the core systems that are not whole layers."""
    return frozenset({CORE_PROJECT, *catalog.descendants(CORE_PROJECT)})


def unverified_in_core(catalog: Catalog) -> list[Fact]:
    """Return the facts of the core systems that have no source of their own."""
    projects = core_projects(catalog)
    return [
        fact
        for fact in facts(catalog)
        if fact.source is None and (fact.layer in CORE_LAYERS or fact.project in projects)
    ]


def share_lines(catalog: Catalog) -> list[str]:
    """Return a sentence for each layer, then one for all: how many of its facts have a source of their own."""
    counts = shares_by_layer(catalog)
    rows = undated(catalog)
    lines = []
    for layer, count in counts.items():
        lines.append(said_of(layer, count, sum(row.layer == layer for row in rows)))
    whole = [fact for fact in facts(catalog) if fact.layer in counts]
    return [*lines, said_of("all layers", shares(whole, catalog), len(rows))] if lines else []


def said_of(name: str, count: Shares, undated_rows: int) -> str:
    """Return the line of one layer."""
    return (
        f"{name}: {count.sourced} of {counted(count.facts, 'fact')} sourced ({count.percent}), {count.read} from a "
        f"text that was read, {count.unverified} unverified, {counted(undated_rows, 'row')} undated"
    )
