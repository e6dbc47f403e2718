"""Count rows and add up kilometres; a row is one stretch, so what several projects share is counted once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from sco_map.atlas.tracks import tracks_of
from sco_map.model.own import PREFIX
from sco_map.model.phases import opening_year

GROUPS = ("country", "status", "kind", "project", "layer", "gauge")
COLUMN_OF = {"status": "status", "kind": "kind", "layer": "layer", "gauge": "gauge_mm"}

Ancestors = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Totals:
    """What a selection adds up to: rows; of those with a status the lines, their km, and the countries."""

    count: int
    lines: int
    km: float
    countries: int


def totals(rows: gpd.GeoDataFrame) -> Totals:
    """Return the sums over `rows`, every row counted once whatever number of projects use it, every track once."""
    lengths = counted_km(once(rows[is_counted(rows)]))
    return Totals(
        count=len(rows),
        lines=int(counted_km(rows).notna().sum()),
        km=round(float(lengths.sum()), 2),
        countries=len({code for codes in rows.loc[is_counted(rows), "countries"] for code in codes}),
    )


def is_counted(rows: gpd.GeoDataFrame) -> pd.Series:
    """Tell which rows count in sums of km and countries: what is built or planned somewhere: no river, no agreement.

    Of a reader's own files it is whatever has a place, since many say no status. The page counts by the same
    rule (`isCounted` in web/src/facts/filter.ts).
    """
    counted: pd.Series = (rows["status"].notna() | rows["layer"].str.startswith(PREFIX)) & rows.geometry.notna()
    return counted


def counted_km(rows: gpd.GeoDataFrame) -> pd.Series:
    """Return the km of each row that count in sums, null for the others."""
    lengths: pd.Series = rows["length_km"].where(is_counted(rows))
    return lengths


def once(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return `rows` without those on the track of another of them: a rebuilt line beside the old one."""
    return rows[tracks_of(rows) == rows["id"]]


def summarise(rows: gpd.GeoDataFrame, by: str, ancestors: Ancestors | None = None) -> pd.DataFrame:
    """Return `count` of rows and `km` for every value of `by`: country, status, kind, project, layer or gauge.

    A row that lies in several countries counts in each of them, with the kilometres that lie there; a row
    that several projects use counts for each, so these sums exceed the total. With `ancestors` a project also
    gets what lies below it in the tree, once. Rows without the value are left out. Sorted by km, then by value.
    """
    if by not in GROUPS:
        raise ValueError(f"by is one of {', '.join(GROUPS)}, not {by!r}")
    shares = pd.DataFrame(list(shares_of(rows, by, ancestors)), columns=[by, "count", "km", "track", "is_first"])
    shares = shares.sort_values("is_first", ascending=False, kind="stable")
    shares.loc[shares.duplicated([by, "track"]), "km"] = 0.0
    sums = shares.groupby(by, as_index=False).agg(count=("count", "sum"), km=("km", "sum"))
    sums["km"] = sums["km"].astype("float64").round(2)
    sums["count"] = sums["count"].astype("int64")
    return sums.sort_values(["km", "count", by], ascending=[False, False, True], ignore_index=True)


Share = tuple[Any, int, float, str, bool]


def shares_of(rows: gpd.GeoDataFrame, by: str, ancestors: Ancestors | None) -> Iterator[Share]:
    """Yield for every row and every value of `by` it has: the value, 1, the kilometres that belong to it, its track.

    Last comes whether the track is the row's own.
    """
    lengths = counted_km(rows).fillna(0.0)
    tracks = tracks_of(rows)
    named = list(zip(tracks, tracks == rows["id"], strict=True))
    if by == "country":
        built = is_counted(rows)
        shown = zip(rows["countries"], rows["km_by_country"], built, named, strict=True)
        for countries, km_by_country, counts, track in shown:
            for code in dict.fromkeys(countries):
                yield code, 1, km_by_country.get(code, 0.0) if counts else 0.0, *track
    elif by == "project":
        for projects, km, track in zip(rows["projects"], lengths, named, strict=True):
            above = [id_ for project in projects for id_ in (ancestors(project) if ancestors else ())]
            for project in dict.fromkeys([*projects, *above]):
                yield project, 1, km, *track
    else:
        for value, km, track in zip(rows[COLUMN_OF[by]], lengths, named, strict=True):
            if not pd.isna(value):
                yield value, 1, km, *track


def opened_by_year(rows: gpd.GeoDataFrame) -> pd.Series:
    """Return the kilometres that began to operate in each year (index `year`, ascending, only years with any).

    The first operating phase counts; rows whose opening year is unknown, and rows that never opened, do not.
    """
    years = [opening_year(phases) for phases in rows["phases"]]
    opened = pd.DataFrame({"year": years, "km": rows["length_km"].to_numpy()}).dropna()
    sums = opened.astype({"year": "int64"}).groupby("year")["km"].sum().round(2)
    return sums[sums > 0]
