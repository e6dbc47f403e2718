"""What a contribution has to obey is said by the check: one sentence with file, entry and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.catalog import examine, read_catalog
from sco_map.catalog.rules.looks import contrast
from tests.catalog.conftest import written
from tests.catalog.finished import BASEMAP, FINISHED, STYLES

NEW, OLD = "projects/new_line.toml", "projects/old_line.toml"
PAP_ANDIJAN = f"{OLD}, segment 'old_line__pap_andijan'"
AREA = "basemap/disputed_areas.toml, [area.valley]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the finished catalog with its looks and its ground, and return its folder."""
    return written(tmp_path, {**FINISHED, "styles.toml": STYLES, **BASEMAP})


def said(folder: Path) -> list[str]:
    """Return what the check says of the catalog as sentences."""
    _, problems = examine(folder, whole=True)
    return [str(problem) for problem in problems]


def test_the_finished_catalog_obeys_every_rule(folder):
    assert said(folder) == []


BROKEN = {
    "title in two languages": (
        NEW,
        ', ru = "Новая линия", zh = "新线"',
        "",
        f"{NEW}: 'New line' has no translation into Russian (ru) and Chinese (zh)",
    ),
    "name of a place": (
        "places.csv",
        "পাপ,Пап,帕普",
        ",Пап,帕普",
        "places.csv, 'pap': 'Pap' has no translation into Bengali (bn)",
    ),
    "word of the vocabulary": (
        "vocabulary.toml",
        ', zh = "港口"',
        "",
        "vocabulary.toml, [kind.port]: 'port' has no translation into Chinese (zh)",
    ),
    "words of a story": (
        "stories.toml",
        ', ru = "Первый."',
        "",
        "stories.toml, [one]: 'The first.' has no translation into Russian (ru)",
    ),
    "title of an event": (
        "events.csv",
        "Саммит 2004",
        "",
        "events.csv, 'summit_2004': 'Summit 2004' has no translation into Russian (ru)",
    ),
    "name in another script": (
        "places.csv",
        "পাপ,Пап",
        "Пап,Пап",
        "places.csv, 'pap': bn 'Пап' is in Cyrillic letters; write it in Bengali",
    ),
    "name in Latin letters": (
        "places.csv",
        "পাপ,Пап",
        "পাপ,Päp",
        "places.csv, 'pap': ru 'Päp' is in Latin letters; write it in Cyrillic",
    ),
    "lost letter": (
        NEW,
        'en = "New line"',
        'en = "New l\ufffdne"',
        f"{NEW}: 'New l\ufffdne' has lost a letter (U+FFFD)",
    ),
    "invisible letter": (
        "places.csv",
        "pap,Pap",
        "pap,Pap\u200b",
        "places.csv, 'pap': 'Pap\\u200b' contains the invisible character U+200B; remove it",
    ),
    "joiner outside Bengali": (
        "places.csv",
        "pap,Pap",
        "pap,Pa\u200dp",
        "places.csv, 'pap': 'Pa\\u200dp' contains the invisible character U+200D; remove it",
    ),
    "traces of research": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nnote = "Opened in 1947; the source was not read for this entry"',
        f"{OLD}, site 'pap_port': note tells readers of the research ('source was not read'); "
        "say what is known and what is not",
    ),
    "half a sentence": (
        "layers.toml",
        'gaps = "None."',
        'gaps = "None"',
        "layers.toml, [rails]: gaps is not a whole sentence; end it with a full stop",
    ),
    "source that nothing cites": (
        "sources.toml",
        "[own_estimate]",
        '[stray]\npublisher = "Stray"\nurl = "https://example.org/b"\nquality = "press"\n[own_estimate]',
        "sources.toml, [stray]: no fact cites it; name it where it is used, or delete it",
    ),
    "address of another source": (
        "sources.toml",
        'publisher = "This project"',
        'publisher = "This project"\nurl = "https://example.org/a"',
        "sources.toml, [own_estimate]: has the address of [gazette]; cite that one instead",
    ),
    "helper without a line": (
        NEW,
        '"makmal", "halfway", "andijan"',
        '"makmal", "andijan"',
        "places.csv, 'halfway': no line runs through this helper point; delete it",
    ),
    "town on a town": (
        "places.csv",
        "71.11,40.87",
        "72.35,40.78",
        "places.csv, 'pap': lies exactly where 'andijan' lies; use that place, or correct one of the two",
    ),
    "long id": (
        OLD,
        'id = "pap_port"',
        f'id = "{"p" * 61}"',
        f"{OLD}, '{'p' * 61}': the id has 61 characters; 60 are the most",
    ),
    "stretch stored twice": (
        NEW,
        '"makmal", "halfway", "andijan"',
        '"makmal", "halfway", "andijan", "pap"',
        f"{PAP_ANDIJAN}: the stretch pap – andijan is part of 'new_line__makmal_andijan' already; "
        "list that segment in `uses` of the project, or give this one string = 2 if it is a line beside it",
    ),
    "second line without a number": (
        NEW,
        "string = 2\n",
        "",
        f"{NEW}, segment 'new_line__second_track': follows the route of 'new_line__makmal_andijan', "
        "so it is a second line there; write string = 2 or more",
    ),
    "line without a route": (
        OLD,
        'via = ["pap", "andijan"]\n',
        "",
        f"{PAP_ANDIJAN}: has no route; name its places in via, or say in note why no route is published",
    ),
    "sea leg with a track": (
        OLD,
        'via = ["pap", "andijan"]\n',
        'via = ["pap", "andijan"]\nkind = "ferry"\n',
        f"{PAP_ANDIJAN}: a line of kind 'ferry' has no track; write recipe = \"symbol\"",
    ),
    "railway in use without a gauge": (
        OLD,
        "gauge_mm = 1520\n",
        "",
        f"{PAP_ANDIJAN}: is operating, so its gauge is known; write gauge_mm",
    ),
    "long hop known too well": (
        OLD,
        'via = ["pap", "andijan"]\n',
        'via = ["pap", "andijan", "makmal"]\naccuracy = { km = 5, basis = "waypoints" }\n',
        f"{PAP_ANDIJAN}: the hop andijan – makmal is drawn straight over 150 km, yet said to be known within 5 km; "
        "name a place between them, or say at least 15 km in accuracy",
    ),
    "segment longer than the whole": (
        NEW,
        'published_lengths = [{ km = 300, scope = "all", source = "gazette" }]\n',
        'published_lengths = [\n  { km = 300, source = "gazette" },\n'
        '  { km = 312.5, scope = "new_line__makmal_andijan", source = "gazette" },\n]\n',
        f"{NEW}, published_lengths: 312.5 km for 'new_line__makmal_andijan' is longer than the 300 km published of the "
        "whole project; correct one of the two, or say what the longer one counts in its scope",
    ),
    "segment longer than the whole by its own words": (
        NEW,
        "string = 2\n",
        'string = 2\npublished_lengths = [{ km = 301, scope = "segment", source = "gazette" }]\n',
        f"{NEW}, segment 'new_line__second_track', published_lengths: 301 km for 'segment' is longer than the 300 km",
    ),
    "same record twice": (
        NEW,
        "promises = [{ opens = 2030 }]\n",
        "promises = [{ opens = 2030 }, { opens = 2030 }]\n",
        f"{NEW}, promises: has the same record twice (opens 2030); keep one",
    ),
    "own estimate called sure": (
        "places.csv",
        "city,15,own_estimate,low",
        "city,15,own_estimate,high",
        "places.csv, 'makmal': is an estimate of this project, so its confidence is not 'high'",
    ),
    "source nobody read": (
        OLD,
        "gauge_mm = 1520\n",
        'gauge_mm = 1520\nnote = "General knowledge; the source was not read"\n',
        f"{PAP_ANDIJAN}: its source was not read, so its confidence is not 'high'",
    ),
    "opening that was only announced": (
        NEW,
        '2024-12-27, status = "construction"',
        '2024-12-27, status = "operating", text = "Was due by the end of 2024; the day is not known"',
        f"{NEW}: is 'operating' from 2024-12-27, but the text of this phase ('Was due by the end of 2024') does not "
        "say that it was in use; announced openings belong in `promises`, finished works in `history`",
    ),
    "works called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Last weld" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Last weld') does not say",
    ),
    "trial called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "First test train in January" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('First test train in January')",
    ),
    "finished works called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Line completed; no train yet" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Line completed') does not say",
    ),
    "agreement called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Intergovernmental agreement" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Intergovernmental agreement')",
    ),
    "agreement in force called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Agreement in force" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Agreement in force')",
    ),
    "memorandum called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Memorandum of two states" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Memorandum of two states')",
    ),
    "founding called an opening": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating", text = "Port founded" }]',
        f"{OLD}, site 'pap_port': is 'operating' from 2014, but the text of this phase ('Port founded')",
    ),
    "aim called a capacity": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\ncapacity = 7\ncapacity_unit = "Mt/yr"\nnote = "The capacity is the target set in 2017."',
        f"{OLD}, row 'pap_port': has a `capacity` that its note calls an aim",
    ),
    "date of the line given to a station": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 2014, status = "operating" }]\n'
        'note = "The start date is that of the line; when the station itself began is not known."',
        f"{OLD}, row 'pap_port': has a phase with a date, but its note says that this is the date of the line",
    ),
    "start of a line that no line has": (
        OLD,
        'id = "pap_port"',
        'id = "pap_port"\nphases = [{ from = 1871, status = "operating", text = "Start of the line" }]',
        f"{OLD}, site 'pap_port': says of 1871 that it is the start of the line ('Start of the line'), but no line",
    ),
    "story of everything": (
        "stories.toml",
        'select = { kind = ["rail"] }, ',
        "",
        "stories.toml, [three]: selects everything; say in `select` which rows it shows",
    ),
    "layer without a look": (
        "styles.toml",
        '[layer.rails]\nrank = 1\nlight = { line = "#33383E", text = "#33383E" }\n'
        'dark = { line = "#D9DEE3", text = "#D9DEE3" }\nwidth = 1.4\n[layer.other]\nrank = 0\nlike = "rails"',
        '[layer.other]\nrank = 0\nlight = { line = "#33383E", text = "#33383E" }\n'
        'dark = { line = "#D9DEE3", text = "#D9DEE3" }\nwidth = 1.4',
        "styles.toml, [layer.rails]: the layer 'rails' has no look; give it a rank and colours, or like = a layer",
    ),
    "status without a look": (
        "styles.toml",
        "[status.construction]\n",
        "",
        "styles.toml, [status.construction]: the status 'construction' has no look; "
        "an empty table draws it as a full line",
    ),
    "points without a symbol": (
        "styles.toml",
        '[symbol.port]\nshape = "square"\nfrom_zoom = 3.9\nname_zoom = 4.8\ntoken = "ink"\nrank = 1\n',
        "[symbol]\n",
        "styles.toml, [symbol.port]: points of kind 'port' have no symbol; give them a shape and zooms",
    ),
    "gauge without a colour": (
        NEW,
        "gauge_mm = 1520",
        "gauge_mm = 1000",
        "styles.toml, [gauge]: light has no colour for the gauge of 1000 mm, so it looks unknown; add one",
    ),
    "colour in one theme only": (
        "styles.toml",
        'label_water = "#9FC0D5"\n',
        'label_water = "#9FC0D5"\nrule = "#123456"\n',
        "styles.toml, [light]: rule is missing; [dark] has it",
    ),
    "look of an unknown project": (
        "styles.toml",
        "[project.new_line]",
        "[project.new_lane]",
        "styles.toml, [project]: unknown project 'new_lane'; did you mean 'new_line'",
    ),
    "width of an unknown row": (
        "styles.toml",
        '"old_line__pap_andijan"',
        '"old_line__pap_andijon"',
        "styles.toml, [row_width]: unknown segment 'old_line__pap_andijon'; did you mean 'old_line__pap_andijan'?",
    ),
    "name of an unknown event": (
        "styles.toml",
        "summit_2004 =",
        "summit_2005 =",
        "styles.toml, [event_name]: unknown event 'summit_2005'; did you mean 'summit_2004'?",
    ),
    "unknown token": (
        "styles.toml",
        'token = "ink"',
        'token = "inc"',
        "styles.toml, [symbol.port]: unknown token 'inc'; did you mean 'ink'",
    ),
    "like a layer that is like another": (
        "styles.toml",
        'like = "rails"',
        'like = "other"',
        "styles.toml, [layer.other]: is like 'other', which has no look of its own; write like = 'other'",
    ),
    "name of a look in one language": (
        "styles.toml",
        ', ru = "Новая", zh = "新线"',
        ', ru = "Новая"',
        "styles.toml, [project.new_line]: 'New' has no translation into Chinese (zh)",
    ),
    "text that cannot be read": (
        "styles.toml",
        'ink3 = "#333333"',
        'ink3 = "#999999"',
        "styles.toml, [light]: ink3 #999999 on paper #FFFFFF has a contrast of 2.85; 4.6 is the least",
    ),
    "line that cannot be seen": (
        "styles.toml",
        'light = { line = "#33383E"',
        'light = { line = "#E3E8EE"',
        "styles.toml, [layer.rails]: light line #E3E8EE on land_member #FBF2DA has a contrast of",
    ),
    "colour that is none": (
        "styles.toml",
        'ink3 = "#333333"',
        'ink3 = "0.5"',
        "styles.toml, [light]: ink3 0.5 on paper #FFFFFF: both must be colours #RRGGBB",
    ),
    "river without a course": (
        "basemap/river_courses.toml",
        "[naryn_river]\n",
        '[syr_darya]\nname = { en = "Syr Darya", bn = "সির দরিয়া", ru = "Сырдарья", zh = "锡尔河" }\n',
        "rivers.csv, 'naryn_river': has no course; add one to basemap/river_courses.toml",
    ),
    "course of no river": (
        "basemap/river_courses.toml",
        'name = { en = "Volga", bn = "ভোলগা", ru = "Волга", zh = "伏尔加河" }\n',
        "",
        "basemap/river_courses.toml, [volga]: unknown river 'volga'",
    ),
    "river with two names": (
        "basemap/river_courses.toml",
        "[naryn_river]\n",
        '[naryn_river]\nname = { en = "Naryn", bn = "নারিন", ru = "Нарын", zh = "纳伦河" }\n',
        "basemap/river_courses.toml, [naryn_river]: has a name of its own, but rivers.csv names this river; "
        "leave it out",
    ),
    "area that nobody claims": (
        "basemap/disputed_areas.toml",
        'claimed_by = ["KGZ", "UZB"]\ncounts_to = { default = "UZB", in = "KGZ" }',
        'claimed_by = []\ncounts_to = { default = "UZB" }',
        f"{AREA}: nobody claims it; name at least one state in claimed_by",
    ),
    "area of an outsider": (
        "basemap/disputed_areas.toml",
        'claimed_by = ["KGZ", "UZB"]',
        'claimed_by = ["UZB"]',
        f"{AREA}: counts to KGZ for 'in', which neither administers nor claims it",
    ),
    "unknown worldview": (
        "basemap/disputed_areas.toml",
        'in = "KGZ"',
        'im = "KGZ"',
        f"{AREA}: unknown worldview 'im'; known are default, in",
    ),
    "unknown claim line": (
        "basemap/disputed_areas.toml",
        'cut = ["first_claim"]',
        'cut = ["frist_claim"]',
        f"{AREA}: unknown claim line 'frist_claim'; did you mean 'first_claim'",
    ),
    "claim line used and left out": (
        "basemap/disputed_areas.toml",
        "second_claim = ",
        "first_claim = ",
        "basemap/disputed_areas.toml, [left_out]: 'first_claim' is left out, yet an area is cut by it; "
        "keep one of the two",
    ),
    "unknown source of an area": (
        "basemap/disputed_areas.toml",
        'sources = ["gazette"]',
        'sources = ["gazete"]',
        f"{AREA}: unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "large city without a Chinese name": (
        "basemap/cities.csv",
        "Ташкент,塔什干",
        "Ташкент,",
        "basemap/cities.csv, 'Tashkent': 'Tashkent' has no translation into Chinese (zh)",
    ),
    "state without a capital": (
        "basemap/cities.csv",
        ",1,yes",
        ",1,",
        "basemap/cities.csv: has no capital of Uzbekistan; add the city with capital = yes",
    ),
}

RESEARCH = {
    "The alignment is not published in the sources read": "sources read",
    "13 parties in the list as read": "as read",
    "The acceptances of 2017 were not read": "not read",
    "No text says that works have begun": "No text",
    "Where the 82 km are taken to end": "are taken to end",
    "A restart after May 2024 was not found": "was not found",
    "Finished in 2002 by another text": "by another text",
    "Finished in 1978, 1979 or 1982 as texts have it": "as texts have",
    "230 million US dollars; general knowledge": "general knowledge",
    "URL to be checked": "URL to be checked",
    "Straight placeholder for the line": "placeholder",
    "The standing of each state is in countries.toml": "countries.toml",
    "decision_date = 2022-09-14": "decision_date",
    "Ratified by a federal law (docs.cntd.ru/document/420390140)": "cntd.ru/d",
    "12 -> 20 Mt a year": "->",
}
"""Notes about the research, and the phrase that gives each away."""


@pytest.mark.parametrize("note", RESEARCH)
def test_a_note_about_the_research_is_named_with_file_entry_and_phrase(note, spoil, folder):
    spoil(OLD, "gauge_mm = 1520\n", f'gauge_mm = 1520\nnote = "{note}"\n')
    (sentence,) = said(folder)
    assert sentence.startswith(f"{PAP_ANDIJAN}: note tells readers of the research ({RESEARCH[note]!r}); ")


def test_the_text_of_a_phase_and_the_gaps_of_a_layer_are_for_readers_too(spoil, folder):
    spoil("layers.toml", 'gaps = "None."', 'gaps = "News of 2026 was not looked up."')
    spoil(NEW, '1997, status = "planned"', '1997, status = "planned", text = "No text gives the day"')
    assert sorted(sentence.partition(";")[0] for sentence in said(folder)) == [
        "layers.toml, [rails]: gaps tells readers of the research ('looked up')",
        f"{NEW}: text tells readers of the research ('No text')",
    ]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(name, spoil, folder):
    file, old, new, expected = BROKEN[name]
    spoil(file, old, new)
    assert [text for text in said(folder) if text.startswith(expected)], said(folder)


@pytest.mark.parametrize("name", ["title in two languages", "stretch stored twice", "source that nothing cites"])
def test_nothing_else_is_said_and_the_catalog_can_be_read(name, spoil, folder):
    file, old, new, _ = BROKEN[name]
    spoil(file, old, new)
    assert len(said(folder)) == 1
    assert read_catalog(folder).projects


HISTORY = 'history = [{ date = 2024-12-27, text = "A thing", source = "gazette" }]\n'
PUBLISHED = [("2024-12-20", True), ("2024-12", False), ("2024-12-27", False), ("2025", False)]
"""When a text came out, and whether it is too old to have seen what happened on 27 December 2024."""


@pytest.mark.parametrize(("published", "older"), PUBLISHED)
def test_a_text_cannot_have_seen_what_came_after_it(published, older, spoil, folder):
    spoil("sources.toml", 'publisher = "Gazette"', f'publisher = "Gazette"\npublished = "{published}"')
    spoil(NEW, '2024-12-27, status = "construction"', '2024-12-27, status = "construction", source = "gazette"')
    spoil(NEW, "from = 1997, ", 'from = 1997, source = "gazette", ')
    spoil(OLD, 'via = ["pap", "andijan"]\n', f'via = ["pap", "andijan"]\n{HISTORY}')
    sentence = (
        f"tells of 2024-12-27 after 'gazette', which was published in {published} and can only have announced it; name "
        "a later text, or the day of the announcement"
    )
    assert said(folder) == ([f"{NEW}: {sentence}", f"{PAP_ANDIJAN}: {sentence}"] if older else [])


def test_a_plan_may_be_for_a_day_after_its_text(spoil, folder):
    spoil("sources.toml", 'publisher = "Gazette"', 'publisher = "Gazette"\npublished = 1996')
    spoil(NEW, "from = 1997, ", 'from = 1997, source = "gazette", ')
    assert said(folder) == []


PROMISERS = {
    "Gazette": True,
    "The Gazette": True,
    "Agency": False,
    "Gazette, in a forecast of its own": False,
    "An editor of Gazette": False,
    None: False,
}
"""Who may be named as the one who announced an opening, and whether that is no more than the paper that reported it."""


@pytest.mark.parametrize("by", PROMISERS)
def test_a_paper_does_not_announce_openings(by, spoil, folder):
    promise = "opens = 2030, " + (f'by = "{by}", ' if by else "") + 'source = "gazette"'
    spoil("sources.toml", 'publisher = "Gazette"', 'publisher = "Gazette (Tashkent), through Agency"')
    spoil(NEW, "promises = [{ opens = 2030 }]", f"promises = [{{ {promise} }}]")
    spoil(OLD, 'via = ["pap", "andijan"]\n', f'via = ["pap", "andijan"]\npromises = [{{ {promise} }}]\n')
    sentence = (
        f"a promise to open in 2030 is said to be by {by!r}, which reports it in 'gazette'; name the person or body "
        f'that the text names, leave `by` out if it names nobody, or write by = "{by}, in a forecast of its own"'
    )
    announced = [text for text in said(folder) if "a promise to open" in text]
    assert announced == ([f"{NEW}: {sentence}", f"{PAP_ANDIJAN}: {sentence}"] if PROMISERS[by] else [])


@pytest.mark.parametrize(("quality", "is_paper"), [("press", True), ("own_estimate", False)])
def test_an_agency_read_through_a_paper_is_known_by_its_other_texts(quality, is_paper, spoil, folder):
    spoil("sources.toml", 'publisher = "Gazette"', 'publisher = "Gazette, through Agency"')
    spoil("sources.toml", "[own_estimate]", f'[agency]\npublisher = "Agency"\nquality = "{quality}"\n[own_estimate]')
    spoil(NEW, "{ opens = 2030 }", '{ opens = 2030, by = "Agency", source = "gazette" }')
    assert bool([text for text in said(folder) if "a promise to open" in text]) is is_paper


STATION = """
[[site]]
id = "pap_station"
kind = "landfall"
title = { en = "Pap station", bn = "পাপ স্টেশন", ru = "Станция Пап", zh = "帕普站" }
place = "pap"
phases = [{ from = 1946, status = "operating", source = "gazette" }]
"""
"""A point of a line, which cannot be older than the line."""


@pytest.mark.parametrize(("line", "older"), [("1947-05", True), ("1946-05", False), (None, False)])
def test_a_station_older_than_its_line_is_named_with_both_dates(line, older, spoil, folder):
    vocabulary = folder / "vocabulary.toml"
    label = '{ en = "landfall", bn = "উপকূল-প্রান্ত", ru = "выход на берег", zh = "登陆点" }'
    kind = f'landfall = {{ label = {label}, geometry = "point" }}\n'
    vocabulary.write_text(
        vocabulary.read_text(encoding="utf-8").replace("[form]\n", f"{kind}[form]\n"), encoding="utf-8"
    )
    since = f'from = "{line}", ' if line else ""
    phase = f'phases = [{{ {since}status = "operating", source = "gazette" }}]\n'
    spoil(OLD, 'via = ["pap", "andijan"]\n', f'via = ["pap", "andijan"]\n{phase}')
    (folder / OLD).write_text((folder / OLD).read_text(encoding="utf-8") + STATION, encoding="utf-8")
    sentence = (
        f"{OLD}, site 'pap_station': operates since 1946, but the first line of its project only since {line}; "
        "correct one of the two dates"
    )
    assert (sentence in said(folder)) == older


def test_rules_wait_until_every_file_can_be_read(spoil, folder):
    spoil("sources.toml", 'publisher = "Gazette"', "publisher = Gazette")
    spoil(NEW, ', ru = "Новая линия", zh = "新线"', "")
    assert [text.split(":")[0] for text in said(folder)] == ["sources.toml"]


TRUE = {
    "opening that came later than it was due": (
        NEW,
        '2024-12-27, status = "construction"',
        '2024-12-27, status = "operating", text = "First train; it had been due since July"',
    ),
    "works that were expected": (
        NEW,
        '2024-12-27, status = "construction"',
        '2024-12-27, status = "construction", text = "Expected for 2023"',
    ),
    "place without a Chinese name": ("places.csv", "Пап,帕普", "Пап,"),
    "abbreviation in Latin letters": (NEW, 'ru = "Новая линия"', 'ru = "TRACECA"'),
    "joiner in a Bengali word": (NEW, 'bn = "নতুন লাইন"', 'bn = "র\u200d্যাম্প"'),
    "text of several lines": (OLD, "gauge_mm = 1520\n", 'gauge_mm = 1520\nnote = """\nOne.\nTwo."""\n'),
    "planned railway whose gauge is not known": (NEW, "gauge_mm = 1520\n", ""),
    "what sources disagree on": (
        OLD,
        "gauge_mm = 1520\n",
        'gauge_mm = 1520\nnote = "Most sources give 392 km, one 393 km; the height is unconfirmed. Found in 1952"\n',
    ),
    "where the coordinates of a place are from": (
        "places.csv",
        ",2,gazette,high,",
        ",2,gazette,high,general knowledge",
    ),
    "port in a town": ("places.csv", "71.11,40.87,city", "72.35,40.78,port"),
    "line of another gauge beside a line": (
        NEW,
        "string = 2\n",
        'string = 2\n[[segment]]\nid = "new_line__narrow"\nvia = ["pap", "andijan"]\nstring = 2\ngauge_mm = 1520\n',
    ),
    "material that no fact cites": (
        "sources.toml",
        "[own_estimate]",
        '[map]\npublisher = "Map"\nurl = "https://example.org/b"\nquality = "press"\nlicence = "cc_by"\n[own_estimate]',
    ),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_may_be_true_is_not_forbidden(name, spoil, folder):
    file, old, new = TRUE[name]
    if file == "places.csv" and name.startswith("port"):
        spoil(
            "vocabulary.toml",
            "helper = {",
            'port = { label = { en = "port", bn = "বন্দর", ru = "порт", zh = "港口" } }\nhelper = {',
        )
    spoil(file, old, new)
    assert said(folder) == []


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
