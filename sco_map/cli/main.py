"""The command line: flags become a selection, the result goes to stdout, complaints to stderr; adds no ability."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sco_map.cli.measuring import add_engine, add_measuring, engine, measured
from sco_map.cli.routing import QuestionError, add_commands
from sco_map.errors import ScoMapError
from sco_map.files import UnreadableError, kind_of, reason
from sco_map.model.dates import is_date, precision
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.spreadsheet import LocaleError, dialect_of
from sco_map.model.texts import counted
from sco_map.model.viewport import page_address_fault, viewport_fault
from sco_map.paths import CHECKOUT, GEODATA, LOCALE
from sco_map.version import VERSION

if TYPE_CHECKING:
    from sco_map.atlas import Atlas, Selection
    from sco_map.catalog import Catalog
    from sco_map.model.suggestions import Known
    from sco_map.own.rows import OwnLayer

COMMAND = "sco-map"
DONE, DATA_WRONG, COMMAND_WRONG, INTERRUPTED = 0, 1, 2, 130
FORMATS = ("table", "json", "csv")
THEMES = ("light", "dark")
GROUPS = ("country", "status", "kind", "project")
FACET_FLAGS = {
    "country": "ISO3",
    "project": "ID",
    "layer": "ID",
    "kind": "K",
    "status": "S",
    "role": "R",
}
RANGE_FLAGS = {
    "capacity": "capacity and its unit, such as 20-50bcm/yr; 20-bcm/yr: at least, =-50bcm/yr: at most",
    "length": "km of a line, such as 100-500, 100- or =-500",
    "diameter": "mm of a pipeline, such as 1420 or 700-1420",
    "opened": "year of opening, such as 2000-2010",
}
FILES = ".html|.geojson|.csv|.xlsx|.gpkg|.parquet|.fgb|.kml|.shp.zip|.pdf"
HOW_TO_INSTALL = "run `pip install -r requirements.txt`, or the Python of the .venv that `make app` makes"

Record = Mapping[str, Any]


class CommandError(ScoMapError):
    """Say what is wrong with the command line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 the data are wrong, 2 the command line is wrong."""
    prepare_output()
    try:
        try:
            options = parser().parse_args(arguments)
            reject_foreign_bytes(vars(options))
            run: Callable[[argparse.Namespace], int | None] = options.run
            return run(options) or DONE
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except ScoMapError as error:
        complain(f"{error}{flags_of(error)}")
        return COMMAND_WRONG if is_command_wrong(error) else DATA_WRONG
    except ModuleNotFoundError as error:
        complain(f"{error.name} is not installed for {sys.executable}; {HOW_TO_INSTALL}")
    except OSError as error:
        silence(sys.stdout)
        where = "the result cannot be printed" if error.filename is None else os.fsdecode(error.filename)
        complain(f"{where}: {reason(error)}")
    return DATA_WRONG


def is_command_wrong(error: ScoMapError) -> bool:
    """Say whether an error is about what was typed rather than about the data."""
    return isinstance(error, CommandError | QuestionError) or type(error).__name__ in ("SelectionError", "RoutingError")


def prepare_output() -> None:
    """Let both streams take any text; one that was closed before the start fails when something is printed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Closed())
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class Closed(io.TextIOBase):
    """A stream that was closed before the program began: whatever is printed on it is lost, and said to be."""

    def write(self, text: str) -> int:
        """Refuse the text."""
        raise OSError(errno.EBADF, "standard output is closed")


def silence(stream: TextIO) -> None:
    """Send what a broken stream still holds nowhere, so that closing it at the end fails no more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def flags_of(error: ScoMapError) -> str:
    """Return what to add to the command, in brackets, where an error says it of a reader's file."""
    flags = getattr(error, "flags", "")
    return f" ({flags})" if flags else ""


def complain(text: str) -> None:
    """Say on stderr what is wrong, where stderr can be written."""
    try:
        print(f"error: {text}", file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def reject_foreign_bytes(options: Mapping[str, Any]) -> None:
    """Raise CommandError for text that was not typed in UTF-8; paths may hold any bytes."""
    for value in options.values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any("\ud800" <= letter <= "\udfff" for letter in text):
                raise CommandError(f"{text!r} is not UTF-8 text")


class Parser(argparse.ArgumentParser):
    """The parser of the library, but for help that cannot be printed: that is an error like any other."""

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help or a complaint."""
        if file is sys.stdout:
            file.write(message)
        else:
            super()._print_message(message, file)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = Parser(
        prog=COMMAND if Path(sys.argv[0]).stem == COMMAND else "python -m sco_map",
        description="Corridors, railways and pipelines of the Shanghai Cooperation Organisation's region.",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"{COMMAND} {VERSION}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        added.set_defaults(run=run)
        return added

    listing = command("list", list_entries, "list what there is")
    listing.add_argument("what", choices=tuple(LISTS), metavar="|".join(LISTS))
    add_own(listing)
    add_format(listing)

    showing = command("show", show_entry, "print everything about one project, row, state or place")
    showing.add_argument("id", metavar="ID|place:ID")
    showing.add_argument("--lang", choices=LANGUAGES, default=FIRST, help="language of the texts for readers")

    stats = command("stats", print_stats, "count rows and add up kilometres")
    add_facets(stats)
    add_own(stats)
    stats.add_argument("--worldview", help="worldview: to which states rows in disputed areas count")
    stats.add_argument("--by", choices=GROUPS, help="one line for each value; default: one line for everything")
    stats.add_argument(
        "--coverage", action="store_true", help="railways and gas trunk lines of each state beside the official length"
    )
    add_format(stats)

    matching = command("match", print_matching, "put the rows of a file of yours beside those of the map")
    matching.add_argument("add", nargs="+", metavar="FILE[:LAYER]")
    matching.add_argument(
        "--map", action="append", default=[], metavar="OURS=COLUMN", help="which column of it is our name, status, ..."
    )
    matching.add_argument("--crs", metavar="EPSG:CODE", help="its reference system, where the file does not say it")
    matching.add_argument("--within", type=kilometres, metavar="KM", help="no match further apart on average; 50")
    matching.add_argument(
        "--only", choices=("same", "maybe", "missing"), action="append", help="only rows that are here, may be, are not"
    )
    add_engine(matching)
    add_format(matching)

    measuring = command(
        "measure", print_measured, "repair, clip, split by state and measure the rows of files of yours"
    )
    add_measuring(measuring)
    add_format(measuring)

    add_commands(command, network_atlas, add_own)

    exporting = command("export", export_file, "write a selection as a page, as a table or for geographic programs")
    exporting.add_argument(
        "path", type=Path, metavar="OUT.html|.geojson|.csv|.xlsx|.gpkg|.parquet|.fgb|.kml|.shp.zip|.pdf"
    )
    add_facets(exporting)
    add_own(exporting)
    exporting.add_argument("--lang", choices=LANGUAGES, default=FIRST, help="language the page opens in")
    exporting.add_argument("--worldview", help="worldview the page opens with")
    exporting.add_argument("--view", type=map_view, metavar="ZOOM/LAT/LON", help="part of the map the page opens on")
    exporting.add_argument(
        "--address",
        type=page_address,
        metavar="URL",
        help="where the page will be reached: its links begin with it",
    )
    exporting.add_argument("--theme", choices=THEMES, help="default: as the reader's system says")
    exporting.add_argument("--story", metavar="ID", help="a story or saved question that the page opens with")
    exporting.add_argument("--article", action="store_true", help="the story as text with small maps, without script")
    exporting.add_argument("--light", action="store_true", help="a small page: two languages, no fonts, no relief")
    exporting.add_argument(
        "--locale", metavar="LOCALE", help="of the spreadsheet that opens the table (de, ru, en-GB): its decimals"
    )
    exporting.add_argument(
        "--share-alike",
        choices=("only", "without"),
        help="only the layers under a share-alike licence (ODbL), or all others",
    )
    exporting.add_argument("--all", action="store_true", help="a page of every row, opened on the selection")
    exporting.add_argument("--paper", metavar="A0|A1|A2|A3", help="of a wall map (.pdf), broad; default: A2")
    sheets = exporting.add_mutually_exclusive_group()
    sheets.add_argument("--blank", action="store_true", help="a .pdf to fill in, without names and lines")
    sheets.add_argument("--questions", action="store_true", help="a .pdf of questions on the selection, with answers")

    differing = command("diff", show_difference, "say what changed between two states of the map")
    for side in ("old", "new"):
        differing.add_argument(side, metavar=side.upper(), help="folder, .geojson file or git revision")
    differing.add_argument("--format", choices=("text", "json", "html"), default="text")

    building = command("build", build, "write the layers from the catalog")
    building.add_argument("layers", nargs="*", metavar="LAYER")
    building.add_argument("--check", action="store_true", help="write nothing; exit 1 when a layer is out of date")
    building.add_argument("--quiet", action="store_true", help="do not say on stderr which step begins")

    checking = command("check", check, "check the catalog and the layers, or files of your own")
    checking.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    lists = checking.add_mutually_exclusive_group()
    lists.add_argument("--translations", action="store_true", help="list what falls back to English")
    lists.add_argument("--stale", action="store_true", help="list what to look at next")
    checking.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="the day for --stale; today by default")

    releasing = command("release", release, "write a release of the checkout, or verify one")
    releasing.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: dist in the checkout")
    releasing.add_argument("--verify", action="store_true", help="say which files of DIR are not what they were")

    siting = command("site", write_site, "write the map as a folder of static files for any web server")
    siting.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder, or an earlier site")
    siting.add_argument(
        "--base-url", type=page_address, metavar="URL", help="where it will be reached; for sitemap, feed and previews"
    )
    siting.add_argument("--since", metavar="OLD", help="folder, .geojson file or git revision: what changed since then")

    serving = command("serve", serve, "open the app in a browser")
    serving.add_argument("--port", type=port, help="default: 8501, or the next free one")
    serving.add_argument("--address", help="default: 127.0.0.1, this machine only; 0.0.0.0 lets everybody in")
    add_own(serving)
    return whole


def add_format(command: argparse.ArgumentParser) -> None:
    """Let a command print its lines in three ways."""
    command.add_argument("--format", choices=FORMATS, default="table")


def add_facets(command: argparse.ArgumentParser) -> None:
    """Let a command work on a selection."""
    for facet, value in FACET_FLAGS.items():
        text = "repeatable or comma-separated; =-VALUE hides" + ("; sco: all members" if facet == "country" else "")
        command.add_argument(f"--{facet}", action="append", default=[], metavar=value, help=text)
    command.add_argument("--year", metavar="YEAR", help="as of this year")
    command.add_argument("--since", metavar="YEAR", help="what opened in this year or later")
    command.add_argument("--late", action="store_true", help="what was promised for the year or before and is not open")
    for name, text in RANGE_FLAGS.items():
        command.add_argument(f"--{name}", metavar="RANGE", help=text)
    command.add_argument("--search", action="append", default=[], metavar="TEXT", help="in names, places and sources")


def add_own(command: argparse.ArgumentParser) -> None:
    """Let a command take files of the reader beside the layers of the map."""
    command.add_argument(
        "--add", action="append", default=[], metavar="FILE[:LAYER]", help="a file of your own as a layer; repeatable"
    )
    command.add_argument(
        "--map", action="append", default=[], metavar="OURS=COLUMN", help="which column of it is our name, status, ..."
    )
    command.add_argument("--crs", metavar="EPSG:CODE", help="its reference system, where the file does not say it")


def map_view(text: str) -> str:
    """Return `zoom/lat/lon` when it is a place on the map."""
    if fault := viewport_fault(text):
        raise argparse.ArgumentTypeError(fault)
    return text


def page_address(text: str) -> str:
    """Return the address of a page when a link can begin with it."""
    if fault := page_address_fault(text):
        raise argparse.ArgumentTypeError(fault)
    return text


def day(text: str) -> str:
    """Return a day of the calendar."""
    if not is_date(text) or precision(text) != "day":
        raise argparse.ArgumentTypeError(f"{text!r} is not a day of the calendar; write it like 2026-11-28")
    return text


def kilometres(text: str) -> float:
    """Return a distance in km."""
    if not text.replace(".", "", 1).isdecimal() or not 0 < float(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a distance; a number of km from 1 to 1000")
    return float(text)


def port(text: str) -> int:
    """Return the number of a network port."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; a number from 1 to 65535")
    return int(text)


# -- list --------------------------------------------------------------------------------------------------------------


def list_entries(options: argparse.Namespace) -> None:
    """Print the ids of one kind of entry with what they are called."""
    if (options.add or options.map or options.crs) and options.what != "layers":
        raise CommandError(f"--add, --map and --crs are for list layers, not for list {options.what}")
    added = list_added(with_added(atlas(), options)) if options.add or options.map or options.crs else []
    print_records([*LISTS[options.what](), *added], options.format)


def list_added(whole: Atlas) -> list[Record]:
    """Return the layers that the reader has added."""
    from sco_map.own.adding import own_layers

    return [
        {
            "id": layer.id,
            "title": layer.title.en,
            "group": layer.group,
            "rows": int((whole.rows["layer"] == layer.id).sum()),
            "as_of": None,
            "licence": "unknown",
        }
        for layer in own_layers(whole)
    ]


def list_projects() -> list[Record]:
    """Return the projects; needs no other file of the catalog."""
    from sco_map.catalog import read_projects

    return [
        {
            "id": project.id,
            "title": project.title.en,
            "layer": project.layer,
            "kind": project.kind,
            "form": project.form,
            "status": project.status,
            "parent": project.parent,
        }
        for project in read_projects().values()
    ]


def list_countries() -> list[Record]:
    """Return the states with the role they have today."""
    return [
        {
            "id": country.id,
            "name": country.name.en,
            "role": country.roles[-1].role if country.roles else None,
            "since": country.roles[-1].since if country.roles else None,
        }
        for country in catalog().countries.values()
    ]


def list_layers() -> list[Record]:
    """Return the layers in the order of the legend; the licence is that of the file, which its rows may bind."""
    return [
        {
            "id": layer.id,
            "title": layer.title.en,
            "group": layer.group,
            "rows": rows,
            "as_of": layer.as_of,
            "licence": licence or layer.licence,
        }
        for layer in sorted(catalog().layers.values(), key=lambda layer: layer.order)
        for rows, licence in [said_by_file(layer.id)]
    ]


def said_by_file(layer: str) -> tuple[int | None, str | None]:
    """Return how many rows the file of a layer has, and its licence; None when it cannot be read."""
    import json

    try:
        collection = json.loads((GEODATA / f"{layer}.geojson").read_bytes())
        return len(collection["features"]), collection["licence"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None, None


def list_kinds() -> list[Record]:
    """Return the kinds of rows."""
    return [
        {"id": word.id, "label": word.label.en, "geometry": word.geometry}
        for word in catalog().vocabulary["kind"].values()
    ]


def list_stories() -> list[Record]:
    """Return the stories: how many steps each has, and what a question of a single step selects."""
    return [
        {
            "id": story.id,
            "title": story.title.en,
            "steps": len(story.steps),
            "selection": story.selection.to_query(),
            "text": story.text.en,
        }
        for story in catalog().stories.values()
    ]


def list_sources() -> list[Record]:
    """Return the register of sources."""
    return [
        {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "published": source.published,
            "quality": source.quality,
            "url": source.url,
        }
        for source in catalog().sources.values()
    ]


def list_places() -> list[Record]:
    """Return the named places of the gazetteer."""
    return [
        {
            "id": place.id,
            "name": place.name_en,
            "country": place.country,
            "lon": place.lon,
            "lat": place.lat,
            "kind": place.kind,
            "accuracy_km": place.accuracy_km,
        }
        for place in catalog().places.values()
        if not place.is_helper
    ]


LISTS: Mapping[str, Callable[[], list[Record]]] = {
    "projects": list_projects,
    "countries": list_countries,
    "layers": list_layers,
    "kinds": list_kinds,
    "sources": list_sources,
    "places": list_places,
    "stories": list_stories,
}


# -- show, stats, export -----------------------------------------------------------------------------------------------


def show_entry(options: argparse.Namespace) -> None:
    """Print everything that is known about one entry."""
    from sco_map.cli.describe import UnknownEntryError, describe

    try:
        print(describe(atlas(), options.id, options.lang))
    except UnknownEntryError as error:
        raise CommandError(str(error)) from None


def print_stats(options: argparse.Namespace) -> None:
    """Print sums over a selection."""
    from dataclasses import asdict

    from sco_map.atlas import left_out, select, summarise, totals

    whole = with_added(atlas(), options)
    if options.worldview is not None:
        reject_unknown("worldview", [options.worldview], whole.worldviews)
    selection = selection_of(options, whole)
    if options.coverage:
        print_coverage(options, whole, selection)
        return
    rows = select(whole, selection, options.worldview)
    say_what_was_meant(whole, selection, len(rows))
    say_main_lines(whole, selection.project)
    if count := left_out(whole, selection, options.worldview):
        say(f"left out of {selection.year} because their start is not known: {count:,} rows")
    total = totals(rows)
    if options.by is None:
        print_records([asdict(total)], options.format)
        return
    sums = summarise(rows, options.by, whole.ancestors)
    mains = main_lines(whole) if options.by == "project" else {}
    records: list[Record] = [
        {
            options.by: value,
            "count": count,
            "km": km,
            "main_km": mains.get(value),
            "name": name_of(whole.catalog, options.by, value),
        }
        for value, count, km in sums.itertuples(index=False)
    ]
    if options.format == "table":
        every = {options.by: "total", "count": total.count, "km": total.km, "main_km": None, "name": "every row once"}
        records.append(every)
    main = ("main_km",) if options.by == "project" else ()
    print_records(records, options.format, columns=(options.by, "count", "km", *main, "name"))


def print_coverage(options: argparse.Namespace, whole: Atlas, selection: Selection) -> None:
    """Print what the map holds of the railways and gas trunk lines of states, beside the official length."""
    from sco_map.atlas import coverage
    from sco_map.atlas.coverage import NONE_FOUND
    from sco_map.model.selection import ALL_MEMBERS, HIDDEN

    is_more = selection.to_query().partition("=")[0] not in ("", "country") or "&" in selection.to_query()
    if is_more or options.by is not None or options.worldview is not None:
        raise CommandError("--coverage takes --country and --format only: it looks at the present of the whole map")
    if hidden := [code for code in selection.country if code.startswith(HIDDEN)]:
        raise CommandError(f"--coverage takes the states to look at; leave {', '.join(hidden)}, which hides, out")
    members = sorted(whole.members()) if ALL_MEMBERS in selection.country else []
    countries = [*members, *(code for code in selection.country if code in whole.catalog.countries)]
    names = {kind: word.label.en for kind, word in whole.catalog.vocabulary["kind"].items()}
    records: list[Record] = [
        {
            "country": whole.catalog.countries[entry.country].name.en,
            "kind": names.get(entry.kind, entry.kind),
            "map_km": round(entry.map_km),
            "official_km": None if entry.official_km is None else round(entry.official_km),
            "share": NONE_FOUND if entry.share is None else f"{100 * entry.share:.0f} %",
            "as_of": entry.as_of,
            "source": entry.source,
        }
        for entry in coverage(whole, countries).entries
    ]
    if not records:
        say(f"neither a line on the map nor an official length is known for {', '.join(countries)}")
    print_records(records, options.format)


def main_lines(whole: Atlas) -> dict[str, float]:
    """Return the km of the main line of each project that names one: of a net of lines the sum is no journey."""
    from sco_map.routing import RoutingError, main_line

    found: dict[str, float] = {}
    for id_, project in whole.catalog.projects.items():
        with suppress(RoutingError):
            if (line := main_line(whole, project)) is not None:
                found[id_] = line.best.km
    return found


def say_main_lines(whole: Atlas, projects: Iterable[str]) -> None:
    """Say on stderr how long the main lines of chosen projects are, whose sums add up all of their branches."""
    mains = main_lines(whole)
    for id_ in projects:
        if id_ in mains:
            title = whole.catalog.projects[id_].ways[0].title.en
            say(f"km of {id_} add up all of its lines; the main line, {title}, is {mains[id_]:,.0f} km long")


def name_of(catalog: Catalog, by: str, value: str) -> str:
    """Return the English name of a value of `by`."""
    if by == "country":
        return catalog.countries[value].name.en
    if by == "project":
        return catalog.projects[value].title.en
    return catalog.vocabulary[by][value].label.en


def export_file(options: argparse.Namespace) -> None:
    """Write a selection to a file."""
    from sco_map.export import SHEET, Contents, ExportError, export, format_of, sheet_fault

    try:
        file_format = format_of(options.path)
    except ExportError as error:
        raise CommandError(str(error)) from error
    if (options.light or options.all) and file_format != "html":
        raise CommandError(f"--light and --all are for a page (.html), not for {options.path.name}")
    if options.article and (file_format != "html" or options.story is None):
        raise CommandError("--article is for a page (.html) of one story: say which with --story ID")
    page_only = [f"--{name}" for name in ("view", "address", "theme") if getattr(options, name) is not None]
    if page_only and file_format != "html":
        raise CommandError(
            f"{' and '.join(page_only)} {'is' if len(page_only) == 1 else 'are'} for a page (.html), "
            f"not for {options.path.name}"
        )
    if options.share_alike is not None and file_format == "html":
        raise CommandError(f"--share-alike is for data, not for {options.path.name}: a page shows all rows")
    if options.locale is not None:
        if file_format != "csv":
            raise CommandError(f"--locale is for a table (.csv), not for {options.path.name}")
        try:
            dialect_of(options.locale)
        except LocaleError as error:
            raise CommandError(str(error)) from error
    sheet = "blank" if options.blank else "questions" if options.questions else None
    if (sheet is not None or options.paper is not None) and file_format != SHEET:
        raise CommandError(f"--paper, --blank and --questions are for a sheet (.{SHEET}), not for {options.path.name}")
    if file_format == SHEET and (fault := sheet_fault(sheet or "map", options.paper)):
        raise CommandError(fault)
    from sco_map.page import View, simplified

    whole = with_added(atlas(), options)
    selection = selection_of(options, whole)
    if options.worldview is not None:
        reject_unknown("worldview", [options.worldview], whole.worldviews)
    if options.story is not None:
        reject_unknown("story", [options.story], whole.catalog.known("stories"))
        if options.article:
            write_article(options, whole)
            return
        selection = selection or whole.catalog.stories[options.story].selection
    view = View(
        lang=options.lang,
        worldview=options.worldview,
        theme=options.theme,
        view=options.view,
        story=options.story,
        address=options.address,
    )
    export(
        whole,
        selection,
        view,
        options.path,
        light=options.light,
        include_all=options.all,
        locale=options.locale,
        share_alike=options.share_alike,
        paper=options.paper,
        sheet=sheet,
    )
    size = options.path.stat().st_size
    rows = Contents(whole, selection, view, options.share_alike).rows
    say_what_was_meant(whole, selection, len(rows))
    if file_format == "html":
        for sentence in simplified(whole, whole.rows if options.all else rows, light=options.light):
            say(sentence)
    count = len(whole.rows if options.all else rows)
    print(f"{options.path}: {counted(count, 'entry', 'entries')}, {size / 1000:,.0f} kB")


def say_what_was_meant(whole: Atlas, selection: Selection, found: int) -> None:
    """Say on stderr which names are nearest to a search that nothing answers."""
    if found or not selection.q:
        return
    from sco_map.atlas.names import named_in
    from sco_map.model.likeness import most_alike

    names = dict.fromkeys(one.names[0] for one in most_alike(selection.q, named_in(whole)))
    hint = f"; did you mean {' or '.join(map(repr, names))}?" if names else ""
    say(f"nothing matches {selection.q!r}{hint}")


def write_article(options: argparse.Namespace, whole: Atlas) -> None:
    """Write a story as an article without script."""
    from sco_map.export.story import article_page
    from sco_map.files import UnwritableError, write_whole

    story = whole.catalog.stories[options.story]
    content = article_page(whole, story, options.lang).encode()
    try:
        write_whole(options.path, content)
    except UnwritableError as error:
        raise CommandError(str(error)) from error
    print(f"{options.path}: a story of {counted(len(story.steps), 'step')}, {len(content) / 1000:,.0f} kB")


def selection_of(options: argparse.Namespace, whole: Atlas) -> Selection:
    """Return the selection that the flags ask for; every value of it exists."""
    from sco_map.atlas import Selection

    query = {facet: values for facet in FACET_FLAGS if (values := getattr(options, facet))}
    query |= {year: value for year in ("year", "since") if (value := getattr(options, year)) is not None}
    query |= {name: value for name in RANGE_FLAGS if (value := getattr(options, name)) is not None}
    query |= {"late": "1"} if options.late else {}
    query |= {"q": options.search} if options.search else {}
    return Selection.from_query(query).checked(whole)


def show_difference(options: argparse.Namespace) -> None:
    """Print what changed between two states of the map."""
    from sco_map.changes import DamagedError, SideError, as_page, as_text, compare, read_side, to_json

    try:
        difference = compare(read_side(options.old), read_side(options.new))
    except DamagedError:
        raise
    except SideError as error:
        raise CommandError(str(error)) from error
    sys.stdout.write({"text": as_text, "json": to_json, "html": as_page}[options.format](difference))


# -- build, check, serve -----------------------------------------------------------------------------------------------


def build(options: argparse.Namespace) -> None:
    """Write the layers, or say which are not what the catalog builds."""
    if CHECKOUT is None:
        raise CommandError("the layers are built in a checkout of the repository; this is an installed package")
    from sco_map.layers import build_layers

    try:
        from sco_map.layers.building import known_layers
    except ModuleNotFoundError as error:
        raise ScoMapError(f"building needs {error.name}; run pip install -r requirements-build.txt") from error
    reject_unknown("layer", options.layers, known_layers(catalog()))
    for result in build_layers(options.layers, check=options.check, say=None if options.quiet else say):
        count = f", {result.features} features" if result.features else ""
        file = "" if result.file.stem == result.name else f"{result.file.name} "
        print(f"{result.name}: {file}{result.action}{count}")
        for note in result.notes:
            print(f"  {note}")


def say(text: str) -> None:
    """Say on stderr which step of a long work begins, a plain line each, where stderr can be written."""
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def check(options: argparse.Namespace) -> None:
    """Check the catalog and all layers, or the files given; or list what falls back to English or is stale."""
    if options.translations:
        if options.paths:
            raise CommandError("--translations looks at the catalog and the interface; leave the paths away")
        list_untranslated()
        return
    if options.stale:
        if options.paths:
            raise CommandError("--stale looks at the whole catalog; leave the paths away")
        list_stale(options.today)
        return
    if options.today is not None:
        raise CommandError("--today is the day for --stale; add --stale or leave it out")
    from sco_map.layers import check_files

    missing = [str(path) for path in options.paths if not may_exist(path)]
    if missing:
        raise CommandError(f"there is no {' and no '.join(missing)}")
    for line in check_files(options.paths):
        print(line)
    if not options.paths:
        from sco_map.routing import network_report, ways_report

        whole = atlas()
        print(f"atlas: {len(whole.rows)} rows")
        for line in (*network_report(whole), *ways_report(whole)):
            print(line)
        from sco_map.catalog.sourcing import share_lines

        for line in share_lines(whole.catalog):
            print(line)


def may_exist(path: Path) -> bool:
    """Say whether there is anything at `path`; what cannot even be looked at is left to the check to report."""
    try:
        return kind_of(path) is not None
    except UnreadableError:
        return True


def reject_unknown(what: str, values: Iterable[str], known: Known) -> None:
    """Raise CommandError naming every value that is not known, with the nearest that are."""
    from sco_map.model.suggestions import unknown

    if faults := [unknown(what, value, known) for value in values if value not in known]:
        raise CommandError("\n".join(faults))


def list_untranslated() -> None:
    """Print which names and words lack a language and are shown in English."""
    from sco_map.catalog.translations import everywhere, summary

    for line in summary(everywhere(catalog(), LOCALE)):
        print(line)


def list_stale(today: str | None) -> None:
    """Print works without news, promises that are due, and projects that nobody has looked at for long."""
    import datetime
    from dataclasses import asdict

    from sco_map.catalog.freshness import stale

    found = stale(catalog(), today or datetime.date.today().isoformat())
    if not found:
        print("nothing to look at")
        return
    print_table([asdict(entry) for entry in found], ("why", "since", "id", "project"))


def release(options: argparse.Namespace) -> int:
    """Write or verify a release."""
    from sco_map.cli import releasing

    if not options.verify:
        try:
            return releasing.write(options.folder)
        except releasing.NoCheckoutError as error:
            raise CommandError(str(error)) from error
    if options.folder is None:
        raise CommandError("--verify needs the folder of a release: sco-map release --verify DIR")
    print(releasing.verify(options.folder))
    return DONE


def write_site(options: argparse.Namespace) -> None:
    """Write the map as a folder of static files."""
    from sco_map.cli import siting

    print(siting.write(options.folder, options.base_url, options.since))


def serve(options: argparse.Namespace) -> int:
    """Run the app until it is stopped."""
    from sco_map.cli import serving

    own = None
    if options.add or options.map or options.crs:
        from sco_map.own.adding import split_name

        with_added(atlas(), options)  # what is wrong with a file is said now, not to every reader
        files = [(str(path.absolute()), layer) for path, layer in map(split_name, options.add)]
        own = {"files": files, "said": columns_said(options), "crs": options.crs}
    return serving.serve(options.port, options.address, own)


# -- shared ------------------------------------------------------------------------------------------------------------


def catalog() -> Catalog:
    """Return the shipped catalog."""
    from sco_map.catalog import read_catalog

    return read_catalog()


def atlas() -> Atlas:
    """Return the atlas of the shipped layers; raises when any of them is faulty."""
    from sco_map.atlas import load_atlas

    return load_atlas(GEODATA, strict=True)


def with_added(whole: Atlas, options: argparse.Namespace, *, on_network: bool = False) -> Atlas:
    """Return an atlas with the files that a command adds; what was guessed, repaired and left out goes to stderr.

    So does what of them is `on_network`, for commands that ask it.
    """
    if not options.add:
        if options.map or options.crs:
            raise CommandError("--map and --crs say how a file is read; name it with --add FILE")
        return whole
    from sco_map.own.adding import add_files

    said = columns_said(options)
    whole, layers = add_files(whole, options.add, said=said, crs=options.crs, progress=say)
    for layer in layers:
        say_read(layer)
        for note in layer.network_notes if on_network else ():
            say(f"  {note}")
    return whole


def network_atlas(options: argparse.Namespace) -> Atlas:
    """Return the atlas whose network is asked; what of the files that a command adds joins it goes to stderr."""
    whole = atlas()
    return with_added(whole, options, on_network=True) if hasattr(options, "add") else whole


def print_matching(options: argparse.Namespace) -> None:
    """Print the rows of files of the reader beside those of the map."""
    from sco_map.heavy.work import locating, match
    from sco_map.own.adding import read_layers
    from sco_map.own.matching import NEAR_KM, VERDICTS

    said = columns_said(options)
    with engine(options) as where:
        whole = atlas()
        asked: dict[str, Any] = {"said": said, "crs": options.crs, "locate": locating(where)}
        layers = read_layers(whole, options.add, progress=say, **asked)
        for layer in layers:
            say_read(layer)
        found = [match(whole, layer, within_km=options.within or NEAR_KM, engine=where) for layer in layers]
    shown = [one.only(options.only or VERDICTS) for one in found]
    if options.format == "json":
        import json

        print(json.dumps([one.to_dict() for one in shown], ensure_ascii=False, indent=2))
    elif options.format == "csv":
        for one in shown:
            sys.stdout.write(one.to_csv())
    else:
        for whole_file, one in zip(found, shown, strict=True):
            if one.matches:
                columns = ("title", "verdict", "ours", "apart_km", "farthest_km", "differs")
                print_table(one.records(), columns)
            print(whole_file.summary())


def print_measured(options: argparse.Namespace) -> None:
    """Measure files of the reader and print the sums for each state, or write every row."""
    found = measured(options, atlas, columns_said(options), say)
    if options.out is None:
        print_records(found.summary(), options.format, ("country", "count", "km"))
    else:
        print(f"{options.out}: {counted(len(found.rows), 'row')}, {options.out.stat().st_size / 1000:,.0f} kB")


def say_read(layer: OwnLayer) -> None:
    """Say on stderr what was read of a file, how its columns were understood, and what was left out."""
    columns = ", ".join(f"{ours}={theirs}" for ours, theirs in sorted(layer.columns.items()))
    guess = (
        f"columns {columns}; change them with --map" if columns else "no column was recognised; name them with --map"
    )
    say(f"{layer.title}: {counted(len(layer.rows), 'feature')} as layer {layer.id}; {guess}")
    for note in layer.notes:
        say(f"  {note}")


def columns_said(options: argparse.Namespace) -> dict[str, str]:
    """Return what a command says of the columns of files, all of which are there; else raises CommandError."""
    from sco_map.own.adding import split_name
    from sco_map.own.errors import OwnDataError
    from sco_map.own.guess import parsed

    try:
        said = parsed(options.map)
    except OwnDataError as error:
        raise CommandError(str(error)) from error
    missing = [str(path) for text in options.add if not may_exist(path := split_name(text)[0])]
    if missing:
        raise CommandError(f"there is no {' and no '.join(missing)}")
    return said


def print_records(records: Sequence[Record], how: str, columns: Sequence[str] = ()) -> None:
    """Print records as aligned columns, as JSON or as CSV."""
    columns = columns or (tuple(records[0]) if records else ())
    if how == "json":
        import json

        chosen = [{name: record[name] for name in columns} for record in records]
        print(json.dumps(chosen, ensure_ascii=False, indent=2))
    elif how == "csv":
        import csv

        from sco_map.model.spreadsheet import BYTE_ORDER_MARK, cell

        sys.stdout.write(BYTE_ORDER_MARK)
        table = csv.writer(sys.stdout, lineterminator="\r\n")
        table.writerow(columns)
        table.writerows([cell(record[name]) for name in columns] for record in records)
    else:
        print_table(records, columns)


def print_table(records: Sequence[Record], columns: Sequence[str]) -> None:
    """Print records with their columns aligned under a heading, numbers to the right."""
    texts: list[list[str]] = []
    for name in columns:
        values = [record[name] for record in records]
        decimals = decimals_of(values)
        cells = [name, *(text_of(value, decimals) for value in values)]
        width = max(map(len, cells))
        is_number = all(isinstance(value, int | float | None) for value in values)
        texts.append([cell.rjust(width) if is_number else cell.ljust(width) for cell in cells])
    for line in zip(*texts, strict=True):
        print("  ".join(line).rstrip())


def text_of(value: Any, decimals: int) -> str:
    """Return a value the way a table on the screen shows it."""
    if value is None:
        return ""
    return f"{value:,.{decimals}f}" if isinstance(value, float) else str(value)


def decimals_of(values: Iterable[Any]) -> int:
    """Return how many decimals the numbers of a column need, five at most."""
    return max(
        (len(f"{value:.5f}".rstrip("0").partition(".")[2]) for value in values if isinstance(value, float)), default=0
    )
