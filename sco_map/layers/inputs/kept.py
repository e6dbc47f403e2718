"""Keep in the reader's cache folder what takes long to compute, under a digest of everything it is made of.

A result is taken again only when the code that makes it, the libraries it uses and everything it reads are the same.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar, cast

import shapely

from sco_map.files import UnwritableError, write_whole
from sco_map.paths import cache_folder

Result = TypeVar("Result")

LIBRARIES = ("geopandas", "numpy", "pandas", "pyogrio", "pyproj", "shapely")


def kept(
    name: str, compute: Callable[[], Result], *, code: Path, files: Iterable[Path], values: Iterable[str]
) -> Result:
    """Return what `compute` returns, from the cache where it was computed from the same before.

    `code` is the folder of the modules that compute it; `files` and `values` are what they read. A cache that cannot be
    read or written is left aside.
    """
    folder = cache_folder() / "layers"
    file = folder / f"{name}-{digest_of(code, files, values)}.pickle"
    try:
        return cast(Result, pickle.loads(file.read_bytes()))
    except (OSError, ValueError, EOFError, AttributeError, ImportError, pickle.UnpicklingError):
        result = compute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        older = set(folder.glob(f"{name}-*.pickle")) - {file}
        write_whole(file, pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL))
        for path in older:
            path.unlink(missing_ok=True)
    except (OSError, UnwritableError):
        pass
    return result


def digest_of(code: Path, files: Iterable[Path], values: Iterable[str]) -> str:
    """Return a digest of code, libraries, files and values, in their order."""
    whole = hashlib.sha256(f"geos {shapely.geos_version_string}".encode())
    for text in (*(f"{library} {version(library)}" for library in LIBRARIES), *values):
        whole.update(f"\n{text}".encode())
    for path in (*sorted(code.glob("*.py")), *files):
        whole.update(f"\n{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()[:32]
