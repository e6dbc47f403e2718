"""Whether features lie where they can lie: inside their layer, and in or near the countries they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from sco_map.catalog import Catalog
from sco_map.model.kinds import MAY_LEAVE
from sco_map.model.sphere import KM_PER_DEGREE

if TYPE_CHECKING:
    from sco_map.check.rows import Row

Box = tuple[float, float, float, float]

MARGIN_DEGREES = 1.0
"""How far a position may lie outside the box of its countries, besides its accuracy: the box is a rough one."""

OFFSHORE_DEGREES = 2.0
"""How far what lies at sea, or is an area, may lie off the nearest of its countries."""

HALF_TURN = 180.0
COUNTRIES = "check the position and the countries"


def position_faults(rows: Sequence[Row], catalog: Catalog) -> Iterator[tuple[Row, str]]:
    """Yield row and sentence for every geometry that lies where it cannot; rows have geometries.

    Swapped longitude and latitude are distinguished from other faults by trying them the other way round.
    """
    boxes = shapely.bounds(np.array([row.geometry for row in rows], dtype=object)) if rows else ()
    for row, box in zip(rows, boxes, strict=True):
        layer = catalog.layers.get(row.get("layer") or "")
        if layer is not None and not within(box, layer.extent, 0):
            where = f"the extent of layer {layer.id!r} in layers.toml"
            yield row, outside(row, where, [layer.extent], 0, "check the position, or widen the extent")
            continue
        named = [country for code in row.get("countries") or () if (country := catalog.countries.get(code))]
        if not named:
            continue
        frames = [unwrapped(country.bbox) for country in named]
        codes = " and ".join(country.id for country in named)
        slack = MARGIN_DEGREES + (row.get("accuracy_km") or 0) / KM_PER_DEGREE
        is_free = row.get("kind") in MAY_LEAVE or "Polygon" in row.form
        if not is_free and not within(box, around(frames), slack):
            yield row, outside(row, codes, [around(frames)], slack, COUNTRIES)
        elif not any(meets(box, frame) for frame in frames):
            yield row, outside(row, codes, frames, OFFSHORE_DEGREES, COUNTRIES)


def outside(row: Row, name: str, frames: Sequence[Box], slack: float, advice: str) -> str:
    """Return the sentence about a geometry outside the frames called `name`: which position, and what may help."""
    points = shapely.get_coordinates(row.geometry)
    lies = [any(contains(point, frame, slack) for frame in frames) for point in points]
    position = points[lies.index(False)] if False in lies else points[0]
    west, south, east, north = around(frames)
    swapped = all(any(contains(point[::-1], frame, slack) for frame in frames) for point in points)
    advice = "longitude and latitude look swapped, write longitude first" if swapped else advice
    return (
        f"position {position[0]:g}, {position[1]:g} lies outside {name} "
        f"({west:g} to {east:g} E, {south:g} to {north:g} N); {advice}"
    )


def unwrapped(box: Box) -> Box:
    """Return a box as it is, or around the whole globe when it runs across the antimeridian."""
    west, south, east, north = box
    return (-HALF_TURN, south, HALF_TURN, north) if west > east else box


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around all of `boxes`."""
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def within(box: Any, frame: Box, slack: float) -> bool:
    """Tell whether a box lies inside a frame widened by `slack` degrees."""
    return contains(box[:2], frame, slack) and contains(box[2:], frame, slack)


def contains(point: Any, frame: Box, slack: float) -> bool:
    """Tell whether a position lies inside a frame widened by `slack` degrees."""
    west, south, east, north = frame
    return bool(west - slack <= point[0] <= east + slack and south - slack <= point[1] <= north + slack)


def meets(box: Any, frame: Box) -> bool:
    """Tell whether a box meets a frame widened by OFFSHORE_DEGREES."""
    west, south, east, north = box
    left, bottom, right, top = frame
    beside = west > right + OFFSHORE_DEGREES or east < left - OFFSHORE_DEGREES
    return not (beside or south > top + OFFSHORE_DEGREES or north < bottom - OFFSHORE_DEGREES)
