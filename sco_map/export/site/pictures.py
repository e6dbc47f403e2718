"""Write a small map as SVG for the inside of a page over a picture of its ground, and as PNG for shared links."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Mapping
from itertools import pairwise

from sco_map.export.site.drawing import GAP, HEIGHT, WIDTH, Drawing, Path, Stroke, stands_left
from sco_map.model.languages import FIRST

BROKEN = {"construction": "21 12", "planned": "4 14", "proposed": "4 14"}
"""How a line is dashed that is not there yet, in units."""

DISPUTED = "8 6"
"""How a border is dashed that not all agree on, in units."""

GONE = frozenset({"shelved", "cancelled", "retired", "idle"})
"""What is drawn without the colour of its layer."""

GROUND_RULES = {
    "sea": "fill:var(--water)",
    "lake": "stroke:var(--coast)",
    "other": "fill:var(--land-other);stroke:var(--border)",
    "partner": "fill:var(--land-partner);stroke:var(--border)",
    "member": "fill:var(--land-member);stroke:var(--border)",
    "chosen": "fill:var(--land-chosen);stroke:var(--border);stroke-width:1.6",
    "hatch": "stroke:var(--dispute);stroke-width:2;stroke-opacity:.5",
    "halo": "fill:none;stroke:var(--halo);stroke-width:5;stroke-linejoin:round",
    "disputed": "fill:none;stroke:var(--dispute);stroke-width:2.4;stroke-dasharray:8 6",
}
"""How each kind of ground is drawn, in the order in which a later rule holds."""

BAR = 22
"""How far the scale is from the edges of the frame."""


def class_of(layer: str) -> str:
    """Return the name by which the style sheet knows the colour of a layer."""
    return "l-" + "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in layer)


GROUNDS = "pictures/ground"


def ground_path(drawing: Drawing) -> str:
    """Return where the picture of the ground of a map lies on the site."""
    return f"{GROUNDS}/{drawing.ground}.svg"


def as_ground(drawing: Drawing, looks: Mapping[str, Mapping[str, str]]) -> str:
    """Return what lies under lines and names as a picture of its own, which the pages of all languages share.

    `looks` are the colours of the light and the dark theme; the reader's system says which of them is shown.
    """
    rules = "".join(f".{name}{{{rule}}}" for name, rule in GROUND_RULES.items() if name in kinds_of(drawing))
    used = [token for token in looks["light"] if f"var(--{token})" in rules]
    light, dark = ("".join(f"--{name}:{looks[theme][name]};" for name in used) for theme in ("light", "dark"))
    style = f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}path{{fill:none}}{rules}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><style>{style}</style>',
        f'<path class="sea" d="M0 0H{WIDTH}V{HEIGHT}H0z"/>',
    ]
    parts += [f'<path class="{ground.kind}" d="{outline(ground.rings)}"/>' for ground in drawing.land]
    if drawing.water:
        parts.append(f'<path class="sea lake" d="{outline(drawing.water)}"/>')
    if drawing.hatch:
        parts.append(f'<path class="hatch" d="{"".join(map(track, drawing.hatch))}"/>')
    if drawing.unseen:
        parts.append(f'<path class="halo" d="{"".join(map(track, drawing.unseen))}"/>')
    if drawing.dashed:
        parts.append(f'<defs><path id="b" d="{"".join(map(track, drawing.dashed))}"/></defs>')
        parts += ['<use class="halo" href="#b"/>', '<use class="disputed" href="#b"/>']
    return "".join([*parts, "</svg>"])


def kinds_of(drawing: Drawing) -> set[str]:
    """Return the classes that the ground of a map has."""
    kinds = {"sea", *(ground.kind for ground in drawing.land)}
    kinds |= {"lake"} if drawing.water else set()
    kinds |= {"hatch"} if drawing.hatch else set()
    kinds |= {"halo"} if drawing.unseen else set()
    return kinds | ({"halo", "disputed"} if drawing.dashed else set())


def as_svg(drawing: Drawing, language: str, title: str, scale: str, ground: str) -> str:
    """Return a map as an element for the inside of a page; its colours are those of the style sheet.

    `title` says what it shows to those who do not see it, `scale` names the length of the bar, `ground` is where the
    page finds the picture of its ground.
    """
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{html.escape(title)}">',
        f'<image href="{html.escape(ground)}" width="{WIDTH}" height="{HEIGHT}"/>',
    ]
    groups: dict[tuple[str, str | None], list[Stroke]] = {}
    for stroke in drawing.strokes:
        groups.setdefault((stroke.layer, stroke.status), []).append(stroke)
    if groups:
        drawn = ["".join(track(stroke.path) for stroke in strokes) for strokes in groups.values()]
        parts += ["<defs>", *(f'<path id="l{at}" d="{path}"/>' for at, path in enumerate(drawn)), "</defs>"]
        parts += [f'<use class="casing" href="#l{at}"/>' for at in range(len(groups))]
    for at, (layer, status) in enumerate(groups):
        names = f"line {'gone' if status in GONE else class_of(layer)}"
        dashes = f' stroke-dasharray="{BROKEN[status]}"' if status in BROKEN else ""
        parts.append(f'<use class="{names}"{dashes} href="#l{at}"/>')
    for dot in drawing.dots:
        parts.append(f'<circle class="dot {class_of(dot.layer)}" cx="{dot.at[0]}" cy="{dot.at[1]}" r="11"/>')
    for label in drawing.labels:
        text = html.escape(label.texts.get(language) or label.texts.get(FIRST, ""))
        x, y = label.at
        if label.is_state:
            parts.append(f'<text class="state" x="{x}" y="{y + 10}">{text}</text>')
        else:
            is_left = stands_left(x)
            parts.append(f'<circle class="end" cx="{x}" cy="{y}" r="8"/>')
            names = " ".join(filter(None, ["at-left" if is_left else "", "" if label.on_phone else "broad"]))
            known_by = f' class="{names}"' if names else ""
            parts.append(f'<text{known_by} x="{x - GAP if is_left else x + GAP}" y="{y + 10}">{text}</text>')
    units = drawing.scale[1]
    left, base = WIDTH - BAR - units, HEIGHT - BAR
    parts.append(f'<path class="scale" d="M{left} {base - 10}v10h{units}v-10"/>')
    parts.append(f'<text class="km" x="{WIDTH - BAR}" y="{base - 18}">{html.escape(scale)}</text></svg>')
    return "".join(parts)


def outline(paths: Iterable[Path]) -> str:
    """Return closed paths in the fewest letters."""
    return "".join(f"{track(path[:-1] if path[0] == path[-1] else path)}z" for path in paths)


def track(path: Path) -> str:
    """Return a path in the fewest letters: where it begins, then each step."""
    steps = [f"M{path[0][0]} {path[0][1]}l"]
    for number, (start, end) in enumerate(pairwise(path)):
        across, down = end[0] - start[0], end[1] - start[1]
        steps.append(f"{' ' if number and across >= 0 else ''}{across}{' ' if down >= 0 else ''}{down}")
    return "".join(steps)


# -- PNG ---------------------------------------------------------------------------------------------------------------

PNG_WIDTH, PNG_HEIGHT = 1000, 525
COLOURS = 32
"""A picture has no more colours than this, which keeps it small."""


def as_png(drawing: Drawing, colours: Mapping[str, str]) -> bytes:
    """Return a map as a picture without words, the same for every language; `colours` are those of the light theme.

    It is drawn twice as large as it is written, which smooths its lines.
    """
    from PIL import Image, ImageDraw

    size = 2 * PNG_WIDTH / WIDTH
    image = Image.new("RGB", (2 * PNG_WIDTH, 2 * PNG_HEIGHT), colours["water"])
    pen = ImageDraw.Draw(image)

    def scaled(path: Path) -> list[tuple[float, float]]:
        return [(x * size, y * size) for x, y in path]

    for ground in drawing.land:
        for ring in ground.rings:
            points = scaled(ring)
            pen.polygon(points, fill=colours[f"land_{ground.kind}"])
            pen.line([*points, points[0]], fill=colours["border"], width=2)
    for ring in drawing.water:
        pen.polygon(scaled(ring), fill=colours["lake"], outline=colours["coast"])
    for path in drawing.hatch:
        pen.line(scaled(path), fill=colours["dispute"], width=2)
    for path in (*drawing.unseen, *drawing.dashed):
        pen.line(scaled(path), fill=colours["halo"], width=7)
    for path in drawing.dashed:
        for piece in dashed(scaled(path), DISPUTED, size):
            pen.line(piece, fill=colours["dispute"], width=4)
    for stroke in drawing.strokes:
        pen.line(scaled(stroke.path), fill=colours["casing"], width=18, joint="curve")
    for stroke in drawing.strokes:
        colour = colours["shelved"] if stroke.status in GONE else colours.get(f"layer-{stroke.layer}", colours["ink"])
        for piece in dashed(scaled(stroke.path), BROKEN.get(stroke.status or ""), size):
            pen.line(piece, fill=colour, width=11, joint="curve")
    for dot in drawing.dots:
        x, y = dot.at[0] * size, dot.at[1] * size
        colour = colours.get(f"layer-{dot.layer}", colours["ink"])
        pen.ellipse((x - 16, y - 16, x + 16, y + 16), fill=colour, outline=colours["casing"], width=5)
    small = image.reduce(2).quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    content = io.BytesIO()
    small.save(content, "PNG", optimize=True)
    return content.getvalue()


def dashed(points: list[tuple[float, float]], dashes: str | None, size: float) -> list[list[tuple[float, float]]]:
    """Return the pieces of a line that are drawn; without dashes it is drawn whole."""
    if dashes is None:
        return [points]
    lengths = [float(text) * size * 1.4 for text in dashes.split()]
    pieces: list[list[tuple[float, float]]] = []
    piece = [points[0]]
    number, left = 0, lengths[0]
    for start, end in pairwise(points):
        at = start
        while (rest := ((end[0] - at[0]) ** 2 + (end[1] - at[1]) ** 2) ** 0.5) > left:
            at = (at[0] + (end[0] - at[0]) * left / rest, at[1] + (end[1] - at[1]) * left / rest)
            if number % 2 == 0:
                pieces.append([*piece, at])
            piece = [at]
            number += 1
            left = lengths[number % 2]
        left -= rest
        piece = [*piece, end] if number % 2 == 0 else [end]
    return [*pieces, piece] if number % 2 == 0 and len(piece) > 1 else pieces
