"""Words around the map: names of values, sums in the digits of a language, and texts that Markdown leaves alone."""

from __future__ import annotations

import pytest

from sco_map.app.words import naming, number, plain
from sco_map.atlas import Atlas
from sco_map.model.columns import COLUMNS


def test_numbers_are_written_in_the_digits_of_the_language() -> None:
    assert [number(12345, language) for language in ("en", "bn")] == ["12\u202f345", "১২,৩৪৫"]


def test_every_register_that_columns_name_has_names(shipped: Atlas) -> None:
    for register in {column.words for column in COLUMNS if column.words}:
        assert naming(shipped, register, "ru")("no_such_value") == "no_such_value"
    assert naming(shipped, "countries", "ru")("UZB") == "Узбекистан"
    assert naming(shipped, "vocabulary.kind", "en")("rail") == "railway"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pipes ![x](http://a.invalid/leak.png)", "Pipes !\\[x\\](http\u2060\\://a.invalid/leak.png)"),
        ("www.leak.invalid", "www\u2060.leak.invalid"),
        ("somebody@leak.invalid", "somebody\u2060@leak.invalid"),
        ("1. a list", "\u20601. a list"),
        ("- a list", "\u2060- a list"),
        ("<b>bold</b> &amp; **bold**", "\\<b\\>bold\\</b\\> \\&amp; \\*\\*bold\\*\\*"),
        ("two\nlines", "two  \nlines"),
        ("unknown country 'KZ'; did you mean 'KAZ'?", "unknown country 'KZ'; did you mean 'KAZ'?"),
    ],
)
def test_text_is_neither_markup_nor_link(text: str, shown: str) -> None:
    assert plain(text) == shown
