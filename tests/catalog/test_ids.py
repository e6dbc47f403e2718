"""Ids that others give: what ids.csv may say, each fault in one sentence, and where an id is found afterwards."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sco_map.atlas import Selection, load_atlas, select
from sco_map.catalog import CatalogError, read_catalog
from sco_map.catalog.schema import schemas
from sco_map.cli.describe import describe
from sco_map.export import render
from sco_map.layers.ids_page import ids_page
from sco_map.layers.rows.routes import Routes
from sco_map.layers.rows.sites import site_feature
from sco_map.layers.write import layer_bytes
from sco_map.page import View
from sco_map.page.payload import carried_by, head_payload, layer_payload
from sco_map.page.styles import read_styles
from sco_map.paths import CATALOG
from tests.layers.tiny import FILES, tiny_catalog, tiny_land, write_catalog

HEAD = "entry,scheme,id,source,note\n"
GOOD = (
    "KAZ,wikidata,Q232,paper,\n"
    "iron_road,wikidata,Q42,paper,\n"
    "iron_road__west,wikidata,Q43,gazetteer,\n"
    "pipe,gem,Pipe_Gas_Pipeline,paper,\n"
    "pipe__station,wikidata,Q44,paper,\n"
    "place:gamma,unlocode,UZGMA,gazetteer,\n"
    "place:gamma,wikidata,Q45,gazetteer,\n"
    "place:twin,station_code,708507,paper,\n"
)
COUNTRIES = FILES["countries.toml"].replace("[KAZ]\n", '[KAZ]\niso_a2 = "KZ"\n')
COUNTRIES = COUNTRIES.replace("[UZB]\n", '[UZB]\niso_a2 = "UZ"\n')


def complaints(folder, lines, **changes):
    """Return what is wrong with a catalog that has these lines of ids."""
    changes = {"countries_toml": COUNTRIES, **changes}
    try:
        read_catalog(write_catalog(folder, ids_csv=HEAD + lines, **changes))
    except CatalogError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.fixture
def catalog(tmp_path):
    return tiny_catalog(tmp_path / "catalog", ids_csv=HEAD + GOOD, countries_toml=COUNTRIES)


@pytest.fixture
def atlas(catalog, tmp_path):
    """Return the rows of the tiny catalog, written and loaded."""
    routes = Routes(catalog, tiny_land())
    for id_, layer in catalog.layers.items():
        features = [routes.feature(segment) for segment in catalog.segments.values() if segment.layer == id_]
        features += [site_feature(site, catalog) for site in catalog.sites.values() if site.layer == id_]
        (tmp_path / f"{id_}.geojson").write_bytes(layer_bytes(layer, [row for row in features if row], catalog))
    return load_atlas(tmp_path, strict=True, catalog=catalog)


def test_ids_of_everything_that_may_have_one_are_read(catalog):
    assert complaints(catalog.path, GOOD) == []
    assert {scheme: one.id for scheme, one in catalog.ids_of("place:gamma").items()} == {
        "unlocode": "UZGMA",
        "wikidata": "Q45",
    }
    assert catalog.ids_of("place:alpha") == {}


def test_a_catalog_may_do_without_ids(tmp_path):
    assert tiny_catalog(tmp_path).outside_ids == {}


FAULTS = {
    "scheme": (
        "KAZ,wikidate,Q232,paper,",
        "ids.csv, 'KAZ wikidate': unknown scheme 'wikidate'; did you mean 'wikidata'?",
    ),
    "entry": (
        "iron_rod,wikidata,Q42,paper,",
        "ids.csv, 'iron_rod wikidata': unknown entry 'iron_rod'; did you mean 'iron_road'?",
    ),
    "a place without its mark": (
        "gamma,wikidata,Q45,paper,",
        "ids.csv, 'gamma wikidata': 'gamma' is a place; write 'place:gamma'",
    ),
    "unknown place": (
        "place:gama,wikidata,Q45,paper,",
        "ids.csv, 'place:gama wikidata': unknown entry 'place:gama'; did you mean 'place:gamma'?",
    ),
    "source": (
        "KAZ,wikidata,Q232,papr,",
        "ids.csv, 'KAZ wikidata': unknown source 'papr'; did you mean 'paper'?",
    ),
    "no source": ("KAZ,wikidata,Q232,,", "ids.csv, line 2 'KAZ wikidata': the key 'source' is missing"),
    "form of Wikidata": (
        "KAZ,wikidata,232,paper,",
        "ids.csv, 'KAZ wikidata': id '232' must be the letter Q and a number, as in Q148",
    ),
    "form of a page": (
        "pipe,gem,../Pipe,paper,",
        "ids.csv, 'pipe gem': id '../Pipe' must be the title of a page of gem.wiki with underscores for spaces, as in "
        "Blue_Stream_Gas_Pipeline",
    ),
    "form of a UN/LOCODE": (
        "place:gamma,unlocode,UZ GMA,paper,",
        "ids.csv, 'place:gamma unlocode': id 'UZ GMA' must be five letters without a space, of which the last three "
        "may be digits from 2 to 9, as in KZAAU",
    ),
    "state of a UN/LOCODE": (
        "place:gamma,unlocode,KZGMA,paper,",
        "ids.csv, 'place:gamma unlocode': id 'KZGMA' begins with KZ, but the place lies in East (UZ)",
    ),
    "last digit of a station": (
        "place:twin,station_code,708506,paper,",
        "ids.csv, 'place:twin station_code': id '708506' ends with 6, but the first five digits ask for 7; compare it "
        "once more",
    ),
    "scheme of another sort": (
        "KAZ,unlocode,KZAAU,paper,",
        "ids.csv, 'KAZ unlocode': a state has no id of the scheme unlocode; it is for places",
    ),
    "two of one scheme": (
        "KAZ,wikidata,Q232,paper,\nKAZ,wikidata,Q233,paper,",
        "ids.csv, line 3 'KAZ wikidata': duplicate entry and scheme, already on line 2",
    ),
    "one id for two": (
        "place:beta,wikidata,Q5,paper,\nplace:gamma,wikidata,Q5,paper,",
        "ids.csv, 'place:gamma wikidata': id 'Q5' is that of 'place:beta', too; keep it where it belongs, and delete "
        "the other line",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_gives_one_sentence(name, tmp_path):
    lines, sentence = FAULTS[name]
    (said,) = complaints(tmp_path, lines + "\n")
    assert said.startswith(sentence)


def test_a_state_without_two_letters_cannot_have_a_place_with_a_code(tmp_path):
    (said,) = complaints(tmp_path, "place:gamma,unlocode,UZGMA,paper,\n", countries_toml=FILES["countries.toml"])
    assert said.endswith("countries.toml does not say with which two letters a code of East begins; add iso_a2")


def test_a_part_may_have_the_id_of_its_whole(tmp_path):
    assert complaints(tmp_path, "iron_road,wikidata,Q5,paper,\niron_road__west,wikidata,Q5,paper,\n") == []
    (said,) = complaints(tmp_path, "pipe,wikidata,Q5,paper,\niron_road__west,wikidata,Q5,paper,\n")
    assert "'iron_road__west wikidata': id 'Q5' is that of 'pipe', too" in said


def test_the_schema_of_the_table_has_both_columns_of_its_key(catalog):
    schema = schemas(catalog)["ids.csv.json"]
    assert schema["primaryKey"] == ["entry", "scheme"]
    scheme = next(field for field in schema["fields"] if field["name"] == "scheme")
    assert scheme["constraints"]["enum"] == ["wikidata", "gem", "unlocode", "station_code"]


def test_rows_have_their_own_ids_and_a_site_the_codes_of_its_place(atlas):
    rows = atlas.rows.set_index("id")
    assert rows.loc["iron_road__west", "wikidata"] == "Q43"
    assert rows.loc["iron_road__east", "wikidata"] is None or rows["wikidata"].isna()["iron_road__east"]
    assert (rows.loc["pipe__station", "wikidata"], rows.loc["pipe__station", "unlocode"]) == ("Q44", "UZGMA")
    assert rows["gem"].isna().all(), "the pipeline has two strings, none of which is the whole"
    said = {entry["figure"]: entry["source"] for entry in rows.loc["pipe__station", "figure_sources"]}
    assert said == {"wikidata": "paper", "unlocode": "gazetteer"}
    assert "gazetteer" in rows.loc["pipe__station", "sources"]


def test_the_only_line_of_a_project_has_the_ids_of_the_project(tmp_path):
    pipe = FILES["projects/pipe.toml"]
    alone = pipe[: pipe.index('[[segment]]\nid = "pipe__second"')]
    catalog = tiny_catalog(tmp_path, ids_csv=HEAD + "pipe,gem,Pipe,paper,\n", projects__pipe_toml=alone)
    feature = Routes(catalog, tiny_land()).feature(catalog.segments["pipe__trunk"])
    assert feature is not None
    assert feature["properties"]["gem"] == "Pipe"


def test_files_have_a_column_for_each_scheme(atlas):
    text = render(atlas, Selection(), View(), "csv").decode("utf-8-sig")
    lines = {line["id"]: line for line in csv.DictReader(io.StringIO(text, newline=""))}
    assert (lines["iron_road__west"]["wikidata"], lines["pipe__station"]["unlocode"]) == ("Q43", "UZGMA")
    features = json.loads(render(atlas, Selection(), View(), "geojson"))["features"]
    found = {feature["id"]: feature["properties"]["wikidata"] for feature in features}
    assert found["pipe__station"] == "Q44"


def test_an_impossible_id_in_a_layer_is_refused(atlas, tmp_path, catalog):
    file = tmp_path / "rails.geojson"
    file.write_text(file.read_text(encoding="utf-8").replace('"Q43"', '"43"'), encoding="utf-8")
    with pytest.raises(Exception, match="wikidata is '43'; it must be the letter Q and a number, as in Q148"):
        load_atlas(tmp_path, strict=True, catalog=catalog)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("q43", {"iron_road__west"}),
        ("Q42", {"iron_road__west", "iron_road__east"}),
        ("uzgma", {"iron_road__east", "pipe__trunk", "pipe__second", "pipe__station"}),
        ("Q45", set()),
    ],
)
def test_the_search_finds_rows_by_ids_and_by_the_codes_of_their_places(atlas, asked, rows):
    assert set(select(atlas, Selection(q=asked))["id"]) == rows


def test_the_page_carries_them_with_who_says_so(atlas):
    head = head_payload(atlas, atlas.rows, read_styles(CATALOG / "styles.toml"), {})
    assert head["projects"]["iron_road"]["wikidata"] == "Q42"
    assert {"figure": "wikidata", "source": "paper"} in head["projects"]["iron_road"]["figure_sources"]
    assert head["places"]["gamma"]["unlocode"] == "UZGMA"
    assert "wikidata" not in head["places"]["gamma"], "places are many, and have no card that could show it"
    assert head["countries"]["KAZ"]["wikidata"] == "Q232"
    rails = atlas.rows[atlas.rows["layer"] == "rails"]
    west = next(row for row in layer_payload("rails", rails, carried_by(head, atlas))["rows"] if "west" in row["id"])
    assert west["wikidata"] == "Q43"


def test_show_names_them_with_address_and_source_and_is_asked_by_them(atlas):
    shown = describe(atlas, "place:gamma")
    assert "Elsewhere   Wikidata Q45: https://www.wikidata.org/wiki/Q45 [" in shown
    assert "UN/LOCODE UZGMA [" in shown
    assert describe(atlas, "uz gma") == shown
    assert describe(atlas, "Q43").splitlines()[0] == describe(atlas, "iron_road__west").splitlines()[0]


def test_the_page_of_the_docs_counts_them(catalog):
    text = ids_page(catalog)
    assert "| states | 2 | 1 |  |  |  |" in text
    assert "| projects | 2 | 1 | 1 |  |  |" in text
    assert "| segments and sites | 5 | 2 | 0 |  |  |" in text
    assert "| places, helper points left out | 6 | 1 |  | 1 | 1 |" in text
    assert "| [A gazetteer](https://example.org/gazetteer) | `unlocode` | 1 |" in text
