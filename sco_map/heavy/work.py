"""The heavy work whole: measure a table, put a reader's layer beside the map, find where shapes lie, on any engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sco_map.atlas import Atlas, Selection, select
from sco_map.heavy import steps
from sco_map.heavy.engines import Engine, Step, Threads
from sco_map.heavy.partitions import AT, as_sent, partitions, put_together
from sco_map.heavy.steps import COUNTRIES, DISTANCES, KM, KM_BY_COUNTRY, REPAIRED, Box
from sco_map.model.texts import counted
from sco_map.own.adding import split_name
from sco_map.own.errors import OwnDataError
from sco_map.own.guess import GEOMETRY_TARGETS
from sco_map.own.lands import LAND, Located
from sco_map.own.matching import NEAR_KM, Matching, ours_of
from sco_map.own.reading import read_file
from sco_map.own.rows import OwnLayer
from sco_map.own.shapes import REPAIRS, Repairs, Shapes

PREFIX = "sco_"
"""How the columns begin that measuring adds, so that none of a reader's is overwritten."""

DECIMALS = 2


@dataclass(frozen=True, eq=False)
class Measured:
    """A table with what was measured of its rows, in their order, and what is to be said of it.

    `rows` have the table's own columns, then `sco_repaired`, `sco_countries` (ISO codes in the order of the drawing),
    `sco_km_by_country`, `sco_km`, with a corridor `sco_nearest_km`, `sco_mean_km` and `sco_farthest_km`, then the
    geometry, repaired and clipped (WGS 84).
    """

    rows: gpd.GeoDataFrame
    repairs: Repairs
    outside: int = 0
    """How many rows were left out because they do not touch the box that was asked for."""

    def summary(self) -> list[dict[str, object]]:
        """Return rows and km for each state, the longest first; a row in several states counts in each."""
        km: dict[str, float] = {}
        count: dict[str, int] = {}
        for countries, by_country in zip(self.rows[PREFIX + COUNTRIES], self.rows[PREFIX + KM_BY_COUNTRY], strict=True):
            for code in countries:
                count[code] = count.get(code, 0) + 1
                km[code] = km.get(code, 0.0) + by_country.get(code, 0.0)
        order = sorted(count, key=lambda code: (-round(km[code], DECIMALS), code))
        states: list[dict[str, object]] = [
            {"country": code, "count": count[code], "km": round(km[code], DECIMALS)} for code in order
        ]
        total = {
            "country": "total",
            "count": len(self.rows),
            "km": round(float(self.rows[PREFIX + KM].sum()), DECIMALS),
        }
        return [*states, total]


def measure(
    table: gpd.GeoDataFrame,
    atlas: Atlas,
    *,
    corridor: str | None = None,
    box: Box | None = None,
    engine: Engine | None = None,
) -> Measured:
    """Return a table repaired, clipped to a box, split by the states of the map, with lengths and distances.

    `corridor` is a project of the map, distances from whose lines are measured; the table may be in any reference
    system. The result is the same, to the byte, on every engine. Raises EngineError, and SelectionError for a corridor
    that the map does not have.
    """
    if table.crs is None:
        raise OwnDataError("the table does not say in which reference system it is; set its crs, such as EPSG:4326")
    own = table.to_crs("EPSG:4326")
    shapes: Shapes = np.asarray(own.geometry.array, dtype=object)
    chain = [Step(steps.read), Step(steps.repair)]
    chain += [Step(steps.clip, (box,))] if box is not None else []
    chain += [Step(steps.split, (atlas.ground.get(LAND, b""),)), Step(steps.length)]
    chain += [Step(steps.distance, (lines_of(atlas, corridor),))] if corridor is not None else []
    found = put_together((engine or Threads()).run(partitions(as_sent(shapes), shapes), chain))
    added = {PREFIX + name: found[name] for name in (REPAIRED, COUNTRIES, KM_BY_COUNTRY)}
    added |= {PREFIX + name: found[name].round(DECIMALS) for name in (KM, *DISTANCES) if name in found}
    kept = pd.DataFrame(own.drop(columns=own.geometry.name)).iloc[found[AT]].reset_index(drop=True)
    geometry = gpd.GeoSeries(found["geometry"].to_numpy(), crs="EPSG:4326")
    rows = gpd.GeoDataFrame(kept.assign(**added), geometry=geometry)
    counts = {
        name: int(found[REPAIRED].str.split().map(lambda words, name=name: name in words).sum()) for name in REPAIRS
    }
    return Measured(rows, Repairs({name: count for name, count in counts.items() if count}), len(table) - len(rows))


def measure_files(
    atlas: Atlas,
    files: Sequence[str | Path],
    *,
    said: Mapping[str, str] | None = None,
    crs: str | None = None,
    corridor: str | None = None,
    box: Box | None = None,
    engine: Engine | None = None,
) -> tuple[Measured, list[str]]:
    """Return the rows of a reader's files measured, and what is to be said of them.

    Each file is read by a process of its own on this machine, as `sco_map.own.reading` does; only its shapes are sent
    to other ones. Of several files, `sco_file` says whose a row is. Raises OwnDataError, EngineError and
    SelectionError.
    """
    tables, notes, names = [], [], []
    said = said or {}
    if wrong := [ours for ours in said if ours not in GEOMETRY_TARGETS]:
        raise OwnDataError(f"measuring needs no column {wrong[0]!r}; --map names {listed_targets()} of a table")
    for text in files:
        path, layer = split_name(str(text))
        file = read_file(path, layer=layer, crs=crs, columns=said, mend=False)
        tables.append(measure(file.frame, atlas, corridor=corridor, box=box, engine=engine))
        notes += [*file.notes, *(f"{file.name}: {sentence}" for sentence in tables[-1].repairs.sentences())]
        if tables[-1].outside:
            notes.append(f"{file.name}: {counted(tables[-1].outside, 'row')} outside the box left out")
        names.append(file.title)
    if len(tables) == 1:
        return tables[0], notes
    rows = [one.rows.assign(**{PREFIX + "file": name}) for one, name in zip(tables, names, strict=True)]
    counts = Counter[str]()
    for one in tables:
        counts.update(one.repairs.counts)
    whole = gpd.GeoDataFrame(pd.concat(rows, ignore_index=True), geometry="geometry", crs="EPSG:4326")
    return Measured(whole, Repairs(counts), sum(one.outside for one in tables)), notes


def listed_targets() -> str:
    """Return the columns of a table that hold its geometry, as a person would list them."""
    *most, last = GEOMETRY_TARGETS
    return f"{', '.join(most)} and {last}"


def lines_of(atlas: Atlas, project: str) -> bytes:
    """Return the lines of a project of the map as WKB; raises SelectionError where it is unknown, or has none."""
    rows = select(atlas, Selection.from_query({"project": [project]}).checked(atlas))
    shapes = np.asarray(rows.geometry.array, dtype=object)
    lines = shapely.get_parts(shapes[np.isin(shapely.get_type_id(shapes), (1, 5))])
    if not len(lines):
        raise OwnDataError(f"the project {project!r} has no line on the map, from which a distance could be measured")
    return bytes(shapely.to_wkb(shapely.MultiLineString(list(lines))))


def match(atlas: Atlas, layer: OwnLayer, *, within_km: float = NEAR_KM, engine: Engine | None = None) -> Matching:
    """Return the rows of a reader's layer beside those of the map.

    A row and one of ours count as the same by their names, by how far they lie apart (up to `within_km` on average) and
    by their states; kinds that both know must agree.
    """
    rows = layer.rows.assign(**{AT: np.arange(len(layer.rows))})
    parts = partitions(rows, np.asarray(rows.geometry.array, dtype=object), rows=100)
    chain = [Step(steps.match, (ours_of(atlas), within_km))]
    found = put_together((engine or Threads()).run(parts, chain))
    return Matching(layer.title, tuple(found[steps.MATCH]), layer.notes)


def locating(engine: Engine) -> Callable[[Shapes, bytes], Located]:
    """Return a function that finds on an engine where shapes lie: states, km in each, lengths."""

    def located(shapes: Shapes, ground: bytes) -> Located:
        chain = [Step(steps.read), Step(steps.split, (ground,)), Step(steps.length)]
        found = put_together(engine.run(partitions(as_sent(shapes), shapes), chain))
        return list(found[COUNTRIES]), list(found[KM_BY_COUNTRY]), found[KM].to_numpy()

    return located
