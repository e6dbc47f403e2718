"""The unit tests of the page's script, run once, and what Python computes for them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

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


def test_a_call_of_what_does_not_exist_and_an_import_in_a_circle_are_refused(tmp_path: Path) -> None:
    web = tmp_path / "web"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules", "tests"))
    (web / "node_modules").symlink_to(WEB / "node_modules")
    with (web / "src" / "words" / "fold.ts").open("a", encoding="utf-8") as module:
        module.write('import { term } from "./describe.ts";\nexport const wrong = () => nothingOfTheKind(term);\n')
    typed = tool(web, "typescript/bin/tsc", "--noEmit")
    assert typed.returncode != 0
    assert "nothingOfTheKind" in typed.stdout
    linted = tool(web, "@biomejs/biome/bin/biome", "lint", "src/words")
    assert linted.returncode != 0
    assert "noImportCycles" in linted.stdout + linted.stderr


def tool(web: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of the script in a folder."""
    node = find_node()
    assert node is not None
    command = [node, str(web / "node_modules" / name), *arguments]
    return subprocess.run(command, cwd=web, capture_output=True, text=True, timeout=120)
