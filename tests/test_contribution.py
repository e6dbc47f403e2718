"""The first contribution succeeds: README's example of a new project, exactly as it is written there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import ROOT
from tests.contribution import README, Example, put, read_example

PROJECT = "geodata/catalog/projects/kunming_hekou.toml"


@pytest.fixture(scope="module")
def example() -> Example:
    """Read the example in README."""
    return read_example(README.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def copy(example: Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of program and data into which the example is put."""
    root = tmp_path_factory.mktemp("contribution")
    shutil.copytree(ROOT / "sco_map", root / "sco_map", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "geodata", root / "geodata")
    for name in ("pyproject.toml", "app.py"):
        shutil.copy(ROOT / name, root / name)
    put(example, root)
    return root


def run(command: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of README in a checkout, with the Python of this test."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        command.split(), cwd=root, env=environment, capture_output=True, encoding="utf-8", timeout=600, check=False
    )


def test_the_example_has_a_source_places_and_a_project(example: Example) -> None:
    tables = ["sources.toml", "places.csv"]
    assert list(example.texts) == [
        *(f"geodata/catalog/{name}" for name in tables),
        PROJECT,
        "geodata/catalog/network.toml",
    ]
    assert [command.split()[3] for command in example.commands] == ["build", "check", "show"]


def test_following_the_readme_adds_the_project(example: Example, copy: Path) -> None:
    printed = {}
    for command in example.commands:
        finished = run(command, copy)
        assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"
        printed[command.split()[3]] = finished.stdout
    assert printed["build"].startswith("eurasian_rail: written, ")
    assert printed["show"].startswith("Kunming–Hekou railway\n")
    assert "operating" in printed["show"]
    rows = json.loads((copy / "geodata" / "eurasian_rail.geojson").read_text(encoding="utf-8"))["features"]
    (line,) = [row["properties"] for row in rows if row["id"] == "kunming_hekou__kunming_hekou"]
    assert line["gauge_mm"] == 1000
    assert list(line["km_by_country"]) == ["CHN"]


def test_a_mistake_in_it_is_named(example: Example, copy: Path) -> None:
    file = copy / PROJECT
    right = file.read_text(encoding="utf-8")
    try:
        file.write_text(right.replace('"kaiyuan"', '"kaiyaun"'), encoding="utf-8")
        finished = run("python -m sco_map check", copy)
    finally:
        file.write_text(right, encoding="utf-8")
    assert finished.returncode == 1
    said = "projects/kunming_hekou.toml, segment 'kunming_hekou__kunming_hekou': unknown place 'kaiyaun'; did you mean"
    assert said in finished.stderr
    assert finished.stdout == ""
