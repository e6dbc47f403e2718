"""How QGIS draws a table: the colours, widths and dashes of the map as QML, the file in which QGIS keeps a style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd

from sco_map.export.contents import Contents
from sco_map.page.styles import FALLBACK_LAYER, Styles, read_styles

MM_PER_PX = 0.264583
DASH_LEAST, DASH_MOST = 0, 1
WRITTEN_FOR = "3.22.0"
POINT_SIZE = 2.4
AREA_OPACITY = 0.25
UNKNOWN = "unknown status"
STYLES = "styles.toml"
SHAPES = {"lines": "line", "points": "marker", "areas": "fill"}


def styles_of(contents: Contents) -> Styles:
    """Return the looks of the map."""
    return read_styles(contents.atlas.catalog.path / STYLES)


def look_of(styles: Styles, layer: str) -> Mapping[str, Any]:
    """Return the look of a layer; one without its own has the general one."""
    look: Mapping[str, Any] = styles["layer"].get(layer) or styles["layer"][FALLBACK_LAYER]
    return look


def colour_of(styles: Styles, layer: str, status: str | None = None) -> str:
    """Return the colour of a row on a light ground as #RRGGBB."""
    token = (styles["status"].get(status) or {}).get("token") or look_of(styles, layer).get("token")
    colour: str = styles["light"][token] if token else look_of(styles, layer)["light"]["line"]
    return colour


def width_of(styles: Styles, layer: str, status: str | None = None) -> float:
    """Return the width of a line in px."""
    own = (styles["status"].get(status) or {}).get("width")
    return float(own or look_of(styles, layer).get("width") or look_of(styles, FALLBACK_LAYER)["width"])


def opacity_of(styles: Styles, status: str | None) -> float:
    """Return the opacity of a status."""
    return float((styles["status"].get(status) or {}).get("opacity") or 1)


def dash_of(styles: Styles, status: str | None, width: float) -> list[float]:
    """Return the lengths of dashes and gaps in px, none for a whole line."""
    pairs = (styles["status"].get(status) or {}).get("dash") or ()
    return [max(pair[DASH_LEAST] * width, pair[DASH_MOST]) for pair in pairs]


def qgis_style(contents: Contents, form: str, rows: gpd.GeoDataFrame) -> str:
    """Return the style of a table: a rule for each layer, and below it one for each status of its rows."""
    styles, catalog = styles_of(contents), contents.atlas.catalog
    top = ElementTree.Element("qgis", version=WRITTEN_FOR, styleCategories="Symbology")
    renderer = ElementTree.SubElement(top, "renderer-v2", type="RuleRenderer", symbollevels="0", forceraster="0")
    rules = ElementTree.SubElement(renderer, "rules", key="all")
    symbols = ElementTree.SubElement(renderer, "symbols")
    layers = sorted(set(rows["layer"]), key=lambda layer: (look_of(styles, layer)["rank"], layer))
    words = catalog.vocabulary["status"]
    number = 0
    for layer in layers:
        title = catalog.layers[layer].title.en
        group = ElementTree.SubElement(rules, "rule", key=layer, filter=f"\"layer\" = '{layer}'", label=title)
        found = set(rows.loc[rows["layer"] == layer, "status"].dropna())
        statuses = [id_ for id_ in words if id_ in found]
        has_unknown = bool(rows.loc[rows["layer"] == layer, "status"].isna().any())
        for status in [*statuses, *([None] if has_unknown else [])]:
            condition = f"\"status\" = '{status}'" if status else '"status" IS NULL'
            label = words[status].label.en if status else UNKNOWN if statuses else title
            key = f"{layer}.{status or 'none'}"
            ElementTree.SubElement(group, "rule", key=key, filter=condition, label=label, symbol=str(number))
            symbols.append(symbol(styles, form, layer, status, str(number)))
            number += 1
    ElementTree.indent(top, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ElementTree.tostring(top, "unicode")


def symbol(styles: Styles, form: str, layer: str, status: str | None, name: str) -> ElementTree.Element:
    """Return how the rows of a layer and a status are drawn."""
    shape = SHAPES[form]
    found = ElementTree.Element("symbol", name=name, type=shape, alpha=f"{opacity_of(styles, status):g}")
    drawn, options = SYMBOLS[form](styles, layer, status)
    inside = ElementTree.SubElement(found, "layer", {"class": drawn, "enabled": "1", "pass": "0", "locked": "0"})
    listed = ElementTree.SubElement(inside, "Option", type="Map")
    for key, value in options.items():
        ElementTree.SubElement(listed, "Option", name=key, value=value, type="QString")
    return found


def line_symbol(styles: Styles, layer: str, status: str | None) -> tuple[str, dict[str, str]]:
    """Return the line of a layer with the dashes of a status."""
    width = width_of(styles, layer, status)
    dash = dash_of(styles, status, width)
    cap = (styles["status"].get(status) or {}).get("cap") or ("flat" if dash else "round")
    return "SimpleLine", {
        "line_color": rgba(colour_of(styles, layer, status)),
        "line_width": millimetres(width),
        "line_width_unit": "MM",
        "capstyle": "flat" if cap == "butt" else cap,
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": ";".join(map(millimetres, dash)) or "5;2",
        "customdash_unit": "MM",
    }


def point_symbol(styles: Styles, layer: str, status: str | None) -> tuple[str, dict[str, str]]:
    """Return the dot of a layer."""
    return "SimpleMarker", {
        "name": "circle",
        "color": rgba(colour_of(styles, layer, status)),
        "outline_color": rgba(styles["light"]["casing"]),
        "outline_width": "0.3",
        "size": f"{POINT_SIZE:g}",
        "size_unit": "MM",
    }


def area_symbol(styles: Styles, layer: str, status: str | None) -> tuple[str, dict[str, str]]:
    """Return the area of a layer: land in the colour that the legend shows for it, anything else lightly filled."""
    land = (look_of(styles, layer).get("swatch") or {}).get("area")
    colour = colour_of(styles, layer, status)
    return "SimpleFill", {
        "color": rgba(styles["light"][f"land_{land}"]) if land else rgba(colour, AREA_OPACITY),
        "style": "solid",
        "outline_color": rgba(styles["light"]["border"] if land else colour),
        "outline_width": "0.26",
        "outline_width_unit": "MM",
    }


SYMBOLS = {"lines": line_symbol, "points": point_symbol, "areas": area_symbol}


def rgba(colour: str, opacity: float = 1) -> str:
    """Return #RRGGBB as QGIS writes it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return f"{red},{green},{blue},{round(255 * opacity)}"


def millimetres(px: float) -> str:
    """Return px of the screen as millimetres of paper."""
    return f"{px * MM_PER_PX:.2f}"
