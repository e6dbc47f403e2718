"""From places to a way along the railway network: which edges represent them, and what is wrong when none does."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from sco_map.errors import ScoMapError
from sco_map.layers.rail.graph import Network, read_network
from sco_map.layers.rail.pieces import links_of, pieces_of
from sco_map.layers.rail.route import Vertex, Way, across, along, position, snap_cost
from sco_map.layers.rail.snap import Anchor, Stop, anchors, nearest_km, open_end, tolerance_km
from sco_map.layers.rows.pieces import Piece
from sco_map.model.geodesy import distance_km

LONGEST_BRIDGE_KM = 100.0
"""A break longer than this is a missing line rather than a break: digitise it through places."""

LONGEST_DETOUR = 1.8
FREE_DETOUR_KM = 40.0
"""A way longer than this many times the straight line, and 40 km, is a way around a break."""

Hop = tuple[str, str]

__all__ = ["Network", "read_network", "trace"]


def trace(
    network: Network,
    stops: Sequence[Stop],
    *,
    bridges: Collection[Hop] = (),
    segment: str = "route",
) -> list[Piece]:
    """Return the pieces of the shortest way along the network through `stops`, in order of travel.

    Each stop lies on the nearest edge at the ends of the route, and on whichever edge within its
    tolerance makes the way shortest in between; a long chord bends to go through it. `bridges` are
    hops (place, place) in which the network has one break that is drawn straight. Raise ScoMapError,
    naming segment, place and figure, when a stop is off the tracks, when an undeclared break lies
    between two stops, when a bridge is longer than 100 km or when nothing needs it.
    """
    hops = [(a.id, b.id) for a, b in itertools.pairwise(stops)]
    faults = [
        f"segment '{segment}': bridge '{a}' to '{b}' is not a hop between its via places"
        for a, b in bridges
        if (a, b) not in hops
    ]
    choices = [_choices(network, stops, index, hops, bridges, segment, faults) for index in range(len(stops))]
    if stops[0].is_helper or stops[-1].is_helper:
        faults.append(f"segment '{segment}': begins or ends at a helper, which has no name")
    if faults:
        raise ScoMapError("\n".join(faults))
    ways = _best_ways(network, choices, hops, bridges, segment)
    vertices, numbers = _without_spurs(network, *_strung(ways))
    names = [None if stop.is_helper else stop.id for stop in stops]
    return pieces_of(links_of(network, vertices, numbers), names)


def _choices(
    network: Network,
    stops: Sequence[Stop],
    index: int,
    hops: Sequence[Hop],
    bridges: Collection[Hop],
    segment: str,
    faults: list[str],
) -> list[Anchor]:
    stop = stops[index]
    at_bridge = any(hop in bridges for hop in hops[max(0, index - 1) : index + 1])
    found = anchors(network, stop, beside_only=at_bridge)
    if index in (0, len(stops) - 1):
        beyond = at_bridge and any(not a.bend and a.off_km > stop.accuracy_km for a in found[:1])
        found = [] if beyond else found[:1]
    if not found:
        if at_bridge:
            return [open_end(stop)]
        faults.append(
            f"segment '{segment}': place '{stop.id}' lies {nearest_km(network, stop):.1f} km from the"
            f" nearest track, more than its tolerance of {tolerance_km(stop):.1f} km; correct the"
            " place, take it out of via or bridge the hop"
        )
    return found


def _best_ways(
    network: Network,
    choices: Sequence[Sequence[Anchor]],
    hops: Sequence[Hop],
    bridges: Collection[Hop],
    segment: str,
) -> list[Way]:
    """Return one way for each hop, chosen so that all together are shortest."""
    spent = {anchor: snap_cost(anchor) for anchor in choices[0]}
    ways: list[dict[Anchor, Way]] = []
    for hop, targets in zip(hops, choices[1:], strict=True):
        if hop in bridges:
            _check_break(along(network, spent, targets), spent, hop, segment)
            found = across(network, spent, targets, reach_metres=_reach(spent, targets))
            _check_bridge(network, found, hop, segment)
        else:
            found = along(network, spent, targets)
            _check_detour(found, spent, hop, segment)
        if not found:
            raise ScoMapError(_break_between(network, spent, targets, hop, segment))
        ways.append(found)
        spent = {target: way.cost + snap_cost(target) for target, way in found.items()}
    last = min(spent, key=lambda anchor: (spent[anchor], anchor.edge))
    chosen: list[Way] = []
    for found in reversed(ways):
        chosen.append(found[last])
        first = found[last].vertices[0]
        assert isinstance(first, Anchor)
        last = first
    return chosen[::-1]


def _lengths_km(found: dict[Anchor, Way], spent: dict[Anchor, int]) -> Iterator[tuple[float, float]]:
    """Yield the length of each way and of the straight line between its ends."""
    for target, way in found.items():
        first = way.vertices[0]
        assert isinstance(first, Anchor)
        yield (way.cost - spent[first]) / 1000, distance_km(first.point, target.point)


def _check_break(found: dict[Anchor, Way], spent: dict[Anchor, int], hop: Hop, segment: str) -> None:
    for km, straight in _lengths_km(found, spent):
        if km <= LONGEST_DETOUR * straight + FREE_DETOUR_KM:
            raise ScoMapError(
                f"segment '{segment}': tracks lead from '{hop[0]}' to '{hop[1]}' over {km:.1f} km; take the bridge out"
            )


def _check_detour(found: dict[Anchor, Way], spent: dict[Anchor, int], hop: Hop, segment: str) -> None:
    for km, straight in _lengths_km(found, spent):
        if km > LONGEST_DETOUR * straight + FREE_DETOUR_KM:
            raise ScoMapError(
                f"segment '{segment}': the tracks from '{hop[0]}' to '{hop[1]}' lead {km:.0f} km around for"
                f" {straight:.0f} km; there is a break on the straight way: declare a bridge for this hop"
            )


def _reach(spent: Collection[Anchor], targets: Collection[Anchor]) -> int:
    far = max(distance_km(a.point, b.point) for a in spent for b in targets)
    return round(1500 * far) + 20_000


def _check_bridge(network: Network, found: dict[Anchor, Way], hop: Hop, segment: str) -> None:
    for way in found.values():
        assert way.jump is not None
        km = distance_km(position(network, way.vertices[way.jump]), position(network, way.vertices[way.jump + 1]))
        if km > LONGEST_BRIDGE_KM:
            raise ScoMapError(
                f"segment '{segment}': the bridge from '{hop[0]}' to '{hop[1]}' is {km:.1f} km long,"
                f" more than {LONGEST_BRIDGE_KM:.0f} km; put places on the missing line"
            )


def _break_between(
    network: Network,
    spent: dict[Anchor, int],
    targets: Sequence[Anchor],
    hop: Hop,
    segment: str,
) -> str:
    start = f"segment '{segment}': no track leads from '{hop[0]}' to '{hop[1]}'"
    found = across(network, spent, targets, reach_metres=_reach(spent, targets))
    for way in found.values():
        assert way.jump is not None
        a, b = (position(network, way.vertices[way.jump + step]) for step in (0, 1))
        return (
            f"{start}: there is a break of {distance_km(a, b):.1f} km between"
            f" {a[1]:.3f} N {a[0]:.3f} E and {b[1]:.3f} N {b[0]:.3f} E; declare a bridge for this hop"
        )
    return start


def _strung(ways: Sequence[Way]) -> tuple[list[Vertex], list[int]]:
    """Return the vertices of all ways in a row and, for each link between two, the hop it is in."""
    vertices: list[Vertex] = [ways[0].vertices[0]]
    hops: list[int] = []
    for hop, way in enumerate(ways):
        vertices.extend(way.vertices[1:])
        hops.extend([hop] * (len(way.vertices) - 1))
    return vertices, hops


def _without_spurs(network: Network, vertices: list[Vertex], hops: list[int]) -> tuple[list[Vertex], list[int]]:
    """Leave out detours there and back to a stop beside the line, up to its tolerance."""
    kept, numbers = vertices[:1], list[int]()
    allowance = 0.0
    for index, vertex in enumerate(vertices[1:]):
        if len(kept) > 1 and kept[-2] == vertex:
            tip = kept[-1]
            if isinstance(tip, Anchor):
                allowance = 0.0 if tip.bend else tolerance_km(tip.stop)
            allowance -= distance_km(position(network, tip), position(network, vertex))
            if allowance >= 0:
                kept.pop()
                numbers.pop()
                continue
        kept.append(vertex)
        numbers.append(hops[index])
    return kept, numbers
