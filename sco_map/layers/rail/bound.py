"""How far the real track may lie from a chord of the network, from the length that the chord carries."""

from __future__ import annotations

import math
from collections.abc import Sequence

FLOOR_KM = 0.5
"""No figure is better than this: nodes are rounded to 0.001 degrees, stations are wide."""

CHORD_SHARE = 0.6
"""Nine tenths of a real track lie within this share of the bound (measured: 0.53 to 0.62).

The bound itself is reached only by a track with one sharp corner. Measured on 700 stretches of 10 to
200 km in the detailed parts of the network itself (Europe, Asia, Central Asia), each laid against the
chord between its ends: half of the track within 0.23 of the bound, 85 % within 0.50, 97 % within 0.72.
"""

SPLIT_SHARE = 0.45
"""The same for the parts of a chord that was split at places: each bound grants the whole slack to one
part, which the parts share in truth (measured with one to three places: 88 to 96 % inside)."""


def bound_km(track_km: float, chord_km: float) -> float:
    """Return the distance from its chord that no point of a track of `track_km` can exceed."""
    return 0.5 * math.sqrt(max(0.0, float(track_km) ** 2 - float(chord_km) ** 2))


def chord_accuracies_km(track_km: float, legs_km: Sequence[float], ends_km: Sequence[float]) -> list[float] | None:
    """Return the 90 % figure of each leg of a track that goes straight or through places.

    `legs_km` are the great-circle lengths of the legs, `ends_km` the accuracies of the places between
    them (one less). What a leg can be long is what the others leave of the track. None when the legs
    are longer than the track: the places are off it, the network says nothing there.
    """
    slack = track_km - math.fsum(legs_km)
    if len(legs_km) == 1:
        return [round(max(FLOOR_KM, CHORD_SHARE * bound_km(track_km, legs_km[0])), 3)]
    if slack < 0:
        return None
    beside = [0.0, *ends_km, 0.0]
    return [
        round(max(FLOOR_KM, SPLIT_SHARE * bound_km(leg + slack, leg) + max(pair)), 3)
        for leg, *pair in zip(legs_km, beside, beside[1:], strict=False)
    ]
