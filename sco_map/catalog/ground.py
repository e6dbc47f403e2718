"""The shape of the files under basemap/: states, disputed areas, waters, cities and names on the land."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from sco_map.catalog.models import (
    Box,
    Confidence,
    CountryId,
    Entry,
    Id,
    Iso3,
    Latitude,
    LocalText,
    Longitude,
    Many,
    Positive,
    Prose,
    Text,
)

Degrees = Annotated[float, Field(ge=-360, le=360)]
Position = Annotated[tuple[Degrees, ...], Field(strict=False, min_length=2, max_length=2)]
"""A point as longitude, latitude."""

Course = Annotated[tuple[Position, ...], Field(strict=False, min_length=2)]
Window = Annotated[tuple[Degrees, ...], Field(strict=False, min_length=4, max_length=4)]
"""West, south, east, north; the east may lie beyond 180 degrees."""

Yes = Literal["yes"]


def line_coordinates(value: Any) -> Any:
    """Return the coordinates of one line or of several; raises ValueError for anything else."""
    lines = value if isinstance(value, list) and value and is_course(value[0]) else [value]
    if not all(map(is_course, lines)):
        raise ValueError("must be a line of two or more positions [longitude, latitude], or a list of such lines")
    return value


def is_course(value: Any) -> bool:
    """Say whether a value is a list of two or more positions in longitude and latitude."""
    return isinstance(value, list) and len(value) > 1 and all(map(is_position, value))


def is_position(value: Any) -> bool:
    """Say whether a value is a longitude and a latitude in degrees."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    is_number = all(isinstance(degrees, int | float) and not isinstance(degrees, bool) for degrees in value)
    return is_number and -180 <= value[0] <= 180 and -90 <= value[1] <= 90


class Table(Entry):
    """A line of a CSV file, whose cells are text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Detail(Entry):
    """How much a degree counts when borders are simplified, from each degree of longitude and latitude on."""

    lon: Annotated[tuple[Position, ...], Field(strict=False)]
    lat: Annotated[tuple[Position, ...], Field(strict=False)]


class Units(Entry):
    """The map units of Natural Earth, the state each counts to, and the worldviews."""

    window: Window
    core: Window
    drop: Many[Iso3]
    detail: Detail
    worldviews: Mapping[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], str]
    merge: Mapping[Iso3, Iso3]
    iso: Mapping[Iso3, Iso3]
    classes: Mapping[str, str]


class Area(Entry):
    """A disputed area: the unit that holds it, how it is cut out, who administers it, who claims it, how it counts."""

    title: LocalText
    unit: Iso3
    cut: Many[Id] = ()
    inside: Many[Position] = ()
    within: Box | None = None
    reach: Positive | None = None
    administered_by: Many[CountryId]
    claimed_by: Many[CountryId]
    counts_to: Mapping[Annotated[str, Field(pattern=r"^(default|[a-z]{2,3})$")], CountryId]
    confidence: Confidence
    sources: Many[Id] = ()
    note: Prose


class ClaimLineFacts(Entry):
    """What is known of a claim line: its name at Natural Earth, and the unit that it cuts."""

    id: Id
    name: Text
    unit: Iso3


class LineShape(Entry):
    """A line, or several, in GeoJSON."""

    type: Literal["LineString", "MultiLineString"]
    coordinates: Annotated[Any, AfterValidator(line_coordinates)]


class ClaimLine(Entry):
    """A feature of claim_lines.geojson: a line that a state claims as its border."""

    type: Literal["Feature"]
    id: Id
    properties: ClaimLineFacts
    geometry: LineShape


class DisputedAreas(Entry):
    """The disputed areas, and the claim lines that are left out, with the reason."""

    left_out: Mapping[Id, Text]
    area: Mapping[Id, Area]


class Enclosed(Entry):
    """An inland sea: its name, and a point on it."""

    name: LocalText
    inside: Position


class Lakes(Entry):
    """Which lakes of Natural Earth are drawn, and how."""

    scale_rank: int
    smallest: Positive
    tolerance: Positive
    left_out: Mapping[str, Text]
    enclosed: Mapping[Id, Enclosed]


class Relief(Entry):
    """How the hill shade is made."""

    bounds: Window
    width: Annotated[int, Field(ge=1)]
    radius: Annotated[int, Field(ge=1)]
    strength: Positive
    darkest: Annotated[int, Field(ge=0, le=255)]
    levels: Annotated[int, Field(ge=1, le=255)]
    faintest: Annotated[int, Field(ge=0, le=255)]
    fade: Annotated[int, Field(ge=0)]


class LabelPoints(Entry):
    """Where the names of states are set, and how large: rank 1 is the largest."""

    units: Mapping[Iso3, Annotated[tuple[Position, ...], Field(strict=False, min_length=1)]]
    ranks: Mapping[Iso3, Annotated[int, Field(ge=1)]]


class UnitName(Entry):
    """The name of a map unit in those languages in which the usual source is not right."""

    id: Iso3
    en: Text | None = None
    bn: Text | None = None
    ru: Text | None = None
    zh: Text | None = None


class RiverCourse(Entry):
    """Where a river runs, from the source to the mouth; `straight` are lines through lakes and reservoirs.

    Only a river that rivers.csv does not have carries its `name` here.
    """

    id: Id
    name: LocalText | None = None
    through: Course
    straight: Annotated[tuple[Course, ...], Field(strict=False)] = ()
    note: Prose | None = None


class City(Table):
    """A line of cities.csv; `rank` 1 is shown first."""

    geonames_id: Annotated[int, Field(ge=1)]
    name_en: Text
    name_bn: Text | None = None
    name_ru: Text | None = None
    name_zh: Text | None = None
    country: Iso3
    lon: Longitude
    lat: Latitude
    population: Annotated[int, Field(ge=0)] | None = None
    rank: Annotated[int, Field(ge=1)]
    capital: Yes | None = None


class Lake(Table):
    """A line of lakes.csv: `name` as Natural Earth has it, and whether the map names the lake."""

    name: Text
    name_en: Text
    name_bn: Text | None = None
    name_ru: Text | None = None
    name_zh: Text | None = None
    label: Yes | None = None


class Sea(Table):
    """A line of seas.csv: a name set at a point, on so many `lines`."""

    id: Id
    kind: Id
    name_en: Text
    name_bn: Text | None = None
    name_ru: Text | None = None
    name_zh: Text | None = None
    lon: Degrees
    lat: Latitude
    rank: Annotated[int, Field(ge=1)]
    lines: Annotated[int, Field(ge=1)]
