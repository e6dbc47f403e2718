"""What a reader sees: one HTML file with map, filters, cards and table; knows the atlas, decides no fact."""

from sco_map.page.ground import worldviews
from sco_map.page.render import View, render_page
from sco_map.page.simplified import simplified

__all__ = ["View", "render_page", "simplified", "worldviews"]
