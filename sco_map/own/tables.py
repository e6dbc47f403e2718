"""Read tables of text, CSV and XLSX, and find where in them the geometry is; runs in the reading process."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sco_map.own.cells import cleaned, is_blank
from sco_map.own.errors import OwnDataError
from sco_map.own.limits import Limits
from sco_map.own.shapes import Shapes

DELIMITERS = (",", ";", "\t", "|")
LONGITUDE = ("lon", "lng", "long", "longitude", "longitudedeg", "londd", "x", "xcoord", "经度", "долгота", "দ্রাঘিমাংশ")
LATITUDE = ("lat", "latitude", "latitudedeg", "latdd", "y", "ycoord", "纬度", "широта", "অক্ষাংশ")
WKT_NAMES = ("wkt", "wktformat", "geometry", "geom", "thegeom", "shape", "route", "geo")
WKT = re.compile(
    r"\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*(Z|M|ZM)?\s*(\(|EMPTY)", re.IGNORECASE
)
LOCODE = re.compile(r"(\d{2})(\d{2})([NS])\s+(\d{3})(\d{2})([EW])")
LOCODE_NAME = "coordinates"
LOOKED_AT = 200
"""Rows that are looked at for a geometry written as text."""


@dataclass
class Table:
    """Texts by column, the number of each feature in its file, and its geometry as far as it is known.

    `unit` is what a feature is called in a sentence: a row of a table, a feature of a map. `crs` is as the file says
    it, None where it says nothing.
    """

    columns: dict[str, list[str | None]]
    numbers: Sequence[int]
    shapes: Shapes | None = None
    crs: Any = None
    unit: str = "feature"
    layer: str | None = None
    layers: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self.numbers)


def plain_name(name: str) -> str:
    """Return the name of a column without what people vary."""
    return re.sub(r"[\W_]+", "", name).casefold()


def distinct(names: Iterable[Any], letters: int = 100) -> list[str]:
    """Return the names of columns cleaned, none empty and none twice."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        text = cleaned(str(name), letters) if name is not None else ""
        text = text or f"column {number}"
        while text in found:
            text += " 2"
        found.append(text)
    return found


def read_csv(path: Path, name: str, limits: Limits) -> Table:
    """Return a CSV file as a table; the first line has the names of the columns."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise OwnDataError(
            f"{name}, line {line}: byte {error.start} is 0x{raw[error.start]:02x}, which is not UTF-8 text; "
            "save the table as UTF-8"
        ) from error
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise OwnDataError(f"{name}, line {line} holds a null character; save the table again as CSV")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(limits.file_bytes)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = next(reader, [])
        check_columns(name, len(head), limits)
        rows: list[list[str]] = []
        lines: list[int] = []
        for row in reader:
            if not any(row):
                continue
            if len(row) > len(head) and any(row[len(head) :]):
                raise OwnDataError(
                    f"{name}, line {reader.line_num} has {len(row)} cells, the first line {len(head)}; "
                    f"put cells that hold a {'tab' if delimiter == chr(9) else repr(delimiter)} between quotation marks"
                )
            rows.append(row)
            lines.append(reader.line_num)
            check_count(name, len(rows), limits)
    except csv.Error as error:
        raise OwnDataError(f"{name}, line {reader.line_num} is not CSV: {error}; save the table again") from error
    return as_table(name, head, rows, lines, limits)


def read_workbook(path: Path, name: str, sheet: str | None, limits: Limits) -> Table:
    """Return a sheet of an XLSX workbook as a table: the named one, else the first that holds anything.

    Formulas are never computed: their cells have the value that was saved with them.
    """
    from zipfile import BadZipFile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise OwnDataError(
            f"{name} cannot be read as a workbook: {short(error)}; save it again as .xlsx or as .csv"
        ) from error
    names = tuple(cleaned(one, limits.text_letters) for one in book.sheetnames)
    if sheet is not None and sheet not in book.sheetnames:
        raise OwnDataError(f"{name} has no sheet {sheet!r}; it has {', '.join(map(repr, names[:10]))}")
    for one in [sheet] if sheet is not None else book.sheetnames:
        page = book[one]
        if not hasattr(page, "iter_rows"):
            continue
        cells = page.iter_rows(max_col=limits.columns + 1, max_row=limits.features + 2, values_only=True)
        read = [(number, row) for number, row in enumerate(cells, 1) if any(cell is not None for cell in row)]
        if not read:
            continue
        (_, head), body = read[0], read[1:]
        width = max((at + 1 for at, cell in enumerate(head) if cell is not None), default=0)
        check_columns(name, width, limits)
        check_count(name, len(body), limits)
        rows = [[text_of(cell) for cell in row[:width]] for _, row in body]
        table = as_table(name, list(head[:width]), rows, [number for number, _ in body], limits)
        table.layer, table.layers = one, names
        return table
    raise OwnDataError(f"{name} holds no table; the first row of a sheet names its columns")


def text_of(value: Any) -> str | None:
    """Return a cell as text: whole numbers without decimals, days without a time."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, ".15g")
    text = str(value)
    return text.removesuffix(" 00:00:00")


def short(error: object) -> str:
    """Return what a library says is wrong, printable and short, without a path."""
    text = cleaned(re.sub(r"(/[\w.+-]+){2,}/?", "the file", str(error)), 160)
    return text.rstrip(".;") or type(error).__name__


def check_columns(name: str, count: int, limits: Limits) -> None:
    """Raise OwnDataError for more columns than are read."""
    if count > limits.columns:
        raise OwnDataError(
            f"{name} has {count:,} columns; at most {limits.columns} are read, so delete those that no map needs"
        )


def check_count(name: str, count: int, limits: Limits) -> None:
    """Raise OwnDataError for more features than are read."""
    if count > limits.features:
        raise OwnDataError(
            f"{name} has more than {limits.features:,} features; split it, or keep only the region that you need"
        )


def as_table(
    name: str, head: Sequence[Any], rows: Sequence[Sequence[str | None]], numbers: list[int], limits: Limits
) -> Table:
    """Return rows of texts column by column."""
    if not rows:
        raise OwnDataError(f"{name} has no rows below its first line, which names the columns")
    names = distinct(head)
    columns = {column: [row[at] if at < len(row) else None for row in rows] for at, column in enumerate(names)}
    return Table(columns, numbers, unit="row")


# -- geometry that is written in cells ---------------------------------------------------------------------------------


def with_geometry(table: Table, name: str, said: Mapping[str, str]) -> Table:
    """Return a table with the geometry that its cells hold: as WKT, as longitude and latitude, as UN/LOCODE has it.

    `said` names the columns "wkt", "lon" and "lat" where the reader has named them. Raises OwnDataError where there is
    no geometry.
    """
    wkt, lon, lat = (said.get(key) for key in ("wkt", "lon", "lat"))
    for column in (wkt, lon, lat):
        if column is not None and column not in table.columns:
            raise no_column(name, column, table.columns)
    wkt = wkt or (None if lon and lat else wkt_column(table))
    if wkt is not None:
        return replaced(table, from_wkt(table, name, wkt), [wkt])
    lon, lat = lon or named_like(table, LONGITUDE), lat or named_like(table, LATITUDE)
    if lon is not None and lat is not None:
        return replaced(table, from_pairs(table, name, lon, lat), [lon, lat])
    coded = next((one for one in table.columns if plain_name(one) == LOCODE_NAME), None)
    if coded is not None:
        return replaced(table, from_locode(table, name, coded), [coded])
    shown = ", ".join(map(repr, list(table.columns)[:12]))
    raise OwnDataError(
        f"{name} has no geometry: of its columns ({shown}) none holds WKT, and none are called lon and lat; "
        "call those that hold the positions lon and lat, or the one that holds WKT wkt",
        flags="--map lon=X --map lat=Y or --map wkt=SHAPE",
    )


def no_column(name: str, column: str, columns: Iterable[str]) -> OwnDataError:
    """Return what is said of a column that a file does not have."""
    from sco_map.model.suggestions import hint

    return OwnDataError(f"{name} has no column {column!r}{hint(column, list(columns))}")


def replaced(table: Table, shapes: Shapes, used: Sequence[str]) -> Table:
    """Return a table with its shapes, and without the columns that they were read from."""
    table.shapes = shapes
    table.columns = {column: cells for column, cells in table.columns.items() if column not in used}
    return table


def named_like(table: Table, names: Sequence[str]) -> str | None:
    """Return the first column with one of the names."""
    by_name = {plain_name(column): column for column in reversed(table.columns)}
    return next((by_name[one] for one in names if one in by_name), None)


def wkt_column(table: Table) -> str | None:
    """Return the column that holds WKT, those first that are called so."""
    ordered = sorted(table.columns, key=lambda column: plain_name(column) not in WKT_NAMES)
    for column in ordered:
        cells = [cell for cell in table.columns[column] if not is_blank(cell)][:LOOKED_AT]
        if any(WKT.match(cell or "") for cell in cells):
            return column
    return None


def from_wkt(table: Table, name: str, column: str) -> Shapes:
    """Return the shapes that a column has as WKT; what is none is left out, and said."""
    cells = table.columns[column]
    texts = [None if is_blank(cell) else re.sub(r"^\s*SRID=\d+;", "", cell or "") for cell in cells]
    with np.errstate(all="ignore"):  # numbers without end become infinite, which is said of them later
        shapes: Shapes = shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore")
    wrong = [
        at for at, (text, shape) in enumerate(zip(texts, shapes, strict=True)) if text is not None and shape is None
    ]
    say(table, name, column, wrong, "is not WKT, such as LINESTRING (69.2 41.3, 71.6 40.9)")
    return shapes


def from_pairs(table: Table, name: str, lon: str, lat: str) -> Shapes:
    """Return the points that two columns have as decimal degrees, or as metres of a system that the reader names."""
    east, north = (np.array([degrees(cell) for cell in table.columns[column]]) for column in (lon, lat))
    for column, values in ((lon, east), (lat, north)):
        cells = table.columns[column]
        wrong = [at for at, value in enumerate(values) if not is_blank(cells[at]) and not np.isfinite(value)]
        say(table, name, column, wrong, "is not a number of degrees, such as 41.31")
    known = np.isfinite(east) & np.isfinite(north)
    shapes: Shapes = np.full(len(table), None, dtype=object)
    shapes[known] = shapely.points(east[known], north[known])
    return shapes


def degrees(cell: str | None) -> float:
    """Return a cell as a number, NaN for what is none."""
    text = (cell or "").strip().replace("−", "-").rstrip("°")
    text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        return float(text)
    except ValueError:
        return float("nan")


def from_locode(table: Table, name: str, column: str) -> Shapes:
    """Return the points that a column has as degrees and minutes, such as 4118N 06916E."""
    shapes: Shapes = np.full(len(table), None, dtype=object)
    wrong = []
    for at, cell in enumerate(table.columns[column]):
        found = LOCODE.fullmatch((cell or "").strip())
        if found is None:
            wrong += [] if is_blank(cell) else [at]
            continue
        south_north, minutes, side, west_east, seconds, half = found.groups()
        latitude = (int(south_north) + int(minutes) / 60) * (-1 if side == "S" else 1)
        longitude = (int(west_east) + int(seconds) / 60) * (-1 if half == "W" else 1)
        shapes[at] = shapely.Point(longitude, latitude)
    say(table, name, column, wrong, "is not a position such as 4118N 06916E")
    return shapes


def say(table: Table, name: str, column: str, wrong: Sequence[int], what: str) -> None:
    """Note the cells that hold no geometry: the first one in full, and how many more there are."""
    if not wrong:
        return
    cell = cleaned(table.columns[column][wrong[0]] or "", 40)
    more = f"; so it is in {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
    table.notes.append(
        f"{name}, {table.unit} {table.numbers[wrong[0]]}, column {column!r}: {cell!r} {what}; "
        f"the {table.unit} is in the table, not on the map{more}"
    )
