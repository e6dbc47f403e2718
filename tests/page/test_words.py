"""The words of the interface are there in every language, with the same gaps to fill."""

from __future__ import annotations

import re
import tomllib

import pytest

from sco_map.model.languages import LANGUAGES
from sco_map.page.words import LOCALE, words
from tests.browser import ROOT

GAP = re.compile(r"\{(\w+)\}")
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
ENGLISH = words("en")


def own(language: str) -> dict[str, str]:
    """Return the words that the file of a language itself has."""
    file = tomllib.loads((LOCALE / f"{language}.toml").read_text(encoding="utf-8"))
    return {key: text for key, text in file.items() if isinstance(text, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language: str) -> None:
    stems = {PLURAL.sub("", key) for key in ENGLISH}
    assert set(ENGLISH) - set(own(language)) == set()
    assert {PLURAL.sub("", key) for key in own(language)} - stems == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_gaps(language: str) -> None:
    wrong = {
        key
        for key, text in own(language).items()
        if key in ENGLISH and set(GAP.findall(text)) != set(GAP.findall(ENGLISH[key]))
    }
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_plain_text(language: str) -> None:
    assert [key for key, text in own(language).items() if "<" in text or "&" in text or text != text.strip()] == []


def test_russian_counts_in_its_own_way() -> None:
    russian = own("ru")
    for stem in {PLURAL.sub("", key) for key in ENGLISH if key.startswith(("count_", "hidden_", "rows_"))}:
        assert {f"{stem}_one", f"{stem}_few", f"{stem}_many", f"{stem}_other"} <= set(russian)


def test_every_word_the_script_asks_for_exists() -> None:
    script = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "web" / "src").rglob("*.ts")))
    asked = set(re.findall(r"\bword\(\"(\w+)\"[,)]", script))
    counted = set(re.findall(r"\bcounted\(\"(\w+)\"", script))
    assert asked - set(ENGLISH) == set()
    assert {f"{key}_other" for key in counted} - set(ENGLISH) == set()
