"""Turn a file of any known format into texts and shapes in WGS 84; runs in the reading process, and only there."""

from __future__ import annotations

import json
import re
import sqlite3
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sco_map.model.texts import counted
from sco_map.own import archives, formats
from sco_map.own.cells import cleaned, is_blank
from sco_map.own.errors import OwnDataError
from sco_map.own.known import AIDDATA, known_as
from sco_map.own.limits import Limits
from sco_map.own.overpass import is_overpass, read_overpass
from sco_map.own.shapes import Repairs, Shapes, coordinate_count, not_finite, outside, repaired, ways_of
from sco_map.own.tables import (
    Table,
    check_columns,
    check_count,
    distinct,
    read_csv,
    read_workbook,
    short,
    text_of,
    with_geometry,
)

DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
LINKS = re.compile(rb"<\s*(?:\w+:)?NetworkLink\b", re.IGNORECASE)
FORMULA = re.compile(rb"<f[ >/]")
UNRECOGNISED = "not recognized as being in a supported file format"
WGS84 = "EPSG:4326"
IN_DEGREES = (WGS84, "OGC:CRS84")
GEOMETRY, NUMBER = "geometry", "feature"


@dataclass
class Contents:
    """What a file holds, ready to be handed over."""

    table: Table
    format: str
    known: str | None
    notes: list[str] = field(default_factory=list)

    @property
    def layer(self) -> str | None:
        """The layer that was read, where the file has several."""
        return self.table.layer

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of the file."""
        return self.table.layers


def read_contents(
    path: Path,
    name: str,
    folder: Path,
    limits: Limits,
    *,
    layer: str | None,
    crs: str | None,
    said: Mapping[str, str],
    mend: bool = True,
) -> Contents:
    """Return what the file at `path` holds; `name` is what its reader calls it. Raises OwnDataError.

    Unless `mend`, repairing the shapes is left to the caller, but for formats whose shapes are looked at here.
    """
    with path.open("rb") as file:
        head = file.read(formats.HEAD_BYTES)
    kind = formats.format_of(name, head)
    if kind in formats.ARCHIVES and head.startswith(b"PK"):
        path, kind = archives.unpacked(path, kind, name, folder, limits)
        if kind not in (formats.SHAPEFILE, formats.WORKBOOK):
            with path.open("rb") as file:
                head = file.read(formats.HEAD_BYTES)
            kind = formats.format_of(path.name, head)
    table = read_table(path, kind, name, head, layer, limits, said)
    if not len(table):
        raise OwnDataError(f"{name} holds no features; add a file with at least one")
    known = known_as(table.columns)
    shapes = table.shapes if table.shapes is not None else np.full(len(table), None, dtype=object)
    if coordinate_count(shapes) > limits.vertices:
        raise OwnDataError(
            f"{name} has {coordinate_count(shapes):,} vertices; at most {limits.vertices:,} are read, "
            "so simplify its lines or split it"
        )
    if shapely.is_missing(shapes).all():
        why = f" ({table.notes[0]})" if table.notes else ""
        raise OwnDataError(
            f"{name} has no geometry in any of its {len(table):,} {table.unit}s{why}; "
            "add a file with lines, points or areas"
        )
    shapes = in_degrees(shapes, table, name, crs)
    shapes = placed(shapes, table, name)
    repairs = Repairs()
    if mend or known == AIDDATA:
        shapes, repairs = repaired(shapes)
    if known == AIDDATA:
        shapes, count = ways_of(shapes)
        if count:
            table.notes.append(f"{name}: {counted(count, 'area')} around a way turned into the line in its middle")
    table.shapes = shapes
    table.columns = {
        column: cleaned_cells(cells, column, table, name, limits) for column, cells in table.columns.items()
    }
    notes = [*table.notes, *(f"{name}: {sentence}" for sentence in repairs.sentences())]
    return Contents(table, kind, known, notes)


def read_table(
    path: Path, kind: str, name: str, head: bytes, layer: str | None, limits: Limits, said: Mapping[str, str]
) -> Table:
    """Return the features of a file as they are in it."""
    if kind == formats.CSV:
        return with_geometry(read_csv(path, name, limits), name, said)
    if kind == formats.WORKBOOK:
        notes = checked_workbook(path, name, limits)
        table = read_workbook(path, name, layer, limits)
        table.notes += notes
        return with_geometry(table, name, said)
    if kind == formats.PARQUET:
        table = read_parquet(path, name, limits)
        return table if table.shapes is not None else with_geometry(table, name, said)
    if kind == formats.GEOJSON and is_overpass(head):
        return read_overpass(path, name, limits)
    notes = []
    if kind == formats.KML:
        notes = checked_kml(path, name)
    if kind == formats.GEOPACKAGE:
        check_database(path, name)
    table = read_with_gdal(path, kind, name, layer, limits)
    table.notes += notes
    return table


# -- what is looked at before a library sees it ------------------------------------------------------------------------


def checked_kml(path: Path, name: str) -> list[str]:
    """Return what was not followed in a KML file; raises OwnDataError for entities and for what is not UTF-8."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise OwnDataError(f"{name}, line {line}: byte {error.start} is not UTF-8 text; save it as UTF-8") from error
    check_entities(content, name)
    links = len(LINKS.findall(content))
    if not links:
        return []
    return [f"{name}: {counted(links, 'link')} to data elsewhere (NetworkLink) not followed; add the linked files"]


def check_entities(content: bytes, name: str) -> None:
    """Raise OwnDataError for XML that declares entities or a document type, which may grow or read other files."""
    if found := DOCTYPE.search(content):
        line = content[: found.start()].count(b"\n") + 1
        raise OwnDataError(
            f"{name}, line {line} declares a document type or an entity, which no map needs; "
            f"remove <!{found.group(1).decode().upper()}…>"
        )


def checked_workbook(path: Path, name: str, limits: Limits) -> list[str]:
    """Return what is to be said of the formulas of a workbook; raises OwnDataError for entities."""
    formulas = 0
    with archives.opened(path, name, limits) as archive:
        for member in archive.infolist():
            if member.filename.lower().endswith((".xml", ".rels")):
                content = archive.read(member)
                check_entities(content, f"{name}, member {archives.clean_name(member.filename)!r}")
                if member.filename.startswith("xl/worksheets/"):
                    formulas += len(FORMULA.findall(content))
    if not formulas:
        return []
    count = counted(formulas, "cell")
    return [f"{name}: {count} with a formula, which was not run: the value that was saved with it counts"]


def check_database(path: Path, name: str) -> None:
    """Raise OwnDataError for a GeoPackage with tables that read other files or that is damaged."""
    try:
        database = sqlite3.connect(f"file:{path.as_posix()}?mode=ro&immutable=1", uri=True)
        try:
            rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'create virtual%'").fetchall()
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            database.close()
    except (sqlite3.Error, ValueError) as error:
        raise OwnDataError(f"{name} is not a whole GeoPackage ({short(error)}); save it again") from error
    for table, sql in rows:
        module = re.search(r"using\s+\"?(\w+)", str(sql), re.IGNORECASE)
        if module is None or module.group(1).lower() not in ("rtree", "fts3", "fts4", "fts5"):
            raise OwnDataError(
                f"{name} has the virtual table {cleaned(str(table), 60)!r}, which may read other files; "
                "save its layers into a new GeoPackage"
            )
    if "gpkg_contents" not in tables:
        raise OwnDataError(
            f"{name} is an SQLite database without the tables of a GeoPackage; save the layer as GeoPackage"
        )


# -- formats that libraries read ---------------------------------------------------------------------------------------


def read_with_gdal(path: Path, kind: str, name: str, layer: str | None, limits: Limits) -> Table:
    """Return the features of a layer that GDAL reads with the one driver of its format."""
    from sco_map.own.worker import only_drivers

    driver = formats.FORMATS[kind].driver
    only_drivers(driver)
    try:
        import pyogrio
        from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
    except ModuleNotFoundError as error:
        raise OwnDataError(
            f"{name} needs {error.name} to be read; install the package with its extra: sco-map[formats]"
        ) from error
    if others := set(pyogrio.list_drivers()) - {driver}:
        raise OwnDataError(
            f"{name} is not read: GDAL has the drivers {', '.join(sorted(others))}, which cannot be switched off"
        )
    faults = (CRSError, DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError, ValueError, OSError)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = [(str(one), one_type) for one, one_type in pyogrio.list_layers(path)]
            names = tuple(one for one, _ in found)
            wanted = chosen_layers(found, kind, name, layer)
            tables = [gdal_table(path, name, one, limits) for one in wanted]
        except faults as error:
            if UNRECOGNISED in str(error):
                raise OwnDataError(
                    f"{name} is cut or damaged: it begins like {formats.FORMATS[kind].name}, "
                    "but cannot be read as such; save it again"
                ) from error
            raise OwnDataError(
                f"{name} cannot be read as {formats.FORMATS[kind].name}: {short(error)}; "
                "open it in QGIS and save it again"
            ) from error
    table = tables[0] if len(tables) == 1 else stacked(tables)
    check_count(name, len(table), limits)
    table.layers = names
    table.layer = wanted[0] if len(names) > 1 and len(wanted) == 1 else None
    return table


def chosen_layers(found: Sequence[tuple[str, Any]], kind: str, name: str, layer: str | None) -> list[str]:
    """Return the layers to read: the one that is asked for, else the only one; all folders of a KML file."""
    names = [one for one, _ in found]
    if layer is not None:
        if layer not in names:
            raise OwnDataError(f"{name} has no layer {layer!r}; it has {', '.join(map(repr, names[:10])) or 'none'}")
        return [layer]
    if kind == formats.KML:
        return names
    drawn = [one for one, type_ in found if type_ is not None] or names
    if len(drawn) > 1:
        raise OwnDataError(
            f"{name} has {len(drawn)} layers: {', '.join(map(repr, drawn[:10]))}; "
            f"name the one to read, such as {drawn[0]!r}",
            flags=f"--add {name}:{drawn[0]}",
        )
    if not drawn:
        raise OwnDataError(f"{name} holds no layer; add a file with at least one")
    return drawn


def gdal_table(path: Path, name: str, layer: str, limits: Limits) -> Table:
    """Return one layer as texts and shapes."""
    import pyogrio
    import pyogrio.raw

    info = pyogrio.read_info(path, layer=layer)
    check_columns(name, len(info["fields"]), limits)
    meta, arrow = pyogrio.raw.read_arrow(path, layer=layer, max_features=limits.features + 1, return_fids=False)
    geometry = meta["geometry_name"] or "wkb_geometry"
    count = arrow.num_rows
    columns = {}
    heads = distinct(column for column in arrow.column_names if column != geometry)
    for head, column in zip(heads, [one for one in arrow.column_names if one != geometry], strict=True):
        columns[head] = arrow_texts(arrow.column(column), f"{name}, column {head!r}")
    shapes = None
    if geometry in arrow.column_names:
        shapes = from_wkb(arrow.column(geometry).to_pylist())
    return Table(columns, range(1, count + 1), shapes, unknown_system(path) or meta["crs"])


NAMED_SYSTEM = re.compile(rb'"crs"\s*:\s*\{[^{}]{0,200}\{\s*"name"\s*:\s*"([^"\\]{1,200})"\s*\}')
HEAD_BYTES = 65_536


def unknown_system(path: Path) -> str | None:
    """Return the reference system that the head of GeoJSON names where nobody knows it: GDAL takes it for degrees."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    found = NAMED_SYSTEM.search(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else None
    if found is None:
        return None
    name = found.group(1).decode(errors="replace")
    return None if is_system(name) else name


def is_system(name: str) -> bool:
    """Say whether a text names a reference system."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        CRS.from_user_input(name)
    except CRSError:
        return False
    return True


def from_wkb(values: list[bytes | None]) -> Shapes:
    """Return shapes of WKB, None for what is none."""
    shapes: Shapes = shapely.from_wkb(np.array([*values, None], dtype=object), on_invalid="ignore")[:-1]
    return shapes


def arrow_texts(column: Any, where: str) -> list[str | None]:
    """Return a column of Arrow as texts; raises OwnDataError for text that is not UTF-8."""
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        try:
            return list(column.to_pylist())
        except UnicodeDecodeError as error:
            raise OwnDataError(f"{where} holds text that is not UTF-8 ({short(error)}); save it as UTF-8") from error
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [None] * len(column)
    return [
        text_of(json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value)
        for value in column.to_pylist()
    ]


def stacked(tables: Sequence[Table]) -> Table:
    """Return several layers as one table."""
    heads = list(dict.fromkeys(head for table in tables for head in table.columns))
    columns: dict[str, list[str | None]] = {head: [] for head in heads}
    shapes: list[Shapes] = []
    for table in tables:
        for head in heads:
            columns[head] += table.columns.get(head, [None] * len(table))
        shapes.append(np.full(len(table), None, dtype=object) if table.shapes is None else table.shapes)
    count = sum(map(len, tables))
    return Table(
        columns, range(1, count + 1), np.concatenate(shapes), next((one.crs for one in tables if one.crs), None)
    )


def read_parquet(path: Path, name: str, limits: Limits) -> Table:
    """Return a GeoParquet file; one without its metadata is a table like any other."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise OwnDataError(
            f"{name} needs {error.name} to be read; install the package with its extra: sco-map[formats]"
        ) from error
    try:
        file = pq.ParquetFile(path)
        check_columns(name, len(file.schema_arrow.names), limits)
        check_count(name, file.metadata.num_rows, limits)
        about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"null"))
        arrow = file.read(use_threads=False)
    except (pa.ArrowException, OSError, ValueError, RecursionError) as error:
        raise OwnDataError(f"{name} cannot be read as GeoParquet: {short(error)}; save it again") from error
    main = about.get("primary_column") if isinstance(about, dict) else None
    head = (
        (about.get("columns") or {}).get(main)
        if isinstance(about, dict) and isinstance(about.get("columns"), dict)
        else None
    )
    names = [one for one in arrow.column_names if one != main]
    columns = {
        head_: arrow_texts(arrow.column(one), f"{name}, column {head_!r}")
        for head_, one in zip(distinct(names), names, strict=True)
    }
    shapes, crs = None, None
    if isinstance(main, str) and main in arrow.column_names and isinstance(head, dict):
        encoding = head.get("encoding")
        if encoding != "WKB" or not (
            pa.types.is_binary(arrow.column(main).type) or pa.types.is_large_binary(arrow.column(main).type)
        ):
            raise OwnDataError(
                f"{name}, column {main!r} has the encoding {cleaned(str(encoding), 40)!r}; "
                "save it as GeoParquet with WKB"
            )
        shapes = from_wkb(arrow.column(main).to_pylist())
        crs = json.dumps(head["crs"]) if head.get("crs") else (WGS84 if "crs" not in head else None)
    return Table(columns, range(1, arrow.num_rows + 1), shapes, crs)


# -- where it lies -----------------------------------------------------------------------------------------------------


def in_degrees(shapes: Shapes, table: Table, name: str, crs: str | None) -> Shapes:
    """Return the shapes in WGS 84, longitude before latitude; raises OwnDataError where their system is not known."""
    asked: Any = table.crs
    if table.crs is not None and crs is not None and not is_system(table.crs):
        asked = crs  # what the file says helps nobody
    elif table.crs is not None and crs is not None and table.crs != crs:
        table.notes.append(f"{name} says itself in which reference system it is; {crs} was not used for it")
    if asked is None:
        asked = crs or (WGS84 if table.unit == "row" else None)
    example = first_position(shapes)
    if asked is None:
        hint, code = (
            ("if they are degrees, name EPSG:4326", "EPSG:4326")
            if inside_world(example)
            else ("name it, as in EPSG:32642", "EPSG:32642")
        )
        raise OwnDataError(
            f"{name} does not say in which reference system its positions are, "
            f"such as {example[0]:.9g}, {example[1]:.9g}; {hint}",
            flags=f"--crs {code}",
        )
    if asked in IN_DEGREES:
        return shapes
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError

    try:
        system = CRS.from_user_input(asked)
    except CRSError as error:
        what = (
            f"{crs!r} is not a reference system"
            if table.crs is None
            else f"{name} is in a reference system that is not known"
        )
        raise OwnDataError(f"{what}; name it by its number, as in EPSG:4326", flags="--crs EPSG:4326") from error
    if "undefined" in system.name.lower() or not (
        system.is_geographic or system.is_projected or system.is_bound or system.is_compound
    ):
        if crs is None:
            raise OwnDataError(
                f"{name} is in the reference system {cleaned(system.name, 60)!r}, which does not say where on Earth; "
                "name the right one, as in EPSG:32642",
                flags="--crs EPSG:32642",
            )
        system = CRS.from_user_input(crs)
    if system.equals(CRS.from_epsg(4326), ignore_axis_order=True):
        return shapes
    transformer = Transformer.from_crs(system, WGS84, always_xy=True)
    flat: Shapes = shapely.force_2d(shapes)

    def moved(pairs: Any) -> Any:
        return np.column_stack(transformer.transform(pairs[:, 0], pairs[:, 1]))

    table.notes.append(f"{name} was brought from {cleaned(system.name, 60)} into longitude and latitude (WGS 84)")
    changed: Shapes = shapely.transform(flat, moved)
    return changed


def first_position(shapes: Shapes) -> tuple[float, float]:
    """Return a position of the first shape that has any."""
    coordinates = shapely.get_coordinates(shapes)
    return (float(coordinates[0, 0]), float(coordinates[0, 1])) if len(coordinates) else (0.0, 0.0)


def inside_world(position: tuple[float, float]) -> bool:
    """Tell whether a position may be longitude and latitude."""
    return abs(position[0]) <= 180 and abs(position[1]) <= 90


def placed(shapes: Shapes, table: Table, name: str) -> Shapes:
    """Return the shapes without those that lie nowhere on Earth, each kind of which is said once.

    Raises OwnDataError where most do: then the positions are no degrees, or are swapped.
    """
    shapes = shapes.copy()
    nowhere = not_finite(shapes)
    if nowhere.any():
        first = table.numbers[int(np.flatnonzero(nowhere)[0])]
        count = int(nowhere.sum())
        more = f"; so are those of {count - 1:,} more" if count > 1 else ""
        table.notes.append(
            f"{name}, {table.unit} {first}: a position is not a finite number, where degrees should be; "
            f"the {table.unit} is in the table, not on the map{more}"
        )
        shapes[nowhere] = None
    beyond = outside(shapes)
    if not beyond.any():
        return everywhere_but(shapes, name, nowhere)
    at = int(np.flatnonzero(beyond)[0])
    pairs = shapely.get_coordinates(shapes[at])
    wrong = pairs[(np.abs(pairs[:, 0]) > 180) | (np.abs(pairs[:, 1]) > 90)][0]
    where = (
        f"{name}, {table.unit} {table.numbers[at]}: "
        f"the position {wrong[0]:.9g}, {wrong[1]:.9g} lies outside -180 to 180, -90 to 90"
    )
    others = f", like {int(beyond.sum()) - 1:,} more" if beyond.sum() > 1 else ""
    there = int((~shapely.is_missing(shapes)).sum())
    if beyond.sum() * 2 > there:
        swapped = np.abs(pairs[:, 1]).max() <= 180 and np.abs(pairs[:, 0]).max() <= 90
        advice = (
            "longitude and latitude look swapped, write longitude first"
            if swapped
            else "if these are metres, name their system, as in EPSG:32642"
        )
        raise OwnDataError(f"{where}{others}; {advice}", flags="" if swapped else "--crs EPSG:32642")
    table.notes.append(f"{where}; the {table.unit} is in the table, not on the map{others}")
    shapes[beyond] = None
    return everywhere_but(shapes, name, nowhere)


def everywhere_but(shapes: Shapes, name: str, nowhere: Any) -> Shapes:
    """Return the shapes; raises OwnDataError where none is left."""
    if shapely.is_missing(shapes).all():
        raise OwnDataError(f"{name} has no position that is a finite number; degrees are numbers such as 69.28, 41.31")
    return shapes


def cleaned_cells(cells: list[str | None], column: str, table: Table, name: str, limits: Limits) -> list[str | None]:
    """Return the cells of a column fit to be shown; what was done to them is said."""
    found: list[str | None] = []
    odd, long = [], []
    for at, cell in enumerate(cells):
        if is_blank(cell):
            found.append(None)
            continue
        text = cleaned(cell or "", limits.text_letters)
        if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in (cell or "")):
            odd.append(at)
        if len(cell or "") > limits.text_letters:
            long.append(at)
        found.append(text or None)
    for which, what in (
        (odd, "control characters, which were taken out"),
        (long, f"more than {limits.text_letters:,} letters, of which the rest was left out"),
    ):
        if which:
            more = f", like {len(which) - 1:,} more" if len(which) > 1 else ""
            table.notes.append(f"{name}, {table.unit} {table.numbers[which[0]]}, column {column!r} holds {what}{more}")
    return found


def written(contents: Contents, path: Path) -> None:
    """Write what a file holds for the process that asked: WKB, numbers and texts as Arrow."""
    import pyarrow as pa

    table = contents.table
    names = list(table.columns)
    arrays = [pa.array(list(table.numbers), pa.int64()), pa.array(list(shapely.to_wkb(table.shapes)), pa.binary())]
    arrays += [pa.array(table.columns[column], pa.string()) for column in names]
    fields = [NUMBER, GEOMETRY, *(f"c{at}" for at in range(len(names)))]
    arrow = pa.table(arrays, names=fields).replace_schema_metadata({"columns": json.dumps(names)})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, arrow.schema) as writer:
        writer.write_table(arrow)
