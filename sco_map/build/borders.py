"""The states, the disputed areas between them and every line of their borders, as rows; how they look is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from sco_map.build import coverage
from sco_map.build.coverage import Rules
from sco_map.build.naturalearth import read_shapefile
from sco_map.build.rows import LANGUAGES, Feature, feature, in_languages, titles, unique
from sco_map.catalog import Catalog, Country

COUNTRIES = "natural_earth_countries_10m"
LINES = "natural_earth_boundary_lines_10m"
CLAIMS = "natural_earth_claim_lines"
LICENCE = "public_domain"
AS_OF = "2022-05"
"""Month of Natural Earth 5.1, the state of the borders."""
SURVEY_KM = 2.0
"""Nine tenths of a border of Natural Earth 10m lie within this distance of the real one, before it is simplified."""


@dataclass(frozen=True)
class Borders:
    """All that is known about land: `pieces` (unit, area, geometry) in full, `drawn` simplified and cut to the map."""

    rules: Rules
    iso: Mapping[str, str | None]
    pieces: gpd.GeoDataFrame
    drawn: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    claim_lines: gpd.GeoDataFrame
    origins: tuple[str, ...]

    def country_of(self, unit: str, area: str | None, worldview: str | None = None) -> str | None:
        """Return the state (ISO 3166-1 alpha-3) that a piece counts to under a viewpoint; None for none."""
        if area is None:
            return self.iso[unit]
        counts_to = self.rules.areas[area]["counts_to"]
        state: str | None = counts_to.get(worldview or "default", counts_to.get("default"))
        return state


def read_borders(catalog: Catalog) -> Borders:
    """Return the borders as the catalog's rules and sources describe them; read once a process."""
    return _read(_Key(catalog))


class _Key:
    """A catalog that is equal to any other of the same folder."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.path = Path(catalog.path)

    def __hash__(self) -> int:
        return hash(self.path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.path == self.path


@lru_cache(maxsize=2)
def _read(key: _Key) -> Borders:
    rules = coverage.read_rules(key.path)
    countries, countries_origin = read_shapefile(COUNTRIES, ["ADM0_A3", "ISO_A3_EH"], key.catalog)
    viewpoints = [f"FCLASS_{suffix}" for suffix in rules.viewpoints.values()]
    columns = ["ADM0_A3_L", "ADM0_A3_R", "BRK_A3", "FEATURECLA", *viewpoints]
    lines, lines_origin = read_shapefile(LINES, columns, key.catalog)
    claim_lines = gpd.read_file(key.path / "claim_lines.geojson").set_index("id")
    units = coverage.whole_units(countries, rules)
    pieces = coverage.split_by_areas(units, claim_lines.geometry, rules)
    return Borders(
        rules=rules,
        iso=dict(zip(units.index, units["iso_a3"], strict=True)),
        pieces=pieces,
        drawn=coverage.simplified(coverage.in_window(pieces, rules), rules),
        lines=_classed(lines, rules),
        claim_lines=claim_lines,
        origins=(countries_origin, lines_origin),
    )


def country_polygons(catalog: Catalog, worldview: str | None = None) -> gpd.GeoDataFrame:
    """Return the land of each state in full detail, indexed by ISO 3166-1 alpha-3, as `worldview` (None: de facto) sees it."""
    borders = read_borders(catalog)
    states = [
        borders.country_of(unit, area, worldview)
        for unit, area in zip(borders.pieces["unit"], borders.pieces["area"], strict=True)
    ]
    land = borders.pieces.geometry.groupby(pd.Series(states, dtype=object)).agg(
        lambda shapes: shapely.coverage_union_all(shapes.to_numpy())
    )
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(land, crs=4326)).rename_axis("iso_a3")


def _classed(lines: gpd.GeoDataFrame, rules: Rules) -> gpd.GeoDataFrame:
    """Return the boundary lines with our words for their classes; None where a viewpoint has no class of its own."""
    merge = rules.merge

    def word(value: object) -> str | None:
        return rules.classes[value] if isinstance(value, str) else None

    columns: dict[str, Any] = {
        "pair": [
            frozenset(merge.get(unit, unit) for unit in pair)
            for pair in zip(lines["ADM0_A3_L"], lines["ADM0_A3_R"], strict=True)
        ],
        "number": [value.lower() if isinstance(value, str) else "" for value in lines["BRK_A3"]],
        "class": [word(value) for value in lines["FEATURECLA"]],
    }
    for viewpoint, suffix in rules.viewpoints.items():
        columns[f"class_{viewpoint}"] = [word(value) for value in lines[f"FCLASS_{suffix}"]]
    classed = gpd.GeoDataFrame(pd.DataFrame(columns, dtype=object), geometry=lines.geometry.to_numpy(), crs=4326)
    return classed[classed["class"] != "left_out"].reset_index(drop=True)


def state_names(catalog: Catalog) -> Mapping[str, Country]:
    """Return the states of the catalog by their code."""
    return catalog.countries


def survey_columns(shift_km: float = 0.0) -> dict[str, Any]:
    """Return the accuracy columns of a border drawn from Natural Earth and moved by `shift_km` when simplified."""
    accuracy = round(float(np.hypot(SURVEY_KM, shift_km)), 1)
    return {
        "accuracy_km": accuracy,
        "accuracy_mean_km": accuracy,
        "accuracy_worst_km": accuracy,
        "accuracy_basis": "survey",
    }


def build_members(catalog: Catalog) -> list[Feature]:
    """Return a row for every state with a role, its land as the de facto lines have it, roles and agreements dated."""
    borders = read_borders(catalog)
    drawn = _dissolved(borders.drawn, lambda unit, area: borders.country_of(unit, area))
    features = []
    for code, country in sorted(catalog.countries.items()):
        if not country.roles:
            continue
        roles = [
            {"from": role.since, "role": role.role, "source": role.source, **({"text": role.text} if role.text else {})}
            for role in country.roles
        ]
        agreements = [entry.model_dump(mode="json", exclude_none=True) for entry in country.agreements]
        sources = [
            COUNTRIES,
            *country.sources,
            *(role.source for role in country.roles),
            *(a.source for a in country.agreements),
        ]
        values = {
            "id": code.lower(),
            "layer": "members",
            "kind": "member",
            **titles(in_languages(country.name)),
            "countries": [code],
            **survey_columns(0.6),
            "sources": unique(sources),
            "as_of": country.as_of or country.roles[-1].since,
            "confidence": country.confidence,
            "licence": LICENCE,
            "note": country.note,
            "iso_a3": code,
            "role": country.roles[-1].role,
            "roles": roles,
            "agreements": agreements,
            "capital": country.capital,
        }
        features.append(feature(mapping(shapely.orient_polygons(drawn[code])), values))
    return features


def _dissolved(pieces: gpd.GeoDataFrame, name_of: Any) -> Mapping[str, shapely.Geometry]:
    names = pd.Series(
        [name_of(unit, area) for unit, area in zip(pieces["unit"], pieces["area"], strict=True)],
        index=pieces.index,
        dtype=object,
    )
    merged = pieces.geometry.groupby(names).agg(lambda shapes: shapely.coverage_union_all(shapes.to_numpy()))
    return dict(merged.items())


def build_disputed_areas(catalog: Catalog) -> list[Feature]:
    """Return a row for every disputed area: who administers it, who claims it, and to whom it counts by viewpoint."""
    borders = read_borders(catalog)
    shapes = _dissolved(borders.drawn, lambda unit, area: area)
    features = []
    for name, area in sorted(borders.rules.areas.items()):
        values = {
            "id": name,
            "layer": "disputed_areas",
            "kind": "disputed_area",
            **titles(area["title"]),
            "countries": unique([*area["administered_by"], *area["claimed_by"]]),
            **survey_columns(0.6),
            "sources": area.get("sources") or [COUNTRIES, LINES, *([CLAIMS] if "cut" in area else [])],
            "as_of": AS_OF,
            "confidence": area["confidence"],
            "licence": LICENCE,
            "note": area["note"],
            "administered_by": list(area["administered_by"]),
            "claimed_by": list(area["claimed_by"]),
            "counts_to": {
                viewpoint: area["counts_to"].get(viewpoint, area["counts_to"].get("default"))
                for viewpoint in ("default", *borders.rules.viewpoints)
            },
        }
        features.append(feature(mapping(shapely.orient_polygons(shapes[name])), values))
    return features


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
    """Return the land borders and the claim lines, each stretch once, with its class under every viewpoint.

    Borders lie exactly on the edges that the states of the map share; their classes come from the line of Natural
    Earth between the same two units that lies nearest. A `class_*` is None where the viewpoint has none of its own.
    """
    borders = read_borders(catalog)
    edges = shared_edges(borders.drawn)
    units, areas = borders.drawn["unit"].to_numpy(), borders.drawn["area"].to_numpy()
    edges["left_unit"], edges["right_unit"] = units[edges["left"]], units[edges["right"]]
    edges["left_area"], edges["right_area"] = areas[edges["left"]], areas[edges["right"]]
    between_units = edges["left_unit"] != edges["right_unit"]
    features = _border_rows(edges[between_units], borders, catalog)
    features += _claim_rows(edges[~between_units], borders)
    return features


def _lines_of(edges: pd.DataFrame) -> shapely.Geometry:
    segments = np.stack([edges[["x1", "y1"]].to_numpy(), edges[["x2", "y2"]].to_numpy()], axis=1)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(segments)), directed=True)
    parts = sorted(shapely.get_parts(merged), key=lambda part: part.coords[0])
    return parts[0] if len(parts) == 1 else shapely.MultiLineString(parts)


def _border_rows(edges: pd.DataFrame, borders: Borders, catalog: Catalog) -> list[Feature]:
    viewpoints = list(borders.rules.viewpoints)
    middles = shapely.points((edges["x1"] + edges["x2"]) / 2, (edges["y1"] + edges["y2"]) / 2)
    edges = edges.assign(line=-1)
    for pair, group in edges.groupby(["left_unit", "right_unit"], sort=False):
        candidates = borders.lines[borders.lines["pair"] == frozenset(pair)]
        candidates = candidates if len(candidates) else borders.lines
        places = middles[edges.index.get_indexer(group.index)]
        if len(candidates) == 1:
            edges.loc[group.index, "line"] = candidates.index[0]
            continue
        tree = shapely.STRtree(candidates.geometry.to_numpy())
        edges.loc[group.index, "line"] = candidates.index.to_numpy()[tree.nearest(places)]
    classes = ["class", *(f"class_{viewpoint}" for viewpoint in viewpoints)]
    found = borders.lines.loc[edges["line"], ["number", *classes]].reset_index(drop=True)
    edges = pd.concat([edges.reset_index(drop=True), found], axis=1)
    edges[classes] = edges[classes].astype(object).where(edges[classes].notna(), None)
    features = []
    for (left, right), pair in edges.groupby(["left_unit", "right_unit"]):
        groups = sorted(
            pair.groupby(["number", *classes], dropna=False), key=lambda group: [str(part) for part in group[0]]
        )
        for count, (key, group) in enumerate(groups, start=1):
            name = f"{left}_{right}".lower() + (f"_{count}" if len(groups) > 1 else "")
            sides = [left, right]
            values = {
                "id": f"border_{name}",
                "title": _pair_title(sides, borders, catalog),
                "countries": unique(borders.iso[side] for side in sides),
                "sources": [LINES, COUNTRIES],
                "confidence": "high",
                "units": sides,
                "sides": [borders.iso[side] for side in sides],
                **{column: None if pd.isna(value) else value for column, value in zip(classes, key[1:], strict=True)},
                "number": key[0].upper() or None,
            }
            features.append(_line_row(_lines_of(group), values))
    return features


def _claim_rows(edges: pd.DataFrame, borders: Borders) -> list[Feature]:
    viewpoints = list(borders.rules.viewpoints)
    features = []
    for (left, right), group in edges.groupby(["left", "right"]):
        row = group.iloc[0]
        unit = row["left_unit"]
        sides = [area if isinstance(area, str) else None for area in (row["left_area"], row["right_area"])]
        named = [area for area in sides if area is not None]
        seen = {viewpoint: [borders.country_of(unit, area, viewpoint) for area in sides] for viewpoint in viewpoints}
        own = {
            f"class_{viewpoint}": "international" if states[0] != states[1] else "unrecognized"
            for viewpoint, states in seen.items()
            if viewpoint != "iso"
        }
        values = {
            "id": "claim_" + "_and_".join(sorted(named)),
            "title": _joined_titles([borders.rules.areas[area]["title"] for area in sorted(named)]),
            "countries": unique(state for area in named for state in borders.rules.areas[area]["claimed_by"]),
            "sources": [CLAIMS, COUNTRIES],
            "confidence": "medium",
            "units": [unit, unit],
            "sides": [borders.iso[unit], borders.iso[unit]],
            "class": "claim",
            "class_iso": None,
            **own,
            "number": None,
        }
        features.append(_line_row(_lines_of(group), values))
    return features


def _line_row(line: shapely.Geometry, values: Mapping[str, Any]) -> Feature:
    title = values["title"]
    rest = {key: value for key, value in values.items() if key != "title"}
    return feature(
        mapping(line),
        {
            "layer": "boundary_lines",
            "kind": "boundary_line",
            **titles(title),
            **survey_columns(0.6),
            "as_of": AS_OF,
            "licence": LICENCE,
            **rest,
        },
    )


def _pair_title(units: Iterable[str], borders: Borders, catalog: Catalog) -> dict[str, str | None]:
    names = []
    for unit in units:
        country = catalog.countries.get(borders.iso[unit] or "")
        names.append(in_languages(country.name) if country else {"en": unit})
    return _joined_titles(names)


def _joined_titles(names: list[Mapping[str, str | None]]) -> dict[str, str | None]:
    return {
        language: " – ".join(str(name[language]) for name in names)
        if all(name.get(language) for name in names)
        else None
        for language in LANGUAGES
    }
