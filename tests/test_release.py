"""The release: what is in it, that its checksums are true, and that it comes out the same twice."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

import sco_map
from sco_map.catalog import read_catalog
from tests.browser import ROOT
from tests.test_repository import locked, tracked_files


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with one commit that holds the tracked files as they are now."""
    folder = tmp_path_factory.mktemp("checkout")
    for path in tracked_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All of it"]):
        subprocess.run(["git", *NOBODY, *command], cwd=folder, check=True, env=os.environ | DATE)
    return folder


NOBODY = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
DATE = {"GIT_AUTHOR_DATE": "2026-11-28T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-28T12:00:00Z"}


def run(checkout: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"} | environment
    command = [sys.executable, "-m", "release", str(folder)]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, encoding="utf-8", timeout=300)


@pytest.fixture(scope="module")
def released(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    finished = run(checkout, folder, PYTHONHASHSEED="1", TZ="UTC")
    assert finished.returncode == 0, finished.stderr
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_holds_the_package_its_bill_of_materials_and_checksums(released: Path) -> None:
    stem = f"sco_map-{sco_map.__version__}"
    assert set(contents(released)) == {
        f"{stem}-py3-none-any.whl", f"{stem}.tar.gz", f"{stem}.cdx.json", "SHA256SUMS"
    }  # fmt: skip
    files = contents(released)
    said = [line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()]
    assert said == [[hashlib.sha256(content).hexdigest(), name] for name, content in sorted(files.items())]


def test_it_comes_out_the_same_twice(checkout: Path, released: Path, tmp_path: Path) -> None:
    for path in checkout.rglob("*"):
        if path.is_file() and ".git" not in path.relative_to(checkout).parts:
            os.utime(path, (1, 1))
    (checkout / "sco_map" / "left_behind.py").write_text("nobody committed this")
    assert run(checkout, tmp_path / "new folder", PYTHONHASHSEED="2", TZ="Asia/Tashkent").returncode == 0
    assert contents(tmp_path / "new folder") == contents(released)


def test_the_time_can_be_set(checkout: Path, released: Path, tmp_path: Path) -> None:
    assert run(checkout, tmp_path, SOURCE_DATE_EPOCH="1000000000").returncode == 0
    assert bill_of(tmp_path)["metadata"]["timestamp"].startswith("2001-09-09T01:46:40")
    assert bill_of(released)["metadata"]["timestamp"].startswith("2026-11-28T12:00:00")


def bill_of(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("*.cdx.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_the_bill_of_materials_is_valid_and_complete(released: Path) -> None:
    bill = bill_of(released)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert bill["metadata"]["component"]["version"] == sco_map.__version__
    named = {component["bom-ref"]: component for component in bill["components"]}
    libraries = {f"pkg:pypi/{name}@{version}" for name, (version, _) in locked("app").items()}
    made_from = {f"source:{id_}" for id_, source in read_catalog().sources.items() if source.sha256}
    assert set(named) == {"pkg:npm/leaflet@1.9.4"} | libraries | made_from
    assert len(made_from) > 10
    assert all(
        len(reference["hashes"]) for ref in libraries for reference in named[ref]["externalReferences"]
    )  # fmt: skip


def test_what_is_not_committed_is_not_released(checkout: Path, tmp_path: Path) -> None:
    readme = checkout / "README.md"
    whole = readme.read_bytes()
    try:
        readme.write_bytes(whole + b"\nmore\n")
        finished = run(checkout, tmp_path / "released")
    finally:
        readme.write_bytes(whole)
    assert (finished.returncode, finished.stdout) == (1, "")
    assert finished.stderr == "error: 1 changed files are not committed; a release is made from the last commit\n"
    assert not (tmp_path / "released").exists()


def test_without_a_repository_it_says_so(checkout: Path, tmp_path: Path) -> None:
    shutil.copytree(checkout, tmp_path / "copy", ignore=shutil.ignore_patterns(".git"))
    finished = run(tmp_path / "copy", tmp_path / "released", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert finished.returncode == 1
    assert finished.stderr.startswith("error: git status: ")
    assert "Traceback" not in finished.stderr
