"""What goes wrong around a command: it is stopped or killed half way, the disk is full, the surroundings are others."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sco_map.files import UnwritableError, work_folder, write_whole
from tests.browser import ROOT

HEARS = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""A command that a shell started in the background ignores Ctrl-C, and so would the tests that it runs."""

TINY = """
import importlib, pathlib, sys, time
from sco_map import __main__ as command
from tests.atlas import tiny
made = tiny.atlas(pathlib.Path(sys.argv.pop(1)))
importlib.import_module("sco_map.cli.main").atlas = lambda *_, **__: made
def wait(*_, **__):
    print("half way", flush=True)
    time.sleep(60)
"""
STOPS_BEFORE_THE_NAME = "import os\nos.fsync = wait\n"
STOPS_IN_THE_LIBRARY = "import pyogrio\npyogrio.write_dataframe = wait\n"
EXPORTS = """
folder = pathlib.Path(sys.argv[1])
for name in ("map.csv", "map.fgb", "map.geojson", "map.parquet", "map.xlsx"):
    sys.argv[1:] = ["export", str(folder / name)]
    if code := command.main():
        sys.exit(code)
sys.exit(0)
"""
RUNS = "sys.exit(command.main())\n"


def started(code: str, data: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start the command line on the tiny atlas, with the system's temporary files in a folder beside its data."""
    data.mkdir(parents=True, exist_ok=True)
    temporary = data.with_name("temporary")
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-c", HEARS + TINY + code + RUNS, str(data), *arguments],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(temporary)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("stops", "name", "sent", "code"),
    [
        (STOPS_BEFORE_THE_NAME, "map.csv", signal.SIGINT, 130),
        (STOPS_IN_THE_LIBRARY, "map.gpkg", signal.SIGTERM, 143),
        (STOPS_IN_THE_LIBRARY, "map.gpkg", signal.SIGKILL, -signal.SIGKILL),
    ],
)
def test_a_command_that_is_stopped_half_way_leaves_the_old_file_and_nothing_else(
    stops: str, name: str, sent: signal.Signals, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "files" / name
    target.parent.mkdir()
    target.write_text("old")
    with started(stops, tmp_path / "data", "export", str(target)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(sent)
        _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) == (code, "")
    assert [path.name for path in target.parent.iterdir()] == [name]
    assert target.read_text() == "old"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    if sent == signal.SIGKILL:
        assert list((tmp_path / "temporary").iterdir())  # nobody can clean up then: the next one does
        with work_folder():
            pass
    assert list((tmp_path / "temporary").iterdir()) == []


def test_control_c_while_the_libraries_are_loaded_is_quiet() -> None:
    code = HEARS + (
        "import os, signal, sys\n"
        "class Interrupts:\n"
        "    @staticmethod\n"
        "    def find_spec(name, *_):\n"
        "        if name == 'sco_map.cli.routing': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupts)\n"
        "from sco_map.__main__ import main\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_locale_hash_seed_and_path_change_no_byte(tmp_path: Path) -> None:
    written = []
    for folder, surroundings in {
        "plain": {"LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "with spaces, ключи 和 地图": {"LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"},
    }.items():
        (tmp_path / folder).mkdir()
        with started(EXPORTS, tmp_path / "data", str(tmp_path / folder), **surroundings) as process:
            _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, ""), complaint
        written.append({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()})
    assert len(written[0]) == 5
    assert [name for name in written[0] if written[0][name] != written[1].get(name)] == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_full_disk_or_a_read_only_folder_is_named_and_the_old_file_stays(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "map.csv"
    target.write_text("old")
    opens = Path.open

    def refuses(path: Path, mode: str = "r", *arguments: object) -> object:
        if mode == "wb":
            opens(path, "wb").close()
            raise OSError(number, os.strerror(number))
        return opens(path, mode)

    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(UnwritableError, match=rf"map\.csv cannot be written: {os.strerror(number)}$"):
        write_whole(target, b"new")
    monkeypatch.undo()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
