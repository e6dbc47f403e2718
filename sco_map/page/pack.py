"""Pack geometry into short strings of integer deltas, and unpack it again; knows neither layers nor pages.

Coordinates are rounded to 3 decimals of a degree (a grid of about 110 m). That is a statement of look, never of
accuracy: downloads of the atlas carry the full geometry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.model.packing import ALPHABET, COARSE, COARSE_STEP, DECIMALS, PAYLOAD_BITS

SCALE = 10**DECIMALS
CONTINUES = 1 << PAYLOAD_BITS
DIGITS = {letter: value for value, letter in enumerate(ALPHABET)}

EAST_OF_ATLANTIC = -25.0
"""Parts that lie wholly west of this longitude are drawn 360 degrees further east, so that land that crosses the
antimeridian stays in one piece."""

Grid = NDArray[np.int64]

_drawn: WeakKeyDictionary[shapely.Geometry, dict[float, int]] = WeakKeyDictionary()
"""With how many vertices lines were packed, by tolerance: whoever says so need not simplify them once more."""


def pack_integers(values: Iterable[int]) -> str:
    """Return signed integers as text, 5 bits a letter, small numbers first."""
    letters: list[str] = []
    for value in values:
        rest = value << 1 if value >= 0 else ~(value << 1)
        while rest >= CONTINUES:
            letters.append(ALPHABET[CONTINUES | (rest & (CONTINUES - 1))])
            rest >>= PAYLOAD_BITS
        letters.append(ALPHABET[rest])
    return "".join(letters)


def unpack_integers(text: str) -> Iterator[int]:
    """Yield the integers that `pack_integers` put into `text`."""
    rest = shift = 0
    for letter in text:
        digit = DIGITS[letter]
        rest |= (digit & (CONTINUES - 1)) << shift
        if digit & CONTINUES:
            shift += PAYLOAD_BITS
            continue
        yield ~(rest >> 1) if rest & 1 else rest >> 1
        rest = shift = 0


def to_grid(coordinates: NDArray[np.float64]) -> Grid:
    """Return lon/lat pairs in degrees as whole thousandths, repeated points dropped."""
    grid: Grid = np.rint(coordinates[:, :2] * SCALE).astype(np.int64)
    if len(grid) > 1:
        grid = grid[np.concatenate(([True], np.any(np.diff(grid, axis=0) != 0, axis=1)))]
    return grid


def pack_path(grid: Grid) -> str:
    """Return a path on the grid as deltas; the first pair is absolute."""
    deltas = np.diff(grid, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return pack_integers(deltas.ravel().tolist())


def pack_coarse_path(grid: Grid) -> str:
    """Return a path rounded to the coarse grid as deltas, with the mark that says so."""
    rounded = np.rint(grid / COARSE_STEP).astype(np.int64)
    moves = np.any(np.diff(rounded, axis=0) != 0, axis=1)
    return COARSE + pack_path(rounded[np.concatenate(([True], moves))])


def unpack_path(text: str) -> Grid:
    """Return the path on the grid that `pack_path` or `pack_coarse_path` made `text` from."""
    if text.startswith(COARSE):
        return unpack_path(text[len(COARSE) :]) * COARSE_STEP
    deltas: Grid = np.fromiter(unpack_integers(text), dtype=np.int64).reshape(-1, 2)
    return deltas.cumsum(axis=0)


def in_one_piece(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return `geometry` with its far western parts moved 360 degrees east and joined to what they touch there."""
    if geometry.is_empty or geometry.bounds[0] >= EAST_OF_ATLANTIC:
        return geometry
    parts = shapely.get_parts(geometry)
    moved = [
        shapely.transform(part, lambda pairs: pairs + [360.0, 0.0]) if part.bounds[2] < EAST_OF_ATLANTIC else part
        for part in parts
    ]
    if geometry.geom_type == "MultiPolygon":
        return shapely.union_all(moved)
    if geometry.geom_type == "MultiLineString":
        return shapely.MultiLineString(moved)
    return shapely.MultiPoint(moved) if geometry.geom_type == "MultiPoint" else moved[0]


def joined(parts: Sequence[Grid]) -> list[Grid]:
    """Return paths with those that begin where the one before ends run together, so that dashes run through."""
    runs: list[list[Grid]] = []
    for part in parts:
        if runs and np.array_equal(runs[-1][-1][-1], part[0]):
            runs[-1].append(part[1:])
        else:
            runs.append([part])
    return [np.concatenate(run) for run in runs]


def pack_lines(geometry: shapely.Geometry, tolerance: float, *, coarse: bool = False) -> list[str]:
    """Return a line geometry as packed paths, simplified by `tolerance` degrees, on the `coarse` grid if asked.

    Parts that follow each other become one path: the page draws lines, not their pieces.
    """
    pack = pack_coarse_path if coarse else pack_path
    return [pack(path) for path in simple_paths(geometry, tolerance)]


def simple_paths(geometry: shapely.Geometry, tolerance: float) -> list[Grid]:
    """Return a line geometry as paths on the grid, simplified by `tolerance` degrees; what has no extent is dropped."""
    paths = joined([to_grid(shapely.get_coordinates(part)) for part in shapely.get_parts(in_one_piece(geometry))])
    lines = [shapely.LineString(path).simplify(tolerance * SCALE) for path in paths if len(path) > 1]
    simple = [to_grid(shapely.get_coordinates(line) / SCALE) for line in lines]
    _drawn.setdefault(geometry, {})[tolerance] = sum(map(len, simple))
    return simple


def drawn_vertices(geometry: shapely.Geometry, tolerance: float) -> int:
    """Return how many vertices of a line geometry are drawn when it is simplified by `tolerance` degrees."""
    known = _drawn.get(geometry, {}).get(tolerance)
    return sum(map(len, simple_paths(geometry, tolerance))) if known is None else known


def pack_polygons(geometry: shapely.Geometry, tolerance: float) -> list[list[str]]:
    """Return each polygon as its packed rings, outer ring first, rings too small for the grid dropped."""
    packed: list[list[str]] = []
    for polygon in shapely.get_parts(in_one_piece(geometry)):
        simple = shapely.simplify(polygon, tolerance, preserve_topology=True)
        grids = [to_grid(shapely.get_coordinates(ring)) for ring in (simple.exterior, *simple.interiors)]
        if len(grids[0]) > 3:
            packed.append([pack_path(grid) for grid in grids if len(grid) > 3])
    return packed


def pack_points(geometry: shapely.Geometry) -> str:
    """Return the points of `geometry` as one packed path."""
    if geometry.geom_type == "Point":
        east = geometry.x + 360.0 if geometry.x < EAST_OF_ATLANTIC else geometry.x
        return pack_integers((round(east * SCALE), round(geometry.y * SCALE)))
    return pack_path(np.rint(shapely.get_coordinates(in_one_piece(geometry)) * SCALE).astype(np.int64))


def pack_geometry(geometry: shapely.Geometry | None, tolerance: float, *, coarse: bool = False) -> dict[str, Any]:
    """Return `geometry` (WGS 84, lon/lat) as what the page decodes: `lines`, `rings`, `points` or nothing.

    Lines are on the `coarse` grid if asked; points never are.
    """
    if geometry is None or geometry.is_empty:
        return {}
    kind = geometry.geom_type.removeprefix("Multi")
    if kind == "LineString":
        return {"lines": pack_lines(geometry, tolerance, coarse=coarse)}
    if kind == "Polygon":
        return {"rings": pack_polygons(geometry, tolerance)}
    if kind == "Point":
        return {"points": pack_points(geometry)}
    raise ValueError(f"cannot draw a {geometry.geom_type}")


def unpack_lines(lines: Sequence[str]) -> list[NDArray[np.float64]]:
    """Return packed paths as arrays of lon/lat in degrees."""
    return [unpack_path(line) / SCALE for line in lines]
