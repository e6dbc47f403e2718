"""Run steps over partitions in order; what an engine is, and the one that needs nothing: threads of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sco_map.errors import ScoMapError

if TYPE_CHECKING:
    import pandas as pd

THREADS, DASK = "threads", "dask"
ENGINES = (THREADS, DASK)


class EngineError(ScoMapError):
    """Say in one sentence why work cannot be done where it was asked for, and what would help."""


@dataclass(frozen=True)
class Step:
    """A pure function from a partition to a partition, with what all partitions share; both can be pickled.

    Every row of the result must depend on its own row alone, so that no partitioning changes it.
    """

    function: Callable[..., pd.DataFrame]
    shared: tuple[Any, ...] = ()

    def __call__(self, part: pd.DataFrame) -> pd.DataFrame:
        """Return the partition after the step."""
        return self.function(part, *self.shared)


class Engine(Protocol):
    """Where steps are run."""

    def run(self, parts: Sequence[pd.DataFrame], steps: Sequence[Step]) -> Iterator[pd.DataFrame]:
        """Yield the partitions after all steps, in the order in which they were given."""
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...


@dataclass(frozen=True)
class Threads:
    """Threads of this process; one is the plain way, and docs/cluster.md says what more of them bring."""

    workers: int = 1

    def run(self, parts: Sequence[pd.DataFrame], steps: Sequence[Step]) -> Iterator[pd.DataFrame]:
        """Yield the partitions after all steps, a few at a time so that not all wait in memory."""
        workers = self.workers
        if workers == 1:
            yield from (through(part, steps) for part in parts)
            return
        from concurrent.futures import ThreadPoolExecutor  # every command knows the engines, few want several threads

        with ThreadPoolExecutor(workers, thread_name_prefix="sco-map") as pool:
            for first in range(0, len(parts), 8 * workers):
                some = parts[first : first + 8 * workers]
                yield from pool.map(through, some, [steps] * len(some))

    def close(self) -> None:
        """Let go of nothing: the threads end with each run."""


def through(part: pd.DataFrame, steps: Sequence[Step]) -> pd.DataFrame:
    """Return a partition after all steps."""
    for step in steps:
        part = step(part)
    return part


def engine_of(name: str = THREADS, scheduler: str | None = None, workers: int = 1) -> Engine:
    """Return an engine by its name; that of a cluster is connected to its scheduler. Raises EngineError."""
    if name == THREADS:
        if scheduler is not None:
            raise EngineError("a scheduler is for the engine 'dask'; add --engine dask, or leave --scheduler out")
        return Threads(workers)
    if name != DASK:
        raise EngineError(f"unknown engine {name!r}; it is one of {', '.join(ENGINES)}")
    if scheduler is None:
        raise EngineError(
            "the engine 'dask' needs the address of a scheduler, such as --scheduler tcp://127.0.0.1:8786"
        )
    try:
        from sco_map.heavy.cluster import Cluster
    except ModuleNotFoundError as error:
        raise EngineError(
            f"the engine 'dask' needs {error.name}; install the package with its extra: sco-map[cluster]"
        ) from error
    return Cluster.at(scheduler)
