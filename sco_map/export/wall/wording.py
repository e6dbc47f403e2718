"""What is written on a sheet, in the language of its reader: words of the page, and those of the sheets themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sco_map.catalog import toml_tables
from sco_map.files import read_text
from sco_map.model.languages import FIRST
from sco_map.page.words import words as words_of_page
from sco_map.paths import LOCALE
from sco_map.routing.wording import Say

TABLE = "wall"
"""The table of a file of words that is about sheets."""


@cache
def own_words(language: str) -> dict[str, str]:
    """Return the words that only sheets have, in a language; in English where it lacks them."""
    own: dict[str, str] = toml_tables(read_text(LOCALE / f"{language}.toml")).get(TABLE, {})
    return own if language == FIRST else {**own_words(FIRST), **own}


@cache
def words_of(language: str) -> dict[str, str]:
    """Return all words that a sheet may use."""
    return {**words_of_page(language), **own_words(language)}


@dataclass(frozen=True)
class SheetSay(Say):
    """Says things on a sheet; what it has no word for it says as answers about the network do."""

    def word(self, key: str, /, **gaps: object) -> str:
        """Return a text of the locale with its gaps filled in."""
        words = words_of(self.language)
        return words[key].format_map(gaps) if key in words else super().word(key, **gaps)

    def digits(self, text: str) -> str:
        """Return a text with its figures in the digits of the language."""
        return re.sub(r"[0-9]", lambda found: self.year(int(found.group())), text)

    def term_first(self, list_: str, id_: str) -> str:
        """Return a word of the vocabulary as the first of its line."""
        term = self.term(list_, id_)
        return term[:1].upper() + term[1:]
