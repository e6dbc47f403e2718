"""Cut a table into partitions of neighbours and put the results together again, in the order of the table."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sco_map.own.shapes import Shapes

AT = "at"
"""The column with the place of a row in the whole table."""

WKB = "wkb"
MOST_ROWS, MOST_VERTICES = 2_000, 100_000
"""Of one partition: some megabytes, and a second or less of work."""


def neighbours(shapes: Shapes) -> np.ndarray:
    """Return the numbers of the shapes along a Hilbert curve: what lies side by side comes one after the other.

    Shapes that have no position come last. Neighbours meet the same few states, which are then looked up once.
    """
    boxes = shapely.bounds(shapes)
    there = np.isfinite(boxes).all(axis=1)
    known = np.flatnonzero(there)
    if not len(known):
        return np.arange(len(shapes))
    along = gpd.GeoSeries(shapely.box(*boxes[known].T)).hilbert_distance().to_numpy()
    return np.concatenate([known[np.argsort(along, kind="stable")], np.flatnonzero(~there)])


def partitions(
    frame: pd.DataFrame, shapes: Shapes, *, rows: int = MOST_ROWS, vertices: int = MOST_VERTICES
) -> list[pd.DataFrame]:
    """Return a table cut into partitions of at most so many rows, and vertices where one shape has no more."""
    order = neighbours(shapes)
    counts = shapely.get_num_coordinates(shapes[order])
    cuts, held = [0], 0
    for at, count in enumerate(counts):
        if at > cuts[-1] and (held + count > vertices or at - cuts[-1] == rows):
            cuts.append(at)
            held = 0
        held += int(count)
    ends = [*cuts[1:], len(order)]
    return [frame.iloc[order[first:end]] for first, end in zip(cuts, ends, strict=True)]


def as_sent(shapes: Shapes) -> pd.DataFrame:
    """Return what a worker is given of shapes: their places in the table, and WKB."""
    return pd.DataFrame({AT: np.arange(len(shapes)), WKB: pd.Series(shapely.to_wkb(shapes), dtype=object)})


def put_together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the results of all partitions as one table, in the order of the whole."""
    return pd.concat(list(parts), ignore_index=True).sort_values(AT, kind="stable", ignore_index=True)
