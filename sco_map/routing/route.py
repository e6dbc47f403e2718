"""The way from one place to another: legs, states, borders, breaks of gauge, ferries, and what rests on promises."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import networkx as nx

from sco_map.atlas import Atlas
from sco_map.model.geodesy import GEOD
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import DEFAULT_KINDS, MOST_ALTERNATIVES, SHORTEST
from sco_map.routing.complaints import (
    Complaint,
    Gap,
    RoutingError,
    Thing,
    Year,
    in_one,
    place_called,
    row_titles,
    term_called,
)
from sco_map.routing.links import Link, Network, network_of, side_of
from sco_map.routing.questions import (
    Question,
    nearest_on,
    place_id,
    place_named,
    prepared,
    spot,
    things_called,
    things_named,
    whole,
)
from sco_map.routing.search import Roads, Step, Stop, Through, is_break, ways

DIRECTIONS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
OPEN, BUILT, PROMISED = "operating", "construction", "promised"


@dataclass(frozen=True)
class Leg:
    """A stretch of a route over one row, all one way: from where to where, how far, in which direction, by whom."""

    row: str
    title: str
    kind: str
    start: str
    end: str
    places: tuple[str, ...]
    direction: str
    km: float
    accuracy_km: float
    gauge_mm: int | None
    countries: tuple[tuple[str, float], ...]
    status: str
    promised: bool
    length_basis: str
    capacity: float | None
    capacity_unit: str | None
    sources: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Border:
    """A crossing from one state into the next: at the place `at`, or somewhere on the hop `between` two places."""

    leaves: str
    enters: str
    between: tuple[str, str]
    at: str | None
    by_sea: bool


@dataclass(frozen=True)
class Break:
    """A place where the gauge changes."""

    place: str
    from_mm: int
    to_mm: int


@dataclass(frozen=True)
class Narrowest:
    """The leg with the smallest known capacity, and for how many km of the route a capacity in this unit is known."""

    row: str
    capacity: float
    unit: str
    known_km: float


@dataclass(frozen=True)
class Way:
    """One way through the network; `low_km` to `high_km` is the band in which its real length is expected."""

    legs: tuple[Leg, ...]
    km: float
    low_km: float
    high_km: float
    km_by_country: tuple[tuple[str, float], ...]
    sea_km: float
    borders: tuple[Border, ...]
    breaks: tuple[Break, ...]
    ferries: tuple[Leg, ...]
    narrowest: Narrowest | None
    km_by_status: tuple[tuple[str, float], ...]

    @property
    def promised_km(self) -> float:
        """The km that are open only as announced."""
        return round(sum(leg.km for leg in self.legs if leg.promised), 2)

    @property
    def undated_km(self) -> float:
        """The km of which nobody knows since when they have been open, when the year is a past one."""
        return round(sum(step.link.km for leg in self.legs for step in leg.steps if step.link.undated), 2)

    @property
    def places(self) -> tuple[str, ...]:
        """All places in order."""
        return tuple(dict.fromkeys(place for leg in self.legs for place in leg.places))


@dataclass(frozen=True)
class Found:
    """The ways between two places, and what was to be passed and left aside, by the ids under which it is known."""

    ways: tuple[Way, ...]
    passed: tuple[str, ...]
    avoided: tuple[str, ...]


def ways_between(
    atlas: Atlas, start: str, end: str, question: Question, *, via: Iterable[str] = (), alternatives: int = 1
) -> Found:
    """Return the best way and its alternatives; raises RoutingError with a sentence that says why there is none."""
    network = prepared(atlas, question)
    everything = whole(atlas, replace(question, avoid=()))
    complaints: list[Complaint] = []
    if not 1 <= alternatives <= MOST_ALTERNATIVES:
        complaints.append(Complaint("net_alternatives", {"most": MOST_ALTERNATIVES, "n": alternatives}))
    passing = [stop_named(atlas, value, network, complaints) for value in via]
    first, last = (place_id(atlas, value, network, complaints) for value in (start, end))
    if complaints:
        raise RoutingError(complaints)
    stops: list[Stop] = [first, *(stop for stop, _ in passing), last]
    avoided = things_named(atlas, question.avoid, []).ids
    complaints += (
        Complaint("net_same_place", {"place": place_called(atlas, one)})
        for one, other in itertools.pairwise(stops)
        if one == other and isinstance(one, str)
    )
    for stop in dict.fromkeys(stop for stop in stops if isinstance(stop, str)):
        if stop in network.graph:
            continue
        if stop in everything.graph:
            gaps: Mapping[str, Gap] = {
                "place": place_called(atlas, stop),
                "year": Year(network.year),
                "things": things_called(atlas, avoided),
            }
            complaints.append(Complaint("net_cut_off", gaps))
        else:
            complaints.append(off_network(atlas, network, stop))
    if complaints:
        raise RoutingError(complaints)
    roads = roads_of(network)
    found = ways(network, roads, stops, by=question.by, most=alternatives)
    passed = tuple(dict.fromkeys(id_ for _, ids in passing for id_ in ids))
    if not found:
        raise RoutingError([no_way(atlas, network, stops, passed, avoided)])
    return Found(tuple(way_of(network, steps) for steps in found), passed, avoided)


def stop_named(atlas: Atlas, value: str, network: Network, complaints: list[Complaint]) -> tuple[Stop, tuple[str, ...]]:
    """Return what is to be passed, and the ids under which it is known: a place before all, else a state or lines."""
    place = place_named(atlas, value, network)
    if place is not None:
        return place, (place,)
    things = things_named(atlas, [value], complaints)
    return Through(things.places, things.countries, things.rows), things.ids


@lru_cache(maxsize=16)
def roads_of(network: Network) -> Roads:
    """Return the links of a network by place."""
    return Roads(network.links)


# -- errors ------------------------------------------------------------------------------------------------------------


def off_network(atlas: Atlas, network: Network, stop: str) -> Complaint:
    """Return the complaint about a place that no open line touches: the nearest one, and what would touch it."""
    near = [
        Complaint("net_near", {"place": place_called(atlas, other), "km": round(km)})
        for other, km in nearest_on(network, stop)
    ]
    gaps: Mapping[str, Gap] = {"place": place_called(atlas, stop), "year": Year(network.year)}
    gaps_near = {"near": near[0], "next": near[-1]}
    sentence = Complaint("net_off" if len(near) == 1 else "net_offs", {**gaps, **gaps_near})
    waiting = [link for link in network.closed if stop in (link.start, link.end)]
    if waiting:
        return Complaint("net_waiting", {"sentence": sentence, "row": waiting_row(atlas, network, waiting[0])})
    return sentence


def waiting_row(atlas: Atlas, network: Network, link: Link) -> Complaint:
    """Return a row that is not open with its status."""
    facts = term_called(atlas, "status", link.status, said=f"{link.row}, {link.status}")
    title = Thing(network.titles[link.row], row_titles(atlas).get(link.row))
    return Complaint("net_row", {"title": title, "facts": facts, "year": Year(network.year)})


def no_way(
    atlas: Atlas, network: Network, stops: Sequence[Stop], passed: Sequence[str], avoided: Sequence[str]
) -> Complaint:
    """Return the complaint about places in different parts of the network, and what would join them."""
    roads = roads_of(network)
    places = [stop for stop in stops if isinstance(stop, str)]
    apart = next((pair for pair in itertools.pairwise(places) if not ways(network, roads, pair, by=SHORTEST)), None)
    start, end = (place_called(atlas, place) for place in apart or (places[0], places[-1]))
    gaps: dict[str, Gap] = {"from": start, "to": end, "year": Year(network.year)}
    if apart is None:
        sentence = Complaint("net_not_through", {**gaps, "things": things_called(atlas, passed)})
        return left_out(atlas, sentence, avoided)
    sizes = [len(part_of(network, stop)) for stop in apart]
    sentence = left_out(atlas, Complaint("net_no_way", {**gaps, "n": sizes[0], "m": sizes[1]}), avoided)
    missing = {link.row: waiting_row(atlas, network, link) for link in joining(network, *apart)}
    if missing:
        return Complaint("net_join", {"sentence": sentence, "rows": in_one("net_comma", [*missing.values()])})
    return Complaint("net_no_join", {"sentence": sentence})


def left_out(atlas: Atlas, sentence: Complaint, avoided: Sequence[str]) -> Complaint:
    """Return a sentence that says what was left out, where something was."""
    if not avoided:
        return sentence
    return Complaint("net_left_out", {"sentence": sentence, "things": things_called(atlas, avoided)})


def part_of(network: Network, stop: str) -> set[str]:
    """Return the places that can be reached from one."""
    starts = [node for node in network.joints if node[0] == stop]
    return {place for node in starts for place, _ in nx.node_connected_component(network.joints, node)}


def joining(network: Network, start: str, end: str) -> list[Link]:
    """Return the links that are not open on the way between two places that needs the fewest km of such links."""
    joined, closed = with_closed(network), {(link.row, link.number) for link in network.closed}
    found = ways(joined, roads_of(joined), (start, end))
    return [step.link for way in found for step in way if (step.link.row, step.link.number) in closed]


@lru_cache(maxsize=4)
def with_closed(network: Network) -> Network:
    """Return a network in which closed links are open, too, and the open ones have no length."""
    links = (*(replace(link, km=0.0) for link in network.links), *network.closed)
    return replace(network, links=links, closed=())


# -- answers -----------------------------------------------------------------------------------------------------------


def way_of(network: Network, steps: Sequence[Step]) -> Way:
    """Return a way with everything that is said of it."""
    by_row = itertools.groupby(steps, lambda step: (step.link.row, step.back))
    legs = tuple(leg_of(network, list(group)) for _, group in by_row)
    bands = [step.link.band_km for step in steps]
    km = round(sum(step.link.km for step in steps), 2)
    by_country: list[tuple[str, float]] = []
    for code, length in (entry for step in steps for entry in step.countries):
        if by_country and by_country[-1][0] == code:
            by_country[-1] = (code, round(by_country[-1][1] + length, 2))
        else:
            by_country.append((code, length))
    statuses: dict[str, float] = {}
    for step in steps:
        status = step.link.status
        statuses[status] = round(statuses.get(status, 0.0) + step.link.km, 2)
    return Way(
        legs=legs,
        km=km,
        low_km=round(sum(low for low, _ in bands)),
        high_km=round(sum(high for _, high in bands)),
        km_by_country=tuple(by_country),
        sea_km=round(sum(step.link.km for step in steps if step.link.kind in AT_SEA), 2),
        borders=tuple(borders_of(network, steps)),
        breaks=tuple(breaks_of(steps)),
        ferries=tuple(leg for leg in legs if leg.kind in AT_SEA),
        narrowest=narrowest_of(steps),
        km_by_status=tuple(sorted(statuses.items(), key=lambda entry: -entry[1])),
    )


def leg_of(network: Network, steps: Sequence[Step]) -> Leg:
    """Return a leg from the steps over one row."""
    first, last, link = steps[0], steps[-1], steps[0].link
    km = sum(step.link.km for step in steps)
    by_country: dict[str, float] = {}
    for code, length in (entry for step in steps for entry in step.countries):
        by_country[code] = round(by_country.get(code, 0.0) + length, 2)
    return Leg(
        row=link.row,
        title=network.titles[link.row],
        kind=link.kind,
        start=first.start,
        end=last.end,
        places=(first.start, *(step.end for step in steps)),
        direction=direction(network, first.start, last.end),
        km=round(km, 2),
        accuracy_km=round(sum(step.link.km * step.link.accuracy_km for step in steps) / km, 1) if km else 0.0,
        gauge_mm=link.gauge_mm,
        countries=tuple(by_country.items()),
        status=link.status,
        promised=link.promised,
        length_basis="track" if link.is_track else "drawn",
        capacity=link.capacity,
        capacity_unit=link.capacity_unit,
        sources=link.sources,
        steps=tuple(steps),
    )


def direction(network: Network, start: str, end: str) -> str:
    """Return in which of eight directions one place lies from another."""
    azimuth = float(GEOD.inv(*spot(network, start), *spot(network, end))[0])
    return DIRECTIONS[round(azimuth / 45) % 8]


def borders_of(network: Network, steps: Sequence[Step]) -> Iterable[Border]:
    """Yield every change from one state to the next, with the place where it happens as near as the hops tell.

    A hop names each of its states once: a state that lies on both sides of a border at its end was left or reached
    again somewhere between the ends of the hop.
    """
    soil = ""
    left = steps[0].start
    at_sea = False
    before: Step | None = None
    for step in steps:
        for number, (code, _) in enumerate(step.countries):
            if soil and code != soil:
                if number == 0 and before is not None and code in dict(before.countries):
                    between = (before.start, before.end)
                elif number == 0 and not at_sea and soil in dict(step.countries):
                    between = (step.start, step.end)
                elif number == 0:
                    between = (left, step.start) if at_sea else (step.start, step.start)
                else:
                    between = (step.start, step.end)
                yield Border(soil, code, between, crossing(network, between), at_sea)
            soil, at_sea = code, False
        before = step
        if step.link.kind in AT_SEA:
            at_sea = True
        else:
            left = step.end


def crossing(network: Network, between: tuple[str, str]) -> str | None:
    """Return the place of a crossing: the one both ends are, else the end that is a border crossing or a pass."""
    if between[0] == between[1]:
        return between[0]
    posts = [end for end in between if network.places[end].kind in ("border_crossing", "pass")]
    return posts[0] if len(posts) == 1 else None


def breaks_of(steps: Sequence[Step]) -> Iterable[Break]:
    """Yield every change of gauge between neighbouring railways."""
    for step, following in itertools.pairwise(steps):
        if is_break(side_of(step.link), side_of(following.link)):
            yield Break(step.end, int(side_of(step.link)), int(side_of(following.link)))


def narrowest_of(steps: Sequence[Step]) -> Narrowest | None:
    """Return the smallest known capacity, in the unit that is known for the most km."""
    known = [step.link for step in steps if step.link.capacity and step.link.capacity_unit]
    km: dict[str, float] = {}
    for link in known:
        km[str(link.capacity_unit)] = km.get(str(link.capacity_unit), 0.0) + link.km
    if not km:
        return None
    unit = max(sorted(km), key=lambda entry: km[entry])
    least = min((link for link in known if link.capacity_unit == unit), key=lambda link: (link.capacity, link.row))
    return Narrowest(least.row, float(least.capacity or 0), unit, round(km[unit], 2))


def open_network(atlas: Atlas, year: int | None, promised: bool) -> Network:
    """Return the network of railways, ferries and sea legs."""
    return network_of(atlas, year=year, promised=promised, kinds=DEFAULT_KINDS)
