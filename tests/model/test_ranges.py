"""Filters by number: which texts are ranges, what lies in them, and the one way in which they are written."""

from __future__ import annotations

import pytest

from sco_map.model.columns import COLUMNS
from sco_map.model.ranges import MEASURES, Range, RangeError, parse_range


@pytest.mark.parametrize(
    ("name", "text", "written", "inside", "outside"),
    [
        ("length", "100-500", "100-500", [100, 250.5, 500], [99.9, 500.1]),
        ("length", " 0.50 – 2 km ", "0.5-2", [0.5, 2], [0.4]),
        ("diameter", "1420", "1420", [1420], [1419, 1421]),
        ("diameter", "-700mm", "-700", [0, 700], [701]),
        ("opened", "2000-", "2000-", [2000, 2099], [1999]),
        ("capacity", "20-bcm/yr", "20-bcm/yr", [20, 1e9], [19]),
        ("capacity", "1-60 train  pairs/day", "1-60train pairs/day", [1, 60], [61]),
    ],
)
def test_a_range_has_both_its_ends(
    name: str, text: str, written: str, inside: list[float], outside: list[float]
) -> None:
    found = parse_range(name, text)
    assert str(found) == written
    assert parse_range(name, written) == found
    assert all(figure in found for figure in inside)
    assert not any(figure in found for figure in outside)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("text", ["", "-", "a-b", "1-2-3", "1 2", "9-5", "1e3", "1,5", "1.2345", "٣", "5-7 parsec9"])
def test_anything_else_is_refused_with_an_example_that_is_right(name: str, text: str) -> None:
    with pytest.raises(RangeError) as caught:
        parse_range(name, text)
    assert str(caught.value).startswith(MEASURES[name].noun)
    for example in MEASURES[name].examples.replace(" or ", ", ").split(", "):
        assert str(parse_range(name, example)) == example


def test_what_is_measured_is_a_column_with_that_unit() -> None:
    columns = {column.name: column for column in COLUMNS}
    for measure in MEASURES.values():
        column = columns[measure.column]
        if not measure.is_year:
            assert column.unit == (measure.unit_column or measure.unit)


def test_an_open_range_holds_everything() -> None:
    assert all(figure in Range(None, None) for figure in (-1, 0, 1e12))
