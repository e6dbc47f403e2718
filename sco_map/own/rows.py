"""Bring a reader's file into the columns of the map: rows like ours, with ids that cannot collide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sco_map.atlas.load import Atlas, objects, typed
from sco_map.catalog import Place
from sco_map.model.columns import BY_NAME, NAMES
from sco_map.model.own import AREA, LICENCE, LINE, POINT, PREFIX
from sco_map.model.texts import counted
from sco_map.own.cells import is_blank, number_in, year_in
from sco_map.own.contents import NUMBER
from sco_map.own.guess import mapped
from sco_map.own.known import KNOWN, LOCODE, KnownFormat
from sco_map.own.lands import LAND, Located, located
from sco_map.own.reading import OwnFile, column_key
from sco_map.own.shapes import Shapes, is_two_points
from sco_map.own.values import capacity_of, countries_for, countries_in, listed, millimetres, words_for

DECIMALS = 5
UNFINISHED = ("proposed", "planned", "construction")
NOT_A_SLUG = re.compile(r"[^a-z0-9]+")
LONGEST_SLUG = 40
LONGEST_NOTE = 600
SCHEMATIC = "schematic"
PORT_FUNCTION = "1"
"""Of UN/LOCODE: the digit of a port."""

Locate = Callable[[Shapes, bytes], Located]


@dataclass(frozen=True, eq=False)
class OwnLayer:
    """A reader's layer in the columns of the map, with what was guessed and what is to be said of it.

    `columns` says for each of ours which column of the file it is; `rows` are like those of an atlas; `notes` are
    sentences about what was repaired, left out or not understood, `network_notes` about what joins the network, at
    `places` that no other line of the map has.
    """

    id: str
    file: OwnFile
    columns: Mapping[str, str]
    rows: gpd.GeoDataFrame
    notes: tuple[str, ...]
    places: Mapping[str, Place] = field(default_factory=dict)
    network_notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called: the name of its file, with the layer where the file has several."""
        return self.file.title

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of its rows."""
        bounds = self.rows.geometry.total_bounds
        west, south, east, north = (float(one) for one in bounds)
        return (west, south, east, north) if np.isfinite(bounds).all() else (-180.0, -90.0, 180.0, 90.0)


def slug_of(title: str) -> str:
    """Return a title in letters of an id; one in another script gets a digest."""
    stem = title.rsplit(".", 1)[0] if "." in title and ":" not in title else title
    slug = NOT_A_SLUG.sub("_", stem.lower()).strip("_")[:LONGEST_SLUG].strip("_")
    return slug or sha256(title.encode()).hexdigest()[:8]


def layer_of(
    file: OwnFile,
    atlas: Atlas,
    *,
    said: Mapping[str, str] | None = None,
    id_: str | None = None,
    locate: Locate = located,
) -> OwnLayer:
    """Return a reader's file in the columns of an atlas.

    `said` names columns of the file for ours, in the place of the guess; `locate` finds where shapes lie, here or on
    other machines. Raises OwnDataError for a column that the file does not have.
    """
    columns = mapped(file.name, file.columns, file.known, said or {})
    layer = id_ or f"{PREFIX}{slug_of(file.title)}"
    making = Making(file, atlas, columns, layer, locate)
    rows = making.rows()
    return OwnLayer(layer, file, columns, rows, (*file.notes, *making.notes))


class Making:
    """The rows of one file while they are made: its cells by our names, and what could not be understood."""

    def __init__(
        self, file: OwnFile, atlas: Atlas, columns: Mapping[str, str], layer: str, locate: Locate = located
    ) -> None:
        self.locate = locate
        self.file = file
        self.atlas = atlas
        self.columns = columns
        self.layer = layer
        self.notes: list[str] = []
        self.known: KnownFormat | None = KNOWN[file.known] if file.known else None
        self.numbers = [int(number) for number in file.frame[NUMBER]]
        self.shapes = shapely.set_precision(np.asarray(file.frame.geometry.array), 10**-DECIMALS, mode="pointwise")

    def cells(self, ours: str) -> list[str | None]:
        """Return the cells of the column that is one of ours, None everywhere where there is none."""
        column = self.columns.get(ours)
        if column is None:
            return [None] * len(self.file)
        return [None if is_blank(cell) else cell for cell in self.file.frame[column_key(column)]]

    def say(self, ours: str, unknown: Counter[str], what: str) -> None:
        """Note the words of a column that have no like."""
        if unknown:
            count = counted(sum(unknown.values()), "cell")
            self.notes.append(f"{self.file.name}, column {self.columns[ours]!r}: {what} {listed(unknown)} in {count}")

    def rows(self) -> gpd.GeoDataFrame:
        """Return the rows."""
        count = len(self.file)
        cells: dict[str, Sequence[Any]] = {name: [None] * count for name in NAMES}
        cells["id"] = [f"{self.layer}__{number}" for number in self.numbers]
        cells["layer"] = [self.layer] * count
        cells["licence"] = [LICENCE] * count
        cells["sources"] = [[self.layer] for _ in range(count)]
        cells["title_en"] = self.titles()
        cells["kind"] = self.kinds()
        cells |= self.course()
        cells |= self.standing()
        cells |= self.figures(cells["kind"])
        cells["owner"] = self.cells("owner")
        cells["note"] = self.rest()
        table = pd.DataFrame({name: objects(values) for name, values in cells.items()})
        table["geometry"] = objects(self.shapes)
        return typed(table)

    def titles(self) -> list[str]:
        """Return what the rows are called: by their name and part, by their reference, by their number."""
        names, parts, refs = self.cells("name"), self.cells("part"), self.cells("ref")
        titles = []
        for number, name, part, ref in zip(self.numbers, names, parts, refs, strict=True):
            title = f"{name}: {part}" if name and part and part != name else name or part
            titles.append(title or (f"{self.file.name} {ref}" if ref else f"{self.file.name} {number}"))
        return titles

    def kinds(self) -> list[str]:
        """Return what the rows are, by the words of the file and by their geometry."""
        words = words_for(self.atlas.catalog, "kind", self.known.kinds if self.known else {})
        geometry = {id_: word.geometry for id_, word in self.atlas.catalog.vocabulary["kind"].items()}
        found = []
        for cell, shape in zip(self.cells("kind"), self.shapes, strict=True):
            form = form_of(shape)
            kind = words(cell)
            if self.file.known == LOCODE:
                kind = "port" if cell and PORT_FUNCTION in cell else None
            found.append(kind if kind is not None and geometry.get(kind) == form else form)
        return found

    def course(self) -> dict[str, Sequence[Any]]:
        """Return where the rows lie: states, km in each, lengths, and whether they are only a symbol."""
        states, km_by_country, drawn = self.locate(self.shapes, self.atlas.ground.get(LAND, b""))
        names = countries_for(self.atlas.catalog)
        unknown: Counter[str] = Counter()
        said = [countries_in(cell, names, unknown) for cell in self.cells("country")]
        self.say("country", unknown, "no state is called")
        codes = [lies_in or named for lies_in, named in zip(states, said, strict=True)]
        lengths = [None if np.isnan(km) else round(float(km), 2) for km in drawn]
        symbols = is_two_points(self.shapes)
        if symbols.any():
            self.notes.append(
                f"{self.file.name}: {counted(int(symbols.sum()), 'line')} with two points only: marked as schematic"
            )
        published = self.published()
        return {
            "countries": [[code for code in codes_of if code in self.atlas.catalog.countries] for codes_of in codes],
            "km_by_country": km_by_country,
            "length_km": lengths,
            "drawn_km": lengths,
            "length_basis": [None if km is None else "drawn" for km in lengths],
            "accuracy_basis": [SCHEMATIC if is_symbol else None for is_symbol in symbols],
            "published_lengths": published,
        }

    def published(self) -> list[list[dict[str, Any]]]:
        """Return the lengths that the file says, for whatever they cover there."""
        found = []
        for cell in self.cells("length"):
            km = number_in(cell)
            scope = self.columns.get("length", "")
            found.append([{"km": km, "scope": scope, "source": self.layer}] if km and 0 < km < 50_000 else [])
        return found

    def standing(self) -> dict[str, Sequence[Any]]:
        """Return statuses as dated phases, and openings that are still to come as promises."""
        words = words_for(self.atlas.catalog, "status", self.known.words if self.known else {})
        statuses = [words(cell) for cell in self.cells("status")]
        known = ", ".join(self.atlas.catalog.vocabulary["status"])
        self.say("status", words.unknown, f"the map has no status for what is left empty (it knows {known}):")
        phases, promises = [], []
        for status, cell in zip(statuses, self.cells("year"), strict=True):
            year = year_in(cell)
            is_dated = year is not None and status not in UNFINISHED
            begins = str(year) if is_dated and status in (None, "operating") else None
            phases.append([{"from": begins, "status": status, "source": self.layer}] if status else [])
            opens = year is not None and status in UNFINISHED
            promises.append([{"opens": str(year), "source": self.layer}] if opens else [])
        return {"status": statuses, "phases": phases, "promises": promises}

    def figures(self, kinds: Sequence[str]) -> dict[str, Sequence[Any]]:
        """Return capacity, gauge and diameter."""
        column = self.columns.get("capacity", "")
        given, units = self.cells("capacity"), self.cells("unit")
        found = [capacity_of(cell, unit, column) for cell, unit in zip(given, units, strict=True)]
        lost = Counter(cell for cell, one in zip(given, found, strict=True) if cell and one is None and number_in(cell))
        self.say("capacity", lost, "the unit of these capacities is not known, so they were left out:")
        gauge, diameter = BY_NAME["gauge_mm"], BY_NAME["diameter_mm"]
        inches = self.cells("diameter_unit")
        return {
            "capacity": [one and one[0] for one in found],
            "capacity_unit": [one and one[1] for one in found],
            "gauge_mm": [
                millimetres(cell, None, gauge.low, gauge.high or 0) if kind == "rail" else None
                for cell, kind in zip(self.cells("gauge"), kinds, strict=True)
            ],
            "diameter_mm": [
                millimetres(cell, unit, diameter.low, diameter.high or 0)
                for cell, unit in zip(self.cells("diameter"), inches, strict=True)
            ],
        }

    def rest(self) -> list[str | None]:
        """Return what else the file says of each row, as one text."""
        used = set(self.columns.values())
        others = [column for column in self.file.columns if column not in used]
        columns = [(column, self.file.frame[column_key(column)].tolist()) for column in others]
        kept = [(self.columns[key], self.cells(key)) for key in ("ref", "link") if key in self.columns]
        notes: list[str | None] = []
        for at in range(len(self.file)):
            said = "; ".join(f"{name}: {cells[at]}" for name, cells in (*kept, *columns) if not is_blank(cells[at]))
            notes.append((said if len(said) <= LONGEST_NOTE else f"{said[: LONGEST_NOTE - 1]}…") or None)
        return notes


def form_of(shape: shapely.Geometry | None) -> str:
    """Return what a row is by its geometry alone."""
    family = "" if shape is None else shape.geom_type.removeprefix("Multi")
    return {"LineString": LINE, "Polygon": AREA}.get(family, POINT)
