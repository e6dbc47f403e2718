"""Pages of hand-made rows, with the looks of the shipped catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sco_map.atlas import Atlas, load_atlas
from sco_map.atlas.load import raw_table, typed
from sco_map.check.reading import read_layer
from sco_map.paths import CATALOG
from tests.atlas import tiny

Json = dict[str, Any]


def atlas(folder: Path) -> Atlas:
    """Return the tiny atlas."""
    return load_atlas(tiny.write(folder), strict=True, catalog=replace(tiny.catalog(), path=CATALOG))


def unchecked(folder: Path, features: dict[str, list[Json]]) -> Atlas:
    """Return an atlas of `features` that nobody looked through: with what no catalog would let in."""
    tiny.write(folder, features)
    files = {name: read_layer(folder / f"{name}.geojson", f"{name}.geojson")[0] for name in features}
    return Atlas(rows=typed(raw_table(files)), catalog=replace(tiny.catalog(), path=CATALOG), folder=folder)
