"""Where data and app lie, relative to the package and not to the folder the program was started in."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LOCALE = PACKAGE / "locale"
GEODATA = PACKAGE.parent / "geodata"
CATALOG = GEODATA / "catalog"
APP = PACKAGE.parent / "app.py"
STATIC = PACKAGE.parent / "static"
