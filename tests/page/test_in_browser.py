"""The page in a browser: the script agrees with Python row by row, no data can run, every control works."""

from __future__ import annotations

import csv
import io
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from sco_map.atlas import FACETS, Atlas, Selection, load_atlas, select
from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from sco_map.page.pack import pack_integers
from tests.atlas.tiny import feature, line, point, row
from tests.page import tiny

DRAWN = "html[data-ready='1']"

PAYLOADS = [
    "<script>window.hurt=1</script>",
    "</script><script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    '"><svg onload=window.hurt=1>',
    "${window.hurt=1}",
    "`${window.hurt=1}`",
    "\\\\`;window.hurt=1//",
    "C:\\path\\2019",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hurt=1",
    "<!--<script>",
    "\u2028window.hurt=1\u2029",
    "'-window.hurt=1-'",
    "&lt;b&gt;&amp;",
    "=1+1",
    "__proto__",
    "constructor",
]
CELLS = "['=1+1', '+1', '-1', '@x', '\\t=1', 'plain', 'a,\"b\"', 5, null, ['a', 'b']].map(sco.csvCell)"
TEXT_COLUMNS = (
    "title_en",
    "title_ru",
    "owner",
    "river",
    "note",
    "capacity_unit",
    "as_of",
    "confidence",
    "accuracy_basis",
    "licence",
)


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    """Load the shipped layers."""
    return load_atlas()


@pytest.fixture(scope="module")
def file(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of everything."""
    path = Path(tmp_path_factory.mktemp("page")) / "page.html"
    path.write_text(render_page(shipped), encoding="utf-8")
    return path


def opened(page: Page, file: Path, query: str = "") -> Page:
    """Open a page from disk and wait for its first drawing."""
    page.goto(file.as_uri() + (f"#{query}" if query else ""))
    expect(page.locator(DRAWN)).to_be_attached(timeout=20_000)
    return page


def until(page: Page | Frame, expression: str) -> None:
    """Wait until an expression is true; the page forbids the `eval` that wait_for_function needs."""
    end = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"still not: {expression}"
        time.sleep(0.02)


def written(path: Path, html: str) -> Path:
    path.write_text(html, encoding="utf-8")
    return path


def random_selections(atlas: Atlas, count: int) -> list[Selection]:
    """Return selections of every facet and their mixtures, the same in every run."""
    chance = random.Random(7)
    known = {facet: sorted(atlas.known_values(facet)) for facet in FACETS}
    words = ["kazakh", "gas", "Ташкент", "карс", "铁路", "গ্যাস", "port", "trend", "2024", "dostyk alash", "ё"]
    found = []
    for _ in range(count):
        chosen: dict[str, Any] = {}
        for facet in chance.sample(FACETS, chance.choice([0, 1, 1, 1, 2, 3])):
            chosen[facet] = tuple(chance.sample(known[facet], min(len(known[facet]), chance.choice([1, 1, 2, 4]))))
        if chance.random() < 0.4:
            chosen["year"] = chance.choice([1960, 1991, 2001, 2009, 2017, 2023, 2026, 2030])
        if chance.random() < 0.2:
            chosen["since"] = chance.choice([1950, 2000, 2015, 2020])
        if chance.random() < 0.1:
            chosen["late"] = True
        if chance.random() < 0.25:
            chosen["q"] = chance.choice(words)
        found.append(Selection(**chosen))
    return found


def test_the_script_selects_what_python_selects(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    selections = [
        Selection(),
        Selection(country=("sco",)),
        Selection(country=("sco",), year=2010),
        *random_selections(shipped, 250),
    ]
    answers = page.evaluate(
        """queries => queries.map(query => {
            const selection = sco.parseSelection(query), {world} = sco.app;
            const {rows} = sco.applySelection(world.rows, selection, world);
            const state = row => [row.id, sco.statusOf(row, selection.year), sco.roleOf(row, selection.year)];
            const ids = rows.map(row => row.id).sort();
            return {ids, query: sco.formatSelection(selection), states: rows.map(state)};
        })""",
        [selection.to_query() for selection in selections],
    )
    for selection, answer in zip(selections, answers, strict=True):
        rows = select(shipped, selection)
        assert answer["ids"] == sorted(rows["id"]), selection
        assert answer["query"] == selection.to_query()
        status = {
            id_: value if isinstance(value, str) else None
            for id_, value in zip(rows["id"], rows["status"], strict=True)
        }
        role = {
            id_: value if isinstance(value, str) else None for id_, value in zip(rows["id"], rows["role"], strict=True)
        }
        assert [[id_, status[id_], role[id_]] for id_, _, _ in answer["states"]] == answer["states"], selection


def test_counts_say_what_choosing_would_show(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file, "country=UZB,KAZ&status=operating")
    counts = page.evaluate("Object.fromEntries(Object.entries(sco.app.result.counts).map(([k, v]) => [k, [...v]]))")
    for facet in ("country", "kind", "layer", "status", "project"):
        for value, count in counts[facet][:12]:
            chosen = {"country": ("KAZ", "UZB"), "status": ("operating",)} | {facet: (value,)}
            assert len(select(shipped, Selection(**chosen))) == count, (facet, value)


def test_what_python_packs_the_script_unpacks(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    values = [0, -1, 1, 31, -32, 32, 180_000, -90_000, 12_345_678]
    assert page.evaluate("text => sco.unpackIntegers(text)", pack_integers(values)) == values
    assert page.evaluate("values => sco.packIntegers(values)", values) == pack_integers(values)


def test_texts_fold_alike(desktop_page: Page, file: Path) -> None:
    from sco_map.atlas import fold

    texts = ["Ürümqi", "Žhézkazğan", "Ёлка", "কাজাখস্তান", "İstanbul", "ﬁbre ½", "中間走廊", "Ång\u0301strom"]
    page = opened(desktop_page, file)
    assert page.evaluate("texts => texts.map(sco.fold)", texts) == [fold(text) for text in texts]


def test_no_data_can_run(desktop_page: Page, tmp_path: Path) -> None:
    features: dict[str, list[dict[str, Any]]] = {"ways": [], "pipes": [], "states": [], "days": []}
    for number, text in enumerate(PAYLOADS):
        facts: dict[str, Any] = dict.fromkeys(TEXT_COLUMNS, text) | {
            "phases": [{"from": "2000", "status": "operating", "text": text, "source": text}],
            "history": [{"date": "2001", "text": text, "source": text}],
            "promised": {"date": "2030", "text": text},
            "published_lengths": [{"km": 5.0, "scope": text, "source": text}],
            "places": [text, "alpha"],
            "sources": [text, "press"],
            "countries": [text, "AAA"],
            "km_by_country": {text: 4.0},
            "projects": [text, "silk"],
        }
        features["ways"].append(
            feature(
                row(f"row{number}", status="operating", length_km=9.0, accuracy_km=3.0, **facts),
                line((5 + number, 41), (6 + number, 49)),
            )
        )
        features["ways"].append(feature(row(f"point{number}", **{**facts, "kind": "port"}), point(5 + number, 45)))
    html = render_page(tiny.unchecked(tmp_path, features))
    page = opened(desktop_page, written(tmp_path / "page.html", html), "view=5/45/12")
    for number in range(len(PAYLOADS)):
        for id_ in (f"row{number}", f"point{number}"):
            page.evaluate("id => sco.app.open(id)", id_)
    page.evaluate("sco.app.toggleTable(true)")
    for language in LANGUAGES:
        page.evaluate("lang => sco.app.setLanguage(lang)", language)
    page.evaluate("sco.app.setSelection(sco.parseSelection('q=hurt'))")
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("sco.app.plate.lines.filter(row => row.data).length") == len(PAYLOADS)


def test_a_table_for_spreadsheets_runs_no_formula(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    assert page.evaluate(CELLS) == [
        "'=1+1", "'+1", "'-1", "'@x", "'\t=1", "plain", '"a,""b"""', "5", "", '"a;b"',
    ]  # fmt: skip
    text = page.evaluate("sco.toCsv(sco.app.result.rows)")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [entry["id"] for entry in rows] == page.evaluate("sco.app.result.rows.map(row => row.id)")


def test_the_download_is_geojson(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "project=cku_railway")
    page.locator("#tablebutton").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").first.click()
    assert "cku" in download.value.suggested_filename
    collection = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert collection["attribution"]
    assert {entry["id"] for entry in collection["features"]} == set(
        page.evaluate("sco.app.result.rows.map(row => row.id)")
    )


def test_the_back_button_takes_a_filter_back(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    everything = page.evaluate("sco.app.shown.size")
    page.locator("[data-facet='country'][data-value='UZB']").click()
    assert page.url.endswith("#country=UZB")
    page.locator("[data-facet='country'][data-value='KAZ']").click()
    assert page.url.endswith("#country=KAZ,UZB")
    page.go_back()
    until(page, "sco.app.selection.country.join() === 'UZB'")
    page.go_back()
    until(page, f"sco.app.shown.size === {everything}")


def test_a_page_opens_on_what_is_selected_and_a_filter_leaves_the_map_where_it_is(
    desktop_page: Page, file: Path
) -> None:
    page = opened(desktop_page, file)
    whole = page.evaluate("sco.app.map.getZoom()")
    page.evaluate('sco.app.setSelection(sco.parseSelection("project=cku_railway"))')
    assert page.evaluate("sco.app.map.getZoom()") == whole
    page.goto("about:blank")
    opened(page, file, "project=cku_railway")
    assert page.evaluate("sco.app.map.getZoom()") > whole + 1
    page.goto("about:blank")
    opened(page, file, "project=cku_railway&view=5/45/60")
    assert page.evaluate("sco.app.map.getZoom()") == 5


def test_a_click_hides_a_status_and_shows_it_again(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    button = page.locator("[data-facet='status'][data-value='construction']")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("sco.app.result.rows.some(row => row.status === 'construction')") is False
    button.click()
    assert page.evaluate("sco.isEverything(sco.app.selection)") is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_in_place(desktop_page: Page, file: Path, language: str) -> None:
    page = opened(desktop_page, file, "show=cku_railway")
    page.locator(f"#bar [data-lang='{language}']").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#title")).to_have_text(page.evaluate("sco.app.world.words[sco.app.lang].title"))
    texts = page.evaluate("document.body.innerText")
    assert "undefined" not in texts
    assert "NaN" not in texts
    if language == "bn":
        assert page.locator(".plate-labels text[letter-spacing], .plate-labels text[font-style]").count() == 0


def test_search_by_keyboard(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.keyboard.press("/")
    page.keyboard.type("dostyk")
    until(page, "sco.app.selection.q === 'dostyk'")
    assert 0 < page.evaluate("sco.app.shown.size") < page.evaluate("sco.app.world.rows.length")
    page.keyboard.press("Escape")
    until(page, "sco.app.selection.q === null")


def test_the_years_by_keyboard(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.locator("#axis .handle").focus()
    page.keyboard.press("Home")
    until(page, "sco.app.selection.year === sco.app.world.styles.years.first")
    assert page.evaluate("document.activeElement.classList.contains('handle')") is True
    page.keyboard.press("ArrowRight")
    until(page, "sco.app.selection.year === sco.app.world.styles.years.first + 1")


def test_a_card_opens_closes_and_gives_the_focus_back(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.locator("#tablebutton").click()
    name = page.locator("#table tbody .link").first
    name.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("!!document.activeElement.closest('#table')") is True


def test_sources_are_links_with_publisher(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "show=cku_railway")
    links = page.locator("#card .sources a")
    assert links.count() > 0
    for link in links.all():
        assert (link.get_attribute("href") or "").startswith("http")
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_viewpoint_changes_lines_and_not_rows(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    before = page.evaluate("sco.app.plate.border.getAttribute('d').length")
    shown = page.evaluate("sco.app.shown.size")
    page.locator("#viewpoint").select_option("in")
    assert page.evaluate("sco.app.plate.border.getAttribute('d').length") != before
    assert page.evaluate("sco.app.shown.size") == shown
    assert "worldview=in" in page.url


def test_every_theme_shows_something_and_is_taken_back(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    everything = page.evaluate("sco.app.shown.size")
    for number in range(page.evaluate("sco.app.world.stories.length")):
        page.evaluate(f"sco.app.chooseTheme(sco.app.world.stories[{number}])")
        name = page.evaluate(f"sco.app.world.stories[{number}].title.en")
        assert page.evaluate("sco.app.shown.size") > 0, name
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        page.evaluate(f"sco.app.chooseTheme(sco.app.world.stories[{number}])")
        assert page.evaluate("sco.app.shown.size") == everything, name
        assert page.evaluate("sco.formatManner(sco.app.plate.manner)") == ""


def test_an_agreement_shades_its_parties_by_year(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "project=wto")
    today = page.evaluate("[...sco.app.plate.parties.keys()]")
    page.evaluate("sco.app.setSelection(sco.parseSelection('project=wto&year=2000'))")
    then = page.evaluate("[...sco.app.plate.parties.keys()]")
    assert set(then) < set(today)
    assert page.locator(".plate-shade path").count() > 0


def test_the_manner_of_drawing_is_in_the_address(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "style=gauge,flow")
    assert page.evaluate("sco.app.plate.manner") == {"colour": "gauge", "flow": True}
    assert page.locator(".plate-lines path[stroke*='--gauge-1520']").count() > 0


def test_the_theme_is_a_switch_of_colours(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.locator("#bar .tools button").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "theme=dark" in page.url


def test_the_map_in_another_page(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    inner = render_page(shipped, view=View(embed=True))
    outer = "<!doctype html><link rel=icon href='data:,'><iframe sandbox='allow-scripts' width=900 height=600></iframe>"
    page = desktop_page
    page.goto(written(tmp_path / "outer.html", outer).as_uri())
    page.evaluate("addEventListener('message', event => (window.heard ||= []).push(event.data))")
    page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", inner)
    until(page, "window.heard?.some(message => message.type === 'sco:ready')")
    frame = page.frames[1]
    say = "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')"
    page.evaluate(say, {"type": "sco:select", "query": "country=UZB&year=2015"})
    until(frame, "sco.app.selection.year === 2015")
    assert page.evaluate("window.heard.some(message => message.type === 'sco:selection')") is False, "no echo"
    page.evaluate(say, {"type": "sco:show", "id": "cku_railway"})
    expect(frame.locator("#card")).to_be_visible()
    page.evaluate(say, {"type": "sco:lang", "lang": "zh"})
    until(frame, "document.documentElement.lang === 'zh'")
    page.evaluate(say, {"type": "sco:theme", "theme": "dark"})
    until(frame, "document.documentElement.dataset.theme === 'dark'")
    frame.locator("#card .close").click()
    until(page, "window.heard.some(message => message.type === 'sco:pick' && message.id === null)")
    expect(frame.locator("#panel")).to_be_hidden()
    expect(frame.locator("#time")).to_be_visible()


def test_the_sheet_of_the_phone(phone_page: Page, file: Path) -> None:
    page = opened(phone_page, file)
    grab = page.locator("#grab")
    grab.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("body")).to_have_attribute("data-sheet", "peek")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("body")).to_have_attribute("data-sheet", "full")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_print_is_light_and_has_a_key(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "theme=dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.locator("#printkey")).to_be_visible()
    expect(page.locator("#panel")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("#printkey")).to_be_hidden()
