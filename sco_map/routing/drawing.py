"""Draw strips below each other on one axis of km, as SVG: status and gauge above, the states below, marks between.

Colours are those of the catalog's looks; a status shows by its pattern, too, so that the picture reads without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from sco_map.atlas import Atlas
from sco_map.catalog import looks_of
from sco_map.files import read_bytes
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import RAIL
from sco_map.model.phases import OPERATING
from sco_map.routing.strip import BORDER, BREAK, PORT, Mark, Soil, Stretch, Strip
from sco_map.routing.wording import Say

WIDTH, LEFT, RIGHT = 960, 12, 12
ROW, BAR, BAND = 92, 14, 18
"""Heights in px: of a strip with its heading, of the bar of stretches, of the band of states."""

LETTER = 6.6
"""The width of a letter of the small text in px, so that names are left out where they do not fit."""

TICKS = 6
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

PLAIN = {
    "paper": "#ffffff",
    "ink": "#222222",
    "ink2": "#555555",
    "rule": "#cccccc",
    "water": "#d3e0e5",
    "river": "#9dbac6",
    "accent": "#9c1f2b",
}
"""Colours where a catalog comes without looks."""

Colours = Mapping[str, str]


def colours_of(atlas: Atlas, theme: str) -> Colours:
    """Return the colours of a theme, those of gauges as gauge_1520."""
    file = atlas.catalog.path / "styles.toml"
    return read_colours(file, theme) if file.is_file() else PLAIN


@lru_cache(maxsize=8)
def read_colours(file: Path, theme: str) -> Colours:
    """Return the colours in a file of looks."""
    looks: dict[str, Any] = looks_of(read_bytes(file), file.name)[0]
    gauges = {f"gauge_{gauge}": colour for gauge, colour in looks["gauge"][theme].items()}
    return {**PLAIN, **looks[theme], **gauges, "road": looks["layer"]["roads"][theme]["line"]}


def drawn(atlas: Atlas, strips: Sequence[tuple[str, Strip]], lang: str, theme: str) -> str:
    """Return the strips with their names as an SVG picture."""
    colours, say = colours_of(atlas, theme), Say(atlas, lang)
    longest = max(strip.km for _, strip in strips) or 1.0
    height = ROW * len(strips) + 64
    title = "; ".join(f"{name}: {say.km(strip.km)}" for name, strip in strips)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="Noto Sans, sans-serif" font-size="12" fill="{colours["ink"]}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="{colours["paper"]}"/>',
        '<defs><pattern id="building" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="3" height="6" fill="{colours["paper"]}"/></pattern></defs>',
    ]
    for at, (name, strip) in enumerate(strips):
        parts += one_strip(say, colours, name, strip, (WIDTH - LEFT - RIGHT) / longest, ROW * at)
    parts += axis(say, colours, longest, ROW * len(strips) + 4)
    parts += legend(say, colours, [strip for _, strip in strips], height - 14)
    return "".join([*parts, "</svg>"])


def one_strip(say: Say, colours: Colours, name: str, strip: Strip, scale: float, top: float) -> Iterable[str]:
    """Yield the parts of one strip."""
    yield text(LEFT, top + 18, f"{name} · {say.km(strip.km)}", weight="bold")
    bar = top + 28
    for stretch in strip.stretches:
        yield stretch_shape(colours, stretch, scale, bar)
    band = bar + BAR + 16
    for number, soil in enumerate(strip.soils):
        yield from soil_shape(say, colours, soil, scale, band, even=number % 2 == 0)
    for mark in strip.marks:
        yield mark_shape(say, colours, mark, LEFT + mark.km * scale, bar + BAR + 8)


def stretch_shape(colours: Colours, stretch: Stretch, scale: float, top: float) -> str:
    """Return a part of the bar: its colour says gauge or kind, a hatch that it is being built, an outline a plan."""
    x, width = LEFT + stretch.from_km * scale, max(0.5, (stretch.to_km - stretch.from_km) * scale)
    if stretch.kind in AT_SEA:
        colour = colours["river"]
    elif stretch.kind == RAIL:
        colour = colours.get(f"gauge_{stretch.gauge_mm}") or colours.get("gauge_other", colours["ink2"])
    else:
        colour = colours.get("road", colours["ink2"])
    solid = rect(x, top, width, BAR, fill=colour)
    if stretch.status == OPERATING:
        return solid
    if stretch.status == "construction":
        return solid + rect(x, top, width, BAR, fill="url(#building)")
    return rect(x + 0.75, top + 0.75, max(0.5, width - 1.5), BAR - 1.5, fill="none", stroke=colour)


def soil_shape(say: Say, colours: Colours, soil: Soil, scale: float, top: float, *, even: bool) -> Iterable[str]:
    """Yield the part of the band that lies in one state, with its name where that fits."""
    x, width = LEFT + soil.from_km * scale, (soil.to_km - soil.from_km) * scale
    fill = colours["water"] if soil.country is None else colours["rule"] if even else colours["paper"]
    yield rect(x, top, max(0.5, width), BAND, fill=fill, stroke=colours["rule"])
    if soil.country is None:
        return
    name = say.country(soil.country)
    label = name if len(name) * LETTER < width - 4 else soil.country if width > 3 * LETTER + 4 else ""
    if label:
        yield text(x + width / 2, top + 13, label, anchor="middle", size=11)


def mark_shape(say: Say, colours: Colours, mark: Mark, x: float, y: float) -> str:
    """Return the sign of a border, a break of gauge or a port, with its name for a reader who points at it."""
    place = say.place(mark.place) if mark.place else ""
    if mark.what == BORDER:
        words = f"{say.country(mark.leaves or '')}–{say.country(mark.enters or '')} {place}".strip()
        shape = f'<path d="M{x:.1f} {y - 6:.1f}v12" stroke="{colours["ink"]}" stroke-width="1.5"/>'
    elif mark.what == BREAK:
        words = f"{place} {mark.from_mm}/{mark.to_mm} mm"
        shape = f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5-5z" fill="{colours["accent"]}"/>'
    else:
        words = place
        shape = (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colours["paper"]}" stroke="{colours["ink"]}" '
            'stroke-width="1.5"/>'
        )
    return f"<g><title>{escape(f'{words}, {say.km(mark.km)}')}</title>{shape}</g>"


def axis(say: Say, colours: Colours, longest: float, top: float) -> Iterable[str]:
    """Yield the axis of km below all strips."""
    scale = (WIDTH - LEFT - RIGHT) / longest
    step = next((step for step in STEPS if longest / step <= TICKS), STEPS[-1])
    yield f'<path d="M{LEFT} {top:.1f}H{WIDTH - RIGHT}" stroke="{colours["rule"]}"/>'
    for km in range(0, int(longest) + 1, step):
        x = LEFT + km * scale
        yield f'<path d="M{x:.1f} {top:.1f}v5" stroke="{colours["ink2"]}"/>'
        anchor = "start" if km == 0 else "end" if x > WIDTH - 60 else "middle"
        yield text(x, top + 17, say.km(km), anchor=anchor, size=11)


def legend(say: Say, colours: Colours, strips: Sequence[Strip], y: float) -> Iterable[str]:
    """Yield what colours, patterns and signs mean, only those that occur."""
    stretches = [stretch for strip in strips for stretch in strip.stretches]
    entries: list[tuple[str, str]] = []
    for gauge in sorted({stretch.gauge_mm for stretch in stretches if stretch.gauge_mm}):
        shape = rect(0, y - 9, 18, 9, fill=colours.get(f"gauge_{gauge}", colours["ink2"]))
        entries.append((shape, say.word("mm", n=say.year(gauge))))
    kinds = dict.fromkeys(stretch.kind for stretch in stretches if stretch.kind != RAIL)
    for kind in kinds:
        fill = colours["river"] if kind in AT_SEA else colours.get("road", colours["ink2"])
        entries.append((rect(0, y - 9, 18, 9, fill=fill), say.term("kind", kind)))
    for status in dict.fromkeys(stretch.status for stretch in stretches if stretch.status != OPERATING):
        sample = stretch_shape(colours, Stretch(-LEFT, 18 - LEFT, "", RAIL, status, False, None), 1, y - 11)
        entries.append((sample, say.term("status", status)))
    found = {mark.what for strip in strips for mark in strip.marks}
    for what, key in ((BORDER, "sign_border"), (BREAK, "sign_break"), (PORT, "sign_port")):
        if what in found:
            entries.append((mark_shape(say, colours, Mark(0, what, None, "", ""), 9, y - 4), say.word(key)))
    x = float(LEFT)
    for shape, words in entries:
        yield f'<g transform="translate({x:.1f} 0)">{shape}{text(24, y, words, size=11)}</g>'
        x += 40 + len(words) * LETTER


def rect(x: float, y: float, width: float, height: float, *, fill: str, stroke: str | None = None) -> str:
    """Return a rectangle."""
    edge = f' stroke="{stroke}"' if stroke else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{edge}/>'


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 12, weight: str = "normal") -> str:
    """Return a line of text."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
