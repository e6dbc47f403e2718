"""What a reader takes away: citations, reports, links, pictures; and the suggestions of the search."""

from __future__ import annotations

import io
import json
import re
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
import resvg_py
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import Page, expect

from sco_map.atlas import Atlas, Selection, select, totals
from sco_map.model.languages import LANGUAGES
from sco_map.page import View, render_page
from sco_map.page.render import ASSETS
from sco_map.page.words import words
from sco_map.routing import line_of
from sco_map.version import VERSION
from tests import inside
from tests.browser import wait_until
from tests.e2e.page import opened

AWKWARD = {
    "id": "a_b",
    "title": "50 % of {A} & B_1 #2 ~ $x^2$ \\ end",
    "work": "Map",
    "asOf": "2026-11",
    "version": "1.2.3",
    "checksum": "0123456789abcdef" * 4,
    "address": None,
    "sources": [
        {
            "id": "One & two",
            "title": "Ünïcode {x}",
            "publisher": "P & Q",
            "url": "https://e.org/a_b%20c?d={1}&e=ж",
            "published": "2024-05-06",
            "accessed": "2026-01-02",
        }
    ],
}
SHOW = "cku_railway"


def shown_text(page: Page) -> str:
    return page.locator("#card .texts pre").inner_text()


def copied(page: Page) -> str:
    """Return what the page copied last; the browser of the tests keeps no clipboard."""
    text: str = page.evaluate("window.copied")
    return text


def watch_copies(page: Page) -> None:
    """Stand in for the clipboard, which the browser of the tests does not let a page use."""
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true, value: "
        "{writeText: async (text) => { window.copied = text }}})"
    )


def test_bibtex_takes_every_letter(asked_page: Page) -> None:
    text = inside.bibtex(asked_page, AWKWARD)
    assert r"title = {{50 \% of \{A\} \& B\_1 \#2 \textasciitilde{} \$x\textasciicircum{}2\$ " in text
    assert r"\textbackslash{} end}}" in text
    assert "url = {https://e.org/a_b%20c?d=%7B1%7D&e=%D0%B6}" in text
    assert re.findall(r"@misc\{([^,]+),", text) == ["sco-map-a-b", "sco-map-one-two"]
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")


def test_csl_is_json_with_dates_in_parts(asked_page: Page) -> None:
    own, source = json.loads(inside.csl(asked_page, AWKWARD))
    assert own["type"] == "dataset"
    assert own["version"] == "1.2.3"
    assert own["issued"] == {"date-parts": [[2026, 11]]}
    assert AWKWARD["checksum"][:16] in own["note"]  # type: ignore[index]
    assert source["issued"] == {"date-parts": [[2024, 5, 6]]}
    assert source["author"] == [{"literal": "P & Q"}]


def test_a_card_is_cited_in_three_forms(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, f"show={SHOW}")
    watch_copies(page)
    page.locator("#card .actions").get_by_role("button", name="Cite").click()
    assert shipped.checksum[:16] in shown_text(page)
    publishers = [shipped.catalog.sources[id_].publisher for id_ in shipped.catalog.projects[SHOW].sources]
    assert len(publishers) > 2
    assert all(publisher in shown_text(page) for publisher in publishers)
    for form, start in (("bibtex", "@misc{sco-map-"), ("csl", "[")):
        page.locator(f".texts [data-form={form}]").click()
        page.locator(".texts [data-copy]").click()
        wait_until(page, f"window.copied?.startsWith({json.dumps(start)})")
        assert copied(page).strip() == shown_text(page).strip()
    expect(page.locator("#toast")).to_have_text("Copied")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_names_entry_version_and_view(
    desktop_page: Page, shipped: Atlas, exported: Path, language: str
) -> None:
    page = opened(desktop_page, exported, f"show={SHOW}&lang={language}")
    page.locator("#card .actions").get_by_role("button", name=words(language)["report"]).click()
    text = shown_text(page)
    assert all(part in text for part in (SHOW, shipped.checksum[:16], f"show={SHOW}"))
    assert "@" not in text, "no address is invented"
    assert "file:" not in text, "no path of the reader's machine"


def test_the_link_of_a_card_leads_back_to_it(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, f"country=UZB&show={SHOW}")
    watch_copies(page)
    page.locator("#card .actions").get_by_role("button", name="Copy link").click()
    wait_until(page, "!!window.copied")
    start, _, query = copied(page).partition("#")
    assert start == exported.as_uri()
    assert query.startswith("country=UZB")
    assert inside.state_of(opened(page, exported, query)).card == SHOW


def test_next_and_previous_walk_through_a_project(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    rows = inside.all_rows_of(page, SHOW)
    assert len(rows) > 2
    inside.open_card(page, rows[0])
    for expected in [*rows[1:], rows[0]]:
        page.locator("#card").get_by_role("button", name="Next of the project").click()
        assert inside.state_of(page).card == expected
    page.locator("#card").get_by_role("button", name="Previous of the project").click()
    assert inside.state_of(page).card == rows[-1]


def test_zoom_to_shows_all_of_it_beside_the_card(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, f"show={SHOW}&view=3/20/20")
    page.locator("#card .actions").get_by_role("button", name="Zoom to").click()
    assert inside.card_is_in_sight(page)
    wait_until(page, "location.hash.includes('view=')")


def test_where_lines_overlap_the_reader_chooses(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "view=6/41/68")
    x, y = inside.spot_of_several(page)
    page.locator("#map").click(position={"x": x, "y": y})
    chooser = page.locator("#chooser")
    expect(chooser).to_be_visible()
    chooser.get_by_role("button").nth(1).click()
    expect(page.locator("#card")).to_be_visible()
    expect(chooser).to_be_hidden()


def test_a_picture_has_title_filters_key_credits_and_date(desktop_page: Page, shipped: Atlas, exported: Path) -> None:
    page = opened(desktop_page, exported, "country=UZB&kind=rail")
    text = inside.picture_of(page)
    said = " ".join(said_in(text))
    for part in ("Corridors and pipelines of the SCO", "Uzbekistan", "OpenStreetMap", "Natural Earth", "Operating"):
        assert part in said, part
    assert shipped.checksum[:12] in said
    assert page.evaluate("new Intl.DateTimeFormat('en-GB', {dateStyle: 'long'}).format(new Date())") in said
    assert "var(--" not in text
    assert not re.findall(r'(?:href|src)="(?!#|data:)', text), "a picture asks for nothing"
    assert len(ElementTree.fromstring(text).findall(".//{http://www.w3.org/2000/svg}path")) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_saved_under_the_name_of_the_selection(desktop_page: Page, exported: Path, language: str) -> None:
    page = opened(desktop_page, exported, f"country=UZB&year=2015&lang={language}")
    page.locator("#bar [aria-haspopup=dialog]").click()
    picture = page.locator("#share [data-part=share_picture]")
    for form in ("png", "svg"):
        picture.locator("[data-choice=picture_format]").select_option(form)
        with page.expect_download() as download:
            picture.locator(".button").click()
        assert download.value.suggested_filename == f"sco-map-{VERSION}_country-UZB_year-2015.{form}"
        content = Path(download.value.path()).read_bytes()
        if form == "svg":
            ElementTree.fromstring(content)
            continue
        assert content.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", content[16:24])
        map_width, map_height = inside.map_size(page)
        assert width == 2 * map_width, "twice as fine as the screen"
        assert height > 2 * map_height
        assert len(content) > 200_000, "an empty sheet is smaller"


def test_the_title_says_what_is_selected(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("[data-facet='country'][data-value='UZB']").click()
    wait_until(page, "document.title.startsWith('Uzbekistan')")
    inside.set_language(page, "ru")
    assert page.title().startswith("Узбекистан")
    assert opened(desktop_page, exported, "country=KAZ").title().startswith("Kazakhstan")


def test_suggestions_by_keyboard(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.keyboard.press("/")
    field, options = page.get_by_role("combobox", name="Find a route"), page.locator("#suggestions [role=option]")
    expect(field).to_be_focused()
    page.keyboard.type("middle corr")
    expect(options.first).to_contain_text("Middle Corridor")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_be_visible()
    expect(field).to_have_value("")
    wait_until(page, inside.selection_of, Selection())
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert inside.state_of(page).card == "middle_corridor"


@pytest.mark.parametrize(
    ("text", "form", "id_"),
    [
        ("ташкент", "place", "tashkent"),
        ("узбек", "country", "UZB"),
        ("中吉乌", "project", SHOW),
        ("uzbeki", "country", "UZB"),
    ],
)
def test_suggestions_know_every_language(asked_page: Page, text: str, form: str, id_: str) -> None:
    found = inside.suggestions(asked_page, text)
    assert (form, id_) in found
    assert len(found) <= 8


def test_a_suggested_place_is_shown(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.locator("#query").fill("dostyk")
    page.locator("#suggestions [role=option]").filter(has_text="place").first.click()
    wait_until(page, lambda page: inside.state_of(page).zoom >= 7)
    expect(page.locator("#chooser")).to_be_visible()


@pytest.mark.parametrize("query", ["", "year=2015", "country=UZB", "layer=water", "kind=gas_pipeline&status=operating"])
def test_page_and_tables_count_the_same_kilometres(
    desktop_page: Page, shipped: Atlas, exported: Path, query: str
) -> None:
    page = opened(desktop_page, exported, query)
    sums = totals(select(shipped, Selection.from_query(query)))
    shown = inside.totals_of(page)
    assert shown["km"] == pytest.approx(sums.km, abs=0.5)
    assert shown["countries"] == sums.countries


def test_names_wait_and_the_last_filter_wins(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    page.evaluate("performance.clearMarks(), performance.clearMeasures()")  # those of the tests before
    inside.select_at_once(page, [f"country={code}" for code in ("KAZ", "UZB", "TJK", "PAK")])
    wait_until(page, "performance.getEntriesByName('sco-filter-painted').length > 0")
    wait_until(page, inside.is_idle)
    names = page.locator(".plate-labels textPath").all_text_contents()
    assert names
    inside.draw_names(page)
    assert names == page.locator(".plate-labels textPath").all_text_contents()


def test_a_picture_is_saved_from_inside_another_page(desktop_page: Page, shipped: Atlas, tmp_path: Path) -> None:
    inner = render_page(shipped, Selection(country=("UZB",)), View(embed=True))
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<!doctype html><link rel=icon href='data:,'>"
        "<iframe sandbox='allow-scripts allow-downloads' width=900 height=600></iframe>",
        encoding="utf-8",
    )
    page = desktop_page
    page.goto(outer.as_uri())
    page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", inner)
    frame = page.frame_locator("iframe")
    expect(frame.locator("html[data-ready='1']")).to_be_attached(timeout=20_000)
    frame.locator("#line button").click()
    with page.expect_download() as download:
        frame.locator("#share [data-part=share_picture] .button").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_picture_names_the_ends_of_the_line_its_sources_and_whose_borders_it_shows(
    desktop_page: Page, shipped: Atlas, exported: Path
) -> None:
    page = opened(desktop_page, exported, f"show={SHOW}&worldview=cn")
    said = " ".join(said_in(inside.picture_of(page, "square", "Rails over the mountains")))
    name = shipped.catalog.projects[SHOW].title.en
    assert f"{name}, as of {shipped.year}. From Kashgar to Andijan." in said
    assert "Rails over the mountains" in said
    assert "Corridors and pipelines of the SCO" not in said
    assert "Borders as China sees them" in said
    assert "de facto" not in said
    expect(page.locator("#foot")).to_contain_text("Borders as China sees them")
    assert re.search(r"Sources: .*24\.kg", said)
    said = " ".join(said_in(inside.picture_of(opened(page, exported, "q=kyrgyzstan–uzbekistan+railw&lang=en"))))
    assert f"{name}, as of" in said
    assert "railw”" not in said, "what was found is named, not what was typed"


@pytest.mark.parametrize(("shape", "size"), [("wide", (1600, 900)), ("square", (1200, 1200))])
def test_a_picture_has_its_shape_and_stays_on_its_sheet_in_another_program(
    desktop_page: Page, exported: Path, tmp_path: Path, shape: str, size: tuple[int, int]
) -> None:
    """The other program knows none of the fonts inside the file, and its own are wider."""
    page = opened(desktop_page, exported, "country=UZB&lang=en")
    text = inside.picture_of(page, shape)
    assert set(re.findall(r"data:(image/\w+)", text)) == {"image/png"}
    font = wider_font(tmp_path, 1.14)
    drawn = resvg_py.svg_to_bytes(
        svg_string=text, skip_system_fonts=True, font_files=[str(font)], sans_serif_family="Wide", serif_family="Wide"
    )
    pixels = np.asarray(Image.open(io.BytesIO(bytes(drawn))).convert("RGB")).astype(int)
    assert (pixels.shape[1], pixels.shape[0]) == size
    paper = pixels[-3, 2]
    inked = np.abs(pixels - paper).sum(axis=2) > 60
    foot = inked[int(size[1] * 0.9) :]
    assert foot.any(), "there is small print"
    assert not foot[:, -8:].any(), "nothing runs over the right edge"
    middle = pixels[int(size[1] * 0.3) : int(size[1] * 0.5)].reshape(-1, 3)
    assert len(np.unique(middle, axis=0)) > 1000, "land and relief are drawn"


def wider_font(folder: Path, times: float) -> Path:
    """Write the page's own font with letters set further apart, under another name."""
    font = TTFont(ASSETS / "fonts" / "sans.woff2")
    font.flavor = None
    for name, (advance, bearing) in font["hmtx"].metrics.items():
        font["hmtx"].metrics[name] = (round(advance * times), bearing)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Wide"
    for table in ("HVAR", "avar", "fvar", "gvar", "MVAR", "STAT", "GPOS", "kern"):
        if table in font:
            del font[table]
    path = folder / "wide.ttf"
    font.save(path)
    return path


def said_in(picture: str) -> list[str]:
    """Return the texts of an SVG file, each once."""
    drawing = ElementTree.fromstring(picture)
    return ["".join(node.itertext()) for node in drawing.iter("{http://www.w3.org/2000/svg}text")]


def test_the_key_of_a_picture_has_only_colours_that_are_on_the_map(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported, "kind=rail")
    assert "Middle Corridor" in inside.picture_key(page)
    assert "Gas pipelines" not in inside.picture_key(page)
    inside.set_style(page, colour="gauge")
    assert "Middle Corridor" not in inside.picture_key(page)
    assert any("520" in name for name in inside.picture_key(page))


def test_moving_the_map_while_names_are_placed_breaks_nothing(desktop_page: Page, exported: Path) -> None:
    page = opened(desktop_page, exported)
    inside.move_while_names_are_placed(page, ["year=2010", "country=KAZ"] * 6)
    wait_until(page, inside.is_idle)
    wait_until(page, "document.querySelectorAll('.plate-labels text').length > 5")


def test_a_corridor_shows_the_main_line_that_the_catalog_names_its_other_ways_and_no_sum_of_all(
    desktop_page: Page, shipped: Atlas, exported: Path
) -> None:
    page = opened(desktop_page, exported, "show=middle_corridor")
    everything = select(shipped, Selection(project=("middle_corridor",)))["length_km"].sum()
    whole = page.locator("#card").inner_text().replace("\u202f", "")
    figure = page.locator("#card .figures div", has_text=words("en")["main_line"]).locator("b").inner_text()
    main = line_of(shipped, "middle_corridor").best.km
    assert float(figure.replace("\u202f", "").removesuffix(" km")) == round(main)
    assert words("en")["main_line_by_country"].replace("{km}", f"{main:.0f} km") in whole
    assert f"{everything:.0f}" not in whole
    others = page.locator("#card section", has_text=words("en")["other_ways"]).locator("li").all_inner_texts()
    named = shipped.catalog.projects["middle_corridor"].ways[1:]
    assert [text.replace("\u202f", "").split() for text in others] == [
        f"{way.title.en} {line_of(shipped, f'middle_corridor/{way.id}').best.km:.0f} km".split() for way in named
    ]


@pytest.mark.parametrize("year", [None, 2010])
def test_the_members_are_listed_with_the_dates_of_their_standing(
    desktop_page: Page, shipped: Atlas, exported: Path, year: int | None
) -> None:
    address = "show=members-list" + (f"&year={year}" if year else "")
    page = opened(desktop_page, exported, address)
    listed: dict[str, str] = dict(
        page.locator("#card .history li").evaluate_all(
            "items => items.map(item => [item.querySelector('button').textContent, item.querySelector('time').title])"
        )
    )
    roles = {
        country.name.en: [role for role in country.roles if year is None or int(role.since[:4]) <= year]
        for country in shipped.catalog.countries.values()
    }
    assert set(listed) == {name for name, past in roles.items() if past}
    for name, past in roles.items():
        if past:
            assert past[-1].since[:4] in listed[name]
