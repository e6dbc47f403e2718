"""Layer files: the same features give the same bytes, as RFC 7946 GeoJSON with licence and credits inside."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape

from sco_map.catalog import Catalog, Layer
from sco_map.files import UnwritableError, reason, shown, write_whole
from sco_map.layers.rows.features import Feature, in_languages, unique
from sco_map.model.geodesy import DECIMALS, rounded, unwrapped

Position = Sequence[float]


def plain(coordinates: Any) -> Any:
    """Return coordinates as nested lists of rounded numbers."""
    if coordinates and isinstance(coordinates[0], int | float):
        return list(rounded(coordinates))
    return [plain(part) for part in coordinates]


def crosses_antimeridian(coordinates: Any) -> bool:
    """Tell whether any line or ring leaps over 180 degrees of longitude or runs beyond them."""
    if not coordinates or isinstance(coordinates[0], int | float):
        return bool(coordinates) and abs(coordinates[0]) > 180
    if isinstance(coordinates[0][0], int | float):
        leaps = (abs(b[0] - a[0]) > 180 for a, b in itertools.pairwise(coordinates))
        return any(leaps) or any(abs(point[0]) > 180 for point in coordinates)
    return any(crosses_antimeridian(part) for part in coordinates)


def continuous(coordinates: Any) -> Any:
    """Return coordinates whose lines do not leap: longitudes go beyond 180 degrees instead."""
    if isinstance(coordinates[0], int | float):
        return coordinates
    if isinstance(coordinates[0][0], int | float):
        line: list[tuple[float, float]] = []
        for point in coordinates:
            line.append((unwrapped(point[0], line[-1][0] if line else point[0]), point[1]))
        return line
    return [continuous(part) for part in coordinates]


def split_at_antimeridian(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a geometry cut at 180 degrees where it runs across them, as RFC 7946 asks."""
    if not crosses_antimeridian(geometry["coordinates"]):
        return geometry
    whole = shape({"type": geometry["type"], "coordinates": continuous(geometry["coordinates"])})
    parts: list[shapely.Geometry] = []
    for turn in range(-2, 3):
        west = 360.0 * turn - 180
        cut = shapely.intersection(whole, shapely.box(west, -90, west + 360, 90))
        moved = shapely.transform(cut, lambda points, west=west: points - [west + 180, 0])
        parts += [part for part in shapely.get_parts(moved) if part.length > 0 or whole.length == 0]
    collect = {"Polygon": shapely.MultiPolygon, "LineString": shapely.MultiLineString, "Point": shapely.MultiPoint}
    whole = parts[0] if len(parts) == 1 else collect[parts[0].geom_type](parts)
    return dict(mapping(whole))


def clean(geometry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a geometry as it is written: cut at the antimeridian, rounded, polygons valid and right-handed."""
    if geometry is None:
        return None
    cut = split_at_antimeridian(geometry)
    coordinates = plain(cut["coordinates"])
    if "Polygon" in cut["type"]:
        polygon = shape({"type": cut["type"], "coordinates": coordinates})
        if not polygon.is_valid:
            mended = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
            polygon = shapely.set_precision(mended, 10**-DECIMALS)
        cut = mapping(shapely.orient_polygons(polygon))
        coordinates = plain(cut["coordinates"])
    return {"type": cut["type"], "coordinates": coordinates}


def attribution(licences: Iterable[str], catalog: Catalog) -> str:
    """Return the credits that the licences ask for, in the order of licences.toml."""
    wanted = set(licences)
    credits = (entry.attribution for entry in catalog.licences.values() if entry.id in wanted)
    return "; ".join(unique(credits))


def licences_inside(features: Iterable[Feature], catalog: Catalog) -> set[str]:
    """Return every licence that something in the features is under: those of the rows and of their sources."""
    inside: set[str] = set()
    for feature in features:
        properties = feature["properties"]
        sources = [catalog.sources[id_] for id_ in properties.get("sources") or () if id_ in catalog.sources]
        inside |= {entry for entry in [properties.get("licence"), *(source.licence for source in sources)] if entry}
    return inside


def head(layer: Layer, features: Sequence[Feature], catalog: Catalog) -> dict[str, Any]:
    """Return what a layer file says about itself.

    One row under a share-alike licence puts the file as a whole under that licence.
    """
    inside = licences_inside(features, catalog)
    sharing = [id_ for id_ in inside if id_ in catalog.licences and catalog.licences[id_].share_alike]
    strictest = [id_ for id_ in catalog.licences if id_ in inside]
    licence = sharing[0] if sharing else strictest[-1] if strictest else layer.licence
    return {
        "type": "FeatureCollection",
        "name": layer.id,
        "title": {language: text for language, text in in_languages(layer.title).items() if text},
        "licence": licence,
        "attribution": attribution({licence, *inside}, catalog),
        "as_of": layer.as_of,
    }


def as_json(value: Any) -> str:
    """Return compact JSON in UTF-8 letters; NaN is an error."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def layer_bytes(layer: Layer, features: Iterable[Feature], catalog: Catalog) -> bytes:
    """Return a layer file: the head, then one feature per line, sorted by id."""
    cleaned = [{**feature, "geometry": clean(feature["geometry"])} for feature in features]
    cleaned.sort(key=lambda feature: str(feature["id"]))
    opening = as_json(head(layer, cleaned, catalog))[:-1]
    lines = ",\n".join(as_json(feature) for feature in cleaned)
    return f'{opening},"features":[\n{lines}\n]}}\n'.encode()


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` whole, into a folder that is made when it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(f"{shown(path.parent)} cannot be made: {reason(error)}") from error
    write_whole(path, content)
