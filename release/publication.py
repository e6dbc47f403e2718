"""Map and data of a release, made from the checkout that this file lies in: pages, formats, schemas, description.

`python -m release.publication FOLDER EPOCH [SELECTION]` writes them; a selection is for trying a release out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from release.data_package import data_package, register_of_sources
from sco_map.atlas import Atlas, Selection, load_atlas
from sco_map.catalog.schema import as_text
from sco_map.errors import ScoMapError
from sco_map.export import render
from sco_map.export.archive import zipped
from sco_map.model.languages import LANGUAGES
from sco_map.model.row_schemas import csv_schema, geojson_schema
from sco_map.page import View
from sco_map.paths import CATALOG
from sco_map.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
WITH_TABLES = ("gpkg", "xlsx", "kml", "shp.zip")
"""Formats that keep rows under a share-alike licence in tables of their own."""

WITH_ONE_TABLE = ("geojson", "csv", "parquet", "fgb")
APART = {"odbl": "only", "open": "without"}
"""The parts in which the other formats are written: the rows under a share-alike licence, and all others."""

BESIDE = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "NOTICE.md")
SAMPLE = "-sample"


def main(folder: str, epoch: str, query: str = "") -> int:
    """Write the files of a release; return 1 when that is not possible."""
    try:
        for name, content in publication(load_atlas(strict=True), int(epoch), Selection.from_query(query)).items():
            Path(folder, name).write_bytes(content)
    except ScoMapError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def publication(atlas: Atlas, epoch: int, selection: Selection) -> dict[str, bytes]:
    """Return the files of a release by name: the map, the data, and what describes them."""
    selection.checked(atlas)
    stem = f"sco-map-{VERSION}{SAMPLE if selection else ''}"
    files = {f"{stem}.{rest}": content for rest, content in [*pages(atlas, selection), *data(atlas, selection)]}
    words = words_of(atlas)
    files[f"{stem}.sources.csv"] = register_of_sources(atlas.catalog)
    files[f"{stem}.schema.json"] = as_text(geojson_schema(words))
    files[f"{stem}.catalog-schemas.zip"] = zipped(catalog_schemas())
    files["datapackage.json"] = as_text(
        data_package(atlas, files, stem, csv_schema(words), datetime.fromtimestamp(epoch, UTC))
    )
    files |= {name: (ROOT / name).read_bytes() for name in BESIDE}
    return files


def catalog_schemas() -> dict[str, bytes]:
    """Return the schemas of the files of the catalog, and the description that names those of tables."""
    paths = [CATALOG / "datapackage.json", *sorted((CATALOG / "schema").rglob("*.json"))]
    return {path.relative_to(CATALOG).as_posix(): path.read_bytes() for path in paths}


def pages(atlas: Atlas, selection: Selection) -> Iterator[tuple[str, bytes]]:
    """Yield the map as a page, full and light, in each language."""
    for language in LANGUAGES:
        for suffix, is_light in (("", False), (".light", True)):
            page = render(atlas, selection, View(lang=language), "html", light=is_light)
            yield f"{language}{suffix}.html", page


def data(atlas: Atlas, selection: Selection) -> Iterator[tuple[str, bytes]]:
    """Yield the rows in every format."""
    for ending in WITH_TABLES:
        yield ending, render(atlas, selection, View(), ending)
    for ending in WITH_ONE_TABLE:
        for part, share_alike in APART.items():
            yield f"{part}.{ending}", render(atlas, selection, View(), ending, share_alike=share_alike)


def words_of(atlas: Atlas) -> dict[str, list[str]]:
    """Return the ids that a column of a row may take, by the name of their register."""
    catalog = atlas.catalog
    registers: dict[str, Any] = {name: getattr(catalog, name) for name in REGISTERS}
    registers |= {f"vocabulary.{name}": words for name, words in catalog.vocabulary.items()}
    return {name: list(entries) for name, entries in registers.items()}


REGISTERS = ("countries", "layers", "licences", "projects", "places", "sources")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
