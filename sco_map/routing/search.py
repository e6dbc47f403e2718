"""The search for the best way through the network: by length, by borders or by breaks of gauge; knows only links.

The state of a search is a place, the side on which one has arrived there (a gauge, the sea, the road), the state whose
soil one was on last, and how many of the places to pass are behind. What counts first follows from `by`; the others
break ties, then the number of links, then the order of ids: so that every machine and every language finds the same.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from sco_map.model.network import BORDERS, GAUGES, LONGEST_DETOUR, MOST_IN_COMMON, MOST_ROUNDS, SHORTEST
from sco_map.routing.links import Link, Network, side_of

Cost = tuple[int, int, int, int]
State = tuple[str, str, str, int]
"""Place, side ("" at the start), state whose soil one was on last ("" before the first), places passed."""


@dataclass(frozen=True)
class Step:
    """A link as it is travelled: `back` against the order of its row."""

    link: Link
    back: bool

    @property
    def start(self) -> str:
        """The place where it begins."""
        return self.link.end if self.back else self.link.start

    @property
    def end(self) -> str:
        """The place where it ends."""
        return self.link.start if self.back else self.link.end

    @property
    def countries(self) -> tuple[tuple[str, float], ...]:
        """The states with km in the order of travel."""
        return self.link.countries[::-1] if self.back else self.link.countries


Key = tuple[str, int]
"""Row and number of a link."""


@dataclass(frozen=True, slots=True)
class Onward:
    """A step on from a side of a place: where it leads, and what it costs and crosses, looked up once.

    `first` and `last` are the states in which it begins and ends ("" where it lies in none), `borders` those between.
    """

    step: Step
    end: str
    side: str
    metres: int
    first: str
    last: str
    borders: int
    breaks: int
    key: Key


def onward(step: Step, side: str) -> Onward:
    """Return a step with what a search needs of it; `side` is the one from which it is taken."""
    states = [code for code, _ in step.countries]
    other = side_of(step.link)
    return Onward(
        step=step,
        end=step.end,
        side=other,
        metres=step.link.metres,
        first=states[0] if states else "",
        last=states[-1] if states else "",
        borders=sum(code != following for code, following in itertools.pairwise(states)),
        breaks=int(is_break(side, other)),
        key=(step.link.row, step.link.number),
    )


@dataclass(frozen=True)
class Through:
    """What a way passes when it is no single place: a link of some rows or in some states, or one of some places."""

    places: Set[str] = frozenset()
    countries: Set[str] = frozenset()
    rows: Set[str] = frozenset()


Stop = str | Through
"""A place to pass, or something that is passed on any of its links."""


def is_at(stop: Stop, ahead: Onward) -> bool:
    """Say whether a step passes a stop."""
    if isinstance(stop, str):
        return ahead.end == stop
    link = ahead.step.link
    return (
        link.row in stop.rows
        or bool(stop.places & {link.start, link.end})
        or any(code in stop.countries for code, _ in link.countries)
    )


class Roads:
    """The links at each place, in one order."""

    def __init__(self, links: Collection[Link]) -> None:
        self._at: dict[str, list[Step]] = {}
        self._ahead: dict[tuple[str, str], list[Onward]] = {}
        for link in sorted(links, key=lambda link: (link.row, link.number)):
            self._at.setdefault(link.start, []).append(Step(link, back=False))
            self._at.setdefault(link.end, []).append(Step(link, back=True))

    def at(self, place: str) -> Sequence[Step]:
        """Return what leads away from a place."""
        return self._at.get(place, ())

    def ahead(self, network: Network, place: str, side: str) -> Sequence[Onward]:
        """Return what leads on when one has come to a place by one side of it (any, when ""), looked up once."""
        joint = (place, side)
        if joint not in self._ahead:
            self._ahead[joint] = [
                onward(step, side)
                for step in self.at(place)
                if not side or network.meets(place, side, side_of(step.link))
            ]
        return self._ahead[joint]


def best_way(
    network: Network,
    roads: Roads,
    stops: Sequence[Stop],
    *,
    by: str = SHORTEST,
    worn: Mapping[tuple[str, int], int] | None = None,
) -> tuple[Step, ...] | None:
    """Return the best way through `stops` in their order, None when there is none; the first and last are places.

    `worn` says of links how often they were used before: each time makes them half as long again, for alternatives.
    """
    first: State = (str(stops[0]), "", "", 1)
    heap: list[tuple[Cost, int, State]] = [((0, 0, 0, 0), 0, first)]
    before: dict[State, tuple[State, Step]] = {}
    best: dict[State, Cost] = {first: (0, 0, 0, 0)}
    done: set[State] = set()
    pushed = 0
    while heap:
        cost, _, state = heapq.heappop(heap)
        if state in done:
            continue
        done.add(state)
        if state[3] == len(stops):
            return tuple(trail(before, state))
        place, side, soil, passed = state
        for ahead in roads.ahead(network, place, side):
            metres = ahead.metres
            if worn:
                metres += metres * worn.get(ahead.key, 0) // 2
            borders = ahead.borders + bool(soil and ahead.first and soil != ahead.first)
            one, two, three = in_order(by, metres, borders, ahead.breaks)
            spent = (cost[0] + one, cost[1] + two, cost[2] + three, cost[3] + 1)
            behind = passed
            while behind < len(stops) and is_at(stops[behind], ahead):
                behind += 1
            following = (ahead.end, ahead.side, ahead.last or soil, behind)
            if following not in best or spent < best[following]:
                best[following] = spent
                before[following] = (state, ahead.step)
                pushed += 1
                heapq.heappush(heap, (spent, pushed, following))
    return None


def in_order(by: str, metres: int, borders: int, breaks: int) -> tuple[int, int, int]:
    """Return what a stretch costs, what counts most first."""
    if by == BORDERS:
        return borders, metres, breaks
    if by == GAUGES:
        return breaks, metres, borders
    return metres, borders, breaks


def is_break(side: str, other: str) -> bool:
    """Say whether going from one side to another changes the gauge."""
    return side.isdigit() and other.isdigit() and side != other


def trail(before: Mapping[State, tuple[State, Step]], state: State) -> Iterator[Step]:
    """Yield the steps that led to a state."""
    steps = []
    while state in before:
        state, step = before[state]
        steps.append(step)
    yield from reversed(steps)


def ways(
    network: Network, roads: Roads, stops: Sequence[Stop], *, by: str = SHORTEST, most: int = 1
) -> list[tuple[Step, ...]]:
    """Return up to `most` ways that really differ, the best first."""
    found: list[tuple[Step, ...]] = []
    worn: dict[tuple[str, int], int] = {}
    for _ in range(MOST_ROUNDS if most > 1 else 1):
        way = best_way(network, roads, stops, by=by, worn=worn)
        if way is None:
            break
        if not found or (
            metres_of(way) <= LONGEST_DETOUR * metres_of(found[0])
            and all(in_common(way, other) <= MOST_IN_COMMON for other in found)
        ):
            found.append(way)
        if len(found) == most:
            break
        for step in way:
            key = (step.link.row, step.link.number)
            worn[key] = worn.get(key, 0) + 1
    return sorted(found, key=lambda way: cost_of(way, by))


def cost_of(way: Sequence[Step], by: str) -> tuple[int, ...]:
    """Return what a way costs, what counts most first."""
    borders = breaks = 0
    soil = side = ""
    for step in way:
        for code, _ in step.countries:
            borders += bool(soil) and code != soil
            soil = code
        breaks += is_break(side, side_of(step.link))
        side = side_of(step.link)
    return in_order(by, metres_of(way), borders, breaks)


def metres_of(way: Sequence[Step]) -> int:
    """Return the length of a way."""
    return sum(step.link.metres for step in way)


def in_common(way: Sequence[Step], other: Sequence[Step]) -> float:
    """Return which share of a way another one has too; two lines between the same places count as one."""
    theirs = {frozenset((step.start, step.end)) for step in other}
    shared = sum(step.link.metres for step in way if frozenset((step.start, step.end)) in theirs)
    return shared / max(1, metres_of(way))


@dataclass(frozen=True)
class Lengths:
    """The metres of the shortest way from one place to each that can be reached, and the links that these ways use."""

    metres: Mapping[str, int]
    links: Set[Key]


def lengths_from(network: Network, roads: Roads, start: str, *, without: Set[Key] = frozenset()) -> Lengths:
    """Return the lengths of the shortest ways from a place, `without` some of the links."""
    begin = (start, "")
    heap: list[tuple[int, tuple[str, str]]] = [(0, begin)]
    least: dict[tuple[str, str], int] = {begin: 0}
    by: dict[tuple[str, str], Key] = {}
    metres: dict[str, int] = {}
    while heap:
        spent, joint = heapq.heappop(heap)
        if spent > least[joint]:
            continue
        metres.setdefault(joint[0], spent)
        for ahead in roads.ahead(network, *joint):
            there, whole = (ahead.end, ahead.side), spent + ahead.metres
            if (there not in least or whole < least[there]) and ahead.key not in without:
                least[there] = whole
                by[there] = ahead.key
                heapq.heappush(heap, (whole, there))
    return Lengths(metres, set(by.values()))
