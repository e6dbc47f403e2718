"""The places where lines of different kinds meet: where trains change the gauge, and the ports."""

from __future__ import annotations

import pandas as pd

from sco_map.atlas.load import Atlas
from sco_map.model.network import DRY_PORT, GAUGE_CHANGE, PORT


def meeting_places(atlas: Atlas) -> tuple[frozenset[str], frozenset[str]]:
    """Return the places where trains change the gauge, and those where rail and road meet the sea."""
    rows, places = atlas.rows, atlas.catalog.places
    ports = {id_ for id_, place in places.items() if place.kind == PORT}
    dry = {id_ for id_, place in places.items() if place.kind == DRY_PORT}
    return places_of(rows[rows["kind"] == GAUGE_CHANGE]), places_of(rows[rows["kind"] == PORT]) - dry | ports


def places_of(rows: pd.DataFrame) -> frozenset[str]:
    """Return the places of some rows."""
    return frozenset(place for places in rows["places"] for place in places)
