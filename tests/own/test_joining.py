"""A reader's railways and ferries on the network: where their ends join, what is said, and the answers with them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sco_map
from sco_map.atlas import Atlas
from sco_map.cli.main import main
from sco_map.own.adding import layers_of, with_layers
from sco_map.own.reading import read_content
from sco_map.own.rows import OwnLayer
from sco_map.page.payload import carried_by, head_payload, layer_payload
from sco_map.page.styles import read_styles, with_own
from sco_map.routing import RoutingError, compare, cut, describe, line_of, route
from tests.own import files
from tests.routing import tiny

RAIL = {"kind": "rail", "gauge": "1435", "status": "operating"}


@pytest.fixture(scope="module")
def network(shipped: Atlas) -> Atlas:
    """Return the small network: railways end at Delta (12° E), another part runs from Epsilon (13° E) to Phi."""
    small = tiny.network_atlas()
    return replace(small, catalog=replace(small.catalog, vocabulary=shipped.catalog.vocabulary))


def added(atlas: Atlas, *features: files.Json, name: str = "new") -> tuple[Atlas, OwnLayer]:
    """Return an atlas with a file of these features, and its layer."""
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    layers = layers_of(atlas, [read_content(content, f"{name}.geojson")], {})
    return with_layers(atlas, layers), layers[0]


def railway(*points: tuple[float, float], **facts: Any) -> files.Json:
    """Return a railway of the reader's."""
    return files.feature(files.line(*points), **{**RAIL, "name": "New railway", **facts})


def test_a_railway_of_the_reader_joins_places_near_its_ends(network: Atlas) -> None:
    with pytest.raises(RoutingError):
        route(network, "d", "f")
    whole, layer = added(network, railway((12.0, 45.03), (12.5, 45.2), (13.0, 45.0)))
    best = route(whole, "d", "f").best
    assert [leg.row for leg in best.legs] == ["own_new__1", "isle"]
    assert best.legs[0].km == pytest.approx(float(layer.rows["length_km"].iloc[0]), abs=0.01)
    assert layer.network_notes == (
        "new.geojson: 1 line joins the network of the map; an end within 10 km of a place counts as that place: "
        "Delta (3.3 km from its end), Epsilon (0.0 km from its end)",
    )
    assert best.low_km < best.high_km
    with pytest.raises(RoutingError):
        route(network, "d", "f")


def test_the_answer_says_which_ends_were_moved(network: Atlas) -> None:
    whole, _ = added(network, railway((12.0, 45.03), (13.0, 45.0)))
    found = route(whole, "d", "f")
    assert "Own lines   own_new__1 ends 3.3 km from Delta and counts as ending there; own_new__1 ends 0 km" in str(
        found
    )
    assert found.to_dict()["own_ends"][0] == {"row": "own_new__1", "place": "d", "km": 3.3}
    assert route(whole, "a", "b").to_dict()["own_ends"] == []
    assert "Own lines" not in str(route(whole, "a", "b"))


def test_lines_of_the_reader_meet_where_their_ends_touch(network: Atlas) -> None:
    pieces = (railway((12.0, 45.0), (12.5, 45.5)), railway((13.0, 45.0), (12.5, 45.5)))
    whole, layer = added(network, *pieces, railway((20, 60), (21, 60)))
    best = route(whole, "d", "f").best
    assert [(leg.row, leg.start, leg.end) for leg in best.legs][:2] == [
        ("own_new__1", "d", "own_new__1_end"),
        ("own_new__2", "own_new__1_end", "e"),
    ]
    assert "45.50° N 12.50° E" in str(route(whole, "d", "f"))
    assert "2 of 3 lines join" in layer.network_notes[0]
    assert set(layer.places) == {"own_new__1_end"}
    with pytest.raises(RoutingError, match="unknown place"):  # a point without a name is nowhere to go
        route(whole, "d", "own_new__1_end")


def test_a_second_file_joins_the_first(network: Atlas) -> None:
    first, _ = added(network, railway((12.0, 45.0), (12.5, 45.5)), name="one")
    whole, _ = added(first, railway((12.5, 45.5), (13.0, 45.0)), name="two")
    assert [leg.row for leg in route(whole, "d", "e").best.legs] == ["own_one__1", "own_two__1"]


@pytest.mark.parametrize(
    ("features", "said"),
    [
        (
            [railway((20.0, 60.0), (21.0, 60.0), (21.0, 61.0))],
            "no line joins the network of the map: no end lies within 10 km of a place on it; nearest is Phi, ",
        ),
        (
            [files.feature(files.line((12, 45), (13, 45)), name="A line")],
            "none of its lines is known to be a railway, a road, a ferry, a sea leg or a pipeline",
        ),
        (
            [
                files.feature(
                    {"type": "MultiLineString", "coordinates": [[[12, 45], [12.2, 45]], [[12.5, 45], [13, 45]]]}, **RAIL
                )
            ],
            "1 line of which the parts do not meet end to end, or without a geometry: not on the network",
        ),
        (
            [files.feature(files.line((12, 45), (13, 45)), kind="gas_pipeline")],
            "no line joins the network of the map: it has no line of this kind",
        ),
        ([railway((12, 45), (13, 45), status="")], "1 line on the network without a status: taken to be open"),
    ],
)
def test_what_does_not_join_is_a_sentence(network: Atlas, features: list[files.Json], said: str) -> None:
    _, layer = added(network, *features)
    assert any(said in note for note in layer.network_notes), layer.network_notes


def test_parts_that_meet_are_one_line(network: Atlas) -> None:
    parts = {"type": "MultiLineString", "coordinates": [[[12.5, 45], [13, 45]], [[12, 45], [12.5, 45]]]}
    whole, _ = added(network, files.feature(parts, **RAIL))
    assert [leg.row for leg in route(whole, "d", "e").best.legs] == ["own_new__1"]
    assert '"coordinates":[[12.0,45.0],[12.5,45.0],[13.0,45.0]]' in route(whole, "d", "e").to_geojson()


def test_a_ferry_joins_ports_only(network: Atlas) -> None:
    ferry = files.feature(files.line((9.0, 45.02), (11.0, 45.05)), kind="ferry", status="operating")
    whole, layer = added(network, ferry)
    assert "Port West (2.2 km from its end), Port East (5.6 km from its end)" in layer.network_notes[0]
    assert any(leg.row == "own_new__1" for way in route(whole, "c", "d").ways for leg in way.legs)
    inland = files.feature(files.line((8.0, 45.0), (11.0, 45.0)), kind="ferry", status="operating")
    _, layer = added(network, inland)
    assert "Gamma" not in layer.network_notes[0]


def test_a_planned_line_waits_for_its_promise(network: Atlas) -> None:
    whole, _ = added(network, railway((12, 45), (13, 45), status="planned", year="2029"))
    with pytest.raises(RoutingError, match="New railway"):
        route(whole, "d", "f")
    found = route(whole, "d", "f", year=2031, promised=True)
    assert found.best.promised_km == pytest.approx(found.best.legs[0].km)


def test_other_questions_take_the_line_like_ours(network: Atlas) -> None:
    whole, _ = added(network, railway((12, 45.0), (13, 45.0)))
    assert len(cut(whole, "own_new__1", ends=["a", "e"]).lost) == 1
    assert "own_new__1" in {one.row for one in cut(whole).bridges}
    both = compare(line_of(whole, "own_new__1"), route(whole, "d", "f"))
    assert len(both.routes) == 2
    assert describe(whole, "own_new__1").text("en").startswith("Runs east from Delta to Epsilon in Celand, 79 km.")


def test_the_page_carries_the_hops(network: Atlas, shipped: Atlas) -> None:
    whole, _ = added(network, railway((12, 45), (12.5, 45.5)), railway((12.5, 45.5), (13.0, 45.0)))
    looks = with_own(read_styles(shipped.catalog.path / "styles.toml"), whole.catalog)
    head = head_payload(whole, whole.rows, looks, {})
    assert head["places"]["own_new__1_end"]["en"] == "45.50° N 12.50° E"
    rows = layer_payload("own_new", whole.rows[whole.rows["layer"] == "own_new"], carried_by(head, whole))["rows"]
    assert rows[0]["hops"]["stops"] == ["d", "own_new__1_end"]


def test_many_lines_of_one_file_stay_off_the_network(network: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sco_map.own.joining.MOST_JOINED", 1)
    _, layer = added(network, railway((12, 45), (12.5, 45.5)), railway((12.5, 45.5), (13.0, 45.0)))
    assert layer.network_notes == ("new.geojson: 2 lines are too many to join the network; up to 1 of one file do",)


def test_the_library_and_the_command_line_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = files.geojson(tmp_path / "osh.geojson", railway((75.98, 39.46), (74.5, 39.8), (72.8, 40.52)))
    whole = sco_map.load(add=[path])
    said = "osh.geojson: 1 line joins the network of the map; an end within 10 km of a place counts as that place: "
    assert any(note.startswith(said) for note in whole.own_notes)
    assert [leg.row for leg in whole.route("kashgar", "osh").best.legs] == ["own_osh__1"]
    assert main(["route", "kashgar", "osh", "--add", str(path), "--alternatives", "1"]) == 0
    printed = capsys.readouterr()
    assert "own_osh__1" in printed.out and said in printed.err
    assert main(["route", "kashgar", "osh", "--map", "kind=x"]) == 2
