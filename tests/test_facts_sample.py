"""The sample of facts: drawn by its seed alone, and its page counts what it says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sco_map.catalog import read_catalog
from sco_map.catalog.sourcing import Fact
from tests.facts_sample import COUNTS, DRAWN, PAGE, ROW, VERDICTS, place_in_queue, sample, samples_of, table, verdicts
from tests.layers.tiny import FILES, tiny_catalog

SAMPLES = samples_of(PAGE.read_text(encoding="utf-8"))
IRON = FILES["projects/iron_road.toml"]
LENGTH = '{ km = 235, source = "paper" }'


def drawn_from(folder, iron=IRON, **asked):
    return [each.fact for each in sample(tiny_catalog(folder, projects__iron_road_toml=iron), **asked)]


def test_the_seed_alone_decides(tmp_path):
    catalog = tiny_catalog(tmp_path)
    assert sample(catalog, seed=1) == sample(catalog, seed=1)
    orders = {tuple(each.fact.name for each in sample(catalog, seed=seed)) for seed in range(20)}
    assert len(orders) > 1
    assert sample(catalog, seed=1, number=1) == sample(catalog, seed=1)[:1]


def test_only_facts_that_name_a_source_are_drawn(tmp_path):
    found = sample(tiny_catalog(tmp_path))
    assert found
    assert all(each.fact.source for each in found)


def test_a_new_fact_moves_no_other(tmp_path):
    before = drawn_from(tmp_path / "before")
    added = LENGTH + ', { km = 150, scope = "KAZ", source = "paper" }'
    after = drawn_from(tmp_path / "after", IRON.replace(LENGTH, added))
    assert len(after) == len(before) + 1
    assert [fact for fact in after if fact in before] == before


def test_the_table_shows_fact_value_and_address(tmp_path):
    row = next(line for line in table(sample(tiny_catalog(tmp_path))).splitlines() if "published_lengths" in line)
    assert "| `projects/iron_road.toml` | `iron_road` | published_lengths 235 all | 235.0, all |" in row
    assert row.endswith("| [`paper`](https://example.org/paper) |  |  |")


def test_every_sourced_fact_of_the_catalog_can_be_shown():
    found = sample(read_catalog(), number=100_000)
    assert len(found) > 1_000
    assert all(each.value and each.value != "None" for each in found)


def test_every_table_of_the_page_belongs_to_a_sample():
    text = PAGE.read_text(encoding="utf-8")
    assert sum(len(ROW.findall(part)) for part in SAMPLES) == len(ROW.findall(text))
    assert len({part.split(",")[0] for part in SAMPLES}) == len(SAMPLES) > 1


@pytest.mark.parametrize("text", SAMPLES, ids=lambda text: text.split(",")[0])
def test_the_page_counts_its_verdicts(text):
    found = verdicts(text)
    counted, drawn = COUNTS.search(text), DRAWN.search(text)
    assert counted and drawn
    counts = Counter(found)
    assert set(counts) <= set(VERDICTS)
    assert [counts[verdict] for verdict in VERDICTS] == [int(number) for number in counted.groups()]
    assert len(found) == int(drawn[2])


@pytest.mark.parametrize("text", SAMPLES, ids=lambda text: text.split(",")[0])
def test_the_page_shows_what_its_seed_draws(text):
    drawn = DRAWN.search(text)
    assert drawn
    places = []
    for _, cells in ROW.findall(text):
        file, entry, name = (cell.strip("`") for cell in cells.split(" | ")[:3])
        places.append(place_in_queue(Fact("", file, entry, entry, None, name, None), int(drawn[1])))
    assert places == sorted(places)
    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == [str(number) for number in range(1, len(places) + 1)]
