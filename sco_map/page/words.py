"""Read the words of the interface (sco_map/locale/<language>.toml); knows no fact of the catalog."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from sco_map.model.languages import FIRST, LANGUAGES

LOCALE = Path(__file__).resolve().parent.parent / "locale"


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of the page in one language, key to text; what a language lacks is English.

    Tables in the file are words of others, such as the app, and left out.
    """
    file = tomllib.loads((LOCALE / f"{language}.toml").read_text(encoding="utf-8"))
    own = {key: text for key, text in file.items() if isinstance(text, str)}
    return own if language == FIRST else {**words(FIRST), **own}


def all_words() -> dict[str, dict[str, str]]:
    """Return the words of every language of the interface."""
    return {language: words(language) for language in LANGUAGES}
