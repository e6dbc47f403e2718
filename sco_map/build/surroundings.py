"""The layers that carry no facts of a project: states, borders and basemap; chooses the module that builds each."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.build.rows import Feature
from sco_map.catalog import Catalog

LAYERS: tuple[str, ...] = ()
RIVERS = "water"


def files(layer: str, catalog: Catalog) -> Iterator[tuple[str, bytes, int, tuple[str, ...]]]:
    """Yield name, content, number of features and origins of inputs of each file of a layer."""
    raise NotImplementedError(layer)


def river_features(catalog: Catalog) -> list[Feature]:
    """Return the named rivers of the catalog as rows."""
    return []
