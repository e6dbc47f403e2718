"""The network of the shipped map: published route lengths, hops that add up, and what must hold between any places."""

from __future__ import annotations

import itertools
import json
import random

import pytest
from shapely import union_all
from shapely.geometry import Point, shape

from sco_map.atlas import Atlas
from sco_map.model.network import DRY_PORT, RAIL
from sco_map.paths import GEODATA
from sco_map.routing import DEFAULT_KINDS, Network, RoutingError, cut, line_of, network_of, route, strip_of, ways_report
from sco_map.routing.parts import network_report, unconnected
from sco_map.routing.search import Roads, best_way, lengths_from, metres_of

AGREES = 0.05

SHORE_DEGREES = 0.3
"""So near to the shore as the ground draws it lies a port."""

PUBLISHED = [
    ("moscow", "beijing", 7624, "http://kolejtranssyberyjska.pl/en/the-trans-mongolian-route"),
    ("moscow", "vladivostok", 9288, "agenzia_calendario_transsib"),
    ("ulan_ude", "beijing", 2215, "iiab_trans_mongolian"),
    ("ulan_ude", "naushki", 253, "iiab_trans_mongolian"),
    ("sukhbaatar", "zamyn_uud", 1092, "iiab_trans_mongolian"),
    ("erenhot", "beijing", 842, "http://kolejtranssyberyjska.pl/en/the-trans-mongolian-route"),
    ("rawalpindi", "taftan_pk", 1990, "https://en.otaghiranonline.ir/print/33358"),
    ("quetta", "zahedan", 721.6, "wikipedia_zahedan_quetta"),
    ("rohri", "jacobabad", 84, "readtiger_rohri_chaman"),
    ("rohri", "sibi", 240, "readtiger_rohri_chaman"),
    ("rohri", "quetta", 381, "readtiger_rohri_chaman"),
    ("rohri", "chaman", 523, "readtiger_rohri_chaman"),
    ("baku", "kars", 838.6, "https://www.raillynews.com/2019/07/azerbeycan-demiryolu-haritasi/"),
    ("akhalkalaki_st", "kars", 105, "transinfo_btk"),
    ("zhanaozen", "gorgan", 928, "tass_764933"),
    ("kerman", "bam_ir", 225, "railway_gazette_bam_zahedan"),
    ("dostyk", "moiynty", 836, "trend_3918318"),
    ("shu", "moiynty", 438, "rail_news_moiynty_shu"),
    ("altynkol", "zhetygen", 293, "oceansky_altynkol"),
    ("altynkol", "bolashak_kz", 3450, "http://www.newscentralasia.net/2022/03/28/turkmen-plaster-delivered-to-china/"),
    ("jinghe", "horgos_cn", 286, "chinanews_jingyihuo_2009"),
    ("turpan_st", "korla", 334, "tielu_tuku_2015"),
    ("karshi", "termez", 325, "times_of_central_asia_karshi_termez"),
    ("kerki", "imamnazar", 85, "railway_gazette_58244"),
    # Xi'an, Altynkol, Aktau, over the Caspian, Mersin: the text rounds to thousands.
    ("xian", "mersin", 9000, "tengrinews_altynkol_2021"),
    ("aktau_port", "poti", 1300, "https://en.trend.az/casia/kazakhstan/3654897.html"),
    ("lianyungang", "tashkent", 5500, "http://sc.xfafinance.com/html/Economies/Trade/2015/85932.shtml"),
    (
        "xian",
        "tashkent",
        4486,
        "https://astanatimes.com/2024/08/container-train-travels-from-china-to-uzbekistan-via-kazakhstan-in-record-five-days/",
    ),
]
"""Routes over more or less than one row whose length a text gives: from, to, km, source of the catalog or address."""

BY_HOME_LINES = {("moscow", "vladivostok"): ("CHN",), ("altynkol", "bolashak_kz"): ("UZB", "TKM")}
"""Published is the length inside Russia, through Manchuria it is 950 km less; or that in Kazakhstan alone."""

PASSING = {
    ("xian", "mersin"): ("altynkol", "aktau_port"),
    ("lianyungang", "tashkent"): ("altynkol",),
    ("xian", "tashkent"): ("altynkol",),
}
"""What the published route passes."""


@pytest.fixture(scope="module")
def network(shipped: Atlas) -> Network:
    return network_of(shipped)


@pytest.fixture(scope="module")
def pairs(network: Network) -> list[tuple[str, str]]:
    """Return a hundred pairs of places of the greatest part, the same every time."""
    start = "tashkent"
    places = sorted(lengths_from(network, Roads(network.links), start).metres)
    dice = random.Random(20260711)
    return [(one, other) for one, other in (dice.sample(places, 2) for _ in range(100))]


@pytest.mark.parametrize(("start", "end"), [("lugovaya", "tashkent"), ("tashkent", "lugovaya")])
def test_a_line_through_a_corner_of_a_state_crosses_its_border_there(shipped: Atlas, start: str, end: str) -> None:
    ends = {"taraz", "shymkent"}  # the only hop of the line that lies in Kyrgyzstan
    borders = route(shipped, start, end).best.borders
    corner = [border for border in borders if "KGZ" in (border.leaves, border.enters)]
    assert [(border.at, set(border.between)) for border in corner] == [(None, ends), (None, ends)]


@pytest.mark.parametrize(("start", "end", "km", "source"), PUBLISHED)
def test_published_route_lengths(shipped: Atlas, start: str, end: str, km: float, source: str) -> None:
    assert source.startswith("http") or source in shipped.catalog.sources
    avoid = BY_HOME_LINES.get((start, end), ())
    via = PASSING.get((start, end), ())
    found = route(shipped, start, end, via=via, avoid=avoid, alternatives=1).best
    assert abs(found.km / km - 1) <= AGREES, found.km


def test_two_texts_that_contradict_each_other_have_the_map_between_them(shipped: Atlas) -> None:
    """Of Khorgos–Aktau https://kengesrakishev.com/ideas/the-crossroads-of-eurasia-kazakhstan-upgrades-infrastructure

    says 2,930 km, while the 3,450 km of Altynkol–Bolashak (PUBLISHED) are more than that on the stretch they share.
    """
    on_the_map, shared = (
        route(shipped, "altynkol", end, alternatives=1).best.km for end in ("aktau_port", "mangystau")
    )
    to_the_border = line_km(shipped, "mangystau", "bolashak_kz")
    assert 2930 < on_the_map < 3450 - to_the_border + (on_the_map - shared)
    assert 0.05 < on_the_map / 2930 - 1 < 0.07


def line_km(atlas: Atlas, start: str, end: str) -> float:
    """Return the length of the way between two places."""
    return route(atlas, start, end, alternatives=1).best.km


def test_hops_add_up_to_their_rows(shipped: Atlas) -> None:
    lines = shipped.rows[[bool(hops) for hops in shipped.rows["hops"]]]
    assert len(lines) > 300
    for row in lines.itertuples():
        total = sum(hop["km"] for hop in row.hops)
        assert total == pytest.approx(row.length_km, rel=0.001), row.id
        for code, km in row.km_by_country.items():
            assert sum(hop["countries"].get(code, 0) for hop in row.hops) == pytest.approx(km, rel=0.001, abs=0.02)


def test_a_railway_along_the_network_is_never_shorter_than_its_drawing(shipped: Atlas) -> None:
    tracks = shipped.rows[shipped.rows["length_basis"] == "track"]
    assert len(tracks) > 100
    assert set(tracks["kind"]) == {RAIL}
    assert (tracks["length_km"] >= 0.999 * tracks["drawn_km"]).all()


def test_profiles_add_up_to_the_whole(shipped: Atlas, pairs: list[tuple[str, str]]) -> None:
    for start, end in pairs[:20]:
        way = route(shipped, start, end, alternatives=1).best
        assert sum(leg.km for leg in way.legs) == pytest.approx(way.km, abs=0.1)
        on_land = sum(km for _, km in way.km_by_country)
        assert on_land + way.sea_km == pytest.approx(way.km, rel=0.001)
        assert len(way.borders) == len(way.km_by_country) - 1
        assert sum(km for _, km in way.km_by_status) == pytest.approx(way.km, abs=0.1)


def test_the_way_back_is_as_long(network: Network, pairs: list[tuple[str, str]]) -> None:
    roads = Roads(network.links)
    for start, end in pairs:
        there, back = best_way(network, roads, (start, end)), best_way(network, roads, (end, start))
        assert there is not None and back is not None
        assert metres_of(there) == metres_of(back), (start, end)


def test_no_detour_through_a_third_place_is_shorter(network: Network, pairs: list[tuple[str, str]]) -> None:
    roads = Roads(network.links)
    for (start, end), (third, _) in itertools.pairwise(pairs[:41]):
        if third in (start, end):
            continue
        direct, around = best_way(network, roads, (start, end)), best_way(network, roads, (start, third, end))
        assert direct is not None and around is not None
        assert metres_of(direct) <= metres_of(around), (start, third, end)


def test_a_cut_is_the_network_without_it(shipped: Atlas, network: Network, pairs: list[tuple[str, str]]) -> None:
    roads = Roads(network.links)
    for start, end in pairs[:10]:
        way = best_way(network, roads, (start, end))
        assert way is not None
        taken = way[len(way) // 2].link.row
        without = network.without([(link.row, link.number) for link in network.links if link.row == taken])
        expected = lengths_from(without, Roads(without.links), start).metres.get(end)
        before = lengths_from(network, roads, start).metres[end]
        found = cut(shipped, taken, ends=(start, end))
        after = [
            None if pair.after_km is None else round(pair.after_km * 1000) for pair in (*found.lost, *found.longer)
        ]
        assert after == ([expected] if expected != before else []), (start, end, taken)


def test_fewest_borders_and_fewest_breaks_are_never_more_than_on_the_shortest(
    shipped: Atlas, pairs: list[tuple[str, str]]
) -> None:
    for start, end in pairs[:15]:
        short, calm, smooth = (
            route(shipped, start, end, by=by, alternatives=1).best for by in ("shortest", "borders", "gauges")
        )
        assert short.km <= min(calm.km, smooth.km) + 0.01
        assert len(calm.borders) <= len(short.borders)
        assert len(smooth.breaks) <= len(short.breaks)


def test_a_promise_only_opens_what_was_announced(shipped: Atlas) -> None:
    for year in (2027, 2031):
        links = network_of(shipped, year=year, promised=True).links
        promised = {link.row for link in links if link.promised}
        assert promised
        assert not promised & {link.row for link in network_of(shipped, year=year).links}


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        ("kashgar", "poti", 2025),
        ("karachi", "tehran", None),
        ("horgos_cn", "kuryk_port", None),
        ("altynkol", "mersin", None),
    ],
)
def test_what_must_be_connected_is(shipped: Atlas, start: str, end: str, year: int | None) -> None:
    assert route(shipped, start, end, year=year).best.km > 500


def test_the_new_railway_shortens_the_way_from_kashgar(shipped: Atlas) -> None:
    before = route(shipped, "kashgar", "poti", year=2025).best
    after = route(shipped, "kashgar", "poti", year=2031, promised=True).best
    assert after.km < 0.7 * before.km
    assert after.promised_km > 400 > before.promised_km == 0


def test_islands_of_members_have_a_reason(shipped: Atlas) -> None:
    assert network_report(shipped)[0].startswith("network: ")
    assert all(len(part.places) < 20 for part in unconnected(shipped))


def test_the_sea_is_met_at_ports_only(shipped: Atlas) -> None:
    network = network_of(shipped, kinds=DEFAULT_KINDS)
    at_sea = {
        place for link in (*network.links, *network.closed) if link.kind != RAIL for place in (link.start, link.end)
    }
    assert at_sea <= network.ports


def test_the_north_south_corridor_leads_over_the_caspian(shipped: Atlas) -> None:
    legs = [leg.row for leg in route(shipped, "moscow", "mumbai", alternatives=1).best.legs]
    assert {"instc__zenzeli_olya", "instc__bandar_abbas_mumbai_sea"} <= set(legs)
    assert "instc__neka_amirabad" in [leg.row for leg in route(shipped, "amirabad", "tehran").best.legs]


def test_states_follow_the_worldview(shipped: Atlas) -> None:
    usual, other = (
        route(shipped, "kashgar", "havelian", kinds=("road",), worldview=view, alternatives=1).best
        for view in (None, "in")
    )
    assert {code for code, _ in usual.km_by_country} == {"CHN", "PAK"}
    assert [code for code, _ in other.km_by_country] == ["CHN", "IND", "PAK"]
    assert sum(km for _, km in other.km_by_country) == pytest.approx(sum(km for _, km in usual.km_by_country), abs=0.5)
    with pytest.raises(RoutingError, match="unknown worldview 'xx'"):
        route(shipped, "kashgar", "havelian", kinds=("road",), worldview="xx")


def test_the_ports_on_the_caspian_are_those_that_lie_on_it(shipped: Atlas) -> None:
    lakes = json.loads((GEODATA / "basemap_lakes.geojson").read_bytes())["features"]
    shores = {lake["id"] if "id" in lake else lake["properties"]["id"]: shape(lake["geometry"]) for lake in lakes}
    for id_, sea in shipped.catalog.enclosed_seas.items():
        ports = {
            port: Point(place.lon, place.lat)
            for port in network_of(shipped).ports
            if (place := shipped.catalog.places[port])
        }
        near = {port for port, point in ports.items() if shores[id_].distance(point) < SHORE_DEGREES}
        assert near == set(sea.ports)


def test_every_port_of_the_network_lies_at_a_sea(shipped: Atlas) -> None:
    land, lakes = (
        [shape(one["geometry"]) for one in json.loads((GEODATA / f"{layer}.geojson").read_bytes())["features"]]
        for layer in ("basemap_land", "basemap_lakes")
    )
    shore = union_all([union_all(land).boundary, *lakes])
    places = shipped.catalog.places
    ports = {port: Point(places[port].lon, places[port].lat) for port in network_of(shipped).ports}
    assert [port for port, point in ports.items() if shore.distance(point) > SHORE_DEGREES] == []
    assert {id_ for id_, place in places.items() if place.kind == DRY_PORT}.isdisjoint(ports)


NAMED = {
    "middle_corridor": {"dostyk_poti": (8473, 3), "khorgos_poti": (8688, 5), "dostyk_mersin": (9741, 4)},
    "northern_corridor": {"dostyk_astana": (9605, 4), "khorgos_aktobe": (9687, 8)},
    "instc": {"centre": (7079, 5), "west": (7228, 6), "east": (8567, 5)},
    "cku_railway": {"kashgar_andijan": (434, 2), "kashgar_poti": (3716, 5)},
    "trans_siberian": {"moscow_vladivostok": (9112, 0), "by_manchuria": (8166, 2)},
    "cpec": {"kashgar_karachi": (2551, 1)},
}
"""Ways that the catalog names: km within 3 % and borders, as read from the network when they were entered."""


def test_corridors_name_their_main_line_and_their_variants(shipped: Atlas) -> None:
    assert len(ways_report(shipped)) >= len(NAMED)
    for project, ways in NAMED.items():
        named = [way.id for way in shipped.catalog.projects[project].ways]
        assert named[0] == next(iter(ways)), f"the main line of {project}"
        for id_, (km, borders) in ways.items():
            best = line_of(shipped, f"{project}/{id_}").best
            assert best.km == pytest.approx(km, rel=0.03), (project, id_)
            assert len(best.borders) == borders, (project, id_)


def test_a_named_way_passes_what_it_says_and_its_strip_agrees_with_it(shipped: Atlas) -> None:
    for id_, project in shipped.catalog.projects.items():
        for way in project.ways:
            best = line_of(shipped, f"{id_}/{way.id}").best
            assert set(way.via) <= set(best.places), (id_, way.id)
            strip = strip_of(best)
            assert strip.km == pytest.approx(best.km, abs=0.1)
            assert strip.stretches[-1].to_km == pytest.approx(best.km, abs=0.1)
            assert sum(mark.what == "border" for mark in strip.marks) == len(best.borders)
            totals: dict[str, float] = {}
            for code, km in best.km_by_country:
                totals[code] = totals.get(code, 0.0) + km
            for soil in strip.soils:
                if soil.country is not None:
                    totals[soil.country] -= soil.to_km - soil.from_km
            assert all(abs(rest) < 1 for rest in totals.values()), (id_, way.id, totals)


def test_published_times_and_costs_were_read(shipped: Atlas) -> None:
    found = [entry for project in shipped.catalog.projects.values() for way in project.ways for entry in way.carriage]
    assert found
    for entry in found:
        source = shipped.catalog.sources[entry.source]
        assert source.accessed and source.url, entry


def test_dry_port_and_mountain_road_are_reached(shipped: Atlas) -> None:
    dry_port = route(shipped, "horgos_cn", "khorgos_gateway", alternatives=1).best
    assert [(entry.place, entry.from_mm) for entry in dry_port.breaks] in ([], [("horgos_cn", 1435)])
    assert 5 < dry_port.km < 40
    road = route(shipped, "kashgar", "islamabad", kinds=["road"], alternatives=1).best
    assert {leg.kind for leg in road.legs} == {"road"} and 900 < road.km < 1400
