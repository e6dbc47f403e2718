"""Lines as the network needs them: a stretch is stored once, a second track is numbered, a route is given."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Segment
from sco_map.catalog.problems import Problem
from sco_map.model.accuracy import LEAST_OF_LONG_KM, LONG_KM
from sco_map.model.kinds import AT_SEA
from sco_map.model.sphere import rough_km

SHARED = frozenset({"rail", "road", *AT_SEA})
"""Kinds whose stretches several corridors use; pipelines beside one another are strings of their own."""

RAILWAY = "rail"
WAYPOINTS = "waypoints"
IN_PLACE = frozenset({"operating", "idle", "retired"})
"""Statuses of a line that has been built."""


def line_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield what is wrong with each line by itself, and stretches that two lines claim."""
    for segment in catalog.segments.values():
        for said in segment_faults(segment):
            yield problem(segment, said)
    yield from repeated_stretches(catalog)
    yield from bold_hops(catalog)


def segment_faults(segment: Segment) -> Iterator[str]:
    """Yield what is wrong with a line by itself."""
    if segment.same_route_as and segment.string == 1:
        yield f"follows the route of {segment.same_route_as!r}, so it is a second line there; write string = 2 or more"
    if not segment.via and segment.same_route_as is None and segment.note is None:
        yield "has no route; name its places in via, or say in note why no route is published"
    if segment.kind in AT_SEA and segment.recipe != "symbol":
        yield f'a line of kind {segment.kind!r} has no track; write recipe = "symbol"'
    if segment.kind == RAILWAY and segment.status in IN_PLACE and segment.gauge_mm is None:
        yield f"is {segment.status}, so its gauge is known; write gauge_mm"


def repeated_stretches(catalog: Catalog) -> Iterator[Problem]:
    """Yield stretches between two places that a line has although another line of its kind has them already.

    A line beside another one, such as one of a different gauge, is numbered by its `string`.
    """
    first: dict[tuple[str, str, str], str] = {}
    for segment in catalog.segments.values():
        if segment.kind not in SHARED or segment.string > 1:
            continue
        for here, there in pairwise(segment.via):
            one, other = sorted((here, there))
            owner = first.setdefault((segment.kind, one, other), segment.id)
            if owner != segment.id:
                yield problem(
                    segment,
                    f"the stretch {here} – {there} is part of {owner!r} already; "
                    "list that segment in `uses` of the project, or give this one string = 2 if it is a line beside it",
                )


def bold_hops(catalog: Catalog) -> Iterator[Problem]:
    """Yield long hops between two places that are said to be known better than a straight line can be."""
    places = catalog.places
    for segment in catalog.segments.values():
        said = segment.accuracy
        if said is None or said.basis != WAYPOINTS or said.km >= LEAST_OF_LONG_KM:
            continue
        for here, there in pairwise(places[stop] for stop in segment.via if stop in places):
            km = rough_km((here.lon, here.lat), (there.lon, there.lat))
            if km > LONG_KM:
                yield problem(
                    segment,
                    f"the hop {here.id} – {there.id} is drawn straight over {km:.0f} km, yet said to be known within "
                    f"{said.km:g} km; name a place between them, or say at least {LEAST_OF_LONG_KM:g} km in accuracy",
                )


def problem(segment: Segment, said: str) -> Problem:
    """Return a fault of a line."""
    return Problem(f"projects/{segment.project}.toml", f"segment {segment.id!r}", said)
