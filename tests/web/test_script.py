"""The unit tests of the page's script, run once, and what Python computes for them."""

from __future__ import annotations

import re
import subprocess

from sco_map.layers.page_script import WEB, find_node
from tests.web.vectors import FOLDER, files

FEWEST = 150
"""Tests that the script has at least: fewer mean that some were not found."""


def test_the_vectors_are_what_python_computes() -> None:
    expected = {path.name: text for path, text in files().items()}
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    stale = sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name))
    assert stale == [], "run python -m tests.web.vectors"


def test_the_unit_tests_of_the_script_pass() -> None:
    node = find_node()
    assert node is not None, "node is missing; it comes with requirements-dev.txt"
    command = [node, "--test", "--test-reporter=tap", "tests/**/*.test.ts"]
    finished = subprocess.run(command, cwd=WEB, capture_output=True, text=True, timeout=300)
    counts = {name: int(count) for name, count in re.findall(r"^# (\w+) (\d+)$", finished.stdout, re.MULTILINE)}
    _, *failed = re.split(r"^(?=not ok )", finished.stdout, flags=re.MULTILINE)
    assert finished.returncode == 0, "".join(failed) or finished.stderr
    assert counts["pass"] >= FEWEST
    assert counts["skipped"] == counts["todo"] == 0


def test_no_module_goes_round_the_linter_or_the_types() -> None:
    modules = [path for path in (WEB / "src").rglob("*") if path.is_file()]
    assert {path.suffix for path in modules} == {".ts"}
    for path in modules:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// "), f"{path.name} does not open with a sentence that says what it is for"
        assert not re.search(r"@ts-|: any\b|<any>|\bas any\b|biome-ignore-all", text), path.name
        assert max(map(len, text.splitlines())) <= 120, path.name
