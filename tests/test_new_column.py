"""One entry in the table of columns is enough: a made-up number is found wherever columns are."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sco_map.model.columns import NAMES
from tests.browser import ROOT
from tests.new_column import NAME

EAST, WEST = "iron_road__east", "iron_road__west"
OWN, TAKEN_OVER = 120.5, 160

Found = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("new_column")


@pytest.fixture(scope="module")
def found(folder: Path) -> Found:
    done = subprocess.run(
        [sys.executable, "-m", "tests.new_column", str(folder)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    result: Found = json.loads(done.stdout)
    return result


def test_the_column_is_made_up() -> None:
    assert NAME not in NAMES


def test_the_catalog_takes_it_and_refuses_what_it_cannot_be(found: Found) -> None:
    assert found["refused by the catalog"] == {
        str(TAKEN_OVER): [],
        f"-{TAKEN_OVER}": [f"projects/iron_road.toml: {NAME} -{TAKEN_OVER} must be greater than 0"],
        '"fast"': [f"projects/iron_road.toml: {NAME} 'fast' must be a number"],
    }


def test_the_schema_of_a_project_file_has_it_where_it_may_be_written(found: Found) -> None:
    assert found["schema"] == {"Segment": {"type": "number", "exclusiveMinimum": 0}, "Site": None}


def test_rows_have_it_their_own_or_that_of_their_line(found: Found) -> None:
    features = {feature["id"]: feature["properties"] for feature in found["geojson"]["features"]}
    assert (features[WEST][NAME], features[EAST][NAME], features["pipe__trunk"][NAME]) == (OWN, TAKEN_OVER, None)
    names = list(features[WEST])
    assert names[names.index(NAME) - 1 : names.index(NAME) + 2] == ["diameter_mm", NAME, "capacity"]
    assert found["type"] == "float64"


def test_csv_has_it_at_its_place(found: Found) -> None:
    lines = {line["id"]: line for line in csv.DictReader(io.StringIO(found["csv"], newline=""))}
    assert (lines[WEST][NAME], lines[EAST][NAME], lines["pipe__trunk"][NAME]) == (str(OWN), str(TAKEN_OVER), "")
    assert f"diameter_mm,{NAME},capacity," in found["csv"].splitlines()[0]


@pytest.mark.parametrize("entrance", ["load", "check"])
def test_the_check_of_a_file_takes_numbers_and_refuses_everything_else(found: Found, entrance: str) -> None:
    said = {speed: faults[entrance] for speed, faults in found["refused in a file"].items()}
    assert said["120.5"] == said["None"] == []
    for speed in ("-120.5", "'fast'"):
        (sentence,) = said[speed]
        assert "rails.geojson, feature 'iron_road__east': " in sentence
        assert f"{NAME} is {speed}" in sentence


def test_the_page_carries_it_once_where_it_is_that_of_the_project(found: Found) -> None:
    rows = {row["id"]: row for row in found["payload"]}
    number = found["contract"]["shared"].index(NAME)
    assert found["project"][NAME] == TAKEN_OVER
    assert rows[WEST][NAME] == OWN
    assert NAME not in rows[EAST]
    assert number in rows[EAST]["same"]
    assert number not in rows[WEST]["same"]


def test_the_script_of_the_page_decodes_it_and_saves_it(found: Found) -> None:
    page = found["page"]
    assert {facts["id"]: facts[NAME] for facts in page["facts"]} == {WEST: OWN, EAST: TAKEN_OVER}
    lines = {line["id"]: line for line in csv.DictReader(io.StringIO(page["csv"].lstrip("\ufeff"), newline=""))}
    assert (lines[WEST][NAME], lines[EAST][NAME]) == (str(OWN), str(TAKEN_OVER))
    assert page["csv"].lstrip("\ufeff").splitlines()[0] == found["csv"].splitlines()[0]
    features = {feature["id"]: feature["properties"] for feature in page["geojson"]["features"]}
    assert (features[WEST][NAME], features[EAST][NAME]) == (OWN, TAKEN_OVER)


def test_the_contract_tells_the_script_of_it(found: Found) -> None:
    (column,) = [column for column in found["contract"]["columns"] if column["name"] == NAME]
    assert (column["type"], column["unit"], column["shared"], column["word"]) == ("number", "km/h", True, "max_speed")
    assert NAME in found["contract"]["csv"]
    shared = found["types"].partition("export interface SharedFacts {")[2].partition("}")[0]
    assert f"  {NAME}?: number;" in shared.splitlines()


def test_docs_and_command_line_name_it(found: Found) -> None:
    assert f"| `{NAME}` | number in km/h | where known | yes | as it is | How fast trains may run |" in found["docs"]
    assert f"Top speed   {OWN} km/h" in found["shown"]
