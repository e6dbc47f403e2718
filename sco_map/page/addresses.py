"""Shorten an address that repeats the words of its page's title, as those of the press do, and write it out again.

The page's script writes them out, too (web/src/facts/addresses.ts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

APOSTROPHE = re.compile("['’]")
WORD = re.compile("[A-Za-z0-9]+")

BETWEEN = {"": "-", "_": "_"}
"""What stands between two words of an address, by the letter that says so in a shortened one."""

REPEATED = re.compile(r"<(_?)(\d*)(?:\.(\d+))?>")
"""What stands for words of the title: what is between them, the first of them, and the one after the last.

They begin with the first word, and end with the last one, where no number says otherwise.
"""

FEWEST = 13
"""So many letters are worth replacing."""


def words_of(title: str) -> list[str]:
    """Return the words of a title as addresses write them: in small letters without accents, apostrophes left out."""
    return [word.lower() for word in WORD.findall(APOSTROPHE.sub("", title))]


def shortened(address: str, title: str) -> str:
    """Return an address with a mark in the place of the longest run of words that it shares with its page's title."""
    address = address.replace("<", "%3C")
    words = words_of(title)
    runs = [run for mark in BETWEEN for run in shared(address, words, mark)]
    longest = max(runs, key=lambda run: len(run[0]), default=("", ""))
    return address.replace(*longest, 1) if len(longest[0]) >= FEWEST else address


def shared(address: str, words: list[str], mark: str) -> Iterator[tuple[str, str]]:
    """Yield the longest run from each word on that is in an address, with what stands for it."""
    for first, run in enumerate(words):
        after = first + 1
        while after < len(words) and run + BETWEEN[mark] + words[after] in address:
            run += BETWEEN[mark] + words[after]
            after += 1
        if run in address:
            yield run, f"<{mark}{first or ''}{'' if after == len(words) else f'.{after}'}>"


def written_out(address: str, title: str) -> str:
    """Return the address that `shortened` shortened."""
    words = words_of(title)

    def run(found: re.Match[str]) -> str:
        mark, first, after = found.groups()
        return BETWEEN[mark].join(words[int(first or 0) : int(after or len(words))])

    return REPEATED.sub(run, address)


def with_short_addresses(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return sources by id with their addresses shortened, where they have both address and title."""
    return {
        id_: {**source, "url": shortened(source["url"], source["title"])}
        if source.get("url") and source.get("title")
        else dict(source)
        for id_, source in sources.items()
    }
