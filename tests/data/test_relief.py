"""The hill shade: shadows on land alone, within its budget, where its placement says."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from PIL import Image

from sco_map.paths import GEODATA

PICTURE = GEODATA / "basemap_relief.webp"


@pytest.fixture(scope="module")
def placement():
    return json.loads((GEODATA / "basemap_relief.json").read_text())


@pytest.fixture(scope="module")
def opacity():
    return np.asarray(Image.open(PICTURE).convert("RGBA"))[:, :, 3]


def test_the_picture_keeps_its_budget_and_size(placement, opacity):
    assert PICTURE.stat().st_size <= 270_000
    assert opacity.shape == (placement["height"], placement["width"])


def around(opacity, placement, lon, lat, pixels=12):
    (south, west), (north, east) = placement["bounds"]

    def northing(latitude):
        return math.asinh(math.tan(math.radians(latitude)))

    height, width = opacity.shape
    row = round((northing(north) - northing(lat)) / (northing(north) - northing(south)) * height)
    column = round((lon - west) / (east - west) * width)
    return opacity[row - pixels : row + pixels, column - pixels : column + pixels]


@pytest.mark.parametrize(("lon", "lat"), [(86.5, 28.5), (73, 41), (44, 42.8), (100, 28)])
def test_mountains_throw_shadows(opacity, placement, lon, lat):
    assert around(opacity, placement, lon, lat).mean() > 10


@pytest.mark.parametrize(("lon", "lat"), [(51, 42), (64, 18), (35, 43.3), (132, 40)])
def test_seas_have_none(opacity, placement, lon, lat):
    assert around(opacity, placement, lon, lat).max() == 0


def test_the_edges_fade_out(opacity):
    assert opacity[0].max() == opacity[-1].max() == opacity[:, 0].max() == opacity[:, -1].max() == 0
