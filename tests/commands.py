"""Run commands in the process of the tests, on the shipped data that are loaded once for all of them."""

from __future__ import annotations

import importlib
import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sco_map.atlas import Atlas, load_atlas
from sco_map.cli import main
from sco_map.paths import GEODATA

cli = importlib.import_module("sco_map.cli.main")  # sco_map.cli.main is the function, not the module


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    returncode: int | str | None
    stdout: str
    stderr: str


@cache
def shipped_atlas() -> Atlas:
    """Load the shipped layers for all commands of this process."""
    return load_atlas(GEODATA, strict=True)


def run(*arguments: str, geodata: Path | None = None) -> Finished:
    """Run a command in this process, on the shipped layers, loaded once, or on those in the folder `geodata`."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n") for _ in range(2)]
    changed: dict[str, Any] = {"atlas": shipped_atlas, "catalog": lambda: shipped_atlas().catalog}
    if geodata is not None:
        changed = {"GEODATA": geodata}
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]), patch.multiple(cli, **changed):
        try:
            code: int | str | None = main(arguments)
        except SystemExit as stopped:
            code = stopped.code
    texts = []
    for stream in streams:
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return Finished(code, *texts)
