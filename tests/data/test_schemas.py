"""Every file of the shipped catalog is as the schema that it names says."""

from __future__ import annotations

import pytest

from sco_map.catalog.contents import CSV_FILES
from sco_map.catalog.schema import FOLDER, schema_name
from sco_map.paths import CATALOG
from tests.schemas import csv_faults, named_schema, toml_faults

TOML_FILES = sorted(CATALOG.rglob("*.toml"))


@pytest.mark.parametrize("file", TOML_FILES, ids=lambda file: file.relative_to(CATALOG).as_posix())
def test_a_file_is_as_the_schema_in_its_first_line_says(file):
    schema = named_schema(file)
    assert schema is not None, "write the schema into the first line, such as #:schema ../schema/project.json"
    assert toml_faults(file, schema) == []


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_table_is_as_its_schema_says(name):
    assert csv_faults(CATALOG / name, CATALOG / FOLDER / schema_name(name)) == []
