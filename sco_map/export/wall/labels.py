"""Where names go on a map on paper: greedy, the most important first, no name on another. Pure; draws nothing.

Every name has candidates with a cost; of those that meet nothing the cheapest is taken, and a name without one is left
out. Crossing a line costs its length under the name.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.export.wall.canvas import Type

Array = NDArray[np.float64]
Point = tuple[float, float]

CELL = 40.0
"""Points; the sides of the squares in which the index of what is taken looks."""

ASCENT, DESCENT, SIDE = 0.78, 0.24, 0.12
"""What a line of text takes above and below its baseline and at its ends, in sizes of the type."""

LEADING = 1.12
BESIDE = 0.3
"""How far from its dot a name begins, in sizes of the type."""

STEP = 5.0
"""Points between two windows along a line in which its name is tried."""

LONGER = 1.07
"""How much longer than its name a line has to be."""

MOST_BEND = 0.62
"""How far a line may leave the straight of its name, in sizes of the type."""

ROUND_A_POINT = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
"""Where a name is tried around its dot, the best first: right, left, the corners, above, below."""


NUDGE_STEPS = (0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6)
NUDGES = tuple((across, down, math.hypot(across, down)) for down in NUDGE_STEPS for across in NUDGE_STEPS)
"""Where the name of an area is tried around its point: to the right and down, in reaches, and how far away that is."""


@dataclass(frozen=True)
class Name:
    """A name in its place: lines of text, how they are set, the middle of the first baseline, and how it is turned."""

    lines: tuple[str, ...]
    kind: Type
    middle: Point
    turn: float
    area: shapely.Geometry
    rank: int = 0
    leader: tuple[Point, Point] | None = None


@dataclass
class Taken:
    """What is taken on a map already, in an index of squares."""

    frame: shapely.Geometry
    areas: list[shapely.Geometry] = field(default_factory=list)
    cells: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, area: shapely.Geometry) -> None:
        """Take an area."""
        number = len(self.areas)
        self.areas.append(area)
        for cell in self.cells_of(area):
            self.cells[cell].append(number)

    def cells_of(self, area: shapely.Geometry) -> Iterator[tuple[int, int]]:
        """Yield the squares that an area may touch."""
        x0, y0, x1, y1 = area.bounds
        for column in range(math.floor(x0 / CELL), math.floor(x1 / CELL) + 1):
            for row in range(math.floor(y0 / CELL), math.floor(y1 / CELL) + 1):
                yield column, row

    def is_free(self, area: shapely.Geometry) -> bool:
        """Say whether an area lies in the frame and meets nothing."""
        if not self.frame.contains(area):
            return False
        near = {number for cell in self.cells_of(area) for number in self.cells.get(cell, ())}
        return not any(self.areas[number].intersects(area) for number in near)


@dataclass(frozen=True)
class Crossed:
    """The lines of a map, to count what a name would lie on."""

    tree: shapely.STRtree

    @staticmethod
    def of(paths: Iterable[Array]) -> Crossed:
        """Return the index of paths."""
        return Crossed(shapely.STRtree([shapely.LineString(path) for path in paths if len(path) > 1]))

    def length_under(self, area: shapely.Geometry) -> float:
        """Return how many points of line lie under an area."""
        found = self.tree.query(area, predicate="intersects")
        if not len(found):
            return 0.0
        return float(shapely.length(shapely.intersection(self.tree.geometries[found], area)).sum())


@dataclass(frozen=True)
class Block:
    """Lines of text that are set together, with the width of each in points."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    kind: Type

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max(self.widths)

    @property
    def height(self) -> float:
        """The height from the top of the first line to the bottom of the last."""
        return (ASCENT + DESCENT + LEADING * (len(self.lines) - 1)) * self.kind.size

    @cached_property
    def corners(self) -> Array:
        """The corners of the block around the middle of its first baseline, before it is turned."""
        size = self.kind.size
        half = self.width / 2 + SIDE * size
        top, bottom = -ASCENT * size, (DESCENT + LEADING * (len(self.lines) - 1)) * size
        return np.array([[-half, top], [half, top], [half, bottom], [-half, bottom]])

    def at(self, middle: Point, turn: float = 0.0, rank: int = 0) -> Name:
        """Return the block with the middle of its first baseline at a point."""
        angle = math.radians(turn)
        turned = self.corners @ np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
        return Name(self.lines, self.kind, middle, turn, shapely.Polygon(turned + np.array(middle)), rank)

    def at_all(self, middles: Sequence[Point]) -> list[Name]:
        """Return the block, not turned, with the middle of its first baseline at each of some points."""
        areas = shapely.polygons(self.corners + np.array(middles)[:, None])
        return [Name(self.lines, self.kind, middle, 0.0, area) for middle, area in zip(middles, areas, strict=True)]

    def around(self, point: Point, radius: float) -> Iterator[tuple[float, Name]]:
        """Yield places around a dot of a radius with their costs, the best first."""
        size = self.kind.size
        half, gap = self.width / 2 + SIDE * size, radius + BESIDE * size
        for place, (across, down) in enumerate(ROUND_A_POINT):
            reach = gap * (0.75 if across and down else 1.0)
            x = point[0] + across * (half + reach)
            top = {-1: -reach - self.height, 0: -self.height / 2, 1: reach}[down]
            yield place * 0.9, self.at((x, point[1] + top + ASCENT * size))

    def nudged(self, point: Point, reach: float) -> Iterator[tuple[float, Name]]:
        """Yield places on and around a point, for names of areas."""
        lift = ASCENT * self.kind.size - self.height / 2
        middles = [(point[0] + across * reach, point[1] + down * reach + lift) for across, down, _ in NUDGES]
        for (_, _, away), name in zip(NUDGES, self.at_all(middles), strict=True):
            yield 6 * away, name


def cheapest(
    candidates: Iterable[tuple[float, Name]], taken: Taken, crossed: Crossed, most: float = math.inf
) -> Name | None:
    """Return the candidate that meets nothing and costs least, and no more than `most`."""
    best, least = None, most
    for cost, name in candidates:
        if cost < least and taken.is_free(name.area):
            whole = cost + crossed.length_under(name.area)
            if whole < least:
                best, least = name, whole
    return best


def along(block: Block, paths: Sequence[Array], clear: float) -> Iterator[tuple[float, Name]]:
    """Yield places along lines, above and below them, with their costs; `clear` is half the width of the line."""
    size, width = block.kind.size, block.width
    for path in chained(paths):
        steps = np.hypot(*np.diff(path, axis=0).T)
        at = np.concatenate(([0.0], np.cumsum(steps)))
        if at[-1] < width * LONGER:
            continue
        for start in np.arange(0, at[-1] - width, STEP):
            inside = np.linspace(start, start + width, max(5, int(width / 4)))
            window = np.stack((np.interp(inside, at, path[:, 0]), np.interp(inside, at, path[:, 1])), axis=-1)
            chord = window[-1] - window[0]
            length = float(np.hypot(*chord))
            if length < width * 0.9:
                continue
            normal = np.array([-chord[1], chord[0]]) / length
            away = (window - window[0]) @ normal
            bend = float(np.ptp(away))
            if bend > MOST_BEND * size:
                continue
            turn = math.degrees(math.atan2(chord[1], chord[0]))
            if not -90 <= turn < 90:
                turn, normal, away = (turn + 180 if turn < 0 else turn - 180), -normal, -away
            middle = (window[0] + window[-1]) / 2
            # y grows downwards, so the normal of text that reads from left to right points below it
            for side, cost in ((-1, 0.0), (1, 3.0)):
                if side < 0:
                    offset = float(away.min()) - clear - DESCENT * size
                else:
                    offset = float(away.max()) + clear + ASCENT * size
                x, y = middle + normal * offset
                yield cost + 2 * bend + abs(turn) / 30, block.at((float(x), float(y)), turn)


def chained(paths: Sequence[Array]) -> list[Array]:
    """Return paths that end where others begin run together, the longest first."""
    lines = [shapely.LineString(path).simplify(1.2) for path in paths if len(path) > 1]
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(lines))) if lines else []
    merged = [line for line in merged if line.length > 0]
    return [shapely.get_coordinates(line) for line in sorted(merged, key=lambda line: -line.length)]


DIRECTIONS = 20
LEADER_REACHES = (14.0, 22.0, 32.0, 44.0, 58.0)


def led(block: Block, point: Point, unit: float) -> Iterator[tuple[float, Name]]:
    """Yield places away from a line that is too short for its name, each with a stroke from the line to the name."""
    half, size = block.width / 2 + SIDE * block.kind.size, block.kind.size
    for reach in LEADER_REACHES:
        for number in range(DIRECTIONS):
            angle = 2 * math.pi * number / DIRECTIONS
            tip = (point[0] + reach * unit * math.cos(angle), point[1] + reach * unit * math.sin(angle))
            x = tip[0] + half * (1 if math.cos(angle) > 0.1 else -1 if math.cos(angle) < -0.1 else 0)
            top = tip[1] - block.height / 2 + block.height / 2 * round(math.sin(angle))
            name = block.at((x, top + ASCENT * size))
            yield reach / 4, Name(name.lines, name.kind, name.middle, 0.0, name.area, name.rank, (point, tip))
