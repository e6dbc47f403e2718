"""Read files that are really files, and write files whole or not at all; whatever has a path goes through here."""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
import stat
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sco_map.errors import ScoMapError

LARGEST = 512 * 1024 * 1024
"""More bytes than this are not read: no file of the map comes near, and a sparse one would fill the memory."""

TEMPORARY = re.compile(r"\.sco-map-(\d+)-\d+\.tmp")
FOLDER = "sco-map-work-"
"""How temporary folders begin; behind it stands the process that they belong to."""

FOLDER_OWNER = re.compile(rf"{FOLDER}(\d+)-")
KINDS = {
    stat.S_IFDIR: "is a folder, not a file",
    stat.S_IFIFO: "is a named pipe, not a file",
    stat.S_IFSOCK: "is a socket, not a file",
    stat.S_IFCHR: "is a device, not a file",
    stat.S_IFBLK: "is a device, not a file",
}

numbers = itertools.count()


class UnreadableError(ScoMapError):
    """Say in half a sentence, to be put after the name of a file, why it cannot be read."""


class MissingError(UnreadableError):
    """Say that there is no such file."""


class UnwritableError(ScoMapError):
    """Say which file cannot be written, and why."""


def reason(error: OSError | ValueError | RuntimeError) -> str:
    """Return what the system says is wrong, without path and number; Python calls a loop of links a RuntimeError."""
    if isinstance(error, RuntimeError):
        return os.strerror(errno.ELOOP)
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def shown(path: Path) -> str:
    """Return a path the way a person would name it: relative to the working folder when it lies there."""
    try:
        text = path.absolute().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        text = path.as_posix()
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def kind_of(path: Path) -> int | None:
    """Return what lies at `path`, links followed, as stat.S_IFREG and the like; None where nothing does.

    Raises UnreadableError for a name too long, a loop of links, a folder that may not be looked into.
    """
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from error


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file; raises MissingError or UnreadableError, and waits for no pipe or device."""
    kind = kind_of(path)
    if kind is None:
        raise MissingError("the file is missing")
    if kind != stat.S_IFREG:
        raise UnreadableError(KINDS.get(kind, "is not a regular file"))
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableError(f"holds {size:,} bytes; nothing above {LARGEST:,} bytes is read")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"cannot be read: {reason(error)}") from error


def read_text(path: Path) -> str:
    """Return the text of a regular UTF-8 file without its byte-order mark; raises as `read_bytes` does."""
    return decoded(read_bytes(path))


def decoded(content: bytes) -> str:
    """Return UTF-8 bytes as text without a byte-order mark; raises UnreadableError naming line and byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        at = f"line {line}, byte {error.start}"
        if error.start > 0 and error.reason == "unexpected end of data":
            raise UnreadableError(f"is cut off or damaged at {at}, within a character; restore it") from error
        raise UnreadableError(f"is not UTF-8 text ({at}); save it as UTF-8") from error


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it, not even after a power cut.

    The bytes go into a temporary file in the same folder, which is renamed once they are on the disk. A link is
    followed: the file that it names is replaced, the link stays. Raises UnwritableError; then the old file is whole.
    """
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if mode is not None and not stat.S_ISREG(mode):
            kind = KINDS.get(stat.S_IFMT(mode), "is not a regular file")
            raise UnwritableError(f"{shown(path)} cannot be written: it {kind}")
        sweep(target.parent)
        temporary = target.with_name(f".sco-map-{os.getpid()}-{next(numbers)}.tmp")
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                temporary.chmod(stat.S_IMODE(mode))
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise UnwritableError(f"{shown(path)} cannot be written: {reason(error)}") from error


def sync_folder(folder: Path) -> None:
    """Put the new name of a file on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder; those of living ones stay."""
    for file in folder.glob(".sco-map-*.tmp"):
        owner = TEMPORARY.fullmatch(file.name)
        if owner and not is_alive(int(owner.group(1))):
            with suppress(OSError):
                file.unlink()


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield an empty temporary folder that only this user may look into, and remove it, and what killed ones left."""
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        owner = FOLDER_OWNER.match(left.name)
        if owner and not is_alive(int(owner.group(1))):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def is_alive(process: int) -> bool:
    """Say whether a process with this number runs; where that cannot be asked, every process counts as running."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack an archive into a folder, and nothing beside it where Python can hold it to that (from 3.11.4 on)."""
    archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
    archive.extractall(folder)
