"""The release: what is in it, that its checksums are true, and that it comes out the same twice."""

from __future__ import annotations

import copy
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release.__main__ import ReleaseError, files_of_an_earlier_release, refuse_others, release
from release.bill_of_materials import bill_of_materials
from sco_map.atlas import Atlas, Selection
from sco_map.catalog import read_catalog
from sco_map.cli.main import main
from sco_map.export import render
from sco_map.export.checksums import checksum_lines
from sco_map.export.site.folder import FolderError, write_folder
from sco_map.export.site.folder import locked as lock_held
from sco_map.model.languages import LANGUAGES
from sco_map.page import View
from sco_map.paths import CATALOG
from sco_map.version import VERSION
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
    layer = folder / "geodata" / "cku_railway.geojson"
    now = layer.read_bytes()
    layer.write_bytes(now.replace(b'"gauge_mm":1435', b'"gauge_mm":1520', 1))
    commit(folder, "All of it", "init", "add")
    subprocess.run(["git", *NOBODY, "tag", "v0.9"], cwd=folder, check=True)
    layer.write_bytes(now)
    commit(folder, "A gauge is put right", "add")
    return folder


def commit(folder: Path, message: str, *before: str) -> None:
    """Commit everything in a folder."""
    words = {"init": ["init", "--quiet"], "add": ["add", "--all"]}
    for command in (*(words[one] for one in before), ["commit", "--quiet", "--message", message]):
        subprocess.run(["git", *NOBODY, *command], cwd=folder, check=True, env=os.environ | DATE)


NOBODY = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
DATE = {"GIT_AUTHOR_DATE": "2026-11-28T12:00:00Z", "GIT_COMMITTER_DATE": "2026-11-28T12:00:00Z"}


SAMPLE = "project=cku_railway"


def run(checkout: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"} | environment
    command = [sys.executable, "-m", "release", str(folder), "--sample", SAMPLE]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, encoding="utf-8", timeout=300)


@pytest.fixture(scope="module")
def released(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    finished = run(checkout, folder, PYTHONHASHSEED="1", TZ="UTC")
    assert finished.returncode == 0, finished.stderr
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_holds_map_data_package_and_what_describes_them(released: Path) -> None:
    package, whole = f"sco_map-{VERSION}", f"sco-map-{VERSION}-sample"
    pages = {f"{whole}.{lang}{light}.html" for lang in LANGUAGES for light in ("", ".light")}
    tables = {f"{whole}.{ending}" for ending in ("gpkg", "xlsx", "kml", "shp.zip")}
    apart = {f"{whole}.{part}.{ending}" for part in ("odbl", "open") for ending in ("csv", "geojson", "parquet", "fgb")}
    files = contents(released)
    assert set(files) == pages | tables | apart | {
        f"{package}-py3-none-any.whl", f"{package}.tar.gz", f"{package}.cdx.json", f"{whole}.sources.csv",
        f"{whole}.schema.json", f"{whole}.catalog-schemas.zip", "datapackage.json", "CITATION.cff", "CHANGELOG.md",
        "LICENSE", "NOTICE.md", "SHA256SUMS", f"sco-map-{VERSION}.changes.html", f"sco-map-{VERSION}.changes.json",
    }  # fmt: skip
    said = [line.split("  ") for line in files.pop("SHA256SUMS").decode().splitlines()]
    assert said == [[hashlib.sha256(content).hexdigest(), name] for name, content in sorted(files.items())]


def test_it_comes_out_the_same_twice(checkout: Path, released: Path, tmp_path: Path) -> None:
    for path in checkout.rglob("*"):
        if path.is_file() and ".git" not in path.relative_to(checkout).parts:
            os.utime(path, (1, 1))
    (checkout / "sco_map" / "left_behind.py").write_text("nobody committed this")
    assert run(checkout, tmp_path / "new folder", PYTHONHASHSEED="2", TZ="Asia/Tashkent").returncode == 0
    again, first = contents(tmp_path / "new folder"), contents(released)
    assert set(again) == set(first)
    assert [name for name in first if again[name] != first[name]] == []


def test_the_time_is_that_of_the_commit_or_can_be_set(released: Path, shipped: Atlas) -> None:
    assert bill_of(released)["metadata"]["timestamp"].startswith("2026-11-28T12:00:00")
    assert package_of(released)["created"] == "2026-11-28T12:00:00Z"
    bill = json.loads(bill_of_materials(ROOT, VERSION, 1_000_000_000))
    assert bill["metadata"]["timestamp"].startswith("2001-09-09T01:46:40")


def package_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def test_every_page_opens_in_its_language_and_says_its_version(released: Path) -> None:
    for lang in LANGUAGES:
        page = (released / f"sco-map-{VERSION}-sample.{lang}.html").read_text(encoding="utf-8")
        light = (released / f"sco-map-{VERSION}-sample.{lang}.light.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}"' in page
        assert f'<html lang="{lang}"' in light
        assert len(light) < len(page)


def test_the_rows_of_each_licence_are_in_files_of_their_own(released: Path) -> None:
    ids = {}
    for part in ("odbl", "open"):
        collection = json.loads((released / f"sco-map-{VERSION}-sample.{part}.geojson").read_bytes())
        assert collection["version"] == VERSION
        ids[part] = {feature["id"]: feature["properties"]["layer"] for feature in collection["features"]}
    assert set(ids["open"].values()) == {"cku_railway"}
    assert set(ids["odbl"].values()) == {"gauge_changes"}


def frictionless(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "frictionless", "validate", "--json", str(path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)


def test_it_is_a_valid_data_package(released: Path, tmp_path: Path) -> None:
    validated = frictionless(released / "datapackage.json")
    assert validated.returncode == 0, validated.stdout
    report = json.loads(validated.stdout)
    assert (report["valid"], report["stats"]["errors"], report["stats"]["warnings"]) == (True, 0, 0)
    described = {resource["path"]: resource for resource in package_of(released)["resources"]}
    data = {name for name in contents(released) if name.startswith("sco-map-") and ".changes." not in name}
    assert data == set(described)
    for name, resource in described.items():
        assert resource["hash"] == f"sha256:{hashlib.sha256((released / name).read_bytes()).hexdigest()}"
        assert resource["bytes"] == (released / name).stat().st_size
    odbl = described[f"sco-map-{VERSION}-sample.odbl.csv"]["licenses"]
    assert [licence["name"] for licence in odbl] == ["ODbL-1.0"]
    assert "ODbL-1.0" not in str(described[f"sco-map-{VERSION}-sample.open.csv"]["licenses"])
    folder = tmp_path / "spoilt"
    shutil.copytree(released, folder)
    table = folder / f"sco-map-{VERSION}-sample.open.csv"
    table.write_bytes(table.read_bytes().replace(b",rail,", b",ship,", 1))
    spoilt = json.loads(frictionless(folder / "datapackage.json").stdout)
    assert {error["type"] for task in spoilt["tasks"] for error in task["errors"]} >= {"hash-count", "constraint-error"}


def test_the_schema_of_rows_takes_the_shipped_rows_and_refuses_others(shipped: Atlas, released: Path) -> None:
    schema = json.loads((released / f"sco-map-{VERSION}-sample.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    everything = json.loads(render(shipped, Selection(), View(), "geojson"))
    assert [error.message for error in validator.iter_errors(everything)] == []
    for name, wrong in (("gauge_mm", "wide"), ("gauge_mm", 9), ("status", "building"), ("as_of", "May"), ("speed", 1)):
        row = copy.deepcopy({**everything, "features": everything["features"][:1]})
        row["features"][0]["properties"][name] = wrong
        assert len(list(validator.iter_errors(row))) == 1, (name, wrong)


def test_what_changed_since_the_last_tag_is_said(released: Path) -> None:
    found = json.loads((released / f"sco-map-{VERSION}.changes.json").read_bytes())
    assert (found["old"]["name"], found["new"]["name"]) == ("v0.9", VERSION)
    (entry,) = found["entries"]
    assert [(fact["field"], fact["old"], fact["new"]) for fact in entry["facts"]] == [("gauge_mm", "1520", "1435")]
    page = (released / f"sco-map-{VERSION}.changes.html").read_text(encoding="utf-8")
    assert "<del>1520</del> <ins>1435</ins>" in page
    changelog = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.startswith((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").rstrip())
    assert f"\n## Facts: {VERSION} since v0.9\n" in changelog
    assert f"- changed `{entry['id']}`, {entry['title']}: gauge_mm\n" in changelog


def test_the_schemas_of_the_catalog_are_those_that_editors_use(released: Path) -> None:
    with zipfile.ZipFile(released / f"sco-map-{VERSION}-sample.catalog-schemas.zip") as archive:
        names = archive.namelist()
        assert archive.read("schema/project.json") == (CATALOG / "schema" / "project.json").read_bytes()
    assert "datapackage.json" in names
    assert len(names) == 1 + len(list((CATALOG / "schema").rglob("*.json")))


def test_what_was_changed_is_named(released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(released, folder)
    count = len(contents(released)) - 1
    assert main(["release", "--verify", str(folder)]) == 0
    assert capsys.readouterr().out == f"{folder}: {count} files are what the checksums say\n"
    table = folder / f"sco-map-{VERSION}-sample.open.csv"
    was = hashlib.sha256(table.read_bytes()).hexdigest()
    table.write_bytes(table.read_bytes()[:-2] + b"\n")
    now = hashlib.sha256(table.read_bytes()).hexdigest()
    (folder / "LICENSE").unlink()
    (folder / "more.txt").write_text("more")
    assert main(["release", "--verify", str(folder)]) == 1
    assert capsys.readouterr().err == (
        f"error: {folder} is not the release that it was:\n"
        "  LICENSE: the file is missing\n"
        f"  {table.name} was changed: its SHA-256 is {now}, not {was}\n"
        "  more.txt is not part of the release\n"
    )


@pytest.mark.parametrize("lines", ["0123  LICENSE\n", f"{'0' * 64}  ../LICENSE\n", f"{'0' * 64} LICENSE\n"])
def test_checksums_that_cannot_be_read_are_said(tmp_path: Path, lines: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "SHA256SUMS").write_text(lines)
    assert main(["release", "--verify", str(tmp_path)]) == 1
    assert f"{tmp_path}/SHA256SUMS, line 1: expected a SHA-256" in capsys.readouterr().err


def test_a_folder_without_checksums_is_no_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["release", "--verify", str(tmp_path)]) == 1
    assert "SHA256SUMS: the file is missing; a release has this list" in capsys.readouterr().err
    assert main(["release", "--verify"]) == 2
    assert "--verify needs the folder of a release" in capsys.readouterr().err


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("sun")
    with pytest.raises(ReleaseError, match=r"holds holiday\.jpg, which is not part of a release; name an empty folder"):
        files_of_an_earlier_release(tmp_path)
    with pytest.raises(ReleaseError, match=r"holiday\.jpg is a file, not a folder"):
        files_of_an_earlier_release(tmp_path / "holiday.jpg")
    (tmp_path / "holiday.jpg").unlink()
    assert files_of_an_earlier_release(tmp_path) == set()
    (tmp_path / "old.csv").write_text("old")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  old.csv\n")
    assert files_of_an_earlier_release(tmp_path) == {"SHA256SUMS", "old.csv"}


def bill_of(folder: Path) -> dict[str, Any]:
    (path,) = folder.glob("*.cdx.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_a_release_that_cannot_be_written_whole_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files one by one over those of an older version would leave a folder that no later run takes for a release."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "sco-map-0.9.csv").write_bytes(b"old")
    (folder / "SHA256SUMS").write_bytes(checksum_lines({"sco-map-0.9.csv": b"old"}))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(self: Path, _: bytes) -> int:
        if self.name == "b":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return 0

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(FolderError, match=r"dist cannot be written: No space left on device"):
            write_folder(folder, {"sco-map-1.0.csv": b"new", "b": b"new"}, refuse_others)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]
    write_folder(folder, {"sco-map-1.0.csv": b"new"}, refuse_others)
    assert [path.name for path in folder.iterdir()] == ["sco-map-1.0.csv"]


def test_of_two_releases_at_once_the_second_says_who_writes(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    with (
        lock_held(folder, folder),
        pytest.raises(FolderError, match=rf"is being written by the process {os.getpid()};"),
    ):
        release(checkout, folder, SAMPLE)
    assert not folder.exists()


def test_the_bill_of_materials_is_valid_and_complete(released: Path) -> None:
    bill = bill_of(released)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert bill["metadata"]["component"]["version"] == VERSION
    named = {component["bom-ref"]: component for component in bill["components"]}
    libraries = {f"pkg:pypi/{name}@{version}" for name, (version, _) in locked("app").items()}
    made_from = {f"source:{id_}" for id_, source in read_catalog().sources.items() if source.sha256}
    packages = json.loads(Path("web", "package-lock.json").read_text(encoding="utf-8"))["packages"]
    versions = {path.removeprefix("node_modules/"): package.get("version") for path, package in packages.items()}
    in_tiles = {
        "protomaps-leaflet", "pmtiles", "@protomaps/basemaps", "@mapbox/vector-tile", "@mapbox/point-geometry", "pbf",
        "rbush", "quickselect", "potpack", "color2k",
    }  # fmt: skip
    tiles = {f"pkg:npm/{name.replace('@', '%40')}@{versions[name]}" for name in in_tiles}
    assert set(named) == {"pkg:npm/leaflet@1.9.4"} | tiles | libraries | made_from
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


def test_a_sample_that_selects_nothing_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    for sample in ("a/folder", "projects=cku_railway"):
        with pytest.raises(ReleaseError, match="selects nothing in particular"):
            release(ROOT, tmp_path / "out", sample)
    assert not (tmp_path / "out").exists()
