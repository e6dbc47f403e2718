"""Pack what lies under the rows - land, water, boundaries, cities, names of seas, relief - from its layer files."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
import shapely

from sco_map.model.languages import LANGUAGES
from sco_map.page.land import COARSE, FINE, land_units
from sco_map.page.pack import pack_coarse_path, pack_geometry, unpack_path

LAND, LAKES, RIVERS = "basemap_land.geojson", "basemap_lakes.geojson", "basemap_rivers.geojson"
CITIES, LABELS = "basemap_cities.geojson", "basemap_labels.geojson"
DISPUTED, BOUNDARIES = "disputed_areas.geojson", "boundary_lines.geojson"
RELIEF_IMAGE, RELIEF_FRAME = "basemap_relief.webp", "basemap_relief.json"

TOLERANCE = {LAKES: 0.014, RIVERS: 0.014, DISPUTED: 0.0, BOUNDARIES: 0.0, CITIES: 0.0, LABELS: 0.0}
"""Simplification in degrees. Boundaries and disputed areas follow the land exactly and are left as they are."""

CARRIED: dict[str, tuple[str, ...]] = {
    LAND: ("id", "iso_a3", "country"),
    LAKES: (),
    RIVERS: ("rank",),
    CITIES: ("id", "rank", "capital", "use"),
    LABELS: ("kind", "iso_a3", "unit", "rank", "lines"),
    DISPUTED: ("id", "administered_by", "claimed_by", "counts_to"),
    BOUNDARIES: ("class",),
}
"""The columns of each file that the page needs."""

NAMED = frozenset({LAND, RIVERS, CITIES, LABELS, DISPUTED})
"""The files whose names are set on the map."""

NAMED_BY_STATE = "country"
"""The kind of labels that only say where the name of a state goes; the state itself has the name."""

SMALLEST_CITY = 4
"""The rank up to which cities are named on the map; the places of the rows themselves have names anyway."""

LIGHT_TOLERANCE = {LAKES: 0.14, RIVERS: 0.14, DISPUTED: 0.05, BOUNDARIES: 0.05}
"""Simplification of the files that the light page has on the coarse grid, in degrees."""

LIGHT_LAKE, LIGHT_RIVER = 2, 1
LIGHT_POPULATION = 2_000_000
"""What the light page leaves out: lakes and rivers of a higher rank, cities with fewer people that are not capitals."""

PLAIN_BOUNDARY, UNRECOGNIZED = "international", "unrecognized"
PLAIN, DASHED, UNSEEN = "plain", "dashed", "none"
"""How a boundary is drawn."""

WORLDVIEW_CLASS = "class_"

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Json = dict[str, Any]


def carried(file: str, properties: Json) -> Json:
    """Return what the page needs of a feature of `file`: its names by language and the known ones of its columns."""
    record = {key: properties[key] for key in CARRIED[file] if properties.get(key) not in (None, "", [], {})}
    record |= {key: value for key, value in properties.items() if key.startswith(WORLDVIEW_CLASS) and value}
    title = {language: properties.get(f"title_{language}") for language in LANGUAGES if file in NAMED}
    if any(title.values()) and properties.get("kind") != NAMED_BY_STATE:
        record["title"] = {language: text for language, text in title.items() if text}
    return record


def features(content: bytes) -> list[Json]:
    """Return the features of a GeoJSON file that have a geometry."""
    return [entry for entry in orjson.loads(content.removeprefix(BYTE_ORDER_MARK))["features"] if entry["geometry"]]


def pack_features(file: str, content: bytes, *, light: bool = False) -> list[Json]:
    """Return the features of a file with packed geometry and what the page needs of their columns."""
    coarse = light and file in LIGHT_TOLERANCE
    tolerance = (LIGHT_TOLERANCE if coarse else TOLERANCE)[file]
    pack = coarsened if coarse else same
    return [
        {
            **carried(file, entry["properties"]),
            "geometry": pack(pack_geometry(shapely.geometry.shape(entry["geometry"]), tolerance)),
        }
        for entry in features(content)
        if is_drawn(file, entry["properties"]) and (not light or is_great(file, entry["properties"]))
    ]


def worldviews(folder: Path) -> tuple[str, ...]:
    """Return the worldviews that the boundary lines in `folder` carry, sorted; none without that file."""
    if not (folder / BOUNDARIES).exists():
        return ()
    lines = features((folder / BOUNDARIES).read_bytes())
    found = {
        key for line in lines for key, value in line["properties"].items() if key.startswith(WORLDVIEW_CLASS) and value
    }
    return tuple(sorted(key.removeprefix(WORLDVIEW_CLASS) for key in found))


def same(packed: Any) -> Any:
    """Return packed geometry as it is."""
    return packed


def coarsened(packed: Any) -> Any:
    """Return packed geometry with all its paths on the coarse grid."""
    if isinstance(packed, str):
        return pack_coarse_path(unpack_path(packed))
    if isinstance(packed, dict):
        return {form: coarsened(paths) for form, paths in packed.items()}
    return [coarsened(path) for path in packed]


def is_drawn(file: str, properties: Json) -> bool:
    """Say whether the page has a use for a feature: no plain borders, no small towns."""
    if file == BOUNDARIES:
        return is_special(properties)
    return file != CITIES or bool(properties.get("capital")) or properties.get("rank", 0) <= SMALLEST_CITY


def is_great(file: str, properties: Json) -> bool:
    """Say whether a feature is on the light page too."""
    if file == LAKES:
        return (properties.get("rank") or 0) <= LIGHT_LAKE
    if file == RIVERS:
        return (properties.get("rank") or 0) <= LIGHT_RIVER
    if file == CITIES:
        return bool(properties.get("capital")) or (properties.get("population") or 0) >= LIGHT_POPULATION
    return True


def is_special(boundary: Json) -> bool:
    """Say whether a boundary is more than a plain border to anybody; plain ones follow from the land."""
    return boundary.get("class") != PLAIN_BOUNDARY or any(
        key.startswith(WORLDVIEW_CLASS) and value for key, value in boundary.items()
    )


def boundary_look(boundary: Json, worldview: str | None) -> str:
    """Return how a boundary is drawn for a worldview on borders, for nobody in particular without one."""
    seen = (worldview and boundary.get(f"{WORLDVIEW_CLASS}{worldview}")) or boundary["class"]
    return {UNRECOGNIZED: UNSEEN, PLAIN_BOUNDARY: PLAIN}.get(seen, DASHED)


def pack_ground(files: Mapping[str, bytes], *, light: bool = False) -> Json:
    """Return the ground of the map from the content of its `files` by name; one that is missing is left out.

    The files have passed the check. The `light` ground is coarser and has no relief.
    """
    parts = {
        "lakes": LAKES,
        "rivers": RIVERS,
        "cities": CITIES,
        "labels": LABELS,
        "disputed": DISPUTED,
        "boundaries": BOUNDARIES,
    }
    ground: Json = {
        part: pack_features(name, files[name], light=light) for part, name in parts.items() if name in files
    }
    if LAND in files:
        land = [{**entry, "properties": carried(LAND, entry["properties"])} for entry in features(files[LAND])]
        lines = features(files[BOUNDARIES]) if BOUNDARIES in files else []
        special = [line["geometry"] for line in lines if is_special(line["properties"])]
        ground["land"] = land_units(land, special, COARSE if light else FINE)
    if not light and RELIEF_IMAGE in files and RELIEF_FRAME in files:
        frame = orjson.loads(files[RELIEF_FRAME].removeprefix(BYTE_ORDER_MARK))
        image = base64.b64encode(files[RELIEF_IMAGE]).decode("ascii")
        ground["relief"] = {
            "image": f"data:image/webp;base64,{image}",
            "bounds": [*reversed(frame["bounds"][0]), *reversed(frame["bounds"][1])],
        }
    return ground
