"""The railway network as the build asks for it: found by its content, read once, followed through a line's places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sco_map.catalog import Catalog, Place, Segment
from sco_map.errors import ScoMapError
from sco_map.layers.inputs.packages import find_input
from sco_map.layers.rail.network import Network, read_network, trace
from sco_map.layers.rows.pieces import Piece

SOURCE = "osm_rail_network"


@cache
def _network(path: Path) -> Network:
    return read_network(path)


def rail_network(catalog: Catalog) -> tuple[Network, str]:
    """Return the network and in words where its file was found."""
    source = catalog.sources.get(SOURCE)
    if source is None:
        raise ScoMapError(f"sources.toml has no entry {SOURCE!r}, which says where the railway network comes from")
    file = find_input(source)
    return _network(file.path), f"{SOURCE}: {file.origin}"


def along_rails(network: Network, segment: Segment, places: Mapping[str, Place]) -> list[Piece]:
    """Return the pieces of a line that follows the network through its places; its bridges are drawn straight."""
    stops = [places[stop] for stop in segment.via]
    bridges = [(bridge.start, bridge.end) for bridge in segment.bridges]
    return trace(network, stops, bridges=bridges, segment=segment.id)
