"""The exported page, opened from disk without a network, the way a reader gets it by mail."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, select
from tests import inside
from tests.browser import Watch, wait_until
from tests.e2e.page import export, opened
from tests.inside import number_of_rows


def rows_of(atlas: Atlas, query: str) -> int:
    """Return how many rows the atlas selects; what has no shape counts too."""
    return len(select(atlas, Selection.from_query(query)))


def click_value(page: Page, facet: str, value: str) -> None:
    """Click a row of the legend, after unfolding the layer that it lies under."""
    row = page.locator(f"[data-facet='{facet}'][data-value='{value}']")
    folded = page.locator("button.fold[aria-expanded='false']")
    while not (row.count() and row.first.is_visible()) and folded.count():
        folded.first.click()
    row.first.click()


def has_colour(page: Page, wanted: str, *, at_least: int) -> bool:
    """Tell whether the screen shows at least so many pixels within a hair of the colour #RRGGBB."""
    red, green, blue = bytes.fromhex(wanted.removeprefix("#"))
    colours = Image.open(io.BytesIO(page.screenshot())).convert("RGB").getcolors(1 << 24) or []
    near = (
        number
        for number, pixel in colours
        if isinstance(pixel, tuple) and max(abs(pixel[0] - red), abs(pixel[1] - green), abs(pixel[2] - blue)) <= 6
    )
    return sum(near) >= at_least


def test_it_opens_without_a_network_and_says_nothing(
    offline_page: Page, watch: Watch, shipped: Atlas, exported: Path
) -> None:
    opened(offline_page, exported, afresh=True)
    assert number_of_rows(offline_page) == rows_of(shipped, "")
    assert watch.messages == []
    assert watch.requests == [exported.as_uri()], "everything is inside the one file"


def test_land_and_lines_are_really_painted(offline_page: Page, shipped: Atlas, exported: Path) -> None:
    opened(offline_page, exported)
    land = offline_page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--land-member')")
    assert has_colour(offline_page, land.strip(), at_least=20_000)
    assert has_colour(offline_page, "#C2101C", at_least=300), "the Middle Corridor is missing"


def test_filter_by_country_and_by_project(offline_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(offline_page, exported)
    click_value(page, "country", "UZB")
    assert number_of_rows(page) == rows_of(shipped, "country=UZB") > 0
    assert page.url.endswith("#country=UZB")
    click_value(page, "country", "UZB")
    click_value(page, "project", "cku_railway")
    assert number_of_rows(page) == rows_of(shipped, page.url.partition("#")[2]) > 0
    page.go_back()
    wait_until(page, number_of_rows, rows_of(shipped, page.url.partition("#")[2]))
    assert "project" not in page.url


def test_a_selection_keeps_its_address(offline_page: Page, shipped: Atlas, exported: Path) -> None:
    query = "country=KAZ&status=construction&year=2024"
    opened(offline_page, exported, query, afresh=True)
    assert number_of_rows(offline_page) == rows_of(shipped, query)


def test_an_export_holds_the_selection(offline_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    path = export(tmp_path / "cku.html", "--project", "cku_railway")
    opened(offline_page, path)
    assert number_of_rows(offline_page) == rows_of(shipped, "project=cku_railway") > 0
    questions = offline_page.locator("[data-facet=stories] .pills button:not(.unfold)")
    expect(questions.first, "questions that these lines answer are at hand, not only behind 'more'").to_be_visible()
    asks = offline_page.locator("#asks")
    assert asks.evaluate("bar => [...bar.children].every(one => one.getBoundingClientRect().right <= innerWidth)")


def test_an_empty_selection_offers_the_way_out(offline_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(offline_page, exported, "q=there-is-no-such-line")
    assert number_of_rows(page) == 0
    page.locator("#empty button").first.click()
    wait_until(page, inside.shows_everything)


def test_it_works_on_a_phone(phone_page: Page, watch: Watch, shipped: Atlas, exported: Path) -> None:
    phone_page.context.set_offline(True)
    opened(phone_page, exported)
    assert has_colour(phone_page, "#C2101C", at_least=100)
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    assert watch.messages == []


def test_a_card_names_its_sources(offline_page: Page, shipped: Atlas, exported: Path) -> None:
    rows = shipped.rows
    row = rows[rows["layer"] == "cku_railway"].iloc[0]
    page = opened(offline_page, exported, f"show={row['id']}")
    card = page.locator("#card")
    expect(card).to_be_visible()
    expect(card).to_contain_text(row["title_en"])
    assert card.locator("a[href^='http']").count() > 0
