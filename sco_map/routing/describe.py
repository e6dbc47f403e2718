"""Words for a line: where a row or a corridor begins, what it follows, its legs, borders and what it meets.

Everything is computed from the network; the map for those who cannot see it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any

from sco_map.atlas import Atlas, records_of
from sco_map.catalog import LocalText, Place
from sco_map.model.kinds import AT_SEA, WATERCOURSES
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.network import LEAST_BEND, MOST_LEGS, MOST_NAMED, ROUTABLE, WAY_OF
from sco_map.model.packing import DECIMALS
from sco_map.model.sphere import KM_PER_DEGREE
from sco_map.routing.answers import Route, local_texts
from sco_map.routing.complaints import Complaint, RoutingError, in_words, thing_called, unknown
from sco_map.routing.corridors import chain_line, known_lines, line_of
from sco_map.routing.cut import Cut
from sco_map.routing.links import Network, links_of
from sco_map.routing.route import DIRECTIONS, Border, Break, Way, way_of
from sco_map.routing.search import Step
from sco_map.routing.wording import Say


@dataclass(frozen=True)
class Stage:
    """A leg in words: from where to where, in which direction, how far, over which row, of which gauge and status."""

    start: str
    end: str
    direction: str
    km: float
    row: str
    kind: str
    status: str
    gauge_mm: int | None
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Meeting:
    """Another line that has a place in common with this one."""

    row: str
    place: str


@dataclass(frozen=True)
class Description:
    """A line in words: `text` says it in a sentence or two, `stages` leg by leg; `lines` are the rows it runs over."""

    id: str
    title: LocalText
    start: str
    end: str
    direction: str
    km: float
    sea_km: float
    is_track: bool
    kinds: tuple[str, ...]
    km_by_country: tuple[tuple[str, float], ...]
    borders: tuple[Border, ...]
    breaks: tuple[Break, ...]
    lines: tuple[str, ...]
    stages: tuple[Stage, ...]
    meets: tuple[Meeting, ...]
    atlas: Atlas = field(repr=False, compare=False)

    def text(self, lang: str = FIRST) -> str:
        """Return it in a few sentences."""
        say = Say(self.atlas, lang)
        return say.sentences(sentences_of(self, say))

    def legs(self, lang: str = FIRST) -> list[str]:
        """Return a sentence for each leg, for a reader who follows the line step by step."""
        say = Say(self.atlas, lang)
        return [stage_text(stage, say) for stage in self.stages]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values, with the text in the four languages."""
        return {
            "id": self.id,
            "title": local_texts(self.title),
            "from": self.start,
            "to": self.end,
            "direction": self.direction,
            "km": self.km,
            "sea_km": self.sea_km,
            "length_basis": "track" if self.is_track else "drawn",
            "kinds": list(self.kinds),
            "km_by_country": [list(entry) for entry in self.km_by_country],
            "borders": [asdict(border) for border in self.borders],
            "breaks_of_gauge": [asdict(entry) for entry in self.breaks],
            "lines": list(self.lines),
            "legs": [asdict(stage) for stage in self.stages],
            "meets": [asdict(meeting) for meeting in self.meets],
            "text": {lang: self.text(lang) for lang in LANGUAGES},
        }

    def __str__(self) -> str:
        """Return text and legs in English."""
        return "\n".join([self.text(), *(f"  {leg}" for leg in self.legs())])


def describe(atlas: Atlas, id_: str) -> Description:
    """Return a row, a corridor, a project that is one line, or a way that a project names, in words.

    Raises RoutingError with a sentence that says why it is not a line.
    """
    project = atlas.catalog.projects.get(id_.partition(WAY_OF)[0])
    rows = atlas.rows[atlas.rows["id"] == id_]
    if project is not None and (project.ways or rows.empty):
        found = line_of(atlas, id_) if project.ways else chain_line(atlas, project, None, False, None)
        return described(
            atlas, id_, found.title or project.title, found.best, legs_of(atlas.catalog.places, found.best)
        )
    if rows.empty:
        raise RoutingError([unknown(atlas, "line", id_, known_lines(atlas))])
    record = records_of(rows)[0]
    if not record["hops"] or record["kind"] in WATERCOURSES:
        raise RoutingError([Complaint("net_no_line", {"line": thing_called(atlas, id_)})])
    title = LocalText.model_construct(**{lang: record[f"title_{lang}"] for lang in LANGUAGES})
    steps = [Step(link, back=False) for link in links_of(record, promised=False, undated=False)]
    bare = Network(
        atlas.year, False, (), (), (), {id_: record["title_en"]}, frozenset(), frozenset(), atlas.catalog.places
    )
    return described(atlas, id_, title, way_of(bare, steps), stages_of(bare, steps))


def described(atlas: Atlas, id_: str, title: LocalText, way: Way, stages: Sequence[Stage]) -> Description:
    """Return a way in words."""
    first, last = way.legs[0], way.legs[-1]
    lines = tuple(dict.fromkeys(leg.row for leg in way.legs))
    return Description(
        id=id_,
        title=title,
        start=first.start,
        end=last.end,
        direction=bearing(atlas.catalog.places, first.start, last.end),
        km=way.km,
        sea_km=way.sea_km,
        is_track=all(leg.length_basis == "track" for leg in way.legs if leg.kind not in AT_SEA),
        kinds=tuple(dict.fromkeys(leg.kind for leg in way.legs)),
        km_by_country=way.km_by_country,
        borders=way.borders,
        breaks=way.breaks,
        lines=lines,
        stages=tuple(stages),
        meets=tuple(meetings(atlas, way, lines)),
        atlas=atlas,
    )


def bearing(places: Mapping[str, Place], start: str, end: str) -> str:
    """Return in which of eight directions one place lies from another on the map: that of a constant course.

    The shortest course over the globe begins far more to the north, which is not what a reader of a long line expects.
    """
    (lon, lat), (other_lon, other_lat) = (spot_of(places[end]) for end in (start, end))
    east = (other_lon - lon + 180) % 360 - 180
    north = math.degrees(stretched(other_lat) - stretched(lat))
    return DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def spot_of(place: Place) -> tuple[float, float]:
    """Return longitude and latitude of a place, as exact as the page has them, so that both say the same of it."""
    return round(place.lon, DECIMALS), round(place.lat, DECIMALS)


def stretched(lat: float) -> float:
    """Return a latitude as the map of Mercator draws it, in radians of longitude."""
    return math.asinh(math.tan(math.radians(lat)))


def legs_of(places: Mapping[str, Place], way: Way) -> list[Stage]:
    """Return the legs of a route, one for each row."""
    return [
        Stage(
            leg.start, leg.end, bearing(places, leg.start, leg.end), leg.km, leg.row, leg.kind, leg.status,
            leg.gauge_mm, tuple(code for code, _ in leg.countries),
        )
        for leg in way.legs
    ]  # fmt: skip


def stages_of(network: Network, steps: Sequence[Step]) -> list[Stage]:
    """Return a row in up to MOST_LEGS legs, cut where it bends most, at places that have a name."""
    cuts = [0, len(steps)]
    stops = [steps[0].start, *(step.end for step in steps)]
    while len(cuts) <= MOST_LEGS:
        parts = itertools.pairwise(cuts)
        bends = [bend for one, other in parts if (bend := sharpest(network, stops, one, other))]
        if not bends:
            break
        cuts = sorted([*cuts, max(bends)[1]])
    return [stage_of(network, steps[one:other]) for one, other in itertools.pairwise(cuts)]


def stage_of(network: Network, steps: Sequence[Step]) -> Stage:
    """Return some steps over one row as a leg."""
    first, last = steps[0], steps[-1]
    return Stage(
        first.start,
        last.end,
        bearing(network.places, first.start, last.end),
        round(sum(step.link.km for step in steps), 2),
        first.link.row,
        first.link.kind,
        first.link.status,
        first.link.gauge_mm,
        tuple(dict.fromkeys(code for step in steps for code, _ in step.countries)),
    )


def sharpest(network: Network, stops: Sequence[str], first: int, last: int) -> tuple[float, int] | None:
    """Return the named place between two that lies farthest from their chord, with its distance in degrees.

    None where there is none, or where even that bend is a small share of the chord.
    """
    (lon, lat), (end_lon, end_lat) = (spot_of(network.places[stops[at]]) for at in (first, last))
    narrow = math.cos(math.radians((lat + end_lat) / 2))
    x, y = (end_lon - lon) * narrow, end_lat - lat
    chord = max(math.hypot(x, y), 1 / KM_PER_DEGREE)
    found: tuple[float, int] | None = None
    for at in range(first + 1, last):
        place = network.places[stops[at]]
        place_lon, place_lat = spot_of(place)
        away = round(abs((place_lon - lon) * narrow * y - (place_lat - lat) * x) / chord, 4)
        if not place.is_helper and away > max(LEAST_BEND * chord, found[0] if found else 0.0):
            found = (away, at)
    return found


def meetings(atlas: Atlas, way: Way, lines: Iterable[str]) -> Iterable[Meeting]:
    """Yield the other lines that share a named place with a way, in the order in which it meets them, each once.

    Lines are those of the network, and those of the kinds of the way itself: a railway does not meet a power line.
    """
    touching = lines_at(atlas, frozenset(leg.kind for leg in way.legs))
    seen = set(lines)
    for place in way.places:
        if atlas.catalog.places[place].is_helper:
            continue
        for row in touching.get(place, ()):
            if row not in seen:
                seen.add(row)
                yield Meeting(row, place)


@lru_cache(maxsize=8)
def lines_at(atlas: Atlas, kinds: Set[str]) -> Mapping[str, Sequence[str]]:
    """Return the lines that run through each place, by id: those of the network and of some other kinds."""
    rows = atlas.rows
    touching: dict[str, list[str]] = {}
    for id_, kind, stops, hops in sorted(zip(rows["id"], rows["kind"], rows["places"], rows["hops"], strict=True)):
        if hops and (kind in ROUTABLE or kind in kinds - WATERCOURSES):
            for stop in stops:
                touching.setdefault(stop, []).append(id_)
    return touching


@lru_cache(maxsize=2)
def homes_and_kinds(atlas: Atlas) -> tuple[Mapping[str, Sequence[str]], Mapping[str, str]]:
    """Return the projects and the kind of each row, by id."""
    rows = atlas.rows
    return dict(zip(rows["id"], rows["projects"], strict=True)), dict(zip(rows["id"], rows["kind"], strict=True))


# -- words -------------------------------------------------------------------------------------------------------------


def sentences_of(line: Description, say: Say) -> Iterable[str]:
    """Yield the sentences about a line."""
    places = line.atlas.catalog.places
    ends = {"from": say.place(line.start), "to": say.place(line.end)}
    states = [places[end].country for end in (line.start, line.end)]
    known: Mapping[str, object] = {
        **ends,
        "from_country": say.country(states[0]),
        "to_country": say.country(states[1]),
        "direction": say.word(f"direction_{line.direction}"),
        "km": say.km(line.km),
    }
    stays = {code for code, _ in line.km_by_country} <= {states[0]} and states[0] == states[1]
    yield say.word("says_runs_inside" if stays else "says_runs", **known)
    if len(line.lines) > 1:
        yield say.counted("says_over_lines", len(line.lines))
    elif len(line.stages) > 1:
        yield say.word("says_by_places", places=say.listed(say.place(stage.end) for stage in line.stages[:-1]))
    if line.sea_km and line.sea_km < line.km:
        yield say.word("says_sea_part", km=say.km(line.sea_km))
    if line.borders:
        named = [border_words(border, say) for border in line.borders]
        yield say.counted("says_crosses", len(line.borders), list=shortened(named, say))
    gauges = list(dict.fromkeys(stage.gauge_mm for stage in line.stages if stage.kind == "rail" and stage.gauge_mm))
    if line.breaks:
        named = [
            say.word(
                "says_break_at", place=say.place(entry.place), one=say.year(entry.from_mm), other=say.year(entry.to_mm)
            )
            for entry in line.breaks
        ]
        yield say.counted("says_changes_gauge", len(line.breaks), list=shortened(named, say))
    elif len(gauges) == 1:
        yield say.word("says_gauge", mm=say.year(gauges[0]))
    if line.meets:
        yield say.counted("says_meets", len(line.meets), list=say.listed(meeting_words(line, say)))


def route_words(found: Route, lang: str = FIRST) -> str:
    """Return the best way of a route in a few sentences."""
    way = found.best
    title = found.title or LocalText(en=f"{found.start}–{found.end}")
    line = described(found.atlas, f"{found.start}:{found.end}", title, way, legs_of(found.atlas.catalog.places, way))
    say = Say(found.atlas, lang)
    texts = [*sentences_of(replace(line, meets=()), say), *asked_words(found, lang)]
    texts.append(say.word("band", low=say.number(way.low_km), high=say.number(way.high_km)))
    if way.promised_km:
        texts.append(say.word("on_promises", km=say.km(way.promised_km)))
    if way.undated_km:
        texts.append(say.word("undated", km=say.km(way.undated_km)))
    return say.sentences(texts)


def asked_words(found: Route | Cut, lang: str) -> Iterable[str]:
    """Yield the sentences about what was to be passed and left aside, and from where a cut is not measured."""
    atlas = found.atlas
    say = Say(atlas, lang)
    lists = (
        [("says_without", found.removed), ("says_dropped", found.dropped)]
        if isinstance(found, Cut)
        else [("says_through", found.passed), ("says_without", found.avoided)]
    )
    for word, ids in lists:
        if ids:
            yield say.word(word, list=say.listed(in_words(thing_called(atlas, id_), lang) for id_ in ids))


def meeting_words(line: Description, say: Say) -> list[str]:
    """Return a few of the lines that a line meets, those of its own kinds first, by the names of their projects.

    Other parts of its own project come last.
    """
    homes, kinds = homes_and_kinds(line.atlas)
    projects = line.atlas.catalog.projects
    own = {id_ for row in line.lines for id_ in homes[row][:1]}

    def last(entry: Meeting) -> tuple[bool, bool]:
        return bool(own & set(homes[entry.row][:1])), kinds[entry.row] not in line.kinds

    named: dict[str, str] = {}
    for entry in sorted(line.meets, key=last):
        home = next((projects[id_] for id_ in homes[entry.row] if id_ in projects), None)
        title = home.title.in_language(say.language) if home else row_title(line.atlas, entry.row, say)
        named.setdefault(title, say.word("says_meets_at", line=title, place=say.place(entry.place)))
    return list(named.values())[:MOST_NAMED]


def shortened(texts: Sequence[str], say: Say) -> str:
    """Return a list of which no more than a few items are named."""
    rest = len(texts) - MOST_NAMED
    return say.listed([*texts[:MOST_NAMED], *([say.counted("says_more", rest)] if rest > 0 else [])])


def border_words(border: Border, say: Say) -> str:
    """Return a border in words."""
    states = {"leaves": say.country(border.leaves), "enters": say.country(border.enters)}
    if border.at:
        return say.word("says_border_at", place=say.place(border.at), **states)
    return say.word("says_border_at_sea" if border.by_sea else "says_border", **states)


def stage_text(stage: Stage, say: Say) -> str:
    """Return a leg as a sentence."""
    facts = [say.term("kind", stage.kind), *([say.word("mm", n=say.year(stage.gauge_mm))] if stage.gauge_mm else [])]
    return say.word(
        "says_leg",
        **{"from": say.place(stage.start), "to": say.place(stage.end)},
        direction=say.word(f"direction_{stage.direction}"),
        km=say.km(stage.km),
        facts=say.listed([*facts, say.term("status", stage.status)]),
    )


def row_title(atlas: Atlas, id_: str, say: Say) -> str:
    """Return what a row is called."""
    row = atlas.rows.iloc[atlas.row_numbers[id_]]
    title = row[f"title_{say.language}"]
    return str(title) if isinstance(title, str) and title else str(row["title_en"])
