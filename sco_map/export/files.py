"""Turn a selection into a file: the page as HTML, the full geometry as GeoJSON, the facts as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import geopandas as gpd
import orjson
import shapely

from sco_map.atlas import Atlas, Selection, records_of, select
from sco_map.errors import ScoMapError
from sco_map.files import UnwritableError, write_whole
from sco_map.model.columns import CSV_TABLE, ONLY_SOME_LAYERS
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, dialect_of
from sco_map.model.tables import cell_text, in_csv, with_texts
from sco_map.page import View, render_page

LONGEST_NAME = 80


class ExportError(ScoMapError):
    """Say in one sentence why a file cannot be written."""


def export(
    atlas: Atlas,
    selection: Selection,
    view: View,
    path: Path,
    *,
    light: bool = False,
    include_all: bool = False,
    locale: str | None = None,
) -> None:
    """Write `selection` of `atlas` to `path`; the ending (.html, .geojson, .csv) says in which format.

    The file appears complete or not at all. `light`, `include_all` and `locale` are as in `render`. Raises ExportError
    when the ending is unknown or the file cannot be written.
    """
    path = Path(path)
    file_format = path.suffix.lower().lstrip(".")
    content = render(atlas, selection, view, file_format, light=light, include_all=include_all, locale=locale)
    write(path, content)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises ExportError when that is not possible."""
    try:
        write_whole(path, content)
    except UnwritableError as error:
        raise ExportError(str(error)) from error


def render(
    atlas: Atlas,
    selection: Selection,
    view: View,
    file_format: str,
    *,
    light: bool = False,
    include_all: bool = False,
    locale: str | None = None,
) -> bytes:
    """Return `selection` of `atlas` as the bytes of a file; the same input gives the same bytes.

    A `light` page has no fonts and no relief; with `include_all` it carries every row, the selection preset. `locale`
    says how the spreadsheet that opens a table writes decimals. Raises ExportError when the format is unknown, or when
    one of these was asked for a file that has no use for it.
    """
    if file_format not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise ExportError(f"a file ends in {known}, not in {'.' + file_format if file_format else 'nothing'}")
    if locale is not None and file_format != TABLE:
        raise ExportError(f"only a table (.{TABLE}) is written for a locale, not a .{file_format}")
    if file_format == PAGE:
        return as_html(atlas, selection, view, light=light, include_all=include_all)
    if light or include_all:
        raise ExportError(f"only a page (.{PAGE}) can be light or carry every row, not a .{file_format}")
    if file_format == TABLE:
        return as_csv(atlas, selection, view, locale)
    return FORMATS[file_format](atlas, selection, view)


def as_html(atlas: Atlas, selection: Selection, view: View, *, light: bool = False, include_all: bool = False) -> bytes:
    """Return the page that shows the selection."""
    return render_page(atlas, selection, view, include_all=include_all, light=light).encode()


def as_geojson(atlas: Atlas, selection: Selection, view: View) -> bytes:
    """Return the selected rows in full geometry (WGS 84, RFC 7946) with licences and credits; one feature per line."""
    rows = select(atlas, selection, view.worldview)
    head = {
        "type": "FeatureCollection",
        "name": file_name(selection, "").rstrip("."),
        "selection": selection.to_query(),
        **notices(atlas, rows),
        "as_of": max((str(atlas.heads[layer].get("as_of") or "") for layer in layers_of(rows)), default=None),
        "checksum": atlas.checksum,
    }
    shapes = shapely.to_geojson(rows.geometry.to_numpy())
    lines = [
        orjson.dumps(
            {
                "type": "Feature",
                "id": properties["id"],
                "properties": with_texts(declared(properties, atlas)),
                "geometry": None if shape is None else orjson.Fragment(shape),
            }
        )
        for properties, shape in zip(records_of(rows), shapes, strict=True)
    ]
    return orjson.dumps(head)[:-1] + b',"features":[\n' + b",\n".join(lines) + b"\n]}\n"


def declared(properties: dict[str, Any], atlas: Atlas) -> dict[str, Any]:
    """Return the columns that a row of its layer has."""
    columns = atlas.catalog.layers[properties["layer"]].columns
    return {name: value for name, value in properties.items() if name not in ONLY_SOME_LAYERS or name in columns}


def as_csv(atlas: Atlas, selection: Selection, view: View, locale: str | None = None) -> bytes:
    """Return the selected rows as a table for spreadsheets: with byte-order mark, no cell runs as a formula.

    A spreadsheet of `locale` ("de", "ru", "en-GB") reads its numbers right: where decimals have a comma, cells are
    separated by semicolons. Raises LocaleError when the language of the locale is not known.
    """
    dialect = dialect_of(locale)
    rows = select(atlas, selection, view.worldview)
    credits = {id_: licence.attribution for id_, licence in atlas.catalog.licences.items()}
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    table = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    table.writerow([column.name for column in CSV_TABLE])
    for properties, shape in zip(records_of(rows), rows.geometry, strict=True):
        if shape is not None and shape.geom_type == "Point":
            properties |= {"longitude": shape.x, "latitude": shape.y}
        properties["attribution"] = credits.get(properties["licence"])
        values = in_csv(properties)
        table.writerow([dialect.number(cell_text(column, values.get(column.name))) for column in CSV_TABLE])
    return text.getvalue().encode()


PAGE = "html"
TABLE = "csv"
FORMATS: Mapping[str, Callable[[Atlas, Selection, View], bytes]] = {
    PAGE: as_html,
    "geojson": as_geojson,
    TABLE: as_csv,
}
"""For each ending of a file name the function that makes its content."""


def layers_of(rows: gpd.GeoDataFrame) -> list[str]:
    """Return the layers that the rows come from, in the order of the table."""
    return list(dict.fromkeys(rows["layer"]))


def notices(atlas: Atlas, rows: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return under which licences the rows may be used and whom to credit.

    A layer's licence counts beside that of each row: one part under a share-alike licence binds the whole file.
    """
    layers = layers_of(rows)
    ids = dict.fromkeys([str(atlas.heads[layer].get("licence")) for layer in layers] + list(rows["licence"]))
    licences = [licence for id_ in ids if (licence := atlas.catalog.licences.get(id_)) is not None]
    credits = dict.fromkeys(licence.attribution for licence in licences if licence.attribution)
    return {
        "licence": [{"id": licence.id, "title": licence.title, "url": licence.url} for licence in licences],
        "attribution": "; ".join(credits),
    }


def file_name(selection: Selection, file_format: str) -> str:
    """Return the name of a file that holds `selection`, with what was asked for in it."""
    asked = [re.sub(r"[^A-Za-z0-9]+", "-", unquote(part)).strip("-") for part in selection.to_query().split("&")]
    return "_".join(["sco-map", *filter(None, asked)])[:LONGEST_NAME].rstrip("-_") + f".{file_format}"
