"""Texts for readers are found in the whole catalog, and their translations are kept while it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from sco_map.catalog import files_beside, read_catalog
from sco_map.catalog.prose import GENERAL, Text, read_prose, renewed, texts, translations_in
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
