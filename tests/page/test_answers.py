"""What the page answers of the network: forms, addresses, complaints and sheets, on a page of two corridors."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, select
from sco_map.model.languages import LANGUAGES
from sco_map.model.network import DEFAULT_KINDS
from sco_map.routing import Route, RoutingError, route
from tests import inside
from tests.browser import DESKTOP
from tests.e2e.page import export, opened

CORRIDORS = ("cku_railway", "middle_corridor")
KASHGAR_POTI = "year=2031&from=kashgar&to=poti&promised=1"
STEPS = 14


@pytest.fixture(scope="module")
def corridors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of two corridors."""
    flags = [flag for project in CORRIDORS for flag in ("--project", project)]
    return export(tmp_path_factory.mktemp("answers") / "corridors.html", *flags)


def test_a_route_is_asked_with_the_keyboard_and_goes_on_to_link_sheet_and_map(
    desktop_page: Page, corridors: Path
) -> None:
    page = opened(desktop_page, corridors)
    button = page.locator("[data-ask=route]")
    button.press("Enter")
    start, end = page.locator("#ask-from"), page.locator("#ask-to")
    expect(start).to_be_focused()
    start.fill("Kashgr")
    start.press("Enter")
    expect(start).to_have_value("Kashgar")
    end.fill("pot")
    expect(page.locator("#ask-to-offers [role=option]").first).to_be_visible()
    end.press("ArrowDown")
    end.press("Enter")
    expect(end).to_have_value("Poti")
    complaint = page.locator(".complaints")
    expect(complaint).to_contain_text(re.compile("Kashgar"))
    page.locator("#ask-year").fill("2031")
    page.locator("#ask-year").press("Enter")
    page.locator("#ask-promised").check()
    expect(page.locator(".reply h2")).to_have_text("Kashgar – Poti")
    assert page.url.endswith("from=kashgar&to=poti&promised=1")
    legs = page.locator(".legs > li")
    assert legs.count() > 3
    assert page.locator(".plate-course path").count() > legs.count()
    expect(page).to_have_title(re.compile("^Kashgar – Poti"))
    page.locator("#bar [aria-haspopup=dialog]").click()
    assert "from=kashgar&to=poti&promised=1" in page.locator("[data-part=share_link] textarea").input_value()
    assert "Kashgar – Poti" in page.locator("[data-part=cite] textarea").input_value()
    page.keyboard.press("Escape")
    start.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#answers")).to_be_hidden()
    expect(button).to_be_focused()
    assert "from=" not in page.url
    page.go_back()
    expect(page.locator(".reply h2")).to_have_text("Kashgar – Poti")


def answer_of(atlas: Atlas, address: str) -> Route | None:
    """Return what Python answers to the question of an address; None where there is no way."""
    words = {key: values[0] for key, values in parse_qs(address).items()}
    try:
        return route(
            atlas,
            words["from"],
            words["to"],
            year=int(words["year"]) if "year" in words else None,
            promised=words.get("promised") == "1",
            by=words.get("by", "shortest"),
            kinds=words["over"].split(",") if "over" in words else DEFAULT_KINDS,
        )
    except RoutingError:
        return None


def test_whatever_is_clicked_address_and_answer_are_those_of_the_network(
    desktop_page: Page, corridors: Path, shipped: Atlas
) -> None:
    atlas = replace(shipped, rows=select(shipped, Selection(project=CORRIDORS)))
    page = opened(desktop_page, corridors, "from=dostyk&to=poti")
    page.locator(".askmore summary").click()
    controls = [
        ".askform [data-choice=shortest]",
        ".askform [data-choice=borders]",
        ".askform [data-choice=gauges]",
        ".askform [data-choice=sea]",
        ".askform [data-choice=road]",
        ".swap",
        "#ask-promised",
        ".reply .ways button >> nth=-1",
    ]
    chance = random.Random(11)
    answered = 0
    for step in range(STEPS):
        if step % 5 == 4:
            page.locator("#ask-year").fill(chance.choice(["2020", "2026", "2031"]))
            page.locator("#ask-year").press("Enter")
        control = page.locator(chance.choice(controls))
        if control.count():
            control.click()
        address = inside.address_of(page)
        found = answer_of(atlas, address)
        if found is None:
            expect(page.locator(".complaints p").first).to_be_visible()
            continue
        answered += 1
        number = int(parse_qs(address).get("way", ["1"])[0])
        way = found.ways[number - 1]
        shown = page.locator(".reply .figures b").first.inner_text()
        assert re.sub(r"\D", "", shown) == str(round(way.km)), address
        assert page.locator(".legs > li").count() == len(way.legs), address
        assert page.locator(".reply .ways button").count() == (len(found.ways) if len(found.ways) > 1 else 0), address
    assert answered > STEPS / 2, "most of the questions have an answer"


def test_a_phone_compares_cuts_and_reads_the_ledger_in_every_language(phone_page: Page, corridors: Path) -> None:
    page = opened(phone_page, corridors, f"{KASHGAR_POTI}&lang=ru")
    page.locator("[data-mode=cut]").click()
    page.locator(".reply ol.plain").first.locator(".link").last.click()
    expect(page.locator(".reply h2")).to_be_visible()
    assert "cut=" in page.url and "from=" not in page.url
    opened(page, corridors, f"{KASHGAR_POTI}&lang=en")
    border = page.locator(".event", has_text="Border").filter(has=page.locator(".cutit")).first
    name = border.inner_text().split(": ")[1].removesuffix("Cut it").strip()
    border.locator(".cutit").click()
    expect(page.locator("#answers .askchosen .taken")).to_have_text(name)
    opened(page, corridors, "show=aktau_port__site&lang=zh")
    page.locator("#card .asksof button").last.click()
    expect(page.locator("#card")).to_be_hidden()  # it would lie over the answer
    expect(page.locator(".reply h2")).to_be_visible()
    assert page.url.endswith("cut=aktau_port")
    opened(page, corridors, "compare=middle_corridor,kashgar:poti:2031&promised=1&lang=bn")
    expect(page.locator(".strip svg")).to_have_count(2)
    assert "কাশগর" in page.locator(".columns th").nth(2).inner_text()
    opened(page, corridors, "promises=1&lang=zh&project=cku_railway")
    assert page.locator(".ledger tbody tr").count() > 1
    late = page.locator("[data-outcome=open]").count()
    page.locator(".ways [data-choice=open]").click()
    expect(page.locator(".ledger tbody tr")).to_have_count(late)
    opened(page, corridors, "promises=1&lang=bn")
    who = page.locator("#ask-said option").nth(1).get_attribute("value") or ""
    page.locator("#ask-said").select_option(who)
    assert parse_qs(page.url.partition("#")[2])["by"] == [who]
    said = page.locator(".ledger tbody td:nth-child(2)").all_inner_texts()
    assert len({re.sub(r"\d+$", "", text) for text in said}) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_ways_to_ask_fit_beside_the_button_that_closes_in_every_language(
    desktop_page: Page, corridors: Path
) -> None:
    page = opened(desktop_page, corridors, KASHGAR_POTI)
    page.set_viewport_size({"width": 1024, "height": 768})
    for language in LANGUAGES:
        inside.set_language(page, language)
        last = page.locator("#answers .modes button").last.bounding_box()
        close = page.locator("#answers .close").bounding_box()
        assert last and close and last["x"] + last["width"] <= close["x"], language
    page.set_viewport_size(DESKTOP)


def test_on_a_phone_the_four_questions_are_in_one_line_in_every_language(phone_page: Page, corridors: Path) -> None:
    for lang in LANGUAGES:
        page = opened(phone_page, corridors, f"lang={lang}")
        tops = page.eval_on_selector_all("#asks button", "all => all.map(one => one.offsetTop)")
        assert len(tops) == 4
        assert len(set(tops)) == 1, lang
