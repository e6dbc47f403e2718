"""The columns are each of one type, and all of them are there."""

from __future__ import annotations

from sco_map.model import columns
from tests.atlas import tiny


def test_every_column_has_one_type_and_one_place() -> None:
    typed = [
        *columns.TEXT,
        *columns.NUMBER,
        *columns.WHOLE,
        *columns.LIST_OF_TEXT,
        *columns.LIST_OF_RECORDS,
        *columns.RECORD,
    ]
    assert sorted(typed) == sorted(columns.COLUMNS)
    assert len(set(columns.COLUMNS)) == len(columns.COLUMNS)


def test_the_tiny_row_writes_every_column_that_all_layers_have() -> None:
    assert set(tiny.row("x")) == set(columns.COLUMNS) - set(columns.ONLY_SOME_LAYERS)
