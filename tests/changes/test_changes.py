"""What changed between two states: every fact with its source, every move with its kilometres, in three forms."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pyproj import Geod

from sco_map.atlas import Selection, load_atlas
from sco_map.changes import Side, SideError, as_markdown, as_page, as_text, compare, read_side, to_json
from sco_map.changes.moved import moved
from sco_map.cli.main import main
from sco_map.export import export
from sco_map.page import View
from sco_map.paths import GEODATA
from tests.atlas import tiny

Json = dict[str, Any]
MARKUP = '</h3><script>alert("x")</script>'
NOBODY = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]


DAILY = {"publisher": "Daily", "url": "https://daily.example/a"}


def side(*rows: Json, shapes: dict[str, Json] | None = None, projects: dict[str, Json] | None = None) -> Side:
    found = {row["id"]: {"layer": "ways", "title_en": row["id"].title(), **row} for row in rows}
    return Side(
        "side",
        rows=found,
        shapes=dict.fromkeys(found) | (shapes or {}),
        projects=projects or {},
        sources={
            "daily": {"publisher": "Daily", "url": "https://daily.example/a"},
            "bad": {"url": "javascript:alert(1)"},
        },
    )


def changes(before: Json, after: Json) -> list[tuple[str, str | None, str | None, tuple[str, ...]]]:
    """Return how a row changed, field by field."""
    (entry,) = compare(side({"id": "a", **before}), side({"id": "a", **after})).entries
    return [(one.field, one.old, one.new, one.sources) for one in entry.changes]


PLAN = {"from": "2010", "status": "planned", "source": "daily"}
NO_DAY = {"status": "party", "note": "Unknown day"}
OPEN = {"from": "2020", "status": "operating", "source": "press"}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"owner": "A"}, {"owner": "B"}, [("owner", "A", "B", ())]),
        ({}, {"owner": "B", "sources": ["x"]}, [("owner", None, "B", ("x",)), ("sources", None, "x", ())]),
        ({"owner": "A", "sources": ["x"]}, {"sources": ["x"]}, [("owner", "A", None, ("x",))]),
        (
            {"capacity": 1.0, "sources": ["x"]},
            {"capacity": 2.5, "sources": ["x"], "figure_sources": [{"figure": "capacity", "source": "y"}]},
            [("capacity", "1", "2.5", ("y",))],
        ),
        (
            {"drawn_km": 10.0, "sources": ["x"]},
            {"drawn_km": 10.5, "sources": ["x"]},
            [("drawn_km", "10", "10.5", ())],
        ),
        ({"phases": [PLAN]}, {"phases": [PLAN, OPEN]}, [("phases", None, "2020 operating", ("press",))]),
        ({"phases": [PLAN, OPEN]}, {"phases": [OPEN]}, [("phases", "2010 planned", None, ("daily",))]),
        (
            {"phases": [PLAN]},
            {"phases": [{**PLAN, "from": "2011-05", "source": "press"}]},
            [("phases", "2010 planned", "2011-05 planned", ("press",))],
        ),
        (
            {"phases": [PLAN]},
            {"phases": [{**PLAN, "source": "press"}]},
            [("phases", "2010 planned (daily)", "2010 planned (press)", ("press",))],
        ),
        (
            {"parties": [NO_DAY | {"country": "QAT"}, NO_DAY | {"country": "RUS", "date": "1982"}]},
            {"parties": [NO_DAY | {"country": "RUS"}, {"country": "QAT", "date": "2018", "status": "party"}]},
            [
                ("parties", "QAT party Unknown day", "QAT 2018 party", ()),
                ("parties", "RUS 1982 party Unknown day", "RUS party Unknown day", ()),
            ],
        ),
        (
            {"parties": [NO_DAY | {"country": "QAT"}]},
            {"parties": [NO_DAY | {"country": "RUS"}]},
            [("parties", "QAT party Unknown day", None, ()), ("parties", None, "RUS party Unknown day", ())],
        ),
        ({"countries": ["A", "B"]}, {"countries": ["A", "C"]}, [("countries", "B", "C", ())]),
        ({"countries": ["A", "B"]}, {"countries": ["B", "A"]}, [("countries", "A; B", "B; A", ())]),
        ({"km_by_country": {"A": 1.0}}, {"km_by_country": {"A": 1.0, "B": 2.0}}, [("km_by_country.B", None, "2", ())]),
        ({"speed": 5}, {"speed": 6}, [("speed", "5", "6", ())]),
        ({"fast": False}, {"fast": True}, [("fast", "no", "yes", ())]),
    ],
)
def test_a_fact_is_new_gone_or_different_and_names_who_says_so(before: Json, after: Json, expected: list[Any]) -> None:
    assert changes(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"owner": None, "phases": []}, {}),
        ({"sources": ["x", "y"]}, {"sources": ["y", "x"]}),
        ({"phases_text": "a"}, {"phases_text": "b"}),
        ({"pieces": [{"km": 1}]}, {"pieces": [{"km": 2}]}),
    ],
)
def test_what_says_nothing_new_is_no_change(before: Json, after: Json) -> None:
    assert compare(side({"id": "a", **before}), side({"id": "a", **after})).entries == ()


def test_no_letter_of_a_title_rules_the_terminal() -> None:
    hostile = "Way\x1b[2J\u202eend"
    text = as_text(compare(side({"id": "b"}), side({"id": "b"}, {"id": "a", "title_en": hostile})))
    assert "Way" in text
    assert all(letter.isprintable() or letter == "\n" for letter in text)


def test_rows_and_projects_come_and_go() -> None:
    old = side({"id": "a"}, {"id": "b", "owner": "X"}, projects={"p": {"title": {"en": "Pee"}, "layer": "ways"}})
    new = side({"id": "b", "owner": "X"}, {"id": "c"}, projects={"p": {"title": {"en": "Queue"}, "layer": "ways"}})
    found = compare(old, new)
    assert [(entry.id, entry.form, entry.what) for entry in found.entries] == [
        ("a", "row", "removed"),
        ("c", "row", "added"),
        ("p", "project", "changed"),
    ]
    assert compare(old, side({"id": "a"}, {"id": "b", "owner": "X"})).entries == ()
    assert compare(new, new).entries == ()


def test_what_a_row_shares_with_its_project_is_said_once() -> None:
    rows = [{"id": id_, "projects": ["way"], "phases": [PLAN]} for id_ in ("way__a", "way__b", "other")]
    rows[2]["projects"] = ["elsewhere"]
    now = [{**row, "phases": [PLAN, OPEN]} for row in rows]
    now[1]["owner"] = "B"
    facts = {"layer": "ways", "title": {"en": "The way"}}
    old = side(*rows, projects={"way": {**facts, "phases": [PLAN]}})
    new = side(*now, projects={"way": {**facts, "phases": [PLAN, OPEN]}})
    difference = compare(old, new)
    assert [entry.id for entry in difference.entries] == ["other", "way", "way__a", "way__b"]
    assert as_text(difference).split("\n\n")[1:] == [
        "~ ways / other: Other\n    phases: + 2020 operating [press]",
        "~ ways / way: The way (project)\n    phases: + 2020 operating [press]\n    the same of 1 row of it: way__a",
        "~ ways / way__b: Way__B\n    owner: + B\n    as of its project way: phases\n",
    ]
    assert "- changed `way` (project), The way: phases, the same of 1 row of it\n" in as_markdown(difference)
    assert "way\\_\\_a" not in as_markdown(difference)
    assert as_page(difference).count("2020 operating") == 2
    facts_of = {entry["id"]: entry["facts"] for entry in json.loads(to_json(difference))["entries"]}
    assert facts_of["way__a"] == facts_of["way"]


def test_a_geometry_moved_by_so_many_kilometres() -> None:
    line = {"type": "LineString", "coordinates": [[60, 40], [80, 40]]}
    assert moved(line, line) is None
    bent = {"type": "LineString", "coordinates": [[60, 40], [70, 41], [80, 40]]}
    there = moved(line, bent)
    assert there is not None
    assert (there.lon, there.lat) == (70.0, 41.0)
    assert there.km == pytest.approx(Geod(ellps="WGS84").inv(70, 40, 70, 41)[2] / 1000, abs=0.5)
    point, shifted = ({"type": "Point", "coordinates": [60, lat]} for lat in (40, 40.1))
    exact = moved(point, shifted)
    assert exact is not None
    assert exact.km == pytest.approx(Geod(ellps="WGS84").inv(60, 40, 60, 40.1)[2] / 1000, abs=0.01)
    assert moved(point, {"type": "Point", "coordinates": [60.00001, 40]}) is None


def test_a_move_is_seen_from_both_sides() -> None:
    short = {"type": "LineString", "coordinates": [[60, 40], [61, 40]]}
    long = {"type": "LineString", "coordinates": [[60, 40], [62, 40]]}
    there, back = moved(short, long), moved(long, short)
    assert there == back
    assert there is not None
    assert there.km == pytest.approx(85.4, abs=0.5)
    assert there.lon == 62


def test_a_border_moves_and_a_geometry_comes() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    wider = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 1], [0, 1], [0, 0]]]}
    there = moved(square, wider)
    assert there is not None
    assert there.km == pytest.approx(111.3, abs=0.5)
    (entry,) = compare(side({"id": "a"}), side({"id": "a"}, shapes={"a": square})).entries
    assert [(one.field, one.old, one.new) for one in entry.changes] == [("geometry", None, "Polygon")]


# -- in words ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def difference() -> Any:
    now = {"phases": [PLAN, {**OPEN, "source": "daily"}], "note": "one\n\x1b[31mtwo", "sources": ["bad"]}
    there, here = ({"a": {"type": "Point", "coordinates": [60, lat]}} for lat in (40, 40.5))
    old = side({"id": "a", "phases": [PLAN]}, {"id": "gone"}, shapes=there)
    new = side({"id": "a", "title_en": MARKUP, **now}, shapes=here)
    return compare(old, new)


def test_the_text_is_a_line_for_each_fact(difference: Any) -> None:
    assert as_text(difference) == (
        "side → side\n"
        "1 row removed, 1 changed; 1 geometry moved.\n"
        "\n"
        f"~ ways / a: {MARKUP}\n"
        f"    title_en: A → {MARKUP} [bad]\n"
        "    phases: + 2020 operating [daily]\n"
        "    sources: + bad\n"
        "    note: + one  [31mtwo [bad]\n"
        "    moved by up to 55.52 km, most near 40.5° N 60° E\n"
        "\n"
        "- ways / gone: Gone\n"
        "    layer: - ways\n"
        "    title_en: - Gone\n"
        "\n"
        "Sources\n"
        "    bad: javascript:alert(1)\n"
        "    daily: Daily, https://daily.example/a\n"
    )


def test_json_has_everything_for_programs(difference: Any) -> None:
    found = json.loads(to_json(difference))
    assert found["old"] == {"name": "side", "version": None, "as_of": None, "rows": 2}
    entry = found["entries"][0]
    assert (entry["id"], entry["change"], entry["moved"]["km"]) == ("a", "changed", 55.52)
    (phase,) = [fact for fact in entry["facts"] if fact["field"] == "phases"]
    assert phase == {"field": "phases", "change": "added", "old": None, "new": "2020 operating", "sources": ["daily"]}
    assert set(found["sources"]) == {"bad", "daily"}


def test_the_page_runs_nothing_and_asks_for_nothing(difference: Any) -> None:
    page = as_page(difference)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page
    assert re.findall(r'<a href="(https?:[^"]+)"', page) == ["https://daily.example/a"]
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("default-src", "").replace("style-src", "")
    assert '<li id="daily">' in page
    assert 'href="#daily"' in page


def test_of_long_texts_only_the_words_that_differ_are_marked() -> None:
    before = " ".join(["word"] * 30 + ["old<"] + ["end"] * 5)
    page = as_page(
        compare(side({"id": "a", "note": before}), side({"id": "a", "note": before.replace("old<", "new>")}))
    )
    assert "word <del>old&lt;</del> <ins>new&gt;</ins> end" in page
    assert page.count("word") == 30
    page = as_page(compare(side({"id": "a", "owner": "A & B"}), side({"id": "a", "owner": "A & C"})))
    assert "<dd><del>A &amp; B</del> <ins>A &amp; C</ins></dd>" in page


def test_nothing_changed_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = str(tiny.write(tmp_path))
    assert main(["diff", folder, folder]) == 0
    assert capsys.readouterr().out == f"{folder} (facts as of 2026) → {folder} (facts as of 2026)\nNothing changed.\n"


def test_a_layer_that_comes_or_goes_is_named_as_such_and_its_rows_are_not_listed_one_by_one() -> None:
    before = side({"id": "a"}, {"id": "b", "layer": "pipes"}, {"id": "c", "layer": "pipes"})
    found = compare(before, side({"id": "a"}))
    assert found.entries == ()
    assert [(layer.id, layer.what, layer.rows) for layer in found.layers] == [("pipes", "removed", ("b", "c"))]
    text = as_text(found)
    assert "1 layer removed.\n- the layer pipes is gone: 2 rows in side, no such layer in side\n" in text
    back = compare(side({"id": "a"}), before)
    assert "+ the layer pipes is new: 2 rows in side, no such layer in side" in as_text(back)
    assert json.loads(to_json(back))["layers"] == [{"id": "pipes", "change": "added", "file": None, "rows": ["b", "c"]}]
    assert "<li>the layer pipes is new: 2 rows" in as_page(back)
    assert "- the layer pipes is new: 2 rows" in as_markdown(back)


def test_a_row_that_moves_to_a_new_layer_has_changed() -> None:
    found = compare(side({"id": "a"}, {"id": "b"}), side({"id": "a"}, {"id": "b", "layer": "pipes"}))
    (entry,) = found.entries
    assert [(one.field, one.old, one.new) for one in entry.changes] == [("layer", "ways", "pipes")]
    assert [layer.id for layer in found.layers] == ["pipes"]


def test_the_file_of_a_layer_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, part = tmp_path / "whole", tmp_path / "part"
    for folder in (whole, part):
        folder.mkdir()
        tiny.write(folder)
    (part / "pipes.geojson").unlink()
    rows = len(json.loads((whole / "pipes.geojson").read_bytes())["features"])
    assert main(["diff", str(whole), str(part)]) == 0
    said = f"- the layer pipes (file pipes.geojson) is gone: {rows} row"
    assert said in capsys.readouterr().out
    (part / "pipes.geojson").write_text('{"type": "FeatureCollection", "name": "pipes", "features": []}')
    assert main(["diff", str(whole), str(part)]) == 0
    assert "the layer pipes" not in capsys.readouterr().out, "the file is there; its rows are gone one by one"


# -- folders, files, revisions -----------------------------------------------------------------------------------------


def test_a_folder_a_file_and_a_revision_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "checkout"
    geodata = root / "geodata"
    (geodata / "catalog" / "projects").mkdir(parents=True)
    project = geodata / "catalog" / "projects" / "silk.toml"
    project.write_text('title.en = "Silk"\nopened = 2001-02-03\n[[segment]]\nid = "x"\n')
    (geodata / "catalog" / "sources.toml").write_text('[press]\npublisher = "Daily"\n')
    tiny.write(geodata)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *NOBODY, *command], cwd=root, check=True)
    features = tiny.layers()
    features["ways"][0]["properties"]["gauge_mm"] = 1435
    tiny.write(geodata, features)
    project.write_text('title.en = "Silk"\nopened = 2002-02-03\n')
    monkeypatch.setattr("sco_map.changes.sides.CHECKOUT", root)
    assert main(["diff", "HEAD", str(root), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    silk, old = found["entries"]
    opened = {"field": "opened", "change": "changed", "old": "2001-02-03", "new": "2002-02-03", "sources": []}
    assert (silk["id"], silk["form"], silk["facts"]) == ("silk", "project", [opened])
    gauge = {"field": "gauge_mm", "change": "changed", "old": "1520", "new": "1435", "sources": ["ministry"]}
    assert (old["id"], old["form"], old["facts"]) == ("silk__old", "row", [gauge])
    atlas = load_atlas(tiny.write(tmp_path), strict=True, catalog=tiny.catalog())
    export(atlas, Selection(), View(), tmp_path / "old.geojson")
    assert main(["diff", str(tmp_path / "old.geojson"), str(geodata)]) == 0
    assert "~ ways / silk__old: silk__old\n    gauge_mm: 1520 → 1435 [ministry]\n" in capsys.readouterr().out


def test_a_whole_release_is_one_side(tmp_path: Path, shipped: Any) -> None:
    for part in ("only", "without"):
        export(shipped, Selection(country=("KGZ",)), View(), tmp_path / f"map.{part}.geojson", share_alike=part)
    found = read_side(str(tmp_path))
    assert set(found.rows) == set(sco_rows(shipped))
    assert found.version
    assert found.sources["daryo_cku_2024_12"]["url"].startswith("https://")


def test_a_release_is_what_its_layers_are(tmp_path: Path, shipped: Any) -> None:
    export(shipped, Selection(), View(), tmp_path / "everything.geojson")
    released, layers = read_side(str(tmp_path)), read_side(str(GEODATA))
    assert layers.ground
    assert set(layers.rows) > set(released.rows)
    assert compare(released, layers).entries == compare(layers, released).entries == ()


def sco_rows(atlas: Any) -> list[str]:
    return [id_ for id_, countries in zip(atlas.rows["id"], atlas.rows["countries"], strict=True) if "KGZ" in countries]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("no_such_thing", None, "'no_such_thing' is neither a folder, nor a file, nor a revision of the repository"),
        ("--help-me", None, "'--help-me' is neither a folder, nor a file, nor a revision"),
        ("map.gpkg", b"x", "map.gpkg is not compared; of a release take its .geojson files, or its whole folder"),
        ("map.geojson", b"{", "map.geojson is not GeoJSON of this map"),
        ("map.geojson", b'{"features": [{"properties": {}}]}', "map.geojson is not GeoJSON of this map"),
        ("map.geojson", b"[]", "map.geojson is not GeoJSON of this map"),
    ],
)
def test_what_cannot_be_compared_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes | None, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    with pytest.raises(SideError, match=re.escape(sentence)):
        read_side(name)


def test_an_empty_folder_and_a_broken_catalog_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    assert main(["diff", "empty", "empty"]) == 2
    assert capsys.readouterr().err == "error: empty holds no layer (*.geojson); name a folder of layers, or a release\n"
    Path("spoilt/catalog").mkdir(parents=True)
    tiny.write(Path("spoilt"))
    Path("spoilt/catalog/sources.toml").write_text("[press\n")
    with pytest.raises(SideError, match=r"spoilt: catalog/sources\.toml is not TOML"):
        read_side("spoilt")
