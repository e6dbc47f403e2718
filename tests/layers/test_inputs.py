"""An input is known by its bytes: any of three places may bring them, no other version passes."""

from __future__ import annotations

import hashlib
import http.server
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sco_map.errors import ScoMapError
from sco_map.layers.inputs.packages import find_input, sha256_of

BYTES = b"graph=[]\nnodes=[]\n"
SHA256 = hashlib.sha256(BYTES).hexdigest()
MEMBER = "no_such_package/data.py"


@dataclass(frozen=True)
class Source:
    """A source of the register, as far as an input needs it."""

    id: str = "lines"
    download: str | None = None
    file: str | None = MEMBER
    version: str | None = "2.0.0"
    sha256: str | None = SHA256


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a folder from this machine; return the folder and its address."""
    served = tmp_path / "served"
    served.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, directory=str(served), **options)  # type: ignore[arg-type]

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a package no-such-package 2.0.0 that holds data.py; return the path of data.py."""
    root = tmp_path / "site-packages"
    (root / "no_such_package-2.0.0.dist-info").mkdir(parents=True)
    (root / "no_such_package-2.0.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: no_such_package\nVersion: 2.0.0\n"
    )
    path = root / MEMBER
    path.parent.mkdir()
    path.write_bytes(BYTES)
    monkeypatch.syspath_prepend(str(root))
    return path


def test_installed_package_is_used_and_named(package: Path, tmp_path: Path) -> None:
    found = find_input(Source(), cache=tmp_path / "cache")
    assert found.path == package
    assert found.origin == "in package no-such-package 2.0.0"


def test_package_may_be_called_otherwise_than_its_folder(package: Path, tmp_path: Path) -> None:
    assert find_input(Source(file=f"no-such-package:{MEMBER}")).path == package


def test_local_folder_comes_first(package: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "data.py").write_bytes(BYTES)
    found = find_input(Source(), folder=tmp_path / "mine")
    assert found.path == tmp_path / "mine" / "data.py"
    assert str(tmp_path / "mine") in found.origin


def test_environment_names_the_local_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data.py").write_bytes(BYTES)
    monkeypatch.setenv("SCO_MAP_INPUTS", str(tmp_path))
    assert find_input(Source()).path == tmp_path / "data.py"


def test_wrong_bytes_in_the_folder_leave_the_package(package: Path, tmp_path: Path) -> None:
    (tmp_path / "data.py").write_bytes(b"older")
    assert find_input(Source(), folder=tmp_path).path == package


def test_url_is_the_last_resort_and_is_kept(site: tuple[Path, str], tmp_path: Path) -> None:
    served, address = site
    (served / "data.py").write_bytes(BYTES)
    source = Source(download=f"{address}/data.py")
    found = find_input(source, cache=tmp_path / "cache")
    assert found.path.read_bytes() == BYTES
    assert found.origin == f"at {address}/data.py"
    (served / "data.py").unlink()
    assert find_input(source, cache=tmp_path / "cache").path == found.path


def test_url_may_lead_to_an_archive(site: tuple[Path, str], tmp_path: Path) -> None:
    served, address = site
    with zipfile.ZipFile(served / "data.zip", "w") as archive:
        archive.writestr("elsewhere/data.py", BYTES)
    found = find_input(Source(download=f"{address}/data.zip"), cache=tmp_path / "cache")
    assert sha256_of(found.path) == SHA256


def test_archive_without_the_file_is_an_error(site: tuple[Path, str], tmp_path: Path) -> None:
    served, address = site
    with zipfile.ZipFile(served / "data.zip", "w") as archive:
        archive.writestr("other.py", BYTES)
    with pytest.raises(ScoMapError, match=r"not an archive with data\.py inside"):
        find_input(Source(download=f"{address}/data.zip"), cache=tmp_path / "cache")


def test_other_version_names_package_file_expected_and_found(package: Path) -> None:
    package.write_bytes(b"newer")
    with pytest.raises(ScoMapError) as caught:
        find_input(Source())
    message = str(caught.value)
    assert "no-such-package 2.0.0" in message
    assert MEMBER in message
    assert SHA256 in message
    assert hashlib.sha256(b"newer").hexdigest() in message


def test_missing_everywhere_names_every_place(tmp_path: Path, site: tuple[Path, str]) -> None:
    _, address = site
    with pytest.raises(ScoMapError) as caught:
        find_input(Source(download=f"{address}/gone.py"), folder=tmp_path / "mine", cache=tmp_path / "cache")
    message = str(caught.value)
    assert "package no-such-package: it is not installed" in message
    assert f"{tmp_path / 'mine'}: no file" in message
    assert f"{address}/gone.py: it did not answer" in message


def test_wrong_bytes_at_the_url_are_refused(site: tuple[Path, str], tmp_path: Path) -> None:
    served, address = site
    (served / "data.py").write_bytes(b"tampered")
    with pytest.raises(ScoMapError, match="another version of the file"):
        find_input(Source(download=f"{address}/data.py"), cache=tmp_path / "cache")


def test_a_source_that_is_not_an_input_says_what_it_lacks() -> None:
    with pytest.raises(ScoMapError, match="'file' and 'sha256'"):
        find_input(Source(sha256=None))
