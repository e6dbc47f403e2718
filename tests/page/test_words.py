"""The words of the interface: whatever the page's script asks for is there; the check says what a language lacks."""

from __future__ import annotations

import re

from sco_map.page.words import words
from tests.browser import ROOT

ENGLISH = words("en")


def test_every_word_the_script_asks_for_exists() -> None:
    script = "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "web" / "src").rglob("*.ts")))
    asked = set(re.findall(r"\bword\(\"(\w+)\"[,)]", script))
    counted = set(re.findall(r"\bcounted\(\"(\w+)\"", script))
    assert asked
    assert asked - set(ENGLISH) == set()
    assert {f"{key}_other" for key in counted} - set(ENGLISH) == set()


def test_what_a_language_lacks_is_english() -> None:
    assert set(ENGLISH) <= set(words("zh"))
    assert words("zh")["reset"] != ENGLISH["reset"]
