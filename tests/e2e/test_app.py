"""The app in a real browser: filter by country and by project, look at the map, export, open the export offline."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Frame, Page, expect

from sco_map.atlas import Atlas, Selection, select
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import PATIENCE, export
from tests.e2e.page import map_frame as opened


def rows_of(shipped: Atlas, query: str) -> int:
    return len(select(shipped, Selection.from_query(query)))


def shows(frame: Frame, number: int) -> None:
    """Wait until the map shows that many rows."""
    wait_until(frame, inside.number_of_rows, number)


def choose(page: Page, facet: str, group: str, name: str) -> None:
    """Choose a value in the sidebar, after opening the group that holds it."""
    group_box = page.locator(f".st-key-open-{facet}-{group}")
    button = group_box.get_by_role("button", name=name).first
    if not button.is_visible():
        group_box.locator("summary").click()
    button.click()


def address_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_filter_by_country_and_by_project(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    frame = opened(desktop_page, app_url)
    shows(frame, len(shipped.rows))
    frame.evaluate("window.sameFrame = true")

    choose(desktop_page, "country", "members", "Uzbekistan")
    shows(frame, rows_of(shipped, "country=UZB"))
    desktop_page.wait_for_url("**/?country=UZB", timeout=PATIENCE)

    project = shipped.catalog.projects["cku_railway"]
    choose(desktop_page, "project", project.layer, project.title.en)
    shows(frame, rows_of(shipped, "country=UZB&project=cku_railway"))
    assert address_of(desktop_page) == {"country": ["UZB"], "project": ["cku_railway"]}
    assert frame.evaluate("window.sameFrame") is True, "the map was mounted again"


def test_the_export_is_the_map_and_opens_without_a_network(
    desktop_page: Page, offline_page: Page, app_url: str, shipped: Atlas, tmp_path: Path
) -> None:
    query = "country=UZB&project=cku_railway"
    shows(opened(desktop_page, f"{app_url}/?{query}"), rows_of(shipped, query))
    desktop_page.get_by_role("tab").last.click()
    with desktop_page.expect_download(timeout=PATIENCE) as download:
        desktop_page.locator(".st-key-download-html button").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert "cku-railway" in saved.name

    offline_page.goto(saved.as_uri())
    expect(offline_page.locator("html[data-ready='1']")).to_be_attached(timeout=PATIENCE)
    assert inside.number_of_rows(offline_page) == rows_of(shipped, query)

    command_line = export(tmp_path / "same.html", "--country", "UZB", "--project", "cku_railway")
    assert command_line.read_bytes() == saved.read_bytes()


def test_an_address_is_a_view(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    query = "country=KAZ&status=operating&year=2015"
    shows(opened(desktop_page, f"{app_url}/?{query}&unknown=1"), rows_of(shipped, query))


def test_a_wrong_address_is_reported_and_the_rest_counts(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    frame = opened(desktop_page, f"{app_url}/?country=UZB&project=cku_railwey")
    shows(frame, rows_of(shipped, "country=UZB"))
    expect(desktop_page.get_by_role("alert").first).to_contain_text("cku_railway")


def test_an_empty_selection_offers_to_reset(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    frame = opened(desktop_page, f"{app_url}/?q=there-is-no-such-line")
    shows(frame, 0)
    desktop_page.locator(".st-key-reset_empty button").click()
    shows(frame, len(shipped.rows))


def test_a_theme_is_one_click(desktop_page: Page, app_url: str, shipped: Atlas) -> None:
    frame = opened(desktop_page, app_url)
    button = desktop_page.locator(".stSidebar button", has_text="Gas to China")
    button.click()
    wait_until(frame, lambda frame: inside.state_of(frame).flow)
    asked = shipped.catalog.stories["gas_to_china"].select.model_dump(exclude_defaults=True)
    shows(frame, len(select(shipped, Selection(**asked))))
    desktop_page.wait_for_url("**project=*", timeout=PATIENCE)
    desktop_page.locator(".st-key-reset button").click()
    shows(frame, len(shipped.rows))
    wait_until(frame, lambda frame: inside.state_of(frame).flow, False)


def test_a_row_of_the_table_opens_its_card(desktop_page: Page, app_url: str) -> None:
    frame = opened(desktop_page, f"{app_url}/?project=cku_railway")
    canvas = desktop_page.locator(".st-key-table canvas, .stDataFrame canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    desktop_page.mouse.click(box["x"] + 18, box["y"] + 50)  # the first row's tick; the table is one drawing
    expect(desktop_page.frame_locator(".sco-frame iframe").locator("#card")).to_be_visible(timeout=PATIENCE)
    desktop_page.wait_for_url("**show=*", timeout=PATIENCE)
    assert [inside.state_of(frame).card] == address_of(desktop_page)["show"]


def test_the_map_answers_in_the_language_of_the_app(desktop_page: Page, app_url: str) -> None:
    frame = opened(desktop_page, f"{app_url}/?lang=ru")
    wait_until(frame, "document.documentElement.lang", "ru")


def test_it_works_on_a_phone(phone_page: Page, app_url: str, shipped: Atlas) -> None:
    shows(opened(phone_page, app_url), len(shipped.rows))
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
