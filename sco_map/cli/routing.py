"""The commands that ask the network: route, compare, cut, promises; adds no ability to the library."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sco_map.errors import ScoMapError
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.network import AIMS, DEFAULT_KINDS

if TYPE_CHECKING:
    from sco_map.atlas import Atlas
    from sco_map.routing import Route

Load = Callable[[argparse.Namespace], "Atlas"]
Command = Callable[[str, Callable[[argparse.Namespace], "int | None"], str], argparse.ArgumentParser]


class QuestionError(ScoMapError):
    """Say what is wrong with a question on the command line."""


def add_commands(command: Command, load: Load, add_own: Callable[[argparse.ArgumentParser], None]) -> None:
    """Add the commands to the parser; `load` returns the atlas when one of them is run.

    `add_own` lets a command take files of the reader, whose lines are then part of the network.
    """
    routing = command(
        "route", lambda options: print_route(options, load(options)), "find the way from one place to another"
    )
    routing.add_argument("start", metavar="FROM", help="place by id or name, in any of the four languages")
    routing.add_argument("end", metavar="TO")
    add_network(routing)
    add_own(routing)
    routing.add_argument("--via", action="append", default=[], metavar="PLACE", help="pass this place; repeatable")
    routing.add_argument("--avoid", action="append", default=[], metavar="PLACE|ISO3|ID", help="leave this aside")
    routing.add_argument("--by", choices=AIMS, default=AIMS[0], help="shortest, or fewest borders or breaks of gauge")
    routing.add_argument("--alternatives", type=int, default=3, metavar="N", help="up to so many ways that differ: 1-3")
    routing.add_argument("--worldview", help="worldview: to which states km in disputed areas count")
    routing.add_argument("--compare", type=int, metavar="YEAR", help="the same route in another year beside it")
    routing.add_argument("--format", choices=("table", "json", "geojson"), default="table")
    routing.epilog = "example: sco-map route kashgar poti --year 2031 --promised --compare 2025"

    comparing = command(
        "compare",
        lambda options: print_comparison(options, load(options)),
        "put corridors, lines and routes side by side",
    )
    comparing.add_argument(
        "subjects",
        nargs="+",
        metavar="ID|ID/WAY|FROM:TO[:YEAR]",
        help="two to four corridors, projects, rows or routes",
    )
    add_network(comparing)
    add_own(comparing)
    comparing.add_argument("--by", choices=AIMS, default=AIMS[0], help="shortest, or fewest borders or breaks of gauge")
    comparing.add_argument("--worldview", help="worldview: to which states km in disputed areas count")
    comparing.add_argument("--format", choices=("table", "json", "svg"), default="table")
    comparing.add_argument("--lang", choices=LANGUAGES, default=FIRST, help="language of the picture (svg)")
    comparing.epilog = "example: sco-map compare middle_corridor northern_corridor kashgar:poti:2031 --promised"

    cutting = command(
        "cut", lambda options: print_cut(options, load(options)), "see what is lost without a line or a place"
    )
    cutting.add_argument(
        "removed", nargs="*", metavar="PLACE|ISO3|ID", help="what is taken away; without any the weak links are ranked"
    )
    add_network(cutting)
    add_own(cutting)
    cutting.add_argument(
        "--end", action="append", default=[], metavar="PLACE", help="measure between these; default: capitals and ports"
    )
    cutting.add_argument("--format", choices=("table", "json"), default="table")
    cutting.epilog = "example: sco-map cut aktau_port kuryk_port --end tashkent --end poti --end moscow"

    promising = command(
        "promises", lambda options: print_promises(options, load(options)), "list who promised which opening"
    )
    promising.add_argument("--project", action="append", default=[], metavar="ID", help="repeatable or comma-separated")
    promising.add_argument(
        "--country",
        action="append",
        default=[],
        metavar="ISO3",
        help="repeatable or comma-separated; sco: all members",
    )
    promising.add_argument("--by", metavar="TEXT", help="who said so")
    promising.add_argument("--year", type=int, metavar="YEAR", help="as of the end of this year")
    promising.add_argument("--format", choices=("table", "json", "csv"), default="table")
    promising.epilog = "example: sco-map promises --country KAZ --format csv > promises.csv"


def add_network(command: argparse.ArgumentParser) -> None:
    """Let a command choose the network that it asks."""
    command.add_argument("--year", type=int, metavar="YEAR", help="as of this year; default: the year of the facts")
    command.add_argument("--promised", action="store_true", help="with what was announced for the year or before")
    command.add_argument(
        "--kind", action="append", default=[], metavar="K", help="default: rail, ferry, sea; also road and pipelines"
    )


def each(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values one by one; a text may hold several with commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def kinds_of(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the kinds of links that a command asks for."""
    return each(options.kind) if options.kind else DEFAULT_KINDS


def as_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_route(options: argparse.Namespace, atlas: Atlas) -> None:
    """Print the way from one place to another."""
    from sco_map.routing import RoutingError, compare, route

    def asked(year: int | None, promised: bool, alternatives: int) -> Route:
        return route(
            atlas,
            options.start,
            options.end,
            year=year,
            promised=promised,
            kinds=kinds_of(options),
            via=each(options.via),
            avoid=each(options.avoid),
            by=options.by,
            alternatives=alternatives,
            worldview=options.worldview,
        )

    if options.format == "geojson" and options.compare is not None:
        raise QuestionError("--format geojson holds the lines of one year; leave --compare out, or ask twice")
    found = asked(options.year, options.promised, options.alternatives)
    if options.format == "geojson":
        sys.stdout.write(found.to_geojson())
        return
    if options.compare is None:
        print(found) if options.format == "table" else as_json(found.to_dict())
        return
    try:
        # What is past is known: only a year to come rests on promises.
        other = asked(options.compare, options.promised and options.compare > atlas.year, 1)
    except RoutingError as error:
        if options.format == "json":
            as_json({str(options.compare): {"complaints": error.complaints}, str(found.year): found.to_dict()})
        else:
            print(found, *(f"In {options.compare}: {sentence}" for sentence in error.complaints), sep="\n\n")
        return
    both = compare(*sorted((other, found), key=lambda route: route.year))
    if options.format == "json":
        as_json(both.to_dict())
    else:
        print(both, found, sep="\n\n")


def print_comparison(options: argparse.Namespace, atlas: Atlas) -> None:
    """Print corridors, lines and routes side by side."""
    from sco_map.routing import compare, line_of

    found = [
        route_between(options, atlas, subject)
        if ":" in subject
        else line_of(atlas, subject, year=options.year, promised=options.promised, worldview=options.worldview)
        for subject in options.subjects
    ]
    both = compare(*found)
    if options.format == "svg":
        sys.stdout.write(both.to_svg(options.lang))
    elif options.format == "json":
        as_json(both.to_dict())
    else:
        print(both)


def route_between(options: argparse.Namespace, atlas: Atlas, text: str) -> Route:
    """Return the route that FROM:TO or FROM:TO:YEAR asks for."""
    from sco_map.routing import route

    start, _, rest = text.partition(":")
    end, _, year = rest.partition(":")
    if not (start and end) or (year and not year.isdecimal()):
        raise QuestionError(f"{text!r} is not a route; write FROM:TO or FROM:TO:YEAR, such as kashgar:poti:2025")
    then = int(year) if year else options.year
    # What is past is known: only a year to come rests on promises.
    promised = options.promised and (then is None or then > atlas.year)
    return route(
        atlas,
        start,
        end,
        year=then,
        promised=promised,
        kinds=kinds_of(options),
        by=options.by,
        alternatives=1,
        worldview=options.worldview,
    )


def print_cut(options: argparse.Namespace, atlas: Atlas) -> None:
    """Print what is lost without something."""
    from sco_map.routing import cut

    ends = each(options.end)
    found = cut(
        atlas,
        *each(options.removed),
        ends=ends,
        year=options.year,
        promised=options.promised,
        kinds=kinds_of(options),
    )
    print(found) if options.format == "table" else as_json(found.to_dict())


def print_promises(options: argparse.Namespace, atlas: Atlas) -> None:
    """Print the ledger of announced openings."""
    from sco_map.routing import promises

    ledger = promises(
        atlas, project=each(options.project), country=each(options.country), by=options.by, year=options.year
    )
    if options.format == "csv":
        sys.stdout.write(ledger.to_csv())
    elif options.format == "json":
        as_json(ledger.to_dict())
    else:
        print(ledger)
