"""The map units of the world as one coverage: neighbours share the vertices of their border, simplified or not."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from sco_map.errors import ScoMapError
from sco_map.model.geodesy import GEOD

DECIMALS = 5
TOLERANCE = 0.02
"""Degrees: the square root of the largest triangle that simplifying may cut off, where detail is full."""
REACH = 0.001
"""Degrees by which a claim line may stop short of the border it was drawn to."""
OVERSHOOT = 0.00002
"""Degrees by which a lengthened line crosses the border, so that the two meet for certain."""

Positions = NDArray[np.float64]


@dataclass(frozen=True)
class Rules:
    """What is decided by hand about map units and disputed areas (units.toml and disputed_areas.toml)."""

    window: tuple[float, float, float, float]
    core: tuple[float, float, float, float]
    merge: Mapping[str, str]
    iso: Mapping[str, str]
    classes: Mapping[str, str]
    worldviews: Mapping[str, str]
    detail: Mapping[str, Sequence[Sequence[float]]]
    drop: Sequence[str]
    areas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


def read_rules(catalog_folder: Path) -> Rules:
    """Return the rules written under `catalog_folder`/basemap."""
    folder = catalog_folder / "basemap"
    units = tomllib.loads((folder / "units.toml").read_text(encoding="utf-8"))
    disputed = tomllib.loads((folder / "disputed_areas.toml").read_text(encoding="utf-8"))
    return Rules(**units, areas=disputed["area"], left_out=disputed["left_out"])


def rounded(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return `geometry` with coordinates rounded to the decimals of all files; shared vertices stay shared."""
    return shapely.transform(geometry, lambda positions: np.round(positions, DECIMALS))


def whole_units(countries: gpd.GeoDataFrame, rules: Rules) -> gpd.GeoDataFrame:
    """Return Natural Earth's units after merging, indexed by unit code, with `iso_a3` (None where there is no code).

    `countries` needs ADM0_A3, ISO_A3_EH and valid or repairable polygons in WGS 84.
    """
    geometry = countries.geometry.where(countries.is_valid, countries.make_valid())
    units = countries["ADM0_A3"].replace(dict(rules.merge))
    merged = geometry.groupby(units.to_numpy()).agg(lambda shapes: shapely.coverage_union_all(shapes.to_numpy()))
    codes = dict(zip(countries["ADM0_A3"], countries["ISO_A3_EH"], strict=True)) | dict(rules.iso)
    iso = [codes[unit] if str(codes[unit]).isalpha() else None for unit in merged.index]
    return gpd.GeoDataFrame(
        {"iso_a3": pd.Series(iso, index=merged.index, dtype=object)}, geometry=gpd.GeoSeries(merged, crs=4326)
    )


def split_by_areas(units: gpd.GeoDataFrame, claim_lines: gpd.GeoSeries, rules: Rules) -> gpd.GeoDataFrame:
    """Return the coverage of pieces: each disputed area apart, the rest of each unit with `area` None.

    Borders and lines are noded together on the grid of the last decimal, so neighbours keep the same vertices.
    `claim_lines` is indexed by line id. Raise ScoMapError for every area whose lines do not cut it off or whose
    inner points lie elsewhere.
    """
    faces = _faces(units, _cutting_lines(units, claim_lines, rules))
    faces["area"] = pd.Series([None] * len(faces), index=faces.index, dtype=object)
    problems: list[str] = []
    for name, area in rules.areas.items():
        chosen = _chosen(faces.loc[faces["unit"] == area["unit"]], area)
        if chosen.empty:
            where = area.get("inside") or area.get("within")
            problems.append(f"area '{name}': no part of unit '{area['unit']}' lies at {where}")
        elif "inside" in area and shapely.area(chosen.geometry).sum() > shapely.area(units.geometry[area["unit"]]) / 2:
            problems.append(f"area '{name}': its lines do not cut it off from unit '{area['unit']}'")
        faces.loc[chosen.index, "area"] = name
    if problems:
        raise ScoMapError(f"{len(problems)} disputed areas cannot be drawn:\n  " + "\n  ".join(problems))
    rows = [
        (unit, area if isinstance(area, str) else None, shapely.coverage_union_all(group.to_numpy()))
        for (unit, area), group in faces.groupby(["unit", "area"], dropna=False, sort=False).geometry
    ]
    rows.sort(key=lambda row: (row[0], row[1] or ""))
    return gpd.GeoDataFrame(
        {"unit": [row[0] for row in rows], "area": pd.Series([row[1] for row in rows], dtype=object)},
        geometry=[row[2] for row in rows],
        crs=4326,
    )


def _cutting_lines(units: gpd.GeoDataFrame, claim_lines: gpd.GeoSeries, rules: Rules) -> list[shapely.Geometry]:
    reach: dict[tuple[str, str], float] = {}
    for area in rules.areas.values():
        for line in area.get("cut", ()):
            key = (line, area["unit"])
            reach[key] = max(reach.get(key, 0.0), area.get("reach", REACH))
    return [
        _brought_to(units.geometry[unit].boundary, claim_lines[line], by) for (line, unit), by in sorted(reach.items())
    ]


def _faces(units: gpd.GeoDataFrame, lines: Sequence[shapely.Geometry]) -> gpd.GeoDataFrame:
    """Return every face between the borders and `lines` with the `unit` it lies in; water inside the land is none."""
    borders = shapely.boundary(units.geometry.to_numpy())
    network = shapely.union_all([*borders, *lines], grid_size=10**-DECIMALS)
    faces = gpd.GeoSeries(shapely.get_parts(shapely.polygonize(shapely.get_parts(network))), crs=4326)
    points = gpd.GeoDataFrame(geometry=faces.representative_point(), crs=4326)
    inside = gpd.sjoin(points, units[["geometry"]].rename_axis("unit").reset_index(), predicate="within", how="inner")
    inside = inside[~inside.index.duplicated()].sort_index()
    return gpd.GeoDataFrame({"unit": inside["unit"]}, geometry=faces[inside.index].map(rounded), crs=4326)


def _chosen(faces: gpd.GeoDataFrame, area: Mapping[str, Any]) -> gpd.GeoDataFrame:
    if "within" in area:
        return faces[faces.within(shapely.box(*area["within"]))]
    if "inside" in area:
        return faces[faces.intersects(shapely.MultiPoint(area["inside"]))]
    return faces


def _brought_to(border: shapely.Geometry, line: shapely.Geometry, reach: float) -> shapely.Geometry:
    """Return `line` with each end that stops within `reach` degrees of the border led just across it."""
    positions = shapely.get_coordinates(line)
    for end in (0, -1):
        point = shapely.Point(positions[end])
        to = shapely.get_coordinates(shapely.shortest_line(point, border))[1]
        gap = float(np.linalg.norm(to - positions[end]))
        if 0 < gap <= reach:
            across = positions[end] + (to - positions[end]) / gap * (gap + OVERSHOOT)
            positions = np.vstack([across, positions]) if end == 0 else np.vstack([positions, across])
    return shapely.LineString(positions)


def in_window(pieces: gpd.GeoDataFrame, rules: Rules) -> gpd.GeoDataFrame:
    """Return the pieces cut to the window of the map, which may reach beyond 180 degrees east."""
    west, south, east, north = rules.window
    frames = [shapely.box(west, south, 180, north)]
    if east > 180:
        frames.append(shapely.box(-180, south, east - 360, north))
    frame = shapely.MultiPolygon(frames)
    inner = shapely.box(west + 0.01, south + 0.01, 179.99, north - 0.01)
    shapes = []
    for shape in pieces.geometry:
        if inner.contains(shape):
            shapes.append(shape)
            continue
        cut = rounded(shape.intersection(frame)) if not frame.covers(shape) else shape
        shapes.append(_only_polygons(cut))
    kept = pieces.set_geometry(gpd.GeoSeries(shapes, index=pieces.index, crs=4326))
    return kept[~kept.geometry.is_empty & ~kept["unit"].isin(list(rules.drop))].reset_index(drop=True)


def _only_polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 1e-9]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def simplified(pieces: gpd.GeoDataFrame, rules: Rules, tolerance: float = TOLERANCE) -> gpd.GeoDataFrame:
    """Return the coverage with fewer vertices; shared borders stay shared, kept vertices stay where they were.

    Far from the corridors less detail is kept: `rules.detail` gives, for each axis, how the degrees there
    shrink before the tolerance is applied (piecewise linear, so nothing changes its neighbours).
    """
    shapes = pieces.geometry.to_numpy()
    shrunk = shapely.transform(shapes, lambda positions: _shrunk(positions, rules))
    original = shapely.get_coordinates(shapes)
    back = {
        tuple(small): tuple(position)
        for small, position in zip(_shrunk(original, rules).tolist(), original.tolist(), strict=True)
    }
    fewer = shapely.coverage_simplify(shrunk, tolerance)
    restored = shapely.transform(
        fewer,
        lambda positions: np.array([back[tuple(position)] for position in positions.tolist()], dtype=float).reshape(
            -1, 2
        ),
    )
    return pieces.set_geometry(gpd.GeoSeries(restored, index=pieces.index, crs=4326))


def _shrunk(positions: Positions, rules: Rules) -> Positions:
    columns = []
    for axis, column in (("lon", positions[:, 0]), ("lat", positions[:, 1])):
        steps = rules.detail[axis]
        degrees = np.array([step[0] for step in steps])
        slopes = np.array([step[1] for step in steps[:-1]])
        values = np.concatenate([[0.0], np.cumsum(np.diff(degrees) * slopes)])
        columns.append(np.interp(column, degrees, values))
    return np.column_stack(columns)


def units_of(pieces: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Return the whole units, each the union of its pieces, indexed by unit code; no vertex moves."""
    merged = pieces.groupby("unit").geometry.agg(lambda shapes: shapely.coverage_union_all(shapes.to_numpy()))
    return gpd.GeoSeries(merged, crs=4326)


def shift_km(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> dict[str, float]:
    """Return for every unit how far simplifying moved nine tenths of the vertices of its borders and coasts, in km."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_parts(shapely.boundary(after.geometry.to_numpy()))]
    edges = shapely.linestrings(np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings]))
    positions, piece = shapely.get_coordinates(before.geometry.to_numpy(), return_index=True)
    points = shapely.points(positions)
    nearest = edges[shapely.STRtree(edges).nearest(points)]
    ways = shapely.get_coordinates(shapely.shortest_line(points, nearest)).reshape(-1, 4)
    km = GEOD.inv(*ways.T)[2] / 1000
    moved = pd.Series(km).groupby(before["unit"].to_numpy()[piece]).quantile(0.9)
    return {str(unit): round(float(value), 2) for unit, value in moved.items()}
