"""A small catalog that is right, for the tests to spoil in one place each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sco_map.catalog import CatalogError, read_catalog

FILES = {
    "vocabulary.toml": """
[status]
planned = { label = { en = "planned" } }
construction = { label = { en = "under construction" }, aliases = ["building"] }
operating = { label = { en = "operating" } }
[kind]
rail = { label = { en = "railway" }, geometry = "line" }
port = { label = { en = "port" }, geometry = "point" }
agreement = { label = { en = "agreement" }, geometry = "none" }
[form]
line = { label = { en = "line" } }
corridor = { label = { en = "corridor" } }
site = { label = { en = "site" } }
[role]
member = { label = { en = "member" } }
[basis]
waypoints = { label = { en = "through cited places" } }
[confidence]
high = { label = { en = "high" } }
low = { label = { en = "low" } }
[quality]
press = { label = { en = "press" } }
own_estimate = { label = { en = "own estimate" } }
[capacity_unit]
"Mt/yr" = { label = { en = "million tonnes a year" } }
[layer_group]
transport = { label = { en = "transport" } }
[place_kind]
city = { label = { en = "town" } }
helper = { label = { en = "helper point" } }
[event_type]
summit = { label = { en = "summit" } }
[agreement_status]
party = { label = { en = "party" } }
""",
    "licences.toml": '[cc_by]\ntitle = "CC BY"\n',
    "layers.toml": """
[rails]
title = { en = "Railways" }
group = "transport"
order = 1
inclusion = "All."
gaps = "None."
as_of = 2026
licence = "cc_by"
extent = [60, 35, 80, 45]
""",
    "sources.toml": """
[gazette]
publisher = "Gazette"
url = "https://example.org/a"
quality = "press"
[own_estimate]
publisher = "This project"
quality = "own_estimate"
""",
    "countries.toml": """
[UZB]
name = { en = "Uzbekistan" }
capital = "Tashkent"
bbox = [55.9, 37.1, 73.2, 45.6]
roles = [{ from = 2001-06-15, role = "member", source = "gazette" }]
agreements = [{ agreement = "old_line", date = 2001, status = "party", source = "gazette", confidence = "high" }]
sources = ["gazette"]
as_of = 2026
confidence = "high"
[KGZ]
name = { en = "Kyrgyzstan" }
bbox = [69.2, 39.1, 80.3, 43.3]
""",
    "places.csv": """id,name_en,name_bn,name_ru,name_zh,country,lon,lat,kind,accuracy_km,source,confidence,note
andijan,Andijan,,,,UZB,72.35,40.78,city,2,gazette,high,
halfway,Half way,,,,KGZ,73.1,41.02,helper,30,own_estimate,low,"by eye, roughly"
makmal,Makmal,,,,KGZ,74.05,41.2,city,15,own_estimate,low,
pap,Pap,,,,UZB,71.11,40.87,city,3,gazette,high,
""",
    "events.csv": """\
id,date,date_end,type,title_en,title_bn,title_ru,title_zh,place,outcome,source,as_of,confidence,note
summit_2004,2004-06-17,,summit,Summit 2004,,,,andijan,Met,gazette,2004,high,
""",
    "rivers.csv": """id,name_en,name_bn,name_ru,name_zh,countries,length_km,summary,source,as_of,confidence,note
naryn_river,Naryn,,,,KGZ|UZB,807,A river,gazette,2026,low,
""",
    "ids.csv": """entry,scheme,id,source,note
UZB,wikidata,Q265,gazette,
place:andijan,wikidata,Q487461,gazette,found by name
""",
    "names.csv": """entry,names
KGZ,Kirgizia|Киргистан
place:andijan,Andizhan
""",
    "stories.toml": """[one]
title = { en = "One", bn = "এক", ru = "Один", zh = "一" }
text = { en = "The first.", bn = "প্রথম।", ru = "Первый.", zh = "第一。" }
first = true
step = [{ select = { project = ["new_line"], since = 2020 }, extent = [60, 35, 80, 45] }]
[two]
title = { en = "Two", bn = "দুই", ru = "Два", zh = "二" }
text = { en = "The second.", bn = "দ্বিতীয়।", ru = "Второй.", zh = "第二。" }
first = true
step = [{ select = { country = ["sco"], status = ["operating"] }, flow = true }]
[three]
title = { en = "Three", bn = "তিন", ru = "Три", zh = "三" }
text = { en = "The third.", bn = "তৃতীয়।", ru = "Третий.", zh = "第三。" }
first = true
step = [{ select = { kind = ["rail"] }, colour = "gauge" }]
# fourth
""",
    "enclosed_seas.toml": "# none\n",
    "network.toml": """[new_line]
reason = { en = "Not joined yet.", bn = "এখনও যুক্ত নয়।", ru = "Ещё не соединена.", zh = "尚未连接。" }
""",
    "projects/new_line.toml": """layer = "rails"
kind = "rail"
form = "line"
parent = "old_line"
title = { en = "New line" }
phases = [{ from = 1997, status = "planned" }, { from = 2024-12-27, status = "construction" }]
promises = [{ opens = 2030 }]
published_lengths = [{ km = 300, scope = "all", source = "gazette" }]
capacity = 12
capacity_unit = "Mt/yr"
cost_usd_bn = 4.7
sources = ["gazette"]
as_of = "2026-03"
confidence = "high"
uses = ["old_line__pap_andijan"]

[[segment]]
id = "new_line__makmal_andijan"
via = ["makmal", "halfway", "andijan"]
inferred = ["makmal"]
gauge_mm = 1520

[[segment]]
id = "new_line__second_track"
same_route_as = "new_line__makmal_andijan"
string = 2
phases = [{ status = "planned" }]
""",
    "projects/old_line.toml": """layer = "rails"
kind = "rail"
form = "corridor"
title = { en = "Old line" }
phases = [{ status = "operating" }]
capacity = 5
capacity_unit = "Mt/yr"
sources = ["gazette"]
as_of = 2020
confidence = "high"

[[segment]]
id = "old_line__pap_andijan"
via = ["pap", "andijan"]

[[site]]
id = "pap_port"
kind = "port"
place = "pap"
sources = ["own_estimate"]
confidence = "low"
""",
}

Spoil = Callable[..., Path]


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by name into a folder and return it."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small catalog without a fault and return its folder."""
    return written(tmp_path, FILES)


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace a text in a file of the small catalog; the text must appear there once."""

    def spoil(name: str, old: str, new: str) -> Path:
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} appears {text.count(old)} times in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return spoil


@pytest.fixture
def complaints(folder: Path) -> Callable[[], list[str]]:
    """Read the small catalog and return its problems as sentences."""

    def complaints() -> list[str]:
        try:
            read_catalog(folder)
        except CatalogError as error:
            return [str(problem) for problem in error.problems]
        return []

    return complaints
