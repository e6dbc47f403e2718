"""The command line as a person types it: results on stdout, complaints on stderr, exit codes, bad data."""

from __future__ import annotations

import csv
import importlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sco_map.atlas import Atlas, Selection, select, totals
from sco_map.catalog.prose import prose_of
from sco_map.catalog.sourcing import share_lines
from sco_map.cli import main
from sco_map.export import render
from sco_map.page import View
from sco_map.paths import GEODATA
from sco_map.routing import line_of
from tests.atlas import tiny
from tests.browser import ROOT
from tests.commands import run

cli = importlib.import_module("sco_map.cli.main")  # sco_map.cli.main is the function, not the module


def run_alone(*arguments: str, root: Path = ROOT, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line of the repository in `root` as a process of its own, as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "sco_map", *arguments],
        cwd=cwd or root,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture
def tiny_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Atlas:
    """Let commands in this process work on the tiny atlas."""
    atlas = tiny.atlas(tmp_path)
    monkeypatch.setattr(cli, "atlas", lambda: atlas)
    monkeypatch.setattr(cli, "catalog", lambda: atlas.catalog)
    return atlas


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data that a test may break; it has to put back what it changes."""
    folder = tmp_path_factory.mktemp("copy") / "geodata"
    shutil.copytree(GEODATA, folder)
    return folder


# -- on the shipped data -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["projects", "countries", "layers", "kinds", "sources", "places", "stories"])
def test_list_prints_every_entry_in_three_formats(what: str, shipped: Atlas) -> None:
    table, as_json, as_csv = (run("list", what, "--format", how) for how in ("table", "json", "csv"))
    assert {table.returncode, as_json.returncode, as_csv.returncode} == {0}
    assert {table.stderr, as_json.stderr, as_csv.stderr} == {""}
    entries = json.loads(as_json.stdout)
    assert len(table.stdout.splitlines()) == len(entries) + 1
    assert as_csv.stdout.startswith("\ufeff")
    lines = list(csv.DictReader(io.StringIO(as_csv.stdout.removeprefix("\ufeff"))))
    assert [line["id"] for line in lines] == [entry["id"] for entry in entries]
    named = {"kinds": shipped.catalog.vocabulary["kind"], "places": None}
    known = named.get(what, getattr(shipped.catalog, what, None))
    if known is not None:
        assert {entry["id"] for entry in entries} == set(known)


def test_list_layers_names_the_licence_that_the_file_is_under() -> None:
    for entry in json.loads(run("list", "layers", "--format", "json").stdout):
        head = json.loads((GEODATA / f"{entry['id']}.geojson").read_bytes())
        assert entry["licence"] == head["licence"], entry["id"]


@pytest.mark.parametrize(
    ("ending", "flags"),
    [
        ("csv", ["--theme", "light"]),
        ("gpkg", ["--theme", "dark"]),
        ("geojson", ["--view", "4/40/60"]),
        ("kml", ["--address", "https://example.org/map.html"]),
    ],
)
def test_flags_of_a_page_are_refused_for_data(ending: str, flags: list[str], tmp_path: Path) -> None:
    target = tmp_path / f"map.{ending}"
    result = run("export", str(target), "--project", "cku_railway", *flags)
    assert result.returncode == 2
    assert f"{flags[0]} is for a page (.html), not for map.{ending}" in result.stderr
    assert not target.exists()


def test_coverage_says_when_nothing_is_known_of_a_state() -> None:
    result = run("stats", "--coverage", "--country", "FRA")
    assert (result.returncode, result.stdout.strip()) == (0, "")
    assert "neither a line on the map nor an official length is known for FRA" in result.stderr


def test_the_ledger_knows_the_members_by_their_common_name(shipped: Atlas) -> None:
    members = ",".join(sorted(shipped.members()))
    together, each = (run("promises", "--country", asked, "--format", "json") for asked in ("sco", members))
    assert (together.returncode, together.stdout) == (0, each.stdout)
    assert together.stdout != run("promises", "--format", "json").stdout


def test_an_unknown_entry_is_not_answered_with_itself() -> None:
    result = run("show", "sco")
    assert result.returncode == 2
    assert "there is no entry 'sco'" in result.stderr
    assert "did you mean sco?" not in result.stderr


def test_a_damaged_side_is_wrong_data_and_an_unknown_one_a_wrong_command(tmp_path: Path) -> None:
    damaged = tmp_path / "roads.geojson"
    damaged.write_bytes((GEODATA / "roads.geojson").read_bytes()[:5000])
    assert run("diff", str(GEODATA / "roads.geojson"), str(damaged)).returncode == 1
    assert run("diff", str(GEODATA / "roads.geojson"), "no_such_revision").returncode == 2


def test_list_projects_needs_no_table_library() -> None:
    code = "import sys; from sco_map.cli import main; main(['list', 'projects']); print(sorted(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = result.stdout.splitlines()[-1]
    for heavy in ("pandas", "geopandas", "shapely", "folium", "streamlit", "numpy", "sco_map.catalog.rules", "polib"):
        assert f"'{heavy}'" not in modules


def test_the_sum_of_all_branches_is_never_alone(shipped: Atlas) -> None:
    main = line_of(shipped, "middle_corridor").best.km
    result = run("stats", "--project", "middle_corridor")
    assert f"the main line, Middle Corridor by Dostyk to Poti, is {main:,.0f} km long" in result.stderr
    assert f"Main line   {main:,.0f} km, 3 borders" in run("show", "middle_corridor").stdout
    assert not run("stats", "--project", "turksib").stderr


def test_stats_agree_with_the_atlas(shipped: Atlas) -> None:
    result = run("stats", "--country", "sco", "--kind", "rail,gas_pipeline", "--year", "2020", "--format", "json")
    selection = Selection(country=("sco",), kind=("rail", "gas_pipeline"), year=2020)
    sums = totals(select(shipped, selection))
    assert json.loads(result.stdout) == [
        {"count": sums.count, "lines": sums.lines, "km": sums.km, "countries": sums.countries}
    ]


@pytest.mark.parametrize("by", ["country", "status", "kind", "project"])
def test_stats_by(by: str) -> None:
    result = run("stats", "--by", by, "--format", "json")
    assert result.returncode == 0
    entries = json.loads(result.stdout)
    assert len(entries) > 2
    columns = {by, "count", "km", "name"} | ({"main_km"} if by == "project" else set())
    assert all(columns == set(entry) for entry in entries)
    table = run("stats", "--by", by)
    assert "total" in table.stdout.splitlines()[-1]


@pytest.mark.parametrize("file_format", ["html", "geojson", "csv"])
def test_export_gives_the_bytes_of_the_library(shipped: Atlas, tmp_path: Path, file_format: str) -> None:
    target = tmp_path / f"map.{file_format}"
    result = run("export", str(target), "--country", "KGZ", "--lang", "ru")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{target}: ")
    assert target.read_bytes() == render(shipped, Selection(country=("KGZ",)), View(lang="ru"), file_format)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_page_may_be_light_and_carry_everything(shipped: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    result = run("export", str(target), "--country", "KGZ", "--light", "--all")
    assert result.stdout.startswith(f"{target}: {len(shipped.rows)} entries, ")
    expected = render(shipped, Selection(country=("KGZ",)), View(), "html", light=True, include_all=True)
    assert target.read_bytes() == expected


def test_show_prints_a_project_a_row_a_state_and_a_place(shipped: Atlas) -> None:
    row = shipped.rows.iloc[0]["id"]
    project = next(iter(shipped.catalog.projects))
    place = next(place.id for place in shipped.catalog.places.values() if not place.is_helper)
    for id_ in (row, project, "KAZ", f"place:{place}"):
        result = run("show", id_)
        assert (result.returncode, result.stderr) == (0, ""), id_
        assert id_ in result.stdout


def test_check_passes_on_what_is_shipped(shipped: Atlas) -> None:
    result = run("check")
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert f"atlas: {len(shipped.rows)} rows" in lines
    shares = share_lines(shipped.catalog)
    assert lines[-len(shares) :] == shares


def test_check_lists_what_to_look_at_next(shipped: Atlas) -> None:
    result = run("check", "--stale", "--today", "2035-06-01")
    assert (result.returncode, result.stderr) == (0, "")
    head, *lines = result.stdout.splitlines()
    assert head.split() == ["why", "since", "id", "project"]
    projects = [line.split()[-1] for line in lines if line.startswith("last looked at")]
    assert sorted(projects) == sorted(shipped.catalog.projects), "nobody has looked at any of them for years by then"
    assert any(line.startswith("no news") for line in lines)
    assert any(line.startswith("promise passed") and "cku_railway" in line for line in lines)


def test_on_the_first_day_of_2027_what_was_promised_for_2026_is_late() -> None:
    year_end, new_year = (run("check", "--stale", "--today", day).stdout for day in ("2026-12-31", "2027-01-01"))
    due = {line.split()[3] for line in year_end.splitlines() if line.startswith("promise due")}
    passed = {line.split()[3] for line in new_year.splitlines() if line.startswith("promise passed")}
    assert due
    assert due <= passed


def test_show_tells_in_a_language_what_is_translated(shipped: Atlas) -> None:
    summary = shipped.catalog.projects["cku_railway"].summary
    told = prose_of(shipped.catalog.path, ["zh"]).in_language(str(summary), "zh")
    assert told
    result = run("show", "cku_railway", "--lang", "zh")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"Summary     {told[:20]}" in result.stdout


def test_check_lists_what_falls_back_to_english(shipped: Atlas) -> None:
    result = run("check", "--translations")
    assert (result.returncode, result.stderr) == (0, "")
    untranslated = {place.id for place in shipped.catalog.places.values() if not (place.name_zh or place.is_helper)}
    assert {f"  {place}" for place in untranslated} <= set(result.stdout.splitlines())


def test_build_check_of_one_layer() -> None:
    result = run("build", "--check", "oil_pipelines")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("oil_pipelines: unchanged")
    assert "\n[1/1] oil_pipelines: " in result.stderr
    assert "\ncomparing 1 file\n" in result.stderr


def test_a_quiet_build_says_nothing_while_it_works() -> None:
    result = run("build", "--check", "--quiet", "schemas")
    assert (result.returncode, result.stderr) == (0, "")
    assert "schemas: project.json unchanged\n" in result.stdout


def test_a_worldview_the_layers_carry_is_taken(tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "map.html"), "--worldview", "in", "--view", "5/41.5/66.2", "--theme", "dark")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_page_knows_where_it_will_be_reached(shipped: Atlas, tmp_path: Path) -> None:
    target, address = tmp_path / "map.html", "https://example.org/map.html"
    result = run("export", str(target), "--project", "cku_railway", "--address", address)
    assert (result.returncode, result.stderr) == (0, "")
    selection = Selection(project=("cku_railway",))
    assert target.read_bytes() == render(shipped, selection, View(address=address), "html")


def test_a_story_is_exported_with_its_filters(shipped: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "gas.html"
    result = run("export", str(target), "--story", "gas_to_china")
    assert (result.returncode, result.stderr) == (0, "")
    selection = shipped.catalog.stories["gas_to_china"].selection
    assert target.read_bytes() == render(shipped, selection, View(story="gas_to_china"), "html")
    result = run("export", str(target), "--story", "gas_to_chyna")
    assert result.returncode == 2
    assert result.stderr == "error: unknown story 'gas_to_chyna'; did you mean 'gas_to_china'?\n"


def test_sums_follow_the_worldview_on_borders() -> None:
    def km(*flags: str) -> dict[str, float]:
        result = run("stats", "--layer", "cpec", "--by", "country", "--format", "json", *flags)
        return {entry["country"]: entry["km"] for entry in json.loads(result.stdout)}

    assert "IND" not in km()
    seen = km("--worldview", "in")
    assert seen["IND"] > 500
    assert round(seen["IND"] + seen["PAK"]) == round(km()["PAK"])


def test_a_closed_pipe_is_not_an_error() -> None:
    command = f"{sys.executable} -m sco_map list places | head -1"
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout.startswith("id")
    assert result.stderr == ""


def test_it_works_from_another_folder(tmp_path: Path) -> None:
    result = run_alone("list", "kinds", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == run("list", "kinds").stdout


def test_a_process_of_its_own_prints_and_ends_as_main_says(tmp_path: Path) -> None:
    for arguments, code in [
        (["stats", "--country", "UZB", "--by", "kind"], 0),
        (["stats", "--country", "UZBB"], 2),
        (["export", str(tmp_path / "nowhere" / "map.csv"), "--layer", "roads"], 1),
    ]:
        alone, inside = run_alone(*arguments), run(*arguments)
        assert (alone.returncode, alone.stdout, alone.stderr) == (code, inside.stdout, inside.stderr), arguments
        assert inside.returncode == code


# -- the command line is wrong -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "required: COMMAND"),
        (["lst"], "invalid choice: 'lst'"),
        (["list", "rivers"], "invalid choice: 'rivers'"),
        (["list", "projects", "--format", "xml"], "invalid choice: 'xml'"),
        (["stats", "--by", "colour"], "invalid choice: 'colour'"),
        (["stats", "--colour", "red"], "unrecognized arguments: --colour red"),
        (["export", "map.html", "--lang", "fr"], "invalid choice: 'fr'"),
        (["export", "map.html", "--view", "x"], "'x' is not zoom/lat/lon such as 5/41.5/66.2"),
        (["export", "map.html", "--view", "5/95/66"], "is not on the map"),
        (["export", "map.html", "--address", "map.html"], "'map.html' is not the address of a page"),
        (["check", "--translation"], "unrecognized arguments: --translation"),
        (
            ["check", "--stale", "--today", "2026-11"],
            "'2026-11' is not a day of the calendar; write it like 2026-11-28",
        ),
        (["check", "--stale", "--translations"], "not allowed with argument --stale"),
        (["serve", "--port", "99999"], "'99999' is not a port"),
        (["stats", "--cou", "KAZ"], "unrecognized arguments: --cou KAZ"),
    ],
)
def test_a_wrong_command_line_exits_with_2(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert expected in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["stats", "--country", "AAB"], "error: unknown country 'AAB'; did you mean 'AAA'?\n"),
        (
            ["stats", "--project", "silck,gass"],
            "error: unknown project 'gass'; did you mean 'gas'?\nunknown project 'silck'",
        ),
        (["stats", "--kind", "railway"], "error: unknown kind 'railway'; did you mean 'rail'?\n"),
        (["stats", "--year", "soon"], "error: the year is a whole number such as 2026, not 'soon'\n"),
        (["show", "silk_old"], "error: there is no entry 'silk_old'; did you mean silk__old?\n"),
        (["show", "place:alfa"], "error: there is no entry 'place:alfa'; did you mean place:alpha?\n"),
        (["show", "zzzz"], "error: there is no entry 'zzzz'; `list` prints"),
        (["export", "map.docx"], "error: map.docx ends in none of .html, .geojson, .csv"),
        (["export", "map"], "error: map ends in none of .html, .geojson, .csv"),
        (["export", "map.html", "--worldview", "xx"], "error: unknown worldview 'xx'"),
        (["export", "map.csv", "--light"], "error: --light and --all are for a page (.html), not for map.csv"),
        (["export", "map.geojson", "--all"], "error: --light and --all are for a page (.html), not for map.geojson"),
        (["build", "wayz"], "error: unknown layer 'wayz'; did you mean 'ways'?\n"),
        (["check", "--translations", "my.csv"], "error: --translations looks at the catalog and the interface"),
        (["check", "--stale", "my.csv"], "error: --stale looks at the whole catalog; leave the paths away"),
        (["check", "--today", "2026-11-28"], "error: --today is the day for --stale; add --stale or leave it out"),
        (["check", "nowhere.geojson", "nor_here.toml"], "error: there is no nowhere.geojson and no nor_here.toml\n"),
    ],
)
def test_an_unknown_value_exits_with_2_and_names_the_nearest(
    tiny_cli: Atlas, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith(expected)
    assert captured.out == ""


@pytest.mark.parametrize(
    ("flags", "query"),
    [
        (["--country", "AAA,CCC"], "country=AAA,CCC"),
        (["--country", "AAA", "--country", "CCC"], "country=AAA,CCC"),
        (["--project", "silk"], "project=silk"),
        (["--layer", "ways"], "layer=ways"),
        (["--kind", "port", "--status", "operating"], "kind=port&status=operating"),
        (["--role", "member", "--year", "2018"], "role=member&year=2018"),
        (["--search", "silk", "--search", "east"], "q=silk%20east"),
        (["--since", "2000"], "since=2000"),
        (["--late"], "late=1"),
        (["--capacity", "10-20 Mt/yr", "--length", "-500"], "capacity=10-20Mt/yr&length=-500"),
        (["--opened", "1990-2010", "--status=-idle"], "opened=1990-2010&status=-idle"),
    ],
)
def test_every_facet_is_a_flag(
    tiny_cli: Atlas, flags: list[str], query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", "--format", "json", *flags]) == 0
    count = json.loads(capsys.readouterr().out)[0]["count"]
    assert count == len(select(tiny_cli, Selection.from_query(query)))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--search", "slik est"], "nothing matches 'slik est'; did you mean 'Silk East'"),
        (["--search", "Алфа"], "nothing matches 'Алфа'; did you mean"),
        (["--search", "zzzz"], "nothing matches 'zzzz'\n"),
        (["--search", "silk"], ""),
        (["--kind", "port", "--year", "1900"], ""),
    ],
)
def test_a_search_that_nothing_answers_names_the_nearest(
    tiny_cli: Atlas, asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", *asked]) == 0
    assert capsys.readouterr().err.startswith(said)


def test_show_says_everything_about_a_row(tiny_cli: Atlas, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "silk__old"]) == 0
    text = capsys.readouterr().out
    for words in (
        "silk__old: rail, ways",
        "Part of     silk: The Silk Way",
        "Status      operating",
        "1990        construction",
        "2000-05     operating",
        "Aland (AAA): 100.00 km",
        "150.00 km as drawn",
        "1520 mm",
        "Älpha Town, Beta Pass",
        "Confidence  high",
        "[1] Ministry of Ways; date of publication unknown",
        "https://ways.example/paper",
        "Cited facts",
    ):
        assert words in text


# -- the data are wrong ------------------------------------------------------------------------------------------------


def test_a_target_that_cannot_be_written_exits_with_1(
    tiny_cli: Atlas, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "nowhere" / "map.csv")]) == 1
    assert "cannot be written: No such file or directory" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda raw: raw[: len(raw) // 2], "gas_pipelines.geojson: is cut off or damaged at line"),
        (lambda raw: b"", "gas_pipelines.geojson: is cut off or damaged"),
        (
            lambda raw: raw.replace(b'"status":"operating"', b'"status":"oprating"', 1),
            "unknown status 'oprating'; did you mean 'operating'",
        ),
        (
            lambda raw: raw.replace(b'"coordinates":[[', b'"coordinates":[[NaN,', 1),
            "the coordinates hold NaN",
        ),
        (
            lambda raw: raw.replace(b'"features"', b'"crs":"EPSG:3857","features"', 1),
            "has the coordinate system 'EPSG:3857'",
        ),
        (None, "gas_pipelines.geojson: the file is missing"),
    ],
)
def test_a_broken_layer_gives_one_clear_message_and_nothing_is_overwritten(
    copy: Path, tmp_path: Path, damage: object, expected: str
) -> None:
    file = copy / "gas_pipelines.geojson"
    whole = file.read_bytes()
    target = tmp_path / "map.csv"
    target.write_text("old")
    try:
        file.write_bytes(damage(whole)) if callable(damage) else file.unlink()
        result = run("export", str(target), geodata=copy)
    finally:
        file.write_bytes(whole)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("error: geodata has 1 problem:\n  ")
    assert expected in result.stderr
    assert "Traceback" not in result.stderr
    assert target.read_text() == "old"


def test_a_broken_catalog_is_reported_in_full(copy: Path) -> None:
    file = next((copy / "catalog" / "projects").glob("*.toml"))
    whole = file.read_bytes()
    try:
        file.write_bytes(whole + b'\nstatuss = "x"\n')
        result = run("stats", geodata=copy)
    finally:
        file.write_bytes(whole)
    assert result.returncode == 1
    assert file.name in result.stderr
    assert "Traceback" not in result.stderr
