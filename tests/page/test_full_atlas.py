"""Questions in one click, the organisation as it was, agreements on the land, gauge and flow, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, select
from sco_map.page import View, render_page
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened
from tests.inside import shaded


def asked_by(atlas: Atlas, id_: str) -> Selection:
    return atlas.catalog.stories[id_].steps[0].selection


def test_every_story_shows_what_python_selects(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    stories = inside.stories_of(page)
    assert list(stories) == list(shipped.catalog.stories)
    for id_, answer in zip(stories, inside.answers(page, list(stories.values())), strict=True):
        assert answer["ids"] == sorted(select(shipped, asked_by(shipped, id_))["id"]), id_
        assert answer["ids"], f"{id_} shows nothing"


def test_three_stories_are_one_click_away(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    shown = page.locator("[data-facet=stories] .pill:not(.unfold,.told .pill):visible")
    expect(shown).to_have_count(3)
    page.get_by_role("button", name="Gas to China").click()
    wait_until(page, lambda page: inside.state_of(page).flow)
    assert "arrows" in page.locator("#dek").inner_text()
    page.get_by_role("button", name="Gas to China", exact=True).click()
    wait_until(page, inside.shows_everything)
    wait_until(page, lambda page: inside.state_of(page).flow, False)


def test_an_address_names_a_story(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "story=gauges")
    state = inside.state_of(page)
    assert (state.query, state.colour) == ("kind=gauge_change,rail", "gauge")
    assert "1520" in page.locator(".gauges").inner_text()
    assert inside.symbols_of(page, "gauge_change")


def test_words_beside_a_story_win(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "story=wto_members&year=2005")
    assert inside.state_of(page).query == "project=wto&year=2005"


def test_a_page_may_open_with_a_story(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(render_page(shipped, asked_by(shipped, "gas_to_china"), View(story="gas_to_china")), "utf-8")
    page = opened(desktop_page, path)
    state = inside.state_of(page)
    assert state.story == "gas_to_china"
    assert state.flow


def test_the_land_shows_the_organisation_of_the_year(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    for year in (2001, 2016, 2017, 2023, 2026):
        inside.select(page, replace(inside.selection_of(page), year=year).to_query())
        assert inside.tinted_as_members(page) == set(shipped.members(year)), year
        listed = "[...document.querySelectorAll('[data-facet=countries] [data-value]')].map(b => b.dataset.value)"
        members = sorted(shipped.members(year))
        wait_until(page, f"({listed}).every(code => {members}.includes(code))")
        wait_until(page, f"({listed}).includes('PAK')", "PAK" in members)


def test_a_standing_can_be_chosen(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    inside.select(page, "year=2010")
    page.locator("[data-facet=role] [data-value=observer]").click()
    wait_until(page, inside.selection_of, Selection(role=("observer",), year=2010))
    assert set(shaded(page)) == set(shipped.countries_by_role(2010)["observer"])


def test_an_agreement_shades_its_parties_in_the_year(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    parties = shipped.catalog.parties("wto")
    for year in (1996, 2005, 2026):
        inside.select(page, f"project=wto&year={year}")
        bound = {p.country for p in parties if p.status in ("member", "party") and int((p.date or "0")[:4]) <= year}
        assert {code for code, how in shaded(page).items() if how == "full"} == bound, year
    inside.select(page, "project=sco_road_agreement")
    doubtful = {p.country for p in shipped.catalog.parties("sco_road_agreement") if p.status == "not_verified"}
    assert {code for code, how in shaded(page).items() if how == "hatch"} == doubtful
    assert ("not verified" in page.locator(".gauges").inner_text()) == bool(doubtful)
    for query in ("", "project=-wto", "role=-observer"):
        inside.select(page, query)
        assert shaded(page) == {}, query


def test_a_document_without_parties_shades_the_members(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, "project=sco_trade_programme_2003&year=2005")
    assert set(shaded(page)) == set(shipped.members(2005))
    inside.select(page, "project=sco_trade_programme_2003&year=2002")
    assert shaded(page) == {}


def test_an_agreement_tells_its_history(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator(".agreements summary").click()
    page.locator(".agreements [data-value=e_cmr]").click()
    card = page.locator("#card")
    expect(card).to_be_visible()
    expect(card).to_contain_text(shipped.catalog.projects["e_cmr"].phases[0].text or "")
    expect(card).to_contain_text("Uzbekistan: party")


def test_events_are_on_the_map_and_set_the_year(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    inside.set_view(page, 43, 75, 5)
    wait_until(page, lambda page: len(inside.symbols_of(page, "event")) > 0)
    [symbol] = [symbol for symbol in inside.symbols_of(page, "event") if "exp_2017" in symbol.rows]
    page.locator("#map").click(position={"x": symbol.x, "y": symbol.y})
    page.locator("#chooser button", has_text="India and Pakistan join").click()
    wait_until(page, inside.selection_of, Selection(year=2017))
    expect(page.locator("#card h2")).to_have_text("India and Pakistan join")


def test_a_tick_of_the_timeline_sets_the_year(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    inside.open_card(page, "summit_2006")
    assert inside.selection_of(page) == Selection(year=2006)
    expect(page.locator("#card")).to_contain_text(shipped.catalog.events["summit_2006"].outcome)


def test_arrows_turn_with_the_flow(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "style=flow&project=cac_east")
    now = inside.arrows_of(page, "cac_east__trunk")
    inside.select(page, "project=cac_east&year=2010")
    then = inside.arrows_of(page, "cac_east__trunk")
    assert now.count("Z") >= 3
    assert then.count("Z") == now.count("Z")
    assert then != now


def test_a_card_says_which_way_a_pipeline_runs(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "show=cac_east__trunk")
    expect(page.locator("#card")).to_contain_text("from Aleksandrov Gay to Dauletabad")
    inside.select(page, "year=2010")
    expect(page.locator("#card")).to_contain_text("Dauletabad")
    expect(page.locator("#card")).not_to_contain_text("from Aleksandrov Gay")


def test_a_programme_is_seen_part_by_part(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, "show=cpec")
    page.locator("#card .parts [data-kind=plant]").click()
    plants = Selection(project=("cpec",), kind=("plant",))
    wait_until(page, inside.selection_of, plants)
    assert sorted(inside.rows_of(page)) == sorted(select(shipped, plants)["id"])
    assert inside.rows_of(page)


def test_a_worldview_on_borders_counts_otherwise(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    query = "country=IND"
    for worldview in (None, "in", "pk", "cn"):
        inside.set_worldview(page, worldview)
        inside.select(page, query)
        rows = select(shipped, Selection.from_query(query), worldview)
        assert sorted(inside.rows_of(page)) == sorted(rows["id"]), worldview
        expected = sum(cell.get("IND", 0) for cell in rows["km_by_country"])
        assert inside.km_in(page, "IND") == pytest.approx(expected, abs=0.1)
    assert len(select(shipped, Selection(country=("IND",)), "in")) > len(select(shipped, Selection(country=("IND",))))


def test_what_the_layers_leave_out_is_said(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#foot button").click()
    card = page.locator("#card")
    for layer in shipped.heads:
        expect(card).to_contain_text(shipped.catalog.layers[layer].inclusion)
        expect(card).to_contain_text(shipped.catalog.layers[layer].gaps)


def test_switches_change_how_lines_are_drawn(phone_page: Page, exported: Path) -> None:
    page = opened(phone_page, exported)
    inside.build_panel(page)
    page.locator(".row.switch", has_text="Colour by gauge").dispatch_event("click")
    wait_until(page, lambda page: inside.state_of(page).colour, "gauge")
    page.locator(".row.switch", has_text="Capacity and flow").dispatch_event("click")
    wait_until(page, lambda page: inside.state_of(page).flow)
    assert "style=gauge%2Cflow" in inside.address_of(page)
