"""The ground of a map on paper: land by standing, waters, borders as a worldview sees them, relief, graticule."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from sco_map.atlas import Atlas
from sco_map.export.wall.canvas import BUTT, ROUND, Canvas, Pen
from sco_map.export.wall.view import MapView
from sco_map.page.ground import PLAIN, RELIEF_FRAME, RELIEF_IMAGE, UNSEEN, boundary_look
from sco_map.page.pack import SCALE, unpack_path
from sco_map.page.payload import ground_of

Array = NDArray[np.float64]
Json = dict[str, Any]

MEMBER, PARTNER, OTHER = "member", "partner", "other"
GREAT_RIVER, UNKNOWN_RANK = 4, 9
GRATICULE_STEP = 10
MERIDIANS, PARALLELS = range(-20, 200, GRATICULE_STEP), range(-20, 90, GRATICULE_STEP)
HATCH_STEP = 3.4
RELIEF_PIXELS_PER_POINT = 1.6
MOST_RELIEF_PIXELS = 2600
MERCATOR_EDGE = 85.05
ROWS_AT_ONCE = 16
"""So many rows of pixels of the relief fit in the cache of a processor while they are mixed."""
SHARP_RELIEF = 14_000_000
SOFTENED = 2.0
"""At scales below this the picture of the relief shows its pixels; it is softened, by so many of them, and paler."""


def degrees_of(text: str) -> Array:
    """Return a packed path as lon/lat pairs."""
    degrees: Array = unpack_path(text) / SCALE
    return degrees


@dataclass(frozen=True)
class Ground:
    """What lies under the rows, in degrees, as the page has it; `year` and `worldview` say how it is seen."""

    atlas: Atlas
    worldview: str | None
    year: int | None

    @cached_property
    def packed(self) -> Json:
        """The ground as the page carries it."""
        return ground_of(self.atlas.ground)

    @cached_property
    def arcs(self) -> list[Array]:
        """The arcs that land is made of."""
        return [degrees_of(text) for text in self.packed.get("land", {}).get("arcs", [])]

    @cached_property
    def units(self) -> list[Json]:
        """The states and parts of states."""
        units: list[Json] = self.packed.get("land", {}).get("units", [])
        return units

    @cached_property
    def marked(self) -> frozenset[int]:
        """The arcs along boundaries that are drawn on their own."""
        return frozenset(self.packed.get("land", {}).get("marked", []))

    @cached_property
    def sides(self) -> list[list[int]]:
        """For each arc the numbers of the units on its sides."""
        found: list[list[int]] = [[] for _ in self.arcs]
        for number, unit in enumerate(self.units):
            for polygon in unit["polygons"]:
                for ring in polygon:
                    for arc in ring:
                        found[arc if arc >= 0 else ~arc].append(number)
        return found

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role of each state in the year."""
        by_role = self.atlas.countries_by_role(self.year)
        return {code: role for role, codes in by_role.items() for code in codes}

    def standing(self, state: str | None) -> str:
        """Return how a state stands to the organisation."""
        role = self.roles.get(state or "")
        return MEMBER if role == MEMBER else PARTNER if role else OTHER

    @cached_property
    def standings(self) -> list[str]:
        """The standing of each unit."""
        return [self.standing(unit.get("country") or unit.get("iso_a3")) for unit in self.units]

    def kind_of(self, arc: int) -> str:
        """Return what an arc is: coast, border, or the rim of the members' union."""
        sides = self.sides[arc]
        if len(sides) < 2:
            return "coast"
        members = sum(self.standings[number] == MEMBER for number in sides)
        return "rim" if members == 1 else "border"

    def look_of(self, boundary: Json) -> str:
        """Return how a boundary is drawn for the worldview: plain, dashed or not at all."""
        return boundary_look(boundary, self.worldview)

    def lines(self, shape: Json) -> list[Array]:
        """Return the paths of a line."""
        return [degrees_of(text) for text in shape["geometry"].get("lines", [])]

    def rings(self, shape: Json) -> list[Array]:
        """Return all rings of an area."""
        return [degrees_of(text) for polygon in shape["geometry"].get("rings", []) for text in polygon]


class GroundDrawing:
    """Draws the ground of one map; paths are projected once."""

    def __init__(self, canvas: Canvas, ground: Ground, view: MapView, colours: Mapping[str, str], unit: float) -> None:
        """Project what the map shows."""
        self.canvas, self.ground, self.view, self.colours, self.unit = canvas, ground, view, colours, unit
        self.arcs = [view.line(arc) for arc in ground.arcs]
        self.seen = [view.sees(arc) for arc in self.arcs]

    def ring(self, numbers: Sequence[int]) -> Array:
        """Return a ring of arcs on paper."""
        return np.vstack([self.arcs[number] if number >= 0 else self.arcs[~number][::-1] for number in numbers])

    def unit_paths(self, number: int) -> list[str]:
        """Return the outlines of a unit that may be seen."""
        rings = [self.ring(ring) for polygon in self.ground.units[number]["polygons"] for ring in polygon]
        return [self.canvas.path(thin(ring), closed=True) for ring in rings if self.view.sees(ring)]

    @cached_property
    def paths(self) -> list[list[str]]:
        """The outlines of each unit."""
        return [self.unit_paths(number) for number in range(len(self.ground.units))]

    def paths_of(self, standing: str) -> list[list[str]]:
        """Return the outlines of each unit of a standing."""
        return [paths for paths, own in zip(self.paths, self.ground.standings, strict=True) if own == standing]

    def area_of(self, number: int) -> shapely.Geometry:
        """Return the part of a unit that the frame shows, as an area on paper."""
        polygons = []
        for polygon in self.ground.units[number]["polygons"]:
            rings = [self.ring(ring) for ring in polygon]
            if len(rings[0]) > 3 and self.view.sees(rings[0]):
                polygons.append(shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) > 3]).buffer(0))
        return shapely.union_all(polygons).intersection(self.view.frame) if polygons else shapely.Polygon()

    def draw(self, *, blank: bool = False) -> None:
        """Draw the ground, bottom to top."""
        canvas, colours = self.canvas, self.colours
        canvas.fill([canvas.box(self.view.box)], "#FFFFFF" if blank else colours["water"])
        with canvas.inside([canvas.box(self.view.box)]):
            self.draw_graticule()
            for standing in () if blank else (OTHER, PARTNER, MEMBER):
                chosen = [
                    paths for paths, own in zip(self.paths, self.ground.standings, strict=True) if own == standing
                ]
                for paths in chosen:
                    colour = colours[f"land_{standing}"]
                    canvas.fill(paths, colour)
                    canvas.stroke(paths, Pen(colour, 0.35 * self.unit))
            if not blank:
                self.draw_moved()
                self.draw_relief()
                self.draw_band()
                self.draw_hatch()
            self.draw_water(blank=blank)
            self.draw_borders()

    def draw_graticule(self) -> None:
        """Draw a meridian and a parallel every ten degrees."""
        lines = [np.array([[lon, lat] for lat in range(-20, 86)], dtype=np.float64) for lon in MERIDIANS]
        lines += [np.array([[lon, lat] for lon in range(-20, 191)], dtype=np.float64) for lat in PARALLELS]
        paths = [self.canvas.path(placed) for line in lines if self.view.sees(placed := self.view.at(line))]
        self.canvas.stroke(paths, Pen(self.colours["graticule"], 0.4 * self.unit))

    def draw_moved(self) -> None:
        """Tint disputed areas that the worldview counts to another state than the map without one."""
        for area in self.ground.packed.get("disputed", []):
            counts = area.get("counts_to") or {}
            if self.ground.worldview and counts.get(self.ground.worldview) != counts.get("default"):
                tint = self.colours[f"land_{self.ground.standing(counts.get(self.ground.worldview))}"]
                self.canvas.fill(self.shape_paths(self.ground.rings(area)), tint)

    def shape_paths(self, rings: Sequence[Array], *, closed: bool = True) -> list[str]:
        """Return paths in degrees as paths on paper, those that may be seen."""
        placed = (self.view.line(ring) for ring in rings if len(ring) > 1)
        return [self.canvas.path(thin(line), closed=closed) for line in placed if self.view.sees(line)]

    def draw_band(self) -> None:
        """Draw the golden band along the land borders of the members' union, inside it."""
        members = [path for paths in self.paths_of(MEMBER) for path in paths]
        rim = [self.canvas.path(thin(self.arcs[arc])) for arc in self.of_kind("rim")]
        if not members or not rim:
            return
        with self.canvas.inside(members):
            for width, opacity in ((8.0, "band_wide"), (3.2, "band_narrow")):
                pen = Pen(self.colours["band"], width * self.unit, float(self.colours[opacity]), cap=ROUND)
                self.canvas.stroke(rim, pen)

    def of_kind(self, *kinds: str) -> list[int]:
        """Return the arcs of some kinds that may be seen."""
        return [arc for arc, seen in enumerate(self.seen) if seen and self.ground.kind_of(arc) in kinds]

    def draw_hatch(self) -> None:
        """Hatch disputed areas."""
        left, top, right, bottom = self.view.box
        step, reach = HATCH_STEP * self.unit, bottom - top
        for area in self.ground.packed.get("disputed", []):
            rings = [self.view.line(ring) for ring in self.ground.rings(area)]
            seen = [ring for ring in rings if self.view.sees(ring)]
            if not seen:
                continue
            points = np.vstack(seen)
            (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
            x0, x1, y0, y1 = max(x0, left), min(x1, right), max(y0, top), min(y1, bottom)
            first = np.floor((x0 - (y1 - top)) / step) * step
            slants = np.arange(first, x1 + reach, step)
            lines = [np.array([[x + (y0 - top), y0], [x + (y1 - top), y1]]) for x in slants]
            lines = [line for line in lines if line[0, 0] <= x1 and line[1, 0] >= x0]
            with self.canvas.inside([self.canvas.path(thin(ring), closed=True) for ring in seen]):
                pen = Pen(self.colours["dispute"], 0.7 * self.unit, 0.5)
                self.canvas.stroke([self.canvas.path(line) for line in lines], pen)

    def draw_water(self, *, blank: bool) -> None:
        """Draw rivers, lakes and the coast."""
        canvas, colours, unit = self.canvas, self.colours, self.unit
        for great, width in ((False, 0.4), (True, 0.8)):
            rivers = [
                line
                for river in self.ground.packed.get("rivers", [])
                if ((river.get("rank") or UNKNOWN_RANK) <= GREAT_RIVER) is great
                for line in self.ground.lines(river)
            ]
            canvas.stroke(self.shape_paths(rivers, closed=False), Pen(colours["river"], width * unit, cap=ROUND))
        lakes = [
            path for lake in self.ground.packed.get("lakes", []) for path in self.shape_paths(self.ground.rings(lake))
        ]
        if not blank:
            canvas.fill(lakes, colours["lake"])
        canvas.stroke(lakes, Pen(colours["coast"], 0.4 * unit))
        coast = [canvas.path(thin(self.arcs[arc])) for arc in self.of_kind("coast")]
        canvas.stroke(coast, Pen(colours["coast"], 0.5 * unit))

    def draw_borders(self) -> None:
        """Draw plain borders, and dashed ones where the worldview on them says so."""
        canvas, unit = self.canvas, self.unit
        plain = [
            canvas.path(thin(self.arcs[arc])) for arc in self.of_kind("border", "rim") if arc not in self.ground.marked
        ]
        dashed: list[str] = []
        for boundary in self.ground.packed.get("boundaries", []):
            look = self.ground.look_of(boundary)
            if look != UNSEEN:
                (plain if look == PLAIN else dashed).extend(self.shape_paths(self.ground.lines(boundary), closed=False))
        canvas.stroke(plain, Pen(self.colours["border"], 0.55 * unit, 0.8))
        canvas.stroke(dashed, Pen(self.colours["halo"], 1.5 * unit, 0.9))
        canvas.stroke(dashed, Pen(self.colours["dispute"], 0.8 * unit, dash=(3 * unit, 1.9 * unit), cap=BUTT))

    def draw_relief(self) -> None:
        """Lay the shading of the relief over the land."""
        files = self.ground.atlas.ground
        if RELIEF_IMAGE not in files or RELIEF_FRAME not in files:
            return
        image = warped(files[RELIEF_IMAGE], orjson.loads(files[RELIEF_FRAME]), self.view, self.relief_strength())
        land = [path for paths in self.paths for path in paths]
        with self.canvas.inside(land):
            self.canvas.picture(image, self.view.box)

    def relief_strength(self) -> float:
        """Return how strong the relief is: its picture is too coarse for maps that are near."""
        return float(self.colours["relief"]) * (1.0 if self.view.scale > SHARP_RELIEF else 0.45)


def warped(content: bytes, frame: Json, view: MapView, strength: float) -> Image.Image:
    """Return the relief, a picture in Web Mercator, as the view projects it."""
    picture = Image.open(io.BytesIO(content)).convert("RGBA")
    if view.scale <= SHARP_RELIEF:
        picture = picture.filter(ImageFilter.GaussianBlur(SOFTENED))
    source = np.asarray(picture, dtype=np.float32)
    left, top, right, bottom = view.box
    per_point = min(RELIEF_PIXELS_PER_POINT, MOST_RELIEF_PIXELS / (right - left))
    width, height = round((right - left) * per_point), round((bottom - top) * per_point)
    degrees = grid_degrees(view, width, height)
    (south, west), (north, east) = frame["bounds"]
    x = (degrees[..., 0] - west) / (east - west) * source.shape[1] - 0.5
    top_of, bottom_of, here = (mercator(lat) for lat in (np.float64(north), np.float64(south), degrees[..., 1]))
    y = (top_of - here) / (top_of - bottom_of) * source.shape[0] - 0.5
    inside = (x >= 0) & (y >= 0) & (x < source.shape[1] - 1) & (y < source.shape[0] - 1)
    x, y = np.where(inside, x, 0), np.where(inside, y, 0)
    column, row = x.astype(int), y.astype(int)
    dx, dy = (x - column)[..., None], (y - row)[..., None]
    shown = np.zeros((height, width, 4), dtype=np.uint8)
    for start in range(0, height, ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        r, c, across, down = row[some], column[some], dx[some], dy[some]
        mixed = (source[r, c] * (1 - across) + source[r, c + 1] * across) * (1 - down) + (
            source[r + 1, c] * (1 - across) + source[r + 1, c + 1] * across
        ) * down
        mixed[..., 3] *= np.where(inside[some], strength, 0)
        shown[some] = np.rint(mixed)
    return Image.fromarray(shown, "RGBA")


def mercator(latitude: Array | np.float64) -> Array:
    """Return where latitudes in degrees lie in Web Mercator, for a radius of 1."""
    within = np.radians(np.clip(latitude, -MERCATOR_EDGE, MERCATOR_EDGE))
    y: Array = np.log(np.tan(np.pi / 4 + within / 2))
    return y


def grid_degrees(view: MapView, width: int, height: int) -> Array:
    """Return lon/lat of the middles of pixels that fill the frame of a view."""
    left, top, right, bottom = view.box
    across = (np.arange(width) + 0.5) / width * (right - left) - (right - left) / 2
    down = (np.arange(height) + 0.5) / height * (bottom - top) - (bottom - top) / 2
    x, y = np.meshgrid(across * view.km_per_point + view.middle[0], -down * view.km_per_point + view.middle[1])
    return view.conic.backward(np.stack((x, y), axis=-1))


def thin(points: Array) -> Array:
    """Return a path without the points that paper does not show."""
    if len(points) < 4:
        return points
    line = shapely.LineString(points).simplify(0.08, preserve_topology=False)
    simple: Array = shapely.get_coordinates(line)
    return simple if len(simple) > 1 else points
