"""The shape of styles.toml: how layers, lines, points and names look; draws nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from sco_map.catalog.models import (
    CapacityUnit,
    Entry,
    Id,
    Kind,
    LayerId,
    LocalText,
    Many,
    Positive,
    Standing,
    Status,
    listed,
)
from sco_map.catalog.problems import Problem
from sco_map.model.suggestions import unknown

STYLES = "styles.toml"
THEMES = ("light", "dark")
TOKEN = r"^(#([0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})|[0-9]+([.][0-9]+)?)$"

Token = Annotated[str, Field(pattern=TOKEN)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Opacity = Annotated[float, Field(ge=0, le=1)]
Zoom = Annotated[float, Field(ge=0, le=99)]
Width = Annotated[float, Field(ge=0, le=40)]
Degrees = Annotated[float, Field(ge=-360, le=360)]
Bounds = Annotated[tuple[Degrees, ...], Field(strict=False, min_length=4, max_length=4)]
Pair = Annotated[tuple[float, ...], Field(strict=False, min_length=2, max_length=2)]
Steps = Annotated[tuple[Pair, ...], Field(strict=False, min_length=1)]


class Region(Entry):
    """The first view on a wide screen and on a phone: south, west, north, east in degrees; and the zooms allowed."""

    bounds: Bounds
    phone: Bounds
    min_zoom: Zoom
    max_zoom: Zoom


class Years(Entry):
    """The first and the last year of the timeline."""

    first: int
    last: int


class Ink(Entry):
    """The colour of a layer's lines, and of its names, which must be easier to read."""

    line: Colour
    text: Colour


class Swatch(Entry):
    """How the legend draws a layer: as a line of a width and kind, as a symbol, or as an area."""

    width: Width | None = None
    kind: Kind | None = None
    symbol: Kind | None = None
    area: str | None = None


class LayerLook(Entry):
    """The look of a layer; `like` takes over that of another one, and a higher `rank` is drawn on top."""

    rank: int
    like: str | None = None
    light: Ink | None = None
    dark: Ink | None = None
    width: Width | None = None
    token: str | None = None
    swatch: Swatch | None = None


class StatusLook(Entry):
    """How lines of a status are drawn; a dash is a multiple of the width, with a least length in px."""

    dash: Annotated[tuple[Pair, ...], Field(strict=False)] | None = None
    cap: Literal["butt", "round"] | None = None
    opacity: Opacity | None = None
    width: Width | None = None
    token: str | None = None


class KindLook(Entry):
    """How lines of a kind are drawn, and with which ornament from which zoom on."""

    ornament: Literal["ticks", "beads", "core", "ship", "bolt", "ring"] | None = None
    from_zoom: Zoom | None = None
    least_width: Width | None = None
    width: Width | None = None
    scale: float | None = None
    opacity: Opacity | None = None
    casing: bool | None = None


class GaugeColours(Entry):
    """The colour of railways by gauge in mm, and of those whose gauge is unknown (`other`), in both themes."""

    light: Mapping[Annotated[str, Field(pattern=r"^([0-9]{3,4}|other)$")], Colour]
    dark: Mapping[Annotated[str, Field(pattern=r"^([0-9]{3,4}|other)$")], Colour]


class FlowLook(Entry):
    """Which kinds are drawn by capacity: `least` plus `times` the root of it in px, an arrow `every` so many px."""

    kinds: Many[Kind]
    least: Width
    times: float
    every: Positive


class ZoomFactor(Entry):
    """The factor on every width below each zoom; `phone` takes the place of the first on a small screen."""

    steps: Steps
    phone: float


class CapacityWidth(Entry):
    """The width in px by capacity: the first step whose number is not exceeded."""

    unit: CapacityUnit
    steps: Steps


class RowWidth(Entry):
    """The width in px of single lines."""

    px: Width
    rows: Many[Id]


class SymbolLook(Entry):
    """The symbol of a kind of points or of the stations along a line, and from which zoom on it and its name show."""

    shape: str
    shape_near: str | None = None
    near_zoom: Zoom | None = None
    from_zoom: Zoom
    name_zoom: Zoom
    token: str | None = None
    layer: LayerId | None = None
    tone: Literal["row"] | None = None
    rank: int


class Leader(Entry):
    """A stroke from a short line to its name beside it, between two zooms."""

    from_zoom: Zoom
    to_zoom: Zoom


class ProjectLook(Entry):
    """The width of a project's lines and its short name along them."""

    name: LocalText | None = None
    width: Width | None = None
    size: Positive | None = None
    rank: int | None = None
    repeat: int | None = None
    from_zoom: Zoom | None = None
    leader: Leader | None = None


class SiteLook(Entry):
    """The short name of a site for small scales: symbol and name are shown from a zoom on, before those of its kind."""

    name: LocalText
    from_zoom: Zoom


class EventLook(Entry):
    """The mark of a type of events on the timeline."""

    shape: Literal["dot", "ring", "tick"]
    rank: int


class Looks(Entry):
    """The whole of styles.toml."""

    region: Region
    years: Years
    light: Mapping[str, Token]
    dark: Mapping[str, Token]
    layer: Mapping[str, LayerLook]
    status: Mapping[Status, StatusLook]
    kind: Mapping[Kind, KindLook]
    gauge: GaugeColours
    flow: FlowLook
    party: Mapping[Standing, Literal["full", "hatch"]]
    zoom_factor: ZoomFactor
    capacity_width: Many[CapacityWidth] = ()
    row_width: Many[RowWidth] = ()
    symbol: Mapping[Id, SymbolLook]
    project: Mapping[Id, ProjectLook]
    site: Mapping[Id, SiteLook] = Field(default_factory=dict)
    event: Mapping[Annotated[str, listed("event_type")], EventLook]
    event_name: Mapping[Id, LocalText]


def borrowed(looks: Looks) -> Iterator[Problem]:
    """Yield layers that are like one that does not exist or is like another itself, and layers without colours."""
    for id_, look in looks.layer.items():
        entry = f"[layer.{id_}]"
        if look.like is None:
            missing = [key for key in (*THEMES, "width") if getattr(look, key) is None]
            if missing:
                yield Problem(STYLES, entry, f"has no {' and no '.join(missing)}; write it, or like = another layer")
        elif look.like not in looks.layer:
            yield Problem(STYLES, entry, unknown("layer", look.like, list(looks.layer)))
        elif looks.layer[look.like].like is not None:
            yield Problem(
                STYLES,
                entry,
                f"is like {look.like!r}, which has no look of its own; write like = {looks.layer[look.like].like!r}",
            )
