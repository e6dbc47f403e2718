"""The land under the map: names for readers, rivers with a course, disputed areas that fit states and claim lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.ground import City, DisputedAreas, Lake, Lakes, RiverCourse, Sea, Units
from sco_map.catalog.models import LocalText
from sco_map.catalog.problems import Problem
from sco_map.catalog.rules.words import NEEDED_OF_PLACES, name_faults
from sco_map.model.languages import TRANSLATIONS
from sco_map.model.suggestions import unknown

SHOWN_RANK = 5
"""Cities of this rank or a more important one are named on the map from the first zooms on."""

DEFAULT = "default"
COURSES = "basemap/river_courses.toml"
AREAS = "basemap/disputed_areas.toml"
CITIES = "basemap/cities.csv"


@dataclass(frozen=True)
class Ground:
    """What the files under basemap/ hold, each None or empty when it could not be read."""

    units: Units | None = None
    disputed: DisputedAreas | None = None
    lakes_drawn: Lakes | None = None
    courses: Mapping[str, RiverCourse] = field(default_factory=dict)
    cities: Mapping[str, City] = field(default_factory=dict)
    lakes: Mapping[str, Lake] = field(default_factory=dict)
    seas: Mapping[str, Sea] = field(default_factory=dict)
    claim_lines: Collection[str] = ()


def ground_faults(ground: Ground, catalog: Catalog) -> Iterator[Problem]:
    """Yield what is wrong with the files under basemap/."""
    yield from river_faults(ground, catalog)
    if ground.disputed is not None:
        yield from area_faults(ground.disputed, ground, catalog)
    yield from city_faults(ground, catalog)
    for file, table in (("basemap/lakes.csv", ground.lakes), ("basemap/seas.csv", ground.seas)):
        for id_, entry in table.items():
            yield from name_faults(names_of(entry), TRANSLATIONS, file, repr(id_))
    if ground.lakes_drawn is not None:
        for id_, water in ground.lakes_drawn.enclosed.items():
            yield from name_faults(water.name, TRANSLATIONS, "basemap/lakes.toml", f"[enclosed.{id_}]")


def names_of(entry: City | Lake | Sea) -> LocalText:
    """Return the names of a line of a table."""
    return LocalText(en=entry.name_en, bn=entry.name_bn, ru=entry.name_ru, zh=entry.name_zh)


def river_faults(ground: Ground, catalog: Catalog) -> Iterator[Problem]:
    """Yield rivers without a course, and courses of no river."""
    for id_ in catalog.rivers:
        if ground.courses and id_ not in ground.courses:
            yield Problem("rivers.csv", repr(id_), f"has no course; add one to {COURSES}")
    for id_, course in ground.courses.items():
        if course.name is not None:
            yield from name_faults(course.name, TRANSLATIONS, COURSES, f"[{id_}]")
        if id_ in catalog.rivers and course.name is not None:
            yield Problem(COURSES, f"[{id_}]", "has a name of its own, but rivers.csv names this river; leave it out")
        if id_ not in catalog.rivers and course.name is None:
            yield Problem(COURSES, f"[{id_}]", f"{unknown('river', id_, list(catalog.rivers))}; or give it a name")


def area_faults(disputed: DisputedAreas, ground: Ground, catalog: Catalog) -> Iterator[Problem]:
    """Yield areas that name a state, worldview, source or claim line that does not exist, or count to an outsider."""
    worldviews = [DEFAULT, *(ground.units.worldviews if ground.units else ())]
    cut = {line for area in disputed.area.values() for line in area.cut}
    for line in disputed.left_out:
        if line not in ground.claim_lines:
            yield Problem(AREAS, "[left_out]", unknown("claim line", line, list(ground.claim_lines)))
        if line in cut:
            yield Problem(AREAS, "[left_out]", f"{line!r} is left out, yet an area is cut by it; keep one of the two")
    for id_, area in disputed.area.items():
        entry = f"[area.{id_}]"
        yield from name_faults(area.title, TRANSLATIONS, AREAS, entry)
        parties = dict.fromkeys([*area.administered_by, *area.claimed_by])
        for code in parties:
            if code not in catalog.countries:
                yield Problem(AREAS, entry, unknown("country", code, list(catalog.countries)))
        if not area.claimed_by:
            yield Problem(AREAS, entry, "nobody claims it; name at least one state in claimed_by")
        for worldview, code in area.counts_to.items():
            if worldview not in worldviews:
                yield Problem(AREAS, entry, unknown("worldview", worldview, worldviews))
            if code not in parties:
                yield Problem(
                    AREAS, entry, f"counts to {code} for {worldview!r}, which neither administers nor claims it"
                )
        for line in area.cut:
            if line not in ground.claim_lines:
                yield Problem(AREAS, entry, unknown("claim line", line, list(ground.claim_lines)))
        for source in area.sources:
            if source not in catalog.sources:
                yield Problem(AREAS, entry, unknown("source", source, list(catalog.sources)))


def city_faults(ground: Ground, catalog: Catalog) -> Iterator[Problem]:
    """Yield cities shown without their names, and states of the organisation without a capital."""
    for city in ground.cities.values():
        needed = TRANSLATIONS if city.rank <= SHOWN_RANK else NEEDED_OF_PLACES
        yield from name_faults(names_of(city), needed, CITIES, repr(city.name_en))
    with_capital = {city.country for city in ground.cities.values() if city.capital}
    for code, country in catalog.countries.items():
        if ground.cities and country.roles and code not in with_capital:
            yield Problem(CITIES, "", f"has no capital of {country.name.en}; add the city with capital = yes")
