"""The names of the page's script are known to one file of the tests, so that one file follows when they change."""

from __future__ import annotations

import re

from tests.browser import ROOT

INSIDE = re.compile(r"\bsco\.(?:app\b|[a-z]+[A-Z]\w*)")


def test_only_one_file_reads_the_inside_of_the_page() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")}
    assert INSIDE.search(files.pop("inside.py"))
    assert {name: found.group() for name, text in files.items() if (found := INSIDE.search(text))} == {}
