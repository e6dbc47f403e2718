"""Each fault of a catalog gives one sentence that names the file, the entry and what would be right."""

from __future__ import annotations

import pytest

NEW, OLD = "projects/new_line.toml", "projects/old_line.toml"
MAKMAL = f"{NEW}, segment 'new_line__makmal_andijan'"


def test_the_small_catalog_is_right(complaints):
    assert complaints() == []


WAY = """[[way]]
id = "whole"
title = { en = "Whole" }
from = "makmal"
to = "andijan"
# more

[[segment]]
id = "new_line__makmal_andijan"
"""
FIRST_ROW = '[[segment]]\nid = "new_line__makmal_andijan"\n'
ARAL = '[aral]\nname = { en = "Aral Sea" }\nports = ["andijan"]'
CARRIAGE = '{ unit = "days", low = 5, high = 3, as_of = 2025, scope = { en = "by train" }, source = "gazette" }'

FAULTS = {
    "status": (
        NEW,
        '"construction" }]',
        '"constuction" }]',
        f"{NEW}: unknown status 'constuction'; did you mean 'construction'?",
    ),
    "status by alias": (
        NEW,
        '"construction" }]',
        '"building" }]',
        f"{NEW}: unknown status 'building'; did you mean 'construction'?",
    ),
    "status of a row": (
        NEW,
        'phases = [{ status = "planned" }]',
        'phases = [{ status = "plannd" }]',
        f"{NEW}, segment 'new_line__second_track': unknown status 'plannd'; did you mean 'planned'?",
    ),
    "place": (
        NEW,
        '"makmal", "halfway"',
        '"makmall", "halfway"',
        f"{MAKMAL}: unknown place 'makmall'; did you mean 'makmal'?",
    ),
    "source": (
        NEW,
        'sources = ["gazette"]',
        'sources = ["gazete"]',
        f"{NEW}: unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "source of a length": (
        NEW,
        'scope = "all", source = "gazette"',
        'scope = "all", source = "gazett"',
        f"{NEW}: unknown source 'gazett'; did you mean 'gazette'?",
    ),
    "layer": (NEW, 'layer = "rails"', 'layer = "rail"', f"{NEW}: unknown layer 'rail'; did you mean 'rails'?"),
    "kind": (NEW, 'kind = "rail"', 'kind = "rial"', f"{NEW}: unknown kind 'rial'; did you mean 'rail'?"),
    "form": (NEW, 'form = "line"', 'form = "lime"', f"{NEW}: unknown form 'lime'; did you mean 'line'?"),
    "confidence": (
        NEW,
        'confidence = "high"',
        'confidence = "sure"',
        f"{NEW}: unknown confidence 'sure'; known are high, low",
    ),
    "unit": (NEW, '"Mt/yr"', '"Mt/y"', f"{NEW}: unknown capacity unit 'Mt/y'; did you mean 'Mt/yr'?"),
    "unit missing": (NEW, 'capacity_unit = "Mt/yr"\n', "", f"{NEW}: capacity 12 has no capacity_unit"),
    "capacity missing": (NEW, "capacity = 12\n", "", f"{NEW}: capacity_unit 'Mt/yr' is given without a capacity"),
    "source of a figure": (
        NEW,
        "cost_usd_bn",
        'figure_sources = [{ figure = "capacity", source = "gazett" }]\ncost_usd_bn',
        f"{NEW}: unknown source 'gazett'; did you mean 'gazette'?",
    ),
    "figure": (
        NEW,
        "cost_usd_bn",
        'figure_sources = [{ figure = "capacty", source = "gazette" }]\ncost_usd_bn',
        f"{NEW}, figure_sources: unknown figure 'capacty'; did you mean 'capacity'?",
    ),
    "figure that is not given": (
        NEW,
        "cost_usd_bn",
        'figure_sources = [{ figure = "owner", source = "gazette" }]\ncost_usd_bn',
        f"{NEW}, figure_sources: names a source for owner, which is not given; give it or leave this out",
    ),
    "throughout": (
        NEW,
        "cost_usd_bn",
        'throughout = ["capasity"]\ncost_usd_bn',
        f"{NEW}, throughout: unknown figure 'capasity'; did you mean 'capacity'?",
    ),
    "throughout without a figure": (
        NEW,
        "cost_usd_bn",
        'throughout = ["owner"]\ncost_usd_bn',
        f"{NEW}, throughout: names owner, which the project does not give",
    ),
    "parent": (
        NEW,
        'parent = "old_line"',
        'parent = "oldline"',
        f"{NEW}, parent: unknown project 'oldline'; did you mean 'old_line'?",
    ),
    "uses": (
        NEW,
        '["old_line__pap_andijan"]',
        '["old_line__pap_andijon"]',
        f"{NEW}, uses: unknown segment 'old_line__pap_andijon'; did you mean 'old_line__pap_andijan'?",
    ),
    "uses its own": (
        NEW,
        '["old_line__pap_andijan"]',
        '["new_line__second_track"]',
        f"{NEW}, uses: 'new_line__second_track' is the project's own; `uses` names rows of other projects",
    ),
    "dates out of order": (
        NEW,
        "from = 1997",
        "from = 2025",
        f"{NEW}: phases are out of order: 2024-12-27 comes after 2025; begin with the earliest",
    ),
    "second phase without a date": (
        NEW,
        "from = 2024-12-27, ",
        "",
        f"{NEW}: phase 2 has no `from`; only the first phase may begin at an unknown time",
    ),
    "scope": (
        NEW,
        'scope = "all"',
        'scope = "new_line__makmal"',
        f"{NEW}, published_lengths: unknown segment 'new_line__makmal'; did you mean 'new_line__makmal_andijan'?",
    ),
    "scope segment in a project": (
        NEW,
        'scope = "all"',
        'scope = "segment"',
        f'{NEW}, published_lengths: scope "segment" is for the lengths of a segment itself; here write its id or "all"',
    ),
    "promise said too late": (
        NEW,
        "promises = [{ opens = 2030 }]",
        "promises = [{ opens = 2023, said = 2024-05-01 }]",
        f"{NEW}: a promise to open in 2023 was said in 2024-05-01, after it was due; correct one of the two dates",
    ),
    "promises out of order": (
        NEW,
        "promises = [{ opens = 2030 }]",
        "promises = [{ opens = 2030, said = 2025 }, { opens = 2028, said = 2024 }]",
        f"{NEW}: promises are out of order: 2024 comes after 2025; begin with the earliest",
    ),
    "one place": (
        OLD,
        'via = ["pap", "andijan"]',
        'via = ["pap"]',
        f"{OLD}, segment 'old_line__pap_andijan': via names one place; a line needs two or more",
    ),
    "place twice": (
        OLD,
        'via = ["pap", "andijan"]',
        'via = ["pap", "pap", "andijan"]',
        f"{OLD}, segment 'old_line__pap_andijan': via names 'pap' twice in a row",
    ),
    "recipe": (
        OLD,
        'via = ["pap", "andijan"]',
        'via = ["pap", "andijan"]\nrecipe = "alog"',
        f"{OLD}, segment 'old_line__pap_andijan': unknown recipe 'alog'; did you mean 'along'?",
    ),
    "along without places": (
        OLD,
        'via = ["pap", "andijan"]',
        'recipe = "along"',
        f"{OLD}, segment 'old_line__pap_andijan': recipe \"along\" needs the places it runs through in via",
    ),
    "inferred": (NEW, 'inferred = ["makmal"]', 'inferred = ["pap"]', f"{MAKMAL}, inferred: unknown place 'pap'"),
    "bridge": (
        NEW,
        'inferred = ["makmal"]',
        'bridges = [{ from = "makmal", to = "pap", reason = "a gap" }]',
        f"{MAKMAL}, bridges: unknown place 'pap'",
    ),
    "excursion": (
        NEW,
        'inferred = ["makmal"]',
        'excursions = [{ country = "UZD", reason = "a bend" }]',
        f"{MAKMAL}: unknown country 'UZD'; did you mean 'UZB'?",
    ),
    "basis": (
        NEW,
        'inferred = ["makmal"]',
        'accuracy = { km = 15, basis = "waypoint" }',
        f"{MAKMAL}: unknown basis 'waypoint'; did you mean 'waypoints'?",
    ),
    "id of a segment": (
        OLD,
        'id = "old_line__pap_andijan"\nvia',
        'id = "oldline__pap_andijan"\nvia',
        f"{OLD}, segment 'oldline__pap_andijan': the id does not begin with 'old_line__'",
    ),
    "segment of a point kind": (
        OLD,
        'via = ["pap", "andijan"]',
        'via = ["pap", "andijan"]\nkind = "port"',
        f"{OLD}, segment 'old_line__pap_andijan': kind 'port' is drawn as point; write it as [[site]]",
    ),
    "site of a kind without place": (
        OLD,
        'kind = "port"',
        'kind = "agreement"',
        f"{OLD}, site 'pap_port': kind 'agreement' is drawn as none; write it as a project without rows",
    ),
    "place of a site": (
        OLD,
        'place = "pap"',
        'place = "papp"',
        f"{OLD}, site 'pap_port': unknown place 'papp'; did you mean 'pap'?",
    ),
    "site at a helper": (
        OLD,
        'place = "pap"',
        'place = "halfway"',
        f"{OLD}, site 'pap_port': place 'halfway' is a helper point without a name; a site needs a named place",
    ),
    "same route": (
        NEW,
        'same_route_as = "new_line__makmal_andijan"',
        'same_route_as = "new_line__makmal"',
        f"{NEW}, segment 'new_line__second_track': unknown segment 'new_line__makmal'; "
        "did you mean 'new_line__makmal_andijan'?",
    ),
    "same route as itself": (
        NEW,
        'same_route_as = "new_line__makmal_andijan"',
        'same_route_as = "new_line__second_track"',
        f"{NEW}, segment 'new_line__second_track': same_route_as runs in a circle: "
        "new_line__second_track > new_line__second_track",
    ),
    "via and same route": (
        NEW,
        "string = 2",
        'via = ["makmal", "andijan"]',
        f"{NEW}, segment 'new_line__second_track': has both via and same_route_as; keep one",
    ),
    "duplicate id": (
        OLD,
        'id = "pap_port"',
        'id = "new_line"',
        f"{OLD}, 'new_line': duplicate id, it already names something in {NEW}",
    ),
    "duplicate id of an event": (
        "events.csv",
        "summit_2004,",
        "old_line,",
        f"events.csv, 'old_line': duplicate id, it already names something in {OLD}",
    ),
    "duplicate place": (
        "places.csv",
        "\npap,Pap",
        "\nandijan,Pap",
        "places.csv, line 5 'andijan': duplicate id, already on line 2",
    ),
    "country of a place": (
        "places.csv",
        "Pap,,,,UZB",
        "Pap,,,,UBZ",
        "places.csv, 'pap': unknown country 'UBZ'; did you mean 'UZB'?",
    ),
    "swapped": (
        "places.csv",
        "72.35,40.78",
        "40.78,72.35",
        "places.csv, 'andijan': lon 40.78, lat 72.35 lies outside the extent of Uzbekistan; "
        "lon and lat seem to be swapped",
    ),
    "elsewhere": (
        "places.csv",
        "72.35,40.78",
        "12.35,40.78",
        "places.csv, 'andijan': lon 12.35, lat 40.78 lies outside the extent of Uzbekistan; check lon, lat and country",
    ),
    "place kind": ("places.csv", "city,3", "citty,3", "places.csv, 'pap': unknown kind 'citty'; did you mean 'city'?"),
    "source without an address": (
        "sources.toml",
        'url = "https://example.org/a"\n',
        "",
        "sources.toml, [gazette]: has no url; only an own estimate may do without",
    ),
    "quality": (
        "sources.toml",
        '"press"',
        '"pres"',
        "sources.toml, [gazette]: unknown quality 'pres'; did you mean 'press'?",
    ),
    "licence": (
        "layers.toml",
        '"cc_by"',
        '"cc_bi"',
        "layers.toml, [rails]: unknown licence 'cc_bi'; did you mean 'cc_by'?",
    ),
    "group": (
        "layers.toml",
        '"transport"',
        '"trans"',
        "layers.toml, [rails]: unknown layer group 'trans'; did you mean 'transport'?",
    ),
    "extent": (
        "layers.toml",
        "[60, 35, 80, 45]",
        "[80, 35, 60, 45]",
        "layers.toml, [rails]: extent must be west, south, east, north, with west < east and south < north",
    ),
    "role": (
        "countries.toml",
        '"member"',
        '"membre"',
        "countries.toml, [UZB]: unknown role 'membre'; did you mean 'member'?",
    ),
    "agreement": (
        "countries.toml",
        '"old_line"',
        '"old_lin"',
        "countries.toml, [UZB]: unknown agreement 'old_lin'; did you mean 'old_line'?",
    ),
    "standing": (
        "countries.toml",
        '"party"',
        '"partie"',
        "countries.toml, [UZB]: unknown status 'partie'; did you mean 'party'?",
    ),
    "state without sources": (
        "countries.toml",
        'sources = ["gazette"]\n',
        "",
        "countries.toml, [UZB]: a state with roles needs sources, as_of and confidence",
    ),
    "event ends before it begins": (
        "events.csv",
        "2004-06-17,,",
        "2004-06-17,2004-06-16,",
        "events.csv, 'summit_2004': date and date_end are out of order: "
        "2004-06-16 comes after 2004-06-17; begin with the earliest",
    ),
    "place of an event": (
        "events.csv",
        ",andijan,",
        ",andijon,",
        "events.csv, 'summit_2004': unknown place 'andijon'; did you mean 'andijan'?",
    ),
    "country of a river": (
        "rivers.csv",
        "KGZ|UZB",
        "KGZ|UZZ",
        "rivers.csv, 'naryn_river': unknown country 'UZZ'; did you mean 'UZB'?",
    ),
    "direction of flow": (
        NEW,
        'inferred = ["makmal"]',
        'inferred = ["makmal"]\nflows = [{ direction = "foreward" }]',
        f"{MAKMAL}, flows: unknown direction 'foreward'; did you mean 'forward'?",
    ),
    "flows out of order": (
        NEW,
        'inferred = ["makmal"]',
        'inferred = ["makmal"]\nflows = [{ from = 2020, direction = "both" }, { from = 2010, direction = "forward" }]',
        f"{MAKMAL}: flows are out of order: 2010 comes after 2020; begin with the earliest",
    ),
    "place of a way": (
        NEW,
        FIRST_ROW,
        WAY.replace("andijan", "andijon"),
        f"{NEW}, way 'whole': unknown place 'andijon'; did you mean 'andijan'?",
    ),
    "a way to nowhere": (
        NEW,
        FIRST_ROW,
        WAY.replace("andijan", "makmal"),
        f"{NEW}, way 'whole': begins and ends at 'makmal'; a way leads from one place to another",
    ),
    "two ways of one id": (
        NEW,
        FIRST_ROW,
        WAY.replace(FIRST_ROW, "") + WAY,
        f"{NEW}, way 'whole': the id appears twice; every way of a project has its own",
    ),
    "what a way avoids": (
        NEW,
        FIRST_ROW,
        WAY.replace("# more", 'avoid = ["old_lin"]'),
        f"{NEW}, way 'whole', avoid: unknown place, country or line 'old_lin'; did you mean 'old_line' or",
    ),
    "kind of a way": (
        NEW,
        FIRST_ROW,
        WAY.replace("# more", 'kinds = ["rial"]'),
        f"{NEW}, way 'whole': unknown kind 'rial'; did you mean 'rail'?",
    ),
    "promised without a year": (
        NEW,
        FIRST_ROW,
        WAY.replace("# more", "promised = true"),
        f"{NEW}, way 'whole': rests on promises but says for no year; add `year`",
    ),
    "a band upside down": (
        NEW,
        FIRST_ROW,
        WAY.replace("# more", f"carriage = [{CARRIAGE}]"),
        f"{NEW}, way 'whole', carriage: low 5 is greater than high 3; swap the two",
    ),
    "unit of a published time": (
        NEW,
        FIRST_ROW,
        WAY.replace("# more", f"carriage = [{CARRIAGE}]"),
        f"{NEW}, way 'whole', carriage: unknown unit 'days'",
    ),
    "a port that is a town": (
        "enclosed_seas.toml",
        "# none",
        ARAL,
        "enclosed_seas.toml, [aral]: 'andijan' is a city in places.csv, not a port",
    ),
    "an unknown port": (
        "enclosed_seas.toml",
        "# none",
        ARAL.replace("andijan", "andijon"),
        "enclosed_seas.toml, [aral]: unknown place 'andijon'; did you mean 'andijan'?",
    ),
    "a port on two seas": (
        "enclosed_seas.toml",
        "# none",
        f"{ARAL}\n{ARAL.replace('aral', 'other')}",
        "enclosed_seas.toml, [other]: 'andijan' appears twice, already under [aral]",
    ),
    "project of a story": (
        "stories.toml",
        '"new_line"',
        '"new_lime"',
        "stories.toml, [one]: unknown project 'new_lime'; did you mean 'new_line'?",
    ),
    "country of a story": (
        "stories.toml",
        '"sco"',
        '"UBZ"',
        "stories.toml, [two]: unknown country 'UBZ'; did you mean 'UZB'?",
    ),
    "kind of a story": (
        "stories.toml",
        '"rail"',
        '"rial"',
        "stories.toml, [three]: unknown kind 'rial'; did you mean 'rail'?",
    ),
    "colour of a story": (
        "stories.toml",
        '"gauge"',
        '"gage"',
        "stories.toml, [three]: unknown colour 'gage'; did you mean 'gauge'?",
    ),
    "unit in a range of a story": (
        "stories.toml",
        'kind = ["rail"]',
        'capacity = "5-9 Mt/y"',
        "stories.toml, [three]: unknown capacity unit 'Mt/y'; did you mean 'Mt/yr'?",
    ),
    "range of a story": (
        "stories.toml",
        'kind = ["rail"]',
        'length = "9-5"',
        "stories.toml, [three], step 1, select: length '9-5': the length runs from the smaller to the larger number, "
        "which '9-5' does not",
    ),
    "unknown facet of a story": (
        "stories.toml",
        "since = 2020",
        "sinse = 2020",
        "stories.toml, [one], step 1, select",
    ),
    "part of the map of a story": (
        "stories.toml",
        "[60, 35, 80, 45]",
        "[80, 35, 60, 45]",
        "stories.toml, [one]: extent must be west, south, east, north, with west < east and south < north",
    ),
    "stories on opening": (
        "stories.toml",
        "# fourth",
        '[four]\ntitle = { en = "4" }\ntext = { en = "4" }\nfirst = true\nstep = [{}]',
        "stories.toml: 4 stories are marked `first`; the page opens with 3",
    ),
    "alias used twice": (
        "vocabulary.toml",
        '["building"]',
        '["operating"]',
        "vocabulary.toml, [status]: alias 'operating' belongs to more than one word",
    ),
    "geometry of a kind": (
        "vocabulary.toml",
        'geometry = "none"',
        'geometry = "nothing"',
        "vocabulary.toml, [kind.agreement]: geometry must be one of line, point, area, none",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named(name, spoil, complaints):
    file, old, new, said = FAULTS[name]
    spoil(file, old, new)
    assert [text for text in complaints() if text.startswith(said)], complaints()


@pytest.mark.parametrize("name", ["status", "status by alias", "layer", "uses", "swapped", "role", "duplicate id"])
def test_nothing_else_is_said(name, spoil, complaints):
    file, old, new, _ = FAULTS[name]
    spoil(file, old, new)
    assert len(complaints()) == 1


def test_parents_in_a_circle_are_named(spoil, complaints):
    spoil(OLD, 'form = "corridor"', 'form = "corridor"\nparent = "new_line"')
    assert complaints() == [
        f"{NEW}, parent: the parents run in a circle: new_line > old_line > new_line",
        f"{OLD}, parent: the parents run in a circle: old_line > new_line > old_line",
    ]


def test_an_inherited_fault_is_reported_once(spoil, complaints):
    spoil(OLD, 'kind = "rail"', 'kind = "rall"')
    assert complaints() == [f"{OLD}: unknown kind 'rall'; did you mean 'rail'?"]


def test_all_problems_are_reported_at_once_and_in_order(spoil, complaints):
    spoil("sources.toml", '"press"', '"pres"')
    spoil(OLD, 'kind = "rail"', 'kind = "rall"')
    spoil(NEW, 'layer = "rails"', 'layer = "rail"')
    assert [text.split(":")[0] for text in complaints()] == [NEW, OLD, "sources.toml, [gazette]"]


def test_an_unreadable_file_does_not_make_its_ids_unknown(spoil, complaints):
    spoil("sources.toml", 'publisher = "Gazette"', "publisher = Gazette")
    said = complaints()
    assert len(said) == 1
    assert said[0].startswith("sources.toml: is not valid TOML")


def test_an_unreadable_row_does_not_make_its_id_unknown(spoil, complaints):
    spoil(NEW, "gauge_mm = 1520", 'gauge_mm = "broad"')
    assert complaints() == [f"{MAKMAL}: gauge_mm 'broad' must be a whole number"]
