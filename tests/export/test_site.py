"""The site: what is in it, that its links lead somewhere, that it says the same twice, and that nothing breaks out."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import posixpath
import re
import threading
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import jsonschema
import pytest

from sco_map.atlas import Atlas
from sco_map.changes import compare, read_side
from sco_map.export.site import FolderError, Made, SiteError, folder_fault, site, write_folder
from sco_map.export.site.build import STORIES, WELL_KNOWN, Pictures
from sco_map.export.site.documents import documents_of, notebook_text, rendered
from sco_map.export.site.drawing import Shape, draw, ground_of
from sco_map.export.site.entries import MODELS, Entry, schema_of
from sco_map.export.site.folder import MARK, locked
from sco_map.export.site.gathering import Gatherer, stem_of
from sco_map.export.site.pages import POLICY, Pages, picture_path
from sco_map.export.site.pictures import as_ground, as_png, as_svg
from sco_map.export.site.style import look
from sco_map.export.site.wording import Say
from sco_map.model.languages import LANGUAGES
from sco_map.page.styles import read_styles, tokens
from tests.atlas import tiny as rows
from tests.browser import ROOT
from tests.commands import run
from tests.e2e.payloads import HURT, poisoned_atlas
from tests.page import tiny
from tests.site_example import EXAMPLE, PAGE, example

LARGEST_PAGE = 60_000
"""The bytes of a project's page without fonts and style."""


class Reader(HTMLParser):
    """Reads what matters of a page: its elements, links, ids, headings, and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, *names: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags for name in names if name in attributes]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return tiny.atlas(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def made(atlas: Atlas) -> Made:
    return site(atlas, address="https://example.org/map")


def pages_of(made: Made) -> dict[str, str]:
    return {path: content.decode() for path, content in made.files.items() if path.endswith(".html")}


def test_everything_has_a_page_in_every_language_and_a_file_beside_it(made: Made) -> None:
    for language in LANGUAGES:
        for path in ("project/silk_east", "country/BBB", "event/summit_2010", "index", "sources", "data", "changes"):
            assert f"{language}/{path}.html" in made.files
    for path in ("project/silk", "country/AAA", "event/summit_2010"):
        assert f"api/v1/{path}.json" in made.files
    for path in ("index.html", "map.html", "404.html", "robots.txt", "sitemap.xml", "feed.xml", "site.css", MARK):
        assert path in made.files


def test_every_link_inside_leads_to_a_file_and_a_place_in_it(made: Made) -> None:
    ids = {path: set(Reader(text).values("id")) for path, text in pages_of(made).items() if path != "map.html"}
    for path, text in pages_of(made).items():
        if path == "map.html":
            continue
        for target in Reader(text).values("href", "src"):
            if target.startswith("https://"):
                continue
            name, _, place = target.partition("#")
            file = normpath(join(dirname(path), name)) if name else path
            assert file in made.files, f"{path} links to {target}"
            assert not place or file == "map.html" or place in ids[file], f"{path} links to {target}"


def test_links_are_relative_so_that_any_folder_of_a_server_will_do(atlas: Atlas) -> None:
    for path, text in pages_of(site(atlas)).items():
        if path != "map.html":
            assert [one for one in Reader(text).values("href", "src") if one.startswith(("/", "http"))] in (
                [],
                ["https://ways.example/paper"] * text.count("https://ways.example/paper"),
            ), path


def test_figures_are_there_without_a_script_each_with_its_source(made: Made) -> None:
    page = Reader(made.files["en/country/BBB.html"].decode())
    assert "script" not in {tag for tag, _ in page.tags}
    assert "170 km" not in page.text
    assert "80 km" in page.text, "what lies in the state, not what its lines have elsewhere"
    assert "The Silk Way" in page.text
    project = Reader(made.files["ru/project/silk.html"].decode())
    assert "Шёлковый путь" in project.text
    assert "#s1" in project.values("href")
    assert "s1" in project.values("id")


def test_pages_say_their_language_and_where_the_others_are(made: Made) -> None:
    for language, tag in zip(LANGUAGES, ("en", "bn", "ru", "zh-Hans"), strict=True):
        page = Reader(made.files[f"{language}/project/gas.html"].decode())
        assert dict(page.tags)["html"]["lang"] == tag
        links = [one for name, one in page.tags if name == "link" and "hreflang" in one]
        assert [one["hreflang"] for one in links] == ["en", "bn", "ru", "zh-Hans"]
        assert links[1]["href"] == "https://example.org/map/bn/project/gas.html"
    assert '<span lang="en">Gas trunk</span>' in made.files["bn/projects.html"].decode()


def test_headings_and_landmarks_are_in_order(made: Made) -> None:
    for path, text in pages_of(made).items():
        if path == "map.html":
            continue
        page = Reader(text)
        names = [tag for tag, _ in page.tags]
        assert names.count("h1") == 1, path
        assert names.count("main") == 1, path
        levels = [int(tag[1]) for tag in names if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
        ids = page.values("id")
        assert len(ids) == len(set(ids)), path


def test_the_policy_forbids_scripts_and_other_servers(made: Made) -> None:
    for path, text in pages_of(made).items():
        if path != "map.html":
            (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
            assert policy.startswith("default-src 'none'; style-src 'sha256-" if path == "404.html" else POLICY), path
            assert "script-src" not in policy and "unsafe" not in policy, path
            assert " style=" not in text and " on" not in "".join(Reader(text).values("onclick")), path


def test_files_are_what_their_schemas_say(made: Made) -> None:
    for name in MODELS:
        schema = json.loads(made.files[f"api/v1/schema/{name}.json"])
        assert schema == schema_of(name)
        files = [path for path in made.files if path.startswith(f"api/v1/{name}") and path.endswith(".json")]
        assert files
        for path in files:
            jsonschema.Draft202012Validator(schema).validate(json.loads(made.files[path]))


def test_the_index_names_every_file(made: Made) -> None:
    index = json.loads(made.files["api/v1/index.json"])
    listed = {f"api/v1/{entry['path']}" for entry in index["entries"]}
    assert listed == {path for path in made.files if re.match(r"api/v1/(project|country|event)/", path)}
    assert {one["path"] for one in index["downloads"]} == {path for path in made.files if path.startswith("data/")}
    assert all(one["bytes"] == len(made.files[one["path"]]) for one in index["downloads"])


def test_the_link_to_the_map_selects_the_thing(made: Made) -> None:
    country = json.loads(made.files["api/v1/country/BBB.json"])
    assert country["map"]["ru"] == "map.html#country=BBB&show=BBB&lang=ru"
    page = Reader(made.files["ru/country/BBB.html"].decode())
    assert "../../map.html#country=BBB&show=BBB&lang=ru" in page.values("href")


def test_feed_sitemap_and_robots_name_the_address(made: Made) -> None:
    feed = ElementTree.fromstring(made.files["feed.xml"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}id") == "https://example.org/map/"
    assert feed.findtext(f"{atom}updated") == "2026-01-01T00:00:00Z"
    for entry in feed.iter(f"{atom}entry"):
        assert entry.findtext(f"{atom}id", "").startswith("urn:uuid:")
    sitemap = made.files["sitemap.xml"].decode()
    assert sitemap.count("<loc>https://example.org/map/bn/") == sitemap.count("<loc>https://example.org/map/en/") > 9
    assert "Sitemap: https://example.org/map/sitemap.xml" in made.files["robots.txt"].decode()


def test_without_an_address_there_is_no_sitemap(atlas: Atlas) -> None:
    without = site(atlas)
    assert "sitemap.xml" not in without.files
    assert "Sitemap" not in without.files["robots.txt"].decode()
    assert "href" not in without.files["404.html"].decode(), "shown at any depth, a relative link would lead nowhere"


def test_an_address_that_no_link_can_begin_with_is_refused(atlas: Atlas) -> None:
    with pytest.raises(SiteError, match="address"):
        site(atlas, address="ftp://example.org")


def test_it_is_the_same_twice_whoever_draws_the_pictures(atlas: Atlas, made: Made) -> None:
    again = site(atlas, address="https://example.org/map/", workers=2)
    assert list(again.files) == list(made.files)
    assert [path for path in made.files if made.files[path] != again.files[path]] == []


# -- changes -----------------------------------------------------------------------------------------------------------


def test_changes_are_told_with_a_link_to_the_page(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    rows.write(tmp_path / "new")
    layers = rows.layers()
    layers["ways"][0]["properties"]["gauge_mm"] = 1435
    rows.write(tmp_path / "old", layers)
    difference = compare(read_side(str(tmp_path / "old")), read_side(str(tmp_path / "new")))
    found = site(atlas, difference=difference)
    text = Reader(found.files["en/changes.html"].decode()).text
    assert "gauge_mm: 1435 → 1520" in text
    feed = found.files["feed.xml"].decode()
    assert "gauge_mm: 1435 → 1520" in feed
    assert "en/project/silk.html" in feed
    assert f"{Say('ru').word('gauge')}: 1435 → 1520" in Reader(found.files["ru/changes.html"].decode()).text


def test_every_language_has_a_feed_of_its_own(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    rows.write(tmp_path / "new")
    layers = rows.layers()
    layers["ways"][0]["properties"] |= {"gauge_mm": 1435, "status": "planned"}
    rows.write(tmp_path / "old", layers)
    difference = compare(read_side(str(tmp_path / "old")), read_side(str(tmp_path / "new")))
    for address in ("", "https://example.org/map/"):
        found = site(atlas, address=address, difference=difference)
        ids: set[str] = set()
        for path, language in (("feed.xml", "en"), *((f"{one}/feed.xml", one) for one in LANGUAGES[1:])):
            feed = ElementTree.fromstring(found.files[path])
            atom, say = "{http://www.w3.org/2005/Atom}", Say(language)
            assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"].startswith(language)
            assert feed.findtext(f"{atom}title") == say.word("title")
            own = {entry.findtext(f"{atom}id", "") for entry in feed.iter(f"{atom}entry")}
            assert own.isdisjoint(ids), "readers of feeds would take entries of two languages for one"
            ids |= own
            properties = layers["ways"][0]["properties"]
            title = properties.get(f"title_{language}") or properties["title_en"]
            news = next(one for one in feed.iter(f"{atom}entry") if "1435" in one.findtext(f"{atom}content", ""))
            assert news.findtext(f"{atom}title") == f"{title} ({say.word('change_changed')})"
            for one in feed.iter(f"{atom}link"):
                target = one.attrib["href"].partition("#")[0]
                beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                assert (target.removeprefix(address) if address else beside) in found.files
            page = Reader(found.files[f"{language}/changes.html"].decode())
            assert ("../feed.xml" if language == "en" else f"../{language}/feed.xml") in page.values("href")


def test_the_example_of_the_documentation_is_what_a_file_says(shipped: Atlas) -> None:
    found = EXAMPLE.search(PAGE.read_text(encoding="utf-8"))
    assert found is not None
    assert found.group() == example(shipped), "renew it: python -m tests.site_example"


# -- hostile texts -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pages, list[tuple[str, Entry]]]:
    """Gather a few entries of the shipped map with a payload in every text."""
    gatherer = Gatherer(poisoned_atlas(tmp_path_factory.mktemp("poisoned")))
    entries: list[tuple[str, Entry]] = [
        ("project", gatherer.project(id_)) for id_ in ("middle_corridor", "cpec_economic_zones", "cagp_d", "wto")
    ]
    entries += [("country", gatherer.country(code)) for code in ("UZB", "CHN")]
    return Pages(gatherer, "https://example.org/"), [*entries, ("event", gatherer.event(gatherer.events()[0]))]


ALLOWED = set(
    "html meta title link body a header p nav ul li main h1 h2 h3 dl dt dd div figure figcaption svg path use"
    " defs circle text section ol time span sup small details summary table thead tbody tr th td footer br code".split()
)


def test_no_text_of_the_catalog_becomes_an_element_or_an_attribute(
    poisoned: tuple[Pages, list[tuple[str, Entry]]],
) -> None:
    pages, entries = poisoned
    ground = ground_of(pages.gatherer.atlas.ground)
    assert ground.names
    for type_, entry in entries:
        for language in LANGUAGES:
            text = pages.entry(entry, type_, language, None).decode()
            page = Reader(text)
            assert {tag for tag, _ in page.tags} <= ALLOWED, entry.id
            names = {name for _, attributes in page.tags for name in attributes}
            assert not {name for name in names if name.startswith("on") or name in ("style", "srcdoc")}, entry.id
            for target in page.values("href"):
                assert target.startswith(("https://", "http://", "../", "#")), target
    assert any(HURT in Reader(pages.entry(entry, type_, "en", None).decode()).text for type_, entry in entries)


def test_texts_in_a_picture_are_escaped() -> None:
    ground = ground_of({})
    drawing = draw(ground, [], {}, [], bounds=(60.0, 40.0, 70.0, 45.0))
    assert drawing is not None
    found = as_svg(drawing, "en", '"><script>', "<script>", '"><script>')
    assert "<script>" not in found
    ElementTree.fromstring(found)


def test_an_id_never_leaves_its_folder() -> None:
    assert stem_of("cku_railway") == "cku_railway"
    for id_ in ("../../etc/passwd", "a/b", "", "x" * 300, "<script>", "con\x00"):
        assert re.fullmatch(r"x-[0-9a-f]{16}", stem_of(id_))


def test_a_feed_of_hostile_texts_is_xml(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    layers = rows.layers()
    layers["ways"][0]["properties"]["title_en"] = "]]><script>\x00\x1b&"
    layers["ways"][0]["properties"]["owner"] = "</entry><entry>"
    rows.write(tmp_path / "old")
    rows.write(tmp_path / "new", layers)
    found = site(atlas, difference=compare(read_side(str(tmp_path / "old")), read_side(str(tmp_path / "new"))))
    feed = ElementTree.fromstring(found.files["feed.xml"])
    titles = [one.text for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("]]><script>" in str(title) for title in titles)
    assert "script" not in {tag for tag, _ in Reader(found.files["en/changes.html"].decode()).tags}


# -- documentation -----------------------------------------------------------------------------------------------------


def test_the_notebook_is_a_page_with_its_code_and_what_came_out_of_it() -> None:
    pages = {document.source: document for document in documents_of(ROOT)}
    notebook = json.loads((ROOT / "docs" / "library.ipynb").read_text(encoding="utf-8"))
    page = pages["docs/library.ipynb"]
    text = Reader(str(page.html)).text
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(" ".join(one.split()) in " ".join(text.split()) for one in code)
    assert "<Atlas: " in text
    assert f'href="{Path(page.path).name}"' in pages["README.md"].html


def test_code_that_shows_a_fence_stays_inside_its_own() -> None:
    cell = {"cell_type": "code", "source": ["print('```')\n", "# <script>"], "outputs": [{"text": ["```\n"]}]}
    text = notebook_text({"cells": [cell]})
    assert text == "````python\nprint('```')\n# <script>\n````\n\n````text\n```\n````\n"
    assert "<script>" not in rendered(text, "docs/a.ipynb", {})


# -- maps --------------------------------------------------------------------------------------------------------------


def test_a_picture_is_a_png_of_the_size_that_is_asked_for(shipped: Atlas) -> None:
    drawn = shipped.rows[shipped.rows["layer"] == "cku_railway"]
    shapes = [Shape(shape, "cku_railway", "construction") for shape in drawn.geometry]
    drawing = draw(ground_of(shipped.ground), shapes, {"CHN": "member"})
    assert drawing is not None
    colours = tokens(read_styles(shipped.catalog.path / "styles.toml"), "light") | {"land_chosen": "#F4D58A"}
    content = as_png(drawing, colours)
    assert content.startswith(b"\x89PNG") and content[16:24] == (1000).to_bytes(4) + (525).to_bytes(4)
    assert len(content) < 40_000
    assert drawing.scale[0] in (50, 100, 200)
    assert {ground.kind for ground in drawing.land} == {"member", "other"}


def test_small_maps_hatch_disputed_ground_dash_its_borders_and_name_no_state_on_it(shipped: Atlas) -> None:
    ground = ground_of(shipped.ground)
    named = {code for code, _ in ground.names}
    assert "CHN" in named
    assert "TWN" not in named, "its name would lie on disputed ground"
    pakistan = draw(ground, [], {}, chosen="PAK", bounds=shipped.catalog.countries["PAK"].bbox)
    uzbekistan = draw(ground, [], {}, bounds=(60.0, 38.0, 65.0, 42.0))
    assert pakistan is not None
    assert uzbekistan is not None
    styles = read_styles(shipped.catalog.path / "styles.toml")
    looks = {theme: look(styles, theme) for theme in ("light", "dark")}
    text = as_ground(pakistan, looks)
    assert '<use class="halo" href="#b"/><use class="disputed" href="#b"/>' in text
    for mark in ('class="hatch"', 'id="b"'):
        path = re.search(f'<path {mark} d="([^"]*)"', text)
        assert path is not None, mark
        assert path.group(1).count(" ") > 50
        assert mark not in as_ground(uzbekistan, looks), "nothing is disputed there"
    colours = tokens(styles, "light") | {"land_chosen": "#F4D58A"}
    plain = dataclasses.replace(pakistan, hatch=(), dashed=())
    assert as_png(pakistan, colours) != as_png(plain, colours)


def test_small_maps_name_cities_and_ports_before_stations(shipped: Atlas) -> None:
    gatherer = Gatherer(shipped)
    pictures = Pictures(gatherer, None)
    drawing = pictures.drawing_of(gatherer.project("middle_corridor"))
    assert drawing is not None
    shown = [label.texts["en"] for label in drawing.labels if not label.is_state]
    known = {place.name.en for place in shipped.catalog.places.values() if place.kind in WELL_KNOWN}
    assert [name in known for name in shown] == sorted((name in known for name in shown), reverse=True)
    assert {"Lianyungang", "Ankara", "Turkmenbashi"} <= set(shown), shown


def test_the_ground_of_a_map_is_one_picture_for_all_languages_in_light_and_dark(made: Made) -> None:
    found = set()
    for language in LANGUAGES:
        path = f"{language}/country/AAA.html"
        (image,) = [one for tag, one in Reader(made.files[path].decode()).tags if tag == "image"]
        found.add(normpath(join(dirname(path), image["href"])))
    (ground,) = found
    picture = made.files[ground].decode()
    ElementTree.fromstring(picture)
    light, dark = re.findall(r":root\{([^}]*)\}", picture)
    assert dict(one.split(":") for one in light.split(";")[:-1]) != dict(one.split(":") for one in dark.split(";")[:-1])
    named = set(re.findall(r"var\(--([\w-]+)\)", picture))
    assert named == {one.split(":")[0].removeprefix("--") for one in dark.split(";")[:-1]}, "every colour is known"
    drawn = {name for names in re.findall(r'class="([^"]*)"', picture) for name in names.split()}
    assert drawn == set(re.findall(r"\.([a-z]+)\{", picture)), "what is drawn has a rule, and nothing else has one"
    assert not re.search(r'd="M0 0H', made.files["en/country/AAA.html"].decode()), "no page repeats it"


def test_the_largest_pages_of_projects_are_small_enough(shipped: Atlas) -> None:
    gatherer = Gatherer(shipped)
    pictures, pages = Pictures(gatherer, None), Pages(gatherer)
    of_project = Counter(id_ for ids in shipped.rows["projects"] for id_ in ids)
    for id_ in [*(id_ for id_, _ in of_project.most_common(5)), "wto"]:
        entry = gatherer.project(id_)
        for language in LANGUAGES:
            page = pages.entry(entry, "project", language, pictures.drawing_of(entry))
            assert len(page) < LARGEST_PAGE, f"{language}/{id_}"


def test_a_story_is_an_article_in_every_language_over_shared_pictures(shipped: Atlas) -> None:
    pages = Pages(Gatherer(shipped))
    stories = pages.articles()
    assert {story.id for story in stories} >= {"middle_corridor_link_by_link", "from_kashgar_to_the_sea"}
    pictures = {normpath(picture_path(STORIES, story, at)) for story in stories for at in range(len(story.steps))}
    for language in LANGUAGES:
        written = dict(pages.stories(language, STORIES))
        assert set(written) == {f"{language}/story/{story.id}.html" for story in stories}
        shown = set()
        for path, content in written.items():
            page = Reader(content.decode())
            assert not {"script", "style"} & {tag for tag, _ in page.tags}, "the policy of the site forbids both"
            assert len(content) < 100_000, path
            shown |= {normpath(join(dirname(path), one["href"])) for tag, one in page.tags if tag == "image"}
            title = next(one for one in stories if f"/{one.id}." in path).title.in_language(language)
            assert title in page.text
        assert shown == pictures
    home = Reader(pages.home("ru/index.html", "ru", [], None).decode())
    assert "story/from_kashgar_to_the_sea.html" in home.values("href")


# -- words -------------------------------------------------------------------------------------------------------------


def test_numbers_and_dates_are_written_as_the_page_writes_them() -> None:
    assert [Say(language).km(12_345.6) for language in LANGUAGES] == [
        "12\u202f350 km",
        "১২,৩৫০ কিমি",
        "12\u202f350 км",
        "12\u202f350 公里",
    ]
    assert [Say(language).date("2026-11-08") for language in LANGUAGES] == [
        "8 Nov 2026",
        "৮ নভে, ২০২৬",
        "8 нояб. 2026",
        "2026年11月8日",
    ]
    assert Say("en").date("2026") == "2026"
    assert Say("ru").quantity(15.5, "Mt/yr") == "15,5 млн т/год"
    assert Say("zh").quantity(15, "Mt/yr") == "1\u202f500 万吨/年"


# -- the folder --------------------------------------------------------------------------------------------------------

FILES: dict[str, bytes] = {
    "a.html": b"one",
    "b/c.html": b"two",
    MARK: json.dumps({"files": ["a.html", "b/c.html"]}).encode(),
}


def there(folder: Path) -> dict[str, Any]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_an_empty_and_an_earlier_folder_are_written_whole(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    write_folder(folder, FILES)
    assert there(folder) == FILES
    fewer = {"d.html": b"three", MARK: json.dumps({"files": ["d.html"]}).encode()}
    write_folder(folder, fewer)
    assert there(folder) == fewer
    (tmp_path / "empty").mkdir()
    write_folder(tmp_path / "empty", FILES)
    assert there(tmp_path / "empty") == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deep", "empty"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(FolderError, match=r"holds letter\.txt and was not made by sco-map site"):
        write_folder(folder, FILES)
    assert there(folder) == {"letter.txt": b"dear"}


def test_a_file_that_was_put_into_an_earlier_site_stays(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder(folder, FILES)
    (folder / "b" / "CNAME").write_text("example.org")
    with pytest.raises(FolderError, match="holds b/CNAME, which is not part of the site"):
        write_folder(folder, FILES)
    assert (folder / "b" / "CNAME").exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(FolderError, match="is a file, not a folder"):
        write_folder(tmp_path / "site", FILES)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    write_folder(folder, FILES)

    def full(path: Path, content: bytes) -> int:
        raise OSError(28, os.strerror(28), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(FolderError, match=r"cannot be written: No space left on device$"):
        write_folder(folder, {"x.html": b"", MARK: b"{}"})
    monkeypatch.undo()
    assert there(folder) == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["site", "new/deep/site"])
def test_before_anything_is_made_it_is_known_that_nothing_can_be_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Putting a site together takes a minute, which a reader need not wait for that."""

    def refuses(*_: object, **options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    folder_fault(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(Path, "write_text", refuses)
    monkeypatch.setattr("sco_map.export.site.folder.TemporaryFile", refuses)
    with pytest.raises(FolderError, match=r"site cannot be written: Read-only file system$"):
        folder_fault(tmp_path / name)


def test_before_anything_is_made_it_is_known_who_else_writes(tmp_path: Path) -> None:
    (tmp_path / ".sco-map-site-site.lock").write_text(str(os.getpid()))
    with pytest.raises(FolderError, match=f"is being written by the process {os.getpid()}; wait"):
        folder_fault(tmp_path / "site")


def test_of_two_processes_the_second_is_told_who_writes(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    lock = tmp_path / ".sco-map-site-site.lock"
    lock.write_text(str(os.getpid()))
    with pytest.raises(FolderError, match=f"is being written by the process {os.getpid()}; wait"):
        write_folder(folder, FILES)
    assert not folder.exists() and lock.exists()
    lock.write_text("999999999")
    write_folder(folder, FILES)
    assert there(folder) == FILES


def test_a_folder_that_another_process_is_just_replacing_is_not_taken_for_a_foreign_one(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("half moved", encoding="utf-8")
    with (
        locked(folder, folder),
        pytest.raises(FolderError, match=f"is being written by the process {os.getpid()};"),
    ):
        write_folder(folder, {"index.html": b"", MARK: b"{}"})


def test_many_writers_at_once_leave_one_whole_site(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    refused: list[str] = []

    def writer(number: int) -> None:
        name = f"{number}.html"
        try:
            write_folder(folder, {name: b"x" * 1000, MARK: json.dumps({"files": [name]}).encode()})
        except FolderError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(there(folder)) == 2
    assert all("is being written by" in text for text in refused)


def test_the_command_names_what_is_wrong_before_it_makes_anything(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    finished = run("site", str(tmp_path))
    assert finished.returncode == 1 and finished.stdout == ""
    assert finished.stderr.count("\n") == 1 and "holds letter.txt and was not made by sco-map site" in finished.stderr
    finished = run("site", str(tmp_path / "new"), "--since", "no-such-state")
    assert finished.returncode == 1 and "is neither a folder, nor a file, nor a revision" in finished.stderr
    assert run("site", str(tmp_path / "new"), "--base-url", "ftp://example.org").returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_path_never_leaves_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="is not a path inside the folder"):
        write_folder(tmp_path / "site", {"../x": b""})
    assert list(tmp_path.iterdir()) == []
