"""What is wrong with the catalog, collected as sentences so that one error can report all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from sco_map.errors import ScoMapError
from sco_map.model.texts import one_line

SAME_FAULT_NAMED = 5
"""How many entries of a file are named for the same kind of fault; the others are counted."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: `file` relative to the catalog, `entry` inside it or nothing, and what would be right.

    `is_rule`: only a rule for contributions is broken, and the catalog can be used as it is.
    """

    file: str
    entry: str
    text: str
    is_rule: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        where = f"{self.file}, {self.entry}" if self.entry else self.file
        return one_line(f"{where}: {self.text}")


class CatalogError(ScoMapError):
    """Report every problem of a catalog at once; `problems` holds them sorted by file and entry.

    The message names a few of each kind in each file and counts the others.
    """

    def __init__(self, problems: Iterable[Problem], folder: str = "geodata/catalog") -> None:
        self.problems = tuple(sorted(set(problems)))
        count = f"{len(self.problems)} problem{'s' if len(self.problems) > 1 else ''}"
        by_file = groupby(self.problems, key=lambda problem: problem.file)
        named = [problem for _, found in by_file for problem in shortened(found)]
        super().__init__("\n  ".join([f"{folder} has {count}:", *map(str, named)]))


def shortened(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of one file with all but the first few of the same kind left out and counted."""
    kinds: Counter[str] = Counter()
    kept: list[Problem] = []
    last: dict[str, int] = {}
    for problem in problems:
        kind = fault_kind(problem.text)
        kinds[kind] += 1
        if kinds[kind] <= SAME_FAULT_NAMED:
            last[kind] = len(kept)
            kept.append(problem)
    for kind, at in last.items():
        if (more := kinds[kind] - SAME_FAULT_NAMED) > 0:
            kept[at] = replace(kept[at], text=f"{kept[at].text} (and {more:,} more like this)")
    return kept


def fault_kind(sentence: str) -> str:
    """Return what faults of one kind have in common: the sentence without advice, figures and quoted words."""
    words = sentence.partition(";")[0].replace(",", " ").split()
    return " ".join(word for word in words if word.isalpha())
