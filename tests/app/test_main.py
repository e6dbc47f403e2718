"""The app as Streamlit runs it, without a browser: widgets, address, table and what it says when something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

import sco_map.app.main
from sco_map.atlas import Atlas, Selection, load_atlas, select, totals
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


def wishes_of(app: AppTest) -> Selection:
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
    assert wishes_of(app) == selection
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
    assert wishes_of(app) == Selection.from_query("since=2015&late=1&kind=rail&status=construction")
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


def test_unknown_values_of_an_address_are_told_and_left_out(shipped: Atlas) -> None:
    app = opened(country="KZ", kind="rail,railwy", year="soon")
    text = app.warning[0].value.replace("\\", "")
    assert "the year is a whole number such as 2026, not 'soon'" in text
    assert "unknown country 'KZ'; did you mean 'KGZ' or 'KAZ'?" in text
    assert "unknown kind 'railwy'; did you mean 'rail'?" in text
    assert wishes_of(app) == Selection(kind=("rail",))


def test_totals_stand_in_the_panel(shipped: Atlas) -> None:
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
    app = opened()
    text = " ".join(markdown.value for markdown in app.markdown).replace("\\", "")
    assert "cpec.geojson: the file is missing" in text
    assert "roads.geojson: is cut off or damaged" in text
    rest = shipped.rows[~shipped.rows["layer"].isin(["cpec", "roads"])]
    assert set(shown_ids(app)) == set(rest["id"])


def test_a_broken_catalog_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None) -> None:
    monkeypatch.setattr(sco_map.app.main, "GEODATA", tmp_path)
    app = opened()
    assert "no such folder" in app.error[0].value


def test_a_page_that_cannot_be_written_beside_the_app_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: True)
    monkeypatch.setattr("sco_map.app.main.STATIC", tmp_path / "static")
    assert sco_map.app.main.can_serve("<html>", "page.html")
    (tmp_path / "static" / "taken.html").mkdir()
    assert not sco_map.app.main.can_serve("<html>", "taken.html")
    (tmp_path / "file").write_text("a file where the folder would be")
    monkeypatch.setattr("sco_map.app.main.STATIC", tmp_path / "file")
    assert not sco_map.app.main.can_serve("<html>", "page.html")
