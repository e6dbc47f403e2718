"""The land of every state as the build asks about it: de facto and in full detail."""

from __future__ import annotations

from pathlib import Path

import shapely

from sco_map.catalog import Catalog
from sco_map.layers.inputs.naturalearth import read_shapefile
from sco_map.layers.land import coverage
from sco_map.layers.land.borders import COUNTRIES
from sco_map.layers.land.countries import CountryMap

_maps: dict[Path, tuple[CountryMap, str]] = {}


def country_map(catalog: Catalog) -> tuple[CountryMap, str]:
    """Return the states' land by ISO 3166-1 alpha-3, and in words where its file was found; read once a process.

    Units without a code of their own and of no state (Natural Earth's ADM0_A3) belong to nobody here.
    """
    if catalog.path not in _maps:
        countries, origin = read_shapefile(COUNTRIES, ["ADM0_A3", "ISO_A3_EH"], catalog)
        units = coverage.whole_units(countries, coverage.read_rules(catalog.path))
        parts: dict[str, list[shapely.Geometry]] = {}
        for code, land in zip(units["iso_a3"], units.geometry, strict=True):
            if isinstance(code, str):
                parts.setdefault(code, []).extend(shapely.get_parts(land))
        areas = {code: shapely.MultiPolygon(polygons) for code, polygons in parts.items()}
        _maps[catalog.path] = CountryMap(areas), origin
    return _maps[catalog.path]
