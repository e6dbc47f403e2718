"""The equidistant conic projection of the plates, WGS 84: to paper and back, and its scale along a parallel.

Distances along every meridian are true, those along a parallel nearly so between and near the two standard parallels.
The standard parallels of REGION are those that hold the most kilometres of the shipped lines within HELD of the truth.
`web/src/geometry/conic.ts` computes the same, held by vectors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

EQUATOR_KM = 6378.137
FLATTENING = 1 / 298.257223563
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)

HELD = 0.02
"""The share by which a length on a plate may be wrong where its scale is said to hold."""

STEPS_BACK = 5
"""How often a latitude is put right; each time its error shrinks a hundredfold."""

Array = NDArray[np.float64]


def meridian_series() -> tuple[float, float, float, float]:
    """Return the factors of latitude, sin 2, sin 4 and sin 6 of it in the length of a meridian, for a radius of 1."""
    e2, e4, e6 = ECCENTRICITY_2, ECCENTRICITY_2**2, ECCENTRICITY_2**3
    return (
        1 - e2 / 4 - 3 * e4 / 64 - 5 * e6 / 256,
        -(3 * e2 / 8 + 3 * e4 / 32 + 45 * e6 / 1024),
        15 * e4 / 256 + 45 * e6 / 1024,
        -35 * e6 / 3072,
    )


SERIES = meridian_series()


def meridian(latitude: Array) -> Array:
    """Return the length of a meridian from the equator to latitudes in radians, for a radius of 1."""
    straight, two, four, six = SERIES
    length: Array = (
        straight * latitude + two * np.sin(2 * latitude) + four * np.sin(4 * latitude) + six * np.sin(6 * latitude)
    )
    return length


def parallel_radius(latitude: Array) -> Array:
    """Return the radius of parallels at latitudes in radians, for a radius of 1."""
    radius: Array = np.cos(latitude) / np.sqrt(1 - ECCENTRICITY_2 * np.sin(latitude) ** 2)
    return radius


@dataclass(frozen=True)
class Conic:
    """An equidistant conic: central meridian, the parallel that is y = 0 there, and two standard parallels."""

    lon: float
    lat: float
    south: float
    north: float

    @cached_property
    def cone(self) -> tuple[float, float, float]:
        """The constant of the cone, the distance of its tip from the equator, and that of y = 0, for a radius of 1."""
        first, second, origin = (np.radians(np.array([degrees])) for degrees in (self.south, self.north, self.lat))
        m1, m2 = parallel_radius(first)[0], parallel_radius(second)[0]
        s1, s2 = meridian(first)[0], meridian(second)[0]
        constant = (m1 - m2) / (s2 - s1)
        tip = s1 + m1 / constant
        return float(constant), float(tip), float(tip - meridian(origin)[0])

    def forward(self, degrees: Array) -> Array:
        """Return lon/lat pairs as km east and north of the middle."""
        constant, tip, zero = self.cone
        radians = np.radians(degrees)
        rho = tip - meridian(radians[..., 1])
        theta = constant * (radians[..., 0] - math.radians(self.lon))
        x, y = rho * np.sin(theta), zero - rho * np.cos(theta)
        kilometres: Array = np.stack((x, y), axis=-1) * EQUATOR_KM
        return kilometres

    def backward(self, kilometres: Array) -> Array:
        """Return km east and north of the middle as lon/lat pairs: what `forward` made them of."""
        constant, tip, zero = self.cone
        x, y = kilometres[..., 0] / EQUATOR_KM, zero - kilometres[..., 1] / EQUATOR_KM
        length = tip - np.hypot(x, y)
        latitude = length / SERIES[0]
        for _ in range(STEPS_BACK):
            latitude = latitude - (meridian(latitude) - length) / SERIES[0]
        longitude = math.radians(self.lon) + np.arctan2(x, y) / constant
        degrees: Array = np.degrees(np.stack((longitude, latitude), axis=-1))
        return degrees

    def parallel_scale(self, latitudes: Array) -> Array:
        """Return how long a km along the parallels at latitudes in degrees is drawn; along meridians it is always 1."""
        constant, tip, _ = self.cone
        radians = np.radians(latitudes)
        scale: Array = constant * (tip - meridian(radians)) / parallel_radius(radians)
        return scale


REGION = Conic(lon=80, lat=40, south=31, north=53)
"""The projection of the whole region."""


def held_between(conic: Conic, share: float = HELD) -> tuple[int, int]:
    """Return the whole latitudes around the middle between which no length is wrong by more than `share`."""
    middle = (conic.south + conic.north) / 2
    degrees = np.arange(-30, 86, dtype=np.float64)
    wrong = degrees[np.abs(conic.parallel_scale(degrees) - 1) > share]
    return int(wrong[wrong < middle].max()) + 1, int(wrong[wrong > middle].min()) - 1
