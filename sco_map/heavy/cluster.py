"""The engine that hands partitions to a Dask cluster through dask-geopandas; the only module that knows Dask.

Partitions and what they share are sent; a worker opens no file and no address. Results come back in order.
"""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import dask
import dask.dataframe as dd
import dask_geopandas  # noqa: F401 - registers what a partition of shapes is
import pandas as pd
from dask.delayed import delayed
from distributed import Client, Future, KilledWorker, Security
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError

from sco_map.heavy.engines import EngineError, Step
from sco_map.version import VERSION

ADDRESS = re.compile(r"(tcp|tls)://(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+):\d{1,5}")
ENCRYPTED = "tls://"
CERTIFICATES = tuple(f"DASK_DISTRIBUTED__COMM__TLS__{one}" for one in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"))
"""The settings of Dask, as variables of the environment, that name the files of an encrypted connection."""

CONNECT_SECONDS = 10
WORKER_SECONDS = 20
"""How long is waited for the first worker, and for another one once all are gone."""

LOOK_SECONDS = 2
WINDOW = 4
"""Partitions that are under way for each thread of the cluster: enough to keep it busy, few enough for the memory."""

PACKAGES = ("geopandas", "shapely", "pyproj", "numpy", "pandas", "dask", "distributed")
"""What must be of one version everywhere, for the results to be the same bytes."""

OURS = "sco-map"
OUR_VERSION = "__import__('sco_map.version').version.VERSION"
"""What a worker is asked for the version of this package, which it may not have: a checkout is not installed."""

SETTINGS = {
    "dataframe.convert-string": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s",
}
LOST = (FutureCancelledError, asyncio.CancelledError, CommClosedError, OSError, TimeoutError)


@dataclass(frozen=True, eq=False)
class Cluster:
    """A connection to the scheduler of a cluster that has workers of our own versions."""

    client: Client
    address: str

    @classmethod
    def at(cls, address: str) -> Cluster:
        """Return the cluster behind a scheduler; raises EngineError where it cannot be used."""
        if not ADDRESS.fullmatch(address):
            raise EngineError(f"{address!r} is not the address of a scheduler; write it like tcp://127.0.0.1:8786")
        if address.startswith(ENCRYPTED):
            check_certificates(address)
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say is said in one sentence
        with dask.config.set(SETTINGS), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a difference of versions is said in one sentence, below
            try:
                client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
            except (OSError, TimeoutError, ValueError, RuntimeError) as error:
                raise EngineError(
                    f"no scheduler answers at {address}; start one with `dask scheduler`, or correct the address"
                ) from error
        found = cls(client, address)
        try:
            found.check()
        except BaseException:
            client.close()
            raise
        return found

    def check(self) -> None:
        """Raise EngineError where the cluster has no worker, or where any of its machines has other versions."""
        try:
            self.client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except TimeoutError as error:
            raise EngineError(
                f"the scheduler at {self.address} has no workers; start some with `dask worker {self.address}`"
            ) from error
        try:
            versions = self.versions()
        except LOST as error:
            raise self.lost() from error
        if fault := differing(versions):
            raise EngineError(f"the cluster at {self.address} cannot be used: {fault}")

    def versions(self) -> dict[str, Any]:
        """Return what is installed here, on the scheduler and on each worker."""
        found: Any = self.client.get_versions(packages=list(PACKAGES))
        for worker, version in self.client.run(eval, OUR_VERSION, on_error="return").items():
            if worker in found["workers"]:  # else it has come, or gone, between the two questions
                found["workers"][worker]["packages"][OURS] = version if isinstance(version, str) else None
        found["client"]["packages"][OURS] = VERSION
        return {name: found[name] for name in ("client", "scheduler", "workers")}

    def run(self, parts: Sequence[pd.DataFrame], steps: Sequence[Step]) -> Iterator[pd.DataFrame]:
        """Yield the partitions after all steps, in order; at most a few for each thread are under way."""
        with dask.config.set(SETTINGS):
            try:
                shared = [[self.sent(one) for one in step.shared] for step in steps]
                ahead = WINDOW * max(1, sum(self.client.nthreads().values()))
                waiting: list[Future[Any]] = []
                for first in range(0, len(parts), ahead):
                    following = self.begun(parts[first : first + ahead], steps, shared)
                    yield from self.results(waiting)
                    waiting = following
                yield from self.results(waiting)
            except KilledWorker as error:
                raise EngineError(
                    f"workers of the cluster at {self.address} died several times over one partition, most likely "
                    "for want of memory; give each more (--memory-limit), or fewer threads"
                ) from error
            except LOST as error:
                raise self.lost() from error

    def begun(self, parts: Sequence[pd.DataFrame], steps: Sequence[Step], shared: list[list[Any]]) -> list[Future[Any]]:
        """Return the results of some partitions, on which the cluster begins to work."""
        empty = parts[0].iloc[:0]
        table = dd.from_map(as_is, list(parts), meta=empty)
        for step, given in zip(steps, shared, strict=True):
            empty = step(empty)
            table = table.map_partitions(step.function, *given, meta=empty, enforce_metadata=False)
        futures: list[Future[Any]] = self.client.compute(table.to_delayed())
        return futures

    def sent(self, shared: Any) -> Any:
        """Return what all partitions share, sent to every worker once; small things go with the steps."""
        if isinstance(shared, int | float | tuple):
            return shared
        return delayed(self.client.scatter(shared, broadcast=True, hash=False))

    def results(self, futures: list[Future[Any]]) -> Iterator[pd.DataFrame]:
        """Yield what the cluster made of some partitions, as long as it has workers."""
        for future in futures:
            idle = 0
            while not future.done():
                try:
                    future.exception(timeout=LOOK_SECONDS)
                except TimeoutError:
                    idle = 0 if self.client.nthreads() else idle + LOOK_SECONDS
                    if idle >= WORKER_SECONDS:
                        raise EngineError(
                            f"all workers of the cluster at {self.address} are gone; start them again, then try again"
                        ) from None
            yield future.result()

    def lost(self) -> EngineError:
        """Return what is said when the cluster goes away under the work."""
        return EngineError(
            f"the cluster at {self.address} was lost during the work; look at its scheduler, then try again"
        )

    def close(self) -> None:
        """Leave the cluster; its scheduler and workers go on."""
        self.client.close()


def check_certificates(address: str) -> None:
    """Raise EngineError unless the settings of Dask name files that an encrypted connection can be made with."""
    settings = ", ".join(CERTIFICATES)
    try:
        context = Security().get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as error:  # of OpenSSL as well
        raise EngineError(
            f"the certificates for {address} cannot be read ({str(error).rstrip('.')}); correct {settings}"
        ) from error
    if context is None:
        raise EngineError(
            f"{address} needs certificates; name their files in {settings}, or write tcp:// for a scheduler without"
        )


def as_is(part: pd.DataFrame) -> pd.DataFrame:
    """Return a partition as it was sent."""
    return part


def differing(versions: dict[str, Any]) -> str | None:
    """Return in half a sentence what is of another version than here, None where nothing is.

    The scheduler only passes on what the others say: of it, Python, Dask and its messages count.
    """
    ours = versions["client"]["packages"]
    workers = [("a worker", (OURS, *PACKAGES), one) for one in versions["workers"].values()]
    for name, packages, machine in [*workers, ("the scheduler", ("dask", "distributed"), versions["scheduler"])]:
        for package in ("python", *packages):
            mine, theirs = (plain_version(package, one.get(package)) for one in (ours, machine["packages"]))
            if theirs != mine:
                return (
                    f"{name} has {package} {theirs}, this machine {mine}; "
                    "install lock/cluster.txt and the same sco-map on all of them"
                )
    return None


def plain_version(package: str, version: str | None) -> str:
    """Return a version as a person says it: of Python, what decides which packages fit it."""
    if version is None:
        return "not installed"
    return ".".join(version.split(".")[:2]) if package == "python" else version
