"""Schemas are what editors check a file with: they accept a right file, and refuse what the reader refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.catalog import read_catalog
from sco_map.catalog.contents import CSV_FILES, TABLES
from sco_map.catalog.schema import FOLDER, PROJECT, schema_files, schema_name
from tests.schemas import csv_faults, toml_faults

NEW, OLD = "projects/new_line.toml", "projects/old_line.toml"
TOML_FILES = (*(name for name in TABLES if "/" not in name), "vocabulary.toml", NEW, OLD)
TABLE_FILES = tuple(name for name in CSV_FILES if "/" not in name)


@pytest.fixture
def schemas(folder: Path) -> Path:
    """Write the schemas of the small catalog and return their folder."""
    target = folder / FOLDER
    for name, content in schema_files(read_catalog(folder)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return target


def schema_of(name: str) -> str:
    """Return the name of the schema of a file."""
    return schema_name(PROJECT if name.startswith("projects/") else name)


@pytest.mark.parametrize("name", TOML_FILES)
def test_a_right_file_is_accepted(name, folder, schemas):
    assert toml_faults(folder / name, schemas / schema_of(name)) == []


@pytest.mark.parametrize("name", TABLE_FILES)
def test_a_right_table_is_accepted(name, folder, schemas):
    assert csv_faults(folder / name, schemas / schema_of(name)) == []


SPOILT = {
    "unknown word": (NEW, '"construction" }]', '"constuction" }]', "'constuction' is not one of"),
    "unknown layer": (NEW, 'layer = "rails"', 'layer = "rail"', "'rail' is not one of"),
    "unknown key": (NEW, "capacity = 12", "capasity = 12", "'capasity' was unexpected"),
    "missing key": (NEW, 'title = { en = "New line" }\n', "", "'title' is a required property"),
    "missing id of a row": (OLD, 'id = "old_line__pap_andijan"\n', "", "'id' is a required property"),
    "number below zero": (NEW, "capacity = 12", "capacity = -1", "-1 is less than or equal to the minimum of 0"),
    "text for a number": (NEW, "gauge_mm = 1520", 'gauge_mm = "broad"', "'broad' is not of type 'integer'"),
    "no such month": (NEW, 'as_of = "2026-03"', 'as_of = "2026-13"', "'2026-13' is not valid"),
    "formula": (NEW, '"New line"', '"=New line"', "'=New line' does not match"),
    "what the reader adds": (OLD, 'place = "pap"', 'place = "pap"\nproject = "x"', "'project' was unexpected"),
    "unknown facet": ("stories.toml", "since = 2020", "sinse = 2020", "'sinse' was unexpected"),
    "id in a table": ("licences.toml", 'title = "CC BY"', 'title = "CC BY"\nid = "x"', "'id' was unexpected"),
    "no address": ("sources.toml", "https://example.org/a", "example.org", "'example.org' does not match"),
    "box of three": ("layers.toml", "[60, 35, 80, 45]", "[60, 35, 80]", "[60, 35, 80] is too short"),
    "word without a label": (
        "vocabulary.toml",
        '{ label = { en = "member" } }',
        "{}",
        "'label' is a required property",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_refused_by_schema_and_reader(name, spoil, schemas, folder, complaints):
    file, old, new, said = SPOILT[name]
    spoil(file, old, new)
    assert [fault for fault in toml_faults(folder / file, schemas / schema_of(file)) if said in fault]
    assert complaints() != []


SPOILT_TABLES = {
    "unknown country": (
        "places.csv",
        "Pap,,,,UZB",
        "Pap,,,,UBZ",
        "line 5, country: 'UBZ' is not one of ['UZB', 'KGZ']",
    ),
    "no place on earth": ("places.csv", "71.11,40.87", "71.11,97", "line 5, lat: 97 is out of bounds"),
    "no accuracy": ("places.csv", "city,3", "city,", "line 5, accuracy_km: is required"),
    "accuracy of nothing": ("places.csv", "city,3", "city,0", "line 5, accuracy_km: 0 is too small"),
    "date in words": ("events.csv", "2004-06-17", "June 2004", "line 2, date: 'June 2004' does not match"),
    "column": ("rivers.csv", "length_km,", "km,", "columns"),
}


@pytest.mark.parametrize("name", SPOILT_TABLES)
def test_a_spoilt_table_is_refused_by_schema_and_reader(name, spoil, schemas, folder, complaints):
    file, old, new, said = SPOILT_TABLES[name]
    spoil(file, old, new)
    assert [fault for fault in csv_faults(folder / file, schemas / schema_of(file)) if fault.startswith(said)]
    assert complaints() != []


def test_schemas_follow_the_words_of_the_catalog(spoil, folder):
    before = dict(schema_files(read_catalog(folder)))
    spoil("vocabulary.toml", "high = { label", 'sure = { label = { en = "sure" } }\nhigh = { label')
    after = dict(schema_files(read_catalog(folder)))
    assert b'"sure"' in after["schema/project.json"]
    assert before["schema/licences.json"] == after["schema/licences.json"]
