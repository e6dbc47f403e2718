"""The network of links between places: routes, comparisons, what a cut costs, and promises kept; knows the atlas."""

from sco_map.model.network import AIMS, DEFAULT_KINDS, MOST_COMPARED, ROUTABLE
from sco_map.routing.answers import Route, route
from sco_map.routing.comparison import Comparison, compare
from sco_map.routing.complaints import RoutingError
from sco_map.routing.corridors import line_of, main_line, ways_report
from sco_map.routing.cut import Cut, cut
from sco_map.routing.describe import Description, describe
from sco_map.routing.links import Link, Network, network_of
from sco_map.routing.parts import Part, network_report, unconnected
from sco_map.routing.promises import Ledger, promises
from sco_map.routing.questions import Question
from sco_map.routing.strip import Strip, strip_of

__all__ = [
    "AIMS",
    "DEFAULT_KINDS",
    "MOST_COMPARED",
    "ROUTABLE",
    "Comparison",
    "Cut",
    "Description",
    "Ledger",
    "Link",
    "Network",
    "Part",
    "Question",
    "Route",
    "RoutingError",
    "Strip",
    "compare",
    "cut",
    "describe",
    "line_of",
    "main_line",
    "network_of",
    "network_report",
    "promises",
    "route",
    "strip_of",
    "unconnected",
    "ways_report",
]
