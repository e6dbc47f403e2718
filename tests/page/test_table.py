"""The table in a browser: what is copied out of it, and what a filter says to those who hear the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, select
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened

QUERY = "country=UZB&kind=rail,gas_pipeline"
COPY = """() => {
    const table = document.querySelector('#table table');
    getSelection().selectAllChildren(table);
    const data = new DataTransfer();
    const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true});
    const taken = !table.querySelector('td').dispatchEvent(event);
    return taken ? data.getData('text/plain') : null;
}"""
LENGTHS = "cells => cells.map(cell => cell.textContent)"


def lengths_of(shipped: Atlas) -> list[float]:
    rows = select(shipped, Selection.from_query(QUERY))
    return sorted(round(km, 1 if km < 100 else 0) for km in rows["length_km"] if km)


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_lengths_in_the_table_are_numbers(desktop_page: Page, shipped: Atlas, exported: Path, language: str) -> None:
    page = opened(desktop_page, exported, f"{QUERY}&lang={language}")
    page.locator("#tablebutton").click()
    column = page.locator("#table th").evaluate_all("heads => heads.findIndex(one => one.dataset.key === 'km')")
    texts = page.locator(f"#table tbody td:nth-child({column + 1})").evaluate_all(LENGTHS)
    mark = "," if language == "ru" else "."
    assert sorted(float(text.replace(mark, ".")) for text in texts if text) == lengths_of(shipped)
    assert any(len(text) > 3 for text in texts)


def test_bengali_figures_are_copied_as_numbers(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, f"{QUERY}&lang=bn")
    page.locator("#tablebutton").click()
    lines = [line.split("\t") for line in page.evaluate(COPY).splitlines()]
    column = page.locator("#table th").evaluate_all("heads => heads.findIndex(one => one.dataset.key === 'km')")
    copied = sorted(float(line[column]) for line in lines[1:] if line[column])
    rows = select(shipped, Selection.from_query(QUERY))
    assert copied == sorted(km for km in rows["length_km"] if km)


def test_what_a_filter_shows_is_said(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "", afresh=True)  # an open page has said something already
    status = page.locator("#status")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(status).to_have_text("")
    page.locator("#facets .row[data-facet=status]").first.click()
    wait_until(page, "document.getElementById('status').textContent !== ''")
    shown = f"{inside.number_of_rows(page):,}".replace(",", "\u202f")
    expect(status).to_contain_text(f"{shown} lines and sites. ")
    assert status.evaluate("node => getComputedStyle(node).display") != "none"


def test_a_name_that_is_cut_ends_in_an_ellipsis_and_is_shown_whole_on_pointing(
    desktop_page: Page, exported: Path
) -> None:
    page = opened(desktop_page, exported, QUERY)
    page.locator("#tablebutton").click()
    cut = page.locator("#table tbody .link").evaluate_all(
        """links => links.filter(link => link.scrollWidth > link.clientWidth).map(link =>
            [getComputedStyle(link).textOverflow, getComputedStyle(link).overflowX, link.title === link.textContent])"""
    )
    assert cut
    assert all(one == ["ellipsis", "hidden", True] for one in cut)
