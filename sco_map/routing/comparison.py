"""Routes, corridors and lines side by side: the same figures in columns, km by state, and each along its length."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from sco_map.atlas import Atlas
from sco_map.catalog import Carriage
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import LEAST_COMPARED, MOST_COMPARED, SEA
from sco_map.routing.answers import Route, country_name, km_text, place_name, text_table
from sco_map.routing.complaints import Complaint, Gap, RoutingError, Thing, Year, place_called
from sco_map.routing.drawing import drawn
from sco_map.routing.route import Way
from sco_map.routing.strip import Strip, strip_of

LAST = ("in ", "published, ")
"""What the names of the figures begin with that not every route has: they come after the others."""


@dataclass(frozen=True)
class Comparison:
    """Some routes side by side: the same figures in columns."""

    routes: tuple[Route, ...]
    labels: tuple[str, ...]

    @cached_property
    def strips(self) -> tuple[Strip, ...]:
        """Each route along its length."""
        return tuple(strip_of(found.best) for found in self.routes)

    @property
    def is_of_one_question(self) -> bool:
        """Whether it shows one route in two years, before and after."""
        return len({(found.start, found.end, found.subject) for found in self.routes}) == 1 and len(self.routes) == 2

    def to_frame(self) -> pd.DataFrame:
        """Return the figures, one row each, with a column for each route."""
        columns = {label: figures_of(route.atlas, route) for label, route in zip(self.labels, self.routes, strict=True)}
        names = dict.fromkeys(name for figures in columns.values() for name in figures)
        order = sorted(names, key=lambda name: [name.startswith(first) for first in LAST])
        return pd.DataFrame(columns, index=pd.Index(order)).fillna("")

    def km_by_country(self) -> pd.DataFrame:
        """Return the km in each state, a row for each route, the states in the order of travel, the sea last."""
        sums = {
            label: by_country(strip) for label, strip in zip(self.labels, self.strips, strict=True)
        }  # a state that a route enters twice counts once
        codes = dict.fromkeys(code for found in sums.values() for code in found if code != SEA)
        sea = [SEA] if any(SEA in found for found in sums.values()) else []
        return pd.DataFrame(
            [[round(found.get(code, 0.0), 2) for code in (*codes, *sea)] for found in sums.values()],
            index=pd.Index(sums),
            columns=[*codes, *sea],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            label: {**route.to_dict(), "strip": strip.to_dict(), "km_by_country": by_country(strip)}
            for label, route, strip in zip(self.labels, self.routes, self.strips, strict=True)
        }

    def to_svg(self, lang: str = "en", theme: str = "light") -> str:
        """Return the strips below each other on one axis of km, as a picture without any other file."""
        named = [heading(found, lang) for found in self.routes]
        return drawn(self.routes[0].atlas, list(zip(named, self.strips, strict=True)), lang, theme)

    def __str__(self) -> str:
        """Return the figures as a table, and the strips in words."""
        table = self.to_frame()
        cells = [[str(name), *map(str, cells)] for name, *cells in table.itertuples()]
        heads = ["", *table.columns]
        if self.is_of_one_question:
            change = changes(*(found.best for found in self.routes))
            cells = [[*line, change.get(line[0], "")] for line in cells]
            heads.append("difference")
        figures = text_table(heads, cells)
        return "\n".join([figures, "", *strip_lines(self), *carriage_lines(self)])

    def _repr_html_(self) -> str:
        """Return table and picture for a notebook."""
        return f"{self.to_frame().to_html()}{self.to_svg()}"


def compare(*routes: Route, labels: Sequence[str] = ()) -> Comparison:
    """Return two to four routes side by side; raises RoutingError for another number of them, or for one twice."""
    if not LEAST_COMPARED <= len(routes) <= MOST_COMPARED:
        counts: dict[str, Gap] = {"least": LEAST_COMPARED, "most": MOST_COMPARED, "n": len(routes)}
        raise RoutingError([Complaint("net_compared", counts)])
    if twice := [one for at, one in enumerate(routes) if question_of(one) in map(question_of, routes[:at])]:
        raise RoutingError([Complaint("net_twice", {"line": line_called(twice[0])})])
    named = labels or [heading(found) for found in routes]
    return Comparison(tuple(routes), tuple(named) if len(set(named)) == len(routes) else numbered(named))


def question_of(found: Route) -> Route:
    """Return what a route answers, as a route without its ways: the same question has the same."""
    return replace(found, ways=(), question=replace(found.question, year=found.year))


def line_called(found: Route) -> Gap:
    """Return what a line is called in a complaint, by its name or by its ends."""
    if found.subject is not None:
        return Thing(found.subject, found.title, introduced=True)
    start, end = (place_called(found.atlas, place) for place in (found.start, found.end))
    return Complaint("net_ends", {"from": start, "to": end, "year": Year(found.year)})


def heading(found: Route, lang: str = "en") -> str:
    """Return what a column is called: the name of the line, or the ends; and the year where it is not the present."""
    if found.title is not None:
        title = found.title.in_language(lang)
        return title if found.year == found.atlas.year else f"{title}, {found.year}"
    places = found.atlas.catalog.places
    ends = [places[end].name.in_language(lang) for end in (found.start, found.end)]
    return f"{' – '.join(ends)}, {found.year}"


def numbered(labels: Iterable[str]) -> tuple[str, ...]:
    """Return labels with a number each."""
    return tuple(f"{number}: {label}" for number, label in enumerate(labels, start=1))


def by_country(strip: Strip) -> dict[str, float]:
    """Return the km in each state in the order in which they are first reached, those at sea last."""
    sums: dict[str, float] = {}
    for soil in strip.soils:
        code = soil.country or SEA
        sums[code] = round(sums.get(code, 0.0) + soil.to_km - soil.from_km, 2)
    if SEA in sums:
        sums[SEA] = sums.pop(SEA)
    return sums


def figures_of(atlas: Atlas, found: Route) -> dict[str, str]:
    """Return the figures of the best way of a route, for a column of a comparison."""
    way = found.best
    statuses = dict(way.km_by_status)
    figures = {
        "from": place_name(atlas, found.start),
        "to": place_name(atlas, found.end),
        "length": km_text(way.km),
        "between": f"{way.low_km:,.0f} and {way.high_km:,.0f} km",
        "borders": str(len(way.borders)),
        "breaks of gauge": str(len(way.breaks)),
        "by sea": km_text(way.sea_km),
        "sea legs": str(len(runs_at_sea(way))),
        "operating": km_text(statuses.pop("operating", 0.0)),
        "resting on promises": km_text(way.promised_km),
        "not open": km_text(max(0.0, sum(statuses.values()) - way.promised_km)),
        "opening year unknown": km_text(way.undated_km),
        "narrowest known": f"{way.narrowest.capacity:g} {way.narrowest.unit}" if way.narrowest else "",
    }
    for entry in found.carriage:
        name = f"published, {unit_text(atlas, entry)}"
        figures[name] = "; ".join(filter(None, [figures.get(name), band_text(entry)]))
    totals: dict[str, float] = {}
    for code, km in way.km_by_country:
        totals[code] = totals.get(code, 0.0) + km
    return figures | {f"in {country_name(atlas, code)}": km_text(km) for code, km in totals.items()}


def changes(before: Way, after: Way) -> dict[str, str]:
    """Return by how much the figures of a way change, by the names that `figures_of` gives them."""
    counts = {
        "borders": len(after.borders) - len(before.borders),
        "breaks of gauge": len(after.breaks) - len(before.breaks),
    }
    lengths = {
        "length": after.km - before.km,
        "by sea": after.sea_km - before.sea_km,
        "resting on promises": after.promised_km - before.promised_km,
        "opening year unknown": after.undated_km - before.undated_km,
    }
    return {name: f"{change:+d}" if change else "0" for name, change in counts.items()} | {
        name: f"{change:+,.0f} km" if round(change) else "0 km" for name, change in lengths.items()
    }


def runs_at_sea(way: Way) -> list[str]:
    """Return the rows of the legs at sea, only the first of those right after each other."""
    runs = itertools.groupby(way.legs, lambda leg: leg.kind in AT_SEA)
    return [next(legs).row for is_at_sea, legs in runs if is_at_sea]


def unit_text(atlas: Atlas, entry: Carriage, lang: str = "en") -> str:
    """Return the unit of a published time or cost."""
    word = atlas.catalog.vocabulary.get("carriage_unit", {}).get(entry.unit)
    return word.label.in_language(lang) if word else entry.unit


def band_text(entry: Carriage) -> str:
    """Return the band of a published time or cost."""
    return f"{entry.low:,g}" if entry.low == entry.high else f"{entry.low:,g}–{entry.high:,g}"


def strip_lines(compared: Comparison) -> list[str]:
    """Return for each route what lies on the way, with the km from its start."""
    atlas = compared.routes[0].atlas
    lines: list[str] = []
    for label, strip in zip(compared.labels, compared.strips, strict=True):
        marks = []
        for mark in strip.marks:
            where = place_name(atlas, mark.place) if mark.place else "on the way"
            what = {
                "border": f"border {mark.leaves}–{mark.enters} {'at ' if mark.place else ''}{where}",
                "break_of_gauge": f"{mark.from_mm}/{mark.to_mm} mm at {where}",
                "port": f"port {where}",
            }[mark.what]
            marks.append(f"{mark.km:,.0f} {what}")
        lines.append(f"{label}, km: {'; '.join(marks) or 'nothing'}; {strip.km:,.0f} end")
    return lines


def carriage_lines(compared: Comparison) -> list[str]:
    """Return who says the published times and costs, each in a line."""
    atlas = compared.routes[0].atlas
    lines = []
    for label, found in zip(compared.labels, compared.routes, strict=True):
        for entry in found.carriage:
            source = atlas.catalog.sources[entry.source]
            lines.append(
                f"{label}: {band_text(entry)} {unit_text(atlas, entry)}, {entry.scope.en} "
                f"({source.publisher}, {entry.as_of})"
            )
    return ["", "Published times and costs", *lines] if lines else []
