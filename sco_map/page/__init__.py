"""What a reader sees: one HTML file with map, filters, cards and table; knows the atlas, decides no fact.

A name is imported when it is first asked for: the app needs the looks of a page at once, and what makes one later.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sco_map.page.ground import worldviews
    from sco_map.page.render import View, render_page
    from sco_map.page.simplified import simplified

__all__ = ["View", "render_page", "simplified", "worldviews"]

HOMES = {"View": "render", "render_page": "render", "simplified": "simplified", "worldviews": "ground"}
"""The module of this package that each name comes from."""


def __getattr__(name: str) -> object:
    """Return a name of the package, imported now."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
    return value
