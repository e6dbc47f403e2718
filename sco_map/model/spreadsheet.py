"""What a spreadsheet needs to open a table safely: a byte-order mark, and no cell that it would run as a formula."""

from __future__ import annotations

from typing import Any

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: an apostrophe before what would begin a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def cell(value: Any) -> Any:
    """Return a value for a cell: nothing for None, numbers as they are (whole ones without decimals), harmless text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return harmless(value) if isinstance(value, str) else value
