"""The package: what the wheel carries, and that it works in an empty folder of an environment without the checkout.

The wheel is built from the tracked files, by way of the sdist, and installed into an environment of its own. That one
borrows the libraries of the tests, so nothing here needs a network.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import tomllib
import urllib.error
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import Page

import sco_map
from sco_map.files import unpack
from sco_map.paths import cache_folder
from tests.browser import ROOT
from tests.commands import run
from tests.e2e.page import map_frame
from tests.test_repository import requirements_in, tracked_files

ANY_PAGE = re.compile(r"/app/static/[\w-]+\.html$")
WAIT = 60
"""Seconds in which the app has to answer, also on a busy machine."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the sdist built from the tracked files, and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("build")
    for path in tracked_files():
        target = folder / "checkout" / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    hatchling(folder / "checkout", "sdist", folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        unpack(archive, folder / "unpacked")
    (unpacked,) = (folder / "unpacked").iterdir()
    hatchling(unpacked, "wheel", folder)
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


def hatchling(source: Path, target: str, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    finished = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=300)
    assert finished.returncode == 0, finished.stdout + finished.stderr


class Installed:
    """A fresh environment with the wheel in it, an empty folder to work in, and the caches of its own reader."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        venv.create(folder / "environment", with_pip=False)
        self.scripts = folder / "environment" / ("Scripts" if os.name == "nt" else "bin")
        self.folder = folder / "empty folder"
        self.folder.mkdir()
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "SCO_MAP"))
        }
        self.environment |= {"XDG_CACHE_HOME": str(folder / "caches"), "PYTHONDONTWRITEBYTECODE": "1"}
        python = str(self.scripts / "python")
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
        subprocess.run([*pip, str(wheel)], check=True, timeout=300)
        paths = "import sysconfig, json; print(sysconfig.get_paths()['purelib'])"
        self.packages = Path(subprocess.run([python, "-c", paths], capture_output=True, text=True).stdout.strip())
        ours = next(path for path in map(Path, sys.path) if (path / "geopandas").is_dir())
        (self.packages / "libraries_of_the_tests.pth").write_text(f"{ours}\n", encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.scripts / arguments[0], *arguments[1:]],
            cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", timeout=300,
        )  # fmt: skip

    def files(self) -> set[str]:
        return {str(path.relative_to(self.packages)) for path in self.packages.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    environment = Installed(built[1], tmp_path_factory.mktemp("installed"))
    before = environment.files()
    yield environment
    assert environment.files() == before, "something was written into the installed package"


# -- what is in it -----------------------------------------------------------------------------------------------------


def test_the_wheel_carries_everything_that_the_program_reads(built: tuple[Path, Path]) -> None:
    names = {path.relative_to(ROOT).as_posix() for path in tracked_files()}
    expected = {name for name in names if name.startswith("sco_map/")}
    expected |= {f"sco_map/{name}" for name in names if name.startswith("geodata/")}
    expected |= {f"sco_map/app/entrance/{name}" for name in ("app.py", ".streamlit/config.toml")}
    with zipfile.ZipFile(built[1]) as wheel:
        carried = {name for name in wheel.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert carried == expected


def test_the_wheel_requires_what_the_files_of_requirements_name(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_string(wheel.read(name).decode())
    assert metadata["Name"] == "sco-map"
    assert metadata["Version"] == sco_map.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    required: dict[str, set[str]] = {extra: set() for extra in ("", *metadata.get_all("Provides-Extra", []))}
    for requirement in map(Requirement, metadata.get_all("Requires-Dist", [])):
        extra = re.search(r"extra == ['\"](\w+)['\"]", str(requirement.marker or ""))
        required[extra.group(1) if extra else ""].add(canonicalize_name(requirement.name))
    listed = {
        name: {canonicalize_name(requirement.name) for requirement in requirements_in(f"requirements{name}.txt")}
        for name in ("", "-library", "-formats", "-site", "-build", "-cluster", "-dev")
    }
    assert required == {
        "": listed["-library"],
        "app": listed["-formats"] | listed[""],
        "build": listed["-formats"] | listed["-site"] | listed["-build"],
        "cluster": listed["-formats"] | listed["-cluster"],
        "formats": listed["-formats"],
        "site": listed["-formats"] | listed["-site"],
        "dev": set().union(*(listed[name] for name in listed if name != "-library")),
    }


def test_the_wheel_names_its_licences(built: tuple[Path, Path]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(built[1]) as wheel:
        carried = {name.partition(".dist-info/licenses/")[2] for name in wheel.namelist()} - {""}
    assert carried == set(project["license-files"])


# -- that it works -----------------------------------------------------------------------------------------------------


def test_the_command_knows_its_name_and_version(installed: Installed) -> None:
    assert installed.run("sco-map", "--version").stdout == f"sco-map {sco_map.__version__}\n"
    assert installed.run("python", "-m", "sco_map", "--version").stdout == f"sco-map {sco_map.__version__}\n"
    assert installed.run("sco-map", "--help").stdout.startswith("usage: sco-map ")
    assert installed.run("python", "-m", "sco_map", "--help").stdout.startswith("usage: python -m sco_map ")


def test_it_lists_adds_up_and_checks_outside_any_checkout(installed: Installed) -> None:
    listed = installed.run("sco-map", "list", "projects")
    assert listed.returncode == 0, listed.stderr
    assert "cku_railway" in listed.stdout
    added_up = installed.run("sco-map", "stats")
    assert added_up.returncode == 0, added_up.stderr
    assert "km" in added_up.stdout
    checked = installed.run("sco-map", "check")
    assert checked.returncode == 0, checked.stderr
    assert "gas_pipelines.geojson" in checked.stdout
    assert list(installed.folder.iterdir()) == []


def test_it_exports_the_bytes_that_the_checkout_exports(installed: Installed, tmp_path: Path) -> None:
    exported = installed.run("sco-map", "export", "x.html", "--project", "cku_railway")
    assert exported.returncode == 0, exported.stderr
    assert run("export", str(tmp_path / "x.html"), "--project", "cku_railway").returncode == 0
    file = installed.folder / "x.html"
    assert file.read_bytes() == (tmp_path / "x.html").read_bytes()
    file.unlink()


def test_it_says_that_layers_are_built_in_a_checkout(installed: Installed) -> None:
    built = installed.run("sco-map", "build")
    assert built.returncode == 2
    assert built.stderr.startswith("error: the layers are built in a checkout of the repository")


def test_it_serves_the_app_and_writes_only_into_the_caches(installed: Installed, desktop_page: Page) -> None:
    cache = cache_folder(installed.environment, sys.platform) / "app"
    with serving(installed, installed.environment) as address:
        with desktop_page.expect_response(ANY_PAGE) as answer:
            map_frame(desktop_page, address)
        desktop_page.goto("about:blank")
    (page,) = (cache / "static").iterdir()
    assert answer.value.ok
    assert answer.value.url.endswith(f"/app/static/{page.name}")
    assert {path.relative_to(cache).as_posix() for path in cache.rglob("*") if path.suffix in (".py", ".toml")} == {
        "app.py",
        ".streamlit/config.toml",
    }


def test_it_serves_the_app_where_no_cache_can_be_written(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "no_folder").write_text("a file where the folder of the caches would be")
    with serving(installed, installed.environment | {"XDG_CACHE_HOME": str(tmp_path / "no_folder")}) as address:
        assert "<title>" in fetched(address).decode()


@contextmanager
def serving(installed: Installed, environment: dict[str, str]) -> Iterator[str]:
    """Run `sco-map serve` on a free port of this machine; yield its address once it answers, then stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = environment | {"STREAMLIT_SERVER_HEADLESS": "true"}
    command = [str(installed.scripts / "sco-map"), "serve", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=installed.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=WAIT)
    with pytest.raises(urllib.error.URLError):
        fetched(f"http://127.0.0.1:{port}/")


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT
    while True:
        try:
            fetched(address)
            return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, server.stdout and server.stdout.read().decode()
            assert time.monotonic() < deadline, f"no answer within {WAIT} s"
            time.sleep(0.1)


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/sco-map"),
        ("linux", {}, "~/.cache/sco-map"),
        ("darwin", {"XDG_CACHE_HOME": "/caches"}, "~/Library/Caches/sco-map"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/sco-map/cache"),
        ("win32", {}, "~/AppData/Local/sco-map/cache"),
    ],
)
def test_caches_lie_where_the_system_keeps_them(platform: str, environment: dict[str, str], expected: str) -> None:
    assert cache_folder(environment, platform) == Path(expected).expanduser()
