"""The dialog for taking the map along, the map without panel and controls, and the page inside another one."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

import sco_map
from sco_map.atlas import Atlas, Selection
from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from sco_map.page.words import words
from tests import inside
from tests.browser import served, wait_until
from tests.e2e.page import opened

GAS = Selection(country=("UZB",), kind=("gas_pipeline",))
HOME = "https://example.org/maps/gas.html"


@pytest.fixture(scope="module")
def gas_file(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the gas pipelines through Uzbekistan, all rows inside, with an address."""
    path: Path = tmp_path_factory.mktemp("share") / "gas.html"
    path.write_text(render_page(shipped, GAS, View(address=HOME)), encoding="utf-8")
    return path


def dialog_of(page: Page) -> Locator:
    """Open the dialog and return it."""
    page.locator("#bar [aria-haspopup=dialog]").click()
    dialog = page.locator("dialog#share")
    expect(dialog).to_be_visible()
    return dialog


def text_of(dialog: Locator, part: str) -> str:
    """Return the text that a part of the dialog offers to copy."""
    return dialog.locator(f"[data-part={part}] textarea").input_value()


def test_the_dialog_lies_above_an_open_card_and_keeps_the_focus(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "show=cku_railway")
    button = page.locator("#bar [aria-haspopup=dialog]")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog#share")
    expect(dialog).to_be_visible()
    topmost = (
        "node => { const {left, top, width, height} = node.getBoundingClientRect();"
        "return [0.1, 0.5, 0.9].flatMap(x => [0.1, 0.5, 0.9].map(y =>"
        "node.contains(document.elementFromPoint(left + x * width, top + y * height)))).every(Boolean) }"
    )
    assert dialog.evaluate(topmost)
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#share')")
    page.keyboard.press("h")
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#card")).to_be_visible()
    expect(button).to_be_focused()


def test_a_file_offers_the_end_of_its_address_and_no_folder_of_its_reader(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=UZB&lang=zh")
    dialog = dialog_of(page)
    link = text_of(dialog, "share_link")
    assert link == "#country=UZB&lang=zh"
    assert f'src="{exported.name}#country=UZB&amp;lang=zh&amp;embed=1"' in text_of(dialog, "share_embed")
    assert str(exported.parent) not in dialog.inner_text()
    expect(dialog.get_by_text(words("zh")["share_link_file"])).to_be_visible()
    assert inside.state_of(opened(page, exported, link[1:])).lang == "zh"


def test_a_page_that_knows_its_address_offers_links_to_it(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "status=operating&lang=en")
    dialog = dialog_of(page)
    assert text_of(dialog, "share_link") == f"{HOME}#status=operating"
    assert f'src="{HOME}#status=operating&amp;embed=1"' in text_of(dialog, "share_embed")
    assert dialog.locator("[data-part=share_link] p").count() == 0
    assert f"{HOME}#status=operating" in text_of(dialog, "cite")


def test_the_map_is_cited_in_three_forms(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, GAS.to_query())
    dialog = dialog_of(page)
    assert "“Uzbekistan · Gas pipeline, as of" in text_of(dialog, "cite")
    dialog.locator("[data-form=bibtex]").click()
    assert text_of(dialog, "cite").startswith("@misc{sco-map-")
    dialog.locator("[data-form=csl]").click()
    own, *sources = json.loads(text_of(dialog, "cite"))
    assert own["version"] == sco_map.__version__
    assert sources
    expect(dialog.locator("[data-form=csl]")).to_be_focused()


def test_data_and_pictures_are_saved_from_the_dialog(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, GAS.to_query())
    dialog = dialog_of(page)
    with page.expect_download() as download:
        dialog.locator("[data-format=csv]").click()
    lines = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert sorted(line["id"] for line in lines) == sorted(inside.rows_of(page))
    dialog.locator("[data-part=share_picture] input").fill("Gas & <tubes>")
    dialog.locator("[data-choice=picture_format]").select_option("svg")
    dialog.locator("[data-choice=picture_shape]").select_option("square")
    with page.expect_download() as download:
        dialog.locator("[data-part=share_picture] .button").click()
    saved = Path(download.value.path()).read_text(encoding="utf-8")
    assert re.search(r'viewBox="0 0 1200 1200"', saved)
    assert "Gas &amp; &lt;tubes&gt;" in saved


def test_picture_and_print_show_the_whole_region_in_its_conic(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "view=7/41/66")
    near = inside.picture_of(page)
    dialog = dialog_of(page)
    dialog.locator("[data-part=share_picture] [data-choice=projection]").select_option("conic")
    expect(dialog.locator("[data-part=print] [data-choice=projection]")).to_have_value("conic")
    dialog.locator("[data-choice=picture_format]").select_option("svg")
    with page.expect_download() as download:
        dialog.locator("[data-part=share_picture] .button").click()
    whole = Path(download.value.path()).read_text(encoding="utf-8")
    for name in ("RUSSIA", "CHINA", "INDIA"):
        assert name in whole
        assert name not in near
    assert "Equidistant conic" in whole
    assert "Equidistant conic" not in near
    assert "data:image/png" not in whole  # the relief is Mercator's
    inside.keep_printed_sheet(page)
    dialog.locator("[data-part=print] .button").click()
    printed = page.evaluate("window.printedSheet")
    assert "Equidistant conic" in printed
    assert "Web Mercator" not in printed


def test_the_dialog_prints_light_or_as_on_the_screen(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "theme=dark")
    inside.watch_printing(page)
    for choice in ("shown", "light"):
        printing = dialog_of(page).locator("[data-part=print]")
        printing.locator("[data-choice=print_colours]").select_option(choice)
        printing.locator(".button").click()
        expect(page.locator("dialog#share")).to_be_hidden()
        assert page.evaluate("window.printedAs") == choice


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dialog_speaks_the_language_of_the_page(desktop_page: Page, gas_file: Path, language: str) -> None:
    page = opened(desktop_page, gas_file, f"lang={language}")
    dialog = dialog_of(page)
    said = dialog.inner_text()
    assert words(language)["share"] in said
    assert not re.search(r"\b(share|picture|print|shape)_\w+", said), "a word is missing"
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_panel_and_controls_hide_for_a_slide(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=UZB")
    address = page.url
    page.locator("#hide").click()
    for hidden in ("#panel", "#bar", "#zoom", "#time"):
        expect(page.locator(hidden)).to_be_hidden()
    for kept in ("#scale", "#credit"):
        expect(page.locator(kept)).to_be_visible()
    assert inside.map_size(page) == (1440, 900)
    assert page.url == address
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_visible()
    assert inside.map_size(page)[0] < 1440
    page.locator("#map").focus()
    page.keyboard.press("h")
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("#unhide").click()
    expect(page.locator("#panel")).to_be_visible()
    page.locator("#query").fill("h")
    expect(page.locator("#panel")).to_be_visible()


def embedded(page: Page, file: Path, snippet: str) -> FrameLocator:
    """Open an article that holds a snippet of the page beside it."""
    article = f"<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><h1>Article</h1>{snippet}"
    (file.parent / "article.html").write_text(article, encoding="utf-8")
    page.goto((file.parent / "article.html").as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator("html[data-ready='1']")).to_be_attached(timeout=20_000)
    return frame


def test_the_snippet_opens_fitted_with_title_legend_and_credits(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, f"{GAS.to_query()}&view=8/60/120&lang=en")
    snippet = text_of(dialog_of(page), "share_embed")
    frame = embedded(page, exported, snippet)
    expect(frame.locator("#line")).to_contain_text("Corridors and pipelines of the SCO")
    expect(frame.locator("#line")).to_contain_text("Uzbekistan · Gas pipeline")
    expect(frame.locator("#legend")).to_contain_text("Gas pipelines")
    expect(frame.locator("#legend")).to_contain_text("Operating")
    expect(frame.locator("#credit")).to_contain_text("Natural Earth")
    for hidden in ("#panel", "#bar", "#time"):
        expect(frame.locator(hidden)).to_be_hidden()
    where = page.frames[1]
    assert where.evaluate("[innerWidth, innerHeight]") == [600, 400]
    assert inside.shows_all_lines(where)
    box = frame.locator("#map").bounding_box()
    assert box is not None
    assert box["height"] > 340


def test_the_page_inside_leads_to_the_whole_map(desktop_page: Page, gas_file: Path) -> None:
    with served(gas_file.parent) as address:
        page = opened(desktop_page, f"{address}/gas.html", "status=operating&embed=1")
        link = page.locator("#line a")
        assert link.get_attribute("href") == f"{HOME}#status=operating"
        assert link.get_attribute("target") == "_blank"
        page.locator("#line button").click()
        expect(page.locator("dialog#share")).to_be_visible()


def test_an_open_page_follows_an_address_in_and_out_of_another_page(desktop_page: Page, gas_file: Path) -> None:
    page = opened(desktop_page, gas_file, "status=operating")
    panel, line = page.locator("#panel"), page.locator("#line")
    width, _ = inside.map_size(page)
    page.evaluate("location.hash = 'kind=gas_pipeline&embed=1'")
    expect(line).to_contain_text("Gas pipeline")
    expect(panel).to_be_hidden()
    assert inside.map_size(page)[0] > width
    inside.select(page, "status=construction")
    wait_until(page, "location.hash.includes('status=construction') && location.hash.includes('embed=1')")
    page.evaluate("location.hash = 'status=operating'")
    expect(line).to_have_count(0)
    expect(panel).to_be_visible()
    assert inside.map_size(page)[0] == width


def test_the_legend_follows_the_selection(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "kind=gas_pipeline&embed=1&lang=en")
    expect(page.locator("#legend")).to_contain_text("Gas pipelines")
    inside.select(page, "project=cku_railway")
    expect(page.locator("#legend")).not_to_contain_text("Gas pipelines")
    expect(page.locator("#line")).to_contain_text("China–Kyrgyzstan–Uzbekistan railway")
    wait_until(page, inside.is_idle)


COVERED = """[...document.querySelectorAll('.plate text')].filter(text => {
    const name = text.getBoundingClientRect(), box = document.getElementById('legend').getBoundingClientRect();
    return name.width && name.right > box.left && name.left < box.right
        && name.bottom > box.top && name.top < box.bottom;
}).map(text => text.textContent)"""


def test_a_small_frame_hides_no_name_under_its_legend_and_cuts_no_title(desktop_page: Page, exported: Path) -> None:
    desktop_page.set_viewport_size({"width": 600, "height": 400})
    page = opened(desktop_page, exported, "project=cku_railway&embed=1&lang=en", afresh=True)
    expect(page.locator("#legend .row").first).to_be_visible()
    assert page.evaluate(COVERED) == []
    for part in ("b", "span"):
        assert page.eval_on_selector(f"#line {part}", "part => part.scrollWidth <= part.clientWidth"), part
