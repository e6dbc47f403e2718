"""Where data and app lie, in a checkout and in an installed wheel, and where may be written; never the current folder.

In a checkout everything lies at the top of the repository. A wheel carries the same files inside the package, which may
be read-only: what is written on the way goes to the reader's cache folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LOCALE = PACKAGE / "locale"
CHECKOUT = None if (PACKAGE / "geodata").is_dir() else PACKAGE.parent
"""The top of the repository; None in an installed wheel."""


def cache_folder(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """Return the folder of this program among the caches of the reader, where the system keeps them; may not exist."""
    known = os.environ if environment is None else environment
    if platform == "win32":
        return Path(known.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "sco-map" / "cache"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "sco-map"
    return Path(known.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sco-map"


GEODATA = (CHECKOUT or PACKAGE) / "geodata"
CATALOG = GEODATA / "catalog"
APP = CHECKOUT or PACKAGE / "app" / "entrance"
"""The folder with Streamlit's entrance (app.py) and its settings (.streamlit)."""

APP_RUNS_IN = CHECKOUT or cache_folder() / "app"
"""The folder that the app is started in: Streamlit serves files only from beside the script it runs."""

STATIC = APP_RUNS_IN / "static"
"""Where the app keeps the pages that Streamlit serves."""
