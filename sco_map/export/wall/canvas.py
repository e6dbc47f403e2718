"""A page of a PDF to draw on: paths, pictures, and text that HarfBuzz has shaped, in the fonts of the page.

The only module that knows fpdf2. Points, y downwards. Same calls, same bytes: the date is that of the facts.
"""

from __future__ import annotations

import datetime
import io
import logging
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import uharfbuzz
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import HarfBuzzFont, TTFFont
from numpy.typing import NDArray

from sco_map.export.wall.paper import LEAST_TYPE, Box, Paper
from sco_map.paths import PACKAGE

if TYPE_CHECKING:
    from PIL.Image import Image

FONTS = PACKAGE / "page" / "assets" / "fonts"
REGULAR, BOLD = 400.0, 600.0
SANS, SERIF = "sans", "serif"
FACES = (
    (SANS, "", "sans.woff2", REGULAR),
    (SANS, "B", "sans.woff2", BOLD),
    (SERIF, "B", "serif.woff2", None),
    (SERIF, "I", "serif_italic.woff2", None),
    ("bengali", "", "sans_bengali.woff2", REGULAR),
    ("bengali", "B", "sans_bengali.woff2", BOLD),
    ("chinese", "", "sans_chinese.woff2", None),
)
"""Family, style, file of the page's fonts, and the weight that is taken of a variable one."""

SCRIPTS = (("bengali", "\u0964", "\u09ff"), ("chinese", "\u2e80", "\uffef"))
"""Families for a script, and the characters from which on and up to which it is needed."""

OTHERS = tuple(family for family, _, _ in SCRIPTS)
"""Where a character is looked for that its font does not have."""

BASELINE = 0.8
"""How far below the top of a cell as high as its type the letters stand."""

HALO = 0.28
"""How far the ground is kept free around letters, in sizes of the type."""

Array = NDArray[np.float64]
logging.getLogger("fontTools").setLevel(logging.ERROR)  # says of each font which tables it leaves out


@dataclass(frozen=True)
class Type:
    """How a text is set: family, style ("B", "I"), size, colour, halo and letter-spacing in sizes of the type."""

    size: float
    colour: str
    family: str = SANS
    style: str = ""
    halo: str | None = None
    spacing: float = 0.0

    def sized(self, size: float) -> Type:
        """Return the same in another size."""
        return Type(size, self.colour, self.family, self.style, self.halo, self.spacing)


@dataclass(frozen=True)
class Pen:
    """How a line is drawn."""

    colour: str
    width: float
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    cap: int = 0
    offset: float = 0.0


BUTT, ROUND = 0, 1


def rgb(colour: str) -> tuple[int, int, int]:
    """Return #RRGGBB as three numbers up to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return red, green, blue


def ink(colour: str, operator: str) -> str:
    """Return a colour as PDF sets it: RG for strokes, rg for areas."""
    return " ".join(f"{part / 255:.3f}" for part in rgb(colour)) + f" {operator}"


@cache
def font_bytes(file: str, weight: float | None) -> bytes:
    """Return a font of the page as it goes into a PDF: uncompressed, and of a variable one a single weight.

    That takes longer than drawing a sheet, so a process does it once for each font.
    """
    with TTFont(FONTS / file, recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        if weight is not None:
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, static=True)
        font.flavor = None
        content = io.BytesIO()
        font.save(content)
    return content.getvalue()


class KeptFont(TTFFont):
    """A font of a PDF that is read from memory, by fpdf2 and by HarfBuzz."""

    def __init__(self, pdf: FPDF, family: str, style: str, content: bytes) -> None:
        """Add a font to a PDF, as `FPDF.add_font` adds that of a file."""
        super().__init__(pdf, io.BytesIO(content), f"{family}{style}", style)  # type: ignore[arg-type]
        self._hbfont = HarfBuzzFont(uharfbuzz.Face(content))
        pdf.fonts[self.fontkey] = self
        if self.is_cff and self.is_cid_keyed:
            pdf._set_min_pdf_version("1.6")


def close_files(fonts: Mapping[str, object]) -> None:
    """Close the files of fonts, of which fpdf2 reads each part when it needs it."""
    for font in fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()


class Canvas:
    """A PDF that is being drawn; `sizes` are all the sizes of type that were used."""

    def __init__(self, title: str, language: str, day: datetime.date, keywords: str) -> None:
        """Begin a PDF without a page."""
        self.pdf = FPDF(unit="pt")
        self.close = weakref.finalize(self, close_files, self.pdf.fonts)  # also where nobody finishes the drawing
        self.pdf.set_creation_date(datetime.datetime.combine(day, datetime.time(), datetime.UTC))
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self.pdf.set_keywords(keywords)
        self.pdf.set_creator("sco-map")
        self.pdf.set_producer("fpdf2")
        self.pdf.set_auto_page_break(False)
        self.families: list[str] = []
        for family in (SANS, SERIF):
            self.add_family(family)
        self.pdf.set_text_shaping(True)
        self.pdf.c_margin = 0
        self.height = 0.0
        self.sizes: set[float] = set()
        self.measured = lru_cache(maxsize=None)(self._measured)

    def add_family(self, family: str) -> None:
        """Make the fonts of a family known; what is not in the others is looked for in OTHERS."""
        for own, style, file, weight in FACES:
            if own == family:
                KeptFont(self.pdf, family, style, font_bytes(file, weight))
        self.families.append(family)
        self.pdf.set_fallback_fonts([name for name in OTHERS if name in self.families], exact_match=False)

    def prepare(self, text: str) -> None:
        """Read the fonts that a text needs, when it is the first that does."""
        for family, begin, end in SCRIPTS:
            if family not in self.families and any(begin <= letter <= end for letter in text):
                self.add_family(family)

    def page(self, paper: Paper) -> None:
        """Begin a page."""
        self.pdf.add_page(format=(paper.width, paper.height))
        self.height = paper.height

    def content(self) -> bytes:
        """Return the finished PDF; nothing can be drawn on it any more."""
        content = bytes(self.pdf.output())
        self.close()
        return content

    # -- paths

    def path(self, points: Array, *, closed: bool = False) -> str:
        """Return a path through points as PDF writes it."""
        pairs = np.round(points, 2)
        pairs[:, 1] = np.round(self.height - pairs[:, 1], 2)
        if len(pairs) > 1:
            pairs = pairs[np.concatenate(([True], np.any(np.diff(pairs, axis=0) != 0, axis=1)))]
        steps = [f"{x:g} {y:g} l" for x, y in pairs.tolist()]
        steps[0] = f"{steps[0][:-1]}m"
        return " ".join(steps) + (" h" if closed else "")

    def box(self, box: Box) -> str:
        """Return a rectangle as a path."""
        left, top, right, bottom = box
        return f"{left:.2f} {self.height - bottom:.2f} {right - left:.2f} {bottom - top:.2f} re"

    def fill(self, paths: Iterable[str], colour: str, opacity: float = 1.0) -> None:
        """Fill paths together; where two overlap, neither is filled (rings are holes)."""
        if data := " ".join(paths):
            with self.opaque(opacity):
                self.write(f"q {ink(colour, 'rg')} {data} f* Q")

    def stroke(self, paths: Iterable[str], pen: Pen) -> None:
        """Draw along paths."""
        if data := " ".join(paths):
            dashes = " ".join(f"{length:.2f}" for length in pen.dash)
            with self.opaque(pen.opacity):
                look = f"{ink(pen.colour, 'RG')} {pen.width:.2f} w {pen.cap} J 1 j [{dashes}] {pen.offset:.2f} d"
                self.write(f"q {look} {data} S Q")

    @contextmanager
    def inside(self, paths: Iterable[str]) -> Iterator[None]:
        """Draw only inside paths."""
        with self.pdf.local_context():
            self.write(f"{' '.join(paths)} W* n")
            yield

    @contextmanager
    def opaque(self, opacity: float) -> Iterator[None]:
        """Draw what is partly seen through."""
        if opacity >= 1:
            yield
            return
        with self.pdf.local_context(fill_opacity=opacity, stroke_opacity=opacity):
            yield

    def picture(self, image: Image, box: Box) -> None:
        """Place a picture."""
        left, top, right, bottom = box
        self.pdf.image(image, left, top, right - left, bottom - top)

    def write(self, operators: str) -> None:
        """Add operators to the page: a path of ten thousand points has no better way in."""
        self.pdf._out(operators)

    # -- text

    def width(self, text: str, kind: Type) -> float:
        """Return how wide a text is in points."""
        return float(self.measured(text, kind.family, kind.style, kind.spacing)) * kind.size

    def _measured(self, text: str, family: str, style: str, spacing: float) -> float:
        """Return the width of a text set in a size of 1: measured large, for widths are rounded."""
        self.prepare(text)
        self.pdf.set_font(family, style, 100)
        self.pdf.set_char_spacing(0)
        return float(self.pdf.get_string_width(text)) / 100 + spacing * max(0, len(text) - 1)

    def text(self, x: float, y: float, text: str, kind: Type, turn: float = 0.0, align: str = "L") -> None:
        """Set a text with its baseline at a point; `turn` in degrees, clockwise; `align` L, C or R."""
        if kind.size < LEAST_TYPE - 1e-6:
            raise ValueError(f"type of {kind.size:.2f} pt for {text!r}; the least is {LEAST_TYPE:g}")
        self.sizes.add(round(kind.size, 2))
        if align != "L":
            x -= self.width(text, kind) * (0.5 if align == "C" else 1)
        if abs(turn) < 0.05:
            self._set(x, y, text, kind)
            return
        pivot = {"L": x, "C": x + self.width(text, kind) / 2, "R": x + self.width(text, kind)}[align]
        with self.pdf.rotation(-turn, pivot, y):
            self._set(x, y, text, kind)

    def _set(self, x: float, y: float, text: str, kind: Type) -> None:
        self.prepare(text)
        pdf = self.pdf
        pdf.set_font(kind.family, kind.style, kind.size)
        pdf.set_char_spacing(kind.spacing * kind.size)
        top = y - BASELINE * kind.size
        if kind.halo is not None:
            halo = rgb(kind.halo)
            with pdf.local_context(
                text_mode=TextMode.STROKE,
                draw_color=halo,
                text_color=halo,
                line_width=HALO * kind.size,
                stroke_join_style="round",
                stroke_opacity=0.85,
            ):
                pdf.set_xy(x, top)
                pdf.cell(w=1, h=kind.size, text=text)
        with pdf.local_context(text_color=rgb(kind.colour)):  # what a text changes ends with it: its last font, too
            pdf.set_xy(x, top)
            pdf.cell(w=1, h=kind.size, text=text)

    def wrapped(self, text: str, kind: Type, width: float) -> list[str]:
        """Return a text as lines no wider than `width`; Chinese may break between any two of its characters."""
        lines, line = [], ""
        for word in pieces(text):
            longer = line + word
            if line and self.width(longer.rstrip(), kind) > width:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line = longer
        return [*lines, line.rstrip()] if line.strip() else lines

    def paragraph(self, box: Box, text: str, kind: Type, leading: float = 1.36) -> float:
        """Set a text in lines from the top of a box down; return where the next line would begin."""
        left, top, right, _ = box
        for line in self.wrapped(text, kind, right - left):
            self.text(left, top + BASELINE * kind.size, line, kind)
            top += leading * kind.size
        return top


NEVER_FIRST = "，。；：、！？）》”…"
"""Characters that no line of Chinese begins with."""

DASH = "–"
"""A line may end with it."""


def pieces(text: str) -> Sequence[str]:
    """Return a text in the pieces between which a line may break, blanks at their ends."""
    found: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        part = ""
        for letter in word:
            if part and (letter >= "\u2e80" or part[-1] >= "\u2e80") and letter not in NEVER_FIRST:
                found.append(part)
                part = ""
            part += letter
            if letter == DASH:
                found.append(part)
                part = ""
        found.append(f"{part} ")
    return found
