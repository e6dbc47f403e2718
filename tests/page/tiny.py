"""Pages of hand-made rows, with the looks of the shipped catalog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sco_map.atlas import Atlas, load_atlas
from sco_map.catalog.models import OtherNames
from sco_map.paths import CATALOG
from tests.atlas import tiny
from tests.atlas.unchecked import load_unchecked

Json = dict[str, Any]


def atlas(folder: Path) -> Atlas:
    """Return the tiny atlas."""
    return load_atlas(tiny.write(folder), strict=True, catalog=replace(tiny.catalog(), path=CATALOG))


OTHER_NAMES = {
    one.entry: one
    for one in (
        OtherNames(entry="AAA", names=("Old Aland", "Аландия")),
        OtherNames(entry="silk", names=("Seidenstrasse", "SR")),
        OtherNames(entry="silk_far_east__port", names=("Haven",)),
        OtherNames(entry="place:alpha", names=("Alphaville", "Чиальфа")),
    )
}
"""What else readers call some of them."""


def unchecked(folder: Path, features: dict[str, list[Json]]) -> Atlas:
    """Return an atlas of `features` that nobody looked through: with what no catalog would let in."""
    tiny.write(folder, features)
    return load_unchecked(folder, features, replace(tiny.catalog(), path=CATALOG, other_names=OTHER_NAMES))
