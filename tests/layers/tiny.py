"""A catalog of two neighbouring square countries, one railway and one pipeline, written into a folder for a test."""

from __future__ import annotations

import shutil
from pathlib import Path

import shapely

from sco_map.catalog import Catalog, read_catalog
from sco_map.layers.land.countries import CountryMap
from sco_map.paths import CATALOG

# West and East meet at 10 E; the sea begins south of 40 N. The codes are real only so that they look like codes.
WEST, EAST = "KAZ", "UZB"
LAND = {WEST: shapely.box(0, 40, 10, 50), EAST: shapely.box(10, 40, 20, 50)}

FILES = {
    "layers.toml": """
[rails]
title = { en = "Rails", bn = "রেলপথ", ru = "Рельсы", zh = "铁路" }
group = "transport"
order = 1
inclusion = "All."
gaps = "None."
as_of = "2026-01"
licence = "cited_facts"
extent = [0, 35, 20, 50]

[pipes]
title = { en = "Pipes", bn = "পাইপলাইন", ru = "Трубы", zh = "管道" }
group = "energy"
order = 2
inclusion = "All."
gaps = "None."
as_of = "2026-01"
licence = "cited_facts"
extent = [0, 35, 20, 50]
""",
    "sources.toml": """
[paper]
publisher = "A paper"
url = "https://example.org/paper"
quality = "press"

[gazetteer]
publisher = "A gazetteer"
url = "https://example.org/gazetteer"
quality = "database"
licence = "cc_by_4_0"

[guess]
publisher = "Own estimate"
quality = "own_estimate"
""",
    "countries.toml": """
[KAZ]
name = { en = "West", bn = "পশ্চিম", ru = "Запад", zh = "西" }
bbox = [0, 40, 10, 50]

[UZB]
name = { en = "East", bn = "পূর্ব", ru = "Восток", zh = "东" }
bbox = [10, 40, 20, 50]
""",
    "places.csv": """id,name_en,name_bn,name_ru,name_zh,country,lon,lat,kind,accuracy_km,source,confidence,note
alpha,Alpha,আলফা,Альфа,,KAZ,8,45,city,2,gazetteer,high,
beta,Beta,বেটা,Бета,,KAZ,9,45,city,3,gazetteer,high,
bend,Bend,,,,KAZ,9.5,45.2,helper,25,guess,low,
gamma,Gamma,গামা,Гамма,,UZB,11,45,city,2,gazetteer,high,
twin,Twin,যমজ,Двойник,,KAZ,9,39.99,station,2,gazetteer,high,
harbour,Harbour,বন্দর,Гавань,,KAZ,9,39.99,port,2,gazetteer,high,
landing,Landing,ঘাট,Пристань,,UZB,11,39.99,port,2,gazetteer,high,
""",
    "events.csv": (
        "id,date,date_end,type,title_en,title_bn,title_ru,title_zh,place,outcome,source,as_of,confidence,note\n"
        "meeting,2001-06-15,,founding,A meeting,একটি সভা,Встреча,会议,alpha,They met,paper,2001-06,high,\n"
    ),
    "rivers.csv": "id,name_en,name_bn,name_ru,name_zh,countries,length_km,summary,source,as_of,confidence,note\n",
    "projects/iron_road.toml": """
layer = "rails"
kind = "rail"
form = "line"
title = { en = "Iron Road", bn = "রেলপথ", ru = "Железная дорога", zh = "铁路" }
phases = [{ from = 1999, status = "planned" }, { from = 2004-05-06, status = "operating", source = "paper" }]
published_lengths = [{ km = 235, source = "paper" }]
sources = ["paper"]
as_of = "2026-01"
confidence = "high"

[[segment]]
id = "iron_road__west"
via = ["alpha", "beta"]
gauge_mm = 1520

[[segment]]
id = "iron_road__east"
via = ["beta", "gamma"]
gauge_mm = 1435
""",
    "projects/pipe.toml": """
layer = "pipes"
kind = "gas_pipeline"
form = "line"
title = { en = "Pipe", bn = "পাইপ", ru = "Труба", zh = "管道" }
phases = [{ status = "operating" }]
sources = ["paper"]
as_of = 2026
confidence = "high"

[[segment]]
id = "pipe__trunk"
via = ["alpha", "bend", "gamma"]

[[segment]]
id = "pipe__second"
same_route_as = "pipe__trunk"
string = 2

[[site]]
id = "pipe__station"
kind = "compressor_station"
place = "gamma"
""",
}


def write_catalog(folder: Path, **changes: str) -> Path:
    """Write the catalog into `folder`, with the text of some files changed (key: the name, "." and "/" as "__")."""
    files = {
        **FILES,
        **{
            name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv"): text
            for name, text in changes.items()
        },
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name in ("vocabulary.toml", "licences.toml"):
        shutil.copy(CATALOG / name, folder / name)
    return folder


def tiny_catalog(folder: Path, **changes: str) -> Catalog:
    """Return the catalog, read."""
    return read_catalog(write_catalog(folder, **changes))


def tiny_land() -> CountryMap:
    """Return the two square countries."""
    return CountryMap(LAND)
