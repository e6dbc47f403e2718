"""A part of the world in a frame on paper: where a place is, and which paths are seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.export.wall.paper import MM_PER_POINT, Box, Plan
from sco_map.model.conic import REGION, Conic

Array = NDArray[np.float64]

REGION_FRAME = (-4950.0, -3480.0, 4350.0, 3820.0)
"""What the map of the whole region shows at least: km west, south, east and north of the middle of its projection."""

LONGEST_STEP = 1.0
"""Degrees; a longer piece of a line is bent as the projection bends it."""

AROUND = 30.0
"""Points around the frame in which things are still drawn, so that no line ends short of it."""

SCALE_STEP = 100_000
"""Scales are whole multiples of this."""


@dataclass(frozen=True)
class MapView:
    """A frame (points on paper), the projection, what lies in its middle in km, and km for each point."""

    box: Box
    conic: Conic
    middle: tuple[float, float]
    km_per_point: float

    @property
    def scale(self) -> int:
        """How many times as long things are as they are drawn."""
        return round(self.km_per_point * 1e6 / MM_PER_POINT)

    def at(self, degrees: Array) -> Array:
        """Return lon/lat pairs as points on paper."""
        left, top, right, bottom = self.box
        offset = (self.conic.forward(degrees) - np.array(self.middle)) / self.km_per_point
        placed: Array = offset * np.array([1.0, -1.0]) + np.array([(left + right) / 2, (top + bottom) / 2])
        return placed

    def line(self, degrees: Array) -> Array:
        """Return a path as points on paper, bent where its pieces are long."""
        return self.at(densified(degrees))

    @cached_property
    def frame(self) -> shapely.Geometry:
        """The frame as an area on paper."""
        left, top, right, bottom = self.box
        return shapely.box(left, top, right, bottom)

    @cached_property
    def around(self) -> shapely.Geometry:
        """The frame and a little around it."""
        return self.frame.buffer(AROUND, join_style="mitre")

    def sees(self, points: Array) -> bool:
        """Say whether a path may be seen."""
        left, top, right, bottom = self.around.bounds
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return bool(x0 <= right and x1 >= left and y0 <= bottom and y1 >= top)

    def holds(self, point: Array, within: float = 0.0) -> bool:
        """Say whether a point lies in the frame, so far from its edge."""
        left, top, right, bottom = self.box
        x, y = float(point[0]), float(point[1])
        return left + within <= x <= right - within and top + within <= y <= bottom - within

    def length(self, km: float) -> float:
        """Return km as points."""
        return km / self.km_per_point


def densified(degrees: Array) -> Array:
    """Return a path whose pieces are no longer than LONGEST_STEP."""
    steps = np.abs(np.diff(degrees, axis=0)).max(axis=1, initial=0.0)
    if not len(steps) or steps.max() <= LONGEST_STEP:
        return degrees
    counts = np.maximum(1, np.ceil(steps / LONGEST_STEP)).astype(int)
    pieces = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(len(pieces)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[pieces]
    dense = degrees[pieces] + share[:, None] * np.diff(degrees, axis=0)[pieces]
    return np.vstack([dense, degrees[-1:]])


def shape_of(frame: tuple[float, float, float, float]) -> float:
    """Return how many times as wide as high a frame in km is."""
    west, south, east, north = frame
    return (east - west) / (north - south)


def region_view(plan: Plan) -> MapView:
    """Return the map of the whole region on a sheet, at the largest round scale."""
    west, south, east, north = REGION_FRAME
    left, top, right, bottom = plan.main
    needed = max((east - west) / (right - left), (north - south) / (bottom - top))
    scale = math.ceil(needed * 1e6 / MM_PER_POINT / SCALE_STEP) * SCALE_STEP
    return MapView(plan.main, REGION, ((west + east) / 2, (south + north) / 2), scale * MM_PER_POINT / 1e6)


@dataclass(frozen=True)
class Inset:
    """A part of the region drawn larger: what it shows at least, and by how many ranks of towns it has more names."""

    id: str
    west: float
    south: float
    east: float
    north: float
    detail: int


INSETS = (Inset("caspian", 46.2, 36.6, 55.6, 47.2, 2), Inset("fergana", 68.9, 39.0, 76.6, 42.0, 4))


def inset_view(inset: Inset, box: Box) -> MapView:
    """Return an inset in a frame, north up in its middle, in a conic of its own."""
    lon, lat = (inset.west + inset.east) / 2, (inset.south + inset.north) / 2
    sixth = (inset.north - inset.south) / 6
    conic = Conic(lon, lat, inset.south + sixth, inset.north - sixth)
    edge = [(x, y) for x in np.linspace(inset.west, inset.east, 9) for y in (inset.south, inset.north)]
    kilometres = conic.forward(np.array(edge))
    (west, south), (east, north) = kilometres.min(axis=0), kilometres.max(axis=0)
    left, top, right, bottom = box
    needed = max((east - west) / (right - left), (north - south) / (bottom - top))
    scale = math.ceil(needed * 1e6 / MM_PER_POINT / SCALE_STEP) * SCALE_STEP
    return MapView(box, conic, ((west + east) / 2, (south + north) / 2), scale * MM_PER_POINT / 1e6)
