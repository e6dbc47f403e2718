"""A browser that lacks what the page needs, and a page that was cut, show a sentence and never an empty sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from sco_map.page.render import PROGRESS
from sco_map.page.words import words
from tests.browser import DESKTOP
from tests.page import tiny

LACKING = {
    "no deflate-raw": "const D = DecompressionStream; globalThis.DecompressionStream = function (format) {"
    " if (format === 'deflate-raw') throw new TypeError('unsupported'); return new D(format); }",
    "no DecompressionStream": "delete globalThis.DecompressionStream",
    "no Object.hasOwn": "delete Object.hasOwn",
    "nothing of 2023": "delete Array.prototype.toSorted",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small page, full and light, in every language."""
    folder = tmp_path_factory.mktemp("old")
    atlas = tiny.atlas(folder)
    for lang in LANGUAGES:
        for light in (False, True):
            name = f"{lang}{'_light' if light else ''}.html"
            (folder / name).write_text(render_page(atlas, view=View(lang=lang), light=light), encoding="utf-8")
    return folder


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("lacking", LACKING)
def test_an_old_browser_gets_a_sentence(browser: Browser, folder: Path, lacking: str, light: bool) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script(LACKING[lacking])
    page = context.new_page()
    for lang in LANGUAGES:
        page.goto((folder / f"{lang}{'_light' if light else ''}.html").as_uri())
        expect(page.locator("#tooold")).to_be_visible()
        expect(page.locator("#tooold")).to_have_text(words(lang)["too_old"])
        expect(page.locator("#loading")).not_to_be_attached()
    context.close()


def test_a_page_that_cannot_be_drawn_says_why(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script("document.createElementNS = () => { throw new Error('no <b>drawings</b>') }")
    page = context.new_page()
    page.goto((folder / "ru.html").as_uri())
    expect(page.locator("#tooold")).to_have_text(words("ru")["failed"].replace("{reason}", "no <b>drawings</b>"))
    context.close()


def test_a_reader_who_waits_sees_what_is_going_on(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script(
        """const now = performance.now.bind(performance); performance.now = () => now() + 2500;
        new MutationObserver(() => {
            const said = document.getElementById('progress');
            if (said && !said.hidden) (globalThis.toldToReader ??= []).push(said.textContent);
        }).observe(document, {childList: true, subtree: true, attributes: true});"""
    )
    page = context.new_page()
    page.goto((folder / "zh.html").as_uri())
    page.wait_for_selector('html[data-ready="1"]', state="attached")
    told = list(dict.fromkeys(page.evaluate("globalThis.toldToReader")))
    assert told == [words("zh")[f"opening_{step}"] for step in PROGRESS]
    expect(page.locator("#loading")).not_to_be_attached()
    context.close()


def test_name_and_panel_are_there_before_any_script(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "bn.html").as_uri())
    name = page.locator("#loading b")
    expect(name).to_have_text(words("bn")["title"])
    expect(name).to_be_visible()
    assert page.locator("#loading>div").evaluate("node => node.offsetWidth") == 336
    expect(page.locator("#progress")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("block", ["sco-fonts", "sco-script", "sco-head", "sco-ground", "sco-rows"])
def test_a_page_that_was_cut_says_so(browser: Browser, folder: Path, tmp_path: Path, block: str) -> None:
    text = (folder / "en.html").read_text(encoding="utf-8")
    element = re.compile(rf'(id="{block}"[^>]*>)([^<]*)')
    found = element.search(text)
    assert found is not None
    spoilt = text[: found.start(2)] + found.group(2)[: len(found.group(2)) // 2] + text[found.end(2) :]
    (tmp_path / "cut.html").write_text(spoilt, encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto((tmp_path / "cut.html").as_uri())
    expect(page.locator("#tooold")).to_be_visible()
    expect(page.locator("#tooold")).to_have_text(words("en")["not_whole"])
    context.close()
