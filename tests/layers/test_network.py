"""A line follows the network through its places, says how true each stretch is, and refuses what it cannot prove."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sco_map.errors import ScoMapError
from sco_map.layers.rail.bound import bound_km, chord_accuracies_km
from sco_map.layers.rail.graph import great_circle_km
from sco_map.layers.rail.network import Network, read_network, trace
from sco_map.layers.rows.pieces import Piece
from sco_map.model.accuracy import row_figures
from sco_map.model.geodesy import distance_km, length_km


@dataclass(frozen=True)
class Place:
    """A place as the network needs it."""

    id: str
    lon: float
    lat: float
    accuracy_km: float = 3.0
    is_helper: bool = False


Node = tuple[float, float]
Build = Callable[[list[Node], list[tuple[int, int, float]]], Network]


def chord(start: Node, end: Node) -> float:
    return float(great_circle_km(*start, *end))


@pytest.fixture
def network(tmp_path: Path) -> Build:
    """Return a function that reads a network of nodes (lon, lat) and edges (start, end, track over chord)."""

    def build(nodes: list[Node], edges: list[tuple[int, int, float]]) -> Network:
        graph: list[dict[int, float]] = [{index: 0.0} for index in range(len(nodes))]
        for start, end, factor in edges:
            km = round(factor * chord(nodes[start], nodes[end]), 3)
            graph[start][end] = graph[end][start] = km
        path = tmp_path / "railways.py"
        path.write_text(f"from somewhere import GeoGraph\ngraph={graph}\nnodes={[[y, x] for x, y in nodes]}\n")
        return read_network(path)

    return build


@pytest.fixture
def line(network: Build) -> Network:
    """Return a line of three edges of 143 km along the 50th parallel; the track of the last is a tenth longer."""
    nodes = [(60.0, 50.0), (62.0, 50.0), (64.0, 50.0), (66.0, 50.0)]
    return network(nodes, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.1)])


WEST, EAST = Place("west", 60.0, 50.01), Place("east", 66.0, 49.99)


# ---------------------------------------------------------------------- the file


def test_file_is_read_without_being_run(line: Network) -> None:
    assert len(line.lon) == 4
    assert list(zip(line.start.tolist(), line.end.tolist(), strict=True)) == [(0, 1), (1, 2), (2, 3)]
    assert line.metres[0] == pytest.approx(1000 * chord((60.0, 50.0), (62.0, 50.0)), abs=1)


def test_only_the_extent_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "railways.py"
    path.write_text("graph=[{1: 80.0}, {0: 80.0, 2: 80.0}, {1: 80.0}]\nnodes=[[50, 60], [50, 61], [50, 62]]\n")
    kept = read_network(path, (60.5, 40.0, 70.0, 60.0))
    assert kept.lon.tolist() == [61.0, 62.0]
    assert (kept.start.tolist(), kept.end.tolist()) == ([0], [1])


@pytest.mark.parametrize("text", ["", "graph=[{1: 2.0}, {0: 2.0}]\n", "graph=[{5: 2.0}]\nnodes=[[50, 60]]\n"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "railways.py"
    path.write_text(text)
    with pytest.raises(ScoMapError, match=r"railways\.py is not a network"):
        read_network(path)


def test_ends_of_tracks_within_half_a_kilometre_are_one_track(network) -> None:
    ends = [(60.0, 50.0), (62.0, 50.0), (62.004, 50.0), (64.0, 50.0)]
    closed = network(ends, [(0, 1, 1.0), (2, 3, 1.0)])
    assert len(closed.start) == 3
    pieces = trace(closed, [WEST, Place("mid", 64.0, 50.0)])
    assert {piece.basis for piece in pieces} == {"network"}


def test_wider_gaps_stay_open(network) -> None:
    ends = [(60.0, 50.0), (62.0, 50.0), (62.01, 50.0), (64.0, 50.0)]
    assert len(network(ends, [(0, 1, 1.0), (2, 3, 1.0)]).start) == 2


# ---------------------------------------------------------------------- the bound


def test_bound_is_the_height_of_the_widest_triangle() -> None:
    assert bound_km(5.0, 3.0) == 2.0
    assert bound_km(3.0, 3.0) == 0.0
    assert bound_km(2.999, 3.0) == 0.0


def test_no_figure_is_better_than_half_a_kilometre() -> None:
    assert chord_accuracies_km(3.0, [3.0], []) == [0.5]


def test_a_place_on_a_chord_leaves_less_room() -> None:
    whole = chord_accuracies_km(130.0, [100.0], [])
    parts = chord_accuracies_km(130.0, [60.0, 55.0], [3.0])
    assert whole is not None and parts is not None
    assert max(parts) < whole[0]
    assert parts[0] == pytest.approx(0.45 * bound_km(130.0 - 55.0, 60.0) + 3.0, abs=0.001)


def test_places_that_the_track_cannot_reach_prove_nothing() -> None:
    assert chord_accuracies_km(130.0, [80.0, 60.0], [3.0]) is None


def wandering(random_: random.Random, km: float) -> list[tuple[float, float]]:
    """Return a track of `km` in steps of 0.5 km whose course drifts, on a plane in km."""
    course, points = 0.0, [(0.0, 0.0)]
    turn = 0.0
    for _ in range(round(2 * km)):
        turn = 0.97 * turn + random_.gauss(0, 0.012)
        course = 0.995 * course + turn
        x, y = points[-1]
        points.append((x + 0.5 * math.cos(course), y + 0.5 * math.sin(course)))
    return points


def test_nine_tenths_of_a_track_lie_within_the_figure() -> None:
    random_ = random.Random(7)
    inside: list[bool] = []
    for _ in range(400):
        track = wandering(random_, random_.choice((20, 40, 80, 160)))
        (x, y), length = track[-1], 0.5 * (len(track) - 1)
        straight = math.hypot(x, y)
        figures = chord_accuracies_km(length, [straight], [])
        assert figures is not None
        if bound_km(length, straight) < 1:
            continue
        off = [abs(x * v - y * u) / straight for u, v in track]
        assert max(off) <= bound_km(length, straight)
        inside += [distance <= figures[0] for distance in off]
    assert len(inside) > 20_000
    assert 0.85 < sum(inside) / len(inside) < 0.97


# ---------------------------------------------------------------------- the way


def test_a_line_runs_from_place_to_place(line: Network) -> None:
    pieces = trace(line, [WEST, EAST], segment="a__b")
    assert pieces[0].points[0] == (60.0, 50.0)
    assert pieces[-1].points[-1] == (66.0, 50.0)
    for before, after in itertools.pairwise(pieces):
        assert before.points[-1] == after.points[0]
    assert {(piece.start, piece.end) for piece in pieces} == {("west", "east")}
    assert [piece.basis for piece in pieces] == ["network", "network"]
    assert pieces[0].accuracy_km == 0.5
    bound = bound_km(1.1 * chord((64.0, 50.0), (66.0, 50.0)), chord((64.0, 50.0), (66.0, 50.0)))
    assert pieces[1].accuracy_km == pytest.approx(0.6 * bound, abs=0.06)


def test_the_way_back_is_the_same_line(line: Network) -> None:
    there, back = trace(line, [WEST, EAST]), trace(line, [EAST, WEST])
    assert [piece.points[::-1] for piece in back[::-1]] == [piece.points for piece in there]
    assert [piece.accuracy_km for piece in back[::-1]] == [piece.accuracy_km for piece in there]


def test_a_place_divides_an_edge_where_it_is_nearest(line: Network) -> None:
    pieces = trace(line, [Place("between", 60.5, 50.02), EAST])
    assert pieces[0].points[0] == (60.5, 50.0)


def test_a_long_chord_bends_through_a_place(line: Network) -> None:
    place = Place("oasis", 65.0, 50.2)
    straight = trace(line, [WEST, EAST])[-1]
    pieces = trace(line, [WEST, place, EAST])
    assert any((65.0, 50.2) in piece.points for piece in pieces)
    assert max(piece.accuracy_km for piece in pieces) < straight.accuracy_km
    assert {piece.basis for piece in pieces} == {"network"}


def test_a_long_chord_is_drawn_as_a_geodesic(line: Network) -> None:
    points = trace(line, [WEST, EAST])[-1].points
    assert len(points) > 2
    assert max(lat for _, lat in points) > 50.0


def test_a_detour_to_a_place_beside_the_line_is_left_out(network) -> None:
    nodes = [(60.0, 50.0), (62.0, 50.0), (64.0, 50.0), (62.0, 50.02)]
    spur = network(nodes, [(0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0)])
    pieces = trace(spur, [WEST, Place("mine", 62.0, 50.04), Place("end", 64.0, 50.0)])
    points = [point for piece in pieces for point in piece.points]
    assert (62.0, 50.0) in points
    assert max(lat for _, lat in points) < 50.01


def test_the_nearer_of_two_lines_is_taken(network) -> None:
    nodes = [(60.0, 50.0), (62.0, 50.0), (64.0, 50.0), (61.0, 50.3), (63.0, 50.3)]
    lines = network(nodes, [(0, 1, 1.0), (1, 2, 1.0), (0, 3, 1.0), (3, 4, 1.0), (4, 2, 1.0)])
    north = trace(lines, [WEST, Place("pin", 62.0, 50.29), Place("end", 64.0, 50.0)])
    assert (61.0, 50.3) in north[0].points
    south = trace(lines, [WEST, Place("end", 64.0, 50.0)])
    assert (62.0, 50.0) in south[0].points


def test_helpers_give_no_names(line: Network) -> None:
    helper = Place("pin", 63.0, 50.0, is_helper=True)
    assert {(piece.start, piece.end) for piece in trace(line, [WEST, helper, EAST])} == {("west", "east")}
    with pytest.raises(ScoMapError, match="ends at a helper"):
        trace(line, [helper, EAST])


# ---------------------------------------------------------------------- what is refused


def said(network: Network, stops: list[Place], bridges: tuple[tuple[str, str], ...] = ()) -> str:
    with pytest.raises(ScoMapError) as caught:
        trace(network, stops, bridges=bridges, segment="north__south")
    return str(caught.value)


def test_a_place_off_the_tracks_is_named_with_its_distance(line: Network) -> None:
    message = said(line, [WEST, Place("village", 63.0, 50.5), EAST])
    assert "'north__south'" in message and "'village'" in message
    assert "55.6 km" in message and "7.0 km" in message


def test_all_places_off_the_tracks_are_named_at_once(line: Network) -> None:
    message = said(line, [Place("north", 60.0, 51.0), Place("south", 66.0, 49.0)])
    assert "'north'" in message and "'south'" in message


@pytest.fixture
def broken(network: Build) -> Network:
    """Return two lines with 7 km of nothing between them."""
    return network([(60.0, 50.0), (62.0, 50.0), (62.1, 50.0), (64.0, 50.0)], [(0, 1, 1.0), (2, 3, 1.0)])


END = Place("end", 64.0, 50.0)


def test_a_break_is_named_with_its_length(broken: Network) -> None:
    message = said(broken, [WEST, END])
    assert "'west' to 'end'" in message and "a break of 7.2 km" in message


def test_a_declared_break_is_drawn_straight_and_recorded(broken: Network) -> None:
    pieces = trace(broken, [WEST, END], bridges=[("west", "end")])
    assert [piece.basis for piece in pieces] == ["network", "waypoints", "network"]
    assert pieces[1].points == ((62.0, 50.0), (62.1, 50.0))
    assert pieces[1].accuracy_km == pytest.approx(0.5 + 0.2 * 7.17, abs=0.1)


def test_a_place_away_from_any_track_ends_a_bridge(line: Network) -> None:
    port = Place("port", 66.0, 50.3, accuracy_km=4.0)
    pieces = trace(line, [WEST, EAST, port], bridges=[("east", "port")])
    assert pieces[-1].basis == "waypoints"
    assert pieces[-1].points[-1] == (66.0, 50.3)
    assert pieces[-1].accuracy_km >= 4.0


def test_a_bridge_longer_than_allowed_is_refused(network) -> None:
    apart = network([(60.0, 50.0), (62.0, 50.0), (64.0, 50.0), (66.0, 50.0)], [(0, 1, 1.0), (2, 3, 1.0)])
    message = said(apart, [WEST, EAST], (("west", "east"),))
    assert "143" in message and "more than 100 km" in message


def test_a_bridge_that_nothing_needs_is_refused(line: Network) -> None:
    assert "take the bridge out" in said(line, [WEST, EAST], (("west", "east"),))


def test_a_bridge_that_is_not_a_hop_is_refused(line: Network) -> None:
    assert "is not a hop between its via places" in said(line, [WEST, EAST], (("east", "west"),))


def test_a_way_around_a_break_is_refused(network) -> None:
    nodes = [(60.0, 50.0), (62.0, 50.0), (62.1, 50.0), (64.0, 50.0), (60.0, 53.0), (64.0, 53.0)]
    around = network(nodes, [(0, 1, 1.0), (2, 3, 1.0), (0, 4, 1.0), (4, 5, 1.0), (5, 3, 1.0)])
    message = said(around, [WEST, END])
    assert "km around for" in message and "'west' to 'end'" in message


# ---------------------------------------------------------------------- pieces


def figures(pieces: list[Piece]) -> tuple[list[float], list[float], list[str]]:
    return (
        [length_km(piece.points) for piece in pieces],
        [piece.accuracy_km for piece in pieces],
        [piece.basis for piece in pieces],
    )


def test_like_edges_are_one_piece_with_the_figure_of_their_mixture(network) -> None:
    nodes = [(60.0 + 0.2 * index, 50.0) for index in range(11)]
    edges = [(index, index + 1, 1.0 if index % 2 else 1.02) for index in range(10)]
    pieces = trace(network(nodes, edges), [WEST, Place("end", 62.0, 50.0)])
    assert len(pieces) == 1
    lengths = [distance_km(a, b) for a, b in itertools.pairwise(nodes)]
    bounds = [0.6 * bound_km(factor * chord(nodes[a], nodes[b]), chord(nodes[a], nodes[b])) for a, b, factor in edges]
    mixture = row_figures(lengths, [max(0.5, bound) for bound in bounds], ["network"] * 10)
    assert pieces[0].accuracy_km == pytest.approx(mixture.accuracy_km, abs=0.11)


def test_a_long_line_has_few_pieces(network) -> None:
    nodes = [(60.0 + 0.1 * index, 50.0) for index in range(600)]
    random_ = random.Random(3)
    edges = [(index, index + 1, random_.choice((1.0, 1.01, 1.05, 1.3))) for index in range(599)]
    pieces = trace(network(nodes, edges), [WEST, Place("end", 119.9, 50.0)])
    assert 1 <= len(pieces) <= 31


def test_two_readings_give_the_same_line(line: Network) -> None:
    first, second = trace(line, [WEST, EAST]), trace(line, [WEST, EAST])
    assert first == second
    assert figures(first) == figures(second)


def test_every_hop_has_the_length_of_its_track(line: Network) -> None:
    helper = Place("pin", 65.0, 50.0, is_helper=True)
    pieces = trace(line, [WEST, Place("mid", 64.0, 50.0), helper, EAST])
    track: dict[tuple[str, str], float] = {}
    for leg in (leg for piece in pieces for leg in piece.legs):
        track[leg.start, leg.end] = track.get((leg.start, leg.end), 0.0) + leg.km
    edge = chord((60.0, 50.0), (62.0, 50.0))
    assert track == {
        ("west", "mid"): pytest.approx(2 * edge, abs=0.01),
        ("mid", "east"): pytest.approx(1.1 * edge, abs=0.01),
    }
