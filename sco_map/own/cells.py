"""Make texts of a reader's file harmless and comparable: no control characters, no endless cells; knows no format."""

from __future__ import annotations

import re
import unicodedata

from sco_map.own.errors import OwnDataError

SPACES = re.compile(r"[\s\u2028\u2029]+")
UNSEEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
"""Marks that turn the direction of what follows, and letters without a width: they make a text look like another."""

NUMBER = re.compile(r"[-+−]?\d[\d.,'\u00a0\u2009\u202f ]*(?:[eE][-+]?\d{1,3})?")
THOUSANDS = re.compile(r"[-+]?\d{1,3}([.,]\d{3})+")
YEAR = re.compile(r"(?<!\d)(1[6-9]\d\d|20\d\d|21\d\d)(?!\d)")
BLANK = frozenset({"", "-", "--", "---", "n/a", "na", "nan", "null", "none", "unknown", "not found", "tbd", "*"})
"""What files write where they know nothing."""


def cleaned(text: str, letters: int) -> str:
    """Return a text as one line without control characters, at most so many letters long."""
    text = UNSEEN.sub("", text)
    text = (
        "".join(
            " " if letter.isspace() or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
            for letter in text
        )
        if not text.isprintable()
        else text
    )
    text = SPACES.sub(" ", text).strip()
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def decoded(raw: bytes, where: str) -> str:
    """Return UTF-8 bytes as text; raises OwnDataError that names where they are."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise OwnDataError(
            f"{where} is not UTF-8 text (byte {error.start} is 0x{raw[error.start]:02x}); save it as UTF-8"
        ) from error


def is_blank(text: str | None) -> bool:
    """Tell whether a cell says nothing."""
    return text is None or text.strip().casefold() in BLANK


def number_in(text: str | None) -> float | None:
    """Return the first number of a cell, written in English or with a decimal comma; None where there is none."""
    if text is None or (found := NUMBER.search(text)) is None:
        return None
    digits = re.sub(r"['\u00a0\u2009\u202f ]", "", found.group()).replace("−", "-").rstrip(".,")
    mantissa, exponent, power = digits.partition("e") if "e" in digits else digits.partition("E")
    comma, dot = mantissa.rfind(","), mantissa.rfind(".")
    if comma >= 0 and dot >= 0:
        mantissa = mantissa.replace(",", "") if dot > comma else mantissa.replace(".", "").replace(",", ".")
    elif comma >= 0:
        mantissa = mantissa.replace(",", "" if THOUSANDS.fullmatch(mantissa) else ".")
    if mantissa.count(".") > 1:
        mantissa = mantissa.replace(".", "")
    try:
        value = float(f"{mantissa}{exponent}{power}")
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def year_in(text: str | None) -> int | None:
    """Return the first year that a cell names, None where it names none."""
    found = YEAR.search(text) if text else None
    return int(found.group()) if found else None
