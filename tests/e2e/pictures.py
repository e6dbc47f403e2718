"""The golden pictures: how the main states of the page look, and how far a picture may be off.

Run `python -m tests.e2e.pictures [STATE ...]` after an intended change of the looks or of the data.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests import inside
from tests.browser import DESKTOP, PHONE, launch
from tests.e2e.page import export, opened

PAPER: ViewportSize = {"width": 1588, "height": 1122}
GOLDEN = Path(__file__).resolve().parent / "golden"
COLOURS = 128
SMALLER = 2
"""How much smaller a picture is kept than the screen, phones apart."""
BLOCK = 6
"""Side in px of the squares whose mean colours are compared: letters that another browser sets a hair off vanish."""
MOST_MEAN = 2.0
MOST_BLOCKS = 0.01
BLOCK_DIFFERS = 26.0


def lay_out_for_print(page: Page) -> None:
    """Let the page lay itself out as for a sheet of paper."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")


@dataclass(frozen=True)
class State:
    """What a picture shows: the address of the page, its size, and what is done before."""

    query: str
    size: ViewportSize
    action: Callable[[Page], None] | None = None


STATES = {
    "desktop_light": State("", DESKTOP),
    "desktop_dark": State("theme=dark", DESKTOP),
    "phone": State("", PHONE),
    "card": State("show=cku_railway", DESKTOP),
    "table": State("project=middle_corridor", DESKTOP, inside.show_table),
    "print": State("country=UZB,KAZ", PAPER, lay_out_for_print),
    "empty": State("q=there-is-no-such-line", DESKTOP),
}


@dataclass(frozen=True)
class Difference:
    """How far two pictures are apart: mean of all blocks (0 to 255), and the share of blocks that clearly differ."""

    mean: float
    blocks: float

    @property
    def is_small(self) -> bool:
        """Whether nobody would call the two different."""
        return self.mean <= MOST_MEAN and self.blocks <= MOST_BLOCKS


def taken(browser: Browser, page: Path, state: State) -> Image.Image:
    """Return a picture of a state of the page, smaller and in few colours."""
    phone = state.size["width"] < 700
    context = browser.new_context(
        viewport=state.size, is_mobile=phone, has_touch=phone, offline=True, reduced_motion="reduce"
    )
    try:
        shown = opened(context.new_page(), page, state.query)
        if state.action:
            state.action(shown)
        shown.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(shown.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    finally:
        context.close()
    if not phone:
        picture = picture.reduce(SMALLER)
    return picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def blocks_of(picture: Image.Image) -> np.ndarray:
    """Return the mean colours of the blocks of a picture, as rows x columns x 3."""
    pixels = np.asarray(picture.convert("RGB"), dtype=float)
    rows, columns = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    means: np.ndarray = (
        pixels[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3))
    )
    return means


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Return how far two pictures of one size are apart."""
    apart = np.abs(blocks_of(one) - blocks_of(other)).max(axis=2)
    return Difference(mean=float(apart.mean()), blocks=float((apart > BLOCK_DIFFERS).mean()))


def main(names: list[str]) -> None:
    """Take the named pictures anew, or all of them."""
    GOLDEN.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = launch(playwright)
        page = export(Path(folder) / "page.html")
        for name in names or STATES:
            taken(browser, page, STATES[name]).save(GOLDEN / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
