"""The tab of a reader's own data: files are read, looked at, put on the map and taken off; for this session only.

What was read is kept in the state of the session and nowhere else; the files themselves are forgotten once they are
read. What reads them is imported when there is a file: every visit to the app begins with a look at this module.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from sco_map.app.asked import Asked
from sco_map.app.grid import Head, Row, Sheet, words_for
from sco_map.app.words import Words, plain
from sco_map.errors import ScoMapError
from sco_map.own import FROM_COMMAND_LINE
from sco_map.own.formats import ENDINGS
from sco_map.own.limits import LIMITS, MEGABYTE

if TYPE_CHECKING:
    from sco_map.atlas import Atlas
    from sco_map.own.reading import OwnFile
    from sco_map.own.rows import OwnLayer

NAME = "own"
FILES, ROUND = "own:files", "own:round"
"""What was read in this session; and how often the form has been emptied since."""

LIMITS_HERE = replace(LIMITS, file_bytes=64 * MEGABYTE, cpu_seconds=60, wall_seconds=90)
"""Of a file that is uploaded: several readers may share this machine."""

MOST_FILES = 5
SHOWN_ROWS = 6
CHOSEN = ("name", "status", "country", "year", "capacity", "length", "kind", "owner")
"""Columns of ours for which the reader may choose one of the file's."""

NOTHING = ""
TYPES = sorted({ending.rpartition(".")[2] for ending in ENDINGS})

state = st.session_state


@dataclass(frozen=True, eq=False)
class Entry:
    """A file of this session: what was read of it, which columns the reader has chosen, and whether it is shown."""

    file: OwnFile
    said: Mapping[str, str] = field(default_factory=dict)
    is_shown: bool = False


def entries() -> list[Entry]:
    """Return the files of this session, those of the command line at its start."""
    if FILES not in state:
        state[FILES] = [Entry(file, said, is_shown=True) for file, said in of_command_line()]
    found: list[Entry] = state[FILES]
    return found


def of_command_line() -> list[tuple[OwnFile, dict[str, str]]]:
    """Return the files that the app was started with; raises ScoMapError for one that cannot be used."""
    asked = json.loads(os.environ.get(FROM_COMMAND_LINE, "{}"))
    return read_once(json.dumps(asked, sort_keys=True)) if asked else []


@st.cache_resource(max_entries=1, show_spinner=False)
def read_once(asked: str) -> list[tuple[OwnFile, dict[str, str]]]:
    """Return the files that the command line names, read once for all sessions."""
    from sco_map.own.guess import GEOMETRY_TARGETS
    from sco_map.own.reading import read_file

    wanted = json.loads(asked)
    geometry = {ours: column for ours, column in wanted["said"].items() if ours in GEOMETRY_TARGETS}
    found = []
    for path, layer in wanted["files"]:
        file = read_file(Path(path), layer=layer, crs=wanted["crs"], columns=geometry, tiles=True)
        found.append((file, {ours: column for ours, column in wanted["said"].items() if column in file.columns}))
    return found


def shown_layers(atlas: Atlas) -> list[OwnLayer]:
    """Return the layers of this session that are on the map."""
    from sco_map.own.adding import layers_of, with_layers

    files = [entry for entry in entries() if entry.is_shown]
    layers: list[OwnLayer] = []
    for entry in files:
        layers += layers_of(with_layers(atlas, layers), [entry.file], entry.said)
    return layers


def version() -> str:
    """Return a digest of what is shown of this session's files, empty where nothing is."""
    shown = [
        (entry.file.checksum, entry.file.layer, sorted(entry.said.items())) for entry in entries() if entry.is_shown
    ]
    return sha256(repr(shown).encode()).hexdigest() if shown else ""


def with_own(atlas: Atlas) -> Atlas:
    """Return an atlas with what this session shows of the reader's files; kept until either changes."""
    now = version()
    if not now:
        return atlas
    kept = state.get("own:atlas")
    if kept is None or kept[0] != (now, atlas.checksum):
        from sco_map.own.adding import with_layers

        kept = state["own:atlas"] = ((now, atlas.checksum), with_layers(atlas, shown_layers_of(atlas)))
    whole: Atlas = kept[1]
    return whole


def tiles(atlas: Atlas) -> dict[str, bytes]:
    """Return the tiles of what is shown of the reader's files, by layer, of those that are large."""
    return {layer.id: cut for layer in shown_layers_of(atlas) if (cut := layer.file.tiles)}


def show(atlas: Atlas, asked: Asked, words: Words) -> Sheet:
    """Draw the form and the files of this session, and return the beginning of the file read last as a table."""
    st.markdown(plain(words["own_note"]))
    form(words)
    for number, entry in enumerate(entries()):
        draw(number, entry, atlas, words)
    last = entries()[-1] if entries() else None
    return Sheet(asked.lang) if last is None else preview(last, asked, words)


def form(words: Words) -> None:
    """Draw what takes a file; it is empty again once the file has been read."""
    with st.form(f"own:form:{state.get(ROUND, 0)}", border=False):
        given = st.file_uploader(
            words["own_file"],
            type=TYPES,
            accept_multiple_files=True,
            key=f"own:upload:{state.get(ROUND, 0)}",
            max_upload_size=LIMITS_HERE.file_bytes // MEGABYTE,
        )
        with st.container(horizontal=True):
            layer = st.text_input(words["own_layer"], key=f"own:layer:{state.get(ROUND, 0)}")
            crs = st.text_input(words["own_crs"], placeholder="EPSG:32642", key=f"own:crs:{state.get(ROUND, 0)}")
        if not st.form_submit_button(words["own_read"], icon=":material/upload_file:") or not given:
            return
    if len(entries()) + len(given) > MOST_FILES:
        st.error(plain(words["own_too_many"].format(n=MOST_FILES)))
        return
    from sco_map.own.reading import read_content

    read, wrong = [], []
    with st.spinner(words["own_reading"]):
        for file in given:
            try:
                content = read_content(
                    file.getvalue(),
                    file.name,
                    layer=layer.strip() or None,
                    crs=crs.strip() or None,
                    limits=LIMITS_HERE,
                    tiles=True,
                )
                read.append(Entry(content))
            except ScoMapError as error:
                wrong.append(str(error))
    state[FILES] = [*entries(), *read]
    if wrong:
        st.error("\n\n".join(map(plain, wrong)))
        return
    state[ROUND] = state.get(ROUND, 0) + 1
    st.rerun()


def draw(number: int, entry: Entry, atlas: Atlas, words: Words) -> None:
    """Draw one file: what was found in it, which of its columns are ours, and what can be done with it."""
    from sco_map.own.guess import mapped

    file = entry.file
    with st.container(border=True):
        st.markdown(f"**{plain(file.title)}** · {plain(words['own_features'].format(n=f'{len(file):,}'))}")
        for note in notes_of(entry, atlas):
            st.markdown(f"- {plain(note)}")
        guess = mapped(file.name, file.columns, file.known, entry.said)
        with st.form(f"own:columns:{number}:{file.checksum}", border=False):
            with st.container(horizontal=True):
                chosen = {ours: column_choice(ours, guess.get(ours), file, number, words) for ours in CHOSEN}
            label = words["own_again"] if entry.is_shown else words["own_show"]
            is_asked = st.form_submit_button(label, icon=":material/layers:")
        if is_asked:
            change(number, replace(entry, said=chosen, is_shown=True))
        if st.button(words["own_remove"], key=f"own:remove:{number}:{file.checksum}", icon=":material/delete:"):
            change(number, None)


def column_choice(ours: str, guess: str | None, file: OwnFile, number: int, words: Words) -> str:
    """Draw the choice of the file's column for one of ours, and return it."""
    options = [NOTHING, *file.columns]
    return st.selectbox(
        words[f"own_{ours}"],
        options,
        index=options.index(guess) if guess in options else 0,
        format_func=lambda column: column or words["own_none"],
        key=f"own:{ours}:{number}:{file.checksum}",
        width=190,
    )


def change(number: int, entry: Entry | None) -> None:
    """Put another entry in the place of one, or take it away, and run the app again: the map may be another."""
    files = entries()
    state[FILES] = [*files[:number], *([] if entry is None else [entry]), *files[number + 1 :]]
    st.rerun()


def notes_of(entry: Entry, atlas: Atlas) -> Sequence[str]:
    """Return what is to be said of a file: of its rows, too, once it is on the map."""
    if not entry.is_shown:
        return entry.file.notes
    shown = (layer for layer in shown_layers_of(atlas) if layer.file is entry.file)
    return next(((*layer.notes, *layer.network_notes) for layer in shown), entry.file.notes)


def shown_layers_of(atlas: Atlas) -> list[OwnLayer]:
    """Return the layers of this session that are on the map, made once for each change."""
    now = version()
    kept = state.get("own:layers")
    if kept is None or kept[0] != now:
        kept = state["own:layers"] = (now, shown_layers(atlas))
    layers: list[OwnLayer] = kept[1]
    return layers


def preview(entry: Entry, asked: Asked, words: Words) -> Sheet:
    """Return the first rows of a file as a table."""
    from sco_map.own.reading import column_key

    file = entry.file
    columns = list(file.columns)[:12]
    cells: list[list[Any]] = [file.frame[column_key(column)].head(SHOWN_ROWS).tolist() for column in columns]
    return Sheet(
        asked.lang,
        caption=words["own_preview"].format(file=file.title),
        name=NAME,
        heads=[Head(column, column) for column in columns],
        rows=[Row(None, list(values)) for values in zip(*cells, strict=True)],
        words=words_for(words),
    )
