"""Building files: what is written, what is left alone, and what stops a build before it writes anything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sco_map.catalog import CatalogError
from sco_map.errors import ScoMapError
from sco_map.layers import building as layers
from sco_map.layers.land import areas, surroundings
from sco_map.layers.result import OutOfDateError
from sco_map.layers.rows.pieces import BuildError
from tests.layers.tiny import FILES, tiny_land, write_catalog


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Return a function that builds the tiny catalog into a folder; keyword arguments change its files."""
    monkeypatch.setattr(areas, "country_map", lambda catalog: (tiny_land(), "two squares"))
    monkeypatch.setattr(surroundings, "LAYERS", ())
    monkeypatch.setattr(surroundings, "RIVERS", "")
    reason = FILES["projects/iron_road.toml"] + 'length_reason = "drawn through three towns only"\n'

    def run(*names, check=False, **changes):
        changes = {"projects__iron_road_toml": reason, **changes}
        folder = write_catalog(tmp_path / "catalog", **changes)
        return layers.build_layers(names, check=check, folder=tmp_path / "out", catalog=folder, docs=tmp_path / "docs")

    return run


def files(folder):
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_full_build_writes_layers_and_pages(build, tmp_path):
    results = build()
    assert [(result.name, result.action, result.features) for result in results] == [
        ("rails", "written", 2),
        ("pipes", "written", 3),
        ("lengths", "written", 0),
        ("straight_pieces", "written", 0),
        ("layers", "written", 0),
        ("facts", "written", 0),
        ("ids", "written", 0),
        ("columns", "written", 0),
    ]
    assert results[0].notes == ("two squares",)
    assert sorted(files(tmp_path / "out")) == ["pipes.geojson", "rails.geojson"]
    assert sorted(files(tmp_path / "docs")) == [
        "columns.md",
        "facts.md",
        "ids.md",
        "layers.md",
        "lengths.md",
        "straight_pieces.md",
    ]


def test_a_second_build_changes_nothing(build, tmp_path):
    build()
    before = files(tmp_path / "out")
    assert {result.action for result in build()} == {"unchanged"}
    assert files(tmp_path / "out") == before
    assert {result.action for result in build(check=True)} == {"unchanged"}


def test_one_layer_alone(build, tmp_path):
    assert [result.name for result in build("pipes")] == ["pipes"]
    assert sorted(files(tmp_path / "out")) == ["pipes.geojson"]


def test_checking_writes_nothing_and_names_what_differs(build, tmp_path):
    build()
    target = tmp_path / "out" / "pipes.geojson"
    target.write_bytes(target.read_bytes().replace(b"Gamma", b"Gumma"))
    (tmp_path / "docs" / "lengths.md").unlink()
    before = files(tmp_path)
    with pytest.raises(OutOfDateError) as error:
        build(check=True)
    assert str(error.value).splitlines() == [
        "2 files are not what the catalog builds; run python -m sco_map build",
        "  pipes: pipes.geojson differs",
        "  lengths: lengths.md missing",
    ]
    actions = [result.action for result in error.value.results]
    assert actions == ["unchanged", "differs", "missing", *["unchanged"] * 5]
    assert files(tmp_path) == before


def test_an_unknown_layer_names_the_nearest(build):
    with pytest.raises(ScoMapError, match="unknown layer 'pipe'; did you mean 'pipes'?"):
        build("pipe")


def test_a_faulty_catalog_stops_the_build(build, tmp_path):
    with pytest.raises(CatalogError):
        build(projects__pipe_toml="layer = ")
    assert not (tmp_path / "out").exists()


def test_problems_of_all_lines_are_reported_at_once_and_nothing_is_written(build, tmp_path):
    places = FILES["places.csv"].replace("gamma,Gamma,গামা,Гамма,,UZB", "gamma,Gamma,গামা,Гамма,,KAZ")
    pipe = FILES["projects/pipe.toml"].replace('["alpha", "bend", "gamma"]', '["harbour", "twin"]')
    with pytest.raises(BuildError) as error:
        build(places_csv=places, projects__pipe_toml=pipe)
    text = str(error.value)
    assert "'harbour' and 'twin' follow each other" in text
    assert "place 'gamma': lies in UZB" in text
    assert "wrote nothing" in text
    assert not (tmp_path / "out").exists()


def test_a_railway_that_disagrees_with_its_published_length_must_say_why(build, tmp_path):
    wrong = FILES["projects/iron_road.toml"].replace("km = 235", "km = 300")
    with pytest.raises(BuildError) as error:
        build(projects__iron_road_toml=wrong)
    assert error.value.problems == (
        "iron_road: 237 km for 'all', published 300 km (ratio 0.788); say why in length_reason, or correct the route",
    )
    assert not (tmp_path / "out").exists()
    with pytest.raises(BuildError) as error:
        build(projects__iron_road_toml=wrong + 'length_reason = "a section of 235 km is not drawn"\n')
    assert error.value.problems == (
        "iron_road: 237 km for 'all', published 300 km (ratio 0.788); say why in length_reason with the 63 km between "
        "the two, or correct the route",
    )
    build(projects__iron_road_toml=wrong + 'length_reason = "a section of 64 km is not drawn"\n')


def test_every_row_of_a_layer_file_is_there(build, tmp_path):
    build()
    rows = json.loads((tmp_path / "out" / "pipes.geojson").read_bytes())["features"]
    assert [row["id"] for row in rows] == ["pipe__second", "pipe__station", "pipe__trunk"]
    assert {row["properties"]["layer"] for row in rows} == {"pipes"}


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)


def test_a_missing_package_is_named():
    code = (
        "import sys; sys.modules['pooch'] = None\n"
        "from sco_map.layers import build_layers; build_layers(['cku_railway'])"
    )
    last_line = run(code).stderr.strip().splitlines()[-1]
    assert "ScoMapError: building needs pooch; run pip install -r requirements-build.txt" in last_line


def test_importing_the_package_costs_nothing():
    code = "import sys, sco_map.layers; print([name for name in ('shapely', 'numpy', 'pyproj') if name in sys.modules])"
    assert run(code).stdout.strip() == "[]"


def test_a_build_says_each_step_before_it_begins(build, monkeypatch):
    said: list[str] = []
    original = layers.build_layers
    monkeypatch.setattr(layers, "build_layers", lambda *names, **how: original(*names, **how, say=said.append))
    build("rails", "pipes")
    assert said == [
        "reading the catalog",
        "[1/2] rails: 2 lines",
        "[2/2] pipes: 2 lines, 1 point",
        "writing 2 files",
    ]
