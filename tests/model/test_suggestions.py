"""What was probably meant: spellings, aliases and names in every script lead to the id."""

from __future__ import annotations

import pytest

from sco_map.model.suggestions import hint, nearest, unknown

KNOWN = {
    "rail": ("railway", "железная дорога"),
    "gas_pipeline": ("gas line",),
    "gas_storage": (),
    "port": ("harbour", "Häfen"),
}


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("railway", ["rail"]),
        ("Железная дорога", ["rail"]),
        ("hafen", ["port"]),
        ("GAS-PIPELINE", ["gas_pipeline"]),
        ("gas", ["gas_storage", "gas_pipeline"]),
        ("rial", ["rail"]),
        ("zzz", []),
    ],
)
def test_the_nearest_ids(value: str, ids: list[str]) -> None:
    assert sorted(nearest(value, KNOWN)) == sorted(ids)


def test_ids_alone_are_searched_too_in_a_fixed_order() -> None:
    assert nearest("ab_x", {"ab_1", "ab_2", "ab_3", "ab_4"}) == nearest("ab_x", ["ab_1", "ab_2", "ab_3", "ab_4"])


def test_a_million_letters_resemble_nothing_and_are_not_compared_one_by_one() -> None:
    assert nearest("ab" * 500_000, KNOWN) == []


def test_the_sentence_names_the_nearest_else_the_few_that_are_known() -> None:
    assert unknown("kind", "rial", KNOWN) == "unknown kind 'rial'; did you mean 'rail'?"
    assert unknown("kind", "zzz", KNOWN) == "unknown kind 'zzz'; known are rail, gas_pipeline, gas_storage, port"
    assert hint("zzz", {"b", "a"}) == "; known are a, b"
    assert hint("zzz", [f"id_{number}" for number in range(13)]) == "; no known value resembles it"
    assert hint("zzz", []) == "; no known value resembles it"
