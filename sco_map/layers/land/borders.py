"""The states and the disputed areas between them, as rows; how they look is decided elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from sco_map.catalog import Catalog
from sco_map.layers.inputs.kept import kept
from sco_map.layers.inputs.naturalearth import ATTRIBUTES, read_shapefile, registered
from sco_map.layers.inputs.packages import find_input, sha256_of
from sco_map.layers.land import coverage
from sco_map.layers.land.coverage import Rules
from sco_map.layers.rows.features import Feature, feature, in_languages, titles, unique, with_ids

COUNTRIES = "natural_earth_countries_10m"
LINES = "natural_earth_boundary_lines_10m"
CLAIMS = "natural_earth_claim_lines"
LICENCE = "public_domain"
AS_OF = "2022-05"
"""Month of Natural Earth 5.1, the state of the borders."""
SURVEY_KM = 3.0
"""Nine tenths of a border of Natural Earth 10m lie within this distance of the real one, before it is simplified.

Measured: nine tenths of its land borders lie within 2.5 km of those of the World Data Bank II, of its coasts within
1.8 km of GSHHG; something is added because the three share some of their lines.
"""


@dataclass(frozen=True)
class Borders:
    """All that is known about land: `pieces` (unit, area, geometry) in full, `drawn` simplified and cut to the map."""

    rules: Rules
    iso: Mapping[str, str | None]
    names: Mapping[str, str]
    pieces: gpd.GeoDataFrame
    drawn: gpd.GeoDataFrame
    shift_km: Mapping[str, float]
    lines: gpd.GeoDataFrame
    claim_lines: gpd.GeoDataFrame
    origins: tuple[str, ...]

    def country_of(self, unit: str, area: str | None, worldview: str | None = None) -> str | None:
        """Return the state (ISO 3166-1 alpha-3) that a piece counts to under a worldview; None for none."""
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
    """Return the borders, computed again only when something they are made of has changed."""
    inputs = [
        find_input(registered(source + part, key.catalog)) for source in (COUNTRIES, LINES) for part in ("", ATTRIBUTES)
    ]
    return kept(
        "borders",
        lambda: _computed(key),
        code=Path(__file__).parent,
        files=[*sorted((key.path / "basemap").glob("*.toml")), key.path / "claim_lines.geojson"],
        values=[part for entry in inputs for part in (sha256_of(entry.path), entry.origin)],
    )


def _computed(key: _Key) -> Borders:
    rules = coverage.read_rules(key.path)
    countries, countries_origin = read_shapefile(COUNTRIES, ["ADM0_A3", "ISO_A3_EH", "NAME"], key.catalog)
    worldviews = [f"FCLASS_{suffix}" for suffix in rules.worldviews.values()]
    columns = ["ADM0_A3_L", "ADM0_A3_R", "BRK_A3", "FEATURECLA", *worldviews]
    lines, lines_origin = read_shapefile(LINES, columns, key.catalog)
    claim_lines = gpd.read_file(key.path / "claim_lines.geojson").set_index("id")
    units = coverage.whole_units(countries, rules)
    pieces = coverage.split_by_areas(units, claim_lines.geometry, rules)
    shown = coverage.in_window(pieces, rules)
    drawn = coverage.simplified(shown, rules)
    return Borders(
        rules=rules,
        iso=dict(zip(units.index, units["iso_a3"], strict=True)),
        names=dict(zip(countries["ADM0_A3"], countries["NAME"], strict=True)),
        pieces=pieces,
        drawn=drawn,
        shift_km=coverage.shift_km(shown, drawn),
        lines=_classed(lines, rules),
        claim_lines=claim_lines,
        origins=(countries_origin, lines_origin),
    )


def _classed(lines: gpd.GeoDataFrame, rules: Rules) -> gpd.GeoDataFrame:
    """Return the boundary lines with our words for their classes; None where a worldview has no class of its own."""
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
    for worldview, suffix in rules.worldviews.items():
        columns[f"class_{worldview}"] = [word(value) for value in lines[f"FCLASS_{suffix}"]]
    classed = gpd.GeoDataFrame(pd.DataFrame(columns, dtype=object), geometry=lines.geometry.to_numpy(), crs=4326)
    return classed[classed["class"] != "left_out"].reset_index(drop=True)


def survey_columns(shift_km: float) -> dict[str, Any]:
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
    drawn = _dissolved(borders.drawn, borders.country_of)
    shift = _worst_shift(borders)
    features = []
    for code, country in sorted(catalog.countries.items()):
        if not country.roles:
            continue
        roles = [
            {"from": role.since, "role": role.role, "source": role.source, **({"text": role.text} if role.text else {})}
            for role in country.roles
        ]
        agreements = [entry.model_dump(mode="json", exclude_none=True) for entry in country.agreements]
        ids = catalog.ids_of(code).values()
        told = [*country.sources, *(role.source for role in country.roles), *(a.source for a in country.agreements)]
        values = {
            "id": f"member_{code.lower()}",
            "layer": "members",
            "kind": "member",
            **titles(in_languages(country.name)),
            "countries": [code],
            **survey_columns(shift[code]),
            "sources": unique([COUNTRIES, *told, *(one.source for one in ids)]),
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
        features.append(feature(mapping(shapely.orient_polygons(drawn[code])), with_ids(values, ids)))
    return features


def _worst_shift(borders: Borders) -> dict[str | None, float]:
    """Return for every state the largest shift of its units."""
    shift: dict[str | None, float] = {}
    for unit, km in borders.shift_km.items():
        state = borders.iso[unit]
        shift[state] = max(km, shift.get(state, 0.0))
    return shift


def _dissolved(
    pieces: gpd.GeoDataFrame, name_of: Callable[[str, str | None], str | None]
) -> Mapping[str, shapely.Geometry]:
    names = pd.Series(
        [name_of(unit, area) for unit, area in zip(pieces["unit"], pieces["area"], strict=True)],
        index=pieces.index,
        dtype=object,
    )
    merged = pieces.geometry.groupby(names).agg(lambda shapes: shapely.coverage_union_all(shapes.to_numpy()))
    return dict(merged.items())


def build_disputed_areas(catalog: Catalog) -> list[Feature]:
    """Return a row for every disputed area: who administers it, who claims it, and to whom it counts by worldview."""
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
            **survey_columns(borders.shift_km[area["unit"]]),
            "sources": area.get("sources") or [COUNTRIES, LINES, *([CLAIMS] if "cut" in area else [])],
            "as_of": AS_OF,
            "confidence": area["confidence"],
            "licence": LICENCE,
            "note": area["note"],
            "administered_by": list(area["administered_by"]),
            "claimed_by": list(area["claimed_by"]),
            "counts_to": {
                worldview: area["counts_to"].get(worldview, area["counts_to"].get("default"))
                for worldview in ("default", *borders.rules.worldviews)
            },
        }
        features.append(feature(mapping(shapely.orient_polygons(shapes[name])), values))
    return features
