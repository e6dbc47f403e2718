"""Tell which rows are one track: a railway or road that is rebuilt, and the old line under it."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from sco_map.model.kinds import ONE_TRACK


def tracks_of(rows: gpd.GeoDataFrame) -> pd.Series:
    """Return for every row the id of the track that it is: its own, or that of the line among `rows` it repeats.

    A second string of a railway or road on the way of the first is the same track, rebuilt or doubled, so that sums
    count its kilometres once; parallel pipelines are lines of their own. The page has the same rule
    (web/src/facts/tracks.ts).
    """
    numbers = rows["string"].astype("Float64").fillna(1)
    keys = [
        (kind, tuple(places)) if kind in ONE_TRACK and len(places) > 1 else None
        for kind, places in zip(rows["kind"], rows["places"], strict=True)
    ]
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    for key, _, id_ in sorted(zip(keys, numbers, rows["id"], strict=True), key=lambda entry: (entry[1], entry[2])):
        if key is not None:
            first.setdefault(key, id_)
    return pd.Series(
        [
            first[key] if key is not None and number > 1 else id_
            for key, number, id_ in zip(keys, numbers, rows["id"], strict=True)
        ],
        index=rows.index,
        dtype="object",
    )
