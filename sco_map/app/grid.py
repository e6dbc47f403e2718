"""Hand a table to the browser: the component that draws it gets what it needs packed, and says what is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
import streamlit as st

from sco_map.app.assets import asset
from sco_map.app.words import Words

PARTS = 8
"""How many colours of parts of a bar there are (main.py)."""

LONGEST_CELL = 120
"""Letters of a cell that the browser gets; the files to download have them all."""

Cell = str | float | int | None


@dataclass(frozen=True)
class Head:
    """The head of a column; `sorts`: a click on it asks for the rows in the order of that column."""

    id: str
    name: str
    unit: str | None = None
    isNumber: bool = False  # noqa: N815 - the component reads it
    sorts: bool = False


@dataclass(frozen=True)
class Row:
    """A row, with the id of the card that its name opens, where it has one."""

    id: str | None
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Choice:
    """One of several things that the reader chooses from."""

    id: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Bar:
    """A bar of the chart: its name, and for each part the value, what it stands for, and the colour."""

    name: str
    parts: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Order:
    """By which column rows are sorted, and whether the greatest comes first."""

    by: str
    down: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything that the component draws, nothing without a `name`.

    `of` says what was asked for: a page number counts only for the same. `question` is what the address is to say of a
    question to the network, where the reader has changed it; `asked` tells one change from the next, for a sheet may be
    drawn twice.
    """

    lang: str
    caption: str = ""
    name: str = ""
    heads: Sequence[Head] = ()
    rows: Sequence[Row] = ()
    columns: Sequence[tuple[str, str]] = ()
    chosen: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    order: Order | None = None
    of: str = ""
    page: int = 0
    pages: int = 1
    place: str = ""
    shown: str | None = None
    bars: Sequence[Bar] = ()
    key: Sequence[dict[str, str]] = ()
    words: dict[str, str] = field(default_factory=dict)
    question: str | None = None
    asked: int = 0


@dataclass(frozen=True)
class Wanted:
    """What the reader asked of a table: order, page, columns and choices; whatever the browser says is checked."""

    order: Order | None = None
    page: int = 0
    of: str = ""
    chosen: tuple[str, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_state(cls, state: object) -> Wanted:
        """Return what the component keeps as its state; anything that makes no sense counts as not asked."""
        asked = state if isinstance(state, dict) else {}
        order, page, of, chosen, choices = (asked.get(key) for key in ("order", "page", "of", "chosen", "choices"))
        return cls(
            Order(str(order.get("by")), bool(order.get("down"))) if isinstance(order, dict) else None,
            max(0, page) if isinstance(page, int) else 0,
            of if isinstance(of, str) else "",
            tuple(map(str, chosen)) if isinstance(chosen, list) else (),
            {str(key): str(value) for key, value in choices.items()} if isinstance(choices, dict) else {},
        )


KEY = "told"


def told() -> Mapping[str, Any]:
    """Return what the component has told so far: address and tab of the page, and what is asked of each table."""
    return st.session_state.get(KEY) or {}


def wanted_of(name: str) -> Wanted:
    """Return what the reader has asked of a table so far."""
    return Wanted.of_state(told().get(name))


def draw(sheet: Sheet) -> Mapping[str, Any]:
    """Draw a table, and return what the component has told by now."""
    component = st.components.v2.component(
        "sco_map_grid",
        html='<div class="sco-grid"></div>',
        js=asset("below.js"),
        isolate_styles=False,
    )
    callbacks: dict[str, Any] = {f"on_{name}_change": nothing for name in ("address", "tab", "data", "sums", "routes")}
    return component(key=KEY, data=packed(sheet), **callbacks)


def nothing() -> None:
    """Do nothing: Streamlit keeps what a component tells only where something is called for it."""


def packed(sheet: Sheet) -> bytes:
    """Return a table as the component reads it: JSON, deflated; long cells are cut."""
    content = asdict(sheet)
    for row in content["rows"]:
        row["cells"] = [cut(cell) for cell in row["cells"]]
    return zlib.compress(orjson.dumps(content), 9)


def cut(cell: Cell) -> Cell:
    """Return a cell short enough for the table."""
    return f"{cell[:LONGEST_CELL].rstrip()}…" if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell


def words_for(words: Words, keys: Iterable[str] = ("columns", "previous", "next", "usual", "open")) -> dict[str, str]:
    """Return the words on the buttons of a table."""
    return {key: words[f"table_{key}"] for key in keys}
