"""Build the folium map of the page: no CDN link, the packed rows of the layers, our own script to draw them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from sco_map.page.styles import Styles

RANDOM_ID = re.compile(r"_[0-9a-f]{32}")
ROWS_MARK = "@rows@"


class PackedLayers(MacroElement):
    """The layers of the atlas: the element that holds their packed JSON, which is data to the browser, never script.

    The text itself is put in after folium has rendered: branca reads what an element renders as a template
    once more, so `{{` in a title would be run on the way.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <script type="application/octet-stream" id="sco-rows" data-layers="{{ this.layers }}">{{ this.mark }}</script>
        {% endmacro %}
        """
    )

    mark = ROWS_MARK
    """The placeholder in the rendered page whose place the JSON takes."""

    def __init__(self, layers: Iterable[str]) -> None:
        """Make room for the layers with the ids `layers`."""
        super().__init__()
        self._name = "PackedLayers"
        self.layers = " ".join(layers)


class PageScript(MacroElement):
    """The one line that hands folium's map to the script of the page."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        sco.start({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        """Start the page on the map this is added to."""
        super().__init__()
        self._name = "PageScript"


def build_map(layers: Iterable[str], styles: Styles) -> folium.Map:
    """Return the folium map with room for the layers with the ids `layers`.

    Links to outside files are emptied on this one instance: folium keeps them in lists of the class, and a
    change there would reach every other map of the process.
    """
    south, west, north, east = styles["region"]["bounds"]
    drawn = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=4,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        min_zoom=styles["region"]["min_zoom"],
        zoom_snap=0.05,
        zoom_delta=0.5,
        fade_animation=False,
        marker_zoom_animation=False,
        world_copy_jump=False,
    )
    drawn.options["minZoom"] = styles["region"]["min_zoom"]
    drawn.options["maxZoom"] = styles["region"]["max_zoom"]
    drawn.default_js = []
    drawn.default_css = []
    PackedLayers(layers).add_to(drawn)
    PageScript().add_to(drawn)
    return drawn


def rendered_parts(drawn: folium.Map, rows: str) -> tuple[str, str]:
    """Return the HTML and the script that folium writes for a map, with the packed `rows` put into place.

    Folium's random names are replaced by numbers.
    """
    figure = drawn.get_root()
    assert isinstance(figure, Figure)
    for child in figure._children.values():
        child.render()
    html, script = figure.html.render(), figure.script.render()
    names: dict[str, str] = {}
    for found in RANDOM_ID.findall(html + script):
        names.setdefault(found, f"_{len(names) + 1}")

    def numbered(text: str) -> str:
        return RANDOM_ID.sub(lambda match: names[match.group()], text)

    return numbered(html).replace(ROWS_MARK, rows), numbered(script)
