"""What is said when a reader's file cannot be used; knows no format."""

from __future__ import annotations

from sco_map.errors import ScoMapError


class OwnDataError(ScoMapError):
    """Say in one sentence what was found in a file, where, and what would work."""
