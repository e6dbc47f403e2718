"""The recipes that draw a line from places alone: `via` (through them) and `symbol` (a sign, no course)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sco_map.catalog import Accuracy, Place, Segment
from sco_map.layers.rows.pieces import Piece
from sco_map.model.accuracy import hop_accuracy_km, spread_for
from sco_map.model.geodesy import distance_km, rounded, straight_course

SAME_POINT_KM = 0.05


def hops_of_nothing(segment: Segment, places: Mapping[str, Place]) -> list[str]:
    """Return a sentence for each pair of neighbouring places of `segment` that lie on the same point."""
    pairs = zip(segment.via, segment.via[1:], strict=False)
    return [
        f"{segment.id}: {start!r} and {end!r} follow each other on the same point; leave one of them out of via"
        for start, end in pairs
        if distance_km((places[start].lon, places[start].lat), (places[end].lon, places[end].lat)) < SAME_POINT_KM
    ]


def hop(segment: Segment, start: Place, end: Place) -> Piece:
    """Return the straight piece between two places, with the accuracy of the rule for its kind and length."""
    first, last = rounded((start.lon, start.lat)), rounded((end.lon, end.lat))
    spread = spread_for(segment.kind, segment.recipe)
    accuracy = hop_accuracy_km(spread, distance_km(first, last), start.accuracy_km, end.accuracy_km)
    basis = "schematic" if segment.recipe == "symbol" else "waypoints"
    return Piece(tuple(straight_course(first, last)), accuracy, basis, start.id, end.id)


def through_places(segment: Segment, places: Mapping[str, Place]) -> list[Piece]:
    """Return one geodesic piece for each hop of `segment.via`."""
    stops = [places[stop] for stop in segment.via]
    return [hop(segment, start, end) for start, end in itertools.pairwise(stops)]


def with_declared(pieces: Sequence[Piece], accuracy: Accuracy | None) -> list[Piece]:
    """Return the pieces with the accuracy that the catalog states for the whole row, if it states one."""
    if accuracy is None:
        return list(pieces)
    return [replace(piece, accuracy_km=accuracy.km, basis=accuracy.basis) for piece in pieces]
