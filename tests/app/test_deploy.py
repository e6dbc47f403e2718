"""The app behind nginx, as docs/deploy.md says: under a path, with websockets, where nothing can be written."""

from __future__ import annotations

import base64
import json
import os
import re
import resource
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import ROOT, end, free_port, wait_until_healthy

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
NGINX_CONF = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
DOCS = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
MISSING = "nginx is not installed, so nobody knows whether deploy/nginx.conf works; Debian: apt install nginx-light"


def nginx() -> str:
    """Return the command, also where it is not on the path of everybody; without it the test says so."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(MISSING)
    return found


def instruction(name: str) -> list[str]:
    """Return the command of an instruction of the Containerfile, to be run by the Python of the tests."""
    (found,) = re.findall(rf"^{name}[^\[\n]*(\[.*\])$", CONTAINERFILE, re.MULTILINE)
    words: list[str] = json.loads(found)
    return [sys.executable if word == "python" else word for word in words]


@dataclass(frozen=True)
class Served:
    """The process of the app, and where it and nginx in front of it answer."""

    process: subprocess.Popen[bytes]
    app: str
    proxy: str
    port: int


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run the command of the Containerfile and nginx with its file, only on other ports; neither may write a file."""
    command = nginx()
    folder = tmp_path_factory.mktemp("deploy")
    app_port, port = free_port(), free_port()
    words = [{"8501": str(app_port), "0.0.0.0": "127.0.0.1"}.get(word, word) for word in instruction("CMD")]
    log = folder / "app.log"
    conf = folder / "nginx.conf"
    listening = f"listen 127.0.0.1:{port}"
    conf.write_text(NGINX_CONF.replace("127.0.0.1:8501", f"127.0.0.1:{app_port}").replace("listen 8080", listening))
    started: list[subprocess.Popen[bytes]] = []
    try:
        with log.open("wb") as output:
            keeper = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=output)
        app = subprocess.Popen(
            words,
            cwd=ROOT,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(folder / "cache")},
            stdin=subprocess.DEVNULL,
            stdout=keeper.stdin,
            stderr=subprocess.STDOUT,
            preexec_fn=write_nothing,
        )
        started += [app, keeper]
        wait_until_healthy(f"http://127.0.0.1:{app_port}/map/_stcore/health", app, log)
        proxy = subprocess.Popen([command, "-p", str(folder), "-c", str(conf), "-g", "daemon off;"])
        started.insert(0, proxy)
        wait_until_healthy(f"http://127.0.0.1:{port}/healthz", proxy, log)
        yield Served(app, f"http://127.0.0.1:{app_port}", f"http://127.0.0.1:{port}", port)
    finally:
        for process in started:
            end(process)
            if process.stdin is not None:
                process.stdin.close()


def write_nothing() -> None:
    """Let a process write no byte into a file, as on a file system that is read-only."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(address: str) -> tuple[int, str, str]:
    """Return status, address in the end and text of what a server answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as found:
            return found.status, found.geturl(), found.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, address, error.read().decode(errors="replace")


def test_nginx_accepts_its_file(tmp_path: Path) -> None:
    finished = subprocess.run(
        [nginx(), "-p", str(tmp_path), "-c", str(DEPLOY / "nginx.conf"), "-t"],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
    )
    assert finished.returncode == 0, finished.stderr
    assert "test is successful" in finished.stderr


def test_the_app_answers_under_its_path_and_nothing_was_written(served: Served) -> None:
    status, address, text = answer(f"{served.proxy}/")
    assert (status, address) == (200, f"{served.proxy}/map/")
    assert "<title>" in text
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', text)
    assert scripts
    for script in scripts:
        status, _, found = answer(f"{served.proxy}/map/{script.removeprefix('./').removeprefix('/map/')}")
        assert status == 200 and found, script
    assert served.process.poll() is None, "the app has ended"


def test_both_health_checks_answer(served: Served) -> None:
    assert answer(f"{served.proxy}/healthz")[::2] == (200, "ok")
    check = instruction("HEALTHCHECK")
    command = [word.replace("127.0.0.1:8501", served.app.removeprefix("http://")) for word in check]
    assert command != check
    assert subprocess.run(command, timeout=60).returncode == 0


def test_a_websocket_is_passed_on(served: Served) -> None:
    key = base64.b64encode(b"sixteen letters!").decode()
    lines = [
        "GET /map/_stcore/stream HTTP/1.1",
        f"Host: 127.0.0.1:{served.port}",
        f"Origin: {served.proxy}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        head = connection.recv(4096).decode(errors="replace")
    assert head.startswith("HTTP/1.1 101 "), head


def test_a_check_says_when_the_app_is_gone(tmp_path: Path) -> None:
    port, nobody = free_port(), free_port()
    conf = tmp_path / "nginx.conf"
    text = NGINX_CONF.replace("127.0.0.1:8501", f"127.0.0.1:{nobody}")
    conf.write_text(text.replace("listen 8080", f"listen 127.0.0.1:{port}"))
    proxy = subprocess.Popen([nginx(), "-p", str(tmp_path), "-c", str(conf), "-g", "daemon off;"])
    try:
        wait_until_listening(port)
        assert answer(f"http://127.0.0.1:{port}/healthz")[0] == 502
    finally:
        end(proxy)


def wait_until_listening(port: int) -> None:
    """Wait up to ten seconds until somebody listens on a port."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on port {port}")


def test_the_container_copies_what_exists_and_installs_with_hashes() -> None:
    copied = [word for line in re.findall(r"^COPY (.+)$", CONTAINERFILE, re.MULTILINE) for word in line.split()[:-1]]
    assert {"app.py", "sco_map", "geodata", ".streamlit", "lock/app.txt"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert "--require-hashes" in CONTAINERFILE
    assert re.search(r"^USER (?!0)\d+", CONTAINERFILE, re.MULTILINE)


def test_the_documentation_names_the_same_path_and_ports() -> None:
    (line,) = re.findall(r"^streamlit run .+$", DOCS, re.MULTILINE)
    told, command = shlex.split(line), instruction("CMD")
    for flag in ("--server.port", "--server.baseUrlPath"):
        assert told[told.index(flag) + 1] == command[command.index(flag) + 1]
    path = command[command.index("--server.baseUrlPath") + 1]
    assert f"location /{path}/ {{" in NGINX_CONF
    assert f"/{path}/_stcore/health" in NGINX_CONF
    assert f"/{path}/_stcore/health" in CONTAINERFILE
