"""A small map of a few shapes on their land, in the units of its frame; how it is written is none of its business.

Each map has a conic projection of its own, centred on what it shows, so that its scale holds everywhere on it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from pyproj import Proj

from sco_map.export.disputes import Disputes, disputes_of, hatch
from sco_map.model.languages import LANGUAGES

WIDTH, HEIGHT = 1440, 756
"""The frame: twice as many units as the map usually has pixels, in the shape that is asked of a shared picture."""

EDGE = 0.09
"""Which part of the frame stays free on each side of what it shows."""

LEAST_KM = 600
"""A frame is at least so wide, so that a reader sees where in the world a single place lies."""

LEVELS = (0.02, 0.07, 0.2)
"""How coarsely land is kept, in degrees; of these the coarsest is drawn that nobody can see."""

HATCH = 11.0
"""How far the lines are apart that disputed areas are hatched with, in units."""

BEYOND = 8.0
"""So many degrees of land are kept around a frame before they are projected, since its edges bend."""

WHOLE = (-30.0, -60.0, 179.9, 84.0)
DETAIL = 6.0
"""How far a coast or border may be from where it is, in units."""

SMALLEST = 400.0
"""Land and water with less than so many square units are left out."""

LAND, LAKES, LABELS = "basemap_land.geojson", "basemap_lakes.geojson", "basemap_labels.geojson"
NAMED_STATE = "country"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Point = tuple[int, int]
Path = tuple[Point, ...]


@dataclass(frozen=True)
class Shape:
    """What a map shows: its geometry (WGS 84) and how it is drawn; a `layer` says the colour."""

    geometry: shapely.Geometry
    layer: str
    status: str | None = None


@dataclass(frozen=True)
class Name:
    """A place that a map may name, the most important first: where it is, and its name in each language."""

    lon: float
    lat: float
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Ground:
    """The land of one kind of state (member, partner, other, chosen), the rings of its polygons."""

    kind: str
    rings: tuple[Path, ...]


@dataclass(frozen=True)
class Stroke:
    """A line on the map."""

    layer: str
    status: str | None
    path: Path


@dataclass(frozen=True)
class Dot:
    """A point on the map."""

    layer: str
    at: Point


@dataclass(frozen=True)
class Label:
    """A name on the map; that of a state is written across it, that of a place beside its point.

    `on_phone`: there is room for it in the larger letters of a narrow map, too.
    """

    at: Point
    texts: Mapping[str, str]
    is_state: bool = False
    on_phone: bool = False


@dataclass(frozen=True)
class Drawing:
    """A map, ready to be written: everything in whole units of its frame, in the order in which it is drawn.

    `hatch` lies on disputed areas; of the borders that not all agree on some are `dashed`, others are to be covered.
    """

    land: tuple[Ground, ...]
    water: tuple[Path, ...]
    hatch: tuple[Path, ...]
    dashed: tuple[Path, ...]
    unseen: tuple[Path, ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...] = ()
    scale: tuple[int, int] = (0, 0)
    """A round number of km, and how many units that is."""

    @cached_property
    def ground(self) -> str:
        """A name for what lies under its lines and names: maps with the same ground have the same."""
        parts = (self.land, self.water, self.hatch, self.dashed, self.unseen)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Frame:
    """A projection and the part of its plane that a map shows."""

    to_plane: Proj
    left: float
    top: float
    units_per_metre: float

    def placed(self, geometry: Any) -> Any:
        """Return a geometry, or an array of them, in units of the frame, from its upper left corner."""

        def place(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
            x, y = self.to_plane(degrees[:, 0], degrees[:, 1])
            units = np.column_stack([np.asarray(x) - self.left, self.top - np.asarray(y)]) * self.units_per_metre
            return np.clip(np.nan_to_num(units, posinf=1e6, neginf=-1e6), -1e6, 1e6)

        return shapely.transform(geometry, place)

    @cached_property
    def window(self) -> tuple[float, float, float, float]:
        """The part of the world that can be seen, and a margin: west, south, east, north in degrees."""
        across, down = np.linspace(0, WIDTH, 25), np.linspace(0, HEIGHT, 15)
        x, y = (part.ravel() for part in np.meshgrid(across, down))
        lon, lat = self.to_plane(
            self.left + x / self.units_per_metre, self.top - y / self.units_per_metre, inverse=True
        )
        seen = np.isfinite(lon) & np.isfinite(lat)
        return (
            max(float(lon[seen].min()) - BEYOND, WHOLE[0]), max(float(lat[seen].min()) - BEYOND, WHOLE[1]),
            min(float(lon[seen].max()) + BEYOND, WHOLE[2]), min(float(lat[seen].max()) + BEYOND, WHOLE[3]),
        )  # fmt: skip


def frame_of(bounds: tuple[float, float, float, float]) -> Frame:
    """Return the frame that shows a part of the world (west, south, east, north in degrees)."""
    west, south, east, north = bounds
    middle, height = (west + east) / 2, north - south
    lat = (south + north) / 2
    parallels = (south + height / 6, north - height / 6) if height > 1 else (lat - 0.5, lat + 0.5)
    to_plane = Proj(
        {"proj": "lcc", "lat_1": parallels[0], "lat_2": parallels[1], "lat_0": lat, "lon_0": middle, "ellps": "WGS84"}
    )
    around = shapely.segmentize(shapely.box(west - 0.01, south - 0.01, east + 0.01, north + 0.01), 1.0)
    x, y = to_plane(*shapely.get_coordinates(around).T)
    wide = max(float(x.max() - x.min()), LEAST_KM * 1000)
    high = max(float(y.max() - y.min()), LEAST_KM * 1000 * HEIGHT / WIDTH)
    scale = min(WIDTH * (1 - 2 * EDGE) / wide, HEIGHT * (1 - 2 * EDGE) / high)
    return Frame(
        to_plane,
        left=float(x.max() + x.min()) / 2 - WIDTH / scale / 2,
        top=float(y.max() + y.min()) / 2 + HEIGHT / scale / 2,
        units_per_metre=scale,
    )


@dataclass(frozen=True)
class World:
    """The ground under all maps: land by state, lakes, disputes, and where the names of states go."""

    codes: tuple[str, ...]
    land: Mapping[float, NDArray[Any]]
    lakes: NDArray[Any]
    disputes: Disputes
    names: tuple[tuple[str, Name], ...]


def ground_of(files: Mapping[str, bytes]) -> World:
    """Return the ground in the files under the map; without them it is all water."""
    states = features(files.get(LAND))
    codes = tuple(str(state["properties"].get("iso_a3") or "") for state in states)
    shapes = shapely.from_geojson([orjson.dumps(state["geometry"]) for state in states])
    lakes = [feature["geometry"] for feature in features(files.get(LAKES)) if feature["properties"].get("rank", 9) <= 2]
    disputes = disputes_of(files)
    names = tuple(
        (str(label["properties"]["iso_a3"]), named(label))
        for label in sorted(features(files.get(LABELS)), key=lambda label: label["properties"].get("rank") or 9)
        if label["properties"].get("kind") == NAMED_STATE and label["properties"].get("iso_a3")
        if not disputes.cover(*label["geometry"]["coordinates"])
    )
    return World(
        codes,
        {level: shapely.clip_by_rect(shapely.coverage_simplify(shapes, level), *WHOLE) for level in LEVELS},
        shapely.simplify(shapely.from_geojson([orjson.dumps(lake) for lake in lakes]), LEVELS[0]),
        disputes,
        names,
    )


def named(label: Mapping[str, Any]) -> Name:
    """Return a label of the ground as a name."""
    texts = {lang: text for lang in LANGUAGES if (text := label["properties"].get(f"title_{lang}"))}
    lon, lat = label["geometry"]["coordinates"]
    return Name(lon, lat, texts)


def features(content: bytes | None) -> list[dict[str, Any]]:
    """Return the features of a GeoJSON file that have a geometry."""
    if content is None:
        return []
    return [entry for entry in orjson.loads(content.removeprefix(BYTE_ORDER_MARK))["features"] if entry["geometry"]]


def draw(
    ground: World,
    shapes: Sequence[Shape],
    standing: Mapping[str, str],
    names: Iterable[Name] = (),
    *,
    chosen: str | None = None,
    bounds: tuple[float, float, float, float] | None = None,
) -> Drawing | None:
    """Return the map of some shapes; None when there is nothing to show.

    `standing` says of states by code whether they are a member or a partner; `chosen` is the state that the map is
    about. The map shows `bounds`, or all shapes.
    """
    spots = [shape for shape in shapes if shape.geometry is not None and not shape.geometry.is_empty]
    if bounds is None:
        if not spots:
            return None
        found = shapely.total_bounds(np.array([shape.geometry for shape in spots]))
        bounds = (float(found[0]), float(found[1]), float(found[2]), float(found[3]))
    frame = frame_of(bounds)
    level = level_for(frame)
    land = visible(ground.land[level], frame)
    kinds: dict[str, list[Path]] = {}
    for code, shape in zip(ground.codes, land, strict=True):
        kind = "chosen" if chosen is not None and code == chosen else standing.get(code, "other")
        kinds.setdefault(kind, []).extend(rings(shape))
    order = ("other", "partner", "member", "chosen")
    strokes, dots = [], []
    for shape in spots:
        placed = shapely.clip_by_rect(frame.placed(shape.geometry), -20, -20, WIDTH + 20, HEIGHT + 20)
        for part in shapely.get_parts(shapely.simplify(placed, 2.0)):
            if part.geom_type == "LineString":
                if len(path := rounded(part)) > 1:
                    strokes.append(Stroke(shape.layer, shape.status, path))
            elif part.geom_type == "Point":
                dots.append(Dot(shape.layer, rounded(part)[0]))
    return Drawing(
        land=tuple(Ground(kind, tuple(kinds[kind])) for kind in order if kinds.get(kind)),
        water=tuple(path for shape in visible(ground.lakes, frame) for path in rings(shape)),
        hatch=tuple(
            rounded(slant)
            for area in visible(ground.disputes.areas, frame)
            for slant in hatch(area, (0.0, 0.0, WIDTH, HEIGHT), HATCH)
        ),
        dashed=tuple(tracks(visible(ground.disputes.dashed, frame))),
        unseen=tuple(tracks(visible(ground.disputes.unseen, frame))),
        strokes=tuple(strokes),
        dots=tuple(dict.fromkeys(dots)),
        labels=tuple(labels(frame, names, named_states(ground, standing, chosen))),
        scale=scale_of(frame.units_per_metre * 1000),
    )


def level_for(frame: Frame) -> float:
    """Return how coarse the land may be: no step of it is larger than two units."""
    unit = 2 / frame.units_per_metre / 111_320
    return max((level for level in LEVELS if level <= unit), default=LEVELS[0])


def visible(shapes: NDArray[Any], frame: Frame) -> list[shapely.Geometry]:
    """Return what can be seen of areas of the world, in units of the frame; what cannot be seen is empty."""
    clipped = shapely.clip_by_rect(shapes, *frame.window)
    seen = ~shapely.is_empty(clipped)
    placed = np.full(len(clipped), shapely.Polygon(), dtype=object)
    bent = shapely.segmentize(clipped[seen], 2.0)
    placed[seen] = shapely.clip_by_rect(frame.placed(bent), -6, -6, WIDTH + 6, HEIGHT + 6)
    return list(placed)


def rings(shape: shapely.Geometry) -> list[Path]:
    """Return the outlines of an area, and those of its holes, in whole units."""
    found = []
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon" or part.area < SMALLEST:
            continue
        for ring in (part.exterior, *part.interiors):
            if (
                len(path := rounded(shapely.simplify(shapely.LineString(ring.coords), DETAIL, preserve_topology=False)))
                > 3
            ):
                found.append(path)
    return found


def tracks(shapes: Iterable[shapely.Geometry]) -> Iterable[Path]:
    """Yield lines in whole units, as finely as can be seen, those that go on into each other in one."""
    lines = [part for part in shapely.get_parts(list(shapes)) if part.geom_type == "LineString" and not part.is_empty]
    for part in shapely.get_parts(shapely.simplify(shapely.line_merge(shapely.MultiLineString(lines)), DETAIL)):
        if len(path := rounded(part)) > 1:
            yield path


def rounded(line: shapely.Geometry) -> Path:
    """Return the points of a line in whole units, equal neighbours once."""
    points: list[Point] = []
    for x, y in np.rint(shapely.get_coordinates(line)).astype(int).tolist():
        if not points or points[-1] != (x, y):
            points.append((x, y))
    return tuple(points)


# -- names -------------------------------------------------------------------------------------------------------------

LETTER, LINE = 15, 34
"""About how wide a letter and how high a line is, in units: enough room for the broadest of the four languages."""

NARROW = 1.7
"""So much larger the names are, in units, where the map is as narrow as a phone."""

GAP = 16
MOST_PLACES, MOST_STATES = 8, 9

Box = tuple[float, float, float, float]


def named_states(ground: World, standing: Mapping[str, str], chosen: str | None) -> list[tuple[str, Name]]:
    """Return the names of states, members before partners before others; the map says what it is about itself."""
    order = ("member", "partner", "other")
    names = [(code, name) for code, name in ground.names if code != chosen]
    return sorted(names, key=lambda named: order.index(standing.get(named[0], "other")))


def labels(frame: Frame, places: Iterable[Name], states: Sequence[tuple[str, Name]]) -> Iterable[Label]:
    """Yield the names that have room, places before states; none lies on another, and none beyond the frame.

    A state has several places for its name; it is written at the first that has room.

    A place is named on a phone, too, where there is room for its name in the larger letters there.
    """
    taken: list[Box] = []
    taken_narrow: list[Box] = []
    number = 0
    named_places = list(places)
    for name, (x, y) in zip(named_places, spots(frame, named_places), strict=True):
        box, broad = beside(name, x, y, 1.0), beside(name, x, y, NARROW)
        if number < MOST_PLACES and has_room(box, taken):
            is_narrow = has_room(broad, taken_narrow)
            taken.append(box)
            taken_narrow += [broad] if is_narrow else []
            number += 1
            yield Label((x, y), name.texts, on_phone=is_narrow)
    written: set[str] = set()
    for (code, name), (x, y) in zip(states, spots(frame, [name for _, name in states]), strict=True):
        half = longest(name) * LETTER / 2
        box = (x - half, y - LINE / 2, x + half, y + LINE / 2)
        if code not in written and len(written) < MOST_STATES and has_room(box, taken):
            taken.append(box)
            written.add(code)
            yield Label((x, y), name.texts, is_state=True)


def spots(frame: Frame, names: Sequence[Name]) -> list[Point]:
    """Return where the points of names are on the map."""
    if not names:
        return []
    points = shapely.points([[name.lon, name.lat] for name in names])
    return [(round(x), round(y)) for x, y in shapely.get_coordinates(frame.placed(points)).tolist()]


def has_room(box: Box, taken: Iterable[Box]) -> bool:
    """Tell whether something lies wholly in the frame, and on nothing else."""
    return inside(box) and not any(overlap(box, other) for other in taken)


def beside(name: Name, x: float, y: float, size: float) -> Box:
    """Return what a point and the name beside it cover; near the right edge the name stands on the left."""
    wide, half = longest(name) * LETTER * size + GAP, LINE * size / 2
    if stands_left(x):
        return (x - wide, y - half, x + GAP, y + half)
    return (x - GAP, y - half, x + wide, y + half)


def stands_left(x: float) -> bool:
    """Tell whether the name of a place is on the left of its point."""
    return x > WIDTH * 0.62


def longest(name: Name) -> int:
    """Return how many letters the longest form of a name has; a Chinese one counts twice."""
    return max(len(text) * (2 if lang == "zh" else 1) for lang, text in name.texts.items()) if name.texts else 0


def inside(box: Box) -> bool:
    """Tell whether something lies wholly in the frame."""
    return box[0] >= 8 and box[1] >= 8 and box[2] <= WIDTH - 8 and box[3] <= HEIGHT - 8


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def scale_of(units_per_km: float) -> tuple[int, int]:
    """Return a round number of km for a bar of about a fifth of the frame, and its length in units."""
    most = WIDTH / 5 / units_per_km
    step = 10 ** math.floor(math.log10(most))
    km = max(factor * step for factor in (1, 2, 5) if factor * step <= most)
    return int(km), round(km * units_per_km)
