"""Put the site together: every page, file of data, picture and list as bytes by its path; writes nothing itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sco_map.atlas import Atlas, Selection, select
from sco_map.changes import Difference
from sco_map.changes.wording import summary
from sco_map.errors import ScoMapError
from sco_map.export.archive import zipped
from sco_map.export.files import render
from sco_map.export.site.documents import documents_of, pictures_of
from sco_map.export.site.drawing import Drawing, Name, Shape, draw, ground_of
from sco_map.export.site.entries import (
    MODELS,
    Country,
    Download,
    Entry,
    Event,
    Index,
    Listed,
    Project,
    schema_of,
)
from sco_map.export.site.feed import atom, newest_section, news_of, robots, sitemap
from sco_map.export.site.folder import MARK, mark_of
from sco_map.export.site.gathering import Gatherer, source_of, stem_of
from sco_map.export.site.pages import Pages, picture_path
from sco_map.export.site.pictures import as_ground, as_png, ground_path
from sco_map.export.site.style import CHOSEN, FONTS_FOLDER, fonts, look, style_sheet
from sco_map.export.site.wording import Say
from sco_map.export.story import picture
from sco_map.model.languages import FIRST, LANGUAGES, TRANSLATIONS
from sco_map.model.viewport import page_address_fault
from sco_map.page import View
from sco_map.page.styles import THEMES, Styles, read_styles, tokens
from sco_map.version import VERSION

API = "api/v1"
DATA = "data"
STYLES = "styles.toml"
CHANGELOG = "CHANGELOG.md"
WITH_TABLES = ("gpkg", "xlsx", "shp.zip")
STORIES = "pictures/story"
WELL_KNOWN = frozenset({"city", "port"})
"""The kinds of places that a small map names first."""

WITH_ONE_TABLE = ("csv", "geojson", "parquet", "fgb")
ZIPPED = frozenset({"gpkg", "geojson", "fgb"})
"""What takes a third or less when it is zipped, as KML does, which becomes KMZ; programs unpack these by themselves."""

APART = {"share_alike": ("odbl", "only"), "without_share_alike": ("open", "without")}
"""The parts in which formats with one table are written, with the word in the name of the file for each."""

Progress = Callable[[str], None]


class SiteError(ScoMapError):
    """Say in one sentence why there can be no site."""


@dataclass(frozen=True)
class Made:
    """The site: its files by path; `address` is where it will be, empty when that is unknown."""

    files: Mapping[str, bytes]
    address: str


def site(
    atlas: Atlas,
    *,
    address: str = "",
    difference: Difference | None = None,
    checkout: Path | None = None,
    workers: int = 1,
    progress: Progress = lambda _: None,
) -> Made:
    """Return the site of an atlas; equal input gives equal bytes.

    address: where the site will be reached, which sitemap, feed and canonical links need.
    difference: what changed since another state.
    checkout: the folder of the repository, whose documentation becomes pages; without it there are none.
    workers: so many processes draw the pictures; one draws them here.
    """
    if address:
        if fault := page_address_fault(address):
            raise SiteError(f"the address of the site {fault}")
        address = address.rstrip("/") + "/"
    gatherer = Gatherer(atlas)
    documents = documents_of(checkout) if checkout else []
    pages = Pages(gatherer, address, has_docs=bool(documents))
    files: dict[str, bytes] = {}
    with pool(workers) as executor:
        progress("pages")
        pictures = Pictures(gatherer, executor)
        entries = [shown for entry in gatherer.entries() for shown in [pictures.with_picture(entry)]]
        projects = [entry for entry in entries if isinstance(entry, Project)]
        for entry in entries:
            for language in LANGUAGES:
                drawing = pictures.drawings[kind_of(entry), entry.id]
                files[entry.page[language]] = pages.entry(entry, kind_of(entry), language, drawing)
            files[f"{API}/{kind_of(entry)}/{stem_of(entry.id)}.json"] = dumped(entry)
        home = pictures.drawing_of_members()
        files["index.html"] = pages.home("index.html", FIRST, projects, home)
        for language in LANGUAGES:
            files[f"{language}/index.html"] = pages.home(f"{language}/index.html", language, projects, home)
            files.update(pages.lists(language, entries, len(atlas.catalog.sources)))
            files.update([changes_page(pages, language, difference, gatherer)])
            files.update(pages.stories(language, STORIES))
        for story in pages.articles():
            for at, step in enumerate(story.steps):
                files[picture_path(STORIES, story, at)] = picture(atlas, step).encode()
        for document in documents:
            files[document.path] = pages.rendered(
                "document.html", document.path, FIRST, document.title, document.title, article=document.html,
                documents=[{"title": one.title, "path": Path(one.path).name} for one in documents],
            )  # fmt: skip
        if checkout:
            files.update(pictures_of(checkout))
        progress("map")
        files["map.html"] = render(atlas, Selection(), View(address=f"{address}map.html" if address else None), "html")
        progress("data")
        downloads = list(data_files(atlas, files))
        schemas = {name: f"{API}/schema/{name}.json" for name in MODELS}
        files |= {path: as_json(schema_of(name)) for name, path in schemas.items()}
        files[f"{API}/index.json"] = dumped(index_of(gatherer, entries, downloads, schemas))
        files[f"{API}/sources.json"] = sources_json(atlas)
        files.update(pages.data(language, downloads, schemas) for language in LANGUAGES)
        progress("pictures")
        files.update(pictures.written())
    styles = read_styles(atlas.catalog.path / STYLES)
    files.update(grounds([home, *pictures.drawings.values()], styles))
    files["site.css"] = style_sheet(styles).encode()
    files.update({f"{FONTS_FOLDER}/{name}": content for name, content in fonts().items()})
    files["404.html"] = pages.missing()
    files["robots.txt"] = robots(address)
    changelog = checkout / CHANGELOG if checkout else None
    versions = newest_section(changelog.read_text(encoding="utf-8")) if changelog and changelog.is_file() else ("", [])
    news = news_of(difference, gatherer) if difference else []
    since = difference.old.name if difference else ""
    for path, language in (("feed.xml", FIRST), *((f"{language}/feed.xml", language) for language in TRANSLATIONS)):
        files[path] = atom(gatherer, language, address, news, since, versions, path)
    if address:
        in_languages = sorted({path.partition("/")[2] for path in files if path.startswith(f"{FIRST}/")})
        others = ["map.html", *(document.path for document in documents)]
        files["sitemap.xml"] = sitemap(address, in_languages, others, gatherer.facts_as_of)
    ordered = dict(sorted(files.items()))
    return Made({**ordered, MARK: mark_of(ordered, VERSION, atlas.checksum)}, address)


def kind_of(entry: Entry) -> str:
    """Return whether an entry is a project, a country or an event."""
    return str(getattr(entry, "type"))  # noqa: B009 -- each kind of entry declares its own


def dumped(entry: Any) -> bytes:
    """Return a model as JSON, what is unknown left out."""
    text: str = entry.model_dump_json(by_alias=True, exclude_none=True)
    return f"{text}\n".encode()


def as_json(value: Any) -> bytes:
    """Return values as JSON that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def sources_json(atlas: Atlas) -> bytes:
    """Return the register of sources."""
    found = [
        source_of(atlas, id_, number).model_dump(exclude_none=True)
        for number, id_ in enumerate(sorted(atlas.catalog.sources), start=1)
    ]
    return (json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def data_files(atlas: Atlas, files: dict[str, bytes]) -> Iterator[Download]:
    """Yield the downloads, having put each among the `files`."""

    def added(ending: str, content: bytes, rows: str, word: str = "") -> Download:
        path = f"{DATA}/sco-map-{VERSION}{word}.{ending}"
        if ending in ZIPPED:
            content = zipped({path.rpartition("/")[2]: content})
            path += ".zip"
        files[path] = content
        return Download.model_validate({"format": ending, "path": path, "bytes": len(content), "rows": rows})

    for ending in WITH_TABLES:
        yield added(ending, render(atlas, Selection(), View(), ending), "all")
    yield added("kmz", zipped({"doc.kml": render(atlas, Selection(), View(), "kml")}), "all")
    for ending in WITH_ONE_TABLE:
        for rows, (word, share_alike) in APART.items():
            content = render(atlas, Selection(), View(), ending, share_alike=share_alike)
            yield added(ending, content, rows, f".{word}")


def index_of(
    gatherer: Gatherer, entries: Iterable[Entry], downloads: list[Download], schemas: Mapping[str, str]
) -> Index:
    """Return the index of everything that there is to get."""
    return Index(
        version=VERSION,
        facts_as_of=gatherer.facts_as_of,
        checksum=gatherer.atlas.checksum,
        languages=list(LANGUAGES),
        entries=[listed(entry) for entry in entries],
        downloads=downloads,
        schemas=dict(schemas),
    )


def listed(entry: Entry) -> Listed:
    """Return an entry as the index has it."""
    more: dict[str, Any] = {}
    if isinstance(entry, Project):
        states = dict.fromkeys(code for row in entry.rows for code in row.countries)
        more = {"kind": entry.kind, "status": entry.status, "countries": list(states)}
    elif isinstance(entry, Country):
        more = {"countries": [entry.id]}
    elif isinstance(entry, Event):
        more = {"kind": entry.kind, "date": entry.date, "countries": [entry.place.country] if entry.place else []}
    kind = kind_of(entry)
    return Listed.model_validate(
        {"type": kind, "id": entry.id, "title": entry.title, "path": f"{kind}/{stem_of(entry.id)}.json", **more}
    )


def changes_page(pages: Pages, language: str, difference: Difference | None, gatherer: Gatherer) -> tuple[str, bytes]:
    """Return path and content of the page that says what changed."""
    say = Say(language)
    path = f"{language}/changes.html"
    lead = say.word("changes_text", name=difference.old.name) if difference else say.word("changes_none")
    return path, pages.rendered(
        "changes.html", path, language, say.word("changes"), lead, lead=lead,
        difference=news_of(difference, gatherer) if difference else [],
        summary=summary(difference) if difference else "", section="changes", here="changes",
    )  # fmt: skip


# -- pictures ----------------------------------------------------------------------------------------------------------


def grounds(drawings: Iterable[Drawing | None], styles: Styles) -> dict[str, bytes]:
    """Return the pictures that lie under small maps, by path; maps with the same ground share one."""
    looks = {theme: look(styles, theme) for theme in THEMES}
    by_path = {ground_path(one): one for one in drawings if one is not None}
    return {path: as_ground(one, looks).encode() for path, one in by_path.items()}


@contextmanager
def pool(workers: int) -> Iterator[Executor | None]:
    """Lend processes that draw pictures; none where one is enough."""
    if workers < 2:
        yield None
        return
    with ProcessPoolExecutor(workers - 1, mp_context=get_context("spawn")) as executor:
        yield executor


class Pictures:
    """The small maps of all entries, and their pictures, which other processes may draw meanwhile."""

    def __init__(self, gatherer: Gatherer, executor: Executor | None) -> None:
        self.gatherer = gatherer
        self.executor = executor
        self.ground = ground_of(gatherer.atlas.ground)
        self.drawings: dict[tuple[str, str], Drawing | None] = {}
        self.jobs: dict[str, Future[bytes] | Callable[[], bytes]] = {}
        light = tokens(read_styles(gatherer.atlas.catalog.path / STYLES), "light")
        self.colours = {name: value for name, value in light.items() if value.startswith("#")} | {
            "land_chosen": CHOSEN["light"]
        }
        states = gatherer.atlas.catalog.countries.items()
        roles = {code: state.roles[-1].role for code, state in states if state.roles}
        self.standing = {code: "member" if role == "member" else "partner" for code, role in roles.items()}

    def with_picture(self, entry: Entry) -> Entry:
        """Return an entry that knows its picture; its small map is kept for its pages."""
        kind = kind_of(entry)
        drawing = self.drawing_of(entry)
        self.drawings[kind, entry.id] = drawing
        if drawing is None:
            return entry
        path = f"pictures/{kind}/{stem_of(entry.id)}.png"
        self.jobs[path] = (
            self.executor.submit(as_png, drawing, self.colours)
            if self.executor
            else partial(as_png, drawing, self.colours)
        )
        return entry.model_copy(update={"picture": path})

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of each picture."""
        for path, job in self.jobs.items():
            yield path, job.result() if isinstance(job, Future) else job()

    def drawing_of(self, entry: Entry) -> Drawing | None:
        """Return the small map of an entry, None where it is nowhere."""
        if isinstance(entry, Project):
            ids = list(select(self.gatherer.atlas, Selection(project=(entry.id,)))["id"])
            shapes = [
                Shape(self.gatherer.shapes[id_], entry.layer.id, self.gatherer.rows[id_]["status"]) for id_ in ids
            ]
            shapes = [shape for shape in shapes if shape.geometry is not None]
            return draw(self.ground, shapes, self.standing, self.names_along(ids))
        if isinstance(entry, Event):
            if (here := entry.place) is None:
                return None
            spot = Shape(shapely.Point(here.longitude, here.latitude), "events")
            return draw(self.ground, [spot], self.standing, [Name(here.longitude, here.latitude, known(here.title))])
        state = self.gatherer.atlas.catalog.countries[entry.id]
        rows = [record for record in self.gatherer.rows.values() if entry.id in record["countries"]]
        drawn = [record for record in rows if record["status"] and self.gatherer.shapes[record["id"]] is not None]
        shapes = [Shape(self.gatherer.shapes[one["id"]], one["layer"], one["status"]) for one in drawn]
        lines = [one["id"] for one in drawn if one["length_km"] is not None]
        names = self.names_along(lines, entry.id)
        return draw(self.ground, shapes, self.standing, names, chosen=entry.id, bounds=state.bbox)

    def drawing_of_members(self) -> Drawing | None:
        """Return the map of the first page: the corridors."""
        corridors = [id_ for id_ in self.gatherer.projects() if self.gatherer.is_corridor(id_)]
        rows = [one for one in self.gatherer.rows.values() if set(one["projects"]) & set(corridors)]
        layers = self.gatherer.atlas.catalog.projects
        shapes = [
            Shape(self.gatherer.shapes[one["id"]], layers[home].layer, one["status"])
            for one in rows
            if one["length_km"] is not None and (home := next(id_ for id_ in one["projects"] if id_ in corridors))
        ]
        return draw(self.ground, shapes, self.standing)

    def names_along(self, ids: Iterable[str], country: str | None = None) -> list[Name]:
        """Return the places that lines begin and end at; only those of a state.

        Cities and ports come before stations, junctions and fields, whose names few know; of each those of the longest
        lines come first.
        """
        places = self.gatherer.atlas.catalog.places
        records = [self.gatherer.rows[id_] for id_ in ids]
        order = np.argsort([-(record["length_km"] or 0) for record in records], kind="stable")
        found: dict[str, None] = {}
        for at in order.tolist():
            stops = records[at]["places"]
            found |= dict.fromkeys([*stops[:1], *stops[-1:]])
        return [
            Name(place.lon, place.lat, {lang: text for lang in LANGUAGES if (text := getattr(place.name, lang))})
            for id_ in sorted(found, key=lambda id_: id_ in places and places[id_].kind not in WELL_KNOWN)
            if (place := places.get(id_)) and not place.is_helper and country in (None, place.country)
        ]


def known(texts: Any) -> dict[str, str]:
    """Return texts by language, as far as they are known."""
    return {language: text for language in LANGUAGES if (text := getattr(texts, language))}
