"""What falls back to English is found, wherever it is written, and counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sco_map.catalog import Catalog, read_catalog
from sco_map.catalog.translations import (
    Missing,
    everywhere,
    in_catalog,
    in_lines,
    in_prose,
    in_tables,
    in_words,
    summary,
)

ALL = ("bn", "ru", "zh")
LOCALE = Path(__file__).resolve().parents[2] / "sco_map" / "locale"

Spoil = Callable[..., Path]


@pytest.fixture(scope="module")
def shipped() -> list[Missing]:
    """Look once at everything that is shipped."""
    return everywhere(read_catalog(), LOCALE)


def found(catalog: Catalog, file: str) -> set[tuple[str, str]]:
    """Return entry and language of what is missing in one file."""
    return {(one.entry, one.language) for one in in_catalog(catalog) if one.file == file}


def test_small_catalog_has_english_alone(folder: Path) -> None:
    missing = in_catalog(read_catalog(folder))
    files = {one.file for one in missing}
    assert files == {
        "countries.toml",
        "events.csv",
        "layers.toml",
        "places.csv",
        "projects/new_line.toml",
        "projects/old_line.toml",
        "rivers.csv",
        "vocabulary.toml",
    }
    assert Missing("rivers.csv", "zh", "naryn_river", "Naryn") in missing


def test_shape_points_have_no_name_to_translate(folder: Path) -> None:
    assert found(read_catalog(folder), "places.csv") == {
        (place, language) for place in ("andijan", "makmal", "pap") for language in ALL
    }


def test_shape_point_where_a_line_ends_is_part_of_its_title(spoil: Spoil, folder: Path) -> None:
    spoil("projects/old_line.toml", 'via = ["pap", "andijan"]', 'via = ["pap", "halfway"]')
    assert ("halfway", "ru") in found(read_catalog(folder), "places.csv")


def test_translated_name_is_not_missing(spoil: Spoil, folder: Path) -> None:
    spoil("places.csv", "andijan,Andijan,,,,", "andijan,Andijan,আন্দিজান,Андижан,,")
    assert {language for entry, language in found(read_catalog(folder), "places.csv") if entry == "andijan"} == {"zh"}


def test_title_of_a_row_counts_only_when_it_has_one(spoil: Spoil, folder: Path) -> None:
    spoil("projects/old_line.toml", 'id = "pap_port"', 'id = "pap_port"\ntitle = { en = "Pap port", ru = "Порт Пап" }')
    assert found(read_catalog(folder), "projects/old_line.toml") == {
        *(("old_line", language) for language in ALL),
        ("pap_port", "bn"),
        ("pap_port", "zh"),
    }


def test_tables_are_searched_however_deep() -> None:
    tables = {
        "theme": [
            {"title": {"en": "Routes to the sea", "ru": "К морю", "bn": "সাগরপথ", "zh": "出海通道"}},
            {"title": {"en": "Late"}},
        ],
        "colour": {"rail": "#123456", "name": {"en": "Railway", "ru": "", "bn": "রেলপথ", "zh": "铁路"}},
        "width": 3,
    }
    assert in_tables("styles.toml", tables) == [
        *(Missing("styles.toml", language, "theme 2 title", "Late") for language in ALL),
        Missing("styles.toml", "ru", "colour name", "Railway"),
    ]


def test_lines_of_a_table_are_searched() -> None:
    lines = [
        {"name_en": "Taiz", "name_bn": "", "name_ru": "Таиз", "name_zh": "塔伊兹"},
        {"name_en": "Bend", "name_bn": "", "name_ru": "", "name_zh": "", "kind": "helper"},
    ]
    assert in_lines("cities.csv", lines) == [Missing("cities.csv", "bn", "Taiz", "Taiz")]


def test_words_need_the_general_form_and_tables_of_others_count() -> None:
    words = {
        "en": {"reset": "Reset", "rows_one": "{n} row", "rows_other": "{n} rows", "app": {"map": "Map"}},
        "bn": {"reset": "রিসেট", "rows_other": "{n}টি সারি", "app": {"map": "মানচিত্র"}},
        "ru": {"reset": "Сброс", "rows_one": "{n} строка", "app": {}},
        "zh": {"reset": "重置", "rows_other": "{n}行", "app": {"map": "地图"}},
    }
    assert [(one.file, one.entry) for one in in_words(words)] == [
        ("locale/ru.toml", "rows_other"),
        ("locale/ru.toml", "app.map"),
    ]


def test_language_without_a_file_lacks_every_word() -> None:
    assert {one.language for one in in_words({"en": {"reset": "Reset"}})} == set(ALL)


def test_summary_counts_by_language_and_lists_by_file() -> None:
    missing = [
        Missing("rivers.csv", "zh", "naryn_river", "Naryn"),
        Missing("places.csv", "zh", "pap", "Pap"),
        Missing("places.csv", "zh", "makmal", "Makmal"),
        Missing("places.csv", "zh", "pap", "Pap"),
    ]
    assert summary(missing) == [
        "shown in English: bn 0, ru 0, zh 3",
        "places.csv, zh: 2",
        "  makmal",
        "  pap",
        "rivers.csv, zh: 1",
        "  naryn_river",
    ]


def test_summary_says_when_nothing_is_missing() -> None:
    assert summary([]) == ["every name, word and text is there in bn, ru, zh"]


def test_files_beside_the_catalog_are_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (folder / "basemap").mkdir()
    (folder / "basemap" / "seas.csv").write_text("id,name_en,name_ru\ncaspian,Caspian Sea,Каспий\n", encoding="utf-8")
    (folder / "styles.toml").write_text(
        '[theme.gas]\ntitle = { en = "Gas", bn = "গ্যাস", zh = "天然气" }\n', encoding="utf-8"
    )
    locale = tmp_path_factory.mktemp("locale")
    for language, text in {"en": 'reset = "Reset"', "bn": "", "ru": 'reset = "Сброс"', "zh": 'reset = "重置"'}.items():
        (locale / f"{language}.toml").write_text(text, encoding="utf-8")
    catalog = read_catalog(folder)
    assert sorted(set(everywhere(catalog, locale)) - set(in_catalog(catalog)) - set(in_prose(catalog))) == [
        Missing("basemap/seas.csv", "bn", "Caspian Sea", "Caspian Sea"),
        Missing("basemap/seas.csv", "zh", "Caspian Sea", "Caspian Sea"),
        Missing("locale/bn.toml", "bn", "reset", "Reset"),
        Missing("styles.toml", "ru", "theme gas title", "Gas"),
    ]


def test_what_is_shipped_falls_back_to_english_in_names_of_places_only(shipped: list[Missing]) -> None:
    assert {one.file for one in shipped} <= {"places.csv", "basemap/cities.csv"}
