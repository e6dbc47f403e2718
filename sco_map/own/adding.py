"""Put a reader's layers beside those of the map: an atlas with their rows and with entries that say whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import geopandas as gpd
import pandas as pd

from sco_map.atlas.load import Atlas
from sco_map.atlas.prose import OWN_TEXTS, interface_words
from sco_map.catalog import Layer, Licence, LocalText, Source
from sco_map.check.reading import collector_paused
from sco_map.model.languages import FIRST
from sco_map.model.own import LICENCE, OWN, PREFIX
from sco_map.model.texts import counted
from sco_map.own.cells import cleaned
from sco_map.own.formats import ENDINGS
from sco_map.own.guess import GEOMETRY_TARGETS
from sco_map.own.joining import joined
from sco_map.own.lands import located
from sco_map.own.limits import LIMITS, Limits
from sco_map.own.reading import OwnFile, read_file
from sco_map.own.rows import Locate, OwnLayer, layer_of, slug_of
from sco_map.own.shapes import coordinate_count

FIRST_ORDER = 100_000
"""Where a reader's layers stand in the legend: behind all of ours."""

LAYER_MARK = ":"
Map = TypeVar("Map", bound=Atlas)
Progress = Callable[[str], None]

LARGE_BYTES, MANY_VERTICES, MANY_FEATURES = 5_000_000, 200_000, 10_000
"""From these on a file takes so long that it is said what is being done with it."""


def silent(_: str) -> None:
    """Say nothing of what is being done."""


def split_name(text: str) -> tuple[Path, str | None]:
    """Return the path and the layer that `FILE[:layer]` names; a path that exists as it is has no layer."""
    path = Path(text)
    if path.exists() or LAYER_MARK not in text:
        return path, None
    found = re.match(
        rf"(?s)(.+\.(?:{'|'.join(map(re.escape, sorted(ENDINGS, key=len, reverse=True)))})){LAYER_MARK}(.*)",
        text,
        re.IGNORECASE,
    )
    if found is None:
        file, _, layer = text.rpartition(LAYER_MARK)
        return (Path(file), layer) if Path(file).exists() else (path, None)
    return Path(found.group(1)), found.group(2) or None


def read_layers(
    atlas: Atlas,
    files: Iterable[str | Path],
    *,
    said: Mapping[str, str] | None = None,
    crs: str | None = None,
    limits: Limits = LIMITS,
    progress: Progress = silent,
    locate: Locate = located,
) -> list[OwnLayer]:
    """Return the files as layers of an atlas; a text may name a layer behind a colon, `FILE:layer`.

    `said` names columns, such as {"name": "PipelineName"}; with several files each takes those that it has, and one
    that none has is an error. `progress` is called with what is done with a large file, step by step. Raises
    OwnDataError.
    """
    said = said or {}
    parts = [split_name(str(file)) if isinstance(file, str) else (file, None) for file in files]
    found = []
    for path, layer in parts:
        geometry = {ours: column for ours, column in said.items() if ours in GEOMETRY_TARGETS}
        if size := large(path):
            progress(f"{cleaned(path.name, 200)}: reading {size / 1e6:,.0f} MB")
        found.append(read_file(path, layer=layer, crs=crs, columns=geometry, limits=limits))
    return layers_of(atlas, found, said, progress=progress, locate=locate)


def large(path: Path) -> int:
    """Return the size of a file that takes seconds to read, 0 for a smaller one or none."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return 0  # what is wrong with it is said when it is read
    return size if size >= LARGE_BYTES else 0


def layers_of(
    atlas: Atlas,
    files: Sequence[OwnFile],
    said: Mapping[str, str],
    *,
    progress: Progress = silent,
    locate: Locate = located,
) -> list[OwnLayer]:
    """Return files that were read as layers of an atlas, with ids that are in none of its layers.

    Their railways, roads, ships' legs and pipelines join its network and that of the files before.
    """
    layers: list[OwnLayer] = []
    for file in files:
        own = {
            ours: column
            for ours, column in said.items()
            if len(files) == 1
            or not column
            or column in file.columns
            or not any(column in one.columns for one in files)
        }
        vertices = coordinate_count(file.frame.geometry.to_numpy())
        if vertices >= MANY_VERTICES or len(file) >= MANY_FEATURES:
            what = f"{counted(len(file), 'feature')} with {counted(vertices, 'vertex', 'vertices')}"
            progress(f"{file.title}: finding states and lengths of {what}")
        id_ = free_id(atlas, [one.id for one in layers], file.title)
        with collector_paused():
            layer = layer_of(file, atlas, said=own, id_=id_, locate=locate)
            layers.append(joined(with_layers(atlas, layers), layer))
    return layers


def free_id(atlas: Atlas, taken: Sequence[str], title: str) -> str:
    """Return an id for a layer that neither the atlas nor those taken have."""
    plain = id_ = f"{PREFIX}{slug_of(title)}"
    number = 2
    while id_ in taken or id_ in atlas.catalog.layers:
        id_ = f"{plain}_{number}"
        number += 1
    return id_


def with_layers(atlas: Map, layers: Sequence[OwnLayer]) -> Map:
    """Return an atlas with a reader's layers behind its own; the atlas itself stays as it is.

    Their rows are under a licence that says that theirs is unknown, and cite a source that is their file.
    """
    if not layers:
        return atlas
    catalog = atlas.catalog
    order = max([FIRST_ORDER, *(one.order + 1 for one in catalog.layers.values())])
    heads = dict(atlas.heads)
    entries, sources = dict(catalog.layers), dict(catalog.sources)
    digest = sha256(atlas.checksum.encode())
    for number, layer in enumerate(layers):
        entries[layer.id] = entry_of(layer, order + number)
        sources[layer.id] = Source.model_construct(
            id=layer.id, publisher=layer.title, title=None, quality="own_file", licence=LICENCE
        )
        heads[layer.id] = {
            "title": {FIRST: layer.title},
            "licence": LICENCE,
            "attribution": credit(layers),
            "as_of": "",
        }
        digest.update(f"{layer.id} {layer.file.checksum} {sorted(layer.columns.items())}".encode())
    licences = {**catalog.licences, LICENCE: licence_of([*own_layers(atlas), *layers])}
    places = {**catalog.places, **{id_: place for layer in layers for id_, place in layer.places.items()}}
    extended = replace(catalog, layers=entries, sources=sources, licences=licences, places=places)
    rows = pd.concat([atlas.rows, *(layer.rows for layer in layers)], ignore_index=True)
    return replace(
        atlas,
        rows=gpd.GeoDataFrame(rows, geometry="geometry", crs=atlas.rows.crs),
        catalog=extended,
        heads=MappingProxyType(heads),
        checksum=digest.hexdigest(),
    )


def entry_of(layer: OwnLayer, order: int) -> Layer:
    """Return the entry of a reader's layer among ours."""
    inclusion, gaps = (interface_words(FIRST)[key] for key in OWN_TEXTS)
    return Layer.model_construct(
        id=layer.id,
        title=LocalText.model_construct(en=layer.title),
        group=OWN,
        order=order,
        inclusion=inclusion,
        gaps=gaps,
        as_of="",
        licence=LICENCE,
        extent=layer.extent,
        columns=(),
    )


def own_layers(atlas: Atlas) -> list[Layer]:
    """Return the layers of an atlas that a reader has added."""
    return [layer for layer in atlas.catalog.layers.values() if layer.group == OWN]


def licence_of(layers: Iterable[Layer | OwnLayer]) -> Licence:
    """Return the entry that stands for licences that nobody has named."""
    return Licence.model_construct(
        id=LICENCE, title="Licence unknown (your own data)", url=None, attribution=credit(layers), share_alike=False
    )


def credit(layers: Iterable[Layer | OwnLayer]) -> str:
    """Return whose the rows are, in the place of a credit."""
    titles = dict.fromkeys(one.title.en if isinstance(one, Layer) else one.title for one in layers)
    return f"Own data, not checked by this map: {', '.join(titles)}"


def add_files(
    atlas: Map,
    files: Iterable[str | Path],
    *,
    said: Mapping[str, str] | None = None,
    crs: str | None = None,
    progress: Progress = silent,
) -> tuple[Map, list[OwnLayer]]:
    """Return an atlas with files of a reader behind its own layers, and these layers with what is to be said of them.

    Raises OwnDataError with one sentence when a file cannot be used; the atlas stays as it was.
    """
    layers = read_layers(atlas, files, said=said, crs=crs, progress=progress)
    return with_layers(atlas, layers), layers
