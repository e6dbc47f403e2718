"""The events layer: dated happenings at a place."""

from __future__ import annotations

from sco_map.catalog import Catalog, Event
from sco_map.layers.rows.features import Feature, feature, licence_of, point_columns, point_geometry, unique

LAYER = "events"


def event_feature(event: Event, catalog: Catalog) -> Feature:
    """Return the feature of an event; it has no status, only dates."""
    place = catalog.places[event.place]
    sources = unique([event.source, place.source])
    values = {
        "id": event.id,
        "layer": LAYER,
        "kind": "event",
        "title_en": event.title_en,
        "title_bn": event.title_bn,
        "title_ru": event.title_ru,
        "title_zh": event.title_zh,
        **point_columns(place),
        "sources": sources,
        "as_of": event.as_of,
        "confidence": event.confidence,
        "licence": licence_of(sources, catalog),
        "note": event.note,
        "date": event.date,
        "date_end": event.date_end,
        "type": event.type,
        "city": place.name_en,
        "outcome": event.outcome,
    }
    return feature(point_geometry(place), values)


def event_features(catalog: Catalog) -> list[Feature]:
    """Return all events."""
    return [event_feature(event, catalog) for event in catalog.events.values()]
