"""Stories: each narrows the map down to something."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.problems import Problem

FILE = "stories.toml"


def story_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield stories that select everything."""
    for id_, story in catalog.stories.items():
        if not story.select.model_dump(exclude_defaults=True):
            yield Problem(FILE, f"[{id_}]", "selects everything; say in `select` which rows it shows")
