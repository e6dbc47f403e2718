"""The network of a year: places are nodes, hops are links; says which links are open and which of them are promised."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx

from sco_map.atlas import Atlas, at_year, meeting_places, records_of
from sco_map.catalog.models import Place
from sco_map.model.columns import TRACK
from sco_map.model.dates import year_of
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import (
    DEFAULT_KINDS,
    LEAST_KM,
    RAIL,
    ROAD,
    ROUTABLE,
    SEA,
    SEA_SHARE,
    SWING_SHARE,
    TRACK_SHARE,
)
from sco_map.model.phases import OPERATING, UNFINISHED


@dataclass(frozen=True)
class Link:
    """A hop as the network has it: `status` is that of the year, `promised` that it is open only as announced.

    `undated` says that nobody knows since when it has been open, so that in a past year it may not have been.

    `countries` are states with km in the order in which the row runs, from `start` to `end`.
    """

    row: str
    number: int
    start: str
    end: str
    km: float
    accuracy_km: float
    is_track: bool
    kind: str
    gauge_mm: int | None
    countries: tuple[tuple[str, float], ...]
    status: str
    promised: bool
    undated: bool
    capacity: float | None
    capacity_unit: str | None
    sources: tuple[str, ...]

    @cached_property
    def metres(self) -> int:
        """The length in whole metres: sums of these are the same on every machine and in every language."""
        return round(self.km * 1000)

    @property
    def band_km(self) -> tuple[float, float]:
        """Between which lengths the real one is expected to lie."""
        if self.kind in AT_SEA:
            return self.km, self.km * (1 + SEA_SHARE)
        if self.is_track:
            return self.km * (1 - TRACK_SHARE), self.km * (1 + TRACK_SHARE)
        return self.km, math.hypot(self.km, 2 * self.accuracy_km / SWING_SHARE)


@dataclass(frozen=True, eq=False)
class Network:
    """The links of a year, those that are open and those that are not; `year` None is the present.

    `opened` says when a promise opens a link that is not open; `breaks` are places where trains change the gauge,
    `ports` places where rail and road meet the sea.
    """

    year: int
    promised: bool
    kinds: tuple[str, ...]
    links: tuple[Link, ...]
    closed: tuple[Link, ...]
    titles: Mapping[str, str]
    breaks: frozenset[str]
    ports: frozenset[str]
    places: Mapping[str, Place]

    @cached_property
    def graph(self) -> nx.MultiGraph:
        """The open links between places, each under the key (row, number)."""
        return graph_of(self.links)

    @cached_property
    def joints(self) -> nx.Graph:
        """The open links between the sides of places: a node is (place, side), and sides meet where traffic can change.

        A side is a gauge, "sea", "road" or a kind of pipeline.
        """
        joints = nx.Graph()
        sides: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            side = side_of(link)
            sides[link.start].add(side)
            sides[link.end].add(side)
            key = ((link.start, side), (link.end, side))
            joints.add_edge(*key)
            joints.edges[key].setdefault("links", []).append(link)
        for place, found in sides.items():
            for side in found:
                for other in found:
                    if side < other and self.meets(place, side, other):
                        joints.add_edge((place, side), (place, other))
        return joints

    def meets(self, place: str, side: str, other: str) -> bool:
        """Say whether traffic can change at a place from one side to another."""
        if side == other:
            return True
        pair = {side, other}
        if any(kind.endswith("pipeline") for kind in pair):
            return False
        if SEA in pair:
            return place in self.ports
        if ROAD in pair or "" in pair:
            return True
        return place in self.breaks

    def without(self, links: Collection[tuple[str, int]]) -> Network:
        """Return the network without some links, open or not, given as (row, number)."""
        taken = set(links)
        kept, waiting = (
            tuple(link for link in found if (link.row, link.number) not in taken) for found in (self.links, self.closed)
        )
        return replace(self, links=kept, closed=waiting)


def side_of(link: Link) -> str:
    """Return on which side of a place a link ends: its gauge, the sea, the road, or its kind of pipeline."""
    if link.kind == RAIL:
        return str(link.gauge_mm or "")
    return SEA if link.kind in AT_SEA else link.kind


def graph_of(links: Collection[Link]) -> nx.MultiGraph:
    """Return links as a graph of places."""
    graph = nx.MultiGraph()
    for link in links:
        graph.add_edge(link.start, link.end, key=(link.row, link.number), link=link)
    return graph


def network_of(
    atlas: Atlas,
    *,
    year: int | None = None,
    promised: bool = False,
    kinds: Collection[str] = (),
    worldview: str | None = None,
) -> Network:
    """Return the network as of a year (None: the year of the facts).

    With `promised` what was announced for that year or before, and is neither open nor given up, is open too. With a
    `worldview` the states are those that it counts the rows to.
    """
    then = atlas.year if year is None else year
    chosen = tuple(kind for kind in ROUTABLE if kind in (kinds or DEFAULT_KINDS))
    lines = at_year(atlas.rows[atlas.rows["kind"].isin(chosen)], then, undated=True).sort_values("id")
    links: list[Link] = []
    closed: list[Link] = []
    titles: dict[str, str] = {}
    for record in records_of(lines):
        if not record["phases"]:  # a line of the reader's, which says no status: it is taken to be open
            record["status"] = OPERATING
        by_promise = record["status"] in UNFINISHED and promised and is_due(record["promises"], then)
        titles[record["id"]] = record["title_en"]
        first: Mapping[str, Any] = next(iter(record["phases"]), {})
        undated = then < atlas.year and first.get("from") is None and not by_promise
        found = links_of(record, promised=by_promise, undated=undated, worldview=worldview)
        (links if by_promise or record["status"] == OPERATING else closed).extend(found)
    breaks, ports = meeting_places(atlas)
    return Network(
        year=then,
        promised=promised,
        kinds=chosen,
        links=tuple(links),
        closed=tuple(closed),
        titles=titles,
        breaks=breaks,
        ports=ports,
        places=atlas.catalog.places,
    )


def is_due(promises: Collection[Mapping[str, Any]], year: int) -> bool:
    """Say whether the last announcement is for a year or before."""
    last = list(promises)[-1:]
    return bool(last) and (year_of(last[0]["opens"]) or year + 1) <= year


def links_of(record: Mapping[str, Any], *, promised: bool, undated: bool, worldview: str | None = None) -> list[Link]:
    """Return the hops of a row as links, their states as a worldview sees them."""
    view = (record.get("views") or {}).get(worldview) if worldview else None
    states = recounted(record["hops"] or (), view["countries"], view["km_by_country"]) if view else None
    return [
        Link(
            row=record["id"],
            number=number,
            start=hop["from"],
            end=hop["to"],
            km=hop["km"],
            accuracy_km=hop["accuracy_km"],
            is_track=record["length_basis"] == TRACK,
            kind=record["kind"],
            gauge_mm=record["gauge_mm"],
            countries=states[number] if states else tuple((hop["countries"] or {}).items()),
            status=record["status"],
            promised=promised,
            undated=undated,
            capacity=record["capacity"],
            capacity_unit=record["capacity_unit"],
            sources=tuple(record["sources"]),
        )
        for number, hop in enumerate(record["hops"] or ())
    ]


def recounted(
    hops: Collection[Mapping[str, Any]], countries: Iterable[str], km_by_country: Mapping[str, float]
) -> list[tuple[tuple[str, float], ...]]:
    """Return the states of each hop when those of the whole row, in the order of travel, are these."""
    order = [code for code in countries if code in km_by_country]
    left = dict(km_by_country)
    found = []
    for hop in hops:
        rest, states = float(hop["km"]), list[tuple[str, float]]()
        while order and rest > 0:
            code = order[0]
            km = min(rest, left[code])
            if km > 0:
                states.append((code, round(km, 2)))
            rest -= km
            left[code] -= km
            if left[code] <= LEAST_KM:
                order.pop(0)
        found.append(tuple(states))
    return found
