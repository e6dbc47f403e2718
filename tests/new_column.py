"""Run in a process of its own: put a made-up optional number into the table of columns and say where it is then found.

`python -m tests.new_column FOLDER` writes one JSON object; FOLDER is empty and takes catalog, layers and page data.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.browser import ROOT

NAME = "max_speed_kmh"
ENTRY = f"""    Column(
        name="{NAME}",
        type=Type.NUMBER,
        unit="km/h",
        entries=LINES,
        taken=Taken.SAME_FORM,
        shared=True,
        heading="Top speed",
        word="max_speed",
        meaning="How fast trains may run",
    ),
"""
BEFORE = '    Column(\n        name="capacity",\n'
TABLE = "sco_map.model.columns"


def add_column() -> None:
    """Make the module with the table from its own text and the new entry, before anything else reads it."""
    file = ROOT / "sco_map" / "model" / "columns.py"
    source = file.read_text(encoding="utf-8")
    assert source.count(BEFORE) == 1
    module = ModuleType(TABLE)
    sys.modules[TABLE] = module
    exec(compile(source.replace(BEFORE, ENTRY + BEFORE), str(file), "exec"), module.__dict__)


def found(folder: Path) -> dict[str, Any]:
    """Return what models, schema, check, CSV, GeoJSON, page, contract, docs and command line make of the number."""
    from sco_map.atlas import Selection, load_atlas
    from sco_map.catalog import CatalogError, read_catalog
    from sco_map.catalog.schema import schemas
    from sco_map.cli.describe import describe
    from sco_map.export import render
    from sco_map.layers.columns_page import columns_page
    from sco_map.layers.rows.routes import Routes
    from sco_map.layers.write import layer_bytes
    from sco_map.model.contract import contract_file
    from sco_map.model.contract_types import contract_types
    from sco_map.page import View
    from sco_map.page.payload import carried_by, head_payload, layer_payload
    from sco_map.page.styles import read_styles
    from sco_map.paths import CATALOG
    from tests.layers.tiny import FILES, tiny_land, write_catalog

    def with_speed(project: str) -> str:
        """Return the railway's file with a speed of the whole and one of its western segment."""
        text = FILES["projects/iron_road.toml"].replace('form = "line"', f'form = "line"\n{NAME} = {project}')
        return text.replace("gauge_mm = 1520", f"gauge_mm = 1520\n{NAME} = 120.5")

    def refused(speed: str) -> list[str]:
        """Return what is wrong with a catalog in which the whole has this speed."""
        try:
            read_catalog(write_catalog(folder / "spoilt", projects__iron_road_toml=with_speed(speed)))
        except CatalogError as error:
            return [str(problem) for problem in error.problems]
        return []

    catalog = read_catalog(write_catalog(folder / "catalog", projects__iron_road_toml=with_speed("160")))
    routes = Routes(catalog, tiny_land())
    for id_, layer in catalog.layers.items():
        features = [routes.feature(segment) for segment in catalog.segments.values() if segment.layer == id_]
        (folder / f"{id_}.geojson").write_bytes(layer_bytes(layer, [row for row in features if row], catalog))
    atlas = load_atlas(folder, strict=True, catalog=catalog)
    rails = atlas.rows[atlas.rows["layer"] == "rails"]
    head = head_payload(atlas, rails, read_styles(CATALOG / "styles.toml"), {})
    layer_rows = layer_payload("rails", rails, carried_by(head, atlas))
    entries = schemas(catalog)["project.json"]["$defs"]
    return {
        "schema": {entry: entries[entry]["properties"].get(NAME) for entry in ("Segment", "Site")},
        "refused by the catalog": {speed: refused(speed) for speed in ("160", "-160", '"fast"')},
        "type": str(atlas.rows[NAME].dtype),
        "refused in a file": {repr(speed): file_faults(folder, speed) for speed in (120.5, -120.5, "fast", None)},
        "csv": render(atlas, Selection(), View(), "csv").decode("utf-8-sig"),
        "geojson": json.loads(render(atlas, Selection(), View(), "geojson")),
        "payload": layer_rows["rows"],
        "page": decoded(folder, {"head": head, "layers": [layer_rows]}),
        "project": head["projects"]["iron_road"],
        "contract": json.loads(contract_file()),
        "types": contract_types().decode(),
        "docs": columns_page(catalog),
        "shown": describe(atlas, "iron_road__west"),
    }


def file_faults(folder: Path, speed: Any) -> dict[str, list[str]]:
    """Return what loading and checking say of a layer file in which the first row has this speed."""
    from sco_map.atlas import AtlasError, load_atlas
    from sco_map.catalog import read_catalog
    from sco_map.check.files import CheckError, check_files

    spoilt = folder / "files"
    spoilt.mkdir(exist_ok=True)
    for file in folder.glob("*.geojson"):
        content = json.loads(file.read_bytes())
        if file.stem == "rails":
            content["features"][0]["properties"][NAME] = speed
        (spoilt / file.name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    said: dict[str, list[str]] = {"load": [], "check": []}
    try:
        load_atlas(spoilt, strict=True, catalog=read_catalog(folder / "catalog"))
    except AtlasError as error:
        said["load"] = [str(problem) for problem in error.problems]
    try:
        check_files([spoilt / "rails.geojson"], catalog=folder / "catalog")
    except CheckError as error:
        said["check"] = [str(problem) for problem in error.problems]
    return said


def decoded(folder: Path, sent: dict[str, Any]) -> Any:
    """Return what the modules of the page's script make of rows as the page carries them, with the contract of now."""
    from sco_map.layers.page_script import CONTRACT_FILE, WEB, find_node
    from sco_map.model.contract import contract_file

    shutil.copytree(WEB / "src", folder / "web" / "src")
    (folder / "web" / CONTRACT_FILE).write_bytes(contract_file())
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    command = [str(find_node()), str(ROOT / "tests" / "web" / "decoder.mjs"), str(folder)]
    done = subprocess.run(command, input=json.dumps(sent).encode(), stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    add_column()
    sys.stdout.write(json.dumps(found(Path(sys.argv[1])), ensure_ascii=False))
