"""Distances and straight courses on the WGS 84 ellipsoid; knows longitude and latitude and nothing else."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

Point = tuple[float, float]
Floats = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
DECIMALS = 5
STRAY_KM = 0.2


def rounded(point: Sequence[float]) -> Point:
    """Return longitude and latitude with the decimals every file of the project carries (about a metre)."""
    return round(float(point[0]), DECIMALS) + 0.0, round(float(point[1]), DECIMALS) + 0.0


def distance_km(start: Point, end: Point) -> float:
    """Return the length of the geodesic between two points."""
    return float(GEOD.inv(*start, *end)[2]) / 1000


def distances_km(longitudes: Floats, latitudes: Floats, point: Point) -> Floats:
    """Return the lengths of the geodesics from many points, of shape (n,), to one."""
    east, north = (np.full_like(longitudes, degrees) for degrees in point)
    metres: Floats = GEOD.inv(longitudes, latitudes, east, north)[2]
    return metres / 1000


def length_km(points: Sequence[Point]) -> float:
    """Return the geodesic length of a line given by its points."""
    longitudes, latitudes = zip(*points, strict=True)
    return float(GEOD.line_length(longitudes, latitudes)) / 1000


def unwrapped(longitude: float, near: float) -> float:
    """Return `longitude` moved by whole turns to within 180 degrees of `near`."""
    return longitude - 360 * round((longitude - near) / 360)


def mercator(latitude: float) -> float:
    """Return the northing of the spherical Mercator projection, in radians."""
    return math.asinh(math.tan(math.radians(latitude)))


def off_course_km(start: Point, end: Point, point: Point) -> float:
    """Return how far `point` lies beside the geodesic from `start` towards `end`."""
    course = GEOD.inv(*start, *end)[0]
    towards, _, distance = GEOD.inv(*start, *point)
    return abs(float(distance) / 1000 * math.sin(math.radians(float(towards) - float(course))))


def stray_km(start: Point, end: Point) -> float:
    """Return how far the straight line that a map draws between two points strays from the geodesic.

    Both readings of "straight" count: linear in longitude and latitude (GeoJSON) and linear on a Mercator screen.
    """
    longitude = (start[0] + unwrapped(end[0], start[0])) / 2
    northing = (mercator(start[1]) + mercator(end[1])) / 2
    on_screen = math.degrees(math.atan(math.sinh(northing)))
    return max(off_course_km(start, end, (longitude, latitude)) for latitude in ((start[1] + end[1]) / 2, on_screen))


def straight_course(start: Point, end: Point) -> list[Point]:
    """Return the geodesic between two points, with as many points between as keep the drawn line on it.

    No drawn line leaves the geodesic by more than 0.2 km; the ends are kept as they are.
    """
    hops = 1
    while True:
        between = GEOD.npts(*start, *end, hops - 1) if hops > 1 else []
        course = [start, *((float(lon), float(lat)) for lon, lat in between), end]
        if max(stray_km(a, b) for a, b in itertools.pairwise(course)) <= STRAY_KM:
            return course
        hops += 1
