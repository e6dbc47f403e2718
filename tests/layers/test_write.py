"""Layer files: the same bytes from the same features, and RFC 7946 to the letter."""

from __future__ import annotations

import json

import pytest
import shapely
from shapely.geometry import mapping, shape

from sco_map.check.geojson import collection_faults, geometry_faults
from sco_map.layers.rows.features import feature
from sco_map.layers.write import clean, layer_bytes, replace_file
from tests.layers.tiny import tiny_catalog


def point(id_, **values):
    return feature({"type": "Point", "coordinates": [10.123456789, 45]}, {"id": id_, **values})


def test_features_are_sorted_one_a_line_with_the_head_first(tmp_path):
    catalog = tiny_catalog(tmp_path)
    text = layer_bytes(catalog.layers["pipes"], [point("b"), point("a")], catalog).decode()
    value = json.loads(text)
    assert list(value) == ["type", "name", "title", "licence", "attribution", "as_of", "features"]
    assert value["title"] == {"en": "Pipes", "bn": "পাইপলাইন", "ru": "Трубы", "zh": "管道"}
    assert [row["id"] for row in value["features"]] == ["a", "b"]
    assert text.endswith("]}\n")
    assert len(text.splitlines()) == 4
    assert list(collection_faults(value)) == []


def test_the_order_of_features_changes_no_byte(tmp_path):
    catalog = tiny_catalog(tmp_path)
    rows = [point("b"), point("c"), point("a")]
    layer = catalog.layers["pipes"]
    assert layer_bytes(layer, rows, catalog) == layer_bytes(layer, rows[::-1], catalog)


def test_coordinates_have_five_decimals():
    rounded = clean({"type": "Point", "coordinates": [10.123456789, -0.000001]})
    assert rounded == {"type": "Point", "coordinates": [10.12346, 0.0]}


def test_a_share_alike_row_puts_the_whole_file_under_its_licence(tmp_path):
    catalog = tiny_catalog(tmp_path)
    rows = [point("a", sources=["gazetteer"], licence="cc_by_4_0"), point("b", licence="odbl_1_0")]
    head = json.loads(layer_bytes(catalog.layers["pipes"], rows, catalog))
    assert head["licence"] == "odbl_1_0"
    assert catalog.licences["odbl_1_0"].attribution in head["attribution"]
    assert catalog.licences["cc_by_4_0"].attribution in head["attribution"]
    assert json.loads(layer_bytes(catalog.layers["pipes"], rows[:1], catalog))["licence"] == "cc_by_4_0"


def test_polygons_follow_the_right_hand_rule():
    clockwise = shapely.Polygon([(0, 0), (0, 4), (4, 4), (4, 0)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    cleaned = clean(mapping(clockwise))
    assert list(geometry_faults(cleaned)) == []
    assert list(geometry_faults(json.loads(json.dumps(mapping(clockwise))))) != []


def test_a_polygon_that_rounding_breaks_is_mended():
    spike = shapely.Polygon([(0, 0), (4, 0), (4, 4), (2, 0.000001), (0, 4)])
    assert spike.is_valid
    assert list(geometry_faults(clean(mapping(spike)))) == []


def test_a_line_over_the_antimeridian_is_cut_there():
    cut = clean({"type": "LineString", "coordinates": [[179.0, 65.0], [-179.0, 66.0]]})
    assert cut == {
        "type": "MultiLineString",
        "coordinates": [[[179.0, 65.0], [180.0, 65.5]], [[-180.0, 65.5], [-179.0, 66.0]]],
    }


def test_a_polygon_beyond_180_degrees_is_cut_there():
    cut = clean(mapping(shapely.box(170, 60, 190, 70)))
    assert shape(cut).equals(shapely.MultiPolygon([shapely.box(170, 60, 180, 70), shapely.box(-180, 60, -170, 70)]))
    assert list(geometry_faults(cut)) == []


def test_unknown_numbers_are_null_and_never_nan(tmp_path):
    catalog = tiny_catalog(tmp_path)
    with pytest.raises(ValueError, match="not JSON compliant"):
        layer_bytes(catalog.layers["pipes"], [point("a", capacity=float("nan"))], catalog)


def test_a_file_is_replaced_whole(tmp_path):
    target = tmp_path / "new" / "layer.geojson"
    replace_file(target, b"one")
    replace_file(target, b"two")
    assert target.read_bytes() == b"two"
    assert [file.name for file in target.parent.iterdir()] == ["layer.geojson"]


def test_an_island_inside_another_part_is_swallowed():
    nested = {
        "type": "MultiPolygon",
        "coordinates": [
            [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]],
            [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]],
        ],
    }
    cleaned = clean(nested)
    assert list(geometry_faults(cleaned)) == []
    assert shape(cleaned).area == 16
