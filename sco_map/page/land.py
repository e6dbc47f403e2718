"""Pack a coverage of land polygons as shared arcs, so that coast, borders and the band around any set of states
follow from which units share an edge; knows nothing about members or pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from sco_map.page.pack import Grid, in_one_piece, pack_coarse_path, pack_path, to_grid

MARK = -1
"""Stands among the owners of an edge that lies on a marked line."""

NEAR = (20_000, 2_000, 145_000, 62_000)
"""The part of the world drawn in detail: west, south, east, north in thousandths of a degree."""


@dataclass(frozen=True)
class Detail:
    """How finely land is drawn: simplification in thousandths of a degree near the region and far from it, the
    smallest island in square thousandths (a state keeps its largest part), and how a path is packed."""

    tolerance: int = 10
    far_tolerance: int = 40
    smallest_island: int = 0
    pack: Callable[[Grid], str] = pack_path


FINE = Detail()
COARSE = Detail(tolerance=120, far_tolerance=500, smallest_island=60_000, pack=pack_coarse_path)

Point = tuple[int, int]
Ring = list[Point]
Edge = tuple[Point, Point]


def rings_of(polygon: shapely.Geometry) -> list[Ring]:
    """Return the rings of a polygon on the grid, closing point left out, rings without an area dropped."""
    rings = []
    for ring in (polygon.exterior, *polygon.interiors):
        grid = to_grid(shapely.get_coordinates(ring))
        points = [(int(x), int(y)) for x, y in grid]
        if len(points) > 1 and points[0] == points[-1]:
            points.pop()
        if len(points) > 2:
            rings.append(points)
        elif ring is polygon.exterior:
            break
    return rings


def edge_of(start: Point, end: Point) -> Edge:
    """Return an edge without its direction."""
    return (start, end) if start < end else (end, start)


def edges_of(lines: Sequence[shapely.Geometry]) -> set[Edge]:
    """Return the edges of lines on the grid."""
    found: set[Edge] = set()
    for part in shapely.get_parts(lines):
        points = [(int(x), int(y)) for x, y in to_grid(shapely.get_coordinates(in_one_piece(part)))]
        found.update(edge_of(start, end) for start, end in pairwise(points))
    return found


def pack_coverage(
    polygons: Sequence[shapely.Geometry], marked: Collection[Edge] = (), detail: Detail = FINE
) -> tuple[list[str], list[list[list[list[int]]]], list[int]]:
    """Return the arcs of a coverage, for every unit its polygons as rings of arc numbers, and the marked arcs.

    `~number` means that an arc runs backwards, as in TopoJSON. An edge belongs to one unit (coast) or to two
    (border); an arc ends where the pair of units changes, and where edges begin or cease to be `marked`.
    """
    units = [[rings_of(part) for part in shapely.get_parts(polygon)] for polygon in polygons]
    owners: dict[Edge, set[int]] = defaultdict(set)
    for number, parts in enumerate(units):
        for ring in (ring for rings in parts for ring in rings):
            for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
                owners[edge_of(start, end)].add(number)
    for edge in owners.keys() & set(marked):
        owners[edge].add(MARK)
    if detail.smallest_island:
        units = [without_islets(parts, owners, detail.smallest_island) for parts in units]
    neighbours: dict[Point, set[frozenset[int]]] = defaultdict(set)
    degree: dict[Point, int] = defaultdict(int)
    for (start, end), who in owners.items():
        for point in (start, end):
            neighbours[point].add(frozenset(who))
            degree[point] += 1
    nodes = {point for point, pairs in neighbours.items() if len(pairs) > 1 or degree[point] > 2}

    arcs: list[str] = []
    marked_arcs: list[int] = []
    known: dict[tuple[Point, ...], int] = {}

    def arc_number(points: list[Point]) -> int:
        forward, backward = tuple(points), tuple(reversed(points))
        if forward in known:
            return known[forward]
        if backward in known:
            return ~known[backward]
        known[forward] = len(arcs)
        if MARK in owners[edge_of(points[0], points[1])]:
            marked_arcs.append(len(arcs))
        arcs.append(detail.pack(thinned(points, detail)))
        return known[forward]

    def cut(ring: Ring) -> list[int]:
        first = next((place for place, point in enumerate(ring) if point in nodes), None)
        if first is None:
            first = ring.index(min(ring))
        turned = ring[first:] + ring[: first + 1]
        numbers, open_arc = [], [turned[0]]
        for point in turned[1:]:
            open_arc.append(point)
            if point in nodes:
                numbers.append(arc_number(open_arc))
                open_arc = [point]
        if len(open_arc) > 1:
            numbers.append(arc_number(open_arc))
        return numbers

    packed = [[[cut(ring) for ring in rings] for rings in parts if rings] for parts in units]
    return arcs, packed, marked_arcs


def without_islets(parts: list[list[Ring]], owners: dict[Edge, set[int]], smallest: int) -> list[list[Ring]]:
    """Return the polygons of a unit but for islands under `smallest`; its largest polygon stays in any case."""

    def area(rings: list[Ring]) -> float:
        return float(shapely.Polygon(rings[0]).area) if rings else 0.0

    def is_island(ring: Ring) -> bool:
        return all(len(owners[edge_of(*edge)]) == 1 for edge in zip(ring, ring[1:] + ring[:1], strict=True))

    largest = max(map(area, parts), default=0.0)
    return [rings for rings in parts if rings and (area(rings) >= min(smallest, largest) or not is_island(rings[0]))]


def thinned(points: list[Point], detail: Detail = FINE) -> Grid:
    """Return an arc without the points that the eye does not miss; its ends stay, so units still meet."""
    line = shapely.LineString(points)
    closed = points[0] == points[-1]
    west, south, east, north = NEAR
    x0, y0, x1, y1 = line.bounds
    far = x1 < west or x0 > east or y1 < south or y0 > north
    simple = line if closed and len(points) < 6 else line.simplify(detail.far_tolerance if far else detail.tolerance)
    grid = shapely.get_coordinates(simple).astype(np.int64)
    return grid if len(grid) > 3 or not closed else np.array(points, dtype=np.int64)


def land_units(
    features: Sequence[dict[str, Any]], special: Sequence[dict[str, Any]] = (), detail: Detail = FINE
) -> dict[str, Any]:
    """Return the packed coverage of GeoJSON `features`: `arcs`, and `units` with what each feature says.

    `marked` are the arcs along the lines of `special` (GeoJSON geometries), which are drawn on their own.
    """
    polygons = [in_one_piece(shapely.geometry.shape(feature["geometry"])) for feature in features]
    edges = edges_of([shapely.geometry.shape(geometry) for geometry in special])
    arcs, packed, marked = pack_coverage(polygons, edges, detail)
    units = [
        {**feature["properties"], "polygons": rings} for feature, rings in zip(features, packed, strict=True) if rings
    ]
    return {"arcs": arcs, "marked": marked, "units": units}
