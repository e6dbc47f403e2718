"""The shape of every catalog entry: which keys it has, of which type, and what it takes over from its project."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema, create_model

from sco_map.model.columns import COLUMNS, FIGURES, PROJECT, SEGMENT, SITE, UNIT_OF, Column, Taken, Type
from sco_map.model.dates import EXPECTED, FIRST_YEAR, LAST_YEAR, PARTIAL_DATE, date_text, year_of
from sco_map.model.languages import LANGUAGES
from sco_map.model.ranges import parse_range
from sco_map.model.texts import text_fault

Item = TypeVar("Item")
Written = TypeVar("Written", bound="Facts")
Many = Annotated[tuple[Item, ...], Strict(False)]

PLAIN_TEXT = r"^[^\s=+\-@]([\s\S]*\S)?$"
"""What a schema says of a plain text: it neither begins nor ends with white space, nor begins like a formula."""

WEB_ADDRESS = r"https?://[^\s/]+\S*"


def plain_text(value: str) -> str:
    """Return `value` unless it is empty, holds invisible characters or markup, or would run as a formula in a table."""
    if not value.strip():
        raise ValueError("is empty; leave the key out when nothing is known")
    if fault := text_fault(value):
        raise ValueError(fault)
    if value != value.strip():
        raise ValueError("begins or ends with white space")
    if value[0] in "=+-@":
        raise ValueError(f"begins with {value[0]!r}, which a spreadsheet runs as a formula; begin with a word")
    if re.search(r"</?[a-zA-Z!]|&[a-z]+;", value):
        raise ValueError("contains HTML; write plain text")
    if re.search(r"!?\[[^\]]*\]\(", value):
        raise ValueError("contains a link or picture in Markdown; write plain text")
    return value


def web_address(value: str) -> str:
    """Return `value` when it is an http or https address without white space."""
    if not re.fullmatch(WEB_ADDRESS, value):
        raise ValueError("is not a web address; begin with https:// or http://")
    return value


def listed(name: str) -> WithJsonSchema:
    """Return the note for schema.py that a text is an entry of the list `name`, such as "status" or "country"."""
    return WithJsonSchema({"type": "string", LIST: name})


def ranged(name: str) -> AfterValidator:
    """Return the check that a text is a range for the filter `name`."""
    return AfterValidator(lambda text: str(parse_range(name, text)))


LIST = "x-list"
"""The key under which a schema names the list that a text is from, until schema.py puts the list itself there."""

PartialDate = Annotated[
    str,
    BeforeValidator(date_text),
    WithJsonSchema(
        {
            "description": EXPECTED,
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {"type": "string", "pattern": f"^{PARTIAL_DATE.pattern}$"},
            ],
        }
    ),
]
Text = Annotated[
    str,
    AfterValidator(plain_text),
    WithJsonSchema({"type": "string", "pattern": PLAIN_TEXT}),
]


PLACE = "place:"
"""Before the id of a place where other ids may come, too."""

OUTSIDE_ENTRY = rf"^([A-Z]{{3}}|({PLACE})?[a-z0-9]+(_{{1,2}}[a-z0-9]+)*)$"


class ForReaders:
    """Marks a text that readers see, written in English here and in the other languages under prose/."""


FOR_READERS = ForReaders()
Prose = Annotated[Text, FOR_READERS]
ID_PATTERN = r"^[a-z0-9]+(_{1,2}[a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
WebAddress = Annotated[
    str, AfterValidator(web_address), WithJsonSchema({"type": "string", "pattern": f"^{WEB_ADDRESS}$"})
]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Box = Annotated[
    tuple[Longitude, Latitude, Longitude, Latitude],
    Strict(False),
    WithJsonSchema(
        {
            "type": "array",
            "description": "west, south, east, north in degrees",
            "items": {"type": "number", "minimum": -180, "maximum": 180},
            "minItems": 4,
            "maxItems": 4,
        }
    ),
]

Status = Annotated[str, listed("status")]
Kind = Annotated[str, listed("kind")]
Form = Annotated[str, listed("form")]
Basis = Annotated[str, listed("basis")]
Confidence = Annotated[str, listed("confidence")]
CapacityUnit = Annotated[str, listed("capacity_unit")]
RoleId = Annotated[str, listed("role")]
Standing = Annotated[str, listed("agreement_status")]
LayerId = Annotated[Id, listed("layer")]
LicenceId = Annotated[Id, listed("licence")]
CountryId = Annotated[Iso3, listed("country")]


class Entry(BaseModel):
    """Anything in the catalog: unknown keys are errors, nothing changes after reading.

    `key` names the columns that no two lines of a CSV file have in common, by default the first one.
    """

    key: ClassVar[tuple[str, ...]] = ()

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class LocalText(Entry):
    """A name or title in the four languages of the interface; only English is always there."""

    en: Text
    bn: Text | None = None
    ru: Text | None = None
    zh: Text | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The text in every language it has."""
        return tuple(text for language in LANGUAGES if (text := getattr(self, language)))

    def in_language(self, language: str) -> str:
        """Return the text in `language` (en, bn, ru, zh), else in English."""
        return getattr(self, language, None) or self.en


class Phase(Entry):
    """A status and the moment it began; without `since` (`from` in the files) it is not known when."""

    since: PartialDate | None = Field(default=None, alias="from")
    status: Status
    text: Prose | None = None
    source: Id | None = None

    @property
    def year(self) -> int | None:
        """The year the status began, when known."""
        return year_of(self.since)


class Promise(Entry):
    """An opening that was announced: for when (`opens`), when that was `said`, and `by` whom."""

    opens: PartialDate
    said: PartialDate | None = None
    by: Prose | None = None
    text: Prose | None = None
    source: Id | None = None


class Moment(Entry):
    """A dated event of a project that does not change its status."""

    date: PartialDate
    text: Prose
    source: Id | None = None


class PublishedLength(Entry):
    """A length in km as a source prints it; `scope` is "all", a country, a segment or free words."""

    km: Positive
    scope: Prose = "all"
    source: Id | None = None


class Accuracy(Entry):
    """Nine tenths of the row lie within `km` of the real thing, said by hand where the general rule is wrong."""

    km: Positive
    basis: Basis
    reason: Text | None = None


class Bridge(Entry):
    """A hop of a line along the railway network that is drawn straight on purpose."""

    start: Id = Field(alias="from")
    end: Id = Field(alias="to")
    reason: Text


class Excursion(Entry):
    """A crossing of a country that the order of the places would not suggest, yet is real."""

    country: CountryId
    reason: Text


class Party(Entry):
    """A state's standing towards an agreement."""

    country: CountryId
    date: PartialDate | None = None
    status: Standing
    source: Id
    note: Prose | None = None


class FigureSource(Entry):
    """Who says a figure: a capacity, a diameter, a gauge, a height, a cost, or who the owner is."""

    figure: Annotated[str, listed("figure")]
    source: Id


class Flow(Entry):
    """Which way a pipeline runs from a date on: "forward" (the order of its places), "backward" or "both"."""

    since: PartialDate | None = Field(default=None, alias="from")
    direction: Annotated[str, listed("direction")]
    text: Prose | None = None
    source: Id | None = None


class Carriage(Entry):
    """A time or a cost that a source publishes for goods on a way: from `low` to `high` in a unit, as of a date.

    `scope` says between which places and for what; the map never computes such figures itself.
    """

    unit: Annotated[str, listed("carriage_unit")]
    low: Positive
    high: Positive
    as_of: PartialDate
    scope: LocalText
    source: Id


class NamedWay(Entry):
    """A way of a corridor as a question to the network; the first one that a project names is its main line.

    `via` are places to pass in this order, `avoid` places, states, rows and projects to leave aside, `kinds` the kinds
    of lines that count when they are not the usual ones; a way that waits for a promised line says for which `year`.
    """

    id: Id
    title: LocalText
    start: Id = Field(alias="from")
    end: Id = Field(alias="to")
    via: Many[Id] = ()
    avoid: Many[Text] = ()
    kinds: Many[Kind] = ()
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    promised: bool = False
    carriage: Many[Carriage] = ()


class Facts(Entry):
    """What a project, a segment or a site says of itself, in the columns of the table; `entry` is which it is."""

    entry: ClassVar[str]

    def fact(self, column: str) -> Any:
        """Return what it says in a column, None where that is unknown or nothing that such an entry says."""
        return getattr(self, column, None)

    def records(self, column: str) -> tuple[Entry, ...]:
        """Return the records it has in a column, also the only one of a column that holds no list."""
        value = self.fact(column)
        return value if isinstance(value, tuple) else () if value is None else (value,)

    def cited(self, columns: Collection[str] | None = None) -> list[str | None]:
        """Return the sources that it names: for the whole, then in the records of these columns (None: of all)."""
        said = [
            column for column in COLUMNS if self.entry in column.entries and (columns is None or column.name in columns)
        ]
        whole = [source for column in said if column.name == "sources" for source in self.fact("sources")]
        return whole + [
            getattr(record, "source", None) for column in said if column.parts for record in self.records(column.name)
        ]


def plain_facts(entry: str) -> list[Column]:
    """Return the columns that an `entry` of the catalog (project, segment or site) may say in one optional value."""
    single = (Type.TEXT, Type.DATE, Type.NUMBER, Type.WHOLE)
    return [column for column in COLUMNS if entry in column.entries and column.type in single and not column.filled]


def field_of(column: Column) -> tuple[Any, Any]:
    """Return type and default of the field that a plain fact of the table is in a model."""
    types: dict[Type, Any] = {Type.TEXT: Text, Type.DATE: PartialDate, Type.NUMBER: Positive, Type.WHOLE: int}
    kind = Prose if column.prose else types[column.type]
    if column.vocabulary is not None:
        kind = Annotated[str, listed(column.vocabulary)]
    elif column.words is not None:
        kind = Id
    if column.type is Type.WHOLE:
        return kind | None, Field(default=None, ge=column.low, le=column.high)
    return kind | None, None


def with_plain_facts(model: type[Written]) -> type[Written]:
    """Return `model` with the plain facts that the table says such an entry may have.

    What the class itself declares with a default stays; what it declares as None, only so that code can name it, gets
    the type that the table gives it.
    """
    own = {name for name, field in model.model_fields.items() if field.default is not None}
    fields: dict[str, Any] = {
        column.name: field_of(column) for column in plain_facts(model.entry) if column.name not in own
    }
    return create_model(model.__name__, __base__=model, __module__=model.__module__, __doc__=model.__doc__, **fields)


class Row(Facts):
    """What a line and a point of a project have in common; missing facts come from the project."""

    id: Id
    project: Id
    layer: LayerId
    kind: Kind
    title: LocalText | None = None
    phases: Many[Phase] = Field(min_length=1)
    promises: Many[Promise] = ()
    history: Many[Moment] = ()
    published_lengths: Many[PublishedLength] = ()
    figure_sources: Many[FigureSource] = ()
    sources: Many[Id] = Field(min_length=1)
    as_of: PartialDate
    confidence: Confidence
    note: Prose | None = None
    unverified: Many[Text] = ()
    written: frozenset[str] = Field(default=frozenset(), repr=False)

    @property
    def status(self) -> str:
        """The latest status."""
        return self.phases[-1].status


@with_plain_facts
class Segment(Row):
    """A line: the places it runs through in order of travel, and how sure each statement is."""

    entry: ClassVar[str] = SEGMENT

    recipe: Annotated[str, listed("recipe")] = "via"
    via: Many[Id] = ()
    inferred: Many[Id] = ()
    bridges: Many[Bridge] = ()
    same_route_as: Id | None = None
    string: int = Field(default=1, ge=1)
    gauge_mm: int | None = None
    accuracy: Accuracy | None = None
    excursions: Many[Excursion] = ()
    flows: Many[Flow] = ()
    length_reason: Text | None = None


@with_plain_facts
class Site(Row):
    """A point: a port, a plant, a station, a field, a dam."""

    entry: ClassVar[str] = SITE

    place: Id


@with_plain_facts
class Project(Facts):
    """One file of geodata/catalog/projects; its name is the id.

    `throughout` names the figures of the whole that hold for each of its rows, too; `unverified`, as in a row and a
    state, the facts that nobody is known to say, as sourcing.py calls them: "capacity", "phases 1996".
    """

    entry: ClassVar[str] = PROJECT

    id: Id
    layer: LayerId
    kind: Kind
    form: Form
    parent: Id | None = None
    title: LocalText
    summary: Prose | None = None
    phases: Many[Phase] = Field(min_length=1)
    promises: Many[Promise] = ()
    history: Many[Moment] = ()
    published_lengths: Many[PublishedLength] = ()
    figure_sources: Many[FigureSource] = ()
    throughout: Many[Annotated[str, listed("shared_figure")]] = ()
    unverified: Many[Text] = ()
    countries: Many[CountryId] = ()
    uses: Many[Id] = ()
    ways: Many[NamedWay] = Field(default=(), alias="way")
    parties: Many[Party] = ()
    sources: Many[Id] = Field(min_length=1)
    as_of: PartialDate
    confidence: Confidence
    note: Prose | None = None
    segments: Many[Segment] = Field(default=(), alias="segment")
    sites: Many[Site] = Field(default=(), alias="site")

    @property
    def status(self) -> str:
        """The latest status."""
        return self.phases[-1].status


ADDED_BY_READER = frozenset({"project", "written"})
"""Fields of a row that no file has: with_inherited adds them."""

ENTRY_OF = {"line": SEGMENT, "site": SITE}
"""The rows that are what a project of this form as a whole is."""

INHERITED = frozenset(column.name for column in COLUMNS if column.taken is Taken.ALWAYS)


PASSED_DOWN = tuple(column.name for column in COLUMNS if column.taken is Taken.THROUGHOUT and column.name in FIGURES)
"""Figures that a project may say to hold for each of its rows."""


def taken_over(entry: str, *, same_form: bool, alone: bool, throughout: Collection[str] = ()) -> set[str]:
    """Return the keys that a segment or a site takes over from its project where it does not say them itself."""
    when = {Taken.ALWAYS} | ({Taken.SAME_FORM} if same_form else set())
    when |= {Taken.ALONE, Taken.THROUGHOUT} if same_form and alone else set()
    passed = {*throughout, *(UNIT_OF[figure] for figure in throughout if figure in UNIT_OF)}
    return {
        column.name for column in COLUMNS if (column.taken in when or column.name in passed) and entry in column.entries
    }


def listed_texts(value: Any) -> list[str]:
    """Return the texts of a list that was not checked yet."""
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def figure_entries(project: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of the figures of a project that was not checked yet."""
    said = project.get("figure_sources")
    return [entry for entry in said if isinstance(entry, dict) and "figure" in entry] if isinstance(said, list) else []


def with_inherited(project: dict[str, Any], row: dict[str, Any], *, form: Form, alone: bool) -> dict[str, Any]:
    """Return `row` with what it does not say taken from its project.

    `form` is the form of project whose figures are those of such a row: "line" for segments, "site" for sites;
    `alone` says whether the row is the only one of its sort. A row with phases of its own does not take over a
    promised completion. The gauge passes down only from a line; capacity, diameter, owner, cost and published lengths
    only to its single row, or where the project names them in `throughout`: the figures of the whole are not the
    figures of each of its parts. With a figure comes who says it.
    """
    throughout = [name for name in listed_texts(project.get("throughout")) if name in PASSED_DOWN]
    keys = taken_over(ENTRY_OF[form], same_form=project.get("form") == form, alone=alone, throughout=throughout)
    if "phases" in row:
        keys -= {"promises"}
    for figure, unit in UNIT_OF.items():
        if figure in row or unit in row:
            keys -= {figure, unit}
    taken = {key: project[key] for key in keys if key in project}
    if said := [entry for entry in figure_entries(project) if entry["figure"] in taken.keys() - row.keys()]:
        taken["figure_sources"] = said
        if "figure_sources" in row and isinstance(row["figure_sources"], list):
            row = {**row, "figure_sources": [*row["figure_sources"], *said]}
    return {**taken, **row, "project": project["id"], "written": frozenset(row)}


class Place(Entry):
    """A line of places.csv: a point with names; `accuracy_km` says how far the real thing may lie away."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    id: Id
    name_en: Text
    name_bn: Text | None = None
    name_ru: Text | None = None
    name_zh: Text | None = None
    country: CountryId
    lon: Longitude
    lat: Latitude
    kind: Annotated[str, listed("place_kind")]
    accuracy_km: Positive
    source: Id
    confidence: Confidence
    note: Text | None = None

    @property
    def name(self) -> LocalText:
        """The names in the languages of the interface."""
        return LocalText(**{language: getattr(self, f"name_{language}") for language in LANGUAGES})

    @property
    def is_helper(self) -> bool:
        """Whether this is an unnamed point that only gives a line its shape."""
        return self.kind == "helper"


class OutsideId(Entry):
    """A line of ids.csv: the id that others give to an entry, and in which text or table it was read.

    `entry` is a state (KAZ), a project, a segment, a site, or a place with "place:" before its id.
    """

    key: ClassVar[tuple[str, ...]] = ("entry", "scheme")

    entry: Annotated[str, Field(pattern=OUTSIDE_ENTRY)]
    scheme: Annotated[str, listed("scheme")]
    id: Text
    source: Id
    note: Text | None = None

    @property
    def place(self) -> str | None:
        """The place that has the id, None where something else has it."""
        return self.entry.removeprefix(PLACE) if self.entry.startswith(PLACE) else None


class OtherNames(Entry):
    """A line of names.csv: what else readers call a state, a project, a row or a place; only the search knows it.

    `entry` is written as in ids.csv, `names` are old, colloquial and short ones in any language, with | between them.
    """

    key: ClassVar[tuple[str, ...]] = ("entry",)

    entry: Annotated[str, Field(pattern=OUTSIDE_ENTRY)]
    names: Many[Text] = Field(min_length=1)


class Source(Entry):
    """An entry of sources.toml: who says so, where to read it, and how much weight it has.

    An input of the build also has `file` (its path in a package), the SHA-256 of its bytes, and `download`, the address
    of the file itself or of a zip or wheel that holds it.
    """

    id: Id
    publisher: Text
    title: Text | None = None
    url: WebAddress | None = None
    published: PartialDate | None = None
    accessed: PartialDate | None = None
    licence: LicenceId | None = None
    quality: Annotated[str, listed("quality")]
    note: Text | None = None
    file: Text | None = None
    download: WebAddress | None = None
    version: Text | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


class Licence(Entry):
    """An entry of licences.toml; `attribution` is the credit to be shown, in the words of those who ask for it."""

    id: Id
    title: Text
    url: WebAddress | None = None
    attribution: Text | None = None
    share_alike: bool = False


class Role(Entry):
    """A state's standing in the organisation from a date on."""

    since: PartialDate = Field(alias="from")
    role: RoleId
    text: Prose | None = None
    source: Id

    @property
    def year(self) -> int:
        """The year the role began."""
        return int(self.since[:4])


class Agreement(Entry):
    """A state's dated standing towards one agreement of the vocabulary."""

    agreement: Id
    date: PartialDate | None = None
    in_force: PartialDate | None = None
    status: Standing
    source: Id
    confidence: Confidence
    note: Prose | None = None


class OfficialLength(Entry):
    """The length in km of all lines of a kind in a state, as its railway, operator, ministry or statistics give it.

    `scope` says what is counted, where that is not plainly the length of the lines.
    """

    kind: Kind
    km: Positive
    as_of: PartialDate
    scope: LocalText | None = None
    source: Id


class Country(Entry):
    """An entry of countries.toml, keyed by ISO 3166-1 alpha-3; `iso_a2` is its code of two letters.

    `bbox` is west, south, east, north in degrees; `units` are further map units that count to the state.
    """

    id: Iso3
    iso_a2: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    name: LocalText
    capital: Text | None = None
    units: Many[Iso3] = ()
    bbox: Box
    roles: Many[Role] = ()
    history: Many[Moment] = ()
    official_lengths: Many[OfficialLength] = ()
    agreements: Many[Agreement] = ()
    sources: Many[Id] = ()
    unverified: Many[Text] = ()
    as_of: PartialDate | None = None
    confidence: Confidence | None = None
    note: Prose | None = None


class Layer(Entry):
    """An entry of layers.toml: what a layer holds, what it leaves out, and under which licence."""

    id: Id
    title: LocalText
    group: Annotated[str, listed("layer_group")]
    order: int
    inclusion: Prose
    gaps: Prose
    as_of: PartialDate
    licence: LicenceId
    extent: Box
    columns: Many[Id] = ()


class Island(Entry):
    """An entry of network.toml, keyed by a project: why its railway is not connected with the rest of the network."""

    id: Id
    reason: LocalText


class EnclosedSea(Entry):
    """An entry of enclosed_seas.toml: a sea that no ship leaves for the ocean but by river, with the ports on it."""

    id: Id
    name: LocalText
    ports: Many[Id] = Field(min_length=1)


class Unit(Entry):
    """An entry of prose/units.toml: how a unit, or a multiple such as a million, is written behind a figure."""

    id: Id
    english: Many[Text] = Field(min_length=1)
    bn: Many[Text] = Field(min_length=1)
    ru: Many[Text] = Field(min_length=1)
    zh: Many[Text] = Field(min_length=1)


class Event(Entry):
    """A line of events.csv."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    id: Id
    date: PartialDate
    date_end: PartialDate | None = None
    type: Annotated[str, listed("event_type")]
    title_en: Text
    title_bn: Text | None = None
    title_ru: Text | None = None
    title_zh: Text | None = None
    place: Id
    outcome: Prose
    source: Id
    as_of: PartialDate
    confidence: Confidence
    note: Prose | None = None


class River(Entry):
    """A line of rivers.csv; `countries` in order of flow."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    id: Id
    name_en: Text
    name_bn: Text | None = None
    name_ru: Text | None = None
    name_zh: Text | None = None
    countries: Many[CountryId] = Field(min_length=1)
    length_km: Positive | None = None
    summary: Text
    source: Id
    as_of: PartialDate
    confidence: Confidence
    note: Prose | None = None


class Word(Entry):
    """An entry of vocabulary.toml: how a word of the files is shown, and under which other spellings it is known."""

    id: str
    label: LocalText
    aliases: Many[str] = ()
    geometry: Annotated[str, listed("geometry")] | None = None
    text: LocalText | None = None
