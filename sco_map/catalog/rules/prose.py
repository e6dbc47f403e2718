"""Translations of the texts for readers: of texts that there are, in the script of their language, no figure lost."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.contents import UNITS
from sco_map.catalog.models import Unit, plain_text
from sco_map.catalog.problems import Problem
from sco_map.catalog.prose import FOLDER, Text, Translation, files_of, parts, texts, translations_in
from sco_map.catalog.rules.words import ANYWHERE, is_hidden, script_of
from sco_map.files import UnreadableError
from sco_map.model.languages import SCRIPTS, SCRIPTS_SHOWN, TRANSLATIONS
from sco_map.model.suggestions import unknown
from sco_map.model.texts import counted, quoted

RENEW = "run python -m sco_map build prose"

DAY = re.compile(r"\b(\d{4})-\d{2}(-\d{2})?\b")
DECADE = re.compile(r"\b\d{4}(?=s\b)")
YEARS = re.compile(r"\b(\d{2})(\d{2})[–-](\d{2})\b")
"""Two years of which the second is shortened, such as 1987–88."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SPACED_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
"""A number whose thousands may be parted by spaces."""

PATTERNS = (NUMBER, SPACED_NUMBER)

HAN_ORDER = re.compile("[一二三四五六七八九](?=[期号线区])")
"""The number of a phase, unit, line or block as Chinese writes it: phase 1 is 一期."""

MULTIPLES = r"\b(?:thousand|million|billion|trillion)"
"""Words between a figure and its unit."""

Units = Mapping[str, Unit]

SHORT = 2
"""Months, days and numbers that English writes in letters have no more digits than this, without zeros at the end."""


def prose_faults(catalog: Catalog, beside: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the files of translations; a text that has none yet is no fault."""
    folder = catalog.path / FOLDER
    if not folder.is_dir():
        return
    for found in sorted(folder.iterdir()):
        if found.is_dir() and found.name not in TRANSLATIONS:
            yield Problem(f"{FOLDER}/{found.name}", "", unknown("language", found.name, TRANSLATIONS))
    wanted = texts(catalog, beside)
    units: Units = beside.get(UNITS, {})
    for language in TRANSLATIONS:
        for file in files_of(catalog.path, language):
            name = f"{FOLDER}/{language}/{file.name}"
            if file.stem not in (known := parts(catalog)):
                yield Problem(name, "", unknown("part", file.stem, known))
            else:
                yield from file_faults(file, name, language, wanted, units)


def file_faults(file: Path, name: str, language: str, wanted: Mapping[str, Text], units: Units) -> Iterator[Problem]:
    """Yield what is wrong with one file of translations into a language."""
    try:
        found = translations_in(file)
    except UnreadableError as error:
        yield Problem(name, "", str(error))
        return
    needed = {english for english, text in wanted.items() if text.part == file.stem}
    yield from differences(name, needed, [one.english for one in found])
    for one in found:
        if one.words:
            where = f"line {one.line}, {quoted(one.english)}"
            yield from (Problem(name, where, fault) for fault in translation_faults(one, language, units))


def differences(name: str, needed: Collection[str], there: Iterable[str]) -> Iterator[Problem]:
    """Yield which texts a file lacks, has too many of, or has twice."""
    times = Counter(there)
    for english in (english for english, count in times.items() if count > 1):
        yield Problem(name, quoted(english), f"the text is there {times[english]} times; keep one of them")
    lacking, unused = set(needed) - times.keys(), times.keys() - set(needed)
    if lacking:
        first = quoted(min(lacking))
        yield Problem(name, "", f"lacks {counted(len(lacking), 'text')} of the catalog, such as {first}; {RENEW}")
    if unused:
        first = quoted(min(unused))
        said = f"has {counted(len(unused), 'text')} that the catalog does not have here, such as {first}; {RENEW}"
        yield Problem(name, "", said)


def translation_faults(one: Translation, language: str, units: Units) -> Iterator[str]:
    """Yield what is wrong with a translation, as halves of sentences that say what would be right."""
    try:
        plain_text(one.words)
    except ValueError as error:
        yield f"the translation {error}"
    for position, character in enumerate(one.words):
        if is_hidden(character, one.words[position - 1 : position]):
            yield f"the translation contains the invisible character U+{ord(character):04X}; remove it"
    yield from script_faults(one, language)
    if lost := lost_numbers(one.english, one.words):
        yield f"the translation has lost {', '.join(lost)}; every figure of the English text is kept"
    if added := added_numbers(one.english, one.words):
        yield f"the translation has {', '.join(added)}, which the English text does not say"
    for unit in lost_units(one, language, units):
        known = " or ".join(getattr(unit, language))
        yield f"the translation has lost the unit {unit.english[0]}; write {known}, or add what it is to {UNITS}"


def script_faults(one: Translation, language: str) -> Iterator[str]:
    """Yield whether a translation is in the script of another language; a name may stay as it is in English."""
    found = {script_of(letter) for letter in one.words if letter.isalpha()}
    foreign = sorted(found - ANYWHERE - {SCRIPTS[language]})
    if foreign:
        said = " and ".join(foreign).capitalize()
        yield f"the translation has {said} letters; write it in {SCRIPTS_SHOWN[language]}"
    elif SCRIPTS[language] not in found and one.words != one.english and found:
        yield f"the translation has no {SCRIPTS_SHOWN[language]} letters; translate it, or keep the English words"


def lost_numbers(english: str, words: str) -> list[str]:
    """Return the numbers of an English text that its translation does not have.

    Languages count in other multiples (4.7 billion are 47 亿), so numbers are compared by their digits without zeros
    at either end. The month of a date may be a word, a decade may be counted within its century, and Chinese may number
    phases and units in its own signs.
    """
    said = {digits(number) for pattern in PATTERNS for number in pattern.findall(words)} | {""}
    said |= {str(int(unicodedata.numeric(sign))) for sign in HAN_ORDER.findall(words)}
    decades = {number: {digits(number), digits(number[2:])} for number in DECADE.findall(english)}
    ends = {end: {digits(end), digits(century + end)} for century, _, end in YEARS.findall(english)}
    numbers = dict.fromkeys(NUMBER.findall(without_months(english)))
    return [number for number in numbers if not said & {**ends, **decades}.get(number, {digits(number)})]


def added_numbers(english: str, words: str) -> list[str]:
    """Return the numbers of a translation that its English text has neither in digits nor, perhaps, in letters."""
    known = {digits(number) for number in NUMBER.findall(english)}
    known |= {digits(century + end) for century, _, end in YEARS.findall(english)}
    plain, spaced = ([number for number in pattern.findall(words) if is_strange(number, known)] for pattern in PATTERNS)
    return list(dict.fromkeys(spaced if len(spaced) < len(plain) else plain))


def is_strange(number: str, known: Collection[str]) -> bool:
    """Say whether a number is not among the known ones, and too long to be one that English writes in letters."""
    return digits(number) not in known and len(digits(number)) > SHORT


def lost_units(one: Translation, language: str, units: Units) -> Iterator[Unit]:
    """Yield the units and multiples behind the figures of an English text that its translation has in no spelling."""
    words = re.sub(r"\s", " ", one.words)
    for unit in units.values():
        spelled = "|".join(map(re.escape, unit.english))
        if re.search(rf"(?:\d|{MULTIPLES})[ \u00a0]?(?:{spelled})(?![\w/³])", one.english):
            known = (*getattr(unit, language), *unit.english)
            if not any(spelling in words for spelling in known):
                yield unit


def without_months(english: str) -> str:
    """Return a text whose dates such as 2015-10-22 have no month, which a translation may write as a word."""
    return DAY.sub(lambda day: day.group(1) + (day.group(2) or "").replace("-", " "), english)


def digits(number: str) -> str:
    """Return the digits of a number in any script as those of English, without separators and zeros at either end."""
    return "".join(str(int(sign)) for sign in number if sign.isdecimal()).strip("0")
