"""The library: load the map, select from it, and have what was selected as a table, as sums or as a file."""

from __future__ import annotations

import html
import operator
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Any, SupportsIndex, overload

import geopandas as gpd
import pandas as pd

from sco_map import atlas as tables
from sco_map import routing
from sco_map.atlas import Selection, SelectionError, Totals, load_atlas, summarise, totals
from sco_map.atlas.summary import GROUPS
from sco_map.export import export, render, write
from sco_map.heavy.engines import engine_of
from sco_map.heavy.work import Measured, locating, match, measure
from sco_map.model.ranges import MEASURES
from sco_map.model.selection import split_values
from sco_map.model.suggestions import unknown
from sco_map.model.texts import counted
from sco_map.own.adding import add_files, read_layers
from sco_map.own.matching import NEAR_KM, Matching
from sco_map.page import View
from sco_map.paths import GEODATA

FRAME = (
    '<iframe srcdoc="{page}" sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
    'title="{title}" style="width:100%;height:560px;border:1px solid #d9d3c5"></iframe>'
)
"""What holds the page in a notebook: its script runs, but sees neither the notebook nor the reader's other pages."""


@dataclass(frozen=True, eq=False, repr=False)
class Atlas(tables.Atlas):
    """The whole map: all rows of all layers, and the catalog of facts that they were built from.

    `rows` is a GeoDataFrame in WGS 84 (EPSG:4326, longitude before latitude), one row for each segment (a line) or site
    (a point, an area or no geometry), sorted by layer and id. Lengths are kilometres: `length_km` is that of the track
    where the row follows the railway network and that of the drawing elsewhere, as `length_basis` says; `drawn_km` is
    that of the drawing, on the ellipsoid, and `published_lengths` are what sources print. `accuracy_km` is the distance
    within which nine tenths of the row are expected to lie; what is unknown is NA. docs/columns.md has all columns.

    `catalog` holds projects, countries, places, sources, licences and vocabulary by id; `heads` title, licence,
    attribution and date of each layer; `year` is the year of the facts; `known_values(facet)` are the values that a
    facet of a selection may take, with their names; `checksum` says whether two atlases hold the same layers.

    `own_notes` says what was repaired, left out or not understood in the files of your own that were added.

    Do not change it: `select` returns tables of your own.
    """

    own_notes: tuple[str, ...] = ()

    def select(
        self,
        selection: Selection | None = None,
        /,
        *,
        country: str | Iterable[str] | None = None,
        project: str | Iterable[str] | None = None,
        layer: str | Iterable[str] | None = None,
        kind: str | Iterable[str] | None = None,
        status: str | Iterable[str] | None = None,
        role: str | Iterable[str] | None = None,
        year: SupportsIndex | None = None,
        since: SupportsIndex | None = None,
        late: bool = False,
        capacity: str | None = None,
        length: str | None = None,
        diameter: str | None = None,
        opened: str | None = None,
        q: str | None = None,
        worldview: str | None = None,
    ) -> Extract:
        """Return the rows that match: OR within a keyword, AND between keywords; without any it is everything.

        The words are those of addresses and of the command line; a `Selection` will do instead of them, such as
        `Selection.from_query("country=UZB&status=operating")`, the part of an address after `?` or `#`.

        country: ISO 3166-1 alpha-3 codes; "sco" stands for all members (in `year`).
        project: ids of projects; each brings those below it in the tree.
        A value with a minus sign before it, such as "-idle", leaves out the rows that have it.
        layer, kind, status, role: ids; `sco-map list layers` and `sco-map list kinds` print them.
        year: the map as of this year, with the status and the role that everything had then.
        since: what opened in this year or later.
        late: what was promised for `year` (or for the year of the facts) or before and is not open.
        capacity, length, diameter, opened: ranges such as "100-500", "100-" or "-500", ends included, of a row's own
            figures: a capacity with its unit ("20-50bcm/yr"), km, mm, and the year in which it opened.
        q: words to look for in names, places and sources, in any of the four languages.
        worldview: whose view of borders: it decides to which states the rows in disputed areas count.

        Raises SelectionError with a sentence for every value that is unknown, naming the nearest that are known.
        """
        facets = {"country": country, "project": project, "layer": layer, "kind": kind, "status": status, "role": role}
        years = {"year": year, "since": since}
        texts = {"capacity": capacity, "length": length, "diameter": diameter, "opened": opened, "q": q}
        asked = facets | years | {"late": late or None} | texts
        keywords = [name for name, value in asked.items() if value is not None]
        if selection is not None and keywords:
            raise TypeError(f"select takes a selection or keywords, not both: {', '.join(keywords)}")
        if selection is None:
            chosen = {name: listed(name, values) for name, values in facets.items()}
            whole = {name: whole_number(name, value) for name, value in years.items()}
            written = {name: text_of(name, value) for name, value in texts.items()}
            selection = Selection(**chosen, **whole, **written, late=bool(late))  # type: ignore[arg-type]
        complaints = selection.complaints(self)
        if worldview is not None and worldview not in self.worldviews:
            complaints.append(unknown("worldview", worldview, self.worldviews))
        if complaints:
            raise SelectionError(complaints)
        return Extract(self, selection, worldview)

    def coverage(self, country: str | Iterable[str] = ()) -> tables.Coverage:
        """Return how much of each state's railways and gas trunk lines the map holds, beside the official length.

        Of each state the km in operation that lie in it, the latest official figure with its date and source, and the
        share; where no official figure was found, there is none. The result is a table (`to_frame`) and JSON values.
        """
        chosen = tuple(code.upper() for code in listed("country", country))
        known = self.catalog.known("countries")
        if complaints := [unknown("country", code, known) for code in chosen if code not in known]:
            raise SelectionError(complaints)
        return tables.coverage(self, chosen)

    def route(
        self,
        start: str,
        end: str,
        *,
        year: int | None = None,
        promised: bool = False,
        kinds: Iterable[str] = routing.DEFAULT_KINDS,
        via: Iterable[str] = (),
        avoid: Iterable[str] = (),
        by: str = "shortest",
        alternatives: int = 3,
        worldview: str | None = None,
    ) -> routing.Route:
        """Return the best way from `start` to `end` and up to three in all that really differ.

        start, end, via: places, by id or by name in any of the four languages; a route passes `via` in their order.
        year: the network as of that year; None is the year of the facts.
        promised: with the lines that were announced for the year or before and are neither open nor given up.
        kinds: rail, ferry and sea; road, gas_pipeline and oil_pipeline on request.
        avoid: places, states (ISO 3166-1 alpha-3), rows and projects to leave aside.
        by: "shortest", or the fewest "borders" or breaks of "gauges".
        worldview: whose view of borders decides to which states the km in disputed areas count.

        The route prints, is a table (`to_frame`), JSON values (`to_dict`) and GeoJSON (`to_geojson`). Lengths are km
        along the track where that is known. Raises RoutingError, a SelectionError, which says why there is none.
        """
        return routing.route(
            self,
            one_text("start", start),
            one_text("end", end),
            year=whole_number("year", year),
            promised=promised,
            kinds=listed("kinds", kinds),
            via=listed("via", via),
            avoid=listed("avoid", avoid),
            by=by,
            alternatives=whole_number("alternatives", alternatives) or 0,
            worldview=worldview,
        )

    def compare(self, *subjects: tuple[Any, ...] | list[Any] | str, **asked: Any) -> routing.Comparison:
        """Return two to four corridors, projects, rows or routes side by side.

        A corridor, a project, a row or one of the ways that a project names is given by id ("middle_corridor",
        "middle_corridor/khorgos_poti"), a route as (from, to) or (from, to, year). The keywords are those of `route`
        and hold for all routes; of lines only `year`, `promised` and `worldview` do. The comparison prints, is a table
        (`to_frame`, `km_by_country`), JSON values (`to_dict`) and a picture (`to_svg`). Raises RoutingError for what is
        not one line.
        """
        lines = {name: asked[name] for name in ("year", "promised", "worldview") if name in asked}
        found = []
        for subject in subjects:
            if isinstance(subject, str):
                found.append(routing.line_of(self, subject, **lines))
                continue
            if len(subject) not in (2, 3):
                raise SelectionError([f"{subject!r} is not a route; give (from, to) or (from, to, year)"])
            start, end, *then = subject
            year = {"year": whole_number("year", then[0])} if then else {}
            found.append(self.route(start, end, **{"alternatives": 1, **asked, **year}))
        return routing.compare(*found)

    def describe(self, id_: str) -> routing.Description:
        """Return a row, a corridor or one of its ways in words: where it begins, its legs, borders, what it meets.

        It prints, says itself in four languages (`text("ru")`, `legs("zh")`) and is JSON values (`to_dict`). Raises
        RoutingError for what is not one line.
        """
        return routing.describe(self, one_text("id", id_))

    def cut(
        self,
        *removed: str,
        ends: Iterable[str] = (),
        year: int | None = None,
        promised: bool = False,
        kinds: Iterable[str] = routing.DEFAULT_KINDS,
    ) -> routing.Cut:
        """Return what is lost without some places, states, rows or projects, and the single points of failure.

        ends: the places between which ways are measured; without any the capitals and the ports on the network.
        """
        return routing.cut(
            self,
            *(one_text("what is taken away", name) for name in removed),
            ends=listed("ends", ends),
            year=whole_number("year", year),
            promised=promised,
            kinds=listed("kinds", kinds),
        )

    def promises(
        self,
        *,
        project: str | Iterable[str] = (),
        country: str | Iterable[str] = (),
        by: str | None = None,
        year: int | None = None,
    ) -> routing.Ledger:
        """Return the ledger of announced openings: who said what for when, how far it slipped, what became of it.

        project, country, by: only these projects with those below them, these states, what was said by these.
        year: as of the end of that year; None is the year of the facts.
        """
        return routing.promises(
            self,
            project=listed("project", project),
            country=listed("country", country),
            by=text_of("by", by),
            year=whole_number("year", year),
        )

    def with_layer(
        self,
        *files: str | PathLike[str],
        columns: Mapping[str, str] | None = None,
        crs: str | None = None,
    ) -> Atlas:
        """Return this map with files of your own as further layers; this one stays as it is.

        files: GeoJSON, GeoPackage, FlatGeobuf, KML, KMZ, zipped shapefiles, CSV, XLSX or GeoParquet; "FILE:layer" names
            the layer of a file that has several.
        columns: which column of the file is ours, such as {"name": "PipelineName", "status": "State"}; the others are
            guessed, an empty text takes a guess away. docs/own-data.md has the names.
        crs: the reference system of a file that does not say it, such as "EPSG:32642".

        Each file is a layer of its own, `own_<name>`, of the group "own"; `problems` are not touched, what was repaired
        or left out is in `own_notes`. Files are read by a process of their own, without a network and with limits.
        Raises OwnDataError, a ScoMapError, with one sentence when a file cannot be used.
        """
        whole, layers = add_files(self, [fspath(file) for file in files], said=columns, crs=crs)
        notes = (note for layer in layers for note in (*layer.notes, *layer.network_notes))
        return replace(whole, own_notes=(*self.own_notes, *notes))

    def match(
        self,
        file: str | PathLike[str],
        *,
        columns: Mapping[str, str] | None = None,
        crs: str | None = None,
        within_km: float = NEAR_KM,
        engine: str = "threads",
        scheduler: str | None = None,
    ) -> Matching:
        """Return the rows of a file of your own beside those of this map; the parameters are those of `with_layer`.

        Of each it says whether it is here, may be or is not, by name, distance (up to `within_km` on average) and
        states; how far the two lie apart, and which facts differ. It is a table (`to_frame`), CSV and JSON values
        (`to_dict`); `only("missing")` is what this map lacks. `engine` and `scheduler` are those of `measure`.
        """
        with closing(engine_of(engine, scheduler)) as where:
            (layer,) = read_layers(self, [fspath(file)], said=columns, crs=crs, locate=locating(where))
            return match(self, layer, within_km=within_km, engine=where)

    def measure(
        self,
        table: gpd.GeoDataFrame,
        *,
        corridor: str | None = None,
        box: tuple[float, float, float, float] | None = None,
        engine: str = "threads",
        scheduler: str | None = None,
    ) -> Measured:
        """Return a table of your own, in any reference system, repaired, split by state and measured.

        corridor: a project of the map; how far the rows lie from its lines. box: west, south, east, north to clip to.
        engine: "threads", or "dask" for the cluster of the `scheduler` at an address such as "tcp://127.0.0.1:8786";
            both give the same bytes (docs/cluster.md).

        The `rows` of the result have your columns and ours, `sco_countries`, `sco_km` and others; `summary()` adds them
        up by state. Raises EngineError, a ScoMapError, where the cluster cannot be used, OwnDataError for a table
        without a reference system, SelectionError for an unknown corridor.
        """
        with closing(engine_of(engine, scheduler)) as where:
            return measure(table, self, corridor=corridor, box=box, engine=where)

    def to_file(self, path: str | PathLike[str], **options: Any) -> None:
        """Write the whole map to a file of any format; see `Extract.to_file`."""
        self.select().to_file(path, **options)

    def __repr__(self) -> str:
        """Return what there is in one line."""
        return f"<Atlas: {len(self.rows):,} rows in {len(self.heads)} layers, facts up to {self.year}>"


def load(
    folder: str | PathLike[str] | None = None,
    *,
    strict: bool = True,
    add: Iterable[str | PathLike[str]] = (),
    columns: Mapping[str, str] | None = None,
    crs: str | None = None,
) -> Atlas:
    """Return the map as it was shipped, or that of another `folder` of layer files with their catalog.

    Takes a second or two; keep the result. A faulty catalog raises CatalogError, a faulty layer file AtlasError, each a
    ScoMapError with every problem in it; unless `strict`, faulty layers are left out and `problems` says why. `add`
    names files of your own, as `Atlas.with_layer` takes them.
    """
    whole = as_library(load_atlas(GEODATA if folder is None else Path(folder), strict=strict))
    return whole.with_layer(*add, columns=columns, crs=crs) if (add := tuple(add)) else whole


@cache
def shipped() -> Atlas:
    """Return the map as it was shipped, loaded once."""
    return load()


def route(start: str, end: str, **asked: Any) -> routing.Route:
    """Return the way from one place to another on the map as it was shipped; see `Atlas.route`."""
    return shipped().route(start, end, **asked)


def compare(*subjects: tuple[Any, ...] | list[Any] | str, **asked: Any) -> routing.Comparison:
    """Return corridors, lines or routes side by side on the map as it was shipped; see `Atlas.compare`."""
    return shipped().compare(*subjects, **asked)


def describe(id_: str) -> routing.Description:
    """Return a line of the map as it was shipped in words; see `Atlas.describe`."""
    return shipped().describe(id_)


def cut(*removed: str, **asked: Any) -> routing.Cut:
    """Return what is lost without something on the map as it was shipped; see `Atlas.cut`."""
    return shipped().cut(*removed, **asked)


def promises(**asked: Any) -> routing.Ledger:
    """Return the ledger of announced openings of the map as it was shipped; see `Atlas.promises`."""
    return shipped().promises(**asked)


def as_library(table: tables.Atlas) -> Atlas:
    """Return an atlas with the methods of the library; the tables are the same."""
    return Atlas(**{field.name: getattr(table, field.name) for field in fields(table)})


@dataclass(frozen=True, eq=False, repr=False)
class Extract:
    """The part of an atlas that a selection asks for, as table, sums and files; in a notebook it shows its map."""

    atlas: Atlas
    selection: Selection
    worldview: str | None = None

    @cached_property
    def _rows(self) -> gpd.GeoDataFrame:
        return tables.select(self.atlas, self.selection, self.worldview)

    @property
    def rows(self) -> gpd.GeoDataFrame:
        """The selected rows, with the columns of `Atlas.rows`: WGS 84 (EPSG:4326), status and role as of the year.

        The table is your own: whatever you do with it changes neither the atlas nor what the other methods return.
        """
        return self._rows.copy()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def totals(self) -> Totals:
        """Return rows, lines, their kilometres and the states they lie in; every row counts once."""
        return totals(self._rows)

    def summary(self, by: str = "country") -> pd.DataFrame:
        """Return `count` of rows and `km` for each value of `by`, the longest first.

        `by` is country, status, kind, project, layer or gauge (in millimetres), and names the first column. A row in
        several countries counts in each, with the kilometres that lie there; a row that several projects share counts
        for each, and for the projects above: such sums exceed the total. Raises SelectionError for another `by`.
        """
        if by not in GROUPS:
            raise SelectionError([unknown("grouping", by, GROUPS)])
        return summarise(self._rows, by, self.atlas.ancestors)

    @overload
    def to_html(
        self, path: None = None, *, lang: str = "en", light: bool = False, theme: str | None = None,
        view: str | None = None, story: str | None = None, address: str | None = None, include_all: bool = False,
    ) -> str: ...  # fmt: skip

    @overload
    def to_html(
        self, path: str | PathLike[str], *, lang: str = "en", light: bool = False, theme: str | None = None,
        view: str | None = None, story: str | None = None, address: str | None = None, include_all: bool = False,
    ) -> None: ...  # fmt: skip

    def to_html(
        self,
        path: str | PathLike[str] | None = None,
        *,
        lang: str = "en",
        light: bool = False,
        theme: str | None = None,
        view: str | None = None,
        story: str | None = None,
        address: str | None = None,
        include_all: bool = False,
    ) -> str | None:
        """Return the map as one HTML page that needs no other file and no network, or write it to `path`.

        lang: the language it opens in: en, bn, ru or zh. theme: light or dark; None: as the reader's system is set.
        light: a page of a third of the size, in its language and English, without fonts and relief.
        view: the part of the map it opens on, as "zoom/latitude/longitude"; None: all that is selected.
        story: a saved question of the catalog (`sco-map list stories`) whose style and part of the map it opens with.
        address: where the page will be reached by others, as "https://example.org/map.html": its links begin with it.
        include_all: carry every row of the atlas, with the selection preset, so that the reader can undo it.

        Raises SelectionError when one of these is unknown, ExportError when the file cannot be written.
        """
        opening = View(lang=lang, worldview=self.worldview, theme=theme, view=view, story=story, address=address)
        if complaints := opening.complaints(self.atlas):
            raise SelectionError(complaints)
        page = render(self.atlas, self.selection, opening, "html", light=light, include_all=include_all)
        return returned_or_written(page, path)

    @overload
    def to_geojson(self, path: None = None) -> str: ...

    @overload
    def to_geojson(self, path: str | PathLike[str]) -> None: ...

    def to_geojson(self, path: str | PathLike[str] | None = None) -> str | None:
        """Return the rows in full geometry as GeoJSON (RFC 7946: WGS 84, one feature per line), or write it to `path`.

        The head carries licences, credits and date. Raises ExportError when the file cannot be written.
        """
        return returned_or_written(render(self.atlas, self.selection, self._plain_view, "geojson"), path)

    @overload
    def to_csv(self, path: None = None, *, locale: str | None = None) -> str: ...

    @overload
    def to_csv(self, path: str | PathLike[str], *, locale: str | None = None) -> None: ...

    def to_csv(self, path: str | PathLike[str] | None = None, *, locale: str | None = None) -> str | None:
        """Return the facts of the rows as CSV for spreadsheets, or write it to `path`.

        It begins with a byte-order mark, lists are separated by semicolons, and no cell runs as a formula; points have
        longitude and latitude in degrees. Dates are days, beside each how exact it is. `locale` ("de", "en-GB")
        is that of the spreadsheet that opens it: where decimals have a comma, cells are separated by semicolons.

        Raises LocaleError when the locale is not known, ExportError when the file cannot be written.
        """
        table = render(self.atlas, self.selection, self._plain_view, "csv", locale=locale)
        return returned_or_written(table, path)

    def to_file(
        self,
        path: str | PathLike[str],
        *,
        lang: str = "en",
        locale: str | None = None,
        share_alike: str | None = None,
        paper: str | None = None,
        sheet: str | None = None,
    ) -> None:
        """Write the rows to `path`; the ending of its name says in which format.

        .gpkg (GeoPackage, with styles for QGIS), .parquet (GeoParquet), .fgb (FlatGeobuf), .kml, .shp.zip (shapefiles),
        .xlsx, .csv, .geojson, .html; every one has licences and credits, and the sources by the ids that rows name.
        .pdf: a wall map, or another sheet of paper.

        lang: the language of a page and of the names in KML.
        locale: that of the spreadsheet that opens a .csv, as in `to_csv`.
        share_alike: "only" the rows of layers under a share-alike licence (ODbL), or the others, "without" them.
            Formats with several tables keep such rows in tables of their own anyway.
        paper: that of a map as .pdf: "A0", "A1", "A2" or "A3".
        sheet: what a .pdf is: "map", "blank" (an outline to fill in) or "questions" (with answers, for a class).

        Raises ExportError when the ending is unknown, the file cannot be written, or what writes it is not installed:
        pip install 'sco-map[formats]'.
        """
        view = View(lang=lang, worldview=self.worldview)
        if complaints := view.complaints(self.atlas):
            raise SelectionError(complaints)
        export(
            self.atlas,
            self.selection,
            view,
            Path(path),
            locale=locale,
            share_alike=share_alike,
            paper=paper,
            sheet=sheet,
        )

    @property
    def _plain_view(self) -> View:
        return View(worldview=self.worldview)

    def __repr__(self) -> str:
        """Return what was asked for and what it comes to in one line."""
        sums = self.totals()
        rows, states = counted(sums.count, "row", "rows"), counted(sums.countries, "country", "countries")
        asked = f"'{self.selection.to_query()}'" if self.selection else "everything"
        return f"<Extract of {asked}: {rows}, {sums.km:,.0f} km, {states}>"

    def _repr_html_(self) -> str:
        """Return the light page in a frame, for notebooks; the page is inside, nothing is fetched."""
        return FRAME.format(page=html.escape(self.to_html(light=True)), title=html.escape(repr(self)))


def listed(facet: str, values: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the values of a facet one by one; text may hold several with commas, as in an address."""
    several = isinstance(values, Iterable) and not isinstance(values, str)
    found: tuple[Any, ...] = () if values is None else tuple(values) if several else (values,)
    if wrong := [value for value in found if not isinstance(value, str)]:
        raise SelectionError([f"{facet} takes text, or several texts in a list, not {value!r}" for value in wrong])
    return tuple(split_values(found))


def one_text(name: str, value: object) -> str:
    """Return a name or an id as it is; raises SelectionError when it is not text."""
    if isinstance(value, str):
        return value
    raise SelectionError([f"{name} takes text, not {value!r}"])


def whole_number(name: str, value: SupportsIndex | None) -> int | None:
    """Return a year or a count as a number; raises SelectionError when it is anything else."""
    try:
        return None if value is None else operator.index(value)
    except TypeError:
        raise SelectionError(
            [f"{name} is a whole number{' such as 2026' * (name != 'alternatives')}, not {value!r}"]
        ) from None


def text_of(name: str, value: object) -> str | None:
    """Return a range or a search as it is; raises SelectionError when it is not text."""
    if value is None or isinstance(value, str):
        return value
    example = f" such as {MEASURES[name].examples}" if name in MEASURES else ""
    raise SelectionError([f"{name} takes text{example}, not {value!r}"])


def returned_or_written(content: bytes, path: str | PathLike[str] | None) -> str | None:
    """Return the text of a file where there is no `path`, else write it there."""
    if path is None:
        return content.decode()
    write(Path(path), content)
    return None
