"""The page and Python mean the same by a selection: every value of every facet, every year, viewpoint and count."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sco_map.atlas import FACETS, Atlas, Selection, select
from sco_map.page import worldviews
from tests import inside
from tests.browser import DESKTOP
from tests.e2e.page import opened
from tests.e2e.payloads import PAYLOADS

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def page(browser: Browser, exported: Path) -> Iterator[Page]:
    """Open the page of everything once; it is only asked."""
    context = browser.new_context(viewport=DESKTOP, offline=True)
    yield opened(context.new_page(), exported)
    context.close()


def answers(page: Page, selections: list[Selection], worldview: str | None = None) -> list[Answer]:
    return inside.answers(page, [selection.to_query() for selection in selections], worldview)


def agree(page: Page, shipped: Atlas, selections: list[Selection], worldview: str | None = None) -> None:
    """Fail unless the page selects the same rows as Python, and writes the selection the same way."""
    for selection, answer in zip(selections, answers(page, selections, worldview), strict=True):
        assert answer["ids"] == sorted(select(shipped, selection, worldview)["id"]), (selection, worldview)
        assert answer["query"] == selection.to_query()


@pytest.mark.parametrize("facet", FACETS)
def test_every_value(page: Page, shipped: Atlas, facet: str) -> None:
    wishes: list[dict[str, Any]] = [{facet: (value,)} for value in shipped.known_values(facet)]
    agree(page, shipped, [Selection(**wish) for wish in wishes])


def test_every_year(page: Page, shipped: Atlas) -> None:
    years = [1900, *range(1985, 2041), 2100]
    agree(page, shipped, [Selection(year=year) for year in years])
    agree(page, shipped, [Selection(since=year) for year in years[::3]])
    agree(page, shipped, [Selection(late=True), *(Selection(late=True, year=year) for year in years[::3])])
    agree(page, shipped, [Selection(since=2000, year=year, country=("sco",)) for year in years[::5]])


def test_searches(page: Page, shipped: Atlas) -> None:
    chance = random.Random(11)
    titles = [
        title for column in ("title_en", "title_bn", "title_ru", "title_zh") for title in shipped.rows[column].dropna()
    ]
    words = [title[at : at + 9] for title in chance.sample(titles, 60) for at in [chance.randrange(len(title))]]
    texts = [text for text in PAYLOADS if len(text) < 100 and "\x00" not in text and "\ufffe" not in text]
    selections = [Selection.from_query({"q": text}) for text in [*words, *texts]]
    agree(page, shipped, [selection for selection in selections if selection.q])


def test_every_viewpoint(page: Page, shipped: Atlas) -> None:
    countries = [
        Selection(country=(code,)) for code in sorted({code for codes in shipped.rows["countries"] for code in codes})
    ]
    for worldview in worldviews(shipped.folder):
        agree(page, shipped, countries[::4] + [Selection(country=("sco",))], worldview)


def test_counts_of_every_facet(page: Page, shipped: Atlas) -> None:
    wishes = ["", "country=KAZ,UZB&status=operating", "project=middle_corridor&year=2015", "kind=rail&q=a&since=2010"]
    selections = [Selection.from_query(wish) for wish in wishes]
    for selection, answer in zip(selections, answers(page, selections), strict=True):
        assert set(answer["counts"]) == set(FACETS)
        for facet, counts in answer["counts"].items():
            values = [value for value in shipped.known_values(facet) if value != "sco"]
            for value in random.Random(3).sample(values, min(14, len(values))):
                changes: dict[str, Any] = {facet: (value,)}
                rows = select(shipped, replace(selection, **changes))
                assert counts.get(value, 0) == len(rows), (selection, facet, value)
