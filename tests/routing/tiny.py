"""A network small enough to see in a test what should come out: two gauges, a port, an island, and a promise.

a --main (1520)-- b -- x --east (1435)-- c --coast-- p ~~~sea~~~ q --land-- d ..promised.. e --isle-- f
a --north (1520)------ n ---------------- c          b --road-- c
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import shapely

from sco_map.atlas import Atlas
from sco_map.atlas.load import typed
from sco_map.catalog import Place
from sco_map.model.columns import COLUMNS
from tests.atlas import tiny

PLACES = {
    "a": ("Alpha", "AAA", 5.0, "city"),
    "b": ("Beta", "AAA", 6.0, "city"),
    "n": ("North Pass", "BBB", 6.5, "pass"),
    "x": ("Xing", "BBB", 7.0, "border_crossing"),
    "c": ("Gamma", "BBB", 8.0, "city"),
    "p": ("Port West", "BBB", 9.0, "port"),
    "q": ("Port East", "CCC", 11.0, "port"),
    "d": ("Delta", "CCC", 12.0, "city"),
    "e": ("Epsilon", "CCC", 13.0, "city"),
    "f": ("Phi", "CCC", 14.0, "city"),
    "z": ("Zeta", "CCC", 14.5, "city"),
}

Hop = tuple[str, str, float, dict[str, float]]


def line(id_: str, *hops: Hop, kind: str = "rail", **facts: Any) -> dict[str, Any]:
    """Return the cells of a row made of hops: from, to, km, km by country."""
    places = [hops[0][0], *(hop[1] for hop in hops)]
    records = [
        {"from": start, "to": end, "km": km, "accuracy_km": 4.0, "countries": countries}
        for start, end, km, countries in hops
    ]
    cells = tiny.row(id_, kind=kind, projects=["silk"], places=places, hops=records, length_basis="track", **facts)
    cells["length_km"] = sum(hop[2] for hop in hops)
    inside: dict[str, float] = {}
    for code, km in (entry for hop in hops for entry in hop[3].items()):
        inside[code] = inside.get(code, 0.0) + km
    cells |= {"countries": list(inside), "km_by_country": inside}
    cells["geometry"] = shapely.LineString([(PLACES[place][2], 45) for place in places])
    return cells


def rows() -> list[dict[str, Any]]:
    """Return the rows of the network."""
    always, since = tiny.phases((None, "operating")), tiny.phases(("1950", "operating"))
    return [
        line("main", ("a", "b", 100.0, {"AAA": 100.0}), ("b", "x", 50.0, {"AAA": 50.0}), gauge_mm=1520, **since),
        line("east", ("x", "c", 100.0, {"BBB": 100.0}), gauge_mm=1435, capacity=7.0, capacity_unit="Mt/yr", **always),
        line(
            "north", ("a", "n", 200.0, {"AAA": 190.0, "BBB": 10.0}), ("n", "c", 150.0, {"BBB": 150.0}),
            gauge_mm=1520, **always,
        ),
        line("coast", ("c", "p", 40.0, {"BBB": 40.0}), gauge_mm=1435, **tiny.phases(("2000", "operating"))),
        line("ferry", ("p", "q", 200.0, {}), kind="sea", **always),
        line("land", ("q", "d", 60.0, {"CCC": 60.0}), gauge_mm=1435, capacity=5.0, capacity_unit="Mt/yr", **always),
        line(
            "planned",
            ("d", "e", 80.0, {"CCC": 80.0}),
            gauge_mm=1435,
            promises=[{"opens": "2028", "source": "press"}, {"opens": "2030-06", "source": "press"}],
            **tiny.phases(("2020", "planned"), ("2024", "construction")),
        ),
        line("isle", ("e", "f", 30.0, {"CCC": 30.0}), gauge_mm=1435, **always),
        line("lane", ("b", "c", 120.0, {"AAA": 60.0, "BBB": 60.0}), kind="road", **always),
        tiny.row("change", kind="gauge_change", places=["x"], **always) | {"geometry": shapely.Point(7, 45)},
    ]  # fmt: skip


def network_atlas() -> Atlas:
    """Return an atlas of these rows."""
    places = {
        id_: Place.model_validate(
            {
                "id": id_, "name_en": name, "country": country, "lon": lon, "lat": 45.0, "kind": kind,
                "accuracy_km": 1, "source": "press", "confidence": "high",
            }
        )
        for id_, (name, country, lon, kind) in PLACES.items()
    }  # fmt: skip
    catalog = replace(tiny.catalog(), places=places)
    columns = [column.name for column in COLUMNS]
    table = pd.DataFrame({name: pd.Series([row.get(name) for row in rows()], dtype=object) for name in columns})
    table["geometry"] = pd.Series([row["geometry"] for row in rows()], dtype=object)
    return Atlas(rows=typed(table), catalog=catalog)
