"""The page in a browser: the script agrees with Python row by row, no data can run, every control works."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
import shapely
from playwright.sync_api import Page, expect

from sco_map.atlas import FACETS, Atlas, Selection, fold, select
from sco_map.check.files import check_files
from sco_map.export import render
from sco_map.model.columns import COLUMNS, OnPage
from sco_map.model.languages import LANGUAGES
from sco_map.model.packing import TOLERANCE
from sco_map.page import View, render_page
from sco_map.page.pack import SCALE, pack_integers
from sco_map.page.styles import read_styles
from sco_map.page.words import words
from sco_map.paths import CATALOG
from tests import inside
from tests.atlas.tiny import feature, line, point, row
from tests.browser import wait_until
from tests.e2e.page import opened
from tests.page import tiny

Json = dict[str, Any]

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
RANGES = {
    "capacity": ("10-bcm/yr", "-12.5bcm/yr", "5-60Mt/yr", "100-MW"),
    "length": ("100-", "-250.5", "500-2000"),
    "diameter": ("1420", "700-1220"),
    "opened": ("2000-2010", "-1991", "2020-"),
}
CELLS = ["=1+1", "+1", "-1", "@x", "\t=1", "plain", 'a,"b"', 5, None, ["a", "b"]]
NOT_IN_A_PAGE = {column.name for column in COLUMNS if column.page in (OnPage.NOT, OnPage.LINKS)}

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
            values = chance.sample(known[facet], min(len(known[facet]), chance.choice([1, 1, 2, 4])))
            chosen[facet] = tuple(chance.choice(["", "", "-"]) + value for value in values)
        if chance.random() < 0.3:
            name = chance.choice(list(RANGES))
            chosen[name] = chance.choice(RANGES[name])
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


def test_the_script_selects_what_python_selects(asked_page: Page, shipped: Atlas) -> None:
    selections = [
        Selection(),
        Selection(country=("sco",)),
        Selection(country=("sco",), year=2010),
        *random_selections(shipped, 250),
    ]
    answers = inside.answers(asked_page, [selection.to_query() for selection in selections])
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


def test_counts_say_what_choosing_would_show(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=UZB,KAZ&status=operating")
    counts = inside.counts_of(page)
    for facet in ("country", "kind", "layer", "status", "project"):
        for value, count in counts[facet][:12]:
            chosen: Json = {"country": ("KAZ", "UZB"), "status": ("operating",), facet: (value,)}
            assert len(select(shipped, Selection(**chosen))) == count, (facet, value)


def test_what_python_packs_the_script_unpacks(asked_page: Page) -> None:
    values = [0, -1, 1, 31, -32, 32, 180_000, -90_000, 12_345_678]
    assert inside.unpacked_integers(asked_page, pack_integers(values)) == values
    assert inside.packed_integers(asked_page, values) == pack_integers(values)


def test_texts_fold_alike(asked_page: Page) -> None:
    texts = ["Ürümqi", "Žhézkazğan", "Ёлка", "কাজাখস্তান", "İstanbul", "ﬁbre ½", "中間走廊", "Ång\u0301strom"]
    assert inside.folded(asked_page, texts) == [fold(text) for text in texts]


def test_no_data_can_run(desktop_page: Page, tmp_path: Path) -> None:
    features: dict[str, list[dict[str, Any]]] = {"ways": [], "pipes": [], "states": [], "days": []}
    for number, text in enumerate(PAYLOADS):
        facts: dict[str, Any] = dict.fromkeys(TEXT_COLUMNS, text) | {
            "phases": [{"from": "2000", "status": "operating", "text": text, "source": text}],
            "history": [{"date": "2001", "text": text, "source": text}],
            "promises": [
                {"opens": "2029", "said": "2020", "by": text, "text": text},
                {"opens": "2030", "said": "2021", "by": text, "text": text, "source": text},
            ],
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
            inside.open_card(page, id_)
            assert inside.state_of(page).card == id_
    inside.show_table(page)
    for language in LANGUAGES:
        inside.set_language(page, language)
    inside.select(page, "q=hurt")
    assert page.evaluate("window.hurt") is None
    assert inside.number_of_drawn_lines(page) == len(PAYLOADS)


def test_a_table_for_spreadsheets_runs_no_formula(asked_page: Page) -> None:
    assert inside.csv_cells(asked_page, CELLS) == [
        "'=1+1", "'+1", "'-1", "'@x", "'\t=1", "plain", '"a,""b"""', "5", "", "a; b",
    ]  # fmt: skip


def downloaded(page: Page, name: str) -> str:
    """Return the text that a button of the open table saves."""
    with page.expect_download() as download:
        page.locator("#table").get_by_role("button", name=name, exact=True).click()
    assert download.value.suggested_filename.endswith(f".{name.lower()}")
    return Path(download.value.path()).read_text(encoding="utf-8")


def by_id(table: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(table, key=lambda line: line["id"])


def known(value: Any) -> Any:
    """Return a value without what says nothing: unknown ones at any depth; a string's number where there is one."""
    if isinstance(value, list):
        return [known(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    return {
        name: known(entry) for name, entry in value.items() if entry not in (None, [], {}) and name not in NOT_IN_A_PAGE
    }


@pytest.mark.parametrize("query", ["", "country=UZB&year=2015"])
def test_the_table_that_is_saved_has_the_values_of_python(
    desktop_page: Page, shipped: Atlas, exported: Path, query: str
) -> None:
    page = opened(desktop_page, exported, query)
    page.locator("#tablebutton").click()
    text = downloaded(page, "CSV")
    assert text.startswith("\ufeff")
    expected = render(shipped, Selection.from_query(query), View(), "csv").decode()
    found, python = (list(csv.DictReader(io.StringIO(table[1:], newline=""))) for table in (text, expected))
    assert list(found[0]) == list(python[0])
    assert len(found) == len(python) > 10
    for here, there in zip(by_id(found), by_id(python), strict=True):
        for name, cell in there.items():
            if name in ("longitude", "latitude"):
                off = abs(float(here[name]) - float(cell)) if cell else 0.0
                assert off <= 0.51 / SCALE and bool(here[name]) == bool(cell), (there["id"], name)
            else:
                assert here[name] == cell, (there["id"], name)


@pytest.mark.parametrize("query", ["", "country=UZB&year=2015"])
def test_the_geojson_that_is_saved_has_the_values_of_python_and_passes_the_check(
    desktop_page: Page, shipped: Atlas, exported: Path, tmp_path: Path, query: str
) -> None:
    page = opened(desktop_page, exported, query)
    page.locator("#tablebutton").click()
    text = downloaded(page, "GeoJSON")
    (tmp_path / "saved.geojson").write_text(text, encoding="utf-8")
    assert check_files([tmp_path / "saved.geojson"], catalog=shipped.catalog)
    collection = json.loads(text)
    expected = json.loads(render(shipped, Selection.from_query(query), View(), "geojson"))
    found = {entry["id"]: entry for entry in collection["features"]}
    assert collection["type"] == "FeatureCollection"
    assert collection["attribution"]
    assert sorted(found) == sorted(entry["id"] for entry in expected["features"])
    assert len(found) > 10
    for wanted in expected["features"]:
        entry, id_ = found[wanted["id"]], wanted["id"]
        assert entry["type"] == "Feature"
        assert list(entry["properties"]) == [name for name in wanted["properties"] if name not in NOT_IN_A_PAGE], id_
        assert known(entry["properties"]) == known(wanted["properties"]), id_
        if wanted["geometry"] is None or wanted["geometry"]["type"].endswith("Polygon"):
            assert entry["geometry"] is None, f"{id_}: the page carries no areas of rows"
            continue
        given, drawn = shapely.geometry.shape(wanted["geometry"]), shapely.geometry.shape(entry["geometry"])
        assert shapely.hausdorff_distance(given, drawn) < TOLERANCE + 1 / SCALE, id_


def test_the_back_button_takes_a_filter_back(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    everything = inside.number_of_rows(page)
    page.locator("[data-facet='country'][data-value='UZB']").click()
    assert page.url.endswith("#country=UZB")
    page.locator("[data-facet='country'][data-value='KAZ']").click()
    assert page.url.endswith("#country=KAZ,UZB")
    page.go_back()
    wait_until(page, inside.selection_of, Selection(country=("UZB",)))
    page.go_back()
    wait_until(page, inside.number_of_rows, everything)


def test_a_page_opens_on_what_is_selected_and_a_filter_leaves_the_map_where_it_is(
    desktop_page: Page, exported: Path
) -> None:
    page = opened(desktop_page, exported)
    whole = inside.state_of(page).zoom
    inside.select(page, "project=cku_railway")
    assert inside.state_of(page).zoom == whole
    opened(page, exported, "project=cku_railway")
    assert inside.state_of(page).zoom > whole + 1
    opened(page, exported, "project=cku_railway&view=5/45/60")
    assert inside.state_of(page).zoom == 5


@pytest.mark.parametrize("facet", ["layer", "status", "kind", "country", "role"])
def test_a_name_isolates_further_names_add_and_the_eye_hides(desktop_page: Page, exported: Path, facet: str) -> None:
    page = opened(desktop_page, exported)
    names = page.locator(f"button[data-facet='{facet}']")
    first, second = names.nth(0), names.nth(1)
    one, other = sorted(str(name.get_attribute("data-value")) for name in (first, second))
    own = str(first.get_attribute("data-value"))
    eye = first.locator("xpath=following-sibling::button")

    def asked(values: tuple[str, ...]) -> Selection:
        return Selection.from_query({facet: values})

    expect(first).to_have_attribute("aria-pressed", "false")
    first.click()
    assert inside.selection_of(page) == asked((own,))
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".chip")).to_have_count(1)
    second.click()
    assert inside.selection_of(page) == asked((one, other))
    expect(page.locator(".chip")).to_have_count(2)
    second.click()
    first.click()
    assert inside.shows_everything(page)
    eye.focus()
    page.keyboard.press("Enter")
    assert inside.selection_of(page) == asked((f"-{own}",))
    expect(eye).to_have_attribute("aria-pressed", "false")
    expect(eye).to_have_attribute("aria-label", re.compile("Show .+"))
    page.locator(".chip").click()
    assert inside.shows_everything(page)
    expect(eye).to_have_attribute("aria-pressed", "true")


def test_show_everything_restores_everything(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    whole = inside.state_of(page)
    address = "country=UZB&status=-idle&length=100-&style=gauge,accuracy&worldview=in&view=6/41/66&show=cku_railway"
    opened(page, exported, f"{address}&from=kashgar&to=poti")
    expect(page.locator("body")).to_have_class(re.compile("asking"))
    page.locator("#chips .reset").click()
    wait_until(page, inside.state_of, whole)
    expect(page.locator("body")).not_to_have_class(re.compile("asking"))
    page.wait_for_timeout(400)  # longer than the map takes to say that it has moved
    assert "#" not in page.url
    expect(page.locator("#chips")).to_be_empty()


def test_what_is_chosen_comes_into_sight_and_back_restores_what_was(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "view=6/20/78&style=flow&worldview=in")
    page.locator("[data-facet='country'][data-value='KAZ']").click()
    wait_until(page, lambda page: inside.state_of(page).zoom < 6)
    page.wait_for_timeout(400)  # longer than the map takes to say that it has moved
    inside.set_worldview(page, None)
    page.locator("[data-facet='kind'][data-value='rail']").click()
    page.go_back()
    page.go_back()
    wait_until(page, lambda page: "view=6/20/78" in page.url)
    state = inside.state_of(page)
    assert (state.query, state.zoom, state.flow, state.worldview) == ("", 6, True, "in")


def test_a_range_is_asked_for_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator(".numbers summary").press("Enter")
    low = page.locator("[data-range='diameter'] input[type=number]").first
    low.focus()
    page.keyboard.type("1420")
    page.keyboard.press("Tab")
    wait_until(page, inside.selection_of, Selection(diameter="1420-"))
    assert page.locator("[data-range='diameter'] .in").count() > 0
    thumb = page.locator("[data-range='opened'] input[type=range]").last
    thumb.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    opened_to = inside.selection_of(page).opened
    assert opened_to is not None and 1990 < int(opened_to.removeprefix("-")) < 2026
    page.locator(".chip").first.click()
    page.locator(".chip").first.click()
    wait_until(page, inside.shows_everything)
    expect(low).to_have_value("")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Middle Coridor", "middle_corridor"),
        ("kazakstan", "KAZ"),
        ("Чина", "CHN"),
        ("Türkmenbaşy", "turkmenbashi"),
        ("Gwadr", "gwadar_port"),
        ("সমরকন্দ", "summit_2022"),
        ("撒马尔汉", "samarkand"),
    ],
)
def test_a_search_forgives(asked_page: Page, text: str, expected: str) -> None:
    assert expected in [id_ for _, id_ in inside.meant(asked_page, text)]


def test_nothing_found_names_the_nearest_and_a_click_takes_it(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "q=kazakstan")
    expect(page.locator("#empty p")).to_contain_text("kazakstan")
    page.locator("#empty .meant button", has_text="Kazakhstan").first.click()
    expect(page.locator("#empty")).to_be_hidden()
    assert inside.state_of(page).card == "member_kaz"


def test_an_address_that_is_not_understood_shows_everything_else_and_offers_the_nearest(
    desktop_page: Page, exported: Path
) -> None:
    hostile = "%3Cimg%20src=x%20onerror=window.hurt=1%3E"
    page = opened(
        desktop_page, exported, f"country=uzb&country=KAZ&year=abc&show={hostile}&lang=ru&kind={hostile}", afresh=True
    )
    assert inside.selection_of(page) == Selection(country=("KAZ",))
    notice = page.locator("#notice")
    expect(notice).to_contain_text("<img src=x onerror=window.hurt=1>")
    expect(notice).to_contain_text(words("ru")["misread"].partition("{")[0].strip())
    assert notice.locator("img").count() == 0
    notice.locator(".link", has_text="UZB").click()
    assert inside.selection_of(page) == Selection(country=("KAZ", "UZB"))
    assert "country=KAZ,UZB" in page.url
    expect(notice).to_contain_text("year=abc")
    notice.locator(".close").click()
    expect(notice).to_be_hidden()
    assert page.evaluate("window.hurt") is None


def test_a_second_link_in_an_open_tab_is_followed_as_a_whole(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=UZB")
    page.evaluate("location.hash = 'kind=rail&view=6/41/66&worldview=in&style=gauge&show=cku_railway'")
    wait_until(page, lambda page: inside.state_of(page).zoom == 6)
    state = inside.state_of(page)
    assert (state.query, state.worldview, state.colour, state.card) == ("kind=rail", "in", "gauge", "cku_railway")
    assert "view=6/" in page.url


def test_a_story_changes_and_takes_back_only_what_it_sets(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "worldview=in&style=accuracy")
    inside.choose_story(page, "gas_to_china")
    state = inside.state_of(page)
    assert (state.story, state.worldview, state.flow) == ("gas_to_china", "in", True)
    page.locator("[data-facet='country'][data-value='KAZ']").click()
    assert inside.state_of(page).flow, "a story keeps its style when it is narrowed"
    page.go_back()
    wait_until(page, lambda page: inside.state_of(page).story == "gas_to_china")
    page.locator(".chip").first.click()
    wait_until(page, inside.shows_everything)
    page.wait_for_timeout(400)  # longer than the map takes to say that it has moved
    state = inside.state_of(page)
    assert (state.story, state.worldview, state.flow) == (None, "in", False)
    assert page.url.endswith("#worldview=in&style=accuracy")


def test_a_file_offers_only_questions_that_it_can_answer(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    selection = Selection(layer=("roads",))
    page = opened(desktop_page, written(tmp_path / "roads.html", render_page(shipped, selection)))
    offered = set(page.locator("[data-facet=stories] .pill:not(.unfold)").all_text_contents())
    rows = set(select(shipped, selection)["id"])
    answered = {
        story.title.en
        for story in shipped.catalog.stories.values()
        if not story.is_told and rows & set(select(shipped, story.selection)["id"])
    }
    assert offered == answered
    assert 0 < len(offered) < len(shipped.catalog.stories)


def test_playing_the_years_is_one_entry_of_the_history(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "year=2020")
    page.locator("#play").click()
    wait_until(page, lambda page: (inside.selection_of(page).year or 9999) >= 2022)
    page.locator("#play").click()
    page.go_back()
    wait_until(page, inside.selection_of, Selection(year=2020))


def test_a_tooltip_goes_with_the_pointer_and_with_the_selection(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    box = page.locator("#map").bounding_box()
    assert box is not None
    x, y = inside.spot_of_several(page)
    hint = page.locator("#hint")
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(hint).to_be_visible()
    page.mouse.move(box["x"] + x + 1, box["y"] + y)
    page.mouse.move(100, 400)
    page.wait_for_timeout(100)
    expect(hint).to_be_hidden()
    page.mouse.move(box["x"] + x, box["y"] + y)
    expect(hint).to_be_visible()
    inside.select(page, "kind=dam")
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_in_place(desktop_page: Page, exported: Path, language: str) -> None:
    page = opened(desktop_page, exported, "show=cku_railway")
    page.locator(f"#bar [data-lang='{language}']").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#title")).to_have_text(words(language)["title"])
    texts = page.evaluate("document.body.innerText")
    assert "undefined" not in texts
    assert "NaN" not in texts
    if language == "bn":
        assert page.locator(".plate-labels text[letter-spacing], .plate-labels text[font-style]").count() == 0


def test_search_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.keyboard.press("/")
    page.keyboard.type("dostyk")
    wait_until(page, inside.selection_of, Selection(q="dostyk"))
    assert 0 < inside.number_of_rows(page) < len(inside.all_rows_of(page))
    page.keyboard.press("Escape")
    wait_until(page, inside.selection_of, Selection())


def test_the_years_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#axis .handle").focus()
    page.keyboard.press("Home")
    first = read_styles(CATALOG / "styles.toml")["years"]["first"]
    wait_until(page, inside.selection_of, Selection(year=first))
    assert page.evaluate("document.activeElement.classList.contains('handle')") is True
    page.keyboard.press("ArrowRight")
    wait_until(page, inside.selection_of, Selection(year=first + 1))


def test_a_card_opens_closes_and_gives_the_focus_back(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#tablebutton").click()
    name = page.locator("#table tbody .link").first
    name.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("!!document.activeElement.closest('#table')") is True


def test_sources_are_links_with_publisher(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "show=cku_railway")
    links = page.locator("#card .sources a")
    assert links.count() > 0
    for link in links.all():
        assert (link.get_attribute("href") or "").startswith("http")
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_worldview_changes_lines_and_not_rows(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    border = page.locator(".plate-borders path").first
    before, shown = border.get_attribute("d"), inside.number_of_rows(page)
    assert before
    page.locator("#worldview").select_option("in")
    assert border.get_attribute("d") != before
    assert inside.number_of_rows(page) == shown
    assert "worldview=in" in page.url
    page.evaluate("location.hash = ''")
    wait_until(page, lambda page: inside.state_of(page).worldview, None)
    expect(page.locator("#worldview")).to_have_value("")
    assert border.get_attribute("d") == before


def test_every_story_shows_something_and_is_taken_back(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    everything = inside.number_of_rows(page)
    assert shipped.catalog.stories
    for id_, story in shipped.catalog.stories.items():
        inside.choose_story(page, id_)
        assert inside.number_of_rows(page) > 0, id_
        if story.is_told:
            inside.leave_story(page)
            assert inside.state_of(page).rows == everything
            continue
        expect(page.get_by_role("button", name=story.title.en, exact=True)).to_have_attribute("aria-pressed", "true")
        inside.choose_story(page, id_)
        state = inside.state_of(page)
        assert (state.rows, state.colour, state.flow) == (everything, None, False), id_


def test_an_agreement_shades_its_parties_by_year(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "project=wto")
    today = inside.shaded(page)
    inside.select(page, "project=wto&year=2000")
    then = inside.shaded(page)
    assert set(then) < set(today)
    assert page.locator(".plate-shade path").count() > 0


def test_the_line_style_is_in_the_address(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "style=gauge,flow")
    state = inside.state_of(page)
    assert (state.colour, state.flow) == ("gauge", True)
    assert page.locator(".plate-lines path[stroke*='--gauge-1520']").count() > 0


def test_the_theme_is_a_switch_of_colours(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#bar .tools button").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert "theme=dark" in page.url


def test_the_map_in_another_page(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    inner = render_page(shipped, Selection(country=("KGZ", "UZB")), View(embed=True))
    outer = "<!doctype html><link rel=icon href='data:,'><iframe sandbox='allow-scripts' width=900 height=600></iframe>"
    page = desktop_page
    page.goto(written(tmp_path / "outer.html", outer).as_uri())
    page.evaluate("addEventListener('message', event => (window.heard ||= []).push(event.data))")
    page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", inner)
    wait_until(page, "window.heard?.some(message => message.type === 'sco:ready')")
    frame = page.frames[1]
    say = "message => document.querySelector('iframe').contentWindow.postMessage(message, '*')"
    page.evaluate(say, {"type": "sco:address", "address": "country=UZB&year=2015&lang=zh&theme=dark"})
    wait_until(frame, inside.selection_of, Selection(country=("UZB",), year=2015))
    wait_until(frame, "document.documentElement.lang", "zh")
    wait_until(frame, "document.documentElement.dataset.theme", "dark")
    page.evaluate(say, {"type": "sco:show", "id": "cku_railway"})
    expect(frame.locator("#card")).to_be_visible()
    frame.locator("#card .close").click()
    wait_until(frame, inside.selection_of, Selection(country=("UZB",), year=2015))
    wait_until(page, "window.heard.some(({type, address}) => type === 'sco:address' && !address.includes('show='))")
    expect(frame.locator("#panel")).to_be_hidden()
    expect(frame.locator("#time")).to_be_visible()


def test_the_sheet_of_the_phone(phone_page: Page, exported: Path) -> None:
    page = opened(phone_page, exported)
    grab = page.locator("#grab")
    grab.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("body")).to_have_attribute("data-sheet", "peek")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("body")).to_have_attribute("data-sheet", "full")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
