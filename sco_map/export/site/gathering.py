"""Gather from the atlas what the pages say and the files beside them hold: projects, countries, events."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import shapely
from pydantic import BaseModel

from sco_map.atlas import Atlas, Covered, Selection, coverage, records_of, select, summarise, totals
from sco_map.atlas.prose import atlas_prose
from sco_map.atlas.summary import once
from sco_map.catalog.models import Project as CatalogProject
from sco_map.catalog.models import PublishedLength as CatalogLength
from sco_map.catalog.preference import preferred_length
from sco_map.export.site.entries import (
    Carriage,
    Country,
    Coverage,
    Entry,
    Event,
    Figure,
    Geometry,
    Happening,
    InCountry,
    Length,
    Licence,
    Link,
    OutsideId,
    Place,
    Project,
    PublishedLength,
    Row,
    Source,
    Standing,
    Sum,
    Texts,
    Through,
    Way,
    texts_of,
)
from sco_map.model.columns import BY_NAME, FIGURES, PROSE, TRACK, UNIT_OF
from sco_map.model.languages import LANGUAGES
from sco_map.model.outside import ID, SCHEMES
from sco_map.page.words import words
from sco_map.routing import Route, RoutingError, describe, line_of
from sco_map.routing.describe import Description
from sco_map.version import VERSION

PROJECT, CORRIDOR, COUNTRY, EVENT = "project", "corridor", "country", "event"
CORRIDOR_FORMS = frozenset({"corridor", "programme"})
WHOLE_LINE, OF_SEGMENT = "all", "segment"
SMALL_MAP, ROUNDED = 0.008, 0.001
"""How much the geometry of rows is simplified in the files beside the pages, and to what it is rounded, in degrees."""

SAFE_ID = re.compile(r"[A-Za-z0-9_]{1,100}")


def stem_of(id_: str) -> str:
    """Return an id as the name of a file; one with other letters than the catalog allows is replaced by a hash."""
    return id_ if SAFE_ID.fullmatch(id_) else f"x-{hashlib.sha256(id_.encode()).hexdigest()[:16]}"


class Cited:
    """The sources of one page, numbered in the order in which it names them."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.ids: dict[str, int] = {}

    def cite(self, value: Any) -> None:
        """Take every source that a part of an entry names, in the order in which it is shown."""
        if isinstance(value, BaseModel):
            for name in type(value).model_fields:
                inner = getattr(value, name)
                if name == "source" and isinstance(inner, str):
                    self.add(inner)
                elif name == "sources" and isinstance(inner, list):
                    for id_ in inner:
                        self.add(id_)
                else:
                    self.cite(inner)
        elif isinstance(value, list | tuple):
            for one in value:
                self.cite(one)

    def add(self, id_: str) -> None:
        """Take a source that the catalog knows."""
        if id_ in self.atlas.catalog.sources:
            self.ids.setdefault(id_, len(self.ids) + 1)

    def sources(self) -> list[Source]:
        """Return the sources with their numbers."""
        return [source_of(self.atlas, id_, number) for id_, number in self.ids.items()]


def source_of(atlas: Atlas, id_: str, number: int) -> Source:
    """Return a source of the catalog with the number by which a page cites it."""
    known = atlas.catalog.sources[id_]
    names = ("id", "publisher", "title", "url", "published", "accessed", "quality", "licence")
    return Source(number=number, **{name: getattr(known, name) for name in names})


@dataclass(frozen=True)
class Gatherer:
    """Gathers entries of one atlas; what several of them need is worked out once."""

    atlas: Atlas

    @cached_property
    def tell(self) -> Callable[[str], Texts]:
        """Return what says a text for readers in all languages."""
        prose = atlas_prose(self.atlas, LANGUAGES)
        return lambda english: Texts(**prose.texts(english, LANGUAGES))

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """The rows of the table by id, as records."""
        return {record["id"]: record for record in records_of(self.atlas.rows)}

    @cached_property
    def shapes(self) -> Mapping[str, Any]:
        """The geometry of each row by id."""
        return dict(zip(self.atlas.rows["id"], self.atlas.rows.geometry, strict=True))

    @cached_property
    def facts_as_of(self) -> str:
        """The date of the layer looked at last."""
        return max((layer.as_of for layer in self.atlas.catalog.layers.values()), default="")

    def projects(self) -> list[str]:
        """Return the projects that have a page: all."""
        return list(self.atlas.catalog.projects)

    def countries(self) -> list[str]:
        """Return the states that have a page: those with a standing, and those in which something lies."""
        seen = {code for codes in self.atlas.rows["countries"] for code in codes}
        seen |= {party["country"] for parties in self.atlas.rows["parties"] for party in parties or ()}
        register = self.atlas.catalog.countries
        return [code for code, state in register.items() if code in seen or state.roles or state.agreements]

    @cached_property
    def covered(self) -> Mapping[str, Sequence[Covered]]:
        """How much of the lines of each state the map holds."""
        found: dict[str, list[Covered]] = {}
        for entry in coverage(self.atlas).entries:
            found.setdefault(entry.country, []).append(entry)
        return found

    def events(self) -> list[str]:
        """Return the events in the order in which they happened."""
        return self._events

    @cached_property
    def _events(self) -> list[str]:
        rows = [record for record in self.rows.values() if record["kind"] == EVENT and record["date"]]
        return [record["id"] for record in sorted(rows, key=lambda record: (record["date"], record["id"]))]

    # -- links -----------------------------------------------------------------------------------------------------

    @cached_property
    def _paths(self) -> Mapping[tuple[str, str], str]:
        projects = {(PROJECT, id_): self.project_path(id_) for id_ in self.projects()}
        countries = {(COUNTRY, code): f"{COUNTRY}/{stem_of(code)}" for code in self.countries()}
        return {**projects, **countries, **{(EVENT, id_): f"{EVENT}/{stem_of(id_)}" for id_ in self.events()}}

    def project_path(self, id_: str) -> str:
        """Return where the page of a project is; corridors have a folder of their own."""
        return f"{CORRIDOR if self.is_corridor(id_) else PROJECT}/{stem_of(id_)}"

    def is_corridor(self, id_: str) -> bool:
        """Tell whether a project is a corridor: it is one by its form, or it names ways through the network."""
        project = self.atlas.catalog.projects[id_]
        return project.form in CORRIDOR_FORMS or bool(project.ways)

    def path(self, type_: str, id_: str) -> str:
        """Return where the page of an entry is, from the folder of a language on, without its ending."""
        return self._paths[type_, id_]

    def link(self, type_: str, id_: str) -> Link:
        """Return a link to an entry; to one that has no page only its name."""
        path = self._paths.get((type_, id_))
        return Link(id=id_, title=self.title(type_, id_), path=path and f"{path}.html")

    def title(self, type_: str, id_: str) -> Texts:
        """Return what an entry is called."""
        catalog = self.atlas.catalog
        if type_ == PROJECT and id_ in catalog.projects:
            return texts_of(catalog.projects[id_].title)
        if type_ == COUNTRY and id_ in catalog.countries:
            return texts_of(catalog.countries[id_].name)
        return row_title(self.rows[id_]) if id_ in self.rows else Texts(en=id_)

    # -- parts -----------------------------------------------------------------------------------------------------

    def told(self, text: str | None) -> Texts | None:
        """Return a text for readers, None for none."""
        return None if text is None else self.tell(text)

    def phases(self, facts: Any) -> list[Happening]:
        """Return what happened to a project or row: statuses, other events and announcements by date."""
        found = [
            Happening(what="status", date=one.since, word=one.status, text=self.told(one.text), source=one.source)
            for one in facts.phases
        ]
        found += [
            Happening(what="event", date=one.date, text=self.tell(one.text), source=one.source) for one in facts.history
        ]
        found += [
            Happening(
                what="promise", date=one.said, opens=one.opens, by=self.told(one.by), text=self.told(one.text),
                source=one.source,
            )
            for one in facts.promises
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.date or one.opens or "")

    def figures(self, facts: Mapping[str, Any]) -> list[Figure]:
        """Return the figures that something has itself, each with who says it."""
        found = []
        for name in FIGURES:
            value = facts.get(name)
            if value in (None, ""):
                continue
            said = [entry["source"] for entry in facts.get("figure_sources") or () if entry["figure"] == name]
            unit = facts.get(UNIT_OF[name]) if name in UNIT_OF else BY_NAME[name].unit
            shown = self.tell(value) if name in PROSE and isinstance(value, str) else value
            found.append(Figure(figure=name, value=shown, unit=unit, sources=said))
        return found

    def lengths(self, published: Sequence[CatalogLength]) -> list[PublishedLength]:
        """Return published lengths, those of one thing together, the preferred one first."""
        by_scope: dict[str, list[CatalogLength]] = {}
        for length in published:
            by_scope.setdefault(length.scope, []).append(length)
        found = []
        for scope, lengths in by_scope.items():
            chosen, reason = preferred_length(lengths, self.atlas.catalog.sources) or (None, None)
            for length in sorted(lengths, key=lambda length: reason is None or length is not chosen):
                why = reason.value if reason is not None and length is chosen else None
                facts = {"km": length.km, "scope": self.scope(scope), "source": length.source, "preferred": why}
                found.append(PublishedLength.model_validate(facts))
        return found

    def scope(self, scope: str) -> Texts:
        """Return what a published length is that of."""
        if scope in (WHOLE_LINE, OF_SEGMENT):
            return Texts(**{language: words(language)[f"scope_{scope}"] for language in LANGUAGES})
        if scope in self.atlas.catalog.countries:
            return self.title(COUNTRY, scope)
        return row_title(self.rows[scope]) if scope in self.rows else self.tell(scope)

    def in_countries(self, km: Iterable[tuple[str, float]]) -> list[InCountry]:
        """Return km by state, what lies at sea last."""
        sums: dict[str | None, float] = {}
        for code, length in km:
            state = code if code in self.atlas.catalog.countries else None
            sums[state] = round(sums.get(state, 0.0) + length, 2)
        order = sorted(sums, key=lambda state: state is None)
        return [
            InCountry(country=code, title=None if code is None else self.title(COUNTRY, code), km=sums[code])
            for code in order
        ]

    def row(self, record: Mapping[str, Any], own: str | None = None, *, with_shape: bool = False) -> Row:
        """Return a row of the table; it names its sources only in the file of its project (`own`)."""
        shape = self.shapes[record["id"]] if with_shape else None
        home = next((id_ for id_ in record["projects"] if id_ in self.atlas.catalog.projects), None)
        names = ("id", "kind", "status", "length_km", "length_basis", "accuracy_km")
        return Row(
            **{name: record[name] for name in names},
            title=row_title(record),
            project=home,
            countries=list(record["countries"]),
            figures=self.figures(record),
            sources=list(record["sources"]) if own == home else [],
            geometry=None if shape is None else geometry_of(shape),
        )

    def in_brief(self, id_: str) -> tuple[str, float]:
        """Return the status of a project, and the km that all its lines add up to."""
        if id_ not in self._brief:
            project = self.atlas.catalog.projects[id_]
            self._brief[id_] = project.status, totals(select(self.atlas, Selection(project=(id_,)))).km
        return self._brief[id_]

    @cached_property
    def _brief(self) -> dict[str, tuple[str, float]]:
        return {}

    def ways(self, project: CatalogProject) -> list[Way]:
        """Return the ways that a project names, as far as they exist, the main line first."""
        found = []
        for way in project.ways:
            try:
                route = line_of(self.atlas, f"{project.id}/{way.id}")
                line = describe(self.atlas, f"{project.id}/{way.id}")
            except RoutingError:
                continue
            found.append(self.way(way.id, route, line))
        return found

    def way(self, id_: str, route: Route, line: Description) -> Way:
        """Return a way through the network."""
        best = route.best
        return Way(
            id=id_,
            title=texts_of(route.title),
            year=route.year,
            **{name: getattr(best, name) for name in ("km", "low_km", "high_km", "sea_km")},
            borders=len(best.borders),
            breaks_of_gauge=len(best.breaks),
            by_country=self.in_countries(best.km_by_country),
            text=in_words(line),
            legs=legs(line),
            carriage=[
                Carriage(
                    **{name: getattr(one, name) for name in ("unit", "low", "high", "as_of", "source")},
                    scope=texts_of(one.scope),
                )
                for one in route.carriage
            ],
        )

    # -- entries ---------------------------------------------------------------------------------------------------

    def common(self, type_: str, id_: str, asked: str, rows: gpd.GeoDataFrame) -> dict[str, Any]:
        """Return what every entry has; `asked` is the address of the map, without the language."""
        licences = dict.fromkeys(rows["licence"]) if len(rows) else {}
        known = self.atlas.catalog.licences
        shown = [known[licence] for licence in (*licences, "cited_facts") if licence in known]
        path = self.path(type_, id_)
        return {
            "id": id_,
            "title": self.title(type_, id_),
            "version": VERSION,
            "facts_as_of": self.facts_as_of,
            "checksum": self.atlas.checksum,
            "page": {language: f"{language}/{path}.html" for language in LANGUAGES},
            "map": {language: f"map.html#{asked}&lang={language}" for language in LANGUAGES},
            "licences": [
                Licence(id=one.id, title=one.title, url=one.url, attribution=one.attribution)
                for one in dict.fromkeys(shown)
            ],
            "attribution": "; ".join(dict.fromkeys(one.attribution for one in shown if one.attribution)),
        }

    def project(self, id_: str) -> Project:
        """Return a project with everything that lies below it in the tree."""
        catalog = self.atlas.catalog
        project = catalog.projects[id_]
        rows = select(self.atlas, Selection(project=(id_,)))
        ways = self.ways(project)
        facts: dict[str, Any] = {
            "form": project.form,
            "kind": project.kind,
            "status": project.status,
            "layer": Link(id=project.layer, title=texts_of(catalog.layers[project.layer].title)),
            "part_of": [self.link(PROJECT, above) for above in self.atlas.ancestors(id_)],
            "includes": [self.link(PROJECT, below) for below in catalog.children(id_)],
            "summary": self.told(project.summary if project.summary != project.title.en else None),
            "figures": self.figures(project.model_dump()),
            "length": length_of(rows, ways),
            "published_lengths": self.lengths(project.published_lengths),
            "in_words": self.words_of(id_),
            "ways": ways,
            "history": self.phases(project),
            "by_country": [] if ways else self.sums_by_country(rows),
            "parties": self.parties(id_),
            "rows": [
                self.row(record, id_, with_shape=True)
                for record in records_of(rows)
                if id_ in record["projects"] and record["kind"] != "agreement"
            ],
            "outside_ids": self.outside_ids(id_),
            "unverified": list(project.unverified),
        }
        cited = Cited(self.atlas)
        cited.cite(list(facts.values()))
        for source in project.sources:
            cited.add(source)
        return Project(
            **self.common(PROJECT, id_, f"project={quote(id_, safe='')}&show={quote(id_, safe='')}", rows),
            **facts,
            as_of=project.as_of,
            confidence=project.confidence,
            note=self.told(project.note),
            sources=cited.sources(),
        )

    def words_of(self, id_: str) -> Texts | None:
        """Return where a project runs in words, None where it is not one line."""
        try:
            return in_words(describe(self.atlas, id_))
        except RoutingError:
            return None

    def sums_by_country(self, rows: gpd.GeoDataFrame) -> list[InCountry]:
        """Return the km of rows by state, every track counted once."""
        sums = summarise(rows, "country")
        return self.in_countries((code, km) for code, km in zip(sums["country"], sums["km"], strict=True) if km)

    def parties(self, id_: str) -> list[Standing]:
        """Return what each state is to an agreement: as its own file says, then as the register of states does."""
        catalog = self.atlas.catalog
        found = [self.standing(id_, party.country, party) for party in catalog.projects[id_].parties]
        for code, state in catalog.countries.items():
            found += [self.standing(id_, code, one) for one in state.agreements if one.agreement == id_]
        return found

    def outside_ids(self, entry: str) -> list[OutsideId]:
        """Return under which ids others know an entry."""
        known = self.atlas.catalog.ids_of(entry)
        return [
            OutsideId(
                scheme=scheme.name,
                title=scheme.title,
                id=one.id,
                url=scheme.address.replace(ID, quote(one.id, safe="_().,'&–-:")) if scheme.address else None,
                source=one.source,
            )
            for scheme in SCHEMES
            if (one := known.get(scheme.name)) is not None
        ]

    def standing(self, id_: str, code: str, party: Any) -> Standing:
        """Return what a state is to an agreement."""
        return Standing(
            country=code,
            agreement=self.link(PROJECT, id_),
            title=self.title(COUNTRY, code),
            status=party.status,
            date=party.date,
            source=party.source,
        )

    def country(self, code: str) -> Country:
        """Return a state."""
        catalog = self.atlas.catalog
        state = catalog.countries[code]
        rows = select(self.atlas, Selection(country=(code,)))
        rows = rows[rows["kind"] != "member"]
        lines = rows[rows["length_km"].notna() & rows["status"].notna()]
        sites = rows[rows["length_km"].isna() & rows["status"].notna()]
        kinds = [Sum(kind=str(kind), rows=len(own), km=km_in(own, code)) for kind, own in lines.groupby("kind")]
        facts: dict[str, Any] = {
            "role": state.roles[-1].role if state.roles else None,
            "capital": state.capital,
            "km": round(sum(one.km for one in kinds), 2),
            "lines": len(lines),
            "kinds": sorted(kinds, key=lambda one: (-one.km, one.kind)),
            "roles": [
                Happening(what="role", date=one.since, word=one.role, text=self.told(one.text), source=one.source)
                for one in state.roles
            ],
            "coverage": [
                Coverage(
                    **{name: getattr(one, name) for name in ("kind", "map_km", "official_km", "as_of", "source")}
                )
                for one in self.covered.get(code, ())
            ],
            "projects": self.through(lines, code),
            "sites": [self.row(record) for record in records_of(sites)],
            "agreements": [
                standing for id_ in catalog.projects for standing in self.parties(id_) if standing.country == code
            ],
            "history": [
                Happening(what="event", date=one.date, text=self.tell(one.text), source=one.source)
                for one in state.history
            ],
            "outside_ids": self.outside_ids(code),
            "events": [self.link(EVENT, id_) for id_ in self.events() if code in self.rows[id_]["countries"]],
        }  # fmt: skip
        shown = {name: value for name, value in facts.items() if name != "sites"}
        cited = Cited(self.atlas)
        cited.cite(list(shown.values()))
        for source in state.sources:
            cited.add(source)
        cited.cite(facts["sites"])
        return Country(
            **self.common(COUNTRY, code, f"country={code}&show={code}", rows),
            **facts,
            as_of=state.as_of,
            confidence=state.confidence,
            note=self.told(state.note),
            sources=cited.sources(),
        )

    def through(self, lines: gpd.GeoDataFrame, code: str) -> list[Through]:
        """Return the projects with lines in a state, those with the most km there first; a row counts to its own."""
        known = self.atlas.catalog.projects
        homes = lines["projects"].map(lambda ids: next((id_ for id_ in ids if id_ in known), ""))
        found = []
        for id_, own in lines.groupby(homes):
            if id_ not in known:
                continue
            found.append(
                Through(
                    project=self.link(PROJECT, str(id_)),
                    kind=known[str(id_)].kind,
                    status=known[str(id_)].status,
                    rows=len(own),
                    km=km_in(own, code),
                )
            )
        return sorted(found, key=lambda one: (-one.km, one.project.id))

    def event(self, id_: str) -> Event:
        """Return an event."""
        record = self.rows[id_]
        order = self.events()
        at = order.index(id_)
        place = next((found for one in record["places"] if (found := self.atlas.catalog.places.get(one))), None)
        cited = Cited(self.atlas)
        for source in record["sources"]:
            cited.add(source)
        rows = self.atlas.rows[self.atlas.rows["id"] == id_]
        return Event(
            **self.common(EVENT, id_, f"show={quote(id_, safe='')}", rows),
            kind=record["type"] or EVENT,
            date=record["date"],
            date_end=record["date_end"],
            place=None
            if place is None
            else Place(
                id=place.id, title=texts_of(place.name), country=place.country, longitude=place.lon, latitude=place.lat
            ),
            outcome=self.told(record["outcome"]),
            before=self.link(EVENT, order[at - 1]) if at else None,
            after=self.link(EVENT, order[at + 1]) if at + 1 < len(order) else None,
            as_of=record["as_of"],
            confidence=record["confidence"],
            note=self.told(record["note"]),
            sources=cited.sources(),
        )

    def entries(self) -> Iterable[Entry]:
        """Yield everything that has a page."""
        yield from map(self.project, self.projects())
        yield from map(self.country, self.countries())
        yield from map(self.event, self.events())


def geometry_of(shape: shapely.Geometry) -> Geometry:
    """Return a geometry, simplified for a small map, as GeoJSON."""
    plain = shapely.set_precision(shapely.simplify(shape, SMALL_MAP), ROUNDED, mode="pointwise")
    return Geometry.model_validate_json(shapely.to_geojson(plain))


def row_title(record: Mapping[str, Any]) -> Texts:
    """Return what a row is called."""
    return texts_of({language: record[f"title_{language}"] for language in LANGUAGES})


def in_words(line: Description) -> Texts:
    """Return a line in words."""
    return Texts(**{language: line.text(language) for language in LANGUAGES})


def legs(line: Description) -> list[Texts]:
    """Return the legs of a line in words."""
    told = [line.legs(language) for language in LANGUAGES]
    return [Texts(**dict(zip(LANGUAGES, leg, strict=True))) for leg in zip(*told, strict=True)]


def length_of(rows: gpd.GeoDataFrame, ways: Sequence[Way]) -> Length | None:
    """Return the length of the main line of a corridor, of anything else the sum of its lines."""
    km = ways[0].km if ways else totals(rows).km
    if not km:
        return None
    bases = set(rows.loc[rows["length_km"].notna(), "length_basis"])
    basis = "both" if len(bases) > 1 else "track" if bases == {TRACK} else "drawn"
    return Length.model_validate({"km": km, "of": "main_line" if ways else "lines", "basis": basis})


def km_in(lines: gpd.GeoDataFrame, code: str) -> float:
    """Return the km of lines that lie in a state, every track counted once."""
    return round(sum(float(km.get(code, 0.0)) for km in once(lines)["km_by_country"]), 2)
