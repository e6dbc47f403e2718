"""Reading: what the entries are, what rows take over, and what is said about files that cannot be read."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sco_map.catalog import CatalogError, read_catalog, read_projects
from sco_map.errors import ScoMapError
from sco_map.model.dates import EXPECTED

NEW, OLD = "projects/new_line.toml", "projects/old_line.toml"


def test_rows_are_completed_from_their_line(folder):
    row = read_catalog(folder).segments["new_line__makmal_andijan"]
    assert (row.project, row.layer, row.kind, row.status) == ("new_line", "rails", "rail", "construction")
    assert (row.fact("capacity"), row.fact("capacity_unit")) == (None, None), "the line does not say that it holds"
    assert (row.sources, row.as_of) == (("gazette",), "2026-03")
    assert [promise.opens for promise in row.promises] == ["2030"]
    assert row.fact("cost_usd_bn") is None, "the cost of a line with two segments is not that of each"


def test_figures_that_hold_throughout_are_those_of_each_row_and_bring_their_source(spoil):
    said = [
        'throughout = ["capacity"]',
        'figure_sources = [{ figure = "capacity", source = "gazette" },',
        '  { figure = "cost_usd_bn", source = "gazette" }]',
        "cost_usd_bn",
    ]
    catalog = read_catalog(spoil(NEW, "cost_usd_bn", "\n".join(said)))
    rows = [catalog.segments[id_] for id_ in ("new_line__makmal_andijan", "new_line__second_track")]
    assert [(row.fact("capacity"), row.fact("capacity_unit")) for row in rows] == [(12, "Mt/yr")] * 2
    sources = [[(said.figure, said.source) for said in row.figure_sources] for row in rows]
    assert sources == [[("capacity", "gazette")]] * 2, (
        "the cost of the whole is not theirs, so its source is not either"
    )


def test_a_figure_of_its_own_has_no_source_of_the_whole(spoil):
    said = 'throughout = ["capacity"]\nfigure_sources = [{ figure = "capacity", source = "gazette" }]\ncost_usd_bn'
    spoil(NEW, "gauge_mm = 1520", 'gauge_mm = 1520\ncapacity = 7\ncapacity_unit = "Mt/yr"')
    row = read_catalog(spoil(NEW, "cost_usd_bn", said)).segments["new_line__makmal_andijan"]
    assert (row.fact("capacity"), row.figure_sources) == (7, ())


def test_a_row_with_phases_of_its_own_has_no_promise_of_its_project(folder):
    row = read_catalog(folder).segments["new_line__second_track"]
    assert row.promises == ()
    assert [phase.since for phase in row.phases] == [None]


def test_figures_of_a_corridor_are_not_those_of_its_rows(folder):
    catalog = read_catalog(folder)
    assert catalog.segments["old_line__pap_andijan"].fact("capacity") is None
    assert catalog.sites["pap_port"].fact("capacity") is None


def test_a_site_takes_the_figures_of_its_project(spoil):
    spoil(OLD, 'form = "corridor"', 'form = "site"')
    catalog = read_catalog(spoil(OLD, 'kind = "port"\n', 'kind = "port"\n'))
    assert catalog.sites["pap_port"].fact("capacity") == 5


def test_dates_become_iso_text(folder):
    phases = read_catalog(folder).projects["new_line"].phases
    assert [(phase.since, phase.year) for phase in phases] == [("1997", 1997), ("2024-12-27", 2024)]


def test_the_tree_and_the_users(folder):
    catalog = read_catalog(folder)
    assert catalog.children("old_line") == ("new_line",)
    assert catalog.descendants("old_line") == ("new_line",)
    assert catalog.descendants("new_line") == ()
    assert catalog.users == {"old_line__pap_andijan": ("new_line",)}


def test_parties_come_from_the_countries_too(folder):
    parties = read_catalog(folder).parties("old_line")
    assert [(party.country, party.date, party.status) for party in parties] == [("UZB", "2001", "party")]


def test_names_fall_back_to_english(folder):
    place = read_catalog(folder).places["andijan"]
    assert place.name.in_language("bn") == "Andijan"
    assert read_catalog(folder).places["halfway"].is_helper


def test_entries_do_not_change(folder):
    place = read_catalog(folder).places["andijan"]
    with pytest.raises(ValueError, match="frozen"):
        place.lon = 1.0


def test_projects_can_be_read_alone(folder):
    (folder / "sources.toml").unlink()
    assert list(read_projects(folder)) == ["new_line", "old_line"]


def test_projects_alone_report_their_faults(spoil):
    with pytest.raises(CatalogError, match="title is missing|'title' is missing"):
        read_projects(spoil(OLD, 'title = { en = "Old line" }\n', ""))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (NEW, 'title = { en = "New line" }\n', "", f"{NEW}: the key 'title' is missing"),
        (NEW, 'sources = ["gazette"]\n', "", f"{NEW}: the key 'sources' is missing"),
        (NEW, 'as_of = "2026-03"\n', "", f"{NEW}: the key 'as_of' is missing"),
        (NEW, 'sources = ["gazette"]', "sources = []", f"{NEW}: sources [] must have at least 1 entry"),
        (NEW, 'parent = "old_line"', 'parrent = "old_line"', f"{NEW}: unknown key 'parrent'; did you mean 'parent'?"),
        (
            NEW,
            "from = 1997",
            "form = 1997",
            f"{NEW}, phases 1: unknown key 'form'; did you mean 'from'?",
        ),
        (
            NEW,
            "from = 1997",
            'from = "1997-13"',
            f"{NEW}, phases 1: from '1997-13': {EXPECTED}",
        ),
        (NEW, "capacity = 12", 'capacity = "12"', f"{NEW}: capacity '12' must be a number"),
        (NEW, "capacity = 12", "capacity = -12", f"{NEW}: capacity -12 must be greater than 0"),
        (NEW, "capacity = 12", "capacity = nan", f"{NEW}: capacity NaN must be a finite number"),
        (
            NEW,
            'as_of = "2026-03"',
            'as_of = "2026-03"\nnote = "=1+1"',
            f"{NEW}: note '=1+1': begins with '=', which a spreadsheet runs as a formula; begin with a word",
        ),
        (
            NEW,
            'as_of = "2026-03"',
            'as_of = "2026-03"\nnote = "a <b>bold</b> claim"',
            f"{NEW}: note 'a <b>bold</b> claim': contains HTML; write plain text",
        ),
        (NEW, 'form = "line"', 'form = "line"\nid = "other"', f"{NEW}: id is not the name of the file"),
        (NEW, "gauge_mm = 1520", "gauge = 1520", "unknown key 'gauge'; did you mean 'gauge_mm'?"),
        (OLD, 'place = "pap"\n', "", f"{OLD}, site 'pap_port': the key 'place' is missing"),
        ("places.csv", "72.35,40.78", "nan,40.78", "places.csv, line 2 'andijan': lon 'nan' must be a finite number"),
        ("places.csv", "72.35,40.78", "272.35,40.78", "places.csv, line 2 'andijan': lon '272.35' must be 180 or less"),
        ("places.csv", "72.35,40.78", "72.35,-98", "places.csv, line 2 'andijan': lat '-98' must be -90 or more"),
        ("places.csv", "72.35,40.78", "72.35,north", "places.csv, line 2 'andijan': lat 'north' must be a number"),
        (
            "places.csv",
            '"by eye, roughly"',
            "by eye, roughly",
            "places.csv, line 3: has more or fewer cells than the header",
        ),
        ("places.csv", ",lon,lat,", ",lng,lat,", "places.csv, line 1: unknown column 'lng'; did you mean 'lon'?"),
        ("places.csv", ",lon,lat,", ",lng,lat,", "places.csv, line 1: the column 'lon' is missing"),
        (
            NEW,
            'title = { en = "New line" }',
            'title = "New line"',
            f"{NEW}: title 'New line' must be a table: {{ ... }}",
        ),
        (NEW, 'sources = ["gazette"]', 'sources = "gazette"', f"{NEW}: sources 'gazette' must be a list: [ ... ]"),
        ("places.csv", "city,3,gazette", "city,3,", "places.csv, line 5 'pap': the key 'source' is missing"),
        ("sources.toml", "https://example.org/a", "example.org/a", "url 'example.org/a': is not a web address"),
        ("sources.toml", "[own_estimate]", "[Own-Estimate]", "id 'Own-Estimate' is not an id"),
        ("countries.toml", "[KGZ]", "[Kyrgyzstan]", "id 'Kyrgyzstan' is not a country code"),
        ("licences.toml", "[cc_by]\n", "cc_by = 1\n#", "licences.toml, [cc_by]: is not a table"),
    ],
)
def test_a_wrong_entry_is_named(file, old, new, said, spoil, complaints):
    spoil(file, old, new)
    assert any(said in text for text in complaints()), complaints()


def test_a_fault_of_syntax_names_the_line(spoil, complaints):
    spoil(NEW, 'kind = "rail"', "kind = rail")
    said = [text for text in complaints() if text.startswith(NEW)]
    assert len(said) == 1
    assert "is not valid TOML" in said[0]
    assert "line 2" in said[0]


def test_segments_that_are_not_a_list_are_reported(folder, complaints):
    file = folder / OLD
    file.write_text(file.read_text().replace("[[segment]]", "[segment]"))
    assert f"{OLD}: segment is not a list of tables; begin each with [[segment]]" in complaints()


def test_a_missing_file_is_named(folder, complaints):
    (folder / "places.csv").unlink()
    assert complaints() == ["places.csv: the file is missing"]


def test_a_file_that_is_not_text_is_reported(folder, complaints):
    (folder / "places.csv").write_bytes(b"id\n\xff\xfe\n")
    assert complaints() == ["places.csv: is not UTF-8 text (line 2, byte 3); save it as UTF-8"]


def test_files_from_windows_are_read(folder):
    for name in (NEW, "places.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(read_catalog(folder).places) == 4


def test_a_wrong_header_is_reported_once(spoil, complaints):
    spoil("places.csv", ",lon,lat,", ",lng,lat,")
    assert len(complaints()) == 2, "one for the unknown, one for the missing column, none for what uses the places"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(CatalogError, match="there is no such folder"):
        read_catalog(tmp_path / "nowhere")


def test_the_error_counts_and_lists(spoil):
    with pytest.raises(ScoMapError) as raised:
        read_catalog(spoil(NEW, 'kind = "rail"', 'kind = "rall"'))
    assert str(raised.value).splitlines()[0].endswith("has 1 problem:")
    assert str(raised.value).splitlines()[1].startswith(f"  {NEW}: unknown kind")


def test_reading_needs_no_heavy_import():
    script = (
        "import sys; from sco_map.catalog import read_projects; read_projects();"
        "print([name for name in ('numpy', 'pandas', 'geopandas', 'shapely', 'folium') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
