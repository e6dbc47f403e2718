"""No text of any layer, of the ground, of the catalog or of an address can run as script or break the map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from sco_map.atlas import Atlas, Selection
from sco_map.export import render
from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from tests import inside
from tests.browser import DESKTOP, Watch, wait_until
from tests.e2e.page import opened
from tests.e2e.payloads import FREE_COLUMNS, PAYLOADS, poisoned_atlas

INJECTED = "[onerror],[onload],[onclick],[onfocus],[onmouseover],[src='x'],base,iframe,object,embed,marquee,xmp"
KEYS = "q country kind project show lang theme worldview view story style year since".split()
OPENING = [PAYLOADS[0], '"><img src=x onerror=window.hurt=1>', "${window.hurt=1}", "__proto__", "\u202e%00"]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Load the shipped data with a payload in every text."""
    return poisoned_atlas(tmp_path_factory.mktemp("poisoned"))


@pytest.fixture(scope="module")
def poisoned(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of that."""
    path = Path(tmp_path_factory.mktemp("page")) / "poisoned.html"
    path.write_text(render_page(atlas), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def seen() -> Watch:
    """Return the record of the one page of this module."""
    return Watch()


@pytest.fixture(scope="module")
def page(browser: Browser, poisoned: Path, seen: Watch) -> Iterator[Page]:
    """Open the page once; what a test does to it stays."""
    context = browser.new_context(viewport=DESKTOP, offline=True)
    seen.follow(context)
    yield opened(context.new_page(), poisoned)
    context.close()


def unhurt(page: Page, seen: Watch) -> None:
    """Fail when anything ran, became an element, was asked for or complained."""
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("selector => [...document.querySelectorAll(selector)].map(e => e.outerHTML)", INJECTED) == []
    assert page.evaluate("[...document.links].map(a => a.protocol).filter(p => !/^(https?|file|blob):$/.test(p))") == []
    assert seen.messages == []
    seen.check()


def test_there_are_more_than_a_hundred_and_every_column_meets_all() -> None:
    assert len(PAYLOADS) > 120


def test_every_layer_still_loads_and_nothing_is_left_out(atlas: Atlas, shipped: Atlas) -> None:
    assert atlas.problems == ()
    assert sorted(atlas.rows["id"]) == sorted(shipped.rows["id"])
    for column in FREE_COLUMNS[:4]:
        assert set(PAYLOADS[1:40]) <= set(atlas.rows[column])


def test_the_map_draws_as_with_the_shipped_data(page: Page, seen: Watch, desktop_page: Page, exported: Path) -> None:
    clean = opened(desktop_page, exported)
    for what in ("document.querySelectorAll('.plate-lines path').length", "document.scripts.length"):
        assert page.evaluate(what) == clean.evaluate(what) > 0, what
    assert inside.number_of_drawn_lines(page) == inside.number_of_drawn_lines(clean) > 0
    assert inside.number_of_rows(page) == inside.number_of_rows(clean) > 0
    unhurt(page, seen)


def test_every_card_in_every_language(page: Page, seen: Watch) -> None:
    assert inside.open_every_card(page, LANGUAGES) > 1_000
    inside.close_card(page)
    unhurt(page, seen)


def test_the_panel_unfolded_the_table_the_years_and_the_names_on_the_map(page: Page, seen: Watch) -> None:
    page.evaluate("document.querySelectorAll('#facets [aria-expanded=false], #facets summary').forEach(e => e.click())")
    inside.show_table(page)
    inside.hide_table(page)
    for zoom in (4, 6, 8):
        inside.set_view(page, 41, 71, zoom)
        page.wait_for_timeout(100)
    page.mouse.move(900, 400)
    page.mouse.move(905, 405)
    page.mouse.click(900, 400)
    for story in inside.stories_of(page):
        inside.choose_story(page, story)
    inside.reset(page)
    unhurt(page, seen)


def test_what_is_given_to_other_programs(page: Page, seen: Watch) -> None:
    rows = list(csv.reader(io.StringIO(inside.csv_of(page, everything=True).removeprefix("\ufeff"))))
    harmless(rows, len(inside.all_rows_of(page)))
    unhurt(page, seen)


def harmless(rows: list[list[str]], count: int) -> None:
    """Fail unless the table is whole and no cell would run in a spreadsheet."""
    assert len(rows) == count + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and not is_number(cell)] == []


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_exports_of_the_command_line(atlas: Atlas) -> None:
    text = render(atlas, Selection(), View(), "csv").decode("utf-8").removeprefix("\ufeff")
    harmless(list(csv.reader(io.StringIO(text, newline=""))), len(atlas.rows))
    collection = json.loads(render(atlas, Selection(), View(), "geojson"))
    assert len(collection["features"]) == len(atlas.rows)


def test_the_light_page(desktop_page: Page, watch: Watch, atlas: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "light.html"
    path.write_text(render_page(atlas, light=True), encoding="utf-8")
    unhurt(opened(desktop_page, path), watch)


def test_no_address_can_run(page: Page, seen: Watch) -> None:
    texts = [quote(text, safe="") for text in PAYLOADS if len(text) < 200]
    keyed = [[f"{key}={texts[(at + 7 * n) % len(texts)]}" for n, key in enumerate(KEYS)] for at in range(len(texts))]
    addresses = ["#" + "&".join(parts) for parts in keyed]
    assert len(inside.visit(page, addresses)) == len(addresses) > 100
    inside.reset(page)
    unhurt(page, seen)


@pytest.mark.parametrize("text", OPENING)
def test_a_page_opened_with_such_an_address(desktop_page: Page, watch: Watch, exported: Path, text: str) -> None:
    value = quote(text)
    query = "&".join(f"{key}={value}" for key in KEYS)
    unhurt(opened(desktop_page, exported, query, afresh=True), watch)


def test_no_message_can_run(desktop_page: Page, watch: Watch, exported: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    html = "<!doctype html><link rel=icon href='data:,'><iframe sandbox=allow-scripts></iframe>"
    outer.write_text(html, encoding="utf-8")
    page = desktop_page
    page.goto(outer.as_uri())
    page.evaluate("addEventListener('message', event => (window.heard ||= []).push(event.data?.type))")
    page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", exported.read_text(encoding="utf-8"))
    wait_until(page, "window.heard?.includes('sco:ready') ?? false")
    messages: list[Any] = [None, 1, "sco:address", [], {}, {"type": 1}, {"type": "__proto__"}, {"type": "toString"}]
    for text in [text for text in PAYLOADS if len(text) < 200][::6]:
        messages += [
            {"type": "sco:address", "address": f"q={text}&country={text}&lang={text}&theme={text}&story={text}"},
            {"type": "sco:address", "address": text},
            {"type": "sco:show", "id": text},
        ]
    messages += [{"type": "sco:address", "address": 7}, {"type": "sco:address", "address": "country=UZB&lang=ru"}]
    say = "messages => messages.forEach(m => document.querySelector('iframe').contentWindow.postMessage(m, '*'))"
    page.evaluate(say, messages)
    frame = page.frames[1]
    wait_until(frame, lambda frame: inside.state_of(frame).lang, "ru")
    wait_until(frame, lambda frame: inside.selection_of(frame).country, ("UZB",))
    assert frame.evaluate("window.hurt") is None
    assert watch.messages == []
