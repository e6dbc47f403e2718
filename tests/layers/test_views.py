"""A stretch in a disputed area counts to the state that a worldview gives the area to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from sco_map.layers.land.views import Area, add_views
from sco_map.layers.rows.features import feature
from tests.layers.tiny import tiny_catalog

# The line runs along 45 N from 8 E to 11 E; the states meet at 10 E.
CLAIMED = Area(shapely.box(9, 44, 10, 46), {"default": "KAZ", "xx": "UZB", "yy": "KAZ"})


def line(**facts: Any) -> dict[str, Any]:
    values = {
        "id": "a_line",
        "countries": ["KAZ", "UZB"],
        "km_by_country": {"KAZ": 157.6, "UZB": 78.8},
        "accuracy_km": 5.0,
        "places": ["alpha", "gamma"],
    }
    values |= dict.fromkeys(("length_km", "drawn_km"), 236.4)
    geometry = {"type": "LineString", "coordinates": [[8, 45], [9, 45], [10, 45], [11, 45]]}
    return feature(geometry, values | facts)


def views_of(row: dict[str, Any], folder: Path, area: Area = CLAIMED) -> Any:
    add_views([row], [area], tiny_catalog(folder))
    return row["properties"].get("views")


def test_kilometres_move_to_the_other_state(tmp_path: Path) -> None:
    views = views_of(line(), tmp_path)
    assert list(views) == ["xx"]
    assert views["xx"]["countries"] == ["KAZ", "UZB"]
    assert round(views["xx"]["km_by_country"]["KAZ"]) == 79
    assert round(views["xx"]["km_by_country"]["UZB"]) == 158


def test_a_state_that_is_left_nothing_goes(tmp_path: Path) -> None:
    row = line(countries=["KAZ"], km_by_country={"KAZ": 80.0})
    row["geometry"]["coordinates"] = [[9, 45], [10, 45]]
    assert views_of(row, tmp_path)["xx"]["countries"] == ["UZB"]


def test_a_new_state_is_listed_where_it_is_crossed(tmp_path: Path) -> None:
    first = Area(shapely.box(8, 44, 8.5, 46), {"default": "KAZ", "xx": "TJK"})
    assert views_of(line(), tmp_path / "a", first)["xx"]["countries"] == ["TJK", "KAZ", "UZB"]
    second = Area(shapely.box(9.5, 44, 10, 46), {"default": "KAZ", "xx": "TJK"})
    assert views_of(line(), tmp_path / "b", second)["xx"]["countries"] == ["KAZ", "TJK", "UZB"]


def test_what_the_accuracy_covers_does_not_count(tmp_path: Path) -> None:
    assert views_of(line(accuracy_km=60.0), tmp_path / "a") is None
    assert views_of(line(accuracy_km=60.0, places=["beta"]), tmp_path / "b") is not None


def test_a_point_counts_to_one_state(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [9.5, 45]}
    row = feature(point, {"id": "a_dam", "countries": ["KAZ"], "places": ["beta"]})
    assert views_of(row, tmp_path) == {"xx": {"countries": ["UZB"], "km_by_country": {}}}
    away = feature({"type": "Point", "coordinates": [8.5, 45]}, {"id": "b", "countries": ["KAZ"]})
    assert views_of(away, tmp_path) is None
