"""The questions to the network below the map: a route, a comparison, a cut, and the ledger of promises.

What is asked is part of the address. The widgets follow the address; when the reader changes one of them, the new
question goes out with the table, and the frame of the map puts it into the address.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import parse_qs, quote

import pandas as pd
import streamlit as st

from sco_map.app.asked import Asked
from sco_map.app.grid import PARTS, Bar, Cell, Choice, Head, Row, Sheet, Wanted, words_for
from sco_map.app.words import Words, naming, number, plain
from sco_map.atlas import Atlas
from sco_map.catalog.models import Place
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.network import AIMS, DEFAULT_KINDS, LEAST_COMPARED, MOST_COMPARED, ROUTABLE, SEA, SHORTEST
from sco_map.model.numbers import year_text
from sco_map.model.selection import NETWORK_KEYS, Query, parse_query
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, cell
from sco_map.routing import (
    Comparison,
    Cut,
    Ledger,
    Route,
    RoutingError,
    compare,
    cut,
    line_of,
    network_of,
    promises,
    route,
)
from sco_map.routing.comparison import band_text, by_country, heading, unit_text
from sco_map.routing.complaints import Complaint, Year, capital, in_one, in_words
from sco_map.routing.corridors import known_lines
from sco_map.routing.cut import unmeasured
from sco_map.routing.describe import asked_words, route_words
from sco_map.routing.promises import promisers
from sco_map.routing.wording import Say, words_of

NAME = "routes"
ROUTE, COMPARE, CUT, PROMISES = "route", "compare", "cut", "promises"
MODES = (ROUTE, COMPARE, CUT, PROMISES)
ASKED, SEEN = "routes:asked", "routes:seen"
"""The question that the address is about to say, and the one that it said last, each with the language: the widgets are
set again only when it says another one. A change that comes before the last one is in the address is not lost."""

TIMES = "routes:times"
"""How often the reader has changed the question."""

ROUTE_SUBJECT = re.compile(r"([^:]+):([^:]+)(?::([0-9]{1,9}))?")
"""A route among lines: FROM:TO or FROM:TO:YEAR."""

YEAR = re.compile(r"\d{4}", re.ASCII)

CELLS = 420
"""How many cells are sent at once."""

Answer = Route | Comparison | Cut | Ledger


@dataclass(frozen=True)
class Wish:
    """A question to the network, as an address says it."""

    mode: str = ROUTE
    start: str | None = None
    end: str | None = None
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    by: str = SHORTEST
    over: tuple[str, ...] = ()
    promised: bool = False
    compare: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    year: int | None = None
    way: str = "1"
    beside: str | None = None
    """The second year of a route, whose figures stand beside those of the year of the map."""
    said: str | None = None
    """Of the ledger: only what was announced by somebody of this name."""

    def to_query(self) -> str:
        """Return the words of the address, the year among them."""
        words: dict[str, Sequence[str]] = {}
        if self.mode == PROMISES:
            words = {"by": [self.said] if self.said else [], "promises": ["1"]}
        if self.mode == ROUTE and (self.start or self.end):
            ends = {"from": [self.start] if self.start else [], "to": [self.end] if self.end else []}
            words = {**ends, "via": self.via, "avoid": self.avoid, "by": [self.by] if self.by != SHORTEST else []}
        if self.mode == COMPARE:
            words = {"compare": self.compare}
        if self.mode == CUT:
            words = {"cut": self.cut, "ends": self.ends}
        if words and self.mode in (ROUTE, CUT):
            words["over"] = self.over
        if words and self.mode != PROMISES and self.promised:
            words["promised"] = ["1"]
        if words and self.mode == ROUTE and self.beside:
            words["beside"] = [self.beside]
        if self.year is not None:
            words["year"] = [str(self.year)]
        return "&".join(
            f"{key}={quote(','.join(found), safe=',/:')}"
            for key, found in words.items()
            if found or key in (COMPARE, CUT)  # such a word alone says what kind of question it is
        )


def wish_of(query: Query, year: int | None = None) -> Wish:
    """Return the question in an address; `year` is that of the map."""
    values = {
        key: tuple(part.strip() for value in found for part in value.split(",") if part.strip())
        for key, found in parse_query(query).items()
        if key in NETWORK_KEYS
    }

    def first(key: str) -> str | None:
        return next(iter(values.get(key, ())), None)

    def whole(key: str) -> str | None:
        return next((value.strip() for value in parse_query(query).get(key, ())), None) or None

    compared = values.get(COMPARE, ())
    has_second_year = len(compared) == 1 and bool(YEAR.fullmatch(compared[0])) and bool(whole("from") or whole("to"))
    if has_second_year:  # as on the command line
        values["beside"] = values.pop(COMPARE)
    said = parse_qs(query.lstrip("?#"), keep_blank_values=True) if isinstance(query, str) else query
    is_asked = {COMPARE: COMPARE in said and not has_second_year, CUT: CUT in said, PROMISES: first(PROMISES) == "1"}
    mode = next((mode for mode, is_so in is_asked.items() if is_so), ROUTE)
    aim = first("by") or SHORTEST
    return Wish(
        mode=mode,
        start=whole("from"),
        end=whole("to"),
        via=values.get("via", ()),
        avoid=values.get("avoid", ()),
        by=aim if aim in AIMS else SHORTEST,
        over=tuple(kind for kind in ROUTABLE if kind in values.get("over", ())),
        promised=first("promised") == "1",
        compare=values.get("compare", ())[:MOST_COMPARED],
        cut=values.get("cut", ()),
        ends=values.get("ends", ()),
        year=year,
        beside=first("beside"),
        said=whole("by") if mode == PROMISES else None,
        way=first("way") or "1",
    )


# -- the form ----------------------------------------------------------------------------------------------------------


def form(atlas: Atlas, wish: Wish, lang: str, words: Words) -> Wish:
    """Draw the widgets, set to a question, and return what they ask for now."""
    state = st.session_state
    says = (wish.to_query(), lang)
    if says not in (state.get(ASKED), state.get(SEEN)):
        state[ASKED] = says
        seed(wish, lang)
    state[SEEN] = says
    choose = words["ask_choose"]
    mode = st.radio(
        words["ask_what"], MODES, format_func=lambda one: words[f"ask_{one}"], horizontal=True, key="routes:mode"
    )
    now = replace(wish, mode=mode or ROUTE)
    places, things, lines = (named(atlas, lang) for named in (places_by_name, things_by_name, lines_by_name))

    def several(key: str, label: str, names: Mapping[str, str], most: int | None = None) -> tuple[str, ...]:
        options = [*names, *(value for value in state.get(f"routes:{key}", ()) if value not in names)]
        found = st.multiselect(
            words[label],
            options,
            format_func=lambda id_: names.get(id_) or called(atlas, id_, lang),
            key=f"routes:{key}",
            max_selections=most,
            placeholder=choose,
            select_all=False,
        )
        return tuple(found)

    def one(key: str, label: str) -> str | None:
        asked = state.get(f"routes:{key}")
        options = [*places, *([asked] if asked and asked not in places else [])]
        chosen: str | None = st.selectbox(
            words[label],
            options,
            index=None,
            format_func=lambda id_: places.get(id_, id_),
            key=f"routes:{key}",
            placeholder=choose,
        )
        return chosen

    if now.mode == ROUTE:
        left, right = st.columns(2)
        with left:
            start, via = one("start", "ask_from"), several("via", "ask_via", things)
        with right:
            end, avoid = one("end", "ask_to"), several("avoid", "ask_avoid", things)
        now = replace(now, start=start, end=end, via=via, avoid=avoid)
    elif now.mode == COMPARE:
        chosen = several("compare", "ask_compared", lines, MOST_COMPARED)
        # What an address compares with itself is answered in a sentence; the list of choices has everything once.
        now = replace(now, compare=wish.compare if chosen == tuple(dict.fromkeys(wish.compare)) else chosen)
    elif now.mode == CUT:
        now = replace(now, cut=several("cut", "ask_removed", things), ends=several("ends", "ask_ends", places))
    who = promisers_by_name(atlas, lang) if now.mode == PROMISES else {}
    return network_form(now, words, several, naming(atlas, "vocabulary.kind", lang), who, lang)


def network_form(
    now: Wish,
    words: Words,
    several: Callable[[str, str, Mapping[str, str]], tuple[str, ...]],
    kind: Callable[[str], str],
    who: Mapping[str, str],
    lang: str,
) -> Wish:
    """Draw what chooses the network: year, promises, kinds of lines, what a way is chosen by, and `who` announced."""
    columns = st.columns(4)
    with columns[0]:
        now = replace(now, year=year_field(words["ask_year"], "year", lang, now.year))
        if now.mode == ROUTE:
            second = year_field(words["ask_beside"], "beside", lang, second_year(now))
            now = replace(now, beside=None if second is None else str(second))
    if now.mode == PROMISES:
        with columns[1]:
            return replace(now, said=said_by(who, words))
    with columns[1]:
        now = replace(now, promised=st.checkbox(words["ask_promised"], key="routes:promised"))
    if now.mode in (ROUTE, CUT):
        with columns[2]:
            over = several("over", "ask_kinds", {one: kind(one) for one in ROUTABLE})
            now = replace(now, over=tuple(one for one in ROUTABLE if one in over))
    if now.mode == ROUTE:
        with columns[3]:
            by = st.selectbox(words["ask_by"], AIMS, format_func=lambda aim: words[f"by_{aim}"], key="routes:by")
            now = replace(now, by=by or SHORTEST)
    return now


def said_by(who: Mapping[str, str], words: Words) -> str | None:
    """Draw the choice of who announced something, and return it; an address may name a part of a name."""
    asked = st.session_state.get("routes:said")
    chosen: str | None = st.selectbox(
        words["promise_by"],
        [*who, *([asked] if asked and asked not in who else [])],
        index=None,
        format_func=lambda name: who.get(name, name),
        key="routes:said",
        placeholder=words["ask_choose"],
    )
    return chosen


def called(atlas: Atlas, id_: str, lang: str) -> str:
    """Return the name of what an address names and no list offers: a project, a row, a route; else what it says."""
    asked = ROUTE_SUBJECT.fullmatch(id_)
    if asked is not None:
        start, end, year = asked.groups()
        ends = " – ".join(called(atlas, place, lang) for place in (start, end))
        return f"{ends}, {year}" if year else ends
    if id_ in atlas.catalog.places:
        return naming_places(atlas, lang)(id_)
    return titles_of(atlas, lang).get(id_) or naming(atlas, "projects", lang)(id_)


def year_field(label: str, name: str, lang: str, before: int | None) -> int | None:
    """Draw a field for a year in the digits of a language, and return it; what is not one changes nothing, and is said.

    A field of numbers would show the digits of the browser's language.
    """
    typed = st.text_input(label, key=f"routes:{name}").strip()
    if not typed:
        return None
    digits = {ord(year_text(digit, lang)): str(digit) for digit in range(10)}
    plain_text = typed.translate(digits)
    if YEAR.fullmatch(plain_text) and FIRST_YEAR <= int(plain_text) <= LAST_YEAR:
        return int(plain_text)
    outside = Complaint("net_year", {"year": typed, "first": Year(FIRST_YEAR), "last": Year(LAST_YEAR)})
    st.error(plain(capital(in_words(outside, lang))))
    return before


def seed(wish: Wish, lang: str) -> None:
    """Set the widgets to a question; Streamlit takes such values before it draws them."""
    for name in ("mode", "start", "end", "by", "promised", "said"):
        st.session_state[f"routes:{name}"] = getattr(wish, name)
    years = {"year": wish.year, "beside": second_year(wish)}
    for name, year in years.items():
        st.session_state[f"routes:{name}"] = "" if year is None else year_text(year, lang)
    for name in ("via", "avoid", "over", "compare", "cut", "ends"):
        st.session_state[f"routes:{name}"] = list(dict.fromkeys(getattr(wish, name)))


@lru_cache(maxsize=8)
def places_by_name(atlas: Atlas, lang: str) -> Mapping[str, str]:
    """Return the places that any line of the network touches, by name, with the state of each."""
    state = naming(atlas, "countries", lang)
    network = network_of(atlas, kinds=ROUTABLE)
    ids = {end for link in (*network.links, *network.closed) for end in (link.start, link.end)}
    found: list[Place] = [place for id_ in ids if not (place := atlas.catalog.places[id_]).is_helper]
    names = {place.id: f"{place.name.in_language(lang)} ({state(place.country)})" for place in found}
    return dict(sorted(names.items(), key=lambda entry: (entry[1], entry[0])))


@lru_cache(maxsize=8)
def things_by_name(atlas: Atlas, lang: str) -> Mapping[str, str]:
    """Return what can be left aside or taken away: states, places, projects."""
    state, project = naming(atlas, "countries", lang), naming(atlas, "projects", lang)
    lines = atlas.rows[atlas.rows["kind"].isin(ROUTABLE)]
    codes = {code for found in lines["countries"] for code in found}
    homes = {above for ids in lines["projects"] for id_ in ids for above in (id_, *atlas.ancestors(id_))}
    states = {code: state(code) for code in sorted(codes, key=state)}
    projects = {id_: project(id_) for id_ in sorted(homes, key=project)}
    return {**projects, **places_by_name(atlas, lang), **states}


@lru_cache(maxsize=8)
def lines_by_name(atlas: Atlas, lang: str) -> Mapping[str, str]:
    """Return what can be compared: the ways that projects name, then the lines of the map."""
    projects = atlas.catalog.projects
    ways = {f"{id_}/{way.id}": way.title.in_language(lang) for id_, one in projects.items() for way in one.ways}
    rows = atlas.rows[atlas.rows["kind"].isin(ROUTABLE)]
    titles = {
        id_: str(title) if isinstance(title, str) and title else str(english)
        for id_, title, english in zip(rows["id"], rows[f"title_{lang}"], rows["title_en"], strict=True)
    }
    known = known_lines(atlas)
    return {**ways, **dict(sorted(((id_, title) for id_, title in titles.items() if id_ in known), key=lambda e: e[1]))}


@lru_cache(maxsize=8)
def promisers_by_name(atlas: Atlas, lang: str) -> Mapping[str, str]:
    """Return who announced an opening, by the English name, in the order of the names in a language."""
    names = {english: name.in_language(lang) for english, name in promisers(atlas).items()}
    return dict(sorted(names.items(), key=lambda entry: entry[1].casefold()))


def second_year(wish: Wish) -> int | None:
    """Return the second year of a route, None where there is none."""
    return int(wish.beside) if wish.beside and YEAR.fullmatch(wish.beside) else None


# -- the answer --------------------------------------------------------------------------------------------------------


def answer(atlas: Atlas, wish: Wish, asked: Asked) -> Answer | None:
    """Return the answer to a question, None where too little is asked; raises RoutingError."""
    if wish.mode == PROMISES:
        selection = asked.selection
        return promises(
            atlas,
            project=[id_ for id_ in selection.project if id_ in atlas.catalog.projects],
            country=[code for code in selection.country if code in atlas.catalog.countries],
            by=wish.said,
            year=wish.year,
        )
    network: dict[str, Any] = {"year": wish.year, "promised": wish.promised}
    if wish.mode == CUT:
        return cut(atlas, *wish.cut, ends=wish.ends, kinds=wish.over or DEFAULT_KINDS, **network)
    if wish.mode == COMPARE:
        if len(wish.compare) < LEAST_COMPARED:
            return None
        return compare(*(compared(atlas, subject, wish, asked.worldview) for subject in wish.compare))
    return way_in(atlas, wish, asked.worldview, **network)


def way_in(atlas: Atlas, wish: Wish, worldview: str | None, **network: Any) -> Route | None:
    """Return the route that is asked for in a network, None where an end is missing."""
    if not (wish.start and wish.end):
        return None
    return route(
        atlas,
        wish.start,
        wish.end,
        kinds=wish.over or DEFAULT_KINDS,
        via=wish.via,
        avoid=wish.avoid,
        by=wish.by,
        worldview=worldview,
        **network,
    )


def in_second_year(atlas: Atlas, wish: Wish, asked: Asked) -> Route | None:
    """Return the best way in the second year of a route, None where there is none; raises RoutingError."""
    year = second_year(wish)
    if wish.mode != ROUTE or year is None:
        return None
    # What is past is known: a year that is named by itself rests on promises only when it is to come.
    promised = wish.promised and year > atlas.year
    return way_in(atlas, wish, asked.worldview, year=year, promised=promised, alternatives=1)


def compared(atlas: Atlas, subject: str, wish: Wish, worldview: str | None) -> Route:
    """Return one of those that are compared: a line, or a route as FROM:TO or FROM:TO:YEAR."""
    asked = ROUTE_SUBJECT.fullmatch(subject)
    if asked is None:
        return line_of(atlas, subject, year=wish.year, promised=wish.promised, worldview=worldview)
    start, end, year = asked.groups()
    then = int(year) if year else wish.year
    # What is past is known: a year that is named by itself rests on promises only when it is to come.
    promised = wish.promised and (not year or int(year) > atlas.year)
    return route(atlas, start, end, year=then, promised=promised, alternatives=1, worldview=worldview)


def sheet_of(atlas: Atlas, query: Query, asked: Asked, wanted: Wanted, words: Words) -> tuple[Sheet, Answer | None]:
    """Draw the form, and return the table of the answer with the question that it answers."""
    wish = wish_of(query, asked.selection.year)
    now = form(atlas, wish, asked.lang, words)
    st.session_state[ASKED] = (now.to_query(), asked.lang)
    empty = Sheet(
        name=NAME, lang=asked.lang, caption=words["ask_nothing"] if now.mode == ROUTE else "", words=words_for(words)
    )
    found: Answer | None = None
    second: Route | None = None
    try:
        found = answer(atlas, now, asked)
        second = in_second_year(atlas, now, asked)
    except RoutingError as error:
        st.error("\n\n".join(map(plain, error.in_language(asked.lang))))
        empty = replace(empty, caption="")
    shown = replace(wanted, choices={"way": now.way, **wanted.choices})
    sheet = empty if found is None else table_of(atlas, found, asked.lang, shown, words, second)
    if now.to_query() == wish.to_query():
        return sheet, found
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    return replace(sheet, question=now.to_query(), asked=st.session_state[TIMES]), found


def table_of(
    atlas: Atlas, found: Answer, lang: str, wanted: Wanted, words: Words, second: Route | None = None
) -> Sheet:
    """Return the table of an answer, a page of it; of a route with that in a `second` year beside it, if there is."""
    if isinstance(found, Route):
        sheet = route_sheet(atlas, found, lang, wanted, words)
        if second is not None and second.year != found.year:
            sheet = with_second_year(sheet, found, second, wanted, words)
    elif isinstance(found, Comparison):
        sheet = comparison_sheet(atlas, found, lang, words)
    elif isinstance(found, Cut):
        sheet = cut_sheet(atlas, found, lang, words)
    else:
        sheet = ledger_sheet(atlas, found, lang, words)
    return paged(replace(sheet, name=NAME, lang=lang, words=words_for(words)), wanted, lang, words)


def paged(sheet: Sheet, wanted: Wanted, lang: str, words: Words) -> Sheet:
    """Return the page of a table that is asked for."""
    size = max(10, CELLS // max(1, len(sheet.heads)))
    count, pages = len(sheet.rows), max(1, -(-len(sheet.rows) // size))
    page = min(wanted.page, pages - 1) if wanted.of == sheet.of else 0
    first = page * size
    place = words["table_place"].format(
        first=number(first + 1, lang), last=number(min(first + size, count), lang), count=number(count, lang)
    )
    return replace(sheet, rows=sheet.rows[first : first + size], page=page, pages=pages, place=place)


def route_sheet(atlas: Atlas, found: Route, lang: str, wanted: Wanted, words: Words) -> Sheet:
    """Return the legs of a way; where there are several ways the reader chooses."""
    chosen = wanted.choices.get("way", "1")
    number_of = int(chosen) - 1 if chosen.isdecimal() and 0 < int(chosen) <= len(found.ways) else 0
    place, kind = naming_places(atlas, lang), naming(atlas, "vocabulary.kind", lang)
    status, titles = naming(atlas, "vocabulary.status", lang), titles_of(atlas, lang)
    towards = words_of(lang)
    shown = replace(found, ways=(found.ways[number_of],))
    options = [
        (str(at), f"{at}: {number(round(way.km), lang)} {words['unit_km']}")
        for at, way in enumerate(found.ways, start=1)
    ]
    return Sheet(
        lang=lang,
        caption=f"{route_words(shown, lang)} {words['study']}",
        of=f"{found.start} {found.end} {found.question} {number_of}",
        choices=[Choice("way", words["way_of"], str(number_of + 1), options)] if len(options) > 1 else (),
        heads=[
            Head("line", words["leg_line"]),
            Head("from", words["leg_from"]),
            Head("to", words["leg_to"]),
            Head("towards", words["leg_towards"]),
            Head("km", words["unit_km"], isNumber=True),
            Head("kind", words["kind"]),
            Head("gauge", words["leg_gauge"], isNumber=True),
            Head("status", words["status"]),
        ],
        rows=[
            Row(
                leg.row,
                [
                    titles.get(leg.row, leg.row),
                    place(leg.start),
                    place(leg.end),
                    towards[f"direction_{leg.direction}"],
                    round(leg.km, 1),
                    kind(leg.kind),
                    leg.gauge_mm,
                    status(leg.status),
                ],
            )
            for leg in shown.best.legs
        ],
    )


YEARS, LEGS = "years", "legs"


def with_second_year(sheet: Sheet, found: Route, second: Route, wanted: Wanted, words: Words) -> Sheet:
    """Return the figures of a way in both years with their difference, or its legs, as the reader chooses."""
    shown = LEGS if wanted.choices.get("table") == LEGS else YEARS
    options = [(YEARS, words["way_years"]), (LEGS, words["ask_route"])]
    choices = [*sheet.choices, Choice("table", words["ask_choose"], shown, options)]
    if shown == LEGS:
        return replace(sheet, choices=choices)
    chosen = next((choice.value for choice in sheet.choices if choice.id == "way"), "1")
    own = replace(found, ways=(found.ways[int(chosen) - 1],))
    both = compare(*sorted((own, second), key=lambda one: one.year))
    figures = comparison_sheet(own.atlas, both, sheet.lang, words)
    rows = [replace(row, cells=[*row.cells, difference(*row.cells[1:])]) for row in figures.rows]
    heads = [*figures.heads, Head("difference", words["way_difference"], isNumber=True)]
    return replace(
        figures, heads=heads, rows=rows, caption=sheet.caption, choices=choices, of=f"{sheet.of} {both.labels}"
    )


def difference(before: Cell, after: Cell) -> Cell:
    """Return by how much a figure grows, None where it is not a number in both years."""
    return after - before if isinstance(before, int | float) and isinstance(after, int | float) else None


def comparison_sheet(atlas: Atlas, found: Comparison, lang: str, words: Words) -> Sheet:
    """Return the same figures in columns."""
    own = naming(atlas, "countries", lang)
    ways = [one.best for one in found.routes]
    sums = [by_country(strip) for strip in found.strips]
    codes = [*dict.fromkeys(code for one in sums for code in one if code != SEA), SEA]
    colours = {
        code: "var(--sco-rule)" if code == SEA else f"var(--sco-part-{at % PARTS})"
        for at, code in enumerate(codes)
        if any(code in one for one in sums)
    }

    def state(code: str) -> str:
        return words["at_sea_only"] if code == SEA else own(code)

    statuses = [dict(way.km_by_status) for way in ways]
    lines: list[tuple[str, list[Cell]]] = [
        (words["figure_length"], [round(way.km) for way in ways]),
        (words["figure_low"], [way.low_km for way in ways]),
        (words["figure_high"], [way.high_km for way in ways]),
        (words["figure_borders"], [len(way.borders) for way in ways]),
        (words["figure_breaks"], [len(way.breaks) for way in ways]),
        (words["figure_sea"], [round(way.sea_km) for way in ways]),
        (words["figure_operating"], [round(status.get("operating", 0)) for status in statuses]),
        (words["figure_promised"], [round(way.promised_km) for way in ways]),
        (words["figure_undated"], [round(way.undated_km) for way in ways]),
    ]
    bands: dict[str, list[Cell]] = {}
    for at, one in enumerate(found.routes):
        for entry in one.carriage:
            name = words["figure_published"].format(unit=unit_text(atlas, entry, lang))
            texts = bands.setdefault(name, [None] * len(found.routes))
            texts[at] = "; ".join(filter(None, [str(texts[at] or ""), band_text(entry)]))
    lines += bands.items()
    lines += [
        (f"{state(code)}, {words['unit_km']}", [round(one[code]) if code in one else None for one in sums])
        for code in colours
        if code != SEA
    ]
    return Sheet(
        lang=lang,
        caption=" ".join([*published(atlas, found, lang), words["study"]]),
        of=" ".join(found.labels),
        heads=[
            Head("figure", words["figure_figure"]),
            *(Head(f"way-{at}", heading(one, lang), isNumber=True) for at, one in enumerate(found.routes)),
        ],
        rows=[Row(None, [name, *cells]) for name, cells in lines],
        bars=[
            Bar(
                heading(one, lang),
                [
                    {"name": state(code), "value": round(km, 1), "colour": colours[code]}
                    for code, km in found_km.items()
                ],
            )
            for one, found_km in zip(found.routes, sums, strict=True)
        ],
        key=[{"name": state(code), "colour": colour} for code, colour in colours.items()],
    )


def published(atlas: Atlas, found: Comparison, lang: str) -> Iterable[str]:
    """Yield what each published time or cost is of, and who says so when, each once."""
    entries = dict.fromkeys(
        (band_text(entry), unit_text(atlas, entry, lang), entry.scope.in_language(lang), entry.source, entry.as_of)
        for one in found.routes
        for entry in one.carriage
    )
    for band, unit, scope, source, as_of in entries:
        yield f"{band} {unit}: {scope} ({atlas.catalog.sources[source].publisher}, {as_of})."


def cut_sheet(atlas: Atlas, found: Cut, lang: str, words: Words) -> Sheet:
    """Return the pairs that are lost or get longer; where nothing is taken away the single points of failure."""
    place, titles = naming_places(atlas, lang), titles_of(atlas, lang)
    of = f"{found.removed} {found.year} {found.ends}"
    if not found.removed:
        return Sheet(
            lang=lang,
            caption=words["cut_bridges_note"],
            of=of,
            heads=[
                Head("line", words["leg_line"]),
                Head("between", words["bridge_between"]),
                Head("pairs", words["bridge_pairs"], isNumber=True),
                Head("places", words["bridge_places"], isNumber=True),
            ],
            rows=[
                Row(
                    one.row,
                    [titles.get(one.row, one.row), " – ".join(map(place, one.between)), one.pairs, one.places],
                )
                for one in found.bridges
            ],
        )
    counts = [("cut_lost", found.lost), ("cut_longer", found.longer)]
    kind = naming(atlas, "vocabulary.kind", lang)
    why = unmeasured(found)
    texts = [
        *asked_words(found, lang),
        *(
            [words[why].format(kinds=", ".join(map(kind, found.other_kinds)))]
            if why
            else [words[word].format(n=number(len(pairs), lang)) for word, pairs in counts]
        ),
        *outlet_texts(atlas, found, lang, words),
    ]
    return Sheet(
        lang=lang,
        caption=" ".join(texts),
        of=of,
        heads=[
            Head("from", words["leg_from"]),
            Head("to", words["leg_to"]),
            Head("before", words["cut_before"], isNumber=True),
            Head("after", words["cut_after"], isNumber=True),
            Head("longer", words["cut_more"]),
        ],
        rows=[
            Row(
                None,
                [
                    place(pair.start),
                    place(pair.end),
                    round(pair.before_km),
                    None if pair.after_km is None else round(pair.after_km),
                    words["cut_none"] if pair.longer_km is None else f"+{number(round(pair.longer_km), lang)}",
                ],
            )
            for pair in (*found.lost, *found.longer)
        ],
    )


def outlet_texts(atlas: Atlas, found: Cut, lang: str, words: Words) -> Iterable[str]:
    """Yield for each state that loses ports a sentence: none left, none on the ocean, or how many."""
    state = naming(atlas, "countries", lang)
    for outlet in found.outlets:
        gaps = {"country": state(outlet.country)}
        if not outlet.left:
            yield words["cut_no_port"].format(**gaps)
        elif outlet.on_ocean(outlet.lost) and not outlet.on_ocean(outlet.left):
            yield words["cut_no_ocean"].format(**gaps)
        else:
            ocean = outlet.on_ocean(outlet.left), outlet.on_ocean(outlet.before)
            enclosed = [port for port in outlet.left if port in outlet.enclosed], outlet.enclosed
            texts = [
                words[word].format(left=number(len(left), lang), all=number(len(whole), lang))
                for word, (left, whole) in (("cut_ocean", ocean), ("cut_enclosed", enclosed))
                if whole
            ]
            yield words["cut_ports"].format(**gaps, left=in_words(in_one("net_comma", texts), lang))


def ledger_sheet(atlas: Atlas, found: Ledger, lang: str, words: Words) -> Sheet:
    """Return the announcements."""
    titles, project, who = titles_of(atlas, lang), naming(atlas, "projects", lang), promisers_by_name(atlas, lang)
    return Sheet(
        lang=lang,
        caption=words["promise_note"].format(n=number(len(found.announcements), lang)),
        of=f"{found.year} {len(found.announcements)} {[one.id for one in found.announcements[:1]]}",
        heads=[
            Head("title", words["column_name"]),
            Head("said", words["promise_said"]),
            Head("for", words["promise_for"]),
            Head("slip", words["promise_slip"], isNumber=True),
            Head("outcome", words["promise_outcome"]),
            Head("opened", words["promise_opened"]),
            Head("by", words["promise_by"]),
        ],
        rows=[
            Row(
                one.id,
                [
                    titles.get(one.id) or project(one.id),
                    one.said or "",
                    one.opens,
                    one.slip_years or None,
                    words[f"promise_{one.outcome.replace(' ', '_')}"],
                    str(one.opened or ""),
                    who.get(one.by or "", one.by or ""),
                ],
            )
            for one in found.announcements
        ],
    )


def naming_places(atlas: Atlas, lang: str) -> Callable[[str], str]:
    """Return what says how a place is called."""
    return lambda id_: str(atlas.catalog.places[id_].name.in_language(lang))


@lru_cache(maxsize=8)
def titles_of(atlas: Atlas, lang: str) -> Mapping[str, str]:
    """Return the titles of all rows in a language, else in English."""
    rows = atlas.rows
    titles = zip(rows["id"], rows[f"title_{lang}"], rows["title_en"], strict=True)
    return {id_: str(own) if isinstance(own, str) and own else str(english) for id_, own, english in titles}


# -- picture and files -------------------------------------------------------------------------------------------------


def show(found: Answer, asked: Asked, words: Words) -> None:
    """Draw the strip of an answer, and a button for each file that it can be had as."""
    theme = "dark" if asked.theme == "dark" else "light"
    if isinstance(found, Route):
        other = found.ways[1:2]
        strips = [replace(found, ways=(way,)) for way in (found.best, *other)]
        drawn = Comparison(tuple(strips), tuple(str(at) for at in range(1, len(strips) + 1)))
        st.html(picture(drawn, asked.lang, theme))
    elif isinstance(found, Comparison):
        st.html(picture(found, asked.lang, theme))
    with st.container(horizontal=True):
        for name, (write, kind) in files_of(found, asked.lang).items():
            st.download_button(
                words.get(name.rpartition(".")[2], name),
                write,
                name,
                kind,
                key=f"routes:{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def picture(found: Comparison, lang: str, theme: str) -> str:
    """Return the strips as a picture in HTML: Streamlit takes drawings out of the HTML that it shows."""
    drawn = b64encode(found.to_svg(lang, theme).encode()).decode()
    said = escape("; ".join(f"{heading(one, lang)}: {Say(one.atlas, lang).km(one.best.km)}" for one in found.routes))
    return f'<img class="sco-strip" alt="{said}" src="data:image/svg+xml;base64,{drawn}">'


def files_of(found: Answer, lang: str) -> dict[str, tuple[Callable[[], str], str]]:
    """Return the files of an answer by name: what writes each of them, only when it is asked for, and its type."""
    if isinstance(found, Route):
        name = f"route_{found.start}_{found.end}"
        return {
            f"{name}.csv": (lambda: as_csv(found.to_frame()), "text/csv"),
            f"{name}.geojson": (found.to_geojson, "application/geo+json"),
        }
    if isinstance(found, Comparison):
        return {
            "comparison.csv": (lambda: as_csv(found.to_frame().reset_index(names="")), "text/csv"),
            "comparison.svg": (lambda: found.to_svg(lang), "image/svg+xml"),
        }
    if isinstance(found, Cut):
        return {"cut.csv": (lambda: as_csv(found.to_frame()), "text/csv")}
    return {"promises.csv": (found.to_csv, "text/csv")}


def as_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV for spreadsheets; no cell runs as a formula."""

    def text(value: object) -> object:
        parts = [f"{key} {part}" for key, part in value.items()] if isinstance(value, dict) else value
        return "; ".join(map(str, parts)) if isinstance(parts, list) else parts

    safe = table.map(lambda value: cell(text(value)))
    return BYTE_ORDER_MARK + str(safe.to_csv(index=False, lineterminator="\r\n"))
