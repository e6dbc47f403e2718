"""What states do not agree on, for small maps: areas to be hatched, and borders that are dashed or not drawn at all.

A small map that draws the land with its borders covers them with a halo along such lines before it dashes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from sco_map.page.ground import BOUNDARIES, DASHED, DISPUTED, UNSEEN, boundary_look, features, is_special

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Disputes:
    """Disputed areas, and borders that are not plain lines (WGS 84), as the map shows them without a worldview.

    Some are `dashed`, the others `unseen`: a map that draws its land with borders has one there, but should not.
    """

    areas: NDArray[Any]
    dashed: NDArray[Any]
    unseen: NDArray[Any]

    def cover(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies on disputed ground."""
        return bool(shapely.contains_xy(self.areas, lon, lat).any())


def disputes_of(files: Mapping[str, bytes]) -> Disputes:
    """Return the disputes in the files under the map; without them there are none."""
    return read(files.get(DISPUTED), files.get(BOUNDARIES))


@lru_cache(maxsize=4)
def read(areas: bytes | None, boundaries: bytes | None) -> Disputes:
    """Return the disputes in two layer files."""
    lines = [line for line in known(boundaries) if is_special(line["properties"])]
    looks = [boundary_look(line["properties"], None) for line in lines]
    return Disputes(
        areas=shapes(known(areas)),
        dashed=shapes([line for line, look in zip(lines, looks, strict=True) if look == DASHED]),
        unseen=shapes([line for line, look in zip(lines, looks, strict=True) if look == UNSEEN]),
    )


def known(content: bytes | None) -> list[dict[str, Any]]:
    """Return the features of a file that have a geometry, none when there is no file."""
    return [] if content is None else features(content)


def shapes(found: list[dict[str, Any]]) -> NDArray[Any]:
    """Return the geometries of features as an array that may be empty."""
    return np.array([shapely.from_geojson(orjson.dumps(one["geometry"])) for one in found], dtype=object)


def hatch(area: shapely.Geometry, box: Box, step: float) -> list[shapely.LineString]:
    """Return slanting lines inside an area on a map, `step` units apart across, within the `box` of the map.

    They begin at the corner of the map, so that those of neighbouring areas go on into each other.
    """
    seen = shapely.intersection(area, shapely.box(*box))
    if seen.is_empty or seen.area < step * step:
        return []
    left, top, right, bottom = seen.bounds
    numbers = range(int(np.floor((left + top) / step)), int(np.ceil((right + bottom) / step)) + 1)
    slants = [shapely.LineString([(at * step - top, top), (at * step - bottom, bottom)]) for at in numbers]
    pieces = shapely.get_parts(shapely.intersection(np.array(slants, dtype=object), seen))
    return [piece for piece in pieces if piece.geom_type == "LineString" and piece.length > step / 2]
