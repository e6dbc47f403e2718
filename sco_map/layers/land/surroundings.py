"""What carries no facts of a project (states, borders, basemap, fonts, files for others); chooses what builds each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from sco_map.catalog import Catalog, Layer, LocalText, files_beside
from sco_map.catalog.prose import renewed
from sco_map.catalog.schema import schema_files
from sco_map.layers.page_script import CONTRACT_FILE, TYPES_FILE, WEB
from sco_map.layers.rows.features import Feature
from sco_map.layers.write import layer_bytes
from sco_map.model.contract import contract_file
from sco_map.model.contract_types import contract_types
from sco_map.paths import GEODATA

# layer -> module of sco_map.layers and function that returns its features; imported only when the layer is asked for
BUILDERS = {
    "members": ("borders", "build_members"),
    "disputed_areas": ("borders", "build_disputed_areas"),
    "boundary_lines": ("boundaries", "build_boundary_lines"),
    "basemap_land": ("basemap", "build_land"),
    "basemap_lakes": ("basemap", "build_lakes"),
    "basemap_rivers": ("river_layers", "build_rivers"),
    "basemap_cities": ("basemap", "build_cities"),
    "basemap_labels": ("basemap", "build_labels"),
}
RELIEF = "basemap_relief"
FONTS = "page_fonts"
SCHEMAS = "schemas"
CONTRACT = "contract"
PROSE = "prose"
LAYERS = (*BUILDERS, RELIEF, FONTS, SCHEMAS, CONTRACT, PROSE)
RIVERS = "water"

STEPS = {
    "members": "states cut from the land of the earth, which takes longest here",
    "disputed_areas": "areas cut from the same land",
    "boundary_lines": "borders with their class for every worldview",
    "gauge_changes": "railways compared where they meet",
    RIVERS: "courses of rivers traced through the river file",
    "basemap_land": "land of every state, simplified together",
    "basemap_lakes": "lakes and inland seas",
    "basemap_rivers": "courses of rivers, and the large ones without a name",
    "basemap_cities": "cities",
    "basemap_labels": "names of states, seas and lakes",
    RELIEF: "hill shade",
    FONTS: "fonts cut down to the characters in use, the slowest step",
    SCHEMAS: "schemas of the catalog's files",
    CONTRACT: "what the page's script has to know",
    PROSE: "texts for readers, for those who translate them",
}
"""What is done for a layer, in the words of a build that says what it is doing."""


def builder(layer: str) -> Callable[[Catalog], list[Feature]]:
    """Return the function that builds a layer."""
    module, function = BUILDERS[layer]
    found: Callable[[Catalog], list[Feature]] = getattr(import_module(f"sco_map.layers.land.{module}"), function)
    return found


def entry(layer: str, catalog: Catalog) -> Layer:
    """Return what layers.toml says of a layer; the basemap has no rows and is not in there."""
    if layer in catalog.layers:
        return catalog.layers[layer]
    return Layer(
        id=layer,
        title=LocalText(en=layer.replace("_", " ").capitalize()),
        group="basemap",
        order=1000,
        inclusion="What lies under the corridors.",
        gaps="None that matter at the scale of the map.",
        as_of=import_module("sco_map.layers.land.borders").AS_OF,
        licence=next(iter(catalog.licences)),
        extent=(-180, -90, 180, 90),
    )


def files(
    layer: str, catalog: Catalog, folder: Path, fresh: Mapping[Path, bytes]
) -> Iterator[tuple[Path, bytes, int, tuple[str, ...]]]:
    """Yield path, content, number of features and origins of inputs of each file of a layer.

    `folder` holds the files of the build before: a picture in it with the right pixels is kept as it is encoded.
    `fresh` has the files that this build makes; the fonts of the page hold the letters of all of them.
    """
    if layer == FONTS:
        fonts = import_module("sco_map.layers.page_fonts")
        target = fonts.FONTS if folder == GEODATA else folder
        for file, content, origins in fonts.font_files(catalog, folder, target, fresh):
            yield file, content, 0, origins
        return
    if layer == SCHEMAS:
        for name, content in schema_files(catalog):
            yield catalog.path / name, content, 0, ()
        return
    if layer == PROSE:
        for file, content in renewed(catalog, files_beside(catalog.path)):
            yield file, content, 0, ()
        return
    if layer == CONTRACT:
        if folder == GEODATA and WEB.is_dir():
            yield WEB / CONTRACT_FILE, contract_file(), 0, ()
            yield WEB / "src" / TYPES_FILE, contract_types(), 0, ()
        return
    if layer == RELIEF:
        for name, content in import_module("sco_map.layers.land.relief").relief_files(catalog, folder):
            yield folder / name, content, 0, ()
        return
    features = builder(layer)(catalog)
    origins = import_module("sco_map.layers.land.borders").read_borders(catalog).origins
    yield folder / f"{layer}.geojson", layer_bytes(entry(layer, catalog), features, catalog), len(features), origins


def river_features(catalog: Catalog) -> list[Feature]:
    """Return the named rivers of the catalog as rows."""
    rows: list[Feature] = import_module("sco_map.layers.land.river_layers").build_river_rows(catalog)
    return rows
