"""The Streamlit page: widgets become a selection, the map page shows it; decides nothing about facts or looks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

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
from sco_map.app.panel import Groups, counts_of, groups_of, name_of, rows_without
from sco_map.atlas import Atlas, Selection, SelectionError, Totals, load_atlas, select, summarise, totals
from sco_map.catalog import Story, toml_tables
from sco_map.errors import ScoMapError
from sco_map.export import file_name, render
from sco_map.files import read_text, shown
from sco_map.model.languages import FIRST, OWN_NAMES
from sco_map.model.selection import ALL_MEMBERS, YEARS, Query, parse_query
from sco_map.page import View, render_page
from sco_map.page.styles import Styles, read_styles, tokens
from sco_map.paths import GEODATA, LOCALE, PACKAGE, STATIC

ASSETS = PACKAGE / "page" / "assets" / "app"
STYLES = "styles.toml"
ATTEMPTS = 5
"""How often data are read that change while they are read."""

WORD_JOINER = "\u2060"
BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
PANEL_WIDTH = 336
LATEST = "latest"
SUMS = ("country", "status", "kind", "project")
FACET_WORDS = {
    "project": "projects",
    "country": "countries",
    "status": "status",
    "kind": "kind",
    "layer": "layers",
    "role": "role",
}
DOWNLOADS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "html": ("html", "text/html", {}),
    "html_light": ("html", "text/html", {"light": True}),
    "geojson": ("geojson", "application/geo+json", {}),
    "csv": ("csv", "text/csv", {}),
}

state = st.session_state


def main() -> None:
    """Run the page once: read what is asked for, show the map first, then everything else."""
    st.set_page_config(page_title="SCO corridor map", layout="wide", initial_sidebar_state=PANEL_WIDTH)
    try:
        version, atlas, looks, page = opened(GEODATA)
    except ScoMapError as error:
        st.error(plain(str(error)))
        st.stop()
    groups = panel_groups(version, atlas)
    follow(atlas, groups)
    selection = selection_of(groups)
    words = words_of(state.lang)
    st.html(f"<style>{css_of(looks, words['title'])}</style>")
    messages = st.container()
    map_of(atlas, page, selection, words)
    write_address(selection)
    rows = select(atlas, selection)
    with messages:
        complaints_of(atlas, words)
    with st.sidebar:
        panel(atlas, groups, selection, totals(rows), looks["years"], words)
    results(atlas, rows, selection, words)
    state.touched = False


# -- what is read once -------------------------------------------------------------------------------------------------


def opened(folder: Path) -> tuple[str, Atlas, Styles, PageFile]:
    """Return the data in a folder as they are now: their version, the atlas, the looks, and the page of both.

    Raises ScoMapError when they cannot be shown, or are replaced again and again while they are read.
    """
    for _ in range(ATTEMPTS):
        version = fingerprint(folder)
        try:
            atlas = atlas_of(folder, version)
            looks = read_styles(atlas.catalog.path / STYLES)
            return version, atlas, looks, whole_page(static_folder(), page_of(folder, version, atlas))
        except ChangedError:
            continue
    raise ChangedError(f"{shown(folder)} is being written to; open this page again when that has ended")


@st.cache_resource(max_entries=2, show_spinner=False)
def atlas_of(folder: Path, version: str) -> Atlas:
    """Return the atlas of a folder; `version` makes changed data a new entry of the cache.

    Raises ChangedError, and keeps nothing, when the data are no longer those of that version.
    """
    atlas = load_atlas(folder)
    return unchanged(atlas, folder, version)


@st.cache_resource(max_entries=2, show_spinner=False)
def panel_groups(version: str, _atlas: Atlas) -> Groups:
    """Return what the panel offers."""
    return groups_of(_atlas)


@st.cache_resource(max_entries=2, show_spinner=False)
def page_of(folder: Path, version: str, _atlas: Atlas) -> PageFile:
    """Return the map page; only its text is kept, never the map it was made from.

    A page in static/ is used again, also by the next start of the app, as long as nothing it is made from has changed.
    Raises ChangedError, and keeps nothing, when the data are no longer those of that version.
    """
    inputs = inputs_of(version)
    page = kept_page(static_folder(), inputs)
    if page is not None:
        return page
    html = render_page(_atlas, Selection(), View(embed=True), include_all=True)
    return unchanged(keep_page(static_folder(), inputs, html), folder, version)


def static_folder() -> Path | None:
    """Return the folder whose files Streamlit serves, None when it serves none."""
    return STATIC if st.get_option("server.enableStaticServing") else None


@st.cache_data(show_spinner=False)
def words_of(language: str) -> dict[str, str]:
    """Return the words of the interface in a language, those of the app among them; in English where it lacks them."""
    read = toml_tables(read_text(LOCALE / f"{language}.toml"))
    words: dict[str, str] = read | read.pop("app", {})
    return words if language == FIRST else {**words_of(FIRST), **words}


# -- what is asked for: address, page and widgets in step --------------------------------------------------------------


def key_of(facet: str, group: str) -> str:
    """Return the key of the widget for a group of a facet."""
    return f"{facet}:{group}" if group else facet


def follow(atlas: Atlas, groups: Groups) -> None:
    """Set the widgets to what page or address ask for, unless the reader has just used a widget.

    The address counts when it is not the one written last: first visit, a link, back and forward.
    """
    address = st.query_params.to_dict()
    asked = state.pop("asked", None)
    if asked is None and not state.get("touched") and address != state.get("address"):
        asked = address
        state.shown = address.get("show")
        state.lang = address["lang"] if address.get("lang") in OWN_NAMES else FIRST
    if asked is None:
        return
    state.complaints = []
    asked = with_story(atlas, asked)
    try:
        selection = Selection.from_query(asked)
    except SelectionError as error:
        state.complaints += error.complaints
        words = {key: value for key, value in parse_query(asked).items() if key not in YEARS}
        selection = Selection.from_query(words)
    state.complaints += selection.complaints(atlas)
    selection = selection.without_unknown(atlas)
    rest: dict[str, Any] = {"year": None, "q": None}
    for facet, by_group in groups.items():
        asked_for = getattr(selection, facet)
        for group, offered in by_group.items():
            state[key_of(facet, group)] = [value for value in offered if value in asked_for]
        rest[facet] = tuple(set(asked_for).difference(*by_group.values()))
    state.rest = replace(selection, **rest)
    state.year = LATEST if selection.year is None else str(selection.year)
    state.q = selection.q or ""


def selection_of(groups: Groups) -> Selection:
    """Return what the widgets say, together with what was asked for and no widget offers."""
    rest: Selection = state.rest
    chosen: dict[str, Any] = {
        facet: (*getattr(rest, facet), *(v for group in by_group for v in state.get(key_of(facet, group), ())))
        for facet, by_group in groups.items()
    }
    return replace(rest, **chosen, year=None if state.year == LATEST else int(state.year), q=state.q)


def write_address(selection: Selection) -> None:
    """Make the address say what is shown, in the grammar of `Selection.to_query`, and leave other keys alone."""
    own = {*(field.name for field in fields(Selection)), "lang", "show", "story"}
    address = {key: value for key, value in st.query_params.to_dict().items() if key not in own}
    address |= {key: ",".join(values) for key, values in parse_query(selection.to_query()).items()}
    address |= {"lang": state.lang} if state.lang != FIRST else {}
    address |= {"show": state.shown} if state.shown else {}
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)
    state.address = address


def selection_of_story(story: Story) -> Selection:
    """Return what a story of the catalog selects."""
    return Selection(**story.select.model_dump(exclude_defaults=True))


def with_story(atlas: Atlas, asked: Query) -> Query:
    """Return what is asked for with the selection of the story that it names put into words."""
    values = parse_query(asked)
    story = atlas.catalog.stories.get(next(iter(values.get("story", ())), ""))
    return asked if story is None else {**parse_query(selection_of_story(story).to_query()), **values}


def story_of(atlas: Atlas, selection: Selection) -> str | None:
    """Return the story whose selection this is, None for any other."""
    return next((id_ for id_, story in atlas.catalog.stories.items() if selection_of_story(story) == selection), None)


def story_chosen(key: str) -> None:
    """Ask for what the story selects that was chosen, for everything when it was taken back."""
    touch()
    state.asked = {"story": state[key]} if state[key] else {}
    state.shown = None


def touch() -> None:
    """Remember that a widget was used: it wins over an address that is still on its way."""
    state.touched = True
    state.complaints = []


def reset() -> None:
    """Ask for everything again."""
    touch()
    state.asked = {}
    state.shown = None


def page_picked() -> None:
    """Take over what was clicked on the map, or that its card was closed."""
    touch()
    state.shown, state.seq = state.map["pick"]["id"], state.map["pick"]["seq"]


def page_filtered() -> None:
    """Take over the selection that was made on the map."""
    touch()
    state.asked, state.seq = state.map["selection"]["query"], state.map["selection"]["seq"]


def page_translated() -> None:
    """Take over the language that was chosen on the map."""
    touch()
    state.lang, state.seq = state.map["language"]["lang"], state.map["language"]["seq"]


def page_unserved() -> None:
    """Send the page itself from now on: its file cannot be fetched here."""
    state.unserved = True


def page_loaded() -> None:
    """Stop sending the page: it has arrived."""
    state.mounted = state.map["loaded"]


def row_picked() -> None:
    """Show the row that was chosen in the table."""
    touch()
    rows = state.table["selection"]["rows"]
    state.shown = state.table_ids[rows[0]] if rows else None


# -- what is shown -----------------------------------------------------------------------------------------------------


def map_of(atlas: Atlas, page: PageFile, selection: Selection, words: Mapping[str, str]) -> None:
    """Mount the page once; later runs only send what is asked for."""
    inline = not page.served or state.get("unserved", False)
    frame = st.components.v2.component(
        "sco_map_frame",
        html='<div class="sco-frame"></div>',
        css=(ASSETS / "frame.css").read_text(encoding="utf-8"),
        js=(ASSETS / "frame.js").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
    frame(
        key="map",
        data={
            "page": page.name,
            "size": page.size,
            "html": page.html if inline and state.get("mounted") != page.name else None,
            "query": selection.to_query(),
            "story": story_of(atlas, selection),
            "show": state.shown,
            "lang": state.lang,
            "seq": state.get("seq", 0),
            "title": words["map"],
        },
        on_pick_change=page_picked,
        on_selection_change=page_filtered,
        on_language_change=page_translated,
        on_unserved_change=page_unserved,
        on_loaded_change=page_loaded,
    )


def css_of(looks: Mapping[str, Any], title: str) -> str:
    """Return the style of everything around the map: colours of both themes, a swatch for each layer, the title."""
    light, dark = (tokens(dict(looks), theme) for theme in ("light", "dark"))
    names = ("paper", "paper2", "ink", "ink3", "rule", "accent")
    colours = "".join(f"--sco-{name}:light-dark({light[name]},{dark[name]});" for name in names)
    swatches = "".join(
        f".st-key-open-project-{layer}{{--swatch:light-dark({light[f'layer-{layer}']},{dark[f'layer-{layer}']})}}"
        for layer in looks["layer"]
    )
    quoted = re.sub(r'[\\"<]', "", title)
    return f'.stApp{{{colours}--sco-title:"{quoted}"}}{swatches}{(ASSETS / "app.css").read_text(encoding="utf-8")}'


def complaints_of(atlas: Atlas, words: Mapping[str, str]) -> None:
    """Say what is wrong with layer files and with the address; the rest works."""
    if atlas.problems:
        with st.expander(f":material/warning: {words['broken_layers']}", expanded=True):
            st.markdown("\n".join(f"- {plain(str(problem))}" for problem in atlas.problems))
    if state.complaints:
        st.warning("\n\n".join(map(plain, state.complaints)))


def panel(
    atlas: Atlas,
    groups: Groups,
    selection: Selection,
    sums: Totals,
    axis: Mapping[str, int],
    words: Mapping[str, str],
) -> None:
    """Draw the sidebar: title and totals, search, year, and a group of buttons for each facet with live counts."""
    st.html(f'<p class="sco-organisation">{words["organisation"]}</p><h1 class="sco-title">{words["title"]}</h1>')
    st.caption(sentence(words["totals"], sums))
    st.text_input(words["search"], key="q", on_change=touch, placeholder=words["search"], label_visibility="collapsed")
    questions(atlas, selection, words)
    asked = [selection.year] if selection.year is not None else []
    years = sorted({*range(axis["first"], axis["last"] + 1), *asked})
    st.select_slider(
        words["as_of"],
        [*map(str, years), LATEST],
        key="year",
        format_func=partial(year_face, language=state.lang),
        on_change=touch,
    )
    st.button(
        words["reset"],
        key="reset",
        on_click=reset,
        disabled=not selection,
        icon=":material/restart_alt:",
        width="stretch",
    )
    for facet, by_group in groups.items():
        with st.container(key=f"facet-{facet}"):
            st.markdown(words[FACET_WORDS[facet]])
            buttons_of(atlas, facet, by_group, selection, words)
    st.segmented_control(
        words["language"],
        list(OWN_NAMES),
        key="lang",
        format_func=OWN_NAMES.__getitem__,
        required=True,
        on_change=touch,
    )


def questions(atlas: Atlas, selection: Selection, words: Mapping[str, str]) -> None:
    """Offer the stories of the catalog: three at once, the others folded away."""
    stories, chosen = atlas.catalog.stories, story_of(atlas, selection)
    groups = {first: [id_ for id_, story in stories.items() if story.first == first] for first in (True, False)}
    for first, offered in groups.items():
        key = f"story:{'first' if first else 'more'}"
        state[key] = chosen if chosen in offered else None
        fold = (
            nullcontext()
            if first
            else st.expander(words["more_questions"], expanded=chosen in offered, key="open-story")
        )
        with fold:
            st.pills(
                words["questions"],
                offered,
                key=key,
                format_func=lambda id_: plain(stories[id_].title.in_language(state.lang)),
                on_change=story_chosen,
                args=(key,),
                label_visibility="collapsed",
            )
    if chosen is not None:
        st.caption(plain(stories[chosen].text.in_language(state.lang)))


def buttons_of(
    atlas: Atlas, facet: str, groups: Mapping[str, list[str]], selection: Selection, words: Mapping[str, str]
) -> None:
    """Draw the values of a facet as buttons; projects and countries fold away in groups."""
    rows = rows_without(atlas, selection, facet)
    counts = counts_of(atlas, rows, facet, selection.year)
    in_layer = Counter(rows["layer"])
    for group, offered in groups.items():
        key = key_of(facet, group)
        buttons = partial(
            st.pills,
            words[FACET_WORDS[facet]],
            offered,
            selection_mode="multi",
            key=key,
            format_func=partial(face_of, atlas=atlas, facet=facet, language=state.lang),
            on_change=touch,
            label_visibility="collapsed",
        )
        if facet != "project":
            st.html(f"<style>{count_style(key, [counts[value] for value in offered])}</style>")
        if not group:
            buttons()
            continue
        heading = words[group] if facet == "country" else name_of(atlas, "layer", group, state.lang)
        size = in_layer[group] if facet == "project" else sum(value != ALL_MEMBERS for value in offered)
        chosen = len(state[key])
        number = digits(f"{chosen} / {len(offered)}" if chosen else str(size), state.lang)
        with st.expander(f"{plain(heading)} :gray[{number}]", expanded=chosen > 0, key=f"open-{facet}-{group}"):
            buttons()


def count_style(key: str, counts: Iterable[int]) -> str:
    """Return the style that writes a count beside each button of a widget.

    The label of a button is what the browser sends back, so it must not change from run to run: counts stay out of it.
    """
    at = ".st-key-" + key.replace(":", "-")
    return "".join(
        f'{at} button:nth-child({number}){{--count:"{digits(str(count), state.lang)}"{"" if count else ";opacity:.5"}}}'
        for number, count in enumerate(counts, start=1)
    )


def results(atlas: Atlas, rows: pd.DataFrame, selection: Selection, words: Mapping[str, str]) -> None:
    """Draw what stands under the map: the table, the sums, the downloads; or that nothing is left, and the way out."""
    if rows.empty:
        st.info(f"**{words['empty']}**  \n{words['way_out']}", icon=":material/search_off:")
        st.button(words["reset"], on_click=reset, key="reset_empty", type="primary")
        return
    listed, summed, saved = st.tabs([words["table"], words["sums"], words["download"]])
    with listed:
        table_of(atlas, rows.iloc[routes_first(rows)], words)
    with summed:
        by = st.segmented_control(
            words["by"],
            SUMS,
            key="by",
            format_func=lambda facet: words[FACET_WORDS[facet]],
            default=SUMS[0],
            required=True,
            on_change=touch,
        )
        sums_of(atlas, rows, by or SUMS[0], words)
    with saved:
        st.caption(sentence(words["download_note"], totals(rows)))
        with st.container(horizontal=True):
            for name, (file_format, mime, options) in DOWNLOADS.items():
                st.download_button(
                    words[name],
                    partial(render, atlas, selection, View(lang=state.lang), file_format, **options),
                    file_name(selection, file_format),
                    mime,
                    key=f"download:{name}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def routes_first(rows: pd.DataFrame) -> list[int]:
    """Return the positions of the rows with what projects have on the map before states, events and agreements."""
    drawn = rows["projects"].map(bool) & rows["geometry"].notna()
    return sorted(range(len(rows)), key=lambda at: not drawn.iat[at])


def table_of(atlas: Atlas, rows: pd.DataFrame, words: Mapping[str, str]) -> None:
    """Draw the rows as a table; the row that the map shows is the chosen one."""
    ids = list(rows["id"])
    state.table_ids = ids
    at = [ids.index(state.shown)] if state.shown in ids else []
    if "table" not in state or list(state.table["selection"]["rows"]) != at:
        state.table = {"selection": {"rows": at, "columns": [], "cells": []}}
    st.dataframe(
        pd.DataFrame(
            {
                "title": list(titles_of(rows)),
                "kind": [name_of(atlas, "kind", value, state.lang) for value in rows["kind"]],
                "status": [name_of(atlas, "status", value, state.lang) for value in rows["status"]],
                "countries": [names_of(atlas, "country", codes) for codes in rows["countries"]],
                "km": rows["length_km"].to_numpy(),
                "drawn": rows["drawn_km"].to_numpy(),
                "within": rows["accuracy_km"].to_numpy(),
                "as_of": rows["as_of"].to_numpy(),
                "projects": [names_of(atlas, "project", projects) for projects in rows["projects"]],
            }
        ),
        key="table",
        on_select=row_picked,
        selection_mode="single-row",
        hide_index=True,
        height=420,
        placeholder="",
        alt=words["table"],
        column_config={
            "title": st.column_config.TextColumn(words["column_name"], width="large", pinned=True),
            "kind": words["column_kind"],
            "status": words["column_status"],
            "countries": st.column_config.TextColumn(words["column_countries"], width="medium"),
            "km": st.column_config.NumberColumn(words["column_km"], format="localized", help=words["km_help"]),
            "drawn": st.column_config.NumberColumn(words["column_km_drawn"], format="localized"),
            "within": st.column_config.NumberColumn(words["within"], format="%.0f", help=words["within_help"]),
            "as_of": words["column_as_of_fact"],
            "projects": st.column_config.TextColumn(words["projects"], width="medium"),
        },
    )


def sums_of(atlas: Atlas, rows: pd.DataFrame, by: str, words: Mapping[str, str]) -> None:
    """Draw count and kilometres for each value of a facet."""
    sums = summarise(rows, by, atlas.ancestors)
    sums[by] = [name_of(atlas, by, value, state.lang) for value in sums[by]]
    longest = max(float(sums["km"].max()), 1.0)
    st.dataframe(
        sums,
        hide_index=True,
        height=420,
        column_config={
            by: st.column_config.TextColumn(words[FACET_WORDS[by]], width="medium"),
            "count": words["entries"],
            "km": st.column_config.ProgressColumn(
                words["column_km"], format="localized", min_value=0, max_value=longest
            ),
        },
    )


# -- names and figures -------------------------------------------------------------------------------------------------


def titles_of(rows: pd.DataFrame) -> Iterator[str]:
    """Yield the title of each row in the language of the page, else in English."""
    for title, in_english in zip(rows[f"title_{state.lang}"], rows["title_en"], strict=True):
        yield title if isinstance(title, str) else in_english


def names_of(atlas: Atlas, facet: str, values: Iterable[str]) -> str:
    """Return what several values of a facet are called."""
    return ", ".join(name_of(atlas, facet, value, state.lang) for value in values)


def face_of(value: str, atlas: Atlas, facet: str, language: str) -> str:
    """Return what stands on the button of a value."""
    return words_of(language)["all_members"] if value == ALL_MEMBERS else plain(name_of(atlas, facet, value, language))


def year_face(year: str, language: str) -> str:
    """Return what the slider shows for a year."""
    return words_of(language)["latest"] if year == LATEST else digits(year, language)


def sentence(pattern: str, sums: Totals) -> str:
    """Return a sentence of the locale with the totals filled in."""
    figures = {"count": sums.count, "lines": sums.lines, "km": round(sums.km), "countries": sums.countries}
    return pattern.format_map(
        {key: digits(f"{value:,}".replace(",", "\u2009"), state.lang) for key, value in figures.items()}
    )


def digits(text: str, language: str) -> str:
    """Return a number in the digits of a language."""
    return text.translate(BENGALI_DIGITS) if language == "bn" else text


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, with no list, no markup and no link.

    Addresses become links even where their letters are escaped, so an invisible letter that joins words breaks them.
    """
    escaped = re.sub(r"([\\`*_\[\]$~:<>#|&])", r"\\\1", text)
    escaped = re.sub(r"^(\s*)([-+=]|\d+[.)])", rf"\1{WORD_JOINER}\2", escaped, flags=re.MULTILINE)
    escaped = re.sub(r"(?i)(https?|www)(?=[\\:.])|(?<=\S)(?=@\S)", rf"\g<0>{WORD_JOINER}", escaped)
    return escaped.replace("\n", "  \n")
