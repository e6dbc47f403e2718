"""What makes a file valid GeoJSON (RFC 7946) in longitude and latitude; knows nothing of rows and catalogs.

Geometries are looked at all at once; the few that look wrong are then looked at one by one, to say what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.polygon import LinearRing

from sco_map.model.texts import quoted

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
LONGITUDE_LATITUDE = re.compile(r"(CRS84h?|EPSG:+(\d*:)?4326|WGS ?84)$", re.IGNORECASE)
HALF_TURN = 180
METRES = 1000
"""Coordinates beyond this are metres of some projection rather than badly written degrees."""

Shapes = NDArray[np.object_]


def collection_faults(value: Any) -> Iterator[str]:
    """Yield what keeps a JSON value from being a FeatureCollection in longitude and latitude."""
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        yield 'is not a GeoJSON FeatureCollection; its first member is "type": "FeatureCollection"'
        return
    if not isinstance(value.get("features"), list):
        yield f"has no list of features; the member features is {quoted(value.get('features'))}"
    if "crs" in value:
        yield crs_fault(value["crs"])


def crs_fault(crs: Any) -> str:
    """Say what is wrong with a collection that has a member crs."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else crs
    if isinstance(name, str) and not LONGITUDE_LATITUDE.search(name):
        return (
            f"has the coordinate system {quoted(name)}; "
            "convert it to longitude and latitude in WGS 84 and leave the member crs out"
        )
    return "has a member crs, which GeoJSON gave up in 2016; leave it out"


def parsed(geometries: Sequence[Any]) -> tuple[Shapes, dict[int, list[str]]]:
    """Return the geometries as shapely's (None for null and for faulty ones), and by position what is wrong with them.

    `geometries` are JSON values in any state.
    """
    texts = np.array([as_text(geometry) for geometry in geometries], dtype=object)
    with np.errstate(all="ignore"):
        shapes: Shapes = shapely.from_geojson(texts, on_invalid="ignore") if len(texts) else texts
    doubtful = [
        at
        for at, geometry in enumerate(geometries)
        if geometry is not None and (shapes[at] is None or geometry["type"] not in DEPTH)
    ]
    faults = {}
    for at in [*doubtful, *suspicious(shapes)]:
        if found := list(geometry_faults(geometries[at])):
            faults[at] = found
            shapes[at] = None
    return shapes, faults


def as_text(geometry: Any) -> str | None:
    """Return a geometry as JSON text, None for null and for what cannot be one."""
    if not isinstance(geometry, dict):
        return None
    try:
        return orjson.dumps(geometry).decode()
    except TypeError:  # half a character, a number of more than 64 bits, hundreds of levels
        return None


def suspicious(shapes: Shapes) -> list[int]:
    """Return the positions of the geometries that are empty in part, out of range, invalid or badly wound."""
    if not len(shapes):
        return []
    given = shapes != None  # noqa: E711 - element by element
    parts, owners = shapely.get_parts(shapes, return_index=True)
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        outside = (np.abs(bounds[:, [0, 2]]) > HALF_TURN).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1)
    bad = given & (outside | ~np.isfinite(bounds).all(axis=1) | ~shapely.is_valid(shapes))
    bad[owners[shapely.is_empty(parts)]] = True
    polygonal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    rings, numbers = shapely.get_rings(parts[polygonal], return_index=True)
    ring_owners = owners[polygonal][numbers]
    outer = np.diff(numbers, prepend=-1) != 0
    bad[ring_owners[(shapely.is_ccw(rings) != outer) | shapely.is_empty(rings)]] = True
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    for courses, whose in ((rings, ring_owners), (parts[lines], owners[lines])):
        points, course = shapely.get_coordinates(courses, return_index=True)
        leaps = (np.abs(np.diff(points[:, 0])) > HALF_TURN) & (np.diff(course) == 0)
        bad[whose[course[:-1][leaps]]] = True
    return [int(at) for at in np.flatnonzero(bad)]


def geometry_faults(geometry: Any) -> Iterator[str]:
    """Yield what is wrong with a geometry; null is a geometry that is not known."""
    if geometry is None:
        return
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in DEPTH:
        yield f"the geometry is of type {quoted(kind)}; it must be null or one of {', '.join(DEPTH)}"
        return
    faults = list(coordinate_faults(geometry.get("coordinates"), DEPTH[kind]))
    yield from faults or shape_faults(geometry)


def coordinate_faults(coordinates: Any, depth: int) -> Iterator[str]:
    """Yield the first thing wrong with coordinates that should be lists `depth` levels deep."""
    if not_finite([coordinates]):
        yield "the coordinates hold NaN or Infinity, which JSON does not have; write what is known, or a null geometry"
        return
    if not nested(coordinates, depth):
        yield "the coordinates are empty, or not nested as the type of the geometry asks"
        return
    for position in positions(coordinates, depth):
        if not 2 <= len(position) <= 3 or not all(is_number(x) for x in position):
            yield f"position {quoted(position)} must be two numbers, longitude and latitude"
            return
        longitude, latitude = position[:2]
        if abs(longitude) > HALF_TURN or abs(latitude) > HALF_TURN / 2:
            far = max(abs(longitude), abs(latitude)) > METRES
            metres = " (metres of another coordinate system? convert to WGS 84)" if far else ""
            yield f"position {quoted(position)} is not longitude and latitude in degrees{metres}"
            return


def is_number(value: Any) -> bool:
    """Tell whether a JSON value is a number that a position can have."""
    return isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63)


def nested(coordinates: Any, depth: int) -> bool:
    """Tell whether `coordinates` are lists that are never empty, `depth` levels above the positions."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth == 0:
        return not isinstance(coordinates[0], list)
    return all(nested(part, depth - 1) for part in coordinates)


def positions(coordinates: Any, depth: int) -> Iterator[list[Any]]:
    """Yield the positions of coordinates nested `depth` levels deep."""
    if depth == 0:
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part, depth - 1)


def lines_in(geometry: Any) -> list[Any]:
    """Return the lines and rings of a well-formed geometry."""
    coordinates = geometry["coordinates"]
    depth = DEPTH[geometry["type"]]
    if "Point" in geometry["type"]:
        return []
    if depth == 1:
        return [coordinates]
    return coordinates if depth == 2 else [ring for polygon in coordinates for ring in polygon]


def shape_faults(geometry: Any) -> Iterator[str]:
    """Yield what is wrong with a geometry whose coordinates are numbers in degrees."""
    polygonal = "Polygon" in geometry["type"]
    for line in lines_in(geometry):
        if len(line) < (4 if polygonal else 2):
            what, needed = ("ring", 4) if polygonal else ("line", 2)
            yield f"has a {what} of {len(line)} position{'s' if len(line) > 1 else ''}; it needs {needed}"
            return
        if polygonal and line[0] != line[-1]:
            yield "has a ring that does not end where it begins"
            return
        if not polygonal and all(position[:2] == line[0][:2] for position in line):
            yield "has a line without length"
            return
        if any(abs(end[0] - start[0]) > HALF_TURN for start, end in pairwise(line)):
            yield "leaps over the antimeridian; cut it at 180 degrees"
            return
    try:
        reason = str(shapely.is_valid_reason(shape(geometry)))
    except (ShapelyError, ValueError) as error:
        yield f"the geometry cannot be read: {error}"
        return
    if reason != "Valid Geometry":
        yield f"the geometry is not valid: {reason}"
    elif polygonal and not right_handed(geometry):
        yield "breaks the right-hand rule: outer rings run counterclockwise, holes clockwise"


def right_handed(geometry: Any) -> bool:
    """Tell whether outer rings run counterclockwise and holes clockwise."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return all(LinearRing(ring).is_ccw == (index == 0) for polygon in polygons for index, ring in enumerate(polygon))


def not_finite(values: Iterable[Any]) -> bool:
    """Tell whether NaN, Infinity or half a character is anywhere inside JSON values, however deep."""
    waiting = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, float):
            if value - value != 0:
                return True
        elif isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            return True
    return False
