"""A cell reads as one text: records in the order of their parts, with units, labels and sources."""

from __future__ import annotations

from typing import Any

import pytest

from sco_map.model.columns import BY_NAME
from sco_map.model.tables import cell_text

PHASES = [{"from": "1999", "status": "planned"}, {"from": "2004-05-06", "status": "operating", "source": "paper"}]
PROMISES = [
    {"opens": "2029", "source": None},
    {"opens": "2030", "said": "2024-05", "by": "the ministry", "text": "first track", "source": "paper"},
]
STANDING = {"agreement": "pact", "date": "2015", "in_force": "2017", "status": "acceded", "source": "un"}


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("owner", "=1+1", "'=1+1"),
        ("length_km", 12.0, 12),
        ("length_km", 12.5, 12.5),
        ("gauge_mm", None, ""),
        ("countries", ["UZB", "KAZ"], "UZB; KAZ"),
        ("countries", [], ""),
        ("km_by_country", {"UZB": 12.0, "KAZ": 1.25}, "UZB 12; KAZ 1.25"),
        ("phases", PHASES, "1999 planned; 2004-05-06 operating (paper)"),
        ("phases", [{"from": None, "status": "idle"}], "idle"),
        ("promises", PROMISES, "2029; 2030 said 2024-05 by the ministry first track (paper)"),
        ("published_lengths", [{"km": 523.0, "scope": "all", "source": "times"}], "523 km all (times)"),
        ("history", [{"date": "2001", "text": "-5 degrees"}], "2001 -5 degrees"),
        ("agreements", [{**STANDING, "confidence": "high"}], "pact 2015 in force 2017 acceded confidence high (un)"),
    ],
)
def test_a_cell_as_text(column: str, value: Any, text: Any) -> None:
    assert cell_text(BY_NAME[column], value) == text
