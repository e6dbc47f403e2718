"""Texts for readers are on the page once, in the languages of the page, with a number wherever they are used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sco_map.atlas import Atlas
from sco_map.atlas.prose import gauges_of_lines
from sco_map.catalog import files_beside
from sco_map.catalog.prose import Prose, texts
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.page import View, render_page
from sco_map.page.payload import (
    WITH_PROSE,
    carried_by,
    ground_texts,
    head_payload,
    layer_payload,
    packed_head,
    packed_rows,
    sent_once,
    without_english,
)
from sco_map.page.prose import page_languages, spoken
from sco_map.page.squeeze import unpacked
from sco_map.page.styles import read_styles
from tests.e2e.page import opened
from tests.page import tiny

PROSE = Prose(
    {
        "ru": {"One": "Один", "Two": "Два"},
        "zh": {"One": "一", "Two": "二", "One; Two": "一和二"},
    }
)


def test_a_text_is_in_every_language_that_has_it() -> None:
    assert PROSE.texts("One", LANGUAGES) == {"en": "One", "ru": "Один", "zh": "一"}
    assert PROSE.texts("One", ("en", "zh")) == {"en": "One", "zh": "一"}
    assert PROSE.texts("Three", LANGUAGES) == {"en": "Three"}


def test_a_text_of_several_statements_is_made_of_theirs_unless_it_has_its_own() -> None:
    assert PROSE.in_language("Two; One", "ru") == "Два; Один"
    assert PROSE.in_language("Two; One", "zh") == "二；一"
    assert PROSE.in_language("One; Two", "zh") == "一和二"
    assert PROSE.in_language("One; Three", "ru") is None


def test_names_in_other_languages_are_left_out_however_deep() -> None:
    value = {"title": {"en": "Map", "ru": "Карта", "zh": "地图"}, "parts": [{"name": {"en": "A", "bn": "ক"}, "en": 1}]}
    assert spoken(value, ("en", "ru")) == {
        "title": {"en": "Map", "ru": "Карта"},
        "parts": [{"name": {"en": "A"}, "en": 1}],
    }


def test_the_light_page_speaks_its_own_language_and_english() -> None:
    assert page_languages(False, "ru") == LANGUAGES
    assert page_languages(True, "ru") == ("en", "ru")
    assert page_languages(True, "en") == ("en",)


@pytest.fixture(scope="module")
def russian(shipped: Atlas) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return head and layers of a page in English and Russian."""
    styles = read_styles(shipped.catalog.path / "styles.toml")
    head = head_payload(shipped, shipped.rows, styles, {}, languages=("en", "ru"))
    carried = carried_by(head, shipped)
    layers = [layer_payload(id_, rows, carried, light=True) for id_, rows in shipped.rows.groupby("layer", sort=False)]
    return head, layers


def letters_of(value: Any) -> str:
    """Return all texts inside a value, one after the other."""
    if isinstance(value, dict):
        return " ".join(map(letters_of, value.values()))
    if isinstance(value, list | tuple):
        return " ".join(map(letters_of, value))
    return value if isinstance(value, str) else ""


def test_a_page_of_two_languages_has_no_word_of_the_others(shipped: Atlas, russian: Any) -> None:
    head, layers = russian
    ground, _ = ground_texts(shipped.ground, light=True, languages=("en", "ru"))
    named = {key: value for key, value in head.items() if key != "sources"}
    for text in (letters_of(named), letters_of(layers), unpacked(ground)):
        assert not [letter for letter in text if "\u0980" <= letter <= "\u09ff"], "Bengali"
        assert not [letter for letter in text if "\u4e00" <= letter <= "\u9fff"], "Chinese"
    assert "железная дорога" in letters_of(head["vocabulary"])


def test_the_light_page_has_a_text_in_english_only_where_its_language_lacks_it() -> None:
    assert without_english({"en": "One", "ru": "Один"}) == {"ru": "Один"}
    assert without_english({"en": "Three"}) == {"en": "Three"}


def test_no_text_travels_twice(russian: Any) -> None:
    head, layers = russian
    once = sent_once(head, layers)
    english = [text[FIRST] for text in once.texts]
    assert len(english) == len(set(english)) > 1_000
    parts = {name: packed_head(head, once)[name] for name in WITH_PROSE}
    sent = letters_of([parts, packed_rows(layers, once)])
    assert [text for text in english if len(text) > 40 and text in sent] == []


def test_the_note_of_a_break_of_gauge_is_made_of_the_titles_of_its_lines(shipped: Atlas, russian: Any) -> None:
    _, layers = russian
    rows = [row for layer in layers for row in layer["rows"] if row["kind"] == "gauge_change"]
    assert rows
    titles = gauges_of_lines(shipped, "ru")
    for row in rows:
        assert row["note"]["ru"] == "; ".join(titles[part] for part in row["note"]["en"].split("; "))
        assert " мм: " in row["note"]["ru"]


def test_what_a_length_covers_is_a_code_or_a_text(shipped: Atlas, russian: Any) -> None:
    head, _ = russian
    scopes = [
        length["scope"] for project in head["projects"].values() for length in project.get("published_lengths", [])
    ]
    codes = {scope for scope in scopes if isinstance(scope, str)}
    assert codes <= {"all", *shipped.catalog.countries, *shipped.catalog.segments}
    assert any(isinstance(scope, dict) for scope in scopes)


def test_every_text_of_a_row_is_one_that_translators_have(shipped: Atlas, russian: Any) -> None:
    head, layers = russian
    known = {*texts(shipped.catalog, files_beside(shipped.catalog.path)), *gauges_of_lines(shipped, "ru")}
    places = {place.name_en for place in shipped.catalog.places.values()}
    rivers = {river.name_en for river in shipped.catalog.rivers.values()}
    ways = [way for project in shipped.catalog.projects.values() for way in project.ways]
    in_all_languages = {entry.scope.en for way in ways for entry in way.carriage}
    said = {text[FIRST] for text in sent_once(head, layers).texts}
    alone = {text for text in said if text not in known and not set(text.split("; ")) <= known}
    assert alone <= places | rivers | in_all_languages


def test_a_card_marks_what_its_language_lacks_as_english(desktop_page: Page, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(render_page(tiny.atlas(tmp_path), view=View(lang="ru")), encoding="utf-8")
    card = opened(desktop_page, path, "show=silk_east__new").locator("#card .history")
    assert card.locator("[lang=en]").all_inner_texts() == ["The builder"]


def test_the_light_page_has_other_names_in_the_letters_of_its_language_alone(shipped: Atlas) -> None:
    looks = read_styles(shipped.catalog.path / "styles.toml")
    for languages, has, lacks in ((("en",), "Alma-Ata", "Алма-Ата"), (("en", "ru"), "Алма-Ата", "Alma-Ata")):
        also = head_payload(shipped, shipped.rows, looks, {}, languages=languages, light=True)["also"]
        assert has in also["place:almaty"]
        assert lacks not in also["place:almaty"]
    whole = head_payload(shipped, shipped.rows, looks, {})["also"]["place:almaty"]
    assert {"Alma-Ata", "Алма-Ата"} < set(whole)
