"""To which state the parts of a row count for each worldview, where that is not what the map shows first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from sco_map.catalog import Catalog
from sco_map.layers.rows.features import Feature
from sco_map.model.geodesy import length_km

LAYER = "disputed_areas"
DEFAULT = "default"
LEAST_KM = 1.0
"""A shorter part of a state does not count as a stretch of its own."""


@dataclass(frozen=True)
class Area:
    """A disputed area: its land and the state it counts to by worldview, `DEFAULT` for what the map shows first."""

    land: shapely.Geometry
    counts_to: Mapping[str, str | None]

    def moves(self) -> Iterator[tuple[str, str, str]]:
        """Yield worldview, state by default and state for that worldview, where these two differ."""
        default = self.counts_to.get(DEFAULT)
        for worldview, state in self.counts_to.items():
            if default and state and state != default:
                yield worldview, default, state


def disputed(catalog: Catalog) -> list[Area]:
    """Return the disputed areas, none when the catalog has no such layer."""
    if LAYER not in catalog.layers:
        return []
    from sco_map.layers.land.borders import build_disputed_areas

    return [
        Area(shapely.geometry.shape(feature["geometry"]), feature["properties"]["counts_to"])
        for feature in build_disputed_areas(catalog)
        if feature["geometry"]
    ]


def parts_inside(line: shapely.Geometry, land: shapely.Geometry) -> list[shapely.LineString]:
    """Return the stretches of a line inside an area."""
    parts = shapely.get_parts(shapely.intersection(line, land))
    return [part for part in parts if shapely.get_type_id(part) == shapely.GeometryType.LINESTRING]


def km_of(parts: Sequence[shapely.LineString]) -> float:
    """Return the geodesic length of lines in km."""
    return sum(length_km([(float(lon), float(lat)) for lon, lat in part.coords]) for part in parts)


def with_moved(
    countries: Sequence[str], km: Mapping[str, float], start: str, end: str, moved: float, *, late: bool, slack: float
) -> tuple[list[str], dict[str, float]]:
    """Return countries and km with `moved` km of `start` given to `end`; `late`: they lie in its second half.

    When no more than `slack` km would be left to `start`, they go along.
    """
    rest = {**km, start: round(km[start] - moved, 2)}
    rest[end] = round(rest.get(end, 0.0) + moved, 2)
    order = list(countries)
    if end not in order:
        order.insert(order.index(start) + late, end)
    if rest[start] <= slack:
        rest[end] = round(rest[end] + rest.pop(start), 2)
        order.remove(start)
    return order, {country: rest[country] for country in order if country in rest}


def line_views(row: Mapping[str, Any], shape: shapely.Geometry, areas: Sequence[Area], places: shapely.Geometry) -> Any:
    """Return for each worldview that sees a line otherwise its countries in order and the km in each.

    A stretch not longer than twice the accuracy of the row counts only when a place of the row lies in it.
    """
    views: dict[str, Any] = {}
    for area in areas:
        if not area.land.intersects(shape):
            continue
        inside = parts_inside(shape, area.land)
        moved = km_of(inside) * row["length_km"] / row["drawn_km"]
        if moved <= 2 * row["accuracy_km"] and not area.land.intersects(places):
            continue
        for worldview, start, end in area.moves():
            before = views.get(worldview, row)
            countries, km = before["countries"], before["km_by_country"]
            if start not in km or moved < LEAST_KM:
                continue
            whole = shapely.line_merge(shape)
            middle = shapely.line_interpolate_point(inside[0], 0.5, normalized=True)
            share = shapely.line_locate_point(whole, middle, normalized=True) if whole.geom_type == "LineString" else 1
            ahead = sum(km.get(country, 0.0) for country in countries[: countries.index(start)])
            late = share * sum(km.values()) > ahead + km[start] / 2
            slack = max(LEAST_KM, row["accuracy_km"])
            order, by_country = with_moved(countries, km, start, end, min(moved, km[start]), late=late, slack=slack)
            views[worldview] = {"countries": order, "km_by_country": by_country}
    return views


def point_views(row: Mapping[str, Any], shape: shapely.Geometry, areas: Sequence[Area]) -> Any:
    """Return for each worldview that sees a point in another state that state."""
    return {
        worldview: {"countries": [end], "km_by_country": {}}
        for area in areas
        if area.land.intersects(shape)
        for worldview, start, end in area.moves()
        if row["countries"] == [start]
    }


def add_views(features: Sequence[Feature], areas: Sequence[Area], catalog: Catalog) -> None:
    """Set `views` of every feature that some worldview counts to other states than the map does first."""
    for feature in features:
        row = feature["properties"]
        if not feature["geometry"] or not row["countries"]:
            continue
        shape = shapely.geometry.shape(feature["geometry"])
        if row["km_by_country"]:
            stops = [catalog.places[id_] for id_ in row["places"]]
            places = shapely.MultiPoint([(place.lon, place.lat) for place in stops])
            views = line_views(row, shape, areas, places)
        elif shape.geom_type == "Point":
            views = point_views(row, shape, areas)
        else:
            continue
        if views:
            row["views"] = dict(sorted(views.items()))
