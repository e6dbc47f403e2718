"""The small catalog as a reader would see it: every name in four languages, so that no rule complains about it."""

from __future__ import annotations

import re

from tests.catalog.conftest import FILES

NAMES = {
    "planned": ("পরিকল্পিত", "планируется", "规划"),
    "under construction": ("নির্মাণাধীন", "строится", "在建"),
    "operating": ("চালু", "действует", "运营"),
    "railway": ("রেলপথ", "железная дорога", "铁路"),
    "port": ("বন্দর", "порт", "港口"),
    "agreement": ("চুক্তি", "соглашение", "协定"),
    "line": ("লাইন", "линия", "线路"),
    "corridor": ("করিডোর", "коридор", "走廊"),
    "site": ("স্থাপনা", "объект", "地点"),
    "member": ("সদস্য", "член", "成员"),
    "through cited places": ("উদ্ধৃত স্থান হয়ে", "через пункты", "经引用地点"),
    "high": ("উচ্চ", "высокая", "高"),
    "low": ("নিম্ন", "низкая", "低"),
    "press": ("সংবাদমাধ্যম", "пресса", "媒体"),
    "own estimate": ("নিজস্ব অনুমান", "собственная оценка", "自行估算"),
    "million tonnes a year": ("মিলিয়ন টন", "млн т в год", "百万吨"),
    "transport": ("পরিবহন", "транспорт", "运输"),
    "town": ("শহর", "город", "城镇"),
    "helper point": ("সহায়ক বিন্দু", "вспомогательная точка", "辅助点"),
    "summit": ("শীর্ষ সম্মেলন", "саммит", "峰会"),
    "party": ("পক্ষ", "участник", "缔约方"),
    "Railways": ("রেলপথ", "Железные дороги", "铁路"),
    "Uzbekistan": ("উজবেকিস্তান", "Узбекистан", "乌兹别克斯坦"),
    "Kyrgyzstan": ("কিরগিজিস্তান", "Киргизия", "吉尔吉斯斯坦"),
    "New line": ("নতুন লাইন", "Новая линия", "新线"),
    "Old line": ("পুরোনো লাইন", "Старая линия", "旧线"),
    "Andijan": ("আন্দিজান", "Андижан", "安集延"),
    "Makmal": ("মাকমাল", "Макмал", ""),
    "Pap": ("পাপ", "Пап", "帕普"),
    "Summit 2004": ("শীর্ষ সম্মেলন ২০০৪", "Саммит 2004", "2004年峰会"),
    "Naryn": ("নারিন", "Нарын", "纳伦河"),
}

LANGUAGES = ("bn", "ru", "zh")


def finished(text: str) -> str:
    """Return a file of the small catalog with every name in four languages, and the gauge of the line in use."""

    def in_toml(found: re.Match[str]) -> str:
        names = zip(LANGUAGES, NAMES[found[1]], strict=True)
        others = "".join(f', {language} = "{name}"' for language, name in names if name)
        return f'{{ en = "{found[1]}"{others} }}'

    text = re.sub(r'\{ en = "([^"]+)" \}', in_toml, text)
    text = re.sub(
        r",([A-Z][^,\n]*),,,,", lambda found: f",{','.join([found[1], *NAMES.get(found[1], ('',) * 3)])},", text
    )
    return text.replace('via = ["pap", "andijan"]\n', 'via = ["pap", "andijan"]\ngauge_mm = 1520\n')


FINISHED = {name: finished(text) for name, text in FILES.items()}

STYLES = """
[region]
bounds = [16.5, 37.0, 58.5, 123.0]
phone = [20.0, 40.0, 55.0, 88.0]
min_zoom = 2.5
max_zoom = 10
[years]
first = 1996
last = 2032
[light]
paper = "#FFFFFF"
paper2 = "#FEFEFE"
ink = "#111111"
ink2 = "#222222"
ink3 = "#333333"
accent = "#7A0000"
focus = "#00007A"
water = "#D3E0E5"
land_member = "#FBF2DA"
land_partner = "#F2EEE2"
land_other = "#E3E4E4"
casing = "#FFFDF6"
label = "#3A352C"
label2 = "#444444"
label_water = "#204050"
[dark]
paper = "#000000"
paper2 = "#010101"
ink = "#EEEEEE"
ink2 = "#DDDDDD"
ink3 = "#CCCCCC"
accent = "#FFAAAA"
focus = "#AAAAFF"
water = "#0D1318"
land_member = "#101112"
land_partner = "#111213"
land_other = "#121314"
casing = "#15181B"
label = "#DAD6CC"
label2 = "#BBBBBB"
label_water = "#9FC0D5"
[layer.rails]
rank = 1
light = { line = "#33383E", text = "#33383E" }
dark = { line = "#D9DEE3", text = "#D9DEE3" }
width = 1.4
[layer.other]
rank = 0
like = "rails"
[status.planned]
[status.construction]
[status.operating]
[kind.rail]
ornament = "ticks"
[gauge]
light = { 1520 = "#B4232A", other = "#7B7D7F" }
dark = { 1520 = "#FF7A6B", other = "#8F9599" }
[flow]
kinds = ["rail"]
least = 0.7
times = 0.62
every = 84
[party]
party = "full"
[zoom_factor]
steps = [[4.6, 0.78]]
phone = 0.66
[[capacity_width]]
unit = "Mt/yr"
steps = [[8.0, 1.1]]
[[row_width]]
px = 3.0
rows = ["old_line__pap_andijan"]
[symbol.port]
shape = "square"
from_zoom = 3.9
name_zoom = 4.8
token = "ink"
rank = 1
[project.new_line]
name = { en = "New", bn = "নতুন", ru = "Новая", zh = "新线" }
[event.summit]
shape = "dot"
rank = 1
[event_name]
summit_2004 = { en = "2004", bn = "২০০৪", ru = "2004", zh = "2004" }
"""

UNITS = """
[km]
english = ["km"]
bn = ["কিমি"]
ru = ["км"]
zh = ["公里"]
"""

BASEMAP = {
    "prose/units.toml": UNITS,
    "basemap/units.toml": """
window = [0, 0, 90, 60]
core = [0, 0, 90, 60]
drop = []
[detail]
lon = [[-180, 1.0]]
lat = [[-90, 1.0]]
[worldviews]
in = "IN"
[merge]
[iso]
[classes]
""",
    "basemap/disputed_areas.toml": """
[left_out]
second_claim = "Superseded"
[area.valley]
title = { en = "Valley", bn = "উপত্যকা", ru = "Долина", zh = "谷地" }
unit = "UZB"
cut = ["first_claim"]
inside = [[71.5, 40.5]]
administered_by = ["UZB"]
claimed_by = ["KGZ", "UZB"]
counts_to = { default = "UZB", in = "KGZ" }
confidence = "high"
sources = ["gazette"]
note = "A note."
""",
    "basemap/lakes.toml": """
scale_rank = 5
smallest = 0.025
tolerance = 0.02
[left_out]
[enclosed.inland_sea]
name = { en = "Sea", bn = "সাগর", ru = "Море", zh = "海" }
inside = [51.0, 42.0]
""",
    "basemap/river_courses.toml": """
[naryn_river]
through = [[77.6, 41.8], [71.78, 40.93]]
[volga]
name = { en = "Volga", bn = "ভোলগা", ru = "Волга", zh = "伏尔加河" }
through = [[33.0, 57.1], [48.0, 46.3]]
""",
    "basemap/cities.csv": """\
geonames_id,name_en,name_bn,name_ru,name_zh,country,lon,lat,population,rank,capital
1,Tashkent,তাশখন্দ,Ташкент,塔什干,UZB,69.2,41.3,2000000,1,yes
2,Osh,ওশ,Ош,,KGZ,72.8,40.5,200000,6,
""",
    "basemap/label_points.toml": "[units]\n[ranks]\n",
    "basemap/relief.toml": """
bounds = [0, 0, 90, 60]
width = 10
radius = 1
strength = 1
darkest = 1
levels = 1
faintest = 1
fade = 1
""",
    "basemap/unit_names.toml": "# No unit has a name of its own.\n",
    "basemap/lakes.csv": """\
name,name_en,name_bn,name_ru,name_zh,label
Issyk-Kul,Issyk-Kul,ইসিক-কুল,Иссык-Куль,伊塞克湖,yes
""",
    "basemap/seas.csv": """\
id,kind,name_en,name_bn,name_ru,name_zh,lon,lat,rank,lines
black_sea,sea,Black Sea,কৃষ্ণ সাগর,Чёрное море,黑海,35.2,43.3,1,1
""",
    "claim_lines.geojson": """{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "first_claim", "properties": {"id": "first_claim", "name": "First", "unit": "KAZ"},
"geometry": {"type": "LineString", "coordinates": [[70, 45], [71, 45]]}},
{"type": "Feature", "id": "second_claim", "properties": {"id": "second_claim", "name": "Second", "unit": "KAZ"},
"geometry": {"type": "MultiLineString", "coordinates": [[[70, 46], [71, 46]]]}}]}
""",
}
