"""Write what was measured as GeoParquet, GeoJSON or CSV: the same table, the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd
import shapely

from sco_map.files import write_whole
from sco_map.heavy.engines import EngineError
from sco_map.heavy.steps import COUNTRIES, KM_BY_COUNTRY
from sco_map.heavy.work import PREFIX, Measured
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, cell
from sco_map.model.suggestions import unknown


def write_measured(measured: Measured, path: Path) -> None:
    """Write a table to a file whose ending says in which format; raises UnwritableError and EngineError."""
    ending = ending_of(path)
    try:
        content = WRITERS[ending](measured)
    except ImportError as error:
        raise EngineError(
            f"{path.name} needs pyarrow to be written; install the package with its extra: sco-map[formats]"
        ) from error
    write_whole(path, content)


def ending_of(path: Path) -> str:
    """Return the ending of a file that can be written; raises EngineError for another one."""
    ending = path.suffix.lower()
    if ending not in WRITERS:
        raise EngineError(f"{path.name}: {unknown('ending', ending, list(WRITERS))}")
    return ending


def as_text(measured: Measured) -> pd.DataFrame:
    """Return the columns without the geometry, states and km of states as text: `UZB;KAZ` and `UZB 12.3;KAZ 4.0`."""
    rows = pd.DataFrame(measured.rows.drop(columns="geometry"))
    km = [";".join(f"{code} {one:g}" for code, one in by.items()) for by in rows[PREFIX + KM_BY_COUNTRY]]
    states = [";".join(codes) for codes in rows[PREFIX + COUNTRIES]]
    return rows.assign(**{PREFIX + COUNTRIES: states, PREFIX + KM_BY_COUNTRY: km})


def parquet(measured: Measured) -> bytes:
    """Return GeoParquet."""
    content = io.BytesIO()
    measured.rows[["geometry"]].join(as_text(measured)).to_parquet(content, index=False, compression="zstd")
    return content.getvalue()


def geojson(measured: Measured) -> bytes:
    """Return GeoJSON (RFC 7946), one feature per line."""
    shapes = shapely.to_geojson(np.asarray(measured.rows.geometry.array, dtype=object))
    names = [name for name in measured.rows.columns if name != "geometry"]
    columns = [measured.rows[name].tolist() for name in names]
    lines = [
        orjson.dumps(
            {
                "type": "Feature",
                "properties": dict(zip(names, map(plain, values), strict=True)),
                "geometry": orjson.Fragment(shape) if shape else None,
            }
        )
        for shape, *values in zip(shapes, *columns, strict=True)
    ]
    return b'{"type":"FeatureCollection","features":[\n' + b",\n".join(lines) + b"\n]}\n"


def table(measured: Measured) -> bytes:
    """Return CSV for spreadsheets, which run none of its cells."""
    rows = as_text(measured)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([cell(name) for name in rows.columns])
    columns = [rows[name].tolist() for name in rows.columns]
    lines.writerows([cell(plain(value)) for value in values] for values in zip(*columns, strict=True))
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def plain(value: Any) -> Any:
    """Return a value of a table, None for what is not a number."""
    return None if isinstance(value, float) and not np.isfinite(value) else value


WRITERS: Mapping[str, Callable[[Measured], bytes]] = {".parquet": parquet, ".geojson": geojson, ".csv": table}
