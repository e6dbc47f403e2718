"""Read the words of the interface (sco_map/locale/<language>.toml); knows no fact of the catalog."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sco_map.catalog import toml_tables
from sco_map.errors import ScoMapError
from sco_map.files import UnreadableError, read_text
from sco_map.model.languages import FIRST

LOCALE = Path(__file__).resolve().parent.parent / "locale"

NETWORK, DIRECTION = "network", "direction_"
"""The table of what is said of lines and routes, and what the names of its directions begin with."""


STORY = "story"
"""The table of what is said in the texts of stories: figures with their units."""


COLUMN_WORDS = {
    "kind": "column_kind",
    "status": "column_status",
    "countries": "column_countries",
    "length_km": "column_km",
    "drawn_km": "column_km_drawn",
    "accuracy_km": "within",
    "as_of": "column_as_of_fact",
    "layer": "layers",
    "projects": "projects",
    "capacity": "capacity",
    "cost_usd_bn": "cost",
    "gauge_mm": "gauge",
    "diameter_mm": "diameter",
    "height_m": "height",
    "river": "river",
    "owner": "owner",
    "city": "city",
    "confidence": "confidence",
    "history": "history",
    "promises": "promised",
    "note": "note",
    **{name: f"id_{name}" for name in ("wikidata", "gem", "unlocode", "station_code")},
    "sources": "sources",
    "licence": "licences",
    "role": "role",
    "roles": "roles",
    "agreements": "agreements",
    "parties": "parties",
    "administered_by": "administered_by",
    "claimed_by": "claimed_by",
    "published_lengths": "lengths_published",
    "flows": "direction",
}
"""Words of the page that name a column; the others have words of their own, `column_<name>`."""


class WordsError(ScoMapError):
    """Say which file of words cannot be read, and why."""


@cache
def words(language: str) -> dict[str, str]:
    """Return the words of the page in one language, key to text; what a language lacks is English.

    Tables in the file are words of others, such as the app, and left out but for the directions, which routes share.
    Raises WordsError.
    """
    try:
        file = toml_tables(read_text(LOCALE / f"{language}.toml"))
    except UnreadableError as error:
        raise WordsError(f"locale/{language}.toml: {error}") from error
    own = {key: text for key, text in file.items() if isinstance(text, str)}
    own |= {key: text for key, text in file.get(NETWORK, {}).items() if key.startswith(DIRECTION)}
    return own if language == FIRST else {**words(FIRST), **own}


@cache
def story_words(language: str) -> dict[str, str]:
    """Return the words that stories fill figures in with, in one language. Raises WordsError."""
    try:
        return dict(toml_tables(read_text(LOCALE / f"{language}.toml"))[STORY])
    except UnreadableError as error:
        raise WordsError(f"locale/{language}.toml: {error}") from error


def column_word(name: str) -> str:
    """Return the word of the interface that names a column."""
    return COLUMN_WORDS.get(name, f"column_{name}")
