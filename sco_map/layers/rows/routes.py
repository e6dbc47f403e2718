"""From a line of the catalog to its feature: choose the recipe, draw it, ask for its countries, check it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sco_map.catalog import Catalog, Place, Segment
from sco_map.errors import ScoMapError
from sco_map.layers.land.countries import CountryMap, Stop, Travel, anchored, joined, over_land, travel
from sco_map.layers.rows.features import Feature, drawn_points, line_feature, unique, unrouted_feature
from sco_map.layers.rows.hops import basis_of, hop_records, hops_of
from sco_map.layers.rows.lines import hops_of_nothing, through_places, with_declared
from sco_map.layers.rows.pieces import Piece
from sco_map.model.geodesy import Point, distance_km
from sco_map.model.kinds import AT_SEA, ON_LAND

NEAR_BORDER_KM = 5.0
WORTH_TELLING_KM = 5.0


@dataclass(frozen=True)
class CutCorner:
    """Km that a line is drawn through a country it does not enter, within the accuracy of its worst piece."""

    row: str
    country: str
    km: float
    accuracy_km: float


@dataclass
class Routes:
    """The lines of one build, each drawn once; what is wrong with them is collected in `problems`."""

    catalog: Catalog
    countries: CountryMap
    problems: list[str] = field(default_factory=list)
    cut_corners: list[CutCorner] = field(default_factory=list)
    _drawn: dict[str, list[Piece]] = field(default_factory=dict)

    def pieces(self, segment: Segment) -> list[Piece]:
        """Return the pieces of a line, [] after noting why it cannot be drawn."""
        if segment.id not in self._drawn:
            self._drawn[segment.id] = self._draw(segment)
        return self._drawn[segment.id]

    def route_of(self, segment: Segment) -> Segment:
        """Return the line whose route `segment` shares, itself when it has its own."""
        shared = segment.same_route_as
        return segment if shared is None else self.route_of(self.catalog.segments[shared])

    def _draw(self, segment: Segment) -> list[Piece]:
        if segment.same_route_as is not None:
            return with_declared(self.pieces(self.route_of(segment)), segment.accuracy)
        if nothing := hops_of_nothing(segment, self.catalog.places):
            self.problems += nothing
            return []
        if segment.recipe != "along":
            return with_declared(through_places(segment, self.catalog.places), segment.accuracy)
        from sco_map.layers.rail.rails import along_rails, rail_network

        network, _ = rail_network(self.catalog)
        try:
            return with_declared(along_rails(network, segment, self.catalog.places), segment.accuracy)
        except ScoMapError as error:
            self.problems += str(error).splitlines()
            return []

    def origins(self) -> tuple[str, ...]:
        """Return in words where the railway network was found, when a line followed it."""
        if all(piece.basis != "network" for pieces in self._drawn.values() for piece in pieces):
            return ()
        from sco_map.layers.rail.rails import rail_network

        return (rail_network(self.catalog)[1],)

    def stops(self, segment: Segment) -> list[Place]:
        """Return the places of a line's route in order."""
        return [self.catalog.places[stop] for stop in self.route_of(segment).via]

    def feature(self, segment: Segment) -> Feature | None:
        """Return the feature of a line, with a null geometry when it has no route, None after noting a problem."""
        if not self.route_of(segment).via:
            return unrouted_feature(segment, self.catalog)
        pieces = self.pieces(segment)
        if not pieces:
            return None
        stops = self.stops(segment)
        self.problems += join_faults(segment, pieces, stops)
        if segment.kind in AT_SEA:
            course = Travel(tuple(unique([stops[0].country, stops[-1].country])), {}, ())
        else:
            course = self.course(segment, pieces, stops)
        return line_feature(
            segment,
            pieces,
            stops=stops,
            countries=course.countries,
            hops=hop_records(hops_of(pieces, stops), course.stretches),
            length_basis=basis_of(pieces),
            drawn_from=drawn_from(pieces),
            catalog=self.catalog,
        )

    def course(self, segment: Segment, pieces: Sequence[Piece], stops: Sequence[Place]) -> Travel:
        """Return the countries of a line on land, noting crossings that nothing explains."""
        found = [
            stretch
            for piece in pieces
            for stretch in self.countries.stretches(drawn_points(piece), round(piece.accuracy_km, 1))
        ]
        stretches = over_land(found) if segment.kind in ON_LAND else joined(found)
        course = travel(
            anchored(stretches, stops_along(pieces, stops)),
            real=[excursion.country for excursion in segment.excursions],
            ends=(stops[0].country, stops[-1].country),
        )
        worst = max(round(piece.accuracy_km, 1) for piece in pieces)
        self.cut_corners += (
            CutCorner(segment.id, country, km, worst)
            for country, km in course.cut_corners.items()
            if km >= WORTH_TELLING_KM
        )
        for stretch in course.unexplained:
            self.problems.append(
                f"{segment.id}: runs {stretch.km:.0f} km through {stretch.country}, more than "
                f"twice its accuracy of {stretch.slack_km:g} km, and no place of it lies there; add a via place or "
                "an excursion with a reason"
            )
        for country in course.countries:
            if country not in self.catalog.countries:
                self.problems.append(f"{segment.id}: runs through {country}, which countries.toml does not have")
        return course

    def misplaced(self, places: Sequence[Place]) -> Iterator[str]:
        """Yield a sentence for each place that lies in another country than the catalog says."""
        for place in places:
            point = (place.lon, place.lat)
            there = self.countries.at(point)
            if there is None or there == place.country:
                continue
            away = self.countries.distance_km(point, place.country)
            if away > place.accuracy_km + NEAR_BORDER_KM:
                yield f"place {place.id!r}: lies in {there}, {away:.0f} km outside {place.country} of places.csv"


def drawn_from(pieces: Sequence[Piece]) -> list[str]:
    """Return the sources of the geometry beyond the places: the network's, where a piece runs along it."""
    if all(piece.basis != "network" for piece in pieces):
        return []
    from sco_map.layers.rail.rails import SOURCE

    return [SOURCE]


def stops_along(pieces: Sequence[Piece], stops: Sequence[Place]) -> list[Stop]:
    """Return where on a line its places are: at the nearest of its points, in order."""
    points: list[Point] = []
    for piece in pieces:
        points += drawn_points(piece)
    km = [0.0]
    for start, end in itertools.pairwise(points):
        km.append(km[-1] + distance_km(start, end))
    found: list[Stop] = []
    reached = 0
    for place in stops:
        here = (place.lon, place.lat)
        nearest = min(
            range(reached, len(points)), key=lambda index: (round(distance_km(points[index], here), 3), index)
        )
        found.append(Stop(km[nearest], place.country, place.accuracy_km + NEAR_BORDER_KM))
        reached = nearest
    return found


def join_faults(segment: Segment, pieces: Sequence[Piece], stops: Sequence[Place]) -> Iterator[str]:
    """Yield a sentence for each end that misses its place by more than the accuracy there, and for each gap inside."""
    ends = ((pieces[0], 0, stops[0]), (pieces[-1], -1, stops[-1]))
    for piece, index, place in ends:
        away = distance_km(piece.points[index], (place.lon, place.lat))
        allowed = max(piece.accuracy_km, place.accuracy_km)
        if away > allowed:
            yield (
                f"{segment.id}: ends {away:.1f} km from its place {place.id!r}, more than the accuracy there of "
                f"{allowed:.1f} km"
            )
    for before, after in itertools.pairwise(pieces):
        gap = distance_km(before.points[-1], after.points[0])
        if gap > 0.01:
            yield f"{segment.id}: a gap of {gap:.2f} km where {before.end!r} and {after.start!r} should meet"
