"""A selection becomes a file: complete or not at all, the same bytes every time, safe to open."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import time
from pathlib import Path

import pytest
import shapely

from sco_map.atlas import Atlas, Selection, load_atlas
from sco_map.check.files import check_files
from sco_map.export import ENDINGS, ExportError, export, file_name, format_of, render
from sco_map.model.columns import CSV as CSV_COLUMNS
from sco_map.model.languages import LANGUAGES
from sco_map.model.spreadsheet import cell, harmless
from sco_map.model.tables import TEXT_BESIDE
from sco_map.page import View
from sco_map.page.squeeze import unpacked
from sco_map.version import VERSION
from tests.atlas import tiny

HARMFUL = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return tiny.atlas(tmp_path_factory.mktemp("tiny"))


def as_table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_same_selection_gives_the_same_bytes(shipped: Atlas) -> None:
    selection = Selection(country=("KGZ",), year=2020)
    first = {file_format: render(shipped, selection, View(), file_format) for file_format in ENDINGS}
    time.sleep(1.1)  # no second of the clock gets into a file
    loaded_again = load_atlas()
    for file_format, content in first.items():
        assert content == render(loaded_again, selection, View(), file_format), file_format
        assert content != render(shipped, Selection(country=("KGZ",), kind=("rail",)), View(), file_format)


def test_geojson_carries_full_geometry_and_every_column(atlas: Atlas) -> None:
    content = json.loads(render(atlas, Selection(project=("silk",)), View(), "geojson"))
    assert content["type"] == "FeatureCollection"
    assert content["selection"] == "project=silk"
    assert [feature["id"] for feature in content["features"]] == ["silk__old", "silk_east__new", "silk_far_east__port"]
    old = content["features"][0]
    given = tiny.layers()["ways"][0]
    texts = {name: text for name, text in old["properties"].items() if name.endswith(TEXT_BESIDE)}
    assert {name: value for name, value in old["properties"].items() if name not in texts} == given["properties"]
    assert (texts["countries_text"], texts["phases_text"]) == ("AAA; BBB", "1990 construction; 2000-05 operating")
    nested = {
        name for name, value in given["properties"].items() if isinstance(value, list | dict) and name in CSV_COLUMNS
    }
    assert set(texts) >= {name + TEXT_BESIDE for name in nested}
    assert shapely.geometry.shape(old["geometry"]).equals(shapely.geometry.shape(given["geometry"]))


def test_geojson_shows_the_status_of_the_chosen_year(atlas: Atlas) -> None:
    content = json.loads(render(atlas, Selection(project=("silk",), year=1995), View(), "geojson"))
    statuses = {feature["id"]: feature["properties"]["status"] for feature in content["features"]}
    assert statuses == {"silk__old": "construction"}


def test_geojson_is_one_feature_a_line(atlas: Atlas) -> None:
    lines = render(atlas, Selection(), View(), "geojson").decode().splitlines()
    assert len(lines) == 1 + len(atlas.rows) + 1
    for line in lines[1:-1]:
        json.loads(line.rstrip(","))


@pytest.mark.parametrize("query", ["", "country=UZB&year=2015"])
def test_geojson_that_was_exported_passes_the_check(shipped: Atlas, tmp_path: Path, query: str) -> None:
    path = tmp_path / "mine.geojson"
    path.write_bytes(render(shipped, Selection.from_query(query), View(), "geojson"))
    assert check_files([path], catalog=shipped.catalog)


def test_geojson_names_every_licence_of_rows_and_layers(shipped: Atlas) -> None:
    content = json.loads(render(shipped, Selection(kind=("rail",)), View(), "geojson"))
    layers = {feature["properties"]["layer"] for feature in content["features"]}
    needed = {feature["properties"]["licence"] for feature in content["features"]}
    needed |= {shipped.heads[layer]["licence"] for layer in layers}
    assert {licence["id"] for licence in content["licence"]} == needed
    credits = [shipped.catalog.licences[id_].attribution for id_ in needed]
    assert len({credit for credit in credits if credit}) > 1
    assert set(content["attribution"].split("; ")) == {
        part for credit in credits if credit for part in credit.split("; ")
    }


def test_an_empty_selection_is_an_empty_collection(atlas: Atlas) -> None:
    content = json.loads(render(atlas, Selection(country=("DDD",)), View(), "geojson"))
    assert content["features"] == []
    assert as_table(render(atlas, Selection(country=("DDD",)), View(), "csv")) == []


def test_csv_has_a_byte_order_mark_and_all_columns(atlas: Atlas) -> None:
    content = render(atlas, Selection(), View(), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    table = {line["id"]: line for line in as_table(content)}
    assert list(next(iter(table.values()))) == CSV_COLUMNS
    assert table["silk__old"]["countries"] == "AAA; BBB"
    assert table["silk__old"]["km_by_country"] == "AAA 100; BBB 50"
    assert table["silk__old"]["phases"] == "1990 construction; 2000-05 operating"
    assert table["silk__old"]["gauge_mm"] == "1520"
    assert table["silk__old"]["length_km"] == "150"
    assert table["gas__trunk"]["capacity"] == "15.5"
    assert table["gas__trunk"]["gauge_mm"] == ""
    assert (table["silk_far_east__port"]["longitude"], table["silk_far_east__port"]["latitude"]) == ("25", "45")


@pytest.mark.parametrize("text", HARMFUL)
def test_no_cell_runs_as_a_formula(tmp_path: Path, text: str) -> None:
    features = tiny.layers()
    for column in ("title_en", "owner", "note"):
        features["ways"][0]["properties"][column] = text
    poisoned = load_atlas(tiny.write(tmp_path, features), catalog=tiny.catalog(), strict=True)
    line = as_table(render(poisoned, Selection(), View(), "csv"))[0]
    assert [line[column] for column in ("title_en", "owner", "note")] == ["'" + text] * 3
    assert cell(text) == harmless(text) == "'" + text


def test_numbers_stay_numbers() -> None:
    assert cell(-12.5) == -12.5
    assert cell(3.0) == 3
    assert cell(None) == ""


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("map.tiff", "; the ending says which kind of file to write"),
        ("map", "; the ending says which kind of file to write"),
        ("map.html.gz", "; the ending says which kind of file to write"),
        ("map.zip", r"; did you mean '\.shp\.zip'\?"),
        ("map.shp", r"; did you mean '\.shp\.zip'\?"),
        ("map.gpgk", r"; did you mean '\.gpkg'\?"),
        ("map.xls", r"; did you mean '\.xlsx'\?"),
        (".csv", r""),
    ],
)
def test_an_unknown_ending_names_the_right_ones(atlas: Atlas, tmp_path: Path, name: str, end: str) -> None:
    known = r"ends in none of \.html, \.geojson, \.csv, \.xlsx, \.gpkg, \.parquet, \.fgb, \.kml, \.shp\.zip, \.pdf"
    with pytest.raises(ExportError, match=rf"{re.escape(name)} {known}{end}"):
        export(atlas, Selection(), View(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.b.csv", "A.CSV", "x.SHP.ZIP", "shp.csv", "csv.shp.zip"])
def test_the_last_ending_counts_in_any_case(name: str) -> None:
    assert format_of(Path(name)) == ("csv" if name.lower().endswith("csv") else "shp.zip")


def test_a_target_that_cannot_be_written_leaves_nothing_behind(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"map\.csv cannot be written: No such file or directory"):
        export(atlas, Selection(), View(), tmp_path / "nowhere" / "map.csv")
    (tmp_path / "map.csv").mkdir()
    with pytest.raises(ExportError, match=r"map\.csv cannot be written: Is a directory"):
        export(atlas, Selection(), View(), tmp_path / "map.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["map.csv"]


def test_a_failure_half_way_leaves_the_old_file(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "map.csv"
    target.write_text("old")

    def no_space(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(ExportError, match="No space left on device"):
        export(atlas, Selection(), View(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["map.csv"]
    assert target.read_text() == "old"


def test_export_writes_what_render_returns(atlas: Atlas, tmp_path: Path) -> None:
    export(atlas, Selection(), View(), tmp_path / "map.CSV")
    assert (tmp_path / "map.CSV").read_bytes() == render(atlas, Selection(), View(), "csv")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "map.CSV").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Selection(), f"sco-map-{VERSION}.html"),
        (Selection(country=("UZB", "KAZ"), year=2030), f"sco-map-{VERSION}_country-KAZ-UZB_year-2030.html"),
        (Selection(q="../../etc/passwd"), f"sco-map-{VERSION}_q-etc-passwd.html"),
        (Selection(q="Ёлка"), f"sco-map-{VERSION}_q.html"),
    ],
)
def test_the_file_name_says_what_was_asked_for(selection: Selection, name: str) -> None:
    assert file_name(selection, "html") == name


def test_a_long_selection_still_has_a_file_name() -> None:
    name = file_name(Selection(project=tuple(f"project_{number}" for number in range(99))), "csv")
    assert len(name) < 100
    assert name.endswith(".csv")


LARGEST_PAGE, LARGEST_LIGHT_PAGE = 1_600_000, 600_000


def test_the_full_page_has_fonts_and_keeps_its_budget(shipped: Atlas) -> None:
    content = render(shipped, Selection(), View(), "html")
    assert unpacked(block_of(content, "sco-fonts")).count("@font-face") == 5
    assert "image/webp" in unpacked(block_of(content, "sco-relief"))
    assert len(content) <= LARGEST_PAGE


def block_of(page: bytes, name: str) -> str:
    """Return what a page carries packed under a name."""
    return page.decode().partition(f'id="{name}">')[2].partition("</script>")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_page_has_none_and_keeps_its_budget_in_every_language(shipped: Atlas, lang: str) -> None:
    content = render(shipped, Selection(), View(lang=lang), "html", light=True)
    assert block_of(content, "sco-fonts") == ""
    assert unpacked(block_of(content, "sco-relief")) == "null"
    assert len(content) <= LARGEST_LIGHT_PAGE


def test_a_selection_exports_less_than_everything(shipped: Atlas) -> None:
    selection = Selection(country=("KGZ",))
    few = render(shipped, selection, View(), "html", light=True)
    every = render(shipped, selection, View(), "html", light=True, include_all=True)
    assert len(few) < len(every)


@pytest.mark.parametrize("file_format", ["csv", "geojson"])
def test_only_a_page_is_light(atlas: Atlas, file_format: str) -> None:
    with pytest.raises(ExportError, match="only a page"):
        render(atlas, Selection(), View(), file_format, light=True)
