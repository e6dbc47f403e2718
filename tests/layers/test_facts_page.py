"""The page about the facts: shares, contradictions, what nobody says, what has no date."""

from __future__ import annotations

from sco_map.catalog import read_catalog
from sco_map.layers.building import DOCS
from sco_map.layers.facts_page import facts_page
from tests.layers.tiny import FILES, tiny_catalog

IRON = FILES["projects/iron_road.toml"]


def page(folder, iron=IRON, **changes):
    return facts_page(tiny_catalog(folder, projects__iron_road_toml=iron, **changes))


def test_the_shares_of_each_layer_and_of_all(tmp_path):
    text = page(tmp_path)
    assert "| `rails` | 3 | 2 | 0 | 2 | 1 | 66 % | 2 | 0 | 0 |" in text
    assert "| all | 3 | 2 | 0 | 2 | 1 | 66 % | 5 | 3 | 0 |" in text


def test_a_source_that_was_read_counts_as_read(tmp_path):
    sources = FILES["sources.toml"].replace(
        'url = "https://example.org/paper"', 'url = "https://example.org/paper"\naccessed = 2026-01-02'
    )
    assert "| `rails` | 3 | 2 | 2 | 0 | 1 | 66 % |" in page(tmp_path, sources_toml=sources)


def test_lengths_of_the_same_thing_that_differ_stand_side_by_side(tmp_path):
    lengths = '{ km = 235, source = "paper" }, { km = 240, source = "gazetteer" }, { km = 150, scope = "KAZ" }'
    text = page(tmp_path, IRON.replace('{ km = 235, source = "paper" }', lengths))
    assert "| `iron_road` | all | the range: the sources bear no date | 240: A gazetteer (`gazetteer`); 235" in text
    assert "150:" not in text


def test_why_no_length_is_preferred_is_said(tmp_path):
    twice = '{ km = 235, source = "paper" }, { km = 240, source = "paper" }'
    first = '{ km = 235, source = "paper" }'
    assert "| the range: one source gives all of them |" in page(tmp_path, IRON.replace(first, twice))
    both = '{ km = 235, source = "paper" }, { km = 240, source = "gazetteer" }'
    dated = FILES["sources.toml"]
    for name in ("paper", "gazetteer"):
        address = f'url = "https://example.org/{name}"'
        dated = dated.replace(address, f'{address}\npublished = "2025-11"')
    text = page(tmp_path, IRON.replace(first, both), sources_toml=dated)
    assert "| the range: the sources are equally late, as far as they are dated |" in text


def test_the_length_that_the_map_goes_by_is_named_with_the_reason(tmp_path):
    lengths = '{ km = 235, source = "paper" }, { km = 240, source = "gazetteer" }'
    dated = FILES["sources.toml"]
    for name, date in (("paper", "2025-12-09"), ("gazetteer", "2025-11")):
        address = f'url = "https://example.org/{name}"'
        dated = dated.replace(address, f'{address}\npublished = "{date}"')
    text = page(tmp_path, IRON.replace('{ km = 235, source = "paper" }', lengths), sources_toml=dated)
    assert "| `iron_road` | all | 235, the latest | 240: A gazetteer" in text


def test_the_length_of_a_line_is_compared_wherever_it_was_written(tmp_path):
    iron = IRON.replace('{ km = 235, source = "paper" }', '{ km = 70, scope = "iron_road__west", source = "paper" }')
    west = 'via = ["alpha", "beta"]\n'
    iron = iron.replace(west, west + 'published_lengths = [{ km = 80, scope = "segment" }]\n')
    assert "| `iron_road__west` | all | 70, the better source | 80: an unknown source; 70: A paper (`paper`) |" in page(
        tmp_path, iron
    )


def test_equal_lengths_do_not_contradict_each_other(tmp_path):
    equal = '{ km = 235, source = "paper" }, { km = 235, source = "gazetteer" }'
    assert "235:" not in page(tmp_path, IRON.replace('{ km = 235, source = "paper" }', equal))


def test_announced_openings_that_differ(tmp_path):
    first = '{ opens = 2003, said = "1999-05", by = "The king", source = "paper" }'
    promises = f"promises = [{first}, {{ opens = 2004, said = 2001 }}]"
    text = page(tmp_path, IRON.replace("published_lengths", promises + "\npublished_lengths"))
    said = "2003: The king, 1999-05, in A paper (`paper`); 2004: 2001, in an unknown source"
    assert f"| `iron_road` | {said} |" in text


def test_what_nobody_says_and_what_has_no_date(tmp_path):
    text = page(tmp_path)
    assert "1 fact without a source of its own." in text
    assert "| rails | `iron_road` | phases 1999 |  |" in text
    assert "| pipes | `pipe__station` | `pipe` | operating |" in text
    assert "`iron_road__west` | `iron_road` | operating" not in text
    marked = page(
        tmp_path / "marked", IRON.replace('sources = ["paper"]', 'unverified = ["phases 1999"]\nsources = ["paper"]')
    )
    assert "| rails | `iron_road` | phases 1999 | yes |" in marked


def test_works_without_news_are_named(tmp_path):
    phases = '{ from = 2004-05-06, status = "operating", source = "paper" }'
    text = page(tmp_path, IRON.replace(phases, phases.replace("operating", "construction")))
    assert "| `iron_road__east` | `iron_road` | 2004-05-06 |" in text


def test_the_page_is_up_to_date():
    assert (DOCS / "facts.md").read_text(encoding="utf-8") == facts_page(read_catalog())
