"""Tests of the names on the map: what the first view must name, and that every name is nearest to its own symbol."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests import inside
from tests.browser import Pages, Watch
from tests.e2e.page import opened
from tests.inside import NameBeside

CRUX = {
    "en": {"Caspian Sea", "Baku", "Aktau", "Kuryk", "Turkmenbashi"},
    "ru": {"Каспийское море", "Баку", "Актау", "Курык", "Туркменбаши"},
    "bn": {"কাস্পিয়ান সাগর", "বাকু", "আকতাউ", "কুরিক", "তুর্কমেনবাশি"},
    "zh": {"里海", "巴库", "阿克套", "库雷克", "土库曼巴希"},
}
TABLET: ViewportSize = {"width": 1024, "height": 768}
LAPTOP: ViewportSize = {"width": 1280, "height": 720}
OF_ITS_CITY = 12.0
"""Px within which an event belongs to the dot of its city."""


def strangers(page: Page) -> list[str]:
    """Return the names on the map that are nearer to a symbol without a name than to their own."""
    names = inside.names_beside(page)
    named = {(round(name.x), round(name.y)) for name in names}
    bare = [
        (symbol.kind, symbol.x, symbol.y)
        for symbol in inside.symbols_of(page)
        if (round(symbol.x), round(symbol.y)) not in named
    ]
    assert len(names) > 8
    return [
        f"{name.text} reads as the name of the {kind} at {x:.0f}, {y:.0f}"
        for name in names
        for kind, x, y in bare
        if distance(name, x, y) < distance(name, name.x, name.y)
        and not (kind == "event" and abs(complex(x - name.x, y - name.y)) <= OF_ITS_CITY)
    ]


def distance(name: NameBeside, x: float, y: float) -> float:
    """Return how far a point is from the box of a name."""
    left, top, right, bottom = name.box
    return abs(complex(max(left - x, 0, x - right), max(top - y, 0, y - bottom)))


@pytest.mark.parametrize("lang", CRUX)
def test_the_first_view_names_the_caspian_and_its_ports(desktop_page: Page, exported: Path, lang: str) -> None:
    page = opened(desktop_page, exported, f"lang={lang}")
    assert CRUX[lang] <= inside.names_on(page)
    assert strangers(page) == []


def test_a_small_laptop_names_them_and_the_capitals_beside_a_port(pages: Pages, watch: Watch, exported: Path) -> None:
    with pages.lent("laptop", watch, viewport=LAPTOP) as page:
        opened(page, exported)
        assert CRUX["en"] | {"Tehran"} <= inside.names_on(page)
        assert strangers(page) == []


def test_a_small_window_names_what_fits(pages: Pages, watch: Watch, exported: Path) -> None:
    with pages.lent("tablet", watch, viewport=TABLET) as page:
        opened(page, exported)
        assert {"Baku", "Aktau", "Turkmenbashi"} <= inside.names_on(page)
        assert strangers(page) == []


@pytest.mark.parametrize("view", ["5/41/55", "5.6/30/68", "6.6/41/51", "7.4/39/69"])
def test_no_name_reads_as_that_of_another_symbol(desktop_page: Page, exported: Path, view: str) -> None:
    assert strangers(opened(desktop_page, exported, f"view={view}")) == []
