"""Rivers for the map: the catalog's as rows, and with the other large ones as lines of the basemap."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import shapely

from sco_map.catalog import Catalog
from sco_map.layers.inputs.naturalearth import registered
from sco_map.layers.inputs.packages import find_input
from sco_map.layers.land import rivers
from sco_map.layers.land.basemap import read_settings, row_names, simple_feature
from sco_map.layers.land.rivers import Stretch
from sco_map.layers.rows.features import Feature, feature, line_geometry, titles, unique
from sco_map.model.accuracy import row_figures
from sco_map.model.columns import DRAWN
from sco_map.model.geodesy import Point, length_km, rounded

POINTS = "gshhg_rivers"
INDEX = "gshhg_rivers_index"
LICENCE = "lgpl_3_0"
FRAME = (16.0, -2.0, 150.0, 73.0)
TOLERANCE = 0.03
ROW_TOLERANCE = 0.01
"""Degrees, when courses are simplified: for the basemap and for rows."""
MAJOR_SEGMENTS = (900, 2600)
"""How many segments of the river file are great rivers, and how many great or large; it is sorted by importance."""
SHORTEST = 0.4
"""Degrees: shorter nameless pieces are left out."""
BESIDE = 0.06
"""Degrees: a nameless piece this near to a named river is its other bank."""
FILE_KM = 3.0
"""Nine tenths of a river of the file lie within this distance of the real one.

Measured: where rivers are borders, nine tenths lie 0.7 km (Panj) and 2.3 km (Amur) from Natural Earth's borders.
"""


@lru_cache(maxsize=1)
def _segments(points: Path, index: Path) -> list[rivers.Positions]:
    return rivers.read_segments(points, index)


def river_segments(catalog: Catalog) -> list[rivers.Positions]:
    """Return the segments of the river file, the greatest rivers first."""
    return _segments(find_input(registered(POINTS, catalog)).path, find_input(registered(INDEX, catalog)).path)


def river_courses(catalog: Catalog) -> dict[str, list[Stretch]]:
    """Return the course of every river of river_courses.toml in the direction of flow."""
    waters = rivers.waters_in(river_segments(catalog), FRAME)
    return {
        name: rivers.course(
            rivers.with_straight(waters, river.get("straight", ())), [(lon, lat) for lon, lat in river["through"]]
        )
        for name, river in read_settings(catalog, "river_courses.toml").items()
    }


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Return a line with fewer points, none of them moved; it never strays further than `tolerance` degrees."""
    line = shapely.simplify(shapely.LineString([rounded(point) for point in points]), tolerance)
    return [(float(lon), float(lat)) for lon, lat in shapely.get_coordinates(line)]


def build_river_rows(catalog: Catalog) -> list[Feature]:
    """Return the rivers of rivers.csv as rows, each piece along the river file or straight across a gap in it."""
    settings = read_settings(catalog, "river_courses.toml")
    features = []
    for name, stretches in river_courses(catalog).items():
        river = catalog.rivers.get(name)
        if river is None:
            continue
        notes = [note for note in (river.note, settings[name].get("note")) if note]
        parts = [simplified(stretch.points, ROW_TOLERANCE) for stretch in stretches]
        km = [round(length_km(part), 2) for part in parts]
        accuracy = [
            FILE_KM if stretch.drawn else max(FILE_KM, round(length / 4, 1))
            for stretch, length in zip(stretches, km, strict=True)
        ]
        bases = ["survey" if stretch.drawn else "schematic" for stretch in stretches]
        figures = row_figures(km, accuracy, bases)
        published = [{"km": river.length_km, "scope": "all", "source": river.source}] if river.length_km else []
        values = {
            "id": river.id,
            "layer": "water",
            "kind": "river",
            **titles(row_names(river.model_dump())),
            "countries": list(river.countries),
            "length_km": (length := round(sum(length_km(part) for part in parts), 2)),
            "drawn_km": length,
            "length_basis": DRAWN,
            "published_lengths": published,
            "accuracy_km": figures.accuracy_km,
            "accuracy_mean_km": figures.mean_km,
            "accuracy_worst_km": figures.worst_km,
            "accuracy_basis": figures.basis,
            "pieces": [
                {"km": length, "accuracy_km": figure, "basis": basis, "from": None, "to": None}
                for length, figure, basis in zip(km, accuracy, bases, strict=True)
            ],
            "river": river.name_en,
            "string": 1,
            "sources": unique([river.source, POINTS]),
            "as_of": river.as_of,
            "confidence": river.confidence,
            "licence": LICENCE,
            "note": "; ".join(notes) or None,
        }
        features.append(feature(line_geometry(parts), values))
    return features


def build_rivers(catalog: Catalog) -> list[Feature]:
    """Return the named rivers, and the other large ones as two nameless features, greater and lesser."""
    settings = read_settings(catalog, "river_courses.toml")
    lines: dict[str, shapely.Geometry] = {}
    features = []
    for name, stretches in river_courses(catalog).items():
        points = [point for stretch in stretches for point in stretch.points]
        lines[name] = shapely.LineString(simplified(points, TOLERANCE))
        river = catalog.rivers.get(name)
        names = row_names(river.model_dump()) if river else settings[name]["name"]
        values = {**titles(names), "kind": "river", "rank": 1, "row": name if river else None, "licence": LICENCE}
        features.append(simple_feature("basemap_rivers", f"river_{name}", lines[name], values))
    beside = shapely.MultiLineString(list(lines.values())).buffer(BESIDE)
    shapely.prepare(beside)
    start = 0
    for rank, end in enumerate(MAJOR_SEGMENTS, start=2):
        merged = _nameless(river_segments(catalog)[start:end], beside)
        values = {**titles({}), "kind": "river", "rank": rank, "row": None, "licence": LICENCE}
        features.append(simple_feature("basemap_rivers", f"rivers_unnamed_{rank}", merged, values))
        start = end
    return features


def _nameless(segments: Sequence[rivers.Positions], named: shapely.Geometry) -> shapely.Geometry:
    frame = shapely.box(*FRAME)
    kept = []
    for segment in segments:
        line = shapely.simplify(shapely.LineString(segment), TOLERANCE)
        if line.length > SHORTEST and frame.contains(line) and not named.contains(line):
            kept.append(line)
    return shapely.line_merge(shapely.MultiLineString(kept))
