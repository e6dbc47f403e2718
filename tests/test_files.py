"""Files are read only when they are files, and written whole or not at all, through links, leaving nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sco_map.files import MissingError, UnreadableError, UnwritableError, read_bytes, read_text, shown, write_whole
from tests.browser import ROOT


def made_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.geojson")
    return folder / "pipe.geojson"


def made_folder(folder: Path) -> Path:
    (folder / "d.toml").mkdir()
    return folder / "d.toml"


def made_loop(folder: Path) -> Path:
    (folder / "loop.geojson").symlink_to(folder / "loop.geojson")
    return folder / "loop.geojson"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (made_pipe, "is a named pipe, not a file"),
        (made_folder, "is a folder, not a file"),
        (made_loop, "cannot be read: Too many levels of symbolic links"),
        (lambda folder: folder / ("a" * 300), "cannot be read: File name too long"),
        (lambda folder: folder / "a\0b", "cannot be read: embedded null byte"),
        (lambda folder: Path("/dev/zero"), "is a device, not a file"),
        (lambda folder: folder / "nothing", "the file is missing"),
    ],
)
def test_what_is_not_a_file_is_refused_at_once(tmp_path: Path, make, expected: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read_bytes(make(tmp_path))
    assert str(error.value) == expected


def test_a_file_larger_than_any_map_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "sparse.geojson"
    with file.open("wb") as opened:
        opened.truncate(1 << 40)
    with pytest.raises(UnreadableError, match=r"holds 1,099,511,627,776 bytes; nothing above 536,870,912"):
        read_bytes(file)


def test_a_missing_file_and_an_unreadable_one_differ(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        read_bytes(tmp_path / "nothing")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(MissingError):
        read_bytes(tmp_path / "file" / "below")


def test_text_is_utf_8_and_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"\xef\xbb\xbfa\n")
    assert read_text(file) == "a\n"
    file.write_bytes(b"a\nb\xff")
    with pytest.raises(UnreadableError, match=r"is not UTF-8 text \(line 2, byte 3\); save it as UTF-8"):
        read_text(file)


def test_a_file_cut_within_a_character_is_called_cut(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes("один\nдва".encode()[:-1])
    with pytest.raises(UnreadableError, match=r"is cut off or damaged at line 2, byte 13, within a character"):
        read_text(file)


def test_a_path_is_shown_on_one_line_relative_to_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "a" / "b") == "a/b"
    assert shown(Path("a")) == "a"
    assert shown(tmp_path.parent / "other") == (tmp_path.parent / "other").as_posix()
    assert shown(Path("a\nb\udcff")) == "a\\nb\\udcff"


def test_a_link_stays_and_the_file_it_names_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "map.csv"
    target.write_text("old")
    link = tmp_path / "map.csv"
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    dangling = tmp_path / "later.csv"
    dangling.symlink_to(tmp_path / "real" / "later.csv")
    write_whole(dangling, b"new")
    assert (dangling.is_symlink(), (tmp_path / "real" / "later.csv").read_text()) == (True, "new")
    assert sorted(file.name for file in (tmp_path / "real").iterdir()) == ["later.csv", "map.csv"]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (made_pipe, "cannot be written: it is a named pipe, not a file"),
        (made_folder, "cannot be written: Is a directory"),
        (made_loop, "cannot be written: Too many levels of symbolic links"),
        (lambda folder: folder / ("a" * 300), "cannot be written: File name too long"),
        (lambda folder: folder / "nowhere" / "map.csv", "cannot be written: No such file or directory"),
        (lambda folder: Path("/dev/full"), "cannot be written: it is a device, not a file"),
    ],
)
def test_what_cannot_be_replaced_is_left_alone(tmp_path: Path, make, expected: str) -> None:
    path = make(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UnwritableError, match=expected):
        write_whole(path, b"new")
    assert sorted(tmp_path.iterdir()) == before


def test_the_longest_name_a_file_may_have_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 251 + ".csv")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"


def test_rights_of_the_old_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_bytes_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    sync, rename = os.fsync, Path.replace

    def watched_sync(handle: int) -> None:
        happened.append("sync")
        sync(handle)

    def watched_rename(self: Path, target: Path) -> Path:
        happened.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_rename)
    write_whole(tmp_path / "map.csv", b"new")
    assert happened == ["sync", "rename", "sync"]


def test_what_a_killed_process_left_is_cleaned_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f".sco-map-{int(ended.stdout)}-0.tmp"
    mine = tmp_path / f".sco-map-{os.getpid()}-999999.tmp"
    other = tmp_path / ".somebody-else.tmp"
    for file in (left, mine, other):
        file.write_bytes(b"half")
    write_whole(tmp_path / "map.csv", b"new")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([mine.name, other.name, "map.csv"])


def test_git_ignores_temporary_files() -> None:
    names = ["geodata/.sco-map-12-0.tmp", "geodata/.roads.geojson.12.tmp", "static/.sco-map-12-0.tmp"]
    told = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.split() == names
