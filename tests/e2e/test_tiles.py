"""A reader's large layers in the page of the app: drawn from tiles, filtered, clicked and moved, with no request."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks import large
from sco_map.atlas import Atlas, Selection
from sco_map.own import tiles
from sco_map.own.adding import layers_of, with_layers
from sco_map.own.reading import read_file
from sco_map.page import render_page
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened

INK = """
() => [...document.querySelectorAll("canvas.leaflet-tile")].reduce((sum, canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) sum += data[at] > 30 ? 1 : 0;
  return sum;
}, 0)
"""
"""How many pixels of the tiles are painted."""


COVERED = """
() => {
  const { left, right, top, bottom } = document.getElementById("map").getBoundingClientRect();
  const tiles = [...document.querySelectorAll("canvas.leaflet-tile")].map((tile) => tile.getBoundingClientRect());
  const corners = [[left, top], [right - 1, top], [left, bottom - 1], [right - 1, bottom - 1]];
  const holds = ([x, y]) => tiles.some((tile) => tile.left <= x && x < tile.right && tile.top <= y && y < tile.bottom);
  return corners.every(holds);
}
"""
"""Whether there are tiles up to every corner of the map."""


def ink(page: Page) -> int:
    """Return how many pixels of the tiles are painted, once that no longer changes."""
    before = -1
    for _ in range(40):
        page.wait_for_timeout(150)
        now = int(page.evaluate(INK))
        if now == before:
            return now
        before = now
    raise AssertionError("the tiles never come to rest")


def test_a_large_layer_is_drawn_filtered_clicked_and_moved(
    shipped: Atlas, offline_page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "FROM_FEATURES", 50)
    read = [read_file(path, tiles=True) for path in large.write(tmp_path, lines_=80, vertices=8_000, points_=400)]
    layers = layers_of(shipped, read, {})
    archives = {layer.id: layer.file.tiles for layer in layers if layer.file.tiles}
    assert len(archives) == 2
    file = tmp_path / "page.html"
    own = Selection(layer=tuple(archives))
    whole = with_layers(shipped, layers)
    file.write_text(render_page(whole, own, tiles=archives), encoding="utf-8")
    page = opened(offline_page, file)
    everything = ink(page)
    assert everything > 1_000
    assert inside.number_of_drawn_lines(page) == 0
    assert inside.symbols_of(page) == []
    inside.select(page, "kind=point")
    points = ink(page)
    inside.select(page, "kind=line")
    lines = ink(page)
    assert min(points, lines) > 200
    assert everything * 0.9 < points + lines < everything * 1.2
    inside.select(page, "kind=line&status=planned")
    planned = ink(page)
    assert 0 < planned < lines / 2
    inside.select(page, "q=no+such+name")
    assert ink(page) == 0
    inside.select(page, "")
    alone = layers[1].rows.iloc[7]
    inside.set_view(page, alone.geometry.y, alone.geometry.x, 9)
    assert ink(page) > 0
    x, y = inside.spot_on_map(page, alone.geometry.y, alone.geometry.x)
    page.locator("#map").click(position={"x": x, "y": y})
    expect(page.locator("#card h2")).to_have_text(alone["title_en"])
    haloed = ink(page)
    page.keyboard.press("Escape")
    assert ink(page) < haloed
    inside.set_view(page, 45, 85, 4)
    before = inside.view_of(page)
    assert page.evaluate(COVERED)
    x, y = 900, 450
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 400, y - 80, steps=8)
    page.mouse.up()
    wait_until(page, inside.is_idle)
    assert ink(page) > 300
    assert inside.view_of(page) != before
    assert page.evaluate(COVERED)
