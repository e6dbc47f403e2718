"""Geometry of a reader's file made fit for the map: pure functions on arrays of shapes, in WGS 84 unless they say so.

They take and return arrays, so that they run alike on one machine and on the partitions of a cluster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.model.texts import counted

Shapes = NDArray[np.object_]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]

WORLD = (-180.0, -90.0, 180.0, 90.0)
SLACK = 1e-6
"""Degrees by which rounding may carry a position over the edge of the world."""

WAY_SLENDERNESS = 100.0
"""A polygon whose squared perimeter is so many times its area is drawn around a way; a square has 16, a disc 12.6."""

ENDS_TRIED = 64
LEAST_POINTS, MOST_POINTS = 16, 400
"""Of the middle line of a polygon around a way."""

FAMILIES = ("LineString", "Polygon", "Point")
"""What is kept of a collection: its lines, if it has any, else its areas, else its points."""


@dataclass(frozen=True)
class Repairs:
    """What was done to shapes, each with how many there were."""

    counts: Mapping[str, int] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """Return a sentence for everything that was done."""
        return [
            f"{counted(count, *REPAIRS[name][0])} {REPAIRS[name][1]}" for name, count in self.counts.items() if count
        ]


GEOMETRIES = ("geometry", "geometries")
REPAIRS: Mapping[str, tuple[tuple[str, str], str]] = {
    "invalid": (GEOMETRIES, "that crossed or touched itself: repaired"),
    "collapsed": (GEOMETRIES, "without an extent that can be drawn: in the table, not on the map"),
    "collections": (
        ("collection", "collections"),
        "of mixed geometries: its lines kept, or areas",
    ),
    "empty": (("feature", "features"), "without a geometry: in the table, not on the map"),
    "heights": (GEOMETRIES, "with heights: these were left out"),
}
"""For everything that is done to shapes what is counted, and what is said of it."""


def coordinate_count(shapes: Shapes) -> int:
    """Return the number of vertices of all shapes."""
    return int(shapely.get_num_coordinates(shapes).sum())


def not_finite(shapes: Shapes) -> Flags:
    """Return which shapes have a coordinate that is not a finite number."""
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    return marked(~np.isfinite(coordinates).all(axis=1), index, len(shapes))


def outside(shapes: Shapes) -> Flags:
    """Return which shapes have a coordinate outside the world."""
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    west, south, east, north = WORLD
    x, y = coordinates[:, 0], coordinates[:, 1]
    beyond = (x < 2 * west - SLACK) | (x > 2 * east + SLACK) | (y < south - SLACK) | (y > north + SLACK)
    return marked(beyond, index, len(shapes))


def marked(which: Flags, index: NDArray[np.int64], count: int) -> Flags:
    """Return which of `count` shapes have any vertex that is marked; `index` has the shape of each vertex."""
    found = np.zeros(count, dtype=bool)
    found[index[which]] = True
    return found


def repaired(shapes: Shapes) -> tuple[Shapes, Repairs]:
    """Return the shapes flat, valid and of one family each, None for what cannot be drawn, and what was done."""
    found, done = mended(shapes)
    counts = {name: int(flags.sum()) for name, flags in done.items()}
    return found, Repairs({name: count for name, count in counts.items() if count})


def mended(shapes: Shapes) -> tuple[Shapes, dict[str, Flags]]:
    """Return the shapes as `repaired` does, and for everything that it does to which of them it was done."""
    shapes = shapes.copy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    done = {"empty": ~there}
    shapes[~there] = None
    done["heights"] = shapely.has_z(shapes)
    shapes = shapely.force_2d(shapes)
    flat = there & without_extent(shapes)
    shapes[flat] = None
    wrong = there & ~flat & ~shapely.is_valid(shapes)
    done["invalid"] = wrong
    if wrong.any():
        shapes[wrong] = shapely.make_valid(shapes[wrong])
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    done["collections"] = mixed & ~wrong
    for at in np.flatnonzero(mixed):
        shapes[at] = of_one_family(shapes[at])
    flat = there & (shapely.is_missing(shapes) | shapely.is_empty(shapes))
    done["collapsed"] = flat
    shapes[flat] = None
    rings = shapely.get_type_id(shapes) == shapely.GeometryType.LINEARRING
    for at in np.flatnonzero(rings):
        shapes[at] = shapely.LineString(shapes[at].coords)
    return shapes, done


def without_extent(shapes: Shapes) -> Flags:
    """Return which lines have no length: all of their vertices lie on one spot."""
    is_line = np.isin(shapely.get_type_id(shapes), (1, 2, 5))
    flags: Flags = is_line & (shapely.length(shapes) == 0)
    return flags


def of_one_family(collection: shapely.Geometry) -> shapely.Geometry | None:
    """Return the lines of a collection, else its areas, else its points, None where it holds nothing."""
    parts = flattened(collection)
    for family in FAMILIES:
        if own := [part for part in parts if part.geom_type == family and not part.is_empty]:
            return own[0] if len(own) == 1 else shapely.union_all(own) if family == "Polygon" else joined(family, own)
    return None


def joined(family: str, parts: list[shapely.Geometry]) -> shapely.Geometry:
    """Return lines or points as one geometry."""
    return shapely.MultiLineString(parts) if family == "LineString" else shapely.MultiPoint(parts)


def flattened(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the single parts of a geometry, collections within collections opened."""
    parts = [geometry]
    while any(hasattr(part, "geoms") for part in parts):
        parts = [inner for part in parts for inner in (part.geoms if hasattr(part, "geoms") else [part])]
    return parts


def lengths_km(shapes: Shapes) -> Numbers:
    """Return the geodesic length of each line in km, NaN for what is no line."""
    from sco_map.model.geodesy import GEOD  # here, for the process that only reads need not load it

    is_line = np.isin(shapely.get_type_id(shapes), (1, 5))
    km = np.full(len(shapes), np.nan)
    if not is_line.any():
        return km
    parts, owner = shapely.get_parts(shapes[is_line], return_index=True)
    coordinates, part = shapely.get_coordinates(parts, return_index=True)
    if len(coordinates) < 2:
        return km
    inside = part[1:] == part[:-1]
    start, end = coordinates[:-1][inside], coordinates[1:][inside]
    metres = GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    km[is_line] = np.bincount(owner[part[1:][inside]], weights=metres, minlength=int(is_line.sum())) / 1000
    return km


def is_two_points(shapes: Shapes) -> Flags:
    """Return which shapes are one straight stroke between two ends: a symbol, not a route."""
    flags: Flags = (shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING) & (
        shapely.get_num_coordinates(shapes) == 2
    )
    return flags


def ways_of(shapes: Shapes) -> tuple[Shapes, int]:
    """Return the shapes with polygons that are drawn around a way turned into its middle line, and how many were."""
    found = shapes.copy()
    count = 0
    for at in np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6))):
        lines = [middle_line(part) for part in shapely.get_parts(shapes[at]) if is_around_way(part)]
        if lines and len(lines) == shapely.get_num_geometries(shapes[at]):
            found[at] = lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
            count += 1
    return found, count


def is_around_way(polygon: shapely.Polygon) -> bool:
    """Tell whether a polygon is so slender that it can only be drawn around a line."""
    around: float = polygon.exterior.length
    area: float = polygon.area
    return area > 0 and around * around / area > WAY_SLENDERNESS


def middle_line(polygon: shapely.Polygon) -> shapely.LineString:
    """Return the line in the middle of a slender polygon.

    Its ring is cut into two banks of equal length where they run closest to each other; the middle between them is the
    way.
    """
    ring = polygon.exterior
    width = 2 * polygon.area / ring.length
    points = int(np.clip(ring.length / (4 * width), LEAST_POINTS, MOST_POINTS)) if width else MOST_POINTS
    fractions = np.linspace(0.0, 0.5, points)
    best, narrowest = None, np.inf
    for start in np.arange(ENDS_TRIED) / ENDS_TRIED / 2:
        left = along(ring, start + fractions)
        right = along(ring, start - fractions)
        apart = float(np.hypot(*(left - right).T).mean())
        if apart < narrowest:
            best, narrowest = (left + right) / 2, apart
    return shapely.LineString(best).simplify(width / 4)


def along(ring: shapely.LinearRing, fractions: Numbers) -> Numbers:
    """Return the positions at shares of the length of a ring, which goes on where it ends."""
    points: Numbers = shapely.get_coordinates(
        shapely.line_interpolate_point(ring, np.mod(fractions, 1.0), normalized=True)
    )
    return points
