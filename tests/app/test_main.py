"""The app as Streamlit runs it, without a browser: widgets, address, table and what it says when something is wrong."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

import sco_map.app.main
from sco_map.atlas import Atlas, Selection, load_atlas, select, totals
from sco_map.errors import ScoMapError
from sco_map.page import View, render_page
from sco_map.paths import GEODATA
from tests.browser import ROOT

APP = ROOT / "app.py"


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    return load_atlas()


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """Forget what other tests have loaded, before and after."""
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def opened(**address: str) -> AppTest:
    """Run the app as opened with an address."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def group_of(app: AppTest, key: str) -> ButtonGroup[list[str]]:
    """Return the buttons with this key."""
    assert [error.value for error in app.error] == []
    return next(group for group in app.button_group if group.key == key)


def address_of(app: AppTest) -> dict[str, str]:
    return {key: value if isinstance(value, str) else ",".join(value) for key, value in app.query_params.items()}


def selection_of(app: AppTest) -> Selection:
    return Selection.from_query(app.session_state["address"])


def shown_ids(app: AppTest) -> list[str]:
    return list(app.session_state["table_ids"])


def test_it_opens_with_everything(shipped: Atlas) -> None:
    app = opened()
    assert address_of(app) == {}
    assert set(shown_ids(app)) == set(shipped.rows["id"])
    assert len(app.dataframe[0].value) == len(shipped.rows)
    assert not app.error
    assert not app.warning


def test_the_address_sets_the_widgets_and_the_table(shipped: Atlas) -> None:
    app = opened(country="KAZ,UZB", kind="rail", year="2020", lang="ru", theme="dark")
    selection = Selection(country=("KAZ", "UZB"), kind=("rail",), year=2020)
    assert selection_of(app) == selection
    assert app.session_state["kind"] == ["rail"]
    assert app.session_state["year"] == "2020"
    assert sorted(shown_ids(app)) == sorted(select(shipped, selection)["id"])
    assert address_of(app) == {"country": "KAZ,UZB", "kind": "rail", "year": "2020", "lang": "ru", "theme": "dark"}


@pytest.mark.parametrize(
    ("query", "widget"),
    [
        ("status=operating", "status"),
        ("kind=gas_pipeline", "kind"),
        ("layer=cpec", "layer"),
        ("role=member", "role"),
        ("country=sco", "country:members"),
        ("project=cku_railway", "project:cku_railway"),
    ],
)
def test_every_facet_has_a_widget_that_narrows_the_rows(shipped: Atlas, query: str, widget: str) -> None:
    facet, value = query.split("=")
    app = opened()
    group_of(app, widget).set_value([value]).run()
    assert address_of(app) == {facet: value}
    assert sorted(shown_ids(app)) == sorted(select(shipped, Selection.from_query(query))["id"])


def test_search_and_year(shipped: Atlas) -> None:
    app = opened()
    app.text_input(key="q").set_value("kashgar").run()
    assert address_of(app) == {"q": "kashgar"}
    app.select_slider(key="year").set_value("2010").run()
    assert address_of(app) == {"q": "kashgar", "year": "2010"}
    assert sorted(shown_ids(app)) == sorted(select(shipped, Selection(q="kashgar", year=2010))["id"])


def test_an_address_may_name_a_theme(shipped: Atlas) -> None:
    app = opened(story="gauges")
    assert address_of(app) == {"kind": "gauge_change,rail"}
    assert app.session_state["story:more"] == "gauges"
    assert sorted(shown_ids(app)) == sorted(select(shipped, Selection(kind=("gauge_change", "rail")))["id"])


def test_reset_shows_everything_again(shipped: Atlas) -> None:
    app = opened(country="KAZ", kind="rail", year="2020", q="a")
    app.button(key="reset").click().run()
    assert address_of(app) == {}
    assert len(shown_ids(app)) == len(shipped.rows)
    assert app.session_state["kind"] == []


def test_what_no_widget_offers_stays_in_the_address_until_reset(shipped: Atlas) -> None:
    app = opened(since="2015", late="1", kind="rail")
    assert address_of(app) == {"since": "2015", "late": "1", "kind": "rail"}
    group_of(app, "status").set_value(["construction"]).run()
    assert selection_of(app) == Selection.from_query("since=2015&late=1&kind=rail&status=construction")
    app.button(key="reset").click().run()
    assert address_of(app) == {}


def test_back_and_forward_follow_the_address() -> None:
    app = opened(kind="rail")
    app.query_params["kind"] = "road"
    app.run()
    assert app.session_state["kind"] == ["road"]
    app.query_params.clear()
    app.run()
    assert app.session_state["kind"] == []


def test_a_widget_wins_over_an_address_that_is_late() -> None:
    app = opened()
    group_of(app, "status").set_value(["operating"]).run()
    app.query_params.clear()
    group_of(app, "kind").set_value(["rail"]).run()
    assert address_of(app) == {"kind": "rail", "status": "operating"}


def test_an_empty_selection_says_so_and_offers_the_way_out(shipped: Atlas) -> None:
    app = opened(q="no such thing anywhere")
    assert len(app.dataframe) == 0
    assert "Nothing matches" in app.info[0].value
    app.button(key="reset_empty").click().run()
    assert len(shown_ids(app)) == len(shipped.rows)


def test_unknown_values_of_an_address_are_reported_and_left_out(shipped: Atlas) -> None:
    app = opened(country="KZ", kind="rail,railwy", year="soon")
    text = app.warning[0].value.replace("\\", "")
    assert "the year is a whole number such as 2026, not 'soon'" in text
    assert "unknown country 'KZ'; did you mean 'KGZ' or 'KAZ'?" in text
    assert "unknown kind 'railwy'; did you mean 'rail'?" in text
    assert selection_of(app) == Selection(kind=("rail",))


def test_totals_are_in_the_panel(shipped: Atlas) -> None:
    app = opened(kind="rail")
    sums = totals(select(shipped, Selection(kind=("rail",))))
    numbers = re.findall(r"\d+(?:\u2009\d{3})*", app.sidebar.caption[0].value)
    said = [int(number.replace("\u2009", "")) for number in numbers]
    assert said == [sums.count, round(sums.km), sums.countries]


@pytest.mark.parametrize("language", ["en", "bn", "ru", "zh"])
def test_every_language_opens(language: str) -> None:
    app = opened(lang=language)
    assert app.session_state["lang"] == language
    assert not app.exception


def test_a_shown_row_is_chosen_in_the_table() -> None:
    app = opened(kind="rail")
    id_ = shown_ids(app)[3]
    app = opened(kind="rail", show=id_)
    assert app.session_state["table"]["selection"]["rows"] == [shown_ids(app).index(id_)]
    assert address_of(app) == {"kind": "rail", "show": id_}


def test_a_broken_layer_is_reported_and_the_rest_works(
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
    app = opened()
    text = " ".join(markdown.value for markdown in app.markdown).replace("\\", "")
    assert "cpec.geojson: the file is missing" in text
    assert "roads.geojson: is cut off or damaged" in text
    rest = shipped.rows[~shipped.rows["layer"].isin(["cpec", "roads"])]
    assert set(shown_ids(app)) == set(rest["id"])


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
    assert after[3].html == render_page(after[1], Selection(), View(embed=True), include_all=True) != before[3].html
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

    monkeypatch.setattr("sco_map.app.main.load_atlas", load_slowly)
    atlas = sco_map.app.main.opened(folder)[1]
    assert atlas.checksum == load(folder).checksum
    monkeypatch.setattr("sco_map.app.main.load_atlas", lambda path: (roads.write_bytes(whole), load(path))[1])
    roads.write_bytes(whole + b" ")
    turns = iter(range(99))
    with pytest.raises(ScoMapError, match="is being written to; open this page again"):
        monkeypatch.setattr("sco_map.app.main.fingerprint", lambda path: str(next(turns)))
        sco_map.app.main.opened(folder)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pipes ![x](http://a.invalid/leak.png)", "Pipes !\\[x\\](http\u2060\\://a.invalid/leak.png)"),
        ("www.leak.invalid", "www\u2060.leak.invalid"),
        ("somebody@leak.invalid", "somebody\u2060@leak.invalid"),
        ("1. a list", "\u20601. a list"),
        ("- a list", "\u2060- a list"),
        ("<b>bold</b> &amp; **bold**", "\\<b\\>bold\\</b\\> \\&amp; \\*\\*bold\\*\\*"),
        ("two\nlines", "two  \nlines"),
        ("unknown country 'KZ'; did you mean 'KAZ'?", "unknown country 'KZ'; did you mean 'KAZ'?"),
    ],
)
def test_text_is_neither_markup_nor_link(text: str, shown: str) -> None:
    assert sco_map.app.main.plain(text) == shown
