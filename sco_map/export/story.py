"""A story as a linear article that needs no script: text, a small map for each step, sources; in one language.

`article` is what goes into the body of a page, with its own style; `article_page` is a file of its own. The site, whose
pages may have no style inside, takes `article_text` and puts what all languages share into `picture` beside it.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
import shapely

from sco_map.atlas import Atlas, select
from sco_map.catalog import Step, Story
from sco_map.export.disputes import disputes_of, hatch
from sco_map.model.languages import FIRST
from sco_map.model.phases import role_in
from sco_map.page.figures import Figures, answer
from sco_map.page.styles import read_styles, tokens
from sco_map.page.words import words
from sco_map.routing.answers import leg_geometry

WIDTH, HEIGHT = 720, 430
"""The size of a map in its own units: about so many pixels of a screen."""

VIEW_BOX = f'viewBox="0 0 {WIDTH} {HEIGHT}"'

REGION = (24.0, 4.0, 150.0, 66.0)
"""What a map shows whose step names no part: west, south, east, north in degrees."""

SMALLEST = 14.0
"""Land with less than so many square units is left out."""

DETAIL = 0.7
"""How far a line may be from where it is, in units."""

MOST_CITIES = 14
LETTER, CAPITAL = 6.9, 9.4
"""How wide a letter of a name is about, in units, so that names do not lie on each other; states have capitals."""

BROAD = {"zh": (1.7, 1.4)}
"""So much broader the letters of a language are in the names of towns and of states."""

HATCH = 5.0
"""How far the lines are apart that disputed areas are hatched with, in units."""

DISPUTED_DASH = "4 2.6"
DASHES = {"construction": "7 4", "planned": "2 4", "proposed": "1 5", "shelved": "2 5", "idle": "2 3"}
BEHIND = 0.32

STYLE = (
    ".story{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem;"
    "font:1.06rem/1.6 system-ui,'Noto Sans','Noto Sans Bengali','Noto Sans SC',sans-serif}"
    ".story h1,.story h2{font-family:Georgia,'Noto Serif','Noto Serif Bengali',serif;line-height:1.25;"
    "text-wrap:balance}"
    ".story h2{margin:2.2em 0 .4em}.story svg{display:block;width:100%;height:auto;border-radius:3px}"
    ".story figure{margin:.8em 0}.story .lead{font-size:1.15rem}.story ol.sources{font-size:.86rem;line-height:1.45}"
    ".story sup{line-height:0}.story section{break-inside:avoid}"
    "@media screen and (max-width:43rem){.story figure{overflow-x:auto}.story svg{width:40rem;max-width:none}}"
)
"""On a phone a map is wider than the screen and moves sideways: its words would be half as large as those around it."""


WEB = re.compile(r"https?://", re.IGNORECASE)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A part of the world in the Mercator projection: `scale` units to a radian, `left` and `top` its corner."""

    scale: float
    left: float
    top: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point lies on the map."""
        return math.radians(lon) * self.scale - self.left, -mercator(lat) * self.scale - self.top

    def shape(self, geometry: shapely.Geometry) -> shapely.Geometry:
        """Return a geometry as it lies on the map."""

        def placed(points: Any) -> Any:
            up = np.log(np.tan(np.pi / 4 + np.radians(np.clip(points[:, 1], -84, 84)) / 2))
            return np.column_stack((np.radians(points[:, 0]) * self.scale - self.left, -up * self.scale - self.top))

        return shapely.transform(geometry, placed)


def mercator(lat: float) -> float:
    """Return the ordinate of a latitude, in radians of longitude."""
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def frame_of(extent: Box) -> Frame:
    """Return the map that shows a part of the world as large as it can."""
    west, south, east, north = extent
    across, up = math.radians(east - west), mercator(north) - mercator(south)
    scale = min(WIDTH / across, HEIGHT / up)
    left = math.radians(west + east) / 2 * scale - WIDTH / 2
    return Frame(scale, left, -(mercator(north) + mercator(south)) / 2 * scale - HEIGHT / 2)


def article(atlas: Atlas, story: Story, language: str = FIRST) -> str:
    """Return a story as HTML for the body of a page, in one language, with its style, its maps and its sources."""
    return f"<style>{STYLE}</style>\n{article_text(atlas, story, language)}"


def article_text(atlas: Atlas, story: Story, language: str = FIRST, pictures: Sequence[str] = ()) -> str:
    """Return the same without style; `pictures` are the files that hold the picture of each step, if any do."""
    figures = Figures(atlas, story)
    say = words(language)

    def told(text: Any) -> str:
        return "" if text is None else escape(figures.filled(text.in_language(language), language), quote=False)

    cited = list(dict.fromkeys(source for step in story.steps for source in step.sources))
    numbers = {source: number for number, source in enumerate(cited, start=1)}
    parts = [f'<article class="story" lang="{language}">']
    parts += [f"<h1>{told(story.title)}</h1>", f'<p class="lead">{told(story.text)}</p>']
    for at, step in enumerate(story.steps):
        beside = pictures[at] if pictures else None
        marks = ", ".join(f'<a href="#source-{numbers[one]}">{numbers[one]}</a>' for one in step.sources)
        title = told(step.title or story.title)
        parts += [
            "<section>",
            f"<h2>{title}</h2>",
            f"<p>{told(step.text)}<sup>{marks}</sup></p>",
            f'<figure tabindex="0">{drawn(atlas, step, figures, language, title, beside)}</figure>',
            "</section>",
        ]
    parts += [f"<h2>{escape(say['sources'])}</h2>", '<ol class="sources">']
    parts += [f'<li id="source-{numbers[one]}">{source_entry(atlas, one)}</li>' for one in cited]
    asked = [str(head["attribution"]) for head in atlas.heads.values() if head.get("attribution")]
    credits = dict.fromkeys(credit.strip() for text in asked for credit in text.split("; "))
    parts += ["</ol>", f"<p><small>{escape(' · '.join(credits))}</small></p>", "</article>"]
    return "\n".join(parts)


def article_page(atlas: Atlas, story: Story, language: str = FIRST) -> str:
    """Return a story as a file of its own."""
    title = escape(Figures(atlas, story).filled(story.title.in_language(language), language))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    body = article(atlas, story, language)
    opening = f'<!DOCTYPE html>\n<html lang="{language}"><head>{head}{policy}<title>{title}</title></head>'
    return f"{opening}<body>\n{body}\n</body></html>\n"


def source_entry(atlas: Atlas, id_: str) -> str:
    """Return a source with what leads to it."""
    source = atlas.catalog.sources[id_]
    name = escape(source.title or source.publisher)
    is_web = source.url is not None and WEB.match(source.url) is not None
    linked = f'<a href="{escape(source.url or "")}" rel="noopener noreferrer">{name}</a>' if is_web else name
    beside = [source.publisher if source.title else None, source.published]
    return ", ".join([linked, *(escape(str(part)) for part in beside if part)])


# -- the map of a step -------------------------------------------------------------------------------------------------


def drawn(atlas: Atlas, step: Step, figures: Figures, language: str, title: str, beside: str | None = None) -> str:
    """Return the map of a step as SVG; `title` is what readers of screens hear of it.

    beside: the file that holds land and lines, which are drawn here without one.
    """
    frame, colours = frame_of(step.extent or REGION), colours_of(atlas)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {VIEW_BOX} role="img" aria-label="{title}">']
    if beside is None:
        parts += wordless(atlas, step, frame, colours)
    else:
        parts.append(f'<image href="{escape(beside)}" width="{WIDTH}" height="{HEIGHT}"/>')
    taken: list[Box] = []
    parts += list(plates(atlas, step, frame, colours, figures, language, taken))
    parts += list(names(atlas, frame, colours, language, taken))
    return "".join([*parts, "</svg>"])


def picture(atlas: Atlas, step: Step) -> str:
    """Return what the map of a step shows in every language, land and lines, as a file of SVG."""
    parts = wordless(atlas, step, frame_of(step.extent or REGION), colours_of(atlas))
    return "".join([f'<svg xmlns="http://www.w3.org/2000/svg" {VIEW_BOX}>', *parts, "</svg>\n"])


def wordless(atlas: Atlas, step: Step, frame: Frame, colours: dict[str, str]) -> list[str]:
    """Return water, land, lines and the way of a step."""
    return [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colours["water"]}"/>',
        *land(atlas, frame, colours, step.select.year),
        *disputes(atlas, frame, colours),
        *lines(atlas, step, frame, colours),
        *route_line(atlas, step, frame, colours),
    ]


def colours_of(atlas: Atlas) -> dict[str, str]:
    """Return the colours of the maps, those of the light theme."""
    return tokens(read_styles(atlas.catalog.path / "styles.toml"), "light")


def land(atlas: Atlas, frame: Frame, colours: dict[str, str], year: int | None) -> Iterator[str]:
    """Yield the states, tinted by their standing in a year, and the lakes."""
    window = shapely.box(0, 0, WIDTH, HEIGHT)
    countries = atlas.catalog.countries
    for name, file in (("land", "basemap_land.geojson"), ("lake", "basemap_lakes.geojson")):
        for facts, geometry in features(atlas.ground[file]):
            shape = clipped(frame, geometry, window)
            if not (data := outlines(shape)):
                continue
            fill = colours["lake"]
            if name == "land":
                country = countries.get(facts["iso_a3"])
                roles = [role.model_dump(by_alias=True) for role in country.roles] if country else []
                fill = colours[f"land_{standing_in(roles, year)}"]
            edge = f' stroke="{colours["border"]}" stroke-width=".6"' if name == "land" else ""
            yield f'<path d="{data}" fill="{fill}"{edge}/>'


def disputes(atlas: Atlas, frame: Frame, colours: dict[str, str]) -> Iterator[str]:
    """Yield the hatching of disputed areas, and the borders that not all agree on: a halo over them, then dashes."""
    found, window = disputes_of(atlas.ground), shapely.box(0, 0, WIDTH, HEIGHT)
    slants = [slant for area in found.areas for slant in hatch(clipped(frame, area, window), window.bounds, HATCH)]
    if slants:
        data = "".join(path(slant.coords) for slant in slants)
        yield f'<path d="{data}" fill="none" stroke="{colours["dispute"]}" stroke-opacity=".5" stroke-width=".9"/>'
    dashed, unseen = (border_path(borders, frame, window) for borders in (found.dashed, found.unseen))
    if dashed or unseen:
        yield f'<path d="{dashed}{unseen}" fill="none" stroke="{colours["halo"]}" stroke-width="2.2"/>'
    if dashed:
        look = f'stroke="{colours["dispute"]}" stroke-width="1.1" stroke-dasharray="{DISPUTED_DASH}"'
        yield f'<path d="{dashed}" fill="none" {look}/>'


def border_path(borders: Iterable[shapely.Geometry], frame: Frame, window: shapely.Geometry) -> str:
    """Return path data of what can be seen of borders, those that go on into each other in one."""
    placed = [clipped(frame, border, window) for border in borders]
    merged = shapely.line_merge(shapely.MultiLineString(list(lines_in(placed))))
    return "".join(path(part.coords) for part in lines_in([merged]))


def lines_in(shapes: Iterable[shapely.Geometry]) -> Iterator[shapely.LineString]:
    """Yield the lines that shapes consist of."""
    parts = (part for shape in shapes for part in shapely.get_parts(shape))
    return (part for part in parts if part.geom_type == "LineString" and not part.is_empty)


def standing_in(roles: list[dict[str, Any]], year: int | None) -> str:
    """Return how the land of a state is tinted in a year: observers and partners in dialogue as one."""
    role = role_in(roles, year) if roles else None
    if role is None:
        return "other"
    return "member" if role == "member" else "partner"


@lru_cache(maxsize=8)
def features(content: bytes) -> list[tuple[dict[str, Any], shapely.Geometry]]:
    """Return facts and shape of each feature of a file of the ground."""
    found = json.loads(content)["features"]
    return [(one["properties"], shapely.geometry.shape(one["geometry"])) for one in found]


def clipped(frame: Frame, geometry: shapely.Geometry, window: shapely.Geometry) -> shapely.Geometry:
    """Return what of a shape is seen on a map, as finely as can be seen."""
    west, south, east, north = geometry.bounds
    corners = [frame.at(west, max(-84, min(84, south))), frame.at(east, max(-84, min(84, north)))]
    if not shapely.box(corners[0][0], corners[1][1], corners[1][0], corners[0][1]).intersects(window):
        return shapely.Polygon()
    return shapely.make_valid(frame.shape(geometry).simplify(DETAIL)).intersection(window)


def outlines(shape: shapely.Geometry) -> str:
    """Return path data of all polygons of a shape that can be seen."""
    polygons = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SMALLEST]
    return "".join(f"{path(ring.coords)}Z" for one in polygons for ring in (one.exterior, *one.interiors))


def path(points: Iterable[Sequence[float]]) -> str:
    """Return points as path data, in tenths of a unit: the first one, then how far it is from each to the next."""
    tenths = [(round(x * 10), round(y * 10)) for x, y, *_ in points]
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in itertools.pairwise(tenths)]
    return f"M{joined(*tenths[0])}" + "".join(f"l{joined(*step)}" for step in steps if step != (0, 0))


def joined(x: int, y: int) -> str:
    """Return two numbers of tenths as path data has them."""
    one, other = f"{x / 10:g}", f"{y / 10:g}"
    return one + other if other.startswith("-") else f"{one} {other}"


def shown_rows(atlas: Atlas, step: Step) -> list[dict[str, Any]]:
    """Return the rows of a step that are lines, those that stand out last."""
    rows = select(atlas, step.selection)
    found = rows[rows.geometry.notna()]
    lined = found[found.geometry.geom_type.isin(("LineString", "MultiLineString"))]
    return sorted(lined.to_dict("records"), key=lambda row: is_in_focus(atlas, step, row))


def is_in_focus(atlas: Atlas, step: Step, row: dict[str, Any]) -> bool:
    """Tell whether a row stands out on the map of a step."""
    lineage = {id_ for project in row["projects"] for id_ in (project, *atlas.ancestors(project))}
    return not step.lines or row["id"] in step.lines or bool(lineage & set(step.lines))


def lines(atlas: Atlas, step: Step, frame: Frame, colours: dict[str, str]) -> Iterator[str]:
    """Yield the lines that a step selects; those that it names stand out."""
    window = shapely.box(-9, -9, WIDTH + 9, HEIGHT + 9)
    for row in shown_rows(atlas, step):
        shape = frame.shape(row["geometry"]).simplify(DETAIL).intersection(window)
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and not part.is_empty]
        if not parts:
            continue
        stands_out = is_in_focus(atlas, step, row) and step.route is None
        dash = f' stroke-dasharray="{DASHES[row["status"]]}"' if row["status"] in DASHES else ""
        colour = colours["layer-" + row["layer"]]
        look = f'stroke="{colour}" stroke-width="{2.4 if stands_out else 1.4}"'
        behind = "" if stands_out else f' opacity="{BEHIND}"'
        yield f'<path d="{"".join(path(part.coords) for part in parts)}" fill="none" {look}{dash}{behind}/>'


def route_line(atlas: Atlas, step: Step, frame: Frame, colours: dict[str, str]) -> Iterator[str]:
    """Yield the best way that a step asks for; what is open only as announced has gaps."""
    if step.route is None:
        return
    for leg in answer(atlas, step).best.legs:
        shape = frame.shape(shapely.geometry.shape(leg_geometry(atlas, leg))).simplify(DETAIL)
        data = "".join(path(part.coords) for part in shapely.get_parts(shape) if not part.is_empty)
        dash = ' stroke-dasharray="6 4"' if leg.promised else ""
        yield f'<path d="{data}" fill="none" stroke="{colours["accent"]}" stroke-width="3"{dash}/>'


def plates(
    atlas: Atlas,
    step: Step,
    frame: Frame,
    colours: dict[str, str],
    figures: Figures,
    language: str,
    taken: list[Box],
) -> Iterator[str]:
    """Yield the figures beside lines, each joined to the middle of what is seen of its line."""
    rows = {row["id"]: row for row in shown_rows(atlas, step)}
    window = shapely.box(20, 20, WIDTH - 20, HEIGHT - 20)
    for one in step.figures:
        if one.at not in rows:
            continue
        seen = frame.shape(rows[one.at]["geometry"]).intersection(window)
        parts = sorted((part for part in shapely.get_parts(seen) if part.geom_type == "LineString"), key=shapely.length)
        if not parts:
            continue
        text = figures.at_line(one, (language,))[language]
        width = len(text) * LETTER * (1.9 if language == "zh" else 1.1) + 16
        x, y = parts[-1].interpolate(0.5, normalized=True).coords[0]
        for dx, dy in ((26, 26), (26, -48), (-26 - width, 26), (-26 - width, -48), (40, 60), (-40 - width, -80)):
            box = (x + dx, y + dy, x + dx + width, y + dy + 22)
            if box[0] > 4 and box[1] > 4 and box[2] < WIDTH - 4 and box[3] < HEIGHT - 4 and is_free(box, taken):
                break
        taken.append(box)
        joint = box[0] if dx > 0 else box[2]
        ink, paper = colours["ink"], colours["paper"]
        yield (
            f'<path d="M{x:.1f} {y:.1f}L{joint:.1f} {box[1] + 11:.1f}" stroke="{ink}"/>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{paper}" stroke="{ink}" stroke-width="1.4"/>'
            f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{width:.1f}" height="22" rx="3" fill="{paper}" '
            f'stroke="{ink}"/><text x="{(box[0] + box[2]) / 2:.1f}" y="{box[1] + 15.5:.1f}" font-size="12.5" '
            f'font-weight="600" text-anchor="middle" fill="{ink}">{escape(text)}</text>'
        )


def names(atlas: Atlas, frame: Frame, colours: dict[str, str], language: str, taken: list[Box]) -> Iterator[str]:
    """Yield the names of states, but none on disputed ground, and of great cities, each where no other lies."""
    points, disputed = features(atlas.ground["basemap_labels.geojson"]), disputes_of(atlas.ground)
    for facts, point in sorted(points, key=lambda one: int(one[0]["rank"])):
        if facts["kind"] == "country" and facts["iso_a3"] and not disputed.cover(point.x, point.y):
            yield from name(facts, point, frame, colours["label2"], language, taken, is_city=False)
    found = 0
    for facts, point in sorted(features(atlas.ground["basemap_cities.geojson"]), key=greatness):
        written = list(name(facts, point, frame, colours["label"], language, taken, is_city=True))
        found += bool(written)
        yield from written
        if found == MOST_CITIES:
            return


def greatness(city: tuple[dict[str, Any], shapely.Geometry]) -> tuple[bool, int, int]:
    """Return by what cities are sorted, the greatest first."""
    facts, _ = city
    return not facts["capital"], facts["rank"], -(facts["population"] or 0)


def name(
    facts: dict[str, Any],
    point: shapely.Point,
    frame: Frame,
    colour: str,
    language: str,
    taken: list[Box],
    *,
    is_city: bool,
) -> Iterator[str]:
    """Yield a name at its point, nothing where it is out of sight or lies on another; its place is taken."""
    text = facts.get(f"title_{language}") or facts["title_en"]
    x, y = frame.at(point.x, point.y)
    broad = BROAD.get(language, (1.0, 1.0))[0 if is_city else 1]
    width = len(text) * (LETTER if is_city else CAPITAL) * broad
    left = x + 6 if is_city else x - width / 2
    box = (left, y - 9, left + width, y + 6)
    if box[0] < 4 or box[2] > WIDTH - 4 or box[1] < 4 or box[3] > HEIGHT - 4 or not is_free(box, taken):
        return
    taken.append(box)
    halo = 'stroke="#fff" stroke-opacity=".75" stroke-width="2.6" paint-order="stroke"'
    shown = escape(text if is_city else text.upper())
    space = "" if is_city else ' letter-spacing="1.2" text-anchor="middle"'
    at = left if is_city else x
    if is_city:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="#fff" stroke="{colour}"/>'
    yield f'<text x="{at:.1f}" y="{y + 4:.1f}" font-size="11" fill="{colour}" {halo}{space}>{shown}</text>'


def is_free(box: Box, taken: Sequence[Box]) -> bool:
    """Tell whether a box touches none of those that are taken."""
    return all(box[2] < one[0] or box[0] > one[2] or box[3] < one[1] or box[1] > one[3] for one in taken)
