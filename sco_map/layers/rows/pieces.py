"""A piece: a stretch of a line with one accuracy, as every recipe returns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sco_map.errors import ScoMapError
from sco_map.model.geodesy import Point


@dataclass(frozen=True)
class Piece:
    """A stretch between two places of which nine tenths lie within `accuracy_km` of the real thing.

    `points` are longitude and latitude, at least two; the next piece begins where this one ends. `basis` is survey,
    network, waypoints or schematic; `start` and `end` are ids of places.
    """

    points: tuple[Point, ...]
    accuracy_km: float
    basis: str
    start: str
    end: str


class BuildError(ScoMapError):
    """Report every problem met while building at once; nothing has been written."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"the build met {count} and wrote nothing:", *self.problems]))
