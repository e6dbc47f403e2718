"""The shortest way along the railway network between places, jumping a break where that is allowed."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sco_map.layers.rail.graph import Integers, Network, great_circle_km
from sco_map.layers.rail.snap import Anchor

Vertex = int | Anchor
"""A node of the network by its number, or an anchor on one of its edges."""

SNAP_COST = 2
"""A way over an anchor counts its distance from the place twice: there and back."""

JUMP_COST = 2
"""A jump counts its length twice, so that tracks are followed as far as they lead."""

PATIENCE_METRES = 30_000
"""How much more than the best the ways to further anchors of a place may cost."""


@dataclass(frozen=True)
class Way:
    """Vertices in order of travel; `jump` is the index of the vertex before a straight bridge."""

    cost: int
    vertices: tuple[Vertex, ...]
    jump: int | None = None


def snap_cost(anchor: Anchor) -> int:
    """Return in metres what using an anchor counts beside the length of the way."""
    return round(SNAP_COST * 1000 * anchor.off_km)


def position(network: Network, vertex: Vertex) -> tuple[float, float]:
    """Return longitude and latitude of a vertex."""
    if isinstance(vertex, Anchor):
        return vertex.point
    return float(network.lon[vertex]), float(network.lat[vertex])


def along(network: Network, starts: Mapping[Anchor, int], targets: Sequence[Anchor]) -> dict[Anchor, Way]:
    """Return the shortest way to each of `targets`, which represent one place.

    `starts` maps anchors to what was spent up to there; the cost of a way includes it. Targets out of
    reach are left out.
    """
    stop = targets[0].stop
    distances = great_circle_km(network.lon, network.lat, stop.lon, stop.lat)
    radius = max(_km_between(network, target, stop.lon, stop.lat) for target in targets)
    estimate = np.maximum(0, np.floor(990 * np.round(distances - radius, 3))).astype(np.int64)
    reached = _spread(_Links(network, [*starts, *targets]), starts, targets, estimate)
    return {target: Way(reached[target][0], _trail(reached, target)) for target in targets if target in reached}


def across(
    network: Network, starts: Mapping[Anchor, int], targets: Sequence[Anchor], reach_metres: int
) -> dict[Anchor, Way]:
    """Return the cheapest way from `starts` to one of `targets` with exactly one straight jump.

    Tracks are followed for at most `reach_metres` from either side.
    """
    links = _Links(network, [*starts, *targets])
    ahead = _spread(links, starts, (), None, max(starts.values()) + reach_metres)
    costs = {target: snap_cost(target) for target in targets}
    back = _spread(links, costs, (), None, max(costs.values()) + reach_metres)
    here, there = list(ahead), list(back)
    lon, lat = np.array([position(network, vertex) for vertex in there]).T
    spent = np.array([back[vertex][0] for vertex in there])
    best: tuple[int, int, int] | None = None
    for index, vertex in enumerate(here):
        gaps = great_circle_km(*position(network, vertex), lon, lat)
        totals = spent + np.rint(JUMP_COST * 1000 * gaps).astype(np.int64) + ahead[vertex][0]
        other = int(totals.argmin())
        if best is None or int(totals[other]) < best[0]:
            best = (int(totals[other]), index, other)
    if best is None:
        return {}
    cost, index, other = best
    first = _trail(ahead, here[index])
    second = tuple(reversed(_trail(back, there[other])))
    target = second[-1]
    assert isinstance(target, Anchor)
    return {target: Way(cost - snap_cost(target), (*first, *second), len(first) - 1)}


class _Links:
    """The network with some anchors put on its edges."""

    def __init__(self, network: Network, anchors: Sequence[Anchor]) -> None:
        self._network = network
        self._on_edge: dict[int, list[Anchor]] = {}
        self._at_node: dict[int, list[tuple[Anchor, int]]] = {}
        for anchor in dict.fromkeys(anchors):
            if anchor.edge < 0:
                continue
            self._on_edge.setdefault(anchor.edge, []).append(anchor)
            for node, metres in self._ends(anchor):
                self._at_node.setdefault(node, []).append((anchor, metres))

    def _ends(self, anchor: Anchor) -> list[tuple[int, int]]:
        start, end = (int(side[anchor.edge]) for side in (self._network.start, self._network.end))
        return [(start, anchor.metre), (end, int(self._network.metres[anchor.edge]) - anchor.metre)]

    def of(self, vertex: Vertex) -> Iterator[tuple[Vertex, int]]:
        """Yield the neighbours of a vertex with the metres to them."""
        if not isinstance(vertex, Anchor):
            for node, metres, _ in self._network.neighbours[vertex]:
                yield node, metres
            yield from self._at_node.get(vertex, ())
        elif vertex.edge >= 0:
            yield from self._ends(vertex)
            for other in self._on_edge[vertex.edge]:
                if other != vertex:
                    yield other, abs(other.metre - vertex.metre)


_Reached = dict[Vertex, tuple[int, Vertex | None]]


def _spread(
    links: _Links,
    starts: Mapping[Anchor, int],
    targets: Sequence[Anchor],
    estimate: Integers | None,
    limit: int | None = None,
) -> _Reached:
    """Return for each vertex reached the metres spent and the vertex before it (A* when there is an estimate)."""
    order = itertools.count()
    heap: list[tuple[int, int, Vertex, int, Vertex | None]] = []
    for anchor, spent in starts.items():
        heapq.heappush(heap, (spent, next(order), anchor, spent, None))
    waiting = set(targets)
    reached: _Reached = {}
    while heap:
        total, _, vertex, spent, before = heapq.heappop(heap)
        if limit is not None and total > limit:
            break
        if vertex in reached:
            continue
        reached[vertex] = (spent, before)
        if isinstance(vertex, Anchor) and vertex in waiting:
            waiting.discard(vertex)
            patience = total + snap_cost(vertex) + PATIENCE_METRES
            limit = patience if limit is None else min(limit, patience)
            if not waiting:
                break
        for other, metres in links.of(vertex):
            if other not in reached:
                rest = 0 if estimate is None or isinstance(other, Anchor) else int(estimate[other])
                cost = spent + metres
                heapq.heappush(heap, (cost + rest, next(order), other, cost, vertex))
    return reached


def _trail(reached: _Reached, vertex: Vertex) -> tuple[Vertex, ...]:
    trail = [vertex]
    while (before := reached[trail[-1]][1]) is not None:
        trail.append(before)
    return tuple(reversed(trail))


def _km_between(network: Network, vertex: Vertex, lon: float, lat: float) -> float:
    return float(great_circle_km(*position(network, vertex), lon, lat))
