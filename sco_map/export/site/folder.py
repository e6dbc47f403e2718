"""Write a folder of files whole or not at all: first beside its place, then in it; never over somebody else's."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from sco_map.errors import ScoMapError
from sco_map.files import is_alive, numbers, reason, shown, sync_folder

MARK = "sco-map-site.json"
"""The file that says that a folder is ours, and lists what is in it."""

BESIDE = re.compile(r"\.sco-map-site-(\d+)-\d+-(new|old)\.tmp")


Refuse = Callable[[Path, Path], object]
"""Raises an error when a folder holds what we did not write: given where it is, and the name to call it by."""


class FolderError(ScoMapError):
    """Say in one sentence why a folder cannot be written."""


def write_folder(folder: Path, files: Mapping[str, bytes], refuse: Refuse | None = None) -> None:
    """Write `files`, by their path inside, as `folder`, instead of what an earlier run left there.

    `refuse` raises an error where the folder holds something else; without it that is a folder that is no site of ours.

    Raises FolderError when the folder holds anything that no earlier run wrote, when another process writes it, or when
    it cannot be written; then everything is as it was.
    """
    try:
        target = folder.resolve()
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True)
        with locked(target, folder):
            (refuse or refuse_foreign)(target, folder)
            sweep(target.parent)
            fresh = target.with_name(f".sco-map-site-{os.getpid()}-{next(numbers)}-new.tmp")
            try:
                fill(fresh, files)
                put_in_place(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise FolderError(f"{shown(folder)} cannot be written: {reason(error)}") from error


def folder_fault(folder: Path, refuse: Refuse | None = None) -> None:
    """Raise FolderError when a folder is not to be written: all that can be known before anything is made for it.

    That is what it holds, whether another process writes it, and whether something can be written beside it.
    """
    try:
        target = folder.resolve()
        (refuse or refuse_foreign)(target, folder)
        if target.parent.is_dir():
            with locked(target, folder):
                return
        with TemporaryFile(dir=next(above for above in target.parents if above.is_dir())):
            return
    except (OSError, RuntimeError) as error:
        raise FolderError(f"{shown(folder)} cannot be written: {reason(error)}") from error


def refuse_foreign(target: Path, folder: Path) -> None:
    """Raise FolderError when a folder holds anything that no earlier run wrote."""
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise FolderError(f"{shown(folder)} is a file, not a folder; name a folder")
    there = {path.relative_to(target).as_posix() for path in files_below(target)}
    ours = listed(target)
    if there and ours is None:
        raise FolderError(
            f"{shown(folder)} holds {min(there)} and was not made by sco-map site; name an empty folder or a new one"
        )
    if foreign := sorted(there - (ours or set()) - {MARK}):
        raise FolderError(
            f"{shown(folder)} holds {foreign[0]}, which is not part of the site; move it away, or name another folder"
        )


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file under a folder, and every folder that is empty or a link."""
    for path in folder.iterdir():
        if path.is_symlink() or not path.is_dir():
            yield path
        elif any(path.iterdir()):
            yield from files_below(path)
        else:
            yield path


def listed(folder: Path) -> set[str] | None:
    """Return the files that an earlier run wrote, None where none did."""
    try:
        found = json.loads((folder / MARK).read_bytes())
        return {str(name) for name in found["files"]}
    except (OSError, ValueError, LookupError, TypeError):
        return None


def mark_of(files: Mapping[str, bytes], version: str, checksum: str) -> bytes:
    """Return the file that says that a folder is ours."""
    found = {"made_by": "sco-map site", "version": version, "checksum": checksum, "files": sorted(files)}
    return (json.dumps(found, ensure_ascii=False, indent=0) + "\n").encode()


@contextmanager
def locked(target: Path, folder: Path) -> Iterator[None]:
    """Let no other process write the same folder meanwhile; what a process that has gone left behind does not count.

    A lock appears with the number of its process in it, so that one without a living owner can be told from others.
    """
    lock = target.with_name(f".sco-map-site-{target.name}.lock")
    own = lock.with_suffix(f".{os.getpid()}-{next(numbers)}.lock")
    own.write_text(str(os.getpid()), encoding="ascii")
    try:
        while True:
            try:
                lock.hardlink_to(own)
                break
            except FileExistsError:
                if not (text := text_of(lock)):
                    continue
                owner = int(text) if text.isdecimal() else None
                if owner is not None and is_alive(owner):
                    raise FolderError(
                        f"{shown(folder)} is being written by the process {owner}; wait until it has finished"
                    ) from None
                lock.unlink(missing_ok=True)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)
    finally:
        own.unlink(missing_ok=True)


def text_of(lock: Path) -> str:
    """Return what a lock says, nothing where its owner has just removed it: the next one may be that of another."""
    try:
        return lock.read_text(encoding="ascii", errors="replace") or "?"
    except FileNotFoundError:
        return ""


def sweep(parent: Path) -> None:
    """Remove what processes that were killed left beside the folder."""
    for path in parent.glob(".sco-map-site-*.tmp"):
        owner = BESIDE.fullmatch(path.name)
        if owner and not is_alive(int(owner.group(1))):
            shutil.rmtree(path, ignore_errors=True)


def fill(fresh: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a new folder."""
    fresh.mkdir()
    made = {fresh}
    for name, content in files.items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts:
            raise ValueError(f"{name} is not a path inside the folder")
        path = fresh / inside
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(content)


def put_in_place(fresh: Path, target: Path) -> None:
    """Put a new folder in the place of an old one; what was there comes back when that fails."""
    if not target.exists():
        fresh.rename(target)
    else:
        old = target.with_name(f".sco-map-site-{os.getpid()}-{next(numbers)}-old.tmp")
        target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            old.rename(target)
            raise
        with suppress(OSError):
            shutil.rmtree(old)
    sync_folder(target.parent)
