"""A table opened by spreadsheets of other locales: every number stays what it is, and a column is of one kind."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from sco_map.atlas import Atlas, Selection, load_atlas
from sco_map.cli.main import main
from sco_map.export import ExportError, export, render
from sco_map.model.columns import CSV_TABLE, DATES, Type
from sco_map.model.spreadsheet import COMMA, COMMA_LANGUAGES, POINT, POINT_LANGUAGES, LocaleError, dialect_of
from sco_map.page import View

NUMBERS = [column.name for column in CSV_TABLE if column.type in (Type.NUMBER, Type.WHOLE)]
LOCALES = {"en": (1033, ",", "."), "de": (1031, ".", ","), "ru": (1049, "\u00a0", ",")}
"""For each locale the number that LibreOffice has for it, its mark between thousands, and its decimal mark."""

SPREADSHEET = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    return load_atlas()


def lines_of(content: bytes, locale: str) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=dialect_of(locale).separator))


def read_by(text: str, locale: str) -> float | None:
    """Return the number that a spreadsheet of a locale sees in a cell, None when it sees text."""
    _, thousands, decimal = LOCALES[locale]
    group, mark = re.escape(thousands), re.escape(decimal)
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}({group}\d{{3}})+)({mark}\d+)?", text):
        return None
    return float(text.replace(thousands, "").replace(decimal, "."))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_is_read_as_it_is(shipped: Atlas, locale: str) -> None:
    plain = lines_of(render(shipped, Selection(), View(), "csv"), "en")
    local = lines_of(render(shipped, Selection(), View(), "csv", locale=locale), locale)
    assert len(plain) == len(local) == len(shipped.rows)
    seen = 0
    for line, own in zip(plain, local, strict=True):
        for name in NUMBERS:
            if line[name]:
                seen += 1
                assert read_by(own[name], locale) == float(line[name]), (line["id"], name)
            else:
                assert own[name] == ""
    assert seen > 1000


def test_the_plain_table_is_what_a_german_spreadsheet_reads_wrong(shipped: Atlas) -> None:
    lines = lines_of(render(shipped, Selection(), View(), "csv"), "en")
    lengths = [line["length_km"] for line in lines if "." in line["length_km"]]
    assert any(read_by(text, "de") != float(text) for text in lengths)


def test_a_date_is_a_day_beside_its_precision(shipped: Atlas) -> None:
    lines = lines_of(render(shipped, Selection(), View(), "csv"), "en")
    facts = dict(zip(shipped.rows["id"], shipped.rows["as_of"], strict=True))
    precisions = set()
    for line in lines:
        for name in DATES:
            if line[name]:
                datetime.date.fromisoformat(line[name])
                precisions.add(line[f"{name}_precision"])
        length = {"year": 4, "month": 7, "day": 10}[line["as_of_precision"]]
        assert line["as_of"][:length] == facts[line["id"]]
    assert precisions == {"year", "month", "day"}


@pytest.mark.skipif(SPREADSHEET is None, reason="needs LibreOffice (soffice)")
@pytest.mark.parametrize("locale", LOCALES)
def test_in_libreoffice(shipped: Atlas, tmp_path: Path, locale: str) -> None:
    table = tmp_path / "all.csv"
    export(shipped, Selection(), View(), table, locale=locale)
    code, separator = LOCALES[locale][0], ord(dialect_of(locale).separator)
    options = f"--infilter=CSV:{separator},34,76,1,,{code},false,true"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SPREADSHEET), profile, "--headless", "--convert-to", "xlsx", options, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(table)], check=True, capture_output=True, timeout=120)
    sheet = zipfile.ZipFile(tmp_path / "all.xlsx").read("xl/worksheets/sheet1.xml").decode()
    plain = lines_of(render(shipped, Selection(), View(), "csv"), "en")
    names = [column.name for column in CSV_TABLE]
    kinds: dict[str, set[str]] = {name: set() for name in DATES}
    for number, row in re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', sheet, re.DOTALL)[1:]:
        for letters, attributes, value in re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>(.*?)</v>', row):
            place = 0
            for letter in letters:
                place = place * 26 + ord(letter) - 64
            name = names[place - 1]
            if name in NUMBERS:
                assert 't="s"' not in attributes, (name, number)
                assert float(value) == pytest.approx(float(plain[int(number) - 2][name]))
            elif name in DATES:
                kinds[name].add("text" if 't="s"' in attributes else "year" if float(value) < 3000 else "date")
    assert all(found <= {"date"} for found in kinds.values()), kinds


@pytest.mark.parametrize(
    ("locale", "dialect"),
    [
        (None, POINT),
        ("en", POINT),
        ("zh_CN.UTF-8", POINT),
        ("bn-BD", POINT),
        ("de-CH", POINT),
        ("es-MX", POINT),
        ("de", COMMA),
        ("ru_RU.UTF-8", COMMA),
        ("uz-Latn-UZ", COMMA),
        ("EN-za", COMMA),
    ],
)
def test_a_locale_says_which_decimals(locale: str | None, dialect: object) -> None:
    assert dialect_of(locale) is dialect


@pytest.mark.parametrize("locale", ["", "comma", "xx", "d", "de;rm", "Deutsch"])
def test_an_unknown_locale_is_said(locale: str) -> None:
    with pytest.raises(LocaleError, match="unknown locale .*; name a language"):
        dialect_of(locale)


def test_no_language_has_both_marks() -> None:
    assert not COMMA_LANGUAGES & POINT_LANGUAGES


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "uz.csv"
    assert main(["export", str(table), "--country", "UZB", "--kind", "rail", "--locale", "ru"]) == 0
    assert lines_of(table.read_bytes(), "ru")
    assert b";length_km;" in table.read_bytes()
    capsys.readouterr()
    assert main(["export", str(table), "--locale", "klingon"]) == 2
    assert "unknown locale 'klingon'" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "x.html"), "--locale", "de"]) == 2
    assert "--locale is for a table (.csv), not for x.html" in capsys.readouterr().err


def test_only_a_table_has_a_locale(shipped: Atlas) -> None:
    with pytest.raises(ExportError, match=r"only a table \(\.csv\) is written for a locale"):
        render(shipped, Selection(), View(), "geojson", locale="de")


@pytest.mark.skipif(SPREADSHEET is None, reason="needs LibreOffice (soffice)")
def test_the_workbook_in_libreoffice(shipped: Atlas, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and reads every row, number and address as openpyxl does; nothing is a formula."""
    book = tmp_path / "few.xlsx"
    export(shipped, Selection(country=("UZB",)), View(), book)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    again = tmp_path / "again"
    command = [str(SPREADSHEET), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    written, seen = openpyxl.load_workbook(book), openpyxl.load_workbook(again / "few.xlsx")
    assert seen.sheetnames == written.sheetnames
    numbers = addresses = 0
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                other = seen[sheet.title][cell.coordinate]
                assert other.data_type != "f", cell.coordinate
                if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                    numbers += 1
                    assert other.value == pytest.approx(cell.value), cell.coordinate
                else:
                    assert other.value == cell.value, cell.coordinate
                if cell.hyperlink is not None:
                    addresses += 1
                    assert other.hyperlink is not None, cell.coordinate
                    where, there = (link.target or link.location for link in (cell.hyperlink, other.hyperlink))
                    assert unquote(there) == unquote(where)
    assert numbers > 100
    assert addresses > 10
