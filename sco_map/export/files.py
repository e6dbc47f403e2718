"""Turn a selection into a file: a page, a table, or what geographic programs read; the ending of its name says what."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import unquote

import orjson
import shapely

from sco_map.atlas import Atlas, Selection, records_of
from sco_map.export.contents import SHARE_ALIKE, Contents, ExportError
from sco_map.export.wall.paper import HANDOUT, PAPERS, QUESTIONS, SHEETS, USUAL
from sco_map.files import UnwritableError, reason, write_whole
from sco_map.model.columns import CSV_TABLE, ONLY_SOME_LAYERS, POSITION
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, dialect_of
from sco_map.model.suggestions import hint, nearest
from sco_map.model.tables import cell_text, with_texts
from sco_map.page import View, render_page
from sco_map.version import VERSION

LONGEST_NAME = 80
PAGE, TABLE, MAP = "html", "csv", "geojson"

ENDINGS: Mapping[str, Sequence[str]] = {
    PAGE: ("htm",),
    MAP: ("json",),
    TABLE: ("tsv",),
    "xlsx": ("xls", "xlsm", "ods"),
    "gpkg": ("geopackage",),
    "parquet": ("geoparquet",),
    "fgb": ("flatgeobuf",),
    "kml": ("kmz",),
    "shp.zip": ("shp", "zip"),
}
"""The endings of the files that can be written, each with what else may have been meant by it."""

SHEET = "pdf"
"""The ending of a sheet of paper: a wall map, an outline or questions. It shows rows and holds no data."""

KNOWN: Mapping[str, Sequence[str]] = {**ENDINGS, SHEET: ("ps", "eps")}

HOW_TO_INSTALL = "run pip install -r requirements-formats.txt, or install the package with its extra: sco-map[formats]"


def format_of(path: Path) -> str:
    """Return the format that the ending of a name says; raises ExportError, which names the right ones."""
    name = path.name.lower()
    found = [ending for ending in KNOWN if name.endswith(f".{ending}") and len(name) > len(ending) + 1]
    if not found:
        raise ExportError(f"{path} {ending_fault(path.suffix.lower().lstrip('.'))}")
    return max(found, key=len)


def ending_fault(ending: str) -> str:
    """Return what is wrong with an ending, to be put after the name of a file."""
    known = ", ".join(f".{name}" for name in KNOWN)
    meant = [f"'.{name}'" for name in nearest(ending, KNOWN)]
    question = f"; did you mean {' or '.join(meant)}?" if ending and meant else ""
    return f"ends in none of {known}{question or '; the ending says which kind of file to write'}"


def export(
    atlas: Atlas,
    selection: Selection,
    view: View,
    path: Path,
    *,
    light: bool = False,
    include_all: bool = False,
    locale: str | None = None,
    share_alike: str | None = None,
    paper: str | None = None,
    sheet: str | None = None,
) -> None:
    """Write `selection` of `atlas` to `path`; the ending says in which format (see KNOWN).

    The file appears complete or not at all. The options are as in `render`. Raises ExportError when the ending is
    unknown or the file cannot be written.
    """
    path = Path(path)
    options: dict[str, Any] = {"light": light, "include_all": include_all, "locale": locale, "share_alike": share_alike}
    options |= {"paper": paper, "sheet": sheet}
    write(path, render(atlas, selection, view, format_of(path), **options))


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
    share_alike: str | None = None,
    paper: str | None = None,
    sheet: str | None = None,
) -> bytes:
    """Return `selection` of `atlas` as the bytes of a file; the same input gives the same bytes.

    A `light` page has no fonts and no relief; with `include_all` it carries every row, the selection preset. `locale`
    says how the spreadsheet that opens a table writes decimals. `share_alike` keeps "only" the rows of layers under a
    share-alike licence, or leaves them out ("without"). A PDF is a `sheet` ("map", "blank" or "questions"), a map of it
    on `paper` ("A0" to "A3"). Raises ExportError when the format is unknown, when what writes
    it is not installed, or when one of these was asked for a file that has no use for it.
    """
    if file_format not in KNOWN:
        raise ExportError(f"the file {ending_fault(file_format)}")
    if locale is not None and file_format != TABLE:
        raise ExportError(f"only a table (.{TABLE}) is written for a locale, not a .{file_format}")
    if (light or include_all) and file_format != PAGE:
        raise ExportError(f"only a page (.{PAGE}) can be light or carry every row, not a .{file_format}")
    if share_alike is not None and share_alike not in SHARE_ALIKE:
        raise ExportError(f"unknown value {share_alike!r} for share_alike{hint(share_alike, SHARE_ALIKE)}")
    if file_format == PAGE and paper is None and sheet is None:
        if share_alike is not None:
            raise ExportError(f"a page (.{PAGE}) shows all rows, whatever their licence; leave share_alike out")
        return as_html(atlas, selection, view, light=light, include_all=include_all)
    contents = Contents(atlas, selection, view, share_alike)
    if file_format == SHEET:
        return as_sheet(contents, sheet or SHEETS[0], paper)
    if paper is not None or sheet is not None:
        raise ExportError(f"only a .{SHEET} has a paper and a kind of sheet, not a .{file_format}")
    if file_format == TABLE:
        return as_csv(contents, locale)
    return as_geojson(contents) if file_format == MAP else written(contents, file_format)


WRITERS = {
    "xlsx": ("workbook", "as_workbook"),
    "gpkg": ("geographic", "as_geopackage"),
    "parquet": ("parquet", "as_geoparquet"),
    "fgb": ("geographic", "as_flatgeobuf"),
    "kml": ("keyhole", "as_kml"),
    "shp.zip": ("geographic", "as_shapefiles"),
}
"""For each format that needs a library of its own the module and the function that write it, imported when needed."""


def written(contents: Contents, file_format: str) -> bytes:
    """Return a file of a format that needs a library of its own; raises ExportError when that is not installed."""
    module, name = WRITERS[file_format]
    try:
        writer: Callable[[Contents], bytes] = getattr(import_module(f"sco_map.export.{module}"), name)
    except ModuleNotFoundError as error:
        raise ExportError(f"a .{file_format} file needs {error.name}; {HOW_TO_INSTALL}") from error
    return writer(contents)


def as_sheet(contents: Contents, sheet: str, paper: str | None) -> bytes:
    """Return a sheet as PDF; raises ExportError for an unknown sheet or paper, and when what writes it is missing."""
    if fault := sheet_fault(sheet, paper):
        raise ExportError(fault)
    try:
        from sco_map.export.wall.sheets import as_pdf
    except ModuleNotFoundError as error:
        raise ExportError(f"a .{SHEET} file needs {error.name}; {HOW_TO_INSTALL}") from error
    try:
        return as_pdf(contents, sheet, paper or USUAL)
    except OSError as error:  # what measures text puts its fonts into files
        raise ExportError(f"the sheet cannot be put together in {gettempdir()}: {reason(error)}") from error


def sheet_fault(sheet: str, paper: str | None) -> str | None:
    """Return what is wrong with a kind of sheet or its paper; None when nothing is."""
    if sheet not in SHEETS:
        return f"unknown sheet {sheet!r}{hint(sheet, SHEETS)}"
    if paper is not None and sheet == QUESTIONS:
        return f"questions are printed on {HANDOUT.name}; leave the paper out"
    if paper is not None and paper not in PAPERS:
        return f"unknown paper {paper!r}{hint(paper, sorted(PAPERS))}"
    return None


def as_html(atlas: Atlas, selection: Selection, view: View, *, light: bool = False, include_all: bool = False) -> bytes:
    """Return the page that shows the selection."""
    return render_page(atlas, selection, view, include_all=include_all, light=light).encode()


def as_geojson(contents: Contents) -> bytes:
    """Return the selected rows in full geometry (WGS 84, RFC 7946), one feature per line.

    The head has licences, credits and version, and the sources that the rows name by id.
    """
    head = {
        "type": "FeatureCollection",
        "name": file_name(contents.selection, "", "").rstrip("."),
        "selection": contents.selection.to_query(),
        "licence": [{"id": licence.id, "title": licence.title, "url": licence.url} for licence in contents.licences],
        "attribution": contents.attribution,
        "as_of": contents.as_of,
        "version": VERSION,
        "checksum": contents.atlas.checksum,
        "sources": orjson.Fragment(contents.sources_text()),
    }
    shapes = shapely.to_geojson(contents.rows.geometry.to_numpy())
    lines = [
        orjson.dumps(
            {
                "type": "Feature",
                "id": properties["id"],
                "properties": with_texts(declared(properties, contents.atlas)),
                "geometry": None if shape is None else orjson.Fragment(shape),
            }
        )
        for properties, shape in zip(records_of(contents.rows), shapes, strict=True)
    ]
    return orjson.dumps(head)[:-1] + b',"features":[\n' + b",\n".join(lines) + b"\n]}\n"


def declared(properties: dict[str, Any], atlas: Atlas) -> dict[str, Any]:
    """Return the columns that a row of its layer has."""
    columns = atlas.catalog.layers[properties["layer"]].columns
    return {name: value for name, value in properties.items() if name not in ONLY_SOME_LAYERS or name in columns}


def as_csv(contents: Contents, locale: str | None = None) -> bytes:
    """Return the selected rows as a table for spreadsheets: with byte-order mark, no cell runs as a formula.

    A spreadsheet of `locale` ("de", "ru", "en-GB") reads its numbers right: where decimals have a comma, cells are
    separated by semicolons. Raises LocaleError when the language of the locale is not known.
    """
    dialect = dialect_of(locale)
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    table = csv.writer(text, delimiter=dialect.separator, lineterminator="\r\n")
    table.writerow([column.name for column in CSV_TABLE])
    for record, shape in zip(contents.records, contents.rows.geometry, strict=True):
        is_point = shape is not None and shape.geom_type == "Point"
        values = record | (dict(zip(POSITION, (shape.x, shape.y), strict=True)) if is_point else {})
        table.writerow([dialect.number(cell_text(column, values.get(column.name))) for column in CSV_TABLE])
    return text.getvalue().encode()


def file_name(selection: Selection, file_format: str, version: str = VERSION) -> str:
    """Return the name of a file that holds `selection`, with the version and what was asked for in it."""
    whole = f"sco-map-{version}" if version else "sco-map"
    asked = [re.sub(r"[^A-Za-z0-9]+", "-", unquote(part)).strip("-") for part in selection.to_query().split("&")]
    return "_".join([whole, *filter(None, asked)])[:LONGEST_NAME].rstrip("-_") + f".{file_format}"
