"""The fonts inside the page: what they are cut to, that they cover every text, and that they say whose they are."""

from __future__ import annotations

import tomllib
import unicodedata

import pytest
from fontTools.ttLib import TTFont

from sco_map.catalog import read_catalog
from sco_map.layers import page_fonts
from sco_map.layers.page_fonts import (
    FONTS,
    SETTINGS,
    calendar_characters,
    characters,
    code_points,
    covered_by,
    cut,
    kept,
    read_settings,
    used_characters,
    wanted_characters,
)
from sco_map.paths import CATALOG, GEODATA

SETTINGS_OF_ALL = read_settings()
NOT_COVERED = set(map(ord, tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["not_covered"]))
INVISIBLE = ("Cc", "Cf", "Zl", "Zp")


def invisible(code):
    return unicodedata.category(chr(code)) in INVISIBLE


@pytest.fixture(scope="module")
def covered():
    return set().union(*map(covered_by, SETTINGS_OF_ALL))


def told(codes):
    return " ".join(f"{chr(code)} (U+{code:04X})" for code in sorted(codes))


def test_every_shown_character_is_covered_or_listed(covered):
    missing = used_characters(CATALOG, GEODATA, {}) - covered - NOT_COVERED
    missing = {code for code in missing if not invisible(code)}
    assert not missing, f"run python -m sco_map build page_fonts, or list what no font has: {told(missing)}"


@pytest.mark.parametrize("language", ["en", "bn", "ru", "zh"])
def test_titles_of_every_language_are_covered(covered, language):
    catalog = read_catalog()
    titles = [project.title for project in catalog.projects.values()]
    titles += [layer.title for layer in catalog.layers.values()]
    titles += [segment.title for segment in catalog.segments.values() if segment.title]
    names = [getattr(title, language) for title in titles]
    names += [getattr(country.name, language) for country in catalog.countries.values()]
    missing = set().union(*(characters(name) for name in names if name)) - covered - NOT_COVERED
    assert not {code for code in missing if not invisible(code)}, told(missing)


def test_what_is_listed_as_missing_is_missing(covered):
    assert not NOT_COVERED & covered


@pytest.mark.parametrize("font", SETTINGS_OF_ALL, ids=lambda font: font["file"])
def test_a_shipped_font_is_small_and_says_whose_it_is(font):
    file = FONTS / font["file"]
    assert file.stat().st_size < 220_000
    with TTFont(file) as loaded:
        names = loaded["name"]
        assert loaded.flavor == "woff2"
        assert names.getDebugName(0)
        assert "Open Font License" in names.getDebugName(13)


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


def test_dates_are_written_with_covered_characters(covered):
    assert not {code for code in calendar_characters() - covered if not invisible(code)}


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
