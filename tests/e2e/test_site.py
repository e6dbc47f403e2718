"""Pages of the site in a browser: they need no script, fit a phone, ask for nothing else, and are accessible."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page

from sco_map.atlas import Atlas
from sco_map.export.site import write_folder
from sco_map.export.site.build import Pictures, grounds
from sco_map.export.site.gathering import Gatherer
from sco_map.export.site.pages import Pages
from sco_map.export.site.style import FONTS_FOLDER, fonts, look, style_sheet
from sco_map.page.styles import read_styles
from tests.browser import DESKTOP, PHONE, Watch

GRAVE = {"serious", "critical"}
PAGES = {
    "project": "en/corridor/cku_railway.html",
    "country": "bn/country/UZB.html",
    "event": "zh/event/shanghai_five.html",
    "start": "ru/index.html",
}


@pytest.fixture(scope="module")
def folder(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a few pages of the shipped map with their style and fonts."""
    gatherer = Gatherer(shipped)
    pictures, pages = Pictures(gatherer, None), Pages(gatherer)
    project = gatherer.project("cku_railway")
    entries = [("project", project), ("country", gatherer.country("UZB")), ("event", gatherer.event("shanghai_five"))]
    files = {"site.css": style_sheet(read_styles(shipped.catalog.path / "styles.toml")).encode()}
    files |= {f"{FONTS_FOLDER}/{name}": content for name, content in fonts().items()}
    drawings = [pictures.drawing_of(entry) for _, entry in entries]
    for (type_, entry), drawing, path in zip(entries, drawings, PAGES.values(), strict=False):
        files[path] = pages.entry(entry, type_, path[:2], drawing)
    files |= grounds(drawings, read_styles(shipped.catalog.path / "styles.toml"))
    files[PAGES["start"]] = pages.home(PAGES["start"], "ru", [project], pictures.drawing_of(project))
    written = tmp_path_factory.mktemp("pages") / "site"
    write_folder(written, files)
    return written


@pytest.fixture(scope="module")
def without_script(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """Yield a page in the size of a phone that runs no script and has no network."""
    context = browser.new_context(viewport=PHONE, is_mobile=True, java_script_enabled=False, offline=True)
    record = Watch()
    record.follow(context)
    yield context.new_page(), record
    context.close()


def test_a_project_is_read_on_a_phone_without_a_script(folder: Path, without_script: tuple[Page, Watch]) -> None:
    page, record = without_script
    page.goto((folder / PAGES["project"]).as_uri())
    assert page.locator("h1").inner_text() == "China–Kyrgyzstan–Uzbekistan railway"
    figures = page.locator(".figures").inner_text()
    assert "15 Mt/yr" in figures and "[1]" in figures
    assert page.locator("#s1").is_visible()
    width = PHONE["width"]
    for name in ("main", "svg.map", ".wide >> nth=0", "header", "footer"):
        box = page.locator(name).first.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, name
    drawn = page.locator("svg.map").bounding_box()
    assert drawn is not None and drawn["height"] > 150
    record.check()


def test_a_name_in_chinese_has_its_letters_on_every_page(folder: Path, browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP, offline=True)
    page = context.new_page()
    for path in PAGES.values():
        page.goto((folder / path).as_uri())
        families = page.evaluate("getComputedStyle(document.body).fontFamily")
        assert "Map Chinese" in families, "a system without a font for Chinese shows boxes"
    context.close()


def test_the_ground_of_a_small_map_is_drawn_in_the_colours_of_the_reader(
    folder: Path, browser: Browser, shipped: Atlas
) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False, offline=True)
    page = context.new_page()
    styles = read_styles(shipped.catalog.path / "styles.toml")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.goto((folder / PAGES["country"]).as_uri())
        picture = Image.open(io.BytesIO(page.locator("svg.map").screenshot())).convert("RGB")
        shown = {colour for _, colour in sorted(picture.getcolors(1 << 20) or [], reverse=True)[:6]}
        for name in ("land-member", "land-chosen"):
            assert ImageColor.getrgb(look(styles, theme)[name]) in shown, f"{name}, {theme}"
    context.close()


def test_axe_finds_nothing_serious(folder: Path, browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP, bypass_csp=True)
    page = context.new_page()
    found = []
    for name, path in PAGES.items():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto((folder / path).as_uri())
            page.evaluate(AXE_SCRIPT)
            result = page.evaluate("axe.run(document, {rules: {'color-contrast': {enabled: true}}})")
            for rule in result["violations"]:
                if rule["impact"] in GRAVE:
                    found += [f"{name}, {scheme}: {rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]
    context.close()
    assert found == []
