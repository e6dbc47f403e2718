"""A reader's rows beside ours: what is the same, how far apart it lies, which facts differ, what we lack."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

import sco_map
from sco_map.atlas import Atlas
from sco_map.heavy.work import match
from sco_map.model.spreadsheet import BYTE_ORDER_MARK
from sco_map.own.adding import read_layers
from sco_map.own.matching import MISSING, SAME, Matching, alike, apart, candidates
from tests import commands
from tests.own import files

OURS = "cku_railway__kashgar_torugart"


@pytest.fixture(scope="module")
def theirs(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a file of four lines: one of ours a little beside, two of ours under other facts, one of nobody."""
    rows = shipped.rows.set_index("id")
    ours = shapely.transform(rows.loc[OURS].geometry, lambda pairs: np.round(pairs + [0.02, 0.02], 2))
    pipes = shipped.rows[(shipped.rows["kind"] == "gas_pipeline") & (shipped.rows["capacity_unit"] == "bcm/yr")]
    pipe = pipes.iloc[0]
    shapes = [ours, pipe.geometry, shapely.LineString([(40.0, 60.0), (41.0, 60.2), (42.0, 60.1)])]
    facts = [
        {"Name": "Kashgar-Torugart railway", "Status": "operating", "Type": "rail"},
        {"Name": pipe["title_en"], "Type": "gas pipeline", "Capacity": f"{pipe['capacity'] * 2} bcm/y"},
        {"Name": "Line that is not here", "Status": "proposed", "Type": "rail"},
    ]
    return files.geojson(
        tmp_path_factory.mktemp("match") / "theirs.geojson",
        *(
            files.feature(json.loads(shapely.to_geojson(shape)), **fact)
            for shape, fact in zip(shapes, facts, strict=True)
        ),
    )


@pytest.fixture(scope="module")
def found(shipped: Atlas, theirs: Path) -> Matching:
    """Return the file beside the shipped map."""
    return match(shipped, read_layers(shipped, [theirs])[0])


def test_the_same_line_is_found_with_its_distance_and_what_differs(found: Matching) -> None:
    first = found.matches[0]
    assert (first.verdict, first.ours) == (SAME, OURS)
    assert first.apart_km is not None and 0.5 < first.apart_km < 4
    assert first.farthest_km is not None and first.farthest_km >= first.apart_km
    assert [str(one) for one in first.differences] == ["status operating, here construction"]


def test_another_capacity_is_said(found: Matching, shipped: Atlas) -> None:
    second = found.matches[1]
    assert second.verdict == SAME
    assert second.apart_km is not None and second.apart_km < 1
    assert "capacity" in [one.fact for one in second.differences]


def test_what_we_lack_is_counted_with_its_length(found: Matching) -> None:
    third = found.matches[2]
    assert (third.verdict, third.ours) == (MISSING, None)
    assert found.lacking_km == pytest.approx(third.km)
    assert found.summary() == "theirs.geojson: 3 rows; on the map: 2, perhaps: 0, not here: 1 (117 km)"
    assert len(found.only("missing").matches) == 1


def test_a_matching_is_a_table_csv_and_json(found: Matching) -> None:
    assert list(found.to_frame()["verdict"]) == ["same", "same", "missing"]
    rows = list(csv.DictReader(io.StringIO(found.to_csv().removeprefix(BYTE_ORDER_MARK))))
    assert rows[0]["ours"] == OURS
    assert json.loads(json.dumps(found.to_dict()))["counts"] == {"same": 2, "maybe": 0, "missing": 1}


def test_every_row_of_ours_is_found_again(shipped: Atlas, tmp_path: Path) -> None:
    lines = shipped.rows[shipped.rows["kind"].isin(["rail", "gas_pipeline"]) & shipped.rows["length_km"].gt(30)].iloc[
        ::9
    ]
    features = [
        files.feature(json.loads(shapely.to_geojson(row.geometry)), name=row["title_en"], kind=row["kind"])
        for _, row in lines.iterrows()
    ]
    layer = read_layers(shipped, [files.geojson(tmp_path / "again.geojson", *features)])[0]
    again = match(shipped, layer)
    ours = [one.ours for one in again.matches]
    assert sum(one == id_ for one, id_ in zip(ours, lines["id"], strict=True)) >= 0.9 * len(lines)
    assert {one.verdict for one in again.matches} == {SAME}


def test_the_command_and_the_library_say_the_same(theirs: Path, found: Matching) -> None:
    done = commands.run("match", str(theirs), "--format", "json")
    assert done.returncode == 0
    (printed,) = json.loads(done.stdout)
    assert printed == json.loads(json.dumps(found.to_dict()))
    lacking = commands.run("match", str(theirs), "--only", "missing").stdout.splitlines()
    assert len(lacking) == 3
    assert sco_map.load().match(theirs).to_dict() == found.to_dict()
    assert commands.run("match", str(theirs), "--within", "far").returncode == 2


def test_distances_are_geodesic() -> None:
    one = shapely.LineString([(60, 60), (62, 60)])
    other = shapely.LineString([(60, 60.1), (62, 60.1)])
    mean, farthest = apart(one, other)
    assert mean == pytest.approx(11.14, abs=0.05)
    assert farthest == pytest.approx(11.14, abs=0.05)
    assert apart(shapely.Point(60, 60), shapely.LineString([(59, 60), (61, 60)]))[0] == pytest.approx(0, abs=0.01)
    assert apart(None, one) == (None, None)


def test_names_are_alike_without_the_words_that_all_have() -> None:
    assert alike("Central Asia–China Gas Pipeline", "Central Asia - China gas pipeline, Line D") > 0.8
    assert alike("Trans-Caspian Gas Pipeline", "Turkmenistan–China Gas Pipeline") < 0.3
    assert alike("Транссиб", "Transsib") > 0.7


def test_candidates_are_the_nearest() -> None:
    ours = np.array([shapely.Point(60, 40), shapely.Point(60.1, 40), shapely.Point(70, 40), None], dtype=object)
    assert candidates(np.array([shapely.Point(60.08, 40), None], dtype=object), ours, 50) == [[1, 0], []]
