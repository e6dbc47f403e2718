"""The columns of the table: the only place that says what a row has; whatever lists columns is derived from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sco_map.model.dates import PRECISIONS
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.outside import NAMES as OUTSIDE_IDS
from sco_map.model.outside import SCHEMES

LONGEST_SHAPEFILE_NAME = 10


class Type(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"
    FLAG = "true or false"
    ANY = "text, number, or a list of these"
    TEXTS = "list of texts"
    RECORD = "record"
    RECORDS = "list of records"


class OnPage(StrEnum):
    """How the page carries a column."""

    AS_IS = "as it is"
    TITLE = "in the title, by language"
    NUMBERS = "as numbers in the page's list of them"
    LAYER = "once for all rows of a layer"
    LINKS = "packed, where they are links of the network"
    NOT = "not at all"


class Taken(StrEnum):
    """When a segment or a site that does not say a fact itself takes it over from its project in the catalog."""

    NEVER = "never"
    ALWAYS = "always"
    SAME_FORM = "a segment from a line, a site from a site"
    ALONE = "like SAME_FORM, if it is the only one of its project"
    THROUGHOUT = "like ALONE, or if the project says that it holds for each of its rows"


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value of a row or of a record inside it.

    `words` names where its words come from: "vocabulary.<list>", or a register of the catalog such as "sources".
    `parts` are what a record holds. A record with `keys` has ids of that register (any text for "") and behind each
    of them either a record of `parts` or, when the only part has no name, that value. Numbers lie between `low` and
    `high`; `choices` are the only texts there are, where no list has them, `pattern` is what a whole text looks like.
    `filled`: every row, or every record, has it; anything else may be null. `optional`: left out of its record where
    it is unknown. `label` are the words before it where a record is one text. `prose`: a text for readers, in English
    here and in the other languages in geodata/catalog/prose.
    """

    name: str
    type: Type
    unit: str | None = None
    words: str | None = None
    keys: str | None = None
    parts: tuple[Value, ...] = ()
    low: float = 0
    high: float | None = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    filled: bool = False
    optional: bool = False
    label: str = ""
    prose: bool = False

    @property
    def vocabulary(self) -> str | None:
        """The list of vocabulary.toml that its words come from, None when they come from elsewhere."""
        register, _, name = (self.words or "").partition(".")
        return name if register == "vocabulary" else None


@dataclass(frozen=True, kw_only=True)
class Column(Value):
    """A column of the table.

    `declared`: only the layers have it that name it in layers.toml. `entries` are the tables of the catalog in which it
    is written, `taken` says when a row takes it over from its project. `shared`: the page writes it once where a row
    has the value of its home project. `csv`: it is a column of the CSV file, in the order of the table. `heading` names
    it in what the command line shows, `word` is the key of the words (in sco_map/locale) that name it in a card of the
    page. `record` names one of its records in the types of the page's script. `short` names it in a shapefile, which
    has ten letters for a name; a name that has no more needs none.
    """

    meaning: str
    declared: bool = False
    entries: tuple[str, ...] = ()
    taken: Taken = Taken.NEVER
    shared: bool = False
    page: OnPage = OnPage.AS_IS
    csv: bool = True
    heading: str = ""
    word: str = ""
    record: str = ""
    short: str = ""

    @property
    def shapefile_name(self) -> str:
        """The name of the column in a shapefile."""
        return self.short or self.name[:LONGEST_SHAPEFILE_NAME]

    @property
    def empty(self) -> Any:
        """What an empty cell holds."""
        if self.type in (Type.TEXTS, Type.RECORDS):
            return []
        return {} if self.keys is not None and not self.declared else None


FIGURES = ("gauge_mm", "diameter_mm", "capacity", "owner", "cost_usd_bn", "height_m")
"""Columns of one value whose source `figure_sources` names, beside the ids that others give (`OUTSIDE_IDS`)."""

DIRECTIONS = ("forward", "backward", "both")
"""Which way a pipeline may run, seen along the order of its places."""

TRACK, DRAWN = "track", "drawn"
LENGTH_BASES = (TRACK, DRAWN)
"""What a length is that of: the track, as the railway network measures it, or what is drawn."""

PROJECT, SEGMENT, SITE = "project", "segment", "site"
LINES = (PROJECT, SEGMENT)
ALL_ENTRIES = (PROJECT, SEGMENT, SITE)

FROM = Value(name="from", type=Type.DATE)
DAY = Value(name="date", type=Type.DATE, filled=True)
COUNTRY = Value(name="country", type=Type.TEXT, words="countries", filled=True)
SOURCE = Value(name="source", type=Type.TEXT, words="sources")
SOURCE_IF_KNOWN = Value(name="source", type=Type.TEXT, words="sources", optional=True)
WORDS_IF_KNOWN = Value(name="text", type=Type.TEXT, optional=True, prose=True)
KM_EACH = Value(name="", type=Type.NUMBER, unit="km")
KM = Value(name="km", type=Type.NUMBER, unit="km", filled=True)
STANDING = Value(name="status", type=Type.TEXT, words="vocabulary.agreement_status", filled=True)

COLUMNS: tuple[Column, ...] = (
    Column(
        name="id",
        type=Type.TEXT,
        filled=True,
        meaning="Name of the row, snake_case; a segment is `<project>__<part>`",
    ),
    Column(
        name="layer",
        type=Type.TEXT,
        words="layers",
        filled=True,
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        page=OnPage.LAYER,
        meaning="Layer that the row belongs to",
    ),
    Column(
        name="projects",
        type=Type.TEXTS,
        words="projects",
        meaning="Projects that the row is part of, the home project first",
    ),
    Column(
        name="kind",
        type=Type.TEXT,
        words="vocabulary.kind",
        filled=True,
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        meaning="What it is: a railway, a port, an agreement",
    ),
    *(
        Column(
            name=f"title_{language}",
            type=Type.TEXT,
            filled=language == FIRST,
            page=OnPage.TITLE,
            meaning=f"Title in the language {language}" + ("" if language == FIRST else ", where it is known"),
        )
        for language in LANGUAGES
    ),
    Column(
        name="iso_a3",
        type=Type.TEXT,
        words="countries",
        declared=True,
        meaning="ISO 3166-1 alpha-3 code of the state that the row is",
    ),
    Column(name="capital", type=Type.TEXT, declared=True, meaning="Capital of the state that the row is"),
    Column(
        name="status",
        type=Type.TEXT,
        words="vocabulary.status",
        meaning="Status of the last phase",
    ),
    Column(
        name="phases",
        type=Type.RECORDS,
        parts=(
            FROM,
            Value(name="status", type=Type.TEXT, words="vocabulary.status", filled=True),
            SOURCE_IF_KNOWN,
            WORDS_IF_KNOWN,
        ),
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        shared=True,
        record="Phase",
        meaning="Dated statuses as the source says; only the first may begin at an unknown time",
    ),
    Column(
        name="promises",
        type=Type.RECORDS,
        parts=(
            Value(name="opens", type=Type.DATE, filled=True),
            Value(name="said", type=Type.DATE, optional=True, label="said"),
            Value(name="by", type=Type.TEXT, optional=True, label="by", prose=True),
            SOURCE,
            WORDS_IF_KNOWN,
        ),
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        shared=True,
        record="PromisedOpening",
        meaning="Announced openings in the order in which they were said; the last one is what is expected; never "
        "a phase",
    ),
    Column(
        name="role",
        type=Type.TEXT,
        words="vocabulary.role",
        declared=True,
        meaning="Role of a state in the organisation",
    ),
    Column(
        name="roles",
        type=Type.RECORDS,
        parts=(
            Value(name="from", type=Type.DATE, filled=True),
            Value(name="role", type=Type.TEXT, words="vocabulary.role", filled=True),
            SOURCE,
            WORDS_IF_KNOWN,
        ),
        declared=True,
        record="DatedRole",
        meaning="Dated roles of a state in the organisation",
    ),
    Column(name="date", type=Type.DATE, declared=True, meaning="Day on which an event began"),
    Column(name="date_end", type=Type.DATE, declared=True, meaning="Day on which an event of several days ended"),
    Column(
        name="type",
        type=Type.TEXT,
        words="vocabulary.event_type",
        declared=True,
        meaning="What kind of event it was",
    ),
    Column(name="city", type=Type.TEXT, declared=True, prose=True, meaning="Where an event took place"),
    Column(name="outcome", type=Type.TEXT, declared=True, prose=True, meaning="What an event decided"),
    Column(
        name="countries",
        type=Type.TEXTS,
        words="countries",
        meaning="ISO 3166-1 alpha-3 codes in the order of travel; sea legs count to no country",
    ),
    Column(
        name="km_by_country",
        short="km_country",
        type=Type.RECORD,
        keys="countries",
        parts=(KM_EACH,),
        meaning="Length in each country; they are parts of `length_km`",
    ),
    Column(
        name="length_km",
        type=Type.NUMBER,
        unit="km",
        meaning="Best figure for the length of the real thing; `length_basis` says what it rests on",
    ),
    Column(
        name="length_basis",
        short="len_basis",
        type=Type.TEXT,
        choices=LENGTH_BASES,
        meaning="What `length_km` is the length of: of the track, as the railway network measures it, or as drawn",
    ),
    Column(name="drawn_km", type=Type.NUMBER, unit="km", meaning="Geodesic length of what is drawn"),
    Column(
        name="published_lengths",
        short="publ_len",
        type=Type.RECORDS,
        parts=(KM, Value(name="scope", type=Type.TEXT, filled=True, prose=True), SOURCE),
        entries=ALL_ENTRIES,
        taken=Taken.ALONE,
        shared=True,
        record="PublishedLength",
        meaning="Lengths that sources print, each with what it covers",
    ),
    Column(
        name="accuracy_km",
        short="accur_km",
        type=Type.NUMBER,
        unit="km",
        meaning="Nine tenths of the row are expected within this distance of the real thing",
    ),
    Column(
        name="accuracy_mean_km",
        short="accur_mean",
        type=Type.NUMBER,
        unit="km",
        meaning="Mean of the figures of its pieces",
    ),
    Column(
        name="accuracy_worst_km",
        short="accur_wrst",
        type=Type.NUMBER,
        unit="km",
        meaning="Figure of its least exact piece",
    ),
    Column(
        name="accuracy_basis",
        short="accur_base",
        type=Type.TEXT,
        words="vocabulary.basis",
        meaning="What most of the drawing rests on: survey, network, waypoints or schematic",
    ),
    Column(
        name="pieces",
        type=Type.RECORDS,
        parts=(
            KM,
            Value(name="accuracy_km", type=Type.NUMBER, unit="km", filled=True),
            Value(name="basis", type=Type.TEXT, words="vocabulary.basis", filled=True),
            Value(name="from", type=Type.TEXT, words="places"),
            Value(name="to", type=Type.TEXT, words="places"),
        ),
        page=OnPage.NOT,
        csv=False,
        meaning="Length as drawn, accuracy, basis and end places of each part of the geometry",
    ),
    Column(
        name="hops",
        type=Type.RECORDS,
        parts=(
            Value(name="from", type=Type.TEXT, words="places", filled=True),
            Value(name="to", type=Type.TEXT, words="places", filled=True),
            KM,
            Value(name="accuracy_km", type=Type.NUMBER, unit="km", filled=True),
            Value(name="countries", type=Type.RECORD, keys="countries", parts=(KM_EACH,)),
        ),
        page=OnPage.LINKS,
        csv=False,
        meaning="The row cut at its places in the order of travel, each hop with its share of `length_km`, its "
        "accuracy and its km in each country; they add up to the row",
    ),
    Column(
        name="gauge_mm",
        type=Type.WHOLE,
        unit="mm",
        low=500,
        high=2000,
        entries=LINES,
        taken=Taken.SAME_FORM,
        shared=True,
        heading="Gauge",
        meaning="Gauge of a railway",
    ),
    Column(
        name="diameter_mm",
        short="diam_mm",
        type=Type.WHOLE,
        unit="mm",
        low=100,
        high=2000,
        entries=LINES,
        taken=Taken.THROUGHOUT,
        shared=True,
        heading="Diameter",
        meaning="Diameter of a pipeline",
    ),
    Column(
        name="capacity",
        type=Type.NUMBER,
        unit="capacity_unit",
        entries=ALL_ENTRIES,
        taken=Taken.THROUGHOUT,
        shared=True,
        heading="Capacity",
        meaning="What it can carry, produce or hold, in `capacity_unit`; before it opens, what it is planned for",
    ),
    Column(
        name="capacity_unit",
        short="capac_unit",
        type=Type.TEXT,
        words="vocabulary.capacity_unit",
        entries=ALL_ENTRIES,
        taken=Taken.THROUGHOUT,
        shared=True,
        meaning="Unit of the capacity",
    ),
    Column(
        name="owner",
        type=Type.TEXT,
        prose=True,
        entries=ALL_ENTRIES,
        taken=Taken.THROUGHOUT,
        shared=True,
        heading="Owner",
        word="owner",
        meaning="Who owns or runs it",
    ),
    Column(
        name="cost_usd_bn",
        short="cost_usdbn",
        type=Type.NUMBER,
        unit="billion US dollars",
        entries=ALL_ENTRIES,
        taken=Taken.ALONE,
        shared=True,
        heading="Cost",
        meaning="What it cost or is to cost",
    ),
    Column(name="height_m", type=Type.NUMBER, unit="m", entries=(SITE,), heading="Height", meaning="Height of a dam"),
    Column(
        name="river",
        type=Type.TEXT,
        prose=True,
        entries=(SITE,),
        heading="River",
        word="river",
        meaning="River on which it lies, or which it is",
    ),
    Column(
        name="figure_sources",
        short="fig_source",
        type=Type.RECORDS,
        parts=(
            Value(name="figure", type=Type.TEXT, choices=(*FIGURES, *OUTSIDE_IDS), filled=True),
            Value(name="source", type=Type.TEXT, words="sources", filled=True),
        ),
        entries=ALL_ENTRIES,
        shared=True,
        record="FigureSource",
        meaning="Who says each figure and each outside id of the row; a figure without an entry here is not verified",
    ),
    Column(
        name="places",
        type=Type.TEXTS,
        words="places",
        page=OnPage.NUMBERS,
        meaning="Places along it in the order of travel",
    ),
    Column(
        name="string",
        type=Type.WHOLE,
        low=1,
        entries=(SEGMENT,),
        meaning="Number of a parallel string of the same line",
    ),
    Column(
        name="history",
        type=Type.RECORDS,
        parts=(DAY, Value(name="text", type=Type.TEXT, filled=True, prose=True), SOURCE_IF_KNOWN),
        entries=ALL_ENTRIES,
        shared=True,
        record="Moment",
        meaning="Dated events that changed no status",
    ),
    Column(
        name="flows",
        type=Type.RECORDS,
        parts=(
            FROM,
            Value(name="direction", type=Type.TEXT, choices=DIRECTIONS, filled=True),
            WORDS_IF_KNOWN,
            SOURCE_IF_KNOWN,
        ),
        declared=True,
        entries=(SEGMENT,),
        record="Flow",
        meaning="Dated directions of a line, `forward`, `backward` or `both`, where they are known to have changed; "
        "without it gas and oil run in the order of the places",
    ),
    Column(
        name="agreements",
        type=Type.RECORDS,
        parts=(
            Value(name="agreement", type=Type.TEXT, words="projects", filled=True),
            Value(name="date", type=Type.DATE, optional=True),
            Value(name="in_force", type=Type.DATE, optional=True, label="in force"),
            STANDING,
            SOURCE,
            Value(name="confidence", type=Type.TEXT, words="vocabulary.confidence", label="confidence"),
            Value(name="note", type=Type.TEXT, optional=True, prose=True),
        ),
        declared=True,
        record="CountryAgreement",
        meaning="Standing of a state towards each agreement",
    ),
    Column(
        name="parties",
        type=Type.RECORDS,
        parts=(
            COUNTRY,
            Value(name="date", type=Type.DATE),
            STANDING,
            SOURCE,
            Value(name="note", type=Type.TEXT, prose=True),
        ),
        declared=True,
        entries=(PROJECT,),
        record="Party",
        meaning="States that an agreement binds, and how",
    ),
    Column(
        name="views",
        type=Type.RECORD,
        keys="",
        parts=(
            Value(name="countries", type=Type.TEXTS, words="countries", filled=True),
            Value(name="km_by_country", type=Type.RECORD, keys="countries", parts=(KM_EACH,)),
        ),
        declared=True,
        csv=False,
        record="CountedTo",
        meaning="Rows in disputed areas: countries and km for each worldview that counts them otherwise",
    ),
    *(
        Column(
            name=scheme.name,
            short=scheme.short,
            type=Type.TEXT,
            pattern=scheme.pattern,
            shared=True,
            meaning=f"{scheme.meaning}; from ids.csv",
        )
        for scheme in SCHEMES
    ),
    Column(
        name="administered_by",
        short="admin_by",
        type=Type.TEXTS,
        words="countries",
        declared=True,
        meaning="States that administer a disputed area",
    ),
    Column(
        name="claimed_by",
        type=Type.TEXTS,
        words="countries",
        declared=True,
        meaning="States that claim a disputed area",
    ),
    Column(
        name="counts_to",
        type=Type.RECORD,
        keys="",
        parts=(Value(name="", type=Type.TEXT, words="countries"),),
        declared=True,
        csv=False,
        meaning="State to which each worldview counts a disputed area",
    ),
    Column(
        name="sources",
        type=Type.TEXTS,
        words="sources",
        filled=True,
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        shared=True,
        page=OnPage.NUMBERS,
        meaning="Who says so, for the facts first, then for the geometry",
    ),
    Column(
        name="as_of",
        type=Type.DATE,
        filled=True,
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        shared=True,
        meaning="Date of the facts",
    ),
    Column(
        name="confidence",
        type=Type.TEXT,
        words="vocabulary.confidence",
        filled=True,
        entries=ALL_ENTRIES,
        taken=Taken.ALWAYS,
        shared=True,
        meaning="How sure the facts are",
    ),
    Column(
        name="licence",
        type=Type.TEXT,
        words="licences",
        filled=True,
        meaning="Most demanding licence among those of its sources",
    ),
    Column(
        name="note",
        type=Type.TEXT,
        prose=True,
        entries=ALL_ENTRIES,
        shared=True,
        meaning="What contradicts, what was left out, and why",
    ),
)
"""All columns, in the order of the table. A row of the ground (borders, disputed areas) has columns of its own besides,
which layers.toml names."""

ADDED_IN_CSV: tuple[Column, ...] = (
    Column(name="longitude", type=Type.NUMBER, unit="degrees", low=-180, high=180, meaning="Longitude of a point"),
    Column(name="latitude", type=Type.NUMBER, unit="degrees", low=-90, high=90, meaning="Latitude of a point"),
    Column(name="attribution", short="attrib", type=Type.TEXT, meaning="Whom the licence asks to credit"),
    Column(
        name="source_list",
        short="src_list",
        type=Type.TEXTS,
        meaning="Every source that the row names anywhere: id, publisher, title, date, address",
    ),
)
"""What a CSV file has behind the columns of the table, because it has no geometry and no head."""

POSITION = ("longitude", "latitude")
"""The columns of a CSV file that a format with geometry does without."""

PRECISION = "_precision"


def precision_column(column: Column) -> Column:
    """Return the column beside a date in a CSV file that says how exact it is.

    There a date is a whole day, the first one of its year or month: years, months and days in one column would become
    numbers, texts and dates when a spreadsheet opens it.
    """
    meaning = f"How exact `{column.name}` is, which is the first day of a year or month where it has to be a day"
    return Column(
        name=column.name + PRECISION,
        short=f"{column.name}_p",
        type=Type.TEXT,
        choices=tuple(PRECISIONS.values()),
        meaning=meaning,
    )


DATES = [column.name for column in COLUMNS if column.type is Type.DATE]
PRECISION_COLUMNS = {column.name: precision_column(column) for column in COLUMNS if column.name in DATES}


def names(*types: Type) -> list[str]:
    """Return the names of the columns of these types, of all without one."""
    return [column.name for column in COLUMNS if not types or column.type in types]


BY_NAME = {column.name: column for column in COLUMNS}
UNIT_OF = {column.name: column.unit for column in COLUMNS if column.unit in BY_NAME}
"""Figures whose unit is in a column of its own."""

NAMES = names()
TEXT = names(Type.TEXT, Type.DATE)
NUMBER = names(Type.NUMBER)
WHOLE = names(Type.WHOLE)
LIST_OF_TEXT = names(Type.TEXTS)
LIST_OF_RECORDS = names(Type.RECORDS)
RECORD = names(Type.RECORD)
NEVER_EMPTY = [column.name for column in COLUMNS if column.filled]
"""Columns that every row fills: without them a feature cannot be shown, dated or credited."""

ONLY_SOME_LAYERS = [column.name for column in COLUMNS if column.declared]
"""Columns that a row has only where its layer declares them."""

SHARED = [column.name for column in COLUMNS if column.shared]
"""Columns that the page does not repeat where a row has the value of its home project; the order is part of its format.
"""

OF_ENTRIES = ("summary", "inclusion", "gaps")
"""Texts for readers that only projects and layers have, not their rows."""


def prose_keys(values: Iterable[Value]) -> Iterator[str]:
    """Yield the names of values that are texts for readers, and of those inside them."""
    for value in values:
        if value.prose:
            yield value.name
        yield from prose_keys(value.parts)


PROSE = tuple(dict.fromkeys((*prose_keys(COLUMNS), *OF_ENTRIES)))
"""The keys under which rows and entries have texts for readers, which the page carries once, in several languages."""

CSV_TABLE = [
    shown
    for column in (*COLUMNS, *ADDED_IN_CSV)
    if column.csv
    for shown in (column, PRECISION_COLUMNS.get(column.name))
    if shown is not None
]
CSV = [column.name for column in CSV_TABLE]

FLAT_TABLE = [column for column in CSV_TABLE if column.name not in POSITION]
"""The columns of a format that has geometry and no nested values: GeoPackage, FlatGeobuf, KML, shapefile."""

NESTED_TABLE = [
    shown for column in COLUMNS for shown in (column, PRECISION_COLUMNS.get(column.name)) if shown is not None
] + [column for column in ADDED_IN_CSV if column.name not in POSITION]
"""The columns of a format that has geometry and nested values: GeoParquet."""
