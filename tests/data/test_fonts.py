"""The fonts that are shipped: they cover every text that the page may show, and say whose they are."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from sco_map.layers.page_fonts import FONTS, covered_by, not_covered, read_settings, uncovered, used_characters
from sco_map.paths import CATALOG, GEODATA

FONTS_OF_ALL = read_settings()


@pytest.fixture(scope="module")
def covered():
    """Return the code points that some font of the page sets."""
    found = set()
    for font in FONTS_OF_ALL:
        with (FONTS / font["file"]).open("rb") as file:
            found |= covered_by(font, file)
    return found


def test_every_shown_character_is_covered_or_listed(covered):
    missing = uncovered(used_characters(CATALOG, GEODATA, {}), covered | not_covered())
    assert not missing, f"make renew cuts the fonts for {' '.join(map(chr, sorted(missing)))}"


def test_what_is_listed_as_missing_is_missing(covered):
    assert not not_covered() & covered


@pytest.mark.parametrize("font", FONTS_OF_ALL, ids=lambda font: font["file"])
def test_a_font_says_whose_it_is(font):
    with TTFont(FONTS / font["file"]) as loaded:
        names = loaded["name"]
        assert loaded.flavor == "woff2"
        assert names.getDebugName(0)
        assert "Open Font License" in names.getDebugName(13)
