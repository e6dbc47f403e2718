"""What a row looks like in a file, for programs: JSON Schema of GeoJSON and Table Schema of CSV, from the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sco_map.model.columns import COLUMNS, CSV_TABLE, Column, Type, Value
from sco_map.model.tables import NESTED, TEXT_BESIDE

Schema = dict[str, Any]
Words = Mapping[str, Sequence[str]]
"""The ids of each register that a column may take its words from, by the name that the column has for it."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
JSON_TYPES = {
    Type.TEXT: "string",
    Type.DATE: "string",
    Type.NUMBER: "number",
    Type.WHOLE: "integer",
    Type.FLAG: "boolean",
}
TABLE_TYPES = {Type.NUMBER: "number", Type.WHOLE: "integer", Type.DATE: "date", Type.FLAG: "boolean"}
FEW = 100
"""A register with more ids than this (places, sources) is not written out."""


def geojson_schema(words: Words) -> Schema:
    """Return the JSON Schema of a GeoJSON file of rows: its head, and the columns of each feature."""
    columns: Schema = {}
    for column in COLUMNS:
        columns[column.name] = {"description": described(column), **value_schema(column, words)}
        if column.type in NESTED and column.csv:
            text = f"`{column.name}` as one text"
            columns[column.name + TEXT_BESIDE] = {"description": text, "type": ["string", "null"]}
    always = [column.name for column in COLUMNS if column.filled]
    feature = {
        "type": "object",
        "required": ["type", "id", "properties", "geometry"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "properties": {"type": "object", "required": always, "properties": columns, "additionalProperties": False},
            "geometry": {"oneOf": [{"type": "null"}, {"type": "object", "required": ["type", "coordinates"]}]},
        },
    }
    texts = ("name", "selection", "attribution", "as_of", "version", "checksum")
    licence = {"type": "object", "required": ["id", "title", "url"]}
    return {
        "$schema": DRAFT,
        "title": "Rows of the SCO corridor map as GeoJSON",
        "type": "object",
        "required": ["type", *texts, "licence", "sources", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            **{name: {"type": ["string", "null"]} for name in texts},
            "licence": {"type": "array", "items": licence},
            "sources": {"type": "object", "additionalProperties": {"type": "object", "required": ["publisher"]}},
            "features": {"type": "array", "items": feature},
        },
    }


def described(column: Column) -> str:
    """Return what a column means, with its unit."""
    return f"{column.meaning} ({column.unit})" if column.unit else column.meaning


def value_schema(value: Value, words: Words) -> Schema:
    """Return the JSON Schema of a column or of a part of a record; what may be unknown may be null."""
    schema = filled_schema(value, words)
    if value.filled or "type" not in schema:
        return schema
    known = {**schema, "type": [schema["type"], "null"]}
    return {**known, "enum": [*schema["enum"], None]} if "enum" in schema else known


def filled_schema(value: Value, words: Words) -> Schema:
    """Return the JSON Schema of a value that is known."""
    if value.type is Type.TEXTS:
        return {"type": "array", "items": {"type": "string", **choices(value, words)}}
    if value.type is Type.RECORDS:
        return {"type": "array", "items": record_schema(value, words)}
    if value.type is Type.RECORD:
        return record_schema(value, words)
    if value.type not in JSON_TYPES:
        return {}
    schema: Schema = {"type": JSON_TYPES[value.type], **choices(value, words)}
    if value.type is Type.DATE:
        schema["pattern"] = DATE
    if value.pattern:
        schema["pattern"] = f"^{value.pattern}$"
    if value.type in (Type.NUMBER, Type.WHOLE):
        schema |= {"minimum": value.low} | ({} if value.high is None else {"maximum": value.high})
    return schema


def record_schema(value: Value, words: Words) -> Schema:
    """Return the JSON Schema of a record, or of one whose keys are ids."""
    alone = value.parts[0] if len(value.parts) == 1 and not value.parts[0].name else None
    if alone is not None:
        inside = value_schema(alone, words)
    else:
        inside = {
            "type": "object",
            "required": [part.name for part in value.parts if part.filled],
            "properties": {part.name: value_schema(part, words) for part in value.parts},
        }
    return {"type": "object", "additionalProperties": inside} if value.keys is not None else inside


def choices(value: Value, words: Words) -> Schema:
    """Return the only texts that a value may be, where they are few."""
    known = value.choices or words.get(value.words or "", ())
    return {"enum": list(known)} if 0 < len(known) <= FEW else {}


def csv_schema(words: Words) -> Schema:
    """Return the Table Schema of the CSV file."""
    return {
        "$schema": TABLE_SCHEMA,
        "fields": [field(column, words) for column in CSV_TABLE],
        "primaryKey": ["id"],
    }


def field(column: Column, words: Words) -> Schema:
    """Return a column of a Table Schema."""
    constraints: Schema = {"required": True} if column.filled else {}
    if column.type is Type.TEXT:
        constraints |= choices(column, words)
    if column.type in (Type.NUMBER, Type.WHOLE):
        constraints |= {"minimum": column.low} | ({} if column.high is None else {"maximum": column.high})
    found = {"name": column.name, "type": TABLE_TYPES.get(column.type, "string"), "description": described(column)}
    return found | ({"constraints": constraints} if constraints else {})
