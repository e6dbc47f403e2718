"""Formats of others that are recognised by their columns, with what their columns and words mean here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GEM, AIDDATA, OVERPASS, NATURAL_EARTH, LOCODE = "gem", "aiddata", "overpass", "natural_earth", "unlocode"


@dataclass(frozen=True)
class KnownFormat:
    """What others publish: by which columns it is known, which of them are ours, and what its words mean.

    `columns` name for each of our columns theirs, the first that the file has; `words` the status for theirs.
    """

    title: str
    needs: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


KNOWN: Mapping[str, KnownFormat] = {
    GEM: KnownFormat(
        "Global Energy Monitor's tracker",
        (frozenset({"ProjectID", "PipelineName"}), frozenset({"PipelineName", "Status", "Wiki"})),
        {
            "name": ("PipelineName",),
            "part": ("SegmentName",),
            "ref": ("ProjectID",),
            "status": ("Status",),
            "country": ("CountriesOrAreas", "Countries", "CountriesOrAreasInRoute"),
            "year": ("StartYear1", "StartYearEarliest", "ActualStartYear", "StartYear"),
            "capacity": ("CapacityBcm/y", "Capacity", "CapacityBOEd"),
            "unit": ("CapacityUnits",),
            "length": ("LengthMergedKm", "LengthKnownKm", "LengthEstimateKm"),
            "owner": ("Owner", "Parent"),
            "diameter": ("DiameterInMm", "Diameter"),
            "diameter_unit": ("DiameterUnits",),
            "kind": ("Fuel",),
            "link": ("Wiki",),
        },
        {
            "mothballed": "idle",
            "discontinued": "retired",
            "announced": "proposed",
            "pre-construction": "planned",
            "in development": "planned",
            "shelved - inferred 2 y": "shelved",
            "cancelled - inferred 4 y": "cancelled",
        },
        {
            "gas": "gas_pipeline",
            "lng": "gas_pipeline",
            "hydrogen": "gas_pipeline",
            "oil": "oil_pipeline",
            "ngl": "oil_pipeline",
            "lpg": "oil_pipeline",
        },
    ),
    AIDDATA: KnownFormat(
        "AidData's Chinese development finance",
        (
            frozenset({"Recipient.ISO-3", "Title"}),
            frozenset({"osm_precision_list", "Title"}),
            frozenset({"Recipient.ISO.3", "Title"}),
        ),
        {
            "name": ("Title",),
            "ref": ("id", "AidData.Record.ID", "AidData.TUFF.Project.ID"),
            "status": ("Status",),
            "country": ("Recipient.ISO-3", "Recipient.ISO.3", "Recipient"),
            "year": ("Completion.Year", "Actual.Completion.Date.(MM/DD/YYYY)"),
            "owner": ("Funding.Agencies",),
            "link": ("viz_geojson_url",),
        },
        {
            "completion": "operating",
            "implementation": "construction",
            "pipeline: commitment": "planned",
            "pipeline: pledge": "proposed",
            "suspended": "idle",
        },
    ),
    OVERPASS: KnownFormat(
        "OpenStreetMap through Overpass",
        (frozenset({"@type", "@id"}), frozenset({"@id", "railway"}), frozenset({"@id", "man_made"})),
        {
            "name": ("name:en", "name", "ref"),
            "ref": ("@id",),
            "status": ("@status", "railway", "man_made", "status"),
            "year": ("start_date", "opening_date"),
            "owner": ("operator", "owner"),
            "gauge": ("gauge",),
            "diameter": ("diameter",),
            "kind": ("@kind", "railway", "man_made", "highway"),
        },
        {
            "rail": "operating",
            "narrow_gauge": "operating",
            "light_rail": "operating",
            "station": "operating",
            "pipeline": "operating",
            "construction": "construction",
            "proposed": "proposed",
            "planned": "planned",
            "disused": "idle",
            "abandoned": "retired",
            "razed": "retired",
        },
        {
            "gas": "gas_pipeline",
            "cng": "gas_pipeline",
            "oil": "oil_pipeline",
            "fuel": "oil_pipeline",
            "rail": "rail",
            "narrow_gauge": "rail",
            "construction": "rail",
            "proposed": "rail",
            "disused": "rail",
            "abandoned": "rail",
        },
    ),
    NATURAL_EARTH: KnownFormat(
        "Natural Earth",
        (
            frozenset({"featurecla", "scalerank"}),
            frozenset({"FEATURECLA", "SCALERANK"}),
            frozenset({"featurecla", "natscale"}),
        ),
        {
            "name": ("name_en", "NAME_EN", "name", "NAME"),
            "country": ("adm0_a3", "ADM0_A3", "iso_a3", "ISO_A3", "sov_a3"),
            "kind": ("featurecla", "FEATURECLA"),
        },
        {},
        {"railroad": "rail", "road": "road", "ferry": "ferry", "river": "river", "port": "port", "airport": "airport"},
    ),
    LOCODE: KnownFormat(
        "UN/LOCODE",
        (frozenset({"Country", "Location", "NameWoDiacritics"}),),
        {"name": ("NameWoDiacritics", "Name"), "ref": ("Location",), "kind": ("Function",)},
    ),
}


def known_as(columns: Iterable[str]) -> str | None:
    """Return which known format a file with these columns is in, None for any other."""
    names = frozenset(columns)
    return next((id_ for id_, one in KNOWN.items() if any(needed <= names for needed in one.needs)), None)
