"""A story as an article: whole in every language, with a map and sources for each step, without script or request."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sco_map.atlas import Atlas
from sco_map.export.story import DISPUTED_DASH, article, article_page, article_text, picture
from sco_map.model.languages import LANGUAGES
from sco_map.page.styles import read_styles, tokens
from tests.browser import PHONE, Pages, Watch

STORY = "middle_corridor_link_by_link"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_tells_every_step_with_its_map_and_its_sources(language: str, shipped: Atlas) -> None:
    story = shipped.catalog.stories[STORY]
    text = article(shipped, story, language)
    titles = [step.title.in_language(language) for step in story.steps if step.title is not None]
    assert re.findall(r"<h2>(.*?)</h2>", text)[: len(titles)] == titles
    assert text.count("<svg ") == len(story.steps)
    entries = re.findall(r'<li id="source-(\d+)">', text)
    assert set(re.findall(r'<a href="#source-(\d+)">', text)) == set(entries)
    assert len(entries) == len({source for step in story.steps for source in step.sources})
    assert not re.search(r"[{}]", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)), "a figure is not filled in"


def test_an_article_is_a_page_without_script_and_the_same_each_time(shipped: Atlas) -> None:
    story = shipped.catalog.stories[STORY]
    page = article_page(shipped, story)
    assert page == article_page(shipped, story)
    assert "<script" not in page
    assert not re.search(r'(?:src|xlink:href)="', page)
    assert len(page.encode()) < 250_000


def test_figures_stand_beside_their_lines(shipped: Atlas) -> None:
    maps = re.findall(r"<svg .*?</svg>", article(shipped, shipped.catalog.stories[STORY]))
    promised = shipped.catalog.projects["moiynty_kyzylzhar"].promises[-1].opens[:4]
    assert f">opens {promised}</text>" in maps[3]
    assert "stroke-dasharray" in maps[3], "a line under construction has gaps"


def test_every_story_and_question_is_written_whatever_the_standing_of_states_in_its_year(shipped: Atlas) -> None:
    for story in shipped.catalog.stories.values():
        assert article(shipped, story).count("<svg ") == len(story.steps), story.id


def test_a_picture_beside_an_article_holds_its_lines_and_the_article_only_words(shipped: Atlas) -> None:
    story = shipped.catalog.stories[STORY]
    beside = [f"{at}.svg" for at in range(len(story.steps))]
    for whole, over, step in zip(
        re.findall(r"<svg .*?</svg>", article_text(shipped, story)),
        re.findall(r"<svg .*?</svg>", article_text(shipped, story, pictures=beside)),
        story.steps,
        strict=True,
    ):
        shared = picture(shipped, step).removesuffix("</svg>\n").partition(">")[2]
        assert shared.count("<path") > 5
        assert shared in whole
        image = re.search(r"<image [^>]*/>", over)
        assert image is not None
        assert whole == over.replace(image.group(), shared)


def test_disputed_ground_is_hatched_its_borders_dashed_and_it_has_no_name_like_a_state(shipped: Atlas) -> None:
    dispute = tokens(read_styles(shipped.catalog.path / "styles.toml"), "light")["dispute"]
    text = article(shipped, shipped.catalog.stories["from_kashgar_to_the_sea"], "ru")
    maps = re.findall(r"<svg .*?</svg>", text)
    assert "КИТАЙ" in maps[0]
    assert "СИАЧЕН" not in text
    hatched = re.findall(rf'<path d="(M[^"]*)" fill="none" stroke="{dispute}" stroke-opacity', maps[0])
    dashed = re.findall(rf'<path d="(M[^"]*)" [^>]*stroke="{dispute}" [^>]*dasharray="{DISPUTED_DASH}"', maps[0])
    assert len(hatched) == len(dashed) == 1
    assert hatched[0].count("M") > 40
    assert dashed[0].count("M") > 10


NAMES_ON_NAMES = """() => [...document.querySelectorAll("svg")].flatMap((map) => {
  const names = [...map.querySelectorAll("text")].map((text) => [text.textContent, text.getBBox()]);
  return names.flatMap(([one, a], at) => names.slice(at + 1)
    .filter(([, b]) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
    .map(([other]) => `${one} / ${other}`));
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_an_article_lies_on_another(
    language: str, shipped: Atlas, desktop_page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "story.html"
    file.write_text(article_page(shipped, shipped.catalog.stories["from_kashgar_to_the_sea"], language), "utf-8")
    desktop_page.goto(file.as_uri())
    assert desktop_page.evaluate(NAMES_ON_NAMES) == []


TOO_SMALL = """smallest => [...document.querySelectorAll("svg text")]
  .filter((text) => parseFloat(text.getAttribute("font-size")) * text.ownerSVGElement.getScreenCTM().a < smallest)
  .map((text) => text.textContent)"""


def test_on_a_phone_the_words_of_the_maps_are_read_and_only_the_maps_move_sideways(
    shipped: Atlas, pages: Pages, watch: Watch, tmp_path: Path
) -> None:
    file = tmp_path / "story.html"
    file.write_text(article_page(shipped, shipped.catalog.stories["how_the_gas_turned_east"], "bn"), "utf-8")
    with pages.lent("phone article", watch, viewport=PHONE) as page:
        page.goto(file.as_uri())
        assert page.evaluate(TOO_SMALL, 8) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        figure = page.locator("figure").first
        figure.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.querySelector('figure').scrollLeft > 0")
