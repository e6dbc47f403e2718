"""Read how the map looks (geodata/catalog/styles.toml) and say it as CSS and as data; decides no look itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from sco_map.catalog import Catalog, looks_of
from sco_map.errors import ScoMapError
from sco_map.files import UnreadableError, read_bytes
from sco_map.model.own import OWN, PREFIX

THEMES = ("light", "dark")
FALLBACK_LAYER = "other"

Styles = dict[str, Any]


class StylesError(ScoMapError):
    """Report what is wrong in the file of looks."""


def read_styles(path: Path) -> Styles:
    """Return the looks in `path` with what layers borrow from each other filled in.

    Raises StylesError with everything that keeps them from being drawn: a missing file, a wrong key or value, a token
    that is neither colour nor number.
    """
    try:
        return styles_in(read_bytes(path), path.name)
    except UnreadableError as error:
        raise StylesError(f"{path.name}: {error}") from error


@lru_cache(maxsize=4)
def styles_in(content: bytes, name: str) -> Styles:
    """Return the looks in the content of a file called `name`; kept by content, for files change while the app runs."""
    styles, problems = looks_of(content, name)
    if problems:
        raise StylesError("\n".join(map(str, problems)))
    layers = styles["layer"]
    for layer, look in layers.items():
        if "like" in look:
            layers[layer] = {**layers[look["like"]], **{key: value for key, value in look.items() if key != "like"}}
    return styles


def with_own(styles: Styles, catalog: Catalog) -> Styles:
    """Return looks with one for each layer that a reader has added: those for such layers, in turn."""
    own = sorted((layer.order, layer.id) for layer in catalog.layers.values() if layer.group == OWN)
    if not own:
        return styles
    looks = [look for name, look in styles["layer"].items() if name == OWN or name.startswith(PREFIX)]
    looks = looks or [styles["layer"][FALLBACK_LAYER]]
    given = {id_: looks[at % len(looks)] for at, (_, id_) in enumerate(own)}
    return {**styles, "layer": {**styles["layer"], **given}}


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
        scheme = "only light" if theme == "light" else theme  # a browser is not to darken the panel beside a light map
        blocks.append(f"[data-theme={theme}]{{{lines}color-scheme:{scheme}}}")
    return "\n".join(blocks)


def page_styles(styles: Styles) -> Styles:
    """Return what the page's script needs of the looks: everything but the colours, which are CSS."""
    layers = {
        layer: {key: value for key, value in look.items() if key not in THEMES}
        for layer, look in styles["layer"].items()
    }
    general = {key: value for key, value in styles.items() if key not in THEMES}
    return {**general, "layer": layers, "gauge": sorted(styles["gauge"]["light"])}
