"""Every language spells a name and sets its marks in one way: in texts for readers, in names, in words of the page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from sco_map.catalog import read_catalog
from sco_map.catalog.prose import names_in, read_prose
from sco_map.model.languages import TRANSLATIONS
from sco_map.paths import CATALOG, LOCALE

CHINESE = "[\u4e00-\u9fff]"

WRONG = [
    ("zh", rf"{CHINESE}[,:;?!(]|[,:;?!)]{CHINESE}", "项目:{name}", "项目：{name}"),
    ("zh", "印度河条约", "印度河条约", "《印度河水条约》"),
    ("ru", "[а-яё»}] – (?!порт)[а-яё]|[а-яё»] – {", "Границы – фактические", "Границы — фактические"),
    ("ru", "[а-яё].*\\d[\u00a0 ]%", "около 60 %", "около 60%"),
    ("ru", "[Дд]оговор\\w* об Инде", "по договору об Инде", "по Договору о водах Инда"),
    ("ru", "\\b[Нн]ес(ёт|ут) (газ|нефть)", "Несёт нефть", "Транспортирует нефть"),
    ("bn", "গ্রী[সক]", "গ্রীস", "গ্রিস"),
    ("bn", "মিসর", "মিসর", "মিশর"),
    ("bn", "সোভেৎ", "সোভেৎস্কায়া", "সোভেতস্কায়া"),
    ("bn", "ঝিলাম", "ঝিলাম", "ঝিলম"),
    ("bn", "মজুদ", "মজুদাগার", "মজুতাগার"),
    ("bn", "সিন্ধু চুক্তি", "সিন্ধু চুক্তি", "সিন্ধু পানিচুক্তি"),
    ("bn", "[০-৯] মি(?![\u0980-\u09ff])", "৫ মি", "৫ মিটার"),
]
"""Language, the pattern of what is wrong, a text that was like that, and how it is written."""


@pytest.fixture(scope="module")
def shown() -> dict[str, list[str]]:
    """Return all that readers see in each language but English."""
    catalog = read_catalog()
    return {
        language: [
            *read_prose(CATALOG, language).values(),
            *names_in(catalog, {}, language).values(),
            *words_of(tomllib.loads((LOCALE / f"{language}.toml").read_text(encoding="utf-8"))),
        ]
        for language in TRANSLATIONS
    }


def words_of(table: dict[str, Any]) -> Iterator[str]:
    """Yield the words of a table and of the tables in it."""
    for value in table.values():
        if isinstance(value, dict):
            yield from words_of(value)
        else:
            yield value


@pytest.mark.parametrize(("language", "wrong", "was", "right"), WRONG, ids=[f"{one[0]}-{one[3]}" for one in WRONG])
def test_spelling(shown, language, wrong, was, right):
    assert re.search(wrong, was)
    assert not re.search(wrong, right)
    found = [text for text in shown[language] if re.search(wrong, text)]
    assert not found, f"write {right}, not {was}"
