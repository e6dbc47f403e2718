"""Check the rows of layer files: their words against the catalog, their figures against their geometry."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sco_map.catalog import Catalog
from sco_map.check.geojson import geometry_faults, lines_in, numbers_in, positions
from sco_map.model.accuracy import row_figures
from sco_map.model.dates import first_disorder
from sco_map.model.geodesy import distance_km, length_km
from sco_map.model.kinds import BORDERS, MAY_LEAVE, WATERCOURSES
from sco_map.model.sphere import KM_PER_DEGREE
from sco_map.model.suggestions import unknown

Feature = Mapping[str, Any]
Box = tuple[float, float, float, float]

MARGIN_DEGREES = 1.0
ROUNDING_KM = 0.02


@dataclass
class RowCheck:
    """The check of the rows of one or more files: the facts to check against and what was seen so far.

    `seen` has the file of each id, `ends` the ends of the lines of a project at each place.
    """

    catalog: Catalog
    seen: dict[str, str] = field(default_factory=dict)
    ends: dict[str, list[tuple[str, tuple[float, float], float]]] = field(default_factory=dict)

    def feature_faults(self, feature: Any, layer: str, id_: str, file: str) -> Iterator[str]:
        """Yield everything wrong with one feature."""
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            yield "is no Feature"
            return
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            yield "has no properties"
            return
        if not id_:
            yield "has no id"
        else:
            # Rows share one namespace; what lies under them has one a file.
            key = id_ if layer in self.catalog.layers else f"{layer} {id_}"
            if key in self.seen:
                yield f"duplicate id, already in {self.seen[key]}"
            else:
                self.seen[key] = file
        if any(not math.isfinite(number) for number in numbers_in(properties)):
            yield "has NaN or an infinite number in its properties, which is no JSON; write null for unknown"
        faults = list(geometry_faults(feature.get("geometry")))
        yield from faults
        if layer not in self.catalog.layers:
            # A person's own file may have any name; then each row says which layer it is made for.
            layer = str(properties.get("layer"))
        if layer not in self.catalog.layers:
            return
        yield from self.fact_faults(properties, layer)
        yield from accuracy_faults(feature)
        if not faults and feature.get("geometry") is not None:
            yield from self.place_faults(feature, layer)
            if "Line" in feature["geometry"]["type"] and properties.get("kind") not in BORDERS:
                yield from line_faults(feature)
                yield from self.route_faults(feature)

    def fact_faults(self, row: Mapping[str, Any], layer: str) -> Iterator[str]:
        """Yield words and ids that the catalog does not know, and dates out of order."""
        words = self.catalog.vocabulary
        if row.get("layer") != layer:
            yield f"is in layer {row.get('layer')!r}, but the file is {layer!r}"
        yield from unknown_among("kind", [row.get("kind")], words.get("kind", {}))
        status = [phase.get("status") for phase in row.get("phases") or ()]
        yield from unknown_among("status", [*status, row.get("status")], words.get("status", {}), empty=True)
        yield from unknown_among("role", [role.get("role") for role in row.get("roles") or ()], words.get("role", {}))
        yield from unknown_among("confidence", [row.get("confidence")], words.get("confidence", {}), empty=True)
        yield from unknown_among("licence", [row.get("licence")], self.catalog.licences)
        yield from unknown_among("project", row.get("projects") or (), self.catalog.projects)
        if row.get("kind") not in BORDERS:
            yield from unknown_among("country", row.get("countries") or (), self.catalog.countries)
        yield from unknown_among("source", row.get("sources") or (), self.catalog.sources)
        if not row.get("sources"):
            yield "has no source"
        if not row.get("as_of"):
            yield "has no date (as_of)"
        if status and row.get("status") != status[-1]:
            yield f"status {row.get('status')!r} is not that of its last phase, {status[-1]!r}"
        dates = [str(phase["from"]) for phase in row.get("phases") or () if phase.get("from")]
        if first_disorder(dates):
            yield f"phases are out of order: {', '.join(dates)}"

    def place_faults(self, feature: Feature, layer: str) -> Iterator[str]:
        """Yield when a geometry lies outside its layer or its countries, and whether it looks swapped."""
        row = feature["properties"]
        points = list(positions(feature["geometry"]["coordinates"]))
        slack = (row.get("accuracy_km") or 0) / KM_PER_DEGREE
        boxes: list[tuple[str, Box]] = [(f"the layer {layer!r}", self.catalog.layers[layer].extent)]
        named = [self.catalog.countries[code] for code in row.get("countries") or () if code in self.catalog.countries]
        is_area = "Polygon" in feature["geometry"]["type"]
        if named and row.get("kind") not in MAY_LEAVE and not is_area:
            boxes.append((" and ".join(country.id for country in named), around([country.bbox for country in named])))
        for name, box in boxes:
            if all(inside(point, box, slack) for point in points):
                continue
            west, south, east, north = box
            outside = next(point for point in points if not inside(point, box, slack))
            swapped = all(inside([point[1], point[0]], box, slack) for point in points)
            guess = "; longitude and latitude look swapped" if swapped else ""
            yield (
                f"position {outside} lies outside {name} ({west:g} to {east:g} E, {south:g} to {north:g} N){guess}; "
                "write longitude first"
            )
            return

    def route_faults(self, feature: Feature) -> Iterator[str]:
        """Yield when a line misses its end places, a neighbour at the same place, or the order of its countries."""
        row = feature["properties"]
        pieces = row.get("pieces") or ()
        lines = lines_in(feature["geometry"])
        if not pieces or len(pieces) != len(lines):
            return
        for piece, key, position in ((pieces[0], "from", lines[0][0]), (pieces[-1], "to", lines[-1][-1])):
            if piece.get(key) is None and row.get("kind") in WATERCOURSES:
                continue
            place = self.catalog.places.get(piece.get(key) or "")
            if place is None:
                yield f"begins or ends at {piece.get(key)!r}, which is no place of the catalog"
                continue
            point = (float(position[0]), float(position[1]))
            away = distance_km(point, (place.lon, place.lat))
            allowed = max(piece.get("accuracy_km") or 0, place.accuracy_km)
            if away > allowed:
                yield f"ends {away:.1f} km from its place {place.id!r}, more than the accuracy there of {allowed:g} km"
            project = (row.get("projects") or [""])[0]
            for other, there, slack in self.ends.setdefault(f"{project} {place.id}", []):
                gap = distance_km(point, there)
                if gap > allowed + slack:
                    yield f"does not join {other!r} at {place.id!r}: a gap of {gap:.1f} km"
            self.ends[f"{project} {place.id}"].append((str(row["id"]), point, allowed))
        yield from self.order_faults(row)

    def order_faults(self, row: Mapping[str, Any]) -> Iterator[str]:
        """Yield when the countries are not in the order in which the places of the line come."""
        segment = self.catalog.segments.get(row.get("id", ""))
        while segment is not None and segment.same_route_as is not None:
            segment = self.catalog.segments.get(segment.same_route_as)
        if segment is None:
            return
        countries = (self.catalog.places[stop].country for stop in segment.via)
        travelled = [country for country, _ in itertools.groupby(countries)]
        real = {excursion.country for excursion in segment.excursions}
        listed = [country for country in row.get("countries") or () if country in travelled and country not in real]
        rest = iter(travelled)
        if not all(country in rest for country in listed):
            yield f"countries {', '.join(listed)} are not in the order of travel {', '.join(travelled)}"


def feature_id(feature: Any) -> str:
    """Return the id of a feature, "" when it has none."""
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    inner = properties.get("id") if isinstance(properties, dict) else None
    return str(inner or feature.get("id") or "")


def unknown_among(what: str, values: Sequence[Any], known: Mapping[str, Any], *, empty: bool = False) -> Iterator[str]:
    """Yield a sentence for each of `values` that is not `known`; None is known when `empty`."""
    for value in dict.fromkeys(values):
        if value in known or (empty and value is None):
            continue
        yield f"has no {what}" if value is None else unknown(what, str(value), list(known))


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around all of `boxes`."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def inside(position: Sequence[float], box: Box, slack: float) -> bool:
    """Tell whether a position lies inside a box, a degree and `slack` degrees outside included."""
    west, south, east, north = box
    by = MARGIN_DEGREES + slack
    return west - by <= position[0] <= east + by and south - by <= position[1] <= north + by


def accuracy_faults(feature: Feature) -> Iterator[str]:
    """Yield when a row does not say how accurate it is; a row without a geometry has nothing to be accurate."""
    row = feature["properties"]
    if feature.get("geometry") is None:
        return
    missing = [key for key in ("accuracy_km", "accuracy_mean_km", "accuracy_worst_km") if not positive(row.get(key))]
    if missing:
        yield f"says nothing of its accuracy: {', '.join(missing)} must be greater than 0"
    elif not row.get("accuracy_basis"):
        yield "has no accuracy_basis"


def positive(value: Any) -> bool:
    """Tell whether a value is a number above 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0


def line_faults(feature: Feature) -> Iterator[str]:
    """Yield when the figures of a line do not follow from its geometry and its pieces."""
    row = feature["properties"]
    lines = [[(float(point[0]), float(point[1])) for point in line] for line in lines_in(feature["geometry"])]
    for end, start in itertools.pairwise(lines):
        gap = distance_km(end[-1], start[0])
        if gap > ROUNDING_KM and abs(end[-1][0]) < 180:
            yield f"has a gap of {gap:.2f} km between two parts"
    drawn = sum(length_km(line) for line in lines)
    if not positive(row.get("length_km")):
        yield "has no length_km"
    elif abs(drawn - row["length_km"]) > ROUNDING_KM:
        yield f"length_km {row['length_km']} is not its geodesic length of {drawn:.2f} km"
    by_country = row.get("km_by_country") or {}
    if sum(by_country.values()) > drawn + ROUNDING_KM * (1 + len(by_country)):
        yield f"km_by_country adds up to {sum(by_country.values()):.2f} km, more than its length of {drawn:.2f} km"
    listed = [country for country in row.get("countries") or () if country in by_country]
    if listed != list(by_country):
        yield "km_by_country names other countries than countries does, or in another order"
    pieces = row.get("pieces") or ()
    if len(pieces) != len(lines):
        yield f"has {len(pieces)} pieces, but its geometry has {len(lines)} parts"
    elif all(positive(piece.get("km")) and positive(piece.get("accuracy_km")) for piece in pieces):
        figures = row_figures(
            [piece["km"] for piece in pieces],
            [piece["accuracy_km"] for piece in pieces],
            [piece.get("basis", "") for piece in pieces],
        )
        if positive(row.get("accuracy_km")) and abs(figures.accuracy_km - row["accuracy_km"]) > 0.15:
            yield f"accuracy_km {row['accuracy_km']} does not follow from its pieces, which give {figures.accuracy_km}"
    else:
        yield "has a piece without km or without accuracy_km"
