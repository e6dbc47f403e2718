"""What lies under the corridors: land, lakes, cities and names; colours and sizes are the page's."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import babel
import numpy as np
import shapely
from shapely.geometry import mapping

from sco_map.catalog import Catalog
from sco_map.layers.inputs.naturalearth import read_shapefile
from sco_map.layers.land import coverage
from sco_map.layers.land.borders import COUNTRIES, LICENCE, Borders, read_borders
from sco_map.layers.rows.features import Feature, in_languages, titles
from sco_map.model.languages import LANGUAGES

LAKES = "natural_earth_lakes_10m"
CITIES_LICENCE = "cc_by_4_0"
NAMES = "cldr_territories"
SMALLEST_ISLAND = 0.008
"""Square degrees, about 80 km²: smaller islands are not drawn, unless a unit has no larger part."""
SMALLEST_SHARE = 0.04
"""Of its largest part: islands of a unit that consists of small ones are drawn from this share on."""
SMALLEST_HOLE = 0.05
"""Square degrees: smaller islands in lakes are not drawn."""

NE_NAMES = {"en": "NAME", "bn": "NAME_BN", "ru": "NAME_RU", "zh": "NAME_ZH"}
CLDR_LOCALES = {"en": "en", "bn": "bn", "ru": "ru", "zh": "zh_Hans"}


def simple_feature(layer: str, id_: str, geometry: shapely.Geometry, values: Mapping[str, Any]) -> Feature:
    """Return a feature of the basemap, which has only the columns the page needs."""
    shape = shapely.orient_polygons(geometry)
    return {
        "type": "Feature",
        "id": id_,
        "properties": {"id": id_, "layer": layer, **values},
        "geometry": mapping(shape),
    }


def read_table(catalog: Catalog, name: str) -> list[dict[str, str]]:
    """Return the lines of a table of the folder basemap of the catalog."""
    with (Path(catalog.path) / "basemap" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_settings(catalog: Catalog, name: str) -> dict[str, Any]:
    """Return a settings file of the folder basemap of the catalog."""
    return tomllib.loads((Path(catalog.path) / "basemap" / name).read_text(encoding="utf-8"))


def row_names(row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the names of a line of a table by language."""
    return {language: row[f"name_{language}"] or None for language in LANGUAGES}


def unit_names(catalog: Catalog, borders: Borders) -> dict[str, dict[str, Any]]:
    """Return names, label point and rank of every map unit.

    Names: the catalog's (countries.toml, corrected by unit_names.toml), else those of the Common Locale Data
    Repository, else Natural Earth's.
    """
    corrected = read_settings(catalog, "unit_names.toml")
    columns = ["ADM0_A3", "ISO_A2_EH", "LABELRANK", "LABEL_X", "LABEL_Y", *NE_NAMES.values()]
    units, _ = read_shapefile(COUNTRIES, columns, catalog)
    territories = {language: babel.Locale.parse(tag).territories for language, tag in CLDR_LOCALES.items()}
    found: dict[str, dict[str, Any]] = {}
    for unit in units.itertuples():
        iso = borders.iso.get(unit.ADM0_A3)
        names = {}
        for language, column in NE_NAMES.items():
            name = territories[language].get(unit.ISO_A2_EH) or getattr(unit, column)
            names[language] = re.sub(r"\s*[(（].*[)）]$", "", name) if isinstance(name, str) else None
        country = catalog.countries.get(iso or "")
        if country is not None:
            names |= {language: text for language, text in in_languages(country.name).items() if text}
        names |= corrected.get(unit.ADM0_A3, {})
        found[unit.ADM0_A3] = {
            "names": names,
            "point": (round(float(unit.LABEL_X), 3), round(float(unit.LABEL_Y), 3)),
            "rank": int(unit.LABELRANK),
        }
    return found


def without_small_islands(shape: shapely.Geometry, smallest: float = SMALLEST_ISLAND) -> shapely.Geometry:
    """Return a unit without its islands of less than `smallest` square degrees, but never without its main ones."""
    parts = shapely.get_parts(shape)
    sizes = shapely.area(parts)
    kept = parts[sizes >= min(smallest, SMALLEST_SHARE * sizes.max())]
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def build_land(catalog: Catalog) -> list[Feature]:
    """Return all map units as one coverage: an edge of two is a border, any other a coast or the end of the window."""
    borders = read_borders(catalog)
    units = coverage.units_of(borders.drawn)
    names = unit_names(catalog, borders)
    features = []
    for unit, shape in units.items():
        iso = borders.iso[unit]
        values = {
            **titles(names[unit]["names"]),
            "iso_a3": iso,
            "rank": names[unit]["rank"],
            "licence": LICENCE,
        }
        features.append(simple_feature("basemap_land", str(unit).lower(), without_small_islands(shape), values))
    return features


def build_lakes(catalog: Catalog) -> list[Feature]:
    """Return the large lakes, and inland seas as the hole that the land around them leaves."""
    settings = read_settings(catalog, "lakes.toml")
    curated = {row["name"]: row for row in read_table(catalog, "lakes.csv")}
    borders = read_borders(catalog)
    lakes, _ = read_shapefile(LAKES, ["name", "scalerank", "featurecla", "ne_id"], catalog)
    west, south, east, north = borders.rules.window
    frame = shapely.box(west, max(south, -12), min(east, 180), north)
    lakes = lakes[(lakes["scalerank"] <= settings["scale_rank"]) & lakes.intersects(frame)]
    lakes = lakes[
        ~lakes["name"].isin(list(settings["left_out"])) & (shapely.area(lakes.geometry) >= settings["smallest"])
    ]
    rounded = [coverage.rounded(shape) for shape in lakes.geometry]
    shapes = shapely.coverage_simplify(np.array(rounded, dtype=object), settings["tolerance"])
    features = []
    for lake, shape in zip(lakes.itertuples(), shapes, strict=True):
        row = curated.get(lake.name if isinstance(lake.name, str) else "")
        names = row_names(row) if row else {}
        values = {**titles(names), "kind": "lake", "rank": int(lake.scalerank), "licence": LICENCE}
        features.append(simple_feature("basemap_lakes", f"lake_{lake.ne_id}", _without_small_holes(shape), values))
    land = shapely.coverage_union_all(borders.drawn.geometry.to_numpy())
    for name, sea in settings["enclosed"].items():
        values = {**titles(sea["name"]), "kind": "sea", "rank": 0, "licence": LICENCE}
        features.append(simple_feature("basemap_lakes", name, _hole_of(land, sea["inside"]), values))
    return features


def _without_small_holes(shape: shapely.Geometry) -> shapely.Geometry:
    def polygon(part: shapely.Geometry) -> shapely.Geometry:
        return shapely.Polygon(
            part.exterior, [hole for hole in part.interiors if shapely.Polygon(hole).area > SMALLEST_HOLE]
        )

    parts = [polygon(part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _hole_of(land: shapely.Geometry, point: tuple[float, float]) -> shapely.Geometry:
    """Return the water around `point`, without its islands of any size."""
    here = shapely.Point(point)
    for part in shapely.get_parts(land):
        for ring in part.interiors:
            shore = shapely.Polygon(ring)
            if shore.contains(here):
                return shore.difference(land)
    raise ValueError(f"no land encloses {point}")


def build_cities(catalog: Catalog) -> list[Feature]:
    """Return the cities of cities.csv: names, rank (1 is shown first), whether a capital, and the unit each lies in."""
    table = read_table(catalog, "cities.csv")
    points = shapely.points([(float(row["lon"]), float(row["lat"])) for row in table])
    drawn = read_borders(catalog).drawn
    nearest, piece = shapely.STRtree(drawn.geometry.to_numpy()).query_nearest(
        points, max_distance=0.3, all_matches=False
    )
    units = dict(zip(nearest.tolist(), drawn["unit"].to_numpy()[piece], strict=True))
    features = []
    for number, (row, point) in enumerate(zip(table, points, strict=True)):
        values = {
            **titles(row_names(row)),
            "kind": "city",
            "unit": units.get(number),
            "rank": int(row["rank"]),
            "capital": row["capital"] == "yes",
            "population": int(row["population"]) if row["population"] else None,
            "licence": CITIES_LICENCE,
        }
        features.append(simple_feature("basemap_cities", f"city_{row['geonames_id']}", point, values))
    return features


def build_labels(catalog: Catalog) -> list[Feature]:
    """Return the points at which states, seas and large lakes are named, most important first by `rank`."""
    borders = read_borders(catalog)
    names = unit_names(catalog, borders)
    placed = read_settings(catalog, "label_points.toml")
    shown = set(borders.drawn["unit"])
    features = []
    for unit in sorted(shown):
        points = placed["units"].get(unit) or [names[unit]["point"]]
        for count, point in enumerate(points, start=1):
            values = {
                **titles(names[unit]["names"]),
                "kind": "country",
                "iso_a3": borders.iso[unit],
                "unit": unit,
                "rank": placed["ranks"].get(unit, names[unit]["rank"]),
                "licence": LICENCE,
            }
            label = f"label_{unit.lower()}" + (f"_{count}" if count > 1 else "")
            features.append(simple_feature("basemap_labels", label, shapely.Point(point), values))
    for row in read_table(catalog, "seas.csv"):
        longitude = float(row["lon"])
        point = shapely.Point(longitude - 360 if longitude > 180 else longitude, float(row["lat"]))
        values = {
            **titles(row_names(row)),
            "kind": row["kind"],
            "rank": int(row["rank"]),
            "lines": int(row["lines"]),
            "licence": LICENCE,
        }
        features.append(simple_feature("basemap_labels", f"label_{row['id']}", point, values))
    features += _lake_labels(catalog)
    return features


def _lake_labels(catalog: Catalog) -> list[Feature]:
    wanted = {row["name_en"]: row for row in read_table(catalog, "lakes.csv") if row["label"]}
    features = []
    for lake in build_lakes(catalog):
        row = wanted.pop(lake["properties"]["title_en"] or "", None)
        if row is None:
            continue
        shape = shapely.geometry.shape(lake["geometry"])
        centre = shapely.maximum_inscribed_circle(shape).coords[0]
        values = {
            **titles(row_names(row)),
            "kind": "lake",
            "rank": 3 if shape.area > 1.5 else 5 if shape.area > 0.3 else 6,
            "lines": 1,
            "licence": LICENCE,
        }
        label = "label_" + re.sub(r"[^a-z0-9]+", "_", row["name_en"].lower()).strip("_")
        features.append(simple_feature("basemap_labels", label, shapely.Point(np.round(centre, 3)), values))
    return features
