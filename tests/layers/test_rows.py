"""The columns of a row: what the catalog says and nothing that it does not say."""

from __future__ import annotations

import pytest

from sco_map.layers.rows.events import event_features
from sco_map.layers.rows.features import licence_of
from sco_map.layers.rows.projects import project_features
from sco_map.layers.rows.routes import Routes
from sco_map.layers.rows.sites import site_feature
from sco_map.model.columns import COLUMNS
from tests.layers.tiny import FILES, tiny_catalog, tiny_land


def line(folder, id_, **changes):
    catalog = tiny_catalog(folder, **changes)
    feature = Routes(catalog, tiny_land()).feature(catalog.segments[id_])
    assert feature is not None
    return feature["properties"]


def test_a_row_has_every_column_in_the_usual_order(tmp_path):
    assert list(line(tmp_path, "iron_road__west")) == [column.name for column in COLUMNS if not column.declared]


def test_titles_are_built_in_the_languages_in_which_every_name_is_known(tmp_path):
    row = line(tmp_path, "iron_road__west")
    assert row["title_en"] == "Iron Road: Alpha – Beta"
    assert row["title_ru"] == "Железная дорога: Альфа – Бета"
    assert row["title_bn"].endswith(": আলফা – বেটা")
    assert row["title_zh"] is None


def test_phases_keep_dates_and_sources(tmp_path):
    row = line(tmp_path, "iron_road__west")
    assert row["status"] == "operating"
    assert row["phases"] == [
        {"from": "1999", "status": "planned"},
        {"from": "2004-05-06", "status": "operating", "source": "paper"},
    ]


def test_an_unknown_start_is_null(tmp_path):
    assert line(tmp_path, "pipe__trunk")["phases"] == [{"from": None, "status": "operating"}]


def test_published_lengths_of_the_project_come_with_their_scope(tmp_path):
    assert line(tmp_path, "iron_road__west")["published_lengths"] == [{"km": 235, "scope": "all", "source": "paper"}]


def test_sources_name_facts_first_then_geometry(tmp_path):
    assert line(tmp_path, "pipe__trunk")["sources"] == ["paper", "gazetteer", "guess"]


def test_the_licence_is_the_most_demanding_of_the_sources(tmp_path):
    catalog = tiny_catalog(tmp_path)
    assert licence_of(["paper", "gazetteer"], catalog) == "cc_by_4_0"
    assert licence_of(["paper", "guess"], catalog) == next(iter(catalog.licences))


def test_users_of_a_line_follow_its_home(tmp_path):
    user = """
layer = "rails"
kind = "rail"
form = "corridor"
title = { en = "Long Way" }
phases = [{ status = "operating" }]
uses = ["iron_road__west"]
sources = ["paper"]
as_of = 2026
confidence = "high"
"""
    assert line(tmp_path, "iron_road__west", projects__long_way_toml=user)["projects"] == ["iron_road", "long_way"]


def test_a_site_has_the_accuracy_of_its_place(tmp_path):
    catalog = tiny_catalog(tmp_path)
    feature = site_feature(catalog.sites["pipe__station"], catalog)
    row = feature["properties"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [11.0, 45.0]}
    assert (row["accuracy_km"], row["accuracy_mean_km"], row["accuracy_worst_km"]) == (2, 2, 2)
    assert (row["title_en"], row["kind"], row["countries"]) == ("Gamma", "compressor_station", ["UZB"])
    assert row["length_km"] is None
    assert row["pieces"] == []


def test_an_event_has_a_date_and_no_status(tmp_path):
    (feature,) = event_features(tiny_catalog(tmp_path))
    row = feature["properties"]
    assert (row["id"], row["date"], row["status"], row["phases"]) == ("meeting", "2001-06-15", None, [])
    assert (row["city"], row["type"], row["outcome"]) == ("Alpha", "founding", "They met")


@pytest.mark.parametrize(("form", "has_parties"), [("agreement", True), ("line", False)])
def test_a_project_without_a_route_is_a_row_without_a_geometry(tmp_path, form, has_parties):
    pact = f"""
layer = "pipes"
kind = "gas_pipeline"
form = "{form}"
title = {{ en = "Idea" }}
phases = [{{ status = "proposed" }}]
countries = ["UZB"]
parties = [{{ country = "KAZ", date = 2014-09-12, status = "party", source = "paper" }}]
sources = ["paper"]
as_of = 2026
confidence = "high"
"""
    catalog = tiny_catalog(tmp_path, projects__idea_toml=pact)
    (feature,) = project_features("pipes", catalog)
    row = feature["properties"]
    assert feature["geometry"] is None
    assert (row["id"], row["countries"], row["length_km"], row["accuracy_km"]) == ("idea", ["UZB"], None, None)
    assert ("parties" in row) == has_parties
    if has_parties:
        assert row["parties"] == [
            {"country": "KAZ", "date": "2014-09-12", "status": "party", "source": "paper", "note": None}
        ]


def test_a_project_with_lines_or_children_has_no_row_of_its_own(tmp_path):
    parent = FILES["projects/pipe.toml"].split("[[segment]]")[0].replace('"Pipe"', '"System"')
    child = FILES["projects/pipe.toml"].replace('layer = "pipes"', 'layer = "pipes"\nparent = "system"')
    catalog = tiny_catalog(tmp_path, projects__system_toml=parent, projects__pipe_toml=child)
    assert project_features("pipes", catalog) == []
    assert project_features("rails", catalog) == []
