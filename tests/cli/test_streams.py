"""Bad streams, bad arguments and signals: one line on stderr and an exit code, never a traceback."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sco_map.cli import main
from tests.browser import ROOT

PYTHON = sys.executable


def shell(command: str, *, unbuffered: bool = False) -> tuple[int, str]:
    """Return exit code and stderr of a line of shell in which `sco` is the command line."""
    line = f'sco() {{ "{PYTHON}" -m sco_map "$@"; }}\n{command}'
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1" if unbuffered else ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return result.returncode, result.stderr.decode()


@pytest.mark.parametrize("unbuffered", [False, True])
@pytest.mark.parametrize(
    ("command", "code", "expected"),
    [
        ("sco list kinds >/dev/full", 1, "error: the result cannot be printed: No space left on device\n"),
        ("sco list kinds >&-", 1, "error: the result cannot be printed: standard output is closed\n"),
        ("sco --help >/dev/full", 1, "error: the result cannot be printed: No space left on device\n"),
        ("sco --help >&-", 1, "error: the result cannot be printed: standard output is closed\n"),
        ("sco list kinds 2>&- >/dev/full", 1, ""),
        ("sco stats --year soon 2>/dev/full", 2, ""),
    ],
)
def test_a_full_or_closed_stream(command: str, code: int, expected: str, unbuffered: bool) -> None:
    assert shell(command, unbuffered=unbuffered) == (code, expected)


@pytest.mark.parametrize(
    ("command", "code", "expected"),
    [
        ("sco show $'\\xff'", 2, "error: '\\udcff' is not UTF-8 text\n"),
        ("sco export x.html --search $'\\xff'", 2, "error: '\\udcff' is not UTF-8 text\n"),
        ("sco check $'\\xff.geojson'", 2, "error: there is no \\udcff.geojson\n"),
        ("sco check \"$(printf 'a%.0s' {1..300})\"", 1, "File name too long\n"),
    ],
)
def test_arguments_that_nobody_can_type(command: str, code: int, expected: str) -> None:
    found, complaint = shell(command)
    assert found == code
    assert complaint.count("\n") <= 2
    assert "Traceback" not in complaint
    assert complaint.endswith(expected)


def test_a_name_that_just_fits_can_be_exported_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / ("a" * 251 + ".csv")
    assert main(["export", str(target), "--project", "cku_railway"]) == 0
    assert list(tmp_path.iterdir()) == [target]


def test_an_export_goes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert main(["export", str(tmp_path / "link.csv"), "--project", "cku_railway"]) == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text(encoding="utf-8").startswith("\ufeffid,")


def test_a_python_without_the_requirements_says_what_to_do() -> None:
    code = "import sys; sys.modules['pydantic'] = None; from sco_map.cli import main; sys.exit(main(['list', 'kinds']))"
    result = subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("error: pydantic is not installed for ")
    assert "pip install -r requirements.txt" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
    return port


@pytest.fixture
def served(free_port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield `serve` as it runs, killed at the end whatever happens."""
    with (tmp_path / "log").open("wb") as log:
        command = [PYTHON, "-m", "sco_map", "serve", "--port", str(free_port)]
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"}
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def answers(port: int, address: str = "127.0.0.1") -> bool:
    try:
        with urllib.request.urlopen(f"http://{address}:{port}/_stcore/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def until(condition: bool, port: int) -> bool:
    """Wait up to a minute for the server on `port` to answer, or to answer no more."""
    end = time.monotonic() + 60
    while answers(port) != condition and time.monotonic() < end:
        time.sleep(0.2)
    return answers(port) == condition


def own_address() -> str | None:
    """Return an address of this machine that is not the loopback's, None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        try:
            opened.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = opened.getsockname()[0]
    return None if address.startswith("127.") else address


def test_serve_answers_this_machine_only_and_ends_when_asked_to(
    served: subprocess.Popen[bytes], free_port: int
) -> None:
    assert until(True, free_port)
    if (address := own_address()) is not None:
        assert not answers(free_port, address)
    served.send_signal(signal.SIGTERM)
    served.wait(timeout=30)
    assert until(False, free_port)


def test_the_app_is_closed_unless_somebody_opens_it() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["maxUploadSize"] == 1
    assert settings["client"]["showErrorDetails"] == "none"


def test_a_stream_that_is_not_a_file_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    assert main(["list", "countries"]) == 0
    assert "UZB" in written.getvalue()
