"""A story in the page: told by click and key, its figures at the lines, and left as if nothing had been."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas
from sco_map.catalog import Story
from sco_map.page.figures import Figures
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened

STORY = "middle_corridor_link_by_link"


def told(atlas: Atlas) -> Story:
    return atlas.catalog.stories[STORY]


def test_a_story_is_told_by_click_and_key_and_left_as_if_nothing_had_been(
    desktop_page: Page, shipped: Atlas, exported: Path
) -> None:
    before = "country=KAZ&worldview=in&view=5/44/66"
    page = opened(desktop_page, exported, before)
    before = inside.address_of(page)
    story = told(shipped)
    titles = [step.title.en for step in story.steps if step.title is not None]
    page.locator(".told .pill", has_text=story.title.en).click()
    panel = page.locator("#story")
    expect(panel.locator("h2")).to_have_text(titles[0])
    expect(page.get_by_role("button", name="Next step")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator("h2")).to_have_text(titles[1])
    page.keyboard.press("ArrowRight")
    expect(panel.locator("h2")).to_have_text(titles[2])
    expect(panel.locator("[aria-current=step]")).to_have_attribute("aria-label", f"Step 3 of 7: {titles[2]}")
    figures = Figures(shipped, story)
    written = [figures.at_line(figure, ("en",))["en"] for figure in story.steps[2].figures]
    assert len(written) == 2
    wait_until(page, lambda page: inside.figures_at_lines(page), written)
    page.wait_for_timeout(1500)  # longer than the map flies
    assert inside.address_of(page) == f"story={STORY}/3&worldview=in"
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name=f"Step 7 of 7: {titles[6]}").click()
    expect(page.get_by_role("button", name="End of the story")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert inside.address_of(page) == before
    expect(page.locator(".told .pill", has_text=story.title.en)).to_be_focused()
    page.wait_for_timeout(400)  # longer than the map takes to say that it has moved
    assert inside.address_of(page) == before


def test_an_address_opens_a_step(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, f"story={STORY}/6")
    assert inside.told_of(page) == f"{STORY}/6"
    expect(page.locator("#story article p").last).to_contain_text("opened in 2017")


def test_a_story_prints_as_its_steps_one_after_the_other(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, f"story={STORY}/2")
    document = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    titles = [step.title.en for step in told(shipped).steps if step.title is not None]
    places = [text.find(f"{number}. {title}") for number, title in enumerate(titles, start=1)]
    assert -1 not in places
    assert places == sorted(places)
    assert text.count("Sources:") == len(titles)
    assert "opened in 2014" in text, "the figures are filled in"
    assert len(document) <= len(titles)
