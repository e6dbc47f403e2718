"""What a reader sees: names in every language and in its own script, sentences with an end, no letter lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import BaseModel

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.entries import entries, names, texts_in
from sco_map.catalog.models import LocalText, Place
from sco_map.catalog.problems import Problem
from sco_map.catalog.prose import prose_in
from sco_map.model.languages import ENGLISH_NAMES, SCRIPTS, SCRIPTS_SHOWN, TRANSLATIONS

NEEDED_OF_PLACES = ("bn", "ru")
"""A town may have no established Chinese name; in Bengali and Russian its name is written as it sounds."""

ANYWHERE = frozenset({"LATIN", "MODIFIER", "FULLWIDTH", ""})
"""Abbreviations such as TANAP are Latin in every language; a modifier letter is an apostrophe."""

JOINERS = "\u200c\u200d"
"""Zero-width joiners are part of Bengali spelling, and a trace of copying anywhere else."""

REPLACEMENT = "\ufffd"
HIDDEN = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
ENDS = (".", "!", "?", "…")

RESEARCH = re.compile(
    "|".join(
        (
            r"\b(?:general|own) knowledge\b|\bfrom memory\b",
            r"\b(?:sources?|texts?|page|url)\b[^.;]*\b(?:was|were|is|are)? ?(?:not )?(?:read|checked|opened|fetched)\b",
            r"\b(?:sources?|texts?|pages?|lists?) (?:that (?:was|were) )?found\b|\b(?:was|were) not found\b",
            r"\bno (?:text|page)s?\b|\bas read\b",
            r"\bby (?:one|another|some|most) texts?\b|\bas (?:a )?texts? (?:says?|ha(?:s|ve)|gives?)\b",
            r"\b(?:not|never) (?:researched|read)\b|\blooked up\b",
            r"\bto be checked\b|\bnot verified here\b",
            r"\b(?:was|were|is|are) taken to (?:be|begin|end|start)\b",
            r"\bthis entry\b|\bplaceholders?\b|\bTODO\b|\bTBD\b",
            r"\b[a-z]+_[a-z_]+\b|\b[\w-]+\.(?:toml|csv|geojson|md)\b|->|\bincl\b",
            r"\b[\w-]+\.[a-z]{2,}/\w",
        )
    ),
    re.IGNORECASE,
)
"""What only those say who write the catalog: what was looked up, names of files and of keys, addresses, drafts."""


def word_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield what is wrong with the names and texts of a catalog."""
    ends = {end for segment in catalog.segments.values() for end in (*segment.via[:1], *segment.via[-1:])}
    for file, where, entry in entries(catalog):
        yield from lost_letters(entry, file, where)
        if isinstance(entry, Place) and entry.is_helper and entry.id not in ends:
            continue
        for key, text in prose_in(entry):
            if (found := RESEARCH.search(text)) and not (key == "scope" and "__" in text):
                said = f"{key} tells readers of the research ({found.group()!r}); say what is known and what is not"
                yield Problem(file, where, said)
        needed = NEEDED_OF_PLACES if isinstance(entry, Place) else TRANSLATIONS
        for name in names(entry):
            yield from name_faults(name, needed, file, where)
    for layer in catalog.layers.values():
        for key in ("inclusion", "gaps"):
            if not getattr(layer, key).endswith(ENDS):
                yield Problem("layers.toml", f"[{layer.id}]", f"{key} is not a whole sentence; end it with a full stop")


def name_faults(name: LocalText, needed: Iterable[str], file: str, where: str) -> Iterator[Problem]:
    """Yield the languages that a name lacks, and those in which it is not in their script."""
    if missing := [language for language in needed if getattr(name, language) is None]:
        lacking = " and ".join(f"{ENGLISH_NAMES[language]} ({language})" for language in missing)
        yield Problem(file, where, f"{name.en!r} has no translation into {lacking}")
    for language, script in SCRIPTS.items():
        text = getattr(name, language)
        if text is None:
            continue
        found = {script_of(letter) for letter in text if letter.isalpha()}
        foreign = sorted(found - ANYWHERE - {script})
        if foreign or (found and script not in found and not text.isascii()):
            letters = " and ".join(foreign or found).capitalize()
            yield Problem(
                file, where, f"{language} {text!r} is in {letters} letters; write it in {SCRIPTS_SHOWN[language]}"
            )


@cache
def script_of(letter: str) -> str:
    """Return the first word of a letter's Unicode name, such as LATIN or CYRILLIC."""
    return unicodedata.name(letter, "").partition(" ")[0]


def lost_letters(entry: BaseModel, file: str, where: str) -> Iterator[Problem]:
    """Yield characters of a text that nobody sees or that stand for a letter lost on the way."""
    for text in texts_in(entry):
        if text.isprintable() and REPLACEMENT not in text:
            continue
        for position, character in enumerate(text):
            if character == REPLACEMENT:
                yield Problem(file, where, f"{text!r} has lost a letter (U+FFFD); write the letter")
            elif is_hidden(character, text[position - 1 : position]):
                yield Problem(
                    file, where, f"{text!r} contains the invisible character U+{ord(character):04X}; remove it"
                )


def is_hidden(character: str, before: str) -> bool:
    """Tell whether a character is invisible and not part of a spelling; `before` is the one before it, if any."""
    if character in JOINERS:
        return script_of(before or " ") != SCRIPTS["bn"]
    return character != "\n" and unicodedata.category(character) in HIDDEN
