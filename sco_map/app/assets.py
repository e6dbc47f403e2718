"""Scripts and style of the app around the page, read once: a process goes on with those that it began with."""

from __future__ import annotations

import hashlib
from functools import cache

from sco_map.paths import PACKAGE

ASSETS = PACKAGE / "page" / "assets" / "app"


@cache
def asset(name: str) -> str:
    """Return the text of a file of the app, as it was when this process first asked."""
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def version_of(name: str) -> str:
    """Return a short digest of a file of the app: with another one, what is mounted in a browser is replaced."""
    return hashlib.sha256(asset(name).encode()).hexdigest()[:16]
