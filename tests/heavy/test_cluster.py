"""A real scheduler and two workers on loopback give the bytes of the run in one process; what goes wrong is said."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dask
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from distributed.cli import dask_scheduler, dask_worker

from sco_map.atlas import Atlas
from sco_map.cli.main import parser
from sco_map.heavy import cluster as engine
from sco_map.heavy.engines import EngineError, Step, Threads, engine_of
from sco_map.heavy.results import WRITERS
from sco_map.heavy.work import locating, match, measure
from sco_map.library import as_library
from sco_map.own.rows import layer_of
from tests import commands
from tests.heavy.cluster import Processes, running
from tests.own import files
from tests.readme import CLUSTER

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DASK_COMMANDS = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """Run a scheduler with two workers for the tests of this file."""
    with running(tmp_path_factory.mktemp("cluster"), workers=2) as found:
        yield found


@pytest.fixture(scope="module")
def two_workers(processes: Processes) -> Iterator[engine.Cluster]:
    """Return a connection to both workers."""
    found = engine_of("dask", processes.address)
    assert isinstance(found, engine.Cluster)
    found.client.wait_for_workers(2, timeout=30)
    yield found
    found.close()


def one_part_each(table: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of a table as partitions of their own."""
    return [table.iloc[at : at + 1] for at in range(len(table))]


def test_a_cluster_measures_to_the_byte_what_one_process_measures(shipped: Atlas, two_workers: engine.Cluster) -> None:
    table: gpd.GeoDataFrame = shipped.rows[["id", "title_en", "geometry"]]
    box = (40.0, 30.0, 90.0, 55.0)
    here, there = (
        measure(table, shipped, engine=one, corridor="middle_corridor", box=box) for one in (Threads(1), two_workers)
    )
    assert len(here.rows) > 200
    for written in WRITERS.values():
        assert written(there) == written(here)
    assert there.repairs == here.repairs


def test_both_workers_work_and_results_come_in_order(two_workers: engine.Cluster) -> None:
    table = pd.DataFrame({"at": np.arange(40), "worker": 0})
    found = list(two_workers.run(one_part_each(table), [Step(whose, (0.02,))]))
    assert [part["at"].iloc[0] for part in found] == list(range(40))
    assert len({part["worker"].iloc[0] for part in found}) == 2


def test_a_cluster_matches_and_locates_what_one_process_does(shipped: Atlas, two_workers: engine.Cluster) -> None:
    ours = shipped.rows[shipped.rows["kind"] == "rail"].head(30)
    lines = ["Name;WKT", *(f"{one.title_en};{one.geometry.wkt}" for one in ours.itertuples())]
    file = files.read_here("\n".join(lines).encode(), "theirs.csv")
    here, there = layer_of(file, shipped), layer_of(file, shipped, locate=locating(two_workers))
    assert there.rows.to_json() == here.rows.to_json()
    found = match(shipped, there, engine=two_workers)
    assert found.to_csv() == match(shipped, here, engine=Threads(1)).to_csv()
    assert found.count("same") > 15


def test_the_command_line_runs_on_the_cluster(
    processes: Processes, two_workers: engine.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lines.csv").write_text('Name,WKT\nMy line,"LINESTRING (64 40, 66 40.5, 67 40)"\n', encoding="utf-8")
    there = ["--engine", "dask", "--scheduler", processes.address]
    for command in (["measure", "lines.csv"], ["match", "lines.csv"]):
        on_cluster, here = commands.run(*command, *there), commands.run(*command)
        assert on_cluster.returncode == 0
        assert (on_cluster.stdout, on_cluster.stderr) == (here.stdout, here.stderr)


def test_an_error_of_a_step_is_not_taken_for_a_lost_cluster(two_workers: engine.Cluster) -> None:
    with pytest.raises(ZeroDivisionError):
        list(two_workers.run(one_part_each(pd.DataFrame({"at": [1]})), [Step(divided)]))


def test_another_version_on_a_worker_is_named(two_workers: engine.Cluster) -> None:
    versions = two_workers.versions()
    assert engine.differing(versions) is None
    worker = next(iter(versions["workers"].values()))
    worker["packages"]["shapely"] = "2.0.1"
    ours = versions["client"]["packages"]["shapely"]
    assert engine.differing(versions) == (
        f"a worker has shapely 2.0.1, this machine {ours}; install lock/cluster.txt and the same sco-map on all of them"
    )
    worker["packages"]["shapely"] = ours
    versions["scheduler"]["packages"]["distributed"] = "2020.1.0"
    assert str(engine.differing(versions)).startswith("the scheduler has distributed 2020.1.0, this machine ")


def test_a_worker_says_that_it_lacks_the_map(two_workers: engine.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "OUR_VERSION", "__import__('no_such_package')")
    with pytest.raises(EngineError, match=r"cannot be used: a worker has sco-map not installed, this machine "):
        two_workers.check()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--engine", "dask"], "--engine dask needs the address of its scheduler: --scheduler tcp://127.0.0.1:8786"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --engine dask; add it, or leave --scheduler out"),
        (["--engine", "dask", "--scheduler", "127.0.0.1:8786"], "'127.0.0.1:8786' is not the address of a scheduler"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:8786", "--workers", "2"], "--workers is for threads"),
    ],
)
def test_flags_that_do_not_fit_are_named(flags: list[str], said: str, tmp_path: Path) -> None:
    path = files.geojson(tmp_path / "lines.geojson")
    found = commands.run("measure", str(path), *flags)
    assert found.returncode in (1, 2)
    assert found.stdout == ""
    assert said in found.stderr


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 1)
    with pytest.raises(EngineError, match=r"^no scheduler answers at tcp://127\.0\.0\.1:9; start one with `dask sched"):
        engine_of("dask", "tcp://127.0.0.1:9")


def test_an_extra_that_is_not_installed_is_named(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['dask_geopandas'] = None\n"
        "from sco_map.__main__ import main\n"
        f"sys.argv = ['sco-map', 'measure', {str(files.geojson(tmp_path / 'a.geojson'))!r},"
        " '--engine', 'dask', '--scheduler', 'tcp://127.0.0.1:9']\n"
        "sys.exit(main())"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 1
    assert found.stderr == (
        "error: the engine 'dask' needs dask_geopandas; install the package with its extra: sco-map[cluster]\n"
    )


def test_threads_import_no_dask() -> None:
    script = (
        "import json, sys; import sco_map, sco_map.heavy.work, sco_map.cli.main\n"
        "from sco_map.heavy.engines import engine_of; engine_of()\n"
        "print(json.dumps([name for name in sys.modules if name.partition('.')[0] in ('dask', 'distributed')]))"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(found.stdout) == []


def test_one_worker_may_die_and_all_that_die_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WORKER_SECONDS", 3)
    with running(tmp_path, workers=0) as processes:
        with pytest.raises(EngineError, match=r"has no workers; start some with `dask worker tcp://127\.0\.0\.1:\d+`$"):
            engine_of("dask", processes.address)
        monkeypatch.setattr(engine, "WORKER_SECONDS", 20)
        for _ in range(3):
            processes.add_worker()
        found = engine_of("dask", processes.address)
        assert isinstance(found, engine.Cluster)
        found.client.wait_for_workers(3, timeout=30)
        parts = one_part_each(pd.DataFrame({"at": np.arange(12), "worker": 0}))
        results = found.run(parts, [Step(whose, (0.2,))])
        first = next(results)
        processes.workers[0].kill()
        assert [part["at"].iloc[0] for part in (first, *results)] == list(range(12))
        with pytest.raises(EngineError, match=r"died several times over one partition, most likely for want of memory"):
            list(found.run(parts[:1], [Step(dying)]))
        monkeypatch.setattr(engine, "WORKER_SECONDS", 3)
        with pytest.raises(EngineError, match=r"^all workers of the cluster at tcp://127\.0\.0\.1:\d+ are gone; start"):
            list(found.run(parts[:1], [Step(whose, (0.2,))]))
        found.close()


def test_a_lost_scheduler_is_said_in_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with running(tmp_path, workers=1) as processes:
        found = engine_of("dask", processes.address)
        assert isinstance(found, engine.Cluster)
        results = found.run(one_part_each(pd.DataFrame({"at": np.arange(40), "worker": 0})), [Step(whose, (0.1,))])
        next(results)
        processes.scheduler.kill()
        with pytest.raises(
            EngineError, match=r"^the cluster at tcp://127\.0\.0\.1:\d+ was lost during the work; look at"
        ):
            list(results)
        found.close()
    assert capfd.readouterr() == ("", "")


def test_an_encrypted_scheduler_needs_certificates(tmp_path: Path) -> None:
    address = "tls://127.0.0.1:1"
    named = ", ".join(engine.CERTIFICATES)
    with pytest.raises(EngineError) as found:
        engine_of("dask", address)
    assert str(found.value) == (
        f"{address} needs certificates; name their files in {named}, or write tcp:// for a scheduler without"
    )
    (tmp_path / "key.pem").write_text("no key", encoding="utf-8")
    for file, fault in (("nowhere.pem", "No such file or directory"), ("key.pem", "no certificate")):
        keys = ("ca-file", "client.cert", "client.key")
        settings = {f"distributed.comm.tls.{one}": str(tmp_path / file) for one in keys}
        with dask.config.set(settings), pytest.raises(EngineError) as found:
            engine_of("dask", address)
        assert str(found.value).startswith(f"the certificates for {address} cannot be read (")
        assert fault in str(found.value) and str(found.value).endswith(f"); correct {named}")


def whose(part: pd.DataFrame, seconds: float) -> pd.DataFrame:
    """Return which process has a partition, after a while."""
    import os
    import time

    time.sleep(seconds if len(part) else 0)
    return part.assign(worker=os.getpid())


def divided(part: pd.DataFrame) -> pd.DataFrame:
    """Fail on any row."""
    return part.assign(at=[1 // 0 for _ in range(len(part))])


def dying(part: pd.DataFrame) -> pd.DataFrame:
    """Let the process die that has a row."""
    import os

    if len(part):
        os._exit(1)
    return part


def test_the_library_has_both_questions(shipped: Atlas, processes: Processes, two_workers: engine.Cluster) -> None:
    whole = as_library(shipped)
    table: gpd.GeoDataFrame = shipped.rows[["id", "geometry"]].head(80)
    there = whole.measure(table, engine="dask", scheduler=processes.address)
    assert there.rows.to_json() == whole.measure(table).rows.to_json()
    assert there.summary() == whole.measure(table).summary()


def test_the_page_on_clusters_names_commands_that_exist() -> None:
    lines = [line for block in SHELL.findall(CLUSTER.read_text(encoding="utf-8")) for line in block.splitlines()]
    ours = [shlex.split(line)[1:] for line in lines if line.startswith("sco-map ")]
    assert any("dask" in line for line in ours)
    for line in ours:
        assert parser().parse_args(line).run
    theirs = [shlex.split(line)[1:] for line in lines if line.startswith("dask ")]
    assert {what for what, *_ in theirs} == {"scheduler", "worker"}
    for what, *flags in theirs:
        known = {option for one in DASK_COMMANDS[what].params for option in (*one.opts, *one.secondary_opts)}
        assert {flag.partition("=")[0] for flag in flags if flag.startswith("--")} <= known
