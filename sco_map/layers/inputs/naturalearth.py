"""Read the shapefiles that the source register names; knows their file format and nothing of their use."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import geopandas as gpd
import pyogrio

from sco_map.catalog import Catalog, Source
from sco_map.errors import ScoMapError
from sco_map.files import work_folder
from sco_map.layers.inputs.packages import find_input

ATTRIBUTES = "_attributes"


def registered(source: str, catalog: Catalog) -> Source:
    """Return the entry of sources.toml, which says where an input comes from."""
    if source not in catalog.sources:
        raise ScoMapError(f"sources.toml has no entry '{source}', which says where an input of the build comes from")
    return catalog.sources[source]


def read_shapefile(source: str, columns: Sequence[str], catalog: Catalog) -> tuple[gpd.GeoDataFrame, str]:
    """Return the features of a shapefile with `columns`, in WGS 84, and in words where it was found.

    `source` names the shapes (.shp) in sources.toml; the attributes (.dbf) are the entry with "_attributes" added.
    """
    shapes = find_input(registered(source, catalog))
    attributes = find_input(registered(source + ATTRIBUTES, catalog))
    with work_folder() as folder:
        target = folder / "shapes.shp"
        shutil.copyfile(shapes.path, target)
        shutil.copyfile(attributes.path, target.with_suffix(".dbf"))
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
        features = gpd.read_file(target, columns=list(columns), encoding="utf-8")
    return features.set_crs(4326, allow_override=True), f"{source}: {shapes.origin}"
