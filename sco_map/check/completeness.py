"""Check that the layers hold what the catalog describes: every row of it, and none that it no longer has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sco_map.catalog import Catalog, Problem
from sco_map.check.reading import LayerFile
from sco_map.check.rows import layer_of

GENERATED_KINDS = frozenset({"member", "boundary_line", "disputed_area", "gauge_change"})
"""Kinds of rows that the build derives from borders and railways; the catalog does not list them."""

EVENTS, RIVERS = "events", "water"
"""The layers of the entries of events.csv and rivers.csv."""

REMEDY = "run python -m sco_map build"


def described_rows(catalog: Catalog) -> dict[str, tuple[str, str, str]]:
    """Return for each row that the catalog describes its layer, the file that describes it, and the entry in it.

    A project is a row of its own when no line or point represents it.
    """
    found: dict[str, tuple[str, str, str]] = {}
    for project in catalog.projects.values():
        file = f"projects/{project.id}.toml"
        for row in project.segments:
            found[row.id] = (row.layer, file, f"segment {row.id!r}")
        for site in project.sites:
            found[site.id] = (site.layer, file, f"site {site.id!r}")
        if not (project.segments or project.sites or project.uses or catalog.children(project.id)):
            found[project.id] = (project.layer, file, "")
    found |= {id_: (EVENTS, "events.csv", repr(id_)) for id_ in catalog.events if EVENTS in catalog.layers}
    found |= {id_: (RIVERS, "rivers.csv", repr(id_)) for id_ in catalog.rivers if RIVERS in catalog.layers}
    return found


def missing_rows(files: Sequence[LayerFile], catalog: Catalog) -> Iterator[Problem]:
    """Yield entries of the catalog whose row is not in the file of its layer, by their file in the catalog."""
    layers = {layer: rows_in(file) for file in files if (layer := layer_of(file, catalog)) is not None and file.is_read}
    for id_, (layer, home, entry) in described_rows(catalog).items():
        if layer in layers and id_ not in layers[layer]:
            yield Problem(home, entry, f"the layer {layer!r} does not have this row yet; {REMEDY}")


def stray_rows(files: Sequence[LayerFile], catalog: Catalog) -> Iterator[Problem]:
    """Yield rows of layers that the catalog does not describe, or describes as rows of another layer."""
    described = described_rows(catalog)
    for file in files:
        layer = layer_of(file, catalog)
        if layer not in catalog.layers:
            continue
        for id_, kind in rows_in(file).items():
            if kind in GENERATED_KINDS:
                continue
            home = described.get(id_)
            if home is None:
                yield Problem(file.name, f"feature {id_!r}", f"the catalog has no such row; {REMEDY}")
            elif home[0] != layer:
                yield Problem(file.name, f"feature {id_!r}", f"the catalog has this row in {home[0]!r}; {REMEDY}")


def rows_in(file: LayerFile) -> dict[str, object]:
    """Return the kind of each row of a file by its id."""
    return {str(row.get("id")): row.get("kind") for row in file.properties}
