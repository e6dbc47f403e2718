"""What Python answers of the network, as plain values that the page's script has to give, too; and random questions.

The script writes its answers in the same form (web/tests/network.ts).
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd

from sco_map.atlas import Atlas
from sco_map.model.languages import LANGUAGES
from sco_map.model.network import AIMS, ROUTABLE
from sco_map.page.payload import (
    as_json,
    carried_by,
    head_payload,
    layer_payload,
    packed_head,
    packed_rows,
    sent_once,
)
from sco_map.page.styles import read_styles
from sco_map.paths import GEODATA
from sco_map.routing import (
    Cut,
    Description,
    Ledger,
    Route,
    RoutingError,
    cut,
    describe,
    network_of,
    promises,
    route,
)
from sco_map.routing.comparison import by_country
from sco_map.routing.corridors import line_of
from sco_map.routing.route import Leg, Way
from sco_map.routing.strip import Strip, strip_of

Json = dict[str, Any]

FEW_LEGS = 3
"""So many legs of each answer are compared as a file has them: all would take minutes."""

ANSWERS = ("net_", "says_", "way_", "fig_", "cut_", "compare_", "promise_", "direction_", "ask_")
USED = ("km", "mm", "from_to", "hidden_value", "not_verified", "full_stop", "reset", "at_sea_only")
"""The words that answers are made of: those that begin so, and some that the whole page uses."""


def world_of(atlas: Atlas, rows: gpd.GeoDataFrame) -> Json:
    """Return head and rows of a page as they travel, without looks and most words.

    `views` are the worldviews that its ground would name.
    """
    head = head_payload(atlas, rows, read_styles(GEODATA / "catalog" / "styles.toml"), {"year": atlas.year})
    head["words"] = {
        lang: {key: text for key, text in texts.items() if key.startswith(ANSWERS) or key in USED}
        for lang, texts in head["words"].items()
    }
    head |= {"styles": {"symbol": {}, "status": {}, "kind": {}, "layer": {}}, "stories": [], "licences": {}}
    carried = carried_by(head, atlas)
    layers = [layer_payload(str(id_), part, carried) for id_, part in rows.groupby("layer", sort=True)]
    once = sent_once(head, layers)
    found: Json = json.loads(
        as_json(
            {
                "head": packed_head(head, once),
                "rows": packed_rows(layers, once),
                "views": list(atlas.worldviews),
            }
        )
    )
    return found


def answer(atlas: Atlas, question: Mapping[str, Any]) -> Json:
    """Return what Python answers to a question, or the complaints about it."""
    asked = dict(question)
    what = asked.pop("what")
    try:
        if what == "route":
            found = route(atlas, asked.pop("from"), asked.pop("to"), **asked)
            kept = {"passed": list(found.passed), "avoided": list(found.avoided)}
            return {**kept, "ways": [way_facts(way) for way in found.ways], "legs": legs_in_file(found)}
        if what == "line":
            return line_facts(line_of(atlas, asked.pop("subject"), **asked))
        if what == "words":
            return line_words(describe(atlas, asked["subject"]))
        if what == "cut":
            return cut_facts(cut(atlas, *asked.pop("avoid"), **asked))
        return ledger_facts(promises(atlas, by=asked.pop("promiser", None), **asked))
    except RoutingError as error:
        said = {lang: error.in_language(lang) for lang in LANGUAGES}
        return {"complaints": list(error.complaints), "said": said}


def way_facts(way: Way) -> Json:
    """Return everything that a way says, with ids."""
    return {
        "km": way.km,
        "band": [way.low_km, way.high_km],
        "countries": [list(entry) for entry in way.km_by_country],
        "sea": way.sea_km,
        "borders": [
            [border.leaves, border.enters, list(border.between), border.at, border.by_sea] for border in way.borders
        ],
        "breaks": [[entry.place, entry.from_mm, entry.to_mm] for entry in way.breaks],
        "ferries": [leg.row for leg in way.ferries],
        "narrowest": way.narrowest
        and [way.narrowest.row, way.narrowest.capacity, way.narrowest.unit, way.narrowest.known_km],
        "status": [list(entry) for entry in way.km_by_status],
        "promised": way.promised_km,
        "undated": way.undated_km,
        "legs": [leg_facts(leg) for leg in way.legs],
    }


def legs_in_file(found: Route) -> list[Json]:
    """Return the legs of all ways as a file of them has them."""
    return [feature["properties"] for feature in json.loads(found.to_geojson())["features"][:FEW_LEGS]]


def line_words(found: Description) -> Json:
    """Return a line in words, in every language."""
    return {lang: [found.text(lang), *found.legs(lang)] for lang in LANGUAGES}


def line_facts(found: Route) -> Json:
    """Return everything that a line says, with ids, and what it is along its length."""
    return {
        "subject": found.subject,
        "title": found.title and found.title.en,
        "year": found.year,
        "carriage": [
            [entry.unit, entry.low, entry.high, entry.as_of, entry.scope.en, entry.source] for entry in found.carriage
        ],
        "way": way_facts(found.best),
        "strip": strip_facts(strip_of(found.best)),
    }


def strip_facts(strip: Strip) -> Json:
    """Return a way along its length, and the km in each state, the sea last."""
    return {
        "km": strip.km,
        "stretches": [
            [one.from_km, one.to_km, one.row, one.kind, one.status, one.promised, one.gauge_mm]
            for one in strip.stretches
        ],
        "soils": [[one.from_km, one.to_km, one.country] for one in strip.soils],
        "marks": [
            [
                one.km, one.what, one.place,
                *([one.leaves, one.enters] if one.leaves else []), *([one.from_mm, one.to_mm] if one.from_mm else []),
            ]
            for one in strip.marks
        ],
        "places": [list(one) for one in strip.places],
        "states": by_country(strip),
    }  # fmt: skip


def leg_facts(leg: Leg) -> list[Any]:
    """Return everything that a leg says, with ids."""
    return [
        leg.row,
        list(leg.places),
        leg.direction,
        leg.km,
        leg.accuracy_km,
        leg.gauge_mm,
        [list(entry) for entry in leg.countries],
        leg.status,
        leg.promised,
        leg.length_basis,
        leg.capacity,
        leg.capacity_unit,
        list(leg.sources),
    ]


def cut_facts(found: Cut) -> Json:
    """Return everything that a cut says, with ids."""
    return {
        "ends": list(found.ends),
        "removed": list(found.removed),
        "dropped": list(found.dropped),
        "other_kinds": list(found.other_kinds),
        "links": found.links,
        "km": found.km,
        "longer": [[pair.start, pair.end, pair.before_km, pair.after_km, pair.longer_km] for pair in found.longer],
        "lost": [[pair.start, pair.end, pair.before_km] for pair in found.lost],
        "outlets": [
            [outlet.country, *map(list, (outlet.before, outlet.lost, outlet.left, outlet.enclosed))]
            for outlet in found.outlets
        ],
        "capacity": [list(entry) for entry in found.capacity_gone],
        "bridges": [
            [bridge.row, list(bridge.between), bridge.places, bridge.pairs, bridge.links, list(bridge.countries)]
            for bridge in found.bridges
        ],
    }


def ledger_facts(found: Ledger) -> Json:
    """Return everything that a ledger says, with ids."""
    return {
        "announcements": [
            [
                entry.id, entry.project, entry.title, sorted(entry.countries), entry.opens, entry.said, entry.by,
                entry.source, entry.slip_years, entry.outcome, entry.opened,
            ]
            for entry in found.announcements
        ],
        "counts": found.counts(),
        "builds": [list(entry) for entry in found.build_years],
        "median": found.median_build_years,
    }  # fmt: skip


KINDS = ((), ("rail",), ("rail", "ferry", "sea", "road"), ("road",), ("gas_pipeline",), ("rail", "sea"), ROUTABLE)
"""Kinds that are asked for, none meaning the default; most questions are about that."""


def settings(atlas: Atlas, chance: random.Random) -> Json:
    """Return year, promises, kinds and worldview of a question."""
    found: Json = {}
    if chance.random() < 0.6:
        found["year"] = chance.randint(1985, atlas.year + 12)
    if chance.random() < 0.4:
        found["promised"] = True
    if kinds := chance.choices(KINDS, weights=[9] + [1] * (len(KINDS) - 1))[0]:
        found["kinds"] = list(kinds)
    return found


def random_questions(atlas: Atlas, routes: int, cuts: int, seed: int = 7) -> Iterator[Json]:
    """Yield random questions: routes in groups that share a network, cuts, and ledgers."""
    chance = random.Random(seed)
    places = sorted(id_ for id_, place in atlas.catalog.places.items() if not place.is_helper)
    states = sorted({code for codes in atlas.rows["countries"] for code in codes})
    lines = atlas.rows[atlas.rows["kind"].isin(ROUTABLE)]
    rows = sorted(lines["id"])
    projects = sorted({id_ for ids in lines["projects"] for id_ in ids})
    titles = [country.name for country in atlas.catalog.countries.values()]
    titles += [atlas.catalog.projects[id_].title for id_ in projects]
    names = [*projects, *(text for title in titles for text in title.texts)]
    together = 20
    for _ in range(0, routes, together):
        shared = settings(atlas, chance)
        if chance.random() < 0.3:
            shared["worldview"] = chance.choice(atlas.worldviews)
        avoid = [chance.choice(choices) for choices in (places, states, rows, names) if chance.random() < 0.15]
        if avoid:
            shared["avoid"] = avoid
        network = network_of(atlas, year=shared.get("year"), kinds=shared.get("kinds", ()))
        known = sorted(network.graph) or places
        for _ in range(together):
            start, end = (chance.choice(known if chance.random() < 0.97 else places) for _ in range(2))
            question = {"what": "route", "from": start, "to": end, **shared, "by": chance.choice(AIMS)}
            if chance.random() < 0.15:
                question["via"] = [chance.choice(known) for _ in range(chance.randint(1, 2))]
            if chance.random() < 0.1:
                question["via"] = [*question.get("via", ()), chance.choice(chance.choice((states, rows, names)))]
            yield {**question, "alternatives": chance.choice((1, 1, 2, 3))}
    for _ in range(cuts):
        removed = [chance.choice(chance.choice((places, states, rows, names))) for _ in range(chance.randint(0, 2))]
        ends = {"ends": chance.sample(places, 4)} if chance.random() < 0.3 else {}
        yield {"what": "cut", "avoid": removed, **ends, **settings(atlas, chance)}
    subjects = [*atlas.catalog.projects, *rows]
    named = [f"{id_}/{way.id}" for id_, project in atlas.catalog.projects.items() for way in project.ways]
    for subject in (*named, *chance.sample(subjects, min(len(subjects), 2 * cuts))):
        yield {"what": "line", "subject": subject, **({"year": 2012} if chance.random() < 0.2 else {})}
    yield {"what": "promises"}
    for _ in range(8):
        yield {"what": "promises", "project": [chance.choice(projects)], "year": chance.randint(2000, 2035)}
        yield {"what": "promises", "country": [chance.choice(states)]}


def lines_in_words(atlas: Atlas) -> Iterator[Json]:
    """Yield the question for the words of every row that is a line and of every project, be it one line or not."""
    rows = atlas.rows[[bool(hops) for hops in atlas.rows["hops"]]]
    for subject in (*sorted(rows["id"]), *sorted(atlas.catalog.projects)):
        yield {"what": "words", "subject": subject}


WRONG: Sequence[Json] = (
    {"what": "route", "from": "kashgr", "to": "poti"},
    {"what": "route", "from": "Ташкент", "to": "Пекен"},
    {"what": "route", "from": "喀什", "to": "qqqqqq"},
    {"what": "route", "from": "poti", "to": "Poti"},
    {"what": "route", "from": "poti", "to": "baku", "year": 1700},
    {"what": "route", "from": "poti", "to": "baku", "year": 1810},
    {"what": "route", "from": "poti", "to": "baku", "kinds": []},
    {"what": "route", "from": "poti", "to": "baku", "kinds": ["rial", "air"]},
    {"what": "route", "from": "poti", "to": "baku", "by": "fastest"},
    {"what": "route", "from": "poti", "to": "baku", "worldview": "xx"},
    {"what": "route", "from": "poti", "to": "baku", "alternatives": 7},
    {"what": "route", "from": "poti", "to": "baku", "avoid": ["georgi", "KAZ", "zzzz"]},
    {"what": "route", "from": "poti", "to": "baku", "avoid": ["tbilisi", "Тбилиси", "tbilisi"]},
    {"what": "route", "from": "poti", "to": "baku", "avoid": ["GEO"]},
    {"what": "route", "from": "poti", "to": "baku", "avoid": ["Kazakstan", "Грузия"]},
    {"what": "route", "from": "kashgar", "to": "poti", "avoid": ["哈萨克斯坦", "Russia", "IRN"]},
    {"what": "route", "from": "kashgar", "to": "poti", "via": ["Mongolia"], "avoid": ["rus"]},
    {"what": "route", "from": "kashgar", "to": "poti", "via": ["Mongolie", "nowhere at all"]},
    {"what": "cut", "avoid": ["KAZ"], "ends": ["almaty_1", "Moscow", "tashkent", "moscow"]},
    {"what": "cut", "avoid": ["KAZ"], "ends": ["Moscow", "moscow"]},
    {"what": "route", "from": "kashgar", "to": "osh"},
    {"what": "route", "from": "kashgar", "to": "kabul", "via": ["kashgar"]},
    {"what": "line", "subject": "midle_corridor"},
    {"what": "line", "subject": "middle_corridor/khorgos"},
    {"what": "line", "subject": "middle_corridor/khorgos_poti", "year": 1970},
    {"what": "line", "subject": "cagp_d/west"},
    {"what": "line", "subject": "sco"},
    {"what": "line", "subject": "aktau_port"},
    {"what": "line", "subject": "aktau_port__site"},
    {"what": "cut", "avoid": ["dostik"], "ends": ["osch"]},
    {"what": "cut", "avoid": [], "ends": ["jalal_abad", "kabul"]},
    {"what": "promises", "project": ["cku"], "country": ["KZA"]},
    {"what": "promises", "promiser": "nobody"},
    {"what": "promises", "promiser": "Kazahstan"},
    {"what": "promises", "promiser": "казахстан"},
    {"what": "route", "from": "KAZ", "to": "China"},
    {"what": "route", "from": "kaz", "to": "poti", "year": 1950},
    {"what": "route", "from": "tjk", "to": "cpec"},
    {"what": "route", "from": "middle_corridor", "to": "哈萨克斯坦"},
    {"what": "route", "from": "cku_railway", "to": "gwadar", "kinds": ["rail", "road"]},
    {"what": "cut", "avoid": ["dostyk"], "ends": ["KAZ", "poti"]},
)
"""Questions about the shipped network with something wrong in them."""
