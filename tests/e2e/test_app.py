"""The app in a real browser: the page in it, the address that follows the page, and what stands below follows both."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from sco_map.app.asked import Asked, asked_of
from sco_map.app.table import CELLS
from sco_map.app.words import words_of
from sco_map.atlas import FACETS, Atlas, select
from tests import inside
from tests.browser import DESKTOP, Watch, free_port, served, served_app, wait_until
from tests.e2e.page import PATIENCE, export, map_frame, open_tab, opened

STEPS = 18
MOST_BYTES = 15_000
"""Of what a change may send, table included."""

FRAME = ".sco-frame iframe"

TOUCHED = {
    "close": {"show"},
    "reset": {
        *FACETS,
        "year",
        "since",
        "late",
        "q",
        "capacity",
        "length",
        "diameter",
        "opened",
        "story",
        "style",
        "show",
    },
    "story": {*FACETS, "year", "since", "late", "q", "story", "style", "accuracy", "show"},
}
"""What an action of the walk may change, where it is more than what it is called by."""

DARK, LIGHT = ("rgb(28, 33, 38)", "rgb(237, 235, 230)"), ("rgb(244, 240, 230)", "rgb(30, 34, 38)")
"""The colours of a field and of text in it, as .streamlit/config.toml and the styles have them."""

COUNTED_HISTORY = """(() => {
    let at = 0, last = 0;
    const push = history.pushState;
    history.pushState = function (...entry) { last = ++at; return push.apply(this, entry) };
    window.goBack = () => { if (at) { at--; history.back() } };
    window.goForward = () => { if (at < last) { at++; history.forward() } };
})()"""
"""Goes back and forward, but not beyond the entries of the app."""


def query_of(page: Page) -> str:
    return urlsplit(page.url).query


def agrees(page: Page, frame: Frame, shipped: Atlas) -> bool:
    """Tell whether address, page and table say the same."""
    state, address, query = inside.state_of(frame), inside.address_of(frame), query_of(page)
    asked = asked_of(query, shipped)
    same_look = all(parse_qs(address).get(key) == parse_qs(query).get(key) for key in ("view", "style", "theme"))
    says = Asked(state.selection, state.lang, state.worldview, asked.theme, asked.accuracy, state.card)
    if not same_look or says != asked or state.rows != rows_below(page) or asked_of(address, shipped) != asked:
        return False
    rows = select(shipped, asked.selection, asked.worldview)
    return state.rows == len(rows) and table_shows(page, set(rows["id"]), asked.lang)


def table_shows(page: Page, rows: set[str], lang: str) -> bool:
    """Tell whether the table has the rows that are meant, a page of them at most, in the language that is meant."""
    ids = page.locator(".sco-grid tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)")
    heads = page.locator(".sco-grid thead th").all_text_contents()
    if not rows:
        return not ids
    page_of_rows = min(len(rows), CELLS // len(heads)) if heads else -1
    return set(ids) <= rows and len(ids) == page_of_rows and heads[0] == words_of(lang)["column_name"]


def rows_below(page: Page) -> int:
    """Return how many rows the table below the map counts; -1 while there is none, or an old one beside the new."""
    captions = page.locator(".sco-tools p").all_text_contents()
    if len(captions) != 1:
        return -1
    digits = re.sub(r"[\u202f,]", "", captions[0]).translate(str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789"))
    numbers = re.findall(r"\d+", digits)
    return int(numbers[0]) if numbers else 0


def looked_at(page: Page, shipped: Atlas) -> dict[str, object]:
    """Return everything that the address sets, each under its name."""
    asked, words = asked_of(query_of(page), shipped), parse_qs(query_of(page))
    own = {key: value for key, value in vars(asked).items() if key != "selection"}
    return {**vars(asked.selection), **own, "style": words.get("style"), "story": words.get("story")}


def clicks(frame: Frame, facet: str, chance: random.Random) -> Callable[[], None]:
    """Return a click on a value of a facet in the panel."""
    rows = frame.locator(f"#facets button.row[data-facet={facet}]")
    return lambda: rows.nth(chance.randrange(rows.count())).evaluate("button => button.click()")


def test_any_path_leaves_address_page_and_table_together(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    """Walk at random; a seed that fails once is worth a test of its own."""
    page, chance = desktop_page, random.Random(20261128)
    frame = map_frame(page, f"{app_url}/?country=UZB&country=KAZ&lang=ru")
    frame.evaluate("window.sameFrame = true")
    page.evaluate(COUNTED_HISTORY)
    open_tab(page, "data")
    wait_until(frame, lambda _: agrees(page, frame, shipped))
    stories = list(shipped.catalog.stories)
    cards = ["cku_railway", "tapi", "UZB"]
    languages = frame.locator("#bar [data-lang]")
    actions: dict[str, Callable[[], object]] = {
        "lang": lambda: languages.nth(chance.randrange(4)).evaluate("button => button.click()"),
        "status": clicks(frame, "status", chance),
        "country": clicks(frame, "country", chance),
        "layer": clicks(frame, "layer", chance),
        "story": lambda: inside.choose_story(frame, chance.choice(stories)),
        "show": lambda: inside.open_card(frame, chance.choice(cards)),
        "close": lambda: inside.close_card(frame),
        "year": lambda: frame.locator("#axis [role=slider]").press(chance.choice(["ArrowLeft", "PageDown", "PageUp"])),
        "worldview": lambda: inside.set_worldview(frame, chance.choice(["in", "cn", None])),
        "reset": lambda: inside.reset(frame),
        "back": lambda: page.evaluate("goBack()"),
        "forward": lambda: page.evaluate("goForward()"),
    }
    path: list[str] = []
    been = [looked_at(page, shipped)]
    for _ in range(STEPS):
        path.append(chance.choice(list(actions)))
        actions[path[-1]]()
        page.wait_for_timeout(400)  # the address settles
        try:
            wait_until(frame, lambda _: agrees(page, frame, shipped), seconds=20)
        except AssertionError:
            seen = (inside.address_of(frame), query_of(page), inside.state_of(frame), rows_below(page))
            pytest.fail(f"after {path}: {seen}")
        now = looked_at(page, shipped)
        changed = {key for key, value in now.items() if value != been[-1][key]}
        if path[-1] in ("back", "forward"):
            assert now in been, f"{path} leads to what was never shown: {now}"
        else:
            assert changed <= TOUCHED.get(path[-1], {path[-1]}), f"the last of {path} has changed {changed}"
        been.append(now)
    assert frame.evaluate("window.sameFrame") is True, "the map was mounted again"


def test_a_change_sends_little_and_back_and_forward_restore(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    page, received = desktop_page, [0]
    page.on("websocket", lambda ws: ws.on("framereceived", lambda data: received.append(len(data))))
    frame = map_frame(page, app_url)
    open_tab(page, "data")
    queries = ["status=operating", "kind=gas_pipeline&status=operating", "q=kashgar"]
    inside.set_view(frame, 45.0, 70.0, 5.0)
    wait_until(page, "location.search.includes('view=')")
    for query in queries:
        wait_until(frame, lambda _: agrees(page, frame, shipped))
        received.clear()
        inside.select(frame, query)
        wait_until(page, lambda _: inside.selection_of(frame) == asked_of(query_of(page), shipped).selection)
        wait_until(frame, lambda _: agrees(page, frame, shipped))
        assert 0 < sum(received) < MOST_BYTES
    inside.set_language(frame, "zh")
    wait_until(frame, lambda _: agrees(page, frame, shipped))
    for go, query in (("back", queries[1]), ("back", queries[0]), ("forward", queries[1])):
        received.clear()
        page.evaluate(f"history.{go}()")
        wait_until(page, lambda _: asked_of(query_of(page), shipped).selection.to_query(), query)
        wait_until(frame, lambda _: agrees(page, frame, shipped))
        assert sum(received) < MOST_BYTES
        assert "view=5/45/70" in query_of(page)


def test_the_button_for_the_table_leads_below_the_map_and_a_row_opens_its_card(
    desktop_page: Page, app_url: str
) -> None:
    page = desktop_page
    frame = map_frame(page, f"{app_url}/?project=cku_railway&style=accuracy")
    frame.locator("#tablebutton").click()
    expect(page.locator(".sco-tabs [data-tab=data]")).to_be_focused()
    expect(page.locator(".sco-grid thead")).to_contain_text("Drawn from", timeout=PATIENCE)
    expect(frame.locator("#table")).to_be_hidden()
    page.locator(".sco-grid [data-id=cku_railway__torugart_makmal] .link").click()
    expect(page.frame_locator(FRAME).locator("#card")).to_be_visible(timeout=PATIENCE)
    page.wait_for_url("**style=accuracy&show=cku_railway__torugart_makmal", timeout=PATIENCE)
    row = page.locator(".sco-grid tr[aria-current=true]")
    expect(row).to_have_attribute("data-id", "cku_railway__torugart_makmal", timeout=PATIENCE)
    assert inside.state_of(frame).card == "cku_railway__torugart_makmal"
    assert page.locator(FRAME).bounding_box()["y"] == 0, "the card is not in sight"  # type: ignore[index]


def test_the_columns_the_order_and_the_sums_are_kept_in_every_language(desktop_page: Page, app_url: str) -> None:
    page = desktop_page
    frame = map_frame(page, f"{app_url}/?kind=rail")
    open_tab(page, "data")
    page.locator(".sco-grid summary").click()
    page.locator(".sco-grid [data-focus=column-gauge_mm]").check()
    page.locator(".sco-grid [data-focus=head-length_km]").click()
    expect(page.locator(".sco-grid [aria-sort=descending]")).to_have_count(1, timeout=PATIENCE)
    inside.set_language(frame, "ru")
    expect(page.locator(".sco-tabs [data-tab=data]")).to_have_text("Данные", timeout=PATIENCE)
    expect(page.locator(".sco-grid [data-focus=head-gauge_mm]")).to_have_text(re.compile("мм"), timeout=PATIENCE)
    expect(page.locator(".sco-grid [aria-sort=descending] [data-focus=head-length_km]")).to_have_count(1)
    open_tab(page, "sums")
    page.locator(".sco-grid [data-focus=choice-within]").select_option("kind", timeout=PATIENCE)
    inside.set_language(frame, "en")
    expect(page.locator(".sco-grid thead th").nth(1)).to_have_text("Kind", timeout=PATIENCE)
    assert page.locator(".sco-bar").count() > 3


def test_a_question_to_the_network_has_an_address_that_reopens_it(desktop_page: Page, app_url: str) -> None:
    page = desktop_page
    frame = map_frame(page, f"{app_url}/?from=kashgar&to=poti&promised=1&year=2031")
    expect(page.frame_locator(FRAME).get_by_text("Not understood")).to_have_count(0)
    open_tab(page, "routes")
    answer = page.locator(".sco-grid .sco-tools p")
    expect(answer).to_contain_text("Runs west from Kashgar (China) to Poti (Georgia)", timeout=PATIENCE)
    expect(page.locator("img.sco-strip")).to_have_attribute("alt", re.compile("^Kashgar – Poti, 2031: 3.716 km"))
    end = page.locator("[data-testid=stSelectbox] input").nth(1)
    end.click()
    end.fill("Baku")
    page.get_by_role("option", name="Baku (Azerbaijan)").click(timeout=PATIENCE)
    expect(answer).to_contain_text("to Baku (Azerbaijan)", timeout=PATIENCE)
    heading = page.frame_locator(FRAME).locator("#answers h2")
    expect(heading).to_have_text("Kashgar – Baku", timeout=PATIENCE)
    page.wait_for_url(re.compile(r"\?year=2031&from=kashgar&to=baku&promised=1$"))
    page.go_back()
    expect(answer).to_contain_text("to Poti (Georgia)", timeout=PATIENCE)
    year, second = (page.get_by_label(words_of("en")[f"ask_{word}"], exact=True) for word in ("year", "beside"))
    year.fill("2025")
    year.press("Enter")
    expect(page.locator("img.sco-strip")).to_have_attribute("alt", re.compile("2025: 6.347 km"), timeout=PATIENCE)
    page.wait_for_url(re.compile("year=2025"))
    assert inside.selection_of(frame).year == 2025, "the map shows the year of the question"
    second.fill("2031")
    second.press("Enter")
    page.wait_for_url(re.compile(r"beside=2031"))
    expect(page.locator(".sco-grid thead th").last).to_have_text(words_of("en")["way_difference"], timeout=PATIENCE)
    inside.set_language(frame, "bn")
    year, second = (page.get_by_label(words_of("bn")[f"ask_{word}"], exact=True) for word in ("year", "beside"))
    expect(year).to_have_value("২০২৫", timeout=PATIENCE)
    expect(second).to_have_value("২০৩১")
    second.fill("২০৩০")
    second.press("Enter")
    page.wait_for_url(re.compile(r"beside=2030"))


def test_what_streamlit_draws_is_light_or_dark_as_the_page_is(browser: Browser, app_url: str) -> None:
    """By the address, by the switch of the page, and by a system that changes."""
    context = browser.new_context(viewport=DESKTOP, color_scheme="light")
    page = context.new_page()
    try:
        frame = map_frame(page, f"{app_url}/?theme=dark")
        open_tab(page, "download")
        field = page.locator(".st-key-below [data-testid=stSelectbox] [role=group]").first
        button = page.locator(".st-key-download-html button")
        for theme, colours in (("dark", DARK), ("light", LIGHT)):
            inside.set_theme(frame, theme)
            expect(field).to_have_css("background-color", colours[0], timeout=PATIENCE)
            expect(button).to_have_css("color", colours[1], timeout=PATIENCE)
        page.emulate_media(color_scheme="dark")
        expect(field).to_have_css("background-color", DARK[0], timeout=PATIENCE)
        field.locator("button").click()
        expect(page.get_by_role("option").first).to_have_css("color", DARK[1], timeout=PATIENCE)
        page.keyboard.press("Escape")
        open_tab(page, "map")  # what is out of sight is not told of the system before it comes into sight
        wait_until(frame, lambda _: inside.state_of(frame).theme, "dark")
    finally:
        context.close()


def test_the_export_is_the_map_and_opens_without_a_network(
    desktop_page: Page, offline_page: Page, app_url: str, shipped: Atlas, tmp_path: Path
) -> None:
    map_frame(desktop_page, f"{app_url}/?country=UZB&project=cku_railway")
    open_tab(desktop_page, "download")
    with desktop_page.expect_download(timeout=PATIENCE) as download:
        desktop_page.locator(".st-key-download-html button").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert "cku-railway" in saved.name
    opened(offline_page, saved)
    command_line = export(tmp_path / "same.html", "--country", "UZB", "--project", "cku_railway")
    assert command_line.read_bytes() == saved.read_bytes()


def test_after_a_restart_of_the_server_no_click_is_lost(
    desktop_page: Page, watch: Watch, shipped: Atlas, tmp_path: Path
) -> None:
    page, port = desktop_page, free_port()
    with served_app(tmp_path / "first.log", port=port) as address:
        frame = map_frame(page, f"{address}/?country=UZB")
        frame.evaluate("window.sameFrame = true")
        open_tab(page, "data")
        wait_until(frame, lambda _: agrees(page, frame, shipped))
    inside.open_card(frame, "cku_railway")
    inside.select(frame, "country=KAZ")  # while nobody listens
    wait_until(page, "location.search.includes('country=KAZ')")
    with served_app(tmp_path / "second.log", port=port):
        expect(page.locator("[data-testid=stApp]")).to_have_attribute(
            "data-test-connection-state", "CONNECTED", timeout=PATIENCE
        )
        wait_until(frame, lambda _: agrees(page, frame, shipped))
        inside.select(frame, "country=KAZ&status=operating")
        wait_until(page, "location.search.includes('status=operating')")
        wait_until(frame, lambda _: agrees(page, frame, shipped))
        assert frame.evaluate("window.sameFrame") is True
    page.goto("about:blank")
    watch.errors.clear()  # the browser notes every try to reach the server that is gone


@pytest.mark.parametrize("size", [(390, 844), (1024, 768)])
def test_everything_is_there_on_small_screens(browser: Browser, app_url: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500)
    page = context.new_page()
    try:
        map_frame(page, f"{app_url}/?lang=ru")  # its words are the longest
        map_box = page.locator(FRAME).bounding_box()
        tabs_box = page.locator(".sco-tabs").bounding_box()
        assert map_box is not None
        assert tabs_box is not None
        assert (map_box["x"], map_box["y"], map_box["width"]) == (0, 0, size[0])
        assert tabs_box["y"] + tabs_box["height"] == size[1]
        open_tab(page, "data")
        expect(page.locator(".sco-grid .link").first).to_be_in_viewport(timeout=PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for tab in ("download", "map"):
            open_tab(page, tab)
            expect(page.locator(f".sco-tabs [data-tab={tab}]")).to_be_in_viewport(ratio=0.9)
    finally:
        context.close()


def test_the_first_seconds_are_told_and_nothing_jumps(browser: Browser, app_url: str) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script(
        "window.shifts = []; window.first = Infinity;"
        "new PerformanceObserver(list => shifts.push(...list.getEntries()))"
        ".observe({type: 'layout-shift', buffered: true});"
        "new MutationObserver(() => {"
        " const painted = () => { first = Math.min(first, performance.now()) };"
        " if (document.querySelector('.sco-frame')) requestAnimationFrame(() => requestAnimationFrame(painted)) })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page = context.new_page()
    try:
        page.route("**/app/static/*.html", lambda route: route.continue_())
        page.goto(f"{app_url}/?lang=ru")
        expect(page.locator(".sco-sentence")).to_be_visible(timeout=PATIENCE)
        assert page.locator(".sco-name").text_content() == "Коридоры и трубопроводы ШОС"
        expect(page.locator(".sco-waiting")).to_be_hidden(timeout=PATIENCE)
        expect(page.frame_locator(FRAME).locator("html[data-ready='1']")).to_be_attached(timeout=PATIENCE)
        later = "shifts.filter(({startTime}) => startTime > first).map(({value}) => value)"
        assert page.evaluate("Number.isFinite(first)")
        assert sum(page.evaluate(later)) < 0.01
        box = page.locator(FRAME).bounding_box()
        assert box is not None
        assert box["y"] == 0, "nothing takes room above the map"
    finally:
        context.close()


def test_a_page_that_cannot_be_fetched_is_sent(desktop_page: Page, watch: Watch, app_url: str, shipped: Atlas) -> None:
    desktop_page.route("**/app/static/*.html", lambda route: route.fulfill(status=404, body=""))
    frame = map_frame(desktop_page, f"{app_url}/?country=UZB")
    assert inside.number_of_rows(frame) == len(select(shipped, asked_of("country=UZB", shipped).selection))
    watch.errors.clear()  # the browser notes the answer 404


# -- the page where it is put, and links followed in it ----------------------------------------------------------------


@pytest.fixture(scope="module")
def uzbekistan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of Uzbekistan alone, into a folder of its own."""
    return export(tmp_path_factory.mktemp("uzbekistan") / "map.html", "--country", "UZB")


@pytest.mark.parametrize(
    ("around", "opening"),
    [
        ("<div id=t hidden>{}</div>", "document.getElementById('t').hidden = false"),
        ("<details id=t><summary>Map</summary>{}</details>", "document.getElementById('t').open = true"),
        ("<div id=t style='width:0;height:0;overflow:hidden'>{}</div>", "document.getElementById('t').style = ''"),
    ],
)
def test_in_a_closed_container_the_page_waits_until_it_is_shown(
    browser: Browser, uzbekistan: Path, around: str, opening: str
) -> None:
    frame_element = "<iframe src='map.html' style='width:100%;height:500px'></iframe>"
    (uzbekistan.parent / "host.html").write_text("<!doctype html>" + around.format(frame_element))
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    with served(uzbekistan.parent) as address:
        page.goto(f"{address}/host.html")
        frame = page.frames[1]
        page.wait_for_timeout(1500)
        page.evaluate(opening)
        expect(page.frame_locator("iframe").locator("html[data-ready='1']")).to_be_attached(timeout=PATIENCE)
        width, height = inside.map_size(frame)
        x, y = inside.spot_on_map(frame, 41.3, 69.2)
    context.close()
    assert not errors
    assert width > 300
    assert 0 < x < width
    assert 0 < y < height


LINKS = ("view=6/41.3/69.2", "worldview=in", "country=KAZ&theme=dark", "show=cku_railway", "story=gas_to_china")


def test_a_link_in_an_open_tab_shows_what_it_shows_in_a_new_one(browser: Browser, exported: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    tab = opened(context.new_page(), exported, "country=UZB&lang=ru")
    new = context.new_page()
    for link in LINKS:
        tab.evaluate("hash => { location.hash = hash }", link)
        opened(new, exported, link, afresh=True)
        there = (inside.state_of(new), inside.view_of(new))
        wait_until(tab, lambda page: (inside.state_of(page), inside.view_of(page)), there, seconds=10)
    context.close()
