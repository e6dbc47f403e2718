"""Write the style rules that carry the fonts inside the page; how the fonts are made is none of its business."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sco_map.page.squeeze import deflated

FONTS = Path(__file__).resolve().parent / "assets" / "fonts"
SETTINGS = "fonts.toml"

Font = Mapping[str, Any]


def page_fonts() -> list[Font]:
    """Return the fonts of the page as their settings describe them."""
    fonts: list[Font] = tomllib.loads((FONTS / SETTINGS).read_text(encoding="utf-8"))["font"]
    return fonts


def font_face(font: Font, content: bytes) -> str:
    """Return the rule for one font; the browser unpacks it when a character of its range is set."""
    values = {
        "font-family": f'"{font["family"]}"',
        "font-style": font.get("style", "normal"),
        "font-weight": " ".join(map(str, font["weight"])),
        "font-display": "swap",
        "unicode-range": ",".join(f"U+{codes}" for codes in font["unicode"]),
        "src": f'url("data:font/woff2;base64,{base64.b64encode(content).decode("ascii")}") format("woff2")',
    }
    return "@font-face{" + ";".join(f"{name}:{value}" for name, value in values.items()) + "}"


@cache
def font_faces() -> str:
    """Return the rules for all fonts of the page; one that is not there is left to the reader's system."""
    files = [(font, FONTS / font["file"]) for font in page_fonts()]
    return "\n".join(font_face(font, file.read_bytes()) for font, file in files if file.is_file())


@cache
def packed_font_faces() -> str:
    """Return the same packed: a seventh fewer bytes than in base 64; made once, since it is the same in every page."""
    return deflated(font_faces())
