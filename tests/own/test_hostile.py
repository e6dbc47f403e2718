"""Files made to do harm: each is refused or made harmless with a sentence on what, where and what would work."""

from __future__ import annotations

import json
import socket
import sqlite3
import struct
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from sco_map.own.errors import OwnDataError
from sco_map.own.limits import LIMITS, Limits
from sco_map.own.reading import OwnFile, read_content, read_file
from tests.own import files

SMALL = replace(LIMITS, features=3, columns=4, vertices=10, members=3, unpacked_bytes=3_000_000, text_letters=20)


BY_LIBRARIES = (".geojson", ".kml", ".gpkg", ".fgb", ".shp.zip")
"""The endings of files that GDAL reads, which is let in only in a process of its own."""


def read(
    content: bytes | str, name: str, limits: Limits = LIMITS, crs: str | None = None, *, here: bool = False
) -> OwnFile:
    """Return what a file holds; one that no library has to read is read `here`, which is the same code, sooner."""
    raw = content.encode() if isinstance(content, str) else content
    if here or not name.endswith(BY_LIBRARIES):
        return files.read_here(raw, name, limits, crs)
    return read_content(raw, name, limits=limits, crs=crs)


def refused(
    content: bytes | str, name: str, limits: Limits = LIMITS, crs: str | None = None, *, here: bool = False
) -> str:
    """Return the sentence with which a file is refused."""
    with pytest.raises(OwnDataError) as caught:
        read(content, name, limits, crs, here=here)
    sentence = str(caught.value)
    assert "\n" not in sentence and "Traceback" not in sentence
    assert " --" not in sentence, "the app, where there is no command line, shows the same sentence"
    return sentence


taken = read
"""Reads a file that is made harmless."""


def zipped(tmp_path: Path, **members: bytes) -> bytes:
    """Return a zip archive; two underscores in a name stand for a dot."""
    path = tmp_path / "packed.zip"
    files.packed(path, {name.replace("__", "."): content for name, content in members.items()})
    return path.read_bytes()


KNOWN = "GeoJSON, GeoPackage, FlatGeobuf, KML, KMZ, a zipped shapefile, CSV, XLSX and GeoParquet"
WITHOUT = json.dumps({"type": "FeatureCollection", "features": [files.feature(None, n=1)]})
SHP = "a.zip is the part .shp of a shapefile; put .shp, .shx, .dbf and .prj into one .zip"
DENIED = "a.csv is GeoPackage by its content, not CSV; its content is GeoPackage, so name it .gpkg"
NEITHER = (
    "a.zip holds neither a shapefile nor one single map file, but readme.txt; "
    "pack .shp, .shx, .dbf and .prj of one shapefile"
)
NO_DEGREES = "is not a number of degrees, such as 41.31; the row is in the table, not on the map"


# -- what is none of the formats, or not the one that its name says ----------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", f"a.csv is empty; known formats are {KNOWN}"),
        (b" \n\x00\n", "a.geojson", f"a.geojson is empty; known formats are {KNOWN}"),
        (b"\xd0\xcf\x11\xe0rest", "a.xlsx", "a.xlsx is an old Excel workbook; save it as .xlsx or .csv"),
        (b"%PDF-1.7", "a.csv", "a.csv is a PDF document; save the data behind it as GeoJSON or CSV"),
        (b"\x1f\x8b\x08rest", "a.csv", "a.csv is packed with gzip; unpack it first"),
        (b"\x00\x00\x27\x0arest", "a.zip", SHP),
        ("a,b\n".encode("utf-16"), "a.csv", "a.csv is UTF-16 text; save it as UTF-8"),
        (b"SQLite format 3\x00", "a.csv", DENIED),
        (b"{}", "a.kml", "a.kml is GeoJSON by its content, not KML; its content is GeoJSON, so name it .geojson"),
        (b"a,b\n1,2", "a.exe", None),
        (b"\x7fELF\x00\x01", "a.csv", f"a.csv is in a format that is not known; known are {KNOWN}"),
        (b"PK\x03\x04rest", "a.csv", "a.csv is a zip archive by its content; rename it to .kmz, .xlsx or .shp.zip"),
        (b"<svg x='x'/>", "a.kml", f"a.kml is XML with the root <svg>, which is not KML; known formats are {KNOWN}"),
    ],
)  # fmt: skip
def test_a_type_that_the_name_denies(content: bytes, name: str, sentence: str | None) -> None:
    said = refused(content, name, here=True)
    if sentence is None:
        assert said.startswith("a.exe ends in none of .geojson, .json, .gpkg")
    else:
        assert said == sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "is cut or damaged: it begins like GeoJSON, but cannot be read as such; save it again"),
        (b'{"type":"FeatureCollection","features":[]}', "holds no features; add a file with at least one"),
        (b'{"a":1}', "is cut or damaged: it begins like GeoJSON, but cannot be read as such; save it again"),
        (WITHOUT.encode(), "has no geometry in any of its 1 features"),
    ],
)  # fmt: skip
def test_geojson_without_anything_to_draw(content: bytes, sentence: str) -> None:
    assert refused(content, "a.geojson").startswith(f"a.geojson {sentence}")


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(OwnDataError, match=r"^there is no file gone\.csv$"):
        read_file(tmp_path / "gone.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OwnDataError, match=r"^folder\.csv is a folder, not a file; add a file$"):
        read_file(tmp_path / "folder.csv")
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(OwnDataError, match=r"^pipe\.csv is a named pipe, not a file; add a file$"):
        read_file(tmp_path / "pipe.csv")


# -- too much ----------------------------------------------------------------------------------------------------------


def test_more_columns_features_or_vertices_than_are_read() -> None:
    wide = "lon,lat," + ",".join(f"c{at}" for at in range(1_000_000)) + "\n"
    assert (
        refused(wide, "wide.csv")
        == "wide.csv has 1,000,002 columns; at most 500 are read, so delete those that no map needs"
    )
    long = "lon,lat\n" + "60,40\n" * 5
    assert (
        refused(long, "long.csv", SMALL)
        == "long.csv has more than 3 features; split it, or keep only the region that you need"
    )
    points = ", ".join(f"60.{at:03d} 40" for at in range(50))
    assert refused(f'wkt\n"LINESTRING({points})"\n', "points.csv", SMALL) == (
        "points.csv has 50 vertices; at most 10 are read, so simplify its lines or split it"
    )


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(700_000_000)
    with pytest.raises(OwnDataError, match=r"^sparse\.csv has 700 MB; at most 537 MB are read, so split it$"):
        read_file(path)


def test_a_line_that_says_it_has_a_billion_points(tmp_path: Path) -> None:
    wkb = struct.pack("<BII", 1, 2, 1_000_000_000) + struct.pack("<dd", 60, 40) * 4
    path = files.gpkg(tmp_path / "a.gpkg")
    database = sqlite3.connect(path)
    for trigger in [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
        database.execute(f'DROP TRIGGER "{trigger}"')
    database.execute("UPDATE lines SET geom = ?", (b"GP\x00\x01" + struct.pack("<i", 4326) + wkb,))
    database.commit()
    database.close()
    assert refused(path.read_bytes(), "a.gpkg").startswith("a.gpkg has no geometry in any of its 1 features")


def test_reading_ends_when_it_takes_too_much_memory_or_time() -> None:
    rows = "lon,lat,name\n" + "60,40,x\n" * 400_000
    little = replace(LIMITS, memory_bytes=400 * 1024 * 1024)
    with pytest.raises(OwnDataError, match=r"^rows\.csv takes more than 400 MB of memory to read; split it"):
        read_content(rows.encode(), "rows.csv", limits=little)
    with pytest.raises(OwnDataError, match=r"^rows\.csv takes more than 0 seconds to read; split it, or simplify"):
        read_content(rows.encode(), "rows.csv", limits=replace(LIMITS, wall_seconds=0))


def test_json_and_wkt_that_are_nested_very_deep() -> None:
    assert refused('{"type":"FeatureCollection","features":' + "[" * 100_000, "a.geojson").startswith("a.geojson ")
    deep = "wkt\n" + '"' + "GEOMETRYCOLLECTION(" * 50_000 + '"\n'
    with pytest.raises(OwnDataError, match=r"^a\.csv "):
        read_content(deep.encode(), "a.csv")  # it may end its process
    overpass = '{"generator":"x","elements":' + "[" * 100_000
    assert (
        refused(overpass, "a.json") == "a.json is not whole JSON (RecursionError); ask Overpass again with [out:json]"
    )


# -- archives ----------------------------------------------------------------------------------------------------------


def nameless() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("x")
    member.filename = ""
    return member


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.create_system, member.external_attr = 3, 0o120777 << 16
    return member


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        (["../../evil.shp"], "a.zip, member '../../evil.shp' lies outside the archive; pack the files without a path"),
        (["/etc/evil.shp"], "a.zip, member '/etc/evil.shp' lies outside the archive; pack the files without a path"),
        (["C:\\evil.shp"], "a.zip, member 'C:\\\\evil.shp' lies outside the archive; pack the files without a path"),
        ([nameless()], "a.zip has a member without a name; pack it again"),
        ([link("a.shp")], "a.zip, member 'a.shp' is a link to another file; pack the file itself"),
        (["inner.zip"], "a.zip, member 'inner.zip' is an archive inside an archive; unpack it and add what it holds"),
        (["a.csv", "A.CSV"], "a.zip, member 'A.CSV' is in it twice; leave one of them out"),
        ([f"{at}.txt" for at in range(201)], "a.zip holds 201 files; at most 200 are unpacked"),
        (["readme.txt"], NEITHER),
        (["a.shp"], "a.zip lacks .shx and .dbf beside a.shp; pack them too"),
        (["a.shp", "b.shp"], "a.zip holds 2 shapefiles (a.shp, b.shp); pack each into a .zip of its own"),
    ],
)  # fmt: skip
def test_members_of_an_archive(members: list[str | zipfile.ZipInfo], sentence: str) -> None:
    assert refused(files.archive_with(*members), "a.zip") == sentence


def test_an_archive_that_grows(tmp_path: Path) -> None:
    bomb = zipped(tmp_path, a__geojson=b" " * 20_000_000)
    assert refused(bomb, "a.zip") == (
        "a.zip, member 'a.geojson' grows more than 200 times when it is unpacked, as no map does; it is not unpacked"
    )
    large = zipped(tmp_path, a__csv=bytes(range(32, 127)) * 40_000)
    assert refused(large, "a.zip", replace(SMALL, ratio=10_000)) == (
        "a.zip holds 4 MB when it is unpacked; at most 3 MB are"
    )


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    raw = bytearray(zipped(tmp_path, a__csv=b"lon,lat\n" + b"60,40\n" * 1000))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(bytes(raw), "a.zip").startswith("a.zip")


def test_a_cut_archive(tmp_path: Path) -> None:
    raw = zipped(tmp_path, a__csv=b"lon,lat\n60,40\n")
    assert refused(raw[:-20], "a.kmz") == "a.kmz is not a whole zip archive (File is not a zip file); pack it again"
    assert refused(raw, "a.kmz") == "a.kmz holds no .kml file, which is the map in a .kmz"


# -- what refers to other files and addresses --------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """Yield the port of a server on this machine, and a list of whoever has asked it anything."""
    server = socket.create_server(("127.0.0.1", 0))
    heard: list[object] = []

    def listen() -> None:
        while True:
            try:
                connection, who = server.accept()
            except OSError:
                return
            heard.append(who)
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], heard
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(2)


def test_nothing_is_fetched(listener: tuple[int, list[object]], tmp_path: Path) -> None:
    port, heard = listener
    there = f"http://127.0.0.1:{port}/a.geojson"
    source = f"<SrcDataSource>/vsicurl/{there}</SrcDataSource>"
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='a'>{source}</OGRVRTLayer></OGRVRTDataSource>"
    for name in ("a.kml", "a.geojson", "a.csv"):
        assert (
            refused(vrt, name) == f"{name} is a VRT file, which only refers to other files; add those files themselves"
        )
    body = f"<NetworkLink><Link><href>{there}</href></Link></NetworkLink>"
    found = taken(files.kml(body), "a.kml")
    assert found.notes == ("a.kml: 1 link to data elsewhere (NetworkLink) not followed; add the linked files",)
    assert len(found) == 1
    for text in (there, f"/vsicurl/{there}", f"/vsizip//vsicurl/{there}", f"WFS:{there}", f"GeoJSON:{there}"):
        assert refused(text, "a.geojson").startswith("a.geojson is CSV by its content, not GeoJSON")
    remote = json.dumps(
        {
            "type": "FeatureCollection",
            "crs": {"type": "link", "properties": {"href": there}},
            "features": [files.feature(files.line(), Name=there)],
        }
    )
    assert taken(remote, "a.geojson").frame.loc[0, "Name"] == there
    assert heard == []


def test_entities_and_document_types(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for head in (laughs, outside):
        assert refused(files.kml(head=f'<?xml version="1.0"?>\n{head}\n'), "a.kml") == (
            "a.kml, line 2 declares a document type or an entity, which no map needs; remove <!DOCTYPE…>"
        )
    book = files.workbook(tmp_path / "a.xlsx", [["lon", "lat"], [60, 40]])
    with zipfile.ZipFile(book) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/sharedStrings.xml"] = outside.encode() + members.get("xl/sharedStrings.xml", b"<sst/>")
    assert refused(files.packed(tmp_path / "b.xlsx", members).read_bytes(), "b.xlsx") == (
        "b.xlsx, member 'xl/sharedStrings.xml', line 1 declares a document type or an entity, which no map needs; "
        "remove <!DOCTYPE…>"
    )


def test_tables_of_a_database_that_read_other_files(tmp_path: Path) -> None:
    path = files.gpkg(tmp_path / "a.gpkg")
    database = sqlite3.connect(path)
    database.execute("PRAGMA writable_schema = ON")
    database.execute(
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES "
        "('table', 'spy', 'spy', 0, 'CREATE VIRTUAL TABLE spy USING VirtualOGR(''/etc/passwd'')')"
    )
    database.commit()
    database.close()
    assert refused(path.read_bytes(), "a.gpkg") == (
        "a.gpkg has the virtual table 'spy', which may read other files; save its layers into a new GeoPackage"
    )


def test_a_database_that_is_no_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE a (b)")
    database.commit()
    database.close()
    assert refused(path.read_bytes(), "a.gpkg") == (
        "a.gpkg is an SQLite database without the tables of a GeoPackage; save the layer as GeoPackage"
    )
    assert refused(path.read_bytes()[:100], "a.gpkg").startswith("a.gpkg is not a whole GeoPackage (")


# -- positions ---------------------------------------------------------------------------------------------------------


def test_positions_that_are_no_numbers(tmp_path: Path) -> None:
    found = taken("name,lon,lat\nA,60,40\nB,inf,40\nC,60,1e999\n", "a.csv")
    assert found.notes == (
        f"a.csv, row 3, column 'lon': 'inf' {NO_DEGREES}",
        f"a.csv, row 4, column 'lat': '1e999' {NO_DEGREES}",
        "a.csv: 2 features without a geometry: in the table, not on the map",
    )
    raw = json.dumps({"type": "FeatureCollection", "features": [files.feature(files.line())]}).replace("62.0", "1e999")
    assert refused(raw, "a.geojson") == (
        "a.geojson cannot be read as GeoJSON: Failed to read GeoJSON data; At line 1, character 53: "
        "Unrecognized number: 1e999; open it in QGIS and save it again"
    )
    lines = [shapely.LineString([(60, 41), (61, 41)]), shapely.LineString([(60, 41), (float("inf"), 41)])]
    gpd.GeoDataFrame({"name": ["A", "B"]}, geometry=lines, crs="EPSG:4326").to_file(tmp_path / "a.fgb")
    assert taken((tmp_path / "a.fgb").read_bytes(), "a.fgb").notes[0] == (
        "a.fgb, feature 2: a position is not a finite number, where degrees should be; "
        "the feature is in the table, not on the map"
    )
    wkt = taken('name,wkt\nA,"LINESTRING (60 40, 61 41)"\nB,LINESTRING (60\n', "a.csv")
    assert wkt.notes[0] == (
        "a.csv, row 3, column 'wkt': 'LINESTRING (60' is not WKT, such as LINESTRING (69.2 41.3, 71.6 40.9); "
        "the row is in the table, not on the map"
    )


def test_positions_outside_the_world() -> None:
    assert refused("lon,lat\n500000,4600000\n", "a.csv") == (
        "a.csv, row 2: the position 500000, 4600000 lies outside -180 to 180, -90 to 90; "
        "if these are metres, name their system, as in EPSG:32642"
    )
    assert refused("lat,lon\n130,41\n131,42\n", "a.csv") == (
        "a.csv, row 2: the position 41, 130 lies outside -180 to 180, -90 to 90, like 1 more; "
        "longitude and latitude look swapped, write longitude first"
    )
    found = taken("lon,lat\n60,40\n61,41\n60,4000\n", "a.csv")
    assert found.notes[0] == (
        "a.csv, row 4: the position 60, 4000 lies outside -180 to 180, -90 to 90; "
        "the row is in the table, not on the map"
    )


def test_a_reference_system_that_is_not_known(tmp_path: Path) -> None:
    raw = files.shapefile(tmp_path / "a.shp.zip", tmp_path, without=["prj"]).read_bytes()
    assert refused(raw, "a.shp.zip") == (
        "a.shp.zip does not say in which reference system its positions are, such as 60, 41; "
        "if they are degrees, name EPSG:4326"
    )
    assert refused(raw, "a.shp.zip", crs="EPSG:99999999") == (
        "'EPSG:99999999' is not a reference system; name it by its number, as in EPSG:4326"
    )
    with pytest.raises(OwnDataError) as caught:
        read_content(raw, "a.shp.zip")
    assert caught.value.flags == "--crs EPSG:4326", "the reading process does not hand on what a command line needs"
    assert len(read_content(raw, "a.shp.zip", crs="EPSG:4326")) == 1


def test_geojson_in_a_reference_system_that_nobody_knows() -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [61, 41]}}
    for name, is_known in (("EPSG:999999", False), ("urn:ogc:def:crs:OGC:1.3:CRS84", True)):
        crs = {"type": "name", "properties": {"name": name}}
        raw = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [point]}).encode()
        if is_known:
            assert len(read_content(raw, "a.geojson")) == 1
            continue
        assert refused(raw, "a.geojson") == (
            "a.geojson is in a reference system that is not known; name it by its number, as in EPSG:4326"
        )
        assert len(read_content(raw, "a.geojson", crs="EPSG:4326")) == 1


# -- texts -------------------------------------------------------------------------------------------------------------


def test_bytes_that_are_not_utf_8() -> None:
    assert refused(b"name,lon,lat\nOK,60,40\n\xff\xfe,61,41\n", "a.csv") == (
        "a.csv, line 3: byte 22 is 0xff, which is not UTF-8 text; save the table as UTF-8"
    )
    assert refused(files.kml().encode().replace(b"Synthetic", b"Synth\xe9tic"), "a.kml").startswith(
        "a.kml, line 2: byte "
    )
    assert refused(b"name,lon,lat\nA\x00B,60,40\n", "a.csv") in (
        "a.csv, line 2 holds a null character; save the table again as CSV",
        f"a.csv is in a format that is not known; known are {KNOWN}",
    )


def test_control_characters_endless_cells_and_marks_that_turn_the_direction() -> None:
    found = taken("name,lon,lat\nA\x0bB\x1b[31m,60,40\n" + "x" * 30 + ",61,41\n\u202eevil,62,42\n", "a.csv", SMALL)
    assert list(found.frame["name"]) == ["A B [31m", "x" * 19 + "…", "evil"]
    assert found.notes == (
        "a.csv, row 2, column 'name' holds control characters, which were taken out",
        "a.csv, row 3, column 'name' holds more than 20 letters, of which the rest was left out",
    )


def test_formulas_of_a_workbook_are_not_run(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "a.xlsx", [["name", "lon", "lat"], ['=WEBSERVICE("http://x.invalid")', 60, 40]])
    found = taken(path.read_bytes(), "a.xlsx")
    assert found.notes[0] == "a.xlsx: 1 cell with a formula, which was not run: the value that was saved with it counts"
    assert found.frame.loc[0, "name"] is None


def test_rows_of_a_table_that_are_longer_than_its_head() -> None:
    assert refused("name,lon,lat\nA,B,60,40\n", "a.csv") == (
        "a.csv, line 2 has 4 cells, the first line 3; put cells that hold a ',' between quotation marks"
    )
    assert refused("name,a,b\nA,1,2\n", "a.csv") == (
        "a.csv has no geometry: of its columns ('name', 'a', 'b') none holds WKT, and none are called lon and lat; "
        "call those that hold the positions lon and lat, or the one that holds WKT wkt"
    )


@pytest.mark.parametrize("name", ["gpkg", "fgb", "parquet", "kml"])
def test_a_file_cut_in_the_middle_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{name}"
    if name == "kml":
        path.write_text(files.kml(), encoding="utf-8")
    elif name == "gpkg":
        files.gpkg(path)
    elif name == "fgb":
        files.frame().to_file(path, driver="FlatGeobuf")
    else:
        files.parquet(path)
    raw = path.read_bytes()
    assert refused(raw[: len(raw) // 2], path.name).startswith(f"a.{name} ")


def test_the_name_of_a_file_is_made_harmless() -> None:
    found = read_content(b"lon,lat\n60,40\n", "../x/<script>\u202e\x07 &.csv")
    assert found.name == "<script> &.csv"
