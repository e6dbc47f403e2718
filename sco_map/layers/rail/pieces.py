"""From a way along the network to pieces: the course and accuracy of every edge, like ones joined."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_map.layers.rail.bound import FLOOR_KM, chord_accuracies_km
from sco_map.layers.rail.graph import Network, great_circle_km
from sco_map.layers.rail.route import Vertex, position
from sco_map.layers.rail.snap import Anchor
from sco_map.layers.rows.pieces import Leg, Piece
from sco_map.model.accuracy import THROUGH_STOPS, row_figures
from sco_map.model.geodesy import Point, distance_km, rounded, straight_course

CLASSES_KM = (1.0, 3.0, 8.0, 20.0)
"""Edges whose figures fall between the same two of these look alike."""

SHORTEST_PIECE_KM = 20.0
MOST_PIECES = 30
"""Pieces shorter than 20 km, or than a thirtieth of the route, are joined to their neighbours."""

LONGEST_PLAIN_CHORD_KM = 30.0
"""Up to this length a geodesic and a straight line on the map are the same within 0.05 km."""


@dataclass(frozen=True)
class Link:
    """A straight stretch of a way, `km` long as drawn and `track_km` in the network, in the `hop`-th hop of a route."""

    points: tuple[Point, ...]
    km: float
    track_km: float
    accuracy_km: float
    basis: str
    hop: int


def links_of(network: Network, vertices: Sequence[Vertex], hops: Sequence[int]) -> list[Link]:
    """Return a link for each pair of neighbouring vertices; `hops` says to which hop each belongs."""
    edges = [_edge_between(network, a, b) for a, b in itertools.pairwise(vertices)]
    links: list[Link] = []
    for first, last in _runs_on_one_edge(network, vertices, edges):
        on_edge = vertices[first : last + 1]
        if edges[first] is None:
            links.append(_bridge(network, on_edge[0], on_edge[1], hops[first]))
        else:
            links.extend(_on_edge(network, edges[first] or 0, on_edge, hops[first:last]))
    return links


def _edge_between(network: Network, vertex: Vertex, other: Vertex) -> int | None:
    """Return the edge that joins two vertices, None when only a bridge does."""
    if isinstance(vertex, Anchor) and isinstance(other, Anchor):
        return vertex.edge if vertex.edge == other.edge >= 0 else None
    if isinstance(vertex, Anchor):
        vertex, other = other, vertex
    assert not isinstance(vertex, Anchor)
    if isinstance(other, Anchor):
        ends = () if other.edge < 0 else (network.start[other.edge], network.end[other.edge])
        return other.edge if vertex in ends else None
    return next((edge for node, _, edge in network.neighbours[vertex] if node == other), None)


def _metre(network: Network, edge: int, vertex: Vertex) -> int:
    if isinstance(vertex, Anchor):
        return vertex.metre
    return 0 if vertex == network.start[edge] else int(network.metres[edge])


def _runs_on_one_edge(
    network: Network, vertices: Sequence[Vertex], edges: Sequence[int | None]
) -> Iterator[tuple[int, int]]:
    """Yield first and last index of the longest runs of vertices that go one way along one edge."""
    first = 0
    for index in range(1, len(vertices)):
        edge = edges[index - 1]
        if index < len(edges) and edge is not None and edges[index] == edge:
            metres = [_metre(network, edge, vertices[index + step]) for step in (-1, 0, 1)]
            if metres[0] <= metres[1] <= metres[2] or metres[0] >= metres[1] >= metres[2]:
                continue
        yield first, index
        first = index


def _on_edge(network: Network, edge: int, vertices: Sequence[Vertex], hops: Sequence[int]) -> list[Link]:
    ends = (int(network.start[edge]), int(network.end[edge]))
    bends = sorted((v for v in vertices if isinstance(v, Anchor) and v.bend), key=lambda bend: bend.metre)
    chain: list[Vertex] = [ends[0], *bends, ends[1]]
    metres = [_metre(network, edge, vertex) for vertex in chain]
    points = [position(network, vertex) for vertex in chain]
    legs = [round(float(great_circle_km(*a, *b)), 3) for a, b in itertools.pairwise(points)]
    figures = chord_accuracies_km(int(network.metres[edge]) / 1000, legs, [bend.stop.accuracy_km for bend in bends])
    links: list[Link] = []
    for hop, vertex, other in zip(hops, vertices, vertices[1:], strict=False):
        middle = (_metre(network, edge, vertex) + _metre(network, edge, other)) / 2
        leg = min(max(bisect.bisect_left(metres, middle) - 1, 0), len(legs) - 1)
        accuracy = THROUGH_STOPS.of_hop(legs[leg]) if figures is None else figures[leg]
        basis = "waypoints" if figures is None else "network"
        start, end = (_on_chain(network, edge, v, metres, points) for v in (vertex, other))
        track_km = abs(_metre(network, edge, other) - _metre(network, edge, vertex)) / 1000
        links.append(_link(start, end, accuracy, basis, hop, track_km))
    return links


def _on_chain(
    network: Network,
    edge: int,
    vertex: Vertex,
    metres: Sequence[int],
    points: Sequence[tuple[float, float]],
) -> tuple[float, float]:
    """Return where a vertex lies on an edge that is drawn through some bends."""
    if not isinstance(vertex, Anchor) or vertex.bend or len(metres) == 2:
        return position(network, vertex)
    leg = min(max(bisect.bisect_left(metres, vertex.metre), 1), len(metres) - 1)
    length = metres[leg] - metres[leg - 1]
    share = (vertex.metre - metres[leg - 1]) / length if length else 0.0
    (x, y), (u, v) = points[leg - 1], points[leg]
    return x + share * (u - x), y + share * (v - y)


def _bridge(network: Network, vertex: Vertex, other: Vertex, hop: int) -> Link:
    """Return the straight link over a break: as the rule for hops, but between ends of tracks, which are well known."""
    start, end = position(network, vertex), position(network, other)
    loose = [v.stop.accuracy_km for v in (vertex, other) if isinstance(v, Anchor) and v.edge < 0]
    accuracy = max([FLOOR_KM, *loose]) + THROUGH_STOPS.slope * distance_km(start, end)
    return _link(start, end, round(accuracy, 3), "waypoints", hop)


def _link(
    start: tuple[float, float],
    end: tuple[float, float],
    accuracy: float,
    basis: str,
    hop: int,
    track_km: float | None = None,
) -> Link:
    start, end = rounded(start), rounded(end)
    km = distance_km(start, end)
    course = straight_course(start, end) if km > LONGEST_PLAIN_CHORD_KM else (start, end)
    return Link(
        tuple(rounded(point) for point in course), km, km if track_km is None else track_km, accuracy, basis, hop
    )


def pieces_of(links: Sequence[Link], names: Sequence[str | None]) -> list[Piece]:
    """Return the pieces of a route whose hops run between the places called `names` (None: a helper without a name).

    Neighbouring links of one basis with figures of one class become a piece; one too short to tell, less than 20 km or
    a thirtieth of the route, joins its likest neighbour. The figure of a piece is the ninth decile of its mixture; it
    runs from the last named place before its start to the first one after its end, and is cut at those in between.
    """
    named = [index for index, name in enumerate(names) if name is not None]
    shortest = max(SHORTEST_PIECE_KM, math.fsum(link.km for link in links) / MOST_PIECES)
    pieces = []
    for run in _joined([link for link in links if link.km > 0], shortest):
        points = [run[0].points[0], *(point for link in run for point in link.points[1:])]
        start = names[max(index for index in named if index <= run[0].hop)]
        end = names[min(index for index in named if index > run[-1].hop)]
        pieces.append(Piece(tuple(points), _figure(run), run[0].basis, str(start), str(end), _legs(run, names, named)))
    return pieces


def _legs(run: Sequence[Link], names: Sequence[str | None], named: Sequence[int]) -> tuple[Leg, ...]:
    """Return what a piece has of each hop between named places."""
    legs = []
    for hop, links in itertools.groupby(run, lambda link: bisect.bisect_right(named, link.hop) - 1):
        stretches = list(links)
        km, drawn_km = math.fsum(link.track_km for link in stretches), math.fsum(link.km for link in stretches)
        legs.append(Leg(hop, str(names[named[hop]]), str(names[named[hop + 1]]), km, drawn_km))
    return tuple(legs)


def _figure(run: Sequence[Link]) -> float:
    columns = ([x.km for x in run], [x.accuracy_km for x in run], [x.basis for x in run])
    return row_figures(*columns).accuracy_km


def _joined(links: Sequence[Link], shortest_km: float) -> list[list[Link]]:
    runs = [[link] for link in links]
    kinds = [(link.basis, bisect.bisect_right(CLASSES_KM, link.accuracy_km)) for link in links]
    while True:
        runs, kinds = _without_repeats(runs, kinds)
        short = [
            (round(math.fsum(link.km for link in run), 3), index)
            for index, run in enumerate(runs)
            if any(kinds[other][0] == kinds[index][0] for other in _beside(index, len(runs)))
        ]
        if not short or min(short)[0] >= shortest_km:
            return runs
        index = min(short)[1]
        likes = [o for o in _beside(index, len(runs)) if kinds[o][0] == kinds[index][0]]
        other = min(likes, key=lambda o: (abs(kinds[o][1] - kinds[index][1]), o))
        low, high = sorted((index, other))
        runs[low : high + 1] = [runs[low] + runs[high]]
        figure = _figure(runs[low])
        kinds[low : high + 1] = [(kinds[low][0], bisect.bisect_right(CLASSES_KM, figure))]


def _beside(index: int, count: int) -> list[int]:
    return [other for other in (index - 1, index + 1) if 0 <= other < count]


def _without_repeats(
    runs: list[list[Link]], kinds: list[tuple[str, int]]
) -> tuple[list[list[Link]], list[tuple[str, int]]]:
    joined: list[list[Link]] = []
    kept: list[tuple[str, int]] = []
    for run, kind in zip(runs, kinds, strict=True):
        if kept and kept[-1] == kind:
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
            kept.append(kind)
    return joined, kept
