"""A map of the corridors, railways and pipelines of the Shanghai Cooperation Organisation's region.

>>> import sco_map
>>> atlas = sco_map.load()
>>> uzbekistan = atlas.select(country="UZB", status="operating")
>>> uzbekistan.rows                             # a GeoDataFrame (WGS 84)
>>> uzbekistan.summary(by="kind")               # a DataFrame
>>> uzbekistan.to_html("uzbekistan.html")       # the map as one file

Importing this costs nothing heavy: what needs pandas is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sco_map.errors import ScoMapError
from sco_map.version import VERSION

if TYPE_CHECKING:
    from sco_map.library import Atlas, Extract, compare, cut, describe, load, promises, route
    from sco_map.model.selection import Selection, SelectionError
    from sco_map.page import View, render_page

__version__ = VERSION

__all__ = [
    "Atlas",
    "Extract",
    "ScoMapError",
    "Selection",
    "SelectionError",
    "View",
    "__version__",
    "compare",
    "cut",
    "describe",
    "load",
    "promises",
    "render_page",
    "route",
]

HOMES = {
    "Atlas": "sco_map.library",
    "Extract": "sco_map.library",
    "Selection": "sco_map.model.selection",
    "SelectionError": "sco_map.model.selection",
    "View": "sco_map.page",
    "compare": "sco_map.library",
    "cut": "sco_map.library",
    "describe": "sco_map.library",
    "load": "sco_map.library",
    "promises": "sco_map.library",
    "render_page": "sco_map.page",
    "route": "sco_map.library",
}
"""The module that each name comes from when it is first asked for."""


def __getattr__(name: str) -> object:
    """Return a name of the library, imported now."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """Return the names of the library, imported or not."""
    return sorted({*globals(), *__all__})
