"""Rows without a geometry: agreements with their parties, and projects whose route nobody has published."""

from __future__ import annotations

from typing import Any

from sco_map.catalog import Catalog, Project
from sco_map.layers.rows.features import (
    Feature,
    feature,
    in_languages,
    licence_of,
    record,
    said_by,
    titles,
    unique,
    with_ids,
)
from sco_map.model.columns import BY_NAME

AGREEMENT = "agreement"


def has_no_row(project: Project, catalog: Catalog) -> bool:
    """Say whether no line or point represents a project: neither its own, nor a borrowed one, nor a child's."""
    return not (project.segments or project.sites or project.uses or catalog.children(project.id))


def project_feature(project: Project, catalog: Catalog) -> Feature:
    """Return a project as a row with a null geometry and therefore without length and accuracy."""
    parties = catalog.parties(project.id)
    ids = catalog.ids_of(project.id).values()
    sources = unique(
        [
            *project.cited(),
            *(entry.source for entry in parties),
            *(one.source for one in ids),
        ]
    )
    values: dict[str, Any] = {
        **with_ids(said_by(project), ids),
        "id": project.id,
        "projects": [project.id],
        **titles(in_languages(project.title)),
        "status": project.status,
        "countries": list(project.countries) or unique(entry.country for entry in parties),
        "sources": sources,
        "licence": licence_of(sources, catalog),
    }
    values.pop("parties", None)
    if project.form == AGREEMENT:
        values["parties"] = [record(entry, BY_NAME["parties"].parts) for entry in parties]
    return feature(None, values)


def project_features(layer: str, catalog: Catalog) -> list[Feature]:
    """Return the projects of a layer that no line or point represents."""
    return [
        project_feature(project, catalog)
        for project in catalog.projects.values()
        if project.layer == layer and has_no_row(project, catalog)
    ]
