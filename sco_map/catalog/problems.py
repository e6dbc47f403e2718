"""What is wrong with the catalog, collected as sentences so that one error can report all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sco_map.errors import ScoMapError


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: `file` relative to the catalog, `entry` inside it or nothing, and what would be right."""

    file: str
    entry: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.entry}" if self.entry else self.file
        return f"{where}: {self.text}"


class CatalogError(ScoMapError):
    """Report every problem of a catalog at once; `problems` holds them sorted by file and entry."""

    def __init__(self, problems: Iterable[Problem], folder: str = "geodata/catalog") -> None:
        self.problems = tuple(sorted(set(problems)))
        count = f"{len(self.problems)} problem{'s' if len(self.problems) > 1 else ''}"
        super().__init__("\n  ".join([f"{folder} has {count}:", *map(str, self.problems)]))
