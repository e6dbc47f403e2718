"""Places, sources, layers, states, events and rivers: what each names exists, and places lie where they should."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.checks.lookup import Lookup, ordered
from sco_map.catalog.models import Country, Place
from sco_map.catalog.problems import Problem
from sco_map.model.network import PORT
from sco_map.model.sphere import KM_PER_DEGREE

SLACK_DEGREES = 1.0
"""How far a place may lie outside the rough extent of its state."""

Box = tuple[float, float, float, float]


def place_faults(find: Lookup) -> Iterator[Problem]:
    """Yield what places name that does not exist, and places that cannot lie in their state."""
    file = "places.csv"
    for place in find.catalog.places.values():
        entry = repr(place.id)
        yield from find.countries([place.country], file, entry)
        yield from find.word("kind", place.kind, file, entry, "place_kind")
        yield from find.word("confidence", place.confidence, file, entry)
        yield from find.sources([place.source], file, entry)
        country = find.catalog.countries.get(place.country)
        if country is not None:
            yield from position_faults(place, country, file, entry)


def position_faults(place: Place, country: Country, file: str, entry: str) -> Iterator[Problem]:
    """Yield a point outside the rough extent of its state, and say when lon and lat seem to be swapped."""
    slack = SLACK_DEGREES + place.accuracy_km / KM_PER_DEGREE
    if inside(place.lon, place.lat, country.bbox, slack):
        return
    where = f"lon {place.lon:g}, lat {place.lat:g} lies outside the extent of {country.name.en}"
    if inside(place.lat, place.lon, country.bbox, slack):
        yield Problem(file, entry, f"{where}; lon and lat seem to be swapped")
    else:
        yield Problem(file, entry, f"{where}; check lon, lat and country")


def source_faults(find: Lookup) -> Iterator[Problem]:
    """Yield unknown words and licences of sources, and sources that nobody could look up."""
    file = "sources.toml"
    for source in find.catalog.sources.values():
        entry = f"[{source.id}]"
        yield from find.word("quality", source.quality, file, entry)
        yield from find.licence(source.licence, file, entry)
        if source.url is None and source.file is None and source.quality != "own_estimate":
            yield Problem(file, entry, "has no url; only an own estimate may do without")


def layer_faults(find: Lookup) -> Iterator[Problem]:
    """Yield unknown groups and licences of layers, and extents with their edges in the wrong order."""
    file = "layers.toml"
    for layer in find.catalog.layers.values():
        entry = f"[{layer.id}]"
        yield from find.word("layer_group", layer.group, file, entry)
        yield from find.licence(layer.licence, file, entry)
        yield from box_faults(layer.extent, "extent", file, entry)


def country_faults(find: Lookup) -> Iterator[Problem]:
    """Yield unknown roles, agreements and sources of states, and roles without the proof they need."""
    file = "countries.toml"
    for country in find.catalog.countries.values():
        entry = f"[{country.id}]"
        yield from box_faults(country.bbox, "bbox", file, entry)
        for role in country.roles:
            yield from find.word("role", role.role, file, entry)
        yield from ordered([role.since for role in country.roles], "roles", file, entry)
        for agreement in country.agreements:
            yield from find.word("status", agreement.status, file, entry, "agreement_status")
            yield from find.known("agreement", agreement.agreement, find.catalog.known("projects"), "", file, entry)
            yield from find.word("confidence", agreement.confidence, file, entry)
        yield from find.word("confidence", country.confidence, file, entry)
        for length in country.official_lengths:
            yield from find.word("kind", length.kind, file, f"{entry}, official_lengths")
        cited = [
            *country.sources,
            *(role.source for role in country.roles),
            *(agreement.source for agreement in country.agreements),
            *(moment.source for moment in country.history),
            *(length.source for length in country.official_lengths),
        ]
        yield from find.sources(cited, file, entry)
        if country.roles and (not country.sources or country.as_of is None or country.confidence is None):
            yield Problem(file, entry, "a state with roles needs sources, as_of and confidence")


def island_faults(find: Lookup) -> Iterator[Problem]:
    """Yield the entries of network.toml that are not projects."""
    for id_ in find.catalog.islands:
        yield from find.known("project", id_, find.catalog.known("projects"), "", "network.toml", f"[{id_}]")


def enclosed_sea_faults(find: Lookup) -> Iterator[Problem]:
    """Yield ports on enclosed seas that are not places or not ports, and such as are given on two seas."""
    file = "enclosed_seas.toml"
    seen: dict[str, str] = {}
    for sea in find.catalog.enclosed_seas.values():
        yield from find.places(sea.ports, file, f"[{sea.id}]")
        for port in sea.ports:
            place = find.catalog.places.get(port)
            if place is not None and place.kind != PORT:
                yield Problem(file, f"[{sea.id}]", f"{port!r} is a {place.kind} in places.csv, not a port")
            if port in seen:
                yield Problem(file, f"[{sea.id}]", f"{port!r} appears twice, already under [{seen[port]}]")
            seen.setdefault(port, sea.id)


def event_faults(find: Lookup) -> Iterator[Problem]:
    """Yield what events name that does not exist, and events that end before they begin."""
    file = "events.csv"
    for event in find.catalog.events.values():
        entry = repr(event.id)
        yield from find.word("event_type", event.type, file, entry)
        yield from find.word("confidence", event.confidence, file, entry)
        yield from find.places([event.place], file, entry)
        yield from find.sources([event.source], file, entry)
        yield from ordered([event.date, event.date_end], "date and date_end", file, entry)


def river_faults(find: Lookup) -> Iterator[Problem]:
    """Yield what rivers name that does not exist."""
    file = "rivers.csv"
    for river in find.catalog.rivers.values():
        entry = repr(river.id)
        yield from find.countries(river.countries, file, entry)
        yield from find.word("confidence", river.confidence, file, entry)
        yield from find.sources([river.source], file, entry)


def inside(lon: float, lat: float, box: Box, slack: float) -> bool:
    """Say whether a point lies in a box of west, south, east, north, widened by `slack` degrees."""
    west, south, east, north = box
    return west - slack <= lon <= east + slack and south - slack <= lat <= north + slack


def box_faults(box: Box, what: str, file: str, entry: str) -> Iterator[Problem]:
    """Yield a fault when the edges of a box are not in the order west, south, east, north."""
    west, south, east, north = box
    if west >= east or south >= north:
        yield Problem(file, entry, f"{what} must be west, south, east, north, with west < east and south < north")
