"""Which countries a line runs through, in order of travel, and for how many km of each: read from its geometry."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.ops import nearest_points

from sco_map.model.geodesy import Point, distance_km


@dataclass(frozen=True)
class Stretch:
    """A part of a line inside one country; `country` is None at sea.

    `slack_km` is the worst accuracy of the line there. A stretch is `anchored` when a place that the catalog puts into
    this country lies in it.
    """

    country: str | None
    km: float
    slack_km: float
    anchored: bool = False


@dataclass(frozen=True)
class Stop:
    """A place on a line: km from its start, the country the catalog puts it into, and how far outside it may lie."""

    at_km: float
    country: str
    tolerance_km: float


@dataclass(frozen=True)
class Travel:
    """The answer: `countries` in order of travel, geodesic km inside each, and the long unexplained crossings.

    `cut_corners` are the km drawn through countries that were dropped because the accuracy covers them; `stretches`
    are the parts that were kept, from one end of the line to the other.
    """

    countries: tuple[str, ...]
    km_by_country: Mapping[str, float]
    unexplained: tuple[Stretch, ...]
    cut_corners: Mapping[str, float] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()


class CountryMap:
    """Land areas with the country each belongs to, ready to be asked about points and lines.

    `areas` maps an ISO 3166-1 alpha-3 code to the polygons (WGS 84) that count to it; polygons do not overlap.
    """

    def __init__(self, areas: Mapping[str, shapely.Geometry]) -> None:
        parts = [(code, part) for code in sorted(areas) for part in shapely.get_parts(areas[code])]
        self.codes = [code for code, _ in parts]
        self.polygons = np.array([part for _, part in parts], dtype=object)
        shapely.prepare(self.polygons)
        self.tree = shapely.STRtree(self.polygons)

    def at(self, point: Point) -> str | None:
        """Return the country in which a point lies, or None."""
        found = self.tree.query(shapely.Point(point), predicate="intersects")
        return self.codes[min(found)] if len(found) else None

    def distance_km(self, point: Point, country: str) -> float:
        """Return how far a point lies outside `country`, 0 inside, infinity for an unknown country."""
        here = shapely.Point(point)
        areas = [polygon for code, polygon in zip(self.codes, self.polygons, strict=True) if code == country]
        if not areas:
            return float("inf")
        nearest = nearest_points(min(areas, key=here.distance), here)[0]
        return distance_km(as_point(nearest.coords[0]), point)

    def stretches(self, points: Sequence[Point], slack_km: float) -> list[Stretch]:
        """Return the parts of a line in order of travel, each inside one country or at sea."""
        segments = shapely.linestrings([[start, end] for start, end in itertools.pairwise(points)])
        near, area = self.tree.query(segments, predicate="intersects")
        whole = shapely.contains_properly(self.polygons[area], segments[near])
        found: list[list[tuple[float, float, str]]] = [[] for _ in segments]
        for index, polygon, inside in zip(near, area, whole, strict=True):
            code = self.codes[polygon]
            if inside:
                found[index].append((0.0, 1.0, code))
            else:
                for part in shapely.get_parts(shapely.intersection(segments[index], self.polygons[polygon])):
                    if shapely.get_type_id(part) == shapely.GeometryType.LINESTRING:
                        ends = sorted(share(segments[index], end) for end in shapely.get_coordinates(part)[[0, -1]])
                        found[index].append((ends[0], ends[1], code))
        stretches: list[Stretch] = []
        for segment, parts in zip(segments, found, strict=True):
            start, end = (as_point(pair) for pair in shapely.get_coordinates(segment))
            km = distance_km(start, end)
            stretches += (Stretch(code, km * (to - since), slack_km) for since, to, code in filled(parts) if to > since)
        return joined(stretches)


def as_point(pair: Sequence[float]) -> Point:
    """Return the two numbers of a coordinate as a point."""
    return float(pair[0]), float(pair[1])


def share(segment: shapely.LineString, point: Sequence[float]) -> float:
    """Return where on a two-point line `point` lies, from 0 at its start to 1 at its end."""
    (x1, y1), (x2, y2) = (as_point(pair) for pair in segment.coords)
    along = (float(point[0]) - x1) * (x2 - x1) + (float(point[1]) - y1) * (y2 - y1)
    return min(1.0, max(0.0, along / ((x2 - x1) ** 2 + (y2 - y1) ** 2)))


def filled(parts: Iterable[tuple[float, float, str]]) -> list[tuple[float, float, str | None]]:
    """Return the parts of one stretch from 0 to 1 in order, with None where there is no country."""
    result: list[tuple[float, float, str | None]] = []
    reached = 0.0
    for since, to, code in sorted(parts):
        if since > reached:
            result.append((reached, since, None))
        if to > reached:
            result.append((max(since, reached), to, code))
            reached = to
    if reached < 1.0:
        result.append((reached, 1.0, None))
    return result


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches with neighbours of the same country made one."""
    result: list[Stretch] = []
    for stretch in stretches:
        if result and result[-1].country == stretch.country:
            last = result[-1]
            result[-1] = Stretch(
                last.country,
                last.km + stretch.km,
                max(last.slack_km, stretch.slack_km),
                last.anchored or stretch.anchored,
            )
        else:
            result.append(stretch)
    return result


def over_land(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches of a line that never leaves the land: what is drawn over water counts to the state before.

    Water at the start counts to the first state; a line that touches no state stays as it is.
    """
    result = list(stretches)
    state = next((stretch.country for stretch in result if stretch.country is not None), None)
    for index, stretch in enumerate(result):
        state = stretch.country or state
        result[index] = replace(stretch, country=state)
    return joined(result)


def anchored(stretches: Sequence[Stretch], stops: Iterable[Stop]) -> list[Stretch]:
    """Return the stretches, marking those in which a place lies that the catalog puts into the same country.

    A place that lies just outside its country (a border station, a port in the sea) marks the nearest stretch of its
    country within its tolerance.
    """
    result = list(stretches)
    for stop in stops:
        start = 0.0
        nearest: tuple[float, int] | None = None
        for index, stretch in enumerate(result):
            end = start + stretch.km
            away = max(start - stop.at_km, stop.at_km - end, 0.0)
            if stretch.country == stop.country and away <= stop.tolerance_km and (nearest is None or away < nearest[0]):
                nearest = away, index
            start = end
        if nearest is not None:
            result[nearest[1]] = replace(result[nearest[1]], anchored=True)
    return result


def without_excursions(stretches: Sequence[Stretch], real: Collection[str] = ()) -> list[Stretch]:
    """Return the stretches without those that the accuracy of the line cannot tell from a wobble.

    A stretch not longer than twice the accuracy there is given to the one before it (the first one: to the one after),
    shortest first, unless a place of the catalog lies in it or its country is among the `real` excursions. A stretch at
    sea gives way likewise.
    """
    result = joined(stretches)
    while len(result) > 1:
        doubtful = [
            (round(stretch.km, 2), index)
            for index, stretch in enumerate(result)
            if not stretch.anchored and stretch.country not in real and stretch.km <= 2 * stretch.slack_km
        ]
        if not doubtful:
            break
        _, index = min(doubtful)
        heir = index - 1 if index else 1
        result[index] = replace(result[index], country=result[heir].country)
        result = joined(result)
    return result


def travel(stretches: Sequence[Stretch], *, real: Collection[str] = (), ends: tuple[str, str]) -> Travel:
    """Return countries and km of a line from its `stretches`.

    `ends` are the countries of its two end places: they are named even when the line begins or ends at sea, or at a
    border station that the map has on the other side. A crossing that outlives the accuracy, holds no place of its
    country and is not a `real` excursion is `unexplained`.
    """
    kept = without_excursions(stretches, real)
    km = km_by_country(kept)
    order = [stretch.country for stretch in kept if stretch.country is not None]
    start, end = ends
    if kept[0].country is None or start not in order:
        order.insert(0, start)
    if end not in order:
        order.append(end)
    return Travel(
        countries=tuple(dict.fromkeys(order)),
        km_by_country=km,
        unexplained=tuple(crossing for crossing in crossings(kept) if crossing.country not in real),
        cut_corners={country: length for country, length in km_by_country(stretches).items() if country not in order},
        stretches=tuple(kept),
    )


def crossings(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches on land that hold no place of their country and follow another one, with the sea left out.

    Along a coast a line leaves its country and comes back to it: that is not a crossing.
    """
    on_land = joined(stretch for stretch in stretches if stretch.country is not None)
    return [stretch for stretch in on_land if not stretch.anchored]


def km_by_country(stretches: Iterable[Stretch]) -> dict[str, float]:
    """Return the km of the stretches inside each country, in order of travel."""
    km: dict[str, float] = {}
    for stretch in stretches:
        if stretch.country is not None:
            km[stretch.country] = km.get(stretch.country, 0.0) + stretch.km
    return {country: round(length, 2) for country, length in km.items()}
