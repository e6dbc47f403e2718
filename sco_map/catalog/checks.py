"""What the files must agree on: ids that exist, known words, dates in order, places where they belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Country, Phase, Place, Project, PublishedLength, Role, Row, Segment, Site
from sco_map.catalog.problems import Problem
from sco_map.model.dates import first_disorder
from sco_map.model.selection import ALL_MEMBERS
from sco_map.model.sphere import KM_PER_DEGREE
from sco_map.model.suggestions import Known, unknown

RECIPES = ("via", "along", "symbol")
DIRECTIONS = ("forward", "backward", "both")
COLOURS = ("gauge",)
STORIES_AT_FIRST = 3
GEOMETRIES = ("line", "point", "area", "none")
WORD_LISTS = (
    "status",
    "kind",
    "form",
    "role",
    "basis",
    "confidence",
    "quality",
    "capacity_unit",
    "layer_group",
    "place_kind",
    "event_type",
    "agreement_status",
)
SLACK_DEGREES = 1.0


def check(catalog: Catalog, unreadable: Collection[str] = (), unread_files: Collection[str] = ()) -> list[Problem]:
    """Return every disagreement between the files of a catalog.

    Ids in `unreadable` exist but their entries could not be read; nothing is said about ids that should be in
    one of `unread_files`. Both have been reported before.
    """
    return list(_Checks(catalog, frozenset(unreadable), frozenset(unread_files)).all())


class _Checks:
    """The checks, with what they look ids up in."""

    def __init__(self, catalog: Catalog, unreadable: frozenset[str], unread_files: frozenset[str]) -> None:
        self.catalog = catalog
        self.unreadable = unreadable
        self.unread_files = unread_files

    def all(self) -> Iterator[Problem]:
        yield from self.vocabulary()
        yield from self.duplicate_rows()
        for project in self.catalog.projects.values():
            yield from self.project(project, f"projects/{project.id}.toml")
        yield from self.places()
        yield from self.registers()
        for country in self.catalog.countries.values():
            yield from self.country(country)
        yield from self.events_and_rivers()
        yield from self.stories()

    # ------------------------------------------------------------------ looking up

    def known(
        self,
        what: str,
        id_: str | None,
        ids: Known,
        home: str,
        file: str,
        entry: str,
    ) -> Iterator[Problem]:
        """Report `id_` when it is not among `ids`, which are kept in the file `home`."""
        if id_ is None or id_ in ids or id_ in self.unreadable or home in self.unread_files:
            return
        yield Problem(file, entry, unknown(what, id_, ids))

    def word(self, what: str, word: str | None, file: str, entry: str, list_: str | None = None) -> Iterator[Problem]:
        """Report `word` when the vocabulary does not have it."""
        words = self.catalog.known(f"vocabulary.{list_ or what}")
        yield from self.known(what.replace("_", " "), word, words, "vocabulary.toml", file, entry)

    def sources(self, ids: Iterable[str | None], file: str, entry: str) -> Iterator[Problem]:
        """Report sources that are not in the register."""
        for id_ in dict.fromkeys(ids):
            yield from self.known("source", id_, self.catalog.known("sources"), "sources.toml", file, entry)

    def country_code(self, codes: Iterable[str], file: str, entry: str) -> Iterator[Problem]:
        """Report codes without an entry in countries.toml."""
        for code in codes:
            yield from self.known("country", code, self.catalog.known("countries"), "countries.toml", file, entry)

    def place(self, ids: Iterable[str], file: str, entry: str) -> Iterator[Problem]:
        """Report places that are not in the gazetteer."""
        for id_ in dict.fromkeys(ids):
            yield from self.known("place", id_, self.catalog.known("places"), "places.csv", file, entry)

    @cached_property
    def all_segments(self) -> Mapping[str, Segment]:
        return self.catalog.segments

    @cached_property
    def all_rows(self) -> frozenset[str]:
        return frozenset(self.catalog.segments) | frozenset(self.catalog.sites)

    # ------------------------------------------------------------------ projects

    def duplicate_rows(self) -> Iterator[Problem]:
        """Report ids that name more than one project, segment, site, event or river."""
        first: dict[str, str] = {}
        for project in self.catalog.projects.values():
            first[project.id] = f"projects/{project.id}.toml"
        for id_, home in [
            *((row.id, f"projects/{row.project}.toml") for row in self.rows()),
            *((id_, "events.csv") for id_ in self.catalog.events),
            *((id_, "rivers.csv") for id_ in self.catalog.rivers),
        ]:
            if id_ in first:
                yield Problem(home, repr(id_), f"duplicate id, it already names something in {first[id_]}")
            first.setdefault(id_, home)

    def rows(self) -> Iterator[Segment | Site]:
        for project in self.catalog.projects.values():
            yield from project.segments
            yield from project.sites

    def project(self, project: Project, file: str) -> Iterator[Problem]:
        yield from self.known("layer", project.layer, self.catalog.known("layers"), "layers.toml", file, "")
        yield from self.word("kind", project.kind, file, "")
        yield from self.word("form", project.form, file, "")
        yield from self.word("confidence", project.confidence, file, "")
        yield from self.phases(project.phases, file, "")
        yield from self.capacity(project, file, "")
        yield from self.parent(project, file)
        yield from self.country_code(project.countries, file, "")
        yield from self.lengths(project.published_lengths, file, "", in_segment=False)
        yield from self.sources(
            [
                *project.sources,
                *(phase.source for phase in project.phases),
                *(moment.source for moment in project.history),
                *(length.source for length in project.published_lengths),
                *(party.source for party in project.parties),
                project.promised.source if project.promised else None,
            ],
            file,
            "",
        )
        yield from self.country_code((party.country for party in project.parties), file, "")
        for party in project.parties:
            yield from self.word("status", party.status, file, "parties", "agreement_status")
        for used in project.uses:
            yield from self.known("segment", used, self.all_rows, "", file, "uses")
            if used.split("__")[0] == project.id:
                yield Problem(file, "uses", f"{used!r} is the project's own; `uses` names rows of other projects")
        for segment in project.segments:
            yield from self.segment(segment, file, f"segment {segment.id!r}")
        for site in project.sites:
            yield from self.site(site, file, f"site {site.id!r}")

    def parent(self, project: Project, file: str) -> Iterator[Problem]:
        if project.parent is None:
            return
        yield from self.known("project", project.parent, self.catalog.known("projects"), "", file, "parent")
        chain = [project.id]
        above = self.catalog.projects.get(project.parent)
        while above is not None and above.id not in chain:
            chain.append(above.id)
            above = self.catalog.projects.get(above.parent) if above.parent else None
        if above is not None and above.id == project.id:
            yield Problem(file, "parent", f"the parents run in a circle: {' > '.join([*chain, project.id])}")

    def phases(self, phases: Sequence[Phase], file: str, entry: str) -> Iterator[Problem]:
        """Report unknown statuses and dates out of order."""
        for number, phase in enumerate(phases, start=1):
            yield from self.word("status", phase.status, file, entry)
            if phase.since is None and number > 1:
                yield Problem(
                    file, entry, f"phase {number} has no `from`; only the first phase may begin at an unknown time"
                )
        yield from self.ordered([phase.since for phase in phases], "phases", file, entry)

    def ordered(self, dates: Sequence[str | None], what: str, file: str, entry: str) -> Iterator[Problem]:
        """Report a date that comes after a later one; a year or month is compared at its own precision."""
        if disorder := first_disorder(dates):
            earlier, later = disorder
            yield Problem(
                file, entry, f"{what} are out of order: {later} comes after {earlier}; begin with the earliest"
            )

    def capacity(self, entry_: Project | Row, file: str, entry: str) -> Iterator[Problem]:
        if entry_.capacity is not None and entry_.capacity_unit is None:
            yield Problem(file, entry, "capacity has no capacity_unit")
        if entry_.capacity is None and entry_.capacity_unit is not None:
            yield Problem(file, entry, "capacity_unit is given without a capacity")
        yield from self.word("capacity_unit", entry_.capacity_unit, file, entry)

    def lengths(
        self, lengths: Iterable[PublishedLength], file: str, entry: str, *, in_segment: bool
    ) -> Iterator[Problem]:
        for length in lengths:
            scope = length.scope
            if "__" in scope:
                yield from self.known(
                    "segment", scope, self.catalog.known("segments"), "", file, f"{entry} published_lengths".strip()
                )
            elif len(scope) == 3 and scope.isupper():
                yield from self.country_code([scope], file, f"{entry} published_lengths".strip())
            elif scope == "segment" and not in_segment:
                yield Problem(
                    file, "published_lengths", 'scope "segment" belongs into a segment; here write its id or "all"'
                )

    # ------------------------------------------------------------------ rows

    def row(self, row: Row, file: str, entry: str) -> Iterator[Problem]:
        """Check what the row itself says; what it takes over from its project is checked there."""
        own = row.written
        if "layer" in own:
            yield from self.known("layer", row.layer, self.catalog.known("layers"), "layers.toml", file, entry)
        if "kind" in own:
            yield from self.word("kind", row.kind, file, entry)
        if "confidence" in own:
            yield from self.word("confidence", row.confidence, file, entry)
        if "phases" in own:
            yield from self.phases(row.phases, file, entry)
        if own & {"capacity", "capacity_unit"}:
            yield from self.capacity(row, file, entry)
        cited: list[str | None] = []
        if "sources" in own:
            cited += row.sources
        if "phases" in own:
            cited += [phase.source for phase in row.phases]
        if "promised" in own and row.promised:
            cited.append(row.promised.source)
        cited += [moment.source for moment in row.history]
        yield from self.sources(cited, file, entry)

    def kind_fits(self, row: Row, wrong: Collection[str], should: str, file: str, entry: str) -> Iterator[Problem]:
        word = self.catalog.vocabulary.get("kind", {}).get(row.kind)
        if word is not None and word.geometry in wrong:
            yield Problem(file, entry, f"kind {row.kind!r} is drawn as {word.geometry}; write it as {should}")

    def segment(self, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
        yield from self.row(segment, file, entry)
        yield from self.kind_fits(segment, ("point", "area", "none"), "[[site]]", file, entry)
        if not segment.id.startswith(f"{segment.project}__"):
            yield Problem(file, entry, f"the id does not begin with {segment.project + '__'!r}")
        yield from self.known("recipe", segment.recipe, RECIPES, "", file, entry)
        yield from self.place(segment.via, file, entry)
        if len(segment.via) == 1:
            yield Problem(file, entry, "via names one place; a line needs two or more")
        if segment.recipe == "along" and not segment.via:
            yield Problem(file, entry, 'recipe "along" needs the places it runs through in via')
        for here, there in pairwise(segment.via):
            if here == there:
                yield Problem(file, entry, f"via names {here!r} twice in a row")
        for pin in segment.inferred:
            yield from self.known("place", pin, segment.via, "", file, f"{entry}, inferred")
        for bridge in segment.bridges:
            for end in (bridge.start, bridge.end):
                yield from self.known("place", end, segment.via, "", file, f"{entry}, bridges")
        yield from self.country_code((excursion.country for excursion in segment.excursions), file, entry)
        yield from self.flows(segment, file, entry)
        if segment.accuracy:
            yield from self.word("basis", segment.accuracy.basis, file, entry)
        if "published_lengths" in segment.written:
            yield from self.lengths(segment.published_lengths, file, entry, in_segment=True)
            yield from self.sources((length.source for length in segment.published_lengths), file, entry)
        yield from self.same_route(segment, file, entry)

    def flows(self, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
        """Report unknown directions, sources, and dates out of order."""
        for number, flow in enumerate(segment.flows, start=1):
            yield from self.known("direction", flow.direction, DIRECTIONS, "", file, f"{entry}, flows")
            if flow.since is None and number > 1:
                yield Problem(file, entry, f"flow {number} has no `from`; only the first may have run always")
        yield from self.ordered([flow.since for flow in segment.flows], "flows", file, entry)
        yield from self.sources((flow.source for flow in segment.flows), file, entry)

    def same_route(self, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
        if segment.same_route_as is None:
            return
        if segment.via:
            yield Problem(file, entry, "has both via and same_route_as; keep one")
        yield from self.known("segment", segment.same_route_as, self.catalog.known("segments"), "", file, entry)
        seen = [segment.id]
        other: Segment | None = self.all_segments.get(segment.same_route_as)
        while other is not None and other.same_route_as and other.id not in seen:
            seen.append(other.id)
            other = self.all_segments.get(other.same_route_as)
        if other is not None and other.id in seen:
            yield Problem(file, entry, f"same_route_as runs in a circle: {' > '.join([*seen, other.id])}")

    def site(self, site: Site, file: str, entry: str) -> Iterator[Problem]:
        yield from self.row(site, file, entry)
        yield from self.kind_fits(site, ("area", "none"), "a project without rows", file, entry)
        yield from self.place([site.place], file, entry)
        place = self.catalog.places.get(site.place)
        if place is not None and place.is_helper:
            yield Problem(
                file, entry, f"place {site.place!r} is a helper point without a name; a site needs a named place"
            )

    # ------------------------------------------------------------------ places

    def places(self) -> Iterator[Problem]:
        for place in self.catalog.places.values():
            entry = repr(place.id)
            yield from self.country_code([place.country], "places.csv", entry)
            yield from self.word("kind", place.kind, "places.csv", entry, "place_kind")
            yield from self.word("confidence", place.confidence, "places.csv", entry)
            yield from self.sources([place.source], "places.csv", entry)
            country = self.catalog.countries.get(place.country)
            if country is not None:
                yield from self.position(place, country, entry)

    def position(self, place: Place, country: Country, entry: str) -> Iterator[Problem]:
        """Report a point outside the rough extent of its country, and say when lon and lat seem to be swapped."""
        slack = SLACK_DEGREES + place.accuracy_km / KM_PER_DEGREE
        if inside(place.lon, place.lat, country.bbox, slack):
            return
        where = f"lon {place.lon:g}, lat {place.lat:g} lies outside the extent of {country.name.en}"
        if inside(place.lat, place.lon, country.bbox, slack):
            yield Problem("places.csv", entry, f"{where}; lon and lat seem to be swapped")
        else:
            yield Problem("places.csv", entry, f"{where}; check lon, lat and country")

    # ------------------------------------------------------------------ the other files

    def registers(self) -> Iterator[Problem]:
        for source in self.catalog.sources.values():
            entry = f"[{source.id}]"
            yield from self.word("quality", source.quality, "sources.toml", entry)
            yield from self.known(
                "licence", source.licence, self.catalog.known("licences"), "licences.toml", "sources.toml", entry
            )
            if source.url is None and source.file is None and source.quality != "own_estimate":
                yield Problem("sources.toml", entry, "has no url; only an own estimate may do without")
        for layer in self.catalog.layers.values():
            entry = f"[{layer.id}]"
            yield from self.word("layer_group", layer.group, "layers.toml", entry)
            yield from self.known(
                "licence", layer.licence, self.catalog.known("licences"), "licences.toml", "layers.toml", entry
            )
            yield from extent(layer.extent, "extent", "layers.toml", entry)

    def country(self, country: Country) -> Iterator[Problem]:
        file, entry = "countries.toml", f"[{country.id}]"
        yield from extent(country.bbox, "bbox", file, entry)
        roles: tuple[Role, ...] = country.roles
        for role in roles:
            yield from self.word("role", role.role, file, entry)
        yield from self.ordered([role.since for role in roles], "roles", file, entry)
        for agreement in country.agreements:
            yield from self.word("status", agreement.status, file, entry, "agreement_status")
            yield from self.known("agreement", agreement.agreement, self.catalog.known("projects"), "", file, entry)
            yield from self.word("confidence", agreement.confidence, file, entry)
        yield from self.word("confidence", country.confidence, file, entry)
        yield from self.sources(
            [
                *country.sources,
                *(role.source for role in roles),
                *(agreement.source for agreement in country.agreements),
                *(moment.source for moment in country.history),
            ],
            file,
            entry,
        )
        if roles and (not country.sources or country.as_of is None or country.confidence is None):
            yield Problem(file, entry, "a state with roles needs sources, as_of and confidence")

    def events_and_rivers(self) -> Iterator[Problem]:
        for event in self.catalog.events.values():
            entry = repr(event.id)
            yield from self.word("event_type", event.type, "events.csv", entry)
            yield from self.word("confidence", event.confidence, "events.csv", entry)
            yield from self.place([event.place], "events.csv", entry)
            yield from self.sources([event.source], "events.csv", entry)
            yield from self.ordered([event.date, event.date_end], "date and date_end", "events.csv", entry)
        for river in self.catalog.rivers.values():
            entry = repr(river.id)
            yield from self.country_code(river.countries, "rivers.csv", entry)
            yield from self.word("confidence", river.confidence, "rivers.csv", entry)
            yield from self.sources([river.source], "rivers.csv", entry)

    def stories(self) -> Iterator[Problem]:
        """Report what a story selects that does not exist, and a part of the map that is none."""
        file = "stories.toml"
        catalog = self.catalog
        members = (ALL_MEMBERS, *catalog.countries)
        for story in catalog.stories.values():
            entry, asked = f"[{story.id}]", story.select
            for country in asked.country:
                yield from self.known("country", country, members, "countries.toml", file, entry)
            for project in asked.project:
                yield from self.known("project", project, catalog.known("projects"), "", file, entry)
            for layer in asked.layer:
                yield from self.known("layer", layer, catalog.known("layers"), "layers.toml", file, entry)
            for what in ("kind", "status", "role"):
                for word in getattr(asked, what):
                    yield from self.word(what, word, file, entry)
            if story.colour is not None:
                yield from self.known("colour", story.colour, COLOURS, "", file, entry)
            if story.extent is not None:
                yield from extent(story.extent, "extent", file, entry)
        first = [story.id for story in catalog.stories.values() if story.first]
        if catalog.stories and len(first) != STORIES_AT_FIRST:
            yield Problem(file, "", f"{len(first)} stories are marked `first`; the page opens with {STORIES_AT_FIRST}")

    def vocabulary(self) -> Iterator[Problem]:
        if "vocabulary.toml" in self.unread_files:
            return
        for name in WORD_LISTS:
            words = self.catalog.vocabulary.get(name)
            if not words:
                yield Problem("vocabulary.toml", f"[{name}]", "the list is missing")
                continue
            spelt = Counter(alias.lower() for word in words.values() for alias in word.aliases)
            for alias, times in spelt.items():
                if times > 1 or alias in words:
                    yield Problem("vocabulary.toml", f"[{name}]", f"alias {alias!r} belongs to more than one word")
        for word in self.catalog.vocabulary.get("kind", {}).values():
            if word.geometry not in GEOMETRIES:
                yield Problem(
                    "vocabulary.toml", f"[kind.{word.id}]", f"geometry must be one of {', '.join(GEOMETRIES)}"
                )


def inside(lon: float, lat: float, box: tuple[float, float, float, float], slack: float) -> bool:
    """Say whether a point lies in a box of west, south, east, north, widened by `slack` degrees."""
    west, south, east, north = box
    return west - slack <= lon <= east + slack and south - slack <= lat <= north + slack


def extent(box: tuple[float, float, float, float], what: str, file: str, entry: str) -> Iterator[Problem]:
    """Report a box whose edges are not in the order west, south, east, north."""
    west, south, east, north = box
    if west >= east or south >= north:
        yield Problem(file, entry, f"{what} must be west, south, east, north, with west < east and south < north")
