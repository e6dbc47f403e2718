"""How rows of a reader's own files are told from those of the map: their group, ids and kinds; knows no file."""

from __future__ import annotations

OWN = "own"
"""The group of layers that a reader adds."""

PREFIX = f"{OWN}_"
"""How the ids of such layers, their rows, sources and licence begin, so that they never collide with ours."""

LICENCE = f"{PREFIX}licence_unknown"
"""The licence of rows that a reader brings along."""

LINE, POINT, AREA = "line", "point", "area"
"""Kinds of rows of which the file does not say what they are."""
