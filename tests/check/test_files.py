"""Bad layer files: each fault gets one clear sentence that names file and feature, all of them at once."""

from __future__ import annotations

import json

import pytest

from sco_map.catalog import CatalogError, read_catalog
from sco_map.check.files import CheckError
from sco_map.errors import ScoMapError
from sco_map.layers import check_files
from sco_map.layers.rows.projects import project_features
from sco_map.layers.rows.routes import Routes
from sco_map.layers.rows.sites import site_feature
from sco_map.layers.write import layer_bytes
from tests.layers.tiny import FILES, tiny_catalog, tiny_land, write_catalog


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the tiny catalog and its two layers, built."""
    catalog = tiny_catalog(tmp_path / "catalog")
    routes = Routes(catalog, tiny_land())
    for layer in catalog.layers.values():
        drawn = [routes.feature(line) for line in catalog.segments.values() if line.layer == layer.id]
        rows = [row for row in drawn if row is not None]
        rows += [site_feature(site, catalog) for site in catalog.sites.values() if site.layer == layer.id]
        rows += project_features(layer.id, catalog)
        (tmp_path / f"{layer.id}.geojson").write_bytes(layer_bytes(layer, rows, catalog))
    return tmp_path


def checked(folder, *paths):
    return check_files(paths, folder=folder, catalog=folder / "catalog")


def spoiled(folder, change, name="pipes"):
    """Return what the check says of the layer `name` after `change` was made to its JSON value."""
    file = folder / f"{name}.geojson"
    value = json.loads(file.read_bytes())
    change(value)
    file.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(CheckError) as error:
        checked(folder)
    return [problem.removeprefix(f"{file.as_posix()}") for problem in error.value.problems]


def row(value, id_):
    return next(feature for feature in value["features"] if feature["id"] == id_)


def test_good_files_are_summed_up(folder):
    assert checked(folder) == [
        f"{folder}/catalog: 2 projects, 7 places",
        f"{folder}/pipes.geojson: 3 features",
        f"{folder}/rails.geojson: 2 features",
    ]


def test_a_row_without_a_geometry_is_mentioned(folder):
    file = folder / "pipes.geojson"
    value = json.loads(file.read_bytes())
    row(value, "pipe__station")["geometry"] = None
    file.write_text(json.dumps(value), encoding="utf-8")
    assert checked(folder, file) == [f"{file}: 3 features, 1 without a geometry and so without an accuracy"]


def test_a_file_cut_in_half(folder):
    file = folder / "rails.geojson"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(CheckError) as error:
        checked(folder)
    (problem,) = error.value.problems
    assert "rails.geojson: is cut off or damaged at line 3, column " in problem
    assert "in or after feature 'iron_road__west'" in problem


def test_swapped_longitude_and_latitude(folder):
    def swap(value):
        row(value, "pipe__station")["geometry"]["coordinates"].reverse()

    (problem,) = spoiled(folder, swap)
    assert problem.startswith(", feature 'pipe__station': position 45, 11 lies outside the extent of layer 'pipes'")
    assert "longitude and latitude look swapped" in problem


def test_a_point_outside_its_country(folder):
    def move(value):
        row(value, "pipe__station")["geometry"]["coordinates"] = [4.0, 45.0]

    (problem,) = spoiled(folder, move)
    assert "lies outside UZB (10 to 20 E, 40 to 50 N)" in problem
    assert "swapped" not in problem


def test_nan_in_a_position_and_in_a_property(folder):
    def spoil(value):
        row(value, "pipe__station")["geometry"]["coordinates"][0] = float("nan")
        row(value, "pipe__trunk")["properties"]["capacity"] = float("nan")

    assert sorted(spoiled(folder, spoil)) == [
        ", feature 'pipe__station': the coordinates hold NaN or Infinity, which JSON does not have; "
        "write what is known, or a null geometry",
        ", feature 'pipe__trunk': capacity is NaN, which JSON does not have; write what is known, or null",
    ]


def test_a_foreign_crs(folder):
    def declare(value):
        value["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
        row(value, "pipe__station")["geometry"]["coordinates"] = [1224514.4, 5621521.5]

    crs, metres = spoiled(folder, declare)
    assert crs == (
        ": has the coordinate system 'urn:ogc:def:crs:EPSG::3857'; "
        "convert it to longitude and latitude in WGS 84 and leave the member crs out"
    )
    assert "metres of another coordinate system?" in metres


def test_the_obsolete_crs_member(folder):
    def declare(value):
        value["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert spoiled(folder, declare) == [": has a member crs, which GeoJSON gave up in 2016; leave it out"]


def test_a_duplicate_id_within_a_file_and_across_files(folder):
    rails = json.loads((folder / "rails.geojson").read_bytes())

    def repeat(value):
        value["features"].append(row(value, "pipe__station"))
        value["features"].append({**row(rails, "iron_road__west")})

    problems = spoiled(folder, repeat)
    assert ", feature 'pipe__station': the id appears twice, first in this file; every row has its own" in problems
    assert any(
        "feature 'iron_road__west': is in layer 'rails', but the file holds 'pipes'" in text for text in problems
    )
    assert any("feature 'iron_road__west': the id appears twice, first in" in problem for problem in problems)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("kind", "gas_pipline", "unknown kind 'gas_pipline'; did you mean 'gas_pipeline'?"),
        ("kind", None, "has no kind; every row needs it"),
        ("sources", ["papper"], "unknown source 'papper'; did you mean 'paper'?"),
        ("sources", [], "has no sources; every row needs it"),
        ("projects", ["pip"], "unknown project 'pip'; did you mean 'pipe'?"),
        ("countries", ["UZB", "KAX"], "unknown country 'KAX'; did you mean 'KAZ'?"),
        ("as_of", None, "has no as_of; every row needs it"),
        ("licence", None, "has no licence; every row needs it"),
        ("layer", "rails", "is in layer 'rails', but the file holds 'pipes'"),
        ("accuracy_km", None, "says nothing of its accuracy: accuracy_km must be greater than 0"),
        ("accuracy_km", 0, "says nothing of its accuracy: accuracy_km must be greater than 0"),
        ("accuracy_basis", None, "has no accuracy_basis"),
    ],
)
def test_a_wrong_word(folder, column, value, expected):
    def spoil(collection):
        row(collection, "pipe__station")["properties"][column] = value

    assert spoiled(folder, spoil) == [f", feature 'pipe__station': {expected}"]


def test_an_unknown_status_is_named_in_its_phase(folder):
    def spoil(value):
        row(value, "pipe__station")["properties"]["phases"][0]["status"] = "operatin"

    problems = spoiled(folder, spoil)
    assert ", feature 'pipe__station': unknown status 'operatin' in phases; did you mean 'operating'?" in problems


def test_phases_out_of_order(folder):
    def spoil(value):
        row(value, "iron_road__west")["properties"]["phases"][0]["from"] = "2005"

    assert spoiled(folder, spoil, "rails") == [
        ", feature 'iron_road__west': phases are out of order: 2004-05-06 comes after 2005; begin with the earliest"
    ]


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        (
            {"type": "Circle", "coordinates": [1, 2]},
            "the geometry is of type 'Circle'; it must be null or one of Point",
        ),
        ({"type": "Point", "coordinates": []}, "the coordinates are empty, or not nested"),
        ({"type": "Point", "coordinates": ["11", 45]}, "must be two numbers, longitude and latitude"),
        ({"type": "Point", "coordinates": [11, 95]}, "is not longitude and latitude in degrees"),
        ({"type": "LineString", "coordinates": [[11, 45]]}, "has a line of 1 position; it needs 2"),
        ({"type": "LineString", "coordinates": [[11, 45], [11, 45]]}, "has a line without length"),
        ({"type": "LineString", "coordinates": [[179, 45], [-179, 45]]}, "leaps over the antimeridian"),
        (
            {"type": "Polygon", "coordinates": [[[11, 45], [12, 45], [12, 46], [11, 46]]]},
            "does not end where it begins",
        ),
        ({"type": "Polygon", "coordinates": [[[11, 45], [11, 46], [12, 46], [11, 45]]]}, "breaks the right-hand rule"),
        (
            {"type": "Polygon", "coordinates": [[[11, 45], [12, 46], [12, 45], [11, 46], [11, 45]]]},
            "is not valid: Self-intersection",
        ),
    ],
)
def test_a_bad_geometry(folder, geometry, expected):
    def spoil(value):
        row(value, "pipe__station")["geometry"] = geometry

    (problem,) = spoiled(folder, spoil)
    assert expected in problem


def test_a_line_that_misses_its_place(folder):
    def move(value):
        row(value, "iron_road__west")["geometry"]["coordinates"][0][1] += 0.5

    problems = spoiled(folder, move, "rails")
    assert any(
        "ends 55.6 km from its place 'alpha', more than the accuracy there of 19.8 km" in text for text in problems
    )
    assert any("is not its geodesic length of" in text for text in problems)


def test_lines_of_a_route_that_do_not_join(folder):
    def move(value):
        row(value, "iron_road__west")["geometry"]["coordinates"][-1][1] += 0.6

    problems = spoiled(folder, move, "rails")
    assert any("does not join 'iron_road__east' at 'beta': a gap of 66.7 km" in text for text in problems)


def test_a_gap_between_two_parts(folder):
    def move(value):
        row(value, "pipe__trunk")["geometry"]["coordinates"][1][0][0] += 0.1

    assert any("has a gap of 7.86 km between two parts" in text for text in spoiled(folder, move))


def test_countries_against_the_order_of_travel(folder):
    def turn(value):
        properties = row(value, "iron_road__east")["properties"]
        properties["countries"].reverse()
        properties["km_by_country"] = dict(reversed(properties["km_by_country"].items()))

    assert spoiled(folder, turn, "rails") == [
        ", feature 'iron_road__east': countries UZB, KAZ are not in the order of travel KAZ, UZB"
    ]


def test_an_accuracy_that_its_pieces_do_not_give(folder):
    def claim(value):
        row(value, "pipe__trunk")["properties"]["accuracy_km"] = 5

    (problem,) = spoiled(folder, claim)
    assert "accuracy_km 5 does not follow from its pieces" in problem


def test_all_problems_come_at_once(folder):
    def spoil(value):
        row(value, "pipe__station")["properties"]["kind"] = "x"
        row(value, "pipe__trunk")["properties"]["sources"] = ["y"]

    assert len(spoiled(folder, spoil)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]",
        '{"type": "Feature"}',
        '{"type": "FeatureCollection"}',
        '{"type": "FeatureCollection", "features": [3]}',
    ],
)
def test_what_is_not_a_layer_at_all(folder, text):
    file = folder / "own.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError, match=r"own\.geojson"):
        checked(folder, file)


def test_a_missing_layer_and_a_missing_path(folder):
    (folder / "pipes.geojson").unlink()
    with pytest.raises(CheckError, match=r"pipes\.geojson: the file is missing"):
        checked(folder)
    with pytest.raises(CheckError, match="there is no such file or folder"):
        checked(folder, folder / "nothing.geojson")


def test_a_project_file_of_the_users_own(folder, tmp_path):
    good = tmp_path / "own_line.toml"
    beside = FILES["projects/iron_road.toml"].replace("iron_road__", "own_line__")
    good.write_text(beside.replace("gauge_mm", "string = 2\ngauge_mm"), encoding="utf-8")
    assert checked(folder, good) == [f"{good}: a project"]
    bad = tmp_path / "bad_line.toml"
    bad.write_text(good.read_text(encoding="utf-8").replace('kind = "rail"', "kind = 3"), encoding="utf-8")
    with pytest.raises(CheckError, match=r"bad_line\.toml.*kind 3 must be text"):
        checked(folder, bad)


def test_a_folder_with_a_catalog(folder, tmp_path):
    other = write_catalog(tmp_path / "other")
    assert checked(folder, other) == [f"{other}: 2 projects, 7 places"]
    (other / "projects" / "pipe.toml").write_text("layer =", encoding="utf-8")
    with pytest.raises(CatalogError):
        checked(folder, other)
    with pytest.raises(ScoMapError):
        read_catalog(other)


def test_a_file_of_the_users_own_is_checked_by_the_layer_of_its_rows(folder, tmp_path):
    value = json.loads((folder / "pipes.geojson").read_bytes())
    del value["name"]
    row(value, "pipe__station")["geometry"]["coordinates"].reverse()
    own = tmp_path / "my_pipes.geojson"
    own.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(CheckError, match=r"my_pipes\.geojson, feature 'pipe__station'.*look swapped"):
        checked(folder, own)


def of_ones_own(folder, tmp_path, change):
    """Return the file of somebody who has changed the pipes and given the file a name of his own."""
    value = json.loads((folder / "pipes.geojson").read_bytes())
    del value["name"]
    change(value)
    own = tmp_path / "mine.geojson"
    own.write_text(json.dumps(value), encoding="utf-8")
    return own


def test_a_text_beside_a_list_has_to_say_the_same(folder, tmp_path):
    def beside(value, text):
        row(value, "pipe__trunk")["properties"]["countries_text"] = text

    countries = row(json.loads((folder / "pipes.geojson").read_bytes()), "pipe__trunk")["properties"]["countries"]
    right = "; ".join(countries)
    assert checked(folder, of_ones_own(folder, tmp_path, lambda value: beside(value, right)))
    with pytest.raises(CheckError, match=f"countries_text is 'DEU', but countries reads '{right}'"):
        checked(folder, of_ones_own(folder, tmp_path, lambda value: beside(value, "DEU")))


def test_a_line_that_was_simplified_need_not_say_how_it_was_cut(folder, tmp_path):
    def simplify(value, degrees, share=1.0):
        value["simplified_degrees"] = degrees
        line = row(value, "pipe__trunk")["properties"]
        line["drawn_km"] = line["length_km"] = round(line["drawn_km"] * share, 2)
        del line["hops"], line["pieces"]
        line["km_by_country"] = {code: km * share for code, km in line["km_by_country"].items()}

    assert checked(folder, of_ones_own(folder, tmp_path, lambda value: simplify(value, 0.002, 1.05)))
    with pytest.raises(CheckError, match="has no hops"):
        checked(folder, of_ones_own(folder, tmp_path, lambda value: simplify(value, 0)))
    with pytest.raises(CheckError, match="is not its geodesic length"):
        checked(folder, of_ones_own(folder, tmp_path, lambda value: simplify(value, 0.002, 1.5)))


def test_a_row_that_the_catalog_describes_is_missing(folder):
    file = folder / "pipes.geojson"
    value = json.loads(file.read_bytes())
    value["features"] = [feature for feature in value["features"] if feature["id"] != "pipe__station"]
    file.write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(CheckError) as error:
        checked(folder)
    assert list(error.value.problems) == [
        f"{folder}/catalog/projects/pipe.toml, site 'pipe__station': the layer 'pipes' does not have this row yet; "
        "run python -m sco_map build"
    ]
    assert checked(folder, file)


def test_a_row_that_the_catalog_does_not_describe(folder):
    project = folder / "catalog" / "projects" / "pipe.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text[: text.index("[[site]]")], encoding="utf-8")
    with pytest.raises(CheckError) as error:
        checked(folder)
    assert list(error.value.problems) == [
        f"{folder}/pipes.geojson, feature 'pipe__station': the catalog has no such row; run python -m sco_map build"
    ]


def test_a_row_that_moved_to_another_layer(folder):
    project = folder / "catalog" / "projects" / "pipe.toml"
    text = project.read_text(encoding="utf-8").replace(
        'kind = "compressor_station"', 'kind = "compressor_station"\nlayer = "rails"'
    )
    project.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError) as error:
        checked(folder)
    assert list(error.value.problems) == [
        f"{folder}/catalog/projects/pipe.toml, site 'pipe__station': the layer 'rails' does not have this row yet; "
        "run python -m sco_map build",
        f"{folder}/pipes.geojson, feature 'pipe__station': the catalog has this row in 'rails'; "
        "run python -m sco_map build",
    ]


def test_a_broken_rule_does_not_hide_what_is_wrong_with_the_rows(folder):
    events = folder / "catalog" / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("একটি সভা", ""), encoding="utf-8")
    said = spoiled(folder, lambda value: row(value, "pipe__station")["properties"].update(status="planned"))
    assert said == [
        f"{folder}/catalog/events.csv, 'meeting': 'A meeting' has no translation into Bengali (bn)",
        ", feature 'pipe__station': status 'planned' is not that of its last phase, 'operating'",
    ]


def test_a_file_under_another_licence_than_its_rows(folder):
    said = spoiled(folder, lambda value: [row["properties"].update(licence="odbl_1_0") for row in value["features"]])
    licence = json.loads((folder / "pipes.geojson").read_bytes())["licence"]
    assert said == [f": holds rows under 'odbl_1_0', so the whole file is under it, not under {licence!r}"]


def test_an_accuracy_greater_than_the_worst(folder):
    def change(value):
        properties = row(value, "pipe__station")["properties"]
        properties["accuracy_km"] = properties["accuracy_worst_km"] + 1

    assert [fault.partition(": ")[2] for fault in spoiled(folder, change)] == [
        "accuracy_km 3 is greater than accuracy_worst_km 2; nine tenths lie within the former"
    ]
