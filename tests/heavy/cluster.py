"""A real scheduler and real workers on loopback, each a process of its own that ends by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser import ROOT

LIFE_SECONDS = 120
"""After which a process ends even if nobody stops it."""

QUIET = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@dataclass
class Processes:
    """A scheduler and its workers."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        """Start a worker with one thread, in an empty folder of its own."""
        place = self.folder / f"worker{len(self.workers)}"
        place.mkdir()
        life = ["--death-timeout", "20", "--lifetime", f"{LIFE_SECONDS}s"]
        plain = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "1GB", "--host", "127.0.0.1"]
        self.workers.append(started("worker", [self.address, *plain, *life], place))


def started(what: str, arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a process of Dask that says what it has to say in a file of its folder."""
    environment = os.environ | QUIET | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    with (folder / f"{what}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", what, *arguments], cwd=folder, env=environment, stdout=log, stderr=log
        )


@contextmanager
def running(folder: Path, workers: int) -> Iterator[Processes]:
    """Run a scheduler with so many workers while they are needed."""
    file = folder / "scheduler.json"
    plain = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    scheduler = started("scheduler", [*plain, "--idle-timeout", f"{LIFE_SECONDS}s"], folder)
    found = Processes("", folder, scheduler)
    try:
        found.address = address_in(file, scheduler)
        for _ in range(workers):
            found.add_worker()
        yield found
    finally:
        for process in (*found.workers, scheduler):
            process.kill()
            process.wait()


def address_in(file: Path, scheduler: subprocess.Popen[bytes]) -> str:
    """Return the address that a scheduler has written into its file."""
    until = time.monotonic() + 30
    while time.monotonic() < until and scheduler.poll() is None:
        try:
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise RuntimeError("the scheduler did not start: " + (file.parent / "scheduler.log").read_text(encoding="utf-8"))
