"""The commands that ask the network: what they print, in which formats, and what they say when they cannot answer."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from sco_map.atlas import Atlas
from sco_map.check.files import check_files
from sco_map.cli.main import main
from tests.routing.tiny import network_atlas


@pytest.fixture(autouse=True)
def tiny_network(monkeypatch: pytest.MonkeyPatch) -> Atlas:
    atlas = network_atlas()
    monkeypatch.setattr(sys.modules["sco_map.cli.main"], "atlas", lambda: atlas)
    return atlas


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_route_prints_the_way_with_its_borders_and_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "route", "alpha", "Delta")
    for words in (
        "Alpha – Delta, 2026",
        "Length      550 km",
        "200 km of them by sea",
        "Borders     2: Aland–Beland at Xing; Beland–Celand by sea between Port West and Port East",
        "Gauge       1 change: Xing 1520/1435 mm",
        "Status      100 % operating",
        "Capacity    5 Mt/yr at the narrowest known, land",
        "A study of what the map knows, not a timetable.",
    ):
        assert words in text


def test_route_knows_three_formats_and_two_years(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed(capsys, "route", "a", "c", "--format", "json"))["ways"][0]["km"] == 250.0
    collection = json.loads(printed(capsys, "route", "a", "c", "--format", "geojson", "--alternatives", "1"))
    assert [entry["properties"]["row"] for entry in collection["features"]] == ["main", "east"]
    both = printed(capsys, "route", "c", "f", "--year", "2030", "--promised", "--compare", "2031")
    assert "Gamma – Phi, 2030" in both and "Gamma – Phi, 2031" in both
    assert "80 km" in both


def test_route_takes_all_that_the_library_does(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "route", "a", "c", "--kind", "rail,road", "--avoid", "east", "--by", "gauges", "--via", "b")
    assert "lane" in text


def test_compare_takes_lines_beside_routes_and_draws_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert "north" in printed(capsys, "compare", "north", "a:c")
    assert "граница" in printed(capsys, "compare", "north", "a:d", "--format", "svg", "--lang", "ru")


def test_compare_puts_routes_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "compare", "a:c", "n:c:2020")
    assert "Alpha – Gamma, 2026" in text and "North Pass – Gamma, 2020" in text
    assert set(json.loads(printed(capsys, "compare", "a:c", "a:b", "--format", "json"))) == {
        "Alpha – Gamma, 2026",
        "Alpha – Beta, 2026",
    }


def test_cut_names_what_is_lost_and_ranks_the_weak_links(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "cut", "east", "--end", "a,c,p")
    assert "Without east in 2026: 1 link, 100 km less" in text
    assert ["Alpha", "Port", "West", "290", "no", "way"] in [line.split() for line in text.splitlines()]
    assert ["Alpha", "Gamma", "250", "350", "+100"] in [line.split() for line in text.splitlines()]
    assert "Single points of failure in 2026" in printed(capsys, "cut")
    assert json.loads(printed(capsys, "cut", "east", "--format", "json"))["links"] == 1


def test_promises_are_a_table_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No opening announced by 2026 fits what was asked." in printed(capsys, "promises")
    assert json.loads(printed(capsys, "promises", "--format", "json"))["announcements"] == []
    heads = next(csv.reader(io.StringIO(printed(capsys, "promises", "--format", "csv").removeprefix("\ufeff"))))
    assert heads[:3] == ["id", "project", "title"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("route", "alfa", "c"), "error: unknown place 'alfa'; did you mean 'a'?"),
        (("route", "a", "a"), "error: a route leads from one place to another, and Alpha (a) is given twice"),
        (("route", "a", "f"), "error: no way leads from Alpha (a) to Phi (f) in 2026"),
        (("route", "a", "c", "--kind", ","), "error: no kind of line is chosen; choose among rail, "),
        (("route", "a", "c", "--year", "1066"), "error: year 1066 is outside "),
        (("compare", "a:c"), "error: compare takes 2 to 4 routes or lines, not 1"),
        (("compare", "a:c", "a:"), "error: 'a:' is not a route; write FROM:TO or FROM:TO:YEAR"),
        (("compare", "a:c", "notrh"), "error: unknown corridor, project or line 'notrh'; did you mean 'north'?"),
        (("compare", "a:c", "silk"), "error: silk is a net of 9 lines"),
        (("compare", "a:c", "a:Gamma"), "and Alpha (a) – Gamma (c) in 2026 is given twice"),
        (("route", "AAA", "c"), "error: Aland (AAA) is a country, while a route runs between places"),
        (("cut", "nowhere"), "error: unknown place, country or line 'nowhere'"),
        (("promises", "--project", "slik"), "error: unknown project 'slik'; did you mean 'silk'?"),
    ],
)
def test_what_is_wrong_with_the_command_line_is_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", ["route", "compare", "cut", "promises"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert f"example: sco-map {command} " in " ".join(capsys.readouterr().out.split())


def test_coverage_is_printed_for_states_and_for_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "stats", "--coverage", "--country", "AAA")
    assert "no official figure found" in text and "Celand" not in text
    for more in (["--kind", "rail"], ["--by", "kind"], ["--country", "AAA", "--by", "kind"]):
        assert main(["stats", "--coverage", *more]) == 2
        said = capsys.readouterr()
        assert "--coverage takes --country and --format only" in said.err
        assert not said.out


def test_coverage_hides_no_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--coverage", "--country=-AAA"]) == 2
    assert "leave -AAA, which hides, out" in capsys.readouterr().err


@pytest.mark.parametrize("ends", [["a"], ["a", "Alpha"], ["a,a"]])
def test_a_cut_is_measured_between_two_places_or_more(ends: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cut", "east", *(word for end in ends for word in ("--end", end))]) == 2
    said = capsys.readouterr()
    assert "a cut is measured between two places or more, and only Alpha (a) is named" in said.err
    assert not said.out


def test_before_and_after_has_a_column_of_differences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "a", "p", "--compare", "2010"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[-1].strip() == "difference"
    by_name = {line.split("  ")[0]: line.split()[-2:] for line in lines if line}
    assert by_name["length"] == ["0", "km"] and by_name["borders"][-1] == "0"


def test_a_second_year_without_a_way_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "a", "p", "--compare", "1995"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Alpha – Port West, 2026")
    assert "In 1995: no way leads from Alpha (a) to Port West (p) in 1995" in said
    assert main(["route", "a", "p", "--compare", "1995", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["2026"]["from"] == "a" and "no way leads from Alpha" in found["1995"]["complaints"][0]


def test_lines_are_those_of_one_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "a", "c", "--compare", "2020", "--format", "geojson"]) == 2
    said = capsys.readouterr()
    assert "leave --compare out" in said.err and not said.out


@pytest.mark.parametrize("year", ["1700", "2101"])
def test_the_ledger_is_asked_for_a_year_of_the_map(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["promises", "--year", year]) == 2
    assert f"year {year} is outside 1800 to 2100" in capsys.readouterr().err


def test_check_knows_an_answer_from_a_layer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "a", "p", "--format", "geojson"]) == 0
    file = tmp_path / "route.geojson"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "the answer to a question, with 3 legs, not a layer of the map" in check_files([file])[0]
