"""Where the data folder lies, relative to the package and not to the folder the program was started in."""

from __future__ import annotations

from pathlib import Path

GEODATA = Path(__file__).resolve().parent.parent / "geodata"
CATALOG = GEODATA / "catalog"
