"""The same map the way most scripts draw it: read every file, filter by mask, folium with tooltips, CDN and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pandas as pd

SHOWN = ["title_en", "status", "kind"]


def layer_files(geodata: Path) -> list[Path]:
    """Return the layer files that hold rows of the table."""
    return [path for path in sorted(geodata.glob("*.geojson")) if not path.stem.startswith("basemap_")]


def load(geodata: Path) -> dict[str, Any]:
    """Read every layer with geopandas."""
    return {path.stem: gpd.read_file(path) for path in layer_files(geodata)}


def select(layers: dict[str, Any], country: str, status: str) -> Any:
    """Filter every layer by a mask and put what is left together."""
    kept = []
    for rows in layers.values():
        if not {"countries", "status"} <= set(rows.columns):
            continue
        hit = rows["countries"].map(lambda value: country in str(value)) & (rows["status"] == status)
        kept.append(rows[hit])
    return pd.concat(kept)


def with_status(layers: dict[str, Any], status: str) -> list[Any]:
    """Return the drawn rows of each layer that have that status or none at all."""
    kept = []
    for rows in layers.values():
        hit = rows["status"].isna() | (rows["status"] == status) if "status" in rows.columns else rows.geometry.notna()
        shown = rows[hit & rows.geometry.notna()]
        if not shown.empty:
            kept.append(shown)
    return kept


def paths(rows: Any) -> int:
    """Return how many paths Leaflet draws for these rows."""
    return int((~rows.geometry.geom_type.isin(["Point", "MultiPoint"])).sum())


def page(layers: dict[str, Any]) -> str:
    """Return a Folium page of all layers: one GeoJson each with a tooltip, tiles and libraries from the CDN."""
    world = folium.Map(location=[45, 75], zoom_start=4)
    for name, rows in layers.items():
        drawn = rows[rows.geometry.notna()]
        if drawn.empty:
            continue
        fields = [field for field in SHOWN if field in drawn.columns]
        folium.GeoJson(drawn[[*fields, "geometry"]], name=name, tooltip=folium.GeoJsonTooltip(fields=fields)).add_to(
            world
        )
    folium.LayerControl().add_to(world)
    return str(world.get_root().render())
