"""The app as Streamlit runs it, without a browser: what it draws for an address, and what it says of damage."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import sco_map.app.main
from sco_map.app import own, routes, sums, table
from sco_map.app.words import words_of
from sco_map.atlas import Atlas, Selection, load_atlas, select
from sco_map.errors import ScoMapError
from sco_map.export import render
from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from sco_map.paths import GEODATA
from tests.browser import ROOT

APP = ROOT / "app.py"
FRAME, GRID = "sco_map_frame", "sco_map_grid"


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """Forget what other tests have loaded, before and after."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(address: str = "", *, tab: str = "map", told: str | None = None) -> AppTest:
    """Run the app as opened with an address, with a tab open, and with the address that the page has told."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, values in parse_qs(address).items():
        app.query_params[key] = values
    app.session_state["told"] = {"tab": tab} if told is None else {"tab": tab, "address": told}
    app.run()
    assert not app.exception
    return app


def component_of(app: AppTest, name: str) -> Any:
    """Return what is sent for a component."""
    return next(one.proto for one in app.get("bidi_component") if one.proto.component_name == name)


def sheet_in(app: AppTest) -> dict[str, Any]:
    """Return the table that is sent."""
    sheet: dict[str, Any] = json.loads(zlib.decompress(component_of(app, GRID).bytes))
    return sheet


def place_in(app: AppTest) -> str:
    return str(sheet_in(app)["place"]).replace("\u202f", "")


def test_nothing_is_drawn_below_the_map_until_it_is_opened() -> None:
    app = opened()
    assert [one.proto.component_name for one in app.get("bidi_component")] == [FRAME, GRID]
    assert sheet_in(app)["name"] == ""
    assert len(component_of(app, GRID).bytes) < 400
    assert not app.error


def test_the_map_is_handed_over_before_anything_heavy_is_imported() -> None:
    opened()  # keeps the page of the map, which a start finds
    code = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"app = AppTest.from_file({str(APP)!r}, default_timeout=120).run()\n"
        "assert not app.exception and not app.error\n"
        "print([one.proto.component_name for one in app.get('bidi_component')])\n"
        "print([name for name in ('numpy', 'pandas', 'pyarrow', 'geopandas', 'shapely', 'folium', 'networkx', "
        "'sco_map.atlas', 'sco_map.catalog.rules') if name in sys.modules])\n"
        "app.session_state['told'] = {'address': ''}\n"
        "app.run()\n"
        "print('sco_map.atlas' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.stdout.splitlines() == [str([FRAME, GRID]), "[]", "True"], run.stderr


def test_the_tabs_are_called_as_their_modules_say() -> None:
    names = (table.NAME, sums.NAME, routes.NAME, own.NAME, sco_map.app.main.DOWNLOAD)
    assert names == sco_map.app.main.TABS


def test_the_frame_is_given_the_same_whatever_is_selected() -> None:
    given = {
        component_of(opened(told=told), FRAME).json for told in ("", "country=UZB&lang=ru", "theme=dark&show=tapi")
    }
    assert len(given) == 1
    words = dict(json.loads(given.pop())["words"])
    assert list(words) == list(LANGUAGES)
    assert words["ru"]["map"] == words_of("ru")["map"]


@pytest.mark.parametrize(
    "query",
    ["", "country=UZB&status=operating", "country=UZB&country=KAZ", "kind=rail&year=2015", "q=kashgar", "story=gauges"],
)
def test_the_table_follows_the_address(shipped: Atlas, query: str) -> None:
    selection = Selection(kind=("gauge_change", "rail")) if query == "story=gauges" else Selection.from_query(query)
    rows = select(shipped, selection)
    for app in (opened(tab="data", told=query), opened(query, tab="data")):
        assert place_in(app).endswith(f" of {len(rows)}")
        assert {row["id"] for row in sheet_in(app)["rows"]} <= set(rows["id"])


def test_what_the_page_tells_wins_over_the_address_at_the_start(shipped: Atlas) -> None:
    app = opened("kind=road", tab="data", told="kind=rail")
    assert place_in(app).endswith(f" of {len(select(shipped, Selection(kind=('rail',))))}")


def test_the_table_counts_by_the_worldview_of_the_map(shipped: Atlas) -> None:
    rows = {view: select(shipped, Selection(country=("IND",)), view) for view in (None, "in")}
    assert len(rows[None]) != len(rows["in"])
    for view, query in ((None, "country=IND"), ("in", "country=IND&worldview=in")):
        assert place_in(opened(tab="data", told=query)).endswith(f" of {len(rows[view])}")
        assert f"{len(rows[view])};" in sheet_in(opened(tab="sums", told=query))["caption"]


@pytest.mark.parametrize("tab", ["data", "sums"])
def test_an_empty_selection_says_so(tab: str) -> None:
    sheet = sheet_in(opened(tab=tab, told="q=no-such-thing-anywhere"))
    assert sheet["caption"] == words_of("en")["empty"]
    assert (sheet["rows"], sheet["heads"], sheet["choices"], sheet["columns"]) == ([], [], [], [])


@pytest.mark.parametrize("query", ["year=soon", "country=nowhere", "lang=xx&worldview=zz&theme=pink", "%", "show=<b>"])
@pytest.mark.parametrize("tab", ["data", "sums", "download"])
def test_an_address_that_means_nothing_does_no_harm(query: str, tab: str) -> None:
    assert not opened(tab=tab, told=query).error


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tab_in_every_language(language: str) -> None:
    words = words_of(language)
    table = sheet_in(opened(tab="data", told=f"lang={language}&country=KGZ"))
    assert table["heads"][0]["name"] == words["column_name"]
    sums = sheet_in(opened(tab="sums", told=f"lang={language}&country=KGZ"))
    assert sums["heads"][0]["name"] == words["countries"]
    downloads = opened(tab="download", told=f"lang={language}&country=KGZ").get("download_button")
    assert [button.proto.label for button in downloads][:2] == [words["html"], words["html_light"]]


@pytest.mark.parametrize(("sheet", "paper"), [("map", "A3"), ("questions", "A4")])
def test_a_sheet_of_paper_is_drawn_on_a_click_and_kept_until_something_else_is_asked(
    sheet: str, paper: str, shipped: Atlas
) -> None:
    app = opened(tab="download", told="lang=ru&country=KGZ&kind=rail")
    words = words_of("ru")
    app.selectbox(key="pdf:ru:sheet").select(sheet).run()
    app.selectbox(key=f"pdf:ru:paper:{1 if sheet == 'questions' else 4}").select(paper)
    app.selectbox(key="pdf:ru:lang").select("zh")
    saving = words["pdf_save"].partition("{")[0]
    assert not [one for one in app.get("download_button") if one.proto.label.startswith(saving)]
    app.button(key="pdf:ru:draw").click().run()
    assert not app.exception
    assert not app.error
    assert [one for one in app.get("download_button") if one.proto.label.startswith(saving)]
    _, content = app.session_state["pdf:drawn"]
    assert content.startswith(b"%PDF")
    selection = Selection(country=("KGZ",), kind=("rail",))
    on_paper = None if sheet == "questions" else paper
    assert content == render(shipped, selection, View(lang="zh"), "pdf", paper=on_paper, sheet=sheet)
    app.selectbox(key="pdf:ru:lang").select("en").run()
    assert not [one for one in app.get("download_button") if one.proto.label.startswith(saving)]


def test_a_sheet_that_cannot_be_drawn_says_why_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(tab="download", told="country=KGZ&kind=rail")
    monkeypatch.setitem(sys.modules, "sco_map.export.wall.sheets", None)
    app.button(key="pdf:en:draw").click().run()
    assert not app.exception
    (said,) = app.error
    assert "file needs" in said.value
    assert not [one for one in app.get("download_button") if one.proto.label.startswith("Save the sheet")]


def test_without_served_files_the_page_is_sent(monkeypatch: pytest.MonkeyPatch, fresh_caches: None) -> None:
    monkeypatch.setattr(sco_map.app.main, "static_folder", lambda: None)
    page = json.loads(component_of(opened(), FRAME).json)
    assert page["html"].startswith("<!DOCTYPE html>")
    assert len(page["html"].encode("utf-16-le")) // 2 == page["size"]


def test_a_page_that_could_not_be_fetched_is_sent_until_it_has_arrived() -> None:
    app = opened()
    name = json.loads(component_of(app, FRAME).json)["page"]
    assert json.loads(component_of(app, FRAME).json)["html"] is None
    for told, is_sent in (({"unserved": True}, True), ({"unserved": True, "loaded": name}, False)):
        app.session_state["map"] = told
        app.run()
        assert (json.loads(component_of(app, FRAME).json)["html"] is not None) is is_sent


def test_a_broken_layer_is_told_and_the_rest_works(
    shipped: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    for file in GEODATA.iterdir():
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "cpec.geojson").unlink()
    broken = tmp_path / "roads.geojson"
    half = broken.read_bytes()[:2000]
    broken.unlink()
    broken.write_bytes(half)
    monkeypatch.setattr(sco_map.app.main, "GEODATA", tmp_path)
    for app in (opened(told=""), opened(tab="data")):
        text = " ".join(markdown.value for markdown in app.markdown).replace("\\", "")
        assert text.count("cpec.geojson: the file is missing") == 1
        assert "roads.geojson: is cut off or damaged" in text
    rest = shipped.rows[~shipped.rows["layer"].isin(["cpec", "roads"])]
    assert place_in(app) == f"1–46 of {len(rest)}"


def test_a_broken_catalog_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None) -> None:
    monkeypatch.setattr(sco_map.app.main, "GEODATA", tmp_path)
    app = opened()
    assert "no such folder" in app.error[0].value


def test_looks_that_cannot_be_drawn_are_reported_without_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    shutil.copytree(GEODATA, tmp_path / "geodata")
    styles = tmp_path / "geodata" / "catalog" / "styles.toml"
    styles.write_bytes(styles.read_bytes() + b"\xff")
    monkeypatch.setattr(sco_map.app.main, "GEODATA", tmp_path / "geodata")
    app = opened()
    assert "styles.toml\\: is not UTF-8 text" in app.error[0].value
    assert str(tmp_path) not in app.error[0].value
    assert "Traceback" not in app.error[0].value


def test_looks_and_layers_changed_while_the_app_runs_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    folder = tmp_path / "geodata"
    shutil.copytree(GEODATA, folder)
    monkeypatch.setattr(sco_map.app.main, "GEODATA", folder)
    main_module = sco_map.app.main
    before = main_module.opened(folder)
    styles = folder / "catalog" / "styles.toml"
    old, status = styles.read_text(encoding="utf-8"), styles.stat()
    accent = before[2]["light"]["accent"]
    styles.write_text(old.replace(accent, "#00FF00", 1), encoding="utf-8")
    os.utime(styles, ns=(status.st_atime_ns, status.st_mtime_ns))  # as long and as old as before
    after = main_module.opened(folder)
    assert after[2]["light"]["accent"] == "#00FF00"
    assert after[3].name != before[3].name
    assert after[3].html == render_page(after[1], include_all=True) != before[3].html
    styles.write_text(old, encoding="utf-8")
    assert main_module.opened(folder)[3].html == before[3].html


def test_data_that_change_while_they_are_read_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> None:
    folder = tmp_path / "geodata"
    shutil.copytree(GEODATA, folder)
    roads = folder / "roads.geojson"
    whole, load = roads.read_bytes(), load_atlas
    changes = iter(range(2))

    def load_slowly(path: Path) -> Atlas:
        atlas = load(path)
        if next(changes, None) is not None:
            roads.write_bytes(roads.read_bytes().replace(b'"note":', b'"note": ', 1))
        return atlas

    monkeypatch.setattr("sco_map.atlas.load_atlas", load_slowly)
    atlas = sco_map.app.main.opened(folder)[1]
    assert atlas.checksum == load(folder).checksum
    monkeypatch.setattr("sco_map.atlas.load_atlas", lambda path: (roads.write_bytes(whole), load(path))[1])
    roads.write_bytes(whole + b" ")
    turns = iter(range(99))
    with pytest.raises(ScoMapError, match="is being written to; open this page again"):
        monkeypatch.setattr("sco_map.app.main.fingerprint", lambda path: str(next(turns)))
        sco_map.app.main.opened(folder)
