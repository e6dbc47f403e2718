"""The table of columns is whole: one entry a column, words that the catalog has, and what is derived from it."""

from __future__ import annotations

from sco_map.catalog import Catalog, read_catalog
from sco_map.model import columns
from sco_map.model.columns import ADDED_IN_CSV, COLUMNS, OnPage, Type, Value
from sco_map.model.languages import LANGUAGES


def values(entries: tuple[Value, ...]) -> list[Value]:
    return [value for entry in entries for value in (entry, *values(entry.parts))]


def test_every_column_has_one_type_and_one_place() -> None:
    typed = [
        *columns.TEXT,
        *columns.NUMBER,
        *columns.WHOLE,
        *columns.LIST_OF_TEXT,
        *columns.LIST_OF_RECORDS,
        *columns.RECORD,
    ]
    assert sorted(typed) == sorted(columns.NAMES)
    assert len(set(columns.NAMES)) == len(columns.NAMES)


def test_words_come_from_registers_that_the_catalog_has() -> None:
    catalog: Catalog = read_catalog()
    named = {register for value in values(COLUMNS) for register in (value.words, value.keys) if register}
    assert {register for register in named if not catalog.known(register)} == set()


def test_columns_that_only_some_layers_have_are_those_that_layers_declare() -> None:
    declared = {name for layer in read_catalog().layers.values() if layer.group != "ground" for name in layer.columns}
    assert set(columns.ONLY_SOME_LAYERS) <= declared
    assert declared <= set(columns.NAMES)


def test_records_say_what_is_in_them() -> None:
    for column in COLUMNS:
        assert bool(column.parts) == (column.type in (Type.RECORD, Type.RECORDS)), column.name


def test_titles_are_there_in_every_language_and_travel_as_one() -> None:
    titles = [column for column in COLUMNS if column.page is OnPage.TITLE]
    assert [column.name for column in titles] == [f"title_{language}" for language in LANGUAGES]
    assert [column.filled for column in titles] == [True, False, False, False]


def test_every_column_is_described() -> None:
    for column in (*COLUMNS, *ADDED_IN_CSV):
        assert column.meaning, column.name
        assert not column.meaning.endswith("."), column.name
