"""The page in static/: found again, verified by its name, made again when it was cut; only data make it out of date."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from sco_map.app import pages
from sco_map.app.pages import PageFile, fingerprint, inputs_of, is_whole, keep_page, kept_page, name_of, whole_page

HTML = "<html>кириллица</html>"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "geodata"
    (folder / "catalog" / "projects").mkdir(parents=True)
    for name in ("roads.geojson", "basemap_relief.webp", "catalog/styles.toml", "catalog/projects/a.toml"):
        (folder / name).write_text(name)
    return folder


def test_a_page_is_found_again_by_what_it_was_made_from(tmp_path: Path) -> None:
    page = keep_page(tmp_path / "static", "abc", HTML)
    assert page == PageFile(HTML, name_of("abc", HTML.encode()), served=True)
    assert kept_page(tmp_path / "static", "abc") == page
    assert kept_page(tmp_path / "static", "def") is None
    assert (page.length, page.size) == (31, 22)


@pytest.mark.parametrize("damage", [b"", HTML.encode()[:9], b"\xff" * 31, HTML.encode() + b" ", HTML.upper().encode()])
def test_a_damaged_page_is_removed_and_made_again(damage: bytes, tmp_path: Path) -> None:
    page = keep_page(tmp_path, "abc", HTML)
    (tmp_path / page.name).write_bytes(damage)
    assert kept_page(tmp_path, "abc") is None
    assert list(tmp_path.iterdir()) == []
    assert keep_page(tmp_path, "abc", HTML) == page


def test_a_page_that_was_cut_or_removed_since_is_noticed(tmp_path: Path) -> None:
    page = keep_page(tmp_path, "abc", HTML)
    assert is_whole(tmp_path, page)
    (tmp_path / page.name).write_bytes(HTML.encode()[:9])
    assert not is_whole(tmp_path, page)
    (tmp_path / page.name).unlink()
    assert not is_whole(tmp_path, page)


def test_the_newest_pages_stay_and_the_current_one_whatever_the_clock_says(tmp_path: Path) -> None:
    old = [keep_page(tmp_path, f"old{number}", HTML) for number in range(9)]
    for number, page in enumerate(old):
        if (tmp_path / page.name).exists():
            os.utime(tmp_path / page.name, (2e9 + number, 2e9 + number))
    current = keep_page(tmp_path, "new", HTML)
    left = {file.name for file in tmp_path.glob("*.html")}
    assert current.name in left
    assert old[-1].name in left
    assert len(left) == pages.PAGES_KEPT


def test_a_page_that_was_cut_since_is_written_again(tmp_path: Path) -> None:
    page = keep_page(tmp_path, "abc", HTML)
    (tmp_path / page.name).write_bytes(HTML.encode()[:9])
    assert whole_page(tmp_path, page) == page
    assert kept_page(tmp_path, "abc") == page
    assert not whole_page(None, page).served


def test_without_a_folder_that_is_served_nothing_is_written() -> None:
    page = keep_page(None, "abc", HTML)
    assert (page.html, page.served) == (HTML, False)
    assert whole_page(None, page) is page
    assert kept_page(None, "abc") is None


def test_a_page_that_cannot_be_written_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder would be")
    assert not keep_page(tmp_path / "file", "abc", HTML).served
    (tmp_path / name_of("abc", HTML.encode())).mkdir()
    assert not keep_page(tmp_path, "abc", HTML).served
    assert kept_page(tmp_path, "abc") is None


def test_the_fingerprint_follows_the_content_of_the_data(data: Path) -> None:
    before = fingerprint(data)
    file = data / "catalog" / "styles.toml"
    status = file.stat()
    file.write_text("CATALOG/STYLES.TOML")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(data) != before
    file.write_text("catalog/styles.toml")
    assert fingerprint(data) == before
    (data / "basemap_relief.webp").write_text("other")
    assert fingerprint(data) != before


def test_files_of_editors_and_systems_are_not_data(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(data)
    for name in (".roads.geojson.swp", "roads.geojson~", "catalog/.#styles.toml", "catalog/#styles.toml#", "4913"):
        (data / name).write_text("x")
    (data / "loop.geojson").symlink_to("loop.geojson")
    os.mkfifo(data / "pipe.geojson")
    assert fingerprint(data) == before
    listed = pages.data_files(data)
    monkeypatch.setattr(pages, "data_files", lambda folder: [*listed, data / "gone.geojson"])
    assert fingerprint(data) == before


def test_a_settled_file_is_not_read_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint(data)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)
    before = fingerprint(data)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read again"))
    assert fingerprint(data) == before


def test_code_and_data_both_count(monkeypatch: pytest.MonkeyPatch) -> None:
    assert inputs_of("one") != inputs_of("two")
    before = inputs_of("one")
    monkeypatch.setattr(pages, "code_fingerprint", lambda: "other code")
    assert inputs_of("one") != before
