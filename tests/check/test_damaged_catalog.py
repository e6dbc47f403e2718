"""A damaged file of the catalog: one sentence, whichever file it is, whatever is wrong with it, however it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.catalog import CatalogError, read_catalog
from sco_map.check.files import CATALOG_FILES, CheckError, check_files
from sco_map.errors import ScoMapError
from tests.catalog.finished import BASEMAP, FINISHED, STYLES

PROJECT = "projects/new_line.toml"
DAMAGE = {
    "not UTF-8": (b"# \xff\n", "is not UTF-8 text (line 1, byte 2); save it as UTF-8"),
    "empty": (b"", "is empty; restore it, or say in a comment why there is nothing in it"),
    "blank": (b"\xef\xbb\xbf \n", "is empty; restore it, or say in a comment why there is nothing in it"),
    "nested deep": (b"a = " + b"[" * 100_000, "is nested too deeply to be a file of the catalog"),
    "cut": (b'["a', "is not valid "),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the finished catalog with its looks and its ground."""
    folder = tmp_path / "catalog"
    for name, text in {**FINISHED, **BASEMAP, "styles.toml": STYLES}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_file_of_the_catalog_is_tried(folder: Path) -> None:
    assert {name for name in CATALOG_FILES if not (folder / name).exists()} == set()


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("name", [*CATALOG_FILES, PROJECT])
def test_a_damaged_file_gets_one_sentence(name: str, damage: str, folder: Path) -> None:
    content, said = DAMAGE[damage]
    if name.endswith(".csv") and damage == "cut":
        content = (folder / name).read_bytes().splitlines()[0] + b'\n"a'
    if name.endswith(".csv") and damage == "nested deep":
        said = "the column "
    if name.endswith(".geojson") and damage == "nested deep":
        content = b"[" * 100_000
    (folder / name).write_bytes(content)
    with pytest.raises(CatalogError) as error:
        read_catalog(folder, whole=True)
    mine = [str(problem) for problem in error.value.problems if problem.file == name]
    assert said in mine[0]
    assert len(mine) == 1 or "the column " in mine[0]
    for path in (folder / name, folder):
        with pytest.raises(ScoMapError) as found:
            check_files([path], catalog=folder)
        assert said in str(found.value)


@pytest.mark.parametrize("name", [*CATALOG_FILES, PROJECT])
def test_a_folder_in_place_of_a_file_gets_one_sentence(name: str, folder: Path) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(CatalogError) as error:
        read_catalog(folder, whole=True)
    assert [str(problem) for problem in error.value.problems if problem.file == name] == [
        f"{name}: is a folder, not a file"
    ]
    with pytest.raises(ScoMapError, match="is a folder, not a file"):
        check_files([folder / name], catalog=folder)


CLAIM = '"id": "first_claim", "name": "First", "unit": "KAZ"}'
CLAIM_FAULTS = {
    "geometry": (
        "[[70, 45], [71, 45]]",
        "[[70, 95], [71, 45]]",
        "coordinates [[70, 95], [71, 45]]: must be a line",
    ),
    "one position": ("[[70, 45], [71, 45]]", "[[70, 45]]", "geometry: coordinates [[70, 45]]: must be a line of two"),
    "unit": (CLAIM, CLAIM.replace("KAZ", "Kazakhstan"), "properties: unit 'Kazakhstan' is not a country code"),
    "twice": ('"id": "second_claim", "properties"', '"id": "first_claim", "properties"', "the id appears twice"),
    "id": ('"Feature", "id": "first_claim"', '"Feature", "id": 7', "feature 1: id 7 must be text"),
}


@pytest.mark.parametrize("fault", CLAIM_FAULTS)
def test_a_claim_line_that_is_wrong(fault: str, folder: Path) -> None:
    old, new, said = CLAIM_FAULTS[fault]
    file = folder / "claim_lines.geojson"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CheckError) as error:
        check_files([file], catalog=folder)
    (problem,) = [problem for problem in error.value.problems if "claim_lines.geojson" in problem]
    assert said in problem
