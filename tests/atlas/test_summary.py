"""Sums: a stretch that several projects share is counted once."""

from __future__ import annotations

import pytest

from sco_map.atlas import Atlas, Selection, opened_by_year, select, summarise, totals


def as_pairs(atlas: Atlas, by: str) -> list[tuple[object, int, float]]:
    return [tuple(line) for line in summarise(atlas.rows, by, atlas.ancestors).itertuples(index=False)]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("country", [("AAA", 3, 110.0), ("BBB", 4, 100.0), ("CCC", 3, 75.0)]),
        ("status", [("operating", 2, 150.0), ("construction", 1, 100.0), ("idle", 1, 35.0)]),
        (
            "kind",
            [("rail", 2, 250.0), ("gas_pipeline", 1, 35.0), ("event", 1, 0.0), ("member", 1, 0.0), ("port", 1, 0.0)],
        ),
        ("layer", [("ways", 3, 250.0), ("pipes", 1, 35.0), ("days", 1, 0.0), ("states", 1, 0.0)]),
        ("gauge", [(1520, 1, 150.0), (1435, 1, 100.0)]),
        ("project", [("silk", 3, 250.0), ("gas", 2, 135.0), ("silk_east", 2, 100.0), ("silk_far_east", 1, 0.0)]),
    ],
)
def test_sums(tiny_atlas: Atlas, by: str, expected: list[tuple[object, int, float]]) -> None:
    assert as_pairs(tiny_atlas, by) == expected


def test_totals_count_a_shared_stretch_once(tiny_atlas: Atlas) -> None:
    whole = totals(tiny_atlas.rows)
    assert (whole.count, whole.lines, whole.km, whole.countries) == (6, 3, 285.0, 3)


def test_an_empty_selection_adds_up_to_nothing(tiny_atlas: Atlas) -> None:
    rows = select(tiny_atlas, Selection(country=("DDD",)))
    assert totals(rows).count == 0
    assert summarise(rows, "country").empty
    assert opened_by_year(rows).empty


def test_kilometres_opened_by_year(tiny_atlas: Atlas) -> None:
    assert opened_by_year(tiny_atlas.rows).to_dict() == {2000: 185.0}


def test_an_unknown_grouping_is_refused(tiny_atlas: Atlas) -> None:
    with pytest.raises(ValueError, match="by is one of country, status"):
        summarise(tiny_atlas.rows, "colour")


def test_rivers_are_described_but_not_counted(tiny_atlas: Atlas) -> None:
    rows = tiny_atlas.rows.assign(status=tiny_atlas.rows["status"].where(tiny_atlas.rows["layer"] != "ways"))
    assert (totals(rows).lines, totals(rows).km) == (1, 35.0)
    assert summarise(rows, "country")["km"].sum() == 35.0
    assert summarise(rows, "layer").set_index("layer")["km"].to_dict()["ways"] == 0.0
