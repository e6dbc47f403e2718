"""The Streamlit page: mounts the map page, and draws below it what is open there; decides nothing about facts or looks.

The page owns the state. It tells its address; everything here follows from it, and nothing here sets a filter.

A visit to a server that has just been started waits for what is imported here. So whatever needs the table of rows, and
with it pandas, is imported where it is used, after the map has been handed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from sco_map.app import grid, own
from sco_map.app.asked import Asked, asked_of, language_of
from sco_map.app.assets import asset, version_of
from sco_map.app.pages import (
    ChangedError,
    PageFile,
    fingerprint,
    inputs_of,
    keep_page,
    kept_page,
    unchanged,
    whole_page,
)
from sco_map.app.words import Words, plain, words_of
from sco_map.errors import ScoMapError
from sco_map.files import shown
from sco_map.model.languages import LANGUAGES
from sco_map.model.selection import NETWORK_KEYS, Query
from sco_map.page.styles import THEMES, Styles, StylesError, read_styles, tokens
from sco_map.paths import GEODATA, STATIC

if TYPE_CHECKING:
    import geopandas as gpd
    from streamlit.delta_generator import DeltaGenerator

    from sco_map.atlas import Atlas

STYLES = "styles.toml"
ATTEMPTS = 5
"""How often data are read that change while they are read."""

OWN_PAGE = "own:page"
MAP = "map"
FRAME = "frame.js"
STYLED = "styled"
"""Says that the map of this session has brought its style."""

TABLE, SUMS, ROUTES, DOWNLOAD = "data", "sums", "routes", "download"
TABS = (TABLE, SUMS, ROUTES, own.NAME, DOWNLOAD)

UPLOADING = ("", "_more", "_drop", "_most", "_refused", "_large", "_remove", "_error")
UPLOAD_WORDS = tuple(f"upload{part}" for part in UPLOADING)
FRAME_WORDS = (*("title", "organisation", MAP, *TABS, "tabs", "making", "loading", "drawing", "slow"), *UPLOAD_WORDS)
COLOURS = ("paper", "paper2", "ink", "ink2", "ink3", "rule", "accent", "focus")

WAITING = (
    '<div class="sco-frame"><div class="sco-map"><div class="sco-waiting"><div class="sco-panel">'
    '<p class="sco-organisation">{organisation}</p><p class="sco-name">{title}</p>{lines}</div>'
    '<p class="sco-sentence" role="status">{making}</p></div></div><div class="sco-tabs"></div></div>'
)

state = st.session_state


def main() -> None:
    """Run the page once: what it looks like first, then the map, then what is open below it."""
    st.set_page_config(page_title="SCO corridor map", layout="wide", initial_sidebar_state="collapsed")
    place = st.empty()
    try:
        css = css_of(looks_of(GEODATA))
        if not state.get(STYLED):
            place.html(f"<style>{css}</style>")
        if not is_made(GEODATA):
            wait = st.empty()
            wait.html(waiting(words_of(language_of(address_now()))))
            page_now(GEODATA)
            wait.empty()
    except ScoMapError as error:
        st.error(plain(str(error)))
        st.stop()
    messages = st.empty()
    try:
        mounted(page_of_session(), css)
    except ScoMapError as error:
        messages.error(plain(str(error)))
        st.stop()
    below(messages)


@st.fragment
def below(messages: DeltaGenerator) -> None:
    """Draw what is open below the map: all that runs again when the page tells another address.

    Until the page has told one it is being drawn, and what is needed from then on, the rows, is not loaded beside it.
    """
    before = grid.told()
    with st.container(key="below"):
        form = st.container(key="form")  # the table below it keeps its place in the document whatever is open
        if before.get("address") is None and before.get("tab") not in TABS:
            now: Mapping[str, Any] | None = grid.draw(grid.Sheet(language_of(address_now())))
        else:
            now = open_below(form, messages, before.get("tab"))
    if now is not None and any(now.get(key) != before.get(key) for key in ("tab", "address")):
        st.rerun()  # in a new session of an open page the component tells at once what it had told the old one


def open_below(form: DeltaGenerator, messages: DeltaGenerator, tab: str | None) -> Mapping[str, Any] | None:
    """Draw the tab that is open, and return what the page has told by now; None where the data cannot be shown."""
    try:
        shipped = opened(GEODATA)[1]
        atlas = own.with_own(shipped)
    except ScoMapError as error:
        st.error(plain(str(error)))
        return None
    asked = asked_of(address_now(), atlas)
    words = words_of(asked.lang)
    if atlas.problems:
        tell_problems(messages, atlas.problems, words)
    rows = selected(atlas, asked) if tab in (TABLE, SUMS, DOWNLOAD) else None
    sheet, answer = grid.Sheet(asked.lang), None
    if rows is not None and tab in (TABLE, SUMS):
        sheet = sheet_below(tab, atlas, rows, asked, words)
    if tab == own.NAME:
        with form:
            sheet = own.show(shipped, asked, words)
    if tab == ROUTES:
        sheet, answer = routes_below(form, atlas, asked, words)
    now = grid.draw(sheet)
    if answer is not None:
        answer()
    if rows is not None and tab == DOWNLOAD:
        from sco_map.app import downloads

        downloads.show(atlas, rows, asked, words)
    return now


def sheet_below(tab: str, atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, words: Words) -> grid.Sheet:
    """Return the table of a tab that holds one of the selection."""
    from sco_map.app import sums, table

    sheet_of = table.sheet_of if tab == TABLE else sums.sheet_of
    return sheet_of(atlas, rows, asked, grid.wanted_of(tab), words)


def routes_below(
    form: DeltaGenerator, atlas: Atlas, asked: Asked, words: Words
) -> tuple[grid.Sheet, Callable[[], None] | None]:
    """Draw the form of the questions to the network, and return the table of the answer and what draws the rest of it.

    The network is read only when its tab is open.
    """
    from sco_map.app import routes

    with form:
        sheet, found = routes.sheet_of(atlas, address_now(), asked, grid.wanted_of(routes.NAME), words)
    return sheet, None if found is None else lambda: routes.show(found, asked, words)


# -- what is asked for -------------------------------------------------------------------------------------------------


def address_now() -> Query:
    """Return the address of what the page shows: as it has told it, until then as the app was opened with."""
    told = grid.told().get("address")
    if isinstance(told, str):
        return told
    return {key: st.query_params.get_all(key) for key in st.query_params}


def page_of_session() -> PageFile:
    """Return the map page: with the reader's own layers one for this session only, which is in no file."""
    page = page_now(GEODATA)
    shown = own.version()
    if not shown:
        return page
    kept = state.get(OWN_PAGE)
    if kept is None or kept[0] != (shown, page.name):
        from sco_map.page import render_page

        shipped = opened(GEODATA)[1]
        html = render_page(own.with_own(shipped), include_all=True, tiles=own.tiles(shipped))
        made = PageFile(html, f"own-{sha256(html.encode()).hexdigest()[:20]}.html", served=False)
        kept = state[OWN_PAGE] = ((shown, page.name), made)
    made_page: PageFile = kept[1]
    return made_page


def selected(atlas: Atlas, asked: Asked) -> gpd.GeoDataFrame:
    """Return the rows that are asked for."""
    from sco_map.atlas import select

    return select(atlas, asked.selection, asked.worldview)


# -- what is read once -------------------------------------------------------------------------------------------------


def page_now(folder: Path) -> PageFile:
    """Return the map page of the data in a folder as they are now; raises ScoMapError when they cannot be shown."""
    for _ in range(ATTEMPTS):
        try:
            return whole_page(static_folder(), page_of(folder, fingerprint(folder)))
        except ChangedError:
            continue
    raise being_written(folder)


def opened(folder: Path) -> tuple[str, Atlas, Styles, PageFile]:
    """Return the data in a folder as they are now: their version, the atlas, the looks, and the page of both.

    Raises ScoMapError when they cannot be shown, or are replaced again and again while they are read.
    """
    for _ in range(ATTEMPTS):
        version = fingerprint(folder)
        try:
            atlas = atlas_of(folder, version)
            looks = read_styles(atlas.catalog.path / STYLES)
            return version, atlas, looks, whole_page(static_folder(), page_of(folder, version))
        except ChangedError:
            continue
    raise being_written(folder)


def being_written(folder: Path) -> ChangedError:
    """Return what is said when data never stand still."""
    return ChangedError(f"{shown(folder)} is being written to; open this page again when that has ended")


@st.cache_resource(max_entries=2, show_spinner=False)
def atlas_of(folder: Path, version: str) -> Atlas:
    """Return the atlas of a folder; `version` makes changed data a new entry of the cache.

    Raises ChangedError, and keeps nothing, when the data are no longer those of that version.
    """
    from sco_map.atlas import load_atlas

    atlas = load_atlas(folder)
    return unchanged(atlas, folder, version)


def looks_of(folder: Path) -> Styles:
    """Return the looks of the data in a folder; raises ScoMapError, of all that is wrong where there are no data."""
    try:
        return read_styles(folder / "catalog" / STYLES)
    except StylesError:
        opened(folder)
        raise


def is_made(folder: Path) -> bool:
    """Say whether the page of the data as they are now has been made before."""
    return kept_page(static_folder(), inputs_of(fingerprint(folder))) is not None


@st.cache_resource(max_entries=2, show_spinner=False)
def page_of(folder: Path, version: str) -> PageFile:
    """Return the map page; only its text is kept, never the map it was made from.

    A page in static/ is used again, also by the next start of the app, as long as nothing it is made from has changed.
    Raises ChangedError, and keeps nothing, when the data are no longer those of that version.
    """
    inputs = inputs_of(version)
    page = kept_page(static_folder(), inputs)
    if page is not None:
        return page
    from sco_map.page import render_page

    html = render_page(atlas_of(folder, version), include_all=True)
    return unchanged(keep_page(static_folder(), inputs, html), folder, version)


def static_folder() -> Path | None:
    """Return the folder whose files Streamlit serves, None when it serves none."""
    return STATIC if st.get_option("server.enableStaticServing") else None


# -- what is shown -----------------------------------------------------------------------------------------------------


def mounted(page: PageFile, css: str) -> None:
    """Mount the map page and what it looks like; later runs hand over the same, which Streamlit does not send again.

    Of what is handed over, lists and dictionaries are tuples: for any of those Streamlit imports pandas, to see whether
    it is a table. A short text it would send again each time the reader goes back: so the style stands alone only
    before there is a map.
    """
    told = state.get(MAP) or {}
    component = st.components.v2.component(
        "sco_map_frame",
        html='<div class="sco-frame"></div>',
        css=css,
        js=asset(FRAME),
        isolate_styles=False,
    )
    inline = (not page.served or told.get("unserved")) and told.get("loaded") != page.name
    component(
        key=MAP,
        data={
            "script": version_of(FRAME),
            "page": page.name,
            "size": page.size,
            "html": page.html if inline else None,
            "tabs": TABS,
            "questions": tuple(NETWORK_KEYS),
            "words": tuple((lang, {key: words_of(lang)[key] for key in FRAME_WORDS}) for lang in LANGUAGES),
        },
        on_unserved_change=grid.nothing,
        on_loaded_change=grid.nothing,
    )
    state[STYLED] = True


def waiting(words: Words) -> str:
    """Return what takes the place of the map until it can be mounted; web/src/app/frame.ts goes on with the same."""
    organisation, title, making = (escape(words[key]) for key in ("organisation", "title", "making"))
    return WAITING.format(organisation=organisation, title=title, making=making, lines="<i></i>" * 9)


def css_of(looks: Styles) -> str:
    """Return the style of the app, and in it the colours of the page and of the parts of a bar, in both themes."""
    blocks = []
    for theme in THEMES:
        named = tokens(looks, theme)
        colours = {f"--sco-{name}": named[name] for name in COLOURS}
        lines = list(dict.fromkeys(look[theme]["line"] for look in looks["layer"].values()))
        colours |= {f"--sco-part-{at}": lines[at % len(lines)] for at in range(grid.PARTS)}
        blocks.append(f"[data-sco={theme}]{{color-scheme:{theme};{';'.join(map(':'.join, colours.items()))}}}")
    return "".join(blocks) + asset("app.css")


def tell_problems(place: DeltaGenerator, problems: Iterable[object], words: Words) -> None:
    """Say what is wrong with layer files; the rest works."""
    title = f":material/warning: {plain(words['broken_layers'])}"
    with place.container(key="messages"), st.expander(title, expanded=True):
        st.markdown("\n".join(f"- {plain(str(problem))}" for problem in problems))
