"""Put the page together: skeleton, looks, script, data and policy in one HTML file that asks for nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

import geopandas as gpd

from sco_map.atlas import Atlas, Selection, select
from sco_map.check.reading import collector_paused
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.suggestions import Known, unknown
from sco_map.model.viewport import page_address_fault, viewport_fault
from sco_map.page.csp import policy
from sco_map.page.fonts import font_faces, packed_font_faces
from sco_map.page.payload import (
    as_json,
    carried_by,
    ground_texts,
    head_payload,
    layer_payload,
    packed_head,
    packed_rows,
    sent_once,
)
from sco_map.page.prose import page_languages
from sco_map.page.squeeze import deflated
from sco_map.page.styles import Styles, css_variables, read_styles, tokens, with_own
from sco_map.page.words import words
from sco_map.version import VERSION

PAGE = Path(__file__).resolve().parent
ASSETS = PAGE / "assets"
SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+\s*$")
FIRST_LINE = re.compile(r"\A//.*\n")
STYLES_FILE = "styles.toml"
STYLE_SHEETS = ("page.css", "share.css", "answers.css", "story.css", "print.css")
THEMES = ("light", "dark")


@dataclass(frozen=True)
class View:
    """How the page opens: language, worldview, theme, `zoom/lat/lon`; `embed`: inside another page.

    `address` is where the page will be reached by others: links to it and snippets for other pages begin with it.
    `theme` is light or dark; `story` is the id of a story of the catalog, which it opens with.
    """

    lang: str = FIRST
    worldview: str | None = None
    theme: str | None = None
    view: str | None = None
    embed: bool = False
    story: str | None = None
    address: str | None = None

    def complaints(self, atlas: Atlas) -> list[str]:
        """Return a sentence for every value that no page of `atlas` can open with, with the nearest right ones."""
        known: dict[str, Known] = {
            "lang": LANGUAGES,
            "worldview": atlas.worldviews,
            "theme": THEMES,
            "story": atlas.catalog.known("stories"),
        }
        found = [
            unknown(name, value, values)
            for name, values in known.items()
            if (value := getattr(self, name)) is not None and value not in values
        ]
        faults = {
            "view": None if self.view is None else viewport_fault(self.view),
            "address": None if self.address is None else page_address_fault(self.address),
        }
        return found + [f"{name}: {fault}" for name, fault in faults.items() if fault is not None]


EVERYTHING = Selection()
PLAIN_VIEW = View()
NO_TILES: Mapping[str, bytes] = {}


@cache
def page_script() -> str:
    """Return Leaflet and the bundle of `web/` as one script; what unpacks and runs it is `opening_script`."""
    leaflet = SOURCE_MAP.sub("", (ASSETS / "leaflet" / "leaflet.js").read_text(encoding="utf-8"))
    return f"{leaflet}\n{bundle('page.js')}"


@cache
def opening_script() -> str:
    """Return what unpacks the page's style, script and data."""
    return bundle("open.js")


def bundle(name: str) -> str:
    """Return a bundle that `make web` made, without its first line, fit for the inside of a script element."""
    text = (ASSETS / name).read_text(encoding="utf-8")
    return FIRST_LINE.sub("", text).strip().replace("</script", "<\\/script")


@cache
def page_css() -> str:
    """Return the style of Leaflet and our own, without what is there for people to read.

    Pictures that Leaflet would fetch are cut out, and so is the style of what the page never shows.
    """
    leaflet = (ASSETS / "leaflet" / "leaflet.css").read_text(encoding="utf-8")
    leaflet = re.sub(r"background-image:\s*url\([^)]*\);?|behavior:\s*url\([^)]*\);?", "", leaflet)
    leaflet = used_rules(compact(re.sub(r"/\*.*?\*/", "", leaflet, flags=re.DOTALL)))
    ours = "".join((ASSETS / "css" / name).read_text(encoding="utf-8") for name in STYLE_SHEETS)
    return re.sub(r"/\*.*?\*/|\n\s*", "", leaflet + ours, flags=re.DOTALL)


NEVER_SHOWN = re.compile(
    r"leaflet-(popup|tooltip|bar|div-icon|default-icon|vml|oldie|attribution-flag|control-(layers|scale|zoom|attribution))"
)
"""Parts of Leaflet that the page does without: it has controls, cards and names of its own."""


def compact(css: str) -> str:
    """Return the rules of a style sheet without the spaces that only part them."""
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css.strip())
    return re.sub(r":\s+", ":", css).replace(";}", "}")


def used_rules(css: str) -> str:
    """Return a compact style sheet without the rules for what is never shown."""

    def rule(found: re.Match[str]) -> str:
        kept = [selector for selector in found[1].split(",") if not NEVER_SHOWN.search(selector)]
        return f"{','.join(kept)}{{{found[2]}}}" if kept else ""

    return re.sub(r"([^{}@]+)\{([^{}]*)\}", rule, css)


@cache
def skeleton() -> Template:
    """Return the HTML around everything, with places for what changes."""
    return Template((PAGE / "templates" / "page.html").read_text(encoding="utf-8"))


def before_style(styles: Styles, theme: str | None) -> str:
    """Return the looks of the moment before the style is unpacked: paper, water, and the name where the panel will be.

    They stand over everything, so that nothing moves when they go. Without a `theme` the reader's system decides.
    """
    looks = {name: before_colours(tokens(styles, name)) for name in THEMES}
    colours = looks[theme or THEMES[0]]
    if theme is None:
        colours += f"@media(prefers-color-scheme:dark){{{looks['dark']}}}"
    return BEFORE_STYLE + colours


def before_colours(colour: dict[str, str]) -> str:
    """Return the colours of that moment from the tokens of a theme."""
    return (
        f"html,#loading>div{{background:{colour['paper']}}}"
        f"#loading{{background:{colour['water']};color:{colour['ink2']}}}"
        f"#loading b,#tooold{{color:{colour['ink']}}}#loading>div{{border-color:{colour['accent']}}}"
        f"#loading small{{color:{colour['accent']}}}#loading i{{background:{colour['rule2']}}}"
    )


BEFORE_STYLE = (
    ".skip{position:absolute;top:-60px}"
    "#tooold{margin:42vh auto 0;padding:0 1em;text-align:center;font:600 23px/1.2 Charter,Cambria,Georgia,serif}"
    "#loading{position:fixed;inset:0;z-index:2000;display:grid;grid-template-columns:336px 1fr;"
    "font:13px/1.4 'Segoe UI',Roboto,'Noto Sans',sans-serif}"
    "#loading>div{border-top:4px solid;padding:19px 20px;box-sizing:border-box}"
    "#loading small{font-weight:600;font-size:11.5px}"
    "#loading b{display:block;font:600 23px/1.15 Charter,Cambria,Georgia,'Noto Serif',serif;margin:4px 0 8px}"
    "#loading p{margin:0 0 8px}#loading i{display:block;height:12px;margin:14px 0;border-radius:2px}"
    "#loading i:nth-of-type(even){width:62%}#loading.bare{display:block}#loading.bare>div{display:none}"
    "@media(max-width:699px){#loading{grid-template:1fr 46%/1fr}#loading>div{grid-row:2}}"
)

TILES = '<script type="application/octet-stream" class="sco-tiles" data-layer="{layer}">{archive}</script>\n'
PROGRESS = ("unpacking", "reading", "drawing")
"""The steps of opening the page, in words of the interface `opening_<step>`."""


def escaped(text: str) -> str:
    """Return `text` for use inside an HTML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@collector_paused()
def render_page(
    atlas: Atlas,
    selection: Selection = EVERYTHING,
    view: View = PLAIN_VIEW,
    *,
    include_all: bool = False,
    light: bool = False,
    tiles: Mapping[str, bytes] = NO_TILES,
) -> str:
    """Return one complete HTML file that shows `selection` of `atlas` and asks for no other file.

    It carries the selected rows only, or all of them with the selection preset when `include_all`. The `light`
    page has no fonts, no relief and a coarser ground, and speaks only the language of the view, and English. `tiles`
    are archives (PMTiles) of a reader's large layers by layer, which the map draws in the place of their rows. Equal
    input gives equal bytes: no clock, no random id.
    """
    from sco_map.page.folium_map import build_map, rendered_parts  # here: files of data need no folium

    styles = with_own(read_styles(atlas.catalog.path / STYLES_FILE), atlas.catalog)
    rows = atlas.rows if include_all or not selection else selected_rows(atlas, selection, view.worldview)
    order = [id_ for id_, layer in sorted(atlas.catalog.layers.items(), key=lambda item: item[1].order)]
    page = {
        **asdict(view),
        "selection": selection.to_query(),
        "year": atlas.year,
        "as_of": max((layer.as_of for layer in atlas.catalog.layers.values()), default=""),
        "version": VERSION,
        "checksum": atlas.checksum,
    }
    languages = page_languages(light, view.lang)
    head = head_payload(atlas, rows, styles, page, languages=languages, light=light)
    carried = carried_by(head, atlas)
    layers = [
        layer_payload(id_, rows[rows["layer"] == id_], carried, light=light)
        for id_ in order
        if (rows["layer"] == id_).any()
    ]
    once = sent_once(head, layers)
    ground, relief = ground_texts(atlas.ground, light=light, languages=languages)
    drawn = build_map([layer["layer"] for layer in layers], styles)
    html, start = rendered_parts(drawn, deflated(as_json(packed_rows(layers, once))))
    style = css_variables(styles) + page_css()
    libraries = [page_script(), *([bundle("tiles/tiles.js")] if tiles else [])]
    script = "\n".join([*libraries, start.strip()])
    lang = view.lang if view.lang in LANGUAGES else FIRST
    document = skeleton().substitute(
        lang=lang,
        theme=view.theme or "light",
        title=escaped(words(lang)["title"]),
        organisation=escaped(words(lang)["organisation"]),
        progress=" ".join(f'data-{step}="{escaped(words(lang)[f"opening_{step}"])}"' for step in PROGRESS),
        failed=escaped(words(lang)["failed"]),
        schemes="only light" if view.theme == "light" else "light dark",
        noscript=escaped(words(lang)["noscript"]),
        too_old=escaped(words(lang)["too_old"]),
        not_whole=escaped(words(lang)["not_whole"]),
        style=before_style(styles, view.theme),
        fonts="" if light else packed_font_faces(),
        relief=relief,
        tiles="".join(tiles_block(id_, tiles[id_]) for id_ in sorted(tiles)),
        map=html.strip(),
        script=deflated(f"{style}\0{script}"),
        opener=opening_script(),
        policy="$policy",
        head=deflated(as_json(packed_head(head, once, light=light))),
        ground=ground,
    )
    return document.replace("$policy", policy(document, script, style, *([] if light else [font_faces()])), 1)


def tiles_block(layer: str, archive: bytes) -> str:
    """Return the tiles of a layer as the page finds them, in letters that the message to the frame need not escape."""
    return TILES.format(layer=escaped(layer), archive=b64encode(archive).decode())


def selected_rows(atlas: Atlas, selection: Selection, worldview: str | None) -> gpd.GeoDataFrame:
    """Return the rows of `selection` as they are in the atlas, with the facts of every year."""
    return atlas.rows.loc[select(atlas, selection, worldview).index]
