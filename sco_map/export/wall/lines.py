"""The rows that are lines, as the page draws them (web/src/map/looks.ts): widths, casings, dashes, ornaments, doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from sco_map.atlas import Atlas, records_of
from sco_map.export.qgis import colour_of, dash_of, look_of, opacity_of
from sco_map.export.wall.canvas import BUTT, ROUND, Canvas, Pen
from sco_map.export.wall.ground import thin
from sco_map.export.wall.view import MapView
from sco_map.page.pack import in_one_piece
from sco_map.page.styles import Styles

Array = NDArray[np.float64]
Record = Mapping[str, Any]

POINTS_PER_PX = 0.62
"""Points on A3 for a px of the page at zoom 5."""

SHIP = ((1.1, 3.4), (0.8, 2.6))
CASING_OF_WIDE, CASING, WIDE = 2.4, 1.5, 2.0
SHIP_LEAST = 1.5
RIVER = "river"

DOUBT_KM = 20.0
"""A line that may be off by more than this has a ribbon of that width, as a rule: tens of kilometres are seen."""

DOUBT_OPACITY = 0.13
STRING_APART = 1.9
"""Px between parallel strings of a pipeline."""


@dataclass(frozen=True)
class Line:
    """A row that is a line, on paper: its paths, its width in px of the page, what it is."""

    record: Record
    paths: tuple[Array, ...]
    width: float
    rank: int

    @property
    def id(self) -> str:
        """The id of the row."""
        return str(self.record["id"])


def lineage_of(atlas: Atlas, record: Record) -> tuple[str, ...]:
    """Return the projects of a row and all above them, as the page lists them."""
    return tuple(dict.fromkeys(above for id_ in record["projects"] for above in (id_, *atlas.ancestors(id_))))


def width_of(atlas: Atlas, styles: Styles, record: Record) -> float:
    """Return the width of a row's line in px at zoom 5."""
    for listed in styles.get("row_width", ()):
        if record["id"] in listed["rows"]:
            return float(listed["px"])
    for id_ in lineage_of(atlas, record):
        own = styles["project"].get(id_) or {}
        project = atlas.catalog.projects.get(id_)
        if own.get("width") and project is not None and project.layer == record["layer"]:
            return float(own["width"])
    if record["capacity"]:
        for table in styles.get("capacity_width", ()):
            if table["unit"] == record["capacity_unit"]:
                return next(
                    (float(px) for most, px in table["steps"] if record["capacity"] < most), table["steps"][-1][1]
                )
    kind = styles["kind"].get(record["kind"]) or {}
    return float(kind.get("width") or look_of(styles, record["layer"])["width"])


def lines_of(atlas: Atlas, styles: Styles, rows: gpd.GeoDataFrame, view: MapView, unit: float) -> list[Line]:
    """Return the lines that a view shows, those drawn first at the front."""
    found = []
    for record, shape in zip(records_of(rows), rows.geometry, strict=True):
        if shape is None or not shape.geom_type.endswith("LineString"):
            continue
        runs = joined(shapely.get_coordinates(part) for part in shapely.get_parts(in_one_piece(shape)))
        paths = [path for run in runs if len(run) > 1 and view.sees(path := view.line(run))]
        if not paths:
            continue
        string = int(record["string"] or 1)
        if string > 1:
            gap = (string - 1) * STRING_APART * POINTS_PER_PX * unit
            paths = [moved for path in paths if len(moved := aside(path, gap)) > 1]
        rank = int(look_of(styles, record["layer"])["rank"])
        found.append(Line(record, tuple(thin(path) for path in paths), width_of(atlas, styles, record), rank))
    return sorted(found, key=lambda line: (line.rank, line.width, line.id))


def joined(parts: Iterable[Array]) -> list[Array]:
    """Return paths with those run together that begin where the one before ends, so that dashes run through."""
    runs: list[list[Array]] = []
    for part in parts:
        if runs and np.array_equal(runs[-1][-1][-1], part[0]):
            runs[-1].append(part[1:])
        else:
            runs.append([part])
    return [np.concatenate(run) for run in runs]


def aside(path: Array, distance: float) -> Array:
    """Return a path moved to its side, so that parallel strings do not lie on each other."""
    simple = shapely.LineString(path).simplify(0.3)
    moved = shapely.offset_curve(simple, distance, quad_segs=2, join_style="mitre", mitre_limit=2)
    parts = shapely.get_parts(moved)
    longest: Array = shapely.get_coordinates(max(parts, key=lambda part: part.length)) if len(parts) else path
    return longest


def pens_of(
    styles: Styles, record: Record, width: float, unit: float, *, ornaments: bool
) -> tuple[Pen | None, list[Pen]]:
    """Return the casing of a line and its strokes, bottom to top; `unit` is points for a px."""
    status, kind = record["status"], record["kind"]
    state, look = styles["status"].get(status) or {}, styles["kind"].get(kind) or {}
    colour = colour_of(styles, record["layer"], status)
    full = min(width, state["width"]) if state.get("width") else width
    is_ship = look.get("ornament") == "ship"
    scaled = full * float(look.get("scale") or 1)
    wide = max(scaled, min(full, SHIP_LEAST)) if is_ship else scaled
    opacity = opacity_of(styles, status)
    casing = None
    if look.get("casing") is not False:
        extra = CASING_OF_WIDE if full > WIDE else CASING
        seen = 0.5 if is_ship else 0.92 if full > 1.4 else 0.7
        casing = Pen(styles["light"]["casing"], (full + extra) * unit, seen, cap=ROUND)
    own = dash_of(styles, status, wide)
    dashes = own or ([max(times * full, least) for times, least in SHIP] if is_ship else [])
    cap = ROUND if state.get("cap") == "round" else BUTT
    scaled_dashes = tuple(length * unit for length in dashes)
    pens = [Pen(colour, wide * unit, opacity * float(look.get("opacity") or 1), scaled_dashes, cap)]
    if not ornaments or state.get("width") or full < float(look.get("least_width") or 0):
        return casing, pens
    if look.get("ornament") == "ticks" and not own:
        pens.append(Pen(colour, (wide + 4.4) * unit, opacity * 0.9, (1.1 * unit, 11 * unit), BUTT, 4 * unit))
    elif look.get("ornament") == "beads" and not own:
        pens.append(Pen(colour, (wide + 2.6) * unit, opacity, (0.1 * unit, 26 * unit), ROUND))
    elif look.get("ornament") == "core" and cap == BUTT:
        pens.append(Pen(styles["light"]["casing"], wide * 0.34 * unit, 1, scaled_dashes))
    return casing, pens


def draw_lines(
    canvas: Canvas, styles: Styles, lines: Sequence[Line], view: MapView, unit: float, *, near: bool
) -> None:
    """Draw ribbons of doubt, then all casings, then all strokes; `near` maps have ornaments."""
    px = POINTS_PER_PX * unit
    with canvas.inside([canvas.box(view.box)]):
        for line in lines:
            draw_doubt(canvas, styles, line, view)
        pens = [pens_of(styles, line.record, line.width, px, ornaments=near) for line in lines]
        data = [[canvas.path(path) for path in line.paths] for line in lines]
        for paths, (casing, _) in zip(data, pens, strict=True):
            if casing is not None:
                canvas.stroke(paths, casing)
        for paths, (_, strokes) in zip(data, pens, strict=True):
            for pen in strokes:
                canvas.stroke(paths, pen)


def is_doubtful(record: Record) -> bool:
    """Say whether a line has a ribbon: it may be off by tens of kilometres, and is not a mere symbol."""
    accuracy = record["accuracy_km"]
    return (
        bool(accuracy) and accuracy >= DOUBT_KM and record["accuracy_basis"] != "schematic" and record["kind"] != RIVER
    )


def draw_doubt(canvas: Canvas, styles: Styles, line: Line, view: MapView) -> None:
    """Draw how far from a line the real one may lie."""
    if not is_doubtful(line.record):
        return
    radius = view.length(float(line.record["accuracy_km"]))
    areas = shapely.union_all([shapely.LineString(path).buffer(radius, quad_segs=6) for path in line.paths])
    rings = [ring for part in shapely.get_parts(areas) for ring in (part.exterior, *part.interiors)]
    outlines = [canvas.path(shapely.get_coordinates(ring.simplify(0.1)), closed=True) for ring in rings]
    canvas.fill(outlines, colour_of(styles, line.record["layer"]), DOUBT_OPACITY)
