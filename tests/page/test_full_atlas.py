"""Questions in one click, the organisation as it was, agreements on the land, gauge and flow, and what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, load_atlas, select
from sco_map.page import View, render_page
from tests.page.test_in_browser import opened, until

STORIES = "sco.app.world.stories"


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    """Load the shipped layers."""
    return load_atlas()


@pytest.fixture(scope="module")
def file(shipped: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of everything."""
    path = Path(tmp_path_factory.mktemp("full")) / "page.html"
    path.write_text(render_page(shipped), encoding="utf-8")
    return path


def shaded(page: Page) -> dict[str, str]:
    """Return the states that are shaded now, and how."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(sco.app.plate.parties)")
    return found


def theme_wish(atlas: Atlas, id_: str) -> Selection:
    facts: dict[str, Any] = atlas.catalog.stories[id_].select.model_dump(exclude_defaults=True)
    return Selection(**facts)


def test_every_theme_shows_what_python_selects(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    answers = page.evaluate(
        f"""{STORIES}.map(theme => {{
            const selection = sco.parseSelection(theme.query), {{world}} = sco.app;
            return [theme.id, sco.applySelection(world.rows, selection, world).rows.map(row => row.id).sort()];
        }})"""
    )
    assert [id_ for id_, _ in answers] == list(shipped.catalog.stories)
    for id_, ids in answers:
        assert ids == sorted(select(shipped, theme_wish(shipped, id_))["id"]), id_
        assert ids, f"{id_} shows nothing"


def test_three_themes_are_one_click_away(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    shown = page.locator("[data-facet=themes] .theme:not(.unfold):visible")
    expect(shown).to_have_count(3)
    page.get_by_role("button", name="Gas to China").click()
    until(page, "sco.app.plate.manner.flow")
    assert "arrows" in page.locator("#dek").inner_text()
    page.get_by_role("button", name="Gas to China", exact=True).click()
    until(page, "sco.isEverything(sco.app.selection) && !sco.app.plate.manner.flow")


def test_an_address_names_a_theme(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "story=gauges")
    assert page.evaluate("sco.app.plate.manner.colour") == "gauge"
    assert page.evaluate("sco.formatSelection(sco.app.selection)") == "kind=gauge_change,rail"
    assert "1520" in page.locator(".gauges").inner_text()
    assert page.evaluate("sco.app.labels.symbols.filter(wish => wish.kind === 'gauge_change').length") >= 8


def test_words_beside_a_theme_win(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "story=wto_members&year=2005")
    assert page.evaluate("sco.formatSelection(sco.app.selection)") == "project=wto&year=2005"


def test_a_page_may_open_with_a_theme(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(render_page(shipped, theme_wish(shipped, "gas_to_china"), View(story="gas_to_china")), "utf-8")
    page = opened(desktop_page, path)
    assert page.evaluate("sco.app.panel.theme.id") == "gas_to_china"
    assert page.evaluate("sco.app.plate.manner.flow")


def test_the_land_shows_the_organisation_of_the_year(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    for year in (2001, 2016, 2017, 2023, 2026):
        page.evaluate(f"sco.app.setSelection({{...sco.app.selection, year: {year}}})")
        tinted = set(page.evaluate("sco.app.plate.ground.units.filter(u => u.standing === 'member').map(u => u.state)"))
        assert tinted == set(shipped.members(year)), year
        listed = "[...document.querySelectorAll('[data-facet=countries] [data-value]')].map(b => b.dataset.value)"
        members = sorted(shipped.members(year))
        until(page, f"({listed}).every(code => {members}.includes(code))")
        until(page, f"({listed}).includes('PAK') === {str('PAK' in members).lower()}")


def test_a_standing_can_be_chosen(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    page.evaluate("sco.app.setSelection(sco.parseSelection('year=2010'))")
    page.locator("[data-facet=role] [data-value=observer]").click()
    until(page, "sco.app.selection.role.join() === 'observer'")
    assert set(shaded(page)) == set(shipped.countries_by_role(2010)["observer"])


def test_an_agreement_shades_its_parties_in_the_year(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    parties = shipped.catalog.parties("wto")
    for year in (1996, 2005, 2026):
        page.evaluate(f"sco.app.setSelection(sco.parseSelection('project=wto&year={year}'))")
        bound = {p.country for p in parties if p.status in ("member", "party") and int((p.date or "0")[:4]) <= year}
        assert {code for code, how in shaded(page).items() if how == "full"} == bound, year
    page.evaluate("sco.app.setSelection(sco.parseSelection('project=sco_road_agreement'))")
    assert {code for code, how in shaded(page).items() if how == "hatch"} == {"IND", "IRN", "PAK"}
    assert "not verified" in page.locator(".gauges").inner_text()
    page.evaluate("sco.app.setSelection(sco.emptySelection())")
    assert shaded(page) == {}


def test_a_document_without_parties_shades_the_members(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file, "project=sco_trade_programme_2003&year=2005")
    assert set(shaded(page)) == set(shipped.members(2005))
    page.evaluate("sco.app.setSelection(sco.parseSelection('project=sco_trade_programme_2003&year=2002'))")
    assert shaded(page) == {}


def test_an_agreement_tells_its_history(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.locator(".agreements summary").click()
    page.locator(".agreements [data-value=e_cmr]").click()
    card = page.locator("#card")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Concluded in Geneva")
    expect(card).to_contain_text("Uzbekistan: party")


def test_events_stand_on_the_map_and_set_the_year(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.evaluate("sco.app.map.setView([43, 75], 5, {animate: false})")
    until(page, "sco.app.labels.symbols.some(wish => wish.kind === 'event')")
    spot = page.evaluate(
        """(() => {
            const isThere = wish => wish.kind === 'event' && wish.target.rows.some(row => row.id === 'exp_2017');
            const wish = sco.app.labels.symbols.find(isThere);
            return wish && sco.app.map.layerPointToContainerPoint([wish.x, wish.y]);
        })()"""
    )
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.locator("#chooser button", has_text="India and Pakistan join").click()
    until(page, "sco.app.selection.year === 2017")
    expect(page.locator("#card h2")).to_have_text("India and Pakistan join")


def test_a_tick_of_the_timeline_sets_the_year(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file)
    page.evaluate("sco.app.open('summit_2006')")
    assert page.evaluate("sco.app.selection.year") == 2006
    page.evaluate("sco.app.open('summit_2026')")
    expect(page.locator("#card")).to_contain_text("not verified", ignore_case=True)


def test_arrows_turn_with_the_flow(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "style=flow&project=cac_east")
    arrows = "sco.app.plate.lines.find(row => row.id === 'cac_east__trunk').stroke.lastChild.getAttribute('d')"
    now = page.evaluate(arrows)
    page.evaluate("sco.app.setSelection(sco.parseSelection('project=cac_east&year=2010'))")
    then = page.evaluate(arrows)
    assert now.count("Z") >= 3
    assert then.count("Z") == now.count("Z")
    assert then != now


def test_a_card_says_which_way_a_pipeline_runs(desktop_page: Page, file: Path) -> None:
    page = opened(desktop_page, file, "show=cac_east__trunk")
    expect(page.locator("#card")).to_contain_text("from Aleksandrov Gay to Dauletabad")
    page.evaluate("sco.app.setSelection(sco.parseSelection('year=2010'))")
    expect(page.locator("#card")).to_contain_text("Dauletabad")
    until(page, "!document.querySelector('#card').textContent.includes('from Aleksandrov Gay')")


def test_a_programme_is_seen_part_by_part(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file, "show=cpec")
    page.locator("#card .parts [data-kind=plant]").click()
    until(page, "sco.app.selection.kind.join() === 'plant'")
    expected = select(shipped, Selection(project=("cpec",), kind=("plant",)))
    assert page.evaluate("sco.app.result.rows.length") == len(expected) > 5


def test_a_viewpoint_on_borders_counts_otherwise(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    query = "country=IND"
    for worldview in (None, "in", "pk", "cn"):
        page.evaluate("viewpoint => sco.app.setWorldview(viewpoint)", worldview)
        page.evaluate(f"sco.app.setSelection(sco.parseSelection('{query}'))")
        ids = page.evaluate("sco.app.result.rows.map(row => row.id).sort()")
        rows = select(shipped, Selection.from_query(query), worldview)
        assert ids == sorted(rows["id"]), worldview
        km = page.evaluate("sco.app.result.rows.reduce((sum, row) => sum + (row.kmByCountry.IND ?? 0), 0)")
        assert km == pytest.approx(sum(cell.get("IND", 0) for cell in rows["km_by_country"]), abs=0.1)
    assert len(select(shipped, Selection(country=("IND",)), "in")) > len(select(shipped, Selection(country=("IND",))))


def test_what_the_layers_leave_out_is_said(desktop_page: Page, shipped: Atlas, file: Path) -> None:
    page = opened(desktop_page, file)
    page.locator("#foot button").click()
    card = page.locator("#card")
    for layer in shipped.heads:
        expect(card).to_contain_text(shipped.catalog.layers[layer].inclusion)
        expect(card).to_contain_text(shipped.catalog.layers[layer].gaps)


def test_switches_change_how_lines_are_drawn(phone_page: Page, file: Path) -> None:
    page = opened(phone_page, file)
    page.evaluate("sco.app.panel.build()")
    page.locator(".row.switch", has_text="Colour by gauge").dispatch_event("click")
    until(page, "sco.app.plate.manner.colour === 'gauge'")
    page.locator(".row.switch", has_text="Capacity and flow").dispatch_event("click")
    until(page, "sco.app.plate.manner.flow")
    assert "style=gauge" in page.evaluate("sco.app.addressNow()")
