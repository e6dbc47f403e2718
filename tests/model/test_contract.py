"""The contract with the page's script is what its file says, and says what both sides must agree on."""

from __future__ import annotations

import json

from sco_map.model.columns import ADDED_IN_CSV, COLUMNS, CSV, PRECISION
from sco_map.model.contract import contract, contract_file
from sco_map.model.contract_types import contract_types
from tests.browser import ROOT


def test_the_files_are_up_to_date() -> None:
    assert (ROOT / "web" / "contract.json").read_bytes() == contract_file()
    assert (ROOT / "web" / "src" / "contract-types.ts").read_bytes() == contract_types()


def test_columns_are_in_the_order_of_the_table() -> None:
    said = json.loads(contract_file())
    assert [column["name"] for column in said["columns"]] == [column.name for column in COLUMNS]
    assert [name for name in said["csv"] if not name.endswith(PRECISION)] == [
        column.name for column in (*COLUMNS, *ADDED_IN_CSV) if column.csv
    ]
    assert said["csv"] == CSV
    assert said["shared"] == [column.name for column in COLUMNS if column.shared]


def test_nothing_is_lost_in_the_file() -> None:
    assert json.loads(contract_file()) == contract()
