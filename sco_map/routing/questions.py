"""A question about the network, checked once: places by id or name, kinds, what to pass and what to leave aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sco_map.atlas import Atlas
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.geodesy import distance_km
from sco_map.model.network import AIMS, DEFAULT_KINDS, ROUTABLE, SHORTEST
from sco_map.model.packing import DECIMALS
from sco_map.model.selection import SelectionError
from sco_map.model.suggestions import nearest, plain, unknown
from sco_map.routing.links import Network, network_of


class RoutingError(SelectionError):
    """Report everything that is wrong with a question about the network; `complaints` holds one sentence each."""


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
    return {id_: place.name.texts for id_, place in atlas.catalog.places.items() if not place.is_helper}


@lru_cache(maxsize=4)
def called(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return for each name, without what people vary, the places that are called so."""
    found: dict[str, list[str]] = {}
    for id_, names in spellings(atlas).items():
        for name in {plain(id_), *map(plain, names)}:
            found.setdefault(name, []).append(id_)
    return found


def place_id(atlas: Atlas, value: str, network: Network, complaints: list[str]) -> str:
    """Return the id of the place that is called `value`, one on the network where several have the name."""
    places = atlas.catalog.places
    if value in places and not places[value].is_helper:
        return value
    known = spellings(atlas)
    named = called(atlas).get(plain(value), ())
    on_network = [id_ for id_ in named if id_ in network.graph]
    if named:
        return (on_network or named)[0]
    touched = {id_: names for id_, names in known.items() if id_ in network.graph}
    sentence = unknown("place", value, known)
    if not nearest(value, known):
        sentence = unknown("place", value, touched)
    complaints.append(sentence)
    return ""


def rows_to_avoid(atlas: Atlas, values: Iterable[str], complaints: list[str]) -> tuple[set[str], set[str], set[str]]:
    """Return the places, states and rows that `values` name; a project stands for its rows."""
    places, countries, rows = set[str](), set[str](), set[str]()
    catalog = atlas.catalog
    ids = row_ids(atlas)
    for value in values:
        if value.upper() in catalog.countries:
            countries.add(value.upper())
        elif value in ids:
            rows.add(value)
        else:
            # A port and the project of its building have one id; both are meant.
            below = {value, *catalog.descendants(value)} if value in catalog.projects else set()
            meant = {id_ for id_, projects in ids.items() if below & set(projects)}
            named = called(atlas).get(plain(value), ())
            rows |= meant
            places |= set(named)
            if not meant and not named:
                complaints.append(unknown("place, country or line", value, avoidable(atlas)))
    return places, countries, rows


@lru_cache(maxsize=4)
def avoidable(atlas: Atlas) -> Mapping[str, Sequence[str]]:
    """Return everything that can be left aside, with its names: places, rows and states."""
    places = spellings(atlas)
    rows: dict[str, Sequence[str]] = {id_: () for id_ in sorted(row_ids(atlas)) if id_ not in places}
    states = {code: country.name.texts for code, country in atlas.catalog.countries.items()}
    return {**places, **rows, **states}


@lru_cache(maxsize=4)
def row_ids(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids of all rows with their projects."""
    return {id_: tuple(projects) for id_, projects in zip(atlas.rows["id"], atlas.rows["projects"], strict=True)}


def without(network: Network, places: set[str], countries: set[str], rows: set[str]) -> Network:
    """Return the network without what touches these places, states and rows."""
    if not (places or countries or rows):
        return network
    return network.without(
        [
            (link.row, link.number)
            for link in network.links
            if link.row in rows or {link.start, link.end} & places or countries & {code for code, _ in link.countries}
        ]
    )


@lru_cache(maxsize=16)
def prepared(atlas: Atlas, question: Question, *, empty: bool = False) -> Network:
    """Return the network that a question is about; raises RoutingError with all that is wrong with the question.

    A network without a line that is known to be open is an error, too, unless it may be `empty`.
    """
    complaints: list[str] = []
    year = question.year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        complaints.append(f"year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    if not question.kinds:
        complaints.append(f"no kind of line is chosen; choose among {', '.join(ROUTABLE)}")
    complaints += (unknown("kind", kind, ROUTABLE) for kind in question.kinds if kind not in ROUTABLE)
    if question.by not in AIMS:
        complaints.append(unknown("aim", question.by, AIMS))
    worldview = question.worldview
    if worldview is not None and worldview not in atlas.worldviews:
        complaints.append(unknown("worldview", worldview, sorted(atlas.worldviews)))
    if complaints:
        raise RoutingError(complaints)
    network = network_of(atlas, year=year, promised=question.promised, kinds=question.kinds, worldview=worldview)
    if not empty and all(link.undated for link in network.links):
        raise RoutingError([nothing_open(network)])
    places, countries, rows = rows_to_avoid(atlas, question.avoid, complaints)
    if complaints:
        raise RoutingError(complaints)
    return without(network, places, countries, rows)


def nothing_open(network: Network) -> str:
    """Return the sentence about a year in which no line of these kinds is known to be open."""
    return f"no line of the kinds chosen ({', '.join(network.kinds)}) is known to have been open in {network.year}"


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
