"""The rules that a contribution obeys once its files fit together: what readers need, what keeps the lists clean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.contents import CLAIM_LINES
from sco_map.catalog.looks import STYLES
from sco_map.catalog.problems import Problem
from sco_map.catalog.rules.certainty import certainty_faults
from sco_map.catalog.rules.ground import Ground, ground_faults
from sco_map.catalog.rules.lines import line_faults
from sco_map.catalog.rules.looks import look_faults
from sco_map.catalog.rules.promisers import promiser_faults
from sco_map.catalog.rules.prose import prose_faults
from sco_map.catalog.rules.registers import register_faults
from sco_map.catalog.rules.sourcing import sourcing_faults
from sco_map.catalog.rules.stories import story_faults
from sco_map.catalog.rules.wholes import whole_faults
from sco_map.catalog.rules.words import word_faults

__all__ = ["broken_rules"]


def broken_rules(catalog: Catalog, beside: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield every rule that a catalog breaks.

    The catalog has to be read in full: what an unreadable file holds would be missed. `beside` has what the files hold
    that only the page and the build read, by the name of the file; rules about a file that is not in there are skipped.
    """
    yield from word_faults(catalog)
    yield from register_faults(catalog)
    yield from line_faults(catalog)
    yield from whole_faults(catalog)
    yield from certainty_faults(catalog)
    yield from promiser_faults(catalog)
    yield from sourcing_faults(catalog)
    yield from story_faults(catalog)
    yield from prose_faults(catalog, beside)
    if STYLES in beside:
        yield from look_faults(beside[STYLES], catalog)
    yield from ground_faults(ground_of(beside), catalog)


def ground_of(beside: Mapping[str, Any]) -> Ground:
    """Return what the files under basemap/ hold, and the ids of the claim lines."""
    return Ground(
        units=beside.get("basemap/units.toml"),
        disputed=beside.get("basemap/disputed_areas.toml"),
        lakes_drawn=beside.get("basemap/lakes.toml"),
        courses=beside.get("basemap/river_courses.toml", {}),
        cities=beside.get("basemap/cities.csv", {}),
        lakes=beside.get("basemap/lakes.csv", {}),
        seas=beside.get("basemap/seas.csv", {}),
        claim_lines=tuple(beside.get(CLAIM_LINES, ())),
    )
