"""The letters and the grid in which geometry travels to the page: what packs and what unpacks must agree on them."""

from __future__ import annotations

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PAYLOAD_BITS = 5
"""Bits of a number that a letter carries; one more bit says whether another letter follows."""

DECIMALS = 3
"""Of a degree: the grid is about 110 m."""

COARSE = "."
COARSE_STEP = 10
"""Begins a path on the coarse grid of the light page, and how many steps of the fine grid are one of it."""

TOLERANCE = 0.004
"""Simplification of lines in degrees: under one pixel at the closest zoom but one."""

LIGHT_TOLERANCE = 0.012
"""The same on the light page, which has its lines on the coarse grid."""
