"""Parts of the network that are not connected: listed, and a reason asked for where they are a member's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sco_map.catalog import CatalogError
from sco_map.catalog.models import Island, LocalText
from sco_map.routing import network_report, unconnected
from tests.routing.tiny import network_atlas


def with_reason(*ids: str):
    atlas = network_atlas()
    islands = {id_: Island(id=id_, reason=LocalText(en="So.")) for id_ in ids}
    return replace(atlas, catalog=replace(atlas.catalog, islands=islands))


def members(atlas, *codes: str):
    """Return the atlas in which only these states are members."""
    countries = {
        code: country.model_copy(update={"roles": country.roles if code in codes else ()})
        for code, country in atlas.catalog.countries.items()
    }
    return replace(atlas, catalog=replace(atlas.catalog, countries=countries))


def test_the_parts_beside_the_greatest_are_named():
    (part,) = unconnected(network_atlas())
    assert (part.places, part.rows, part.countries, part.km) == (("e", "f"), ("isle",), ("CCC",), 30.0)
    assert unconnected(network_atlas(), year=2030, promised=True) == []


def test_an_island_of_no_member_is_only_listed():
    lines = network_report(members(network_atlas(), "AAA"))
    assert lines == [
        "network: 9 open links between 10 places in 2 parts",
        "  not connected: isle (2 places, 30 km, CCC)",
        "roads: 1 open link between 2 places in 1 part",
    ]


def test_an_island_of_a_member_fails_without_a_reason():
    atlas = network_atlas()
    countries = dict(atlas.catalog.countries)
    countries["CCC"] = countries["CCC"].model_copy(update={"roles": countries["AAA"].roles})
    atlas = replace(atlas, catalog=replace(atlas.catalog, countries=countries))
    with pytest.raises(
        CatalogError, match="network.toml: isle \\(CCC\\) is not connected with the rest of the railway"
    ):
        network_report(atlas)
    islands = {"silk": Island(id="silk", reason=LocalText(en="So."))}
    assert len(network_report(replace(atlas, catalog=replace(atlas.catalog, islands=islands)))) == 3


def test_a_reason_that_nothing_needs_is_reported():
    with pytest.raises(
        CatalogError, match="\\[silk\\]: is connected with the rest of the network or is not a member's"
    ):
        network_report(members(with_reason("silk"), "AAA"))
