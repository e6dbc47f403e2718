"""Every line between two states or around a disputed area, once, with its class under each worldview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from sco_map.catalog import Catalog
from sco_map.layers.land.borders import AS_OF, CLAIMS, COUNTRIES, LICENCE, LINES, Borders, read_borders, survey_columns
from sco_map.layers.rows.features import Feature, in_languages, titles
from sco_map.model.languages import LANGUAGES

LAYER = "boundary_lines"
PLAIN, NOT_DRAWN, CLAIM = "international", "unrecognized", "claim"
NEUTRAL = "iso"
"""The worldview that takes no side: claim lines have no class of their own in it."""
Title = Mapping[str, str | None]


def shared_edges(pieces: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return every edge that two pieces share: its ends and the positions of the pieces to its `left` and `right`.

    Pieces must be a coverage of polygons that follow the right-hand rule; the left one comes first in the table.
    """
    polygons, piece = shapely.get_parts(shapely.orient_polygons(pieces.geometry.to_numpy()), return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    owner = piece[polygon]
    positions, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    starts, ends, owners = positions[:-1][same], positions[1:][same], owner[ring[:-1][same]]
    edges = pd.DataFrame({"x1": starts[:, 0], "y1": starts[:, 1], "x2": ends[:, 0], "y2": ends[:, 1], "left": owners})
    swapped = edges.rename(columns={"x1": "x2", "y1": "y2", "x2": "x1", "y2": "y1", "left": "right"})
    both = edges.merge(swapped, on=["x1", "y1", "x2", "y2"], how="inner")
    return both[both["left"] < both["right"]].reset_index(drop=True)


def build_boundary_lines(catalog: Catalog) -> list[Feature]:
    """Return the borders of the organisation's states, all disputed borders and the claim lines, each stretch once.

    Borders lie exactly on the edges that the units of the map share; their classes come from the line of Natural
    Earth between the same two units that lies nearest. A `class_*` is None where the worldview has none of its own.
    """
    borders = read_borders(catalog)
    edges = shared_edges(borders.drawn)
    for side in ("left", "right"):
        edges[f"{side}_unit"] = borders.drawn["unit"].to_numpy()[edges[side]]
        edges[f"{side}_area"] = borders.drawn["area"].to_numpy()[edges[side]]
    between_units = edges["left_unit"] != edges["right_unit"]
    return [
        *_border_features(_with_classes(edges[between_units].reset_index(drop=True), borders), borders, catalog),
        *_claim_features(edges[~between_units], borders),
    ]


def _with_classes(edges: pd.DataFrame, borders: Borders) -> pd.DataFrame:
    """Return the edges with number and classes of the boundary line each belongs to, "" where there is none."""
    middles = shapely.points((edges["x1"] + edges["x2"]) / 2, (edges["y1"] + edges["y2"]) / 2)
    lines = np.zeros(len(edges), dtype=int)
    pairs = pd.Series([frozenset(pair) for pair in zip(edges["left_unit"], edges["right_unit"], strict=True)])
    for pair in dict.fromkeys(pairs):
        rows = np.flatnonzero(pairs == pair)
        same_pair = borders.lines[borders.lines["pair"] == pair]
        candidates = same_pair if len(same_pair) else borders.lines
        tree = shapely.STRtree(candidates.geometry.to_numpy())
        lines[rows] = candidates.index.to_numpy()[tree.nearest(middles[rows])]
    columns = ["number", *class_columns(borders)]
    found = borders.lines.loc[lines, columns].reset_index(drop=True).fillna("")
    return pd.concat([edges, pd.DataFrame(found)], axis=1)


def class_columns(borders: Borders) -> list[str]:
    """Return the names of the columns of classes: the de facto one, then one for each worldview."""
    return ["class", *(f"class_{worldview}" for worldview in borders.rules.worldviews)]


def _border_features(edges: pd.DataFrame, borders: Borders, catalog: Catalog) -> Iterator[Feature]:
    classes = class_columns(borders)
    states = {code for code, country in catalog.countries.items() if country.roles}
    core = shapely.box(*borders.rules.core)
    for pair, between in edges.groupby(["left_unit", "right_unit"]):
        sides = [str(unit) for unit in pair]
        keyed = [([str(part) for part in key], group) for key, group in between.groupby(["number", *classes])]
        keyed.sort(key=lambda item: item[0])
        for count, (key, group) in enumerate(keyed, start=1):
            line = _line_of(group)
            told = [word or None for word in key[1:]]
            is_plain = told[0] == PLAIN and not any(told[1:])
            if not states & {borders.iso[side] for side in sides} and (is_plain or not core.intersects(line)):
                continue
            suffix = f"_{count}" if len(keyed) > 1 else ""
            values = {
                **_titles([_unit_title(side, borders, catalog) for side in sides]),
                "units": sides,
                "sides": [borders.iso[side] for side in sides],
                **dict(zip(classes, told, strict=True)),
                "number": key[0].upper() or None,
                "confidence": "high",
                "sources": [LINES, COUNTRIES],
            }
            yield _feature(f"border_{'_'.join(sides).lower()}{suffix}", line, values, borders)


def _claim_features(edges: pd.DataFrame, borders: Borders) -> Iterator[Feature]:
    for _, group in edges.groupby(["left", "right"]):
        unit = str(group["left_unit"].iloc[0])
        parts = [None if pd.isna(area) else str(area) for area in group[["left_area", "right_area"]].iloc[0]]
        areas = sorted(area for area in parts if area is not None)
        classes: dict[str, str | None] = {"class": CLAIM, f"class_{NEUTRAL}": None}
        for worldview in borders.rules.worldviews:
            seen = {borders.country_of(unit, part, worldview) for part in parts}
            classes.setdefault(f"class_{worldview}", PLAIN if len(seen) > 1 else NOT_DRAWN)
        values = {
            **_titles([borders.rules.areas[area]["title"] for area in areas]),
            "units": [unit, unit],
            "sides": [borders.iso[unit], borders.iso[unit]],
            **classes,
            "number": None,
            "confidence": "medium",
            "sources": [CLAIMS, COUNTRIES],
        }
        yield _feature(f"claim_{'_and_'.join(areas)}", _line_of(group), values, borders)


def _line_of(edges: pd.DataFrame) -> shapely.Geometry:
    segments = np.stack([edges[["x1", "y1"]].to_numpy(), edges[["x2", "y2"]].to_numpy()], axis=1)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(segments)), directed=True)
    parts = sorted(shapely.get_parts(merged), key=lambda part: part.coords[0])
    return parts[0] if len(parts) == 1 else shapely.MultiLineString(parts)


def _feature(id_: str, line: shapely.Geometry, values: Mapping[str, Any], borders: Borders) -> Feature:
    shift = max(borders.shift_km[unit] for unit in values["units"])
    properties = {
        "id": id_,
        "layer": LAYER,
        "kind": "boundary_line",
        **values,
        **survey_columns(shift),
        "as_of": AS_OF,
        "licence": LICENCE,
    }
    return {"type": "Feature", "id": id_, "properties": properties, "geometry": mapping(line)}


def _unit_title(unit: str, borders: Borders, catalog: Catalog) -> Title:
    country = catalog.countries.get(borders.iso[unit] or "")
    if country is not None:
        return in_languages(country.name)
    whole = [area["title"] for area in borders.rules.areas.values() if area["unit"] == unit and "inside" not in area]
    return whole[0] if whole else {"en": borders.names[unit]}


def _titles(names: Sequence[Title]) -> dict[str, str | None]:
    """Return the title columns of a line between things of these names, in every language that has all of them."""
    joined: dict[str, str | None] = {}
    for language in LANGUAGES:
        texts = [name.get(language) for name in names]
        joined[language] = " – ".join(str(text) for text in texts) if all(texts) else None
    return titles(joined)
