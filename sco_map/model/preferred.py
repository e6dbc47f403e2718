"""Which of several published figures of one thing the map goes by; web/src/facts/preferred.ts has the same rule.

That of the best kind of source; among equals the latest, where dates tell which that is; else none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sco_map.model.dates import is_before

QUALITIES = (("primary",), ("press", "database"), ("mirror",), ("own_estimate",))
"""Kinds of sources, the best first; a source of another kind comes after them, and what has no source after all."""


class Reason(StrEnum):
    """Why a figure is preferred to the others; the words of the interface are `preferred_<reason>`."""

    PRIMARY = "primary"
    SOURCE = "source"
    LATEST = "latest"


@dataclass(frozen=True)
class Said:
    """A figure with the kind of its source and when that was published; no kind means that there is no source."""

    value: float
    quality: str | None = None
    published: str | None = None

    @property
    def rank(self) -> int:
        """Return how far down the kinds of sources this one is."""
        if self.quality is None:
            return len(QUALITIES) + 1
        return next((rank for rank, kinds in enumerate(QUALITIES) if self.quality in kinds), len(QUALITIES))

    def is_later(self, other: Said) -> bool:
        """Tell whether this was published after another; an unknown date comes before every known one."""
        if self.published is None or other.published is None:
            return self.published is not None and other.published is None
        return is_before(other.published, self.published)


def preferred(figures: Sequence[Said]) -> tuple[int, Reason | None] | None:
    """Return the place of the preferred figure and why it is; no reason where no other figure contradicts it.

    None where there are no figures, nobody says any of them, or nothing tells them apart.
    """
    if len(figures) == 1:
        return 0, None
    best = min((said.rank for said in figures), default=len(QUALITIES) + 1)
    if best > len(QUALITIES):
        return None
    equals = [place for place, said in enumerate(figures) if said.rank == best]
    for place in equals:
        said = figures[place]
        others = [figures[other] for other in equals if figures[other].value != said.value]
        if all(said.is_later(other) for other in others):
            reason = Reason.LATEST if others else Reason.SOURCE if best else Reason.PRIMARY
            contradicted = any(other.value != said.value for other in figures)
            return place, reason if contradicted else None
    return None
