"""How alike two words are: the same letters in another script, and how many slips of the keys lie between them.

`web/src/words/likeness.ts` says the same; the letters are in the contract of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from sco_map.model.search import fold

PAIRS = (
    "аa бb вv гg дd еe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya "
    "іi єe ґg әa ғgh қk qk ңng өo ұu үu һh ҳh ҷj ђdj ћc јj љlj њnj џdzh ıi łl øo đd ðd þth æae œoe ßss əa"
)
APOSTROPHES = "'’‘ʻʼʽ`´ʹ"
LATIN = {pair[0]: pair[1:] for pair in PAIRS.split()} | dict.fromkeys(APOSTROPHES, "")
"""Letters as Latin writes them, once marks are away and all are small; apostrophes are not written."""

TABLE = str.maketrans(LATIN)
WORD = re.compile(r"[^\W_]+")

SLIPS = ((14, 3), (8, 2), (3, 1))
"""A word of so many letters or more may have so many slips."""

LEAST_KINSHIP = 0.6
"""Where no word is within so many slips, words that share so much of their letters are alike."""

SHORTEST_PART = 3
"""A word that is a part of another counts from so many letters on."""

PREFIX_FROM = 4
"""A beginning of a word counts from so many letters on."""


def latin(text: str) -> str:
    """Return a text folded and in Latin letters, as far as a table knows them."""
    return fold(text).translate(TABLE)


def slips_allowed(letters: int) -> int:
    """Return how many slips a word of so many letters may have."""
    return next((slips for least, slips in SLIPS if letters >= least), 0)


def slips(one: str, other: str, most: int, *, prefix: bool = False) -> int:
    """Return how many slips turn `one` into `other`, `most` + 1 when there are more.

    A slip is a letter too many, missing or wrong, or two neighbours that changed places. `prefix`: into the beginning
    of `other` that is nearest.
    """
    if len(one) - len(other) > most or (not prefix and len(other) - len(one) > most):
        return most + 1
    width = len(one) + most if prefix else len(other)
    other = other[:width]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, there in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(min(row) if prefix else row[-1], most + 1)


def kinship(one: str, other: str) -> float:
    """Return the letters that two words have in common in the same order, as a share of both."""
    row = [0] * (len(other) + 1)
    for letter in one:
        following = [0]
        for j, there in enumerate(other):
            following.append(row[j] + 1 if letter == there else max(row[j + 1], following[j]))
        row = following
    return 2 * row[-1] / max(1, len(one) + len(other))


@dataclass(frozen=True)
class Named:
    """Something with a card: what it is, its id and its names in all languages."""

    form: str
    id: str
    names: tuple[str, ...]


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters."""
    return tuple(WORD.findall(latin(name)))


def cost_of(term: str, word: str) -> int | None:
    """Return how badly a word answers a term, None when they are not alike; a beginning is worse than a whole word."""
    most = slips_allowed(len(term))
    whole = slips(term, word, most)
    if whole == 0 or len(term) < PREFIX_FROM:
        return 2 * whole if whole <= most else None
    begun = slips(term, word, most, prefix=True)
    costs = [2 * whole] * (whole <= most) + [2 * begun + 1] * (begun <= most)
    return min(costs, default=None)


def most_alike(text: str, named: Sequence[Named], most: int = 3) -> list[Named]:
    """Return up to `most` of the `named` whose names are most like a text: every word of it must have its like.

    Those with the fewest slips come first and alone, of them those with the shortest name, then in their own order.
    Where there are none, the text is taken as one word, as "Chah Bahar" is of Chabahar.
    """
    terms = words_of(text)
    if not terms:
        return []
    return answers_to(terms, named, most) or (answers_to(["".join(terms)], named, most) if len(terms) > 1 else [])


def answers_to(terms: Sequence[str], named: Sequence[Named], most: int) -> list[Named]:
    """Return up to `most` of the `named` in whose names every term has its like."""
    words = set(chain.from_iterable(words_of(name) for one in named for name in one.names))
    costs = [{word: cost for word in words if (cost := cost_of(term, word)) is not None} for term in terms]
    found: list[tuple[int, int, int]] = []
    for number, one in enumerate(named):
        answers = (answer_of(costs, words_of(name)) for name in one.names)
        if best := min((answer for answer in answers if answer is not None), default=None):
            found.append((*best, number))
    found.sort()
    return [named[number] for cost, _, number in found[:most] if cost == found[0][0]]


def answer_of(costs: Iterable[dict[str, int]], words: Sequence[str]) -> tuple[int, int] | None:
    """Return what a name costs all terms together, and its letters; None when a term has no like in it."""
    whole = 0
    for known in costs:
        best = min((known[word] for word in words if word in known), default=None)
        if best is None:
            return None
        whole += best
    return whole, sum(map(len, words))
