"""The steps of the heavy work: pure functions from a partition to a partition, which run alike here and on a cluster.

Each gets everything that it needs with the partition: no step opens a file or an address.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from sco_map.heavy.partitions import AT, WKB
from sco_map.model.geodesy import GEOD
from sco_map.own.lands import Lands, lines_in, read_lands, states_of
from sco_map.own.matching import Ours, matches_of, sampled
from sco_map.own.rows import DECIMALS
from sco_map.own.shapes import Numbers, Shapes, lengths_km, mended

REPAIRED, COUNTRIES, KM_BY_COUNTRY, KM = "repaired", "countries", "km_by_country", "km"
NEAREST, MEAN, FARTHEST = "nearest_km", "mean_km", "farthest_km"
DISTANCES = (NEAREST, MEAN, FARTHEST)
MATCH = "match"
WORLD_WIDTH = 360.0
STEEPEST = 85
"""Degrees of latitude beyond which the world is not squeezed any further."""

Box = tuple[float, float, float, float]

own_thread = threading.local()
"""The land that a thread has read."""


def read(part: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a partition whose geometry came as WKB, in WGS 84."""
    sent = np.array([*part[WKB], None], dtype=object)[:-1]  # of bytes alone numpy would make fixed widths
    shapes = shapely.from_wkb(sent, on_invalid="ignore")
    return gpd.GeoDataFrame({AT: part[AT].to_numpy()}, geometry=shapes, crs="EPSG:4326")


def repair(part: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows flat, valid and on the grid of the map; `repaired` names what was done to each."""
    shapes, done = mended(np.asarray(part.geometry.array, dtype=object))
    names = [" ".join(name for name in done if done[name][at]) for at in range(len(part))]
    return with_shapes(part, on_grid(shapes)).assign(**{REPAIRED: objects(names, part)})


def clip(part: gpd.GeoDataFrame, box: Box) -> gpd.GeoDataFrame:
    """Return what lies in a box of west, south, east and north; rows that do not touch it are left out."""
    shapes, area = shapes_of(part), shapely.box(*box)
    touching = shapely.intersects(shapes, area)
    part, shapes = part[touching], shapes[touching].copy()
    cut = ~shapely.contains_properly(area, shapes)
    shapes[cut] = lines_in(shapely.intersection(shapes[cut], area))
    return with_shapes(part, on_grid(shapes))


def split(part: gpd.GeoDataFrame, ground: bytes) -> gpd.GeoDataFrame:
    """Return the rows with the states that they lie in, and the km of a line in each; `ground` is the map's land."""
    countries, km = states_of(shapes_of(part), lands_here(ground))
    columns = {COUNTRIES: objects(countries, part), KM_BY_COUNTRY: objects(km, part)}
    return part.assign(**columns)


def length(part: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows with their geodesic length in km, NaN for what is no line."""
    return part.assign(**{KM: lengths_km(shapes_of(part))})


def distance(part: gpd.GeoDataFrame, corridor: bytes) -> gpd.GeoDataFrame:
    """Return the rows with their least, mean and greatest geodesic distance in km from the lines of a corridor (WKB).

    What is measured are points at equal steps along a row, each to the nearest point of the corridor.
    """
    shapes = shapes_of(part)
    there = np.flatnonzero(~shapely.is_missing(shapes))
    found = np.full((len(part), len(DISTANCES)), np.nan)
    if len(there):
        points = [sampled(shape) for shape in shapes[there]]
        ends = np.cumsum([len(some) for some in points])
        km = np.split(to_corridor(np.concatenate(points), corridor), ends[:-1])
        found[there] = [(some.min(), some.mean(), some.max()) for some in km]
    return part.assign(**{name: found[:, at] for at, name in enumerate(DISTANCES)})


def match(part: gpd.GeoDataFrame, ours: Ours, within_km: float) -> pd.DataFrame:
    """Return for each of a reader's rows the row of the map that is most like it."""
    return pd.DataFrame({AT: part[AT], MATCH: objects(matches_of(part, ours, within_km), part)})


def lands_here(ground: bytes) -> Lands:
    """Return the land for this thread: areas that are prepared for many questions answer one thread at a time."""
    if getattr(own_thread, "ground", None) != ground:
        own_thread.lands, own_thread.ground = read_lands(ground), ground
    lands: Lands = own_thread.lands
    return lands


def shapes_of(part: gpd.GeoDataFrame) -> Shapes:
    """Return the geometries of a partition on the grid of the map.

    A cut depends on the grid that a shape remembers, and it forgets it whenever it is sent: so every step sets it.
    """
    return on_grid(np.asarray(part.geometry.array, dtype=object))


def with_shapes(part: gpd.GeoDataFrame, shapes: Shapes) -> gpd.GeoDataFrame:
    """Return a partition with other geometries in the place of its own."""
    return part.set_geometry(gpd.GeoSeries(shapes, index=part.index, crs=part.crs))


def on_grid(shapes: Shapes) -> Shapes:
    """Return shapes with the decimals that every row of the map has."""
    found: Shapes = shapely.set_precision(shapes, 10**-DECIMALS, mode="pointwise")
    return found


def objects(values: Sequence[object], part: pd.DataFrame) -> pd.Series:
    """Return values, lists and records among them, as a column of a partition."""
    return pd.Series(list(values), index=part.index, dtype=object)


# -- the distance to a corridor ----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Band:
    """The pieces of a corridor as a degree of latitude sees them: squeezed, so that near is near."""

    scale: float
    pieces: Shapes
    tree: shapely.STRtree


@lru_cache(maxsize=2)
def pieces_of(corridor: bytes) -> Numbers:
    """Return both ends of all straight pieces of a corridor, once more a world further west and east."""
    coordinates, part = shapely.get_coordinates(shapely.get_parts(shapely.from_wkb(corridor)), return_index=True)
    inside = part[1:] == part[:-1]
    pieces = np.stack([coordinates[:-1][inside], coordinates[1:][inside]], axis=1)
    return np.concatenate([pieces + [turn * WORLD_WIDTH, 0.0] for turn in (0, -1, 1)])


@lru_cache(maxsize=64)
def band_of(corridor: bytes, degree: int) -> Band:
    """Return a corridor for points between a degree of latitude and the next."""
    scale = float(np.cos(np.radians(np.clip(degree + 0.5, -STEEPEST, STEEPEST))))
    pieces = shapely.linestrings(pieces_of(corridor) * [scale, 1.0])
    return Band(scale, pieces, shapely.STRtree(pieces))


def to_corridor(points: Numbers, corridor: bytes) -> Numbers:
    """Return for each point how many km of geodesic lie between it and the nearest point of a corridor."""
    km = np.empty(len(points))
    degrees: NDArray[np.int64] = np.floor(points[:, 1]).astype(np.int64)
    for degree in np.unique(degrees):
        here = degrees == degree
        band = band_of(corridor, int(degree))
        flat = shapely.points(points[here] * [band.scale, 1.0])
        lines = shapely.shortest_line(flat, band.pieces[band.tree.nearest(flat)])
        nearest = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1] / [band.scale, 1.0]
        km[here] = GEOD.inv(points[here, 0], points[here, 1], nearest[:, 0], nearest[:, 1])[2] / 1000
    return km
