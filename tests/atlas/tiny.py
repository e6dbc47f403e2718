"""Hand-made catalog, rows and layer files, small enough to see in a test what should come out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sco_map.atlas import Atlas, load_atlas
from sco_map.catalog import Catalog, Country, Layer, Licence, Place, Project, Source, Word
from sco_map.model.columns import COLUMNS

Json = dict[str, Any]

WEST = ((5, 45), (6.90247, 45))
EAST = ((15, 45), (16.26829, 45))
PIPE = ((5, 45), (5.4439, 45))
"""The courses of the three lines: 150, 100 and 35 km."""

ACCURACY: Json = {"accuracy_km": 5.0, "accuracy_mean_km": 5.0, "accuracy_worst_km": 5.0, "accuracy_basis": "waypoints"}


def catalog() -> Catalog:
    """Return a catalog of four states, a tree of three projects, and a few words."""
    return Catalog(
        path=Path("nowhere"),
        projects={
            "silk": project("silk", "The Silk Way", ru="Шёлковый путь"),
            "silk_east": project("silk_east", "Silk East", parent="silk"),
            "silk_far_east": project("silk_far_east", "Silk Far East", parent="silk_east"),
            "gas": project("gas", "Gas trunk", layer="pipes", kind="gas_pipeline"),
        },
        places={
            "alpha": place("alpha", "Älpha Town", bn="আলফা নগর", zh="阿尔法"),
            "beta": place("beta", "Beta Pass", lon=WEST[1][0]),
            "bend_1": place("bend_1", "Bend 1", country="BBB", lon=EAST[0][0], kind="helper"),
            "bend_2": place("bend_2", "Bend 2", country="BBB", lon=EAST[1][0], kind="helper"),
            "bend_3": place("bend_3", "Bend 3", lon=PIPE[1][0], kind="helper"),
        },
        sources={
            "ministry": Source.model_validate(
                {
                    "id": "ministry",
                    "publisher": "Ministry of Ways",
                    "url": "https://ways.example/paper",
                    "quality": "primary",
                }
            ),
            "press": Source.model_validate(
                {"id": "press", "publisher": "Daily", "title": "Line opens", "quality": "press"}
            ),
        },
        licences={"cited": Licence.model_validate({"id": "cited", "title": "Cited facts"})},
        countries={
            "AAA": country("AAA", "Aland", (0, 40, 10, 50), ("2001-06-15", "member")),
            "BBB": country("BBB", "Beland", (10, 40, 20, 50), ("2005", "observer"), ("2017-06-09", "member")),
            "CCC": country("CCC", "Celand", (20, 40, 30, 50), ("2015", "partner")),
            "DDD": country("DDD", "Deland", (30, 40, 40, 50)),
        },
        layers={
            "ways": layer("ways", 1),
            "pipes": layer("pipes", 2),
            "states": layer("states", 3, columns=("role", "roles", "iso_a3", "agreements")),
            "days": layer("days", 4, columns=("date", "date_end", "type", "city", "outcome")),
            "soil": layer("soil", 5, group="ground"),
        },
        vocabulary={
            "status": words("proposed", "planned", "construction", "operating", "idle", "shelved"),
            "kind": words("rail", "road", "gas_pipeline", "port", "member", "event"),
            "role": words("member", "partner", "observer"),
            "basis": words("waypoints", "network"),
            "confidence": words("high", "low"),
            "capacity_unit": words("Mt/yr"),
        },
        events={},
        rivers={},
    )


def project(id_: str, title: str, **more: str) -> Project:
    """Return a project with one phase."""
    text = {"en": title} | ({"ru": more.pop("ru")} if "ru" in more else {})
    facts = {"layer": "ways", "kind": "rail", "form": "line", "as_of": "2026", "confidence": "high"} | more
    return Project.model_validate(
        {"id": id_, "title": text, "phases": [{"status": "operating"}], "sources": ["ministry"]} | facts
    )


def place(id_: str, name: str, *, country: str = "AAA", lon: float = 5, kind: str = "city", **names: str) -> Place:
    """Return a place at 45 degrees north."""
    facts = {"country": country, "lon": lon, "lat": 45, "kind": kind, "accuracy_km": 1, "source": "press"}
    translated = {f"name_{language}": text for language, text in names.items()}
    return Place.model_validate({"id": id_, "name_en": name, "confidence": "high"} | facts | translated)


def country(id_: str, name: str, bbox: tuple[float, ...], *roles: tuple[str, str]) -> Country:
    """Return a state with dated roles."""
    dated = [{"from": since, "role": role, "source": "press"} for since, role in roles]
    return Country.model_validate({"id": id_, "name": {"en": name}, "bbox": bbox, "roles": dated})


def layer(id_: str, order: int, group: str = "lines", columns: tuple[str, ...] = ()) -> Layer:
    """Return a layer that lies between 0 and 40 degrees east, 35 and 55 degrees north."""
    facts = {"inclusion": "All of it", "gaps": "None", "as_of": "2026", "licence": "cited", "extent": (0, 35, 40, 55)}
    return Layer.model_validate(
        {"id": id_, "title": {"en": id_.title()}, "group": group, "order": order, "columns": columns} | facts
    )


def words(*ids: str) -> dict[str, Word]:
    """Return entries of a vocabulary; "railway" is another spelling of rail."""
    return {
        id_: Word.model_validate({"id": id_, "label": {"en": id_}, "aliases": ["railway"] if id_ == "rail" else []})
        for id_ in ids
    }


def row(id_: str, layer: str = "ways", **facts: Any) -> Json:
    """Return the properties of a feature, every column there, unknown ones null."""
    empty: Json = {column.name: column.empty for column in COLUMNS if not column.declared}
    given: Json = {"title_en": id_, "sources": ["ministry"], "as_of": "2026", "confidence": "high", "licence": "cited"}
    return empty | {"id": id_, "layer": layer, "kind": "rail"} | given | facts


def phases(*pairs: tuple[str | None, str]) -> Json:
    """Return the columns `phases` and `status` of a row whose statuses began at the given dates."""
    return {"phases": [{"from": since, "status": status} for since, status in pairs], "status": pairs[-1][1]}


def drawn(km: float, start: str, end: str, **countries: float) -> Json:
    """Return the columns of a row that is one line of so many km between two places, with the km in each country."""
    piece = {"km": km, "accuracy_km": 5.0, "basis": "waypoints", "from": start, "to": end}
    hop = {"from": start, "to": end, "km": km, "accuracy_km": 5.0, "countries": countries}
    lengths = {"length_km": km, "drawn_km": km, "length_basis": "drawn", "km_by_country": countries}
    return {**lengths, "pieces": [piece], "hops": [hop], **ACCURACY}


def line(*points: tuple[float, float]) -> Json:
    """Return the geometry of a line."""
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def point(lon: float, lat: float) -> Json:
    """Return the geometry of a point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def feature(properties: Json, geometry: Json | None) -> Json:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "id": properties["id"], "properties": properties, "geometry": geometry}


def layers() -> dict[str, list[Json]]:
    """Return the features of every layer of the tiny atlas."""
    return {
        "ways": [
            feature(
                row(
                    "silk__old",
                    projects=["silk"],
                    countries=["AAA", "BBB"],
                    **drawn(150.0, "alpha", "beta", AAA=100.0, BBB=50.0),
                    gauge_mm=1520,
                    places=["alpha", "beta"],
                    **phases(("1990", "construction"), ("2000-05", "operating")),
                ),
                line(*WEST),
            ),
            feature(
                row(
                    "silk_east__new",
                    projects=["silk_east", "gas"],
                    countries=["BBB", "CCC"],
                    **drawn(100.0, "bend_1", "bend_2", BBB=30.0, CCC=70.0),
                    gauge_mm=1435,
                    sources=["press"],
                    promises=[
                        {"opens": "2019", "said": "2012", "source": "press"},
                        {"opens": "2025-06", "said": "2020-03", "by": "The builder", "source": "press"},
                    ],
                    **phases(("2010", "planned"), ("2020", "construction")),
                ),
                line(*EAST),
            ),
            feature(
                row(
                    "silk_far_east__port",
                    kind="port",
                    projects=["silk_far_east"],
                    countries=["CCC"],
                    title_ru="Порт Ёлка",
                    **ACCURACY,
                    **phases((None, "operating")),
                ),
                point(25, 45),
            ),
        ],
        "pipes": [
            feature(
                row(
                    "gas__trunk",
                    "pipes",
                    kind="gas_pipeline",
                    projects=["gas"],
                    countries=["AAA", "BBB", "CCC"],
                    **drawn(35.0, "alpha", "bend_3", AAA=10.0, BBB=20.0, CCC=5.0) | {"hops": []},
                    capacity=15.5,
                    capacity_unit="Mt/yr",
                    **phases(("2000", "operating"), ("2012", "idle")),
                ),
                line(*PIPE),
            ),
        ],
        "states": [
            feature(
                row(
                    "member_bbb",
                    "states",
                    kind="member",
                    countries=["BBB"],
                    role="member",
                    roles=[{"from": "2005", "role": "observer"}, {"from": "2017-06-09", "role": "member"}],
                    iso_a3="BBB",
                    **ACCURACY,
                ),
                {"type": "Polygon", "coordinates": [[[11, 41], [19, 41], [19, 49], [11, 49], [11, 41]]]},
            ),
        ],
        "days": [
            feature(
                row("summit_2010", "days", kind="event", countries=["AAA"], date="2010-06-11", **ACCURACY), point(5, 45)
            ),
        ],
    }


def write(folder: Path, features: dict[str, list[Json]] | None = None) -> Path:
    """Write layer files into `folder` and return it."""
    for name, content in (layers() if features is None else features).items():
        head: Json = {"type": "FeatureCollection", "name": name, "title": {"en": name.title()}, "licence": "cited"}
        head |= {"attribution": "Tiny", "as_of": "2026", "features": content}
        (folder / f"{name}.geojson").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    return folder


def atlas(folder: Path) -> Atlas:
    """Return the tiny atlas, its files written into `folder`."""
    return load_atlas(write(folder), strict=True, catalog=catalog())
