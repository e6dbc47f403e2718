"""Segments and sites: what they say themselves; what they take over from their project is checked there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from sco_map.catalog.checks.facts import fact_faults, length_faults, phase_faults, promise_faults
from sco_map.catalog.checks.lookup import Lookup, ordered
from sco_map.catalog.checks.vocabulary import DIRECTIONS, RECIPES
from sco_map.catalog.models import Row, Segment, Site
from sco_map.catalog.problems import Problem


def row_faults(find: Lookup, row: Row, file: str, entry: str) -> Iterator[Problem]:
    """Yield what is wrong with the facts that a line and a point have in common."""
    yield from fact_faults(find, row, file, entry, row.written)
    if "phases" in row.written:
        yield from phase_faults(find, row.phases, file, entry)
    if "promises" in row.written:
        yield from promise_faults(row.promises, file, entry)


def kind_faults(
    find: Lookup, row: Row, wrong: Collection[str], should: str, file: str, entry: str
) -> Iterator[Problem]:
    """Yield a fault when the kind of a row is drawn in one of the `wrong` ways."""
    word = find.catalog.vocabulary.get("kind", {}).get(row.kind)
    if word is not None and word.geometry in wrong:
        yield Problem(file, entry, f"kind {row.kind!r} is drawn as {word.geometry}; write it as {should}")


def segment_faults(find: Lookup, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
    """Yield everything wrong with a line."""
    yield from row_faults(find, segment, file, entry)
    yield from kind_faults(find, segment, ("point", "area", "none"), "[[site]]", file, entry)
    if not segment.id.startswith(f"{segment.project}__"):
        yield Problem(file, entry, f"the id does not begin with {segment.project + '__'!r}")
    yield from route_faults(find, segment, file, entry)
    yield from find.countries((excursion.country for excursion in segment.excursions), file, entry)
    yield from flow_faults(find, segment, file, entry)
    if segment.accuracy:
        yield from find.word("basis", segment.accuracy.basis, file, entry)
    if "published_lengths" in segment.written:
        yield from length_faults(find, segment.published_lengths, file, entry, in_segment=True)
    yield from parallel_faults(find, segment, file, entry)


def route_faults(find: Lookup, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
    """Yield what is wrong with how a line runs: its recipe, its places, and what is said of some of them."""
    yield from find.known("recipe", segment.recipe, RECIPES, "", file, entry)
    yield from find.places(segment.via, file, entry)
    if len(segment.via) == 1:
        yield Problem(file, entry, "via names one place; a line needs two or more")
    if segment.recipe == "along" and not segment.via:
        yield Problem(file, entry, 'recipe "along" needs the places it runs through in via')
    for here, there in pairwise(segment.via):
        if here == there:
            yield Problem(file, entry, f"via names {here!r} twice in a row")
    for pin in segment.inferred:
        yield from find.known("place", pin, segment.via, "", file, f"{entry}, inferred")
    for bridge in segment.bridges:
        for end in (bridge.start, bridge.end):
            yield from find.known("place", end, segment.via, "", file, f"{entry}, bridges")


def flow_faults(find: Lookup, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
    """Yield unknown directions, and dates that are missing or out of order."""
    for number, flow in enumerate(segment.flows, start=1):
        yield from find.known("direction", flow.direction, DIRECTIONS, "", file, f"{entry}, flows")
        if flow.since is None and number > 1:
            yield Problem(file, entry, f"flow {number} has no `from`; only the first may begin at an unknown time")
    yield from ordered([flow.since for flow in segment.flows], "flows", file, entry)


def parallel_faults(find: Lookup, segment: Segment, file: str, entry: str) -> Iterator[Problem]:
    """Yield a route shared with an unknown line or in a circle, and a line with a route of its own besides."""
    if segment.same_route_as is None:
        return
    if segment.via:
        yield Problem(file, entry, "has both via and same_route_as; keep one")
    yield from find.known("segment", segment.same_route_as, find.catalog.known("segments"), "", file, entry)
    seen = [segment.id]
    other: Segment | None = find.catalog.segments.get(segment.same_route_as)
    while other is not None and other.same_route_as and other.id not in seen:
        seen.append(other.id)
        other = find.catalog.segments.get(other.same_route_as)
    if other is not None and other.id in seen:
        yield Problem(file, entry, f"same_route_as runs in a circle: {' > '.join([*seen, other.id])}")


def site_faults(find: Lookup, site: Site, file: str, entry: str) -> Iterator[Problem]:
    """Yield everything wrong with a point."""
    yield from row_faults(find, site, file, entry)
    yield from kind_faults(find, site, ("area", "none"), "a project without rows", file, entry)
    yield from find.places([site.place], file, entry)
    place = find.catalog.places.get(site.place)
    if place is not None and place.is_helper:
        yield Problem(file, entry, f"place {site.place!r} is a helper point without a name; a site needs a named place")
