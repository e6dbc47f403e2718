"""Files for other programs: each opened by a reader of its own, with every row, its terms and its sources."""

from __future__ import annotations

import csv
import datetime
import errno
import importlib
import io
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import duckdb
import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from duckdb_extensions import import_extension

import sco_map
from sco_map.atlas import Atlas, Selection, load_atlas
from sco_map.catalog.models import Licence
from sco_map.cli.main import main
from sco_map.errors import ScoMapError
from sco_map.export import ENDINGS, ExportError, export, render
from sco_map.export.contents import Contents
from sco_map.export.geographic import CUT, LONGEST_TEXT, cut, unfinished
from sco_map.export.workbook import LONGEST_CELL, fitting
from sco_map.model.columns import FLAT_TABLE, LONGEST_SHAPEFILE_NAME, NESTED_TABLE
from sco_map.model.tables import named_sources
from sco_map.page import View
from sco_map.paths import CATALOG
from tests.atlas import tiny
from tests.browser import ROOT

FORMULA = '=HYPERLINK("http://x.example","x")'
MARKUP = "]]><script>alert(1)</script>&<b>"
LONG = "ж" * 40_000
BENGALI = "লোহার পথ"
KML = {"kml": "http://www.opengis.net/kml/2.2"}
SYSTEM_PYTHON = "/usr/bin/python3"
QGIS = any(Path("/usr/lib/python3/dist-packages").glob("qgis"))
GEOGRAPHIC = ("gpkg", "parquet", "fgb", "kml", "shp.zip")
DATA = (*GEOGRAPHIC, "xlsx", "csv", "geojson")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the tiny atlas with one layer under a share-alike licence, a row without geometry, and hostile texts."""
    features = tiny.layers()
    features["days"].append(tiny.feature(tiny.row("pact", "days", kind="event", date="2012-03"), None))
    features["ways"][0]["properties"] |= {
        "title_en": MARKUP, "title_bn": BENGALI, "owner": FORMULA, "note": LONG, "cost_usd_bn": 1.5, "as_of": "2024-05",
    }  # fmt: skip
    catalog = tiny.catalog()
    bound = Licence(
        id="open_db", title="Open Base", url="https://base.example", attribution="Mappers", share_alike=True
    )
    catalog = replace(catalog, path=CATALOG, licences=dict(catalog.licences) | {"open_db": bound})
    loaded = load_atlas(tiny.write(tmp_path_factory.mktemp("tiny"), features), strict=True, catalog=catalog)
    heads = {
        layer: {**head, "licence": "open_db" if layer == "ways" else "cited"} for layer, head in loaded.heads.items()
    }
    return replace(loaded, heads=heads)


@pytest.fixture(scope="module")
def written(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the function that writes everything in a format, once."""
    folder = tmp_path_factory.mktemp("written")

    def file(ending: str) -> Path:
        path = folder / f"everything.{ending}"
        if not path.exists():
            export(atlas, Selection(), View(), path)
        return path

    return file


def layers_in(path: Path) -> dict[str, Any]:
    """Return the tables of a file as GDAL reads them."""
    where = f"/vsizip/{path}" if path.suffix == ".zip" else str(path)
    return {name: pyogrio.read_dataframe(where, layer=name) for name, _ in pyogrio.list_layers(where)}


def ids_of(atlas: Atlas) -> set[str]:
    return set(atlas.rows["id"])


# -- GeoPackage --------------------------------------------------------------------------------------------------------


def test_a_geopackage_has_a_table_for_each_type_of_geometry_and_licence(
    atlas: Atlas, written: Callable[[str], Path]
) -> None:
    tables = layers_in(written("gpkg"))
    assert list(tables) == [
        "lines", "lines_open_db", "points", "points_open_db", "areas", "records",
        "about", "sources", "licences", "columns", "layer_styles",
    ]  # fmt: skip
    parts = {name: table for name, table in tables.items() if "source_list" in table}
    assert {id_ for table in parts.values() for id_ in table["id"]} == ids_of(atlas)
    assert {name: set(table["layer"]) == {"ways"} for name, table in parts.items()} == {
        name: name.endswith("open_db") for name in parts
    }
    for name, table in parts.items():
        assert [column for column in table.columns if column != "geometry"] == [column.name for column in FLAT_TABLE]
        if name != "records":
            for id_, shape in zip(table["id"], table.geometry, strict=True):
                drawn = atlas.rows.set_index("id").geometry[id_]
                assert shapely.equals(shapely.normalize(shape), shapely.normalize(drawn)), id_
    old = parts["lines_open_db"].set_index("id").loc["silk__old"]
    assert (old["length_km"], old["gauge_mm"], old["cost_usd_bn"]) == (150, 1520, 1.5)
    assert (old["as_of"].strftime("%Y-%m-%d"), old["as_of_precision"]) == ("2024-05-01", "month")
    assert (old["owner"], old["note"], old["title_bn"]) == (FORMULA, LONG, BENGALI)
    assert (old["countries"], old["phases"]) == ("AAA; BBB", "1990 construction; 2000-05 operating")
    assert old["source_list"] == "ministry: Ministry of Ways, https://ways.example/paper"


def test_a_geopackage_is_one_for_every_reader(written: Callable[[str], Path]) -> None:
    with sqlite3.connect(written("gpkg")) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"GPKG", "big"),)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        contents = dict(base.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
        times = base.execute(
            "SELECT last_change FROM gpkg_contents UNION SELECT timestamp FROM gpkg_metadata_reference "
            "UNION SELECT update_time FROM layer_styles"
        ).fetchall()
        (metadata,) = base.execute("SELECT metadata FROM gpkg_metadata").fetchone()
    base.close()
    assert set(contents.values()) == {"features", "attributes"}
    assert times == [("2026-01-01T00:00:00.000Z",)]
    assert "Mappers" in metadata
    assert f">{sco_map.__version__}<" in metadata


def test_the_styles_of_a_geopackage_draw_every_row_as_the_map_does(
    atlas: Atlas, written: Callable[[str], Path]
) -> None:
    tables = layers_in(written("gpkg"))
    styles = tables["layer_styles"].set_index("f_table_name")
    assert list(styles.index) == [name for name in tables if name.partition("_")[0] in ("lines", "points", "areas")]
    assert set(styles["f_geometry_column"]) == {"geom"}
    assert styles["useAsDefault"].all()
    assert set(styles["f_table_schema"]) == {""}
    for name, style in styles.iterrows():
        top = ElementTree.fromstring(style["styleQML"])
        symbols = {symbol.get("name"): symbol for symbol in top.iter("symbol")}
        for row in tables[str(name)].itertuples():
            (group,) = [
                rule for rule in top.findall("renderer-v2/rules/rule") if f"'{row.layer}'" in rule.get("filter", "")
            ]
            wanted = f"'{row.status}'" if isinstance(row.status, str) else "IS NULL"
            (rule,) = [rule for rule in group if wanted in rule.get("filter", "")]
            assert rule.get("symbol") in symbols
            assert rule.get("label")
    (lines,) = [ElementTree.fromstring(text) for text in styles.loc[["lines_open_db"], "styleQML"]]
    dashes = {
        rule.get("label"): lines.find(f".//symbol[@name='{rule.get('symbol')}']//Option[@name='use_custom_dash']")
        for rule in lines.iter("rule")
        if rule.get("symbol")
    }
    assert {label: option.get("value") for label, option in dashes.items() if option is not None} == {
        "operating": "0",
        "construction": "1",
    }


@pytest.mark.skipif(not QGIS, reason="needs QGIS (Debian: python3-qgis)")
def test_qgis_shows_a_geopackage_as_the_map_does(written: Callable[[str], Path], tmp_path: Path) -> None:
    def seen(path: Path) -> subprocess.CompletedProcess[str]:
        command: list[str | Path] = [SYSTEM_PYTHON, ROOT / "release" / "in_qgis.py", path]
        return subprocess.run(command, capture_output=True, text=True, timeout=120)

    shown = seen(written("gpkg"))
    assert shown.returncode == 0, shown.stderr
    assert "lines_open_db: 2 features, 2 styles\n" in shown.stdout
    assert "records: 1 features without a geometry\n" in shown.stdout
    bare = tmp_path / "bare.gpkg"
    bare.write_bytes(written("gpkg").read_bytes())
    with sqlite3.connect(bare) as base:
        base.execute("DELETE FROM layer_styles WHERE f_table_name = 'points'")
    base.close()
    assert seen(bare).returncode == 1
    assert "error: points opens without its style" in seen(bare).stderr


# -- GeoParquet, FlatGeobuf --------------------------------------------------------------------------------------------


def test_geoparquet_keeps_lists_and_records(atlas: Atlas, written: Callable[[str], Path]) -> None:
    rows = gpd.read_parquet(written("parquet"))
    assert list(rows["id"]) == list(atlas.rows["id"])
    assert rows.crs.to_epsg() == 4326
    assert rows.geometry.geom_equals(atlas.rows.geometry.reset_index(drop=True)).sum() == 6
    assert rows.geometry.isna().sum() == 1
    old = rows.set_index("id").loc["silk__old"]
    assert list(old["countries"]) == ["AAA", "BBB"]
    assert list(old["km_by_country"]) == [("AAA", 100.0), ("BBB", 50.0)]
    assert old["phases"][1]["status"] == "operating"
    assert old["hops"][0]["countries"] == [("AAA", 100.0), ("BBB", 50.0)]
    assert old["as_of"] == datetime.date(2024, 5, 1)
    schema = pq.read_schema(written("parquet"))
    assert [name for name in schema.names if name not in ("geometry", "bbox")] == [one.name for one in NESTED_TABLE]
    assert schema.field("gauge_mm").metadata == {b"description": b"Gauge of a railway", b"unit": b"mm"}
    assert json.loads(schema.metadata[b"geo"])["version"] == "1.1.0"
    assert schema.metadata[b"version"].decode() == sco_map.__version__
    assert "Open Base" in schema.metadata[b"terms"].decode()
    metadata = pq.read_metadata(written("parquet")).metadata
    assert json.loads(metadata[b"sources"])["ministry"]["url"] == "https://ways.example/paper"
    assert b"sources" not in schema.metadata, "the schema of Arrow would repeat them, a third longer"
    with duckdb.connect() as base:
        query = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'sources'"
        ((sources,),) = base.execute(query, [str(written("parquet"))]).fetchall()
    assert sources.encode() == metadata[b"sources"]


def test_duckdb_reads_geoparquet_with_its_own_eyes(atlas: Atlas, written: Callable[[str], Path]) -> None:
    import_extension("spatial")
    with duckdb.connect() as base:
        base.load_extension("spatial")
        found = base.execute(
            "SELECT id, km_by_country['BBB'], phases[2].status, ST_GeometryType(geometry)::VARCHAR, ST_XMin(geometry) "
            "FROM read_parquet(?) WHERE gauge_mm = 1520",
            [str(written("parquet"))],
        ).fetchall()
    assert found == [("silk__old", 50.0, "operating", "LINESTRING", 5.0)]


def test_a_flatgeobuf_has_all_rows_and_says_its_terms(
    atlas: Atlas, written: Callable[[str], Path], tmp_path: Path
) -> None:
    rows = pyogrio.read_dataframe(written("fgb"))
    assert list(rows["id"]) == list(atlas.rows["id"])
    assert rows.geometry.isna().sum() == 1
    assert list(rows["note"].dropna()) == [LONG]
    head = pyogrio.read_info(written("fgb"))["layer_metadata"]
    assert head["attribution"] == "Mappers"
    assert set(json.loads(head["sources"])) == {"ministry", "press"}
    export(atlas, Selection(layer=("ways",)), View(), tmp_path / "ways.fgb")
    inside = pyogrio.read_dataframe(tmp_path / "ways.fgb", bbox=(14, 44, 17, 46))
    assert list(inside["id"]) == ["silk_east__new"]
    assert pyogrio.read_info(tmp_path / "ways.fgb")["capabilities"]["fast_spatial_filter"]


# -- KML ---------------------------------------------------------------------------------------------------------------


def test_kml_has_a_folder_for_each_layer_and_a_style_for_each_entry(
    atlas: Atlas, written: Callable[[str], Path]
) -> None:
    top = ElementTree.parse(written("kml")).getroot()
    (document,) = top.findall("kml:Document", KML)
    folders = {folder.findtext("kml:name", None, KML): folder for folder in document.findall("kml:Folder", KML)}
    assert list(folders) == ["Ways (Open Base)", "Pipes", "States", "Days"]
    styles = {f"#{style.get('id')}" for style in document.findall("kml:Style", KML)}
    entries = [entry for folder in folders.values() for entry in folder.findall("kml:Placemark", KML)]
    assert [entry.get("id") for entry in entries] == list(atlas.rows["id"])
    for entry in entries:
        if entry.get("id") != "pact":
            assert entry.findtext("kml:styleUrl", None, KML) in styles
    assert entries[0].findtext("kml:name", None, KML) == MARKUP
    card = entries[0].findtext("kml:description", "", KML)
    assert '<a href="https://ways.example/paper">Ministry of Ways</a>' in card
    assert "Licence: Cited facts" in card
    about = document.findtext("kml:description", "", KML)
    assert f"version: {sco_map.__version__}" in about
    assert "Open Base (share-alike): ways." in about
    tables = layers_in(written("kml"))
    assert [len(table) for table in tables.values()] == [3, 1, 1, 2]
    port = tables["Ways (Open Base)"].geometry.iloc[2]
    assert (port.x, port.y) == (25, 45)


def test_kml_speaks_the_language_of_the_reader(atlas: Atlas) -> None:
    top = ElementTree.fromstring(render(atlas, Selection(layer=("ways",)), View(lang="bn"), "kml"))
    assert [name.text for name in top.findall(".//kml:Placemark/kml:name", KML)] == [
        BENGALI,
        "silk_east__new",
        "silk_far_east__port",
    ]


def test_no_card_of_kml_carries_markup_of_the_data(tmp_path: Path) -> None:
    features = tiny.layers()
    features["ways"][0]["properties"]["licence"] = "cited"
    catalog = tiny.catalog()
    sources = dict(catalog.sources)
    sources["ministry"] = sources["ministry"].model_copy(update={"title": MARKUP, "url": 'https://x.example/"onx="'})
    poisoned = load_atlas(
        tiny.write(tmp_path, features), strict=True, catalog=replace(catalog, path=CATALOG, sources=sources)
    )
    top = ElementTree.fromstring(render(poisoned, Selection(), View(), "kml"))
    card = top.findtext(".//kml:Placemark[@id='silk__old']/kml:description", "", KML)
    assert "&lt;script&gt;" in card
    assert "<script" not in card
    assert 'href="https://x.example/&quot;onx=&quot;"' in card


# -- Shapefile ---------------------------------------------------------------------------------------------------------


def test_shapefiles_are_split_and_what_they_lose_is_beside_them(atlas: Atlas, written: Callable[[str], Path]) -> None:
    tables = layers_in(written("shp.zip"))
    assert sorted(tables) == ["areas", "lines", "lines_open_db", "points", "points_open_db"]
    assert {id_ for table in tables.values() for id_ in table["id"]} == ids_of(atlas) - {"pact"}
    with zipfile.ZipFile(written("shp.zip")) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert files["lines.cpg"] == b"UTF-8"
    explained = list(csv.DictReader(io.StringIO(files["columns.csv"].decode())))
    assert [line["shapefile"] for line in explained] == [name for name in tables["lines"].columns if name != "geometry"]
    assert {line["name"] for line in explained} == {column.name for column in FLAT_TABLE}
    assert all(line["meaning"] for line in explained)
    csv.field_size_limit(len(LONG) + 1)
    whole = {line["id"]: line for line in csv.DictReader(io.StringIO(files["rows.csv"].decode()))}
    assert set(whole) == ids_of(atlas)
    assert whole["silk__old"]["note"] == LONG
    short = tables["lines_open_db"].set_index("id").loc["silk__old"]
    assert short["note"].endswith(CUT)
    assert len(short["note"].encode()) <= LONGEST_TEXT
    assert (short["title_bn"], short["gauge_mm"], short["cost_usdbn"]) == (BENGALI, 1520, 1.5)
    assert "Mappers" in files["about.txt"].decode()
    assert "https://ways.example/paper" in files["sources.csv"].decode()


def test_the_names_of_a_shapefile_are_short_and_its_own() -> None:
    names = [column.shapefile_name.lower() for column in FLAT_TABLE]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= LONGEST_SHAPEFILE_NAME


@pytest.mark.parametrize("text", ["a" * 254, "a" * 255, "ж" * 200, "a" + "লো" * 100, "🚆" * 99])
def test_a_text_is_cut_between_letters(text: str) -> None:
    found = cut(text)
    assert len(found.encode()) <= LONGEST_TEXT
    assert found == text or (found.endswith(CUT) and text.startswith(found[:-1]))


# -- Workbook ----------------------------------------------------------------------------------------------------------


def test_a_workbook_has_typed_cells_a_frozen_head_and_links(atlas: Atlas, written: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(written("xlsx"))
    assert book.sheetnames == ["rows", "rows_open_db", "sources", "columns", "about"]
    assert [sheet.freeze_panes for sheet in book][:3] == ["B2", "B2", "B2"]
    found: dict[str, dict[str, Any]] = {}
    for sheet in (book["rows"], book["rows_open_db"]):
        names = [cell.value for cell in sheet[1]]
        found |= {line[0].value: dict(zip(names, line, strict=True)) for line in sheet.iter_rows(min_row=2)}
    assert set(found) == ids_of(atlas)
    old = found["silk__old"]
    assert (old["length_km"].value, old["gauge_mm"].value, old["cost_usd_bn"].value) == (150, 1520, 1.5)
    assert {old[name].data_type for name in ("length_km", "gauge_mm", "cost_usd_bn")} == {"n"}
    assert (old["as_of"].value, old["as_of"].number_format) == (datetime.datetime(2024, 5, 1), "yyyy-mm-dd")
    assert old["as_of_precision"].value == "month"
    assert (old["note"].value, len(old["note"].value)) == (fitting(LONG), LONGEST_CELL)
    assert (found["silk_far_east__port"]["longitude"].value, old["longitude"].value) == (25, None)
    sources = book["sources"]
    line = int(old["sources"].hyperlink.location.rpartition("A")[2])
    assert sources.cell(line, 1).value == "ministry" == old["sources"].value
    (address,) = [cell for cell in sources[line] if cell.hyperlink]
    assert address.value == address.hyperlink.target == "https://ways.example/paper"
    about = {key.value: value.value for key, value in book["about"].iter_rows(min_row=2)}
    assert about["attribution"] == "Mappers"
    assert book.properties.created == datetime.datetime(2026, 1, 1)


def test_no_formula_runs_in_a_workbook(written: Callable[[str], Path]) -> None:
    book = openpyxl.load_workbook(written("xlsx"))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert FORMULA in [cell.value for cell in cells if cell.data_type == "s"]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    with zipfile.ZipFile(written("xlsx")) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]


# -- all of them -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", DATA)
def test_every_source_that_a_row_names_is_in_the_file(
    atlas: Atlas, written: Callable[[str], Path], ending: str
) -> None:
    path = written(ending)
    content = path.read_bytes()
    if path.suffix in (".zip", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    elif ending == "parquet":
        content = pq.read_metadata(path).metadata[b"sources"]
    named = {id_ for record in Contents(atlas, Selection(), View()).records for id_ in named_sources(record)}
    assert named == {"ministry", "press"}
    for id_ in named:
        for text in (id_, atlas.catalog.sources[id_].publisher, atlas.catalog.sources[id_].url or ""):
            assert text.encode() in content, text


@pytest.mark.parametrize("ending", DATA)
def test_a_selection_without_rows_is_a_file_too(atlas: Atlas, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"nothing.{ending}"
    export(atlas, Selection(country=("DDD",)), View(), path)
    if ending == "xlsx":
        assert openpyxl.load_workbook(path)["rows"].max_row == 1
    elif ending == "parquet":
        assert gpd.read_parquet(path).empty
    elif ending == "csv":
        assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    elif ending == "shp.zip":
        assert "rows.csv" in zipfile.ZipFile(path).namelist()
    else:
        assert not [name for name, table in layers_in(path).items() if "source_list" in table and len(table)]


@pytest.mark.parametrize("ending", DATA)
def test_share_alike_rows_can_be_left_out_or_taken_alone(atlas: Atlas, tmp_path: Path, ending: str) -> None:
    found = {}
    for asked in ("only", "without"):
        contents = Contents(atlas, Selection(), View(), asked)
        found[asked] = set(contents.rows["id"])
        content = render(atlas, Selection(), View(), ending, share_alike=asked)
        if ending in ("csv", "geojson", "kml"):
            assert (b"silk__old" in content, b"gas__trunk" in content) == (asked == "only", asked == "without")
        assert content != render(atlas, Selection(), View(), ending)
    assert found["only"] == {"silk__old", "silk_east__new", "silk_far_east__port"}
    assert found["only"] | found["without"] == ids_of(atlas)
    assert not found["only"] & found["without"]


def test_a_page_has_no_use_for_share_alike_and_other_values_are_named(atlas: Atlas) -> None:
    with pytest.raises(ExportError, match="a page .* shows all rows"):
        render(atlas, Selection(), View(), "html", share_alike="only")
    with pytest.raises(ExportError, match="unknown value 'onyl' for share_alike; did you mean 'only'"):
        render(atlas, Selection(), View(), "csv", share_alike="onyl")


@pytest.mark.parametrize("ending", [*GEOGRAPHIC, "xlsx", "pdf"])
def test_on_a_full_disk_the_old_file_stays(atlas: Atlas, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"map.{ending}"
    target.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(ExportError, match=r"cannot be (written|put together)"):
            export(atlas, Selection(), View(), target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("ending", ["gpkg", "fgb", "kml", "shp.zip"])
def test_what_gdal_leaves_half_written_is_never_handed_out(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Of a full disk GDAL tells in the words of its parts or, writing FlatGeobuf, not at all."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(ExportError) as caught:
            render(atlas, Selection(), View(), ending)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    said = "|".join(map(os.strerror, (errno.ENOSPC, errno.EFBIG)))
    assert re.fullmatch(rf"the file cannot be put together in {re.escape(str(tmp_path))}: ({said})", str(caught.value))
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_gdal_that_is_not_a_full_disk_is_told_in_its_words(tmp_path: Path) -> None:
    assert str(unfinished(tmp_path, "no such driver")).endswith(": GDAL stopped before its end (no such driver)")


def test_without_a_folder_for_temporary_files_it_says_so(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(ExportError, match=r"cannot be put together in /nowhere/at/all: No such file or directory"):
        render(atlas, Selection(), View(), "gpkg")


def test_what_is_not_installed_is_named(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("sco_map.export.workbook")
    monkeypatch.delitem(sys.modules, "sco_map.export.workbook")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExportError, match=r"a \.xlsx file needs xlsxwriter; run pip install .*sco-map\[formats\]"):
        render(atlas, Selection(), View(), "xlsx")


def test_two_at_once_write_one_file_whole(atlas: Atlas, tmp_path: Path) -> None:
    selections = [Selection(), Selection(layer=("ways",))]
    path = tmp_path / "map.gpkg"
    failures: list[ScoMapError] = []

    def write(selection: Selection) -> None:
        try:
            for _ in range(2):
                export(atlas, selection, View(), path)
        except ScoMapError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=[selection]) for selection in selections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert path.read_bytes() in [render(atlas, selection, View(), "gpkg") for selection in selections]
    assert [file.name for file in tmp_path.iterdir()] == ["map.gpkg"]


def test_the_library_and_the_command_write_the_same_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "cku.gpkg", "--project", "cku_railway", "--share-alike", "without"]) == 0
    size = (tmp_path / "cku.gpkg").stat().st_size
    assert capsys.readouterr().out == f"cku.gpkg: 4 entries, {size / 1000:,.0f} kB\n"
    sco_map.load().select(project="cku_railway").to_file("mine.gpkg", share_alike="without")
    assert (tmp_path / "mine.gpkg").read_bytes() == (tmp_path / "cku.gpkg").read_bytes()
    with pytest.raises(ExportError, match=r"mine\.docx ends in none of"):
        sco_map.load().select(project="cku_railway").to_file("mine.docx")


def test_the_shipped_map_keeps_its_share_alike_layers_apart(shipped: Atlas) -> None:
    contents = Contents(shipped, Selection(), View())
    layers = {part: set(contents.rows[mask]["layer"]) for part, mask in contents.parts.items()}
    bound = {layer for layer, head in shipped.heads.items() if head["licence"] == "odbl_1_0"}
    assert set(contents.rows.loc[contents.rows["licence"] == "odbl_1_0", "layer"]) <= bound
    for part, found in layers.items():
        assert (found <= bound) if part.endswith("_odbl_1_0") else not found & bound
    total = sum(int(mask.sum()) for mask in contents.parts.values())
    assert total == len(shipped.rows) == len(pd.unique(shipped.rows["id"]))
    assert set(ENDINGS) == {"html", *DATA}
