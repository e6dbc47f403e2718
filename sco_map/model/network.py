"""What counts as a link of the network, and the limits of its answers; the page's script reads them in its contract."""

from __future__ import annotations

RAIL, ROAD, SEA = "rail", "road", "sea"
PORT, DRY_PORT, GAUGE_CHANGE = "port", "dry_port", "gauge_change"

DEFAULT_KINDS = (RAIL, "ferry", SEA)
ROUTABLE = (*DEFAULT_KINDS, ROAD, "gas_pipeline", "oil_pipeline")
"""Kinds of rows whose hops are links; without a choice railways, ferries and sea legs count."""

SHORTEST, BORDERS, GAUGES = "shortest", "borders", "gauges"
AIMS = (SHORTEST, BORDERS, GAUGES)
"""What a way is chosen by: its length, or the fewest borders or breaks of gauge."""

TRACK_SHARE = 0.03
"""Nine tenths of the tracks with a published length of the same scope differ from it by no more than this share."""

SEA_SHARE = 0.05
"""A way at sea is taken to be up to this share longer than its symbol."""

SWING_SHARE = 0.6
"""Nine tenths of a real line lie within this share of the bound that its length sets (sco_map.layers.rail.bound)."""

LEAST_KM = 0.02
"""What is left of a state below this is rounding."""

MOST_ALTERNATIVES = 3
MOST_ROUNDS = 12
MOST_IN_COMMON = 0.75
LONGEST_DETOUR = 2.0
"""An alternative shares no more than three quarters of its length with any better one, and is at most twice as long."""

WAY_OF = "/"
"""What stands between a project and one of its ways: middle_corridor/khorgos_poti."""

LEAST_COMPARED, MOST_COMPARED = 2, 4
"""So many routes stand side by side."""

MOST_ENDS = 60
MOST_BRIDGES = 20
"""Of a cut: so many ends may be chosen, and so many rows are ranked."""

MOST_LEGS = 5
"""In words a row has no more legs than this; a corridor has one for each of its lines."""

LEAST_BEND = 0.12
"""A leg is cut at the place that lies farthest from the chord of its ends, by this share of the chord at least."""

MOST_NAMED = 4
"""So many borders, gauges or other lines are named in a sentence; the values have all."""
