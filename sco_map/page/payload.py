"""Turn the atlas into the data that the page carries: rows, catalog entries and ground, as plain JSON values."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from pydantic import BaseModel

from sco_map.atlas import Atlas, coverage
from sco_map.atlas.prose import atlas_prose
from sco_map.catalog import Catalog, Project
from sco_map.catalog.models import PLACE, Place
from sco_map.catalog.prose import Prose
from sco_map.model.columns import COLUMNS, PROSE, SHARED, OnPage
from sco_map.model.languages import FIRST, LANGUAGES, SCRIPTS
from sco_map.model.network import WAY_OF
from sco_map.model.outside import CODES
from sco_map.model.outside import NAMES as OUTSIDE_IDS
from sco_map.model.own import PREFIX
from sco_map.model.packing import LIGHT_TOLERANCE, TOLERANCE
from sco_map.page.addresses import with_short_addresses
from sco_map.page.columnar import Lists, Numbers, columns, table
from sco_map.page.ground import pack_ground
from sco_map.page.hops import has_legs, junctions, packed_hops, states_at_nodes
from sco_map.page.pack import pack_geometry
from sco_map.page.prose import in_languages, spoken, texts_in
from sco_map.page.squeeze import deflated
from sco_map.page.styles import Styles, page_styles
from sco_map.page.words import words

CARRIED = frozenset(column.name for column in COLUMNS if column.page in (OnPage.AS_IS, OnPage.NUMBERS))
"""Columns that a row carries under their own names; the others travel in another form or not at all."""

ALWAYS = frozenset(("kind", "layer", "hops", "countries", "places"))
"""What is asked of every row, whether its layer says anything of it or not."""

NO_LETTERS = re.compile(r"[^a-z0-9]+")

Json = dict[str, Any]


@dataclass(frozen=True)
class Carried:
    """What the page carries once for all rows: projects by id, and which sources and places there are."""

    atlas: Atlas
    languages: Sequence[str]
    prose: Prose
    projects: Mapping[str, Json]
    sources: Collection[str]
    places: Collection[str]
    names: Mapping[str, Mapping[str, str]]
    """The names of the places by language."""


def carried_by(head: Json, atlas: Atlas) -> Carried:
    """Return what the rows of an atlas may refer to in the head of the page."""
    languages = head["languages"]
    return Carried(
        atlas=atlas,
        languages=languages,
        prose=atlas_prose(atlas, languages),
        projects=head["projects"],
        sources=frozenset(head["sources"]),
        places=frozenset(head["places"]),
        names={
            id_: {lang: place[lang] for lang in languages if lang in place} for id_, place in head["places"].items()
        },
    )


def as_json(value: Any) -> str:
    """Return `value` as JSON that is safe inside a script element: no `<`, no line separators, no NaN."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def is_known(value: Any) -> bool:
    """Say whether a cell says anything: no null, no empty list, text or record."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    if isinstance(value, (list, tuple, dict, str)):
        return len(value) > 0
    return type(value).__name__ not in ("NAType", "NaTType")


def plain(value: Any) -> Any:
    """Return a cell as a plain JSON value: numpy numbers as Python's, whole numbers without decimals."""
    if type(value) is str:
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items() if is_known(entry)}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def titles(entry: Any, languages: Iterable[str]) -> dict[str, str]:
    """Return the title of an entry in those of the languages that it has, from `title_en` and so on."""
    found = {language: entry.get(f"title_{language}") for language in languages}
    return {language: text for language, text in found.items() if is_known(text)}


def dumped(entry: BaseModel, *names: str) -> Json:
    """Return the named fields of a catalog entry as JSON values, unknown ones left out."""
    values = entry.model_dump(mode="json", by_alias=True, include=set(names), exclude_none=True)
    return {name: plain(value) for name, value in values.items() if is_known(value)}


SOURCE_KEYS = ("url", "title", "publisher", "published", "accessed", "quality", "licence")
"""What a page says of a source, in the order in which it packs smallest."""


def in_order(record: Json, keys: Iterable[str]) -> Json:
    """Return a record with its keys in this order."""
    return {key: record[key] for key in keys if key in record}


def row_record(
    row: Mapping[str, Any], geometry: shapely.Geometry | None, page: Carried, *, light: bool = False
) -> Json:
    """Return what the page carries of one row: its known columns, titles by language, packed geometry.

    What the row has from its home project is only named (`same`), so is a title that is made of other names
    (`named`): the same facts in fewer bytes. Ids become numbers only when the rows are packed (`Once`).
    """
    known = {name: plain(value) for name, value in row.items() if name in CARRIED and is_known(value)}
    record: Json = in_languages(known, page.prose, page.languages, page.atlas)
    home = page.projects.get(record.get("projects", [None])[0], {})
    title = titles(row, page.languages)
    record |= {"named": named} if (named := named_after(title, home, record, page)) else {"title": title}
    same = [number for number, name in enumerate(SHARED) if name in record and record[name] == home.get(name)]
    for number in same:
        del record[SHARED[number]]
    if same:
        record["same"] = same
    if "sources" in record:
        record["sources"] = [id_ for id_ in record["sources"] if id_ in page.sources]
    if "places" in record:
        record["places"] = [id_ for id_ in record["places"] if id_ in page.places]
    if has_legs(row["kind"], row["hops"]):
        record["hops"] = packed_hops(row)
    if geometry is not None and row["layer"].startswith(PREFIX) and geometry.geom_type.endswith("Polygon"):
        geometry = geometry.boundary  # the areas of ours are drawn with the ground, those of a reader as outlines
    if geometry is not None and not geometry.geom_type.endswith("Polygon"):
        record["geometry"] = pack_geometry(geometry, LIGHT_TOLERANCE if light else TOLERANCE, coarse=light)
    return record


def named_after(title: Mapping[str, str], home: Json, record: Json, page: Carried) -> str | None:
    """Return what a row's title is made of, in every language: its home `project`, its first `place`, or the project
    and the two `ends`; None where it has a title of its own.
    """
    stops = record.get("places", [])
    known = [page.names[stop] for stop in (stops[:1] + stops[-1:]) if stop in page.names]
    whole = home.get("title", {})
    if title == whole:
        return "project"
    if len(known) < 2:
        return None
    first, last = known
    if title == first:
        return "place"
    ends = {lang: f"{whole[lang]}: {first[lang]} – {last[lang]}" for lang in whole if lang in first and lang in last}
    return "ends" if title == ends else None


def layer_payload(layer: str, rows: gpd.GeoDataFrame, page: Carried, *, light: bool = False) -> Json:
    """Return the rows of one layer, sorted by id; those of the `light` page have coarser lines."""
    shapes = rows.sort_values("id")
    cells = pd.DataFrame(shapes.drop(columns="geometry"))
    known = [name for name in cells.columns if name in ALWAYS or says_anything(cells[name])]
    entries: Any = cells[known].to_dict("records")
    return {
        "layer": layer,
        "rows": [
            row_record(row, shape, page, light=light) for row, shape in zip(entries, shapes.geometry, strict=True)
        ],
    }


def says_anything(column: pd.Series) -> bool:
    """Say whether any cell of a column is known; most columns of a reader's layer are empty from top to bottom."""
    if column.dtype != object:
        return bool(column.notna().any())
    return any(is_known(cell) for cell in column)


def used(rows: gpd.GeoDataFrame, column: str) -> list[str]:
    """Return the ids that the lists of a column name, each once, in the order of the table."""
    return list(dict.fromkeys(id_ for ids in rows[column] for id_ in ids))


def cited(
    rows: gpd.GeoDataFrame,
    projects: Iterable[BaseModel],
    roles: Iterable[BaseModel],
    ids: Iterable[BaseModel] = (),
) -> set[str]:
    """Return the ids of all sources that rows, their phases, their projects and the outside ids of these cite."""
    found = set(used(rows, "sources"))

    def collect(value: Any) -> None:
        if isinstance(value, (list, tuple)):
            for entry in value:
                collect(entry)
        elif isinstance(value, Mapping):
            if isinstance(value.get("source"), str):
                found.add(value["source"])
            found.update(id_ for id_ in value.get("sources") or () if isinstance(id_, str))
            for entry in value.values():
                if not isinstance(entry, str):
                    collect(entry)

    for column in COLUMNS:
        if any(part.words == "sources" for part in column.parts):
            for cell in rows[column.name]:
                if is_known(cell):
                    collect(cell)
    for entry in (*projects, *roles, *ids):
        collect(entry.model_dump(mode="json", exclude={"segments", "sites"}))
    return found


def with_ancestors(atlas: Atlas, projects: Iterable[str]) -> list[str]:
    """Return `projects` and everything above them in the tree that the catalog knows, sorted."""
    known = atlas.catalog.projects
    return sorted({above for id_ in projects if id_ in known for above in (id_, *atlas.ancestors(id_))})


def partly_carried(atlas: Atlas, rows: gpd.GeoDataFrame) -> set[str]:
    """Return the projects of which `rows` have some rows, but not all: lengths on the page are those of a part."""
    if len(rows) == len(atlas.rows):
        return set()
    missing = atlas.rows[~atlas.rows["id"].isin(rows["id"])]
    return set(with_ancestors(atlas, used(rows, "projects"))) & set(with_ancestors(atlas, used(missing, "projects")))


def head_payload(
    atlas: Atlas,
    rows: gpd.GeoDataFrame,
    styles: Styles,
    page: Json,
    *,
    languages: Sequence[str] = LANGUAGES,
    light: bool = False,
) -> Json:
    """Return what is not a row: words, looks, vocabulary, and the catalog entries that the rows refer to.

    Names and texts are in these `languages`, as far as they are known. The `light` page tells no stories.
    """
    from sco_map.page.stories import story_records  # here: files of data ask no network

    nodes = states_at_nodes(rows)
    everywhere = () if len(rows) < len(atlas.rows) else atlas.catalog.places
    places = {
        id_: place_record(atlas.catalog, place, nodes.get(id_), languages)
        for id_ in sorted({*used(rows, "places"), *nodes, *everywhere})
        if (place := atlas.catalog.places.get(id_)) and (id_ in nodes or not place.is_helper)
    }
    numbers = {id_: number for number, id_ in enumerate(places)}
    catalog = atlas.catalog
    projects = {id_: catalog.projects[id_] for id_ in with_ancestors(atlas, used(rows, "projects"))}
    partial = partly_carried(atlas, rows)
    countries = catalog.countries
    stories = story_records(atlas, languages, whole=not light and len(rows) == len(atlas.rows))
    outside = [one for id_ in projects for one in catalog.ids_of(id_).values()]
    sources = cited(rows, projects.values(), countries.values(), outside)
    sources |= {source for story in stories for step in story["steps"] for source in step.get("sources", ())}
    layers = sorted(set(rows["layer"]))
    held = covered(atlas)
    written = list(languages)[-1:] if light else list(languages)
    head: Json = {
        "page": page,
        "languages": list(languages),
        "styles": page_styles(styles),
        "vocabulary": {
            name: {id_: dumped(word, "label", "text") for id_, word in entries.items()}
            for name, entries in catalog.vocabulary.items()
        },
        "layers": {
            id_: {
                **dumped(layer, "title", "group", "order", "inclusion", "gaps", "as_of", "licence", "columns"),
                **credit(atlas, id_),
            }
            for id_, layer in sorted(catalog.layers.items(), key=lambda item: item[1].order)
            if id_ in layers
        },
        "projects": {
            id_: {
                **{
                    key: value
                    for key, value in dumped(
                        project, "title", "summary", "parent", "layer", "kind", "form", *SHARED
                    ).items()
                    if not (key == "summary" and value == project.title.en)
                },
                **outside_ids(catalog, project),
                **({"partial": True} if id_ in partial else {}),
            }
            for id_, project in projects.items()
        },
        "ways": {
            f"{id_}{WAY_OF}{way.id}": {
                key: value for key, value in dumped(way, *type(way).model_fields).items() if key != "id"
            }
            for id_, project in projects.items()
            for way in project.ways
        },
        "places": places,
        "junctions": junctions(atlas, nodes, numbers),
        "also": {
            id_: names
            for id_ in (*countries, *projects, *rows["id"], *(PLACE + id_ for id_ in places))
            if (names := [name for name in catalog.names_beside(id_) if is_written_in(name, written)])
        },
        "countries": {
            id_: {
                **dumped(country, "name", "roles", "capital", "bbox"),
                **({"coverage": held[id_]} if id_ in held else {}),
                **ids_in(catalog, id_),
            }
            for id_, country in sorted(countries.items())
        },
        "sources": {
            id_: in_order(dumped(source, *SOURCE_KEYS), SOURCE_KEYS)
            for id_, source in sorted(catalog.sources.items())
            if id_ in sources
        },
        "stories": stories,
        "licences": {
            id_: dumped(licence, "title", "url", "attribution") for id_, licence in sorted(catalog.licences.items())
        },
    }
    prose = atlas_prose(atlas, languages)
    named = spoken(head, languages)
    with_prose = {name: in_languages(named[name], prose, languages, atlas) for name in WITH_PROSE}
    return {**named, **with_prose, "words": {lang: words(lang) for lang in languages}}


@lru_cache(maxsize=4)
def covered(atlas: Atlas) -> Mapping[str, Sequence[Json]]:
    """Return for each state how many km of its railways and gas trunk lines the map holds, and the official length."""
    found: dict[str, list[Json]] = {}
    for entry in coverage(atlas).entries:
        facts = {"map_km": round(entry.map_km), "km": entry.official_km, "as_of": entry.as_of, "source": entry.source}
        known = {key: plain(value) for key, value in facts.items() if value is not None}
        found.setdefault(entry.country, []).append({"kind": entry.kind, **known})
    return found


def is_written_in(name: str, languages: Iterable[str]) -> bool:
    """Tell whether a name has letters of one of some languages."""
    scripts = tuple(SCRIPTS[language] for language in languages)
    return any(unicodedata.name(letter, "").startswith(scripts) for letter in name)


def ids_in(catalog: Catalog, entry: str, schemes: Collection[str] = OUTSIDE_IDS) -> Json:
    """Return the ids that others give to an entry of the catalog, by scheme; only those of these schemes."""
    return {scheme: one.id for scheme, one in catalog.ids_of(entry).items() if scheme in schemes}


def outside_ids(catalog: Catalog, project: Project) -> Json:
    """Return the ids that others give to a project, with who says so beside who says its figures."""
    said = [{"figure": one.scheme, "source": one.source} for one in catalog.ids_of(project.id).values()]
    figures = [entry.model_dump() for entry in project.figure_sources]
    return {**ids_in(catalog, project.id), "figure_sources": [*figures, *said]} if said else {}


def place_record(catalog: Catalog, place: Place, states: Collection[str] | None, languages: Iterable[str]) -> Json:
    """Return a place: names, state, kind, codes, longitude and latitude, in the order in which they pack smallest.

    `states` are those of the hops that end at a place of the network; its own is carried where they do not say it.
    """
    names = {lang: name for lang in languages if (name := getattr(place.name, lang))}
    state = {"country": place.country} if states is not None and set(states) != {place.country} else {}
    codes = ids_in(catalog, PLACE + place.id, CODES)
    at = {"lon": round(place.lon, 3), "lat": round(place.lat, 3)}
    return {**in_order(names, [FIRST]), **state, "kind": place.kind, **names, **codes, **at}


TABLES = ("layers", "projects", "ways", "places", "countries", "sources", "licences")
"""Parts of the head that hold entries by id, and travel column by column."""

WITH_PROSE = ("layers", "projects", "ways", "countries")
"""Those of them that have texts for readers."""

CITING = ("source", "sources")
"""Keys whose texts are ids of sources."""

PASSING = ("places", "stops")
"""Keys whose texts are ids of places."""


@dataclass(frozen=True)
class Once:
    """What travels once for the whole page, each with its number: ids of sources and places, and texts for readers."""

    sources: Sequence[str]
    places: Sequence[str]
    texts: Sequence[Mapping[str, str]]

    @property
    def numbers(self) -> Numbers:
        """The numbers by key of a record: those of sources and places by id, those of texts by their English words."""
        sources = {id_: number for number, id_ in enumerate(self.sources)}
        places = {id_: number for number, id_ in enumerate(self.places)}
        texts = {text[FIRST]: number for number, text in enumerate(self.texts)}
        return {**dict.fromkeys(CITING, sources), **dict.fromkeys(PASSING, places), **dict.fromkeys(PROSE, texts)}

    @property
    def lists(self) -> Lists:
        """What the numbers stand for, by key of a record."""
        return {
            **dict.fromkeys(CITING, self.sources),
            **dict.fromkeys(PASSING, self.places),
            **dict.fromkeys(PROSE, self.texts),
        }


def sent_once(head: Json, layers: Iterable[Json]) -> Once:
    """Return what the head of a page and its rows use that travels once."""
    texts = texts_in([*(head[name] for name in WITH_PROSE), *layers])
    return Once(list(head["sources"]), list(head["places"]), tuple(texts.values()))


def packed_head(head: Json, once: Once, *, light: bool = False) -> Json:
    """Return the head as it travels: entries column by column, words, vocabulary and texts for readers, too.

    The `light` page has a text in English only where its own language lacks it.
    """
    texts = [without_english(text) if light else text for text in once.texts]
    stories = [briefly(story) for story in head["stories"]] if light else head["stories"]
    words: dict[str, Json] = {}
    for lang, texts_of in head["words"].items():
        for key, text in texts_of.items():
            words.setdefault(key, {})[lang] = text
    return {
        **head,
        **{name: table(head[name], once.numbers) for name in TABLES},
        "sources": table(with_short_addresses(head["sources"])),
        "texts": counted(texts),
        "places": [place_ids(head["places"]), columns(list(head["places"].values()))],
        "words": table(words),
        "stories": counted(stories, once.numbers),
        "vocabulary": {name: table(entries) for name, entries in head["vocabulary"].items()},
    }


def without_english(text: Mapping[str, str]) -> Mapping[str, str]:
    """Return a text in the languages that have it but English, in English where no other has it."""
    return {language: words for language, words in text.items() if language != FIRST} or text


def briefly(value: Any) -> Any:
    """Return a story with every text in the language of the light page alone, in English where it lacks it."""
    if isinstance(value, dict):
        return without_english(value) if FIRST in value else {key: briefly(inner) for key, inner in value.items()}
    return [briefly(inner) for inner in value] if isinstance(value, list) else value


def place_ids(places: Mapping[str, Json]) -> list[str | int]:
    """Return the ids of places in a list, 0 for each that is its English name in letters of an id."""
    return [0 if id_ == plain_id(place.get("en", "")) else id_ for id_, place in places.items()]


def plain_id(name: str) -> str | None:
    """Return a plain English name as an id, None for a name with other letters."""
    return NO_LETTERS.sub("_", name.lower()).strip("_") if name.isascii() else None


def packed_ground(ground: Json) -> Json:
    """Return the ground as it travels: each list of features as their number, and the features column by column."""
    land = ground.get("land")
    whole = ground if land is None else {**ground, "land": {**land, "units": counted(land["units"])}}
    return {name: counted(part) if isinstance(part, list) else part for name, part in whole.items()}


def counted(entries: Sequence[Any], numbers: Numbers | None = None) -> list[Any]:
    """Return the number of entries, and the entries column by column."""
    return [len(entries), columns(entries, numbers)]


def packed_rows(layers: Iterable[Json], once: Once) -> Json:
    """Return the rows of all layers as they travel: the number in each layer, and the rows column by column."""
    counted = [(layer["layer"], layer["rows"]) for layer in layers]
    rows = [row for _, rows in counted for row in rows]
    return {"layers": [[layer, len(rows)] for layer, rows in counted], "rows": columns(rows, once.numbers)}


def credit(atlas: Atlas, layer: str) -> Json:
    """Return the attribution that the file of a layer asks for."""
    attribution = atlas.heads.get(layer, {}).get("attribution")
    return {"attribution": attribution} if is_known(attribution) else {}


@lru_cache(maxsize=4)
def _ground(files: tuple[tuple[str, bytes], ...], light: bool) -> tuple[Json, str]:
    ground = pack_ground(dict(files), light=light)
    relief = ground.pop("relief", None)
    return ground, deflated(as_json(relief))


@lru_cache(maxsize=4)
def _ground_texts(files: tuple[tuple[str, bytes], ...], light: bool, languages: tuple[str, ...]) -> tuple[str, str]:
    ground, relief = _ground(files, light)
    return deflated(as_json(packed_ground(spoken(ground, languages)))), relief


def ground_of(files: Mapping[str, bytes]) -> Json:
    """Return the ground of the full page without its relief, as others draw it; they leave it as it is."""
    return _ground(tuple(sorted(files.items())), False)[0]


def ground_texts(
    files: Mapping[str, bytes], *, light: bool = False, languages: Sequence[str] = LANGUAGES
) -> tuple[str, str]:
    """Return the ground of the map with its names in these languages, packed, and its relief.

    `files` are the contents of the files of the ground by name, as the atlas has them; the last few are kept.
    """
    return _ground_texts(tuple(sorted(files.items())), light, tuple(languages))
