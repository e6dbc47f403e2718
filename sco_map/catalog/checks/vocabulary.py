"""The words of the files: every list is there, no spelling means two words; and the words that code itself knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sco_map.catalog.checks.lookup import VOCABULARY, Lookup
from sco_map.catalog.problems import Problem

RECIPES = ("via", "along", "symbol")
DIRECTIONS = ("forward", "backward", "both")
COLOURS = ("gauge",)
GEOMETRIES = ("line", "point", "area", "none")
WORD_LISTS = (
    "status",
    "kind",
    "form",
    "role",
    "basis",
    "confidence",
    "quality",
    "capacity_unit",
    "layer_group",
    "place_kind",
    "event_type",
    "agreement_status",
)


def vocabulary_faults(find: Lookup) -> Iterator[Problem]:
    """Yield lists that are missing, aliases of two words, and kinds that are drawn in no known way."""
    if VOCABULARY in find.unread_files:
        return
    vocabulary = find.catalog.vocabulary
    for name in WORD_LISTS:
        words = vocabulary.get(name)
        if not words:
            yield Problem(VOCABULARY, f"[{name}]", "the list is missing")
            continue
        spelt = Counter(alias.lower() for word in words.values() for alias in word.aliases)
        for alias, times in spelt.items():
            if times > 1 or alias in words:
                yield Problem(VOCABULARY, f"[{name}]", f"alias {alias!r} belongs to more than one word")
    for word in vocabulary.get("kind", {}).values():
        if word.geometry not in GEOMETRIES:
            yield Problem(VOCABULARY, f"[kind.{word.id}]", f"geometry must be one of {', '.join(GEOMETRIES)}")
