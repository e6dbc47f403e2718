"""Assemble the layer files into one table and say what is wrong with them; everything later works on that table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd

from sco_map.catalog import Catalog, Problem, read_catalog
from sco_map.catalog.models import PLACE
from sco_map.check.ground import BASEMAP, DISPUTED, GROUND, RELIEF, relief_problems
from sco_map.check.reading import LayerFile, collector_paused, read_layer
from sco_map.check.rows import row_problems
from sco_map.errors import ScoMapError
from sco_map.files import read_bytes
from sco_map.model.columns import COLUMNS, NAMES, NUMBER, TEXT, WHOLE
from sco_map.model.dates import year_of
from sco_map.model.languages import LANGUAGES
from sco_map.model.outside import LOCODE
from sco_map.model.outside import NAMES as OUTSIDE_IDS
from sco_map.model.search import haystack
from sco_map.model.selection import ALL_MEMBERS, CAPACITY_UNIT, MEMBER
from sco_map.paths import GEODATA

WORLDVIEW = "class_"
"""How the names of the columns begin that class the boundary lines for one worldview."""


class AtlasError(ScoMapError):
    """Report every problem of the layer files at once; `problems` holds them in the order of the layers."""

    def __init__(self, problems: Iterable[Problem], folder: str = "geodata") -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) > 1 else ''}"
        super().__init__("\n  ".join([f"{folder} has {count}:", *map(str, self.problems)]))


@dataclass(frozen=True, eq=False)
class Atlas:
    """All rows of all layers in one table (WGS 84), with the catalog they were built from.

    `heads` holds title, licence, attribution and as_of of each layer file that could be read; `problems` what
    is wrong with the others, which are left out of `rows` as a whole. `ground` is what lies under the map: the files of
    land, waters, borders and relief by name, as they were when the rows were read; damaged ones are left out.
    """

    rows: gpd.GeoDataFrame
    catalog: Catalog
    folder: Path = GEODATA
    heads: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
    checksum: str = ""
    ground: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @cached_property
    def row_numbers(self) -> Mapping[str, int]:
        """The position of each row in `rows`, by its id."""
        return {id_: number for number, id_ in enumerate(self.rows["id"])}

    @cached_property
    def haystacks(self) -> pd.Series:
        """For each row the folded text that a search looks through: names, ids, projects, places and sources.

        Of places there are the codes of the United Nations, too, but not the numbers of Wikidata: they are many, and a
        year that is looked for would be found inside them.
        """
        texts = zip(
            *(self.rows[name] for name in ("id", *(f"title_{language}" for language in LANGUAGES), *OUTSIDE_IDS)),
            *(self.rows[name] for name in ("projects", "places", "sources")),
            strict=True,
        )
        return pd.Series(
            [
                haystack(
                    [id_row, *(text for text in titles if isinstance(text, str))]
                    + list(self.catalog.names_beside(id_row))
                    + [text for id_ in projects for text in self._project_texts.get(id_, ())]
                    + [text for id_ in places for text in self._place_texts.get(id_, ())]
                    + [text for id_ in sources for text in self._source_texts.get(id_, ())]
                )
                for id_row, *titles, projects, places, sources in texts
            ],
            index=self.rows.index,
            dtype=object,
        )

    @cached_property
    def _project_texts(self) -> dict[str, tuple[str, ...]]:
        catalog = self.catalog
        return {
            id_: (
                *project.title.texts,
                *(one.id for one in catalog.ids_of(id_).values()),
                *catalog.names_beside(id_),
            )
            for id_, project in catalog.projects.items()
        }

    @cached_property
    def _place_texts(self) -> dict[str, tuple[str, ...]]:
        catalog = self.catalog
        return {
            id_: (
                *place.name.texts,
                *(one.id for one in catalog.ids_of(PLACE + id_).values() if one.scheme == LOCODE),
                *catalog.names_beside(PLACE + id_),
            )
            for id_, place in catalog.places.items()
        }

    @cached_property
    def _source_texts(self) -> dict[str, list[str | None]]:
        return {id_: [source.title, source.publisher, source.url] for id_, source in self.catalog.sources.items()}

    @cached_property
    def _known(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        catalog = self.catalog
        layers = catalog.known("layers").items()
        return {
            "country": {ALL_MEMBERS: ("members", "all"), **catalog.known("countries")},
            "project": catalog.known("projects"),
            "layer": {id_: names for id_, names in layers if catalog.layers[id_].group != GROUND},
            **{name: catalog.known(f"vocabulary.{name}") for name in ("kind", "status", "role", CAPACITY_UNIT)},
        }

    def known_values(self, facet: str) -> Mapping[str, Sequence[str]]:
        """Return the values that `facet` (or the unit of a capacity) may take, each with its names and spellings."""
        return self._known[facet]

    @property
    def year(self) -> int:
        """The year of the facts: that of the layer looked at last."""
        return max((year_of(layer.as_of) or 0 for layer in self.catalog.layers.values()), default=0)

    @property
    def worldviews(self) -> tuple[str, ...]:
        """The worldviews for which the layers carry classes of boundary lines."""
        columns = (column for layer in self.catalog.layers.values() for column in layer.columns)
        return tuple(column.removeprefix(WORLDVIEW) for column in columns if column.startswith(WORLDVIEW))

    def members(self, year: int | None = None) -> frozenset[str]:
        """Return the codes of the states that were members in `year` (None: are members)."""
        return frozenset(self.countries_by_role(year).get(MEMBER, ()))

    def countries_by_role(self, year: int | None = None) -> dict[str, tuple[str, ...]]:
        """Return for each role the codes of the states that had it in `year` (None: that have it)."""
        found: dict[str, tuple[str, ...]] = {}
        for id_, country in self.catalog.countries.items():
            begun = [role for role in country.roles if year is None or role.year <= year]
            if begun:
                found[begun[-1].role] = (*found.get(begun[-1].role, ()), id_)
        return found

    def ancestors(self, project: str) -> tuple[str, ...]:
        """Return the ids of the projects above `project` in the tree, the nearest first."""
        above: list[str] = []
        entry = self.catalog.projects.get(project)
        while entry is not None and entry.parent and entry.parent not in above:
            above.append(entry.parent)
            entry = self.catalog.projects.get(entry.parent)
        return tuple(above)


def load_atlas(path: Path = GEODATA, *, strict: bool = False, catalog: Catalog | None = None) -> Atlas:
    """Return all layers under `path` as one atlas; `catalog` defaults to the one in its folder `catalog`.

    A layer file that is missing or has a fault is left out and reported in `problems`; when `strict`, AtlasError
    is raised with all of them. A faulty catalog always raises, CatalogError.
    """
    with collector_paused():
        return loaded(Path(path), catalog, strict=strict)


def loaded(path: Path, catalog: Catalog | None, *, strict: bool) -> Atlas:
    """Return the atlas of a folder, as `load_atlas` says."""
    catalog = read_catalog(path / "catalog") if catalog is None else catalog
    layers = sorted(
        (layer for layer in catalog.layers.values() if layer.group != GROUND), key=lambda entry: entry.order
    )
    digest = hashlib.sha256()
    under: dict[str, bytes] = {}
    files: dict[str, LayerFile] = {}
    for layer in layers:
        files[layer.id], raw = read_layer(path / f"{layer.id}.geojson", f"{layer.id}.geojson")
        digest.update(f"{layer.id} {len(raw)}\n".encode() + raw)
        if layer.id == DISPUTED:
            under[f"{layer.id}.geojson"] = raw
    ground = ground_files(path, catalog)
    under |= {file.name: raw for file, raw in ground}
    looked_at = [*files.values(), *(file for file, _ in ground)]
    problems = [
        *(problem for file in looked_at for problem in file.problems),
        *row_problems(looked_at, catalog),
        *(relief_problems(path) if ground else ()),
    ]
    if problems and strict:
        raise AtlasError(problems, path.name)
    broken = {problem.file for problem in problems}
    whole = {id_: file for id_, file in files.items() if file.name not in broken}
    under |= relief_files(path) if ground and broken.isdisjoint(RELIEF) else {}
    return Atlas(
        rows=typed(raw_table(whole)),
        catalog=catalog,
        folder=path,
        heads=MappingProxyType({id_: file.head for id_, file in whole.items()}),
        problems=tuple(problems),
        checksum=digest.hexdigest(),
        ground=MappingProxyType({name: content for name, content in under.items() if name not in broken}),
    )


def ground_files(path: Path, catalog: Catalog) -> list[tuple[LayerFile, bytes]]:
    """Return the files of the ground and their bytes; a folder that has no basemap at all lacks nothing."""
    names = [*(layer.id for layer in catalog.layers.values() if layer.group == GROUND), *BASEMAP]
    if not any((path / f"{name}.geojson").exists() for name in BASEMAP):
        return []
    return [read_layer(path / f"{name}.geojson", f"{name}.geojson") for name in names]


def relief_files(path: Path) -> dict[str, bytes]:
    """Return picture and frame of the relief by name; a folder may do without both."""
    return {name: read_bytes(path / name) for name in RELIEF if (path / name).exists()}


def raw_table(files: Mapping[str, LayerFile]) -> pd.DataFrame:
    """Return the features of all files as one table of untyped cells."""
    records = [entry for file in files.values() for entry in file.properties]
    columns = list(dict.fromkeys([*NAMES, *(key for entry in records for key in entry)]))
    cells = {name: objects(entry.get(name) for entry in records) for name in columns}
    cells["geometry"] = objects(shape for file in files.values() for shape in file.geometry)
    return pd.DataFrame(cells)


def objects(values: Iterable[Any]) -> pd.Series:
    """Return `values` as a column of Python objects, whatever they are."""
    return pd.Series(list(values), dtype=object)


def filled(cells: Iterable[Any], empty: Any) -> Iterator[Any]:
    """Yield the cells, in the place of an empty one a copy of what its column holds where it is empty."""
    return (cell or (empty if empty is None else empty.copy()) for cell in cells)


def typed(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the table with the types of its columns: empty lists for missing ones, missing text and numbers as NA."""
    types = dict.fromkeys(TEXT, "str") | dict.fromkeys(NUMBER, "float64") | dict.fromkeys(WHOLE, "Int64")
    rows = rows.astype(types)
    for column in COLUMNS:
        if column.name not in types:
            rows[column.name] = objects(filled(rows[column.name], column.empty))
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
