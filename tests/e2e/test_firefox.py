"""The exported page in Debian's Firefox: it opens, filters, and shows the rows that Python selects.

Without a Firefox the tests say so and fail, everywhere: nothing is skipped silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_map.atlas import Atlas, Selection, select, totals
from sco_map.page.words import words
from tests.firefox import Firefox, NoFirefoxError, firefox

TABLE = """
    document.getElementById('tablebutton').click();
    const lines = [...document.querySelectorAll('#table tbody tr')].map(line => line.dataset.id);
    document.querySelector('#table .close').click();
    return lines.sort();
"""
CLICK = "document.querySelector('#facets .row[data-facet={facet}][data-value={value}]').click()"
STATE = "return {address: location.hash, dek: document.getElementById('dek').textContent}"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start one Firefox for the tests of this file."""
    try:
        with firefox(tmp_path_factory.mktemp("firefox")) as browser:
            yield browser
    except NoFirefoxError as error:
        pytest.fail(str(error), pytrace=False)


def rows(atlas: Atlas, query: str) -> list[str]:
    return sorted(select(atlas, Selection.from_query(query))["id"])


@pytest.mark.parametrize("query", ["", "country=KGZ&year=2010", "project=cpec&lang=zh", "q=%E4%B9%8C&theme=dark"])
def test_an_address_shows_the_rows_of_python(reader: Firefox, shipped: Atlas, exported: Path, query: str) -> None:
    reader.open(f"{exported.as_uri()}#{query}")
    assert reader.ask(TABLE) == rows(shipped, query)


def test_clicks_filter_and_the_sums_are_those_of_python(reader: Firefox, shipped: Atlas, exported: Path) -> None:
    reader.open(exported.as_uri())
    for facet, value in (("country", "UZB"), ("status", "construction")):
        reader.ask(CLICK.format(facet=facet, value=value))
    query = "country=UZB&status=construction"
    assert reader.ask(TABLE) == rows(shipped, query)
    state = reader.ask(STATE)
    assert Selection.from_query(state["address"]) == Selection.from_query(query)
    sums = totals(select(shipped, Selection.from_query(query)))
    km = round(sums.km / 100) * 100 if sums.km >= 1000 else round(sums.km)
    assert f"{km:,} km".replace(",", "\u202f") in state["dek"]


def test_the_map_is_drawn_and_a_card_opens(reader: Firefox, shipped: Atlas, exported: Path) -> None:
    reader.open(f"{exported.as_uri()}#show=cku_railway&lang=ru")
    assert reader.ask("return document.querySelectorAll('.plate path').length") > 50
    title = shipped.catalog.projects["cku_railway"].title.ru
    assert reader.ask("return document.querySelector('#card h2').textContent") == title
    assert reader.ask("return document.querySelectorAll('#card .sources li').length") > 2
    assert words("ru")["sources"] in reader.ask("return document.getElementById('card').textContent")


def test_the_light_page_opens_too(reader: Firefox, shipped: Atlas, exported_light: Path) -> None:
    reader.open(f"{exported_light.as_uri()}#kind=rail")
    assert reader.ask(TABLE) == rows(shipped, "kind=rail")
