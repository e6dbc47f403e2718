"""Which names a map on paper has, in which type, and in which order they are placed; `labels` finds the places."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from sco_map.atlas import Atlas, fold, records_of
from sco_map.catalog.models import LocalText
from sco_map.export.qgis import look_of
from sco_map.export.wall.canvas import SERIF, Canvas, Type
from sco_map.export.wall.ground import MEMBER, GroundDrawing, degrees_of
from sco_map.export.wall.labels import Block, Crossed, Name, Point, Taken, along, chained, cheapest, led
from sco_map.export.wall.lines import POINTS_PER_PX, Line, lineage_of
from sco_map.export.wall.paper import LEAST_TYPE
from sco_map.export.wall.view import Array, MapView
from sco_map.model.languages import LANGUAGES
from sco_map.page.styles import Styles
from sco_map.routing.wording import Say

Json = Mapping[str, Any]

ZOOM_OF_ONE = 428e6
NEARER_ON_PAPER = 1.25
"""1 : ZOOM_OF_ONE is the scale of zoom 0 of the page at 40° N; paper holds as much as a screen that much nearer."""

COUNTRY_SIZES = (17.0, 17.0, 13.0, 10.5, 8.6, 7.4, 6.6)
COUNTRY_SPACING = (0.34, 0.34, 0.24, 0.18, 0.13, 0.08, 0.08)
SMALLER = (1.0, 0.85, 0.7)
UNSPACED = "bn"
"""The language whose letters hang together and are never set apart."""

CAPITALS = ("en", "ru")
SEA_SIZES = (13.0, 12.0, 9.5, 8.0, 7.0, 6.6, 6.2)
CITY_SIZES = (8.2, 8.2, 7.6, 6.9, 6.4, 6.1, 6.0)
CAPITAL_SIZE = 7.6
PORT_SIZE = 6.4
LINE_SIZE, LINE_RANK_STEP, LEAST_LINE_SIZE = 8.6, 0.55, 6.4
RIVER_SIZE = 6.0
DOT, CAPITAL_DOT = 1.25, 2.0
SYMBOL = 2.5
"""Radii in points on A3."""

LAST_RANK = 9
PORTS = 1
"""The rank of the symbols of ports and changes of gauge, which come before the names of towns."""

LAST_SEA_RANK = 4
REPEAT_APART = 230.0
"""Points on A3 between two names of the same line."""

MOST_CROSSED = 2.2
"""How much line may lie under the name of a town, in its own widths."""


@dataclass(frozen=True)
class Dot:
    """A town or a site that the map marks: its shape, colour and radius."""

    at: Point
    shape: str
    colour: str
    radius: float


SAME_BEGINNING = 3
"""A site whose name begins like that of the town beside it needs no name of its own."""


@dataclass(frozen=True)
class Site:
    """A port, a dam, a change of gauge: its kind, where it is in degrees, its name."""

    kind: str
    at: tuple[float, float]
    name: LocalText


def sites_of(atlas: Atlas, styles: Styles, rows: gpd.GeoDataFrame) -> list[Site]:
    """Return the sites among rows, and ports and crossings along them, once each, the most important first."""
    places = atlas.catalog.places
    found: dict[tuple[float, float], list[Site]] = {}
    for record, shape in zip(records_of(rows), rows.geometry, strict=True):
        if shape is not None and shape.geom_type == "Point" and record["kind"] in styles["symbol"]:
            first = places.get(record["places"][0]) if record["places"] else None
            titles = LocalText(**{language: record[f"title_{language}"] for language in LANGUAGES})
            name = titles if first is None or first.is_helper else first.name
            found.setdefault((round(shape.x, 1), round(shape.y, 1)), []).append(
                Site(record["kind"], (shape.x, shape.y), name)
            )
        for id_ in record["places"]:
            if (place := places.get(id_)) is not None and place.kind in ALONG:
                site = Site(place.kind, (place.lon, place.lat), place.name)
                found.setdefault((round(place.lon, 1), round(place.lat, 1)), []).append(site)

    def order(site: Site) -> tuple[int, str, tuple[float, float]]:
        return int(styles["symbol"][site.kind]["rank"]), site.name.en, site.at

    best = [min(sites, key=order) for sites in found.values()]
    return sorted((site for site in best if site.kind not in LEFT_OUT), key=order)


ALONG = ("port", "border_crossing")
LEFT_OUT = ("event",)
"""Events have places in time, not on the wall."""


@dataclass
class Names:
    """The names of one map: placed one kind after the other; `placed` and `dots` are what came of it."""

    canvas: Canvas
    atlas: Atlas
    styles: Styles
    drawing: GroundDrawing
    lines: Sequence[Line]
    language: str
    unit: float
    detail: int
    sites: Sequence[Site] = ()
    marked: list[tuple[Site, Dot]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nothing placed."""
        self.view: MapView = self.drawing.view
        self.placed: list[Name] = []
        self.dots: list[Dot] = []
        self.taken = Taken(self.view.frame.buffer(-1.5))
        self.crossed = Crossed.of(path for line in self.lines for path in line.paths)
        self.colours: Mapping[str, str] = self.styles["light"]
        self.say = Say(self.atlas, self.language)
        self.named: set[Site] = set()
        self.here: dict[str, list[Point]] = {}

    @cached_property
    def zoom(self) -> float:
        """The zoom at which the page shows as much."""
        return math.log2(ZOOM_OF_ONE / self.view.scale) + NEARER_ON_PAPER

    def block(self, text: str | Sequence[str], kind: Type) -> Block:
        """Return lines of text, measured."""
        lines = (text,) if isinstance(text, str) else tuple(text)
        return Block(lines, tuple(self.canvas.width(line, kind) for line in lines), kind)

    def type(self, size: float, colour: str, **look: Any) -> Type:
        """Return a type of a size on A3, never under the least."""
        return Type(max(size * self.unit, LEAST_TYPE), self.colours.get(colour, colour), **look)

    def keep(self, name: Name | None) -> bool:
        """Take the place of a name that has one."""
        if name is None:
            return False
        self.taken.add(name.area)
        self.placed.append(name)
        return True

    def title(self, shape: Json) -> str | None:
        """Return what a thing of the ground is called."""
        titles = shape.get("title") or {}
        return titles.get(self.language) or titles.get("en")

    def place_all(self) -> None:
        """Place everything, the most important first."""
        self.symbols(most=PORTS)
        self.seas(most=2)
        self.cities(capitals=True)
        self.symbols()
        self.site_names(most=PORTS)
        self.countries()
        self.line_names()
        self.site_names()
        self.cities(capitals=False)
        self.seas(least=3)
        self.rivers()

    # -- areas

    def spaced(self, spacing: float) -> float:
        """Return the letter-spacing that the language allows."""
        return 0.0 if self.language == UNSPACED else spacing

    def countries(self) -> None:
        """Place the names of states, each wholly inside its state where that is large enough."""
        ground = self.drawing.ground
        labels = [label for label in ground.packed.get("labels", []) if label["kind"] == "country"]
        titles = {unit.get("iso_a3"): unit.get("title") for unit in ground.units}
        titles |= {unit["id"]: unit.get("title") for unit in ground.units}
        numbers = {unit["id"]: number for number, unit in enumerate(ground.units)}
        done: set[str] = set()
        for label in sorted(labels, key=lambda entry: (entry.get("rank", LAST_RANK), str(entry.get("iso_a3")))):
            point = self.spot(label)
            unit = str(label.get("unit") or label.get("iso_a3"))
            names = titles.get(unit.lower()) or titles.get(label.get("iso_a3")) or {}
            text = names.get(self.language) or names.get("en")
            number = numbers.get(unit.lower())
            if text is None or number is None or text in done:
                continue
            is_member = ground.standings[number] == MEMBER
            rank = min(int(label.get("rank", LAST_RANK)), len(COUNTRY_SIZES) - 1)
            area = self.drawing.area_of(number)
            if area.is_empty:
                continue
            shapely.prepare(area)
            points = [point] if self.view.holds(np.array(point)) else []
            main = max(shapely.get_parts(area), key=lambda part: part.area)
            middle = shapely.maximum_inscribed_circle(main).coords[0]
            points.append((float(middle[0]), float(middle[1])))
            shown = text.upper() if self.language in CAPITALS else text
            if self.country(shown, points, area, rank, is_member=is_member):
                done.add(text)

    def country(
        self, text: str, points: Sequence[Point], area: shapely.Geometry, rank: int, *, is_member: bool
    ) -> bool:
        """Place the name of a state: as large as it fits, else small, else not at all."""
        size, spacing = COUNTRY_SIZES[rank], self.spaced(COUNTRY_SPACING[rank])
        colour, halo = ("label", "halo") if is_member else ("label2", "halo_other")
        for smaller in SMALLER:
            kind = self.type(
                size * smaller, colour, style="B" if is_member else "", halo=self.colours[halo], spacing=spacing
            )
            block = self.block(text, kind)
            reach = max(kind.size, math.sqrt(area.area) / 7)
            inside = (
                (cost, name)
                for point in points
                for cost, name in block.nudged(point, reach)
                if area.contains(name.area)
            )
            if self.keep(cheapest(inside, self.taken, self.crossed)):
                return True
        kind = self.type(LEAST_TYPE, colour, style="B" if is_member else "", halo=self.colours[halo])
        block = self.block(text, kind)
        most = area.area / max(1.0, block.width * block.height)
        if most < 0.18 and not is_member:
            return False
        around = (
            (cost, name)
            for point in points
            for cost, name in block.nudged(point, kind.size)
            if area.intersects(name.area) and area.intersection(name.area).area > 0.5 * min(area.area, name.area.area)
        )
        return self.keep(cheapest(around, self.taken, self.crossed))

    def seas(self, least: int = 0, most: int = LAST_RANK) -> None:
        """Place the names of seas, gulfs and lakes of some ranks."""
        labels = [label for label in self.drawing.ground.packed.get("labels", []) if label["kind"] != "country"]
        for label in sorted(labels, key=lambda entry: entry.get("rank", LAST_RANK)):
            rank = int(label.get("rank", LAST_RANK))
            if not least <= rank <= most or rank > self.detail + 1:
                continue
            point = self.spot(label)
            text = self.title(label)
            if text is None or not self.view.holds(np.array(point)):
                continue
            kind = self.type(
                SEA_SIZES[min(rank, len(SEA_SIZES) - 1)],
                "label_water",
                family=SERIF,
                style="I",
                halo=self.colours["halo_water"],
                spacing=self.spaced(0.04),
            )
            block = self.block(broken(text) if label.get("lines", 1) > 1 else text, kind)
            self.keep(cheapest(block.nudged(point, 1.4 * kind.size), self.taken, self.crossed))

    def spot(self, shape: Json) -> Point:
        """Return where a point of the ground is on paper."""
        x, y = self.view.at(degrees_of(shape["geometry"]["points"]))[0]
        return float(x), float(y)

    # -- points

    def cities(self, *, capitals: bool) -> None:
        """Place capitals and the largest towns, or the others; a dot without its name is not drawn."""
        found = []
        for city in self.drawing.ground.packed.get("cities", []):
            rank = int(city.get("rank", LAST_RANK))
            is_capital = bool(city.get("capital"))
            if (is_capital or rank <= 2) is capitals and (rank <= self.detail or is_capital):
                found.append((not is_capital, rank, city["id"], city))
        for _, rank, _, city in sorted(found, key=lambda entry: entry[:3]):
            text, point = self.title(city), self.spot(city)
            if text is None or not self.view.holds(np.array(point), 3):
                continue
            is_capital = bool(city.get("capital"))
            size = CAPITAL_SIZE if is_capital else CITY_SIZES[min(rank, len(CITY_SIZES) - 1)]
            kind = self.type(size, "label", style="B" if is_capital else "", halo=self.colours["halo"])
            radius = (CAPITAL_DOT if is_capital else DOT) * self.unit
            dot = Dot(point, "capital" if is_capital else "town", self.colours["label"], radius)
            self.point_name(text, kind, dot)

    def capital_dots(self) -> list[Dot]:
        """Return the marks of all capitals, without names."""
        cities = (city for city in self.drawing.ground.packed.get("cities", []) if city.get("capital"))
        spots = (self.spot(city) for city in cities)
        radius = CAPITAL_DOT * self.unit
        return [Dot(at, "capital", self.colours["label"], radius) for at in spots if self.view.holds(np.array(at), 3)]

    def point_name(self, text: str, kind: Type, dot: Dot, *, reserved: bool = False) -> bool:
        """Place a name beside its dot, and the dot; that of a capital may touch the symbol of its port."""
        mark = shapely.Point(dot.at).buffer(dot.radius)
        must = reserved or dot.shape == "capital"
        if not must and not self.taken.is_free(mark):
            return False
        name = None
        for lines in dict.fromkeys(((text,), broken(text))):
            block = self.block(lines, kind)
            most = math.inf if must else MOST_CROSSED * block.width
            name = name or cheapest(block.around(dot.at, dot.radius), self.taken, self.crossed, most)
        if name is None:
            return False
        if not reserved:
            self.taken.add(mark)
            self.dots.append(dot)
        self.here.setdefault(fold(text)[:SAME_BEGINNING], []).append(dot.at)
        return self.keep(name)

    def symbols(self, most: int = LAST_RANK) -> None:
        """Place the symbols of sites up to a rank, the most important first; their names come later."""
        done = {site for site, _ in self.marked}
        for site in self.sites:
            look = self.styles["symbol"].get(site.kind)
            if look is not None and (look["rank"] > most or site in done):
                continue
            x, y = self.view.at(np.array([site.at]))[0]
            if look is None or self.zoom < look["from_zoom"] or not self.view.holds(np.array([x, y]), 3):
                continue
            layer, token = look.get("layer"), look.get("token") or "ink"
            colour = look_of(self.styles, layer)["light"]["line"] if layer else self.colours[token]
            dot = Dot((float(x), float(y)), look["shape"], colour, SYMBOL * self.unit)
            mark = shapely.Point(dot.at).buffer(dot.radius)
            if self.taken.is_free(mark):
                self.taken.add(mark)
                self.dots.append(dot)
                self.marked.append((site, dot))

    def site_names(self, most: int = LAST_RANK) -> None:
        """Place the names of sites up to a rank, but where the town beside it has the same."""
        for site, dot in self.marked:
            if site in self.named or self.styles["symbol"][site.kind]["rank"] > most:
                continue
            self.named.add(site)
            if self.zoom < self.styles["symbol"][site.kind]["name_zoom"]:
                continue
            text = site.name.in_language(self.language)
            near = self.here.get(fold(text)[:SAME_BEGINNING], ())
            if any(math.dist(dot.at, other) < 22 * self.unit for other in near):
                continue
            type_ = self.type(PORT_SIZE, "label", halo=self.colours["halo"])
            self.point_name(text, type_, dot, reserved=True)

    # -- lines

    def line_names(self) -> None:
        """Place the names of corridors, railways and pipelines along their lines."""
        projects = self.styles["project"]
        groups: dict[str, list[Line]] = {}
        for line in self.lines:
            id_ = next(
                (id_ for id_ in lineage_of(self.atlas, line.record) if (projects.get(id_) or {}).get("name")), None
            )
            if id_ is not None and self.zoom >= (projects[id_].get("from_zoom") or 0):
                groups.setdefault(id_, []).append(line)
        order = sorted(groups, key=lambda id_: (projects[id_].get("rank") or 5, -self.km(groups[id_]), id_))
        for id_ in order:
            self.line_name(id_, projects[id_], groups[id_])

    def km(self, lines: Iterable[Line]) -> float:
        """Return the length of lines."""
        return sum(float(line.record["length_km"] or 0) for line in lines)

    def line_name(self, id_: str, look: Json, lines: Sequence[Line]) -> None:
        """Place the name of a project along its lines, as often as its look says, or beside a line too short for it."""
        project = self.atlas.catalog.projects[id_]
        own = [line for line in lines if line.record["layer"] == project.layer] or list(lines)
        widest = max(line.width for line in own)
        main = [line for line in own if line.width > widest - 0.4]
        rank = int(look.get("rank") or 5)
        size = max(LINE_SIZE - LINE_RANK_STEP * (rank - 1), LEAST_LINE_SIZE)
        text = (look["name"].get(self.language)) or look["name"]["en"]
        colour = look_of(self.styles, project.layer)["light"]["text"]
        kind = self.type(size, colour, style="B", halo=self.colours["halo"])
        paths = [inside for line in main for path in line.paths for inside in clipped(path, self.view)]
        chains = chained(paths)
        if not chains:
            return
        clear = (widest * POINTS_PER_PX / 2 + 0.9) * self.unit
        block = self.block(text, kind)
        spots: list[Point] = []
        for _ in range(int(look.get("repeat") or 1)):
            apart = REPEAT_APART * self.unit
            candidates = (
                (cost, name)
                for cost, name in along(block, paths, clear)
                if all(math.dist(name.middle, spot) > apart for spot in spots)
            )
            name = cheapest(candidates, self.taken, self.crossed, most=1.2 * block.width)
            if name is None:
                break
            self.keep(name)
            spots.append(name.middle)
        if spots or (rank > 2 and not look.get("leader")):
            return
        middle = shapely.LineString(chains[0]).interpolate(0.5, normalized=True)
        lines_ = broken(text) if block.width > 9 * kind.size else (text,)
        self.keep(cheapest(led(self.block(lines_, kind), (middle.x, middle.y), self.unit), self.taken, self.crossed))

    def rivers(self) -> None:
        """Place the names of the great rivers along them."""
        for river in sorted(
            self.drawing.ground.packed.get("rivers", []), key=lambda entry: entry.get("rank") or LAST_RANK
        ):
            text = self.title(river)
            if text is None or (river.get("rank") or LAST_RANK) > self.detail - 1:
                continue
            kind = self.type(RIVER_SIZE, "label_water", family=SERIF, style="I", halo=self.colours["halo"])
            lines = [self.view.line(line) for line in self.drawing.ground.lines(river)]
            paths = [inside for line in lines if self.view.sees(line) for inside in clipped(line, self.view)]
            block = self.block(text, kind)
            self.keep(cheapest(along(block, paths, 0.6 * self.unit), self.taken, self.crossed, most=0.5 * block.width))


def clipped(path: Array, view: MapView) -> list[Array]:
    """Return the parts of a path inside the frame."""
    inside = shapely.intersection(shapely.LineString(path), view.frame)
    lines = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString" and part.length > 0]
    return [shapely.get_coordinates(line) for line in lines]


def broken(text: str) -> tuple[str, ...]:
    """Return a text in two lines of about the same length, where it has a blank or a dash to break at."""
    middle = len(text) / 2
    breaks: list[tuple[float, int]] = [
        (abs(place + 1 - middle), place + 1) for place, letter in enumerate(text[:-1]) if letter in " –-"
    ]
    if not breaks:
        return (text,)
    at = min(breaks)[1]
    return text[:at].rstrip(), text[at:].lstrip()
