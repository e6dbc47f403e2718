"""A reader's layers beside ours: selected, summed and exported like our own, and marked as the reader's."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import sco_map
from sco_map.atlas import Atlas, Selection, select, summarise, totals
from sco_map.export.contents import Contents
from sco_map.export.files import render
from sco_map.model.spreadsheet import BYTE_ORDER_MARK
from sco_map.own.adding import add_files, split_name
from sco_map.own.errors import OwnDataError
from sco_map.page import View, render_page
from sco_map.page.payload import carried_by, head_payload, layer_payload
from sco_map.page.styles import read_styles, with_own
from tests import commands
from tests.own import files


@pytest.fixture(scope="module")
def added(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Return the shipped map with a file of two lines and a town beside it."""
    folder = tmp_path_factory.mktemp("own")
    path = files.geojson(
        folder / "My lines.geojson",
        files.feature(files.line(), **files.FACTS),
        files.feature(files.line((64, 40), (65, 40)), Name="=cmd()", Status="Operating", Year=1999, Length="90 km"),
        files.feature({"type": "Point", "coordinates": [69.28, 41.31]}, Name="<b>Town</b>", Status="sleeping"),
    )
    return add_files(shipped, [path])[0]


def own_rows(atlas: Atlas) -> Selection:
    """Return the selection of the reader's rows."""
    return Selection(layer=("own_my_lines",)).checked(atlas)


def test_the_map_itself_stays_as_it_was(shipped: Atlas, added: Atlas) -> None:
    assert len(added.rows) == len(shipped.rows) + 3
    assert not shipped.rows["layer"].str.startswith("own_").any()
    assert "own_my_lines" not in shipped.catalog.layers
    assert added.checksum != shipped.checksum
    assert added.rows["id"].is_unique


def test_rows_have_our_columns(added: Atlas) -> None:
    rows = select(added, own_rows(added)).set_index("id")
    first = rows.loc["own_my_lines__1"]
    assert (first["title_en"], first["status"], first["kind"]) == ("Synthetic line", "construction", "line")
    assert first["promises"] == [{"opens": "2031", "source": "own_my_lines"}]
    assert (first["capacity"], first["capacity_unit"]) == (12.0, "bcm/yr")
    assert first["countries"] == ["TKM", "UZB"] or set(first["countries"]) <= {"TKM", "UZB", "KAZ"}
    assert sum(first["km_by_country"].values()) == pytest.approx(first["length_km"], abs=0.1)
    second = rows.loc["own_my_lines__2"]
    assert second["phases"] == [{"from": "1999", "status": "operating", "source": "own_my_lines"}]
    assert second["published_lengths"] == [{"km": 90.0, "scope": "Length", "source": "own_my_lines"}]
    assert (second["accuracy_basis"], second["licence"]) == ("schematic", "own_licence_unknown")


def test_filters_and_sums_take_them_like_ours(added: Atlas) -> None:
    rows = select(added, own_rows(added))
    assert len(select(added, Selection(layer=("own_my_lines",), status=("construction",)))) == 1
    assert len(select(added, Selection(layer=("own_my_lines",), year=1998))) == 1  # without a start: not before today
    assert len(select(added, Selection(q="synthetic line"))) == 1
    assert totals(rows).lines == 2
    assert totals(rows).km == pytest.approx(rows["length_km"].sum(), abs=0.02)
    assert set(summarise(rows, "kind")["kind"]) == {"line", "point"}


def test_words_without_a_like_are_left_empty_and_said(shipped: Atlas, tmp_path: Path) -> None:
    path = files.geojson(
        tmp_path / "a.geojson", files.feature(files.line(), name="A", status="sleeping", country="Utopia")
    )
    _, (layer,) = add_files(shipped, [path])
    assert layer.notes == (
        "a.geojson, column 'country': no state is called 'Utopia' (1) in 1 cell",
        "a.geojson, column 'status': the map has no status for what is left empty (it knows proposed, planned, "
        "construction, operating, idle, shelved, cancelled, retired): 'sleeping' (1) in 1 cell",
    )


def test_the_reader_says_which_column_is_which(shipped: Atlas, tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "a.geojson", files.feature(files.line(), Rohr="Main", Zustand="idle", name="x"))
    _, (layer,) = add_files(shipped, [path], said={"name": "Rohr", "status": "Zustand"})
    assert (layer.rows.loc[0, "title_en"], layer.rows.loc[0, "status"]) == ("Main", "idle")
    _, (layer,) = add_files(shipped, [path], said={"name": ""})
    assert layer.rows.loc[0, "title_en"] == "a.geojson 1"
    with pytest.raises(OwnDataError, match=r"^a\.geojson has no column 'Roht'; did you mean 'Rohr'\?$"):
        add_files(shipped, [path], said={"name": "Roht"})


def test_two_files_of_one_name_do_not_collide(shipped: Atlas, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one, other = files.geojson(tmp_path / "a.geojson"), files.geojson(tmp_path / "b" / "a.geojson")
    whole, layers = add_files(shipped, [one, other])
    assert [layer.id for layer in layers] == ["own_a", "own_a_2"]
    again, _ = add_files(whole, [one])
    assert list(again.catalog.layers)[-3:] == ["own_a", "own_a_2", "own_a_3"]
    assert again.rows["id"].is_unique


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("pipes.gpkg", ("pipes.gpkg", None)),
        ("pipes.gpkg:oil", ("pipes.gpkg", "oil")),
        ("C:/maps/pipes.gpkg:oil: east", ("C:/maps/pipes.gpkg", "oil: east")),
        ("a:b.csv", ("a:b.csv", None)),
    ],
)
def test_a_layer_stands_behind_a_colon(text: str, parts: tuple[str, str | None]) -> None:
    path, layer = split_name(text)
    assert (path.as_posix(), layer) == parts


def test_a_csv_file_of_them_runs_no_formula_and_names_whose_they_are(added: Atlas) -> None:
    content = render(added, own_rows(added), View(), "csv").decode().removeprefix(BYTE_ORDER_MARK)
    rows = list(csv.DictReader(io.StringIO(content)))
    assert rows[1]["title_en"] == "'=cmd()"
    assert rows[0]["attribution"] == "Own data, not checked by this map: My lines.geojson"
    assert rows[0]["licence"] == "own_licence_unknown"


@pytest.mark.parametrize("file_format", ["geojson", "gpkg", "xlsx", "kml", "fgb", "parquet", "shp.zip"])
def test_every_format_takes_them(added: Atlas, file_format: str) -> None:
    content = render(added, own_rows(added), View(), file_format)
    assert len(content) > 500
    if file_format == "geojson":
        assert "not checked by this map" in json.loads(content)["attribution"]


def test_every_file_says_that_their_licence_is_not_known(added: Atlas) -> None:
    about = Contents(added, Selection(layer=("own_my_lines", "roads")), View()).about()
    assert "Layers of the reader's own, not checked, whose licence is not known: own_my_lines." in about["terms"]
    assert "Licence unknown (your own data)" in about["licences"]


def test_the_page_carries_them_with_looks_of_their_own(added: Atlas, shipped: Atlas, tmp_path: Path) -> None:
    area = {"type": "Polygon", "coordinates": [[[60, 40], [61, 40], [61, 41], [60, 40]]]}
    whole, _ = add_files(added, [files.geojson(tmp_path / "area.geojson", files.feature(area, Name="Area"))])
    looks = with_own(read_styles(whole.catalog.path / "styles.toml"), whole.catalog)
    assert looks["layer"]["own_my_lines"] == looks["layer"]["own"] != looks["layer"]["own_area"]
    rows = whole.rows[whole.rows["layer"] == "own_area"]
    head = head_payload(whole, rows, looks, {})
    assert head["layers"]["own_area"]["title"] == {"en": "area.geojson"}
    assert head["sources"]["own_area"]["quality"] == "own_file"
    (record,) = layer_payload("own_area", rows, carried_by(head, whole))["rows"]
    assert len(record["geometry"]["lines"]) == 1
    assert read_styles(shipped.catalog.path / "styles.toml")["layer"].keys().isdisjoint({"own_my_lines", "own_area"})
    page = render_page(whole, Selection(layer=("own_area",)), View())
    assert page == render_page(whole, Selection(layer=("own_area",)), View())


def test_the_library_takes_files(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "lines.geojson")
    atlas = sco_map.load(add=[path], columns={"name": "Name"})
    assert len(atlas.select(layer="own_lines")) == 1
    assert len(atlas.own_notes) == 1 and "none joins the network" in atlas.own_notes[0]
    both = atlas.with_layer(path)
    assert len(both.select(layer=["own_lines", "own_lines_2"])) == 2


def test_the_command_line_adds_files_and_says_what_was_guessed(tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "lines.geojson")
    out = tmp_path / "out.csv"
    done = commands.run("export", str(out), "--add", str(path), "--layer", "own_lines")
    assert (done.returncode, done.stdout) == (0, f"{out}: 1 entry, {out.stat().st_size / 1000:,.0f} kB\n")
    assert done.stderr == (
        "lines.geojson: 1 feature as layer own_lines; columns capacity=Capacity, country=Country, name=Name, "
        "status=Status, year=Year; change them with --map\n"
    )
    listed = commands.run("list", "layers", "--add", str(path)).stdout.splitlines()[-1].split()
    assert listed == ["own_lines", "lines.geojson", "own", "1", "unknown"]
    summed = commands.run("stats", "--add", str(path), "--layer", "own_lines", "--format", "json").stdout
    assert json.loads(summed)[0]["lines"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--add", "missing.gpkg"], "error: there is no missing.gpkg\n"),
        (["--map", "name=Name"], "error: --map and --crs say how a file is read; name it with --add FILE\n"),
        (
            ["--add", "lines.geojson", "--map", "nmae=Name"],
            "error: unknown column of the map 'nmae'; did you mean 'name'?\n",
        ),
        (
            ["--add", "lines.geojson", "--map", "name"],
            "error: 'name' does not name a column; write it like name=PipelineName\n",
        ),
    ],
)
def test_what_is_wrong_with_the_command_line_is_said(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.geojson(tmp_path / "lines.geojson")
    monkeypatch.chdir(tmp_path)
    done = commands.run("stats", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
