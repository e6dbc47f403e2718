"""The Earth as a sphere, for the railway network and for margins; lengths that anybody reads come from geodesy."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0
"""Radius of the sphere on which the lengths of the railway network were measured."""

KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
"""Length of a degree of latitude, 111.19 km."""


def rough_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the length in km of the great circle between two points (lon, lat in degrees)."""
    (lon, lat), (other_lon, other_lat) = (map(math.radians, point) for point in (start, end))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
