"""The questions to the network below the map: the address asks them, widgets change it, and the answer is a table."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import quote

import pytest

from sco_map.app.asked import Asked, asked_of
from sco_map.app.grid import Sheet, Wanted
from sco_map.app.routes import (
    CUT,
    PROMISES,
    Wish,
    answer,
    called,
    files_of,
    in_second_year,
    table_of,
    titles_of,
    wish_of,
)
from sco_map.app.words import naming, words_of
from sco_map.atlas import Atlas
from sco_map.model.languages import LANGUAGES
from sco_map.routing import Comparison, Route, RoutingError, route
from sco_map.routing.promises import promisers
from tests.app.test_main import opened, sheet_in

KASHGAR = "from=kashgar&to=poti&year=2031&promised=1"


def answered(atlas: Atlas, query: str, lang: str = "en", **wanted: Any) -> Sheet:
    asked = asked_of(f"{query}&lang={lang}", atlas)
    found = answer(atlas, wish_of(query, asked.selection.year), asked)
    assert found is not None
    return table_of(atlas, found, lang, Wanted(**wanted), words_of(lang))


@pytest.mark.parametrize(
    "query",
    [
        "from=kashgar&to=poti&via=makmal,tashkent&avoid=CHN&by=borders&over=rail,road&promised=1",
        "from=kashgar&to=poti&promised=1&beside=2025",
        "from=Kashgar,%20China&to=poti",
        "compare=middle_corridor/khorgos_poti,kashgar:poti:2031",
        "cut=IRN,aktau_port&ends=tashkent,poti",
        "promises=1",
        "by=Kazakhstan%20Temir%20Zholy,%20%22x%22&promises=1",
        "compare=",
        "cut=",
    ],
)
def test_a_question_is_read_from_an_address_and_written_into_it(query: str) -> None:
    assert wish_of(query).to_query() == query
    assert wish_of(f"lang=ru&{query}&kind=rail", 2031).to_query() == f"{query}&year=2031"


def test_what_makes_no_sense_in_an_address_is_left_out() -> None:
    assert wish_of("by=fastest&over=camel,rail&promised=yes&from=%20&promises=0") == Wish(over=("rail",))
    assert wish_of("over=rail&promised=1").to_query() == "", "without ends nothing is asked"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=kashgar&to=poti&compare=2025&year=2031", "from=kashgar&to=poti&beside=2025"),
        ("compare=2025", "compare=2025"),
        ("from=kashgar&to=poti&compare=2025,instc", "compare=2025,instc"),
    ],
)
def test_a_year_to_compare_a_route_with_is_its_second_year(query: str, said: str) -> None:
    assert wish_of(query).to_query() == said


def test_a_route_is_a_table_of_its_legs_with_the_way_in_words(shipped: Atlas) -> None:
    sheet = answered(shipped, KASHGAR)
    assert sheet.caption.startswith("Runs west from Kashgar (China) to Poti (Georgia), 3\u202f716 km.")
    assert "434 km rest on promises" in sheet.caption
    assert [row.id for row in sheet.rows][:2] == ["cku_railway__kashgar_torugart", "cku_railway__torugart_makmal"]
    assert sum(float(row.cells[4] or 0) for row in sheet.rows) == pytest.approx(3716.18, abs=1)
    assert wish_of(f"{KASHGAR}&way=2").way == "2"
    other = answered(shipped, KASHGAR, choices={"way": "2"})
    assert sheet.choices[0].value == "1" and other.choices[0].value == "2"
    assert [row.id for row in other.rows] != [row.id for row in sheet.rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_year_stands_beside_the_first_with_the_difference(shipped: Atlas, lang: str) -> None:
    words, query = words_of(lang), f"{KASHGAR}&compare=2025"
    asked = asked_of(f"{query}&lang={lang}", shipped)
    wish = wish_of(query, asked.selection.year)
    found, second = answer(shipped, wish, asked), in_second_year(shipped, wish, asked)
    assert isinstance(found, Route) and second is not None
    before = route(shipped, "kashgar", "poti", year=2025).best
    sheet = table_of(shipped, found, lang, Wanted(), words, second)
    figures = {row.cells[0]: row.cells[1:] for row in sheet.rows}
    length, rests = figures[words["figure_length"]], figures[words["figure_promised"]]
    assert length == [round(before.km), 3716, 3716 - round(before.km)]
    assert rests == [0, 434, 434], "the past rests on no promise"
    assert [head.name for head in sheet.heads][-1] == words["way_difference"]
    assert [choice.value for choice in sheet.choices][-1] == "years"
    legs = table_of(shipped, found, lang, Wanted(choices={"table": "legs"}), words, second)
    assert legs.heads == answered(shipped, KASHGAR, lang).heads


def test_the_same_line_twice_in_an_address_is_a_sentence() -> None:
    app = opened(tab="routes", told="compare=instc/west,instc/west")
    assert not app.exception and "is given twice" in app.error[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_is_in_the_language_of_the_reader(shipped: Atlas, lang: str) -> None:
    words = words_of(lang)
    assert answered(shipped, KASHGAR, lang).heads[0].name == words["leg_line"]
    table = answered(shipped, "compare=middle_corridor,northern_corridor", lang)
    assert table.rows[0].cells == [words["figure_length"], 8473, 9605]
    days = words["figure_published"].format(
        unit=shipped.catalog.vocabulary["carriage_unit"]["days"].label.in_language(lang)
    )
    assert [row.cells[1:] for row in table.rows if row.cells[0] == days] == [[None, "12–14"]]
    assert "(Navis Group, 2025-08-27)" in table.caption
    assert [sum(part["value"] for part in bar.parts) for bar in table.bars] == pytest.approx([8472.8, 9605], abs=0.5)
    assert {part["name"] for bar in table.bars for part in bar.parts} == {sign["name"] for sign in table.key}
    lost = answered(shipped, "cut=IRN,RUS,CHN,TUR,GEO,PAK&ends=astana,tashkent,poti", lang)
    kazakhstan = shipped.catalog.countries["KAZ"].name.in_language(lang)
    assert words["cut_no_ocean"].format(country=kazakhstan) in lost.caption
    ledger = answered(shipped, "promises=1&country=UZB", lang)
    assert {row.cells[4] for row in ledger.rows} <= {words[f"promise_{one}"] for one in ("kept", "late", "open")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ledger_is_that_of_one_promiser_by_the_name_of_the_language(shipped: Atlas, lang: str) -> None:
    english, name = next((english, name) for english, name in promisers(shipped).items() if name.ru and name.zh)
    ledger = answered(shipped, f"promises=1&by={quote(english)}", lang)
    whole = answered(shipped, "promises=1", lang)
    assert {row.cells[6] for row in ledger.rows} == {name.in_language(lang)}
    assert 0 < len(ledger.rows) < len(whole.rows) * whole.pages
    with pytest.raises(RoutingError, match="nobody called 'Nobdy' announced an opening"):
        answered(shipped, "promises=1&by=Nobdy", lang)
    row = whole.rows[0]
    assert row.cells[0] == (titles_of(shipped, lang).get(str(row.id)) or naming(shipped, "projects", lang)(str(row.id)))


def test_nothing_taken_away_ranks_the_single_points_of_failure(shipped: Atlas) -> None:
    found = answer(shipped, Wish(CUT), Asked(asked_of("", shipped).selection))
    assert found is not None
    rows = table_of(shipped, found, "en", Wanted(), words_of("en")).rows
    pairs = [float(row.cells[2] or 0) for row in rows]
    assert pairs and pairs == sorted(pairs, reverse=True)


def test_long_tables_come_a_page_at_a_time(shipped: Atlas) -> None:
    first = answered(shipped, "promises=1")
    second = answered(shipped, "promises=1", page=1, of=first.of)
    assert first.pages > 1 and (first.page, second.page) == (0, 1)
    assert first.rows != second.rows and second.place.split(" of ")[1] == first.place.split(" of ")[1]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (KASHGAR, ["route_kashgar_poti.csv", "route_kashgar_poti.geojson"]),
        ("compare=middle_corridor,instc", ["comparison.csv", "comparison.svg"]),
        ("cut=aktau_port&ends=astana,poti", ["cut.csv"]),
        ("promises=1", ["promises.csv"]),
    ],
)
def test_every_answer_can_be_had_as_files(shipped: Atlas, query: str, names: list[str]) -> None:
    asked = asked_of(query, shipped)
    found = answer(shipped, wish_of(query, asked.selection.year), asked)
    assert found is not None
    files = {name: write() for name, (write, _) in files_of(found, "en").items()}
    assert list(files) == names
    table = list(csv.reader(io.StringIO(files[names[0]].lstrip("\ufeff"))))
    assert len(table) > 1 and all(len(line) == len(table[0]) for line in table)


def test_too_little_is_no_question(shipped: Atlas) -> None:
    asked = asked_of("", shipped)
    assert answer(shipped, wish_of("from=kashgar"), asked) is None
    assert answer(shipped, wish_of("compare=instc"), asked) is None
    assert answer(shipped, Wish(PROMISES), asked) is not None


@pytest.mark.parametrize("subject", ["a:b:c:d", "kashgar:poti:year", "::", "kashgar:"])
def test_what_is_written_like_a_route_but_is_none_is_unknown_as_a_whole(shipped: Atlas, subject: str) -> None:
    query = f"compare=instc,{subject}"
    with pytest.raises(RoutingError, match=f"unknown corridor, project or line {subject!r}"):
        answer(shipped, wish_of(query), asked_of(query, shipped))


def test_a_year_named_by_itself_rests_on_promises_only_when_it_is_to_come(shipped: Atlas) -> None:
    query = "compare=kashgar:poti:2026,kashgar:poti:2031&promised=1"
    found = answer(shipped, wish_of(query), asked_of(query, shipped))
    assert isinstance(found, Comparison)
    known = route(shipped, "kashgar", "poti", year=2026)
    assert (
        found.routes[0].best.km == known.best.km != route(shipped, "kashgar", "poti", year=2026, promised=True).best.km
    )
    assert found.routes[1].best.promised_km > 0


def test_what_no_list_offers_has_its_name_all_the_same(shipped: Atlas) -> None:
    for id_, place in shipped.catalog.places.items():
        assert called(shipped, id_, "bn") == place.name.in_language("bn")
    titles = dict(zip(shipped.rows["id"], shipped.rows["title_en"], strict=True))
    for id_, project in shipped.catalog.projects.items():
        titles.setdefault(id_, project.title.in_language("en"))
    for id_ in set(titles) - set(shipped.catalog.places):
        assert called(shipped, id_, "en") == titles[id_]
    assert called(shipped, "kashgar:poti:2031", "ru") == "Кашгар – Поти, 2031"
    assert called(shipped, "nowhere", "en") == "nowhere"


def test_the_tab_follows_the_address_and_its_widgets_change_it() -> None:
    app = opened(tab="routes", told=f"lang=ru&{KASHGAR}")
    assert [box.value for box in app.selectbox][:2] == ["kashgar", "poti"]
    assert sheet_in(app)["caption"].startswith("Идёт на запад: Кашгар (Китай) – Поти (Грузия)")
    assert sheet_in(app)["question"] is None, "the address says it already"
    drawn = "".join(html.proto.body for html in app.get("html"))
    assert 'alt="Кашгар – Поти, 2031: 3\u202f716 км' in drawn and "data:image/svg+xml;base64," in drawn
    app.selectbox[1].set_value("baku").run()
    assert not app.exception and not app.error
    assert sheet_in(app)["question"] == "from=kashgar&to=baku&promised=1&year=2031"
    assert sheet_in(app)["rows"][-1]["cells"][2] == "Баку"


def test_a_question_without_an_answer_is_a_sentence_in_the_language_of_the_reader() -> None:
    app = opened(tab="routes", told="from=kashgar&to=almaty")
    assert app.error[0].value.startswith(
        "No open line touches Almaty in 2026; the nearest places that one does touch are "
    )
    assert sheet_in(app)["rows"] == []
    app = opened(tab="routes", told="lang=ru&from=kashgar&to=almaty&avoid=Тартария")
    assert app.error[0].value.startswith("Место, страна или линия «Тартария» неизвестны")
    app = opened(tab="routes", told="lang=zh&from=kashgar&to=poti&avoid=哈萨克斯坦,RUS,Iran")
    assert "去掉" in app.error[0].value and "哈萨克斯坦、俄罗斯、伊朗" in app.error[0].value
    assert not re.search("[A-Za-z]{3}", app.error[0].value)


def test_years_are_typed_in_the_digits_of_the_language_and_what_is_none_is_said() -> None:
    app = opened(tab="routes", told=f"lang=bn&{KASHGAR}&beside=2025")
    words = words_of("bn")
    year, second = (
        next(one for one in app.text_input if one.label == words[f"ask_{word}"]) for word in ("year", "beside")
    )
    assert (year.value, second.value) == ("২০৩১", "২০২৫")
    second.input("২০৯৯৯").run()
    assert not app.exception
    assert "২০৯৯৯" in app.error[0].value and "১৮০০" in app.error[0].value
    assert sheet_in(app).get("question") is None, "what is not a year changes nothing"
    second = next(one for one in app.text_input if one.label == words["ask_beside"])
    second.input("2028").run()
    assert not app.error
    assert sheet_in(app)["question"].endswith("beside=2028&year=2031")


def test_the_promiser_is_chosen_in_the_ledger(shipped: Atlas) -> None:
    app = opened(tab="routes", told="lang=ru&promises=1&by=China")
    label = words_of("ru")["promise_by"]
    who = next(one for one in app.selectbox if one.label == label)
    assert who.value == "China", "a part of a name stays what the address says"
    english = next(iter(promisers(shipped)))
    who.select(english).run()
    assert not app.exception
    assert sheet_in(app)["question"] == f"by={quote(english, safe=',')}&promises=1"


def test_a_change_that_comes_before_the_last_one_is_in_the_address_is_not_lost() -> None:
    app = opened(tab="routes", told=KASHGAR)

    def field(word: str) -> Any:
        return next(one for one in app.text_input if one.label == words_of("en")[f"ask_{word}"])

    field("year").input("2030").run()
    field("beside").input("2025").run()  # the page has not told the new year yet
    assert sheet_in(app)["question"].endswith("beside=2025&year=2030")
    app.session_state["told"] = {"tab": "routes", "address": "from=kashgar&to=almaty&year=2029"}
    app.run()
    assert (field("year").value, field("beside").value) == ("2029", "")
