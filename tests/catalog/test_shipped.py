"""The catalog that is shipped: complete, sourced, dated, without orphans, and pleasant for the eye."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from sco_map.catalog import Catalog, read_catalog

LANGUAGES = ("en", "bn", "ru", "zh")
SCRIPTS = {"bn": r"[\u0980-\u09ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
SIGNS = {
    "ru": r"[\u0980-\u09ff\u4e00-\u9fff]",
    "zh": r"[\u0980-\u09ff\u0400-\u04ff]",
    "bn": r"[\u4e00-\u9fff\u0400-\u04ff]",
}
MEMBERS = {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB", "IND", "PAK", "IRN", "BLR"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Read the shipped catalog once."""
    return read_catalog()


def entries(catalog: Catalog) -> Iterator[tuple[str, BaseModel]]:
    """Yield every entry of the catalog with words that name it."""
    for name in ("projects", "places", "sources", "licences", "countries", "layers", "events", "rivers"):
        for id_, entry in getattr(catalog, name).items():
            yield f"{name} {id_}", entry


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def cited(catalog: Catalog) -> Counter[str]:
    """Count how often each source is named."""
    count: Counter[str] = Counter()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "source" and inner:
                    count[inner] += 1
                elif key == "sources":
                    count.update(inner)
                else:
                    walk(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk(inner)

    for _, entry in entries(catalog):
        walk(entry.model_dump())
    return count


# ---------------------------------------------------------------------- completeness


def test_how_much_there_is(catalog):
    of_layer = Counter(project.layer for project in catalog.projects.values())
    pipelines = of_layer["gas_pipelines"] + of_layer["oil_pipelines"]
    corridors = sum(
        of_layer[layer]
        for layer in ("middle_corridor", "cku_railway", "cpec", "eurasian_rail", "roads", "power_and_digital")
    )
    systems = sum(
        project.layer == "gas_pipelines" and project.form == "system" for project in catalog.projects.values()
    )
    assert corridors >= 65
    assert pipelines - systems >= 62
    assert of_layer["oil_pipelines"] >= 4
    assert of_layer["agreements"] >= 11
    assert len(catalog.places) >= 376 + 600
    assert len(catalog.sources) >= 390
    assert len(catalog.events) >= 43
    assert len(catalog.rivers) >= 16
    sites = Counter(site.layer for site in catalog.sites.values())
    assert sites["gas_stations"] >= 109
    dams = sum(site.kind == "dam" for site in catalog.sites.values())
    assert dams + len([row for row in catalog.projects["indus_dams"].uses if row in catalog.sites]) >= 32


def test_every_state_has_dated_roles(catalog):
    states = {id_: country for id_, country in catalog.countries.items() if country.roles}
    assert len(states) >= 27
    assert {id_ for id_, country in states.items() if country.roles[-1].role == "member"} == MEMBERS
    assert all(country.roles[0].since >= "2001-06-15" for country in states.values())
    founders = {id_ for id_, country in states.items() if country.roles[0].since == "2001-06-15"}
    assert founders == {"CHN", "KAZ", "KGZ", "RUS", "TJK", "UZB"}


def test_every_summit_is_there(catalog):
    years = sorted(int(event.date[:4]) for event in catalog.events.values() if event.type == "summit")
    assert years == list(range(2001, 2027))


def test_standing_in_agreements(catalog):
    standing = Counter(entry.agreement for country in catalog.countries.values() for entry in country.agreements)
    assert standing["sco_road_agreement"] >= 10
    assert standing["wto"] >= 10
    assert standing["tir"] >= 17
    assert len(catalog.parties("tir")) == standing["tir"] + len(catalog.projects["tir"].parties)


def test_every_layer_with_rows_is_described(catalog):
    assert {row.layer for row in [*catalog.segments.values(), *catalog.sites.values()]} <= set(catalog.layers)
    for layer in catalog.layers.values():
        assert layer.inclusion.endswith("."), layer.id
        assert layer.gaps.endswith("."), layer.id


# ---------------------------------------------------------------------- provenance


def test_every_row_has_sources_date_and_confidence(catalog):
    for row in [*catalog.segments.values(), *catalog.sites.values()]:
        assert row.sources, row.id
        assert row.as_of, row.id
        assert row.confidence in ("high", "medium", "low"), row.id


def test_every_source_is_cited(catalog):
    facts = {id_ for id_, source in catalog.sources.items() if source.file is None}
    built_from = {"cldr_territories", "natural_earth_claim_lines"}
    assert sorted(facts - built_from - set(cited(catalog))) == []


def test_every_source_is_one_address(catalog):
    addresses = Counter(source.url for source in catalog.sources.values() if source.url and source.licence is None)
    assert [url for url, times in addresses.items() if times > 1] == []


def test_own_estimates_are_not_sure(catalog):
    for place in catalog.places.values():
        if place.source == "own_estimate":
            assert place.confidence != "high", place.id


def test_what_is_general_knowledge_is_not_sure(catalog):
    for row in [*catalog.segments.values(), *catalog.sites.values()]:
        if row.note and "General knowledge; the source was not read" in row.note:
            assert row.confidence in ("medium", "low"), row.id


# ---------------------------------------------------------------------- places and lines


def test_no_helper_is_unused(catalog):
    used = {place for segment in catalog.segments.values() for place in segment.via}
    assert [id_ for id_, place in catalog.places.items() if place.is_helper and id_ not in used] == []


def test_no_place_stands_twice(catalog):
    seen: dict[tuple[float, float], str] = {}
    for id_, place in catalog.places.items():
        if place.kind in ("city", "junction", "border_crossing"):
            spot = (place.lon, place.lat)
            assert spot not in seen, f"{id_} and {seen.get(spot)}"
            seen[spot] = id_


def test_every_line_has_a_route_or_says_why_not(catalog):
    without = [id_ for id_, row in catalog.segments.items() if not row.via and row.same_route_as is None]
    for id_ in without:
        assert "No published route" in (catalog.segments[id_].note or ""), id_


def test_sea_legs_and_cables_are_symbols(catalog):
    for id_, row in catalog.segments.items():
        if row.kind in ("sea", "ferry", "fibre"):
            assert row.recipe == "symbol", id_


def test_railways_state_their_gauge(catalog):
    railways = [row for row in catalog.segments.values() if row.kind == "rail"]
    assert {row.gauge_mm for row in railways} == {1435, 1520, 1676, None}
    assert {row.status for row in railways if row.gauge_mm is None} <= {"proposed", "planned"}


def test_one_hop_is_stored_once(catalog):
    """A stretch that several corridors use belongs to one of them; others name it in `uses`.

    Two lines of different gauge may meet on the same places: they are two lines, and the second has a string.
    """
    hops: dict[tuple[str, ...], str] = {}
    for id_, row in catalog.segments.items():
        if row.kind in ("rail", "road", "sea", "ferry"):
            for here, there in zip(row.via, row.via[1:], strict=False):
                hop = (row.kind, *sorted((here, there)))
                assert hop not in hops or row.string > 1, f"{hop} in {id_} and {hops[hop]}"
                hops.setdefault(hop, id_)


def test_a_second_string_is_a_string_of_its_own(catalog):
    for id_, row in catalog.segments.items():
        if row.same_route_as:
            assert row.string > 1, id_


# ---------------------------------------------------------------------- words


def test_no_text_runs_in_a_spreadsheet(catalog):
    for name, entry in entries(catalog):
        for text in texts(entry.model_dump()):
            assert not text.startswith(("=", "+", "-", "@", "\t", "\r")), f"{name}: {text!r}"


def test_no_letter_is_lost(catalog):
    for name, entry in entries(catalog):
        for text in texts(entry.model_dump()):
            assert "\ufffd" not in text, f"{name}: {text!r}"
            assert not re.search(r"[\u200b-\u200d\ufeff]", text), f"{name}: invisible letter in {text!r}"


def names(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Yield (what, language, name) for every title and name."""
    for id_, project in catalog.projects.items():
        for language in LANGUAGES:
            if name := getattr(project.title, language):
                yield f"project {id_}", language, name
    for id_, entry in [*catalog.places.items(), *catalog.rivers.items()]:
        for language in LANGUAGES:
            if name := getattr(entry, f"name_{language}"):
                yield f"place {id_}", language, name
    for list_, words in catalog.vocabulary.items():
        for id_, word in words.items():
            for language in LANGUAGES:
                if name := getattr(word.label, language):
                    yield f"{list_} {id_}", language, name


def test_names_are_in_their_script(catalog):
    free = {"TRACECA", "IGAT"}
    for what, language, name in names(catalog):
        if language in SCRIPTS and name not in free and not re.fullmatch(r"[A-Za-z0-9/ ]+", name):
            assert re.search(SCRIPTS[language], name), f"{what}: {language} {name!r}"
            assert not re.search(SIGNS[language], name), f"{what}: {language} {name!r}"


def test_what_a_reader_meets_first_is_in_four_languages(catalog):
    for words in catalog.vocabulary.values():
        for word in words.values():
            assert all(getattr(word.label, language) for language in LANGUAGES), word.id
    for entry in [*catalog.layers.values()]:
        assert all(getattr(entry.title, language) for language in LANGUAGES), entry.id
    for country in catalog.countries.values():
        assert all(getattr(country.name, language) for language in LANGUAGES), country.id
    for project in catalog.projects.values():
        assert project.title.bn, project.id
        assert project.title.ru, project.id


def test_ids_are_words(catalog):
    for id_ in [*catalog.projects, *catalog.segments, *catalog.sites, *catalog.places]:
        assert len(id_) <= 60, id_
        assert id_.isascii(), id_


# ---------------------------------------------------------------------- known contradictions survive


@pytest.mark.parametrize(
    ("project", "lengths"),
    [
        ("cku_railway", {532.53, 523, 486, 454}),
        ("trans_afghan_railway", {573, 647, 760}),
        ("ml1", {1687, 1726, 1872}),
        ("kazakhstan_turkmenistan_iran", {908, 928}),
        ("matiari_lahore_hvdc", {878, 886}),
        ("western_europe_western_china", {8445, 3181, 2787, 2192}),
    ],
)
def test_lengths_in_conflict_are_all_kept(catalog, project, lengths):
    assert lengths <= {length.km for length in catalog.projects[project].published_lengths}


def test_the_reversal_of_the_soviet_trunk_lines_is_dated(catalog):
    assert "2023-10-07" in {moment.date for moment in catalog.projects["cac_east"].history}


def test_the_line_in_use_under_a_planned_upgrade(catalog):
    assert catalog.projects["karachi_peshawar"].status == "operating"
    assert catalog.projects["ml1"].status == "planned"
    assert all(row.same_route_as for row in catalog.projects["ml1"].segments)


def test_parts_in_use_of_projects_under_construction(catalog):
    for segment in (
        "bakhty_ayagoz__karamay_tacheng",
        "chabahar_zahedan__khash_zahedan",
        "khaf_herat__shamtigh_rozanak",
        "gashuunsukhait__tavan_tolgoi_gashuunsukhait",
        "wegp_4__turpan_zhongwei",
    ):
        row = catalog.segments[segment]
        assert row.status == "operating", segment
        assert catalog.projects[row.project].status == "construction", segment


def test_every_theme_has_words_in_four_languages_and_shows_something(catalog):
    assert len(catalog.stories) >= 8
    for story in catalog.stories.values():
        for text in (story.title, story.text):
            assert all(getattr(text, language) for language in ("en", "bn", "ru", "zh")), story.id
        assert story.select.model_dump(exclude_defaults=True), f"{story.id} selects nothing"
