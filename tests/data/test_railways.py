"""Every railway of the catalog that follows the network does so without a fault, and as truly as promised."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter

import pytest

from sco_map.catalog import Catalog, Segment, read_catalog
from sco_map.layers.rail.rails import along_rails, rail_network
from sco_map.layers.rows.pieces import Piece
from sco_map.model.geodesy import distance_km
from tests.browser import ROOT

PROMISED_MEAN_KM = 6.0
PROMISED_SHARE = 0.85
"""How many of the railways along the network agree with a published length of the same scope."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Return the catalog as it is shipped."""
    return read_catalog()


@pytest.fixture(scope="module")
def lines(catalog: Catalog) -> dict[str, list[Piece]]:
    """Return the pieces of every line that follows the network."""
    network, _ = rail_network(catalog)
    along = [segment for segment in catalog.segments.values() if segment.recipe == "along"]
    return {segment.id: along_rails(network, segment, catalog.places) for segment in along}


def km(pieces: list[Piece]) -> list[float]:
    return [
        math.fsum(distance_km(a, b) for a, b in zip(piece.points, piece.points[1:], strict=False)) for piece in pieces
    ]


def test_pieces_join(lines):
    for id_, pieces in lines.items():
        assert pieces, id_
        for before, after in itertools.pairwise(pieces):
            assert before.points[-1] == after.points[0], id_


def test_lines_that_share_an_end_meet_there(catalog, lines):
    ends: dict[str, list[tuple[str, tuple[float, float]]]] = {}
    for id_, pieces in lines.items():
        segment: Segment = catalog.segments[id_]
        ends.setdefault(segment.via[0], []).append((id_, pieces[0].points[0]))
        ends.setdefault(segment.via[-1], []).append((id_, pieces[-1].points[-1]))
    for place, found in ends.items():
        for id_, point in found[1:]:
            apart = distance_km(found[0][1], point)
            assert apart <= catalog.places[place].accuracy_km, f"{place}: {found[0][0]} and {id_}, {apart:.1f} km"


def test_bridges_are_short_beside_what_they_join(lines):
    total = Counter[str]()
    for pieces in lines.values():
        for piece, length in zip(pieces, km(pieces), strict=True):
            total[piece.basis] += round(length)
    assert set(total) == {"network", "waypoints"}
    assert total["waypoints"] < 0.02 * total["network"]


@pytest.mark.parametrize("project", ["middle_corridor", "karachi_peshawar", "trans_siberian"])
def test_mean_accuracy_of_the_great_lines(catalog, lines, project):
    projects = {project, *catalog.descendants(project)}
    lengths: list[float] = []
    figures: list[float] = []
    for id_, pieces in lines.items():
        users = {catalog.segments[id_].project, *catalog.users.get(id_, ())}
        if users & projects:
            lengths += km(pieces)
            figures += [piece.accuracy_km for piece in pieces]
    mean = math.fsum(a * b for a, b in zip(lengths, figures, strict=True)) / math.fsum(lengths)
    assert mean < PROMISED_MEAN_KM


def test_most_lengths_along_the_track_are_the_published_ones():
    page = (ROOT / "docs" / "lengths.md").read_text(encoding="utf-8")
    found = re.search(r"Along the track (\d+) of (\d+) railways agree", page)
    assert found
    agree, compared = int(found[1]), int(found[2])
    assert compared >= 30
    assert agree >= PROMISED_SHARE * compared
