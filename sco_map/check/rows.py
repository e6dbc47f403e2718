"""Check the rows of layer files: each cell by the table of columns, then what the cells of a row say of each other."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from sco_map.catalog import Catalog, Problem
from sco_map.catalog.models import ID_PATTERN
from sco_map.catalog.problems import shortened
from sco_map.catalog.wording import NOT_AN_ID
from sco_map.check.ground import basemap_columns, own_columns, shape_fault
from sco_map.check.positions import position_faults
from sco_map.check.reading import LayerFile
from sco_map.check.values import Values, is_empty
from sco_map.model.accuracy import row_figures, share_inside
from sco_map.model.columns import BY_NAME, DRAWN, LENGTH_BASES, UNIT_OF, Type, Value
from sco_map.model.geodesy import GEOD, distance_km
from sco_map.model.kinds import AT_SEA, BORDERS, WATERCOURSES
from sco_map.model.languages import LANGUAGES
from sco_map.model.phases import status_in
from sco_map.model.selection import Selection, SelectionError
from sco_map.model.suggestions import hint
from sco_map.model.tables import cell_text, column_beside
from sco_map.model.texts import quoted

HEAD = (
    Value(name="name", type=Type.TEXT),
    Value(name="title", type=Type.RECORD, parts=tuple(Value(name=name, type=Type.TEXT) for name in LANGUAGES)),
    Value(name="licence", type=Type.TEXT, words="licences"),
    Value(name="attribution", type=Type.TEXT),
    Value(name="as_of", type=Type.DATE),
)
"""What a layer file says of itself, in members beside its features."""

SNAKE_CASE = re.compile(ID_PATTERN)

Columns = Mapping[str, Value]
Ends = dict[tuple[str, str], dict[tuple[tuple[float, float], float], str]]
"""By project and place the ends of lines there, each with the distance it may be off and the label of its row."""

ROUNDING_KM = 0.02
ACCURACY = ("accuracy_km", "accuracy_mean_km", "accuracy_worst_km")
MEASURES_OF_LINES = ("length_km", "drawn_km", "km_by_country", "hops", "pieces")
ENDS_COMPARED = 50
"""With so many ends at one place the others of its project are compared; no real junction has more."""

SHORTEST_TRACK, LONGEST_TRACK = 0.9, 2.0
"""How many times as long as its drawing a track may be: chords leave bends out, places may lie beside the track."""

HOPS_OFF = 0.001
"""Share of a line by which its hops may miss its length."""

SIMPLIFIED = "simplified_degrees"
"""The member of a file that says by how many degrees its lines may be off because they were simplified."""

SIMPLER = 0.85
"""How much shorter a line may become when it is simplified, and how much longer on a coarse grid, as its share."""

KM_OF_A_DEGREE = 111.2

CLOSE_KM = 0.15
"""How far the accuracy of a row may be from what follows from its pieces: rounding, and the rounding of theirs."""


@dataclass(eq=False)
class Row:
    """A feature on its way through the check: its sound cells, the names of the others, and what was found so far."""

    label: str
    cells: dict[str, Any]
    faulty: set[str]
    geometry: shapely.Geometry | None
    faults: list[str] = field(default_factory=list)

    @property
    def form(self) -> str:
        """The type of the geometry, nothing where there is none that is right in itself."""
        return "" if self.geometry is None else str(self.geometry.geom_type)

    def get(self, name: str) -> Any:
        """Return a cell that is sound, None for a faulty or a missing one."""
        return self.cells.get(name)

    def knows(self, *names: str) -> bool:
        """Tell whether none of these cells was found faulty before."""
        return self.faulty.isdisjoint(names)


def row_problems(files: Sequence[LayerFile], catalog: Catalog) -> list[Problem]:
    """Return what is wrong with the features of layer files, file by file; the same faults in many rows are counted."""
    values = Values(catalog)
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for file in files:
        rows = rows_of(file, values, seen)
        problems = [Problem(file.name, f"feature {row.label}", fault) for row in rows for fault in row.faults]
        if not file.is_strict and not (problems or file.problems):
            fault = "holds NaN, Infinity or half a character outside its features, which JSON does not have"
            problems.append(Problem(file.name, "", fault))
        problems += (Problem(file.name, "", fault) for fault in head_faults(file, values))
        problems += (Problem(file.name, "", fault) for fault in licence_faults(file, rows, catalog))
        found += shortened(problems)
    return found


def head_faults(file: LayerFile, values: Values) -> Iterator[str]:
    """Yield what is wrong with what a layer file says of itself; a selection that was exported says other things."""
    if layer_of(file, values.catalog) is None:
        return
    for member in HEAD:
        said = file.members.get(member.name)
        if said is not None:
            yield from values.faults(member, said, is_strict=file.is_strict)


def licence_faults(file: LayerFile, rows: Iterable[Row], catalog: Catalog) -> Iterator[str]:
    """Yield when a file holds a row that puts it as a whole under a licence which its head does not name."""
    licence = file.members.get("licence")
    if layer_of(file, catalog) is None or not isinstance(licence, str) or licence not in catalog.licences:
        return
    inside = {row.get("licence") for row in rows} & catalog.licences.keys()
    sharing = [id_ for id_ in catalog.licences if id_ in inside and catalog.licences[id_].share_alike]
    if sharing and licence not in sharing:
        yield f"holds rows under {sharing[0]!r}, so the whole file is under it, not under {licence!r}"


def rows_of(file: LayerFile, values: Values, seen: dict[str, str]) -> list[Row]:
    """Return the rows of a file with everything that is wrong with them; `seen` has the file of each id so far."""
    catalog = values.catalog
    expected = layer_of(file, catalog)
    basemap = basemap_columns(expected or "")
    rows = []
    for at, properties in enumerate(file.properties):
        row = Row(file.labels[at], {}, set(), file.geometry[at], list(file.geometry_faults.get(at, ())))
        if row.faults or "geometry" not in file.features[at]:
            row.faulty.add("geometry")
        layer = expected or properties.get("layer")
        judge_cells(row, properties, columns_of(layer, basemap, catalog), values, is_strict=file.is_strict)
        if expected is None:
            judge_texts(row, properties)
        judge_identity(row, expected, seen, file, catalog)
        row.faults += outer_id_faults(row, file.features[at])
        rows.append(row)
    for row in rows:
        if fault := shape_fault(expected, row.geometry):
            row.faults.append(fault)
    if basemap is not None:
        return rows
    year = year_of(file)
    for row in rows:
        row.faults += (fault for fault in status_faults(row, year))
        row.faults += (fault for fault in accuracy_faults(row))
        row.faults += (fault for fault in company_faults(row))
    elsewhere = dict(position_faults([row for row in rows if row.form], catalog))
    for row, fault in elsewhere.items():
        row.faults.append(fault)
    # What lies elsewhere has other lengths and ends as well; that follows from the one fault.
    lines = [row for row in rows if "Line" in row.form and row not in elsewhere]
    routes = [row for row in lines if row.get("kind") not in BORDERS]
    line_faults(routes, catalog, simplified_by(file))
    ends: Ends = {}
    for row in routes:
        row.faults += (fault for fault in route_faults(row, catalog, ends))
    return rows


def layer_of(file: LayerFile, catalog: Catalog) -> str | None:
    """Return the layer that a file is made for, by its name on the disk or by its member `name`.

    A file that somebody made for himself may have any name; then each row says which layer it belongs to.
    """
    name = file.members.get("name")
    known = [stem for stem in (file.stem, name) if isinstance(stem, str) and is_layer(stem, catalog)]
    return known[0] if known else None


def is_layer(name: str, catalog: Catalog) -> bool:
    """Tell whether there is a layer, or a file under the map, of this name."""
    return name in catalog.layers or basemap_columns(name) is not None


def columns_of(layer: Any, basemap: Columns | None, catalog: Catalog) -> Columns:
    """Return the columns that a row of a layer may have."""
    if basemap is not None:
        return basemap
    entry = catalog.layers.get(layer) if isinstance(layer, str) else None
    return BY_NAME if entry is None else BY_NAME | own_columns(entry.columns)


# -- cells -------------------------------------------------------------------------------------------------------------


def judge_cells(row: Row, properties: Mapping[str, Any], columns: Columns, values: Values, *, is_strict: bool) -> None:
    """Sort the cells of a row into sound and faulty ones."""
    for name, cell in properties.items():
        if name not in columns:
            if cell is not None and column_beside(name) is None:
                row.faults.append(f"has the unknown column {quoted(name)}{hint(name[:100], list(columns))}")
        elif cell is not None:
            if faults := list(values.faults(columns[name], cell, is_strict=is_strict)):
                row.faults += faults
                row.faulty.add(name)
            else:
                row.cells[name] = cell
    for name, column in columns.items():
        if column.filled and name not in row.faulty and is_empty(row.cells.get(name)):
            row.faults.append(f"has no {name}; every row needs it")
            row.faulty.add(name)


def judge_texts(row: Row, properties: Mapping[str, Any]) -> None:
    """Judge the plain texts beside lists and records that an exported selection has for programs without such cells."""
    for name, text in properties.items():
        column = column_beside(name)
        if column is not None and text is not None and row.knows(column.name):
            right = cell_text(column, row.get(column.name))
            if text != right:
                row.faults.append(f"{name} is {quoted(text)}, but {column.name} reads {quoted(right)}")


def judge_identity(row: Row, layer: str | None, seen: dict[str, str], file: LayerFile, catalog: Catalog) -> None:
    """Judge the id of a row and the layer it says it is in."""
    id_ = row.get("id")
    if id_ is not None:
        # Rows share one namespace; what lies under them has one for each file.
        key = id_ if layer in catalog.layers else f"{layer} {id_}"
        if key in seen:
            where = "in this file" if seen[key] == file.name else f"in {seen[key]}"
            row.faults.append(f"the id appears twice, first {where}; every row has its own")
        else:
            seen[key] = file.name
    if layer is not None and row.knows("layer") and row.get("layer") != layer:
        row.faults.append(f"is in layer {quoted(row.get('layer'))}, but the file holds {quoted(layer)}")


def outer_id_faults(row: Row, feature: Mapping[str, Any]) -> Iterator[str]:
    """Yield when an id is not one that an address can name, or when the feature itself is called otherwise."""
    id_, outer = row.get("id"), feature.get("id")
    if id_ is not None and not SNAKE_CASE.fullmatch(id_):
        yield f"id {quoted(id_)} {NOT_AN_ID}"
    if outer is not None and row.knows("id") and outer != id_:
        yield f"the feature itself has the id {quoted(outer)}; it must be that of its properties, or be left out"


# -- what cells say of each other --------------------------------------------------------------------------------------


def year_of(file: LayerFile) -> int | None:
    """Return the year of an exported selection, in which the rows have the status of that year; None for a layer."""
    query = file.members.get("selection")
    try:
        return Selection.from_query(query).year if isinstance(query, str) else None
    except SelectionError:
        return None


def status_faults(row: Row, year: int | None) -> Iterator[str]:
    """Yield when the status is not that of the last phase, or of the phase in the year of an export."""
    phases, status = row.get("phases"), row.get("status")
    if not phases or not row.knows("phases", "status"):
        return
    then = status_in(phases, year)
    if status != then:
        when = "its last phase" if year is None else f"its phase in {year}"
        yield f"status {quoted(status)} is not that of {when}, {quoted(then)}"


def accuracy_faults(row: Row) -> Iterator[str]:
    """Yield when a row does not say how accurate it is; a row without a geometry has nothing to be accurate."""
    if row.geometry is None:
        return
    missing = [name for name in ACCURACY if row.knows(name) and not row.get(name)]
    if missing:
        yield f"says nothing of its accuracy: {', '.join(missing)} must be greater than 0"
    elif row.knows("accuracy_basis") and not row.get("accuracy_basis"):
        yield "has no accuracy_basis"
    figure, worst = row.get("accuracy_km"), row.get("accuracy_worst_km")
    if figure and worst and figure > worst:
        yield f"accuracy_km {figure:g} is greater than accuracy_worst_km {worst:g}; nine tenths lie within the former"


def company_faults(row: Row) -> Iterator[str]:
    """Yield a figure that says nothing without another one, or without a line that it measures."""
    if row.form and "Line" not in row.form:
        extra = [name for name in MEASURES_OF_LINES if row.get(name)]
        if extra:
            yield f"has {', '.join(extra)}, but its geometry is not a line; only a line has a length"
    for figure, unit in UNIT_OF.items():
        if row.knows(figure, unit):
            if row.get(figure) is not None and row.get(unit) is None:
                yield f"{figure} {row.get(figure):g} has no {unit}"
            elif row.get(figure) is None and row.get(unit) is not None:
                yield f"{unit} {quoted(row.get(unit))} is given without a {figure}"


def simplified_by(file: LayerFile) -> float:
    """Return by how many degrees a file says that its lines were simplified, as those that the page saves are."""
    degrees = file.members.get(SIMPLIFIED)
    return degrees if isinstance(degrees, (int, float)) and 0 < degrees < 1 else 0


def length_of(row: Row, drawn: float, simplified: float) -> float:
    """Return the length of a line before it was simplified by so many degrees, when it is nearly `drawn` km long."""
    whole = row.get("drawn_km") if simplified else None
    room = 2 * simplified * KM_OF_A_DEGREE
    return whole if whole and SIMPLER * whole - room < drawn < whole / SIMPLER + room else drawn


def line_faults(rows: Iterable[Row], catalog: Catalog, simplified: float = 0) -> None:
    """Add to each line where its figures do not follow from its geometry and its pieces.

    A line that was simplified by so many degrees is nearly as long as it was, and need not say how it was cut.
    """
    rows = list(rows)
    parts, owners = shapely.get_parts([row.geometry for row in rows], return_index=True)
    km = part_lengths_km(parts)
    for at, row in enumerate(rows):
        own = np.flatnonzero(owners == at)
        row.faults += gap_faults(parts[own])
        row.faults += length_faults(row, length_of(row, float(km[own].sum()), simplified))
        if not simplified or row.get("hops"):
            row.faults += hop_faults(row, catalog)
        if not simplified or row.get("pieces"):
            row.faults += piece_faults(row, len(own))


def part_lengths_km(parts: Any) -> Any:
    """Return the geodesic length in km of each of the lines `parts` (WGS 84)."""
    points, part = shapely.get_coordinates(parts, return_index=True)
    if len(points) < 2:
        return np.zeros(len(parts))
    inside = np.flatnonzero(np.diff(part) == 0)
    start, end = points[inside], points[inside + 1]
    metres = GEOD.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    return np.bincount(part[inside], weights=metres, minlength=len(parts)) / 1000


def gap_faults(parts: Sequence[shapely.Geometry]) -> Iterator[str]:
    """Yield when a part of a line does not begin where the one before it ends, other than at 180 degrees."""
    for before, after in itertools.pairwise(parts):
        end, start = before.coords[-1][:2], after.coords[0][:2]
        if end != start and abs(end[0]) < 180 and (gap := distance_km(end, start)) > ROUNDING_KM:
            yield f"has a gap of {gap:.2f} km between two parts"


def length_faults(row: Row, drawn: float) -> Iterator[str]:
    """Yield when the lengths of a line are not those of its geometry; `drawn` is the geodesic one in km."""
    length, by_country = row.get("length_km"), row.get("km_by_country") or {}
    if row.knows("drawn_km"):
        if not row.get("drawn_km"):
            yield "has no drawn_km"
        elif abs(drawn - row.get("drawn_km")) > ROUNDING_KM:
            yield f"drawn_km {row.get('drawn_km')} is not its geodesic length of {drawn:.2f} km"
    if row.knows("length_km", "length_basis"):
        if not length:
            yield "has no length_km"
        elif row.get("length_basis") is None:
            yield f"has no length_basis; say whether its length is that of the {' or as '.join(LENGTH_BASES)}"
        elif row.get("length_basis") == DRAWN and abs(drawn - length) > ROUNDING_KM * (1 + parts_of(row)):
            yield f"length_km {length} is said to be as drawn, which is {drawn:.2f} km"
        elif not SHORTEST_TRACK * drawn - ROUNDING_KM <= length <= LONGEST_TRACK * drawn + ROUNDING_KM:
            yield (
                f"length_km {length} cannot be the track of what is drawn, {drawn:.2f} km: expected {SHORTEST_TRACK:g} "
                f"to {LONGEST_TRACK:g} times that"
            )
    if by_country and row.get("kind") in AT_SEA:
        yield f"km_by_country counts km to {' and '.join(by_country)}, but a line at sea counts to no country"
    total = math.fsum(by_country.values())
    if length and total > length + ROUNDING_KM * (1 + len(by_country) + len(row.get("hops") or ())):
        yield f"km_by_country adds up to {total:.2f} km, more than its length of {length:.2f} km"
    if row.knows("countries", "km_by_country"):
        listed = [country for country in row.get("countries") or () if country in by_country]
        if listed != list(by_country):
            yield "km_by_country names other countries than countries does, or in another order"


def parts_of(row: Row) -> int:
    """Return of how many rounded lengths the length of a line is the sum: its hops, or the stretches of its places."""
    return len(row.get("hops") or row.get("places") or ())


def hop_faults(row: Row, catalog: Catalog) -> Iterator[str]:
    """Yield when the hops of a line are not the line cut at its places, or do not add up to it."""
    places, hops = row.get("places") or [], row.get("hops") or []
    if not row.knows("places", "hops"):
        return
    if not hops:
        if len(places) > 1:
            yield f"has no hops, but {len(places)} places; a hop runs from each to the next"
        return
    for before, after in itertools.pairwise(hops):
        if before["to"] != after["from"]:
            yield f"its hop to {before['to']!r} is followed by one from {after['from']!r}"
    ends = list(dict.fromkeys([hops[0]["from"], *(hop["to"] for hop in hops)]))
    named = [end for end in ends if not catalog.places[end].is_helper]
    if named != places:
        yield f"its hops run through {', '.join(named)}, its places are {', '.join(places)}"
    for hop in hops:
        if not hop["km"]:
            yield f"its hop from {hop['from']!r} to {hop['to']!r} has no length"
    length, total = row.get("length_km"), math.fsum(hop["km"] for hop in hops)
    if length and abs(total - length) > HOPS_OFF * length:
        yield f"its hops add up to {total:.2f} km, its length_km is {length}"
    inside = {code for hop in hops for code in hop["countries"] or ()}
    for code in sorted(inside | (row.get("km_by_country") or {}).keys()):
        km = math.fsum((hop["countries"] or {}).get(code) or 0 for hop in hops)
        said = (row.get("km_by_country") or {}).get(code, 0.0)
        if abs(km - said) > HOPS_OFF * said + ROUNDING_KM:
            yield f"its hops have {km:.2f} km in {code}, km_by_country has {said:g}"


def piece_faults(row: Row, count: int) -> Iterator[str]:
    """Yield when the pieces of a line are not the `count` parts of its geometry, or do not give its accuracy."""
    pieces, accuracy = row.get("pieces") or (), row.get("accuracy_km")
    if not row.knows("pieces"):
        return
    if len(pieces) != count:
        yield (
            f"has {len(pieces)} piece{'' if len(pieces) == 1 else 's'}, "
            f"but its geometry has {count} part{'' if count == 1 else 's'}"
        )
        return
    if not all(piece["km"] and piece["accuracy_km"] for piece in pieces):
        yield "has a piece without km or without accuracy_km"
    elif accuracy:
        lengths, accuracies = [piece["km"] for piece in pieces], [piece["accuracy_km"] for piece in pieces]
        if surely_follows(accuracy, lengths, accuracies):
            return
        figure = row_figures(lengths, accuracies, [piece["basis"] for piece in pieces]).accuracy_km
        if abs(figure - accuracy) > CLOSE_KM:
            yield f"accuracy_km {accuracy} does not follow from its pieces, which give {figure}"


def surely_follows(accuracy: float, lengths: Sequence[float], accuracies: Sequence[float]) -> bool:
    """Tell without a search whether the accuracy of a row lies well within what follows from its pieces."""
    near = CLOSE_KM - 0.05
    inside, outside = (share_inside(max(accuracy + by, 0), lengths, accuracies) for by in (-near, near))
    return inside < 0.9 <= outside


def route_faults(row: Row, catalog: Catalog, ends: Ends) -> Iterator[str]:
    """Yield when a line misses its end places, a neighbour at the same place, or the order of its countries.

    `ends` has the ends of the lines before it, by project and place.
    """
    pieces, parts = row.get("pieces") or (), shapely.get_parts(row.geometry)
    if not pieces or len(pieces) != len(parts):
        return
    for piece, key, position in (
        (pieces[0], "from", parts[0].coords[0]),
        (pieces[-1], "to", parts[-1].coords[-1]),
    ):
        if piece.get(key) is None:
            if row.get("kind") not in WATERCOURSES:
                yield f"its {'first' if key == 'from' else 'last'} piece does not name the place it begins or ends at"
            continue
        place = catalog.places[piece[key]]
        point = (float(position[0]), float(position[1]))
        away = distance_km(point, (place.lon, place.lat))
        allowed = max(piece["accuracy_km"], place.accuracy_km)
        if away > allowed:
            yield f"ends {away:.1f} km from its place {place.id!r}, more than the accuracy there of {allowed:g} km"
        project = (row.get("projects") or [""])[0]
        others = ends.setdefault((project, place.id), {})
        for (there, slack), other in others.items():
            if point != there and (gap := distance_km(point, there)) > allowed + slack:
                yield f"does not join {other} at {place.id!r}: a gap of {gap:.1f} km"
        if len(others) < ENDS_COMPARED:
            others.setdefault((point, allowed), row.label)
    yield from order_faults(row, catalog)


def order_faults(row: Row, catalog: Catalog) -> Iterator[str]:
    """Yield when the countries are not in the order in which the places of the line come."""
    segment = catalog.segments.get(row.get("id") or "")
    while segment is not None and segment.same_route_as is not None:
        segment = catalog.segments.get(segment.same_route_as)
    if segment is None:
        return
    countries = (catalog.places[stop].country for stop in segment.via)
    travelled = [country for country, _ in itertools.groupby(countries)]
    real = {excursion.country for excursion in segment.excursions}
    listed = [country for country in row.get("countries") or () if country in travelled and country not in real]
    rest = iter(travelled)
    if not all(country in rest for country in listed):
        yield f"countries {', '.join(listed)} are not in the order of travel {', '.join(travelled)}"
