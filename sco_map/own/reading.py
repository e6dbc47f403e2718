"""Have a reader's file read by a process of its own, and take over what it found; nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sco_map.files import KINDS, UnreadableError, kind_of, reason, work_folder
from sco_map.own.cells import cleaned
from sco_map.own.contents import GEOMETRY, NUMBER
from sco_map.own.errors import OwnDataError
from sco_map.own.limits import LIMITS, Limits
from sco_map.own.tiles import is_large
from sco_map.own.worker import INPUT, JOB, SAID, TABLE, TILES, too_large
from sco_map.paths import PACKAGE

PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "HOME")
"""All that the reading process gets to know of the environment."""

REGULAR = 0o100000
OUT_OF_MEMORY = (-6, -9, -11, 134, 137, 139)
OUT_OF_TIME = (-24, -14, 152)


@dataclass(frozen=True, eq=False)
class OwnFile:
    """A reader's file as it was read: texts by column, and shapes in WGS 84.

    `name` is what it is called, `layer` which of its `layers` was read, where it has several. `frame` has a column of
    texts for each of the file's, `feature` with the number of each feature in the file, and the geometry. `known` says
    which format of others it is in, `notes` what was left out, repaired or not followed. `tiles` are its shapes as an
    archive of tiles (PMTiles), where that was asked for and it is large.
    """

    name: str
    frame: gpd.GeoDataFrame
    format: str
    layer: str | None = None
    layers: tuple[str, ...] = ()
    known: str | None = None
    notes: tuple[str, ...] = ()
    checksum: str = ""
    columns: tuple[str, ...] = field(default=())
    tiles: bytes | None = None

    @cached_property
    def title(self) -> str:
        """What the layer is called on the map."""
        return f"{self.name}: {self.layer}" if self.layer else self.name

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self.frame)


def read_file(
    path: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    mend: bool = True,
    tiles: bool = False,
) -> OwnFile:
    """Return what a file holds; raises OwnDataError with one sentence when it cannot be used.

    `layer` is the layer of a file that has several, or the sheet of a workbook; `crs` the reference system of a file
    that does not say it; `columns` may name "lon", "lat" or "wkt" of a table. Unless `mend`, shapes are left as they
    are, for whoever repairs them in partitions. With `tiles` a large one is cut into them.
    """
    name = cleaned(path.name, 200)
    try:
        kind = kind_of(path)
    except UnreadableError as error:
        raise OwnDataError(f"{name} {error}") from error
    if kind is None:
        raise OwnDataError(f"there is no file {name}")
    if kind != REGULAR:
        raise OwnDataError(f"{name} {KINDS.get(kind, 'is not a regular file')}; add a file")
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise OwnDataError(
            f"{name} has {size / 1e6:,.0f} MB; at most {limits.file_bytes / 1e6:,.0f} MB are read, so split it"
        )
    with work_folder() as folder:
        try:
            shutil.copyfile(path, folder / INPUT)
        except OSError as error:
            raise OwnDataError(f"{name} cannot be read: {reason(error)}") from error
        return read_in(folder, name, layer, crs, columns or {}, limits, mend=mend, tiles=tiles)


def read_content(
    content: bytes,
    name: str,
    *,
    layer: str | None = None,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
    tiles: bool = False,
) -> OwnFile:
    """Return what the content of a file called `name` holds, as `read_file` does."""
    name = cleaned(Path(name).name, 200)
    if len(content) > limits.file_bytes:
        raise OwnDataError(
            f"{name} has {len(content) / 1e6:,.0f} MB; at most {limits.file_bytes / 1e6:,.0f} MB are read"
        )
    with work_folder() as folder:
        (folder / INPUT).write_bytes(content)
        return read_in(folder, name, layer, crs, columns or {}, limits, tiles=tiles)


def read_in(
    folder: Path,
    name: str,
    layer: str | None,
    crs: str | None,
    columns: Mapping[str, str],
    limits: Limits,
    *,
    mend: bool = True,
    tiles: bool = False,
) -> OwnFile:
    """Let a process read the file that lies in a folder, and return what it found."""
    job = {"name": name, "layer": layer, "crs": crs, "columns": dict(columns), "limits": asdict(limits), "mend": mend}
    (folder / JOB).write_text(json.dumps(job), encoding="utf-8")
    with (folder / INPUT).open("rb") as file:
        digest = sha256(file.read()).hexdigest()
    code = run(folder, limits)
    try:
        said = json.loads((folder / SAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise OwnDataError(why_ended(name, code, limits)) from None
    if "error" in said:
        raise OwnDataError(said["error"], flags=said.get("flags", ""))
    frame, named = frame_of(folder / TABLE)
    notes = list(said["notes"])
    cut = None
    if tiles and is_large(frame.geometry.to_numpy()):
        cut = tiles_in(folder, limits)
        if cut is None:
            notes.append(f"{name} could not be cut into tiles in time, so the map is slow with it; split it")
    return OwnFile(
        name=name,
        frame=frame,
        format=said["format"],
        layer=said["layer"],
        layers=tuple(said["layers"]),
        known=said["known"],
        notes=tuple(notes),
        checksum=digest,
        columns=named,
        tiles=cut,
    )


def tiles_in(folder: Path, limits: Limits) -> bytes | None:
    """Let another process cut the table in a folder into tiles, and return them; None where it does not succeed."""
    (folder / SAID).unlink()
    job = {"name": INPUT, "limits": asdict(limits), "tiles": True}
    (folder / JOB).write_text(json.dumps(job), encoding="utf-8")
    code = run(folder, limits)
    try:
        made = json.loads((folder / SAID).read_text(encoding="utf-8")).get("tiles", False)
        return (folder / TILES).read_bytes() if code == 0 and made else None
    except (OSError, ValueError):
        return None


def run(folder: Path, limits: Limits) -> int | None:
    """Run the reading process and return its exit code, None when it took too long."""
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join([str(PACKAGE.parent), *(one for one in sys.path if one)])
    environment |= {"TMPDIR": str(folder), "TEMP": str(folder), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-P", "-m", "sco_map.own.worker", str(folder)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        return process.wait(limits.wall_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(OSError):
            process.kill()
        process.wait()


def why_ended(name: str, code: int | None, limits: Limits) -> str:
    """Return what is said of a file whose reader ended without a word."""
    if code is None or code in OUT_OF_TIME:
        seconds = limits.wall_seconds if code is None else limits.cpu_seconds
        return f"{name} takes more than {seconds} seconds to read; split it, or simplify its lines"
    if code in OUT_OF_MEMORY:
        return f"{too_large(name, limits)}, or save it again if it is damaged"
    return (
        f"{name} is damaged, or holds what its reader does not expect; open it in QGIS and save it again as GeoPackage"
    )


def frame_of(path: Path) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return the table that the reading process wrote, and the names of the file's columns."""
    import pyarrow as pa

    with pa.OSFile(str(path), "rb") as file:
        arrow = pa.ipc.open_file(file).read_all()
    names = tuple(json.loads(arrow.schema.metadata[b"columns"]))
    shapes = shapely.from_wkb(np.array([*arrow.column(GEOMETRY).to_pylist(), None], dtype=object))[:-1]
    cells: dict[str, object] = {NUMBER: arrow.column(NUMBER).to_numpy()}
    for at, column in enumerate(names):
        cells[column_key(column)] = pd.Series(arrow.column(f"c{at}").to_pylist(), dtype=object)
    cells[GEOMETRY] = shapes
    frame = gpd.GeoDataFrame(pd.DataFrame(cells), geometry=GEOMETRY, crs="EPSG:4326")
    return frame, names


def column_key(column: str) -> str:
    """Return how a column of a file is called in its frame, where two names are taken."""
    return f"{column}_" if column in (NUMBER, GEOMETRY) else column
