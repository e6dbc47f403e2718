"""What the page carries of the network: hops that say only what the row does not, and the states of places."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sco_map.atlas import Atlas, meeting_places
from sco_map.page.hops import has_legs, junctions, packed_hops, states_at_nodes
from sco_map.page.payload import carried_by, head_payload, layer_payload
from sco_map.page.styles import read_styles
from tests.routing.tiny import PLACES, network_atlas, rows

NUMBERS = {id_: number for number, id_ in enumerate(PLACES)}


def test_only_hops_that_leave_a_state_say_so() -> None:
    north = next(row for row in rows() if row["id"] == "north")
    packed = packed_hops(north)
    assert packed["states"] == [[0, 0, 19_000, 1]], "190 km in the first state, the rest in the second"
    assert "stops" not in packed


def test_what_is_no_link_carries_no_hops() -> None:
    found = {row["id"]: has_legs(row["kind"], row.get("hops")) for row in rows()}
    assert found["main"] and found["ferry"] and found["lane"]
    assert not found["change"]


def test_a_place_whose_hops_lie_in_several_states_carries_its_own() -> None:
    states = states_at_nodes(network_atlas().rows)
    assert states["a"] == {"AAA"}
    assert states["x"] == {"AAA", "BBB"}
    assert states["p"] == {"BBB"}, "a leg at sea counts to no state"


def test_breaks_and_ports_are_those_of_the_network() -> None:
    atlas = network_atlas()
    found = junctions(atlas, PLACES, NUMBERS)
    _, ports = meeting_places(atlas)
    assert found == {"breaks": [NUMBERS["x"]], "ports": sorted(NUMBERS[port] for port in ports), "enclosed": []}
    assert ports == frozenset("pq")
    assert junctions(atlas, ["p"], NUMBERS) == {"breaks": [], "ports": [NUMBERS["p"]], "enclosed": []}


@pytest.fixture(scope="module")
def head(shipped: Atlas) -> dict[str, Any]:
    return head_payload(shipped, shipped.rows, read_styles(shipped.catalog.path / "styles.toml"), {})


def test_every_place_of_the_network_is_carried_and_few_say_their_state(shipped: Atlas, head: dict[str, Any]) -> None:
    nodes = states_at_nodes(shipped.rows)
    assert nodes.keys() <= head["places"].keys()
    told = [id_ for id_ in nodes if "country" in head["places"][id_]]
    assert 0 < len(told) < len(nodes) / 20
    for id_ in nodes.keys() - set(told):
        assert nodes[id_] == {shipped.catalog.places[id_].country}, id_


def test_the_network_costs_the_page_little(shipped: Atlas, head: dict[str, Any]) -> None:
    carried = carried_by(head, shipped)
    layers = [layer_payload(id_, part, carried) for id_, part in shipped.rows.groupby("layer", sort=True)]
    hops = [row["hops"] for layer in layers for row in layer["rows"] if "hops" in row]
    lines = zip(shipped.rows["kind"], shipped.rows["hops"], strict=True)
    assert len(hops) == sum(has_legs(kind, cells) for kind, cells in lines)
    assert len(json.dumps(hops, separators=(",", ":"))) < 32_000
