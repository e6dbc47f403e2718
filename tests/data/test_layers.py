"""The shipped layers pass the check, and hold whatever the catalog describes."""

from __future__ import annotations

from sco_map.layers import check_files


def test_the_shipped_files_pass_the_check():
    assert check_files()
