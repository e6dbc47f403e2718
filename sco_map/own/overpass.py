"""Read what the Overpass API answers: ways, nodes and relations with their tags; runs in the reading process."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sco_map.own.errors import OwnDataError
from sco_map.own.limits import Limits
from sco_map.own.shapes import Shapes
from sco_map.own.tables import Table, check_count, text_of

IDENTITY = ("@type", "@id", "@kind", "@status")
"""Columns besides the tags: what an element is, its number, what it carries and how far it is, for its tags say these
in several ways."""

KINDS = ("substance", "railway", "highway", "waterway", "man_made", "power")
STATUSES = ("railway", "highway", "man_made", "status")
"""Tags that say what an element is, and how far it is, in the order in which they count."""

Json = dict[str, Any]


def is_overpass(head: bytes) -> bool:
    """Tell by the beginning of a JSON file whether Overpass wrote it."""
    return (
        b'"FeatureCollection"' not in head and b'"elements"' in head and (b'"osm3s"' in head or b'"generator"' in head)
    )


def read_overpass(path: Path, name: str, limits: Limits) -> Table:
    """Return the elements that have tags, as features with a column for each tag."""
    try:
        answer = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise OwnDataError(
            f"{name} is not whole JSON ({type(error).__name__}); ask Overpass again with [out:json]"
        ) from error
    elements = answer.get("elements") if isinstance(answer, dict) else None
    if not isinstance(elements, list):
        raise OwnDataError(f"{name} has no list of elements; ask Overpass with [out:json] and `out geom;`")
    known = [one for one in elements if isinstance(one, dict)]
    nodes = {one.get("id"): one for one in known if one.get("type") == "node"}
    ways = {one.get("id"): one for one in known if one.get("type") == "way"}
    tagged = [(number, one) for number, one in enumerate(known, 1) if isinstance(one.get("tags"), dict) and one["tags"]]
    check_count(name, len(tagged), limits)
    if not tagged:
        raise OwnDataError(f"{name} has no element with tags; ask Overpass with `out geom;` or `out body;`")
    shapes: Shapes = np.array([shape_of(one, nodes, ways) for _, one in tagged] + [None], dtype=object)[:-1]
    used = Counter(str(tag) for _, one in tagged for tag in one["tags"])
    tags = [tag for tag, _ in used.most_common(limits.columns - len(IDENTITY))]
    columns = {
        "@type": [text_of(one.get("type")) for _, one in tagged],
        "@id": [text_of(one.get("id")) for _, one in tagged],
        "@kind": [first_tag(one, KINDS) for _, one in tagged],
        "@status": [first_tag(one, STATUSES) for _, one in tagged],
    }
    columns |= {tag: [text_of(one["tags"].get(tag)) for _, one in tagged] for tag in tags}
    table = Table(columns, [number for number, _ in tagged], shapes, "EPSG:4326")
    if len(used) > len(tags):
        table.notes.append(f"{name} has {len(used):,} tags; the {len(tags)} that are used most were read")
    return table


def first_tag(element: Json, names: Sequence[str]) -> str | None:
    """Return the value of the first of these tags that an element has."""
    tags = element["tags"]
    return next((text_of(tags[name]) for name in names if tags.get(name)), None)


def shape_of(element: Json, nodes: Mapping[Any, Json], ways: Mapping[Any, Json]) -> shapely.Geometry | None:
    """Return the geometry of an element: its own, or that of the nodes and ways that it names."""
    if element.get("type") == "node":
        at = position(element)
        return None if at is None else shapely.Point(at)
    if element.get("type") == "way":
        return line_of(element, nodes)
    members = [one for one in element.get("members") or () if isinstance(one, dict) and one.get("type") == "way"]
    lines = [
        line
        for one in members
        if (line := line_of(one if one.get("geometry") else ways.get(one.get("ref"), {}), nodes))
    ]
    return shapely.MultiLineString(lines) if lines else None


def line_of(way: Json, nodes: Mapping[Any, Json]) -> shapely.LineString | None:
    """Return the line of a way, None where fewer than two of its positions are known."""
    given = way.get("geometry") or [
        nodes.get(id_) for id_ in way.get("nodes") or () if not isinstance(id_, list | dict)
    ]
    positions = [at for one in given if (at := position(one)) is not None]
    return shapely.LineString(positions) if len(positions) > 1 else None


def position(place: Any) -> tuple[float, float] | None:
    """Return longitude and latitude of a node, None where it has none."""
    if not isinstance(place, dict):
        return None
    lon, lat = place.get("lon"), place.get("lat")
    if isinstance(lon, int | float) and isinstance(lat, int | float) and abs(lon) < 1e9 and abs(lat) < 1e9:
        return float(lon), float(lat)
    return None
