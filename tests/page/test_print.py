"""The printed sheet: printed through the browser, rendered, and looked at: where there is ink, and which words.

A frame is found by its colour: the map covers its whole width, so its rows are those that are not white from margin to
margin. What is asked of paper holds for Chromium, which the other tests use, and for Firefox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection
from sco_map.page import View, render_page
from tests import inside
from tests.browser import served
from tests.e2e.page import map_frame, opened
from tests.firefox import NoFirefoxError, firefox

GAS = Selection(country=("UZB",), kind=("gas_pipeline",))
PAPERS = {"A4": (21.0, 29.7), "A3": (29.7, 42.0), "Letter": (21.59, 27.94)}
PRINTS = [(390, "A4", True), (390, "Letter", False), (900, "A4", False), (900, "Letter", True), (1440, "A3", True)]
WHITE = 250
TITLE = "Corridors and pipelines of the SCO"
DOUBLED = re.compile(r"\b(?:(\w)\1){3,}\b")
"""A word of which every letter comes twice, as when a text is written with its halo."""

LAST_WORDS = "the scale holds at the middle of the map"


@dataclass(frozen=True)
class Sheet:
    """The first page of a PDF: its words, its pixels, and how many pages there are."""

    pages: int
    text: str
    pixels: NDArray[np.uint8]

    @property
    def frame(self) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the map in pixels."""
        ink: NDArray[np.bool_] = np.any(self.pixels < WHITE, axis=2)
        columns = np.flatnonzero(ink.any(axis=0))
        left, right = int(columns[0]), int(columns[-1])
        full = ink[:, left : right + 1].mean(axis=1) > 0.97
        rows = np.flatnonzero(full)
        blocks = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
        block = max(blocks, key=len)
        return left, int(block[0]), right, int(block[-1])

    def colours(self, left: int, top: int, right: int, bottom: int) -> int:
        """Return how many colours there are in a part of the page."""
        return len(np.unique(self.pixels[top:bottom, left:right].reshape(-1, 3), axis=0))


def sheet_of(pdf: bytes) -> Sheet:
    """Read a PDF at 96 dots per inch."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture = page.render(scale=96 / 72).to_pil().convert("RGB")
    text = " ".join(page.get_textpage().get_text_range().split())
    return Sheet(len(document), text, np.asarray(picture))


def complaints(sheet: Sheet, words: Sequence[str] = (TITLE, "Uzbekistan · Gas pipeline", "Gas pipelines")) -> list[str]:
    """Return what is wrong with a sheet of one page that carries title, map, key and small print."""
    found = []
    height, width = sheet.pixels.shape[:2]
    left, top, right, bottom = sheet.frame
    if sheet.pages != 1:
        found.append(f"it takes {sheet.pages} pages")
    if right - left < 0.9 * width or bottom - top < 0.38 * height:
        found.append(f"the map is {right - left} by {bottom - top} of {width} by {height} px")
    strip = 24
    edges = {
        "left": (left, top, left + strip, bottom),
        "top": (left, top, right, top + strip),
        "right": (right - strip, top, right, bottom),
        "bottom": (left, bottom - strip, right, bottom),
    }
    found += [f"the map stops before the {edge} edge" for edge, box in edges.items() if sheet.colours(*box) < 60]
    white: NDArray[np.bool_] = np.all(sheet.pixels >= WHITE, axis=2)
    margin = 8
    for side, part in (
        ("left", white[:, :margin]),
        ("right", white[:, -margin:]),
        ("top", white[:margin]),
        ("bottom", white[-margin:]),
    ):
        if not part.all():
            found.append(f"something runs off the {side} of the paper")
    doubled = [match[0] for match in DOUBLED.finditer(sheet.text)]
    if doubled:
        found.append(f"who searches or copies finds doubled letters: {doubled}")
    found += [f"{text!r} is missing" for text in (*words, "Operating", LAST_WORDS) if text not in sheet.text]
    return found


@pytest.fixture(scope="module")
def gas_file(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the gas pipelines through Uzbekistan."""
    path: Path = tmp_path_factory.mktemp("print") / "gas.html"
    path.write_text(render_page(shipped, GAS, View(lang="en")), encoding="utf-8")
    return path


@pytest.mark.parametrize(("window", "paper", "broad"), PRINTS)
def test_the_sheet_fits_the_paper_whatever_the_window(
    desktop_page: Page, gas_file: Path, window: int, paper: str, *, broad: bool
) -> None:
    desktop_page.set_viewport_size({"width": window, "height": 800})
    page = opened(desktop_page, gas_file, f"{GAS.to_query()}&theme=dark")
    before = page.locator("#stage").bounding_box()
    sheet = sheet_of(page.pdf(format=paper, landscape=broad, prefer_css_page_size=True, print_background=True))
    assert complaints(sheet) == []
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.locator("#stage").bounding_box() == before, "the screen is as it was"
    assert page.locator("#sheet > *").count() == 0


def test_a_dark_sheet_is_dark_to_its_edges(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "theme=dark")
    inside.print_as_shown(page)
    sheet = sheet_of(page.pdf(format="A4", landscape=True, print_background=True))
    edge = np.concatenate([sheet.pixels[:4].reshape(-1, 3), sheet.pixels[-6:-2].reshape(-1, 3)])
    assert sheet.pages == 1
    assert edge.max() < 60
    assert LAST_WORDS in sheet.text


def test_the_sheet_of_everything_takes_one_page(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "lang=en")
    for paper, broad in (("A4", True), ("Letter", False)):
        sheet = sheet_of(page.pdf(format=paper, landscape=broad, print_background=True))
        assert sheet.pages == 1, paper
        assert LAST_WORDS in sheet.text, paper


def test_the_sheet_names_what_the_open_card_is_about(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "show=cku_railway")
    sheet = sheet_of(page.pdf(format="A4", print_background=True))
    assert "China–Kyrgyzstan–Uzbekistan railway, as of 2026. From Kashgar to Andijan" in sheet.text


@contextmanager
def framed(page: Page, file: Path, html: str) -> Iterator[None]:
    """Open a page around the file, served from its folder, and wait for the map inside."""
    (file.parent / "around.html").write_text(html, encoding="utf-8")
    with served(file.parent) as address:
        page.goto(f"{address}/around.html")
        expect(page.frame_locator("iframe").locator("html[data-ready='1']")).to_be_attached(timeout=20_000)
        yield


def test_an_article_prints_the_map_in_its_place(desktop_page: Page, gas_file: Path) -> None:
    html = (
        "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><p>Before the map.</p>"
        f"<iframe src='gas.html#{GAS.to_query()}&embed=1' width=640 height=420></iframe><p>After the map.</p>"
    )
    with framed(desktop_page, gas_file, html):
        sheet = sheet_of(desktop_page.pdf(format="A4", print_background=True))
    assert sheet.pages == 1
    for words in ("Before the map", TITLE, "Natural Earth", "After the map"):
        assert words in sheet.text, words
    left, top, right, bottom = sheet.frame
    assert right - left > 630
    assert bottom - top > 300
    for strip in ((left, top, left + 24, bottom), (right - 24, top, right, bottom)):
        assert sheet.colours(*strip) > 60, "the map fills its frame"
    assert "Accuracy and sources" not in sheet.text, "the key belongs to the whole sheet"


def test_a_frame_as_large_as_the_paper_prints_the_whole_sheet(desktop_page: Page, gas_file: Path) -> None:
    html = (
        "<!doctype html><link rel=icon href='data:,'><style>body{margin:0}"
        "iframe{width:100%;height:100vh;border:0;display:block}</style>"
        f"<iframe sandbox='allow-scripts allow-modals' src='gas.html#{GAS.to_query()}'></iframe>"
    )
    with framed(desktop_page, gas_file, html):
        sheet = sheet_of(desktop_page.pdf(format="A4", landscape=True, print_background=True))
    assert complaints(sheet) == []


def test_printing_the_app_prints_the_whole_sheet(desktop_page: Page, app_url: str) -> None:
    map_frame(desktop_page, f"{app_url}/?{GAS.to_query()}&lang=en")
    for broad in (True, False):
        assert complaints(sheet_of(desktop_page.pdf(format="A4", landscape=broad, print_background=True))) == []


def test_firefox_prints_the_same_sheet(gas_file: Path, tmp_path: Path) -> None:
    try:
        with firefox(tmp_path) as browser:
            for paper, broad in (("A4", True), ("Letter", False)):
                browser.open(f"{gas_file.as_uri()}#{GAS.to_query()}")
                short, long = PAPERS[paper]
                pdf = browser.printed(*((long, short) if broad else (short, long)))
                # the letters of bold words are drawn, but no reader of the file can name them
                assert complaints(sheet_of(pdf), (TITLE, "Gas pipelines", "9 800 km")) == [], paper
    except NoFirefoxError as error:
        pytest.fail(str(error), pytrace=False)


def test_degree_marks_are_in_the_language_of_the_page(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "")
    for lang, east in (("bn", "৭০° পূ"), ("ru", "70° в. д."), ("zh", "东经70°")):
        page.click(f"#bar [data-lang={lang}]")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        marks = page.locator("#sheet .map.broad svg text").all_text_contents()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert east in marks, lang
