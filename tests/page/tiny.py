"""Pages of hand-made rows, with the looks of the shipped catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sco_map.atlas import Atlas, load_atlas
from sco_map.paths import CATALOG
from tests.atlas import tiny
from tests.atlas.unchecked import load_unchecked

Json = dict[str, Any]


def atlas(folder: Path) -> Atlas:
    """Return the tiny atlas."""
    return load_atlas(tiny.write(folder), strict=True, catalog=replace(tiny.catalog(), path=CATALOG))


def unchecked(folder: Path, features: dict[str, list[Json]]) -> Atlas:
    """Return an atlas of `features` that nobody looked through: with what no catalog would let in."""
    tiny.write(folder, features)
    return load_unchecked(folder, features, replace(tiny.catalog(), path=CATALOG))
