"""Looks: everything that can be drawn has one, every text can be read, every line can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.catalog import read_catalog
from sco_map.page.styles import THEMES, StylesError, css_variables, page_styles, read_styles, tokens
from sco_map.paths import CATALOG

STYLES = read_styles(CATALOG / "styles.toml")
TEXT_CONTRAST = 4.6
LINE_CONTRAST = 3.0

TEXT_ON_PAPER = ("ink", "ink2", "ink3", "accent", "focus")
TEXT_ON_LAND = ("label", "label2")


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def below(theme: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    """Return the pairs of tokens whose contrast in `theme` is less than `least`."""
    colour = tokens(STYLES, theme)
    return [
        f"{one} on {other}: {contrast(colour[one], colour[other]):.2f}"
        for one, other in pairs
        if contrast(colour[one], colour[other]) < least
    ]


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read(theme: str) -> None:
    pairs = [(text, ground) for text in TEXT_ON_PAPER for ground in ("paper", "paper2")]
    pairs += [(text, "land_member") for text in TEXT_ON_LAND] + [("label2", "land_partner"), ("label2", "land_other")]
    pairs += [("label_water", "water"), ("label_water", "land_member")]
    pairs += [(f"layer-{layer}-text", "land_member") for layer in STYLES["layer"]]
    assert below(theme, pairs, TEXT_CONTRAST) == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_line_can_be_seen(theme: str) -> None:
    pairs = [(f"layer-{layer}", ground) for layer in STYLES["layer"] for ground in ("land_member", "casing", "paper")]
    assert below(theme, pairs, LINE_CONTRAST) == []


def test_everything_drawn_has_a_look() -> None:
    catalog = read_catalog()
    layers = {id_ for id_, layer in catalog.layers.items() if layer.group != "ground"}
    assert layers - set(STYLES["layer"]) == set(), "layers without a colour"
    assert set(catalog.vocabulary["status"]) - set(STYLES["status"]) == set(), "statuses without a dash"
    points = {id_ for id_, kind in catalog.vocabulary["kind"].items() if kind.geometry == "point"} - {"event"}
    assert points - set(STYLES["symbol"]) == set(), "kinds of points without a symbol"


def test_looks_name_nothing_that_is_not_there() -> None:
    catalog = read_catalog()
    assert set(STYLES["project"]) - set(catalog.projects) == set()
    assert {row for entry in STYLES["row_width"] for row in entry["rows"]} - set(catalog.segments) == set()
    assert set(STYLES["kind"]) - set(catalog.vocabulary["kind"]) == set()
    assert set(STYLES["event_name"]) - set(catalog.events) == set()
    assert {event.type for event in catalog.events.values()} >= set(STYLES["event"])


def test_both_themes_have_the_same_tokens() -> None:
    assert set(tokens(STYLES, "light")) == set(tokens(STYLES, "dark"))
    assert "[data-theme=light]{--paper:#FCFAF5" in css_variables(STYLES)


def test_colours_do_not_travel_as_data() -> None:
    assert not set(page_styles(STYLES)) & set(THEMES)


def test_a_token_that_is_no_colour_is_refused(tmp_path: Path) -> None:
    text = (CATALOG / "styles.toml").read_text(encoding="utf-8").replace('"#FCFAF5"', '"red;}"', 1)
    (tmp_path / "styles.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StylesError, match="paper"):
        read_styles(tmp_path / "styles.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StylesError, match=r"styles\.toml"):
        read_styles(tmp_path / "styles.toml")
