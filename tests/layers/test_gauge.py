"""Where railways of different gauge meet follows from the catalog, with the dates of the later line."""

from __future__ import annotations

from pathlib import Path

from sco_map.layers.rail.gauge import gauge_features, joint_phases, meetings
from tests.layers.tiny import FILES, tiny_catalog

ROAD = FILES["projects/iron_road.toml"]


def test_railways_of_two_gauges_meet(tmp_path: Path) -> None:
    catalog = tiny_catalog(tmp_path)
    (meeting,) = meetings(catalog)
    assert (meeting.place.id, meeting.gauges) == ("beta", (1435, 1520))
    (feature,) = gauge_features(catalog)
    row = feature["properties"]
    assert row["id"] == "gauge_change__beta"
    assert row["title_en"] == "Beta (1435/1520)"
    assert row["title_zh"] is None
    assert row["projects"] == ["iron_road"]
    assert row["countries"] == ["KAZ"]
    assert [(phase["from"], phase["status"]) for phase in row["phases"]] == [
        ("1999", "planned"),
        ("2004-05-06", "operating"),
    ]
    assert set(row["sources"]) == {"paper", "gazetteer"}
    assert feature["geometry"] == {"type": "Point", "coordinates": [9.0, 45.0]}


def test_railways_of_one_gauge_do_not(tmp_path: Path) -> None:
    assert gauge_features(tiny_catalog(tmp_path, projects__iron_road_toml=ROAD.replace("1435", "1520"))) == []


def test_the_lesser_status_counts(tmp_path: Path) -> None:
    later = ROAD.replace("gauge_mm = 1435", 'gauge_mm = 1435\nphases = [{ from = 2010, status = "construction" }]')
    catalog = tiny_catalog(tmp_path, projects__iron_road_toml=later)
    (meeting,) = meetings(catalog)
    assert joint_phases(meeting.segments) == [("2010", "construction")]
