"""Words that are alike: other scripts, slips of the keys, and what of many names is nearest."""

from __future__ import annotations

import pytest

from sco_map.model.likeness import Named, kinship, latin, most_alike, slips, slips_allowed

NAMED = [
    Named("project", "middle_corridor", ("Middle Corridor", "Срединный коридор", "中间走廊")),
    Named("country", "KAZ", ("Kazakhstan", "কাজাখস্তান", "Казахстан", "哈萨克斯坦")),
    Named("country", "CHN", ("China", "Китай", "中国")),
    Named("place", "turkmenbashi", ("Turkmenbashi", "Туркменбаши")),
    Named("place", "gwadar", ("Gwadar", "Гвадар")),
    Named("row", "gwadar_line", ("Gwadar railway",)),
]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Middle Coridor", ["middle_corridor"]),
        ("midle coridor", ["middle_corridor"]),
        ("коридор срединый", ["middle_corridor"]),
        ("kazakstan", ["KAZ"]),
        ("Казакстан", ["KAZ"]),
        ("哈萨克斯坦人", ["KAZ"]),
        ("Чина", ["CHN"]),
        ("Türkmenbaşy", ["turkmenbashi"]),
        ("Gwadr", ["gwadar", "gwadar_line"]),
        ("gwadar railwya", ["gwadar_line"]),
        ("gwadar canal", []),
        ("Gwa dar", ["gwadar", "gwadar_line"]),
        ("Qazaqstan", ["KAZ"]),
        ("qqqq", []),
        ("", []),
        ("<>&", []),
    ],
)
def test_the_nearest_names(text: str, ids: list[str]) -> None:
    assert [one.id for one in most_alike(text, NAMED)] == ids


def test_the_scripts_meet_in_latin_letters() -> None:
    assert latin("Ташкент") == latin("TASHKENT") == "tashkent"
    assert latin("Oʻzbekiston") == latin("O'zbekiston") == "ozbekiston"
    assert latin("Bakı") == "baki"
    assert latin("Қашқар") == latin("Qashqar") == "kashkar"
    assert latin("中国") == "中国"


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("gwadr", "gwadar", 1), ("gawdar", "gwadar", 1), ("gwadaar", "gwadar", 1), ("gwedar", "gwadar", 1), ("", "ab", 2)],
)
def test_slips_are_counted_both_ways(one: str, other: str, count: int) -> None:
    assert slips(one, other, 3) == slips(other, one, 3) == count
    assert slips(one, other, count - 1) == count


def test_a_longer_word_may_have_more_slips_and_none_too_many() -> None:
    allowed = [slips_allowed(letters) for letters in range(40)]
    assert allowed == sorted(allowed)
    assert allowed[:3] == [0, 0, 0]
    assert all(count * 3 <= letters for letters, count in enumerate(allowed))


def test_kinship_is_between_nothing_and_the_same() -> None:
    assert kinship("party", "party") == 1
    assert kinship("abc", "xyz") == kinship("", "") == 0
    assert 0.7 < kinship("partie", "party") < 0.8
