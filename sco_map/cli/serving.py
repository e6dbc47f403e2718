"""Start the app: in a checkout where it lies, from an installed wheel out of a folder that may be written to."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from sco_map.errors import ScoMapError
from sco_map.files import UnwritableError, write_whole
from sco_map.own import FROM_COMMAND_LINE as OWN_FILES
from sco_map.paths import APP, APP_RUNS_IN, STATIC

SCRIPT = Path("app.py")
SETTINGS = Path(".streamlit", "config.toml")
LOOPBACK = "127.0.0.1"


def serve(port: int | None = None, address: str | None = None, own: dict[str, Any] | None = None) -> int:
    """Run the app until it is stopped; return the exit code of its server.

    `own` says which files of the reader every session begins with, as sco_map/app/own.py reads them. Without a `port`
    it is 8501, or the next free one; without an `address` only this machine is answered. Raises ScoMapError when
    Streamlit is not installed.
    """
    if importlib.util.find_spec("streamlit") is None:
        raise ScoMapError("the app needs streamlit; install this package with its extra `app`, or streamlit itself")
    folder = prepared(APP, APP_RUNS_IN)
    command = [sys.executable, "-m", "streamlit", "run", str(folder / SCRIPT), "--server.address", address or LOOPBACK]
    command += ["--server.port", str(port)] if port else []
    if own is not None:
        os.environ[OWN_FILES] = json.dumps(own)
    if sys.platform == "win32":  # there, a process cannot become another one
        return subprocess.run(command, cwd=folder).returncode
    os.chdir(folder)
    os.execv(sys.executable, command)


def prepared(shipped: Path, runs_in: Path) -> Path:
    """Return the folder to start the app in: `runs_in` with a copy of the script and its settings, and one for pages.

    Where nothing can be written it is `shipped`, as it lies in the package: the app then sends its page with every
    visit instead of serving it as a file.
    """
    if runs_in == shipped:
        return shipped
    try:
        (runs_in / STATIC.name).mkdir(parents=True, exist_ok=True)
        for file in (SCRIPT, SETTINGS):
            (runs_in / file).parent.mkdir(parents=True, exist_ok=True)
            write_whole(runs_in / file, (shipped / file).read_bytes())
    except (OSError, UnwritableError):
        return shipped
    return runs_in
