"""Numbers in words: plurals by the rules of each language, digits and spaces."""

from __future__ import annotations

import pytest

from sco_map.model.numbers import number_text, plural_of


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("en", 1, "one"), ("en", 0, "other"), ("en", 21, "other"),
        ("bn", 0, "one"), ("bn", 1, "one"), ("bn", 2, "other"),
        ("ru", 1, "one"), ("ru", 21, "one"), ("ru", 11, "many"), ("ru", 3, "few"), ("ru", 12, "many"),
        ("ru", 24, "few"), ("ru", 5, "many"), ("ru", 100, "many"),
        ("zh", 1, "other"),
    ],
)  # fmt: skip
def test_plurals(language: str, number: int, form: str) -> None:
    assert plural_of(number, language) == form


def test_thousands_are_split_as_the_page_splits_them() -> None:
    assert number_text(12345, "en") == "12\u202f345"
    assert number_text(12345, "bn") == "১২,৩৪৫"
    assert number_text(-1234567, "bn") == "-১২,৩৪,৫৬৭"
    assert number_text(234, "bn") == "২৩৪"
