"""The checksums of a folder of files: written beside them, and held against what is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from sco_map.export.contents import ExportError
from sco_map.files import UnreadableError, read_bytes, shown

CHECKSUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([^/\\]+)")


def checksum_lines(contents: Mapping[str, bytes]) -> bytes:
    """Return the lines of a file of checksums, as sha256sum writes them, sorted by name."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    return "".join(lines).encode()


def listed_files(folder: Path) -> dict[str, str]:
    """Return name and checksum of each file that the checksums in a folder list.

    Raises ExportError when there are none, or when a line of them cannot be read.
    """
    try:
        lines = read_bytes(folder / CHECKSUMS).decode(errors="replace").splitlines()
    except UnreadableError as error:
        raise ExportError(f"{shown(folder / CHECKSUMS)}: {error}; a release has this list of its files") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        parts = LINE.fullmatch(line)
        if parts is None or parts[2] in (".", ".."):
            place = f"{shown(folder / CHECKSUMS)}, line {number}"
            raise ExportError(f"{place}: expected a SHA-256, two spaces and the name of a file in the same folder")
        found[parts[2]] = parts[1]
    return found


def faults_in(folder: Path) -> list[str]:
    """Return in sentences which files of a folder are missing, are not what the checksums say, or are not listed."""
    listed = listed_files(folder)
    faults = []
    for name, wanted in listed.items():
        try:
            found = hashlib.sha256(read_bytes(folder / name)).hexdigest()
        except UnreadableError as error:
            faults.append(f"{name}: {error}")
            continue
        if found != wanted:
            faults.append(f"{name} was changed: its SHA-256 is {found}, not {wanted}")
    there = {path.name for path in folder.iterdir()} - {CHECKSUMS}
    faults += [f"{name} is not part of the release" for name in sorted(there - set(listed))]
    return faults
