"""A number agrees with its noun."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.cli import main
from sco_map.model.texts import counted


@pytest.mark.parametrize(
    ("number", "nouns", "text"),
    [
        (0, ("entry", "entries"), "0 entries"),
        (1, ("entry", "entries"), "1 entry"),
        (2, ("entry", "entries"), "2 entries"),
        (1, ("line",), "1 line"),
        (1200, ("line",), "1,200 lines"),
    ],
)
def test_number_and_noun_agree(number: int, nouns: tuple[str, ...], text: str) -> None:
    assert counted(number, *nouns) == text


def test_one_entry_is_an_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "one.csv"), "--project", "anaklia_port"]) == 0
    assert "one.csv: 1 entry, " in capsys.readouterr().out
