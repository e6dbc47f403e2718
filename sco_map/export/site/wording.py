"""Words, numbers and dates of the site in one language, as the page of the map writes them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from sco_map.catalog import toml_tables
from sco_map.files import read_text
from sco_map.model.dates import is_date, precision
from sco_map.model.languages import FIRST
from sco_map.model.numbers import BENGALI_DIGITS, OTHER, plural_of
from sco_map.page.words import LOCALE, words

TABLES = ("app", "site")
"""The tables of a file of words that the site takes besides those of the page: its own, and what the app says, too."""

LOCALES = {"en": "en_GB", "bn": "bn_BD", "ru": "ru_RU", "zh": "zh_Hans_CN"}
TAGS = {"zh": "zh-Hans"}
"""The names of languages that a browser wants to know more exactly."""

THIN_SPACE = "\u202f"
TENS_OF_KM_FROM, WHOLE_KM_FROM = 10_000, 10
"""From here on a length is rounded to tens of km; below the other it keeps one decimal, as on the map."""


def tag_of(language: str) -> str:
    """Return a language as a browser wants it named."""
    return TAGS.get(language, language)


@cache
def site_words(language: str) -> dict[str, str]:
    """Return the words of page and site in a language, in English where it lacks them."""
    tables = toml_tables(read_text(LOCALE / f"{language}.toml"))
    own = {**tables.get(TABLES[0], {}), **words(language), **tables.get(TABLES[1], {})}
    return own if language == FIRST else {**site_words(FIRST), **own}


@cache
def locale_of(language: str) -> Locale:
    """Return how a language writes numbers and dates."""
    return Locale.parse(LOCALES[language])


def own_name(language: str) -> str:
    """Return a language as its readers call it."""
    return capital(str(Locale.parse(language).language_name))


@dataclass(frozen=True)
class Say:
    """Says words, numbers and dates in one language."""

    language: str

    def word(self, key: str, /, **gaps: object) -> str:
        """Return a word of the locale with its gaps filled in."""
        text = site_words(self.language)[key]
        return text.format_map(gaps) if gaps else text

    def first(self, key: str, /, **gaps: object) -> str:
        """Return the same with a capital first letter."""
        return capital(self.word(key, **gaps))

    def counted(self, key: str, number: int, /, **gaps: object) -> str:
        """Return a word that depends on a number, which fills the gap {n}."""
        known = site_words(self.language)
        form = f"{key}_{plural_of(number, self.language)}"
        return known[form if form in known else f"{key}_{OTHER}"].format_map({"n": self.number(number), **gaps})

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number; thousands are split by a thin space, in Bengali as there."""
        pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
        locale = locale_of(self.language)
        if self.language == "bn":
            return format_decimal(value, "#,##,##0" + pattern[5:], locale=locale).translate(BENGALI_DIGITS)
        text = format_decimal(value, pattern, locale=locale)
        return text.replace(locale.number_symbols["latn"]["group"], THIN_SPACE)

    def year(self, value: int) -> str:
        """Return a year, which is never grouped."""
        return str(value).translate(BENGALI_DIGITS) if self.language == "bn" else str(value)

    def km(self, value: float) -> str:
        """Return a length, rounded to what can be read off the map."""
        rounded = round(value)
        if value >= TENS_OF_KM_FROM:
            rounded = round(value / 10) * 10
        shown = round(value, 1) if value < WHOLE_KM_FROM else rounded
        return self.word("km", n=self.number(shown, 1))

    def quantity(self, value: float, unit: str | None) -> str:
        """Return a figure with its unit, as the language writes it: a unit may be another multiple there."""
        known = site_words(self.language)
        times = float(known.get(f"unit_{unit}_times", "1"))
        return f"{self.number(value * times, 2)} {known.get(f'unit_{unit}', unit or '')}".strip()

    def cost(self, billions: float) -> str:
        """Return a sum of money in billions of US dollars."""
        return self.word("cost_value", n=self.number(billions * float(self.word("cost_value_times")), 2))

    def date(self, moment: str | None) -> str:
        """Return a date as exact as it is known: year, month and year, or the day."""
        if not moment:
            return self.word("date_unknown")
        if not is_date(moment):
            return moment
        year, month, day = (int(part) for part in (*moment.split("-"), "1", "1")[:3])
        exact = precision(moment)
        if exact == "year":
            return f"{year}年" if self.language == "zh" else self.year(year)
        skeleton = "yMMMd" if exact == "day" else "yMMM"
        text = format_skeleton(skeleton, datetime.date(year, month, day), locale=locale_of(self.language))
        if self.language == "bn":
            return text.translate(BENGALI_DIGITS)
        return re.sub(r"\s?г\.$", "", text)

    def listed(self, items: Iterable[str]) -> str:
        """Return a list joined as the language does it."""
        return format_list(list(items), locale=locale_of(self.language))


def capital(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
