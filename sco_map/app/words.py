"""The words around the map in the language of the reader, and what values of the data are called; draws nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from sco_map.catalog import toml_tables
from sco_map.files import read_text
from sco_map.model.languages import FIRST
from sco_map.model.numbers import number_text
from sco_map.paths import LOCALE

if TYPE_CHECKING:
    import geopandas as gpd

    from sco_map.app.asked import Asked
    from sco_map.atlas import Atlas, Totals

WORD_JOINER = "\u2060"

Words = Mapping[str, str]


@st.cache_data(show_spinner=False)
def words_of(language: str) -> dict[str, str]:
    """Return the words of the interface in a language, those of the app among them; in English where it lacks them."""
    read = toml_tables(read_text(LOCALE / f"{language}.toml"))
    words: dict[str, str] = read | read.pop("app", {})
    return words if language == FIRST else {**words_of(FIRST), **words}


def naming(atlas: Atlas, register: str, language: str) -> Callable[[str], str]:
    """Return what says how a value of a register is called ("countries", "vocabulary.kind"); an unknown one by its id.

    The registers are those that `words` of a column names (sco_map/model/columns.py).
    """
    catalog = atlas.catalog
    kind, _, name = register.partition(".")
    if kind == "vocabulary":
        entries: Mapping[str, Any] = catalog.vocabulary[name]
    else:
        entries = getattr(catalog, kind)

    def called(value: str) -> str:
        entry = entries.get(value)
        text = next((found for key in ("label", "title", "name") if (found := getattr(entry, key, None))), None)
        if text is None:
            return value
        return text if isinstance(text, str) else str(text.in_language(language))

    return called


def names_of(called: Callable[[str], str], values: Iterable[str]) -> str:
    """Return what several values are called, with commas between."""
    return ", ".join(map(called, values))


def sentence(pattern: str, sums: Totals, language: str) -> str:
    """Return a sentence of the locale with the totals filled in."""
    figures = {"count": sums.count, "lines": sums.lines, "km": round(sums.km), "countries": sums.countries}
    return pattern.format_map({key: number(value, language) for key, value in figures.items()})


def summary(atlas: Atlas, rows: gpd.GeoDataFrame, asked: Asked, words: Words) -> str:
    """Return what a selection adds up to, and how many rows its year leaves out because their start is not known."""
    from sco_map.atlas import left_out, totals  # the words around the map are needed before it is loaded

    sums = sentence(words["totals"], totals(rows), asked.lang) if len(rows) else words["empty"]
    count = left_out(atlas, asked.selection, asked.worldview)
    return f"{sums} {words['left_out'].format(n=number(count, asked.lang))}" if count else sums


def number(value: int, language: str) -> str:
    """Return a whole number as its language writes it."""
    return number_text(value, language)


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it as it is, with no list, no markup and no link.

    Addresses become links even where their letters are escaped, so an invisible letter that joins words breaks them.
    """
    escaped = re.sub(r"([\\`*_\[\]$~:<>#|&])", r"\\\1", text)
    escaped = re.sub(r"^(\s*)([-+=]|\d+[.)])", rf"\1{WORD_JOINER}\2", escaped, flags=re.MULTILINE)
    escaped = re.sub(r"(?i)(https?|www)(?=[\\:.])|(?<=\S)(?=@\S)", rf"\g<0>{WORD_JOINER}", escaped)
    return escaped.replace("\n", "  \n")
