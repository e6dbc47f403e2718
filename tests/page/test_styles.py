"""Looks as CSS and as data: what layers borrow is filled in, and nothing but colours and numbers becomes CSS."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.page.styles import THEMES, Styles, StylesError, css_variables, page_styles, read_styles, tokens
from tests.catalog.finished import STYLES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the looks of the small catalog."""
    path = tmp_path / "styles.toml"
    path.write_text(STYLES, encoding="utf-8")
    return path


@pytest.fixture
def styles(file: Path) -> Styles:
    """Read the looks of the small catalog."""
    return read_styles(file)


def test_a_layer_has_the_colours_of_the_one_it_is_like(styles: Styles) -> None:
    assert styles["layer"]["other"]["light"] == styles["layer"]["rails"]["light"]
    assert styles["layer"]["other"]["rank"] == 0


def test_both_themes_have_the_same_tokens(styles: Styles) -> None:
    assert set(tokens(styles, "light")) == set(tokens(styles, "dark"))
    assert tokens(styles, "light")["layer-rails-text"] == "#33383E"
    assert tokens(styles, "dark")["gauge-1520"] == "#FF7A6B"
    assert "[data-theme=light]{--paper:#FFFFFF" in css_variables(styles)
    assert "--land-member:#FBF2DA" in css_variables(styles)


def test_colours_do_not_travel_as_data(styles: Styles) -> None:
    assert not set(page_styles(styles)) & set(THEMES)
    assert page_styles(styles)["layer"]["rails"] == {"rank": 1, "width": 1.4}


def test_a_token_that_is_not_a_colour_is_refused(file: Path) -> None:
    file.write_text(STYLES.replace('"#FFFFFF"', '"red;}"', 1), encoding="utf-8")
    with pytest.raises(StylesError, match="paper"):
        read_styles(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StylesError, match=r"styles\.toml"):
        read_styles(tmp_path / "styles.toml")
