"""Rows without a geometry: agreements with their parties, and projects whose route nobody has published."""

from __future__ import annotations

from typing import Any

from sco_map.catalog import Catalog, Party, Project
from sco_map.layers.rows.features import (
    Feature,
    feature,
    in_languages,
    lengths,
    licence_of,
    moments,
    phase_list,
    promise,
    titles,
    unique,
)

AGREEMENT = "agreement"


def has_no_row(project: Project, catalog: Catalog) -> bool:
    """Say whether no line or point represents a project: neither its own, nor a borrowed one, nor a child's."""
    return not (project.segments or project.sites or project.uses or catalog.children(project.id))


def party(entry: Party) -> dict[str, Any]:
    """Return a party as the files carry it."""
    return {
        "country": entry.country,
        "date": entry.date,
        "status": entry.status,
        "source": entry.source,
        "note": entry.note,
    }


def project_feature(project: Project, catalog: Catalog) -> Feature:
    """Return a project as a row with a null geometry and therefore without length and accuracy."""
    parties = catalog.parties(project.id)
    sources = unique(
        [
            *project.sources,
            *(phase.source for phase in project.phases),
            project.promised.source if project.promised else None,
            *(moment.source for moment in project.history),
            *(length.source for length in project.published_lengths),
            *(entry.source for entry in parties),
        ]
    )
    values: dict[str, Any] = {
        "id": project.id,
        "layer": project.layer,
        "projects": [project.id],
        "kind": project.kind,
        **titles(in_languages(project.title)),
        "status": project.status,
        "phases": phase_list(project.phases),
        "promised": promise(project.promised),
        "countries": list(project.countries) or unique(entry.country for entry in parties),
        "published_lengths": lengths(project.published_lengths),
        "gauge_mm": project.gauge_mm,
        "diameter_mm": project.diameter_mm,
        "capacity": project.capacity,
        "capacity_unit": project.capacity_unit,
        "owner": project.owner,
        "cost_usd_bn": project.cost_usd_bn,
        "history": moments(project.history),
        "sources": sources,
        "as_of": project.as_of,
        "confidence": project.confidence,
        "licence": licence_of(sources, catalog),
        "note": project.note,
    }
    if project.form == AGREEMENT:
        values["parties"] = [party(entry) for entry in parties]
    return feature(None, values)


def project_features(layer: str, catalog: Catalog) -> list[Feature]:
    """Return the projects of a layer that no line or point represents."""
    return [
        project_feature(project, catalog)
        for project in catalog.projects.values()
        if project.layer == layer and has_no_row(project, catalog)
    ]
