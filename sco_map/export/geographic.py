"""GeoPackage, FlatGeobuf and shapefiles, written by GDAL; the same selection gives the same bytes."""

from __future__ import annotations

import csv
import errno
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyogrio

from sco_map.export.archive import zipped
from sco_map.export.contents import FORMS, Contents, ExportError
from sco_map.export.frames import flat_frame, flat_type, in_one_type
from sco_map.export.qgis import qgis_style
from sco_map.files import reason, work_folder
from sco_map.model.columns import FLAT_TABLE, Type

GEOMETRY = "geom"
RECORDS = "records"
GEOPACKAGE = {"VERSION": "1.3"}
"""Programs older than 2025 warn of the next version."""

LONGEST_TEXT = 254
"""Bytes of a text in a shapefile."""

CUT = "…"
UNSAFE_BUT_FAST = {"OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_SQLITE_JOURNAL": "OFF"}
"""A file is put together in a folder of its own, which a power cut may well spoil."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says when a file does not fit."""

DATABASE_FULL = "disk is full"
"""What SQLite says then."""

ROOM = 64 * 1024
"""With fewer bytes left a disk is full: nothing is written in smaller pieces."""

GDAL_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError)
clock = threading.Lock()
"""GDAL has one clock, and one set of options, for all threads of the program."""


@contextmanager
def workshop(contents: Contents) -> Iterator[Path]:
    """Yield a folder in which GDAL may write; its clock stops at the day of the facts. Raises ExportError."""
    stopped = f"{contents.moment.isoformat(timespec='milliseconds')}Z"
    try:
        with work_folder() as folder, clock:
            options = {"OGR_CURRENT_DATE": stopped, **UNSAFE_BUT_FAST}
            before = {name: pyogrio.get_gdal_config_option(name) for name in options}
            pyogrio.set_gdal_config_options(options)
            try:
                yield folder
            except GDAL_ERRORS as error:
                raise unfinished(folder, str(error)) from error
            finally:
                pyogrio.set_gdal_config_options(before)
    except OSError as error:
        raise ExportError(f"the file cannot be put together in {tempfile.gettempdir()}: {reason(error)}") from error


def unfinished(folder: Path, fault: str) -> ExportError:
    """Return the error for a file that GDAL did not finish; when there was no room, in the words of the system."""
    said = next((text for text in map(os.strerror, NO_ROOM) if text in fault), None)
    if said is None and (DATABASE_FULL in fault or shutil.disk_usage(folder).free < ROOM):
        said = os.strerror(errno.ENOSPC)
    why = said or f"GDAL stopped before its end ({fault})"
    return ExportError(f"the file cannot be put together in {tempfile.gettempdir()}: {why}")


def write_layer(rows: pd.DataFrame, path: Path, driver: str, layer: str, **options: Any) -> None:
    """Write a table into a layer of a file, which is made if there is none."""
    pyogrio.write_dataframe(rows, path, layer=layer, driver=driver, use_arrow=True, append=path.exists(), **options)


def check_whole(path: Path, layer: str, rows: int) -> None:
    """Read a layer back, since GDAL does not tell of a full disk in every format; raises ExportError."""
    try:
        found = pyogrio.read_arrow(path, layer=layer, columns=[])[1].num_rows
        fault = f"{found} of {rows} rows are in it" if found != rows else None
    except (*GDAL_ERRORS, pa.ArrowException, OSError) as error:
        fault = str(error)
    if fault is not None:
        raise unfinished(path.parent, fault)


def plain_table(records: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """Return records of texts as a table without geometry."""
    listed = list(records)
    cells = {
        name: pd.arrays.ArrowExtensionArray(pa.array([record.get(name) for record in listed], type=pa.string()))
        for name in columns
    }
    return pd.DataFrame(cells)


# -- GeoPackage --------------------------------------------------------------------------------------------------------


def as_geopackage(contents: Contents) -> bytes:
    """Return a GeoPackage: a table for each type of geometry, their styles, the sources, the columns, and the terms.

    Rows under a share-alike licence are in tables of their own. QGIS takes the styles from the table `layer_styles`.
    """
    about = contents.about()
    with workshop(contents) as folder:
        path = folder / "map.gpkg"
        for part, mask in contents.parts.items():
            rows = flat_frame(contents, mask)
            texts = {"IDENTIFIER": contents.title_of(part), "DESCRIPTION": about.get("attribution", "")}
            new = {
                "dataset_metadata": {key.upper(): text for key, text in about.items()},
                "dataset_options": GEOPACKAGE,
            }
            metadata = {} if path.exists() else new
            if part.partition("_")[0] == RECORDS:
                write_layer(pd.DataFrame(rows.drop(columns=rows.geometry.name)), path, "GPKG", part, **metadata)
                check_whole(path, part, len(rows))
                continue
            shapes = in_one_type(rows)
            (shape,) = set(shapes.geometry.geom_type)
            options = {"layer_options": {**texts, "GEOMETRY_NAME": GEOMETRY}, "geometry_type": shape, **metadata}
            write_layer(shapes, path, "GPKG", part, **options)
            check_whole(path, part, len(shapes))
        for name, table in side_tables(contents).items():
            write_layer(table, path, "GPKG", name, **({} if path.exists() else {"dataset_options": GEOPACKAGE}))
        drawn = [part for part in contents.parts if part.partition("_")[0] != RECORDS]
        if drawn:
            exact = {"DATETIME_PRECISION": "MILLISECOND"}
            write_layer(styles_table(contents, drawn), path, "GPKG", "layer_styles", layer_options=exact)
        return path.read_bytes()


def side_tables(contents: Contents) -> dict[str, pd.DataFrame]:
    """Return what stands beside the rows: the terms, the sources that the rows name, what each column means."""
    about = [{"key": key, "value": text} for key, text in contents.about().items()]
    sources = contents.sources_table()
    licences = [
        {"id": one.id, "title": one.title, "url": one.url, "attribution": one.attribution} for one in contents.licences
    ]
    return {
        "about": plain_table(about, ("key", "value")),
        "sources": plain_table(sources, source_columns()),
        "licences": plain_table(licences, ("id", "title", "url", "attribution")),
        "columns": plain_table(column_records(), ("name", "holds", "unit", "meaning")),
    }


def source_columns() -> tuple[str, ...]:
    """Return the columns of the table of sources."""
    return ("id", "publisher", "title", "published", "accessed", "quality", "licence", "url")


def column_records() -> list[dict[str, str | None]]:
    """Return name, type, unit and meaning of each column of a row."""
    return [
        {"name": column.name, "holds": flat_type(column).value, "unit": column.unit, "meaning": column.meaning}
        for column in FLAT_TABLE
    ]


def styles_table(contents: Contents, parts: Iterable[str]) -> pd.DataFrame:
    """Return the table in which QGIS looks for the style of a layer."""
    records = []
    for part in parts:
        rows = contents.rows[contents.parts[part]]
        records.append(
            {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": part,
                "f_geometry_column": GEOMETRY,
                "styleName": contents.title_of(part),
                "styleQML": qgis_style(contents, part.partition("_")[0], rows),
                "styleSLD": "",
                "useAsDefault": True,
                "description": "As the map draws it",
                "owner": "",
                "ui": "",
                "update_time": contents.moment,
            }
        )
    types = {"useAsDefault": pa.bool_(), "update_time": pa.timestamp("ms", tz="UTC")}
    return pd.DataFrame(
        {
            name: pd.arrays.ArrowExtensionArray(
                pa.array([record[name] for record in records], type=types.get(name, pa.string()))
            )
            for name in records[0]
        }
    )


# -- FlatGeobuf --------------------------------------------------------------------------------------------------------


def as_flatgeobuf(contents: Contents) -> bytes:
    """Return a FlatGeobuf: one layer with all rows; its head has the terms, and the sources as JSON.

    It has a spatial index where every row has a geometry; the format knows none for rows without.
    """
    rows = flat_frame(contents)
    about = contents.about()
    with workshop(contents) as folder:
        path = folder / "map.fgb"
        write_layer(
            rows,
            path,
            "FlatGeobuf",
            "sco_map",
            geometry_type="Unknown",
            layer_metadata={**about, "sources": contents.sources_text()},
            layer_options={
                "SPATIAL_INDEX": "NO" if rows.empty or rows.geometry.isna().any() else "YES",
                "TITLE": about["title"],
                "DESCRIPTION": about.get("attribution", ""),
                "TEMPORARY_DIR": str(folder),
            },
        )
        check_whole(path, "sco_map", len(rows))
        return path.read_bytes()


# -- Shapefile ---------------------------------------------------------------------------------------------------------


def as_shapefiles(contents: Contents) -> bytes:
    """Return a zip of shapefiles, one for each type of geometry, and what they cannot hold as tables beside them.

    A shapefile has ten letters for the name of a column and 254 bytes for a text: `columns.csv` says which column each
    name stands for, and `rows.csv` has every row whole.
    """
    files: dict[str, bytes] = {}
    with workshop(contents) as folder:
        for part, mask in contents.parts.items():
            if part.partition("_")[0] == RECORDS:
                continue
            rows = in_one_type(in_short(flat_frame(contents, mask)))
            path = folder / f"{part}.shp"
            options = {"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": contents.day.isoformat()}
            write_layer(rows, path, "ESRI Shapefile", part, layer_options=options)
            check_whole(path, part, len(rows))
        files |= {path.name: path.read_bytes() for path in folder.iterdir()}
    files["columns.csv"] = as_table(shapefile_columns(), ("shapefile", "name", "holds", "unit", "meaning"))
    files["sources.csv"] = as_table(contents.sources_table(), source_columns())
    whole = flat_frame(contents).drop(columns="geometry")
    files["rows.csv"] = as_table(whole.to_dict("records"), [column.name for column in FLAT_TABLE])
    files["about.txt"] = shapefile_text(contents).encode()
    return zipped(files)


def shapefile_columns() -> list[dict[str, str | None]]:
    """Return which column each short name stands for."""
    return [
        {"shapefile": column.shapefile_name, **record}
        for column, record in zip(FLAT_TABLE, column_records(), strict=True)
    ]


def shapefile_text(contents: Contents) -> str:
    """Return the terms, and how to read what a shapefile cannot say."""
    lines = [f"{key}: {text}" for key, text in contents.about().items()]
    names = ", ".join(FORMS[form].lower() for form in FORMS if form != RECORDS)
    lines += [
        "",
        f"There is a shapefile for each type of geometry ({names}) and each licence that keeps rows apart.",
        f"A text longer than {LONGEST_TEXT} bytes is cut and ends in {CUT}; rows.csv has every row whole, and those "
        "without a geometry, too.",
        "columns.csv says which column each short name stands for, sources.csv who is behind the ids of sources.",
    ]
    return "\n".join(lines) + "\n"


def in_short(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows with the names and the texts that fit into a shapefile."""
    short = rows.copy()
    for column in FLAT_TABLE:
        if flat_type(column) is Type.TEXT:
            cells = [cut(text) if isinstance(text, str) else None for text in rows[column.name]]
            short[column.name] = pd.arrays.ArrowExtensionArray(pa.array(cells, type=pa.string()))
    return short.rename(columns={column.name: column.shapefile_name for column in FLAT_TABLE})


def cut(text: str) -> str:
    """Return a text that fits into a shapefile; where letters are lost, it ends in three dots."""
    whole = text.encode()
    if len(whole) <= LONGEST_TEXT:
        return text
    return whole[: LONGEST_TEXT - len(CUT.encode())].decode(errors="ignore") + CUT


def as_table(records: Iterable[Mapping[str, Any]], columns: Iterable[str]) -> bytes:
    """Return records as a plain CSV file."""
    names = list(columns)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    for record in records:
        cells = (record.get(name) for name in names)
        table.writerow(["" if cell is None or cell is pd.NA else cell for cell in cells])
    return text.getvalue().encode()
