"""Points: ports, plants, stations, fields, dams, each at its place of the gazetteer."""

from __future__ import annotations

from sco_map.catalog import Catalog, Site
from sco_map.layers.rows.features import (
    Feature,
    common,
    feature,
    licence_of,
    point_columns,
    point_geometry,
    site_title,
    sources_of,
    titles,
)


def site_feature(site: Site, catalog: Catalog) -> Feature:
    """Return the feature of a point; its accuracy is that of its place, and a length is that of its project."""
    place = catalog.places[site.place]
    sources = sources_of(site, (), [place], (), catalog)
    values = {
        **common(site, catalog),
        **titles(site_title(site, catalog.projects[site.project], place)),
        **point_columns(place),
        "published_lengths": [],
        "sources": sources,
        "licence": licence_of(sources, catalog),
    }
    return feature(point_geometry(place), values)
