"""The tab of a reader's own data: read, looked at, put on the map and taken off, for one session only."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sco_map.app.words import words_of
from sco_map.model.languages import LANGUAGES
from sco_map.own import FROM_COMMAND_LINE
from sco_map.paths import STATIC
from tests.app.test_main import FRAME, component_of, opened, sheet_in
from tests.browser import ROOT
from tests.own import files

CSV = "Title,state,lon,lat\nSynthetic plant,operating,66.5,41.0\nOther plant,dormant,67.5,41.2\n"


def page_in(app: AppTest) -> dict[str, Any]:
    """Return what the frame of the map is given."""
    given: dict[str, Any] = json.loads(component_of(app, FRAME).json)
    return given


def uploaded(name: str, content: bytes, *, lang: str = "en") -> AppTest:
    """Return the app with the tab open and a file read in it."""
    app = opened(tab="own", told=f"lang={lang}")
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    app.button[0].click().run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> Any:
    """Return the button with a label."""
    return next(one for one in app.button if one.label == label)


SHOWN_IN_THE_APP = ("app", "atlas", "catalog", "check", "export", "model", "own", "page", "routing")
FLAG = re.compile(r"(?:^|[\s(])--[a-z]")


def sentences_in(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of the errors that a module raises and of the notes that it takes, each with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        said = node.exc if isinstance(node, ast.Raise) else node
        is_note = isinstance(said, ast.Call) and ast.unparse(said.func).endswith("notes.append")
        if isinstance(said, ast.Call) and (isinstance(node, ast.Raise) or is_note):
            parts = [part for one in said.args for part in ast.walk(one) if isinstance(part, ast.Constant)]
            yield from ((said.lineno, part.value) for part in parts if isinstance(part.value, str))


def test_no_sentence_that_the_app_shows_names_a_flag_of_the_command_line() -> None:
    """The flags of an error are what `flags=` says, which only the command line shows."""
    paths = [path for package in SHOWN_IN_THE_APP for path in sorted((ROOT / "sco_map" / package).rglob("*.py"))]
    said = [(path, *sentence) for path in paths for sentence in sentences_in(path)]
    assert len(said) > 200
    assert not [one for one in said if FLAG.search(one[2])]


def test_a_file_is_read_shown_and_removed() -> None:
    app = uploaded("plants.csv", CSV.encode())
    kept = sorted(STATIC.glob("*.html"))
    before = page_in(app)
    words = words_of("en")
    assert sheet_in(app)["caption"] == "The first rows of plants.csv"
    assert [head["name"] for head in sheet_in(app)["heads"]] == ["Title", "state"]
    assert before["html"] is None
    status = next(one for one in app.selectbox if one.label == words["own_status"])
    assert status.value == ""
    status.select("state")
    button(app, words["own_show"]).click().run()
    assert not app.exception
    shown = page_in(app)
    assert shown["page"] != before["page"]
    assert len(shown["html"]) > 500_000
    assert len([one for one in app.markdown if "plants.csv, column 'state'" in one.value]) == 1
    app.session_state["told"] = {"tab": "data", "address": "layer=own_plants"}
    app.run()
    assert [row["cells"][0] for row in sheet_in(app)["rows"]] == ["Synthetic plant", "Other plant"]
    app.session_state["told"] = {"tab": "own", "address": ""}
    app.run()
    button(app, words["own_remove"]).click().run()
    assert page_in(app)["page"] == before["page"]
    assert sorted(STATIC.glob("*.html")) == kept


def test_a_file_that_cannot_be_used_leaves_the_map_as_it_was() -> None:
    app = uploaded("plants.csv", b"name\nA\n")
    assert app.error[0].value.startswith("plants.csv has no geometry")
    assert app.session_state["own:files"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tab_speaks_every_language(language: str) -> None:
    app = opened(tab="own", told=f"lang={language}")
    assert app.button[0].label == words_of(language)["own_read"]


def test_files_of_the_command_line_are_there_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.geojson(tmp_path / "lines.geojson")
    asked = {"files": [[str(path), None]], "said": {"name": "Name"}, "crs": None}
    monkeypatch.setenv(FROM_COMMAND_LINE, json.dumps(asked))
    app = opened(tab="data", told="layer=own_lines")
    assert [row["cells"][0] for row in sheet_in(app)["rows"]] == ["Synthetic line"]
