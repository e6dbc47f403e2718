"""What the workers of one test run make once and share: files, made by the first worker that needs them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of this run see; a run without workers has it to itself."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the file `name` of this run; the first that asks lets `make` write it, the others wait for it."""
    path = folder_of_the_run(factory) / name
    with FileLock(path.with_name(f"{name}.lock")):
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{name}")
            make(unfinished)
            unfinished.rename(path)
    return path
