"""Check the words of the interface: every language has all of them, with the same gaps to fill, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sco_map.catalog import toml_tables
from sco_map.catalog.problems import Problem
from sco_map.catalog.translations import flat
from sco_map.files import UnreadableError, read_text
from sco_map.model.languages import FIRST, TRANSLATIONS
from sco_map.model.suggestions import unknown
from sco_map.model.texts import quoted, text_fault

GAP = re.compile(r"\{(\w+)\}")
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
PLURALS = {"ru": ("one", "few", "many", "other")}
"""The forms that a language needs to count with, where the general one is not enough."""

GENERAL = ("other",)

Words = Mapping[str, str]


def interface_faults(folder: Path) -> list[Problem]:
    """Return what is wrong with the files of words in `folder`, one for each language; files are named by it alone."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    for language in (FIRST, *TRANSLATIONS):
        file = f"{language}.toml"
        try:
            tables = toml_tables(read_text(folder / file))
        except UnreadableError as error:
            problems.append(Problem(file, "", str(error)))
            continue
        problems += (Problem(file, key, said) for key, said in value_faults(tables))
        words[language] = {key: text for key, text in flat(tables) if isinstance(text, str)}
    for language, own in words.items():
        problems += (Problem(f"{language}.toml", key, said) for key, said in text_faults(own))
        if FIRST in words and language != FIRST:
            problems += (
                Problem(f"{language}.toml", key, said) for key, said in translation_faults(own, words[FIRST], language)
            )
    return problems


def value_faults(tables: Mapping[str, Any], table: str = "") -> Iterator[tuple[str, str]]:
    """Yield what is not a text, and texts that no reader would see."""
    for name, value in tables.items():
        key = f"{table}{name}"
        if isinstance(value, Mapping):
            yield from value_faults(value, f"{key}.")
        elif not isinstance(value, str):
            yield key, f"is {quoted(value)}; it must be text"
        elif value and (fault := text_fault(value)):
            yield key, fault


def text_faults(words: Words) -> Iterator[tuple[str, str]]:
    """Yield words with markup or with white space at an end."""
    for key, text in words.items():
        if "<" in text or "&" in text:
            yield key, f"{text!r} contains markup; write plain text"
        if text != text.strip():
            yield key, f"{text!r} begins or ends with white space"


def translation_faults(own: Words, english: Words, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a language lacks, what English does not have, and gaps that differ from those of the English text."""
    counted = {key.removesuffix("_one") for key in english if key.endswith("_one")}
    counted = {stem for stem in counted if f"{stem}_other" in english}

    def stem_of(key: str) -> str:
        stem = PLURAL.sub("", key)
        return stem if stem in counted else key

    for stem in dict.fromkeys(map(stem_of, english)):
        varies = stem in counted and english[f"{stem}_one"] != english[f"{stem}_other"]
        forms = PLURALS.get(language, GENERAL) if varies else GENERAL
        for key in [f"{stem}_{form}" for form in forms] if stem in counted else [stem]:
            if key not in own:
                yield key, f"is missing; in English it is {english.get(key, english.get(f'{stem}_other'))!r}"
    for key, text in own.items():
        original = english.get(key, english.get(f"{stem_of(key)}_other"))
        if original is None:
            yield key, unknown("word", key, sorted(english))
        elif set(GAP.findall(text)) != set(GAP.findall(original)):
            yield key, f"{text!r} has other gaps to fill than the English {original!r}"
