"""The answer to a question for a route, as a value that prints, tabulates and goes out as GeoJSON."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from sco_map.atlas import Atlas
from sco_map.catalog import Carriage, LocalText
from sco_map.model.geodesy import distances_km
from sco_map.model.languages import LANGUAGES
from sco_map.model.own import PREFIX
from sco_map.model.texts import counted
from sco_map.routing.complaints import thing_called
from sco_map.routing.questions import Question
from sco_map.routing.route import Border, Leg, Way, ways_between

Json = dict[str, Any]
ANSWER = "route"
"""What a file of legs calls itself, so that nobody takes it for a layer of the map."""

SAME_PLACE_KM = 0.001
"""Points of a line no farther apart than this are equally near to a place: then the first one counts."""

STUDY = "A study of what the map knows, not a timetable."


@dataclass(frozen=True)
class Route:
    """The ways from one place to another, the best first.

    `passed` and `avoided` are the ids of what was to be passed on the way and left aside, `subject` and `title` id and
    name of the corridor, project or row that it is, where it is one; `carriage` the times and costs that sources
    publish for it.
    """

    start: str
    end: str
    question: Question
    year: int
    ways: tuple[Way, ...]
    atlas: Atlas = field(repr=False, compare=False)
    passed: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    subject: str | None = None
    title: LocalText | None = None
    carriage: tuple[Carriage, ...] = ()

    @property
    def best(self) -> Way:
        """The best way."""
        return self.ways[0]

    def to_frame(self, way: int = 0) -> pd.DataFrame:
        """Return the legs of a way as a table."""
        legs = enumerate(self.ways[way].legs, start=1)
        return pd.DataFrame([{"way": way + 1, "leg": place, **leg_record(self.atlas, leg)} for place, leg in legs])

    def to_dict(self) -> Json:
        """Return everything as JSON values."""
        named = {"line": self.subject, "title": local_texts(self.title)} if self.subject and self.title else {}
        return {
            **named,
            "from": self.start,
            "to": self.end,
            "year": self.year,
            "promised": self.question.promised,
            "kinds": list(self.question.kinds),
            "via": list(self.passed),
            "avoid": list(self.avoided),
            "by": self.question.by,
            "worldview": self.question.worldview,
            "ways": [way_record(self.atlas, way) for way in self.ways],
            "own_ends": [asdict(end) for way in self.ways for end in own_ends(self.atlas, way)],
            "carriage": [carriage_record(entry) for entry in self.carriage],
            "note": STUDY,
        }

    def to_geojson(self) -> str:
        """Return the legs of all ways as GeoJSON, drawn as on the map."""
        features = [
            {
                "type": "Feature",
                "properties": {"way": number, "leg": place, **leg_record(self.atlas, leg)},
                "geometry": leg_geometry(self.atlas, leg),
            }
            for number, way in enumerate(self.ways, start=1)
            for place, leg in enumerate(way.legs, start=1)
        ]
        lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in features)
        rows = {leg.row for way in self.ways for leg in way.legs}
        layers = self.atlas.rows.loc[self.atlas.rows["id"].isin(rows), "layer"].unique()
        credits = dict.fromkeys(str(self.atlas.heads.get(layer, {}).get("attribution") or "") for layer in layers)
        head: Json = {"type": "FeatureCollection", "name": f"route_{self.start}_{self.end}", "answer": ANSWER}
        head |= {"year": self.year, "note": STUDY}
        head["attribution"] = "; ".join(filter(None, credits))
        opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
        return f'{opening},"features":[\n{lines}\n]}}\n'

    def __str__(self) -> str:
        """Return the best way in words, and the alternatives in a line each."""
        lines = way_lines(self.atlas, self)
        if len(self.ways) > 1:
            lines += ["", "Alternatives"]
            lines += [f"  {summary_line(self.atlas, way)}" for way in self.ways[1:]]
        return "\n".join([*lines, "", STUDY])

    def _repr_html_(self) -> str:
        """Return the same for a notebook."""
        return f"<pre>{html.escape(str(self))}</pre>"


def route(
    atlas: Atlas,
    start: str,
    end: str,
    *,
    year: int | None = None,
    promised: bool = False,
    kinds: Iterable[str] = Question().kinds,
    via: Iterable[str] = (),
    avoid: Iterable[str] = (),
    by: str = "shortest",
    alternatives: int = 3,
    worldview: str | None = None,
) -> Route:
    """Return the best way from `start` to `end` with up to three that really differ; RoutingError says why none.

    start, end: places by id or by name in any of the four languages. via: what to pass in this order, avoid: what to
    leave aside: places, states, rows or projects, by id, code or name.
    year: the network as of that year; None is the year of the facts. promised: with what was announced for it.
    kinds: which links count; roads and pipelines only on request. by: shortest, borders or gauges (fewest of them).
    worldview: whose view of borders decides to which states km in disputed areas count.
    """
    asked = Question(year, bool(promised), tuple(dict.fromkeys(kinds)), tuple(dict.fromkeys(avoid)), by, worldview)
    found = ways_between(atlas, start, end, asked, via=tuple(via), alternatives=alternatives)
    then = atlas.year if year is None else year
    first, last = found.ways[0].legs[0], found.ways[0].legs[-1]
    return Route(first.start, last.end, asked, then, found.ways, atlas, found.passed, found.avoided)


# -- words and figures -------------------------------------------------------------------------------------------------


def place_name(atlas: Atlas, id_: str) -> str:
    """Return the English name of a place."""
    return atlas.catalog.places[id_].name_en


def country_name(atlas: Atlas, code: str) -> str:
    """Return the English name of a state."""
    country = atlas.catalog.countries.get(code)
    return country.name.en if country else code


def thing_name(atlas: Atlas, id_: str) -> str:
    """Return a place, state, project or row by its English name."""
    name = thing_called(atlas, id_).name
    return name.en if name else id_


def km_text(km: float) -> str:
    """Return a length in whole km."""
    return f"{km:,.0f} km"


def local_texts(text: LocalText) -> dict[str, str]:
    """Return a text in every language it has."""
    return {lang: found for lang in LANGUAGES if (found := getattr(text, lang))}


def carriage_record(entry: Carriage) -> Json:
    """Return a published time or cost as plain values."""
    return {**entry.model_dump(mode="json", exclude={"scope"}), "scope": local_texts(entry.scope)}


def leg_record(atlas: Atlas, leg: Leg) -> Json:
    """Return a leg as plain values; the page's files have the same (web/src/answers/files.ts)."""
    return {
        "from": leg.start,
        "from_name": place_name(atlas, leg.start),
        "to": leg.end,
        "to_name": place_name(atlas, leg.end),
        "direction": leg.direction,
        "km": leg.km,
        "accuracy_km": leg.accuracy_km,
        "length_basis": leg.length_basis,
        "kind": leg.kind,
        "gauge_mm": leg.gauge_mm,
        "status": leg.status,
        "promised": leg.promised,
        "countries": dict(leg.countries),
        "capacity": leg.capacity,
        "capacity_unit": leg.capacity_unit,
        "row": leg.row,
        "title": leg.title,
        "places": list(leg.places),
        "sources": list(leg.sources),
    }


def way_record(atlas: Atlas, way: Way) -> Json:
    """Return a way as plain values."""
    return {
        "km": way.km,
        "low_km": way.low_km,
        "high_km": way.high_km,
        "km_by_country": [list(entry) for entry in way.km_by_country],
        "sea_km": way.sea_km,
        "promised_km": way.promised_km,
        "undated_km": way.undated_km,
        "km_by_status": dict(way.km_by_status),
        "borders": [asdict(border) for border in way.borders],
        "breaks_of_gauge": [asdict(entry) for entry in way.breaks],
        "narrowest": asdict(way.narrowest) if way.narrowest else None,
        "legs": [leg_record(atlas, leg) for leg in way.legs],
    }


def border_text(atlas: Atlas, border: Border) -> str:
    """Return a crossing in words."""
    states = f"{country_name(atlas, border.leaves)}–{country_name(atlas, border.enters)}"
    if border.at:
        return f"{states} at {place_name(atlas, border.at)}"
    ends = " and ".join(place_name(atlas, end) for end in border.between)
    return f"{states} {'by sea ' if border.by_sea else ''}between {ends}"


def status_text(way: Way) -> str:
    """Return which share of a way is operating, being built, or only planned."""
    return ", ".join(f"{100 * km / way.km:.0f} % {status}" for status, km in way.km_by_status)


def summary_line(atlas: Atlas, way: Way) -> str:
    """Return a way in one line, by what tells it from others: its states and its sea legs."""
    through = ", ".join(country_name(atlas, code) for code in dict.fromkeys(code for code, _ in way.km_by_country))
    over = "; ".join(f"{place_name(atlas, leg.start)}–{place_name(atlas, leg.end)}" for leg in way.ferries)
    figures = f"{km_text(way.km)}, {counted(len(way.borders), 'border')}, {counted(len(way.breaks), 'change')} of gauge"
    return f"{figures}: {through}{f' (by sea {over})' if over else ''}"


def way_lines(atlas: Atlas, found: Route) -> list[str]:
    """Return the best way of a route in words and as a table of its legs."""
    way = found.best
    head = [f"{place_name(atlas, found.start)} – {place_name(atlas, found.end)}", str(found.year)]
    head += ["with what is promised"] if found.question.promised else []
    head += [f"through {thing_name(atlas, id_)}" for id_ in found.passed]
    head += [f"without {thing_name(atlas, id_)}" for id_ in found.avoided]
    lines = [
        ", ".join(head),
        f"Length      {km_text(way.km)} (between {way.low_km:,.0f} and {way.high_km:,.0f})"
        + (f", {km_text(way.sea_km)} of them by sea" if way.sea_km else ""),
        "By country  " + ", ".join(f"{country_name(atlas, code)} {km:,.0f}" for code, km in way.km_by_country),
        f"Borders     {len(way.borders)}" + listed(border_text(atlas, border) for border in way.borders),
        f"Gauge       {counted(len(way.breaks), 'change')}"
        + listed(f"{place_name(atlas, entry.place)} {entry.from_mm}/{entry.to_mm} mm" for entry in way.breaks),
        f"Status      {status_text(way)}"
        + (f"; {km_text(way.promised_km)} rest on promises" if way.promised_km else "")
        + (f"; of {km_text(way.undated_km)} the year of opening is not known" if way.undated_km else ""),
    ]
    if way.narrowest:
        lines.append(
            f"Capacity    {way.narrowest.capacity:g} {way.narrowest.unit} at the narrowest known, {way.narrowest.row}; "
            f"it is known for {km_text(way.narrowest.known_km)}"
        )
    if own := "; ".join(own_text(atlas, end) for end in own_ends(atlas, way)):
        lines.append(f"Own lines   {own}")
    numbers = numbered_sources([way])
    legs = [
        [
            place_name(atlas, leg.start),
            place_name(atlas, leg.end),
            leg.direction,
            f"{leg.km:,.0f}",
            leg.kind,
            str(leg.gauge_mm or ""),
            leg.status + (" (promised)" if leg.promised else ""),
            leg.row,
            ", ".join(str(numbers[source]) for source in leg.sources),
        ]
        for leg in way.legs
    ]
    heads = ["from", "to", "towards", "km", "kind", "gauge", "status", "row", "sources"]
    return [*lines, "", text_table(heads, legs), *source_lines(atlas, numbers)]


@dataclass(frozen=True)
class OwnEnd:
    """An end of a line of the reader's: it counts as a place, from which it lies some km away."""

    row: str
    place: str
    km: float


def own_ends(atlas: Atlas, way: Way) -> Iterable[OwnEnd]:
    """Yield the ends of the reader's own lines on a way that count as places of the map."""
    for leg in way.legs:
        if not leg.row.startswith(PREFIX):
            continue
        points = shapely.get_coordinates(atlas.rows.geometry.iloc[atlas.row_numbers[leg.row]])[[0, -1]]
        longitudes, latitudes = np.ascontiguousarray(points.T)
        for id_ in (leg.start, leg.end):
            place = atlas.catalog.places[id_]
            if not id_.startswith(PREFIX):
                km = distances_km(longitudes, latitudes, (place.lon, place.lat))
                yield OwnEnd(leg.row, id_, round(float(km.min()), 1))


def own_text(atlas: Atlas, end: OwnEnd) -> str:
    """Return in words which place an end of a reader's line counts as."""
    return f"{end.row} ends {end.km:g} km from {place_name(atlas, end.place)} and counts as ending there"


def numbered_sources(ways: Iterable[Way]) -> dict[str, int]:
    """Return the sources of ways with their numbers, in the order in which their legs name them."""
    cited = dict.fromkeys(source for way in ways for leg in way.legs for source in leg.sources)
    return {source: number for number, source in enumerate(cited, start=1)}


def source_lines(atlas: Atlas, numbers: Mapping[str, int]) -> list[str]:
    """Return the list that the numbers of sources refer to."""
    if not numbers:
        return []
    sources = atlas.catalog.sources
    lines = []
    for id_, number in numbers.items():
        known = sources.get(id_)
        texts = [known.title, known.publisher, known.url] if known else [id_]
        lines.append(f"  [{number}] {', '.join(filter(None, texts))}")
    return ["", "Sources", *lines]


def listed(texts: Iterable[str]) -> str:
    """Return texts behind a colon, nothing for none."""
    joined = "; ".join(texts)
    return f": {joined}" if joined else ""


def text_table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return lines in columns, numbers to the right."""
    widths = [max(len(line[at]) for line in [head, *lines]) for at in range(len(head))]
    right = [
        bool(lines)
        and all(line[at].replace(",", "").replace(".", "").lstrip("-+").isdigit() for line in lines if line[at])
        for at in range(len(head))
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in [head, *lines]
    )


# -- geometry ----------------------------------------------------------------------------------------------------------


def leg_geometry(atlas: Atlas, leg: Leg) -> Mapping[str, Any]:
    """Return the part of a row's line between the ends of a leg, in the direction of travel."""
    points, at = stops_along(atlas, leg.row)
    numbers = [step.link.number for step in leg.steps]
    first, last = min(numbers), max(numbers) + 1
    part = points[at[first] : at[last] + 1]
    part = [point for index, point in enumerate(part) if index == 0 or point != part[index - 1]]
    if leg.steps[0].back:
        part.reverse()
    if len(part) < 2:
        ends = [atlas.catalog.places[end] for end in (leg.start, leg.end)]
        part = [(place.lon, place.lat) for place in ends]
    return {"type": "LineString", "coordinates": [list(point) for point in part]}


@lru_cache(maxsize=256)
def stops_along(atlas: Atlas, row: str) -> tuple[Sequence[tuple[float, ...]], Sequence[int]]:
    """Return the points of a row's line, and which of them are its places."""
    at = atlas.row_numbers[row]
    hops = atlas.rows["hops"].iloc[at]
    points = [tuple(point) for point in shapely.get_coordinates(atlas.rows.geometry.iloc[at]).tolist()]
    return points, positions_of(atlas, [hop["from"] for hop in hops] + [hops[-1]["to"]], points)


def positions_of(atlas: Atlas, stops: Sequence[str], points: Sequence[tuple[float, ...]]) -> list[int]:
    """Return which point of a line is nearest to each of its places, in order; its ends are the first and the last."""
    longitudes, latitudes = np.asarray(points, dtype=float).T
    found = [0]
    for stop in stops[1:-1]:
        place, start = atlas.catalog.places[stop], found[-1]
        km = distances_km(longitudes[start:], latitudes[start:], (place.lon, place.lat))
        near = np.flatnonzero(km <= km.min() + SAME_PLACE_KM)
        found.append(start + min((round(float(km[at]), 3), int(at)) for at in near)[1])
    return [*found, len(points) - 1]
