"""The words of the interface: what a language lacks, has too much of or says with other gaps is named with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.check.interface import interface_faults

WORDS = {
    "en": """
reset = "Reset"
rows_one = "{n} row"
rows_other = "{n} rows"
all_one = "All: {n}"
all_other = "All: {n}"
[app]
map = "Map of {year}"
""",
    "bn": """
reset = "রিসেট"
rows_one = "{n}টি সারি"
rows_other = "{n}টি সারি"
all_other = "সব: {n}"
[app]
map = "{year} সালের মানচিত্র"
""",
    "ru": """
reset = "Сброс"
rows_one = "{n} строка"
rows_few = "{n} строки"
rows_many = "{n} строк"
rows_other = "{n} строки"
all_other = "Все: {n}"
[app]
map = "Карта {year} года"
""",
    "zh": """
reset = "重置"
rows_other = "{n}行"
all_other = "全部：{n}"
[app]
map = "{year}年地图"
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a few words in four languages."""
    for language, text in WORDS.items():
        (tmp_path / f"{language}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_right_words_are_accepted(folder: Path) -> None:
    assert interface_faults(folder) == []


SPOILT = {
    "missing": ("zh", 'reset = "重置"\n', "", "zh.toml, reset: is missing; in English it is 'Reset'"),
    "missing in a table": (
        "bn",
        'map = "{year} সালের মানচিত্র"\n',
        "",
        "bn.toml, app.map: is missing; in English it is 'Map of {year}'",
    ),
    "form of the plural": (
        "ru",
        'rows_few = "{n} строки"\n',
        "",
        "ru.toml, rows_few: is missing; in English it is '{n} rows'",
    ),
    "unknown": ("ru", "reset =", "resett =", "ru.toml, resett: unknown word 'resett'; did you mean 'reset'?"),
    "other gaps": (
        "zh",
        "{year}年地图",
        "{yaer}年地图",
        "zh.toml, app.map: '{yaer}年地图' has other gaps to fill than the English 'Map of {year}'",
    ),
    "markup": ("ru", '"Сброс"', '"<b>Сброс"', "ru.toml, reset: '<b>Сброс' contains markup; write plain text"),
    "white space": ("en", '"Reset"', '"Reset "', "en.toml, reset: 'Reset ' begins or ends with white space"),
    "not TOML": ("bn", 'reset = "', "reset = ", "bn.toml: is not valid TOML: "),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_word_is_named(name: str, folder: Path) -> None:
    language, old, new, said = SPOILT[name]
    file = folder / f"{language}.toml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    found = [str(problem) for problem in interface_faults(folder)]
    assert [text for text in found if text.startswith(said)], found


def test_a_missing_language_is_named(folder: Path) -> None:
    (folder / "bn.toml").unlink()
    assert [str(problem) for problem in interface_faults(folder)] == ["bn.toml: the file is missing"]
