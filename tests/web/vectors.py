"""Write what Python computes of small inputs for the tests of the page's script, which has to compute the same.

`python -m tests.web.vectors` writes the files in tests/web/vectors; a test holds them to what this module gives now.
The inputs are hand-made rows, so that no change of the shipped facts changes a file.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sco_map.atlas import FACETS, Atlas, Selection, left_out, select, summarise, totals
from sco_map.atlas.names import named_in
from sco_map.atlas.summary import opened_by_year
from sco_map.export.contents import Contents
from sco_map.export.files import as_csv, file_name
from sco_map.model.columns import CSV_TABLE
from sco_map.model.conic import REGION
from sco_map.model.dates import year_of
from sco_map.model.likeness import latin, most_alike
from sco_map.model.phases import opening_year, role_in, status_in
from sco_map.model.preferred import Said, preferred
from sco_map.model.ranges import MEASURES, RangeError, parse_range
from sco_map.model.search import fold, terms_of
from sco_map.model.suggestions import nearest
from sco_map.model.tables import cell_text
from sco_map.model.viewport import viewport_fault
from sco_map.page import View
from sco_map.page.hops import packed_hops
from sco_map.page.pack import pack_coarse_path, pack_geometry, pack_integers, pack_path, unpack_path
from sco_map.page.payload import (
    as_json,
    carried_by,
    head_payload,
    layer_payload,
    packed_ground,
    packed_head,
    packed_rows,
    sent_once,
)
from sco_map.page.squeeze import deflated, in_letters
from sco_map.page.styles import read_styles
from tests.atlas import tiny
from tests.atlas.tiny import feature, phases, row
from tests.page import tiny as tiny_page
from tests.routing.tiny import network_atlas
from tests.web.network import answer, world_of

Json = dict[str, Any]

FOLDER = Path(__file__).resolve().parent / "vectors"
STYLES = "styles.toml"

HEAD_PARTS = ("projects", "ways", "places", "junctions", "countries", "also", "sources", "licences")
"""What of the head of a page the tests of the script need."""

QUERIES = (
    "",
    "country=AAA",
    "country=sco",
    "country=sco&year=2010",
    "country=BBB,CCC&kind=rail",
    "project=silk",
    "q=seidenstrasse",
    "q=чиальфа",
    "q=haven",
    "project=silk_east,gas&status=operating",
    "layer=ways&year=2000",
    "kind=port,rail",
    "status=construction,planned",
    "status=idle&year=2015",
    "role=member",
    "role=observer&year=2010",
    "year=1989",
    "year=1999",
    "year=2030",
    "since=2000",
    "since=2000&year=2011",
    "late=1",
    "late=1&year=2024",
    "late=1&year=2026",
    "q=alpha",
    "q=%C3%84LPHA+pass",
    "q=%D1%91%D0%BB%D0%BA%D0%B0",
    "q=ministry+ways",
    "q=trunk&country=CCC",
    "country=ZZZ",
    "country=-AAA",
    "country=-sco&year=2010",
    "country=CCC,-AAA",
    "project=-silk_east",
    "status=-operating,-idle",
    "layer=-pipes&role=-observer",
    "length=100-",
    "length=-150",
    "length=40&country=AAA",
    "diameter=1000-1420",
    "capacity=10-40Mt/yr",
    "capacity=10-40MW",
    "capacity=-15.5Mt/yr&year=2010",
    "opened=1985-2008",
    "opened=2000-&year=2005",
    "project=gas&kind=gas_pipeline&status=idle&country=AAA&layer=pipes",
)
WORLDVIEWS = (None, "in")

DATED: tuple[list[Json], ...] = (
    [],
    [{"from": None, "status": "operating"}],
    [{"from": "1997", "status": "planned"}, {"from": "2024-12-27", "status": "construction"}],
    [{"from": "1990", "status": "construction"}, {"from": "2000-05", "status": "operating"}],
    [{"status": "operating"}, {"from": "2012", "status": "idle"}, {"from": "2012-06", "status": "operating"}],
    [{"from": "2010", "status": "operating"}, {"from": "2005", "status": "planned"}],
)
YEARS = (None, 1900, 1989, 1990, 1997, 2000, 2004, 2005, 2011, 2012, 2024, 2100)

TEXTS = (
    "",
    "Älpha Town",
    "Ёлка",
    "Türkmenbaşy",
    "中吉乌铁路",
    "রেলপথ চীন–কিরগিজিস্তান",
    "ﬁ ½ Ⅷ ＡＢＣ",
    "İstanbul ISTANBUL ß ẞ",
    "tab\tseparated\nlines\r\n and\u00a0no-break",
    "file\x1cgroup\x1drecord\x1eunit\x1fnext\x85line\u2028separator\u3000ideographic\ufeffmark",
    "  many   spaces  ",
    "Ǆ Σίσυφος ΣΑΣ",
    "\u0301combining first",
    "ひらがな ガ ガ",
)

MISSPELT = (
    *("Аландия", "Seidenstraße", "чиалфа", "haven"),
    *("silk", "slik", "silk est", "Silk Raod", "silkroad", "gas trunk", "gaz", "ministri", "alpa", "alhpa", "betta"),
    *("Альфа", "Алфа", "Шёлк", "шолк", "Ёлкка", "альфа бета", "আলফ", "আলফা", "阿尔", "阿尔法法", "aland", "Beland"),
    *(
        "Çeland",
        "lng",
        "al pha",
        "Qashqar",
        "x",
        "",
        "--",
        "<img>",
        "summit_2010 alpha",
        "sumit_2010 alfa",
        "🚆",
        "a" * 300,
        "silk-east",
        "SILK EAST",
    ),
    *("O‘zbekiston", "Туркменбаши", "Türkmenbaşy", "щука", "trunc gas", "far esat", "prot", "constructor"),
)

ADDRESSES = (
    "",
    "country=UZB,KAZ&status=construction&year=2024",
    "?kind=rail&kind=road,rail",
    "#layer=%20ways%20,,pipes",
    "year=-5&since=2000",
    "late=1&late=0",
    "late=0",
    "q=a+b%20%20c",
    "q=%22quoted%22+%26+%23+%2B+%25",
    "q=it's+(so)+*!",
    "project=a%2Cb",
    "country=-UZB,KAZ,-,--,%20-%20",
    "capacity=20+-+50+bcm/yr&length=100-500km",
    "capacity=5-60train%20pairs%2Fday&diameter=1420",
    "length=007.50-8.125&opened=2000-",
    "country=%D0%A0%D0%A4",
    "unknown=1&country=AAA",
    "role=member,observer&q=%E4%B8%AD%E5%90%89%E4%B9%8C",
)

RANGE_TEXTS = tuple(
    product(
        MEASURES,
        (
            *("", "-", "1-2-3", "1 2", "2-1", "5", "0", "-5", "5-", "1.5-2.125", "1.2345", "1e3", "1,000", "٣-٥"),
            *("2000", "2000-2010", "1799-1801", "2000.5", "2000–2010", " 2000 \u2003-\t2010 ", "12345678901-"),
            *("5-km", "5 - 7 km", "5mm", "5-7 bcm/yr", "-7bcm/yr", "5MW", "1-60 train  pairs/day", "5-bcm2", "km"),
        ),
    )
)

CORNERS = (
    (80.0, 40.0),
    (16.5, 37.0),
    (123.0, 58.5),
    (66.2, 41.5),
    (140.25, 70.5),
    (72.8, 8.1),
    (-5.0, 60.0),
    (190.0, 66.0),
)
VIEWPORTS = ("5/41.5/66.2", "5/41.5", "", "a/b/c", "5/91/60", "2.5/-10/199.5", "0/0/0", "5/41.5/66.2/7", "nan/0/0")

CELLS: tuple[tuple[str, Any], ...] = (
    ("note", None),
    ("note", ""),
    ("note", "plain"),
    ("note", "=1+1"),
    ("note", "+1"),
    ("note", "-1"),
    ("note", "@x"),
    ("note", "\t=1"),
    ("note", "\n=1"),
    ("note", 'a,"b";\r\nc'),
    ("length_km", 5.0),
    ("length_km", 0.25),
    ("length_km", -3),
    ("gauge_mm", 1520),
    ("countries", []),
    ("countries", ["AAA", "BBB"]),
    ("sources", ["=evil", "press"]),
    ("km_by_country", {"AAA": 10.0, "BBB": 0.5}),
    ("phases", [{"from": None, "status": "planned"}, {"from": "2010-05", "status": "operating", "source": "press"}]),
    ("published_lengths", [{"km": 532.53, "scope": "all", "source": "press"}, {"km": 523.0, "scope": "segment"}]),
    ("promises", [{"opens": "2024"}, {"opens": "2025-06", "said": "2023", "text": "soon", "source": "press"}]),
    ("parties", [{"country": "AAA", "date": "2001", "status": "party", "note": "not written"}]),
    ("history", [{"date": "1997", "text": "=Memorandum"}, {"text": "-x", "date": None}]),
)


HOPS: tuple[Json, ...] = (
    {"km": 12.5, "accuracy_km": 0.4, "countries": {"AAA": 12.5}},
    {"km": 384.1, "accuracy_km": 11.0, "countries": {"AAA": 84.09, "BBB": 300.01}},
    {"km": 0.07, "accuracy_km": 1.0, "countries": {"BBB": 0.07}},
    {"km": 50.0, "accuracy_km": 120.5, "countries": {}},
    {"km": 60.0, "accuracy_km": 2.0, "countries": {"BBB": 60.0}},
    {"km": 99.99, "accuracy_km": 2.0, "countries": {"BBB": 10.0, "AAA": 20.5}},
    {"km": 7.0, "accuracy_km": 2.0, "countries": {"AAA": 7.0}},
)
"""Stretches between a, b, c ...: within a state, over a border, at sea, and with a part at sea."""


def lines_of_hops() -> Iterator[Json]:
    """Yield rows of such hops with what the page carries of them; the last passes a place that it does not name."""
    ids = "abcdefgh"
    for first, last, countries in ((0, 7, ["AAA", "BBB"]), (2, 3, ["BBB"]), (3, 4, []), (5, 7, ["BBB", "AAA"])):
        hops = [{"from": ids[at], "to": ids[at + 1], **HOPS[at]} for at in range(first, last)]
        places = list(ids[first : last + 1]) if first < 5 else [ids[first], ids[last]]
        row = {"hops": hops, "places": places, "countries": countries}
        yield {
            "places": places,
            "countries": countries,
            "sent": packed_hops(row),
            "hops": [
                {
                    "from": hop["from"],
                    "to": hop["to"],
                    "km": hop["km"],
                    "accuracyKm": hop["accuracy_km"],
                    "states": [list(entry) for entry in hop["countries"].items()],
                }
                for hop in hops
            ],
        }


NETWORK: tuple[Json, ...] = (
    {"what": "route", "from": "a", "to": "d"},
    {"what": "route", "from": "d", "to": "a", "by": "gauges"},
    {"what": "route", "from": "a", "to": "d", "by": "borders", "alternatives": 2},
    {"what": "route", "from": "Alpha", "to": "DELTA", "kinds": ["rail", "sea", "road"], "via": ["b"]},
    {"what": "route", "from": "a", "to": "f", "year": 2031, "promised": True},
    {"what": "route", "from": "a", "to": "p", "year": 1995},
    {"what": "route", "from": "a", "to": "c", "avoid": ["x"]},
    {"what": "route", "from": "a", "to": "x", "via": ["c"]},
    {"what": "route", "from": "c", "to": "x", "via": ["Celand", "land"]},
    {"what": "route", "from": "a", "to": "c", "via": ["North Pass"], "avoid": ["celand"]},
    {"what": "route", "from": "a", "to": "d", "avoid": ["ferry"]},
    {"what": "route", "from": "a", "to": "c", "avoid": ["Aland"]},
    {"what": "route", "from": "a", "to": "b", "via": ["land"], "avoid": ["ferry"]},
    {"what": "route", "from": "a", "to": "f"},
    {"what": "route", "from": "a", "to": "z"},
    {"what": "route", "from": "a", "to": "a"},
    {"what": "route", "from": "alhpa", "to": "b", "avoid": ["nothing at all"]},
    {"what": "route", "from": "a", "to": "b", "year": 1500, "kinds": [], "by": "speed", "alternatives": 9},
    {"what": "route", "from": "a", "to": "b", "kinds": ["gas_pipeline"]},
    {"what": "route", "from": "a", "to": "b", "alternatives": 9},
    {"what": "line", "subject": "main"},
    {"what": "line", "subject": "planned", "year": 2030, "promised": True},
    {"what": "line", "subject": "planned", "year": 2010},
    {"what": "line", "subject": "change"},
    {"what": "line", "subject": "silk"},
    {"what": "line", "subject": "silk/north"},
    {"what": "line", "subject": "norht"},
    {"what": "cut", "avoid": []},
    {"what": "cut", "avoid": ["x"]},
    {"what": "cut", "avoid": ["BBB"], "ends": ["a", "d", "p"]},
    {"what": "cut", "avoid": ["coast"], "ends": ["a", "c", "d", "q"]},
    {"what": "cut", "avoid": ["p"], "ends": ["z"]},
    {"what": "cut", "avoid": ["Celand"], "ends": ["Delta", "a", "c", "alpha"]},
    {"what": "cut", "avoid": ["CCC"], "ends": ["Alpha", "a"]},
)
"""Questions about the tiny network, right and wrong ones."""


def network() -> Json:
    """Return the tiny network as a page carries it, and what Python answers to questions about it."""
    atlas = network_atlas()
    cases = [{"question": question, "answer": answer(atlas, question)} for question in NETWORK]
    found: Json = json.loads(as_json({"world": world_of(atlas, atlas.rows), "cases": cases}))
    return found


def features() -> dict[str, list[Json]]:
    """Return the rows of the tiny atlas and some with what is rare: views, parallel strings, flows, no geometry."""
    layers = tiny.layers()
    layers["ways"] += [
        feature(
            row(
                "silk__disputed",
                projects=["silk"],
                countries=["AAA"],
                km_by_country={"AAA": 40.0},
                length_km=40.0,
                string=2,
                views={"in": {"countries": ["DDD", "AAA"], "km_by_country": {"DDD": 30.0, "AAA": 10.0}}},
                published_lengths=[{"km": 41.5, "scope": "all", "source": "press"}],
                note="=not a formula",
                **phases(("1985-03-01", "operating"), ("1999", "shelved"), ("2008", "operating")),
            ),
            {"type": "MultiLineString", "coordinates": [[[1, 41], [2, 42]], [[3, 43], [4.5, 44.25], [5, 45]]]},
        ),
        feature(
            row(
                "silk__rebuilt",
                projects=["silk"],
                countries=["AAA", "BBB"],
                km_by_country={"AAA": 100.0, "BBB": 50.0},
                length_km=150.0,
                string=2,
                places=["alpha", "beta"],
                **phases(("2030", "planned")),
            ),
            {"type": "LineString", "coordinates": [[10, 40], [12, 41]]},
        ),
        feature(row("silk__plan", projects=["silk"], countries=["DDD"], **phases(("2040", "planned"))), None),
    ]
    layers["pipes"][0]["properties"]["diameter_mm"] = 1020
    layers["days"][0]["properties"]["places"] = ["alpha"]
    layers["pipes"][0]["properties"]["flows"] = [{"from": None, "direction": "forward"}]
    return layers


GROUND: Json = {
    "land": {
        "arcs": ["abc"],
        "marked": [0],
        "units": [{"id": "aaa", "polygons": [[[0]]]}, {"id": "bbb", "polygons": []}],
    },
    "lakes": [{"id": "deep", "title": {"en": "Deep"}, "geometry": {"rings": [["a"]]}}, {"geometry": {"rings": []}}],
    "labels": [],
}


def packed(atlas: Atlas) -> Json:
    """Return the head and the rows of a page with all rows of `atlas` as they travel, and as the script reads them."""
    head = {**head_payload(atlas, atlas.rows, read_styles(atlas.catalog.path / STYLES), {}), "styles": {}}
    carried = carried_by(head, atlas)
    layers = [layer_payload(id_, atlas.rows[atlas.rows["layer"] == id_], carried) for id_ in features()]
    once = sent_once(head, layers)
    found: Json = json.loads(
        as_json(
            {
                "head": head,
                "layers": layers,
                "ground": GROUND,
                "packed_ground": packed_ground(GROUND),
                "packed": [packed_head(head, once), packed_rows(layers, once)],
            }
        )
    )
    return found


def world(atlas: Atlas) -> Json:
    """Return what a page with all rows of `atlas` carries, but for words and looks."""
    head = head_payload(atlas, atlas.rows, read_styles(atlas.catalog.path / STYLES), {})
    carried = carried_by(head, atlas)
    layers = [layer_payload(id_, atlas.rows[atlas.rows["layer"] == id_], carried) for id_ in features()]
    parts = {name: head[name] for name in HEAD_PARTS}
    carried_as: Json = json.loads(as_json({"page": {"year": atlas.year}, **parts, "layers": layers}))
    return carried_as


def counts(atlas: Atlas, selection: Selection, worldview: str | None) -> Json:
    """Return for each facet and value how many rows it would show if the other facets stay, found by selecting."""
    found: Json = {}
    for facet in FACETS:
        nothing: dict[str, Any] = {facet: ()}
        rows = select(atlas, replace(selection, **nothing), worldview)
        values: dict[str, int] = {}
        for properties in rows.drop(columns="geometry").to_dict("records"):
            for value in values_of(atlas, properties, facet):
                values[value] = values.get(value, 0) + 1
        found[facet] = dict(sorted(values.items()))
    return found


def values_of(atlas: Atlas, properties: Json, facet: str) -> list[str]:
    """Return the values that a row has in a facet; a project counts for all that are above it."""
    if facet == "country":
        return list(properties["countries"])
    if facet == "project":
        above = (id_ for project in properties["projects"] for id_ in (project, *atlas.ancestors(project)))
        return list(dict.fromkeys(above))
    value = properties[facet]
    return [value] if isinstance(value, str) else []


def selections(atlas: Atlas) -> Iterator[Json]:
    """Yield what every query shows from every view on borders: ids, statuses, counts and sums."""
    for query, worldview in product(QUERIES, WORLDVIEWS):
        selection = Selection.from_query(query)
        rows = select(atlas, selection, worldview)
        sums = totals(rows)
        by_country = summarise(rows, "country")
        yield {
            "query": query,
            "worldview": worldview,
            "states": {
                id_: [text_or_none(status), text_or_none(role)]
                for id_, status, role in sorted(zip(rows["id"], rows["status"], rows["role"], strict=True))
            },
            "counts": counts(atlas, selection, worldview),
            "left_out": left_out(atlas, selection, worldview),
            "km": sums.km,
            "countries": sums.countries,
            "km_by_country": {code: km for code, km in zip(by_country["country"], by_country["km"], strict=True) if km},
            "opened": {str(year): km for year, km in opened_by_year(rows).items()},
        }


def text_or_none(value: Any) -> str | None:
    """Return a cell of text, None where there is none."""
    return value if isinstance(value, str) else None


def range_text(name: str, text: str) -> str | None:
    """Return a range as an address carries it, None when the text is none."""
    try:
        return str(parse_range(name, text))
    except RangeError:
        return None


def paths(seed: int = 1) -> Iterator[Json]:
    """Yield paths on the grid with the texts they are packed into, fine and coarse."""
    chance = random.Random(seed)
    for length in (1, 2, 3, 10, 60):
        steps = [
            [chance.randint(-(10**size), 10**size) for _ in range(2)] for size in chance.choices(range(6), k=length)
        ]
        grid = np.cumsum(np.array(steps, dtype=np.int64), axis=0)
        coarse = pack_coarse_path(grid)
        yield {"path": grid.tolist(), "packed": pack_path(grid)}
        yield {"path": unpack_path(coarse).tolist(), "packed": coarse}


def geometries() -> Iterator[Json]:
    """Yield geometries as they are packed, with their coordinates on the grid as GeoJSON."""
    for shape in (
        shapely.Point(66.9237, 39.6546),
        shapely.LineString([(1, 2), (3.5, 4.25), (-7.125, 0)]),
        shapely.MultiLineString([[(1, 2), (3, 4)], [(10, 20), (30, 41), (50, 60)]]),
    ):
        yield {"packed": pack_geometry(shape, 0.0), "geometry": json.loads(shapely.to_geojson(shape))}


def byte_strings() -> Iterator[bytes]:
    """Yield bytes of every length up to two rounds of letters, and those that letters could trip over."""
    yield from (bytes(range(7, 7 + length)) for length in range(16))
    yield from (bytes([value]) * 7 for value in (0x00, 0x0D, 0x3C, 0x7F, 0x80, 0xFF))


def vectors() -> dict[str, Any]:
    """Return the content of every file by its name."""
    with tempfile.TemporaryDirectory() as folder:
        atlas = tiny_page.unchecked(Path(folder), features())
        known = {
            **atlas.catalog.known("projects"),
            **atlas.catalog.known("places"),
            **atlas.catalog.known("countries"),
        }
        columns = {column.name: column for column in CSV_TABLE}
        integers = [0, 1, -1, 15, 16, -16, -17, 31, 32, 1023, -1024, 65_535, -65_536, 1_000_000, -180_000]
        return {
            "phases": [
                {
                    "phases": dated,
                    "year": year,
                    "status": status_in(dated, year),
                    "role": role_in([{**entry, "role": entry["status"]} for entry in dated], year),
                    "opened": opening_year(dated),
                }
                for dated, year in product(DATED, YEARS)
            ],
            "preferred": [preferred_case(figures) for figures in preferred_figures()],
            "years": [[moment, year_of(moment)] for moment in (None, "2024", "2024-12", "2024-12-27", "0987")],
            "fold": [{"text": text, "folded": fold(text), "terms": terms_of(text)} for text in TEXTS],
            "latin": [[text, latin(text)] for text in (*TEXTS, *MISSPELT)],
            "nearest": [
                [text, nearest(text, known), [[one.form, one.id] for one in most_alike(text, named_in(atlas))]]
                for text in MISSPELT
            ],
            "known": [[id_, list(names)] for id_, names in known.items()],
            "ranges": [[name, text, range_text(name, text)] for name, text in RANGE_TEXTS],
            "address": [[query, Selection.from_query(query).to_query()] for query in ADDRESSES],
            "file_names": [
                [query, file_name(Selection.from_query(query), "csv", "1.2.3")] for query in (*ADDRESSES, *QUERIES)
            ],
            "conic": [[lon, lat, REGION.forward(np.array([lon, lat])).round(6).tolist()] for lon, lat in CORNERS],
            "viewports": [[text, viewport_fault(text) is None] for text in VIEWPORTS],
            "integers": [[value, pack_integers([value])] for value in integers],
            "paths": list(paths()),
            "hops": list(lines_of_hops()),
            "network": network(),
            "geometries": list(geometries()),
            "letters": [[content.hex(), in_letters(content)] for content in byte_strings()],
            "deflated": [[text, deflated(text)] for text in (*TEXTS, "a" * 999, "<script>" * 9)],
            "cells": [[name, value, str(cell_text(columns[name], value))] for name, value in CELLS],
            "csv": as_csv(Contents(atlas, Selection(), View())).decode(),
            "csv_comma": as_csv(Contents(atlas, Selection(), View()), "ru").decode(),
            "csv_2011": as_csv(Contents(atlas, Selection(year=2011), View())).decode(),
            "world": world(atlas),
            "packed": packed(atlas),
            "selections": list(selections(atlas)),
        }


def preferred_figures() -> Iterator[list[Said]]:
    """Yield published figures: every pair of kinds of sources and dates, then some with more of them."""
    sources = [(None, None), *product(("primary", "press", "database", "own_estimate", "else"), (None, "2025"))]
    dates = (None, "2025", "2025-12", "2025-12-09", "2024-12-31", "2026")
    yield []
    yield [Said(1)]
    yield from ([Said(1, *one), Said(2, *other)] for one, other in product(sources, repeat=2))
    yield from ([Said(1, "press", one), Said(2, "press", other)] for one, other in product(dates, repeat=2))
    yield [Said(5, "press", "2020"), Said(5)]
    yield [Said(5, "press", "2020"), Said(7, "press", "2022"), Said(5, "press", "2024"), Said(5, "mirror")]
    yield [Said(5, "press", "2025"), Said(7, "press", "2025-12"), Said(9, "press", "2020")]
    yield [Said(5, "press", "2026"), Said(7, "press", "2025-12"), Said(9, "press", "2020")]


def preferred_case(figures: list[Said]) -> Json:
    """Return figures with the place of the preferred one and the reason."""
    return {"figures": [[said.value, said.quality, said.published] for said in figures], "found": preferred(figures)}


def files() -> dict[Path, str]:
    """Return the text of every file by its path: one value per line where there are several."""
    return {FOLDER / f"{name}.json": written(value) for name, value in vectors().items()}


def written(value: Any) -> str:
    """Return JSON that reads well in a diff."""
    if isinstance(value, list):
        lines = (json.dumps(entry, ensure_ascii=False) for entry in value)
        return "[\n" + ",\n".join(lines) + "\n]\n"
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, text in files().items():
        file.write_text(text, encoding="utf-8")
