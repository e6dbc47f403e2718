"""One check: a layer file gets the same verdict, in the same sentences, alone, in a folder and while loading."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from sco_map.atlas import Atlas, Selection, load_atlas, select
from sco_map.catalog import Catalog, read_catalog
from sco_map.check.files import CheckError, check_files
from sco_map.check.reading import read_layer
from sco_map.check.rows import rows_of
from sco_map.check.values import Values
from sco_map.cli.describe import describe
from sco_map.export import ENDINGS, render
from sco_map.model.columns import NAMES
from sco_map.page import View
from sco_map.paths import GEODATA

Json = dict[str, Any]
Change = Callable[[Json], object]

ROADS = json.loads((GEODATA / "roads.geojson").read_bytes())
FIRST: str = ROADS["features"][0]["id"]
AT = f", feature {FIRST!r}: "
ROAD = ROADS["features"][0]["properties"]
WHOLE = json.dumps(ROADS).encode()
CUT_AT = WHOLE.index(b":", WHOLE.index(b'"kind"'))
CUT = f": is cut off or damaged at line 1, column {CUT_AT + 1}, in or after feature {FIRST!r}"
COLLECTION = {"type": "GeometryCollection", "geometries": []}
CASES = json.loads((Path(__file__).parent / "data" / "cases.json").read_bytes())
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_catalog()


def first(value: Json) -> Json:
    properties: Json = value["features"][0]["properties"]
    return properties


def spoilt(change: Change) -> bytes:
    """Return roads.geojson with one change to its JSON value."""
    value = deepcopy(ROADS)
    change(value)
    return json.dumps(value).encode()


def verdict(folder: Path, raw: bytes, catalog: Catalog, layer: str = "roads") -> list[str]:
    """Return what is said of a layer file, without its path, after asking for it in every way there is."""
    home = folder / "layers"
    home.mkdir(exist_ok=True)
    file, copy = home / f"{layer}.geojson", folder / "a spoilt copy.geojson"
    file.write_bytes(raw)
    copy.write_bytes(raw)
    alone, inside = checked(file, file, catalog), checked(home, file, catalog)
    loaded = [
        str(problem).removeprefix(file.name)
        for problem in load_atlas(home, catalog=catalog).problems
        if problem.file == file.name
    ]
    assert alone == inside
    assert alone == loaded
    # A copy under another name is recognised by its member `name`, unless that cannot be read either.
    assert alone == checked(copy, copy, catalog) or b'"name": "roads"' not in raw
    return alone


def checked(path: Path, file: Path, catalog: Catalog) -> list[str]:
    try:
        check_files([path], catalog=catalog)
    except CheckError as error:
        return [problem.removeprefix(str(file)) for problem in error.problems]
    return []


def test_what_is_shipped_passes_in_every_way(tmp_path: Path, catalog: Catalog) -> None:
    for file in GEODATA.glob("*.geojson"):
        if file.stem in catalog.layers and catalog.layers[file.stem].group != "ground":
            assert verdict(tmp_path, file.read_bytes(), catalog, file.stem) == []


# -- nine copies that once got nine different verdicts -----------------------------------------------------------------

CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda value: value.update(crs=CRS84),
            ": has a member crs, which GeoJSON gave up in 2016; leave it out",
        ),
        (
            lambda value: first(value).update(stauts="planned"),
            f"{AT}has the unknown column 'stauts'; did you mean 'status'?",
        ),
        (
            lambda value: first(value).update(confidence=None),
            f"{AT}has no confidence; every row needs it",
        ),
        (
            lambda value: first(value)["places"].append("khorgas"),
            f"{AT}unknown place 'khorgas'; did you mean ",
        ),
        (
            lambda value: first(value).update(note=7),
            f"{AT}note is 7; it must be text, or null where nothing is known",
        ),
        (
            lambda value: first(value).update(cost_usd_bn=-3),
            f"{AT}cost_usd_bn is -3; it must lie between 0 and 1,000,000,000",
        ),
        (
            lambda value: first(value).update(capacity=3, capacity_unit="Mt/y"),
            f"{AT}unknown capacity unit 'Mt/y'; did you mean 'Mt/yr'?",
        ),
        (
            lambda value: first(value).update(drawn_km=first(value)["drawn_km"] + 5),
            f"{AT}drawn_km {first(ROADS)['drawn_km'] + 5} is not its geodesic length of "
            f"{first(ROADS)['drawn_km']:.2f} km",
        ),
        (
            lambda value: first(value).update(status="proposed"),
            f"{AT}status 'proposed' is not that of its last phase, {first(ROADS)['status']!r}",
        ),
    ],
    ids=["crs", "column", "confidence", "place", "note", "cost", "unit", "length", "status"],
)
def test_nine_spoilt_copies(change: Change, said: str, tmp_path: Path, catalog: Catalog) -> None:
    (problem,) = verdict(tmp_path, spoilt(change), catalog)
    assert problem.startswith(said)


# -- files that once ended in a traceback ------------------------------------------------------------------------------


def collection(**member: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": [], **member}).encode()


def one_feature(geometry: Any = None, **properties: Any) -> bytes:
    row = {"type": "Feature", "properties": {"id": "a", "layer": "roads", **properties}, "geometry": geometry}
    return collection(features=[row])


def with_facts(**facts: Any) -> bytes:
    return spoilt(lambda value: first(value).update(facts))


LINE = {"type": "LineString", "coordinates": [[70, 40], [71, 40]]}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (collection(crs=5), ": has a member crs"),
        (collection(crs={"properties": None}), ": has a member crs"),
        (collection(crs=None), ": has a member crs"),
        (one_feature({"type": [], "coordinates": []}), ", feature 'a': the geometry is of type []; it must be"),
        (one_feature({"type": "Point", "coordinates": [70, 10**400]}), ", feature 'a': the coordinates hold NaN"),
        (one_feature(kind=[]), ", feature 'a': kind is []; it must be text"),
        (one_feature(phases=5), ", feature 'a': phases is 5; it must be a list of records"),
        (one_feature(phases="x"), ", feature 'a': phases is 'x'; it must be a list of records"),
        (one_feature(roles=5), ", feature 'a': roles is 5; it must be a list of records"),
        (one_feature(projects=True), ", feature 'a': projects is true; it must be a list of texts"),
        (one_feature(LINE, id=[]), ", feature 1: id is []; it must be text"),
        (one_feature(LINE, accuracy_km="x"), ", feature 'a': accuracy_km is 'x'; it must be a number"),
        (one_feature(LINE, km_by_country={"UZB": "x"}), ", feature 'a': 'UZB' of km_by_country is 'x'; it must be"),
        (one_feature(LINE, pieces=5), ", feature 'a': pieces is 5; it must be a list of records"),
        (one_feature(LINE, length_km=10**400), ", feature 'a': length_km is Infinity, which JSON does not have"),
        (b'{"features": null, "x": NaN}', ": is not a GeoJSON FeatureCollection"),
        (b"[" * 100_000, ": is nested too deeply to be a map"),
        (b"[" * 100_000 + b"]" * 100_000, ": is nested too deeply to be a map"),
        (collection(features=[[[]]]), ", feature 1: is not a GeoJSON feature"),
        (b"", ": is cut off or damaged: it is empty; restore it"),
        (BYTE_ORDER_MARK, ": is cut off or damaged: it is empty; restore it"),
        (b"[1, 2]", ": is not a GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection"}', ": has no list of features; the member features is null"),
        (b'{"type": "FeatureCollection", "features": [3]}', ", feature 1: is not a GeoJSON feature"),
        (json.dumps(ROADS).encode("utf-16"), ": is not UTF-8 text (line 1, byte 0); save it as UTF-8"),
        (WHOLE[:CUT_AT], CUT),
        (collection(x=float("nan")), ": holds NaN, Infinity or half a character outside its features"),
        (with_facts(gauge_mm=1e300), f"{AT}gauge_mm is 1e+300; it must"),
        (with_facts(phases=[{"status": []}]), f"{AT}status of phases is []"),
        (with_facts(promises=[{"opens": 5}]), f"{AT}opens of promises is 5"),
        (with_facts(promises=[{"x": 1}]), f"{AT}unknown key 'x' in promises"),
        (with_facts(promises=[{}]), f"{AT}promises has no opens"),
        (
            with_facts(history=[{"date": 5, "text": "x"}]),
            f"{AT}date of history is 5",
        ),
        (
            spoilt(
                lambda value: value["features"][0].update(
                    geometry={"type": "MultiLineString", "coordinates": [[[100, 35], [100, 35]]]}
                )
            ),
            f"{AT}has a line without length",
        ),
        (
            spoilt(lambda value: value["features"][0].update(geometry=COLLECTION)),
            f"{AT}the geometry is of type 'GeometryCollection'",
        ),
        (
            spoilt(lambda value: value["features"][0].pop("geometry")),
            f"{AT}has no member geometry; write null where it is not known",
        ),
        (
            with_facts(title_en="Angren–Pap\vrailway"),
            f"{AT}title_en holds the invisible character U+000B (vertical tab); write plain text",
        ),
    ],
)  # fmt: skip
def test_files_that_ended_in_a_traceback(raw: bytes, said: str, tmp_path: Path, catalog: Catalog) -> None:
    assert any(problem.startswith(said) for problem in verdict(tmp_path, raw, catalog))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda value: value.update(licence="odbl"), ": unknown licence 'odbl'; did you mean 'odbl_1_0'?"),
        (lambda value: value.update(licence=[1]), ": licence is [1]; it must be text, or null where nothing is known"),
        (lambda value: value.update(attribution=["x"]), ": attribution is ['x']; it must be text"),
        (lambda value: value.update(as_of="9999-99-99"), ": as_of is '9999-99-99'; "),
        (lambda value: value.update(title=["x"]), ": title is ['x']; it must be a record"),
        (lambda value: value["title"].update(fr="Routes"), ": unknown key 'fr' in title"),
        (lambda value: value["title"].update(ru=[None]), ": ru of title is [null]; it must be text"),
        (lambda value: value.update(name=7), ": name is 7; it must be text"),
        (lambda value: value["features"][0].update(id={}), f"{AT}the feature itself has the id {{}}; it must"),
        (lambda value: value["features"][0].update(id="x"), f"{AT}the feature itself has the id 'x'; it must"),
        (
            lambda value: (first(value).update(id="${x}"), value["features"][0].pop("id")),
            ", feature '${x}': id '${x}' is not an id; ids are lower-case letters, digits and single underscores",
        ),
        (
            lambda value: first(value).update(capacity=3, capacity_unit=None),
            f"{AT}capacity 3 has no capacity_unit",
        ),
        (
            lambda value: first(value).update(capacity=None, capacity_unit="Mt/yr"),
            f"{AT}capacity_unit 'Mt/yr' is given without a capacity",
        ),
        (
            lambda value: value["features"][0].update(geometry={"type": "Point", "coordinates": [80, 44]}),
            f"{AT}has length_km, drawn_km, km_by_country, hops, pieces, but its geometry is not a line; only",
        ),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself_and_figures_that_need_one_another(
    change: Change, said: str, tmp_path: Path, catalog: Catalog
) -> None:
    assert any(problem.startswith(said) for problem in verdict(tmp_path, spoilt(change), catalog))


def test_a_folder_in_place_of_a_layer(tmp_path: Path, catalog: Catalog) -> None:
    file = tmp_path / "roads.geojson"
    file.mkdir()
    loaded = [problem for problem in load_atlas(tmp_path, catalog=catalog).problems if problem.file == file.name]
    assert checked(file, file, catalog) == [": is a folder, not a file"]
    assert [str(problem) for problem in loaded] == ["roads.geojson: is a folder, not a file"]


@pytest.mark.parametrize("depth", [10, 120, 300, 900])
def test_coordinates_nested_deep(depth: int, tmp_path: Path, catalog: Catalog) -> None:
    nested: Any = 1.0
    for _ in range(depth):
        nested = [nested]
    raw = one_feature({"type": "Point", "coordinates": nested}, note=nested)
    problems = verdict(tmp_path, raw, catalog)
    assert ", feature 'a': the coordinates are empty, or not nested as the type of the geometry asks" in problems
    assert any(problem.startswith(", feature 'a': note is [[[") for problem in problems)


@pytest.mark.parametrize("spread", [0.0004, 0.0006])
def test_a_line_of_a_few_metres_is_right(spread: float, tmp_path: Path, catalog: Catalog) -> None:
    raw = short_line(spread)
    assert verdict(tmp_path, raw, catalog) == []
    assert verdict(tmp_path, BYTE_ORDER_MARK + raw, catalog) == []


def short_line(spread: float) -> bytes:
    """Return roads.geojson with its first row alone, which is a line of so many degrees at the first of its places."""
    value = deepcopy(ROADS)
    feature = value["features"][0]
    value["features"] = [feature]
    start = feature["geometry"]["coordinates"][0][0]
    feature["geometry"] = {"type": "LineString", "coordinates": [start, [start[0] + spread, start[1]]]}
    row, (piece, *_) = feature["properties"], feature["properties"]["pieces"]
    km = round(math.cos(math.radians(start[1])) * 111.32 * spread, 2)
    row |= {"length_km": km, "drawn_km": km, "hops": [], "places": row["places"][:1]}
    row |= {"pieces": [{**piece, "km": km, "to": piece["from"]}], "accuracy_km": piece["accuracy_km"]}
    row["km_by_country"] = dict.fromkeys(list(row["countries"])[:1], km)
    return json.dumps(value).encode()


def test_ten_faults_are_ten_sentences_at_once(tmp_path: Path, catalog: Catalog) -> None:
    def spoil(value: Json) -> None:
        row = first(value)
        row |= {"kind": "raod", "confidence": None, "note": 7, "cost_usd_bn": -3, "as_of": "soon", "stauts": "x"}
        row |= {"sources": ["nobody"], "gauge_mm": 15.5, "title_ru": "\x1b[31m", "history": [{"date": "2020"}]}

    problems = verdict(tmp_path, spoilt(spoil), catalog)
    assert len(problems) == 10
    assert all(problem.startswith(f"{AT}") for problem in problems)
    assert all(problem.isprintable() for problem in problems)


def test_the_same_fault_in_many_rows_is_named_five_times_and_counted(tmp_path: Path, catalog: Catalog) -> None:
    value = {**ROADS, "features": [{**ROADS["features"][0], "properties": {"id": f"a_{n}"}} for n in range(5_000)]}
    problems = verdict(tmp_path, json.dumps(value).encode(), catalog)
    assert len(problems) < 60
    assert any(problem.endswith(" (and 4,995 more like this)") for problem in problems)


# -- any JSON value in any field ---------------------------------------------------------------------------------------


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 7, 1e16, 1e300, -1e300, 2**53 + 1, 2**64, 10**399, float("nan"), float("inf"),
    "", " ", "x", "0", "2020", "2020-13", "null", "W" * 5_000, "\x00", "a\x0bb", "\u202eabc", "\ud800", "<b>&amp;",
    "=1+1", [], [None], ["x"], [["x"]], [1], [{}], {}, {"a": 1}, {"": None}, {"UZB": [1]}, {"UZB": 1e308}, deep(200),
    [{"from": "2020", "status": []}], [{"date": None}], [{"km": [1], "scope": "all"}], {"date": "x"},
]  # fmt: skip
GEOMETRIES: list[Any] = [
    {"type": ["x"], "coordinates": [70, 40]},
    {"type": "Point", "coordinates": "x"},
    {"type": "Point", "coordinates": [70, 40, 5]},
    {"type": "MultiPoint", "coordinates": [[70, 40], [71, 41]]},
    {"type": "LineString", "coordinates": [[70, 40], [70.0001, 40]]},
    {"type": "LineString", "coordinates": [[70, 40]]},
    {"type": "MultiLineString", "coordinates": [[[70, 40], [71, 40]], []]},
    {"type": "Polygon", "coordinates": [[[70, 40], [71, 40], [71, 41], [70, 40]]]},
    {"type": "Polygon", "coordinates": [[[70, 40], [71, 40]]]},
    {"type": "Feature"},
    *ODD,
]
EVERY_FIELD_IN = "gas_pipelines"
LAYERS = ("members", "disputed_areas", "events", "agreements", "cku_railway", "gas_pipelines")


def variants(layer: str) -> Iterator[Json]:
    """Yield the row of a layer with the smallest geometry, each of its fields changed to every odd value in turn.

    Fields that the row leaves empty are changed in one layer only.
    """
    value = json.loads((GEODATA / f"{layer}.geojson").read_bytes())
    feature = min(value["features"], key=lambda feature: len(json.dumps(feature["geometry"])))
    for name in NAMES if layer == EVERY_FIELD_IN else (name for name in NAMES if feature["properties"].get(name)):
        for odd in ODD:
            yield {**feature, "properties": {**feature["properties"], name: odd}}
        yield {**feature, "properties": {key: cell for key, cell in feature["properties"].items() if key != name}}
    for geometry in GEOMETRIES:
        yield {**feature, "geometry": geometry}


def as_file(folder: Path, layer: str, features: list[Json]) -> bytes:
    value = json.loads((GEODATA / f"{layer}.geojson").read_bytes())
    for number, feature in enumerate(features):
        if feature["properties"].get("id") == feature["id"]:
            feature["id"] = feature["properties"]["id"] = f"{feature['id']}_{number}"
    return json.dumps({**value, "features": features}).encode()


@pytest.mark.parametrize("layer", LAYERS)
def test_any_value_in_any_field_gets_a_sentence_or_can_be_shown(layer: str, tmp_path: Path, catalog: Catalog) -> None:
    changed = list(variants(layer))
    problems = verdict(tmp_path, as_file(tmp_path, layer, changed), catalog, layer)
    assert problems
    assert all(": " in problem and problem.isprintable() and len(problem) < 500 for problem in problems)

    file, _ = read_layer(tmp_path / "layers" / f"{layer}.geojson", "")
    rows = rows_of(file, Values(catalog), {})
    sound = [file.features[at] for at, row in enumerate(rows) if not row.faults]
    assert len(changed) * 0.03 < len(sound) < len(changed) * 0.5
    home = tmp_path / "sound"
    home.mkdir()
    (home / f"{layer}.geojson").write_bytes(as_file(home, layer, sound))
    atlas = load_atlas(home, catalog=catalog)
    assert len(atlas.rows) == len(sound), [str(problem) for problem in atlas.problems if problem.file.startswith(layer)]
    show_in_every_way(atlas)


def show_in_every_way(atlas: Atlas) -> None:
    """Render, export, select and describe everything in an atlas."""
    for id_ in atlas.rows["id"]:
        assert describe(atlas, id_)
    for file_format in ENDINGS:
        assert render(atlas, Selection(), View(), file_format)
    for worldview in (None, "in", "pk", "IND"):
        for selection in (Selection(year=2015), Selection(since=2000), Selection(late=True), Selection(q="x")):
            select(atlas, selection, worldview)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['entry']}-{case['layer']}-{case['field']}")
def test_values_that_once_ended_in_a_traceback(case: Json, tmp_path: Path, catalog: Catalog) -> None:
    layer, field, cell = case["layer"], case["field"], case["value"]
    value = json.loads((GEODATA / f"{layer}.geojson").read_bytes())
    feature = value["features"][0]
    if isinstance(cell, str) and cell.startswith("@"):
        cell = {"@nan": math.nan, "@10**400": 10**400}[cell]
    if field == "geometry":
        feature["geometry"] = cell
    elif field.startswith("head."):
        value[field.removeprefix("head.")] = cell
    elif cell == "MISSING":
        del feature["properties"][field]
    else:
        feature["properties"][field] = cell
    value["features"] = [feature]
    problems = verdict(tmp_path, json.dumps(value).encode(), catalog, layer)
    assert problems
    assert all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: row.update(hops=[]), "has no hops, but "),
        (lambda row: row["hops"].pop(1), "its hop to "),
        (lambda row: row["hops"].pop(), "its hops run through "),
        (lambda row: row["hops"][0].update(km=row["hops"][0]["km"] + 50), "its hops add up to "),
        (lambda row: row["hops"][0].update(km=0), f"its hop from {ROAD['hops'][0]['from']!r} to "),
        (
            lambda row: row["hops"][0].update(countries={"UZB": 5.0}),
            "its hops have 5.00 km in UZB, km_by_country has 0",
        ),
        (
            lambda row: row.update(length_basis="track", length_km=3 * row["drawn_km"]),
            f"length_km {3 * ROAD['drawn_km']} cannot",
        ),
        (lambda row: row.update(length_basis=None), "has no length_basis; say whether its length is that of the track"),
        (lambda row: row.update(length_basis="guess"), "length_basis is 'guess'"),
    ],
)
def test_hops_that_are_not_the_line_cut_at_its_places(
    change: Change, said: str, tmp_path: Path, catalog: Catalog
) -> None:
    found = verdict(tmp_path, spoilt(lambda value: change(first(value))), catalog)
    assert any(problem.startswith(f"{AT}{said}") for problem in found), found
