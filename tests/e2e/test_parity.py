"""The page and Python mean the same by a selection: every value of every facet, every year, worldview and count."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from sco_map.atlas import FACETS, Atlas, Selection, select
from sco_map.page import worldviews
from tests import inside
from tests.e2e.payloads import PAYLOADS

Answer = dict[str, Any]


def answers(page: Page, selections: list[Selection], worldview: str | None = None) -> list[Answer]:
    return inside.answers(page, [selection.to_query() for selection in selections], worldview)


def agree(page: Page, shipped: Atlas, selections: list[Selection], worldview: str | None = None) -> None:
    """Fail unless the page selects the same rows as Python, and writes the selection the same way."""
    for selection, answer in zip(selections, answers(page, selections, worldview), strict=True):
        assert answer["ids"] == sorted(select(shipped, selection, worldview)["id"]), (selection, worldview)
        assert answer["query"] == selection.to_query()


@pytest.mark.parametrize("facet", FACETS)
def test_every_value(asked_page: Page, shipped: Atlas, facet: str) -> None:
    asked: list[dict[str, Any]] = [{facet: (value,)} for value in shipped.known_values(facet)]
    agree(asked_page, shipped, [Selection(**one) for one in asked])


def test_every_year(asked_page: Page, shipped: Atlas) -> None:
    years = [1900, *range(1985, 2041), 2100]
    agree(asked_page, shipped, [Selection(year=year) for year in years])
    agree(asked_page, shipped, [Selection(since=year) for year in years[::3]])
    agree(asked_page, shipped, [Selection(late=True), *(Selection(late=True, year=year) for year in years[::3])])
    agree(asked_page, shipped, [Selection(since=2000, year=year, country=("sco",)) for year in years[::5]])


def test_searches(asked_page: Page, shipped: Atlas) -> None:
    chance = random.Random(11)
    titles = [
        title for column in ("title_en", "title_bn", "title_ru", "title_zh") for title in shipped.rows[column].dropna()
    ]
    words = [title[at : at + 9] for title in chance.sample(titles, 60) for at in [chance.randrange(len(title))]]
    texts = [text for text in PAYLOADS if len(text) < 100 and "\x00" not in text and "\ufffe" not in text]
    selections = [Selection.from_query({"q": text}) for text in [*words, *texts]]
    agree(asked_page, shipped, [selection for selection in selections if selection.q])


def test_every_worldview(asked_page: Page, shipped: Atlas) -> None:
    countries = [
        Selection(country=(code,)) for code in sorted({code for codes in shipped.rows["countries"] for code in codes})
    ]
    for worldview in worldviews(shipped.folder):
        agree(asked_page, shipped, countries[::4] + [Selection(country=("sco",))], worldview)


def test_counts_of_every_facet(asked_page: Page, shipped: Atlas) -> None:
    asked = ["", "country=KAZ,UZB&status=operating", "project=middle_corridor&year=2015", "kind=rail&q=a&since=2010"]
    selections = [Selection.from_query(one) for one in asked]
    for selection, answer in zip(selections, answers(asked_page, selections), strict=True):
        assert set(answer["counts"]) == set(FACETS)
        for facet, counts in answer["counts"].items():
            values = [value for value in shipped.known_values(facet) if value != "sco"]
            for value in random.Random(3).sample(values, min(14, len(values))):
                changes: dict[str, Any] = {facet: (value,)}
                rows = select(shipped, replace(selection, **changes))
                assert counts.get(value, 0) == len(rows), (selection, facet, value)
