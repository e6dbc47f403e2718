"""A date is a year, a month or a day that the calendar has, and nothing else, wherever it is."""

from __future__ import annotations

import datetime

import pytest

from sco_map.model.dates import date_text, first_disorder, is_before, is_date, year_of

GOOD = ["2024", "2024-12", "2024-12-27", "2024-02-29", "0001"]
BAD = [
    "2024-13", "2024-00", "2024-02-31", "2023-02-29", "2024-12-00", "2024-1", "2024-12-7", "24", "0000", "2024-", "",
    " 2024", "2024\n", "2024-12-27T10:00", "২০২৪", "about 2024", None, 20.24, True, ["2024"],
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_good_dates_stay_as_they_are(text: str) -> None:
    assert is_date(text)
    assert date_text(text) == text


@pytest.mark.parametrize("value", BAD, ids=repr)
def test_bad_dates_are_refused_with_what_would_be_right(value: object) -> None:
    assert not is_date(value)
    with pytest.raises(ValueError, match="a date is a year"):
        date_text(value)


def test_numbers_and_days_of_toml_are_dates() -> None:
    assert date_text(2024) == "2024"
    assert date_text(datetime.date(2024, 12, 27)) == "2024-12-27"
    with pytest.raises(ValueError, match="a date is a year"):
        date_text(datetime.datetime(2024, 12, 27, 10))


def test_the_year_of_a_date() -> None:
    assert [year_of(date) for date in ("2024-12", "1996", None, "")] == [2024, 1996, None, None]


@pytest.mark.parametrize(
    ("date", "other", "before"),
    [
        ("2024", "2024-05", False),
        ("2024-05", "2024", False),
        ("2023-12-31", "2024", True),
        ("2024-05", "2024-06", True),
    ],
)
def test_dates_are_compared_at_the_precision_of_the_coarser(date: str, other: str, before: bool) -> None:
    assert is_before(date, other) is before


def test_the_first_date_out_of_order_is_named_with_the_one_before() -> None:
    assert first_disorder(["2001", None, "2004-05", "2004", "2003-12", "2002"]) == ("2004", "2003-12")
    assert first_disorder([None, "2001", "2001-03"]) is None
