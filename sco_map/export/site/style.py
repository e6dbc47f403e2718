"""The style sheet of the site with the colours of the map for light and dark, and the fonts of the page beside it."""

from __future__ import annotations

import re
from pathlib import Path

from sco_map.export.site.pictures import class_of
from sco_map.page.fonts import FONTS, page_fonts
from sco_map.page.styles import Styles, tokens

SHEET = Path(__file__).resolve().parent / "assets" / "site.css"
FONTS_FOLDER = "fonts"
LICENCE = "OFL.txt"
TOKENS = (
    "paper paper2 ink ink2 ink3 rule rule2 accent focus water lake land_member land_partner land_other band coast"
    " border dispute label label2 halo casing shelved"
).split()
"""The colours of the map that the site uses."""

CHOSEN = {"light": "#F4D58A", "dark": "#4A4230"}
"""How the land of the state is shown that a map is about."""


def style_sheet(styles: Styles) -> str:
    """Return the style sheet: fonts, the colours of both themes as the reader's system asks for them, the rules."""
    rules = re.sub(r"/\*.*?\*/|\n\s*", "", SHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    dark = f"@media(prefers-color-scheme:dark){{:root{{{colours(styles, 'dark')}}}}}"
    layers = "".join(
        f".{class_of(layer)}{{--line:var(--layer-{class_of(layer)})}}" for layer in sorted(styles["layer"])
    )
    return f"{font_rules()}:root{{{colours(styles, 'light')}}}{dark}{layers}{rules}\n"


def colours(styles: Styles, theme: str) -> str:
    """Return the colours of a theme as custom properties."""
    return "".join(f"--{name}:{value};" for name, value in look(styles, theme).items())


def look(styles: Styles, theme: str) -> dict[str, str]:
    """Return the colours of a theme by the name of their property."""
    known = tokens(styles, theme)
    named = {name.replace("_", "-"): known[name] for name in TOKENS if name in known}
    named |= {f"layer-{class_of(layer)}": look[theme]["line"] for layer, look in sorted(styles["layer"].items())}
    return named | {"land-chosen": CHOSEN[theme]}


def font_rules() -> str:
    """Return the rules of the fonts; a browser fetches one only when it needs a character of its range."""
    rules = []
    for font in page_fonts():
        ranges = ",".join(f"U+{codes}" for codes in font["unicode"])
        weight = " ".join(map(str, font["weight"]))
        rules.append(
            f'@font-face{{font-family:"{font["family"]}";font-style:{font.get("style", "normal")};'
            f"font-weight:{weight};font-display:swap;unicode-range:{ranges};"
            f'src:url("{FONTS_FOLDER}/{font["file"]}") format("woff2")}}'
        )
    return "".join(rules)


def fonts() -> dict[str, bytes]:
    """Return the files of the fonts by name, and their licence."""
    names = [*(font["file"] for font in page_fonts()), LICENCE]
    return {name: (FONTS / name).read_bytes() for name in names if (FONTS / name).is_file()}
