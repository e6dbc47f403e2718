"""Tables with the types of the columns, as Arrow has them; each row is flat, or keeps its lists and records."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from sco_map.export.contents import Contents
from sco_map.model.columns import FLAT_TABLE, NESTED_TABLE, Column, Type, Value
from sco_map.model.tables import NESTED, nested_text

SIMPLE = {
    Type.TEXT: pa.string(),
    Type.DATE: pa.date32(),
    Type.NUMBER: pa.float64(),
    Type.WHOLE: pa.int32(),
    Type.FLAG: pa.bool_(),
    Type.ANY: pa.string(),
    Type.TEXTS: pa.list_(pa.string()),
}
MULTI = {
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}


def arrow_type(value: Value) -> pa.DataType:
    """Return the type of a column or of a part of a record; a date inside a record stays as exact as it is: text."""
    if value.type in SIMPLE:
        is_inside = value.type is Type.DATE and not isinstance(value, Column)
        return pa.string() if is_inside else SIMPLE[value.type]
    alone = value.parts[0] if len(value.parts) == 1 and not value.parts[0].name else None
    inside = arrow_type(alone) if alone else pa.struct([(part.name, arrow_type(part)) for part in value.parts])
    if value.keys is not None:
        return pa.map_(pa.string(), inside)
    return pa.list_(inside) if value.type is Type.RECORDS else inside


def flat_cell(column: Column, value: Any) -> Any:
    """Return a cell of a format without nested values; what is empty is None, a date is a date."""
    if value is None or value == [] or value == {}:
        return None
    if column.type in NESTED:
        return nested_text(column, value) or None
    return datetime.date.fromisoformat(value) if column.type is Type.DATE else value


def nested_cell(column: Column, value: Any) -> Any:
    """Return a cell of a format with nested values."""
    if column.type is Type.DATE:
        return None if value is None else datetime.date.fromisoformat(value)
    return entries(column, value)


def entries(value: Value, cell: Any) -> Any:
    """Return a value as Arrow takes it: what has keys as pairs, also inside records."""
    if cell is None:
        return None
    if value.keys is not None:
        alone = value.parts[0] if len(value.parts) == 1 and not value.parts[0].name else None
        return [(key, cell_of(alone, value.parts, inner)) for key, inner in cell.items()]
    if value.type is Type.RECORDS:
        return [cell_of(None, value.parts, record) for record in cell]
    return cell_of(None, value.parts, cell) if value.type is Type.RECORD else cell


def cell_of(alone: Value | None, parts: Sequence[Value], cell: Any) -> Any:
    """Return what is behind a key, or a record of a list."""
    return entries(alone, cell) if alone else {part.name: entries(part, cell.get(part.name)) for part in parts}


def flat_frame(contents: Contents, mask: Any | None = None) -> gpd.GeoDataFrame:
    """Return rows whose cells are single values, with the types of the columns; `mask` says which."""
    return frame(contents, FLAT_TABLE, flat_cell, lambda column: SIMPLE.get(flat_type(column)), mask)


def flat_type(column: Column) -> Type:
    """Return the type of a column where a list or a record is one text."""
    return Type.TEXT if column.type in NESTED else column.type


def nested_frame(contents: Contents) -> gpd.GeoDataFrame:
    """Return all rows with their lists and records as such."""
    return frame(contents, NESTED_TABLE, nested_cell, arrow_type, None)


def frame(contents: Contents, columns: Sequence[Column], cell: Any, type_of: Any, mask: Any | None) -> gpd.GeoDataFrame:
    """Return a table of `columns` with their Arrow types."""
    records: Iterable[Any] = contents.records
    geometry = contents.rows.geometry
    if mask is not None:
        records = [record for record, is_in in zip(contents.records, mask, strict=True) if is_in]
        geometry = geometry[mask]
    records = list(records)
    cells = {}
    for column in columns:
        values = [cell(column, record.get(column.name)) for record in records]
        cells[column.name] = pd.arrays.ArrowExtensionArray(pa.array(values, type=type_of(column)))
    return gpd.GeoDataFrame(cells, geometry=geometry.to_numpy(), crs="EPSG:4326")


def in_one_type(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows whose single lines and areas are multiple ones where any of them is: one type of geometry."""
    found = set(rows.geometry.geom_type)
    if not any(name.startswith("Multi") for name in found):
        return rows
    shapes = [MULTI[shape.geom_type]([shape]) if shape.geom_type in MULTI else shape for shape in rows.geometry]
    return rows.set_geometry(gpd.GeoSeries(shapes, index=rows.index, crs=rows.crs))
