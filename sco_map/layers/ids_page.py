"""The page about ids that others give: how many entries have one, of each sort, and in which texts they were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sco_map.catalog import Catalog
from sco_map.catalog.checks.ids import sort_of
from sco_map.catalog.models import PLACE
from sco_map.layers.pages import GENERATED, table
from sco_map.model.outside import PLACES, PROJECTS, ROWS, SCHEMES, STATES

NAMES = {
    STATES: "states",
    PROJECTS: "projects",
    ROWS: "segments and sites",
    PLACES: "places, helper points left out",
}


def ids_page(catalog: Catalog) -> str:
    """Return the page: the schemes, how many entries have an id of each, and where the ids were read."""
    text = [
        "# Ids that others give",
        GENERATED,
        "`geodata/catalog/ids.csv` has one id per line: the `entry` (a state such as `KAZ`, a project, a segment or a "
        "site by its id, a place as in `place:aktau_port`), the `scheme`, the `id`, and the `source` in which it was "
        "read. Where no text or table gives an id, there is no line. `check` refuses an id that does not look like one "
        "of its scheme, a UN/LOCODE of another state than that of its place, a station code with the wrong last digit, "
        "and an id that two entries share, unless one of them is a part of the other.",
        table(("scheme", "column", "an id is", "it leads to"), scheme_rows()),
        "Rows of all files have a column for each scheme; `figure_sources` names who says it. A segment or a site that "
        "is the only one of its project has the ids of the project, a site has UN/LOCODE and station code of its "
        "place, a row of a state those of the state. The card of the page shows them with a link, the search finds a "
        "whole id (`Q148`, `KZAAU`), of places their UN/LOCODE and station code; `sco-map show KZAAU` takes any.",
        "## How many have one",
        table(("sort", "entries", *(scheme.title for scheme in SCHEMES)), coverage_rows(catalog)),
        table(("kind of place", "places", *(scheme.title for scheme in SCHEMES)), place_rows(catalog)),
        "## Where they were read",
        "Notes of the sources say how an entry was found in a table.",
        table(("source", "scheme", "ids"), source_rows(catalog)),
    ]
    return "\n\n".join(part.rstrip("\n") for part in text) + "\n"


def scheme_rows() -> Iterator[Sequence[object]]:
    """Yield the line of each scheme."""
    for scheme in SCHEMES:
        yield scheme.title, f"`{scheme.name}`", scheme.looks, f"`{scheme.address}`" if scheme.address else ""


def entries(catalog: Catalog) -> dict[str, list[str]]:
    """Return everything that may have an id, as ids.csv names it, by its sort."""
    return {
        STATES: list(catalog.countries),
        PROJECTS: list(catalog.projects),
        ROWS: [*catalog.segments, *catalog.sites],
        PLACES: [PLACE + id_ for id_, place in catalog.places.items() if not place.is_helper],
    }


def coverage_rows(catalog: Catalog) -> Iterator[Sequence[object]]:
    """Yield how many entries of each sort there are, and how many have an id of each scheme."""
    found = Counter((sort_of(one, catalog), one.scheme) for one in catalog.outside_ids.values())
    for sort, ids in entries(catalog).items():
        counts = (found[sort, scheme.name] if sort in scheme.of else "" for scheme in SCHEMES)
        yield NAMES[sort], len(ids), *counts


def place_rows(catalog: Catalog) -> Iterator[Sequence[object]]:
    """Yield how many places of each kind there are, and how many have an id of each scheme."""
    places = [place for place in catalog.places.values() if not place.is_helper]
    found = Counter((place.kind, scheme) for place in places for scheme in catalog.ids_of(PLACE + place.id))
    for kind, count in sorted(Counter(place.kind for place in places).items()):
        counts = (found[kind, scheme.name] if PLACES in scheme.of else "" for scheme in SCHEMES)
        yield kind.replace("_", " "), count, *counts


def source_rows(catalog: Catalog) -> Iterator[Sequence[object]]:
    """Yield who says the ids of each scheme, the one with the most ids first."""
    found = Counter((one.scheme, one.source) for one in catalog.outside_ids.values())
    order = [scheme.name for scheme in SCHEMES]
    for (scheme, id_), count in sorted(found.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1])):
        source = catalog.sources[id_]
        name = ": ".join(filter(None, [source.publisher, source.title]))
        yield f"[{name}]({source.url})" if source.url else name, f"`{scheme}`", count
