"""The ledger: who promised which opening, how far it slipped, and what became of it by the end of a year."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sco_map.atlas import Atlas
from sco_map.atlas.load import typed
from sco_map.catalog import Project
from sco_map.model.columns import COLUMNS
from sco_map.model.selection import SelectionError
from sco_map.routing import promises
from tests.atlas import tiny


def project(id_: str, phases: Sequence[dict[str, Any]], opens: Sequence[dict[str, Any]]) -> Project:
    facts: dict[str, Any] = {
        "id": id_, "layer": "ways", "kind": "rail", "form": "line", "title": {"en": id_.title()},
        "phases": phases, "promises": opens, "sources": ["press"], "as_of": "2026", "confidence": "high",
    }  # fmt: skip
    return Project.model_validate(facts)


@pytest.fixture
def atlas() -> Atlas:
    built = [{"from": "2010", "status": "construction"}, {"from": "2014", "status": "operating"}]
    projects = [
        project("kept", built, [{"opens": "2014", "said": "2010", "by": "Minister A", "source": "press"}]),
        project("slow", [{"from": "2015", "status": "construction"}, {"from": "2025", "status": "operating"}],
                [{"opens": "2018", "said": "2015"}, {"opens": "2022", "said": "2019-03", "by": "Minister B"}]),
        project("due", [{"from": "2020", "status": "construction"}], [{"opens": "2026-12"}]),
        project("gone", [{"from": "2015", "status": "planned"}, {"from": "2020", "status": "cancelled"}],
                [{"opens": "2030"}]),
        project("old", [{"status": "operating"}], [{"opens": "2001", "said": "1999"}]),
    ]  # fmt: skip
    rows = [
        tiny.row(entry.id, projects=[entry.id], countries=[code])
        for entry, code in zip(projects, ["AAA", "BBB", "AAA", "CCC", "DDD"], strict=True)
    ]
    table = pd.DataFrame({column.name: [row.get(column.name) for row in rows] for column in COLUMNS}, dtype=object)
    table["geometry"] = None
    catalog = replace(tiny.catalog(), projects={entry.id: entry for entry in projects})
    return Atlas(rows=typed(table), catalog=catalog)


def replace_source(atlas: Atlas) -> Atlas:
    """Return the atlas with a promise that names a source of 2022 and no date."""
    due = atlas.catalog.projects["due"]
    promise = due.promises[0].model_copy(update={"source": "press"})
    press = atlas.catalog.sources["press"].model_copy(update={"published": "2022-05"})
    projects = {**atlas.catalog.projects, "due": due.model_copy(update={"promises": (promise,)})}
    catalog = replace(atlas.catalog, projects=projects, sources={**atlas.catalog.sources, "press": press})
    return replace(atlas, catalog=catalog)


def outcomes(atlas: Atlas, **asked: Any) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (entry.id, entry.opens): (entry.outcome, entry.slip_years) for entry in promises(atlas, **asked).announcements
    }


def test_each_announcement_has_its_outcome_and_its_slip(atlas: Atlas) -> None:
    assert outcomes(atlas) == {
        ("kept", "2014"): ("kept", 0),
        ("slow", "2018"): ("late", 0),
        ("slow", "2022"): ("late", 4),
        ("due", "2026-12"): ("open", 0),
        ("gone", "2030"): ("given up", 0),
        ("old", "2001"): ("unknown", 0),
    }
    assert promises(atlas).counts() == {"kept": 1, "late": 2, "open": 1, "given up": 1, "unknown": 1}


def test_a_year_that_is_over_makes_late_what_is_not_open(atlas: Atlas) -> None:
    assert outcomes(atlas, year=2026)["due", "2026-12"][0] == "open"
    assert outcomes(atlas, year=2027)["due", "2026-12"][0] == "late"


def test_what_is_announced_of_a_port_that_runs_is_judged_by_its_next_opening(atlas: Atlas) -> None:
    phases = [{"from": "1963", "status": "operating"}, {"from": "2023", "status": "operating", "text": "New berths"}]
    said = [{"opens": "2022", "said": "2019"}, {"opens": "2025", "said": "2024"}, {"opens": "2030", "said": "2026"}]
    port = project("kept", phases, said)
    catalog = replace(atlas.catalog, projects={**atlas.catalog.projects, "kept": port})
    found = promises(replace(atlas, catalog=catalog), project="kept").announcements
    assert [(one.opens, one.outcome, one.opened) for one in found] == [
        ("2022", "late", 2023),
        ("2025", "unknown", None),
        ("2030", "open", None),
    ]


def test_a_past_year_knows_only_what_had_been_said_and_built(atlas: Atlas) -> None:
    then = outcomes(atlas, year=2016)
    assert ("slow", "2022") not in then
    assert then["slow", "2018"] == ("open", 0)
    assert not promises(atlas, year=1900).announcements


def test_an_announcement_without_a_date_had_been_made_when_its_source_was_published(atlas: Atlas) -> None:
    assert ("slow", "2018") in outcomes(atlas, year=2016)
    source = replace_source(atlas)
    assert ("due", "2026-12") not in outcomes(source, year=2021)
    assert ("due", "2026-12") in outcomes(source, year=2022)
    assert ("due", "2026-12") not in outcomes(atlas, year=2025), "without any date it is as new as the facts"


def test_the_median_comes_with_its_number_of_cases(atlas: Atlas) -> None:
    ledger = promises(atlas)
    assert ledger.build_years == (("kept", 4), ("slow", 10))
    assert ledger.median_build_years == 7.0
    assert "7 years in the median of 2 cases" in str(ledger)
    assert promises(atlas, project="due").median_build_years is None


def test_the_ledger_can_be_asked_by_project_state_and_promiser(atlas: Atlas) -> None:
    assert {id_ for id_, _ in outcomes(atlas, project=["slow"])} == {"slow"}
    assert {id_ for id_, _ in outcomes(atlas, country="AAA")} == {"kept", "due"}
    assert {id_ for id_, _ in outcomes(atlas, by="minister")} == {"kept", "slow"}
    assert {id_ for id_, _ in outcomes(atlas, by="minister b")} == {"slow"}
    with pytest.raises(SelectionError, match="unknown project 'slaw'; did you mean 'slow'"):
        promises(atlas, project="slaw")


def test_somebody_who_announced_nothing_is_answered_with_who_did(atlas: Atlas) -> None:
    with pytest.raises(SelectionError, match=r"nobody called 'Ministre' announced .*; did you mean 'Minister A"):
        promises(atlas, by="Ministre")
    with pytest.raises(SelectionError, match=r"'qqqq' .*; most announcements are from 'Minister A', 'Minister B'"):
        promises(atlas, by="qqqq")
    assert "No opening announced by 2026 fits" in str(promises(atlas, by="minister", project="old"))


def test_the_ledger_is_a_table_and_csv(atlas: Atlas) -> None:
    ledger = promises(atlas)
    assert list(ledger.to_frame()["id"]) == [entry.id for entry in ledger.announcements]
    lines = list(csv.DictReader(io.StringIO(ledger.to_csv().removeprefix("\ufeff"))))
    assert [line["outcome"] for line in lines] == [entry.outcome for entry in ledger.announcements]
    assert next(line["by"] for line in lines if line["opens"] == "2022") == "Minister B"
