"""Small files of every format that a reader may bring, written for each test; no geometry of others."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import geopandas as gpd
import shapely

from sco_map.own.contents import read_contents, written
from sco_map.own.limits import LIMITS, Limits
from sco_map.own.reading import OwnFile, frame_of

Json = dict[str, Any]

ROUTE = ((60.0, 41.0), (61.0, 41.5), (62.0, 41.0))
"""A line with three points, about 201 km long, in Uzbekistan and Turkmenistan."""

FACTS: Json = {
    "Name": "Synthetic line",
    "Status": "construction",
    "Country": "Uzbekistan",
    "Year": 2031,
    "Capacity": "12 bcm/y",
}


def feature(geometry: Json | None, **properties: Any) -> Json:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def line(*points: Sequence[float]) -> Json:
    """Return the geometry of a line."""
    return {"type": "LineString", "coordinates": [list(point) for point in points or ROUTE]}


def geojson(path: Path, *features: Json, **head: Any) -> Path:
    """Write a GeoJSON file and return its path; without features it has one line."""
    collection = {"type": "FeatureCollection", **head, "features": list(features) or [feature(line(), **FACTS)]}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


def frame(crs: str = "EPSG:4326", **facts: Any) -> gpd.GeoDataFrame:
    """Return a table of one line, in another reference system if asked."""
    shapes = gpd.GeoDataFrame([{**FACTS, **facts}], geometry=[shapely.LineString(ROUTE)], crs="EPSG:4326")
    return shapes.to_crs(crs)


def gpkg(path: Path, *layers: str, crs: str = "EPSG:4326") -> Path:
    """Write a GeoPackage with a line in each layer."""
    for layer in layers or ("lines",):
        frame(crs).to_file(path, layer=layer, driver="GPKG")
    return path


def packed(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def shapefile(path: Path, folder: Path, crs: str = "EPSG:4326", *, without: Sequence[str] = ()) -> Path:
    """Write a zipped shapefile, without some of its parts if asked."""
    frame(crs).to_file(folder / "lines.shp")
    parts = {one.name: one.read_bytes() for one in sorted(folder.glob("lines.*")) if one.suffix[1:] not in without}
    return packed(path, parts)


def kml(body: str = "", *, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    """Return a KML document with a line, and whatever else its body has."""
    route = " ".join(f"{x},{y}" for x, y in ROUTE)
    return (
        f'{head}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}<Placemark><name>Synthetic line</name>'
        '<ExtendedData><Data name="Status"><value>construction</value></Data></ExtendedData>'
        f"<LineString><coordinates>{route}</coordinates></LineString></Placemark></Document></kml>"
    )


def workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet1") -> Path:
    """Write an XLSX workbook with one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def parquet(path: Path, crs: str = "EPSG:4326") -> Path:
    """Write a GeoParquet file with a line."""
    frame(crs).to_parquet(path)
    return path


def archive_with(*members: zipfile.ZipInfo | str) -> bytes:
    """Return a zip archive with empty members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for member in members:
            archive.writestr(member, b"x")
    return content.getvalue()


def read_here(content: bytes, name: str, limits: Limits = LIMITS, crs: str | None = None) -> OwnFile:
    """Return what a file holds that no library has to read, without a process of its own: the same code, sooner."""
    with tempfile.TemporaryDirectory() as work, patch.dict(os.environ):  # which drivers GDAL has is said in there
        folder = Path(work)
        (folder / "input").write_bytes(content)
        found = read_contents(folder / "input", name, folder, limits, layer=None, crs=crs, said={})
        written(found, folder / "table.arrow")
        frame_, columns = frame_of(folder / "table.arrow")
    return OwnFile(name, frame_, found.format, known=found.known, notes=tuple(found.notes), columns=columns)
