"""What the files beside the pages hold: the shape of a project, a country, an event and the index, for programs.

The JSON Schemas are made of these models, and the pages say nothing that is not in them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.row_schemas import DRAFT

API: Literal[1] = 1
"""The version of the files: it changes when something in them is renamed, removed or means something else."""


class Part(BaseModel):
    """Anything in the files: nothing is left out unless it is unknown, and nothing else is in them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Texts(Part):
    """A name or a text for readers, in the languages in which it is known; only English always is."""

    en: str
    bn: str | None = None
    ru: str | None = None
    zh: str | None = None

    def known(self, language: str) -> tuple[str, str]:
        """Return the text in a language, else in English, and the language that it is in."""
        own = getattr(self, language, None)
        return (own, language) if own else (self.en, FIRST)


def texts_of(known: Any) -> Texts:
    """Return a name of the catalog, or a dictionary by language, as texts."""
    if not isinstance(known, dict):
        known = {language: getattr(known, language, None) for language in LANGUAGES}
    return Texts(**{language: text for language in LANGUAGES if (text := known.get(language))})


class Source(Part):
    """Who says so: `number` is the one by which the page cites it."""

    number: int
    id: str
    publisher: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    accessed: str | None = Field(default=None, description="when it was read")
    quality: str
    licence: str | None = None


class Licence(Part):
    """Under which terms the facts are, and whom to credit."""

    id: str
    title: str
    url: str | None = None
    attribution: str | None = None


class Link(Part):
    """Another entry: `path` leads to its page, from the folder of a language on; None where it has no page."""

    id: str
    title: Texts
    path: str | None = None


class Figure(Part):
    """A figure of the thing itself with who says it; `value` is a number, or a text such as an owner."""

    figure: str
    value: float | int | Texts
    unit: str | None = None
    sources: list[str] = []


class Happening(Part):
    """What happened when: a status began, something else happened, an opening was announced, a standing began."""

    what: Literal["status", "event", "promise", "role"]
    date: str | None = None
    word: str | None = Field(default=None, description="the status or the role that began")
    opens: str | None = Field(default=None, description="of a promise: for when the opening was announced")
    by: Texts | None = Field(default=None, description="of a promise: who said so")
    text: Texts | None = None
    source: str | None = None


class PublishedLength(Part):
    """A length as a source prints it; `scope` says of what, `preferred` why the map goes by it and not by others."""

    km: float
    scope: Texts
    source: str | None = None
    preferred: Literal["primary", "source", "latest"] | None = None


class InCountry(Part):
    """How much of something lies in a state; at sea there is none."""

    country: str | None
    title: Texts | None
    km: float


class Length(Part):
    """A sum that this map computed: of rows each counted once, or of the main line that a corridor names."""

    km: float
    of: Literal["lines", "main_line"]
    basis: Literal["track", "drawn", "both"] = Field(description="along the track, as drawn, or partly each")


class Carriage(Part):
    """A time or a cost that a source publishes for goods on a way."""

    unit: str
    low: float
    high: float
    as_of: str
    scope: Texts
    source: str


class Way(Part):
    """A way that a corridor names, worked out over the network as of a year; the first one is its main line."""

    id: str
    title: Texts
    year: int
    km: float
    low_km: float = Field(description="the real length is expected between this and high_km")
    high_km: float
    sea_km: float
    borders: int
    breaks_of_gauge: int
    by_country: list[InCountry]
    text: Texts
    legs: list[Texts]
    carriage: list[Carriage]


class Geometry(Part):
    """A GeoJSON geometry in WGS 84, longitude before latitude."""

    type: str
    coordinates: list[Any]


class Row(Part):
    """A line or site of the map: a row of its tables, whose columns docs/columns.md describes.

    Its geometry is that of a small map, true to about a kilometre; the files of data have all of it.
    """

    id: str
    title: Texts
    project: str | None = Field(description="the project that it belongs to")
    kind: str
    status: str | None
    countries: list[str]
    length_km: float | None = None
    length_basis: str | None = None
    accuracy_km: float | None = Field(default=None, description="nine tenths of it are expected within so many km")
    figures: list[Figure] = []
    sources: list[str] = Field(description="in the file of the project that it belongs to; elsewhere empty")
    geometry: Geometry | None = None


class Standing(Part):
    """What a state is to an agreement."""

    country: str
    agreement: Link
    title: Texts
    status: str
    date: str | None = None
    source: str


class Coverage(Part):
    """How much of the lines of a kind in a state the map holds, beside the official length where one was found."""

    kind: str
    map_km: float
    official_km: float | None
    as_of: str | None
    source: str | None


class Through(Part):
    """A project with lines in a state, and how many km of them lie there."""

    project: Link
    kind: str
    status: str | None
    rows: int
    km: float


class Sum(Part):
    """Rows of a kind and the km that lie in the state."""

    kind: str
    rows: int
    km: float


class OutsideId(Part):
    """Under which id others know the same thing, and the address where they do."""

    scheme: str
    title: str
    id: str
    url: str | None = None
    source: str | None = None


class Place(Part):
    """A point with a name."""

    id: str
    title: Texts
    country: str
    longitude: float
    latitude: float


class Entry(Part):
    """What every page has: what it is about, of which data, where it is, who says so, under which terms."""

    api: Literal[1] = API
    id: str
    title: Texts
    version: str = Field(description="of the map")
    facts_as_of: str
    checksum: str = Field(description="SHA-256 of the layers")
    page: dict[str, str] = Field(description="the page in each language, from the folder of the site on")
    map: dict[str, str] = Field(description="the same on the map")
    picture: str | None = Field(default=None, description="a map of it as PNG, from the folder of the site on")
    as_of: str | None = None
    confidence: str | None = None
    note: Texts | None = None
    sources: list[Source]
    licences: list[Licence]
    attribution: str


class Project(Entry):
    """A project: a line, a system of lines, a corridor, a programme, a site, an agreement."""

    type: Literal["project"] = "project"
    form: str
    kind: str
    status: str
    layer: Link
    part_of: list[Link] = Field(description="what it belongs to, the nearest first")
    includes: list[Link]
    summary: Texts | None
    in_words: Texts | None = Field(description="where it runs, in words that follow from the network")
    figures: list[Figure]
    length: Length | None
    by_country: list[InCountry]
    published_lengths: list[PublishedLength]
    history: list[Happening]
    parties: list[Standing]
    ways: list[Way]
    rows: list[Row] = Field(description="its own, and those of others that it uses; parts have their own")
    outside_ids: list[OutsideId]
    unverified: list[str] = Field(description="facts that nobody is known to say")


class Country(Entry):
    """A state, its standing in the organisation, and what of the map lies in it."""

    type: Literal["country"] = "country"
    role: str | None
    capital: str | None
    km: float = Field(description="of lines that lie in it, each track counted once")
    lines: int
    roles: list[Happening]
    history: list[Happening]
    agreements: list[Standing]
    coverage: list[Coverage]
    kinds: list[Sum]
    projects: list[Through]
    sites: list[Row]
    events: list[Link]
    outside_ids: list[OutsideId]


class Event(Entry):
    """A summit, a decision, a founding."""

    type: Literal["event"] = "event"
    kind: str
    date: str
    date_end: str | None
    place: Place | None
    outcome: Texts | None
    before: Link | None
    after: Link | None


class Listed(Part):
    """An entry of the index; `path` leads to its file, from the folder of the index on."""

    type: Literal["project", "country", "event"]
    id: str
    title: Texts
    path: str
    kind: str | None = None
    status: str | None = None
    countries: list[str] = []
    date: str | None = None


class Download(Part):
    """A file of data; `rows` says which of them it has: all, or those of one side of the share-alike licences."""

    format: str
    path: str = Field(description="from the folder of the site on")
    bytes: int
    rows: Literal["all", "share_alike", "without_share_alike"]


class Index(Part):
    """Everything that there is to get."""

    api: Literal[1] = API
    version: str
    facts_as_of: str
    checksum: str
    languages: list[str]
    entries: list[Listed]
    downloads: list[Download]
    schemas: dict[str, str]


MODELS: dict[str, type[Part]] = {"project": Project, "country": Country, "event": Event, "index": Index}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file, which leaves out what is unknown."""
    schema = MODELS[name].model_json_schema(by_alias=True, mode="serialization")
    for model in (schema, *schema.get("$defs", {}).values()):
        known = model.get("properties", {})
        model["required"] = [
            key for key in model.get("required", ()) if {"type": "null"} not in known[key].get("anyOf", ())
        ]
    return {"$schema": DRAFT, **schema}
