"""What README.md says is what happens; `make renew` brings it up to date."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from tests.browser import ROOT
from tests.readme import CLUSTER, LAYERS, OWN_DATA, README, blocks, commands, layer_table, matches, run

PYTHON = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LARGEST_SITE = 40
"""How many MB a site may have."""

TEXT = README.read_text(encoding="utf-8") if README.exists() else ""


@pytest.mark.parametrize("block", blocks(TEXT), ids=lambda block: block.split("\n")[0][:60])
def test_commands_print_what_the_readme_says(block: str) -> None:
    for command, printed in zip(commands(block), run(block), strict=True):
        assert matches(command.output, printed), f"make renew writes this:\n$ {command.line}\n" + "\n".join(printed)
        for size in re.findall(r"([\d.]+) MB; open index.html", "\n".join(printed)):
            assert float(size) < LARGEST_SITE


@pytest.mark.parametrize("block", blocks(OWN_DATA.read_text(encoding="utf-8")), ids=lambda block: block[:40])
def test_commands_print_what_the_page_on_own_data_says(block: str) -> None:
    for command, printed in zip(commands(block), run(block), strict=True):
        assert matches(command.output, printed), f"make renew writes this:\n$ {command.line}\n" + "\n".join(printed)


@pytest.mark.parametrize("block", blocks(CLUSTER.read_text(encoding="utf-8")), ids=lambda block: block[:40])
def test_commands_print_what_the_page_on_clusters_says(block: str) -> None:
    for command, printed in zip(commands(block), run(block), strict=True):
        assert matches(command.output, printed), f"make renew writes this:\n$ {command.line}\n" + "\n".join(printed)


def test_the_readme_shows_commands() -> None:
    assert len(blocks(TEXT)) >= 3


def test_the_table_of_layers_is_true() -> None:
    said = LAYERS.search(TEXT)
    assert said is not None
    assert said.group() == layer_table()


def test_python_prints_what_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = PYTHON.findall(TEXT)
    monkeypatch.chdir(tmp_path)
    said = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    report: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(said, out=report.append)
    assert report == [], "".join(report)
    assert len(said.examples) > 5


def test_links_lead_to_files() -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", TEXT)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_picture_is_small_enough_to_load() -> None:
    assert (ROOT / "docs" / "map.png").stat().st_size < 400_000


@pytest.mark.parametrize(
    ("said", "printed", "same"),
    [
        (("a", "b"), ["a", "b"], True),
        (("a", "..."), ["a", "b", "c"], True),
        (("a", "...", "c"), ["a", "b", "c"], True),
        (("a",), ["a", "b"], False),
        ((), [""], True),
        ((), ["a"], False),
        (("a: 1,221 kB",), ["a: 998 kB"], True),
        (("a: 1,221 km",), ["a: 998 km"], False),
        (("a: 2,128 files, 38.6 MB; open",), ["a: 998 files, 4.1 MB; open"], True),
        (("a: 2,128 files, 38.6 MB; open",), ["b: 998 files, 4.1 MB; open"], False),
    ],
)
def test_three_dots_stand_for_lines_left_out(said: tuple[str, ...], printed: list[str], same: bool) -> None:
    assert matches(said, printed) is same
