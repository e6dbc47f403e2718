"""How a search term meets a text: accents, vowel signs and case do not count; the page folds text the same way."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache


class MarksAway(dict[int, int | None]):
    """A table for `str.translate` that takes combining marks away; it fills itself as letters come along."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)).startswith("M") else code
        return self[code]


MARKS_AWAY = MarksAway()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return `text` decomposed (NFKD), without combining marks (category M), in lower case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).translate(MARKS_AWAY).lower()


def terms_of(query: str) -> tuple[str, ...]:
    """Return the folded terms of a search; a text must contain every one of them."""
    return tuple(fold(query).split())


def haystack(texts: Iterable[str | None]) -> str:
    """Return one folded text to search in; the line breaks keep a term from matching across two texts."""
    return "\n".join(fold(text) for text in texts if text)
