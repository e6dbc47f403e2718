"""What in the atlas has a name that a search may mean: projects, states, rows and places, as the page lists them."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.atlas.load import Atlas
from sco_map.catalog.models import PLACE
from sco_map.model.languages import LANGUAGES
from sco_map.model.likeness import Named
from sco_map.model.search import fold

MEMBER, EVENT = "member", "event"


def named_in(atlas: Atlas) -> list[Named]:
    """Return all that has a name, once each: a row named like its project is found as the project.

    An event has the names of its places, too: it is looked for by its city.
    """
    catalog, rows = atlas.catalog, atlas.rows
    used = {above for ids in rows["projects"] for id_ in ids for above in (id_, *atlas.ancestors(id_))}
    projects = {id_: catalog.projects[id_].title for id_ in sorted(used) if id_ in catalog.projects}
    seen = {code for codes in rows["countries"] for code in codes}
    along = {id_ for ids in rows["places"] for id_ in ids}
    taken = {fold(title.en) for title in projects.values()}
    return [
        *(Named("project", id_, (*title.texts, *catalog.names_beside(id_))) for id_, title in projects.items()),
        *(
            Named("country", id_, (*catalog.countries[id_].name.texts, *catalog.names_beside(id_)))
            for id_ in sorted(seen)
            if id_ in catalog.countries
        ),
        *(one for one in named_rows(atlas) if fold(one.names[0]) not in taken),
        *(
            Named("place", id_, (*place.name.texts, *catalog.names_beside(PLACE + id_)))
            for id_ in sorted(along)
            if (place := catalog.places.get(id_)) and not place.is_helper
        ),
    ]


def named_rows(atlas: Atlas) -> Iterator[Named]:
    """Yield the rows with their titles, but for states."""
    for row in atlas.rows.drop(columns="geometry").to_dict("records"):
        if row["kind"] == MEMBER:
            continue
        titles = {lang: title for lang in LANGUAGES if isinstance(title := row[f"title_{lang}"], str)}
        names = list(titles.values())
        for id_ in row["places"] if row["kind"] == EVENT else ():
            if place := atlas.catalog.places.get(id_):
                names += [f"{title} {name}" for lang, title in titles.items() if (name := getattr(place.name, lang))]
        yield Named("row", row["id"], (*names, *atlas.catalog.names_beside(row["id"])))
