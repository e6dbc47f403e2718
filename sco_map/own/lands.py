"""In which states the shapes of a reader's file lie, and how many km in each: pure functions on arrays of shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from sco_map.own.shapes import Numbers, Shapes, lengths_km, of_one_family

LAND = "basemap_land.geojson"
Located = tuple[list[list[str]], list[dict[str, float]], NDArray[np.float64]]
"""For each shape the states it lies in, the km of a line in each, and its length."""

LEAST_KM = 0.5
"""Shorter stretches in a state are the roughness of its border, unless the whole line is shorter."""


@dataclass(frozen=True, eq=False)
class Lands:
    """The land of the map: polygons, each with the code of the state that it counts to.

    They are prepared, and GEOS keeps notes in a prepared polygon while it answers: two threads that ask at once end the
    process. So whoever asks holds the lock.
    """

    codes: NDArray[np.object_]
    areas: Shapes
    lock: Lock = field(default_factory=Lock)

    @property
    def is_empty(self) -> bool:
        """Whether there is no land to look at."""
        return len(self.codes) == 0


def located(shapes: Shapes, ground: bytes) -> Located:
    """Return where each shape lies, given the content of the file of the land; no shape depends on another."""
    lengths = lengths_km(shapes)
    return (*states_of(shapes, lands_in(ground), lengths), lengths)


@lru_cache(maxsize=2)
def lands_in(raw: bytes) -> Lands:
    """Return the land in the content of its file, kept for the next time."""
    return read_lands(raw)


def read_lands(raw: bytes) -> Lands:
    """Return the land in the content of its file, none in no content."""
    features = orjson.loads(raw)["features"] if raw else []
    codes = [feature["properties"].get("iso_a3") for feature in features]
    shapes = shapely.from_geojson([orjson.dumps(feature["geometry"]).decode() for feature in features])
    parts, owner = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    known = [at for at, number in enumerate(owner) if codes[number]]
    areas = parts[known]
    shapely.prepare(areas)
    return Lands(np.array([codes[owner[at]] for at in known], dtype=object), areas)


def states_of(
    shapes: Shapes, lands: Lands, lengths: Numbers | None = None
) -> tuple[list[list[str]], list[dict[str, float]]]:
    """Return for each shape the states that it lies in, and the geodesic km of a line in each.

    A line names them in the order of its drawing; what lies at sea counts to none. `lengths` are those of the lines in
    km, where they are known already.
    """
    states: list[list[str]] = [[] for _ in shapes]
    km: list[dict[str, float]] = [{} for _ in shapes]
    if lands.is_empty or not len(shapes):
        return states, km
    owner, land = shapely.STRtree(lands.areas).query(shapes)
    is_line = np.isin(shapely.get_type_id(shapes), (1, 5))
    lengths = lengths_km(shapes) if lengths is None else lengths
    with lands.lock:
        meets = shapely.intersects(lands.areas[land], shapes[owner])  # the land is prepared, shapes in a query are not
        owner, land = owner[meets], land[meets]
        cut = is_line[owner] & ~shapely.contains_properly(lands.areas[land], shapes[owner])
    pieces = lines_in(shapely.intersection(shapes[owner[cut]], lands.areas[land[cut]]))
    inside = lengths[owner]
    inside[cut] = lengths_km(pieces)
    begins = np.zeros(len(owner))
    begins[cut] = starts_along(shapes[owner[cut]], pieces)
    found: list[dict[str, list[float]]] = [{} for _ in shapes]
    for at, number, length, start in zip(owner, land, np.nan_to_num(inside), begins, strict=True):
        entry = found[at].setdefault(str(lands.codes[number]), [0.0, np.inf])
        entry[0] += float(length)
        entry[1] = min(entry[1], float(start))
    for at, by_code in enumerate(found):
        if not is_line[at]:
            states[at] = sorted(by_code)
            continue
        least = min(LEAST_KM, float(lengths[at]) / 10)
        kept = {code: entry for code, entry in by_code.items() if entry[0] >= least}
        km[at] = {code: round(kept[code][0], 2) for code in sorted(kept, key=lambda code: (kept[code][1], code))}
        states[at] = list(km[at])
    return states, km


def lines_in(shapes: Shapes) -> Shapes:
    """Return the lines of shapes that a cut has left, without the points where a line only touches a border."""
    found = shapes.copy()
    for at in np.flatnonzero(shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION):
        found[at] = of_one_family(shapes[at])
    return found


def starts_along(lines: Shapes, pieces: Shapes) -> NDArray[np.float64]:
    """Return how far along its line each piece begins, as a share of the line."""
    first = np.full(len(pieces), None, dtype=object)
    for at, piece in enumerate(pieces):
        if piece is not None and not piece.is_empty:
            first[at] = shapely.Point(shapely.get_coordinates(piece)[0])
    shares: NDArray[np.float64] = np.nan_to_num(shapely.line_locate_point(lines, first, normalized=True), nan=1.0)
    return shares
