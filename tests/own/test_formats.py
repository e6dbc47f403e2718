"""Every format that a reader may bring is read back, in whatever reference system, with its columns recognised."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sco_map.own.reading import OwnFile, read_file
from sco_map.own.shapes import lengths_km
from tests.own import files

KM = 201.1
"""About the length of the line in the files."""

HEAD = ("Name", "Status", "Country", "Year", "Capacity")
WKT = "LINESTRING (60 41, 61 41.5, 62 41)"


def table(path: Path, delimiter: str = ",") -> Path:
    """Write a CSV file with the line as WKT."""
    facts = [f'"{WKT}"' if delimiter == "," else WKT, *(str(files.FACTS[name]) for name in HEAD)]
    path.write_text(delimiter.join(["WKT", *HEAD]) + "\n" + delimiter.join(facts) + "\n", encoding="utf-8-sig")
    return path


def flatgeobuf(path: Path) -> Path:
    files.frame().to_file(path, driver="FlatGeobuf")
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "geojson": lambda folder: files.geojson(folder / "a.geojson"),
    "json": lambda folder: files.geojson(folder / "a.json"),
    "gpkg": lambda folder: files.gpkg(folder / "a.gpkg"),
    "gpkg in metres": lambda folder: files.gpkg(folder / "a.gpkg", crs="EPSG:32641"),
    "fgb": lambda folder: flatgeobuf(folder / "a.fgb"),
    "shp.zip": lambda folder: files.shapefile(folder / "a.shp.zip", folder),
    "shp.zip in metres": lambda folder: files.shapefile(folder / "a.zip", folder, "EPSG:3857"),
    "csv": lambda folder: table(folder / "a.csv"),
    "csv with semicolons": lambda folder: table(folder / "a.csv", ";"),
    "tsv": lambda folder: table(folder / "a.tsv", "\t"),
    "xlsx": lambda folder: files.workbook(
        folder / "a.xlsx", [["wkt", *HEAD], [WKT, *(files.FACTS[name] for name in HEAD)]]
    ),
    "parquet": lambda folder: files.parquet(folder / "a.parquet"),
    "parquet in metres": lambda folder: files.parquet(folder / "a.parquet", "EPSG:3857"),
    "zip of one geojson": lambda folder: files.packed(
        folder / "a.zip", {"a.geojson": files.geojson(folder / "b.geojson").read_bytes()}
    ),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_line_of_every_format_is_read_back(name: str, tmp_path: Path) -> None:
    found = read_file(MAKERS[name](tmp_path))
    assert len(found) == 1
    (km,) = lengths_km(np.asarray(found.frame.geometry.array))
    assert km == pytest.approx(KM, abs=1)
    facts = found.frame.iloc[0]
    assert [facts[column] for column in HEAD] == ["Synthetic line", "construction", "Uzbekistan", "2031", "12 bcm/y"]
    assert found.frame.crs.to_epsg() == 4326


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_kml_and_kmz_are_read_with_their_extended_data(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{ending}"
    if ending == "kml":
        path.write_text(files.kml(), encoding="utf-8")
    else:
        files.packed(path, {"doc.kml": files.kml()})
    found = read_file(path)
    assert found.frame.loc[0, "Name"] == "Synthetic line"
    assert found.frame.loc[0, "Status"] == "construction"
    (km,) = lengths_km(np.asarray(found.frame.geometry.array))
    assert km == pytest.approx(KM, abs=1)


def points(text: str, tmp_path: Path) -> OwnFile:
    """Return what a CSV file with this text holds."""
    path = tmp_path / "points.csv"
    path.write_text(text, encoding="utf-8")
    return read_file(path)


@pytest.mark.parametrize("head", ["lon,lat", "Longitude,LATITUDE", "x,y", "долгота,широта", "经度,纬度"])
def test_points_of_a_table_are_found_by_the_names_of_their_columns(head: str, tmp_path: Path) -> None:
    found = points(f"name,{head}\nTashkent,69.28,41.31\n", tmp_path)
    assert found.frame.geometry.iloc[0].coords[0] == (69.28, 41.31)
    assert found.columns == ("name",)


def test_a_decimal_comma_and_a_blank_cell_are_understood(tmp_path: Path) -> None:
    found = points('name;lon;lat\nTashkent;69,28;41,31\nNowhere;;"--"\n', tmp_path)
    assert found.frame.geometry.iloc[0].coords[0] == (69.28, 41.31)
    assert found.notes == ("points.csv: 1 feature without a geometry: in the table, not on the map",)


def test_the_reader_may_name_the_columns_of_the_positions(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("name,east,north\nTashkent,69.28,41.31\n", encoding="utf-8")
    found = read_file(path, columns={"lon": "east", "lat": "north"})
    assert found.frame.geometry.iloc[0].coords[0] == (69.28, 41.31)


def test_metres_of_a_table_are_brought_into_degrees(tmp_path: Path) -> None:
    path = tmp_path / "metres.csv"
    path.write_text("name,x,y\nHere,500000,4600000\n", encoding="utf-8")
    found = read_file(path, crs="EPSG:32642")
    assert found.frame.geometry.iloc[0].x == pytest.approx(69.0)
    assert found.frame.geometry.iloc[0].y == pytest.approx(41.55, abs=0.01)


def test_a_layer_of_several_is_named(tmp_path: Path) -> None:
    found = read_file(files.gpkg(tmp_path / "two.gpkg", "gas", "oil"), layer="oil")
    assert (found.layer, found.layers, found.title) == ("oil", ("gas", "oil"), "two.gpkg: oil")


def test_a_sheet_of_several_is_named(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "book.xlsx", [["name", "lon", "lat"], ["A", 69.28, 41.31]], sheet="Towns")
    assert read_file(path, layer="Towns").layer == "Towns"


def test_geometry_is_repaired_and_counted(tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[60, 40], [61, 41], [61, 40], [60, 41], [60, 40]]]}
    spot = files.line((60, 40), (60, 40))
    mixed = {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [60, 40]}, files.line()]}
    path = files.geojson(
        tmp_path / "broken.geojson",
        *(files.feature(shape, name=str(at)) for at, shape in enumerate((bow, spot, mixed, None))),
    )
    found = read_file(path)
    kinds = [None if shape is None else shape.geom_type for shape in found.frame.geometry]
    assert kinds == ["MultiPolygon", None, "LineString", None]
    assert found.notes == (
        "broken.geojson: 1 feature without a geometry: in the table, not on the map",
        "broken.geojson: 1 geometry that crossed or touched itself: repaired",
        "broken.geojson: 1 collection of mixed geometries: its lines kept, or areas",
        "broken.geojson: 1 geometry without an extent that can be drawn: in the table, not on the map",
    )


def test_overpass_json_gives_ways_with_their_tags(tmp_path: Path) -> None:
    answer = {
        "version": 0.6,
        "generator": "Overpass API",
        "osm3s": {"timestamp_osm_base": "2026-01-01T00:00:00Z"},
        "elements": [
            {"type": "node", "id": 1, "lon": 60.0, "lat": 41.0},
            {"type": "node", "id": 2, "lon": 61.0, "lat": 41.5},
            {"type": "way", "id": 7, "nodes": [1, 2], "tags": {"railway": "construction", "name": "New line"}},
            {
                "type": "way",
                "id": 8,
                "geometry": [{"lon": 60, "lat": 41}, {"lon": 61, "lat": 42}],
                "tags": {"man_made": "pipeline", "substance": "gas"},
            },
            {"type": "relation", "id": 9, "members": [{"type": "way", "ref": 7}], "tags": {"route": "railway"}},
        ],
    }
    path = tmp_path / "overpass.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    found = read_file(path)
    assert found.known == "overpass"
    assert list(found.frame["@id"]) == ["7", "8", "9"]
    assert [shape.geom_type for shape in found.frame.geometry] == ["LineString", "LineString", "MultiLineString"]


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "temporary"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    (kept / "sco-map-work-999999999-left").mkdir()
    read_file(files.geojson(tmp_path / "a.geojson"))
    assert list(kept.iterdir()) == []
