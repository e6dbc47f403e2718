"""Kinds of rows that a rule singles out by name; every other kind is only a word of the vocabulary."""

from __future__ import annotations

AT_SEA = frozenset({"sea", "ferry"})
"""Legs over water count to no country."""

ON_LAND = frozenset({"rail", "road"})
"""Lines that never leave the land: where their drawing cuts across a bay they still run along its shore."""

MAY_LEAVE = AT_SEA | {"fibre"}
"""Lines that may leave the states they join by far: legs over water, and cables that lie on the bed of other seas."""

BORDERS = frozenset({"boundary_line"})
"""Borders run between any two states of the world and are not routes: they have no pieces and no places."""

WATERCOURSES = frozenset({"river"})
"""A river begins at a spring that is not in the gazetteer."""

PIPELINES = frozenset({"gas_pipeline", "oil_pipeline", "power_line", "fibre"})
"""Lines that pass towns at a distance, unlike roads and railways."""

ONE_TRACK = frozenset({"rail", "road"})
"""Kinds of lines of which a second string on the way of the first is the same track, rebuilt or doubled."""

STATIONS = frozenset({"compressor_station", "metering_station", "landfall"})
"""Points that are parts of a pipeline and cannot be older than it."""
