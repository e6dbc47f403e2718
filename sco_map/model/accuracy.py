"""How far from the real thing a line may lie: start values for each kind of line, and the figure of a row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sco_map.model.kinds import PIPELINES

# Of a half-normal distribution whose ninth decile is a, the share inside x is erf(HALF_NORMAL * x / a).
HALF_NORMAL = 1.1631
SHARE_INSIDE = 0.9

LONG_KM = 140.0
"""A hop longer than this without a place between its ends is drawn straight for want of knowledge."""

LEAST_OF_LONG_KM = 15.0
"""No such hop is known better than this."""


@dataclass(frozen=True)
class Spread:
    """Nine tenths of the real line lie within `base_km` + `slope` * (hop - `from_km`) of a straight hop."""

    base_km: float
    slope: float
    from_km: float = 0

    def of_hop(self, hop_km: float) -> float:
        """Return the figure in km for a hop of `hop_km`."""
        return self.base_km + self.slope * max(0.0, hop_km - self.from_km)


# Measured against lines whose true course is known: pipelines pass towns at a distance, roads and railways
# run through them.
BETWEEN_TOWNS = Spread(30, 0.22, from_km=60)
THROUGH_STOPS = Spread(4, 0.2)
# A symbol's real line is taken to be up to 5 % longer than the symbol, which lets it swing out by
# 0.5 * sqrt(1.05 ** 2 - 1) = 0.16 of its length; 10 km for the harbour or the landing that the end represents.
SYMBOL = Spread(10, 0.16)


def spread_for(kind: str, recipe: str) -> Spread:
    """Return the start values for a row of `kind` drawn by `recipe`."""
    if recipe == "symbol":
        return SYMBOL
    return BETWEEN_TOWNS if kind in PIPELINES else THROUGH_STOPS


def hop_accuracy_km(spread: Spread, hop_km: float, start_km: float, end_km: float) -> float:
    """Return the figure of one hop: never better than that of the two places it runs between."""
    return max(spread.of_hop(hop_km), start_km, end_km)


@dataclass(frozen=True)
class Figures:
    """The accuracy of a row: its ninth decile, the mean and worst of its pieces, and the leading basis."""

    accuracy_km: float
    mean_km: float
    worst_km: float
    basis: str


def share_inside(distance_km: float, lengths_km: Sequence[float], accuracies_km: Sequence[float]) -> float:
    """Return the share of a line within `distance_km` of the real one, each piece spread half-normally about it."""
    inside = math.fsum(
        length * math.erf(HALF_NORMAL * distance_km / accuracy)
        for length, accuracy in zip(lengths_km, accuracies_km, strict=True)
    )
    return inside / math.fsum(lengths_km)


def row_figures(lengths_km: Sequence[float], accuracies_km: Sequence[float], bases: Sequence[str]) -> Figures:
    """Return the figures of a row from those of its pieces, rounded to 0.1 km.

    The row's figure is the distance within which nine tenths of the whole length are expected: the ninth decile of the
    mixture of the pieces' half-normal distributions, weighted by length.
    """
    worst = max(accuracies_km)
    low, high = 0.0, 1.001 * worst
    while high - low > 1e-6:
        middle = (low + high) / 2
        if share_inside(middle, lengths_km, accuracies_km) < SHARE_INSIDE:
            low = middle
        else:
            high = middle
    mean = math.fsum(length * accuracy for length, accuracy in zip(lengths_km, accuracies_km, strict=True))
    km_by_basis: dict[str, float] = {}
    for basis, length in zip(bases, lengths_km, strict=True):
        km_by_basis[basis] = km_by_basis.get(basis, 0.0) + length
    return Figures(
        accuracy_km=round(high, 1),
        mean_km=round(mean / math.fsum(lengths_km), 1),
        worst_km=round(worst, 1),
        basis=max(km_by_basis, key=lambda basis: (round(km_by_basis[basis], 2), basis)),
    )
