"""The layers that are shipped: what they hold is what they promise, row by row."""

from __future__ import annotations

import json

import pytest
import shapely

from sco_map.catalog import read_catalog
from sco_map.layers import check_files
from sco_map.layers.pages import LONG_KM
from sco_map.model.kinds import AT_SEA
from sco_map.paths import GEODATA

FILES = sorted(file.stem for file in GEODATA.glob("*.geojson"))
LAYERS = [name for name in FILES if not name.startswith(("basemap", "boundary", "disputed"))]


@pytest.fixture(scope="module")
def catalog():
    return read_catalog()


def rows(layer):
    found = json.loads((GEODATA / f"{layer}.geojson").read_bytes())["features"]
    assert found, f"{layer} has no rows"
    return found


def test_the_shipped_files_pass_the_check():
    lines = check_files()
    assert len(lines) > len(LAYERS)


def test_every_layer_of_the_catalog_has_its_file(catalog):
    assert set(catalog.layers) <= set(FILES)


def test_every_line_and_point_of_the_catalog_is_a_row(catalog):
    found = {row["id"] for layer in LAYERS for row in rows(layer)}
    assert set(catalog.segments) <= found
    assert set(catalog.sites) <= found
    assert set(catalog.events) <= found


@pytest.mark.parametrize("layer", LAYERS)
def test_no_row_without_source_date_and_accuracy(layer):
    for row in rows(layer):
        properties = row["properties"]
        assert properties["sources"], row["id"]
        assert properties["as_of"], row["id"]
        if row["geometry"] is not None:
            assert properties["accuracy_km"] > 0, row["id"]
            assert properties["accuracy_km"] <= properties["accuracy_worst_km"], row["id"]


@pytest.mark.parametrize("layer", LAYERS)
def test_rows_lie_inside_the_extent_of_their_layer(layer, catalog):
    extent = shapely.box(*catalog.layers[layer].extent).buffer(0.5)
    for row in rows(layer):
        if row["geometry"] is not None:
            assert extent.covers(shapely.box(*shapely.geometry.shape(row["geometry"]).bounds)), row["id"]


@pytest.mark.parametrize("layer", LAYERS)
def test_lines_on_land_account_for_every_km(layer):
    for row in rows(layer):
        properties = row["properties"]
        if properties["length_km"] is None:
            continue
        on_land = sum(properties["km_by_country"].values())
        assert on_land <= properties["length_km"] + 0.1, row["id"]
        if properties["kind"] in AT_SEA:
            assert on_land == 0, row["id"]
            assert 1 <= len(properties["countries"]) <= 2, row["id"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_long_straight_hop_between_places_is_declared_wide(layer):
    for row in rows(layer):
        for piece in row["properties"]["pieces"]:
            if piece["basis"] == "waypoints" and piece["km"] > LONG_KM:
                assert piece["accuracy_km"] >= 15, row["id"]


def test_a_file_with_network_pieces_is_share_alike_as_a_whole(catalog):
    for layer in LAYERS:
        value = json.loads((GEODATA / f"{layer}.geojson").read_bytes())
        bases = {piece["basis"] for row in value["features"] for piece in row["properties"]["pieces"]}
        if "network" in bases:
            assert catalog.licences[value["licence"]].share_alike, layer
            assert catalog.licences[value["licence"]].attribution in value["attribution"], layer
