"""What changed between two states of the map: read both, compare them, say it as text, JSON or a page."""

from sco_map.changes.compare import Difference, compare
from sco_map.changes.sides import DamagedError, Side, SideError, read_side
from sco_map.changes.wording import as_markdown, as_page, as_text, to_json

__all__ = [
    "DamagedError",
    "Difference",
    "Side",
    "SideError",
    "as_markdown",
    "as_page",
    "as_text",
    "compare",
    "read_side",
    "to_json",
]
