"""A rebuilt railway or road and the old line under it are one track: sums count its kilometres once."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from sco_map.atlas import Selection, load_atlas, select, summarise, totals
from sco_map.atlas.tracks import tracks_of

LINE = shapely.LineString([(0, 0), (1, 0)])


def table(*rows: tuple[str, str, int | None, str, str, float]) -> gpd.GeoDataFrame:
    """Return rows of (id, kind, string, places, status, km), all of one country, each a project of its own."""
    records = [
        {
            "id": id_,
            "kind": kind,
            "string": string,
            "places": list(places),
            "status": status,
            "length_km": km,
            "countries": ["AAA"],
            "km_by_country": {"AAA": km},
            "projects": [id_.split("__")[0]],
            "layer": "ways",
            "gauge_mm": 1520,
        }
        for id_, kind, string, places, status, km in rows
    ]
    return gpd.GeoDataFrame(records, geometry=[LINE] * len(records), crs="EPSG:4326")


OLD = ("old__line", "rail", 1, "abc", "operating", 100.0)
NEW = ("new__line", "rail", 2, "abc", "planned", 100.0)
OTHER = ("other__line", "rail", None, "abc", "operating", 130.0)
PIPES = (
    ("gas__a", "gas_pipeline", 1, "abc", "operating", 50.0),
    ("gas__b", "gas_pipeline", 2, "abc", "operating", 50.0),
)


def test_a_rebuilt_line_adds_nothing_to_the_old_one_and_counts_alone() -> None:
    assert totals(table(NEW, OLD)).km == 100
    assert totals(table(NEW, OLD)).lines == 2
    assert totals(table(NEW)).km == 100
    assert totals(table(OLD, OTHER)).km == 230, "another line between the same places is a line of its own"
    assert totals(table(*PIPES)).km == 100, "parallel pipelines are two pipelines"


def test_each_group_counts_a_track_once() -> None:
    rows = table(NEW, OLD, *PIPES)
    sums = {
        by: dict(zip(*map(summarise(rows, by).get, (by, "km")), strict=True)) for by in ("country", "status", "kind")
    }
    assert sums["country"] == {"AAA": 200}
    assert sums["kind"] == {"rail": 100, "gas_pipeline": 100}
    assert sums["status"] == {"operating": 200, "planned": 100}
    projects = summarise(rows, "project").set_index("project")["km"]
    assert (projects["new"], projects["old"]) == (100, 100)


@pytest.mark.parametrize("query", ["country=PAK&kind=rail,road", ""])
def test_no_shipped_track_counts_twice(query: str) -> None:
    atlas = load_atlas()
    rows = select(atlas, Selection.from_query(query))
    lines = rows[rows.geometry.notna() & rows["kind"].isin(["rail", "road"]) & rows["status"].notna()]
    shapes = {}
    for geometry, km in zip(lines.geometry, lines["length_km"], strict=True):
        if km == km:
            shapes[geometry.wkb] = km
    counted = lines[tracks_of(lines) == lines["id"]]
    assert totals(lines).km == pytest.approx(sum(shapes.values()), abs=0.1)
    assert len(counted) < len(lines)
