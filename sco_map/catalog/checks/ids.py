"""Ids and names that others give: each belongs to something that exists, looks as it should, and says something new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.checks.lookup import Lookup
from sco_map.catalog.models import PLACE, OutsideId
from sco_map.catalog.problems import Problem
from sco_map.model.outside import BY_NAME, LOCODE, NAMES, PLACES, PROJECTS, ROWS, STATES, id_fault
from sco_map.model.search import fold
from sco_map.model.suggestions import unknown

FILE = "ids.csv"
NAMES_FILE = "names.csv"

HOMES = {STATES: "countries.toml", PLACES: "places.csv"}
"""The file that has the entries of each sort; those of projects have one each."""

ONE = {STATES: "a state", PLACES: "a place", PROJECTS: "a project", ROWS: "a segment or a site"}


def outside_id_faults(find: Lookup) -> Iterator[Problem]:
    """Yield ids of unknown schemes and entries, impossible ids, and ids that two entries share."""
    catalog = find.catalog
    known = known_entries(catalog)
    first: dict[tuple[str, str], str] = {}
    for key, one in catalog.outside_ids.items():
        entry = repr(key)
        yield from find.sources([one.source], FILE, entry)
        if one.scheme not in BY_NAME:
            yield Problem(FILE, entry, unknown("scheme", one.scheme, NAMES))
            continue
        sort = sort_of(one, catalog)
        if sort is None:
            yield from missing(find, one.entry, known, FILE, entry)
            continue
        scheme = BY_NAME[one.scheme]
        if sort not in scheme.of:
            meant = " and ".join(scheme.of)
            yield Problem(FILE, entry, f"{ONE[sort]} has no id of the scheme {scheme.name}; it is for {meant}")
        elif fault := id_fault(one.scheme, one.id):
            yield Problem(FILE, entry, f"id {one.id!r} {fault}")
        elif one.scheme == LOCODE:
            yield from country_faults(one, catalog, entry)
        other = first.setdefault((one.scheme, one.id), one.entry)
        if other != one.entry and not one_holds_the_other(other, one.entry, catalog):
            text = f"id {one.id!r} is that of {other!r}, too; keep it where it belongs, and delete the other line"
            yield Problem(FILE, entry, text)


def known_entries(catalog: Catalog) -> Mapping[str, Sequence[str]]:
    """Return everything that may have an id or another name, as ids.csv names it, with its names."""
    places = {PLACE + id_: names for id_, names in catalog.known("places").items()}
    rows = {**catalog.known("segments"), **catalog.known("sites")}
    return {**catalog.known("countries"), **rows, **catalog.known("projects"), **places}


def sort_of(one: OutsideId, catalog: Catalog) -> str | None:
    """Return what an entry is that has an id, None where there is no such entry."""
    if one.place is not None:
        return PLACES if one.place in catalog.places else None
    if one.entry in catalog.countries:
        return STATES
    if one.entry in catalog.projects:
        return PROJECTS
    return ROWS if one.entry in catalog.segments or one.entry in catalog.sites else None


def other_name_faults(find: Lookup) -> Iterator[Problem]:
    """Yield names of unknown entries, and names that say nothing new or stand twice on a line."""
    known = known_entries(find.catalog)
    for id_, one in find.catalog.other_names.items():
        if id_ not in known:
            yield from missing(find, id_, known, NAMES_FILE, repr(id_))
            continue
        own = {fold(name) for name in known[id_][: len(known[id_]) - len(one.names)]}
        for name in one.names:
            if fold(name) in own:
                yield Problem(NAMES_FILE, repr(id_), f"{name!r} is a name of it already; delete it here")
            own.add(fold(name))


def missing(find: Lookup, id_: str, known: Mapping[str, Sequence[str]], file: str, entry: str) -> Iterator[Problem]:
    """Yield that there is no such entry, unless it could not be read or is a place without the mark of one."""
    is_place = id_.startswith(PLACE)
    home = HOMES[PLACES] if is_place else HOMES[STATES] if id_.isupper() else ""
    if is_place and id_.removeprefix(PLACE) in find.unreadable:
        return
    if id_ in find.catalog.places:
        yield Problem(file, entry, f"{id_!r} is a place; write '{PLACE}{id_}'")
        return
    yield from find.known("entry", id_, known, home, file, entry)


def country_faults(one: OutsideId, catalog: Catalog, entry: str) -> Iterator[Problem]:
    """Yield a UN/LOCODE that begins with the code of another state than that in which the place lies."""
    country = catalog.countries.get(catalog.places[one.place or ""].country)
    if country is None:
        return
    if country.iso_a2 is None:
        text = f"countries.toml does not say with which two letters a code of {country.name.en} begins; add iso_a2"
        yield Problem(FILE, entry, text)
    elif not one.id.startswith(country.iso_a2):
        text = f"id {one.id!r} begins with {one.id[:2]}, but the place lies in {country.name.en} ({country.iso_a2})"
        yield Problem(FILE, entry, text)


def one_holds_the_other(one: str, other: str, catalog: Catalog) -> bool:
    """Say whether an entry is part of another one: a row or a project below a project."""
    return one in above(other, catalog) or other in above(one, catalog)


def above(entry: str, catalog: Catalog) -> set[str]:
    """Return the projects that an entry is part of."""
    row = catalog.segments.get(entry) or catalog.sites.get(entry)
    found: set[str] = set()
    at = row.project if row else catalog.projects[entry].parent if entry in catalog.projects else None
    while at is not None and at not in found and at in catalog.projects:
        found.add(at)
        at = catalog.projects[at].parent
    return found
