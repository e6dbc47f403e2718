"""Draw the sheets: the wall map with its insets, key, sources and scale, and the outline to fill in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from sco_map.atlas import totals
from sco_map.export.contents import Contents
from sco_map.export.qgis import styles_of
from sco_map.export.wall.canvas import SERIF, Canvas, Pen, Type
from sco_map.export.wall.ground import MERIDIANS, PARALLELS, Ground, GroundDrawing
from sco_map.export.wall.key import draw_key, draw_lines_to_write_on
from sco_map.export.wall.labels import LEADING, Block, Name
from sco_map.export.wall.lines import Line, draw_lines, lines_of
from sco_map.export.wall.marks import draw_dot
from sco_map.export.wall.names import Names, sites_of
from sco_map.export.wall.paper import BLANK, HANDOUT, MAP, PAPERS, QUESTIONS, USUAL, Paper, Plan, plan_of
from sco_map.export.wall.questions import draw_questions
from sco_map.export.wall.view import INSETS, REGION_FRAME, MapView, inset_view, region_view, shape_of
from sco_map.export.wall.wording import SheetSay
from sco_map.model.conic import HELD, REGION, held_between
from sco_map.page.styles import Styles
from sco_map.version import VERSION

NEAR_ZOOM = 5.4
"""From this zoom on lines have their ornaments."""

BAR_KM = (0, 250, 500, 1000)
FRAME = 0.8


@dataclass
class Sheet:
    """A sheet that is being drawn; `maps` and `names` are what is on it, for tests and for the key."""

    contents: Contents
    paper: Paper
    canvas: Canvas
    maps: list[MapView] = field(default_factory=list)
    names: list[Names] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read how things look and what they are called."""
        view = self.contents.view
        self.styles: Styles = styles_of(self.contents)
        self.colours: Mapping[str, str] = self.styles["light"]
        self.say = SheetSay(self.contents.atlas, view.lang)
        self.ground = Ground(self.contents.atlas, view.worldview, self.contents.selection.year)
        self.unit = self.paper.unit
        self.plan: Plan = plan_of(self.paper, shape_of(REGION_FRAME))

    def type(self, size: float, colour: str = "ink", **look: Any) -> Type:
        """Return a type of a size on A3."""
        return Type(size * self.unit, self.colours.get(colour, colour), **look)

    # -- maps

    def draw_map(self, view: MapView, detail: int, insets: tuple[MapView, ...] = ()) -> list[Line]:
        """Draw one map with everything on it; return its lines."""
        canvas, rows = self.canvas, self.contents.rows
        drawing = GroundDrawing(canvas, self.ground, view, self.colours, self.unit)
        drawing.draw()
        self.outline_insets(view, insets)
        lines = lines_of(self.contents.atlas, self.styles, rows, view, self.unit)
        sites = sites_of(self.contents.atlas, self.styles, rows)
        names = Names(
            canvas, self.contents.atlas, self.styles, drawing, lines, self.say.language, self.unit, detail, sites
        )
        draw_lines(canvas, self.styles, lines, view, self.unit, near=names.zoom >= NEAR_ZOOM)
        names.placed += (degrees := self.degrees(view) if insets else [])
        for degree in degrees:
            names.taken.add(degree.area)
        names.place_all()
        for dot in names.dots:
            draw_dot(canvas, dot, self.colours["casing"])
        for name in names.placed:
            self.draw_name(name)
        self.draw_frame(view)
        self.maps.append(view)
        self.names.append(names)
        return lines

    def draw_name(self, name: Name) -> None:
        """Set a name, with the stroke that leads to it."""
        if name.leader is not None:
            ends = np.array(name.leader)
            self.canvas.stroke([self.canvas.path(ends)], Pen(name.kind.colour, 0.7 * self.unit))
        x, y = name.middle
        for number, line in enumerate(name.lines):
            self.canvas.text(x, y + number * LEADING * name.kind.size, line, name.kind, name.turn, "C")

    def outline_insets(self, view: MapView, insets: tuple[MapView, ...]) -> None:
        """Show on a map what the insets show larger."""
        for inset in insets:
            left, top, right, bottom = inset.box
            across = np.linspace(-(right - left) / 2, (right - left) / 2, 12) * inset.km_per_point
            down = np.linspace(-(bottom - top) / 2, (bottom - top) / 2, 12) * inset.km_per_point
            west, east, south, north = (np.full(12, edge) for edge in (across[0], across[-1], down[0], down[-1]))
            ring = np.vstack([
                np.stack((across, south), -1), np.stack((east, down), -1),
                np.stack((across[::-1], north), -1), np.stack((west, down[::-1]), -1),
            ]) + np.array(inset.middle)  # fmt: skip
            outline = view.at(inset.conic.backward(ring))
            self.canvas.stroke([self.canvas.path(outline, closed=True)], Pen(self.colours["accent"], 0.8 * self.unit))

    def draw_frame(self, view: MapView) -> None:
        """Draw the frame of a map."""
        self.canvas.stroke([self.canvas.box(view.box)], Pen(self.colours["ink"], FRAME * self.unit))

    def degrees(self, view: MapView) -> list[Name]:
        """Return at the frame which meridian and which parallel ends there."""
        left, top, right, bottom = view.box
        kind = self.type(6, "ink3", halo=self.colours["paper"])
        size, found = kind.size, []

        def add(text: str, x: float, y: float) -> None:
            found.append(Block((text,), (self.canvas.width(text, kind),), kind).at((x, y)))

        for lon in MERIDIANS:
            line = view.at(np.array([[lon, lat] for lat in np.arange(-20, 85, 0.25)], dtype=np.float64))
            for edge, shift in ((top, size * 1.1), (bottom, -size * 0.4)):
                x = crossing(line, edge, 1)
                if x is not None and left + 4 * size < x < right - 4 * size:
                    add(self.degree(lon, "east", "west"), x, edge + shift)
        for lat in PARALLELS:
            line = view.at(np.array([[lon, lat] for lon in np.arange(-20, 190, 0.25)], dtype=np.float64))
            text = self.degree(lat, "north", "south")
            half = self.canvas.width(text, kind) / 2
            for edge, shift in ((left, half + size * 0.5), (right, -half - size * 0.5)):
                y = crossing(line, edge, 0)
                if y is not None and top + 3 * size < y < bottom - 3 * size:
                    add(text, edge + shift, y + size * 0.3)
        return found

    def degree(self, value: int, plus: str, minus: str) -> str:
        """Return a degree of longitude or latitude."""
        number = self.say.number(abs(value))
        return f"{number}°" if value == 0 else self.say.word(f"degrees_{plus if value > 0 else minus}", n=number)

    # -- around the maps

    def draw_head(self, title: str, dek: str) -> None:
        """Draw rule, organisation, title, and at the right what the sheet shows."""
        left, top, right, bottom = self.plan.head
        unit, canvas = self.unit, self.canvas
        canvas.stroke([canvas.path(np.array([[left, top], [right, top]]))], Pen(self.colours["accent"], 1.8 * unit))
        canvas.text(left, top + 12 * unit, self.say.word("organisation"), self.type(8, "accent", style="B"))
        canvas.text(left, top + 33 * unit, title, self.type(21, "ink", family=SERIF, style="B"))
        kind = self.type(7.5, "ink2")
        lines = canvas.wrapped(dek, kind, 400 * unit)
        for number, line in enumerate(reversed(lines)):
            canvas.text(right, bottom - 4 * unit - number * 10.5 * unit, line, kind, align="R")

    def draw_scale_bar(self, view: MapView, left: float, base: float) -> None:
        """Draw a bar of kilometres."""
        canvas, unit = self.canvas, self.unit
        height = 2.6 * unit
        for number, (start, end) in enumerate(pairwise(BAR_KM)):
            box = (left + view.length(start), base - height, left + view.length(end), base)
            canvas.fill([canvas.box(box)], self.colours["ink"] if number % 2 == 0 else self.colours["paper"])
            canvas.stroke([canvas.box(box)], Pen(self.colours["ink"], 0.5 * unit))
        kind = self.type(6.4, "ink2")
        for km in BAR_KM[::2]:
            canvas.text(left + view.length(km), base - height - 2 * unit, self.say.number(km), kind, align="C")
        last = self.say.km(BAR_KM[-1])
        canvas.text(left + view.length(BAR_KM[-1]), base - height - 2 * unit, last, kind, align="C")

    def draw_foot(self) -> None:
        """Draw scale, projection, accuracy, viewpoint on borders, sources, licences, date and version."""
        left, top, right, _ = self.plan.foot
        unit, canvas, say = self.unit, self.canvas, self.say
        view = self.maps[0]
        self.draw_scale_bar(view, left + 4 * unit, top + 13 * unit)
        scale = say.word("scale", n=say.number(view.scale))
        canvas.text(
            left + view.length(BAR_KM[-1]) + 24 * unit, top + 13 * unit, scale, self.type(7.5, "ink", style="B")
        )
        kind = self.type(6.1, "ink2")
        gap = 14 * unit
        width = (right - left - 2 * gap) / 3
        canvas.paragraph((left, top + 18 * unit, left + width, 0), self.projection_text(), kind, 1.28)
        texts = (self.borders_text() + say.sentences(["", say.word("print_accuracy")]), self.sources_text())
        for number, text in enumerate(texts, start=1):
            start = left + number * (width + gap)
            canvas.paragraph((start, top - 1 * unit, start + width, 0), text, kind, 1.28)

    def projection_text(self) -> str:
        """Return how the map is projected, and where its scale holds."""
        say = self.say
        south, north = held_between(REGION)
        gaps = {
            "south": say.number(REGION.south), "north": say.number(REGION.north), "middle": say.number(REGION.lon),
            "from": say.number(south), "to": say.number(north), "share": say.number(HELD * 100),
            "tip": say.number(100 * (REGION.parallel_scale(np.array([10.0]))[0] - 1)),
            "top": say.number(100 * (REGION.parallel_scale(np.array([65.0]))[0] - 1)),
        }  # fmt: skip
        return say.word("projection_note", **gaps)

    def borders_text(self) -> str:
        """Return from whose point of view borders are drawn."""
        worldview = self.contents.view.worldview
        how = self.say.word("de_facto") if worldview is None else self.say.word(f"worldview_{worldview}")
        return self.say.word("borders_seen", how=how)

    def sources_text(self) -> str:
        """Return credit, licences, date and version."""
        say, contents = self.say, self.contents
        ids = dict.fromkeys(filter(None, contents.rows["licence"]))
        licences = [licence for id_ in ids if (licence := contents.atlas.catalog.licences.get(id_)) is not None]
        credits = "; ".join(dict.fromkeys(licence.attribution for licence in licences if licence.attribution))
        terms = ", ".join(dict.fromkeys(licence.title for licence in licences))
        count = len(contents.sources)
        return say.sentences([
            say.word("credit_ground") + ".",
            f"{credits}.",
            say.word("sheet_licences", list=terms),
            say.word("sheet_sources", n=say.number(count)),
            say.word("sheet_version", version=VERSION, date=say.digits(contents.as_of or ""),
                     checksum=contents.atlas.checksum[:12]),
        ])  # fmt: skip

    def inset_title(self, id_: str, view: MapView) -> None:
        """Write the name of an inset and its scale above it."""
        left, top, right, _ = view.box
        base = top - 4.5 * self.unit
        self.canvas.text(left, base, self.say.word(f"inset_{id_}"), self.type(8, "ink", family=SERIF, style="B"))
        scale = self.say.word("scale", n=self.say.number(view.scale))
        self.canvas.text(right, base, scale, self.type(6.4, "ink3"), align="R")


def crossing(line: np.ndarray[Any, np.dtype[np.float64]], edge: float, axis: int) -> float | None:
    """Return where a path crosses an edge of the frame, on the other axis; None where it does not."""
    beyond = line[:, axis] > edge
    at = np.flatnonzero(beyond[1:] != beyond[:-1])
    if not len(at):
        return None
    before, after = line[at[0]], line[at[0] + 1]
    share = (edge - before[axis]) / (after[axis] - before[axis])
    return float(before[1 - axis] + share * (after[1 - axis] - before[1 - axis]))


def begun(contents: Contents, paper: Paper, title: str) -> Sheet:
    """Return a sheet with a page to draw on."""
    canvas = Canvas(title, contents.view.lang, contents.day, f"{VERSION} {contents.atlas.checksum}")
    canvas.page(paper)
    return Sheet(contents, paper, canvas)


def title_of(contents: Contents, key: str) -> str:
    """Return the title of a sheet."""
    return SheetSay(contents.atlas, contents.view.lang).word(key)


def wall_map(contents: Contents, paper: Paper) -> Sheet:
    """Return the drawn wall map."""
    title = title_of(contents, "title")
    sheet = begun(contents, paper, title)
    boxes = (sheet.plan.first_inset, sheet.plan.second_inset)
    insets = tuple(inset_view(inset, box) for inset, box in zip(INSETS, boxes, strict=True))
    lines = sheet.draw_map(region_view(sheet.plan), paper.detail, insets)
    for inset, view in zip(INSETS, insets, strict=True):
        lines += sheet.draw_map(view, paper.detail + inset.detail)
        sheet.inset_title(inset.id, view)
    sheet.draw_head(title, dek_of(sheet))
    sheet.draw_foot()
    draw_key(sheet.canvas, sheet.styles, sheet.say, sheet.plan.key, sheet.unit, lines, sheet.names)
    return sheet


def dek_of(sheet: Sheet) -> str:
    """Return in a sentence what the map shows."""
    say, sums = sheet.say, totals(sheet.contents.rows)
    year = sheet.contents.selection.year or sheet.contents.atlas.year
    return say.word(
        "sheet_dek",
        lines=say.number(sums.lines),
        km=say.km(sums.km),
        countries=say.number(sums.countries),
        year=say.year(year),
    )


def blank_map(contents: Contents, paper: Paper) -> Sheet:
    """Return the drawn outline: coasts, borders, waters and dots of capitals, no name and no line."""
    sheet = begun(contents, paper, title_of(contents, "blank_title"))
    boxes = (sheet.plan.first_inset, sheet.plan.second_inset)
    insets = tuple(inset_view(inset, box) for inset, box in zip(INSETS, boxes, strict=True))
    for view in (region_view(sheet.plan), *insets):
        drawing = GroundDrawing(sheet.canvas, sheet.ground, view, sheet.colours, sheet.unit)
        drawing.draw(blank=True)
        names = Names(
            sheet.canvas, contents.atlas, sheet.styles, drawing, (), sheet.say.language, sheet.unit, sheet.paper.detail
        )
        for dot in names.capital_dots():
            draw_dot(sheet.canvas, dot, sheet.colours["casing"])
        sheet.maps.append(view)
    sheet.outline_insets(sheet.maps[0], insets)
    for view in sheet.maps:
        sheet.draw_frame(view)
    for degree in sheet.degrees(sheet.maps[0]):
        sheet.draw_name(degree)
    for inset, view in zip(INSETS, insets, strict=True):
        sheet.inset_title(inset.id, view)
    sheet.draw_head(title_of(contents, "blank_title"), sheet.say.word("blank_dek"))
    sheet.draw_foot()
    draw_lines_to_write_on(sheet.canvas, sheet.colours, sheet.say, sheet.plan.key, sheet.unit)
    return sheet


def question_sheet(contents: Contents, paper: Paper) -> Sheet:
    """Return the drawn questions with their answers."""
    sheet = begun(contents, paper, title_of(contents, "questions_title"))
    draw_questions(sheet)
    return sheet


DRAWN: Mapping[str, Callable[[Contents, Paper], Sheet]] = {
    MAP: wall_map, BLANK: blank_map, QUESTIONS: question_sheet,
}  # fmt: skip


def as_pdf(contents: Contents, kind: str = MAP, paper: str = USUAL) -> bytes:
    """Return a sheet of a kind as PDF."""
    return DRAWN[kind](contents, HANDOUT if kind == QUESTIONS else PAPERS[paper]).canvas.content()
