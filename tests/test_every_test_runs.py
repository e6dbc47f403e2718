"""Every test that is on disk runs: nothing is left out in silence because of what it or its folder is called."""

from __future__ import annotations

import ast
import fnmatch
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.browser import ROOT

TESTS = ROOT / "tests"
CONFTEST = "conftest.py"


def tracked() -> set[Path]:
    """Return the Python files of the repository that git knows or would take, below `tests`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "tests"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    names = (name for name in listing.stdout.split("\0") if name.endswith(".py"))
    return {path for name in names if (path := ROOT / name).is_file()}


def on_disk() -> set[Path]:
    """Return the Python files below `tests`."""
    return {path for path in TESTS.rglob("*.py") if "__pycache__" not in path.parts}


def functions_of(path: Path) -> list[str]:
    """Return the names of the test functions of a file, also those inside classes, in order."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [
        node.name
        for node in nodes
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test")
    ]


def is_narrowed(config: pytest.Config) -> bool:
    """Tell whether this run leaves tests out by name, mark or node."""
    return bool(config.option.keyword or config.option.markexpr or any("::" in part for part in config.args))


def is_hidden(name: str, patterns: list[str]) -> bool:
    """Tell whether pytest skips folders of this name."""
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


@pytest.fixture(scope="module")
def collected(request: pytest.FixtureRequest) -> Counter[Path]:
    """Return how many tests a plain run of pytest finds in each file: this run, else one that only collects.

    Every worker of a run collects all of its tests before the first begins.
    """
    found = Counter(item.path for item in request.session.items)
    if set(found) >= {path for path in on_disk() if functions_of(path)} and not is_narrowed(request.config):
        return found
    command = [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    finished = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, timeout=600, check=False)
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-2000:]
    counts = (line.rsplit(": ", 1) for line in finished.stdout.splitlines() if line.startswith("tests/"))
    return Counter({ROOT / name: int(count) for name, count in counts})


def test_every_file_that_holds_tests_is_collected(collected: Counter[Path]) -> None:
    expected = {path for path in on_disk() | tracked() if functions_of(path)}
    assert len(expected) > 50
    missing = sorted(str(path.relative_to(ROOT)) for path in expected - set(collected))
    assert not missing, f"pytest does not find the tests in {missing}"
    assert set(collected) == expected


def test_every_test_of_a_file_is_collected(collected: Counter[Path]) -> None:
    short = [
        f"{path.relative_to(ROOT)}: {collected[path]} of {len(names)}"
        for path in sorted(collected)
        if collected[path] < len(names := functions_of(path))
    ]
    assert not short


def test_every_file_called_a_test_holds_one() -> None:
    empty = [path for path in on_disk() if path.name.startswith("test_") and not functions_of(path)]
    assert not empty


def test_no_test_hides_another_of_the_same_name() -> None:
    twice = {path.name: name for path in on_disk() for name, count in Counter(functions_of(path)).items() if count > 1}
    assert not twice


def test_every_test_file_is_known_to_git() -> None:
    assert on_disk() == tracked()


@pytest.mark.parametrize("folder", ["sco_map", "tests"])
def test_no_folder_has_a_name_that_pytest_skips(folder: str, pytestconfig: pytest.Config) -> None:
    patterns = [str(pattern) for pattern in pytestconfig.getini("norecursedirs")]
    assert is_hidden("build", patterns), "the list of pytest is read"
    folders = {path for path in (ROOT / folder).rglob("*") if path.is_dir() and path.name != "__pycache__"}
    assert folders
    assert [str(path.relative_to(ROOT)) for path in folders if is_hidden(path.name, patterns)] == []
