"""Open a stranger's zip archive without being harmed: everything is looked at before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sco_map.own.errors import OwnDataError
from sco_map.own.formats import KML, KMZ, SHAPEFILE, WORKBOOK
from sco_map.own.limits import Limits

PARTS = ("shp", "shx", "dbf", "prj", "cpg")
"""The files of a shapefile that are used."""

NESTED = ("zip", "kmz", "gz", "bz2", "xz", "7z", "rar", "tar", "tgz")
SINGLE = ("geojson", "json", "gpkg", "fgb", "kml", "csv", "parquet")
"""What may lie in a .zip in the place of a shapefile, one of them."""

DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, OSError, RuntimeError, ValueError),
)
"""What Python raises for archives that are damaged, or made so that they look it."""

CHUNK = 1 << 20
ENCRYPTED = 0x1
UNIX = 3


@contextmanager
def opened(path: Path, name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Yield an archive that may be unpacked; raises OwnDataError for one that may not."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_members(archive, name, limits)
            yield archive
    except DAMAGED as error:
        raise OwnDataError(f"{name} is not a whole zip archive ({error}); pack it again") from error


def check_members(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Raise OwnDataError for members that are too many, too large, packed too well, nested, or lie outside."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise OwnDataError(f"{name} holds {len(members):,} files; at most {limits.members:,} are unpacked")
    seen: set[str] = set()
    for member in members:
        where = f"{name}, member {clean_name(member.filename)!r}"
        if not member.filename:
            raise OwnDataError(f"{name} has a member without a name; pack it again")
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename or "\x00" in member.filename:
            raise OwnDataError(f"{where} lies outside the archive; pack the files without a path")
        if member.create_system == UNIX and stat.S_ISLNK(member.external_attr >> 16):
            raise OwnDataError(f"{where} is a link to another file; pack the file itself")
        if member.flag_bits & ENCRYPTED:
            raise OwnDataError(f"{where} is encrypted; pack it without a password")
        if path.suffix.lower().lstrip(".") in NESTED:
            raise OwnDataError(f"{where} is an archive inside an archive; unpack it and add what it holds")
        if member.file_size > limits.small_bytes and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise OwnDataError(
                f"{where} grows more than {limits.ratio} times when it is unpacked, as no map does; it is not unpacked"
            )
        if str(path).lower() in seen:
            raise OwnDataError(f"{where} is in it twice; leave one of them out")
        seen.add(str(path).lower())
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_bytes:
        raise OwnDataError(
            f"{name} holds {total / 1e6:,.0f} MB when it is unpacked; at most {limits.unpacked_bytes / 1e6:,.0f} MB are"
        )


def clean_name(text: str) -> str:
    """Return the name of a member short and printable."""
    short = text if len(text) <= 80 else f"{text[:79]}…"
    return "".join(letter if letter.isprintable() else "�" for letter in short)


def unpack(archive: zipfile.ZipFile, member: str, target: Path, name: str, limits: Limits) -> Path:
    """Write one member to `target`, and stop where it holds more than it said."""
    left = min(archive.getinfo(member).file_size, limits.unpacked_bytes)
    with archive.open(member) as packed, target.open("xb") as file:
        while chunk := packed.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise OwnDataError(
                    f"{name}, member {clean_name(member)!r} holds more bytes than the archive says; pack it again"
                )
            file.write(chunk)
    return target


def unpacked(path: Path, format_: str, name: str, folder: Path, limits: Limits) -> tuple[Path, str]:
    """Unpack what an archive holds into a folder; return the file to read and the format that it is in.

    A workbook stays as it is, once its members have been looked at.
    """
    with opened(path, name, limits) as archive:
        names = [member.filename for member in archive.infolist() if not member.is_dir()]
        if format_ == WORKBOOK or (format_ != KMZ and "[Content_Types].xml" in names):
            if format_ != WORKBOOK:
                raise OwnDataError(
                    f"{name} is an Office document by its content; rename it to .xlsx if it is a workbook"
                )
            return path, WORKBOOK
        by_ending = {
            ending: [one for one in names if one.lower().endswith(f".{ending}")] for ending in (*PARTS, *SINGLE)
        }
        if format_ == KMZ:
            found = by_ending["kml"]
            if not found:
                raise OwnDataError(f"{name} holds no .kml file, which is the map in a .kmz")
            first = "doc.kml" if "doc.kml" in found else found[0]
            return unpack(archive, first, folder / "doc.kml", name, limits), KML
        if by_ending["shp"]:
            return shapefile(archive, by_ending, name, folder, limits), SHAPEFILE
        single = [(ending, one) for ending in SINGLE for one in by_ending[ending]]
        if len(single) != 1:
            raise OwnDataError(
                f"{name} holds neither a shapefile nor one single map file, but {listed(names)}; "
                "pack .shp, .shx, .dbf and .prj of one shapefile"
            )
        ending, member = single[0]
        return unpack(archive, member, folder / f"member.{ending}", name, limits), ending


def listed(names: list[str]) -> str:
    """Return the names of members in a sentence, the first few."""
    shown = ", ".join(clean_name(name) for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown or "nothing"


def shapefile(
    archive: zipfile.ZipFile, by_ending: dict[str, list[str]], name: str, folder: Path, limits: Limits
) -> Path:
    """Unpack the parts of the one shapefile in an archive."""
    shapes = by_ending["shp"]
    if len(shapes) > 1:
        raise OwnDataError(
            f"{name} holds {len(shapes)} shapefiles ({listed(shapes)}); pack each into a .zip of its own"
        )
    stem = shapes[0][: -len("shp")]
    missing = []
    for part in PARTS:
        member = next((one for one in by_ending[part] if one[: -len(part)].lower() == stem.lower()), None)
        if member is not None:
            unpack(archive, member, folder / f"shapes.{part}", name, limits)
        elif part in ("shx", "dbf"):
            missing.append(f".{part}")
    if missing:
        raise OwnDataError(f"{name} lacks {' and '.join(missing)} beside {clean_name(shapes[0])}; pack them too")
    return folder / "shapes.shp"
