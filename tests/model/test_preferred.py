"""Which of several published figures the map goes by."""

from __future__ import annotations

import pytest

from sco_map.model.preferred import Reason, Said, preferred


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ([], None),
        ([Said(1)], (0, None)),
        ([Said(1), Said(2)], None),
        ([Said(1, "press"), Said(2, "primary"), Said(3)], (1, Reason.PRIMARY)),
        ([Said(1, "mirror"), Said(2, "press")], (1, Reason.SOURCE)),
        ([Said(1, "else"), Said(2)], (0, Reason.SOURCE)),
        ([Said(5, "press"), Said(5, "press", "2024")], (0, None)),
        ([Said(1, "press", "2024-05"), Said(2, "database", "2025-11-03")], (1, Reason.LATEST)),
        ([Said(1, "press"), Said(2, "press", "2019")], (1, Reason.LATEST)),
    ],
)
def test_the_better_source_is_preferred_then_the_later_date(
    figures: list[Said], found: tuple[int, Reason | None] | None
) -> None:
    assert preferred(figures) == found


@pytest.mark.parametrize("month", ["2025-01", "2025-12", "2025-12-09"])
def test_a_year_is_neither_before_nor_after_its_own_months(month: str) -> None:
    assert preferred([Said(1, "press", "2025"), Said(2, "press", month)]) is None
    assert preferred([Said(1, "press", "2026"), Said(2, "press", month)]) == (0, Reason.LATEST)


def test_the_latest_of_three_is_later_than_both_others() -> None:
    older, vague, exact = Said(1, "press", "2020"), Said(2, "press", "2025"), Said(3, "press", "2025-12")
    assert preferred([older, vague, exact]) is None
    assert preferred([older, exact]) == (1, Reason.LATEST)
