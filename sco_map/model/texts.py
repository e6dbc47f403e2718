"""What a text may hold wherever it is kept, and how a value is quoted in a sentence; knows neither files nor tables."""

from __future__ import annotations

import re
import reprlib
import unicodedata
from typing import Any

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Characters that no reader sees and that break pictures, tables, or the order of the letters after them. Tabs and
line breaks break none of these."""

NAMES = {
    0x00: "null",
    0x07: "bell",
    0x08: "backspace",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x1B: "escape",
    0x7F: "delete",
    0xFEFF: "byte-order mark",
}
LONGEST = 60
"""How many characters of a faulty value a sentence quotes."""


class Quote(reprlib.Repr):
    """Quotes any value in few characters: long texts, long lists and deep nesting are cut, huge numbers counted."""

    def __init__(self) -> None:
        """Set the limits."""
        super().__init__()
        self.maxlevel, self.maxlist, self.maxdict, self.maxtuple = 3, 4, 3, 4
        self.maxstring = self.maxother = self.maxlong = LONGEST

    def repr_int(self, x: int, level: int) -> str:
        """Quote a whole number; one that Python refuses to print is described."""
        if abs(x) < 10**LONGEST:
            return repr(x)
        return f"a number of about {int(x.bit_length() * 0.30103) + 1:,} digits"

    def repr_str(self, x: str, level: int) -> str:
        """Quote a text, cut at its end."""
        text = repr(x[: LONGEST - 3]) if len(x) > LONGEST else repr(x)
        return f"{text[:-1]}...{text[-1]}" if len(x) > LONGEST else text

    def repr_NoneType(self, x: None, level: int) -> str:  # noqa: N802
        """Quote nothing, as the files write it."""
        return "null"

    def repr_bool(self, x: bool, level: int) -> str:
        """Quote true and false as the files write them."""
        return "true" if x else "false"

    def repr_float(self, x: float, level: int) -> str:
        """Quote a number; what is not one as JSON dialects write it."""
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(repr(x), repr(x))


def quoted(value: Any) -> str:
    """Return a value for a sentence that says what is wrong with it: short, on one line, whatever it is."""
    return Quote().repr(value)


def text_fault(text: str) -> str | None:
    """Say in half a sentence what is wrong with a text that a reader is to see; None when nothing is."""
    if not text.strip():
        return "is blank"
    if (found := UNSEEN.search(text)) is None:
        return None
    code = ord(found.group())
    if 0xD800 <= code <= 0xDFFF:
        return f"holds half a character (U+{code:04X})"
    name = NAMES.get(code) or unicodedata.name(found.group(), "").lower()
    return f"holds the invisible character U+{code:04X}{f' ({name})' if name else ''}; write plain text"


def one_line(text: str) -> str:
    """Return a sentence without anything that breaks its line or steers a terminal: such letters are spelled out."""
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 line", "1,200 lines"; `many` is the plural where it does not end in s alone."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
