"""The sums of the selection: a cross-table of two things with a chart; only rows and columns that hold anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import geopandas as gpd

from sco_map.app.asked import Asked
from sco_map.app.grid import PARTS, Bar, Cell, Choice, Head, Row, Sheet, Wanted, words_for
from sco_map.app.words import Words, naming, summary
from sco_map.atlas import Atlas, coverage
from sco_map.atlas.summary import counted_km
from sco_map.atlas.tracks import tracks_of

NAME = "sums"
KM, COUNT, COVERAGE = "km", "count", "coverage"
MEASURES = (KM, COUNT, COVERAGE)
ROWS = ("country", "kind", "status", "project", "layer")
COLUMNS = ("status", "kind", "country")
WITHIN = ("", "kind", "status", "country")
REGISTERS = {
    "country": "countries",
    "kind": "vocabulary.kind",
    "status": "vocabulary.status",
    "project": "projects",
    "layer": "layers",
}
COUNTRY = "country"
COLUMN_OF = {"country": "countries", "kind": "kind", "status": "status", "project": "projects", "layer": "layer"}
WORDS = {
    "country": "countries",
    "kind": "kind",
    "status": "status",
    "project": "projects",
    "layer": "layers",
    "": "none",
}
MOST_BARS = 12
MOST_ROWS = 120
"""Rows of a cross-table that are sent; the smallest are left out, and the caption says so."""

Key = tuple[str, ...]


def sheet_of(atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, wanted: Wanted, words: Words) -> Sheet:
    """Return the cross-table that is asked for: what stands in rows, within them, in columns, and what is added up."""
    if chosen(wanted, "measure", MEASURES) == COVERAGE:
        return coverage_sheet(atlas, rows, asked, words)
    by = chosen(wanted, "rows", ROWS)
    across = chosen(wanted, "columns", [name for name in COLUMNS if name != by])
    within = chosen(wanted, "within", [name for name in WITHIN if name not in (by, across)])
    measure = chosen(wanted, "measure", (KM, COUNT))
    sums = cross_sums(atlas, rows, (by, *([within] if within else []), across), measure)
    names = {facet: naming(atlas, REGISTERS[facet], asked.lang) for facet in (by, across, within) if facet}
    lines = [key for key, _ in sorted(total_of(sums).items(), key=lambda item: (-item[1], item[0]))]
    order = list(atlas.known_values(across))
    values = sorted(
        {key[-1] for key in sums}, key=lambda value: (order.index(value) if value in order else len(order), value)
    )
    caption = summary(atlas, rows, asked, words)
    counted_twice = f" {words['counted_in_each']}" if by in ("country", "project") and len(rows) else ""
    key, bars = chart(sums, lines, values, names[by], names[across], {value: at for at, value in enumerate(order)})
    return Sheet(
        name=NAME,
        lang=asked.lang,
        caption=caption + counted_twice,
        choices=choices(by, within, across, measure, words) if len(rows) else (),
        heads=heads(by, within, values, names[across], measure, words) if lines else (),
        rows=[
            Row(None, cells(line, sums, values, names[by], names.get(within), measure)) for line in lines[:MOST_ROWS]
        ],
        bars=bars,
        key=key,
        words=words_for(words),
    )


def chosen(wanted: Wanted, name: str, offered: Sequence[str]) -> str:
    """Return what the reader chose, the first of what is offered where that is not among it."""
    value = wanted.choices.get(name, offered[0])
    return value if value in offered else offered[0]


def cross_sums(atlas: Atlas, rows: gpd.GeoDataFrame, facets: Sequence[str], measure: str) -> dict[Key, float]:
    """Return km or number of rows for every combination of values of the facets that any row has.

    A row in several countries counts in each with the km that lie there; one of several projects counts for each. A
    rebuilt line beside the old one is one track, whose km count once for a value of the first facet.
    """
    found: defaultdict[Key, float] = defaultdict(float)
    lengths = list(counted_km(rows).fillna(0.0))
    tracks = list(tracks_of(rows))
    km_by_country = list(rows["km_by_country"])
    columns = {facet: list(rows[COLUMN_OF[facet]]) for facet in facets}
    counted: dict[tuple[str, str], int] = {}
    for at in sorted(range(len(rows)), key=lambda at: tracks[at] != rows["id"].iat[at]):
        for key in product(*(values_of(atlas, facet, columns[facet][at]) for facet in facets)):
            km = lengths[at]
            if km and COUNTRY in facets:
                km = km_by_country[at].get(key[facets.index(COUNTRY)], 0.0)
            if counted.setdefault((key[0], tracks[at]), at) != at:
                km = 0.0
            if amount := km if measure == KM else 1.0:
                found[key] += amount
    return dict(found)


def values_of(atlas: Atlas, facet: str, cell: Any) -> list[str]:
    """Return the values that a row has of a facet, each once; a project stands for what lies above it, too."""
    if facet == "project":
        return list(dict.fromkeys(id_ for project in cell for id_ in (project, *atlas.ancestors(project))))
    if facet == COUNTRY:
        return list(dict.fromkeys(cell))
    return [cell] if isinstance(cell, str) else []


def total_of(sums: Mapping[Key, float]) -> dict[Key, float]:
    """Return the sum of each line of the table, over all of its columns."""
    found: defaultdict[Key, float] = defaultdict(float)
    for key, amount in sums.items():
        found[key[:-1]] += amount
    return found


def rounded(amount: float, measure: str) -> float:
    """Return an amount as the table shows it."""
    return round(amount) if measure == COUNT else round(amount, 1)


def choices(by: str, within: str, across: str, measure: str, words: Words) -> list[Choice]:
    """Return what the reader may choose."""
    named = measures(words)

    def choice(name: str, value: str, offered: Sequence[str]) -> Choice:
        return Choice(name, words[f"sums_{name}"], value, [(one, words[WORDS[one]]) for one in offered])

    return [
        Choice("measure", words["sums_measure"], measure, list(named.items())),
        choice("rows", by, ROWS),
        choice("within", within, [name for name in WITHIN if name not in (by, across)]),
        choice("columns", across, [name for name in COLUMNS if name != by]),
    ]


def measures(words: Words) -> dict[str, str]:
    """Return what can be added up, or looked at instead."""
    return {KM: words["column_km"], COUNT: words["entries"], COVERAGE: words["coverage"]}


def coverage_sheet(atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, words: Words) -> Sheet:
    """Return how much of each state's railways and gas trunk lines the map holds, for the states that are shown."""
    state, kind = naming(atlas, "countries", asked.lang), naming(atlas, "vocabulary.kind", asked.lang)
    publisher = {id_: source.publisher for id_, source in atlas.catalog.sources.items()}
    shown = {code for codes in rows["countries"] for code in codes}
    figures = [entry for entry in coverage(atlas, shown).entries if shown]
    return Sheet(
        name=NAME,
        lang=asked.lang,
        caption=words["coverage_note"] if figures else words["empty"],
        choices=[Choice("measure", words["sums_measure"], COVERAGE, list(measures(words).items()))],
        heads=[
            Head("country", words["countries"]),
            Head("kind", words["kind"]),
            Head("map_km", words["coverage_map"], words["unit_km"], isNumber=True),
            Head("official_km", words["coverage_official"], words["unit_km"], isNumber=True),
            Head("share", words["coverage_share"]),
            Head("as_of", words["column_as_of_fact"]),
            Head("source", words["sources"]),
        ],
        rows=[
            Row(
                None,
                [
                    state(entry.country),
                    kind(entry.kind),
                    round(entry.map_km),
                    None if entry.official_km is None else round(entry.official_km),
                    words["coverage_none"] if entry.share is None else f"{100 * entry.share:.0f} %",
                    entry.as_of or "",
                    publisher.get(entry.source or "", ""),
                ],
            )
            for entry in figures
        ],
        words=words_for(words),
    )


def heads(
    by: str, within: str, values: Sequence[str], called: Callable[[str], str], measure: str, words: Words
) -> list[Head]:
    """Return the heads of the cross-table: what its lines are, their sum, then a column for each value."""
    sides = [Head(facet, words[WORDS[facet]]) for facet in (by, within) if facet]
    sum_of = Head("sum", words["sums_all"], words["unit_km"] if measure == KM else None, isNumber=True)
    return [*sides, sum_of, *(Head(f"value-{value}", called(value), isNumber=True) for value in values)]


def cells(
    line: Key,
    sums: Mapping[Key, float],
    values: Sequence[str],
    called: Callable[[str], str],
    called_within: Callable[[str], str] | None,
    measure: str,
) -> list[Cell]:
    """Return the cells of a line; a combination that no row has stays empty."""
    names: list[Cell] = [called(line[0]), *(called_within(line[1]) for _ in line[1:] if called_within)]
    amounts = [sums.get((*line, value)) for value in values]
    total = sum(filter(None, amounts))
    shown = [None if amount is None else rounded(amount, measure) for amount in amounts]
    return [*names, rounded(total, measure), *shown]


def chart(
    sums: Mapping[Key, float],
    lines: Sequence[Key],
    values: Sequence[str],
    called: Callable[[str], str],
    called_across: Callable[[str], str],
    places: Mapping[str, int],
) -> tuple[list[dict[str, str]], list[Bar]]:
    """Return the key of the chart and its bars: the greatest of what stands in rows, cut by what stands in columns.

    A value has the same colour whatever is selected: by its place in the catalog, in `places`.
    """
    colours = {value: f"var(--sco-part-{places.get(value, 0) % PARTS})" for value in values}
    amounts: defaultdict[Key, float] = defaultdict(float)
    for key, amount in sums.items():
        amounts[key[0], key[-1]] += amount
    whole = total_of(amounts)
    firsts = sorted(dict.fromkeys(line[0] for line in lines), key=lambda first: -whole[first,])[:MOST_BARS]
    bars = [
        Bar(
            called(first),
            [
                {"name": called_across(value), "value": round(amounts[first, value], 1), "colour": colours[value]}
                for value in values
                if (first, value) in amounts
            ],
        )
        for first in firsts
    ]
    used = {value for first, value in amounts if first in firsts}
    return [{"name": called_across(value), "colour": colours[value]} for value in values if value in used], bars
