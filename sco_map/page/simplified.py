"""Say by how much the page simplifies the lines of a reader: how many vertices it draws, and how far off at most."""

from __future__ import annotations

import math

import geopandas as gpd
import shapely

from sco_map.atlas import Atlas
from sco_map.model.own import PREFIX
from sco_map.model.packing import COARSE_STEP, DECIMALS, LIGHT_TOLERANCE, TOLERANCE
from sco_map.page.pack import drawn_vertices

KM_PER_DEGREE = 111.7
"""Of latitude, where it is longest; a degree of longitude is never longer than 111.4 km."""


def farthest_km(*, light: bool = False) -> float:
    """Return how far a drawn line may be from its own, rounded up: by simplification and by rounding to a grid."""
    cell = 10.0**-DECIMALS
    rounding = math.hypot(cell / 2, cell / 2) * (1 + COARSE_STEP * light)
    degrees = (LIGHT_TOLERANCE if light else TOLERANCE) + rounding
    return math.ceil(degrees * KM_PER_DEGREE * 10) / 10


def simplified(atlas: Atlas, rows: gpd.GeoDataFrame, *, light: bool = False) -> list[str]:
    """Return a sentence for each layer of a reader whose lines the page draws with fewer vertices than they have."""
    sentences = []
    tolerance = LIGHT_TOLERANCE if light else TOLERANCE
    for layer in atlas.catalog.layers.values():
        if not layer.id.startswith(PREFIX):
            continue
        shapes = rows.geometry[rows["layer"] == layer.id].to_numpy()
        lines = [shape for shape in shapes if shape is not None and shape.geom_type.endswith("LineString")]
        given = int(shapely.get_num_coordinates(lines).sum())
        drawn = sum(drawn_vertices(line, tolerance) for line in lines)
        if drawn < given:
            sentences.append(
                f"{layer.title.en}: the page draws its lines with {drawn:,} of {given:,} vertices, at most "
                f"{farthest_km(light=light)} km from where they are; lengths and files of data keep all of them"
            )
    return sentences
