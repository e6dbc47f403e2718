"""The table of everything that is drawn: load it, select from it, see it as of a year, add it up."""

from sco_map.atlas.coverage import Coverage, Covered, coverage
from sco_map.atlas.filtering import at_year, left_out, select
from sco_map.atlas.load import Atlas, AtlasError, load_atlas
from sco_map.atlas.meeting import meeting_places
from sco_map.atlas.records import records_of
from sco_map.atlas.summary import Totals, opened_by_year, summarise, totals
from sco_map.model.phases import role_in, status_in
from sco_map.model.search import fold
from sco_map.model.selection import FACETS, Selection, SelectionError

__all__ = [
    "FACETS",
    "Atlas",
    "AtlasError",
    "Coverage",
    "Covered",
    "Selection",
    "SelectionError",
    "Totals",
    "at_year",
    "coverage",
    "fold",
    "left_out",
    "load_atlas",
    "meeting_places",
    "opened_by_year",
    "records_of",
    "role_in",
    "select",
    "status_in",
    "summarise",
    "totals",
]
