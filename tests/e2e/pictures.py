"""The golden pictures: how three states of the page look, and where a picture may not be off.

Run `python -m tests.e2e.pictures [STATE ...]` after an intended change of the looks or of the data: it writes the
pictures and what is where in them (placement.py). `git diff` then says what changed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launch
from tests.e2e.page import export
from tests.e2e.placement import drawn, placement
from tests.e2e.states import STATES, State, shown

GOLDEN = Path(__file__).resolve().parent / "golden"
COLOURS = 256
SMALLER = 2
"""How much smaller a picture is kept than the screen, phones apart."""
TILE = 20
"""Side in px of the screen of the squares whose mean colours are compared. A hole of twice that covers one whole."""
TILE_DIFFERS = 7.0
"""Between two Chromiums (147 and 150) letters differ by a hair: no tile by more than 4.4 of 255."""


@dataclass(frozen=True)
class Difference:
    """Where two pictures are apart: how much the most different tile differs, of 255, and what tiles differ.

    `tiles` are left and upper edge in px of the screen, the worst first.
    """

    most: float
    tiles: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        """Say it in a line."""
        places = ", ".join(f"{x},{y}" for x, y in self.tiles[:8])
        more = f" and {len(self.tiles) - 8} more" if len(self.tiles) > 8 else ""
        return f"{len(self.tiles)} tiles of {TILE} px differ, by up to {self.most:.0f} of 255, at {places}{more}"


def taken(browser: Browser, exported: Path, state: State) -> Image.Image:
    """Return a picture of a state of the page, smaller than the screen, phones apart."""
    with shown(browser, exported, state) as page:
        drawn(page)
        screen = page.screenshot(animations="disabled", caret="hide")
    return Image.open(io.BytesIO(screen)).convert("RGB").reduce(scale_of(state))


def scale_of(state: State) -> int:
    """Return how many px of the screen one of the picture stands for."""
    return 1 if state.is_phone else SMALLER


def in_few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture that takes little room in the repository."""
    palette = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def in_the_colours_of(golden: Image.Image, picture: Image.Image) -> Image.Image:
    """Return a picture in the colours of another: what was equal before it was kept in few is equal again."""
    return picture.convert("RGB").quantize(palette=golden, dither=Image.Dither.NONE)


def tiles_of(picture: Image.Image, side: int) -> np.ndarray:
    """Return the mean colours of the tiles of a picture, `side` px wide and high, as rows x columns x 3."""
    pixels = np.asarray(picture.convert("RGB"), dtype=float)
    rows, columns = pixels.shape[0] // side, pixels.shape[1] // side
    tiles = pixels[: rows * side, : columns * side].reshape(rows, side, columns, side, 3)
    means: np.ndarray = tiles.mean(axis=(1, 3))
    return means


def difference(golden: Image.Image, picture: Image.Image, scale: int) -> Difference:
    """Return where a picture is apart from a golden one of the same size; `scale` is px of the screen to one of it."""
    side = TILE // scale
    apart = np.abs(tiles_of(golden, side) - tiles_of(in_the_colours_of(golden, picture), side)).max(axis=2)
    rows, columns = np.nonzero(apart > TILE_DIFFERS)
    worst = np.argsort(-apart[rows, columns], kind="stable")
    places = tuple((int(columns[at]) * TILE, int(rows[at]) * TILE) for at in worst)
    return Difference(most=float(apart.max()), tiles=places)


def main(names: list[str]) -> None:
    """Write the golden files of the named states, or of all."""
    GOLDEN.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        page = export(Path(folder) / "page.html")
        for name in names or STATES:
            state = STATES[name]
            (GOLDEN / f"{name}.json").write_text(placement(browser, page, state), encoding="utf-8")
            if state.picture:
                in_few_colours(taken(browser, page, state)).save(GOLDEN / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
