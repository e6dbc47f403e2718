"""Which format a file is in, by its content first; a name that says otherwise is an error. Reads only the beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sco_map.own.errors import OwnDataError

HEAD_BYTES = 65_536
"""So much of a file is looked at to tell its format."""


@dataclass(frozen=True)
class Format:
    """A format: what it is called, the endings of its files, and the only driver of GDAL that may open it, if any."""

    name: str
    endings: tuple[str, ...]
    driver: str | None = None


GEOJSON, GEOPACKAGE, FLATGEOBUF, KML, KMZ = "geojson", "gpkg", "fgb", "kml", "kmz"
SHAPEFILE, CSV, WORKBOOK, PARQUET, ZIP = "shp.zip", "csv", "xlsx", "parquet", "zip"

FORMATS: Mapping[str, Format] = {
    GEOJSON: Format("GeoJSON", ("geojson", "json"), "GeoJSON"),
    GEOPACKAGE: Format("GeoPackage", ("gpkg",), "GPKG"),
    FLATGEOBUF: Format("FlatGeobuf", ("fgb",), "FlatGeobuf"),
    KML: Format("KML", ("kml",), "LIBKML"),
    KMZ: Format("KMZ", ("kmz",), "LIBKML"),
    SHAPEFILE: Format("zipped shapefile", ("shp.zip", "zip"), "ESRI Shapefile"),
    CSV: Format("CSV", ("csv", "tsv", "txt")),
    WORKBOOK: Format("XLSX", ("xlsx",)),
    PARQUET: Format("GeoParquet", ("parquet", "geoparquet")),
}
ENDINGS = tuple(ending for one in FORMATS.values() for ending in one.endings)
"""The endings of the files that can be added."""

ARCHIVES = (KMZ, SHAPEFILE, WORKBOOK)
KNOWN = "GeoJSON, GeoPackage, FlatGeobuf, KML, KMZ, a zipped shapefile, CSV, XLSX and GeoParquet"

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", ZIP, "a zip archive"),
    (b"SQLite format 3\x00", GEOPACKAGE, "an SQLite database"),
    (b"fgb\x03fgb", FLATGEOBUF, "a FlatGeobuf file"),
    (b"PAR1", PARQUET, "a Parquet file"),
)
FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save it as .xlsx or .csv"),
    (b"%PDF", "a PDF document; save the data behind it as GeoJSON or CSV"),
    (b"\x89PNG", "a picture; save the data behind it as GeoJSON or CSV"),
    (b"\xff\xd8\xff", "a picture; save the data behind it as GeoJSON or CSV"),
    (b"II*\x00", "a TIFF picture; save the data behind it as GeoJSON or CSV"),
    (b"Rar!", "a RAR archive; pack the shapefile as .zip"),
    (b"7z\xbc\xaf", "a 7z archive; pack the shapefile as .zip"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"\x00\x00\x27\x0a", "the part .shp of a shapefile; put .shp, .shx, .dbf and .prj into one .zip"),
)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf",)
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
FIRST_LETTERS = re.compile(rb"^[\s\x00]*")


def format_of(name: str, head: bytes) -> str:
    """Return the format of a file by its first bytes; an archive is ZIP until it is opened.

    Raises OwnDataError for what is none of ours, and for a file whose ending denies its content.
    """
    if not head.strip(b"\x00 \t\r\n"):
        raise OwnDataError(f"{name} is empty; known formats are {KNOWN}")
    found = by_content(name, head)
    ending = ending_of(name)
    if ending is None:
        raise OwnDataError(f"{name} ends in none of {', '.join('.' + one for one in ENDINGS)}; {renamed(found)}")
    said = [id_ for id_, one in FORMATS.items() if ending in one.endings]
    if found == ZIP and not set(said) & set(ARCHIVES):
        raise OwnDataError(f"{name} is a zip archive by its content; rename it to .kmz, .xlsx or .shp.zip")
    if found != ZIP and found not in said:
        raise OwnDataError(
            f"{name} is {FORMATS[found].name} by its content, not {FORMATS[said[0]].name}; {renamed(found)}"
        )
    return said[0] if found == ZIP else found


def ending_of(name: str) -> str | None:
    """Return the longest known ending of a name, None when it has none."""
    lower = name.lower()
    return max((one for one in ENDINGS if lower.endswith(f".{one}")), key=len, default=None)


def renamed(found: str) -> str:
    """Return what to rename a file to."""
    return (
        "give it one of these"
        if found == ZIP
        else f"its content is {FORMATS[found].name}, so name it .{FORMATS[found].endings[0]}"
    )


def by_content(name: str, head: bytes) -> str:
    """Return the format that the first bytes of a file are in."""
    for signature, found, _ in SIGNATURES:
        if head.startswith(signature):
            return found
    for signature, what in FOREIGN:
        if head.startswith(signature):
            raise OwnDataError(f"{name} is {what}")
    if head.startswith(UTF_16):
        raise OwnDataError(f"{name} is UTF-16 text; save it as UTF-8")
    for mark in BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    text = FIRST_LETTERS.sub(b"", head)
    if text[:1] in (b"{", b"["):
        return GEOJSON
    if text[:1] == b"<":
        return by_root(name, text)
    if b"\x00" in head:
        raise OwnDataError(f"{name} is in a format that is not known; known are {KNOWN}")
    return CSV


def by_root(name: str, text: bytes) -> str:
    """Return the format of an XML file by its first element; raises OwnDataError for what refers to other files."""
    found = ROOT.search(text)
    root = found.group(1).decode(errors="replace").rpartition(":")[2] if found else ""
    if root.lower().startswith("ogrvrt"):
        raise OwnDataError(f"{name} is a VRT file, which only refers to other files; add those files themselves")
    if root != "kml":
        raise OwnDataError(f"{name} is XML with the root <{root[:40]}>, which is not KML; known formats are {KNOWN}")
    return KML
