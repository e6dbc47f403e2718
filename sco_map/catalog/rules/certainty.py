"""How sure a fact may be called: what this project estimated, or only remembers, is never called sure."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.problems import Problem

OWN_ESTIMATE = "own_estimate"
SURE = "high"
UNREAD = "General knowledge; the source was not read"
"""What a note says of a fact whose source nobody has opened."""


def certainty_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield places and rows with more confidence than their source allows."""
    for id_, place in catalog.places.items():
        source = catalog.sources.get(place.source)
        if source is not None and source.quality == OWN_ESTIMATE and place.confidence == SURE:
            yield Problem("places.csv", repr(id_), f"is an estimate of this project, so its confidence is not {SURE!r}")
    for what, rows in (("segment", catalog.segments), ("site", catalog.sites)):
        for row in rows.values():
            if row.confidence == SURE and UNREAD in (row.note or ""):
                yield Problem(
                    f"projects/{row.project}.toml",
                    f"{what} {row.id!r}",
                    f"its source was not read, so its confidence is not {SURE!r}",
                )
