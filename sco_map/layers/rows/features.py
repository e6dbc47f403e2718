"""A row of a layer: the facts about a line or a point and what its geometry tells, as one GeoJSON feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from sco_map.catalog import (
    Catalog,
    LocalText,
    Place,
    Project,
    PublishedLength,
    Segment,
    Site,
)
from sco_map.catalog.models import ENTRY_OF, PLACE, Facts, OutsideId, Row
from sco_map.layers.rows.hops import added_up
from sco_map.layers.rows.pieces import Piece
from sco_map.model.accuracy import row_figures
from sco_map.model.columns import BY_NAME, COLUMNS, SEGMENT, Column, Type, Value
from sco_map.model.geodesy import Point, length_km, rounded
from sco_map.model.languages import LANGUAGES
from sco_map.model.outside import CODES
from sco_map.model.outside import NAMES as OUTSIDE_IDS

Feature = dict[str, Any]


def feature(geometry: Mapping[str, Any] | None, values: Mapping[str, Any]) -> Feature:
    """Return a GeoJSON feature with every column of a row, in the usual order; columns of one layer alone come last."""
    properties: dict[str, Any] = {column.name: column.empty for column in COLUMNS if not column.declared}
    properties.update(values)
    return {"type": "Feature", "id": values["id"], "properties": properties, "geometry": geometry}


def record(entry: BaseModel, parts: Iterable[Value]) -> dict[str, Any]:
    """Return an entry of the catalog as a record of a row: its parts in the order of the table.

    What is not known is null, or left out where the table says so.
    """
    values = entry.model_dump(by_alias=True)
    return {part.name: values[part.name] for part in parts if values[part.name] is not None or not part.optional}


def cell_of(facts: Facts, column: Column) -> Any:
    """Return what an entry of the catalog says in a column, as the files carry it."""
    if column.type is Type.TEXTS:
        return list(facts.fact(column.name))
    if not column.parts:
        return facts.fact(column.name)
    records = [record(entry, column.parts) for entry in facts.records(column.name)]
    return records if column.type is Type.RECORDS else next(iter(records), None)


def said_by(facts: Facts) -> dict[str, Any]:
    """Return the columns that an entry of the catalog may say; those of some layers alone only where it says them."""
    cells = {column.name: cell_of(facts, column) for column in COLUMNS if facts.entry in column.entries}
    return {name: cell for name, cell in cells.items() if cell or not BY_NAME[name].declared}


def lengths(published: Iterable[PublishedLength]) -> list[dict[str, Any]]:
    """Return published lengths as the files carry them."""
    return [record(length, BY_NAME["published_lengths"].parts) for length in published]


def with_ids(values: Mapping[str, Any], ids: Iterable[OutsideId]) -> dict[str, Any]:
    """Return the columns of an entry with the ids that others give to it, and with who says so."""
    found = {one.scheme: one for one in ids}
    said = [{"figure": one.scheme, "source": one.source} for one in found.values()]
    named = {scheme: one.id for scheme, one in found.items()}
    return {**values, **named, "figure_sources": [*values.get("figure_sources", ()), *said]} if said else {**values}


def ids_of(row: Row, catalog: Catalog) -> list[OutsideId]:
    """Return the ids that others give to a row, in the order of the table.

    Where a row is the only one of its sort, those of its project are its own; a point has the codes of its place.
    """
    project = catalog.projects[row.project]
    found: dict[str, OutsideId] = {}
    if isinstance(row, Site):
        codes = catalog.ids_of(PLACE + row.place)
        found = {scheme: codes[scheme] for scheme in CODES if scheme in codes}
    if (
        ENTRY_OF.get(project.form) == row.entry
        and len(project.segments if row.entry == SEGMENT else project.sites) == 1
    ):
        found |= catalog.ids_of(project.id)
    found |= catalog.ids_of(row.id)
    return [found[scheme] for scheme in OUTSIDE_IDS if scheme in found]


def titles(text: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the title columns of a text in four languages."""
    return {f"title_{language}": text.get(language) for language in LANGUAGES}


def in_languages(text: LocalText) -> dict[str, str | None]:
    """Return a text of the catalog by language, None where it is not known."""
    return {language: getattr(text, language) for language in LANGUAGES}


def between(project: LocalText, start: LocalText, end: LocalText) -> dict[str, str | None]:
    """Return "project: start – end" in every language in which all three are known."""
    whole, first, last = in_languages(project), in_languages(start), in_languages(end)
    return {
        language: f"{whole[language]}: {first[language]} – {last[language]}"
        if whole[language] and first[language] and last[language]
        else None
        for language in LANGUAGES
    }


def segment_title(segment: Segment, project: Project, stops: Sequence[Place]) -> dict[str, str | None]:
    """Return the title of a line: its own, its project's when it is alone in it, else with the two end places."""
    if segment.title is not None:
        return in_languages(segment.title)
    if len(project.segments) + len(project.sites) == 1:
        return in_languages(project.title)
    return between(project.title, stops[0].name, stops[-1].name)


def site_title(site: Site, project: Project, place: Place) -> dict[str, str | None]:
    """Return the title of a point: its own, its project's when it is alone in it, else the name of the place."""
    if site.title is not None:
        return in_languages(site.title)
    return in_languages(project.title if len(project.segments) + len(project.sites) == 1 else place.name)


def unique(values: Iterable[str | None]) -> list[str]:
    """Return the values that are not None, each once, in the order of their first appearance."""
    return list(dict.fromkeys(value for value in values if value is not None))


def sources_of(
    row: Row, published: Iterable[PublishedLength], places: Iterable[Place], drawn: Iterable[str], catalog: Catalog
) -> list[str]:
    """Return every source a row rests on: of its facts first, then of its geometry, last of its outside ids."""
    lengths_of = (length.source for length in published)
    ids = (one.source for one in ids_of(row, catalog))
    return unique([*row.cited(), *lengths_of, *(place.source for place in places), *drawn, *ids])


def licence_of(sources: Iterable[str], catalog: Catalog) -> str | None:
    """Return the most demanding licence among those of the sources; licences.toml lists them from free to strict."""
    order = list(catalog.licences)
    found = {catalog.sources[source].licence for source in sources if source in catalog.sources}
    known = [licence for licence in found if licence is not None and licence in order]
    return max(known, key=order.index, default=order[0] if order else None)


def common(row: Row, catalog: Catalog) -> dict[str, Any]:
    """Return the columns that lines and points take straight from the catalog."""
    return {
        **with_ids(said_by(row), ids_of(row, catalog)),
        "id": row.id,
        "projects": [row.project, *sorted(catalog.users.get(row.id, ()))],
        "status": row.status,
    }


def published_for(segment: Segment, project: Project) -> list[PublishedLength]:
    """Return the published lengths shown with a line: its own, and those of its project that name it or all of it."""
    of_project = [length for length in project.published_lengths if length.scope in {"all", segment.id}]
    return list(dict.fromkeys([*segment.published_lengths, *of_project]))


def drawn_points(piece: Piece) -> list[Point]:
    """Return the points of a piece as they are written: rounded, none twice in a row."""
    points = [rounded(point) for point in piece.points]
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]


def line_geometry(parts: Sequence[Sequence[Point]]) -> dict[str, Any]:
    """Return a LineString for one part, a MultiLineString for more."""
    coordinates = [[list(point) for point in part] for part in parts]
    if len(coordinates) == 1:
        return {"type": "LineString", "coordinates": coordinates[0]}
    return {"type": "MultiLineString", "coordinates": coordinates}


def line_facts(segment: Segment, catalog: Catalog) -> dict[str, Any]:
    """Return the columns of a line that do not depend on how it is drawn."""
    return {
        **common(segment, catalog),
        "published_lengths": lengths(published_for(segment, catalog.projects[segment.project])),
    }


def unrouted_feature(segment: Segment, catalog: Catalog) -> Feature:
    """Return the feature of a line whose route nobody has published: null geometry, no length, no accuracy."""
    project = catalog.projects[segment.project]
    sources = sources_of(segment, published_for(segment, project), (), (), catalog)
    values = {
        **line_facts(segment, catalog),
        **titles(in_languages(segment.title or project.title)),
        "countries": list(project.countries),
        "sources": sources,
        "licence": licence_of(sources, catalog),
    }
    return feature(None, values)


def line_feature(
    segment: Segment,
    pieces: Sequence[Piece],
    *,
    stops: Sequence[Place],
    countries: Sequence[str],
    hops: Sequence[Mapping[str, Any]],
    length_basis: str,
    drawn_from: Sequence[str],
    catalog: Catalog,
) -> Feature:
    """Return the feature of a line.

    `pieces` become the parts of its geometry, one each; `hops` are the records of the same line cut at its places,
    `length_basis` says what their km are those of. `stops` are the places of its route in order, `drawn_from` the
    sources of a geometry that is more than hops between places.
    """
    project = catalog.projects[segment.project]
    parts = [drawn_points(piece) for piece in pieces]
    km = [length_km(part) for part in parts]
    accuracies = [round(piece.accuracy_km, 1) for piece in pieces]
    figures = row_figures(km, accuracies, [piece.basis for piece in pieces])
    sources = sources_of(segment, published_for(segment, project), stops, drawn_from, catalog)
    values = {
        **line_facts(segment, catalog),
        **titles(segment_title(segment, project, stops)),
        "countries": list(countries),
        "km_by_country": added_up(hops),
        "length_km": round(sum(hop["km"] for hop in hops), 2),
        "drawn_km": round(sum(km), 2),
        "length_basis": length_basis,
        "accuracy_km": figures.accuracy_km,
        "accuracy_mean_km": figures.mean_km,
        "accuracy_worst_km": figures.worst_km,
        "accuracy_basis": figures.basis,
        "pieces": [
            {
                "km": round(length, 2),
                "accuracy_km": accuracy,
                "basis": piece.basis,
                "from": piece.start,
                "to": piece.end,
            }
            for piece, length, accuracy in zip(pieces, km, accuracies, strict=True)
        ],
        "hops": list(hops),
        "places": unique(place.id for place in stops if not place.is_helper),
        "sources": sources,
        "licence": licence_of(sources, catalog),
    }
    return feature(line_geometry(parts), values)


def point_columns(place: Place) -> dict[str, Any]:
    """Return the columns that follow from the place of a point."""
    return {
        "countries": [place.country],
        "accuracy_km": place.accuracy_km,
        "accuracy_mean_km": place.accuracy_km,
        "accuracy_worst_km": place.accuracy_km,
        "accuracy_basis": "waypoints",
        "places": [] if place.is_helper else [place.id],
    }


def point_geometry(place: Place) -> dict[str, Any]:
    """Return the point of a place."""
    return {"type": "Point", "coordinates": list(rounded((place.lon, place.lat)))}
