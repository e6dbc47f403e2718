"""Who announced an opening is the person or body that said so, not the paper in which one reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.problems import Problem
from sco_map.catalog.rules.certainty import saying

PRESS = "press"
PARTS = re.compile(r"\s*(?:[(),;]|\b(?:through|with|by|and)\b)\s*")
"""What stands between the names in that of a publisher: "Azernews (Trend)", "Trend, through MENAFN"."""


def promiser_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield promises said to be those of the paper or agency that reports them, whose text may well say whose they are.

    Only the name alone counts: that a paper made the forecast itself is said by a word more than its name. A body that
    also publishes pages of its own is not a paper, and may be read through one.
    """
    papers = newsrooms(catalog)
    for project in catalog.projects.values():
        for called, entry in saying(project, "promises"):
            for promise in entry.promises:
                source = catalog.sources.get(promise.source or "")
                if not promise.by or not source:
                    continue
                if folded(promise.by) in papers & {folded(name) for name in PARTS.split(source.publisher)}:
                    yield Problem(
                        f"projects/{project.id}.toml",
                        called,
                        f"a promise to open in {promise.opens} is said to be by {promise.by!r}, which reports it in "
                        f"{source.id!r}; name the person or body that the text names, leave `by` out if it names "
                        f'nobody, or write by = "{promise.by}, in a forecast of its own"',
                    )


def newsrooms(catalog: Catalog) -> set[str]:
    """Return the names of those whose texts are all press: a body has at least one that is primary."""
    published: dict[str, set[str]] = {}
    for source in catalog.sources.values():
        name = folded(PARTS.split(source.publisher, maxsplit=1)[0])
        published.setdefault(name, set()).add(source.quality)
    return {name for name, qualities in published.items() if qualities == {PRESS}}


def folded(name: str) -> str:
    """Return a name without its article, and without what is written one way or another."""
    return re.sub(r"\W|_", "", name.casefold().removeprefix("the "))
