"""Keep the map page as a file that Streamlit serves: whole, up to date, and found again by the next start.

The name of a file says what its page was made from and what it holds, so a page that was cut is known by its name.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from sco_map.errors import ScoMapError
from sco_map.files import UnwritableError, shown, write_whole
from sco_map.paths import PACKAGE

PAGES_KEPT = 6
LIBRARIES = ("folium", "branca", "jinja2")
"""Libraries that write parts of the page."""

CATALOG_FILES = ("toml", "csv", "po", "geojson")
DATA = ("*.geojson", "basemap_relief.*", *(f"catalog/**/*.{kind}" for kind in CATALOG_FILES))
"""The files that the map is made from; whatever else editors and systems leave beside them is not."""

SETTLED_SECONDS = 3.0
"""A file that was changed no longer ago than this may change again without a change of its times."""

Made = TypeVar("Made")

Stamp = tuple[int, int, int, int]
known_digests: dict[Path, tuple[Stamp, str]] = {}


class ChangedError(ScoMapError):
    """Say that the data were replaced while they were read: what was read may be half old and half new."""


@dataclass(frozen=True)
class PageFile:
    """The map page with every row in it: its text, the name of its file, and whether the file can be fetched."""

    html: str
    name: str
    served: bool

    @property
    def inputs(self) -> str:
        """What it was made from, as its name says."""
        return self.name.partition("-")[0]

    @cached_property
    def length(self) -> int:
        """The length of its file in bytes."""
        return len(self.html.encode())

    @cached_property
    def size(self) -> int:
        """The length of the page as a browser counts it, in UTF-16 units."""
        return len(self.html.encode("utf-16-le")) // 2


def unchanged(made: Made, folder: Path, data: str) -> Made:
    """Return what was made from the data of this fingerprint; raises ChangedError when they have changed meanwhile."""
    if fingerprint(folder) != data:
        raise ChangedError(f"{shown(folder)} has changed")
    return made


def fingerprint(folder: Path) -> str:
    """Return a value that changes when the content of any file of the data does."""
    digest = hashlib.sha256()
    for file in data_files(folder):
        with suppress(OSError):  # gone since it was listed
            digest.update(f"{file.relative_to(folder).as_posix()} {digest_of(file)}\n".encode())
    return digest.hexdigest()


def data_files(folder: Path) -> list[Path]:
    """Return the files that the map is made from, hidden ones left out, sorted."""
    found = {file for pattern in DATA for file in folder.glob(pattern)}
    return sorted(file for file in found if not file.name.startswith(".") and file.is_file())


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read again only when its times or its size have changed, or have changed lately."""
    status = file.stat()
    stamp = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
    before = known_digests.get(file)
    if before is not None and before[0] == stamp and time.time() - status.st_ctime > SETTLED_SECONDS:
        return before[1]
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    known_digests[file] = (stamp, found)
    return found


@cache
def code_fingerprint() -> str:
    """Return a value that changes with the code that makes the page, as it was when this process first asked.

    What the process has read of the code it keeps, so a later change does not show in the pages that it makes.
    """
    digest = hashlib.sha256(repr([version(library) for library in LIBRARIES]).encode())
    for file in sorted(PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith("."):
            digest.update(f"{file.relative_to(PACKAGE).as_posix()} {file.stat().st_size}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def inputs_of(data: str) -> str:
    """Return what the name of a page begins with that is made from data with this fingerprint."""
    return hashlib.sha256(f"{code_fingerprint()} {data}".encode()).hexdigest()[:20]


def name_of(inputs: str, content: bytes) -> str:
    """Return the name of the file of a page: what it was made from, and what it holds."""
    return f"{inputs}-{hashlib.sha256(content).hexdigest()[:20]}.html"


def kept_page(folder: Path | None, inputs: str) -> PageFile | None:
    """Return the page that was made from the same, None where there is none that is whole; damaged ones are removed."""
    for file in sorted(folder.glob(f"{inputs}-*.html")) if folder else ():
        with suppress(OSError):
            content = file.read_bytes()
            if name_of(inputs, content) == file.name:
                return PageFile(content.decode(), file.name, served=True)
            file.unlink()
    return None


def whole_page(folder: Path | None, page: PageFile) -> PageFile:
    """Return the page with its file in place, written again when it was removed or cut since."""
    if not page.served or is_whole(folder, page):
        return page
    return keep_page(folder, page.inputs, page.html)


def is_whole(folder: Path | None, page: PageFile) -> bool:
    """Say whether the file of a page is there and as long as its text: a look at the folder, not at the file."""
    try:
        return folder is not None and (folder / page.name).stat().st_size == page.length
    except OSError:
        return False


def keep_page(folder: Path | None, inputs: str, html: str) -> PageFile:
    """Put a page into the folder that is served, and return it; where nothing can be written it is not served."""
    content = html.encode()
    name = name_of(inputs, content)
    if folder is None:
        return PageFile(html, name, served=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    except (OSError, UnwritableError):
        return PageFile(html, name, served=False)
    for file in outdated(folder, name):
        with suppress(OSError):
            file.unlink()
    return PageFile(html, name, served=True)


def outdated(folder: Path, current: str) -> Iterator[Path]:
    """Yield the pages in a folder but for the current one and the newest few others, whatever the clock says."""
    times = {}
    for file in folder.glob("*.html"):
        with suppress(OSError):
            times[file] = file.stat().st_mtime_ns
    others = sorted((file for file in times if file.name != current), key=lambda file: times[file], reverse=True)
    yield from others[PAGES_KEPT - 1 :]
