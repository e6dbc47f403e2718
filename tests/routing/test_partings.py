"""The links by which alone the network hangs together: the same as trying each of them."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest

from sco_map.routing.links import Link
from sco_map.routing.partings import partings

Joint = tuple[str, str]


def link(row: str, start: str, end: str) -> Link:
    """Return a link of which only the ends matter."""
    return Link(
        row, 0, start, end, 10.0, 1.0, True, "rail", 1520, (), "operating", False, False, None, None, (),
    )  # fmt: skip


def joined(*edges: tuple[Joint, Joint, int], changes: tuple[tuple[Joint, Joint], ...] = ()) -> nx.Graph:
    """Return joints with so many links between two, and places where traffic changes sides."""
    joints = nx.Graph()
    for number, (one, other, count) in enumerate(edges):
        links = [link(f"row_{number}_{string}", one[0], other[0]) for string in range(count)]
        joints.add_edge(one, other, links=links)
    for one, other in changes:
        joints.add_edge(one, other)
    return joints


def tried(joints: nx.Graph) -> dict[str, tuple[int, int]]:
    """Return the same by taking away each link and looking what can still be reached."""
    found: dict[str, tuple[int, int]] = {}
    for one, other, links in joints.edges(data="links"):
        if not links or len(links) != 1:
            continue
        rest = joints.copy()
        rest.remove_edge(one, other)
        left, right = ({place for place, _ in nx.node_connected_component(rest, end)} for end in (one, other))
        if other not in nx.node_connected_component(rest, one):
            sides = len(left - right), len(right - left)
            found[links[0].row] = (min(sides), max(sides))
    return found


def parted(joints: nx.Graph) -> dict[str, tuple[int, int]]:
    """Return the rows of the links that part the network, with the places on either side alone."""
    return {link.row: (min(one, other), max(one, other)) for link, one, other in partings(joints)}


def test_a_chain_hangs_by_each_of_its_links() -> None:
    chain = joined(*((("abcd"[at], "1520"), ("abcd"[at + 1], "1520"), 1) for at in range(3)))
    assert parted(chain) == {"row_0_0": (1, 3), "row_1_0": (2, 2), "row_2_0": (1, 3)}


def test_a_ring_and_two_lines_side_by_side_hang_by_none() -> None:
    a, b, c, d = ((place, "1520") for place in "abcd")
    assert parted(joined((a, b, 1), (b, c, 1), (c, a, 1), (c, d, 2))) == {}


def test_a_place_with_a_joint_on_both_sides_lies_on_neither_alone() -> None:
    broad, narrow = [(place, "1520") for place in "abc"], [(place, "1435") for place in "cd"]
    ring = joined(
        (broad[0], broad[1], 1), (broad[1], broad[2], 1), (("a", "sea"), narrow[0], 1), (narrow[0], narrow[1], 1),
        changes=((("a", "sea"), broad[0]),),
    )  # fmt: skip
    assert parted(ring)["row_1_0"] == (0, 3), "c can be reached by the sea, too, though not by the broad gauge"


@pytest.mark.parametrize("seed", range(60))
def test_random_networks_hang_by_what_trying_finds(seed: int) -> None:
    chance = random.Random(seed)
    all_joints = [(f"p{number}", side) for number in range(9) for side in ("1435", "1520")]
    edges = [
        (one, other, chance.choice((1, 1, 1, 2)))
        for one, other in chance.sample(list(itertools.combinations(all_joints, 2)), chance.randint(6, 20))
        if one[0] != other[0]
    ]
    changes = [((f"p{number}", "1435"), (f"p{number}", "1520")) for number in range(9) if chance.random() < 0.4]
    joints = joined(*edges, changes=tuple(changes))
    assert parted(joints) == tried(joints)
