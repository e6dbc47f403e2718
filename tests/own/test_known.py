"""Files of others are recognised by their columns, and their words are said in ours; all of them are made up here."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from sco_map.atlas import Atlas
from sco_map.own.adding import add_files
from sco_map.own.cells import cleaned, number_in, year_in
from sco_map.own.known import KNOWN
from sco_map.own.reading import read_file
from sco_map.own.rows import OwnLayer
from sco_map.own.shapes import is_around_way, middle_line
from sco_map.own.values import capacity_of, countries_in, millimetres
from tests.own import files

EMPTY = {"type": "GeometryCollection", "geometries": []}
GEM = {
    "ProjectID": "P0001",
    "PipelineName": "Synthetic Gas Pipeline",
    "SegmentName": "Main",
    "Wiki": "https://wiki.example/p0001",
    "Status": "mothballed",
    "CountriesOrAreas": "Uzbekistan; Turkmenistan",
    "Fuel": "Gas",
    "StartYear1": "1998",
    "CapacityBcm/y": "25.5",
    "LengthMergedKm": "210.5",
    "Diameter": "48",
    "DiameterUnits": "in",
    "Owner": "--",
}


def layer(shipped: Atlas, path: Path) -> OwnLayer:
    """Return a file as a layer of the shipped map."""
    return add_files(shipped, [path])[1][0]


def test_a_tracker_of_pipelines_as_geojson(shipped: Atlas, tmp_path: Path) -> None:
    path = files.geojson(
        tmp_path / "tracker.geojson",
        files.feature(files.line(), **GEM),
        files.feature(
            {"type": "GeometryCollection", "geometries": []}, **GEM | {"Status": "proposed", "StartYear1": 2031}
        ),
        files.feature(files.line((60, 41), (61, 41)), **GEM | {"Status": "Cancelled", "Fuel": "Oil"}),
    )
    found = layer(shipped, path)
    assert (found.file.known, KNOWN["gem"].title) == ("gem", "Global Energy Monitor's tracker")
    first, empty, stroke = (row for _, row in found.rows.iterrows())
    assert (first["title_en"], first["kind"], first["status"]) == (
        "Synthetic Gas Pipeline: Main",
        "gas_pipeline",
        "idle",
    )
    assert (first["capacity"], first["capacity_unit"], first["diameter_mm"]) == (25.5, "bcm/yr", 1219)
    assert first["published_lengths"] == [{"km": 210.5, "scope": "LengthMergedKm", "source": "own_tracker"}]
    assert "ProjectID: P0001" in first["note"]
    assert (empty["countries"], empty.geometry) == (["UZB", "TKM"], None)
    assert empty["promises"] == [{"opens": "2031", "source": "own_tracker"}]
    assert (stroke["kind"], stroke["status"], stroke["accuracy_basis"]) == ("oil_pipeline", "cancelled", "schematic")
    assert found.notes == (
        "tracker.geojson: 1 feature without a geometry: in the table, not on the map",
        "tracker.geojson: 1 line with two points only: marked as schematic",
    )


def test_a_tracker_of_pipelines_as_csv_with_routes(shipped: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "tracker.csv"
    route = "MULTILINESTRING ((60 41, 61 41.5), (61 41.5, 62 41))"
    rows = [list(GEM) + ["WKTFormat"], list(GEM.values()) + [route], list(GEM.values()) + ["--"]]
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    found = layer(shipped, path)
    assert found.file.known == "gem"
    assert found.rows.loc[0, "length_km"] == pytest.approx(201.1, abs=0.5)
    assert found.rows.loc[1].geometry is None


def test_projects_with_areas_around_ways_become_lines(shipped: Atlas, tmp_path: Path) -> None:
    way = shapely.LineString([(60, 41), (61, 41.4), (62, 41.2), (62.5, 40.5)])
    shapes = [way.buffer(0.002), shapely.box(60, 40, 60.1, 40.1)]
    facts = {
        "id": [1, 2],
        "Title": ["Synthetic railway", "Synthetic plant"],
        "Recipient.ISO-3": ["UZB", "TKM"],
        "Status": ["Completion", "Pipeline: Commitment"],
        "Completion.Year": ["2016.0", None],
        "osm_precision_list": ["precise", "precise"],
    }
    path = tmp_path / "projects.geojson"
    gpd.GeoDataFrame(facts, geometry=shapes, crs="EPSG:4326").to_file(path, driver="GeoJSON")
    found = layer(shipped, path)
    assert found.file.known == "aiddata"
    assert list(found.rows.geometry.geom_type) == ["LineString", "Polygon"]
    assert list(found.rows["status"]) == ["operating", "planned"]
    assert found.rows.loc[0, "phases"][0]["from"] == "2016"
    assert found.rows.loc[0].geometry.hausdorff_distance(way) < 0.015
    assert found.notes[0] == "projects.geojson: 1 area around a way turned into the line in its middle"


def test_the_middle_of_an_area_around_a_bent_way() -> None:
    way = shapely.LineString([(0, 0), (3, 0), (3, 3), (0, 3), (0, 1)])
    area = way.buffer(0.02)
    assert is_around_way(area)
    assert not is_around_way(shapely.box(0, 0, 1, 2))
    assert middle_line(area).hausdorff_distance(way) < 0.15
    assert middle_line(area).length == pytest.approx(way.length, rel=0.02)


def test_ways_of_overpass(shipped: Atlas, tmp_path: Path) -> None:
    route = [{"lon": x, "lat": y} for x, y in files.ROUTE]
    elements = [
        {"type": "way", "id": 1, "geometry": route, "tags": {"railway": "rail", "gauge": "1520", "name": "Main"}},
        {"type": "way", "id": 2, "geometry": route, "tags": {"railway": "construction", "construction": "rail"}},
        {"type": "way", "id": 3, "geometry": route, "tags": {"man_made": "pipeline", "substance": "gas"}},
        {"type": "way", "id": 4, "geometry": route, "tags": {"railway": "abandoned"}},
    ]
    path = tmp_path / "osm.json"
    path.write_text(json.dumps({"generator": "Overpass API", "elements": elements}), encoding="utf-8")
    rows = layer(shipped, path).rows
    assert list(rows["kind"]) == ["rail", "rail", "gas_pipeline", "rail"]
    assert list(rows["status"].fillna("")) == ["operating", "construction", "operating", "retired"]
    assert list(rows["gauge_mm"].fillna(0)) == [1520, 0, 0, 0]


def test_natural_earth_and_un_locode(shipped: Atlas, tmp_path: Path) -> None:
    path = files.geojson(
        tmp_path / "ne.geojson", files.feature(files.line(), featurecla="Railroad", scalerank=4, name="Trunk")
    )
    found = layer(shipped, path)
    assert (found.file.known, found.rows.loc[0, "kind"]) == ("natural_earth", "rail")
    path = tmp_path / "locode.csv"
    head = "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,IATA,Coordinates,Remarks"
    rows = (",KZ,AAU,Aqtaý,Aktau,,AI,1-3-----,0001,,4339N 05109E,", ",UZ,TAS,Tashkent,Tashkent,,AI,-23-----,0001,,,")
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    found = layer(shipped, path)
    assert found.file.known == "unlocode"
    assert (found.rows.loc[0, "title_en"], found.rows.loc[0, "kind"]) == ("Aktau", "port")
    assert found.rows.loc[0].geometry.coords[0] == pytest.approx((51.15, 43.65))
    assert found.rows.loc[1].geometry is None


def test_any_other_file_is_none_of_them(tmp_path: Path) -> None:
    assert read_file(files.geojson(tmp_path / "a.geojson")).known is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1,234.5", 1234.5), ("1.234,5", 1234.5), ("12,5", 12.5), ("1,234", 1234), ("1 234 km", 1234), ("−3", -3)),
        *(("x", None), ("1e3", 1000), ("1e999", None), ("90 km", 90), ("1.234.567", 1234567)),
    ],
)  # fmt: skip
def test_numbers_of_every_locale(text: str, value: float | None) -> None:
    assert number_in(text) == value


@pytest.mark.parametrize("text", ['["CHN", "KGZ"]', '["CHN","KGZ"]', "China; Kyrgyzstan", "chn/kgz"])
def test_states_in_a_list_or_in_words(text: str) -> None:
    unknown: Counter[str] = Counter()
    names = {"china": "CHN", "kyrgyzstan": "KGZ", "chn": "CHN", "kgz": "KGZ"}
    assert countries_in(text, names, unknown) == ["CHN", "KGZ"]
    assert not unknown
    assert countries_in("[]", names, unknown) == [] and not unknown


def test_years_capacities_and_diameters() -> None:
    assert [year_in(text) for text in ("2011.0", "05/2014", "Q3 2031", "1e9", None)] == [2011, 2014, 2031, None, None]
    assert capacity_of("12", None, "CapacityBcm/y") == (12, "bcm/yr")
    assert capacity_of("450", "MW", "Capacity") == (450, "MW")
    assert capacity_of("1,000,000", "bpd", "Capacity") == (49.795, "Mt/yr")
    assert capacity_of("12", None, "Capacity") is None
    assert (millimetres("48", "in", 100, 2000), millimetres("1420", None, 100, 2000)) == (1219, 1420)
    assert millimetres("48", None, 100, 2000) is None
    assert cleaned("a\u2028b\u202ec\x00d", 10) == "a bc d"
