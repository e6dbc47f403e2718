"""Join a reader's lines to the network: their ends become places of the map that lie near, or points of their own.

A line that joins gets one hop, as the rows of the map have them; every question to the network then takes it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely

from sco_map.atlas.load import Atlas, objects, typed
from sco_map.atlas.meeting import meeting_places
from sco_map.catalog import Place
from sco_map.model.accuracy import spread_for
from sco_map.model.geodesy import distance_km, distances_km
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import RAIL, ROAD, ROUTABLE
from sco_map.model.own import LINE, PREFIX
from sco_map.model.sphere import KM_PER_DEGREE
from sco_map.model.texts import counted
from sco_map.own.rows import SCHEMATIC, OwnLayer

JOIN_KM = 10.0
"""So near to a place of the network the end of a reader's line counts as that place."""

TOUCH_KM = 0.1
"""So near to one another two ends of a reader's lines are one point."""

MOST_JOINED = 5_000
"""Of one file: more lines than this are no links."""

NOT_ASKED = (
    "{file}: none of its lines is known to be a railway, a road, a ferry, a sea leg or a pipeline, so none joins the "
    "network; name the column that says so with kind"
)
MOST_NAMED = 6
HELPER = "helper"
Point = tuple[float, float]


@dataclass(frozen=True)
class End:
    """An end of a line: where it lies, and which of the line's two ends it is."""

    line: int
    number: int
    at: Point


@dataclass
class Joined:
    """The points at which the ends of some lines join, and how far from each end its place lies."""

    at: dict[tuple[int, int], str] = field(default_factory=dict)
    km: dict[tuple[int, int], float] = field(default_factory=dict)
    points: dict[str, Point] = field(default_factory=dict)


def joined(atlas: Atlas, layer: OwnLayer) -> OwnLayer:
    """Return a reader's layer whose railways, roads, ships' legs and pipelines join the network where they touch it.

    `places` of the result has the points at which lines of the reader meet, `network_notes` says what joins where.
    """
    rows = layer.rows
    lines = [at for at, kind in enumerate(rows["kind"]) if kind in ROUTABLE]
    if not lines:
        return (
            replace(layer, network_notes=(NOT_ASKED.format(file=layer.title),)) if LINE in set(rows["kind"]) else layer
        )
    if len(lines) > MOST_JOINED:
        note = f"{len(lines):,} lines are too many to join the network; up to {MOST_JOINED:,} of one file do"
        return replace(layer, network_notes=(f"{layer.title}: {note}",))
    shapes, kinds = np.asarray(rows.geometry.array).copy(), list(rows["kind"])
    drawn = {at: merged for at in lines if (merged := in_one_piece(shapes[at])) is not None}
    for at, shape in drawn.items():
        shapes[at] = shape
    found = Joined()
    join_places(atlas, found, [end for at, shape in drawn.items() for end in ends_of(at, shape)], kinds)
    join_one_another(layer.id, found, [end for at, shape in drawn.items() for end in ends_of(at, shape)])
    linked = [at for at in drawn if found.at[at, 0] != found.at[at, 1] and (rows["length_km"].iloc[at] or 0) > 0]
    reached = in_reach(found, linked, atlas)
    hops = [list(cell or ()) for cell in rows["hops"]]
    notes = list(rows["note"])
    for at in reached:
        hops[at] = [hop_of(layer, found, at)]
        notes[at] = "; ".join(filter(None, [text_or_none(notes[at]), joints_of(atlas, found, at)]))
    used = {found.at[at, number] for at in reached for number in (0, 1)} & set(found.points)
    return replace(
        layer,
        rows=typed(pd.DataFrame(rows).assign(hops=objects(hops), note=objects(notes), geometry=objects(shapes))),
        places={id_: own_place(layer, found, id_, atlas, reached) for id_ in sorted(used)},
        network_notes=tuple(sentences(atlas, layer, found, lines, drawn, reached)),
    )


def in_one_piece(shape: shapely.Geometry | None) -> shapely.LineString | None:
    """Return a line as one piece, None where its parts do not meet end to end."""
    if shape is None or shape.is_empty or not shape.geom_type.endswith("LineString"):
        return None
    merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    return merged if merged.geom_type == "LineString" else None


def ends_of(line: int, shape: shapely.LineString) -> tuple[End, End]:
    """Return both ends of a line."""
    (west, south), (east, north) = shape.coords[0][:2], shape.coords[-1][:2]
    return End(line, 0, (west, south)), End(line, 1, (east, north))


# -- where the ends join -----------------------------------------------------------------------------------------------


def joints(atlas: Atlas) -> Mapping[str, Sequence[set[str]]]:
    """Return for each kind of link the places that its ends may join, those of the best kind first.

    A railway or road joins one of its kind before any other on land, a ship a port before the end of another leg, a
    pipeline only one of its kind.
    """
    touched: dict[str, set[str]] = defaultdict(set)
    for kind, hops in zip(atlas.rows["kind"], atlas.rows["hops"], strict=True):
        if kind in ROUTABLE:
            touched[kind].update(end for hop in hops or () for end in (hop["from"], hop["to"]))
    _, ports = meeting_places(atlas)
    touching = {place for found in touched.values() for place in found}
    harbours = set(ports) & touching
    at_sea = {place for kind in AT_SEA for place in touched[kind]}
    on_land = touched[RAIL] | touched[ROAD] | harbours
    return {
        **{kind: [touched[kind]] for kind in ROUTABLE},
        **{kind: [touched[kind], on_land] for kind in (RAIL, ROAD)},
        **{kind: [harbours, at_sea] for kind in AT_SEA},
    }


def join_places(atlas: Atlas, found: Joined, ends: Iterable[End], kinds: Sequence[str]) -> None:
    """Let ends join the nearest place of the network within reach."""
    near = joints(atlas)
    by_kind: dict[str, list[End]] = defaultdict(list)
    for end in ends:
        by_kind[kinds[end.line]].append(end)
    for kind, some in by_kind.items():
        for places in near[kind]:
            waiting = [end for end in some if (end.line, end.number) not in found.at]
            for end, place, km in nearest_places(atlas, waiting, places):
                found.at[end.line, end.number], found.km[end.line, end.number] = place, km


def nearest_places(atlas: Atlas, ends: Sequence[End], places: Iterable[str]) -> Iterator[tuple[End, str, float]]:
    """Yield the ends that have a place within reach, with the nearest and how far it lies away.

    Points at which a reader's lines meet are reached only where an end touches them.
    """
    ids = sorted(places)
    spots = [spot_of(atlas, id_) for id_ in ids]
    if not ids or not ends:
        return
    tree = shapely.STRtree(shapely.points(spots))
    boxes = [box_around(end.at, JOIN_KM) for end in ends]
    best: dict[int, tuple[float, str]] = {}
    for number, other in zip(*tree.query(np.array(boxes, dtype=object)).tolist(), strict=True):
        km = distance_km(ends[number].at, spots[other])
        reach = TOUCH_KM if ids[other].startswith(PREFIX) else JOIN_KM
        if km <= reach:
            best[number] = min(best.get(number, (math.inf, "")), (km, ids[other]))
    for number, (km, id_) in best.items():
        yield ends[number], id_, km


def join_one_another(layer: str, found: Joined, ends: Sequence[End]) -> None:
    """Let ends that join no place be points of their own, one where they touch one another."""
    waiting = [end for end in ends if (end.line, end.number) not in found.at]
    if not waiting:
        return
    tree = shapely.STRtree(shapely.points([end.at for end in waiting]))
    boxes = np.array([box_around(end.at, TOUCH_KM) for end in waiting], dtype=object)
    near: dict[int, list[int]] = defaultdict(list)
    for number, other in zip(*tree.query(boxes).tolist(), strict=True):
        near[number].append(other)
    for number, end in enumerate(waiting):
        if (end.line, end.number) in found.at:
            continue
        id_ = f"{layer}__{end.line + 1}_{'end' if end.number else 'start'}"
        found.points[id_] = end.at
        for other in near[number]:
            key = waiting[other].line, waiting[other].number
            if key not in found.at and distance_km(end.at, waiting[other].at) <= TOUCH_KM:
                found.at[key], found.km[key] = id_, 0.0


def box_around(at: Point, km: float) -> shapely.Polygon:
    """Return a box in degrees that holds everything within some km of a point."""
    east, north = at
    up = km / KM_PER_DEGREE * 1.02  # a degree of latitude is up to 1 % shorter than the mean
    aside = up / max(math.cos(math.radians(min(89.0, abs(north) + up))), 0.01)
    box: shapely.Polygon = shapely.box(east - aside, north - up, east + aside, north + up)
    return box


def in_reach(found: Joined, lines: Sequence[int], atlas: Atlas) -> list[int]:
    """Return the lines from which a place of the map can be reached over lines of the reader."""
    at_point: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        for number in (0, 1):
            at_point[found.at[line, number]].append(line)
    waiting = [point for point in at_point if point in atlas.catalog.places]
    seen, reached = set(waiting), set[int]()
    while waiting:
        for line in at_point[waiting.pop()]:
            reached.add(line)
            further = {found.at[line, number] for number in (0, 1)} - seen
            seen |= further
            waiting += further
    return sorted(reached)


# -- what becomes of it ------------------------------------------------------------------------------------------------


def hop_of(layer: OwnLayer, found: Joined, line: int) -> dict[str, Any]:
    """Return a line as a hop; it is known no better than its ends lie away from their places, two points as a hop of
    the map that is drawn straight.
    """
    row = layer.rows.iloc[line]
    km = float(row["length_km"])
    is_symbol = row["accuracy_basis"] == SCHEMATIC
    spread = spread_for(row["kind"], "symbol" if row["kind"] in AT_SEA else "via").of_hop(km) if is_symbol else TOUCH_KM
    return {
        "from": found.at[line, 0],
        "to": found.at[line, 1],
        "km": km,
        "accuracy_km": round(max(spread, found.km[line, 0], found.km[line, 1]), 1),
        "countries": {code: row["km_by_country"][code] for code in row["countries"] if code in row["km_by_country"]},
    }


def own_place(layer: OwnLayer, found: Joined, id_: str, atlas: Atlas, lines: Sequence[int]) -> Place:
    """Return a point at which lines of the reader meet or end, called after its position."""
    east, north = found.points[id_]
    line, number = next((at, number) for at in lines for number in (0, 1) if found.at[at, number] == id_)
    states = layer.rows["countries"].iloc[line]
    nearby = atlas.catalog.places.get(found.at[line, 1 - number])
    country = states[-number] if states else nearby.country if nearby else ""
    latitude = f"{abs(north):.2f}° {'N' if north >= 0 else 'S'}"
    longitude = f"{abs(east):.2f}° {'E' if east >= 0 else 'W'}"
    return Place.model_construct(
        id=id_,
        name_en=f"{latitude} {longitude}",
        country=country,
        lon=east,
        lat=north,
        kind=HELPER,
        accuracy_km=TOUCH_KM,
        source=layer.id,
        confidence="low",
    )


def spot_of(atlas: Atlas, id_: str) -> Point:
    """Return longitude and latitude of a place."""
    place = atlas.catalog.places[id_]
    return place.lon, place.lat


def text_or_none(cell: object) -> str | None:
    """Return the text of a cell, None for one that has none."""
    return cell if isinstance(cell, str) else None


def joints_of(atlas: Atlas, found: Joined, line: int) -> str:
    """Return where a line joins the network."""
    named = [
        end_text(atlas, found, line, number) for number in (0, 1) if found.at[line, number] in atlas.catalog.places
    ]
    return f"joins the network at {' and '.join(named)}" if named else "joins the network through other lines"


def end_text(atlas: Atlas, found: Joined, line: int, number: int) -> str:
    """Return the place that an end of a line joins, with how far it lies away."""
    name = atlas.catalog.places[found.at[line, number]].name_en
    return f"{name} ({found.km[line, number]:.1f} km from its end)"


def sentences(
    atlas: Atlas,
    layer: OwnLayer,
    found: Joined,
    lines: Sequence[int],
    drawn: Mapping[int, shapely.LineString],
    reached: Sequence[int],
) -> Iterator[str]:
    """Yield what is to be said of the lines of a layer that may be links."""
    if broken := len(lines) - len(drawn):
        what = "of which the parts do not meet end to end, or without a geometry: not on the network"
        yield f"{layer.title}: {counted(broken, 'line')} {what}"
    if not reached:
        if drawn:
            yield f"{layer.title}: no line joins the network of the map: {nearest_text(atlas, layer, drawn)}"
        return
    of = (
        f"{len(reached):,} of {counted(len(lines), 'line')}"
        if len(reached) < len(lines)
        else counted(len(lines), "line")
    )
    verb = "joins" if len(reached) == 1 else "join"
    named = dict.fromkeys(
        end_text(atlas, found, at, number)
        for at in reached
        for number in (0, 1)
        if found.at[at, number] in atlas.catalog.places
    )
    some = ", ".join([*named][:MOST_NAMED])
    more = f" and {len(named) - MOST_NAMED:,} more" if len(named) > MOST_NAMED else ""
    yield (
        f"{layer.title}: {of} {verb} the network of the map; an end within {JOIN_KM:g} km of a place counts as that "
        f"place: {some}{more}"
    )
    unsaid = sum(1 for at in reached if text_or_none(layer.rows["status"].iloc[at]) is None)
    if unsaid:
        yield f"{layer.title}: {counted(unsaid, 'line')} on the network without a status: taken to be open"


def nearest_text(atlas: Atlas, layer: OwnLayer, drawn: Mapping[int, shapely.LineString]) -> str:
    """Return which place of the network lies nearest to an end of any line, and how far away."""
    near = joints(atlas)
    best: tuple[float, str, int] | None = None
    for kind in dict.fromkeys(layer.rows["kind"].iloc[at] for at in drawn):
        ids = sorted({id_ for places in near[kind] for id_ in places if not id_.startswith(PREFIX)})
        if not ids:
            continue
        longitudes, latitudes = np.array([spot_of(atlas, id_) for id_ in ids]).T
        for at, shape in drawn.items():
            for end in ends_of(at, shape) if layer.rows["kind"].iloc[at] == kind else ():
                away = distances_km(longitudes, latitudes, end.at)
                found = (float(away.min()), ids[int(away.argmin())], at)
                best = found if best is None else min(best, found)
    if best is None:
        return "it has no line of this kind"
    km, id_, at = best
    name, title = atlas.catalog.places[id_].name_en, layer.rows["title_en"].iloc[at]
    return (
        f"no end lies within {JOIN_KM:g} km of a place on it; nearest is {name}, {km:,.0f} km from an end of {title!r}"
    )
