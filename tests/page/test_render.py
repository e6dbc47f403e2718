"""One file: complete, the same for the same input, asking for nothing, with data that can never be script."""

from __future__ import annotations

import json
import re
from typing import Any

import folium
import pytest

from sco_map.atlas import Atlas, Selection, coverage
from sco_map.page import View, render_page
from sco_map.page.columnar import entries_of, records
from sco_map.page.csp import source_hash
from sco_map.page.fonts import font_faces, packed_font_faces
from sco_map.page.payload import Once, as_json, head_payload
from sco_map.page.prose import spoken
from sco_map.page.render import NEVER_SHOWN, bundle, page_css
from sco_map.page.squeeze import unpacked
from sco_map.page.styles import read_styles
from tests.page import tiny

CODE = ("sco-script", "sco-fonts")
BLOCK = re.compile(
    r'<script type="application/(?:octet-stream|json)" id="([\w-]+)"(?: data-layers="[\w ]*")?>(.*?)</script>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return tiny.atlas(tmp_path_factory.mktemp("tiny"))


def once_of(head: dict[str, Any]) -> Once:
    """Return what the packed head of a page carries once."""
    texts = [text for text in records(head["texts"][1], head["texts"][0]) if text is not None]
    return Once(head["sources"][0], head["places"][0], texts)


def blocks(html: str) -> dict[str, dict]:  # type: ignore[type-arg]
    """Return the data of a page: its blocks by id, the rows of each layer by the layer's id."""
    found = {name: json.loads(unpacked(text)) for name, text in BLOCK.findall(html) if text and name not in CODE}
    packed = found.pop("sco-rows")
    rows = iter(records(packed["rows"], sum(count for _, count in packed["layers"]), once_of(found["sco-head"]).lists))
    return found | {layer: {"rows": [next(rows) for _ in range(count)]} for layer, count in packed["layers"]}


def test_the_same_input_gives_the_same_bytes(atlas: Atlas) -> None:
    assert render_page(atlas) == render_page(atlas)


def test_no_random_name_is_left(atlas: Atlas) -> None:
    assert not re.search(r"[0-9a-f]{32}", re.sub(r"sha256-\S+", "", render_page(atlas)).replace(atlas.checksum, ""))


def test_every_layer_has_its_rows(atlas: Atlas) -> None:
    found = blocks(render_page(atlas))
    assert set(found) == {"sco-head", "sco-ground", "sco-relief", "ways", "pipes", "states", "days"}
    assert [row["id"] for row in found["ways"]["rows"]] == ["silk__old", "silk_east__new", "silk_far_east__port"]


def test_the_light_page_has_the_blocks_and_rows_of_the_full_one(atlas: Atlas) -> None:
    full, light = blocks(render_page(atlas)), blocks(render_page(atlas, light=True))
    assert set(light) == set(full)
    other = {"geometry", "hops", "places"}  # coarser, left out, and in a shorter list
    facts = [{key: value for key, value in row.items() if key not in other} for row in full["ways"]["rows"]]
    said = [{key: value for key, value in row.items() if key not in other} for row in light["ways"]["rows"]]
    assert said == spoken(facts, ("en",))
    assert light["sco-relief"] is None


def test_the_policy_allows_style_and_script_that_are_packed(atlas: Atlas) -> None:
    html = render_page(atlas)
    packed = next(text for name, text in BLOCK.findall(html) if name == "sco-script")
    style, script = unpacked(packed).split("\0")
    given = re.search(r'content="default-src ([^"]*)"', html).group(1)  # type: ignore[union-attr]
    assert source_hash(style) in given.split("style-src")[1]
    assert source_hash(font_faces()) in given.split("style-src")[1]
    assert source_hash(script) in given.split("style-src")[0]


def test_only_the_full_page_has_fonts(atlas: Atlas) -> None:
    assert packed_font_faces() in render_page(atlas)
    assert packed_font_faces() not in render_page(atlas, light=True)
    assert unpacked(packed_font_faces()) == font_faces()


def test_the_file_asks_for_nothing(atlas: Atlas) -> None:
    html = render_page(atlas)
    outside = BLOCK.sub("", html)
    assert not re.search(r"<(?:link|img|iframe|script|source)[^>]+(?:src|href)=(?![\"']?data:)", outside)
    assert "@import" not in outside
    assert not re.search(r"url\((?!\s*[\"']?(?:data:|#))", outside)
    assert "sourceMappingURL" not in outside


def test_the_policy_comes_before_everything_it_governs(atlas: Atlas) -> None:
    html = render_page(atlas)
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script")


def test_other_maps_of_the_process_keep_their_links(atlas: Atlas) -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    render_page(atlas)
    assert (list(folium.Map.default_js), list(folium.Map.default_css)) == before


def test_a_selection_carries_only_its_rows(atlas: Atlas) -> None:
    found = blocks(render_page(atlas, Selection(project=("silk_east",))))
    assert {row["id"] for block in found.values() for row in (block or {}).get("rows", [])} == {
        "silk_east__new",
        "silk_far_east__port",
    }
    assert found["sco-head"]["page"]["selection"] == "project=silk_east"


def test_all_rows_may_come_with_the_selection_preset(atlas: Atlas) -> None:
    found = blocks(render_page(atlas, Selection(country=("AAA",)), include_all=True))
    assert len(found["ways"]["rows"]) == 3
    assert found["sco-head"]["page"]["selection"] == "country=AAA"


def test_a_year_does_not_cut_history(atlas: Atlas) -> None:
    rows = blocks(render_page(atlas, Selection(year=2015)))["ways"]["rows"]
    assert [phase["status"] for phase in rows[1]["phases"]] == ["planned", "construction"]


def test_what_a_row_has_from_its_project_is_carried_once(atlas: Atlas) -> None:
    row = blocks(render_page(atlas))["ways"]["rows"][0]
    assert "confidence" not in row
    assert row["same"]


def test_an_empty_selection_is_still_a_page(atlas: Atlas) -> None:
    assert "sco-head" in blocks(render_page(atlas, Selection(q="no such thing")))


def test_the_view_is_carried(atlas: Atlas) -> None:
    html = render_page(atlas, view=View(lang="ru", theme="dark", view="5/40/70", embed=True))
    assert '<html lang="ru" data-theme="dark">' in html
    assert blocks(html)["sco-head"]["page"]["embed"] is True


def test_the_address_of_the_page_is_carried(atlas: Atlas) -> None:
    html = render_page(atlas, view=View(address="https://example.org/map.html"))
    assert blocks(html)["sco-head"]["page"]["address"] == "https://example.org/map.html"


@pytest.mark.parametrize("address", ["https://example.org", "http://localhost:8000/a/b.html?x=1"])
def test_an_address_that_links_can_begin_with(atlas: Atlas, address: str) -> None:
    assert View(address=address).complaints(atlas) == []


@pytest.mark.parametrize(
    "address",
    ["", "example.org/map.html", "javascript:alert(1)", "https://", "https://e.org/#country=UZB", "https://e.org/a b"],
)
def test_an_address_that_no_link_can_begin_with_is_named(atlas: Atlas, address: str) -> None:
    said = f"address: {address!r} is not the address of a page such as https://example.org/map.html"
    (complaint,) = View(address=address).complaints(atlas)
    assert complaint.startswith(said)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "${x}`\\"])
def test_data_cannot_leave_their_element(text: str) -> None:
    written = as_json({"text": text})
    assert "<" not in written
    assert "\u2028" not in written
    assert json.loads(written) == {"text": text}


def test_not_a_number_is_not_json() -> None:
    with pytest.raises(ValueError, match="float"):
        as_json({"km": float("nan")})


def test_the_script_names_no_country_and_no_project() -> None:
    ours = bundle("page.js")
    assert "DecompressionStream" in ours, "the texts of the script are there to be searched"
    assert not re.search(r"Kazakh|Uzbek|Pakistan|middle_corridor|cku_railway|\bCHN\b|\bRUS\b", ours)


def test_a_page_knows_which_projects_it_carries_only_in_part(atlas: Atlas) -> None:
    def partial(selection: Selection, *, include_all: bool = False) -> set[str]:
        head = blocks(render_page(atlas, selection, include_all=include_all))["sco-head"]
        projects = entries_of(head["projects"], once_of(head).lists)
        return {id_ for id_, project in projects.items() if project.get("partial")}

    assert partial(Selection()) == set()
    assert partial(Selection(project=("silk",)), include_all=True) == set()
    assert "silk" in partial(Selection(country=("AAA",)))
    assert "gas" not in partial(Selection(project=("gas",)))


def test_the_style_has_no_rule_for_parts_of_leaflet_that_are_never_shown(atlas: Atlas) -> None:
    css = page_css()
    assert not NEVER_SHOWN.search(css)
    assert css.count("{") == css.count("}")
    kept = ".leaflet-container{overflow:hidden}", ".leaflet-pane>svg path.leaflet-interactive,"
    assert all(rule in css for rule in kept)
    made = bundle("page.js") + render_page(atlas)
    assert not re.search(r"bindPopup|bindTooltip|[A-Z]\.(popup|tooltip|control|divIcon)\b|zoomControl: true", made)


def test_a_state_says_how_much_of_its_lines_the_map_holds(shipped: Atlas) -> None:
    head = head_payload(shipped, shipped.rows.head(3), read_styles(shipped.catalog.path / "styles.toml"), {})
    for entry in coverage(shipped).entries:
        said = next(one for one in head["countries"][entry.country]["coverage"] if one["kind"] == entry.kind)
        assert said["map_km"] == round(entry.map_km)
        assert (said.get("km"), said.get("as_of"), said.get("source")) == (
            entry.official_km,
            entry.as_of,
            entry.source,
        )
        assert entry.source is None or entry.source in head["sources"]
