"""The key of the wall map: only what is on its maps, each sample drawn as on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sco_map.export.qgis import colour_of, look_of
from sco_map.export.wall.canvas import Canvas, Pen, Type
from sco_map.export.wall.lines import DOUBT_OPACITY, POINTS_PER_PX, Line, is_doubtful, pens_of
from sco_map.export.wall.marks import draw_dot
from sco_map.export.wall.names import SYMBOL, Dot, Names
from sco_map.export.wall.paper import Box
from sco_map.export.wall.wording import SheetSay
from sco_map.page.styles import Styles

ROW, HEADING = 10.6, 13.0
SAMPLE = 24.0
STATUS_WIDTH, KIND_WIDTH = 2.4, 2.2

COLUMN_GAP, KEY_LEADING = 8.0, 1.15

Sample = Callable[[float, float], None]
"""Draws at the left end and the middle of a row."""


@dataclass(frozen=True)
class Entry:
    """A row of the key."""

    name: str
    sample: Sample


def row_height(lines: Sequence[str]) -> float:
    """Return how high the row of a name in several lines is on A3."""
    return ROW + (len(lines) - 1) * 7.6


def draw_key(
    canvas: Canvas, styles: Styles, say: SheetSay, box: Box, unit: float, lines: Sequence[Line], names: Iterable[Names]
) -> None:
    """Draw the key in two columns."""
    key = Key(canvas, styles, say, unit)
    shapes = {site.kind for found in names for site, _ in found.marked}
    layers = {line.record["layer"] for line in lines}
    statuses = {line.record["status"] for line in lines}
    kinds = {line.record["kind"] for line in lines}
    groups = [
        (say.word("projects"), [key.layer(id_) for id_ in say.atlas.catalog.layers if id_ in layers]),
        (say.word("status"), [key.status(id_) for id_ in styles["status"] if id_ in statuses]),
        (say.word("kind"), [key.kind(id_) for id_ in say.atlas.catalog.vocabulary["kind"] if id_ in kinds]),
        (
            say.word("on_the_map"),
            [
                *(key.land(standing) for standing in ("member", "partner", "other")),
                key.border(),
                *([key.doubt()] if any(is_doubtful(line.record) for line in lines) else []),
                *(key.symbol(id_) for id_ in styles["symbol"] if id_ in shapes),
            ],
        ),
    ]
    key.set(box, [(title, entries) for title, entries in groups if entries])


def draw_lines_to_write_on(canvas: Canvas, colours: Mapping[str, str], say: SheetSay, box: Box, unit: float) -> None:
    """Draw room for a key of one's own."""
    left, top, right, bottom = box
    canvas.text(left, top + 9 * unit, say.word("blank_key"), Type(8 * unit, colours["ink"], style="B"))
    y = top + 26 * unit
    while y < bottom:
        canvas.stroke([canvas.path(np.array([[left, y], [right, y]]))], Pen(colours["rule"], 0.6 * unit))
        y += 18 * unit


@dataclass(frozen=True)
class Key:
    """Draws samples."""

    canvas: Canvas
    styles: Styles
    say: SheetSay
    unit: float

    @property
    def colours(self) -> Mapping[str, str]:
        """The tokens of the light theme."""
        colours: Mapping[str, str] = self.styles["light"]
        return colours

    def set(self, box: Box, groups: Sequence[tuple[str, Sequence[Entry]]]) -> None:
        """Set the groups in two columns of about the same height, the rows closer where there are many."""
        left, top, right, bottom = box
        unit, canvas = self.unit, self.canvas
        kind = Type(6.6 * unit, self.colours["ink2"])
        half = (right - left - COLUMN_GAP * unit) / 2
        beside = (SAMPLE + 5) * unit
        texts = {entry.name: canvas.wrapped(entry.name, kind, half - beside) for _, rows in groups for entry in rows}
        heights = [HEADING + sum(row_height(texts[entry.name]) for entry in rows) for _, rows in groups]
        split = min(range(1, len(groups) + 1), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
        tallest = max(sum(heights[:split]), sum(heights[split:])) * unit
        step = unit * min(1.0, (bottom - top) / tallest)
        for column, part in enumerate((groups[:split], groups[split:])):
            x, y = left + column * (half + COLUMN_GAP * unit), top
            for title, entries in part:
                canvas.text(x, y + 8 * step, title, Type(7.4 * unit, self.colours["ink"], style="B"))
                y += HEADING * step
                for entry in entries:
                    entry.sample(x, y + 0.42 * ROW * step)
                    for number, line in enumerate(texts[entry.name]):
                        base = y + 0.42 * ROW * step + (0.35 + KEY_LEADING * number) * kind.size
                        canvas.text(x + beside, base, line, kind)
                    y += row_height(texts[entry.name]) * step

    def strokes(self, record: Mapping[str, Any], width: float) -> Sample:
        """Return a sample of a line."""
        px = POINTS_PER_PX * self.unit

        def draw(x: float, y: float) -> None:
            path = [self.canvas.path(np.array([[x, y], [x + SAMPLE * self.unit, y]]))]
            _, pens = pens_of(self.styles, record, width, px * 1.25, ornaments=True)
            for pen in pens:
                self.canvas.stroke(path, pen)

        return draw

    def layer(self, id_: str) -> Entry:
        """Return the row of a layer."""
        swatch = look_of(self.styles, id_).get("swatch") or {}
        record = {"layer": id_, "status": "operating", "kind": swatch.get("kind", "")}
        layer = self.say.atlas.catalog.layers[id_]
        return Entry(layer.title.in_language(self.say.language), self.strokes(record, float(swatch.get("width", 2))))

    def status(self, id_: str) -> Entry:
        """Return the row of a status."""
        record = {"layer": "other", "status": id_, "kind": ""}
        return Entry(self.say.term_first("status", id_), self.strokes(record, STATUS_WIDTH))

    def kind(self, id_: str) -> Entry:
        """Return the row of a kind of line."""
        record = {"layer": "other", "status": "operating", "kind": id_}
        return Entry(self.say.term_first("kind", id_), self.strokes(record, KIND_WIDTH))

    def symbol(self, id_: str) -> Entry:
        """Return the row of a symbol."""
        look = self.styles["symbol"][id_]
        token = self.colours[look.get("token") or "ink"]
        colour = colour_of(self.styles, look["layer"]) if look.get("layer") else token

        def draw(x: float, y: float) -> None:
            dot = Dot((x + SAMPLE * self.unit / 2, y), look["shape"], colour, 1.1 * SYMBOL * self.unit)
            draw_dot(self.canvas, dot, self.colours["casing"])

        return Entry(self.say.term_first("kind", id_), draw)

    def land(self, standing: str) -> Entry:
        """Return the row of a tint of land."""

        def draw(x: float, y: float) -> None:
            box = (x + 4 * self.unit, y - 3 * self.unit, x + 20 * self.unit, y + 3 * self.unit)
            self.canvas.fill([self.canvas.box(box)], self.colours[f"land_{standing}"])
            if standing == "member":
                with self.canvas.inside([self.canvas.box(box)]):
                    self.canvas.stroke([self.canvas.box(box)], Pen(self.colours["band"], 3 * self.unit, 0.55))
            self.canvas.stroke([self.canvas.box(box)], Pen(self.colours["border"], 0.5 * self.unit))

        return Entry(self.say.word(f"land_{standing}"), draw)

    def border(self) -> Entry:
        """Return the row of a disputed border."""

        def draw(x: float, y: float) -> None:
            path = [self.canvas.path(np.array([[x, y], [x + SAMPLE * self.unit, y]]))]
            pen = Pen(self.colours["dispute"], 0.9 * self.unit, dash=(3 * self.unit, 1.9 * self.unit))
            self.canvas.stroke(path, pen)

        return Entry(self.say.word("disputed_border"), draw)

    def doubt(self) -> Entry:
        """Return the row of the ribbon along a line of which little is known."""

        def draw(x: float, y: float) -> None:
            box = (x, y - 3 * self.unit, x + SAMPLE * self.unit, y + 3 * self.unit)
            self.canvas.fill([self.canvas.box(box)], colour_of(self.styles, "gas_pipelines"), 2 * DOUBT_OPACITY)
            path = [self.canvas.path(np.array([[x, y], [x + SAMPLE * self.unit, y]]))]
            self.canvas.stroke(path, Pen(colour_of(self.styles, "gas_pipelines"), 1.1 * self.unit))

        return Entry(self.say.word("doubt_ribbon"), draw)
