"""The sizes of paper, and how large things are on each: a wall map is read from further away than a handout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

POINTS_PER_MM = 72 / 25.4
MM_PER_POINT = 25.4 / 72

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; y grows downwards."""


@dataclass(frozen=True)
class Paper:
    """A sheet in points. `unit` is what a point on A3 is here; `detail` the rank up to which towns have names."""

    name: str
    width: float
    height: float
    unit: float
    detail: int


def sheet(name: str, width_mm: float, height_mm: float, unit: float, detail: int) -> Paper:
    """Return a sheet from its sides in mm."""
    return Paper(name, width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM, unit, detail)


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "A0": sheet("A0", 1189, 841, 1.8, 6),
        "A1": sheet("A1", 841, 594, 1.45, 5),
        "A2": sheet("A2", 594, 420, 1.2, 4),
        "A3": sheet("A3", 420, 297, 1.0, 3),
    }
)
"""The papers of a wall map, broad."""

USUAL = "A2"
HANDOUT = sheet("A4", 210, 297, 1.0, 3)
"""The paper of a question sheet, upright."""

MAP, BLANK, QUESTIONS = "map", "blank", "questions"
SHEETS = (MAP, BLANK, QUESTIONS)
"""The kinds of sheets, the usual one first."""

LEAST_TYPE = 6.0
"""No type on paper is smaller than so many points."""


@dataclass(frozen=True)
class Plan:
    """Where things are on a sheet with a map: head, the map, two insets and the key beside it, the foot below it."""

    paper: Paper
    head: Box
    main: Box
    first_inset: Box
    second_inset: Box
    key: Box
    foot: Box


MARGIN, HEAD, COLUMN, GAP, FOOT, TITLE = 24.0, 44.0, 232.0, 10.0, 52.0, 15.0
"""Sizes on A3, in points; `COLUMN` is the least width of insets and key, `TITLE` the line over an inset."""

KEY, FLAT, TALL = 300.0, 0.63, 1.36
"""The height that the key needs on A3, and the heights of the insets as shares of their width, the second one flat."""


def plan_of(paper: Paper, shape: float) -> Plan:
    """Return where things are on a sheet whose main map is `shape` times as wide as high: the column gets the rest."""
    unit = paper.unit
    left, top = MARGIN * unit, MARGIN * unit
    right, bottom = paper.width - left, paper.height - top
    under_head, over_foot = top + HEAD * unit, bottom - FOOT * unit
    gap, title = GAP * unit, TITLE * unit
    column = max(COLUMN * unit, right - left - gap - (over_foot - under_head) * shape)
    beside = right - column
    flat = FLAT * column
    tall = min(TALL * column, bottom - under_head - KEY * unit - 2 * (title + gap) - flat)
    first = under_head + title
    second = first + tall + gap + title
    return Plan(
        paper=paper,
        head=(left, top, right, under_head - gap),
        main=(left, under_head, beside - gap, over_foot),
        first_inset=(beside, first, right, first + tall),
        second_inset=(beside, second, right, second + flat),
        key=(beside, second + flat + gap, right, bottom),
        foot=(left, over_foot + gap, beside - gap, bottom),
    )
