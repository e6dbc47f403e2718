"""The hill shade: pixels kept, averaged and faded out."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from sco_map.layers.land.relief import _edge, _encoded, _kept, _means


def test_pixels_survive_encoding_and_equal_pictures_are_kept(tmp_path):
    shade = (np.arange(64 * 64).reshape(64, 64) % 10 * 15).astype(np.uint8)
    content = _encoded(shade)
    assert (np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))[:, :, 3] == shade).all()
    file = tmp_path / "shade.webp"
    assert _kept(file, shade) is None
    file.write_bytes(content)
    assert _kept(file, shade) == content
    assert _kept(file, shade + np.uint8(15)) is None


def test_means_of_rows_and_columns():
    values = np.array([[0, 2, 4], [4, 6, 8], [10, 10, 10]], dtype=np.int32)
    assert _means(values, [0, 2, 3]).tolist() == [[2, 4, 6], [10, 10, 10]]
    assert _means(values, [0, 1, 3], columns=True).tolist() == [[0, 3], [4, 7], [10, 10]]


def test_the_edge_rises_from_nothing_to_full():
    edge = _edge(7, 9, 3)
    assert edge[0].max() == 0
    assert edge[3, 4] == 255
    assert edge[1, 4] == 85
