"""The shipped land under the corridors: within its budget, and named in scripts and spellings a reader expects."""

from __future__ import annotations

import gzip
import json
import re

import numpy as np
import pytest
import shapely

from sco_map.catalog import read_catalog
from sco_map.paths import GEODATA

BUDGET_KB = {"basemap_land": 225, "basemap_lakes": 83, "boundary_lines": 43, "basemap_rivers": 30, "basemap_cities": 55}
"""Packed size of each file: geometry as differences on a grid of 0.001 degrees, names as they are, gzipped."""

SCRIPT = {
    "title_bn": re.compile(r"[ঀ-৿‌‍ ().,‘’'–-]+"),
    "title_ru": re.compile(r"[А-Яа-яЁё0-9 ().,’–—-]+"),
    "title_zh": re.compile(r"[一-鿿（）、·—]+"),
}


def features(layer):
    return json.loads((GEODATA / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]


def differences(coordinates):
    if isinstance(coordinates[0], int | float):
        return np.round(np.array(coordinates) * 1000).astype(int).tolist()
    if isinstance(coordinates[0][0], int | float):
        grid = np.round(np.array(coordinates) * 1000).astype(int)
        return np.vstack([grid[:1], np.diff(grid, axis=0)]).ravel().tolist()
    return [differences(part) for part in coordinates]


@pytest.fixture(scope="module")
def labels():
    """Return the properties of every unit's label by unit."""
    return {
        row["properties"]["unit"]: row["properties"]
        for row in features("basemap_labels")
        if "unit" in row["properties"]
    }


def test_a_unit_whose_usual_name_is_wrong_has_its_own(labels):
    assert labels["PGA"]["title_en"] == "Spratly Islands"
    assert labels["PGA"]["title_zh"] == "南沙群岛"
    assert {labels[unit]["title_zh"] for unit in ("COD", "COG")} == {"刚果（金）", "刚果（布）"}


@pytest.mark.parametrize("layer", BUDGET_KB)
def test_every_file_keeps_within_its_budget(layer):
    packed = [
        [differences(row["geometry"]["coordinates"]), row["properties"].get("title_en")] for row in features(layer)
    ]
    content = json.dumps(packed, separators=(",", ":")).encode()
    assert len(gzip.compress(content, mtime=0)) / 1000 < BUDGET_KB[layer]


def test_land_reaches_beyond_what_the_map_can_show():
    bounds = shapely.total_bounds([shapely.geometry.shape(row["geometry"]) for row in features("basemap_land")])
    assert bounds[0] >= -180 and bounds[2] <= 180
    units = {row["id"]: row["properties"] for row in features("basemap_land")}
    assert {"fra", "egy", "jpn", "idn", "nor"} <= set(units)
    assert units["kas"]["iso_a3"] is None
    assert units["sds"]["iso_a3"] == "SSD"


@pytest.mark.parametrize(
    "layer", ["basemap_cities", "basemap_labels", "basemap_lakes", "basemap_rivers", "basemap_land"]
)
def test_names_are_in_their_script(layer):
    for row in features(layer):
        for column, script in SCRIPT.items():
            name = row["properties"][column]
            assert name is None or script.fullmatch(name), (row["id"], column, name)


@pytest.mark.parametrize("layer", ["basemap_cities", "basemap_labels", "basemap_lakes", "basemap_rivers"])
def test_chinese_names_are_simplified(layer):
    for row in features(layer):
        name = row["properties"]["title_zh"]
        if name:
            name.replace("—", "").encode("gb2312")


@pytest.mark.parametrize(
    ("english", "language", "name"),
    [
        ("Volgograd", "ru", "Волгоград"),
        ("Kyzylorda", "ru", "Кызылорда"),
        ("Samara", "zh", "萨马拉"),
        ("Makhachkala", "ru", "Махачкала"),
        ("Chengdu", "zh", "成都"),
        ("Saint Petersburg", "ru", "Санкт-Петербург"),
        ("Urumqi", "zh", "乌鲁木齐"),
    ],
)
def test_cities_have_their_present_name(english, language, name):
    found = [
        row["properties"][f"title_{language}"]
        for row in features("basemap_cities")
        if shapely.geometry.shape(row["geometry"])
        and row["properties"]["title_en"].replace("Ü", "U").replace("ü", "u") == english
    ]
    assert name in found


def test_seas_and_states_have_points_for_their_names():
    labels = {row["id"]: row["properties"] for row in features("basemap_labels")}
    for name in ("label_caspian_sea", "label_lake_baikal", "label_lake_balkhash", "label_rus_2", "label_kgz"):
        assert all(labels[name][f"title_{language}"] for language in ("en", "bn", "ru", "zh")), name
    states = [row["unit"] for row in labels.values() if row["kind"] == "country"]
    assert {"CHN", "KAS", "TWN"} <= set(states)


def test_lakes_that_are_gone_are_not_drawn():
    names = {row["properties"]["title_en"] for row in features("basemap_lakes")}
    assert {"Lake Baikal", "Lake Balkhash", "North Aral Sea", "Caspian Sea", "Issyk-Kul"} <= names
    assert "Kakhovka Reservoir" not in names


def test_all_rivers_of_the_catalog_have_a_course():
    drawn = {row["properties"]["row"] for row in features("basemap_rivers")} - {None}
    assert drawn == set(read_catalog().rivers)
