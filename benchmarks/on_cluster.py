"""What the heavy work costs on threads and on a Dask cluster of one and of two workers, beside one thread."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from benchmarks.timing import Row, report, timed
from sco_map.atlas import Atlas, load_atlas
from sco_map.heavy.engines import Engine, Threads, engine_of
from sco_map.heavy.work import Measured, measure
from tests.heavy.cluster import running

CORRIDOR = "middle_corridor"
SHIFT = 0.02
"""Degrees between two copies of a line."""


def copies(atlas: Atlas, times: int) -> gpd.GeoDataFrame:
    """Return the lines of the map so many times, each copy a little beside the one before."""
    lines = atlas.rows[np.isin(shapely.get_type_id(np.asarray(atlas.rows.geometry.array)), (1, 5))][["id", "geometry"]]
    shifted = [lines.assign(geometry=lines.translate(SHIFT * number, SHIFT * number)) for number in range(times)]
    return gpd.GeoDataFrame(pd.concat(shifted, ignore_index=True), crs=lines.crs)


def measured(table: gpd.GeoDataFrame, atlas: Atlas, engine: Engine, _: int) -> Measured:
    """Measure a table on an engine."""
    return measure(table, atlas, corridor=CORRIDOR, engine=engine)


def cluster_rows(atlas: Atlas, *, times: int = 10, repeats: int = 3) -> Iterator[Row]:
    """Yield what measuring a large table costs on each engine; all of them must give the same bytes."""
    table = copies(atlas, times)
    vertices = int(shapely.get_num_coordinates(np.asarray(table.geometry.array)).sum())
    name = f"measure {len(table):,} lines, {vertices:,} vertices"
    expected = measured(table, atlas, Threads(1), 0).rows.to_json()
    alone = timed(partial(measured, table, atlas, Threads(1)), repeats=repeats, warmups=0)
    yield Row(f"{name}: one thread", alone)
    threads = timed(partial(measured, table, atlas, Threads(2)), repeats=repeats)
    yield Row(f"{name}: two threads", threads, alone, "", "beside it: one thread")
    for count in (1, 2):
        with tempfile.TemporaryDirectory() as folder, running(Path(folder), count) as processes:
            engine = engine_of("dask", processes.address)
            engine.client.wait_for_workers(count, timeout=60)  # type: ignore[attr-defined]
            if measured(table, atlas, engine, 0).rows.to_json() != expected:
                raise SystemExit(f"{count} workers do not give the bytes of one thread")
            there = timed(partial(measured, table, atlas, engine), repeats=repeats, warmups=0)
            engine.close()
        yield Row(f"{name}: Dask, {count} worker{'s' * (count > 1)}", there, alone, "", "beside it: one thread")


def main() -> None:
    """Print these rows alone."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.on_cluster", description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how often the lines of the map are copied")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}\n")
    for line in report(cluster_rows(load_atlas(), times=options.times, repeats=options.repeats)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
