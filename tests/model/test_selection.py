"""A selection survives its way through an address, and says what it does not know."""

from __future__ import annotations

import random
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
    return Selection(**values, year=year, since=since, late=late, q=dice.choice([None, *words]))


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
def test_a_year_that_is_no_number_is_refused(year: str) -> None:
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


def test_unknown_values_can_be_left_out(tiny_atlas: Atlas) -> None:
    selection = Selection(country=("AAA", "XXX"), kind=("nothing",), year=99, q="kept")
    assert selection.without_unknown(tiny_atlas) == Selection(country=("AAA",), q="kept")
