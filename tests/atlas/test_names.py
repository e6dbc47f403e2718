"""What a search may mean: everything with a name once, an event with its city."""

from __future__ import annotations

from sco_map.atlas import Atlas, Selection, select
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


CALLED = {
    "Чиндао": "qingdao",
    "tsingtao": "qingdao",
    "Kirgizia": "KGZ",
    "Киргизия": "KGZ",
    "Белоруссия": "BLR",
    "turkey": "TUR",
    "বার্মা": "MMR",
    "ЦПЕК": "cpec",
    "CPEC": "cpec",
    "TITR": "middle_corridor",
    "ТРАСЕКА": "traceca",
    "транссиб": "trans_siberian",
    "中巴走廊": "cpec",
    "Alma-Ata": "almaty",
    "Krasnovodsk": "turkmenbashi",
    "Нур-Султан": "astana",
}


def test_old_colloquial_and_short_names_find_what_they_mean(shipped: Atlas) -> None:
    named = named_in(shipped)
    for text, id_ in CALLED.items():
        assert id_ in [one.id for one in most_alike(text, named, most=8)], text


def test_the_filter_looks_in_other_names_too(shipped: Atlas) -> None:
    for text, place in (("Чиндао", "qingdao"), ("Красноводск", "turkmenbashi")):
        found = select(shipped, Selection(q=text))
        assert any(place in places for places in found["places"]), text
