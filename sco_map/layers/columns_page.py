"""The page of the documentation about the columns of the table, written with the layers."""

from __future__ import annotations

from sco_map.catalog import Catalog
from sco_map.layers.pages import GENERATED
from sco_map.model.columns import (
    ADDED_IN_CSV,
    COLUMNS,
    FLAT_TABLE,
    PRECISION_COLUMNS,
    UNIT_OF,
    Column,
    OnPage,
    Value,
)


def columns_page(catalog: Catalog) -> str:
    """Return the page about the columns of the table: what each holds, which rows have it, and where it goes."""
    parts = [
        "# The columns",
        "",
        GENERATED.replace("edit the catalog", "edit `sco_map/model/columns.py`"),
        "",
        "A row (GeoJSON feature) is a segment, a site, a state, an event or a project without a route. It has these "
        "columns, in this order; what is not known is null, or an empty list. GeoJSON has all columns of a row's "
        "layer, CSV and the page have those that are marked here.",
        "",
        "| column | holds | rows | CSV | page | meaning |",
        "|---|---|---|---|---|---|",
    ]
    for column in COLUMNS:
        page = "" if column.page is OnPage.NOT else column.page
        csv = "yes" if column.csv else ""
        parts.append(
            f"| `{column.name}` | {holds(column)} | {rows_with(column, catalog)} | {csv} | {page} | {column.meaning} |"
        )
    parts += [
        "",
        "GeoJSON has a text beside each list and record, whose name ends in `_text`, for programs without nested "
        "values.",
        "",
        "A CSV file has these columns besides, because it has neither geometry nor head, and because years, months and "
        "days in one column would not stay what they are in a spreadsheet:",
        "",
    ]
    parts += ["| column | holds | meaning |", "|---|---|---|"]
    parts += [
        f"| `{column.name}` | {holds(column)} | {column.meaning} |"
        for column in (*ADDED_IN_CSV, *PRECISION_COLUMNS.values())
    ]
    parts += [
        "",
        "GeoPackage, FlatGeobuf, KML and shapefiles have the columns of the CSV file but the position; GeoParquet has "
        "all columns, lists and records as such, and those of the CSV file. A shapefile has ten letters for a name, so "
        "these are shortened there:",
        "",
        "; ".join(
            f"`{column.name}` is `{column.shapefile_name}`"
            for column in FLAT_TABLE
            if column.shapefile_name != column.name
        )
        + ".",
    ]
    parts += ["", "## What records hold", ""]
    for column in COLUMNS:
        if column.parts:
            parts += [f"`{column.name}`: {'; '.join(map(part_words, column.parts))}.", ""]
    return "\n".join(parts)


def holds(value: Value) -> str:
    """Return in words what a column or a part of a record holds: its type, its unit, and where its words come from."""
    unit = f"`{value.unit}`" if value.unit in UNIT_OF.values() else value.unit
    bounds = f", {value.low:g} to {value.high:g}" if value.high is not None else ""
    words = f" of `vocabulary.toml` [{value.vocabulary}]" if value.vocabulary else f" of {value.words}"
    keys = f" by {value.keys or 'worldview'}" if value.keys is not None else ""
    return f"{value.type}{f' in {unit}' if unit else ''}{bounds}{words if value.words else ''}{keys}"


def rows_with(column: Column, catalog: Catalog) -> str:
    """Return which rows have a column: every row, those of all layers where it is known, or those of some layers."""
    if column.declared:
        return ", ".join(f"`{id_}`" for id_, layer in catalog.layers.items() if column.name in layer.columns)
    return "every row" if column.filled else "where known"


def part_words(part: Value) -> str:
    """Return a part of a record in words."""
    name = f"`{part.name}` ({holds(part)})" if part.name else holds(part)
    inside = f" with {', '.join(map(part_words, part.parts))}" if part.parts else ""
    return name + inside + (", left out where unknown" if part.optional else "")
