"""A question about the network, checked once: places by id or name, kinds, what to pass and what to leave aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sco_map.atlas import Atlas
from sco_map.catalog import LocalText
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.geodesy import distance_km
from sco_map.model.network import AIMS, DEFAULT_KINDS, ROUTABLE, SHORTEST
from sco_map.model.packing import DECIMALS
from sco_map.model.suggestions import nearest, plain
from sco_map.routing.complaints import (
    Complaint,
    Gap,
    RoutingError,
    Year,
    in_one,
    kinds_called,
    place_called,
    row_titles,
    thing_called,
    unknown,
    year_outside,
)
from sco_map.routing.links import Network, network_of

TOWN = "city"
MOST_NAMED = 4
"""So many places of a state or a line are named where one of them should have been chosen."""


@dataclass(frozen=True)
class Question:
    """What is asked of the network: year, promises, kinds, and the places, states and rows to leave aside."""

    year: int | None = None
    promised: bool = False
    kinds: tuple[str, ...] = DEFAULT_KINDS
    avoid: tuple[str, ...] = ()
    by: str = SHORTEST
    worldview: str | None = None


@lru_cache(maxsize=4)
def spellings(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return the named places of the catalog with their names in all languages."""
    names = atlas.catalog.known("places")
    return {id_: names[id_] for id_, place in atlas.catalog.places.items() if not place.is_helper}


@lru_cache(maxsize=4)
def called(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return for each name, without what people vary, the places that are called so."""
    found: dict[str, list[str]] = {}
    for id_, names in spellings(atlas).items():
        for name in {plain(id_), *map(plain, names)}:
            found.setdefault(name, []).append(id_)
    return found


def place_named(atlas: Atlas, value: str, network: Network) -> str | None:
    """Return the id of the place that is called `value`, one on the network where several have the name."""
    places = atlas.catalog.places
    if value in places and not places[value].is_helper:
        return value
    named = called(atlas).get(plain(value), ())
    return next((id_ for id_ in named if id_ in network.graph), next(iter(named), None))


def place_id(atlas: Atlas, value: str, network: Network, complaints: list[Complaint]) -> str:
    """Return the id of the place that is called `value`; with a complaint "" where there is none."""
    found = place_named(atlas, value, network)
    if found is None and (things := thing_named(atlas, value)) is not None:
        complaints.append(not_a_place(atlas, things, network))
    elif found is None:
        known = spellings(atlas)
        if not nearest(value, known):
            known = {id_: names for id_, names in known.items() if id_ in network.graph}
        complaints.append(unknown(atlas, "place", value, known))
    return found or ""


def not_a_place(atlas: Atlas, things: Things, network: Network) -> Complaint:
    """Return the complaint about a state or line that is named where a place belongs, with a few of its places."""
    gaps: dict[str, Gap] = {"thing": things_called(atlas, things.ids[:1]), "year": Year(network.year)}
    word = "net_country" if things.countries else "net_line"
    places = [place_called(atlas, id_) for id_ in places_of(atlas, things, network)]
    return (
        Complaint(word, {**gaps, "places": in_one("net_comma", places)}) if places else Complaint(f"{word}_off", gaps)
    )


def places_of(atlas: Atlas, things: Things, network: Network) -> list[str]:
    """Return a few places of the open network in some states or on some rows.

    The capital comes first, then towns, then other places, those with the most links first.
    """
    ends = Counter(
        end
        for link in network.links
        for end in (link.start, link.end)
        if link.row in things.rows or network.places[end].country in things.countries
    )
    states = atlas.catalog.countries

    def order(id_: str) -> tuple[bool, bool, int, str]:
        place = network.places[id_]
        state = states.get(place.country)
        is_town = place.kind == TOWN
        return not (is_town and state and state.capital == place.name_en), not is_town, -ends[id_], id_

    return sorted((id_ for id_ in ends if not network.places[id_].is_helper), key=order)[:MOST_NAMED]


@dataclass(frozen=True)
class Things:
    """Places, states and rows that some words name, and the ids under which these words are known."""

    ids: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()

    def __add__(self, other: Things) -> Things:
        """Return both together."""
        return Things(
            tuple(dict.fromkeys((*self.ids, *other.ids))),
            self.places | other.places,
            self.countries | other.countries,
            self.rows | other.rows,
        )


def thing_named(atlas: Atlas, value: str) -> Things | None:
    """Return what a word names: a state by code or name, a row, a project with its rows, or places; by id or name."""
    catalog = atlas.catalog
    name = plain(value)
    code = value.upper() if value.upper() in catalog.countries else states_called(atlas).get(name)
    if code is not None:
        return Things((code,), countries=frozenset([code]))
    ids = row_ids(atlas)
    if value in ids:
        return Things((value,), rows=frozenset([value]))
    # A port and the project of its building have one id; both are meant.
    homes = [value] if value in catalog.projects else []
    places = called(atlas).get(name, ())
    if not homes and not places:
        homes = [id_ for id_ in lines_called(atlas).get(name, ()) if id_ in catalog.projects]
    below = {id_ for home in homes for id_ in (home, *catalog.descendants(home))}
    rows = {id_ for id_, projects in ids.items() if below & set(projects)}
    if not homes and not places:
        rows = {id_ for id_ in lines_called(atlas).get(name, ()) if id_ in ids}
    if not (places or rows):
        return None
    return Things((*homes, *places) or tuple(sorted(rows)), frozenset(places), frozenset(), frozenset(rows))


def things_named(atlas: Atlas, values: Iterable[str], complaints: list[Complaint]) -> Things:
    """Return everything that `values` name."""
    found = Things()
    for value in values:
        one = thing_named(atlas, value)
        if one is None:
            complaints.append(unknown(atlas, "place_country_or_line", value, nameable(atlas)))
        else:
            found += one
    return found


@lru_cache(maxsize=4)
def states_called(atlas: Atlas) -> Mapping[str, str]:
    """Return for each name of a state, without what people vary, its code."""
    return {plain(name): code for code, names in atlas.catalog.known("countries").items() for name in names}


@lru_cache(maxsize=4)
def lines_called(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return for each title, without what people vary, the projects and lines that are called so."""
    found: dict[str, list[str]] = {}
    for id_, names in (*atlas.catalog.known("projects").items(), *line_names(atlas).items()):
        for name in {*map(plain, names)}:
            found.setdefault(name, []).append(id_)
    return found


def line_titles(atlas: Atlas) -> Mapping[str, LocalText]:
    """Return the titles of the rows that can be links, by id."""
    titles = row_titles(atlas)
    return {id_: titles[id_] for id_ in sorted(row_ids(atlas)) if id_ in titles}


def line_names(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return all names of the rows that can be links, by id."""
    beside = atlas.catalog.names_beside
    return {id_: (*title.texts, *beside(id_)) for id_, title in line_titles(atlas).items()}


@lru_cache(maxsize=4)
def nameable(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return everything that can be passed or left aside, with its names: places, rows, projects and states."""
    places = spellings(atlas)
    projects = dict(sorted(atlas.catalog.known("projects").items()))
    found: dict[str, Sequence[str]] = {}
    for table in (places, line_names(atlas), projects, atlas.catalog.known("countries")):
        found |= {id_: (*found.get(id_, ()), *names) for id_, names in table.items()}
    return found


def things_called(atlas: Atlas, ids: Iterable[str]) -> Gap:
    """Return what things are called, one after the other."""
    return in_one("net_comma", [replace(thing_called(atlas, id_), introduced=True) for id_ in ids])


@lru_cache(maxsize=4)
def row_ids(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids of the rows that can be links, with their projects."""
    lines = atlas.rows[atlas.rows["kind"].isin(ROUTABLE)]
    return {id_: tuple(projects) for id_, projects in zip(lines["id"], lines["projects"], strict=True)}


def without(network: Network, things: Things) -> Network:
    """Return the network without what touches these places, states and rows."""
    if not things.ids:
        return network
    return network.without(
        [
            (link.row, link.number)
            for link in (*network.links, *network.closed)
            if link.row in things.rows
            or {link.start, link.end} & things.places
            or things.countries & {code for code, _ in link.countries}
        ]
    )


@lru_cache(maxsize=16)
def whole(atlas: Atlas, question: Question, *, empty: bool = False) -> Network:
    """Return the network that a question is about, with what is to be left aside.

    Raises RoutingError with all that is wrong with the question. A network without a line that is known to be open is
    an error, too, unless it may be `empty`. What counts first (`by`) is no matter of the network.
    """
    if question.by != SHORTEST and question.by in AIMS:
        return whole(atlas, replace(question, by=SHORTEST), empty=empty)
    complaints: list[Complaint] = []
    year = question.year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        complaints.append(year_outside(year))
    if not question.kinds:
        complaints.append(Complaint("net_no_kind", {"kinds": kinds_called(atlas, ROUTABLE)}))
    complaints += (unknown(atlas, "kind", kind, ROUTABLE) for kind in question.kinds if kind not in ROUTABLE)
    if question.by not in AIMS:
        complaints.append(unknown(atlas, "aim", question.by, AIMS))
    worldview = question.worldview
    if worldview is not None and worldview not in atlas.worldviews:
        complaints.append(unknown(atlas, "worldview", worldview, sorted(atlas.worldviews)))
    if complaints:
        raise RoutingError(complaints)
    network = network_of(atlas, year=year, promised=question.promised, kinds=question.kinds, worldview=worldview)
    if not empty and all(link.undated for link in network.links):
        gaps: dict[str, Gap] = {"kinds": kinds_called(atlas, network.kinds), "year": Year(network.year)}
        raise RoutingError([Complaint("net_nothing_open", gaps)])
    return network


@lru_cache(maxsize=16)
def prepared(atlas: Atlas, question: Question, *, empty: bool = False) -> Network:
    """Return the network that a question is about without what is to be left aside; raises RoutingError as `whole`."""
    if question.by != SHORTEST and question.by in AIMS:
        return prepared(atlas, replace(question, by=SHORTEST), empty=empty)
    network = whole(atlas, replace(question, avoid=()), empty=empty)
    complaints: list[Complaint] = []
    things = things_named(atlas, question.avoid, complaints)
    if complaints:
        raise RoutingError(complaints)
    return without(network, things)


def spot(network: Network, id_: str) -> tuple[float, float]:
    """Return longitude and latitude of a place, as exact as the page has them, so that both say the same of it."""
    place = network.places[id_]
    return round(place.lon, DECIMALS), round(place.lat, DECIMALS)


def nearest_on(network: Network, id_: str) -> list[tuple[str, float]]:
    """Return the places of the network nearest to a place, with the distance."""
    here = spot(network, id_)
    away = [
        (round(distance_km(here, spot(network, other)), 1), other)
        for other in network.graph
        if not network.places[other].is_helper
    ]
    return [(other, km) for km, other in sorted(away)[:2]]
