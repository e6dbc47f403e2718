"""Turn rows of the table into plain records: what is missing becomes None, whole numbers stay whole."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd

from sco_map.model.columns import WHOLE

Record = dict[str, Any]


def records_of(rows: gpd.GeoDataFrame) -> list[Record]:
    """Return the columns of each row but its geometry as JSON values."""
    geometry = rows.geometry.name
    columns = [name for name in rows.columns if name != geometry]
    cells = [plain_cells(column, whole=name in WHOLE) for name, column in rows.items() if name != geometry]
    return [dict(zip(columns, values, strict=True)) for values in zip(*cells, strict=True)]


def plain_cells(column: pd.Series, *, whole: bool = False) -> list[Any]:
    """Return the cells of one column as JSON values."""
    if whole:
        return [None if pd.isna(cell) else int(cell) for cell in column]
    return [None if cell is pd.NA or (isinstance(cell, float) and cell != cell) else cell for cell in column]
