"""Every file of the shipped catalog is as its schema says, and where its first line names one, it is that one."""

from __future__ import annotations

import pytest

from sco_map.catalog.contents import CSV_FILES
from sco_map.catalog.schema import FOLDER, PROJECT, STORY, schema_name
from sco_map.paths import CATALOG
from tests.schemas import csv_faults, named_schema, toml_faults

ONE_SCHEMA_FOR_ALL = {"projects": PROJECT, "stories": STORY}
"""The folders whose files are all of one form, each with the name of that."""

TOML_FILES = sorted(CATALOG.rglob("*.toml"))


@pytest.mark.parametrize("file", TOML_FILES, ids=lambda file: file.relative_to(CATALOG).as_posix())
def test_a_file_is_as_its_schema_says(file):
    expected = ONE_SCHEMA_FOR_ALL.get(file.parent.name, file.relative_to(CATALOG).as_posix())
    schema = CATALOG / FOLDER / schema_name(expected)
    named = named_schema(file)
    assert named is None or named.resolve() == schema
    assert toml_faults(file, schema) == []


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_table_is_as_its_schema_says(name):
    assert csv_faults(CATALOG / name, CATALOG / FOLDER / schema_name(name)) == []
