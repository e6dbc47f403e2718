"""Which names, words and texts lack a language and are therefore shown in English; changes nothing."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import LocalText
from sco_map.catalog.prose import FOLDER, read_prose, texts
from sco_map.catalog.reader import files_beside
from sco_map.model.languages import FIRST, LANGUAGES, TRANSLATIONS

COLUMNS = ("name", "title")
PLURALS = ("_zero", "_one", "_two", "_few", "_many")
HELPER = "helper"
HELD = {"countries", "events", "layers", "licences", "places", "projects", "rivers", "sources", "vocabulary"}


@dataclass(frozen=True, order=True)
class Missing:
    """One text without a translation: `file`, `entry` inside it, `language` it lacks, the `english` shown instead."""

    file: str
    language: str
    entry: str
    english: str


def everywhere(catalog: Catalog, locale: Path) -> list[Missing]:
    """Return what lacks a language in the catalog, in the files beside it, and in the words of the interface.

    `locale` is the folder with one file of words for each language. Files of the catalog's folder that the catalog
    does not hold, such as the styles and the names of the base map, are read here.
    """
    missing = in_catalog(catalog) + in_prose(catalog)
    for file in sorted(catalog.path.rglob("*")):
        name = file.relative_to(catalog.path)
        if name.parts[0].removesuffix(file.suffix) in HELD:
            continue
        if file.suffix == ".toml":
            missing += in_tables(name.as_posix(), tomllib.loads(file.read_text(encoding="utf-8")))
        elif file.suffix == ".csv":
            with file.open(encoding="utf-8", newline="") as lines:
                missing += in_lines(name.as_posix(), csv.DictReader(lines))
    words = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in locale.glob("*.toml")}
    return missing + in_words(words)


def in_catalog(catalog: Catalog) -> list[Missing]:
    """Return the names and titles of the catalog that lack a language.

    Unnamed shape points have no name to show, unless a line ends there. Rows without a title of their own are called
    after their project and end places, which are looked at themselves. Summaries, notes, outcomes and owners have
    files of their own.
    """
    return [
        Missing(file, language, entry, text.en)
        for file, entry, text in local_texts(catalog)
        for language in TRANSLATIONS
        if getattr(text, language) is None
    ]


def in_prose(catalog: Catalog) -> list[Missing]:
    """Return the texts for readers that lack a language; the entry is the first place where the catalog has the text.

    What is marked as unsure (fuzzy) counts as missing, because readers do not see it.
    """
    wanted = texts(catalog, files_beside(catalog.path))
    return [
        Missing(
            f"{FOLDER}/{language}/{text.part}.po", language, f"{text.places[0]}, {text.fields[0]}: {english}", english
        )
        for language in TRANSLATIONS
        for known in [read_prose(catalog.path, language)]
        for english, text in wanted.items()
        if english not in known
    ]


def local_texts(catalog: Catalog) -> Iterator[tuple[str, str, LocalText]]:
    """Yield file, entry and text of everything in the catalog that has a name in four languages."""
    for country in catalog.countries.values():
        yield "countries.toml", country.id, country.name
    for event in catalog.events.values():
        names = {language: getattr(event, f"title_{language}") for language in LANGUAGES}
        yield "events.csv", event.id, LocalText(**names)
    for layer in catalog.layers.values():
        yield "layers.toml", layer.id, layer.title
    ends = {end for segment in catalog.segments.values() for end in (*segment.via[:1], *segment.via[-1:])}
    for place in catalog.places.values():
        if not place.is_helper or place.id in ends:
            yield "places.csv", place.id, place.name
    for project in catalog.projects.values():
        file = f"projects/{project.id}.toml"
        yield file, project.id, project.title
        for row in (*project.segments, *project.sites):
            if row.title is not None and "title" in row.written:
                yield file, row.id, row.title
    for river in catalog.rivers.values():
        names = {language: getattr(river, f"name_{language}") for language in LANGUAGES}
        yield "rivers.csv", river.id, LocalText(**names)
    for vocabulary, words in catalog.vocabulary.items():
        for name, word in words.items():
            yield "vocabulary.toml", f"{vocabulary} {name}", word.label


def in_tables(file: str, tables: Mapping[str, Any], entry: str = "") -> list[Missing]:
    """Return what lacks a language in the tables of a TOML file that the catalog does not hold.

    A table with a text `en` is a name in several languages, however deep it lies; `entry` is the path to `tables`.
    """
    english = tables.get(FIRST)
    if isinstance(english, str):
        return [Missing(file, language, entry, english) for language in TRANSLATIONS if not tables.get(language)]
    return [
        missing
        for key, value in tables.items()
        for position, inner in enumerate(value if isinstance(value, list) else [value], start=1)
        if isinstance(inner, Mapping)
        for missing in in_tables(file, inner, f"{entry} {key} {position if isinstance(value, list) else ''}".strip())
    ]


def in_lines(file: str, lines: Iterable[Mapping[str, str]]) -> list[Missing]:
    """Return what lacks a language in the lines of a CSV file with columns such as name_en and name_ru."""
    return [
        Missing(file, language, line[f"{column}_en"], line[f"{column}_en"])
        for line in lines
        for column in COLUMNS
        if line.get(f"{column}_en") and line.get("kind") != HELPER
        for language in TRANSLATIONS
        if not line.get(f"{column}_{language}")
    ]


def in_words(words: Mapping[str, Mapping[str, Any]]) -> list[Missing]:
    """Return the words of the interface that a language lacks; `words` are the files of sco_map/locale by language.

    A language needs the plural forms of its own grammar, not those of English, so of a word with several forms only
    the general one (`_other`) is asked for.
    """
    english = dict(flat(words[FIRST]))
    return [
        Missing(f"locale/{language}.toml", language, key, text)
        for language in TRANSLATIONS
        for known in [dict(flat(words.get(language, {})))]
        for key, text in english.items()
        if key not in known and general_form(key) not in known
    ]


def flat(words: Mapping[str, Any], table: str = "") -> Iterator[tuple[str, str]]:
    """Yield every word with its key, that of a word in a table led by the table's name."""
    for key, value in words.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{table}{key}.")
        elif value:
            yield f"{table}{key}", value


def general_form(key: str) -> str:
    """Return the key of the general form of a word: hidden_layer_one becomes hidden_layer_other."""
    ending = next((plural for plural in PLURALS if key.endswith(plural)), None)
    return f"{key.removesuffix(ending)}_other" if ending else key


def summary(missing: Iterable[Missing]) -> list[str]:
    """Return the lines to print: counts by language, then the entries by file and language."""
    ordered = sorted(set(missing))
    if not ordered:
        return [f"every name, word and text is there in {', '.join(TRANSLATIONS)}"]
    counts = {language: sum(one.language == language for one in ordered) for language in TRANSLATIONS}
    lines = ["shown in English: " + ", ".join(f"{language} {count:,}" for language, count in counts.items())]
    for (file, language), group in groupby(ordered, key=lambda one: (one.file, one.language)):
        entries = [one.entry for one in group]
        lines.append(f"{file}, {language}: {len(entries):,}")
        lines += [f"  {entry}" for entry in entries]
    return lines
