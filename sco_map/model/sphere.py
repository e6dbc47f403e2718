"""The Earth as a sphere, for the railway network and for margins; lengths that anybody reads come from geodesy."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0
"""Radius of the sphere on which the lengths of the railway network were measured."""

KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
"""Length of a degree of latitude, 111.19 km."""
