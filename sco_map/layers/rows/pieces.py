"""A piece: a stretch of a line with one accuracy, as every recipe returns it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sco_map.errors import ScoMapError
from sco_map.model.geodesy import Point


@dataclass(frozen=True)
class Leg:
    """What a piece has of the `hop`-th hop of its line, from the place `start` to the next one, `end`.

    `drawn_km` of the drawing stand for `km` of track.
    """

    hop: int
    start: str
    end: str
    km: float
    drawn_km: float


@dataclass(frozen=True)
class Piece:
    """A stretch between two places of which nine tenths lie within `accuracy_km` of the real thing.

    `points` are longitude and latitude, at least two; the next piece begins where this one ends. `basis` is survey,
    network, waypoints or schematic; `start` and `end` are ids of places. `legs` cut a piece that follows the railway
    network at the places of its line; a piece without them is one hop, as long as it is drawn.
    """

    points: tuple[Point, ...]
    accuracy_km: float
    basis: str
    start: str
    end: str
    legs: tuple[Leg, ...] = ()


class BuildError(ScoMapError):
    """Report every problem met while building at once; nothing has been written."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"the build met {count} and wrote nothing:", *self.problems]))
