"""The network of links between places: routes, comparisons, what a cut costs, and promises kept; knows the atlas."""

from sco_map.model.network import AIMS, DEFAULT_KINDS, ROUTABLE
from sco_map.routing.answers import Comparison, Route, compare, route
from sco_map.routing.cut import Cut, cut
from sco_map.routing.links import Link, Network, network_of
from sco_map.routing.parts import Part, network_report, unconnected
from sco_map.routing.promises import Ledger, promises
from sco_map.routing.questions import Question, RoutingError

__all__ = [
    "AIMS",
    "DEFAULT_KINDS",
    "ROUTABLE",
    "Comparison",
    "Cut",
    "Ledger",
    "Link",
    "Network",
    "Part",
    "Question",
    "Route",
    "RoutingError",
    "compare",
    "cut",
    "network_of",
    "network_report",
    "promises",
    "route",
    "unconnected",
]
