"""The main states of the page look as the golden pictures do; print and picture files hold map and key."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import ROOT, Watch
from tests.e2e.page import opened
from tests.e2e.pictures import BLOCK, GOLDEN, STATES, difference, taken

FAILED = ROOT / ".cache" / "pictures"


@pytest.mark.parametrize("name", STATES)
def test_the_page_looks_as_before(browser: Browser, exported: Path, name: str) -> None:
    golden = GOLDEN / f"{name}.png"
    picture = taken(browser, exported, STATES[name])
    with Image.open(golden) as before:
        assert picture.size == before.size
        apart = difference(picture, before)
    if not apart.is_small:
        FAILED.mkdir(parents=True, exist_ok=True)
        picture.save(FAILED / f"{name}.png")
        pytest.fail(
            f"{name} looks different: {apart}. Compare {golden.relative_to(ROOT)} with .cache/pictures/{name}.png; "
            f"when the new one is right: python -m tests.e2e.pictures {name}"
        )


def test_the_pictures_are_small() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == set(STATES)
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 900_000


def test_a_hair_is_no_difference_and_a_line_is_one() -> None:
    rng = np.random.default_rng(1)
    pixels = np.full((40 * BLOCK, 40 * BLOCK, 3), 240, dtype=np.uint8)
    before = Image.fromarray(pixels)
    hair = Image.fromarray((pixels - rng.integers(0, 4, pixels.shape)).astype(np.uint8))
    assert difference(before, hair).is_small
    pixels[10 * BLOCK : 14 * BLOCK, :] = (194, 16, 28)
    assert not difference(before, Image.fromarray(pixels)).is_small


def test_print_holds_map_key_and_notices(offline_page: Page, watch: Watch, exported: Path, tmp_path: Path) -> None:
    page = opened(offline_page, exported, "country=UZB,KAZ&theme=dark")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_timeout(300)
    expect(page.locator("#printkey")).to_be_visible()
    expect(page.locator("#printhead h1")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    assert page.locator(".plate-lines path").count() > 50
    texts = page.locator("#printkey").inner_text()
    assert "OpenStreetMap" in texts
    assert "Kazakhstan" in page.locator("#printhead").inner_text() + texts
    pdf = tmp_path / "map.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    content = pdf.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1, "one sheet"
    assert len(content) > 50_000
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert watch.messages == []
