"""The downloads of the selection: every format that export knows, written only when it is asked for."""

from __future__ import annotations

from functools import partial
from mimetypes import guess_type
from typing import Any

import geopandas as gpd
import streamlit as st

from sco_map.app.asked import Asked
from sco_map.app.words import Words, plain, sentence
from sco_map.atlas import Atlas, totals
from sco_map.export import ENDINGS, file_name, render
from sco_map.page import View

LIGHT = "html_light"
TYPES = {
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "gpkg": "application/geopackage+sqlite3",
    "kml": "application/vnd.google-earth.kml+xml",
    "parquet": "application/vnd.apache.parquet",
    "shp.zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ANY_TYPE = "application/octet-stream"


def show(atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, words: Words) -> None:
    """Draw a button for each format, with what the file is good for."""
    if rows.empty:
        st.markdown(plain(words["empty"]))
        return
    st.markdown(plain(sentence(words["download_note"], totals(rows), asked.lang)))
    view = View(lang=asked.lang, worldview=asked.worldview, theme=asked.theme)
    with st.container(horizontal=True):
        for name, (file_format, options) in offered().items():
            st.download_button(
                words.get(name, f".{file_format}"),
                partial(render, atlas, asked.selection, view, file_format, **options),
                file_name(asked.selection, file_format),
                TYPES.get(file_format) or guess_type(f"x.{file_format}")[0] or ANY_TYPE,
                key=f"download:{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def offered() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return for the name of each download its format and how it is written."""
    files: dict[str, tuple[str, dict[str, Any]]] = {}
    for file_format in ENDINGS:
        files[file_format] = (file_format, {})
        if file_format == "html":
            files[LIGHT] = (file_format, {"light": True})
    return files
