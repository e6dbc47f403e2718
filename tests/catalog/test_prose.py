"""Texts for readers are found in the whole catalog, and their translations are kept while it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from sco_map.catalog import examine, files_beside, read_catalog
from sco_map.catalog.prose import GENERAL, Text, read_prose, renewed, texts, translations_in
from sco_map.catalog.rules.prose import added_numbers, lost_numbers, prose_faults
from sco_map.catalog.translations import in_prose
from sco_map.files import UnreadableError
from sco_map.layers.write import replace_file

Spoil = Callable[..., Path]


def wanted(folder: Path) -> dict[str, Text]:
    """Return the texts of a catalog."""
    return texts(read_catalog(folder), files_beside(folder))


def renew(folder: Path) -> None:
    """Write the files of translations of a catalog."""
    for file, content in renewed(read_catalog(folder), files_beside(folder)):
        replace_file(file, content)


def translate(folder: Path, part: str, english: str, words: str, *, language: str = "ru", fuzzy: bool = False) -> None:
    """Write a translation into a file, as a translator would."""
    path = folder / "prose" / language / f"{part}.po"
    file = polib.pofile(str(path), wrapwidth=0)
    entry = file.find(english)
    entry.msgstr = words
    entry.flags = ["fuzzy"] if fuzzy else []
    file.save()


def test_texts_are_in_the_part_of_their_layer_and_in_the_order_of_the_files(spoil: Spoil, folder: Path) -> None:
    spoil("projects/old_line.toml", 'id = "pap_port"', 'id = "pap_port"\nnote = "Quay of 300 m"\nowner = "Port of Pap"')
    spoil("projects/new_line.toml", "capacity = 12", 'capacity = 12\nsummary = "Over."\nowner = "New line LLC"')
    found = wanted(folder)
    assert [text.english for text in found.values() if text.part == "rails"] == [
        "Over.",
        "New line LLC",
        "Quay of 300 m",
        "Port of Pap",
    ]
    assert found["Quay of 300 m"].places == ["projects/old_line.toml#pap_port"]
    assert found["Quay of 300 m"].fields == ["note"]
    assert [text.english for text in found.values() if text.part == GENERAL] == ["Met", "All.", "None."]


def test_what_a_length_covers_is_a_text_only_in_free_words(spoil: Spoil, folder: Path) -> None:
    spoil(
        "projects/new_line.toml",
        '{ km = 300, scope = "all", source = "gazette" }',
        '{ km = 300, scope = "all" }, { km = 90, scope = "UZB" }, { km = 80, scope = "new_line__makmal_andijan" }, '
        '{ km = 70, scope = "the first stage" }',
    )
    assert {text.english for text in wanted(folder).values() if "scope" in text.fields} == {"the first stage"}


def test_what_a_row_has_from_its_project_is_a_text_of_the_project_alone(spoil: Spoil, folder: Path) -> None:
    spoil("projects/new_line.toml", "capacity = 12", 'capacity = 12\nthroughout = ["owner"]\nowner = "New line LLC"')
    assert wanted(folder)["New line LLC"].places == ["projects/new_line.toml"]


def test_a_text_of_two_parts_is_translated_once(spoil: Spoil, folder: Path) -> None:
    spoil("projects/new_line.toml", "capacity = 12", 'capacity = 12\nnote = "Met"')
    assert wanted(folder)["Met"].part == "rails"
    assert wanted(folder)["Met"].places == ["projects/new_line.toml", "events.csv#summit_2004"]


def test_renewing_twice_writes_the_same_bytes(folder: Path) -> None:
    renew(folder)
    before = {file: file.read_bytes() for file in folder.glob("prose/*/*.po")}
    assert {file.relative_to(folder).as_posix() for file in before} == {
        f"prose/{language}/general.po" for language in ("bn", "ru", "zh")
    }
    renew(folder)
    assert {file: file.read_bytes() for file in folder.glob("prose/*/*.po")} == before


def test_renewing_keeps_translations_that_are_needed_wherever_they_are(spoil: Spoil, folder: Path) -> None:
    spoil("projects/new_line.toml", "capacity = 12", 'capacity = 12\nnote = "As planned"')
    renew(folder)
    translate(folder, "rails", "As planned", "По плану")
    translate(folder, GENERAL, "Met", "Встреча")
    translate(folder, GENERAL, "None.", "Нет.")
    spoil("projects/new_line.toml", 'note = "As planned"', 'note = "Met"')
    renew(folder)
    assert read_prose(folder, "ru") == {"Met": "Встреча", "None.": "Нет."}
    assert [one.english for one in translations_in(folder / "prose" / "ru" / "rails.po")] == ["Met"]


def test_a_text_that_is_a_name_begins_with_that_name(spoil: Spoil, folder: Path) -> None:
    spoil("rivers.csv", "naryn_river,Naryn,,,,", "naryn_river,Naryn,নারিন,Нарын,纳伦河,")
    spoil("projects/old_line.toml", 'id = "pap_port"', 'id = "pap_port"\nriver = "Naryn"')
    renew(folder)
    assert read_prose(folder, "zh") == {"Naryn": "纳伦河"}


def test_an_unsure_translation_is_kept_but_not_shown(folder: Path) -> None:
    renew(folder)
    translate(folder, GENERAL, "Met", "Встреча", fuzzy=True)
    renew(folder)
    assert read_prose(folder, "ru") == {}
    (kept,) = [one for one in translations_in(folder / "prose" / "ru" / "general.po") if one.words]
    assert (kept.english, kept.words, kept.is_unsure) == ("Met", "Встреча", True)


def test_what_lacks_a_translation_is_listed_by_file_and_place(folder: Path) -> None:
    renew(folder)
    translate(folder, GENERAL, "Met", "Встреча")
    missing = [one for one in in_prose(read_catalog(folder)) if one.language == "ru"]
    assert [one.english for one in missing] == ["All.", "None."]
    assert (missing[0].file, missing[0].entry) == ("prose/ru/general.po", "layers.toml#rails, inclusion: All.")


def test_a_file_that_is_not_po_is_named_with_its_line(folder: Path) -> None:
    renew(folder)
    file = folder / "prose" / "ru" / "general.po"
    file.write_text(file.read_text(encoding="utf-8") + "half a line", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"is not a gettext PO file: line \d+ is wrong"):
        translations_in(file)


def faults(folder: Path) -> list[str]:
    """Return what the check says of the files of translations."""
    return [str(fault) for fault in prose_faults(read_catalog(folder), files_beside(folder))]


def test_a_catalog_without_translations_is_right(folder: Path) -> None:
    assert faults(folder) == []
    renew(folder)
    assert faults(folder) == []


def test_a_file_that_is_out_of_date_says_how_it_is_renewed(spoil: Spoil, folder: Path) -> None:
    renew(folder)
    spoil("events.csv", ",Met,", ",Held,")
    assert [fault for fault in faults(folder) if "prose/bn" in fault] == [
        "prose/bn/general.po: lacks 1 text of the catalog, such as 'Held'; run python -m sco_map build prose",
        "prose/bn/general.po: has 1 text that the catalog does not have here, such as 'Met'; "
        "run python -m sco_map build prose",
    ]


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("ru", "Встреча ", "the translation begins or ends with white space"),
        ("ru", "=Встреча", "the translation begins with '=', which a spreadsheet runs as a formula; begin with a word"),
        ("ru", "<b>Встреча</b>", "the translation contains HTML; write plain text"),
        ("ru", "Held", "the translation has no Cyrillic letters; translate it, or keep the English words"),
        ("bn", "Встреча", "the translation has Cyrillic letters; write it in Bengali"),
        ("zh", "2004年举行", "the translation has 2004, which the English text does not say"),
        ("ru", "Вст\u00adреча", "the translation contains the invisible character U+00AD; remove it"),
    ],
)
def test_what_is_wrong_with_a_translation_is_said(folder: Path, language: str, words: str, said: str) -> None:
    renew(folder)
    translate(folder, GENERAL, "Met", words, language=language)
    assert faults(folder) == [f"prose/{language}/general.po, line 9, 'Met': {said}"]


def test_a_name_may_stay_as_it_is_in_english(folder: Path) -> None:
    renew(folder)
    translate(folder, GENERAL, "Met", "Met", language="zh")
    assert faults(folder) == []


def test_a_text_that_is_there_twice_and_files_of_nothing_are_named(folder: Path) -> None:
    renew(folder)
    file = folder / "prose" / "ru" / "general.po"
    file.write_text(file.read_text(encoding="utf-8") + '\nmsgid "Met"\nmsgstr "Встреча"\n', encoding="utf-8")
    (folder / "prose" / "ru" / "generel.po").write_text('msgid "Met"\nmsgstr ""\n', encoding="utf-8")
    (folder / "prose" / "zn").mkdir()
    assert faults(folder) == [
        "prose/zn: unknown language 'zn'; known are bn, ru, zh",
        "prose/ru/general.po, 'Met': the text is there 2 times; keep one of them",
        "prose/ru/generel.po: unknown part 'generel'; did you mean 'general'?",
    ]


UNITS = """
[km]
english = ["km"]
bn = ["কিমি"]
ru = ["км", "километр"]
zh = ["公里"]
[billion]
english = ["billion"]
bn = ["বিলিয়ন"]
ru = ["млрд"]
zh = ["亿"]
[cubic_metres]
english = ["cubic metres"]
bn = ["ঘনমিটার"]
ru = ["м³", "куб. м"]
zh = ["立方米"]
"""


def test_a_unit_that_is_lost_is_named_with_how_it_is_written(spoil: Spoil, folder: Path) -> None:
    spoil("events.csv", ",Met,", ",55 billion cubic metres over 12 km at 40 km/h,")
    (folder / "prose").mkdir()
    (folder / "prose" / "units.toml").write_text(UNITS, encoding="utf-8")
    renew(folder)
    english = "55 billion cubic metres over 12 km at 40 km/h"
    translate(folder, GENERAL, english, "55 млрд\u00a0куб.\u00a0м на 12 километрах при 40 в час")
    translate(folder, GENERAL, english, "12公里每年550立方米，时速40", language="zh")
    assert [fault.partition(": ")[2] for fault in faults(folder)] == [
        "the translation has lost the unit billion; write 亿, or add what it is to prose/units.toml"
    ]


def test_a_catalog_says_what_is_wrong_with_its_units(folder: Path) -> None:
    (folder / "prose").mkdir()
    (folder / "prose" / "units.toml").write_text('[km]\nenglish = []\nbn = ["x"]\nru = ["x"]\nzh = ["x"]\n', "utf-8")
    _, problems = examine(folder, whole=True)
    assert "prose/units.toml, [km]: english [] must have at least 1 entry" in map(str, problems)


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("4.7 billion dollars; 18 of 29 tunnels", "47亿美元；29座隧道已开工18座"),
        ("Six years from July 2025", "自2025年7月起6年"),
        ("1,435 mm over 12,500 km", "1435 мм на протяжении 12 500 км"),
        ("532.53 km", "532,53 км"),
        ("About 2.3–2.35 bn", "প্রায় ২.৩–২.৩৫ শত কোটি"),
        ("Ratified 2015-10-22", "Ратифицировано 22 октября 2015 года"),
        ("Built in the 1990s", "建于20世纪90年代"),
        ("Built in 1987–88", "1987年至1988年建成"),
        ("Built in 1987–88", "Построен в 1987–88 годах"),
        ("Twenty-eight stations", "28 станций"),
        ("55 bn cubic metres a year", "每年550亿立方米"),
        ("Phase 1 finished, phase 2 begun", "一期完工，二期动工"),
        ("All plants except Kambarata-1", "除卡姆巴拉塔一号外的所有电站"),
    ],
)
def test_figures_may_be_written_as_a_language_does(english: str, words: str) -> None:
    assert (lost_numbers(english, words), added_numbers(english, words)) == ([], [])


@pytest.mark.parametrize(
    ("english", "words", "lost", "added"),
    [
        ("523 km in 2024", "523 км", ["2024"], []),
        ("523 km", "532 км", ["523"], ["532"]),
        ("4.7 billion", "4,8 млрд", ["4.7"], []),
        ("Since 1990", "自90年", ["1990"], []),
        ("Phase 2 begun", "一期动工", ["2"], []),
        ("1 of 29 tunnels", "29座隧道中的一座", ["1"], []),
    ],
)
def test_a_figure_that_is_lost_or_new_is_named(english: str, words: str, lost: list[str], added: list[str]) -> None:
    assert (lost_numbers(english, words), added_numbers(english, words)) == (lost, added)
