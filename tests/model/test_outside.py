"""What ids of others look like, and the digit that checks the code of a station."""

from __future__ import annotations

import pytest

from sco_map.model.outside import ID, NAMES, SCHEMES, check_digit, id_fault


@pytest.mark.parametrize(
    ("scheme", "id_"),
    [
        ("wikidata", "Q148"),
        ("gem", "Urengoy-Pomary-Uzhgorod_pipeline"),
        ("gem", "Hajiqabul–Astara–Abadan_Gas_Pipeline"),
        ("unlocode", "KZAAU"),
        ("unlocode", "USA2B"),
        ("station_code", "708507"),
    ],
)
def test_an_id_that_looks_like_one_is_taken(scheme: str, id_: str) -> None:
    assert id_fault(scheme, id_) is None


@pytest.mark.parametrize(
    ("scheme", "id_"),
    [
        ("wikidata", "Q0148"),
        ("wikidata", "P148"),
        ("wikidata", "Q148\n"),
        ("gem", "a/b"),
        ("gem", "Blue Stream"),
        ("gem", "?x"),
        ("unlocode", "KZAA1"),
        ("unlocode", "kzaau"),
        ("unlocode", "KZAAUX"),
        ("station_code", "70850"),
        ("station_code", "708508"),
    ],
)
def test_anything_else_is_refused(scheme: str, id_: str) -> None:
    assert id_fault(scheme, id_)


def test_a_digit_checks_a_station_with_second_weights_where_the_first_give_ten() -> None:
    assert check_digit("70850") == "7", "7·1 + 0·2 + 8·3 + 5·4 + 0·5 = 51, which is 4 · 11 + 7"
    assert check_digit("00002") == "3", "2·5 = 10, so the weights begin with 3: 2·7 = 14, which is 11 + 3"
    assert check_digit("13001") == "1", "1·1 + 3·2 + 1·5 = 12"
    assert check_digit("82001") == "6", "8 + 4 + 5 = 17"


def test_every_scheme_leads_to_a_fixed_address_or_nowhere() -> None:
    assert len(set(NAMES)) == len(SCHEMES)
    for scheme in SCHEMES:
        assert scheme.address is None or (scheme.address.startswith("https://") and scheme.address.endswith(ID))
