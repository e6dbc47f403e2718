"""Layer files become one table; a bad file gives one clear sentence and the others still load."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
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


def test_layers_come_in_the_order_of_the_catalog_and_the_ground_is_not_a_layer(tiny_atlas: Atlas) -> None:
    assert list(dict.fromkeys(tiny_atlas.rows["layer"])) == ["ways", "pipes", "states", "days"]
    assert "soil" not in tiny_atlas.known_values("layer")
    assert tiny_atlas.heads["ways"]["attribution"] == "Tiny"


def test_the_checksum_follows_the_bytes(tiny_atlas: Atlas, tmp_path: Path) -> None:
    assert tiny.atlas(tmp_path).checksum == tiny_atlas.checksum
    changed(tmp_path, "ways", lambda content: properties(content).update(note="other"))
    assert load_atlas(tmp_path, catalog=tiny.catalog()).checksum != tiny_atlas.checksum


def test_a_missing_file_is_reported_and_the_rest_loads(tmp_path: Path) -> None:
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
    assert complaint.startswith("ways.geojson: is cut off or damaged at line 1, column ")
    assert ", in or after feature 'silk_east__new' (" in complaint
    assert complaint.endswith("; restore it, or build the layers again")


@pytest.mark.parametrize("content", ["", "[]", "null", '{"type": "Feature"}', '{"features": 3}', "\ufeff"])
def test_something_that_is_not_a_feature_collection(tmp_path: Path, content: str) -> None:
    (tiny.write(tmp_path) / "days.geojson").write_text(content, encoding="utf-8")
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith("days.geojson: is ")


def swap(content: Json) -> None:
    for feature in content["features"]:
        shape = feature["geometry"]
        points = shape["coordinates"] if shape["type"] == "LineString" else [shape["coordinates"]]
        for point in points:
            point.reverse()


def test_swapped_coordinates_are_recognised_by_the_extent(tmp_path: Path) -> None:
    changed(tmp_path, "ways", swap)
    assert complaints(tmp_path) == [
        f"ways.geojson, feature {id_!r}: position {spot} lies outside the extent of layer 'ways' in layers.toml "
        "(0 to 40 E, 35 to 55 N); longitude and latitude look swapped, write longitude first"
        for id_, spot in (("silk__old", "45, 5"), ("silk_east__new", "45, 15"), ("silk_far_east__port", "45, 25"))
    ]


def test_a_feature_outside_the_countries_it_names(tmp_path: Path) -> None:
    changed(tmp_path, "days", lambda content: content["features"][0].update(geometry=tiny.point(36, 38)))
    assert complaints(tmp_path) == [
        "days.geojson, feature 'summit_2010': position 36, 38 lies outside AAA (0 to 10 E, 40 to 50 N); "
        "check the position and the countries"
    ]


def test_swapped_coordinates_are_recognised_by_the_country_where_both_lie_in_the_extent(tmp_path: Path) -> None:
    changed(tmp_path, "days", lambda content: content["features"][0].update(geometry=tiny.point(45, 5)))
    catalog = tiny.catalog()
    wide = {id_: layer.model_copy(update={"extent": (0, 0, 60, 60)}) for id_, layer in catalog.layers.items()}
    (problem,) = load_atlas(tmp_path, catalog=replace(catalog, layers=wide)).problems
    assert "lies outside AAA" in str(problem)
    assert "longitude and latitude look swapped, write longitude first" in str(problem)


def test_a_feature_outside_the_extent_of_its_layer(tmp_path: Path) -> None:
    changed(tmp_path, "ways", lambda content: content["features"][2].update(geometry=tiny.point(31, 34.5)))
    (complaint,) = complaints(tmp_path)
    assert complaint.startswith(
        "ways.geojson, feature 'silk_far_east__port': position 31, 34.5 lies outside the extent"
    )


def test_metres_are_not_degrees(tmp_path: Path) -> None:
    geometry = tiny.line((556597.45, 5621521.49), (1669792.36, 5621521.49))
    changed(tmp_path, "ways", lambda content: content["features"][0].update(geometry=geometry))
    (complaint,) = complaints(tmp_path)
    assert "'silk__old': position [556597.45, 5621521.49] is not longitude and latitude in degrees" in complaint
    assert "(metres of another coordinate system? convert to WGS 84)" in complaint


def test_an_id_in_two_files(tmp_path: Path) -> None:
    def change(content: Json) -> None:
        content["features"][0]["id"] = properties(content)["id"] = "gas__trunk"

    changed(tmp_path, "days", change)
    assert complaints(tmp_path) == [
        "days.geojson, feature 'gas__trunk': the id appears twice, first in pipes.geojson; every row has its own"
    ]


def test_all_problems_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
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
    rows = [tiny.row(f"row_{number}", countries=["AAA"], **tiny.ACCURACY) for number in range(9)]
    tiny.write(tmp_path)
    tiny.write(tmp_path, {"ways": [tiny.feature(row, tiny.point(45, 5)) for row in rows]})
    found = complaints(tmp_path)
    assert len(found) == 5
    assert found[-1].endswith("(and 4 more like this)")


def test_a_damaged_file_of_the_ground_is_reported_and_the_rest_loads(tmp_path: Path) -> None:
    tiny.write(tmp_path)
    (tmp_path / "basemap_land.geojson").write_text('{"type": "FeatureCollection", "features": [{"type": "Fea')
    atlas = load_atlas(tmp_path, catalog=tiny.catalog())
    told = {problem.file: problem.text for problem in atlas.problems if problem.file.startswith("basemap_")}
    assert told["basemap_land.geojson"].startswith("is cut off or damaged at line 1")
    assert told["basemap_lakes.geojson"].startswith("the file is missing")
    assert len(atlas.rows)
