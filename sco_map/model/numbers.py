"""Numbers in the words of a language: which plural a number takes, and how it is written."""

from __future__ import annotations

import re

BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
THIN_SPACE = "\u202f"
LAKHS = re.compile(r"(?<=\d)(?=(?:\d\d)*\d{3}$)")
"""Where Bengali has a comma: before the last three digits, and before each two in front of them."""

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
    """Return a whole number as the page writes it: thin spaces between thousands, Bengali in its digits and lakhs."""
    if language == "bn":
        return LAKHS.sub(",", str(value)).translate(BENGALI_DIGITS)
    return f"{value:,}".replace(",", THIN_SPACE)


def year_text(value: int, language: str) -> str:
    """Return a year in the digits of a language."""
    return str(value).translate(BENGALI_DIGITS) if language == "bn" else str(value)


DECIMAL_COMMA = ("ru",)
UNGROUPED = ("zh",)


def running_text(value: float, language: str) -> str:
    """Return a number as a running text of a language has it, with at most two decimals."""
    whole, _, decimals = f"{value:.2f}".rstrip("0").rstrip(".").partition(".")
    text = whole if language in UNGROUPED else number_text(int(whole), language)
    if decimals:
        text += f"{',' if language in DECIMAL_COMMA else '.'}{decimals}"
    return text.translate(BENGALI_DIGITS) if language == "bn" else text
