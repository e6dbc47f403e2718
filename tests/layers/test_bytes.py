"""The same catalog gives the bytes that are shipped; .ci/run builds them all as an old processor would."""

from __future__ import annotations

from sco_map.layers import build_layers
from sco_map.paths import GEODATA

LAYER = "cku_railway"


def test_a_build_gives_the_shipped_bytes(tmp_path):
    [result] = build_layers([LAYER], folder=tmp_path)
    assert result.file == tmp_path / f"{LAYER}.geojson"
    assert result.file.read_bytes() == (GEODATA / f"{LAYER}.geojson").read_bytes()
