"""The start values of a hop and the figure of a row."""

from __future__ import annotations

import math
import random

import pytest

from sco_map.model.accuracy import Figures, hop_accuracy_km, row_figures, share_inside, spread_for


@pytest.mark.parametrize(
    ("kind", "recipe", "hop_km", "expected"),
    [
        ("gas_pipeline", "via", 40, 30),
        ("gas_pipeline", "via", 60, 30),
        ("oil_pipeline", "via", 160, 52),
        ("rail", "via", 0, 4),
        ("rail", "along", 50, 14),
        ("road", "via", 100, 24),
        ("sea", "symbol", 100, 26),
        ("gas_pipeline", "symbol", 100, 26),
    ],
)
def test_start_values(kind, recipe, hop_km, expected):
    assert hop_accuracy_km(spread_for(kind, recipe), hop_km, 0, 0) == pytest.approx(expected)


def test_a_hop_is_never_better_than_its_places():
    assert hop_accuracy_km(spread_for("rail", "via"), 10, 2, 15) == 15
    assert hop_accuracy_km(spread_for("rail", "via"), 10, 2, 3) == 6


def test_one_piece_gives_its_own_figure():
    assert row_figures([120.0], [15.0], ["waypoints"]) == Figures(15.0, 15.0, 15.0, "waypoints")


def test_pieces_of_one_accuracy_give_that_accuracy():
    assert row_figures([10.0, 90.0], [7.5, 7.5], ["network", "network"]).accuracy_km == 7.5


def test_the_mixture_of_a_good_and_a_bad_half():
    figures = row_figures([50.0, 50.0], [2.0, 20.0], ["network", "waypoints"])
    # Half of the row is surely inside, so the other half has to be inside with 80 %: erf(1.1631 x / 20) = 0.8.
    assert figures.accuracy_km == pytest.approx(20 * 0.9062 / 1.1631, abs=0.1)
    assert (figures.mean_km, figures.worst_km) == (11.0, 20.0)


def test_a_short_bad_piece_hardly_counts():
    figures = row_figures([990.0, 10.0], [10.0, 300.0], ["network", "waypoints"])
    assert (figures.accuracy_km, figures.mean_km, figures.worst_km) == (10.3, 12.9, 300.0)


def test_nine_tenths_of_a_simulated_row_lie_inside():
    chance = random.Random(1)
    lengths, accuracies = [100.0, 300.0, 50.0], [3.0, 12.0, 60.0]
    figure = row_figures(lengths, accuracies, ["network"] * 3).accuracy_km
    offsets = [
        abs(chance.gauss(0, accuracy / 1.6449))
        for _ in range(40_000)
        for accuracy in chance.choices(accuracies, weights=lengths)
    ]
    inside = sum(offset <= figure for offset in offsets) / len(offsets)
    assert inside == pytest.approx(0.9, abs=0.01)


def test_share_inside_grows_from_none_to_all():
    assert share_inside(0, [1.0], [5.0]) == 0
    assert share_inside(5, [1.0], [5.0]) == pytest.approx(0.9, abs=1e-4)
    assert math.isclose(share_inside(100, [1.0], [5.0]), 1)


def test_the_basis_is_the_one_of_most_km():
    assert row_figures([10.0, 30.0, 25.0], [1.0, 1.0, 1.0], ["network", "waypoints", "network"]).basis == "network"
