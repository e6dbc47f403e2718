"""The fonts inside the page: what they are cut to, what they keep, and what happens when one lacks a character."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from fontTools.ttLib import TTFont

from sco_map.catalog import Catalog
from sco_map.layers import page_fonts
from sco_map.layers.page_fonts import (
    FONTS,
    characters,
    code_points,
    cut,
    font_files,
    kept,
    read_settings,
    used_characters,
    wanted_characters,
)
from sco_map.layers.rows.pieces import BuildError
from sco_map.paths import PACKAGE

CHINESE = ord("铁")
SETTINGS_OF_ALL = read_settings()


def used_in(monkeypatch, tmp_path, text):
    """Return the fonts that a catalog with one text gives, each cut from its shipped file."""
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(page_fonts, "TEXTS", ())
    monkeypatch.setattr(page_fonts, "registered", lambda source, catalog: source)
    shipped = {font["source"]: FONTS / font["file"] for font in SETTINGS_OF_ALL}
    monkeypatch.setattr(page_fonts, "find_input", lambda source: SimpleNamespace(path=shipped[source], origin="here"))
    monkeypatch.setattr(page_fonts, "cut", lambda path, font, used: path.read_bytes())
    return list(font_files(cast(Catalog, SimpleNamespace(path=tmp_path)), tmp_path, tmp_path / "fonts"))


def test_a_text_in_characters_that_a_font_has_is_accepted(monkeypatch, tmp_path):
    assert [file.name for file, _, _ in used_in(monkeypatch, tmp_path, "Ош, ওশ, 奥什 ▮")] == [
        font["file"] for font in SETTINGS_OF_ALL
    ]


def test_a_character_that_no_font_has_is_named_with_its_file(monkeypatch, tmp_path):
    with pytest.raises(BuildError) as error:
        used_in(monkeypatch, tmp_path, "Osh \u2708 and \u200d")
    assert error.value.problems == (
        "one.toml: no font of the page has \u2708 (U+2708); "
        "write it otherwise, or list it under not_covered in fonts.toml",
    )


def test_a_script_that_no_font_is_for_is_left_to_the_readers_system(monkeypatch, tmp_path):
    assert used_in(monkeypatch, tmp_path, "راه‌آهن")


def test_bengali_keeps_its_conjuncts():
    with TTFont(FONTS / "sans_bengali.woff2") as font:
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert {"half", "akhn", "pres", "blwf"} <= features
        assert len(font.getGlyphOrder()) > 2 * len(font.getBestCmap())
        assert "GPOS" in font


def test_ranges_are_read_as_written():
    assert code_points(["0041-0043", "0451"]) == {0x41, 0x42, 0x43, 0x451}


def test_escaped_characters_count_too():
    assert {0x2009, 0x25AE} <= characters('say("\\u2009") content:"\\25AE"')


def test_a_font_keeps_what_is_used_of_its_range_and_what_it_has_in_any_case():
    font = {"unicode": ["0041-005A"], "always": ["0030-0031"]}
    assert wanted_characters(font, {0x41, 0x61}) == {0x41, 0x30, 0x31}


def test_equal_input_gives_equal_bytes():
    source, font = FONTS / "serif_italic.woff2", {**SETTINGS_OF_ALL[-1], "axes": {}}
    assert cut(source, font, set()) == cut(source, font, set())


def test_a_font_that_only_another_packer_wrote_is_kept(tmp_path, monkeypatch):
    file = tmp_path / "font.woff2"
    assert kept(file, b"new") == b"new"
    file.write_bytes(b"old")
    monkeypatch.setattr(page_fonts, "tables", lambda content: {"cmap": b"same"})
    assert kept(file, b"new") == b"old"
    monkeypatch.setattr(page_fonts, "tables", lambda content: {"cmap": content})
    assert kept(file, b"new") == b"new"


def test_translations_of_texts_for_readers_do_not_make_the_fonts_larger(tmp_path: Path) -> None:
    (tmp_path / "prose" / "zh").mkdir(parents=True)
    (tmp_path / "prose" / "zh" / "general.po").write_text('msgid "Met"\nmsgstr "魑魅魍魉"\n', encoding="utf-8")
    (tmp_path / "prose" / "units.toml").write_text('zh = ["魍"]', encoding="utf-8")
    assert not set(map(ord, "魑魅魍魉")) & used_characters(tmp_path, tmp_path, {})


def test_a_card_in_chinese_is_set_in_the_font_of_the_system_before_the_one_inside() -> None:
    css = (PACKAGE / "page" / "assets" / "css" / "page.css").read_text(encoding="utf-8")
    families = css.partition(":lang(zh) #card{font-family:")[2].partition("}")[0].split(",")
    own = {f'"{font["family"]}"' for font in read_settings() if CHINESE in code_points(font["unicode"])}
    assert own == {'"Map Chinese"'}
    assert families[-2:] == ['"Map Chinese"', "sans-serif"]
    assert {'"PingFang SC"', '"Microsoft YaHei"', '"Noto Sans CJK SC"'} <= set(families)
