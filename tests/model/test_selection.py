"""A selection survives its way through an address, and says what it does not know."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import parse_qs

import pytest

from sco_map.atlas import FACETS, Atlas, Selection, SelectionError


def random_selection(atlas: Atlas, dice: random.Random) -> Selection:
    values = {
        facet: tuple(dice.sample(sorted(known), dice.randrange(min(4, len(known) + 1))))
        for facet in FACETS
        if (known := atlas.known_values(facet))
    }
    words = ["silk", "Älpha", "আলফা", "a&b=c", "50 %", "x,y", "#?", "+plus", "  two  words ", ""]
    year = dice.choice([None, 1990, 2026])
    since, late = dice.choice([None, 2000]), dice.random() < 0.2
    hidden = {facet: tuple(dice.choice(["", "-"]) + value for value in some) for facet, some in values.items()}
    ranges = {"length": dice.choice([None, "100-", "-2.5", "7-9"]), "capacity": dice.choice([None, "5-60Mt/yr"])}
    more: dict[str, Any] = {**hidden, **ranges, "q": dice.choice([None, *words])}
    return Selection(**more, year=year, since=since, late=late)


def test_round_trip_of_random_selections(tiny_atlas: Atlas) -> None:
    dice = random.Random(2)
    for _ in range(500):
        selection = random_selection(tiny_atlas, dice)
        query = selection.to_query()
        assert Selection.from_query(query) == selection
        assert Selection.from_query("?" + query) == selection
        assert Selection.from_query(parse_qs(query)) == selection
        assert Selection.from_query(query).to_query() == query
        assert selection.checked(tiny_atlas) is selection


def test_defaults_are_left_out() -> None:
    assert Selection().to_query() == ""
    assert not Selection()
    assert Selection(q="  ") == Selection()


def test_values_are_sorted_and_joined_with_commas() -> None:
    selection = Selection(country=("UZB", "KAZ", "UZB"), year=2030, project=("cku_railway",))
    assert selection.to_query() == "country=KAZ,UZB&project=cku_railway&year=2030"
    assert Selection.from_query("year=2030&country=KAZ&country=UZB&project=cku_railway&lang=ru") == selection


def test_a_mapping_is_read_like_an_address() -> None:
    assert Selection.from_query({"country": "KAZ,UZB", "q": "a b", "theme": "dark"}) == Selection(
        country=("KAZ", "UZB"), q="a b"
    )


@pytest.mark.parametrize("year", ["abc", "20.5", "²⁰²⁶", "-", "--5"])
def test_a_year_that_is_not_a_number_is_refused(year: str) -> None:
    with pytest.raises(SelectionError, match="whole number"):
        Selection.from_query({"year": year})


def test_every_unknown_value_is_named_with_the_nearest_right_ones(tiny_atlas: Atlas) -> None:
    selection = Selection(country=("Beland",), project=("silk_est",), kind=("railway",), status=("done",), year=99)
    with pytest.raises(SelectionError) as caught:
        selection.checked(tiny_atlas)
    assert caught.value.complaints == (
        "unknown country 'Beland'; did you mean 'BBB'?",
        "unknown project 'silk_est'; did you mean 'silk_east'?",
        "unknown kind 'railway'; did you mean 'rail'?",
        "unknown status 'done'; known are proposed, planned, construction, operating, idle, shelved",
        "the year lies between 1800 and 2100, not in 99",
    )


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"length": "long"}, "the length is a range in km, such as 100-500, 100- or -500, not 'long'"),
        ({"length": "5-7mm"}, "the length is a range in km, such as 100-500, 100- or -500, not '5-7mm'"),
        ({"diameter": "9-5"}, "the diameter runs from the smaller to the larger number, which '9-5' does not"),
        ({"opened": "1700-"}, "the opening year lies between 1800 and 2100, which '1700-' does not"),
        ({"capacity": "5"}, "the capacity is a range with its unit, such as 20-50bcm/yr, 20-bcm/yr or -50bcm/yr"),
    ],
)
def test_a_text_that_is_not_a_range_is_refused(asked: dict[str, str], complaint: str) -> None:
    for ask in (Selection.from_query, lambda words: Selection(**words)):
        with pytest.raises(SelectionError) as caught:
            ask(asked)
        assert [text.startswith(complaint) for text in caught.value.complaints] == [True]


def test_a_range_is_written_in_one_way_and_its_unit_is_checked(tiny_atlas: Atlas) -> None:
    asked = Selection(capacity=" 20 - 50  Mt/yr", length="100–500 km", opened="2000")
    assert asked.to_query() == "capacity=20-50Mt/yr&length=100-500&opened=2000"
    assert asked.checked(tiny_atlas) == Selection.from_query(asked.to_query())
    wrong = Selection(capacity="5Mt/y", length="100-")
    assert wrong.complaints(tiny_atlas) == ["unknown unit of capacity 'Mt/y'; did you mean 'Mt/yr'?"]
    assert wrong.without_unknown(tiny_atlas) == Selection(length="100-")


def test_a_minus_sign_hides_a_value_and_the_value_is_checked(tiny_atlas: Atlas) -> None:
    assert Selection.from_query("status=-idle,-,operating").status == ("-idle", "operating")
    assert Selection(status=("-idel", "-idle")).complaints(tiny_atlas) == [
        "unknown status 'idel'; did you mean 'idle'?"
    ]
    assert Selection(status=("-idel", "-idle")).without_unknown(tiny_atlas) == Selection(status=("-idle",))


def test_unknown_values_can_be_left_out(tiny_atlas: Atlas) -> None:
    selection = Selection(country=("AAA", "XXX"), kind=("nothing",), year=99, q="kept")
    assert selection.without_unknown(tiny_atlas) == Selection(country=("AAA",), q="kept")
