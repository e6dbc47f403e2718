"""How far a geometry moved: the greatest distance in kilometres between the old and the new one, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import shapely
from pyproj import Transformer
from shapely.geometry import shape as shape_of
from shapely.ops import nearest_points

from sco_map.model.geodesy import distance_km

LEAST_KM = 0.01
"""Positions are written to about a metre; less than this is no move."""

STEP_DEGREES = 0.05
"""Lines of GeoJSON are straight in longitude and latitude; on the plane they keep to that as finely as this."""


@dataclass(frozen=True)
class Move:
    """Up to how many kilometres a geometry moved, and where it moved most, as longitude and latitude."""

    km: float
    lon: float
    lat: float


def moved(old: Any, new: Any) -> Move | None:
    """Return how far the geometry of a GeoJSON feature moved, None where it did not.

    It is the Hausdorff distance: every point of either lies within it of the other one. Nearest points are found on a
    plane around the middle of both, the distance is that on the ellipsoid. Both must be geometries.
    """
    if old == new:
        return None
    before, after = edges(shape_of(old)), edges(shape_of(new))
    if before.is_empty or after.is_empty:
        return None
    middle = shapely.union_all([shapely.centroid(before), shapely.centroid(after)]).centroid
    plane = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +ellps=WGS84 +units=m"
    there = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    flat = [shapely.transform(shape, there.transform, interleaved=False) for shape in (after, before)]
    ways = [farthest_point(*flat), farthest_point(*reversed(flat))]
    _, point, other = max(ways, key=lambda way: way[0])
    start, end = (there.transform(*position, direction="INVERSE") for position in (point, other))
    km = distance_km(start, end)
    return Move(round(km, 2), round(start[0], 3), round(start[1], 3)) if km >= LEAST_KM else None


def edges(shape: Any) -> Any:
    """Return the points of a geometry, or its lines with a point every few kilometres; of an area its border."""
    lines = shape.boundary if shape.geom_type in ("Polygon", "MultiPolygon") else shape
    return shapely.segmentize(lines, STEP_DEGREES)


def farthest_point(shape: Any, other: Any) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Return the point of `shape` that lies farthest from `other`: its distance, itself, and the nearest one there."""
    points = shapely.points(shapely.get_coordinates(shape))
    shapely.prepare(other)
    distances = shapely.distance(points, other)
    number = int(distances.argmax())
    nearest = nearest_points(points[number], other)[1]
    return float(distances[number]), (points[number].x, points[number].y), (nearest.x, nearest.y)
