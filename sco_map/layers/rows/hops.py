"""Hops: a line cut at its places in the order of travel, each with the best figure for its length and its states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sco_map.catalog import Place
from sco_map.layers.land.countries import Stretch
from sco_map.layers.rows.pieces import Leg, Piece
from sco_map.model.accuracy import row_figures
from sco_map.model.columns import DRAWN, TRACK
from sco_map.model.geodesy import length_km


@dataclass(frozen=True)
class Hop:
    """A line between two neighbouring places: `drawn_km` of the drawing stand for `km` of the real thing."""

    start: str
    end: str
    km: float
    drawn_km: float
    accuracy_km: float


def basis_of(pieces: Sequence[Piece]) -> str:
    """Return what the length of a line is that of."""
    return TRACK if any(piece.legs for piece in pieces) else DRAWN


def legs_of(pieces: Sequence[Piece]) -> Iterator[tuple[Leg, float]]:
    """Yield the legs of all pieces with their accuracy; a piece without legs is one, as long as it is drawn."""
    for number, piece in enumerate(pieces):
        if piece.legs:
            yield from ((leg, piece.accuracy_km) for leg in piece.legs)
        else:
            km = length_km(piece.points)
            yield Leg(number, piece.start, piece.end, km, km), piece.accuracy_km


def hops_of(pieces: Sequence[Piece], stops: Sequence[Place]) -> list[Hop]:
    """Return the hops of a line between its named places; a helper place cuts nothing."""
    helpers = {place.id for place in stops if place.is_helper}
    hops: list[Hop] = []
    gathered: list[tuple[Leg, float]] = []

    def close() -> None:
        legs = [leg for leg, _ in gathered]
        measured = [(leg.drawn_km, figure) for leg, figure in gathered if leg.drawn_km > 0]
        figures = [figure for _, figure in measured]
        accuracy = row_figures([km for km, _ in measured], figures, [""] * len(figures)).accuracy_km
        km, drawn_km = sum(leg.km for leg in legs), sum(leg.drawn_km for leg in legs)
        hops.append(Hop(legs[0].start, legs[-1].end, km, drawn_km, accuracy))
        gathered.clear()

    for leg, figure in legs_of(pieces):
        if gathered and gathered[-1][0].hop != leg.hop and gathered[-1][0].end not in helpers:
            close()
        gathered.append((leg, figure))
    close()
    return hops


def hop_records(hops: Sequence[Hop], stretches: Sequence[Stretch]) -> list[dict[str, Any]]:
    """Return hops as the files carry them.

    `stretches` are the parts of the drawn line in each country, in the order of travel; the track of a hop is shared
    among them as its drawing is.
    """
    records: list[dict[str, Any]] = []
    reached = 0.0
    for hop in hops:
        inside = {
            country: round(km * hop.km / hop.drawn_km, 2)
            for country, km in km_between(stretches, reached, reached + hop.drawn_km).items()
        }
        reached += hop.drawn_km
        records.append(
            {
                "from": hop.start,
                "to": hop.end,
                "km": round(hop.km, 2),
                "accuracy_km": hop.accuracy_km,
                "countries": {country: km for country, km in inside.items() if km > 0},
            }
        )
    return records


def km_between(stretches: Sequence[Stretch], start: float, end: float) -> dict[str, float]:
    """Return the km in each country between two distances from the start of a line."""
    km: dict[str, float] = {}
    reached = 0.0
    for stretch in stretches:
        common = min(end, reached + stretch.km) - max(start, reached)
        if stretch.country is not None and common > 0:
            km[stretch.country] = km.get(stretch.country, 0.0) + common
        reached += stretch.km
    return km


def added_up(records: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return the km of all hops in each country, in the order of travel."""
    km: dict[str, float] = {}
    for record in records:
        for country, length in record["countries"].items():
            km[country] = round(km.get(country, 0.0) + length, 2)
    return km
