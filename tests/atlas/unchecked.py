"""An atlas of files that nobody looked through, with what no check would let in: the page must bear that as well."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sco_map.atlas import Atlas
from sco_map.atlas.load import raw_table, typed
from sco_map.catalog import Catalog
from sco_map.check.ground import RELIEF, SHAPES
from sco_map.check.reading import read_layer


def load_unchecked(folder: Path, layers: Iterable[str], catalog: Catalog) -> Atlas:
    """Return the atlas of the files of some layers in `folder`, their cells as they are, and of the ground there."""
    files = {name: read_layer(folder / f"{name}.geojson", f"{name}.geojson")[0] for name in layers}
    heads = {name: file.head for name, file in files.items()}
    ground = {file.name: file.read_bytes() for file in folder.iterdir() if file.stem in SHAPES or file.name in RELIEF}
    return Atlas(rows=typed(raw_table(files)), catalog=catalog, folder=folder, heads=heads, ground=ground)
