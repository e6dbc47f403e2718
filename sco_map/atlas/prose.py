"""Texts for readers of an atlas in other languages: as translators wrote them, or made of the names of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sco_map.atlas.load import Atlas
from sco_map.catalog import Place, River, toml_tables
from sco_map.catalog.prose import Prose, prose_of
from sco_map.files import read_text
from sco_map.model.columns import PROSE
from sco_map.model.languages import FIRST
from sco_map.paths import LOCALE

GAUGE = "mm"
"""The word of the interface for a gauge."""

OWN_TEXTS = ("own_inclusion", "own_gaps")
"""The words of the interface that say what a layer of a reader holds and leaves out."""


def atlas_prose(atlas: Atlas, languages: Iterable[str]) -> Prose:
    """Return the translations of the texts of an atlas, of those too that are names, or made of them.

    The city of an event and the river that is a row are such names; the note of a break of gauge says each gauge with
    the title of its line.
    """
    prose = prose_of(atlas.catalog.path, [language for language in languages if language != FIRST])
    return Prose(
        {
            language: {**names_of(atlas, language), **gauges_of_lines(atlas, language), **own_texts(language), **known}
            for language, known in prose.known.items()
        }
    )


def names_of(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of places and rivers in a language by their English names."""
    named: list[Place | River] = [*atlas.catalog.places.values(), *atlas.catalog.rivers.values()]
    names = ((entry.name_en, getattr(entry, f"name_{language}")) for entry in named)
    return {english: own for english, own in names if own}


def gauges_of_lines(atlas: Atlas, language: str) -> dict[str, str]:
    """Return gauge and title of each railway in a language, where its title is known, by the same in English."""
    word = gauge_word(language)
    lines = atlas.rows[atlas.rows["gauge_mm"].notna()]
    cells = zip(lines["gauge_mm"], lines["title_en"], lines[f"title_{language}"], strict=True)
    named = [(gauge, english, own) for gauge, english, own in cells if isinstance(own, str)]
    return {f"{gauge} mm: {english}": f"{word.format(n=gauge)}: {own}" for gauge, english, own in named}


def gauge_word(language: str) -> str:
    """Return how the interface writes a gauge in a language, with the gap {n}."""
    return str(interface_words(language)[GAUGE])


@cache
def interface_words(language: str) -> dict[str, Any]:
    """Return the words of the interface in a language."""
    return toml_tables(read_text(LOCALE / f"{language}.toml"))


def own_texts(language: str) -> dict[str, str]:
    """Return what is said of the layers that a reader adds, in a language, by the same in English."""
    english, words = interface_words(FIRST), interface_words(language)
    return {english[key]: words.get(key, english[key]) for key in OWN_TEXTS}


@dataclass(frozen=True)
class Teller:
    """Says texts for readers in one language, in English where it lacks them."""

    language: str
    prose: Prose

    def __call__(self, value: Any, key: str = "") -> Any:
        """Return a value with the texts for readers inside it in the language; `key` is the one it is under."""
        if isinstance(value, Mapping):
            return {name: self(inner, name) for name, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self(inner, key) for inner in value]
        if not isinstance(value, str) or key not in PROSE:
            return value
        return self.prose.in_language(value, self.language) or value


def teller(atlas: Atlas, language: str) -> Teller:
    """Return what says the texts for readers of an atlas in a language."""
    return Teller(language, atlas_prose(atlas, [language]))
