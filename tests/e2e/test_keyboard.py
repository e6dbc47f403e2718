"""Everything by keyboard, seen where it is, without forced motion, on small, zoomed and framed pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from sco_map.atlas import Selection
from tests import inside
from tests.browser import DESKTOP, PHONE, Pages, Watch, wait_until
from tests.e2e.page import PATIENCE, map_frame, opened

ZOOMED: ViewportSize = {"width": 720, "height": 450}
"""What is left of a window of 1440x900 at 200 %."""

MOST_STOPS = 400

NEXT_STOP = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const style = getComputedStyle(at), box = at.getBoundingClientRect();
    const stroked = s => s.stroke !== "none" && parseFloat(s.strokeWidth) >= 2;
    const ring = [at, ...at.querySelectorAll("circle, rect")].map(node => getComputedStyle(node));
    return {
        name: at.id || at.tagName.toLowerCase(),
        classes: [...at.classList],
        facet: at.dataset.facet ? at.dataset.facet + ":" + at.dataset.value : null,
        lang: at.dataset.lang ?? null,
        label: (at.getAttribute("aria-label") || at.textContent || at.placeholder || "").trim().slice(0, 60),
        visible: box.width > 0 && box.height > 0 && style.visibility === "visible",
        ringed: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || ring.some(stroked),
        onScreen: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    };
}"""

FACETS_SHOWN = """[...document.querySelectorAll('button[data-facet]')].filter(b => b.checkVisibility())
    .map(b => b.dataset.facet + ':' + b.dataset.value)"""
MOVING = """[...document.querySelectorAll('*')].map(e => getComputedStyle(e))
    .filter(s => parseFloat(s.transitionDuration) || s.animationName !== 'none').length"""
SIZES = "[innerWidth, document.documentElement.scrollWidth, document.documentElement.scrollHeight]"


@pytest.fixture
def zoomed_page(pages: Pages, watch: Watch) -> Iterator[Page]:
    """Yield a page of 720x450 with twice the pixels: a desktop at 200 %."""
    with pages.lent("zoomed", watch, viewport=ZOOMED, device_scale_factor=2) as page:
        yield page


def stops(page: Page) -> list[dict[str, Any]]:
    """Press Tab through the whole page and return what had the focus, in order."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(NEXT_STOP)
        if stop is None or (found and stop["name"] == "skip"):
            return found
        found.append(stop)
    raise AssertionError(f"the focus is still going round after {MOST_STOPS} stops: {found[-3:]}")


def test_every_control_can_be_reached_and_is_seen(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    found = stops(page)
    names = [stop["name"] for stop in found]
    assert names[0] == "skip"
    assert {"query", "worldview", "play", "tablebutton"} <= set(names)
    classes = {name for stop in found for name in stop["classes"]}
    assert {"handle", "event"} <= classes, "the timeline"
    assert "leaflet-container" in classes, "the map, which moves with the arrow keys"
    facets = {stop["facet"] for stop in found if stop["facet"]}
    assert facets == set(page.evaluate(FACETS_SHOWN))
    assert {stop["lang"] for stop in found if stop["lang"]} == {"en", "bn", "ru", "zh"}
    labels = {stop["label"] for stop in found}
    assert {"Zoom in", "Zoom out", "Whole region", "Light or dark"} <= labels
    assert [
        stop for stop in found if not (stop["label"] and stop["visible"] and stop["ringed"] and stop["onScreen"])
    ] == []


def press(page: Page, selector: str, key: str = "Enter") -> None:
    """Focus an element and press a key, once nothing is being drawn: it must be the one that has the focus."""
    wait_until(page, inside.is_idle)
    page.locator(selector).first.focus()
    assert page.evaluate("selector => document.activeElement.matches(selector)", selector), selector
    page.keyboard.press(key)


def test_the_panel_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    press(page, "[data-facet='country'][data-value='UZB']")
    assert inside.selection_of(page) == Selection(country=("UZB",))
    press(page, "[data-facet='status'][data-value='operating']", "Space")
    before = inside.selection_of(page)
    assert before.status == ("operating",)
    press(page, "#chips button")
    assert inside.selection_of(page) != before
    press(page, "[data-facet=stories] .pills:not(.told) .pill")
    wait_until(page, lambda page: inside.state_of(page).story is not None)
    press(page, ".pill[aria-pressed=true]")
    wait_until(page, inside.shows_everything)
    press(page, ".fold")
    expect(page.locator(".projects button").first).to_be_visible()
    press(page, ".more")
    expect(page.locator("#card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()


def test_what_floats_over_the_map_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    press(page, "#bar [data-lang='ru']")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    press(page, "#bar .tools button", "Space")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    press(page, "#worldview", "ArrowDown")
    wait_until(page, lambda page: inside.state_of(page).worldview is not None)
    before = inside.state_of(page).zoom
    press(page, "#zoom button")
    wait_until(page, lambda page: inside.state_of(page).zoom > before)
    press(page, ".leaflet-container", "ArrowRight")
    press(page, "#play")
    wait_until(page, lambda page: inside.selection_of(page).year is not None)
    assert inside.is_playing(page)
    page.keyboard.press("Enter")
    assert not inside.is_playing(page)
    press(page, "#axis .event[tabindex]")
    expect(page.locator("#card")).to_be_visible()


def test_an_event_keeps_the_focus_while_the_years_are_drawn_again(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#axis .event[tabindex]").nth(1).focus()
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    inside.select(page, "year=2010")
    wait_until(page, inside.is_idle)
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name


def test_a_feature_and_its_sources_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "project=cku_railway")
    press(page, "#tablebutton")
    press(page, "#table th button")
    press(page, "#table tbody .link")
    card = page.locator("#card")
    expect(card).to_be_visible()
    assert page.evaluate("!!document.activeElement.closest('#card')"), "the focus goes into the card"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#card .sources a')"):
            break
    else:
        pytest.fail("no source can be reached")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#table")).to_be_hidden()


def test_the_way_past_the_panel(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_be_visible()
    assert page.evaluate("!!document.activeElement.closest('#table')") is True


def test_no_motion_for_who_wants_none(browser: Browser, watch: Watch, exported: Path) -> None:
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
    watch.follow(context)
    page = opened(context.new_page(), exported, "show=cku_railway")
    assert not inside.moves_smoothly(page)
    assert page.evaluate(MOVING) == 0
    context.close()


def fits(page: Page) -> None:
    """Fail when anything must be scrolled sideways or a control lies off the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    assert page.evaluate("document.scrollingElement.scrollLeft") == 0


def test_nothing_forbids_to_zoom(desktop_page: Page, exported: Path) -> None:
    content = opened(desktop_page, exported).locator("meta[name=viewport]").get_attribute("content") or ""
    assert "width=device-width" in content
    assert "maximum-scale" not in content
    assert "user-scalable" not in content


@pytest.mark.parametrize("query", ["", "show=cku_railway", "lang=ru", "lang=bn&country=UZB"])
def test_at_twice_the_size(zoomed_page: Page, exported: Path, query: str) -> None:
    page = opened(zoomed_page, exported, query)
    fits(page)
    for selector in ("#query", "#map", "#tablebutton", "#bar [data-lang='en']"):
        box = page.locator(selector).bounding_box()
        assert box is not None, selector
        assert box["x"] >= 0 and box["x"] + box["width"] <= ZOOMED["width"] + 1, (selector, box)
        assert 0 <= box["y"] < ZOOMED["height"], (selector, box)
    if "show" in query:
        page.locator("#card .close").click()
    page.locator("#tablebutton").click()
    page.locator("#table tbody .link").first.click()
    expect(page.locator("#card")).to_be_visible()
    page.locator("#card .close").click()
    facet = page.locator("button[data-facet='country']").first
    facet.scroll_into_view_if_needed()
    facet.click()
    wait_until(page, lambda page: len(inside.selection_of(page).country) > 0)
    fits(page)


@pytest.mark.parametrize("language", ["en", "bn", "ru", "zh"])
def test_on_a_phone(phone_page: Page, exported: Path, language: str) -> None:
    page = opened(phone_page, exported, f"lang={language}")
    fits(page)
    inside.set_sheet(page, "full")
    small = """[...document.querySelectorAll('#panel button, #search button')].filter(b => b.offsetParent)
        .map(b => [b.className, b.offsetWidth, b.offsetHeight]).filter(([, w, h]) => w < 24 || h < 24)"""
    assert page.evaluate(small) == []
    page.locator("button[data-facet='country']").first.tap()
    wait_until(page, lambda page: len(inside.selection_of(page).country) > 0)
    inside.open_card(page, "cku_railway")
    expect(page.locator("#card")).to_be_visible()
    fits(page)
    page.locator("#card .close").tap()
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("innerWidth") == PHONE["width"]


def test_an_eye_is_seen_and_tapped_on_a_phone(phone_page: Page, exported: Path) -> None:
    page = opened(phone_page, exported)
    inside.set_sheet(page, "full")
    name = page.locator("button[data-facet='kind'][data-value='rail']")
    name.scroll_into_view_if_needed()
    eye = name.locator("xpath=following-sibling::button")
    assert eye.evaluate("eye => getComputedStyle(eye).opacity") == "1"
    eye.tap()
    assert inside.selection_of(page) == Selection(kind=("-rail",))
    expect(page.locator(".chip")).to_have_text("without railway×")
    eye.tap()
    assert inside.shows_everything(page)
    name.tap()
    assert inside.selection_of(page) == Selection(kind=("rail",))


def test_names_come_back_when_the_sheet_leaves_the_map(phone_page: Page, exported: Path) -> None:
    page = opened(phone_page, exported)
    names = page.locator(".plate-labels text")
    wait_until(page, lambda _: names.count() > 5)
    inside.set_sheet(page, "full")
    page.wait_for_timeout(300)
    inside.set_sheet(page, "half")
    wait_until(page, lambda _: names.count() > 5)


def test_inside_a_small_frame(desktop_page: Page, exported: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer.html"
    frame_of = f"<iframe width=600 height=400 style='border:0' src='{exported.as_uri()}#embed=1&country=UZB'></iframe>"
    outer.write_text(f"<!doctype html><link rel=icon href='data:,'><body style='margin:0'>{frame_of}", encoding="utf-8")
    desktop_page.goto(outer.as_uri())
    frame = desktop_page.frames[1]
    expect(desktop_page.frame_locator("iframe").locator("html[data-ready='1']")).to_be_attached(timeout=PATIENCE)
    assert frame.evaluate(SIZES) == [600, 600, 400]
    expect(frame.locator("#panel")).to_be_hidden()
    box = frame.locator("#map").bounding_box()
    assert box is not None
    assert box["width"] == 600
    assert box["height"] >= 300
    assert 300 < inside.lowest_drawn(frame) < 400, "the selection is cut off at the foot of the frame"
    inside.open_card(frame, "cku_railway")
    card = frame.locator("#card").bounding_box()
    assert card is not None
    assert card["height"] <= 400
    assert card["width"] <= 600
    frame.locator("#card .close").click()
    expect(frame.locator("#card")).to_be_hidden()


def test_in_the_app_a_slide_has_no_tabs(desktop_page: Page, app_url: str) -> None:
    frame = map_frame(desktop_page, app_url)
    tabs = desktop_page.locator(".sco-tabs")
    expect(tabs).to_be_visible()
    frame.locator("#hide").click()
    expect(tabs).to_be_hidden()
    assert desktop_page.evaluate("document.querySelector('.sco-frame iframe').offsetHeight === innerHeight")
    frame.locator("#unhide").click()
    expect(tabs).to_be_visible()


def test_a_notice_lies_beside_the_card(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=uzb&bogus=1&show=cku_railway")
    notice, card = page.locator("#notice").bounding_box(), page.locator("#card").bounding_box()
    assert notice is not None
    assert card is not None
    assert notice["x"] + notice["width"] <= card["x"]
    page.keyboard.press("h")
    expect(page.locator("#notice")).to_be_hidden()
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 720, "height": 800})
    page.locator("#notice .close").click()  # no room beside the card: the notice lies over it
    expect(page.locator("#notice")).to_be_hidden()


def test_the_tabs_and_the_table_of_the_app_by_keyboard(desktop_page: Page, app_url: str) -> None:
    frame = map_frame(desktop_page, f"{app_url}/?project=cku_railway")
    desktop_page.locator(".sco-tabs [data-tab=data]").focus()
    desktop_page.keyboard.press("Enter")
    head = desktop_page.locator(".sco-grid [data-focus=head-length_km]")
    head.focus(timeout=PATIENCE)
    desktop_page.keyboard.press("Space")
    expect(desktop_page.locator(".sco-grid [aria-sort=descending]")).to_have_count(1, timeout=PATIENCE)
    expect(head).to_be_focused()
    desktop_page.locator(".sco-grid .link").first.focus()
    desktop_page.keyboard.press("Enter")
    wait_until(frame, lambda frame: inside.state_of(frame).card is not None)
