"""Read how the map looks (geodata/catalog/styles.toml) and say it as CSS and as data; decides no look itself."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sco_map.errors import ScoMapError

THEMES = ("light", "dark")
TOKEN_VALUE = re.compile(r"#[0-9A-Fa-f]{3,8}|\d+(\.\d+)?")
FALLBACK_LAYER = "other"

Styles = dict[str, Any]


class StylesError(ScoMapError):
    """Report what is wrong in the file of looks."""


@cache
def read_styles(path: Path) -> Styles:
    """Return the looks in `path` with what layers borrow from each other filled in.

    Raises StylesError when the file is missing, is not TOML, or holds a token that is neither colour nor number.
    """
    try:
        styles = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise StylesError(f"{path.name}: {error}") from error
    layers = styles.get("layer", {})
    for layer, look in layers.items():
        if "like" in look:
            layers[layer] = {**layers[look["like"]], **{key: value for key, value in look.items() if key != "like"}}
    problems = [
        f"{path.name}, [{theme}]: {name} = {value!r} is neither a colour (#RRGGBB) nor a number"
        for theme in THEMES
        for name, value in tokens(styles, theme).items()
        if not TOKEN_VALUE.fullmatch(value)
    ]
    if problems:
        raise StylesError("\n".join(problems))
    return styles


def tokens(styles: Styles, theme: str) -> dict[str, str]:
    """Return the named colours of a theme: the general ones, line and text colour of every layer, gauges."""
    named = dict(styles[theme])
    for layer, look in styles["layer"].items():
        named[f"layer-{layer}"] = look[theme]["line"]
        named[f"layer-{layer}-text"] = look[theme]["text"]
    named |= {f"gauge-{gauge}": colour for gauge, colour in styles["gauge"][theme].items()}
    return named


def css_variables(styles: Styles) -> str:
    """Return the tokens of both themes as CSS custom properties; the page picks by `data-theme`."""
    blocks = []
    for theme in THEMES:
        lines = "".join(f"--{name.replace('_', '-')}:{value};" for name, value in tokens(styles, theme).items())
        blocks.append(f"[data-theme={theme}]{{{lines}color-scheme:{theme}}}")
    return "\n".join(blocks)


def page_styles(styles: Styles) -> Styles:
    """Return what the page's script needs of the looks: everything but the colours, which are CSS."""
    layers = {
        layer: {key: value for key, value in look.items() if key not in THEMES}
        for layer, look in styles["layer"].items()
    }
    general = {key: value for key, value in styles.items() if key not in THEMES}
    return {**general, "layer": layers, "gauge": sorted(styles["gauge"]["light"])}
