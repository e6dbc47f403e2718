"""What holds in a year, read from dated lists."""

from __future__ import annotations

import pytest

from sco_map.atlas import role_in, status_in
from sco_map.model.phases import opening_year

PHASES = [
    {"from": "1997", "status": "planned"},
    {"from": "2024-12-27", "status": "construction"},
    {"from": "2030-06", "status": "operating"},
]
UNDATED: list[dict[str, str | None]] = [{"from": None, "status": "operating"}, {"from": "2010", "status": "idle"}]


@pytest.mark.parametrize(
    ("phases", "year", "expected"),
    [
        (PHASES, 1996, None),
        (PHASES, 1997, "planned"),
        (PHASES, 2023, "planned"),
        (PHASES, 2024, "construction"),
        (PHASES, 2030, "operating"),
        (PHASES, None, "operating"),
        (UNDATED, 1800, "operating"),
        (UNDATED, 2010, "idle"),
        ([{"status": "planned"}], 1990, "planned"),
        ([], 2000, None),
        ([], None, None),
    ],
)
def test_status_in(phases: list[dict[str, str]], year: int | None, expected: str | None) -> None:
    assert status_in(phases, year) == expected


def test_role_in() -> None:
    roles = [{"from": "2005-07-05", "role": "observer"}, {"from": "2017-06-09", "role": "member"}]
    assert [role_in(roles, year) for year in (2004, 2005, 2016, 2017, None)] == [
        None,
        "observer",
        "observer",
        "member",
        "member",
    ]


def test_opening_year() -> None:
    assert opening_year(PHASES) == 2030
    assert opening_year(UNDATED) is None
    assert opening_year(()) is None
