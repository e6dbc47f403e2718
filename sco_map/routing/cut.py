"""What is lost without a line, a port, a border point or a state, and where the network hangs by a single link."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

import networkx as nx
import pandas as pd

from sco_map.atlas import Atlas
from sco_map.model.languages import FIRST
from sco_map.model.network import DEFAULT_KINDS, MOST_BRIDGES, MOST_ENDS, ROUTABLE
from sco_map.model.texts import counted
from sco_map.routing.answers import country_name, km_text, place_name, text_table, thing_name
from sco_map.routing.complaints import Complaint, RoutingError, Year, place_called
from sco_map.routing.links import Link, Network
from sco_map.routing.partings import partings
from sco_map.routing.questions import Question, place_id, prepared, things_named, without
from sco_map.routing.route import roads_of
from sco_map.routing.search import Key, Lengths, lengths_from
from sco_map.routing.wording import words_of

FEW = 3
"""So many ports on an enclosed sea are named; of more their number is printed."""

MOST_PRINTED = 40
"""So many pairs are printed; the values and the JSON have all."""


@dataclass(frozen=True)
class Pair:
    """Two ends between which the way gets longer, or is lost (`after_km` None)."""

    start: str
    end: str
    before_km: float
    after_km: float | None

    @property
    def longer_km(self) -> float | None:
        """By how much it gets longer."""
        return None if self.after_km is None else round(self.after_km - self.before_km, 2)


@dataclass(frozen=True)
class Outlet:
    """The ports that the places of a state reached over land before, and which of them are lost and left.

    `enclosed` are those of them that lie on a sea which no ship leaves for the ocean.
    """

    country: str
    before: tuple[str, ...]
    lost: tuple[str, ...]
    left: tuple[str, ...]
    enclosed: tuple[str, ...] = ()

    def on_ocean(self, ports: Iterable[str]) -> tuple[str, ...]:
        """Return those of the ports from which ships reach the ocean."""
        return tuple(port for port in ports if port not in self.enclosed)


@dataclass(frozen=True)
class Bridge:
    """A row with links that nothing runs beside; of them the one between two places that parts the most pairs.

    `places` lie on its smaller side alone, `pairs` of places have no other way, `links` of the row are such links.
    """

    row: str
    title: str
    between: tuple[str, str]
    places: int
    pairs: int
    links: int
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Cut:
    """What taking something away does to the chosen ends; `bridges` are the single points of failure before it.

    `dropped` are ends that were chosen and lie in what is taken away, so that nothing can be measured from them,
    `other_kinds` the kinds of what is taken away where nothing of it is among those that were asked for.
    """

    removed: tuple[str, ...]
    year: int
    ends: tuple[str, ...]
    dropped: tuple[str, ...]
    links: int
    km: float
    longer: tuple[Pair, ...]
    lost: tuple[Pair, ...]
    outlets: tuple[Outlet, ...]
    capacity_gone: tuple[tuple[str, float, str], ...]
    bridges: tuple[Bridge, ...]
    atlas: Atlas = field(repr=False, compare=False)
    other_kinds: tuple[str, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the pairs that get longer or are lost as a table."""
        return pd.DataFrame([{**asdict(pair), "longer_km": pair.longer_km} for pair in (*self.lost, *self.longer)])

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "removed": list(self.removed),
            "year": self.year,
            "ends": list(self.ends),
            "dropped": list(self.dropped),
            "links": self.links,
            "km": self.km,
            "lost": [asdict(pair) for pair in self.lost],
            "longer": [{**asdict(pair), "longer_km": pair.longer_km} for pair in self.longer],
            "outlets": [asdict(outlet) for outlet in self.outlets],
            "capacity_gone": [list(entry) for entry in self.capacity_gone],
            "other_kinds": list(self.other_kinds),
            "bridges": [asdict(bridge) for bridge in self.bridges],
        }

    def __str__(self) -> str:
        """Return the answer in words and tables."""
        return "\n".join(cut_lines(self))

    def _repr_html_(self) -> str:
        """Return the same for a notebook."""
        return f"<pre>{html.escape(str(self))}</pre>"


def cut(
    atlas: Atlas,
    *removed: str,
    ends: Iterable[str] = (),
    year: int | None = None,
    promised: bool = False,
    kinds: Iterable[str] = DEFAULT_KINDS,
) -> Cut:
    """Return what is lost without some places, states, rows or projects; without any, only the bridges are ranked.

    `ends` are the places between which ways are measured: without them the capitals and the ports on the network.
    """
    asked = Question(year, bool(promised), tuple(dict.fromkeys(kinds)))
    before = prepared(atlas, asked)
    complaints: list[Complaint] = []
    taken = things_named(atlas, removed, complaints)
    if complaints:
        raise RoutingError(complaints)
    after = without(before, taken)
    named = tuple(dict.fromkeys(place_id(atlas, end, before, complaints) for end in ends))
    chosen = named or default_ends(atlas, before)
    if len(named) == 1 and named[0]:
        complaints.append(Complaint("net_one_end", {"place": place_called(atlas, named[0])}))
    complaints += (
        Complaint("net_no_end", {"place": place_called(atlas, end), "year": Year(before.year)})
        for end in chosen
        if end and end not in before.graph
    )
    if len(chosen) > MOST_ENDS:
        complaints.append(Complaint("net_many_ends", {"n": len(chosen), "most": MOST_ENDS}))
    if complaints:
        raise RoutingError(complaints)
    gone = {(link.row, link.number) for link in before.links} - {(link.row, link.number) for link in after.links}
    links = [link for link in before.links if (link.row, link.number) in gone]
    states = taken.countries
    staying = [end for end in chosen if end not in taken.places and before.places[end].country not in states]
    pairs = list(changed(before, gone, staying)) if gone else []
    return Cut(
        removed=taken.ids,
        year=before.year,
        ends=tuple(staying),
        dropped=tuple(end for end in named if end not in staying),
        links=len(links),
        km=round(sum(link.km for link in links), 2),
        longer=tuple(sorted((pair for pair in pairs if pair.after_km is not None), key=by_loss)),
        lost=tuple(pair for pair in pairs if pair.after_km is None),
        outlets=tuple(outlets_lost(before, after, taken.places, states, atlas.catalog.enclosed_ports)) if gone else (),
        capacity_gone=capacity_of(links),
        bridges=bridges_of(before),
        atlas=atlas,
        other_kinds=() if gone else kinds_beside(atlas, taken.rows, before.kinds),
    )


def kinds_beside(atlas: Atlas, rows: Collection[str], asked: Collection[str]) -> tuple[str, ...]:
    """Return the kinds of some rows where all of them are others than were asked for."""
    found = set(atlas.rows.loc[atlas.rows["id"].isin(rows), "kind"])
    return () if found & set(asked) else tuple(kind for kind in ROUTABLE if kind in found)


def by_loss(pair: Pair) -> tuple[float, str, str]:
    """Return the key that puts the longest detours first."""
    return -(pair.longer_km or 0.0), pair.start, pair.end


def default_ends(atlas: Atlas, network: Network) -> list[str]:
    """Return the capitals and the ports that the open network touches."""
    capitals = {country.capital for country in atlas.catalog.countries.values() if country.capital}
    return sorted(
        id_
        for id_ in network.graph
        if id_ in network.ports or (network.places[id_].name_en in capitals and network.places[id_].kind == "city")
    )


@lru_cache(maxsize=8 * MOST_ENDS)
def lengths_before(network: Network, start: str) -> Lengths:
    """Return the lengths of the shortest ways from a place while nothing is gone."""
    return lengths_from(network, roads_of(network), start)


def changed(before: Network, gone: Set[Key], ends: Sequence[str]) -> Iterable[Pair]:
    """Yield the pairs of ends whose shortest way is longer without the links that are gone, or lost."""
    roads = roads_of(before)
    for at, start in enumerate(ends[:-1]):
        old = lengths_before(before, start)
        # Ways that use nothing of what is gone are still the shortest ones.
        if old.links.isdisjoint(gone):
            continue
        was, now = old.metres, lengths_from(before, roads, start, without=gone).metres
        for end in ends[at + 1 :]:
            if end in was and was[end] != now.get(end):
                there = now.get(end)
                yield Pair(start, end, was[end] / 1000, None if there is None else there / 1000)


def outlets_lost(
    before: Network, after: Network, taken: Set[str], states: Set[str], enclosed: Set[str]
) -> Iterable[Outlet]:
    """Yield for each state the ports that none of its places reaches over land any more.

    That nobody reaches a port that was `taken` away itself is worth telling only where no other is left, or none from
    which ships reach the ocean; of the `states` that were taken away nothing is told. `enclosed` are ports on seas that
    no ship leaves.
    """
    was, now = ports_reached(before), ports_reached(after)
    for country in sorted(was):
        lost = was[country] - now.get(country, set())
        left = was[country] - lost
        last = lost and (not left or (lost - enclosed and not left - enclosed))
        if country not in states and (lost - taken or last):
            ports = (tuple(sorted(found)) for found in (was[country], lost, left, was[country] & enclosed))
            yield Outlet(country, *ports)


def ports_reached(network: Network) -> dict[str, set[str]]:
    """Return for each state the ports that some of its places reach without a leg at sea."""
    land = nx.Graph()
    land.add_edges_from((node, other) for node, other in network.joints.edges if "sea" not in (node[1], other[1]))
    reached: dict[str, set[str]] = {}
    for part in nx.connected_components(land):
        ports = {place for place, _ in part if place in network.ports}
        for place, _ in part:
            reached.setdefault(network.places[place].country, set()).update(ports)
    return reached


def capacity_of(links: Iterable[Link]) -> tuple[tuple[str, float, str], ...]:
    """Return the rows taken away whose own capacity is known, with it and its unit."""
    known: Mapping[str, tuple[float, str]] = {
        link.row: (link.capacity, link.capacity_unit) for link in links if link.capacity and link.capacity_unit
    }
    return tuple((row, *figure) for row, figure in sorted(known.items()))


@lru_cache(maxsize=8)
def bridges_of(network: Network, most: int = MOST_BRIDGES) -> tuple[Bridge, ...]:
    """Return the rows with single points of failure, those whose loss parts the most pairs of places first.

    Two lines side by side are no bridge; a change of gauge or from rail to sea at one place is not counted as one.
    A place that can be reached on both sides, as by another gauge, is not parted from any other.
    """
    found: list[Bridge] = []
    for link, one, other in partings(network.joints):
        if min(one, other) > 1:
            countries = tuple(code for code, _ in link.countries)
            between = (link.start, link.end)
            title = network.titles[link.row]
            found.append(Bridge(link.row, title, between, min(one, other), one * other, 1, countries))
    found.sort(key=lambda bridge: (-bridge.pairs, bridge.row, bridge.between))
    rows = Counter(bridge.row for bridge in found)
    worst: dict[str, Bridge] = {}
    for bridge in found:
        worst.setdefault(bridge.row, replace(bridge, links=rows[bridge.row]))
    return tuple(worst.values())[:most]


def cut_lines(answer: Cut) -> list[str]:
    """Return a cut in words and tables."""
    lines = [*loss_lines(answer), ""] if answer.removed else []
    lines += [f"Single points of failure in {answer.year}", words_of(FIRST)["cut_bridges_note"]]
    ranking = [
        [
            f"{bridge.pairs:,}",
            str(bridge.places),
            f"{place_name(answer.atlas, bridge.between[0])} – {place_name(answer.atlas, bridge.between[1])}",
            ", ".join(bridge.countries),
            str(bridge.links),
            bridge.row,
        ]
        for bridge in answer.bridges
    ]
    heads = ("pairs", "places cut off", "between", "states", "such links", "row")
    return [*lines, text_table(heads, ranking)]


def port_names(atlas: Atlas, ports: Iterable[str]) -> str:
    """Return the names of ports; of those on a sea that no ship leaves only a few are named, of others the number."""
    found = set(ports)
    named = [place_name(atlas, port) for port in sorted(found - atlas.catalog.enclosed_ports)]
    for sea in atlas.catalog.enclosed_seas.values():
        inside = [place_name(atlas, port) for port in sorted(found & set(sea.ports))]
        if len(inside) > FEW:
            named.append(f"{len(inside)} ports on the {sea.name.en}")
        else:
            named += (f"{port} ({sea.name.en})" for port in inside)
    return ", ".join(named)


def ports_left(outlet: Outlet) -> str:
    """Return how many of its ports a state still reaches, those on the ocean and those on enclosed seas apart."""
    ocean, left = len(outlet.on_ocean(outlet.before)), len(outlet.on_ocean(outlet.left))
    texts = [f"{left} of {ocean} on the ocean"] if ocean else []
    if outlet.enclosed:
        texts.append(f"{len(outlet.left) - left} of {len(outlet.enclosed)} on enclosed seas")
    return ", ".join(texts)


def unmeasured(answer: Cut) -> str | None:
    """Return the word of the locale that says why nothing could change or be measured."""
    if not answer.links:
        return "cut_other_kind" if answer.other_kinds else "cut_no_link"
    return "cut_few_ends" if len(answer.ends) < 2 else None


def pairs_text(answer: Cut) -> str:
    """Return how many pairs of ends lose their way or get longer, or why none was measured."""
    if word := unmeasured(answer):
        return words_of(FIRST)[word].format(kinds=", ".join(answer.other_kinds))
    lost = counted(len(answer.lost), "pair")
    return f"of {len(answer.ends)} ends {lost} without any way, {len(answer.longer)} with a longer one"


def loss_lines(answer: Cut) -> list[str]:
    """Return what a cut takes away."""
    atlas = answer.atlas
    lines = [
        f"Without {', '.join(thing_name(atlas, id_) for id_ in answer.removed)} in {answer.year}: "
        f"{counted(answer.links, 'link')}, {km_text(answer.km)} less",
        f"Pairs       {pairs_text(answer)}",
    ]
    if answer.dropped:
        names = ", ".join(place_name(atlas, end) for end in answer.dropped)
        lines.append(f"Left out    {names}: taken away as well, so nothing is measured from there")
    fewer: list[str] = []
    for outlet in answer.outlets:
        state = country_name(atlas, outlet.country)
        lost = port_names(atlas, outlet.lost)
        if not outlet.left:
            lines.append(f"Outlet      {state} reaches no port any more; lost are {lost}")
        elif outlet.on_ocean(outlet.lost) and not outlet.on_ocean(outlet.left):
            left = port_names(atlas, outlet.left)
            lines.append(f"Outlet      {state} reaches the ocean no more, only {left}; lost are {lost}")
        else:
            fewer.append(f"{state} {ports_left(outlet)}")
    if fewer:
        lines.append(f"Ports       still reached over land: {'; '.join(fewer)}")
    lines += (f"Capacity    {row}: {figure:g} {unit} gone" for row, figure, unit in answer.capacity_gone)
    pairs = [*answer.lost, *answer.longer]
    table = [
        [
            place_name(atlas, pair.start),
            place_name(atlas, pair.end),
            f"{pair.before_km:,.0f}",
            "" if pair.after_km is None else f"{pair.after_km:,.0f}",
            "no way" if pair.longer_km is None else f"+{pair.longer_km:,.0f}",
        ]
        for pair in pairs[:MOST_PRINTED]
    ]
    if table:
        lines += ["", text_table(["from", "to", "km before", "km after", "change"], table)]
    if len(pairs) > MOST_PRINTED:
        lines.append(f"and {len(pairs) - MOST_PRINTED} more pairs, which the JSON has")
    return lines
