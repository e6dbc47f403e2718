"""Whatever a file holds: the readers give a table or a sentence, shapes come out fit to be drawn, words stay words."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from sco_map.app.asked import asked_of
from sco_map.atlas import Atlas, Selection, SelectionError
from sco_map.own import archives
from sco_map.own.cells import cleaned, number_in, year_in
from sco_map.own.contents import read_table
from sco_map.own.errors import OwnDataError
from sco_map.own.formats import CSV, FORMATS, SHAPEFILE, ZIP, format_of
from sco_map.own.limits import LIMITS
from sco_map.own.matching import alike, apart
from sco_map.own.shapes import lengths_km, repaired
from sco_map.own.values import countries_in
from tests.own import files

quick = settings(max_examples=60, deadline=None, derandomize=True)

degrees = some.tuples(some.floats(-180, 180), some.floats(-89, 89))
lines = some.lists(degrees, min_size=2, max_size=12).map(shapely.LineString)
rings = some.lists(degrees, min_size=3, max_size=8).map(shapely.Polygon)
shapes = some.one_of(
    some.none(), degrees.map(shapely.Point), lines, rings, some.tuples(lines, rings).map(shapely.GeometryCollection)
)


@quick
@given(some.binary(max_size=400), some.sampled_from(["a.csv", "a.geojson", "a.kml", "a.gpkg", "a.shp.zip", "a"]))
def test_every_content_has_a_format_or_a_sentence(content: bytes, name: str) -> None:
    try:
        assert format_of(name, content) in {*FORMATS, ZIP}
    except OwnDataError as error:
        assert str(error).startswith(name)
        assert "\n" not in str(error)


@quick
@given(some.lists(some.lists(some.text(max_size=20), min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_table_of_texts_is_read_or_refused_in_a_sentence(rows: list[list[str]]) -> None:
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input")
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            table = read_table(path, CSV, "a.csv", b"", None, LIMITS, {})
        except OwnDataError as error:
            assert str(error).startswith("a.csv")
        else:
            assert table.shapes is not None and len(table.shapes) == len(table)


@quick
@given(some.lists(shapes, min_size=1, max_size=6))
def test_shapes_come_out_valid_flat_and_of_one_family(given: list[shapely.Geometry | None]) -> None:
    array = np.array([*given, None], dtype=object)[:-1]
    found, counts = repaired(array)
    assert len(found) == len(array)
    for shape in found:
        assert shape is None or (shape.is_valid and not shape.is_empty and not shape.has_z)
        assert shape is None or shape.geom_type.removeprefix("Multi") in ("Point", "LineString", "Polygon")
    again, nothing = repaired(found)
    assert all(one is other or one.equals(other) for one, other in zip(found, again, strict=True))
    assert set(nothing.counts) <= {"empty"}
    assert len(counts.sentences()) == len(counts.counts)
    km = lengths_km(found)
    assert all(math.isnan(length) or 0 <= length < 2e6 for length in km)


@quick
@given(lines, lines)
def test_distances_are_symmetric_and_never_negative(one: shapely.LineString, other: shapely.LineString) -> None:
    mean, farthest = apart(one, other)
    assert mean is not None and farthest is not None
    assert 0 <= mean <= farthest + 1e-6 < 30_000
    if one.length != other.length:
        assert apart(other, one) == (mean, farthest)


@quick
@given(some.text(max_size=80))
def test_texts_stay_harmless(text: str) -> None:
    clean = cleaned(text, 40)
    assert len(clean) <= 40
    assert not any(ord(letter) < 32 for letter in clean)
    assert cleaned(clean, 40) == clean
    assert number_in(text) is None or math.isfinite(number_in(text) or 0.0)
    assert year_in(text) is None or 1600 <= (year_in(text) or 0) <= 2199
    countries_in(text, {"uzbekistan": "UZB"}, Counter())
    assert 0 <= alike(text, "Silk Way") <= 1


@quick
@given(some.text(max_size=60))
def test_every_address_means_something(shipped: Atlas, text: str) -> None:
    for query in (text, f"q={text}", f"country={text}&year={text}", f"capacity={text}&show={text}&lang={text}"):
        asked_of(query, shipped)
        try:
            selection = Selection.from_query(query)
        except SelectionError as error:
            assert str(error)
        else:
            assert Selection.from_query(selection.to_query()) == selection


def test_halves_of_letters_in_a_selection_become_question_marks() -> None:
    selection = Selection(q="a\udca6b", country=("\udcff",), capacity="20-bcm\udc80/yr")
    assert (selection.q, selection.country, selection.capacity) == ("a?b", ("?",), "20-bcm?/yr")
    assert Selection.from_query(selection.to_query()) == selection


def test_an_archive_whose_list_points_before_its_beginning(tmp_path: Path) -> None:
    raw = bytearray(files.archive_with("a.shp", "a.shx", "a.dbf"))
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 12 : end + 16] = (0xFFFFFF0).to_bytes(4, "little")
    path = tmp_path / "input"
    path.write_bytes(raw)
    with pytest.raises(OwnDataError, match=r"^a\.zip is not a whole zip archive \(.+\); pack it again$"):
        archives.unpacked(path, SHAPEFILE, "a.zip", tmp_path, LIMITS)
