"""Pack a coverage of land polygons as shared arcs, so that coast, borders and the band around any set of states
follow from which units share an edge; knows nothing about members or pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import shapely

from sco_map.page.pack import pack_path, to_grid
import numpy as np

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


def pack_coverage(
    polygons: Sequence[shapely.Geometry],
) -> tuple[list[str], list[list[list[list[int]]]]]:
    """Return the arcs of a coverage, and for every unit its polygons as rings of arc numbers.

    `~number` means that an arc runs backwards, as in TopoJSON. An edge belongs to one unit (coast) or to two
    (border); an arc ends where the pair of units changes.
    """
    units = [[rings_of(part) for part in shapely.get_parts(polygon)] for polygon in polygons]
    owners: dict[Edge, set[int]] = defaultdict(set)
    for number, parts in enumerate(units):
        for ring in (ring for rings in parts for ring in rings):
            for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
                owners[edge_of(start, end)].add(number)
    neighbours: dict[Point, set[frozenset[int]]] = defaultdict(set)
    degree: dict[Point, int] = defaultdict(int)
    for (start, end), who in owners.items():
        for point in (start, end):
            neighbours[point].add(frozenset(who))
            degree[point] += 1
    nodes = {point for point, pairs in neighbours.items() if len(pairs) > 1 or degree[point] > 2}

    arcs: list[str] = []
    known: dict[tuple[Point, ...], int] = {}

    def arc_number(points: list[Point]) -> int:
        forward, backward = tuple(points), tuple(reversed(points))
        if forward in known:
            return known[forward]
        if backward in known:
            return ~known[backward]
        known[forward] = len(arcs)
        arcs.append(pack_path(np.array(points, dtype=np.int64)))
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
    return arcs, packed


def land_units(features: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the packed coverage of GeoJSON `features`: `arcs`, and `units` with what each feature says."""
    arcs, polygons = pack_coverage([in_grid_order(feature["geometry"]) for feature in features])
    units = [
        {**feature["properties"], "polygons": packed}
        for feature, packed in zip(features, polygons, strict=True)
    ]
    return {"arcs": arcs, "units": units}


def in_grid_order(geometry: dict[str, Any]) -> shapely.Geometry:
    """Return a GeoJSON geometry as polygons that do not break at the antimeridian."""
    from sco_map.page.pack import in_one_piece

    return in_one_piece(shapely.geometry.shape(geometry))
