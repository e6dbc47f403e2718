"""The conic of the plates: the same as PROJ's, there and back, and true where it says that it is."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Proj

from sco_map.model.conic import HELD, REGION, Conic, held_between

RANDOM = np.random.default_rng(7)
POINTS = np.stack((RANDOM.uniform(-10, 170, 2000), RANDOM.uniform(-5, 80, 2000)), axis=-1)


@pytest.mark.parametrize("conic", [REGION, Conic(50.9, 41.9, 38.4, 45.4)])
def test_the_projection_is_that_of_proj(conic: Conic) -> None:
    proj = Proj(proj="eqdc", lat_1=conic.south, lat_2=conic.north, lat_0=conic.lat, lon_0=conic.lon, ellps="WGS84")
    expected = np.stack(proj(POINTS[:, 0], POINTS[:, 1]), axis=-1) / 1000
    assert np.abs(conic.forward(POINTS) - expected).max() < 1e-4  # km
    factors = proj.get_factors(np.full(len(POINTS), conic.lon), POINTS[:, 1])
    assert np.allclose(factors.meridional_scale, 1, atol=1e-6)
    assert np.allclose(conic.parallel_scale(POINTS[:, 1]), factors.parallel_scale, atol=1e-5)


def test_what_is_on_paper_is_found_again_in_the_world() -> None:
    assert np.abs(REGION.backward(REGION.forward(POINTS)) - POINTS).max() < 1e-9


def test_the_scale_holds_between_the_latitudes_that_are_named() -> None:
    south, north = held_between(REGION)
    inside = REGION.parallel_scale(np.arange(south, north + 1, dtype=np.float64))
    assert np.abs(inside - 1).max() <= HELD
    beyond = REGION.parallel_scale(np.array([south - 1.0, north + 1.0]))
    assert np.abs(beyond - 1).min() > HELD
    assert (south, north) == (26, 57)
