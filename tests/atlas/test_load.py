"""Layer files become one table; a bad file gives one clear sentence and the others still load."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sco_map.atlas import Atlas, AtlasError, load_atlas
from tests.atlas import tiny

Json = dict[str, Any]


def changed(folder: Path, layer: str, change: Callable[[Json], None]) -> Path:
    """Write the tiny layers with one file changed, and return that file."""
    file = tiny.write(folder) / f"{layer}.geojson"
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def properties(content: Json, number: int = 0) -> Json:
    found: Json = content["features"][number]["properties"]
    return found


def complaints(folder: Path) -> list[str]:
    """Return what strict and lenient loading say, which is the same."""
    lenient = load_atlas(folder, catalog=tiny.catalog())
    with pytest.raises(AtlasError) as caught:
        load_atlas(folder, catalog=tiny.catalog(), strict=True)
    assert caught.value.problems == lenient.problems
    return [str(problem) for problem in lenient.problems]


def test_columns_have_their_types(tiny_atlas: Atlas) -> None:
    rows = tiny_atlas.rows.set_index("id")
    assert rows.crs.to_epsg() == 4326
    assert rows.at["silk__old", "countries"] == ["AAA", "BBB"]
    assert rows.at["member_bbb", "projects"] == []
    assert rows.at["member_bbb", "km_by_country"] == {}
    assert rows.at["silk__old", "gauge_mm"] == 1520
    assert pd.isna(rows.at["gas__trunk", "gauge_mm"])
    assert pd.isna(rows.at["member_bbb", "status"])
    assert math.isnan(rows.at["member_bbb", "length_km"])
    assert all(isinstance(phases, list) for phases in rows["phases"])


def test_layers_come_in_the_order_of_the_catalog_and_the_ground_is_no_layer(tiny_atlas: Atlas) -> None:
    assert list(dict.fromkeys(tiny_atlas.rows["layer"])) == ["ways", "pipes", "states", "days"]
    assert "soil" not in tiny_atlas.known_values("layer")
    assert tiny_atlas.heads["ways"]["attribution"] == "Tiny"


def test_the_checksum_follows_the_bytes(tiny_atlas: Atlas, tmp_path: Path) -> None:
    assert tiny.atlas(tmp_path).checksum == tiny_atlas.checksum
    changed(tmp_path, "ways", lambda content: properties(content).update(note="other"))
    assert load_atlas(tmp_path, catalog=tiny.catalog()).checksum != tiny_atlas.checksum


def test_a_missing_file_is_told_and_the_rest_loads(tmp_path: Path) -> None:
    (tiny.write(tmp_path) / "pipes.geojson").unlink()
    assert complaints(tmp_path) == [
        "pipes.geojson: the file is missing; restore it, or build it with `python -m sco_map build pipes`"
    ]
    atlas = load_atlas(tmp_path, catalog=tiny.catalog())
    assert set(atlas.rows["layer"]) == {"ways", "states", "days"}
    assert "pipes" not in atlas.heads


def test_a_file_cut_in_half(tmp_path: Path) -> None:
    file = tiny.write(tmp_path) / "ways.geojson"
    raw = file.read_bytes()
    file.write_bytes(raw[: raw.index(b"silk_far_east__port") - 400])
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith("ways.geojson: is cut off or damaged at line 1, in or after feature 'silk_east__new' (")
    assert complaint.endswith("build it anew with `python -m sco_map build ways`")


@pytest.mark.parametrize("content", ["", "[]", "null", '{"type": "Feature"}', '{"features": 3}', "\ufeff"])
def test_something_that_is_no_feature_collection(tmp_path: Path, content: str) -> None:
    (tiny.write(tmp_path) / "days.geojson").write_text(content, encoding="utf-8")
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith("days.geojson: is ")


def swap(content: Json) -> None:
    for feature in content["features"]:
        shape = feature["geometry"]
        points = shape["coordinates"] if shape["type"] == "LineString" else [shape["coordinates"]]
        for point in points:
            point.reverse()


def test_swapped_coordinates_are_told_from_the_extent(tmp_path: Path) -> None:
    changed(tmp_path, "ways", swap)
    swapped = "longitude and latitude are swapped; GeoJSON has longitude first"
    assert complaints(tmp_path) == [
        f"ways.geojson, feature {id_!r}: lies at {spot}: {swapped}"
        for id_, spot in (("silk__old", "45, 10"), ("silk_east__new", "45, 20"), ("silk_far_east__port", "45, 25"))
    ]


def test_swapped_coordinates_are_told_from_the_country_where_both_lie_in_the_extent(tmp_path: Path) -> None:
    changed(tmp_path, "days", lambda content: content["features"][0].update(geometry=tiny.point(36, 38)))
    assert complaints(tmp_path) == [
        "days.geojson, feature 'summit_2010': lies at 36, 38, not in AAA, which `countries` names"
    ]
    catalog = tiny.catalog()
    wide = {id_: layer.model_copy(update={"extent": (0, 0, 60, 60)}) for id_, layer in catalog.layers.items()}
    changed(tmp_path, "days", lambda content: content["features"][0].update(geometry=tiny.point(45, 5)))
    object.__setattr__(catalog, "layers", wide)
    (problem,) = load_atlas(tmp_path, catalog=catalog).problems
    assert "not in AAA, which `countries` names: longitude and latitude are swapped" in str(problem)


def test_a_feature_outside_the_extent_of_its_layer(tmp_path: Path) -> None:
    changed(tmp_path, "ways", lambda content: content["features"][2].update(geometry=tiny.point(31, 34.5)))
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith("ways.geojson, feature 'silk_far_east__port': lies at 31, 34.5, ")


def test_metres_are_no_degrees(tmp_path: Path) -> None:
    geometry = tiny.line((556597.45, 5621521.49), (1669792.36, 5621521.49))
    changed(tmp_path, "ways", lambda content: content["features"][0].update(geometry=geometry))
    (complaint,) = complaints(tmp_path)
    assert "'silk__old': lies at 1.11319e+06, 5.62152e+06, which are no degrees" in complaint


def test_a_foreign_coordinate_system(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    changed(tmp_path, "pipes", lambda content: content.update(crs=crs))
    assert complaints(tmp_path) == [
        "pipes.geojson: has the coordinate system 'urn:ogc:def:crs:EPSG::3857'; "
        "a layer is WGS 84 longitude and latitude and has no member `crs`"
    ]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_the_obsolete_member_crs_is_no_fault_when_it_says_wgs84(tmp_path: Path, name: str) -> None:
    changed(tmp_path, "pipes", lambda content: content.update(crs={"type": "name", "properties": {"name": name}}))
    assert load_atlas(tmp_path, catalog=tiny.catalog(), strict=True).problems == ()


def test_not_a_number(tmp_path: Path) -> None:
    def spoil(content: Json) -> None:
        content["features"][0]["geometry"]["coordinates"][1][0] = math.nan
        properties(content, 1)["length_km"] = math.nan

    changed(tmp_path, "ways", spoil)
    assert complaints(tmp_path) == [
        "ways.geojson, feature 'silk__old': the coordinates hold nan, which is no number; write what is known, or null",
        "ways.geojson, feature 'silk_east__new': column length_km holds nan, which is no number; "
        "write what is known, or null",
    ]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("id", "silk_east__new", "the id stands twice, before in this file; every row has its own"),
        ("layer", "pipes", "layer is 'pipes' in the file of 'ways'"),
        ("status", "operatng", "status 'operatng' is unknown; did you mean 'operating'?"),
        ("kind", "railway", "kind 'railway' is unknown; did you mean 'rail'?"),
        ("kind", None, "kind is empty; every row has one"),
        ("title_en", "", "title_en is empty; every row has one"),
        ("owner", 7, "owner is 7; it is text"),
        ("sources", [], "sources is empty; every row has at least one"),
        ("sources", ["minstry"], "sources holds the unknown 'minstry'; did you mean 'ministry'?"),
        ("countries", ["AAA", "Beland"], "countries holds the unknown 'Beland'; did you mean 'BBB'?"),
        ("countries", "AAA", "countries is 'AAA'; it is a list"),
        ("projects", ["silkk"], "projects holds the unknown 'silkk'; did you mean 'silk'"),
        ("length_km", -3, "length_km is -3; it is not below zero"),
        ("length_km", "long", "length_km is 'long'; it is a number, or null where unknown"),
        ("gauge_mm", 1520.5, "gauge_mm is 1520.5; it is a whole number"),
        ("as_of", "last year", "as_of is 'last year'; a date is"),
        ("date", "in spring", "date is 'in spring'; a date is"),
        ("confidence", "hgh", "confidence 'hgh' is unknown; did you mean 'high'?"),
        ("licence", "citd", "licence 'citd' is unknown; did you mean 'cited'?"),
        ("accuracy_basis", "guess", "accuracy_basis 'guess' is unknown"),
        ("phases", {"a": 1}, "it is a list of records"),
        (
            "phases",
            [{"from": "2000", "status": "oprating"}],
            "phases holds the unknown status 'oprating'; did you mean",
        ),
        (
            "phases",
            [{"from": "2010", "status": "planned"}, {"from": "2009-05", "status": "operating"}],
            "phases are not in order: 2009-05 comes after 2010",
        ),
        ("phases", [{"from": "May 2010", "status": "planned"}], "`from` of a status is 'May 2010'; a date is"),
        ("km_by_country", {"ABA": 3.0}, "km_by_country holds the unknown 'ABA'; did you mean 'AAA'?"),
        ("km_by_country", {"AAA": -3.0}, "km_by_country of AAA is -3.0; it is not below zero"),
        ("pieces", [{"km": 1}, {"km": 2}], "has 2 pieces and 1 parts of its line"),
        ("stauts", "planned", "has the unknown column 'stauts'; did you mean 'status'?"),
    ],
)
def test_a_wrong_cell_is_told_with_file_feature_and_what_would_be_right(
    tmp_path: Path, column: str, value: object, expected: str
) -> None:
    changed(tmp_path, "ways", lambda content: properties(content, 2).update({column: value}))
    (complaint,) = complaints(tmp_path)
    id_ = value if column == "id" else "silk_far_east__port"
    assert complaint.startswith(f"ways.geojson, feature {id_!r}: ")
    assert expected in complaint


def test_an_id_that_stands_in_two_files(tmp_path: Path) -> None:
    changed(tmp_path, "days", lambda content: properties(content).update(id="gas__trunk"))
    assert complaints(tmp_path) == [
        "days.geojson, feature 'gas__trunk': the id stands twice, before in pipes.geojson; every row has its own"
    ]


def test_a_broken_geometry_and_a_missing_one(tmp_path: Path) -> None:
    def spoil(content: Json) -> None:
        content["features"][0]["geometry"] = {"type": "LineString", "coordinates": [[5, 45]]}
        content["features"][1]["geometry"] = {"type": "Lyne", "coordinates": []}
        content["features"][2]["geometry"] = None

    changed(tmp_path, "ways", spoil)
    assert complaints(tmp_path) == [
        "ways.geojson, feature 'silk__old': the geometry is not valid GeoJSON",
        "ways.geojson, feature 'silk_east__new': the geometry is not valid GeoJSON",
    ]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    changed(tmp_path, "ways", lambda content: properties(content).update(status="x", kind="y", owner=3))
    (tmp_path / "pipes.geojson").unlink()
    changed_days = json.loads((tmp_path / "days.geojson").read_text())
    properties(changed_days)["confidence"] = "z"
    (tmp_path / "days.geojson").write_text(json.dumps(changed_days))
    found = complaints(tmp_path)
    assert [text.partition(":")[0] for text in found] == [
        "pipes.geojson",
        "ways.geojson, feature 'silk__old'",
        "ways.geojson, feature 'silk__old'",
        "ways.geojson, feature 'silk__old'",
        "days.geojson, feature 'summit_2010'",
    ]
    with pytest.raises(AtlasError, match=r"has 5 problems:\n  "):
        load_atlas(tmp_path, catalog=tiny.catalog(), strict=True)


def test_the_same_fault_in_many_features_is_counted(tmp_path: Path) -> None:
    features = [tiny.feature(tiny.row(f"row_{number}", countries=["AAA"]), tiny.point(45, 5)) for number in range(9)]
    tiny.write(tmp_path)
    tiny.write(tmp_path, {"ways": features})
    found = complaints(tmp_path)
    assert len(found) == 5
    assert found[-1].endswith("(and 4 more like this)")


def test_a_damaged_file_of_the_ground_is_told_and_the_rest_loads(tmp_path: Path) -> None:
    tiny.write(tmp_path)
    (tmp_path / "basemap_land.geojson").write_text('{"type": "FeatureCollection", "features": [{"type": "Fea')
    atlas = load_atlas(tmp_path, catalog=tiny.catalog())
    told = {problem.file: problem.text for problem in atlas.problems if problem.file.startswith("basemap_")}
    assert told["basemap_land.geojson"].startswith("is cut off or damaged at line 1")
    assert told["basemap_lakes.geojson"].startswith("the file is missing")
    assert len(atlas.rows)
