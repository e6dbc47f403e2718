"""Coverage: what the map holds of a state's lines beside the latest official length, and nothing made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sco_map.atlas import Atlas, coverage
from sco_map.catalog import OfficialLength
from sco_map.library import as_library
from sco_map.model.selection import SelectionError
from tests.routing.tiny import network_atlas


@pytest.fixture
def atlas() -> Atlas:
    """Return the small network, whose first state gives two official lengths of its railways."""
    atlas = network_atlas()
    lengths = [
        OfficialLength.model_validate({"kind": "rail", "km": km, "as_of": year, "source": "press"})
        for km, year in ((900, "2020"), (680, "2024-05"))
    ]
    countries = dict(atlas.catalog.countries)
    countries["AAA"] = countries["AAA"].model_copy(update={"official_lengths": tuple(lengths)})
    return replace(atlas, catalog=replace(atlas.catalog, countries=countries))


def test_the_latest_official_length_stands_beside_the_km_in_operation(atlas: Atlas) -> None:
    first = coverage(atlas).entries[0]
    assert (first.country, first.kind, first.map_km, first.official_km) == ("AAA", "rail", 340.0, 680.0)
    assert (first.share, first.as_of, first.source) == (0.5, "2024-05", "press")


def test_a_state_without_a_figure_has_no_share_and_what_is_not_open_does_not_count(atlas: Atlas) -> None:
    found = {entry.country: entry for entry in coverage(atlas).entries}
    assert (found["CCC"].map_km, found["CCC"].share) == (90.0, None), "80 km are being built"
    assert "DDD" not in found, "neither a figure nor a line"
    assert coverage(atlas).to_frame()["share"].isna().sum() == 2


def test_a_state_that_is_asked_for_is_answered_whatever_its_role(atlas: Atlas) -> None:
    countries = dict(atlas.catalog.countries)
    countries["CCC"] = countries["CCC"].model_copy(update={"roles": (), "official_lengths": ()})
    plain = replace(atlas, catalog=replace(atlas.catalog, countries=countries))
    assert [(entry.country, entry.map_km, entry.share) for entry in coverage(plain, ["CCC"]).entries] == [
        ("CCC", 90.0, None)
    ]
    assert "CCC" not in {entry.country for entry in coverage(plain).entries}


def test_the_library_asks_for_states_by_code(atlas: Atlas) -> None:
    whole = as_library(atlas)
    assert [entry.country for entry in whole.coverage("bbb").entries] == ["BBB"]
    with pytest.raises(SelectionError, match="unknown country 'AAB'; did you mean 'AAA'"):
        whole.coverage(["AAB"])


def test_every_official_length_of_the_map_was_read_and_is_not_below_what_the_map_holds(shipped: Atlas) -> None:
    entries = [entry for entry in coverage(shipped).entries if entry.source]
    assert len(entries) >= 17
    for entry in entries:
        source = shipped.catalog.sources[str(entry.source)]
        assert source.accessed and source.url, entry
        assert entry.share is not None and entry.share <= 1, entry
