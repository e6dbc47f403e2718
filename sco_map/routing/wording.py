"""What is said of lines and routes in the four languages: sentences of the locale with names and numbers filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sco_map.atlas import Atlas
from sco_map.catalog import toml_tables
from sco_map.files import read_text
from sco_map.model.languages import FIRST
from sco_map.model.numbers import OTHER, number_text, plural_of, year_text
from sco_map.paths import LOCALE

TABLE = "network"
"""The table of a file of words that is about the network."""

SHARED = ("net_", "says_", "cut_bridges_note", "cut_few_ends", "cut_no_link", "cut_other_kind")
"""Words that the page has, too, begin so: what is wrong with a question, lines in words, how weak links are ranked, why
a cut changes nothing."""

SEPARATORS = {"zh": "；"}
GAPS = {"zh": ""}
"""What stands between the items of a list and between sentences where it is not as in English."""


@cache
def words_of(language: str) -> dict[str, str]:
    """Return the words about the network in a language, in English where it lacks them."""
    whole = toml_tables(read_text(LOCALE / f"{language}.toml"))
    own: dict[str, str] = {key: text for key, text in whole.items() if key.startswith(SHARED)} | whole.get(TABLE, {})
    return own if language == FIRST else {**words_of(FIRST), **own}


@dataclass(frozen=True)
class Say:
    """Says things in one language; places, states and words of the catalog by their names in it."""

    atlas: Atlas
    language: str = FIRST

    def word(self, key: str, /, **gaps: object) -> str:
        """Return a text of the locale with its gaps filled in."""
        return words_of(self.language)[key].format_map(gaps)

    def counted(self, key: str, number: int, /, **gaps: object) -> str:
        """Return a text that depends on a number, which fills the gap {n}."""
        words = words_of(self.language)
        form = f"{key}_{plural_of(number, self.language)}"
        pattern = words[form if form in words else f"{key}_{OTHER}"]
        return pattern.format_map({"n": self.number(number), **gaps})

    def number(self, value: float) -> str:
        """Return a number without decimals."""
        return number_text(round(value), self.language)

    def km(self, value: float) -> str:
        """Return a length in whole km."""
        return self.word("km", n=self.number(value))

    def place(self, id_: str) -> str:
        """Return the name of a place."""
        return self.atlas.catalog.places[id_].name.in_language(self.language)

    def country(self, code: str) -> str:
        """Return the name of a state."""
        country = self.atlas.catalog.countries.get(code)
        return country.name.in_language(self.language) if country else code

    def term(self, list_: str, id_: str) -> str:
        """Return a word of the vocabulary."""
        word = self.atlas.catalog.vocabulary.get(list_, {}).get(id_)
        return word.label.in_language(self.language) if word else id_

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts one after the other, which may have commas inside."""
        return SEPARATORS.get(self.language, "; ").join(texts)

    def sentences(self, texts: Iterable[str]) -> str:
        """Return sentences one after the other."""
        return GAPS.get(self.language, " ").join(texts)

    def year(self, value: int) -> str:
        """Return a year in the digits of the language."""
        return year_text(value, self.language)
