"""Read one layer file into properties and geometries; what is wrong is returned as problems naming file and feature."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import shapely

from sco_map.catalog import Problem

HEAD = ("title", "licence", "attribution", "as_of")
WGS84 = re.compile(r"(CRS84h?|EPSG:+(\d*:)?4326|WGS ?84)$", re.IGNORECASE)
FEATURE_ID = re.compile(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"')


@dataclass
class LayerFile:
    """The content of a layer file: `head` beside the features, one entry of `properties` and `geometry` a feature."""

    name: str
    head: dict[str, Any] = field(default_factory=dict)
    properties: list[dict[str, Any]] = field(default_factory=list)
    geometry: np.ndarray[Any, Any] = field(default_factory=lambda: np.empty(0, dtype=object))
    problems: list[Problem] = field(default_factory=list)

    def report(self, text: str, feature: str | None = None) -> None:
        """Remember a problem of this file, or of one `feature` of it."""
        self.problems.append(Problem(self.name, f"feature {feature!r}" if feature else "", text))


def read_layer(path: Path, shown: str) -> tuple[LayerFile, bytes]:
    """Return the content of the GeoJSON file `path`, called `shown` in problems, and its bytes."""
    layer = LayerFile(shown)
    raw, collections = read_collections(path, layer)
    for collection in collections:
        unpack(collection, layer)
    return layer, raw


def file_problems(path: Path) -> list[Problem]:
    """Return what is wrong with the GeoJSON file `path` as a whole, without a look at its features."""
    layer = LayerFile(path.name)
    read_collections(path, layer)
    return layer.problems


def read_collections(path: Path, layer: LayerFile) -> tuple[bytes, list[dict[str, Any]]]:
    """Return the bytes of `path` and the one FeatureCollection in them, or none after reporting why."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        layer.report(f"the file is missing; restore it, or build it with `python -m sco_map build {path.stem}`")
        return b"", []
    except OSError as error:
        layer.report(f"cannot be read: {error.strerror}")
        return b"", []
    return raw, [collection for collection in parse(raw, layer, path.stem) if is_collection(collection, layer)]


def parse(raw: bytes, layer: LayerFile, build_name: str) -> list[Any]:
    """Return the one JSON value in `raw`, or none after reporting where the file breaks off or holds NaN."""
    try:
        return [orjson.loads(raw)]
    except orjson.JSONDecodeError as error:
        text = raw.decode("utf-8", errors="replace")
        if not report_not_finite(text, layer):
            before = FEATURE_ID.findall(text[: error.pos])
            where = f"line {error.lineno}" + (f", in or after feature {before[-1]!r}" if before else "")
            layer.report(
                f"is cut off or damaged at {where} ({error.msg}); restore it, "
                f"or build it anew with `python -m sco_map build {build_name}`"
            )
        return []


def report_not_finite(text: str, layer: LayerFile) -> bool:
    """Report every feature with NaN or Infinity, which JSON does not know; False when that is not what is wrong."""
    try:
        collection = json.loads(text)
    except ValueError:
        return False
    found = False
    for feature in collection.get("features", []) if isinstance(collection, dict) else []:
        for path, value in leaves(feature):
            if isinstance(value, float) and not math.isfinite(value):
                column = "the coordinates hold" if path[:1] == ("geometry",) else f"column {'.'.join(path[1:])} holds"
                layer.report(
                    f"{column} {value}, which is no number; write what is known, or null",
                    feature_id(feature),
                )
                found = True
                break
    return found


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield path and value of everything inside a JSON value that is neither object nor list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def is_collection(collection: Any, layer: LayerFile) -> bool:
    """Say whether this is a FeatureCollection in WGS 84; what else it is gets reported."""
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        layer.report('is not a GeoJSON FeatureCollection; its first member is "type": "FeatureCollection"')
        return False
    crs = collection.get("crs")
    if crs is not None:
        name = crs.get("properties", {}).get("name", "") if isinstance(crs, dict) else crs
        if not WGS84.search(str(name)):
            layer.report(
                f"has the coordinate system {str(name)!r}; "
                "a layer is WGS 84 longitude and latitude and has no member `crs`"
            )
            return False
    return True


def unpack(collection: dict[str, Any], layer: LayerFile) -> None:
    """Take head, properties and geometries out of a FeatureCollection."""
    layer.head = {key: collection.get(key) for key in HEAD}
    texts: list[str | None] = []
    for number, feature in enumerate(collection["features"], start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            layer.report(
                "is not a GeoJSON feature with properties",
                feature_id(feature) or f"number {number}",
            )
            continue
        layer.properties.append(properties)
        geometry = feature.get("geometry")
        texts.append(orjson.dumps(geometry).decode() if geometry else None)
    layer.geometry = shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore")
    for properties, text, geometry in zip(layer.properties, texts, layer.geometry, strict=True):
        if text is not None and geometry is None:
            layer.report("the geometry is not valid GeoJSON", str(properties.get("id")))


def feature_id(feature: Any) -> str | None:
    """Return the id of a feature as far as it has one."""
    if not isinstance(feature, dict):
        return None
    properties = feature.get("properties")
    found = properties.get("id") if isinstance(properties, dict) else None
    return str(found or feature.get("id") or "") or None
