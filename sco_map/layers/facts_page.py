"""The page about the facts themselves: which have a source, who contradicts whom, what nobody is known to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sco_map.catalog import Catalog, Project, Promise, PublishedLength, Segment, Source
from sco_map.catalog.freshness import SILENT_MONTHS, as_of, without_news
from sco_map.catalog.models import Row
from sco_map.catalog.preference import REASONS, preferred_length, why_none
from sco_map.catalog.sourcing import facts, rows_of, shares, shares_by_layer, undated
from sco_map.layers.pages import GENERATED, table
from sco_map.model.texts import counted

SHARES = ("layer", "facts", "sourced", "read", "not read", "unverified", "share", "rows", "undated", "no news")
UNDATED_NOTE = (
    "No text that was read says since when these lines and points are what they are called. "
    "They are shown today; a past year leaves them out, and says how many."
)


def facts_page(catalog: Catalog) -> str:
    """Return the page: shares for each layer, contradictions, unverified facts, undated rows, works without news."""
    today = as_of(catalog)
    lengths = list(differing_lengths(catalog))
    promises = list(differing_promises(catalog))
    unverified = [fact for fact in facts(catalog) if fact.source is None]
    rows = sorted(undated(catalog), key=lambda row: (row.layer, row.id))
    silent = without_news(catalog, today)
    text = [
        "# Which facts are proven",
        GENERATED,
        "Counted are dated phases, announced openings, published lengths, capacity, diameter, owner, cost and height, "
        "history, directions of flow, the roles of states and their standing towards agreements, and events. A fact is "
        "sourced when it names a source of its own, and read when the text of that source was opened on a known day. "
        "What a row has from its project is counted once, as the project's. Gauges are not counted. "
        "[Samples of these facts](facts-sample.md) were looked up once more.",
        table(SHARES, share_rows(catalog, today)),
        "## Contradictions",
        "Published lengths of the same thing that differ, in km, and the one that the map goes by: the better kind of "
        "source, then the later date. Where neither tells them apart, the map gives the range, and the page says why.",
        table(("row or project", "scope", "the map goes by", "km, and who says so"), lengths),
        "Announced openings of the same thing that differ, in the order in which they were announced.",
        table(("row or project", "opening, and who announced it"), promises),
        "## Unverified facts",
        f"{counted(len(unverified), 'fact')} without a source of its own. In the core systems such a fact is marked in "
        'the file, as in `unverified = ["owner"]`.',
        table(
            ("layer", "row or project", "fact", "marked"),
            ((fact.layer, f"`{fact.id}`", fact.name, "yes" if fact.marked else "") for fact in unverified),
        ),
        "## Undated rows",
        f"{counted(len(rows), 'row')}. {UNDATED_NOTE}",
        table(
            ("layer", "row", "project", "status"),
            ((row.layer, f"`{row.id}`", f"`{row.project}`", row.status) for row in rows),
        ),
        "## No news of works",
        f"Under construction, without a dated fact for {SILENT_MONTHS} months before {today}, the date of the map.",
        table(
            ("row or project", "project", "last dated fact"),
            ((f"`{entry.id}`", f"`{entry.project}`", entry.since or "none") for entry in silent),
        ),
    ]
    return "\n\n".join(part.rstrip("\n") for part in text) + "\n"


def share_rows(catalog: Catalog, today: str) -> Iterator[Sequence[object]]:
    """Yield the line of each layer in the table of shares, then that of all."""
    rows, dateless = rows_of(catalog), undated(catalog)
    layer_of = {entry.id: entry.layer for entry in entries_of(catalog)}
    silent = [layer_of[entry.id] for entry in without_news(catalog, today)]
    counts = shares_by_layer(catalog)
    whole = shares((fact for fact in facts(catalog) if fact.layer in counts), catalog)
    for layer, count in [*counts.items(), ("", whole)]:
        yield (
            f"`{layer}`" if layer else "all",
            count.facts,
            count.sourced,
            count.read,
            count.unread,
            count.unverified,
            count.percent,
            sum(row.layer == layer for row in rows) if layer else len(rows),
            sum(row.layer == layer for row in dateless) if layer else len(dateless),
            silent.count(layer) if layer else len(silent),
        )


def entries_of(catalog: Catalog) -> Iterator[Project | Row]:
    """Yield each project and, after it, its rows."""
    for project in catalog.projects.values():
        yield project
        yield from (*project.segments, *project.sites)


def written(entry: Project | Row, column: str) -> bool:
    """Tell whether an entry says something itself, not only its project."""
    return not isinstance(entry, Row) or column in entry.written


def differing_lengths(catalog: Catalog) -> Iterator[Sequence[str]]:
    """Yield the published lengths of the same thing that differ, wherever they were written."""
    said: dict[tuple[str, str], list[PublishedLength]] = {}
    for entry in entries_of(catalog):
        if written(entry, "published_lengths"):
            for length in entry.published_lengths:
                said.setdefault(measured(entry, length.scope), []).append(length)
    for (id_, scope), lengths in said.items():
        if len({length.km for length in lengths}) > 1:
            ordered = sorted(lengths, key=lambda length: (-length.km, length.source or ""))
            who = "; ".join(f"{length.km:g}: {speaker(length.source, catalog)}" for length in ordered)
            yield f"`{id_}`", scope, chosen(ordered, catalog), who


def chosen(lengths: Sequence[PublishedLength], catalog: Catalog) -> str:
    """Return the length that the map goes by and why, or that nothing tells the lengths apart."""
    found = preferred_length(lengths, catalog.sources)
    if found is None:
        return f"the range: {why_none(lengths, catalog.sources)}"
    length, reason = found
    return f"{length.km:g}, {REASONS[reason]}" if reason else f"{length.km:g}"


def measured(entry: Project | Row, scope: str) -> tuple[str, str]:
    """Return of what a length is: the entry or, where its scope names a segment, that one; and which part of it."""
    if "__" in scope:
        return scope, "all"
    return entry.id, "all" if scope == "segment" and isinstance(entry, Segment) else scope


def differing_promises(catalog: Catalog) -> Iterator[Sequence[str]]:
    """Yield the announced openings of the same thing that differ."""
    for entry in entries_of(catalog):
        if written(entry, "promises") and len({promise.opens for promise in entry.promises}) > 1:
            yield f"`{entry.id}`", "; ".join(announced(promise, catalog) for promise in entry.promises)


def announced(promise: Promise, catalog: Catalog) -> str:
    """Return for when an opening was announced, by whom and when, and in which source that was read."""
    details: Iterable[str | None] = (promise.by, promise.said, f"in {speaker(promise.source, catalog)}")
    return f"{promise.opens}: {', '.join(filter(None, details))}"


def speaker(id_: str | None, catalog: Catalog) -> str:
    """Return the publisher of a source and its id, or that nobody is known to say so."""
    source: Source | None = catalog.sources.get(id_) if id_ else None
    return f"{source.publisher} (`{source.id}`)" if source else "an unknown source"
