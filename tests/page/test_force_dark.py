"""A page that was asked for in light stays light where a browser darkens light pages, as Chrome for Android does."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from sco_map.page import View, render_page
from tests.browser import DESKTOP, FLAGS, find_chromium
from tests.page import tiny

LIGHT = 3 * 128
PANEL, MAP = (8, 760), (900, 300)


def test_panel_and_map_keep_one_theme(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render_page(tiny.atlas(tmp_path), view=View(theme="light")), encoding="utf-8")
    flags = [*FLAGS, "--enable-features=WebContentsForceDark"]
    darkening = browser.browser_type.launch(executable_path=find_chromium().executable, args=flags)
    try:
        page = darkening.new_context(viewport=DESKTOP, color_scheme="dark").new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready='1']", state="attached")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        page.goto("data:text/html,<body style='background:white'>")
        plain = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    finally:
        darkening.close()

    def brightness(image: Image.Image, spot: tuple[int, int]) -> int:
        pixel = image.getpixel(spot)
        assert isinstance(pixel, tuple)
        return sum(pixel)

    assert brightness(plain, MAP) < LIGHT, "the browser darkens what does not ask to be left alone"
    assert brightness(picture, PANEL) > LIGHT
    assert brightness(picture, MAP) > LIGHT
