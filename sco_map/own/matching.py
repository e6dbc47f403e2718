"""Put the rows of a reader's layer beside ours: which are the same thing, how far apart, what differs, what we lack.

`candidates`, `apart` and `alike` are pure functions on shapes and texts; the rest words what they found.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sco_map.atlas import Atlas
from sco_map.model.geodesy import GEOD
from sco_map.model.likeness import kinship, latin
from sco_map.model.own import AREA, LINE, POINT, PREFIX
from sco_map.model.phases import opening_year
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, cell
from sco_map.model.texts import counted
from sco_map.own.rows import form_of
from sco_map.own.shapes import Numbers, Shapes

SAME, MAYBE, MISSING = "same", "maybe", "missing"
VERDICTS = (SAME, MAYBE, MISSING)

NEAR_KM = 50.0
"""Rows further apart than this on average are not the same thing, whatever they are called."""

KM_PER_DEGREE = 111.2
SAMPLES = 48
"""Points along a line that are looked at."""

MOST_CANDIDATES = 12
CLOSE_KM = 12.0
"""Rows so far apart on average are as much one as two with half of a name in common."""

WEIGHTS = {"name": 0.4, "place": 0.5, "states": 0.1}
SURE, POSSIBLE = 0.62, 0.42
"""From these scores on two rows are the same, or may be."""

COMMON_WORDS = frozenset(
    "the of and a to in line lines project projects pipeline pipelines gas oil crude natural railway railways rail "
    "road highway station power plant segment section main port system expansion construction corridor".split()
)
"""Words that half of all names have: they make no two alike."""

LIKE_LETTERS = 0.75
"""Names that have so much of their letters in common are another spelling; others only look alike."""

UNCOMPARED = ("member", "event", "agreement", "disputed_area", "boundary_line", "gauge_change")
FIGURES_OFF = {"length_km": 0.1, "capacity": 0.05, "diameter_mm": 0.03, "gauge_mm": 0.0}
"""By which share figures may differ before it is said."""


@dataclass(frozen=True)
class Difference:
    """A fact that both have and that is not the same."""

    fact: str
    theirs: str
    ours: str

    def __str__(self) -> str:
        """Return it in a few words."""
        return f"{self.fact} {self.theirs}, here {self.ours}"


@dataclass(frozen=True)
class Match:
    """A row of the reader's and the row of ours that is most like it.

    `apart_km` is the mean geodesic distance between the shorter of the two and the other, `farthest_km` the greatest;
    `score` runs from 0 to 1.
    """

    id: str
    title: str
    verdict: str
    km: float | None = None
    ours: str | None = None
    ours_title: str | None = None
    score: float = 0.0
    apart_km: float | None = None
    farthest_km: float | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Matching:
    """All rows of a reader's layer beside ours; prints, and is a table, CSV and JSON values."""

    title: str
    matches: tuple[Match, ...]
    notes: tuple[str, ...] = field(default=())

    def count(self, verdict: str) -> int:
        """Return how many rows have a verdict."""
        return sum(match.verdict == verdict for match in self.matches)

    @property
    def lacking_km(self) -> float:
        """The km of the lines that have no like here."""
        return sum(match.km or 0.0 for match in self.matches if match.verdict == MISSING)

    def only(self, verdicts: str | Iterable[str]) -> Matching:
        """Return the rows with these verdicts."""
        wanted = frozenset([verdicts] if isinstance(verdicts, str) else verdicts)
        return Matching(self.title, tuple(one for one in self.matches if one.verdict in wanted), self.notes)

    def records(self) -> list[dict[str, Any]]:
        """Return a record for each row, its differences as one text."""
        names = ("id", "title", "verdict", "km", "ours", "ours_title", "score", "apart_km", "farthest_km")
        return [
            {**{name: getattr(match, name) for name in names}, "differs": "; ".join(map(str, match.differences))}
            for match in self.matches
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return a table with a row for each of the reader's rows."""
        return pd.DataFrame(self.records())

    def to_dict(self) -> dict[str, Any]:
        """Return JSON values."""
        counts = {verdict: self.count(verdict) for verdict in VERDICTS}
        return {
            "title": self.title,
            "counts": counts,
            "lacking_km": round(self.lacking_km, 1),
            "matches": [asdict(match) for match in self.matches],
        }

    def to_csv(self) -> str:
        """Return a table for spreadsheets, which run none of its cells."""
        text = io.StringIO()
        records = self.records()
        table = csv.writer(text, lineterminator="\r\n")
        names = list(records[0]) if records else ["id", "title", "verdict"]
        table.writerow(names)
        table.writerows([cell(record[name]) for name in names] for record in records)
        return BYTE_ORDER_MARK + text.getvalue()

    def summary(self) -> str:
        """Return what was found in one sentence."""
        return (
            f"{self.title}: {counted(len(self.matches), 'row')}; on the map: {self.count(SAME):,}, "
            f"perhaps: {self.count(MAYBE):,}, not here: {self.count(MISSING):,} ({self.lacking_km:,.0f} km)"
        )


@dataclass(frozen=True, eq=False)
class Ours:
    """The rows of the map that others can be like, with what each may be called; can be sent to another process."""

    rows: gpd.GeoDataFrame
    names: list[tuple[str, ...]]

    @cached_property
    def by_name(self) -> Named:
        """The rows by the words of their names."""
        return Named(self.names)

    @cached_property
    def shapes(self) -> Shapes:
        """The geometries of the rows."""
        return np.asarray(self.rows.geometry.array)


def ours_of(atlas: Atlas) -> Ours:
    """Return the rows of the map that rows of others are compared with."""
    rows = atlas.rows
    rows = rows[~rows["layer"].str.startswith(PREFIX) & ~rows["kind"].isin(UNCOMPARED)]
    return Ours(rows, names_of(atlas, rows))


def matches_of(rows: gpd.GeoDataFrame, ours: Ours, within_km: float) -> list[Match]:
    """Return for each row of a reader's the one of ours that is most like it; no row depends on another."""
    names, shapes, theirs = ours.names, ours.shapes, np.asarray(rows.geometry.array)
    near = candidates(theirs, shapes, within_km)
    found = []
    for at in range(len(rows)):
        row = rows.iloc[at]
        own_names = (row["title_en"],)
        possible = dict.fromkeys([*near[at], *ours.by_name.like(own_names)])
        best = Best()
        for other in possible:
            mine = ours.rows.iloc[other]
            if not may_be_one(row, mine):
                continue
            mean, farthest = apart(theirs[at], shapes[other])
            if mean is not None and mean > within_km:
                continue
            name = max((alike(one, two) for one in own_names for two in names[other]), default=0.0)
            best.take(score_of(name, mean, shared(row["countries"], mine["countries"])), other, mean, farthest)
        found.append(verdict_of(row, best, ours.rows))
    return found


@dataclass
class Best:
    """The best of the rows that were looked at."""

    score: float = 0.0
    at: int | None = None
    apart_km: float | None = None
    farthest_km: float | None = None

    def take(self, score: float, at: int, mean: float | None, farthest: float | None) -> None:
        """Keep a row that is better than those before it."""
        if score > self.score:
            self.score, self.at, self.apart_km, self.farthest_km = score, at, mean, farthest


def verdict_of(row: pd.Series, best: Best, ours: gpd.GeoDataFrame) -> Match:
    """Return what is to be said of a row of the reader's."""
    km = None if pd.isna(row["length_km"]) else float(row["length_km"])
    if best.at is None or best.score < POSSIBLE:
        return Match(row["id"], row["title_en"], MISSING, km)
    mine = ours.iloc[best.at]
    return Match(
        row["id"],
        row["title_en"],
        SAME if best.score >= SURE else MAYBE,
        km,
        mine["id"],
        mine["title_en"],
        round(best.score, 3),
        None if best.apart_km is None else round(best.apart_km, 2),
        None if best.farthest_km is None else round(best.farthest_km, 2),
        tuple(differences(row, mine)),
    )


# -- what is looked at -------------------------------------------------------------------------------------------------


def names_of(atlas: Atlas, rows: gpd.GeoDataFrame) -> list[tuple[str, ...]]:
    """Return for each row what it may be called: its own title, and that of its home project."""
    projects = atlas.catalog.projects
    return [
        tuple(dict.fromkeys([title, *(projects[id_].title.en for id_ in ids[:1] if id_ in projects)]))
        for title, ids in zip(rows["title_en"], rows["projects"], strict=True)
    ]


def may_be_one(theirs: pd.Series, ours: pd.Series) -> bool:
    """Tell whether two rows can be one thing at all: of one kind where both know it, and of one form."""
    kind = theirs["kind"]
    if kind not in (LINE, POINT, AREA) and kind != ours["kind"]:
        return False
    if theirs.geometry is None or ours.geometry is None:
        return True
    forms = {form_of(theirs.geometry), form_of(ours.geometry)}
    return len(forms) == 1 or AREA in forms


def candidates(theirs: Shapes, ours: Shapes, within_km: float) -> list[list[int]]:
    """Return for each shape the nearest of the others, a few, that a box around it meets."""
    known = np.flatnonzero(~shapely.is_missing(ours))
    tree = shapely.STRtree(ours[known])
    found: list[list[int]] = []
    for shape in theirs:
        if shape is None:
            found.append([])
            continue
        latitude = min(abs(float(shapely.bounds(shape)[[1, 3]].max())), 80.0)
        reach = within_km / KM_PER_DEGREE
        west, south, east, north = shape.bounds
        wide = reach / np.cos(np.radians(latitude))
        box = shapely.box(west - wide, south - reach, east + wide, north + reach)
        near = known[tree.query(box)]
        order = np.argsort(shapely.distance(shape, ours[near]), kind="stable")
        found.append([int(at) for at in near[order][:MOST_CANDIDATES]])
    return found


def apart(one: shapely.Geometry | None, other: shapely.Geometry | None) -> tuple[float | None, float | None]:
    """Return mean and greatest geodesic distance in km from the shorter of two shapes to the other.

    None where one of them is not there. Points along the shorter one are measured to the nearest point of the other.
    """
    if one is None or other is None or one.is_empty or other.is_empty:
        return None, None
    if one.length > other.length:
        one, other = other, one
    points = sampled(one)
    scale = float(np.cos(np.radians(np.clip(points[:, 1].mean(), -85, 85))))
    flat = shapely.transform(other, lambda pairs: pairs * [scale, 1.0])
    lines = shapely.shortest_line(shapely.points(points * [scale, 1.0]), flat)
    nearest = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1] / [scale, 1.0]
    km = GEOD.inv(points[:, 0], points[:, 1], nearest[:, 0], nearest[:, 1])[2] / 1000
    return float(km.mean()), float(km.max())


def sampled(shape: shapely.Geometry) -> Numbers:
    """Return points at equal steps along the outline of a shape, its single points where it has no length."""
    lines = shape.boundary if shape.geom_type.endswith("Polygon") else shape
    if lines.length == 0:
        coordinates: Numbers = shapely.get_coordinates(lines)
        return coordinates
    parts = [part for part in shapely.get_parts(lines) if part.length > 0]
    total = sum(part.length for part in parts)
    steps = [max(2, round(SAMPLES * part.length / total)) for part in parts]
    points = [
        shapely.line_interpolate_point(part, np.linspace(0, 1, count), normalized=True)
        for part, count in zip(parts, steps, strict=True)
    ]
    found: Numbers = shapely.get_coordinates(np.concatenate(points))
    return found


# -- what is alike -----------------------------------------------------------------------------------------------------


def words_in(name: str) -> frozenset[str]:
    """Return the words of a name in Latin letters, without those that half of all names have."""
    words = set("".join(letter if letter.isalnum() else " " for letter in latin(name)).split())
    return frozenset(words - COMMON_WORDS) or frozenset(words)


def alike(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1: by the words that they share, and by their letters."""
    first, second = words_in(one), words_in(other)
    if not first or not second:
        return 0.0
    common = len(first & second) / min(len(first), len(second))
    whole = len(first & second) / len(first | second)
    letters = kinship(" ".join(sorted(first)), " ".join(sorted(second)))
    return max((common + whole) / 2, letters if letters >= LIKE_LETTERS else letters / 2)


class Named:
    """Rows of the map by the words of their names."""

    def __init__(self, names: Sequence[tuple[str, ...]]) -> None:
        """Remember in which rows each word is."""
        self.rows: dict[str, list[int]] = {}
        for at, several in enumerate(names):
            for word in {word for name in several for word in words_in(name)}:
                self.rows.setdefault(word, []).append(at)

    def like(self, names: Iterable[str]) -> list[int]:
        """Return the rows that share most words with any of the names, a few, the rarest words first."""
        shares: dict[int, float] = {}
        for word in {word for name in names for word in words_in(name)}:
            rows = self.rows.get(word, [])
            for at in rows:
                shares[at] = shares.get(at, 0.0) + 1 / len(rows)
        return sorted(shares, key=lambda at: (-shares[at], at))[:MOST_CANDIDATES]


def shared(theirs: Sequence[str], ours: Sequence[str]) -> float:
    """Return which share of the states of two rows they have in common, half where one names none."""
    one, other = set(theirs), set(ours)
    return len(one & other) / len(one | other) if one and other else 0.5


def score_of(name: float, mean_km: float | None, states: float) -> float:
    """Return from 0 to 1 how sure it is that two rows are one thing; without a distance the name has to do more."""
    if mean_km is None:
        return 0.85 * name + 0.1 * states
    place = float(np.exp(-mean_km / CLOSE_KM))
    return WEIGHTS["name"] * name + WEIGHTS["place"] * place + WEIGHTS["states"] * states


def differences(theirs: pd.Series, ours: pd.Series) -> Iterable[Difference]:
    """Yield the facts that both have and that are not the same: status, opening, length, capacity, diameter, gauge."""
    one, other = theirs["status"], ours["status"]
    if isinstance(one, str) and isinstance(other, str) and one != other:
        yield Difference("status", one, other)
    opened = [opening_year(row["phases"]) for row in (theirs, ours)]
    if None not in opened and opened[0] != opened[1]:
        yield Difference("opened", str(opened[0]), str(opened[1]))
    due = [row["promises"][-1]["opens"][:4] if row["promises"] else None for row in (theirs, ours)]
    if None not in due and due[0] != due[1]:
        yield Difference("due", str(due[0]), str(due[1]))
    for fact, share in FIGURES_OFF.items():
        first, second = figure(theirs, fact), figure(ours, fact)
        if fact == "capacity" and theirs["capacity_unit"] != ours["capacity_unit"]:
            continue
        if first is not None and second is not None and abs(first - second) > share * max(first, second):
            yield Difference(fact, f"{first:,.10g}", f"{second:,.10g}")


def figure(row: pd.Series, fact: str) -> float | None:
    """Return a figure of a row; the length that a file says goes before that of its drawing."""
    if fact == "length_km" and row["layer"].startswith(PREFIX) and row["published_lengths"]:
        return float(row["published_lengths"][0]["km"])
    return None if pd.isna(row[fact]) else float(row[fact])
