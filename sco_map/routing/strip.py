"""A way along its own length: stretches with kind, status and gauge, the states in order, and what lies where.

All positions are km from the start of the way; the page draws the same strip from the same values.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sco_map.model.kinds import AT_SEA
from sco_map.model.network import LEAST_KM
from sco_map.routing.links import side_of
from sco_map.routing.route import Way
from sco_map.routing.search import Step, is_break

BORDER, BREAK, PORT = "border", "break_of_gauge", "port"


@dataclass(frozen=True)
class Stretch:
    """A part of a way that is the same throughout; `row` is the line that it runs over."""

    from_km: float
    to_km: float
    row: str
    kind: str
    status: str
    promised: bool
    gauge_mm: int | None


@dataclass(frozen=True)
class Soil:
    """A part of a way inside one state; None is the sea, which belongs to none."""

    from_km: float
    to_km: float
    country: str | None


@dataclass(frozen=True)
class Mark:
    """Something at one point of a way: a border, a break of gauge or a port; `place` where it has one."""

    km: float
    what: str
    place: str | None
    leaves: str | None = None
    enters: str | None = None
    from_mm: int | None = None
    to_mm: int | None = None


@dataclass(frozen=True)
class Strip:
    """A way from its start to its end; `places` are the ends of its legs with their km."""

    km: float
    stretches: tuple[Stretch, ...]
    soils: tuple[Soil, ...]
    marks: tuple[Mark, ...]
    places: tuple[tuple[str, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "km": self.km,
            "stretches": [asdict(one) for one in self.stretches],
            "soils": [asdict(one) for one in self.soils],
            "marks": [{key: value for key, value in asdict(one).items() if value is not None} for one in self.marks],
            "places": [list(one) for one in self.places],
        }


def strip_of(way: Way) -> Strip:
    """Return a way along its length."""
    steps = [step for leg in way.legs for step in leg.steps]
    ends = list(itertools.accumulate((step.link.km for step in steps), initial=0.0))
    at = list(zip(steps, ends, strict=False))
    soils = tuple(soils_of(at))
    marks = [*border_marks(soils, way), *point_marks(at)]
    km = 0.0
    stops = [(steps[0].start, 0.0)]
    for leg in way.legs:
        km += sum(step.link.km for step in leg.steps)
        stops.append((leg.end, round(km, 2)))
    return Strip(
        km=round(ends[-1], 2),
        stretches=tuple(stretches_of(at)),
        soils=soils,
        marks=tuple(sorted(marks, key=lambda mark: (mark.km, mark.what, mark.place or ""))),
        places=tuple(stops),
    )


def stretches_of(at: Sequence[tuple[Step, float]]) -> Iterable[Stretch]:
    """Yield the longest parts over one row that are the same throughout."""

    def nature(entry: tuple[Step, float]) -> tuple[str, bool]:
        return entry[0].link.row, entry[0].link.promised

    for _, group in itertools.groupby(at, nature):
        part = list(group)
        link, start = part[0][0].link, part[0][1]
        end = part[-1][1] + part[-1][0].link.km
        yield Stretch(
            round(start, 2), round(end, 2), link.row, link.kind, link.status, link.promised,
            link.gauge_mm if link.kind == "rail" else None,
        )  # fmt: skip


def soils_of(at: Sequence[tuple[Step, float]]) -> Iterable[Soil]:
    """Yield the states in the order of travel; what of a link lies in no state is the sea, at its end."""
    pieces: list[tuple[str | None, float, float]] = []
    for step, start in at:
        km = start
        for code, length in step.countries:
            pieces.append((code, km, km + length))
            km += length
        end = start + step.link.km
        if step.link.kind in AT_SEA and end - km > LEAST_KM:
            pieces.append((None, km, end))
        elif pieces:
            pieces[-1] = (pieces[-1][0], pieces[-1][1], end)
    for code, group in itertools.groupby(pieces, lambda piece: piece[0]):
        part = list(group)
        yield Soil(round(part[0][1], 2), round(part[-1][2], 2), code)


def border_marks(soils: Sequence[Soil], way: Way) -> Iterable[Mark]:
    """Yield the borders where one state follows another, those at sea in the middle of the sea between the two."""
    borders = iter(way.borders)
    land = [soil for soil in soils if soil.country is not None]
    for one, other in itertools.pairwise(land):
        if one.country == other.country:
            continue
        border = next(borders)
        km = round((one.to_km + other.from_km) / 2, 2)
        yield Mark(km, BORDER, border.at, leaves=border.leaves, enters=border.enters)


def point_marks(at: Sequence[tuple[Step, float]]) -> Iterable[Mark]:
    """Yield breaks of gauge, and the ports where land and sea meet."""
    for (step, _), (following, km) in itertools.pairwise(at):
        one, other = side_of(step.link), side_of(following.link)
        if is_break(one, other):
            yield Mark(round(km, 2), BREAK, step.end, from_mm=int(one), to_mm=int(other))
        if (step.link.kind in AT_SEA) != (following.link.kind in AT_SEA):
            yield Mark(round(km, 2), PORT, step.end)
    first, last = at[0][0], at[-1][0]
    if first.link.kind in AT_SEA:
        yield Mark(0.0, PORT, first.start)
    if last.link.kind in AT_SEA:
        yield Mark(round(at[-1][1] + last.link.km, 2), PORT, last.end)
