"""Routes, comparisons and cuts on a network that can be checked by eye, and what is said when there is no way."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from sco_map.atlas import Atlas
from sco_map.catalog import EnclosedSea
from sco_map.routing import RoutingError, compare, cut, network_of, route
from sco_map.routing.route import Narrowest
from tests.routing.tiny import network_atlas


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return network_atlas()


def rows_of(found):
    return [leg.row for leg in found.best.legs]


def test_the_shortest_way_changes_the_gauge_where_the_gauges_meet(atlas):
    best = route(atlas, "a", "p").best
    assert [(leg.row, leg.start, leg.end, leg.km) for leg in best.legs] == [
        ("main", "a", "x", 150.0),
        ("east", "x", "c", 100.0),
        ("coast", "c", "p", 40.0),
    ]
    assert [(entry.place, entry.from_mm, entry.to_mm) for entry in best.breaks] == [("x", 1520, 1435)]
    assert best.km == 290.0
    assert best.km_by_country == (("AAA", 150.0), ("BBB", 140.0))
    assert [(border.leaves, border.enters, border.at) for border in best.borders] == [("AAA", "BBB", "x")]
    assert best.low_km < best.km < best.high_km


def test_two_gauges_at_one_place_do_not_meet_without_a_break_of_gauge(atlas):
    # north (1520) and coast (1435) share Gamma, where no train changes its gauge.
    assert rows_of(route(atlas, "n", "p")) == ["north", "main", "east", "coast"]


def test_fewest_breaks_of_gauge_and_fewest_borders_may_be_longer(atlas):
    assert rows_of(route(atlas, "a", "c")) == ["main", "east"]
    by_gauge = route(atlas, "a", "c", by="gauges")
    assert (rows_of(by_gauge), by_gauge.best.km, by_gauge.best.breaks) == (["north"], 350.0, ())


def test_a_border_inside_a_hop_lies_at_its_border_post(atlas):
    (border,) = route(atlas, "c", "a", by="gauges").best.borders
    assert (border.leaves, border.enters, border.at, border.between) == ("BBB", "AAA", "n", ("n", "a"))


def test_a_sea_leg_counts_to_no_state_and_crosses_one_border(atlas):
    best = route(atlas, "c", "d").best
    assert best.km_by_country == (("BBB", 40.0), ("CCC", 60.0))
    assert (best.sea_km, best.km) == (200.0, 300.0)
    assert [(border.by_sea, border.between) for border in best.borders] == [(True, ("p", "q"))]
    assert [leg.row for leg in best.ferries] == ["ferry"]
    assert best.narrowest == Narrowest("land", 5.0, "Mt/yr", 60.0)


def test_a_road_counts_only_when_it_is_asked_for(atlas):
    assert rows_of(route(atlas, "b", "c")) == ["main", "east"]
    assert rows_of(route(atlas, "b", "c", kinds=("rail", "road"))) == ["lane"]
    assert rows_of(route(atlas, "b", "p", kinds=("rail", "road"))) == ["lane", "coast"]


def test_a_line_is_open_from_its_year_on(atlas):
    assert rows_of(route(atlas, "c", "p", year=2000)) == ["coast"]
    with pytest.raises(RoutingError, match="no open line touches Port West"):
        route(atlas, "c", "p", year=1999, kinds=("rail",))


def test_a_past_year_says_of_how_many_km_nobody_knows_when_they_opened(atlas):
    assert route(atlas, "a", "c").best.undated_km == 0
    then = route(atlas, "a", "c", year=1960)
    assert (then.best.km, then.best.undated_km) == (250.0, 100.0)
    assert "of 100 km the year of opening is not known" in str(then)


@pytest.mark.parametrize(("year", "opens"), [(2029, False), (2030, True), (2040, True)])
def test_the_last_promise_says_when_a_line_counts_as_open(atlas, year, opens):
    if not opens:
        with pytest.raises(RoutingError, match="planned, construction in 2029"):
            route(atlas, "d", "f", year=year, promised=True)
        return
    best = route(atlas, "d", "f", year=year, promised=True).best
    assert (best.promised_km, dict(best.km_by_status)) == (80.0, {"construction": 80.0, "operating": 30.0})
    with pytest.raises(RoutingError):
        route(atlas, "d", "f", year=year)


def test_places_are_passed_in_order_and_others_left_aside(atlas):
    assert rows_of(route(atlas, "b", "c", via=["n"])) == ["main", "north"]
    assert rows_of(route(atlas, "a", "c", avoid=["x"])) == ["north"]
    assert rows_of(route(atlas, "a", "c", avoid=["east"])) == ["north"]
    assert rows_of(route(atlas, "a", "c", via=["north"])) == ["north"]
    assert rows_of(route(atlas, "a", "b", via=["Beland"])) == ["main", "east", "east", "main"]
    assert rows_of(route(atlas, "c", "x", via=["CCC"])) == ["coast", "ferry", "land", "land", "ferry", "coast", "east"]
    with pytest.raises(RoutingError):
        route(atlas, "a", "c", avoid=["BBB"])


def test_states_are_named_by_code_or_name_and_the_answer_says_what_was_left_out(atlas):
    for name in ("CCC", "ccc", "Celand", "celand"):
        found = route(atlas, "a", "c", avoid=[name], via=["North Pass"])
        assert (found.passed, found.avoided) == (("n",), ("CCC",))
        assert str(found).startswith("Alpha – Gamma, 2026, through North Pass, without Celand\n")


def test_a_cut_says_which_chosen_ends_lie_in_what_is_taken_away(atlas):
    found = cut(atlas, "Celand", ends=["Delta", "a", "c", "Alpha"])
    assert (found.removed, found.ends, found.dropped) == (("CCC",), ("a", "c"), ("d",))
    assert "Fewer than two of the ends are left" in str(cut(atlas, "Celand", ends=["Delta", "a"]))
    assert "Left out    Delta: taken away as well" in str(found)
    with pytest.raises(RoutingError, match=r"two places or more, and only Alpha \(a\) is named"):
        cut(atlas, "CCC", ends=["a", "Alpha"])


def test_alternatives_really_differ_and_the_best_comes_first(atlas):
    found = route(atlas, "a", "c", alternatives=3)
    assert [[leg.row for leg in way.legs] for way in found.ways] == [["main", "east"], ["north"]]


def test_a_way_back_is_as_long_and_meets_the_same_in_the_other_order(atlas):
    there, back = route(atlas, "a", "d").best, route(atlas, "d", "a").best
    assert there.km == back.km
    assert there.km_by_country == back.km_by_country[::-1]
    assert there.places == back.places[::-1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"start": "Alfa"}, "unknown place 'Alfa'; did you mean 'a'?"),
        ({"end": "a"}, "a route leads from one place to another, and Alpha (a) is given twice"),
        ({"end": "z"}, "no open line touches Zeta (z) in 2026; the nearest places that one does touch are "),
        (
            {"end": "f"},
            "no way leads from Alpha (a) to Phi (f) in 2026: they lie in different parts of the network, of 8",
        ),
        ({"end": "f"}, "and 2 places; planned (planned, construction in 2026) would join them"),
        ({"kinds": ()}, "no kind of line is chosen; choose among rail, ferry, sea, road"),
        ({"kinds": ("rale",)}, "unknown kind 'rale'; did you mean 'rail'?"),
        ({"by": "borders "}, "unknown aim 'borders '; did you mean 'borders'?"),
        ({"year": 99}, "year 99 is outside "),
        (
            {"year": 1900, "kinds": ("oil_pipeline",)},
            "no line of the kinds chosen (oil_pipeline) is known to have been open in 1900",
        ),
        ({"year": 1949}, "no line of the kinds chosen (rail, ferry, sea) is known to have been open in 1949"),
        ({"avoid": ("nothing",)}, "unknown place, country or line 'nothing'"),
        ({"avoid": ("Aland",)}, "with Aland (AAA) left out, no open line touches Alpha (a) in 2026"),
        (
            {"end": "d", "avoid": ("ferry",)},
            "and 2 places (left out: ferry (ferry)); nothing that the map knows of would join them",
        ),
        ({"via": ("Nowhere",)}, "unknown place, country or line 'Nowhere'"),
        ({"end": "b", "via": ("land",), "avoid": ("ferry",)}, "in 2026 that passes "),
        (
            {"end": "BBB"},
            "Beland (BBB) is a country, while a route runs between places; choose a place there, such as Gamma (c), ",
        ),
        ({"end": "silk"}, "is a line, while a route runs between places; choose a place on it, such as "),
        ({"end": "planned"}, "no part of it of the kinds chosen is open in 2026"),
        ({"alternatives": 9}, "alternatives is a number from 1 to 3, not 9"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(atlas, asked, said):
    with pytest.raises(RoutingError) as error:
        route(atlas, **{"start": "a", "end": "c", **asked})
    assert said in str(error.value)


def test_an_answer_prints_tabulates_and_is_geojson(atlas):
    found = route(atlas, "Alpha", "Delta")
    assert "Alpha – Delta, 2026" in str(found)
    assert list(found.to_frame()["row"]) == rows_of(found)
    assert found.to_dict()["ways"][0]["km"] == found.best.km
    written = json.loads(found.to_geojson())
    features = written["features"]
    assert written["answer"] == "route"
    assert [entry["properties"]["row"] for entry in features] == rows_of(found)
    ends = [(entry["geometry"]["coordinates"][0], entry["geometry"]["coordinates"][-1]) for entry in features]
    assert ends[0] == ([5.0, 45.0], [7.0, 45.0])
    assert all(before[1] == following[0] for before, following in itertools.pairwise(ends))
    assert "<pre>" in found._repr_html_()


def test_a_leg_against_the_order_of_its_row_is_drawn_backwards(atlas):
    features = json.loads(route(atlas, "b", "a").to_geojson())["features"]
    assert features[0]["geometry"]["coordinates"] == [[6.0, 45.0], [5.0, 45.0]]


def test_a_comparison_has_a_column_for_each_route(atlas):
    both = compare(route(atlas, "a", "c"), route(atlas, "a", "c", by="gauges"), labels=("short", "smooth"))
    table = both.to_frame()
    assert list(table.columns) == ["short", "smooth"]
    assert list(table.loc["length"]) == ["250 km", "350 km"]
    assert list(table.loc["breaks of gauge"]) == ["1", "0"]
    assert "250 km" in str(both)


def test_a_cut_names_what_gets_longer_and_what_is_lost(atlas):
    found = cut(atlas, "east", ends=["a", "c", "p"])
    assert [(pair.start, pair.end, pair.before_km, pair.after_km) for pair in found.longer] == [
        ("a", "c", 250.0, 350.0)
    ]
    assert [(pair.start, pair.end) for pair in found.lost] == [("a", "p"), ("c", "p")][:1]
    assert [(outlet.country, outlet.lost, outlet.left) for outlet in found.outlets] == [("AAA", ("p",), ())]
    assert found.capacity_gone == (("east", 7.0, "Mt/yr"),)


def on_enclosed_sea(*ports: str) -> Atlas:
    atlas = network_atlas()
    sea = EnclosedSea.model_validate({"id": "inner_sea", "name": {"en": "Inner Sea"}, "ports": ports})
    return replace(atlas, catalog=replace(atlas.catalog, enclosed_seas={"inner_sea": sea}))


def test_a_port_on_an_enclosed_sea_is_no_outlet_to_the_ocean():
    (outlet,) = cut(on_enclosed_sea("p"), "east", ends=["a", "p"]).outlets
    assert (outlet.lost, outlet.enclosed, outlet.on_ocean(outlet.lost)) == (("p",), ("p",), ())
    text = str(cut(on_enclosed_sea("p"), "coast", ends=["a", "p"]))
    assert "Beland reaches no port any more; lost are Port West (Inner Sea)" in text


def test_a_state_that_keeps_only_enclosed_ports_has_lost_the_ocean():
    atlas = on_enclosed_sea("p")
    places = dict(atlas.catalog.places)
    places["n"] = places["n"].model_copy(update={"kind": "port"})
    found = cut(replace(atlas, catalog=replace(atlas.catalog, places=places)), "north", ends=["a", "c"])
    assert [(outlet.country, outlet.lost, outlet.left) for outlet in found.outlets] == [
        ("AAA", ("n",), ("p",)),
        ("BBB", ("n",), ("p",)),
    ]
    assert "Aland reaches the ocean no more, only Port West (Inner Sea); lost are North Pass" in str(found)
    assert found.to_dict()["outlets"][0]["enclosed"] == ("p",)


def test_a_cut_is_the_network_without_it(atlas):
    network = network_of(atlas)
    assert {link.row for link in network.links} - {link.row for link in network.without([("ferry", 0)]).links} == {
        "ferry"
    }
    found = cut(atlas, "p", ends=["c", "q", "p"])
    assert (found.ends, [(pair.start, pair.end) for pair in found.lost]) == (("c", "q"), [("c", "q")])


def test_bridges_are_ranked_by_the_pairs_they_part(atlas):
    ranking = {bridge.row: (bridge.places, bridge.pairs) for bridge in cut(atlas).bridges}
    assert ranking["ferry"] == (2, 12)
    assert "main" in ranking and "isle" not in ranking


def test_what_is_of_another_kind_is_said_with_the_kind_to_ask_for(atlas):
    found = cut(atlas, "lane")
    assert (found.links, found.other_kinds) == (0, ("road",))
    assert "is not of the kinds of lines that count here, so no way changes; choose road." in str(found)
    assert cut(atlas, "lane", kinds=["road"]).other_kinds == ()
    assert cut(atlas, "planned").other_kinds == (), "a railway that is not open is no road"
    assert "is not part of the open network" in str(cut(atlas, "planned"))
