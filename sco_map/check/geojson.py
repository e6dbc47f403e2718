"""What makes a file valid GeoJSON (RFC 7946) in longitude and latitude; knows nothing of rows and catalogs."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from shapely import is_valid_reason
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.polygon import LinearRing

from sco_map.errors import ScoMapError

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
LONGITUDE_LATITUDE = ("CRS84", "EPSG::4326", "EPSG:4326")
HALF_TURN = 180


class UnreadableError(ScoMapError):
    """Say why a file cannot be read at all."""


def read_json(path: Path) -> Any:
    """Return the JSON value of a file, NaN and Infinity as floats; raises UnreadableError with the position."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error
    try:
        return json.loads(text)
    except RecursionError as error:
        raise UnreadableError("is nested too deeply to be a map") from error
    except json.JSONDecodeError as error:
        ids = re.findall(r'"id"\s*:\s*"([^"]*)"', text[: error.pos])
        near = f", in or after feature {ids[-1]!r}" if ids else ""
        end = "; the file ends too early" if not text[error.pos :].strip() or "Unterminated" in error.msg else ""
        raise UnreadableError(
            f"is not whole JSON: {error.msg} at line {error.lineno}, column {error.colno}{near}{end}"
        ) from error


def numbers_in(value: Any) -> Iterator[Any]:
    """Yield every number inside lists and tables."""
    if isinstance(value, dict):
        for part in value.values():
            yield from numbers_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers_in(part)
    elif isinstance(value, float):
        yield value


def positions(coordinates: Any) -> Iterator[list[float]]:
    """Yield the positions of well-formed coordinates."""
    if coordinates and not isinstance(coordinates[0], list):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def collection_faults(value: Any) -> Iterator[str]:
    """Yield what keeps a JSON value from being a FeatureCollection in longitude and latitude."""
    if not isinstance(value, dict) or value.get("type") != "FeatureCollection":
        yield "is no FeatureCollection"
        return
    if not isinstance(value.get("features"), list):
        yield "has no list of features"
    if "crs" in value:
        name = str((value["crs"] or {}).get("properties", {}).get("name", value["crs"]))
        if name.endswith(LONGITUDE_LATITUDE):
            yield "has a member crs, which GeoJSON gave up in 2016; leave it out"
        else:
            yield f"is in the foreign CRS {name}; convert it to WGS 84 longitude and latitude and leave crs out"


def geometry_faults(geometry: Any) -> Iterator[str]:
    """Yield what is wrong with a geometry; null is a geometry that is not known."""
    if geometry is None:
        return
    if not isinstance(geometry, dict) or geometry.get("type") not in DEPTH:
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        yield f"geometry type {kind!r} is none of {', '.join(DEPTH)}"
        return
    coordinates = geometry.get("coordinates")
    faults = list(coordinate_faults(coordinates, DEPTH[geometry["type"]]))
    if not faults:
        faults = list(shape_faults(geometry))
    yield from faults


def coordinate_faults(coordinates: Any, depth: int) -> Iterator[str]:
    """Yield the first thing wrong with coordinates that should be lists `depth` levels deep."""
    if not nested(coordinates, depth):
        yield "coordinates are not nested as the geometry type asks, or are empty"
        return
    for position in positions(coordinates):
        if not 2 <= len(position) <= 3 or any(isinstance(x, bool) or not isinstance(x, int | float) for x in position):
            yield f"position {position} is not two numbers"
            return
        if not all(math.isfinite(x) for x in position):
            yield f"position {position} is not finite (NaN is no JSON)"
            return
        longitude, latitude = position[:2]
        if abs(longitude) > HALF_TURN or abs(latitude) > HALF_TURN / 2:
            far = max(abs(longitude), abs(latitude)) > 1000
            metres = " (metres of a foreign CRS? convert to WGS 84)" if far else ""
            yield f"position {position} is no longitude and latitude in degrees{metres}"
            return


def nested(coordinates: Any, depth: int) -> bool:
    """Tell whether `coordinates` are non-empty lists `depth` levels above the positions."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if depth == 0:
        return not isinstance(coordinates[0], list)
    return all(nested(part, depth - 1) for part in coordinates)


def lines_in(geometry: Any) -> list[Any]:
    """Return the lines and rings of a geometry."""
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
            yield f"has a {'ring' if polygonal else 'line'} of {len(line)} positions"
            return
        if polygonal and line[0] != line[-1]:
            yield "has a ring that does not end where it begins"
            return
        if not polygonal and all(position == line[0] for position in line):
            yield "has a line without length"
            return
        if any(abs(end[0] - start[0]) > HALF_TURN for start, end in pairwise(line)):
            yield "leaps over the antimeridian; cut it at 180 degrees"
            return
    try:
        reason = str(is_valid_reason(shape(geometry)))
    except (ShapelyError, ValueError) as error:
        yield f"is no geometry: {error}"
        return
    if reason != "Valid Geometry":
        yield f"is not valid: {reason}"
    elif polygonal and not right_handed(geometry):
        yield "breaks the right-hand rule: outer rings run counterclockwise, holes clockwise"


def right_handed(geometry: Any) -> bool:
    """Tell whether outer rings run counterclockwise and holes clockwise."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return all(LinearRing(ring).is_ccw == (index == 0) for polygon in polygons for index, ring in enumerate(polygon))
