"""Where trains must change the gauge: places at which railways of different gauge meet, read from the catalog."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sco_map.catalog import Catalog, Phase, Place, Segment
from sco_map.layers.rows.features import (
    Feature,
    feature,
    in_languages,
    licence_of,
    point_columns,
    point_geometry,
    segment_title,
    titles,
    unique,
)
from sco_map.model.geodesy import distance_km
from sco_map.model.languages import LANGUAGES

LAYER = "gauge_changes"
KIND = "gauge_change"
RAIL = "rail"
TOLERANCE_KM = 2.0
"""Ends of railways nearer than this to a place of another one meet there."""
TOWARDS_OPERATION = (
    "cancelled", "retired", "shelved", "proposed", "planned", "construction", "idle", "operating",
)  # fmt: skip
"""Statuses from the least to the most: where two lines meet, the lesser one counts."""

Dated = tuple[str | None, str]


@dataclass(frozen=True)
class Meeting:
    """A place and the railways of more than one gauge that meet there."""

    place: Place
    segments: tuple[Segment, ...]

    @property
    def gauges(self) -> tuple[int, ...]:
        """The gauges in mm, the narrowest first."""
        return tuple(sorted({segment.gauge_mm for segment in self.segments if segment.gauge_mm}))


def railways(catalog: Catalog) -> list[tuple[Segment, list[Place]]]:
    """Return the railways of known gauge with the named places of their route, those without a route left out."""
    found = []
    for segment in catalog.segments.values():
        route = segment
        while route.same_route_as is not None:
            route = catalog.segments[route.same_route_as]
        if segment.kind == RAIL and segment.gauge_mm and route.via:
            found.append((segment, [catalog.places[stop] for stop in route.via]))
    return found


def apart_km(one: Place, other: Place) -> float:
    """Return the distance of two places."""
    return distance_km((one.lon, one.lat), (other.lon, other.lat))


def meetings(catalog: Catalog) -> list[Meeting]:
    """Return where a railway ends on another one of a different gauge, each place once."""
    lines = railways(catalog)
    at: dict[str, dict[str, Segment]] = {}
    for (ending, route), (other, stops) in itertools.permutations(lines, 2):
        if ending.gauge_mm == other.gauge_mm:
            continue
        for end in (route[0], route[-1]):
            near = [stop for stop in stops if abs(stop.lat - end.lat) < 1 and apart_km(stop, end) <= TOLERANCE_KM]
            if near:
                place = min((end, *near), key=lambda stop: stop.id)
                at.setdefault(place.id, {}).update({ending.id: ending, other.id: other})
    return [Meeting(catalog.places[id_], tuple(met[key] for key in sorted(met))) for id_, met in sorted(at.items())]


def status_at(phases: Iterable[Phase], moment: str | None) -> str | None:
    """Return the status that held at a moment (None: before every date), None when nothing existed yet."""
    begun = [phase for phase in phases if phase.since is None or (moment is not None and phase.since <= moment)]
    return begun[-1].status if begun else None


def joint_phases(segments: Sequence[Segment]) -> list[Dated]:
    """Return since when lines of two gauges meet, and in which status: that of the lesser of the best pair."""
    moments = sorted({phase.since or "" for segment in segments for phase in segment.phases})
    joint: list[Dated] = []
    for moment in (moment or None for moment in moments):
        standing = {segment.id: status_at(segment.phases, moment) for segment in segments}
        pairs = [
            min((first, second), key=TOWARDS_OPERATION.index)
            for one, other in itertools.combinations(segments, 2)
            if one.gauge_mm != other.gauge_mm and (first := standing[one.id]) and (second := standing[other.id])
        ]
        if not pairs:
            continue
        status = max(pairs, key=TOWARDS_OPERATION.index)
        if not joint or joint[-1][1] != status:
            joint.append((moment, status))
    return joint


def meeting_feature(meeting: Meeting, catalog: Catalog) -> Feature:
    """Return a break of gauge as a row: its projects are all whose lines meet there."""
    place, segments = meeting.place, meeting.segments
    phases = joint_phases(segments)
    gauges = "/".join(map(str, meeting.gauges))
    names = in_languages(place.name)
    said = []
    for segment in segments:
        stops = [catalog.places[stop] for stop in segment.via] or [place, place]
        said.append(f"{segment.gauge_mm} mm: {segment_title(segment, catalog.projects[segment.project], stops)['en']}")
    sources = unique([*(source for segment in segments for source in segment.sources), place.source])
    confidences = list(catalog.vocabulary["confidence"])
    values = {
        "id": f"{KIND}__{place.id}",
        "layer": LAYER,
        "projects": unique(
            id_ for segment in segments for id_ in (segment.project, *sorted(catalog.users.get(segment.id, ())))
        ),
        "kind": KIND,
        **titles({language: f"{name} ({gauges})" if (name := names[language]) else None for language in LANGUAGES}),
        "status": phases[-1][1],
        "phases": [{"from": since, "status": status} for since, status in phases],
        **point_columns(place),
        "sources": sources,
        "as_of": max(segment.as_of for segment in segments),
        "confidence": max((segment.confidence for segment in segments), key=confidences.index),
        "licence": licence_of(sources, catalog),
        "note": "; ".join(said),
    }
    return feature(point_geometry(place), values)


def gauge_features(catalog: Catalog) -> list[Feature]:
    """Return every break of gauge."""
    return [meeting_feature(meeting, catalog) for meeting in meetings(catalog)]
