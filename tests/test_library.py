"""The library: what `import sco_map` gives, that it is light, and that every answer is that of the other entrances."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any, assert_type

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

import sco_map
from sco_map import Atlas, Extract, ScoMapError, Selection, SelectionError, View
from sco_map.atlas import Atlas as Table
from sco_map.atlas import Totals, select, summarise, totals
from sco_map.export import render
from sco_map.library import as_library
from tests.browser import ROOT, wait_until
from tests.e2e.page import DRAWN, PATIENCE

HEAVY = ("folium", "geopandas", "numpy", "pandas", "pydantic", "pyproj", "shapely", "streamlit")


@pytest.fixture(scope="module")
def tiny(tiny_atlas: Table) -> Atlas:
    return as_library(tiny_atlas)


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    return sco_map.load()


# -- the names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    ["import sco_map", "import sco_map; dir(sco_map)", "from sco_map import ScoMapError, Selection, SelectionError"],
)
def test_importing_is_light(statement: str) -> None:
    script = f"import sys; {statement}; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert finished.stdout == "[]\n", finished.stderr


def test_every_name_is_there_and_explained() -> None:
    assert set(sco_map.__all__) <= set(dir(sco_map))
    for name in sco_map.__all__:
        value = getattr(sco_map, name)
        if name != "__version__":
            assert inspect.getdoc(value), f"{name} has no docstring"
            public = (
                [member for key, member in vars(value).items() if not key.startswith("_")]
                if inspect.isclass(value)
                else []
            )
            assert all(inspect.getdoc(member) for member in public if callable(member) or isinstance(member, property))


def test_an_unknown_name_is_the_usual_error() -> None:
    with pytest.raises(AttributeError, match="module 'sco_map' has no attribute 'lode'"):
        sco_map.lode  # noqa: B018


def test_the_package_tells_type_checkers_that_it_is_typed() -> None:
    assert (ROOT / "sco_map" / "py.typed").is_file()


def test_the_keywords_are_those_of_the_selection() -> None:
    keywords = [
        name for name, one in inspect.signature(Atlas.select).parameters.items() if one.kind is one.KEYWORD_ONLY
    ]
    assert keywords == [*(field.name for field in fields(Selection)), "worldview"]


# -- select ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extract", "query"),
    [
        (lambda atlas: atlas.select(), ""),
        (lambda atlas: atlas.select(country="AAA"), "country=AAA"),
        (lambda atlas: atlas.select(country=["AAA", "CCC"], year=2018), "country=AAA,CCC&year=2018"),
        (lambda atlas: atlas.select(country="AAA,CCC"), "country=AAA,CCC"),
        (lambda atlas: atlas.select(country="sco", status={"operating"}), "country=sco&status=operating"),
        (lambda atlas: atlas.select(project="silk", kind=("rail", "port")), "project=silk&kind=port,rail"),
        (lambda atlas: atlas.select(layer="ways", role=None, since=np.int64(2000)), "layer=ways&since=2000"),
        (lambda atlas: atlas.select(late=True, q="silk east"), "late=1&q=silk%20east"),
        (lambda atlas: atlas.select(length="100-", capacity="-50 Mt/yr"), "length=100-&capacity=-50Mt/yr"),
        (lambda atlas: atlas.select(status="-idle", opened="1985-2008"), "status=-idle&opened=1985-2008"),
        (lambda atlas: atlas.select(Selection(kind=("port",))), "kind=port"),
    ],
)
def test_keywords_ask_what_an_address_asks(tiny: Atlas, extract, query: str) -> None:
    asked = Selection.from_query(query)
    found: Extract = extract(tiny)
    assert found.selection == asked
    pd.testing.assert_frame_equal(found.rows, select(tiny, asked))
    assert len(found) == len(select(tiny, asked))


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"country": "AAB"}, "unknown country 'AAB'; did you mean 'AAA'?"),
        ({"project": ["silk", "silck_east"]}, "unknown project 'silck_east'; did you mean 'silk_east'"),
        ({"kind": "railway"}, "unknown kind 'railway'; did you mean 'rail'?"),
        ({"year": 2222}, "2222"),
        ({"year": "2024"}, "year is a whole number such as 2026, not '2024'"),
        ({"since": 2020.5}, "since is a whole number such as 2026, not 2020.5"),
        ({"country": 5}, "country takes text"),
        ({"length": (1, 2)}, "length takes text such as 100-500, 100- or -500, not (1, 2)"),
        ({"capacity": "5t"}, "unknown unit of capacity 't'"),
        ({"diameter": "thick"}, "the diameter is a range in mm"),
        ({"country": [None]}, "country takes text, or several texts in a list, not None"),
        ({"worldview": "mars"}, "unknown worldview 'mars'"),
    ],
)
def test_what_is_unknown_is_named_with_the_nearest(tiny: Atlas, asked: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SelectionError) as raised:
        tiny.select(**asked)
    assert complaint in str(raised.value)
    assert isinstance(raised.value, ScoMapError)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda atlas: atlas.route(5, "beta"), "start takes text, not 5"),
        (lambda atlas: atlas.route("alpha", None), "end takes text, not None"),
        (lambda atlas: atlas.route("alpha", "beta", year="x"), "year is a whole number such as 2026, not 'x'"),
        (lambda atlas: atlas.route("alpha", "beta", year=2020.5), "year is a whole number such as 2026, not 2020.5"),
        (lambda atlas: atlas.route("alpha", "beta", alternatives="x"), "alternatives is a whole number, not 'x'"),
        (lambda atlas: atlas.compare(("alpha", "beta", "x"), ("alpha", "beta")), "year is a whole number such as 2026"),
        (lambda atlas: atlas.cut(7), "what is taken away takes text, not 7"),
        (lambda atlas: atlas.promises(year="x"), "year is a whole number such as 2026, not 'x'"),
        (lambda atlas: atlas.promises(by=7), "by takes text, not 7"),
    ],
)
def test_questions_of_the_wrong_type_get_a_sentence(ask: Any, said: str, tiny: Atlas) -> None:
    with pytest.raises(SelectionError, match=said):
        ask(tiny)


def test_everything_wrong_is_said_at_once(tiny: Atlas) -> None:
    with pytest.raises(SelectionError) as raised:
        tiny.select(country=["AAB", "AAA"], kind="rial", worldview="mars")
    assert len(raised.value.complaints) == 3


def test_a_selection_and_keywords_exclude_each_other(tiny: Atlas) -> None:
    with pytest.raises(TypeError, match="not both: country, late"):
        tiny.select(Selection(), country="AAA", late=True)


# -- what comes of it --------------------------------------------------------------------------------------------------


def test_the_table_is_the_readers_own(tiny: Atlas) -> None:
    extract = tiny.select()
    mine = extract.rows
    mine["length_km"] = 0.0
    mine.loc[mine.index[1:], "id"] = "mine"
    assert extract.totals().km == totals(tiny.rows).km > 0
    assert len(extract.rows) == len(extract) == len(tiny.rows)
    assert mine.crs == "EPSG:4326"


def test_sums_are_those_of_the_rows(tiny: Atlas) -> None:
    extract = tiny.select(project="silk")
    assert extract.totals() == Totals(count=3, lines=2, km=250.0, countries=3)
    for by in ("country", "status", "kind", "project", "layer", "gauge"):
        pd.testing.assert_frame_equal(extract.summary(by), summarise(extract.rows, by, tiny.ancestors))
    assert list(extract.summary().columns) == ["country", "count", "km"]
    with pytest.raises(SelectionError, match="unknown grouping 'contry'; did you mean 'country'"):
        extract.summary(by="contry")


def test_it_says_in_a_line_what_it_is(tiny: Atlas) -> None:
    assert repr(tiny) == "<Atlas: 6 rows in 4 layers, facts up to 2026>"
    assert repr(tiny.select(project="silk")) == "<Extract of 'project=silk': 3 rows, 250 km, 3 countries>"
    assert repr(tiny.select()).startswith("<Extract of everything: 6 rows, ")


@pytest.mark.parametrize("ending", ["geojson", "csv", "html"])
def test_text_and_file_are_those_of_the_other_entrances(shipped: Atlas, tmp_path: Path, ending: str) -> None:
    extract = shipped.select(project="cku_railway")
    take = getattr(extract, f"to_{ending}")
    expected = render(shipped, extract.selection, View(), ending)
    assert take().encode() == expected
    assert take(tmp_path / f"mine.{ending}") is None
    assert (tmp_path / f"mine.{ending}").read_bytes() == expected
    with pytest.raises(ScoMapError, match="cannot be written: No such file or directory"):
        take(str(tmp_path / "nowhere" / f"mine.{ending}"))


def test_the_page_opens_as_asked(shipped: Atlas) -> None:
    extract = shipped.select(project="cku_railway")
    asked: dict[str, Any] = {"lang": "ru", "theme": "dark", "view": "6/41/73"}
    page: str = extract.to_html(**asked, light=True, include_all=True)
    assert page == sco_map.render_page(shipped, extract.selection, View(**asked), light=True, include_all=True)
    assert len(page) < len(extract.to_html(**asked, include_all=True))
    assert 'lang="ru"' in page


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"lang": "fr"}, "unknown lang 'fr'"),
        ({"theme": "drak"}, "unknown theme 'drak'; did you mean 'dark'?"),
        ({"story": "gas_to_chin"}, "unknown story 'gas_to_chin'; did you mean 'gas_to_china'?"),
        ({"view": "6/41"}, "view: '6/41' is not zoom/lat/lon such as 5/41.5/66.2"),
        ({"view": "6/91/73"}, "view: '6/91/73' is not on the map"),
    ],
)
def test_a_page_that_cannot_open_like_that_is_refused(shipped: Atlas, asked: dict[str, Any], complaint: str) -> None:
    with pytest.raises(SelectionError) as raised:
        shipped.select().to_html(**asked)
    assert complaint in str(raised.value)


def test_a_worldview_holds_for_table_and_files(shipped: Atlas) -> None:
    rows = shipped.rows[shipped.rows["views"].map(bool) & shipped.rows["views"].notna()]
    id_, views = next((row.id, row.views) for row in rows.itertuples() if row.views)
    worldview = next(iter(views))
    extract = shipped.select(worldview=worldview)
    assert extract.rows.set_index("id").at[id_, "countries"] == views[worldview]["countries"]
    seen = {feature["id"]: feature["properties"] for feature in json.loads(extract.to_geojson())["features"]}
    assert seen[id_]["countries"] == views[worldview]["countries"]


def test_a_folder_of_ones_own_is_loaded_and_its_faults_are_named(tmp_path: Path) -> None:
    with pytest.raises(ScoMapError, match="no such folder"):
        sco_map.load(tmp_path)


def test_answers_have_types(tiny: Atlas) -> None:
    extract = assert_type(tiny.select(country="AAA"), Extract)
    assert_type(extract.rows, gpd.GeoDataFrame)
    assert_type(extract.totals(), Totals)
    assert_type(extract.summary(), pd.DataFrame)
    assert_type(extract.to_csv(), str)
    assert_type(sco_map.__version__, str)


def test_a_notebook_shows_the_map_and_lets_it_see_nothing(shipped: Atlas, desktop_page: Page) -> None:
    shown = shipped.select(project="cku_railway")._repr_html_()
    assert "allow-same-origin" not in shown
    desktop_page.goto("about:blank")  # else the policy of the page before it would hold here
    desktop_page.set_content(f"<title>notebook</title>{shown}")
    expect(desktop_page.frame_locator("iframe").locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    (inside,) = desktop_page.frames[1:]
    wait_until(
        inside, "(() => { try { return parent.document.title } catch (e) { return e.name } })()", "SecurityError"
    )
