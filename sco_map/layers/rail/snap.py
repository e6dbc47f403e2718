"""Where a place touches the railway network: on the edge beside it, or as a bend of a long chord."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from sco_map.layers.rail.bound import CHORD_SHARE, bound_km
from sco_map.layers.rail.graph import Integers, Network, great_circle_km
from sco_map.model.sphere import KM_PER_DEGREE

SHORTEST_PART_KM = 15.0
"""Tracks that join nothing else over less than this are sidings and scraps; no place snaps to them."""


PARALLEL_KM = 1.0
"""Edges no further from a place than the nearest one and this are tracks of one station: the way may take any."""


class Stop(Protocol):
    """A place of the catalog, as far as the network needs it: degrees (WGS 84) and its accuracy in km.

    A helper is a point without a name, there only to choose the track.
    """

    @property
    def id(self) -> str: ...
    @property
    def lon(self) -> float: ...
    @property
    def lat(self) -> float: ...
    @property
    def accuracy_km(self) -> float: ...
    @property
    def is_helper(self) -> bool: ...


@dataclass(frozen=True)
class Anchor:
    """A point of the network that represents a place.

    `metre` counts along the track of `edge` from its start node; `point` is longitude and latitude.
    `off_km` is the distance from the place to the edge. A `bend` lies on the place itself: the chord
    is wider than the place is uncertain, so the place says more about the track than the chord does.
    `edge` is -1 for a place away from any track (the open end of a bridge).
    """

    stop: Stop = field(compare=False, repr=False)
    stop_id: str
    edge: int
    metre: int
    point: tuple[float, float]
    off_km: float
    bend: bool


def tolerance_km(stop: Stop) -> float:
    """Return how far from a track a place may lie and still represent it.

    Twice its accuracy: nine places of ten lie within their accuracy, 999 of a thousand within twice.
    One km more is for the network, whose nodes are rounded to 0.001 degrees, and for wide yards.
    """
    return 2 * stop.accuracy_km + 1.0


def anchors(network: Network, stop: Stop, *, beside_only: bool = False) -> list[Anchor]:
    """Return the edges that may represent `stop`, nearest first; nothing when it is off every track.

    The nearest edge and those beside it, within the tolerance; else, unless `beside_only`, the chords so much shorter
    than their track that the detour through the place fits in.
    """
    edges = _edges_near(network, stop, tolerance_km(stop))
    beside = [_beside(network, stop, edge) for edge in edges.tolist()]
    reach = min([tolerance_km(stop), *(anchor.off_km + PARALLEL_KM for anchor in beside)])
    beside = [anchor for anchor in beside if anchor.off_km <= reach]
    if not beside and not beside_only:
        beside = [_bend(network, stop, edge) for edge in _edges_around(network, stop).tolist()]
    return sorted(beside, key=lambda anchor: (anchor.off_km, anchor.edge))


def open_end(stop: Stop) -> Anchor:
    """Return the anchor of a place off every track, where a bridge begins or ends."""
    point = (round(stop.lon, 5), round(stop.lat, 5))
    return Anchor(stop, stop.id, -1, 0, point, 0.0, bend=True)


def nearest_km(network: Network, stop: Stop) -> float:
    """Return the distance from a place to the nearest track, infinite when there is none at hand."""
    for reach in (25.0, 400.0):
        edges = _edges_near(network, stop, reach).tolist()
        if edges:
            return min(_beside(network, stop, edge).off_km for edge in edges)
    return math.inf


def _edges_near(network: Network, stop: Stop, reach_km: float) -> Integers:
    """Return the edges of sizeable parts whose bounding box comes within `reach_km` of a place."""
    up = reach_km / KM_PER_DEGREE
    aside = up / math.cos(math.radians(stop.lat))
    west, south, east, north = network.boxes
    near = (west - aside <= stop.lon) & (stop.lon <= east + aside)
    near &= (south - up <= stop.lat) & (stop.lat <= north + up)
    edges = np.flatnonzero(near)
    return np.asarray(edges[network.part_km[network.start[edges]] >= SHORTEST_PART_KM])


def _edges_around(network: Network, stop: Stop) -> Integers:
    """Return the edges whose track is long enough for the way through a place, and 2 km longer than their chord."""
    wide = np.flatnonzero(network.metres >= 1000 * (network.chord_km + 2))
    legs = [
        great_circle_km(network.lon[ends[wide]], network.lat[ends[wide]], stop.lon, stop.lat)
        for ends in (network.start, network.end)
    ]
    return np.asarray(wide[np.round(legs[0] + legs[1], 3) <= network.metres[wide] / 1000])


def _beside(network: Network, stop: Stop, edge: int) -> Anchor:
    """Return the point of an edge nearest to a place, with its share of the track pro rata.

    Where the track is less certain than the place, the edge bends through the place, unless that is one of its ends.
    """
    ends = (int(network.start[edge]), int(network.end[edge]))
    scale = KM_PER_DEGREE * math.cos(math.radians(stop.lat))
    (x, y), (u, v) = (((network.lon[n] - stop.lon) * scale, (network.lat[n] - stop.lat) * KM_PER_DEGREE) for n in ends)
    square = (u - x) ** 2 + (v - y) ** 2
    share = -(x * (u - x) + y * (v - y)) / square if square > 0 else 0.0
    share = round(min(1.0, max(0.0, share)), 6)
    off_km = round(math.hypot(x + share * (u - x), y + share * (v - y)), 3)
    metres = int(network.metres[edge])
    figure = CHORD_SHARE * bound_km(metres / 1000, network.chord_km[edge])
    at_node = min(_legs_km(network, stop, edge)) <= stop.accuracy_km
    if figure > stop.accuracy_km and not at_node and _slack_km(network, stop, edge) >= 0:
        return _bend(network, stop, edge, off_km)
    lon, lat = (float(axis[ends[0]] + share * (axis[ends[1]] - axis[ends[0]])) for axis in (network.lon, network.lat))
    metre = round(share * metres)
    return Anchor(stop, stop.id, edge, metre, (round(lon, 5), round(lat, 5)), off_km, bend=False)


def _bend(network: Network, stop: Stop, edge: int, off_km: float | None = None) -> Anchor:
    first, second = _legs_km(network, stop, edge)
    metres = int(network.metres[edge])
    metre = round(metres * first / (first + second)) if first + second > 0 else 0
    point = (round(stop.lon, 5), round(stop.lat, 5))
    if off_km is None:
        off_km = first + second - float(network.chord_km[edge])
    return Anchor(stop, stop.id, edge, metre, point, round(off_km, 3), bend=True)


def _legs_km(network: Network, stop: Stop, edge: int) -> tuple[float, float]:
    ends: Sequence[int] = (int(network.start[edge]), int(network.end[edge]))
    legs = [great_circle_km(network.lon[n], network.lat[n], stop.lon, stop.lat) for n in ends]
    return round(float(legs[0]), 3), round(float(legs[1]), 3)


def _slack_km(network: Network, stop: Stop, edge: int) -> float:
    """Return what the track of an edge has left when it goes through a place; negative: it cannot."""
    return float(network.metres[edge]) / 1000 - sum(_legs_km(network, stop, edge))
