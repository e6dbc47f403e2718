"""What is given mutants: readers, cells, archives, layers, the catalog, selections, addresses, routes."""

from __future__ import annotations

import io
import json
import random
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import shapely

from sco_map.app.asked import asked_of
from sco_map.atlas import Atlas, Selection, load_atlas, select
from sco_map.catalog import toml_tables
from sco_map.catalog.models import Project
from sco_map.check.reading import read_layer
from sco_map.check.rows import row_problems
from sco_map.own import archives
from sco_map.own.cells import cleaned, number_in, year_in
from sco_map.own.contents import in_degrees, placed, read_table
from sco_map.own.formats import CSV, GEOJSON, HEAD_BYTES, SHAPEFILE, format_of
from sco_map.own.guess import guessed
from sco_map.own.limits import LIMITS
from sco_map.own.overpass import is_overpass
from sco_map.own.shapes import lengths_km, repaired, ways_of
from sco_map.own.values import capacity_of, countries_for, countries_in, millimetres, words_for
from sco_map.paths import CATALOG, GEODATA
from sco_map.routing import RoutingError, compare, cut, line_of, route
from tests.fuzz.mutants import mutant, mutated

SMALL = replace(LIMITS, features=2_000, vertices=100_000)
Attempt = Callable[[random.Random], None]


@dataclass(frozen=True)
class Target:
    """Something that is given mutants: its name, its share of them, and one attempt.

    An attempt keeps its last mutant in `last`, so that a crash can be looked at.
    """

    name: str
    share: float
    attempt: Attempt


last: dict[str, object] = {}
"""The mutant that was tried last."""


@cache
def atlas() -> Atlas:
    """Return the shipped map."""
    return load_atlas(GEODATA, strict=True)


def kept(value: Any) -> Any:
    """Return a mutant, and remember it."""
    last["mutant"] = value
    return value


CSVS = (
    b'name,status,lon,lat\nA,operating,60.5,41\nB,"planned, perhaps",61,42\n',
    b'Name;WKT;Capacity\n"Line";"LINESTRING (60 41, 61 42, 62 41)";"12,5 bcm/y"\n',
    b"Country\tLocation\tNameWoDiacritics\tCoordinates\nUZ\tTAS\tTashkent\t4118N 06916E\n",
)
OVERPASS = json.dumps(
    {
        "generator": "Overpass",
        "osm3s": {},
        "elements": [
            {"type": "node", "id": 1, "lon": 60, "lat": 41},
            {"type": "node", "id": 2, "lon": 61, "lat": 41.5, "tags": {"name": "x"}},
            {"type": "way", "id": 3, "nodes": [1, 2], "tags": {"railway": "rail"}},
            {"type": "relation", "id": 4, "members": [{"type": "way", "ref": 3}], "tags": {"route": "train"}},
        ],
    }
).encode()


def tables(chance: random.Random) -> None:
    """Read a mutant of a table or of what Overpass answers, down to repaired shapes and guessed columns."""
    raw = kept(mutant(chance.choice((*CSVS, OVERPASS)), chance, (*CSVS, OVERPASS)))
    name = "a.json" if raw.lstrip()[:1] in (b"{", b"[") else "a.csv"
    kind = format_of(name, raw[:HEAD_BYTES])
    if kind not in (CSV, GEOJSON) or (kind == GEOJSON and not is_overpass(raw[:HEAD_BYTES])):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input")
        path.write_bytes(raw)
        table = read_table(path, kind, name, raw[:HEAD_BYTES], None, SMALL, {})
    assert table.shapes is not None
    if shapely.is_missing(table.shapes).all():
        return
    shapes, _ = repaired(placed(in_degrees(table.shapes, table, name, None), table, name))
    assert not np.isinf(lengths_km(shapes)).any()
    ways_of(shapes)
    guessed(table.columns)


CELLS = (
    "12,5 bcm/y",
    "1,234.5",
    "Uzbekistan; Kazakhstan/Russia",
    "Operating",
    "05/2014",
    "48 in",
    "−3°",
    "~10%",
    "null",
)


def cells(chance: random.Random) -> None:
    """Understand a mutant of a cell as number, year, capacity, states, status and diameter."""
    text = kept(mutated(chance.choice(CELLS), chance, CELLS))
    clean = cleaned(text, 50)
    assert len(clean) <= 50
    assert clean.isprintable() or not text.isprintable()
    number_in(text)
    year_in(text)
    capacity_of(text, text, text)
    millimetres(text, text, 100, 2000)
    countries_in(text, names(), Counter())
    statuses()(text)


@cache
def names() -> dict[str, str]:
    """Return the names of states."""
    return countries_for(atlas().catalog)


@cache
def statuses() -> Any:
    """Return what says statuses."""
    return words_for(atlas().catalog, "status", {})


@cache
def archive() -> bytes:
    """Return a small archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("a.shp", "a.shx", "a.dbf", "a.prj", "doc.kml"):
            packed.writestr(name, name.encode() * 40)
    return content.getvalue()


def zips(chance: random.Random) -> None:
    """Unpack a mutant of an archive; nothing is written beside its folder."""
    raw = kept(mutant(archive(), chance))
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder, "inside")
        inside.mkdir()
        path = Path(folder, "input")
        path.write_bytes(raw)
        try:
            archives.unpacked(path, SHAPEFILE, "a.zip", inside, SMALL)
        finally:
            assert sorted(one.name for one in Path(folder).iterdir()) == ["input", "inside"]


def layers(chance: random.Random) -> None:
    """Check a mutant of a layer file: every fault is a sentence."""
    raw = kept(mutant(small_layer(), chance))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cku_railway.geojson")
        path.write_bytes(raw)
        layer, _ = read_layer(path, path.name)
        for problem in (*layer.problems, *row_problems([layer], atlas().catalog)):
            assert str(problem)


@cache
def small_layer() -> bytes:
    """Return the smallest layer of lines."""
    return (GEODATA / "cku_railway.geojson").read_bytes()


def facts(chance: random.Random) -> None:
    """Read a mutant of a project of the catalog: what is wrong is a ValueError of the model, worded by the reader."""
    import tomllib

    from pydantic import ValidationError

    text = kept(mutated(project(), chance))
    try:
        entry = toml_tables(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    try:
        Project.model_validate({"id": "cku_railway", **entry})
    except (ValidationError, TypeError) as error:
        assert str(error)


@cache
def project() -> str:
    """Return a project file."""
    return (CATALOG / "projects" / "cku_railway.toml").read_text(encoding="utf-8")


QUERIES = (
    "country=UZB,KAZ&status=-idle&year=2024&capacity=20-50bcm/yr&q=silk road",
    "layer=gas_pipelines&since=2020&late=1&length=100-&diameter=-1020&opened=2000-2010&lang=ru&theme=dark",
    "from=kashgar&to=poti&via=tashkent&story=gas_to_china&show=tapi&worldview=in&style=accuracy,gauge&view=4/40/60",
)


def selections(chance: random.Random) -> None:
    """Read a mutant of a selection, write it and read it again, and select by it."""
    text = kept(mutated(chance.choice(QUERIES), chance, QUERIES))
    selection = Selection.from_query(text)
    assert Selection.from_query(selection.to_query()) == selection
    selection.complaints(atlas())
    if chance.random() < 0.05:
        select(atlas(), selection.without_unknown(atlas()))


def addresses(chance: random.Random) -> None:
    """Read a mutant of an address of the app: whatever it says, it means something."""
    text = kept(mutated(chance.choice(QUERIES), chance, QUERIES))
    asked = asked_of(text, atlas())
    assert asked == asked_of(f"?{text}" if not text.startswith(("?", "#")) else text, atlas())
    assert urlsplit(f"http://127.0.0.1/?{asked.selection.to_query()}").query is not None


PLACES = ("kashgar", "poti", "tashkent", "Almaty", "Алматы", "aktau_port", "喀什", "moscow", "nowhere")


def routes(chance: random.Random) -> None:
    """Ask the network for mutants of places, lines and years."""
    named = [chance.choice(PLACES) for _ in range(3)]
    start, end, other = (mutated(name, chance) if chance.random() < 0.4 else name for name in named)
    year = chance.choice((None, 2026, 2031, 1890, -5, 10**6))
    kept((start, end, other, year))
    question = chance.randrange(4)
    try:
        if question == 0:
            cut(atlas(), other, ends=(start, end), year=year)
        elif question == 1:
            line_of(atlas(), chance.choice(("middle_corridor", "cku_railway", other)), year=year)
        else:
            found = route(atlas(), start, end, via=(other,) if question == 2 else (), year=year, alternatives=1)
            compare(found, found)
    except RoutingError as error:
        assert str(error)


TARGETS: Sequence[Target] = (
    Target("selections", 0.3, selections),
    Target("addresses", 0.22, addresses),
    Target("cells", 0.25, cells),
    Target("tables", 0.1, tables),
    Target("archives", 0.07, zips),
    Target("facts", 0.03, facts),
    Target("layers", 0.02, layers),
    Target("routes", 0.01, routes),
)


def files_for_gdal(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield for each format that GDAL reads its name and a small file."""
    from tests.own import files

    yield "geojson", files.geojson(folder / "a.geojson").read_bytes()
    yield "gpkg", files.gpkg(folder / "a.gpkg").read_bytes()
    yield "kml", files.kml("<Folder><name>x</name></Folder>").encode()
    files.frame().to_file(folder / "a.fgb", driver="FlatGeobuf")
    yield "fgb", (folder / "a.fgb").read_bytes()
    yield "shp.zip", files.shapefile(folder / "a.shp.zip", folder).read_bytes()
    yield "parquet", files.parquet(folder / "a.parquet").read_bytes()
    yield "xlsx", files.workbook(folder / "a.xlsx", [["name", "lon", "lat"], ["A", 60, 41]]).read_bytes()
