"""What a build reports: a line for each file, and the error when files are not what the catalog builds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sco_map.errors import ScoMapError


@dataclass(frozen=True)
class Result:
    """One file of a build: `action` is written, unchanged, differs or missing; `notes` say where inputs were found."""

    name: str
    file: Path
    action: str
    features: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether the file holds what the catalog builds."""
        return self.action in {"written", "unchanged"}


class OutOfDateError(ScoMapError):
    """Name the files that are not what the catalog builds; `results` has all files that were looked at."""

    def __init__(self, results: Sequence[Result]) -> None:
        self.results = tuple(results)
        stale = [result for result in results if not result.is_current]
        lines = [f"{result.name}: {result.file.name} {result.action}" for result in stale]
        count = f"{len(stale)} file{'s are' if len(stale) > 1 else ' is'}"
        super().__init__("\n  ".join([f"{count} not what the catalog builds; run python -m sco_map build", *lines]))
