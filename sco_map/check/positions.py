"""Whether features lie where they can lie: in degrees, inside their layer, in the countries they name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from sco_map.catalog import Catalog

Boxes = NDArray[np.float64]
Flags = NDArray[np.bool_]

OFFSHORE = 2.0
"""Degrees that a feature may lie off its country: ports, offshore fields, what is known to 50 km only."""


def position_faults(rows: pd.DataFrame, catalog: Catalog) -> Iterator[tuple[int, str]]:
    """Yield label of the row and sentence for every geometry of `rows` (column `geometry`) that lies where it cannot.

    Swapped longitude and latitude are distinguished from other faults by trying them the other way round.
    """
    geometry = np.asarray(rows["geometry"], dtype=object)
    empty = shapely.is_empty(geometry)
    boxes = shapely.bounds(geometry)
    drawn = ~np.isnan(boxes[:, 0])
    parts = shapely.get_num_geometries(geometry)
    extents = extents_of(rows["layer"], catalog)
    degrees = within(boxes, np.array([[-180.0, -90.0, 180.0, 90.0]]))
    swapped = boxes[:, [1, 0, 3, 2]]
    inside, inside_swapped = within(boxes, extents), within(swapped, extents)
    labels, layers, lists = rows.index.to_numpy(), rows["layer"].to_numpy(), list(rows["countries"])
    pieces = [len(cell or ()) for cell in rows["pieces"]] if "pieces" in rows else [0] * len(rows)
    for at in range(len(rows)):
        sentence = None
        if empty[at]:
            sentence = "the geometry is empty; write null when there is none"
        elif not drawn[at]:
            continue
        elif pieces[at] and pieces[at] != parts[at]:
            sentence = f"has {pieces[at]} pieces and {parts[at]} parts of its line; there is one part for each piece"
        elif not inside[at] and inside_swapped[at]:
            sentence = f"lies at {spot(boxes[at])}: longitude and latitude are swapped; GeoJSON has longitude first"
        elif not degrees[at]:
            sentence = f"lies at {spot(boxes[at])}, which are no degrees; a layer is in WGS 84 longitude and latitude"
        elif not meets_any(boxes[at], lists[at], catalog):
            sentence = f"lies at {spot(boxes[at])}, not in {' or '.join(lists[at])}, which `countries` names"
            if meets_any(swapped[at], lists[at], catalog):
                sentence += ": longitude and latitude are swapped; GeoJSON has longitude first"
        elif not inside[at]:
            extent = ", ".join(f"{value:g}" for value in extents[at])
            sentence = f"lies at {spot(boxes[at])}, outside the extent of layer {layers[at]} ({extent}) in layers.toml"
        if sentence:
            yield int(labels[at]), sentence


def extents_of(layers: pd.Series, catalog: Catalog) -> Boxes:
    """Return west, south, east, north of each row's layer, the whole globe for a layer nobody knows."""
    globe = (-180.0, -90.0, 180.0, 90.0)
    return np.array([entry.extent if (entry := catalog.layers.get(layer)) else globe for layer in layers]).reshape(
        -1, 4
    )


def within(boxes: Boxes, frames: Boxes) -> Flags:
    """Return whether each box lies inside its frame."""
    west, south, east, north = boxes.T
    left, bottom, right, top = frames.T
    with np.errstate(invalid="ignore"):
        inside: Flags = (west >= left) & (south >= bottom) & (east <= right) & (north <= top)
    return inside


def meets_any(box: Boxes, countries: list[str] | None, catalog: Catalog) -> bool:
    """Return whether `box` meets the box of any of `countries`, widened by OFFSHORE degrees, or none is known."""
    known = [country.bbox for code in countries or () if (country := catalog.countries.get(code)) is not None]
    return not known or any(meets(box, frame) for frame in known)


def meets(box: Boxes, frame: tuple[float, float, float, float]) -> bool:
    """Return whether a box meets a frame widened by OFFSHORE degrees; a frame may run across the antimeridian."""
    west, south, east, north = box
    left, bottom, right, top = frame
    if left > right:
        left, right = -180.0, 180.0
    beside = west > right + OFFSHORE or east < left - OFFSHORE
    return not (beside or south > top + OFFSHORE or north < bottom - OFFSHORE)


def spot(box: Boxes) -> str:
    """Return the middle of a box the way coordinates are written: longitude, latitude."""
    return f"{(box[0] + box[2]) / 2:g}, {(box[1] + box[3]) / 2:g}"
