"""The downloads of the selection: every format that export knows, and sheets of paper, written only when asked for."""

from __future__ import annotations

from functools import partial
from mimetypes import guess_type
from typing import Any

import geopandas as gpd
import streamlit as st

from sco_map.app import own
from sco_map.app.asked import Asked
from sco_map.app.words import Words, number, plain, sentence
from sco_map.atlas import Atlas, totals
from sco_map.errors import ScoMapError
from sco_map.export import ENDINGS, SHEET, file_name, render
from sco_map.export.wall.paper import HANDOUT, PAPERS, QUESTIONS, SHEETS, USUAL
from sco_map.model.languages import LANGUAGES, OWN_NAMES
from sco_map.page import View

LIGHT, DRAWN = "html_light", "pdf:drawn"
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
    show_sheets(atlas, asked, words)


def show_sheets(atlas: Atlas, asked: Asked, words: Words) -> None:
    """Draw the form of a sheet of paper and, once that sheet has been drawn, the button that saves it.

    Drawing takes seconds, so it is done on a click, not with each change of the address; the sheet is kept until
    something else is asked for.
    """
    st.markdown(f"**{plain(words['pdf'])}**")
    key = f"pdf:{asked.lang}:"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sheet = st.selectbox(words["pdf_sheet"], SHEETS, format_func=lambda one: words[f"pdf_{one}"], key=f"{key}sheet")
        papers = [HANDOUT.name] if sheet == QUESTIONS else list(PAPERS)
        usual = papers.index(USUAL) if USUAL in papers else 0
        paper = st.selectbox(words["pdf_paper"], papers, index=usual, key=f"{key}paper:{len(papers)}")
        own_language = LANGUAGES.index(asked.lang)
        lang = st.selectbox(
            words["language"], LANGUAGES, index=own_language, format_func=OWN_NAMES.__getitem__, key=f"{key}lang"
        )
        is_wanted = st.button(words["pdf_draw"], key=f"{key}draw", icon=":material/print:")
    wanted = (atlas.checksum, own.version(), asked.selection, asked.worldview, sheet, paper, lang)
    if is_wanted:
        st.session_state.pop(DRAWN, None)
        view = View(lang=lang, worldview=asked.worldview)
        on_paper = None if sheet == QUESTIONS else paper
        with st.spinner(words["pdf_drawing"]):
            try:
                content = render(atlas, asked.selection, view, SHEET, paper=on_paper, sheet=sheet)
                st.session_state[DRAWN] = wanted, content
            except ScoMapError as error:
                st.error(plain(str(error)))
    kept, content = st.session_state.get(DRAWN, (None, b""))
    if kept == wanted:
        st.download_button(
            words["pdf_save"].format(size=number(max(1, round(len(content) / 1000)), asked.lang)),
            content,
            f"{file_name(asked.selection, '').rstrip('.')}_{sheet}_{paper}_{lang}.{SHEET}",
            "application/pdf",
            key="pdf:save",
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
