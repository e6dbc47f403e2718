"""What the app's panel offers: values of each facet in groups, and how many rows each would show; knows no widget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd

from sco_map.atlas import Atlas, Selection, select
from sco_map.model.selection import ALL_MEMBERS

Groups = Mapping[str, Mapping[str, list[str]]]
"""For each facet its groups, and for each group the values it offers; a facet without groups has one named ""."""

ROLE_GROUPS = {"member": "members", "partner": "partners"}
OTHERS = "others"


def groups_of(atlas: Atlas) -> Groups:
    """Return the values that are on the map: projects by layer, countries by the role they have today.

    A project comes before what lies below it in the tree; all members together come first among the members.
    """
    plain = {facet: {"": present(atlas, facet)} for facet in ("status", "kind", "layer", "role")}
    return {"project": projects_by_layer(atlas), "country": countries_by_role(atlas), **plain}


def present(atlas: Atlas, facet: str) -> list[str]:
    """Return the values of a plain facet that any row has, in the order of the catalog."""
    found = set(atlas.rows[facet])
    return [value for value in atlas.known_values(facet) if value in found]


def projects_by_layer(atlas: Atlas) -> dict[str, list[str]]:
    """Return the projects that have rows, or have something with rows below them, by layer; undrawn layers last."""
    drawn = {id_ for ids in atlas.rows["projects"] for id_ in ids}
    drawn |= {above for id_ in drawn for above in atlas.ancestors(id_)}
    found: dict[str, list[str]] = {layer: [] for layer in atlas.known_values("layer")}
    roots = [project.id for project in atlas.catalog.projects.values() if not project.parent]
    for id_ in (id_ for root in roots for id_ in tree(atlas, root)):
        if id_ in drawn:
            found[atlas.catalog.projects[id_].layer].append(id_)
    with_shape = set(atlas.rows.loc[~atlas.rows.geometry.isna(), "layer"])
    return {layer: found[layer] for layer in sorted(found, key=lambda layer: layer not in with_shape) if found[layer]}


def tree(atlas: Atlas, project: str) -> list[str]:
    """Return a project and everything below it, each before its children."""
    return [project, *(id_ for child in atlas.catalog.children(project) for id_ in tree(atlas, child))]


def countries_by_role(atlas: Atlas) -> dict[str, list[str]]:
    """Return the states that rows lie in: members, partners, others."""
    touched = {code for codes in atlas.rows["countries"] for code in codes}
    roles = atlas.countries_by_role()
    found = {group: [code for code in roles.get(role, ()) if code in touched] for role, group in ROLE_GROUPS.items()}
    named = {code for codes in found.values() for code in codes}
    found["members"].insert(0, ALL_MEMBERS)
    return {**found, OTHERS: [code for code in atlas.catalog.countries if code in touched - named]}


def rows_without(atlas: Atlas, selection: Selection, facet: str) -> gpd.GeoDataFrame:
    """Return the rows that `selection` would show if `facet` did not narrow it."""
    nothing: dict[str, Any] = {facet: ()}
    return select(atlas, replace(selection, **nothing))


def counts_of(atlas: Atlas, rows: gpd.GeoDataFrame, facet: str, year: int | None) -> Counter[str]:
    """Return for each value of `facet` how many of `rows` have it: what would be shown if it were chosen alone."""
    if facet == "project":
        with_above = ({above for id_ in ids for above in (id_, *atlas.ancestors(id_))} for ids in rows["projects"])
        return Counter(id_ for ids in with_above for id_ in ids)
    if facet == "country":
        members = atlas.members(year)
        counts = Counter(code for codes in rows["countries"] for code in set(codes))
        counts[ALL_MEMBERS] = sum(not members.isdisjoint(codes) for codes in rows["countries"])
        return counts
    return Counter(value for value in rows[facet] if isinstance(value, str))


def name_of(atlas: Atlas, facet: str, value: object, language: str) -> str:
    """Return what a value of a facet is called in `language`; an unknown one by its id, nothing for none."""
    catalog = atlas.catalog
    if not isinstance(value, str):
        return ""
    if facet == "country":
        return catalog.countries[value].name.in_language(language) if value in catalog.countries else value
    if facet in ("project", "layer"):
        entries: Mapping[str, Any] = catalog.projects if facet == "project" else catalog.layers
        title: str = entries[value].title.in_language(language) if value in entries else value
        return title
    word = catalog.vocabulary[facet].get(value)
    return word.label.in_language(language) if word else value
