"""Cut the shapes of a large file into vector tiles (PMTiles), in a process of its own like the one that read it.

A tile knows of a feature its shape and its number in the file; everything else is in the row of that number.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import shapely

from sco_map.own.contents import GEOMETRY, NUMBER
from sco_map.own.shapes import Shapes

FROM_VERTICES, FROM_FEATURES = 100_000, 5_000
"""From these on a file gets tiles: with fewer the page draws lines as well by themselves, and names them."""

LAYER, FIELD = "own", "n"
"""The layer of a tile, and its only property: the number of the feature."""

LEAST_ZOOM = 2
"""Of the data; what is drawn from it is one zoom nearer, and the page shows nothing farther than zoom 2.5."""

LINES_TO_ZOOM, POINTS_TO_ZOOM = 5, 3
"""The closest tiles, and how many units each is wide: nearer zooms are drawn from them, a unit being 153 m everywhere.

Points have fewer zooms, since they are not simplified.
"""
LINE_UNITS, POINT_UNITS = 8192, 32768
MARGIN = 64
"""Which part of its width a tile reaches beyond its edge, so that wide lines are not cut there."""

TOLERANCE = 0.001
"""Degrees by which lines may be simplified before they are cut; a unit of the closest tiles is 0.0014 degrees."""

SHORTEST = 0.003
"""Degrees: a line with a smaller extent would fall into one unit, and is drawn so long."""

FARTHEST_NORTH = 85.0
"""Where the map ends, to the south as well."""

NO_LIMIT = str(10**9)
"""Tiles are never thinned out: every feature can be found by filters and clicks."""

FARTHEST_KM = 0.3
"""How far a line in the closest tiles may be from its own: by simplification, and by rounding to half a unit."""

DRIVERS = ("PMTiles", "MBTiles", "MVT", "SQLite")
"""What GDAL needs to write them."""


def is_large(shapes: Shapes) -> bool:
    """Say whether shapes are so many, or have so many vertices, that the app draws them from tiles."""
    return len(shapes) >= FROM_FEATURES or int(shapely.get_num_coordinates(shapes).sum()) >= FROM_VERTICES


def drawable(shapes: Shapes) -> Shapes:
    """Return shapes as they are cut: areas as outlines, lines simplified, nothing beyond the map; None for nothing."""
    drawn: Shapes = shapely.force_2d(shapes)
    areas = shapely.get_dimensions(drawn) == 2
    drawn[areas] = shapely.boundary(drawn[areas])
    bounds = shapely.bounds(drawn)
    beyond = (np.abs(bounds[:, [1, 3]]) > FARTHEST_NORTH).any(axis=1)
    drawn[beyond] = [shapely.clip_by_rect(one, -180, -FARTHEST_NORTH, 180, FARTHEST_NORTH) for one in drawn[beyond]]
    lines = shapely.get_dimensions(drawn) == 1
    drawn[lines] = shapely.simplify(drawn[lines], TOLERANCE, preserve_topology=False)
    bounds = shapely.bounds(drawn)
    short = lines & (np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) < SHORTEST)
    middles = (bounds[short, :2] + bounds[short, 2:]) / 2
    reach = np.array([SHORTEST / 2, 0])
    drawn[short] = shapely.linestrings(np.stack([middles - reach, middles + reach], axis=1))
    drawn[shapely.is_empty(drawn)] = None
    return drawn


def write_tiles(table: Path, file: Path) -> bool:
    """Write the shapes of a table that the reading process left as tiles; say whether there is anything to draw."""
    import pyarrow as pa

    from sco_map.own.worker import only_drivers

    only_drivers(*DRIVERS)
    import pyogrio.raw

    with pa.OSFile(str(table), "rb") as source:
        arrow = pa.ipc.open_file(source).read_all().select([NUMBER, GEOMETRY])
    numbers = arrow.column(NUMBER).to_numpy().astype(np.int32)
    shapes = drawable(shapely.from_wkb(np.array([*arrow.column(GEOMETRY).to_pylist(), None], dtype=object))[:-1])
    there = ~shapely.is_missing(shapes)
    if not there.any():
        return False
    has_lines = bool((shapely.get_dimensions(shapes[there]) == 1).any())
    most, units = (LINES_TO_ZOOM, LINE_UNITS) if has_lines else (POINTS_TO_ZOOM, POINT_UNITS)
    options = {
        "MINZOOM": str(LEAST_ZOOM),
        "MAXZOOM": str(most),
        "EXTENT": str(units),
        "BUFFER": str(units // MARGIN),
        "MAX_SIZE": NO_LIMIT,
        "MAX_FEATURES": NO_LIMIT,
        "SIMPLIFICATION": str(units // 2048),
        "SIMPLIFICATION_MAX_ZOOM": "0",
        "NAME": LAYER,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            file,
            shapely.to_wkb(shapes[there]),
            [numbers[there]],
            [FIELD],
            layer=LAYER,
            driver="PMTiles",
            crs="EPSG:4326",
            geometry_type="Unknown",
            dataset_options=options,
        )
    return True
