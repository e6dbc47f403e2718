"""Which facts have a source of their own, which rule holds in the core systems, and what is to be looked at next."""

from __future__ import annotations

import pytest

from sco_map.catalog import examine, read_catalog
from sco_map.catalog.freshness import as_of, due, last_month, months_between, not_looked_at, stale, without_news
from sco_map.catalog.sourcing import (
    CORE_LAYERS,
    CORE_PROJECT,
    Shares,
    core_projects,
    facts,
    share_lines,
    shares_by_layer,
    undated,
    unverified_in_core,
)
from tests.layers.tiny import FILES, tiny_catalog, write_catalog

IRON = FILES["projects/iron_road.toml"]
PHASES = '[{ from = 1999, status = "planned" }, { from = 2004-05-06, status = "operating", source = "paper" }]'
BUILT = '[{ from = 1999, status = "planned" }, { from = 2004-05-06, status = "construction", source = "paper" }]'


@pytest.fixture
def told(tmp_path):
    """Return the tiny catalog with words put before the sources of its railway, which may get other phases."""

    def told(words="", phases=PHASES, **changes):
        iron = IRON.replace('sources = ["paper"]', f'{words}\nsources = ["paper"]').replace(PHASES, phases)
        return tiny_catalog(tmp_path, projects__iron_road_toml=iron, **changes)

    return told


def of_iron(catalog):
    return {(fact.id, fact.name): fact.source for fact in facts(catalog) if fact.project == "iron_road"}


def test_every_kind_of_fact_is_counted_once(told):
    catalog = told(
        """promises = [{ opens = 2003, said = 2001, source = "paper" }, { opens = 2004 }]
history = [{ date = "2010-02", text = "Repaired", source = "paper" }]
capacity = 5
capacity_unit = "Mt/yr"
cost_usd_bn = 2
owner = "The king"
figure_sources = [{ figure = "owner", source = "gazetteer" }]"""
    )
    assert of_iron(catalog) == {
        ("iron_road", "phases 1999"): None,
        ("iron_road", "phases 2004-05-06"): "paper",
        ("iron_road", "promises 2003 said 2001"): "paper",
        ("iron_road", "promises 2004"): None,
        ("iron_road", "published_lengths 235 all"): "paper",
        ("iron_road", "history 2010-02"): "paper",
        ("iron_road", "capacity"): None,
        ("iron_road", "cost_usd_bn"): None,
        ("iron_road", "owner"): "gazetteer",
    }, "what the two lines have from the project is not counted again, and no gauge"


def test_a_status_without_a_date_is_an_undated_row_and_no_fact(told):
    catalog = told()
    assert [fact for fact in facts(catalog) if fact.project == "pipe"] == []
    assert [row.id for row in undated(catalog)] == ["pipe__trunk", "pipe__second", "pipe__station"]


def test_roles_agreements_and_history_of_states_are_facts_of_members(told):
    catalog = told(
        countries_toml=FILES["countries.toml"].replace(
            "bbox = [0, 40, 10, 50]",
            """bbox = [0, 40, 10, 50]
roles = [{ from = 2001, role = "member", source = "paper" }]
history = [{ date = 1996, text = "A treaty" }]
sources = ["paper"]
as_of = 2026
confidence = "high" """,
        )
    )
    said = [(fact.entry, fact.name, fact.source) for fact in facts(catalog) if fact.layer == "members"]
    assert said == [("[KAZ]", "roles 2001", "paper"), ("[KAZ]", "history 1996", None)]


def test_a_line_says_how_many_are_sourced_and_read(told):
    sources = FILES["sources.toml"].replace('paper"\nquality', 'paper"\naccessed = 2026-01-02\nquality', 1)
    assert shares_by_layer(told(sources_toml=sources)) == {"rails": Shares(read=2, unread=0, unverified=1)}
    assert share_lines(told()) == [
        "rails: 2 of 3 facts sourced (66 %), 0 from a text that was read, 1 unverified, 0 rows undated",
        "all layers: 2 of 3 facts sourced (66 %), 0 from a text that was read, 1 unverified, 3 rows undated",
    ]


def test_a_share_is_never_rounded_up_to_all():
    assert Shares(read=995, unread=4, unverified=1).percent == "99 %"
    assert Shares(read=0, unread=0, unverified=0).percent == ""


# -- the rule ----------------------------------------------------------------------------------------------------------


FAULT = 'phases 1999 has no source of its own; name one, or write unverified = ["phases 1999"]'


@pytest.fixture
def core_faults(tmp_path):
    """Return what the check says of the railway in a layer of the core, with words put before its sources."""

    def core_faults(words="", layer="cpec"):
        layers = FILES["layers.toml"].replace("[rails]", f"[{layer}]")
        iron = IRON.replace('"rails"', f'"{layer}"').replace('sources = ["paper"]', f'{words}\nsources = ["paper"]')
        folder = write_catalog(tmp_path, layers_toml=layers, projects__iron_road_toml=iron)
        _, problems = examine(folder, whole=True)
        found = [problem for problem in problems if problem.file == "projects/iron_road.toml"]
        return [", ".join(filter(None, [problem.entry, problem.text])) for problem in found]

    return core_faults


def test_in_the_core_a_fact_without_a_source_fails(core_faults):
    assert core_faults() == [FAULT]


def test_elsewhere_it_does_not(core_faults):
    assert core_faults(layer="rails") == []


def test_in_the_core_it_may_be_marked_openly(core_faults):
    assert core_faults('unverified = ["phases 1999"]') == []


def test_a_mark_belongs_to_a_fact_that_has_no_source(core_faults):
    marks = 'unverified = ["phases 1999", "phases 2004-05-06", "phases 1899"]'
    assert core_faults(marks, layer="rails") == [
        "unverified, names phases 2004-05-06, which has the source 'paper'; take one of the two out",
        "unverified, unknown fact 'phases 1899'; did you mean 'phases 1999'?",
    ]


def test_all_below_a_core_project_belongs_to_the_core(tmp_path):
    pipe = FILES["projects/pipe.toml"].replace('[{ status = "operating" }]', '[{ from = 2001, status = "operating" }]')
    below = pipe.replace('form = "line"', f'form = "line"\nparent = "{CORE_PROJECT}"')
    top = pipe[: pipe.index("[[segment]]")].replace('"line"', '"corridor"')
    changes = {"projects__pipe_toml": below, f"projects__{CORE_PROJECT}_toml": top}
    catalog = tiny_catalog(tmp_path, **changes)
    assert core_projects(catalog) == {CORE_PROJECT, "pipe"}
    assert sorted((fact.id, fact.name) for fact in unverified_in_core(catalog)) == [
        (CORE_PROJECT, "phases 2001"),
        ("pipe", "phases 2001"),
    ]


def test_the_shipped_catalog_keeps_what_was_reached():
    catalog = read_catalog()
    assert set(catalog.layers) >= CORE_LAYERS
    assert CORE_PROJECT in catalog.projects
    assert all(fact.marked for fact in unverified_in_core(catalog))
    counts = shares_by_layer(catalog)
    assert set(counts) >= CORE_LAYERS
    low = {layer: count.percent for layer, count in counts.items() if count.sourced < 0.75 * count.facts}
    assert low == {}, "three quarters of the facts of every layer have a source of their own"


# -- what to look at next ----------------------------------------------------------------------------------------------


def test_works_are_silent_from_the_24th_month_on(told):
    catalog = told(phases=BUILT)
    assert without_news(catalog, "2006-04-30") == []
    silent = without_news(catalog, "2006-05-01")
    assert [(entry.id, entry.since) for entry in silent] == [
        ("iron_road__east", "2004-05-06"),
        ("iron_road__west", "2004-05-06"),
    ]


@pytest.mark.parametrize(
    "news",
    [
        'history = [{ date = 2006, text = "A tunnel was cut through" }]',
        'promises = [{ opens = 2010, said = "2006-11" }]',
    ],
)
def test_any_dated_fact_is_news(told, news):
    assert without_news(told(news, phases=BUILT), "2008-10-31") == []
    assert len(without_news(told(news, phases=BUILT), "2008-12-01")) == 2


def test_what_is_finished_needs_no_news(told):
    assert without_news(told(), "2020-01-01") == []


def test_promises_are_due_in_their_year_and_passed_after_their_month(told):
    catalog = told('promises = [{ opens = 2007, said = 2004 }, { opens = "2008-06", said = 2005 }]', phases=BUILT)
    assert due(catalog, "2007-12-31") == [], "the last announcement is what is expected"
    assert [(entry.why, entry.since) for entry in due(catalog, "2008-06-30")] == [("promise due", "2008-06")]
    assert [entry.why for entry in due(catalog, "2008-07-01")] == ["promise passed"]


def test_a_promise_for_a_year_passes_with_it(told):
    catalog = told("promises = [{ opens = 2007 }]", phases=BUILT)
    assert [entry.why for entry in due(catalog, "2007-12-31")] == ["promise due"]
    assert [entry.why for entry in due(catalog, "2008-01-01")] == ["promise passed"]


def test_a_promise_of_what_has_opened_is_not_due(told):
    assert due(told("promises = [{ opens = 2003 }]"), "2020-01-01") == []


def test_projects_are_looked_at_again_after_half_a_year(told):
    sources = FILES["sources.toml"].replace('gazetteer"\nquality', 'gazetteer"\naccessed = 2026-01-02\nquality', 1)
    catalog = told(
        'figure_sources = [{ figure = "owner", source = "gazetteer" }]\nowner = "King"', sources_toml=sources
    )
    assert [(entry.id, entry.since) for entry in not_looked_at(catalog, "2026-06-30")] == [("pipe", None)]
    later = [(entry.id, entry.since) for entry in not_looked_at(catalog, "2026-07-01")]
    assert later == [("pipe", None), ("iron_road", "2026-01-02")]


def test_a_date_counts_from_its_end():
    assert last_month("2024") == last_month("2024-12") == last_month("2024-12-01")
    assert months_between("2024", "2026-11-28") == 23


def test_the_map_has_a_date_without_a_clock(told):
    catalog = told(phases=BUILT)
    assert as_of(catalog) == "2026-01"
    assert {entry.why for entry in stale(catalog, as_of(catalog))} == {"no news", "last looked at"}
