"""Texts for readers as the page carries them: each once, in its languages, with a number wherever it is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sco_map.atlas import Atlas
from sco_map.catalog.prose import Prose, is_free
from sco_map.model.columns import PROSE
from sco_map.model.languages import FIRST, LANGUAGES

Json = Any
Texts = Mapping[str, str]

SCOPE = "scope"


def page_languages(light: bool, lang: str) -> tuple[str, ...]:
    """Return the languages that a page carries: all of them, the light page its own and English."""
    return tuple(language for language in LANGUAGES if not light or language in (FIRST, lang))


def in_languages(value: Json, prose: Prose, languages: Sequence[str], atlas: Atlas, key: str = "") -> Json:
    """Return a value of the page with its texts for readers in all `languages` in which they are known.

    `key` is the one under which the value is. A code, such as that of a state, is no text.
    """
    if isinstance(value, dict):
        return {name: in_languages(inner, prose, languages, atlas, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_languages(inner, prose, languages, atlas, key) for inner in value]
    if not isinstance(value, str) or key not in PROSE or (key == SCOPE and not is_free(value, atlas.catalog)):
        return value
    return prose.texts(value, languages)


def texts_in(values: Iterable[Json]) -> dict[str, Texts]:
    """Return the texts for readers inside values of the page by their English words, in the order of their use."""
    return {text[FIRST]: text for value in values for text in found_in(value)}


def found_in(value: Json, key: str = "") -> Iterator[Texts]:
    """Yield the texts for readers inside a value; `key` is the one under which it is."""
    if isinstance(value, dict):
        if key in PROSE and FIRST in value:
            yield value
            return
        for name, inner in value.items():
            yield from found_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from found_in(inner, key)


def spoken(value: Json, languages: Collection[str]) -> Json:
    """Return a value of the page with its names in some of the languages only."""
    if isinstance(value, dict):
        if value and all(key in LANGUAGES and isinstance(text, str) for key, text in value.items()):
            return {language: text for language, text in value.items() if language in languages}
        return {key: spoken(inner, languages) for key, inner in value.items()}
    return [spoken(inner, languages) for inner in value] if isinstance(value, list) else value
