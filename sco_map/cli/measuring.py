"""The commands that work through large files of the reader's, on threads or on a cluster; adds no ability."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sco_map.cli.routing import QuestionError
from sco_map.heavy.engines import DASK, ENGINES, engine_of

if TYPE_CHECKING:
    from sco_map.atlas import Atlas
    from sco_map.heavy.engines import Engine
    from sco_map.heavy.work import Measured

MOST_WORKERS = 512
Box = tuple[float, float, float, float]


def add_engine(command: argparse.ArgumentParser) -> None:
    """Let a command do its work elsewhere."""
    command.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="default: threads of this machine")
    command.add_argument("--scheduler", metavar="tcp://HOST:PORT", help="that of a Dask cluster, for --engine dask")
    command.add_argument("--workers", type=worker_count, metavar="N", help="threads; default: 1")


def add_measuring(command: argparse.ArgumentParser) -> None:
    """Give the command `measure` its arguments."""
    command.add_argument("add", nargs="+", metavar="FILE[:LAYER]")
    command.add_argument(
        "--out", type=Path, metavar="OUT.parquet|.geojson|.csv", help="write every row with its figures"
    )
    command.add_argument("--corridor", metavar="ID", help="a project of the map: how far the rows lie from its lines")
    command.add_argument(
        "--bounds", type=bounds, metavar="W,S,E,N", help="clip to this box, in degrees; write =W,S,E,N"
    )
    command.add_argument(
        "--map", action="append", default=[], metavar="OURS=COLUMN", help="which columns are lon and lat, or wkt"
    )
    command.add_argument("--crs", metavar="EPSG:CODE", help="the reference system, where the file does not say it")
    add_engine(command)


def worker_count(text: str) -> int:
    """Return a number of threads."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of threads from 1 to {MOST_WORKERS}")
    return int(text)


def bounds(text: str) -> Box:
    """Return west, south, east and north of a box."""
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        west, south, east, north = 0.0, 0.0, 0.0, 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a box; write west, south, east and north in degrees, such as 55,37,74,46"
        )
    return west, south, east, north


@contextmanager
def engine(options: argparse.Namespace) -> Iterator[Engine]:
    """Lend the engine that a command asks for."""
    if options.engine == DASK and options.workers is not None:
        raise QuestionError("--workers is for threads; a cluster has the workers that were started for it")
    if options.engine != DASK and options.scheduler is not None:
        raise QuestionError("--scheduler is for --engine dask; add it, or leave --scheduler out")
    if options.engine == DASK and options.scheduler is None:
        raise QuestionError("--engine dask needs the address of its scheduler: --scheduler tcp://127.0.0.1:8786")
    found = engine_of(options.engine, options.scheduler, options.workers or 1)
    try:
        yield found
    finally:
        found.close()


def measured(
    options: argparse.Namespace, atlas: Callable[[], Atlas], said: dict[str, str], say: Callable[[str], None]
) -> Measured:
    """Return the files of a command measured, and write them where it says so."""
    from sco_map.heavy.results import ending_of, write_measured
    from sco_map.heavy.work import measure_files

    if options.out is not None:
        ending_of(options.out)
    asked: dict[str, Any] = {"corridor": options.corridor, "box": options.bounds, "said": said, "crs": options.crs}
    with engine(options) as where:
        found, notes = measure_files(atlas(), options.add, engine=where, **asked)
    for note in notes:
        say(f"  {note}")
    if options.out is not None:
        write_measured(found, options.out)
    return found
