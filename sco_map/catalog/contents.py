"""Which files a catalog consists of and which model says what each of them holds; reads none of them."""

from __future__ import annotations

from collections.abc import Mapping

from sco_map.catalog.ground import (
    City,
    DisputedAreas,
    LabelPoints,
    Lake,
    Lakes,
    Relief,
    RiverCourse,
    Sea,
    UnitName,
    Units,
)
from sco_map.catalog.looks import STYLES, Looks
from sco_map.catalog.models import (
    Country,
    EnclosedSea,
    Entry,
    Event,
    Island,
    Layer,
    Licence,
    OtherNames,
    OutsideId,
    Place,
    River,
    Source,
    Unit,
)
from sco_map.catalog.stories import TABLE, Story

VOCABULARY = "vocabulary.toml"
IDS = "ids.csv"
NAMES = "names.csv"
CLAIM_LINES = "claim_lines.geojson"
UNITS = "prose/units.toml"

TABLES: Mapping[str, type[Entry]] = {
    "sources.toml": Source,
    "licences.toml": Licence,
    "countries.toml": Country,
    "layers.toml": Layer,
    TABLE: Story,
    "network.toml": Island,
    "enclosed_seas.toml": EnclosedSea,
    UNITS: Unit,
    "basemap/river_courses.toml": RiverCourse,
    "basemap/unit_names.toml": UnitName,
}
"""TOML files whose tables are entries with the id as their heading."""

WHOLE: Mapping[str, type[Entry]] = {
    STYLES: Looks,
    "basemap/units.toml": Units,
    "basemap/disputed_areas.toml": DisputedAreas,
    "basemap/lakes.toml": Lakes,
    "basemap/label_points.toml": LabelPoints,
    "basemap/relief.toml": Relief,
}
"""TOML files that are one entry each."""

CSV_FILES: Mapping[str, type[Entry]] = {
    "places.csv": Place,
    "events.csv": Event,
    "rivers.csv": River,
    IDS: OutsideId,
    NAMES: OtherNames,
    "basemap/cities.csv": City,
    "basemap/lakes.csv": Lake,
    "basemap/seas.csv": Sea,
}
"""CSV files, one entry on each line; the first column is the id, unless the model has a key of several."""
