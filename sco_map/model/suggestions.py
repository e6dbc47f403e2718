"""What was probably meant by a word that nobody knows: one search and one sentence, wherever the word occurs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from sco_map.model.likeness import LEAST_KINSHIP, SHORTEST_PART, kinship, latin, slips, slips_allowed

Known = Mapping[str, Sequence[str]] | Sequence[str] | Set[str]
"""Known ids, each with its names and other spellings where it has any."""

AT_MOST = 3
FEW = 12
"""Up to so many known ids are all named when none of them resembles the word."""


def unknown(what: str, value: str, known: Known) -> str:
    """Return the sentence about a `value` that is not among the `known`, with the nearest ids or all of a few."""
    return f"unknown {what} {value!r}{hint(value, known)}"


def hint(value: str, known: Known) -> str:
    """Return the end of a sentence about an unknown `value`, beginning with a semicolon: what would be right."""
    if near := nearest(value, known):
        return f"; did you mean {' or '.join(map(repr, near))}?"
    if 0 < len(known) <= FEW:
        return f"; known are {', '.join(in_order(known))}"
    return "; no known value resembles it"


def nearest(value: str, known: Known, *, most: int = AT_MOST) -> list[str]:
    """Return up to `most` ids of `known` whose id or other spelling resembles `value`, the best first.

    A spelling that differs only in case, accents, script, hyphens or spaces is the only answer. Else those come first
    that contain the value, then those that the fewest slips of the keys lead to. The page has the same rule.
    """
    wanted = plain(value)
    spellings: dict[str, str] = {}
    for id_ in in_order(known):
        for spelling in (id_, *(known[id_] if isinstance(known, Mapping) else ())):
            spellings.setdefault(plain(spelling), id_)
    if wanted in spellings:
        return [spellings[wanted]]
    inside = sorted((text for text in spellings if len(wanted) >= SHORTEST_PART and wanted in text), key=len)
    allowed = slips_allowed(len(wanted))
    found = [(slips(wanted, text, allowed), text) for text in spellings]
    fewest = min((count for count, _ in found), default=allowed + 1)
    alike = [text for count, text in found if count == fewest and count <= allowed]
    if not inside and not alike:
        shares = {text: kinship(wanted, text) for text in spellings if may_be_alike(wanted, text)}
        closest = max(shares.values(), default=0.0)
        alike = [text for text, share in shares.items() if share == closest >= LEAST_KINSHIP]
    return list(dict.fromkeys(spellings[text] for text in (*inside, *alike)))[:most]


def may_be_alike(one: str, other: str) -> bool:
    """Say whether two words are near enough in length to share so much: a word of 100,000 letters is not looked at."""
    return 2 * min(len(one), len(other)) / max(1, len(one) + len(other)) >= LEAST_KINSHIP


def in_order(known: Known) -> Iterable[str]:
    """Return the known ids in their own order, by the alphabet where they have none."""
    return known if isinstance(known, Mapping | Sequence) else sorted(known)


def plain(text: str) -> str:
    """Return `text` without what people vary: case, accents, script, hyphens and spaces."""
    return latin(text).replace("-", "_").replace(" ", "_")
