"""The light page and the fonts of the full one, in a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from sco_map.atlas import Atlas, Selection
from sco_map.catalog.prose import prose_of
from sco_map.page import View, render_page
from sco_map.page.squeeze import deflated
from tests import inside
from tests.browser import served
from tests.e2e.page import opened

TEXTS = [
    "",
    "a",
    "aaaa",
    "a" * 300 + "b" * 259,
    "中吉乌铁路 রেলপথ железная дорога " * 40,
    "".join(chr(32 + (i * i) % 900) * (i % 9) for i in range(60_000)),
    "\u0001".join(map(str, range(200_000))),
]


def test_the_light_page_has_the_rows_of_the_full_one(desktop_page: Page, shipped: Atlas, exported_light: Path) -> None:
    page = opened(desktop_page, exported_light)
    assert sorted(inside.all_rows_of(page)) == sorted(shipped.rows["id"])
    assert not inside.has_relief(page)
    assert page.evaluate("document.fonts.size") == 0


def test_the_timeline_is_as_wide_as_its_axis_from_the_start(desktop_page: Page, exported_light: Path) -> None:
    """No font comes late here, after which it would be drawn again."""
    page = opened(desktop_page, exported_light)
    axis, drawing = page.evaluate(
        "['#axis', '#axis svg'].map(one => document.querySelector(one).getBoundingClientRect().width)"
    )
    assert abs(axis - drawing) < 1


def test_the_full_page_has_a_relief_and_fonts(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    assert inside.has_relief(page)
    assert page.evaluate("document.fonts.size") > 0


def test_the_page_unpacks_what_python_packs(desktop_page: Page, exported_light: Path) -> None:
    page = opened(desktop_page, exported_light)
    for text in TEXTS:
        assert inside.inflated(page, deflated(text)) == text


@pytest.mark.parametrize(
    ("lang", "family"), [("bn", "Noto Sans Bengali"), ("zh", "Noto Sans SC"), ("ru", "Noto Sans"), ("en", "Noto Serif")]
)
def test_text_is_set_in_the_fonts_inside(desktop_page: Page, exported: Path, lang: str, family: str) -> None:
    with served(exported.parent) as address:  # asked for fonts, Chromium reads the page again, which a file may not
        page = opened(desktop_page, f"{address}/{exported.name}", f"lang={lang}")
        session = page.context.new_cdp_session(page)
        for domain in ("DOM", "CSS"):
            session.send(f"{domain}.enable")
        root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "#head h1, #dek"})["nodeIds"]
        used = [
            (font["familyName"], font["isCustomFont"])
            for node in nodes
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        ]
        session.detach()
    assert (family, True) in used, json.dumps(used)


def test_a_light_page_speaks_its_language_and_english(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "light.html"
    selection = Selection(project=("cku_railway",))
    path.write_text(render_page(shipped, selection, View(lang="zh"), light=True), encoding="utf-8")
    page = opened(desktop_page, path, "lang=ru&show=cku_railway")
    assert page.eval_on_selector_all("#bar [data-lang]", "all => all.map(one => one.dataset.lang)") == ["en", "zh"]
    assert page.get_attribute("html", "lang") == "zh"
    summary = str(shipped.catalog.projects["cku_railway"].summary)
    told = prose_of(shipped.catalog.path, ["zh"]).in_language(summary, "zh")
    assert str(told) in page.inner_text("#card .summary")
    page.click("#bar [data-lang=en]")
    assert page.inner_text("#card .summary [lang=zh]") == told, "its English words are not in the page"
