"""What a search may mean: everything with a name once, an event with its city."""

from __future__ import annotations

from sco_map.atlas import Atlas
from sco_map.atlas.names import named_in
from sco_map.model.likeness import most_alike


def test_everything_is_named_once(tiny_atlas: Atlas) -> None:
    named = named_in(tiny_atlas)
    assert len({(one.form, one.id) for one in named}) == len(named)
    assert {one.form for one in named} == {"project", "country", "row", "place"}
    assert all(one.names for one in named)
    assert "member_bbb" not in {one.id for one in named}, "a state is found as the state"


def test_the_summit_of_2022_is_found_by_its_city_in_every_language(shipped: Atlas) -> None:
    named = named_in(shipped)
    for text in ("summit samarkand", "শীর্ষ সম্মেলন সমরকন্দ", "саммит самарканд", "sumit samarkand"):
        assert "summit_2022" in [one.id for one in most_alike(text, named, most=8)], text
