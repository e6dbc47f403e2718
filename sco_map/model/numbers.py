"""Numbers in the words of a language: which plural a number takes, and how it is written."""

from __future__ import annotations

BENGALI_DIGITS = str.maketrans("0123456789.", "০১২৩৪৫৬৭৮৯.")
THIN_SPACE = "\u2009"

ONE, FEW, MANY, OTHER = "one", "few", "many", "other"


def plural_of(number: int, language: str) -> str:
    """Return which form a whole number takes in a language: one, few, many or other (Unicode CLDR)."""
    if language == "ru":
        if number % 10 == 1 and number % 100 != 11:
            return ONE
        return FEW if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else MANY
    if language == "bn":
        return ONE if number in (0, 1) else OTHER
    return ONE if language == "en" and number == 1 else OTHER


def number_text(value: int, language: str) -> str:
    """Return a whole number in the digits of a language, with thin spaces between thousands."""
    text = f"{value:,}".replace(",", THIN_SPACE)
    return text.translate(BENGALI_DIGITS) if language == "bn" else text
