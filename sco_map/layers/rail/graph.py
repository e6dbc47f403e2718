"""The railway network of the scgraph-data package as arrays, read from its literals without importing it."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sco_map.errors import ScoMapError
from sco_map.model.sphere import EARTH_RADIUS_KM

SAME_TRACK_KM = 0.5
"""Ends of tracks closer than this are one track: nodes are rounded to 0.001 degrees and no figure is better."""

Extent = tuple[float, float, float, float]
EXTENT: Extent = (18.0, 5.0, 180.0, 72.0)
"""The part of the world that is read: west, south, east, north, in degrees."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Nodes in degrees (WGS 84) and edges: straight chords that carry the length of the real track.

    `start` is always the smaller node of an edge; `metres` is the track length in whole metres, so
    that sums along a route are exact on every machine.
    """

    lon: Floats
    lat: Floats
    start: Integers
    end: Integers
    metres: Integers
    chord_km: Floats = field(init=False)

    def __post_init__(self) -> None:
        chords = great_circle_km(self.lon[self.start], self.lat[self.start], self.lon[self.end], self.lat[self.end])
        object.__setattr__(self, "chord_km", np.round(chords, 3))

    @cached_property
    def boxes(self) -> tuple[Floats, Floats, Floats, Floats]:
        """West, south, east and north of each edge, in degrees."""
        lon, lat = (np.sort([axis[self.start], axis[self.end]], axis=0) for axis in (self.lon, self.lat))
        return lon[0], lat[0], lon[1], lat[1]

    @cached_property
    def neighbours(self) -> list[list[tuple[int, int, int]]]:
        """For each node its neighbours as (node, metres, edge), in the order of the edges."""
        lists: list[list[tuple[int, int, int]]] = [[] for _ in range(len(self.lon))]
        edges = zip(self.start.tolist(), self.end.tolist(), self.metres.tolist(), strict=True)
        for edge, (start, end, metres) in enumerate(edges):
            lists[start].append((end, metres, edge))
            lists[end].append((start, metres, edge))
        return lists

    @cached_property
    def part(self) -> Integers:
        """For each node the first node of the connected part it belongs to."""
        part = np.full(len(self.lon), -1, dtype=np.int64)
        for first in range(len(part)):
            if part[first] < 0:
                self._mark_part(part, first)
        return part

    @cached_property
    def part_km(self) -> Floats:
        """For each node the track length in km of the connected part it belongs to."""
        part = self.part
        totals = np.bincount(part[self.start], weights=self.metres / 1000, minlength=len(part))
        return np.asarray(np.round(totals[part], 3))

    def _mark_part(self, part: Integers, first: int) -> None:
        part[first] = first
        waiting = deque([first])
        while waiting:
            for node, _, _ in self.neighbours[waiting.popleft()]:
                if part[node] < 0:
                    part[node] = first
                    waiting.append(node)


def great_circle_km(
    lon: Floats | float, lat: Floats | float, other_lon: Floats | float, other_lat: Floats | float
) -> Floats:
    """Return haversine distances in km between points in degrees, as the network measures them."""
    x, y, u, v = (np.radians(np.asarray(value)) for value in (lon, lat, other_lon, other_lat))
    half = np.sin((v - y) / 2) ** 2 + np.cos(y) * np.cos(v) * np.sin((u - x) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(half))))


def read_network(path: Path, extent: Extent = EXTENT) -> Network:
    """Read the part of the network whose edges begin and end inside `extent` (west, south, east, north).

    The file assigns a list of neighbours with lengths in km (`graph=[{1: 2.02}, ...]`) and a list of
    [latitude, longitude] (`nodes=[...]`), each on one line. Raise ScoMapError when it does not.
    """
    literals = dict(re.findall(r"^(graph|nodes)=(\[.*\])$", path.read_text("utf-8"), re.MULTILINE))
    if literals.keys() != {"graph", "nodes"}:
        raise ScoMapError(f"{path.name} is not a network: expected the lines graph=[...] and nodes=[...]")
    nodes = np.array(json.loads(literals["nodes"]), dtype=np.float64).reshape(-1, 2)
    start, end, km = _edges(literals["graph"])
    if len(start) and max(start.max(), end.max()) >= len(nodes):
        raise ScoMapError(f"{path.name} is not a network: it has {len(nodes)} nodes and edges to others")
    return _closed(_cut(nodes, start, end, km, extent))


def _cut(nodes: Floats, start: Integers, end: Integers, km: Floats, extent: Extent) -> Network:
    west, south, east, north = extent
    lat, lon = nodes.T
    inside = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
    kept = (start < end) & inside[start] & inside[end]
    number = np.cumsum(inside) - 1
    return Network(
        lon=lon[inside],
        lat=lat[inside],
        start=number[start[kept]],
        end=number[end[kept]],
        metres=np.rint(km[kept] * 1000).astype(np.int64),
    )


def _closed(network: Network) -> Network:
    """Return the network with ends of tracks joined to what goes on within 0.5 km, the shortest gaps first.

    An end is joined once: to another end, or to the nearest node of a part that it did not belong to before.
    """
    part = network.part.copy()
    is_end = np.array([len(links) == 1 for links in network.neighbours], dtype=bool)
    joined: set[int] = set()
    joins: list[tuple[int, int, int]] = []
    for metres, node, other in sorted(_gaps(network, is_end)):
        if joined.isdisjoint((node, other)) and (part[node] != part[other] or is_end[other]):
            joined.update((node, other))
            part[part == part[other]] = part[node]
            joins.append((min(node, other), max(node, other), metres))
    if not joins:
        return network
    start, end, metres_between = np.array(joins, dtype=np.int64).T
    return Network(
        lon=network.lon,
        lat=network.lat,
        start=np.concatenate([network.start, start]),
        end=np.concatenate([network.end, end]),
        metres=np.concatenate([network.metres, metres_between]),
    )


def _gaps(network: Network, is_end: NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """Yield metres, node and other node for each end of a track and each node near it that it does not lead to."""
    tiles: dict[tuple[int, int], list[int]] = {}
    places = list(zip(np.floor(network.lon * 50).tolist(), np.floor(network.lat * 100).tolist(), strict=True))
    for node, tile in enumerate(places):
        tiles.setdefault((int(tile[0]), int(tile[1])), []).append(node)
    for node in np.flatnonzero(is_end).tolist():
        column, row = (int(value) for value in places[node])
        around = [tiles.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        next_to = {node, network.neighbours[node][0][0]}
        others = [other for tile in around for other in tile if other not in next_to]
        if others:
            here, there = (network.lon[node], network.lat[node]), (network.lon[others], network.lat[others])
            for other, gap in zip(others, great_circle_km(*here, *there).tolist(), strict=True):
                if gap <= SAME_TRACK_KM and (is_end[other] or network.part[other] != network.part[node]):
                    yield round(1000 * gap), node, other


def _edges(literal: str) -> tuple[Integers, Integers, Floats]:
    """Return start, end and km of all edges of a list of dicts, each edge as often as it is written."""
    neighbours = [part.count(":") for part in literal.split("}")[:-1]]
    numbers = re.sub(r"[^0-9.e+-]+", " ", literal).split()
    values = np.array(numbers, dtype=np.float64).reshape(-1, 2)
    start = np.repeat(np.arange(len(neighbours), dtype=np.int64), neighbours)
    return start, values[:, 0].astype(np.int64), values[:, 1]
