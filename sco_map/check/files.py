"""Check the catalog, layer files and a person's own files: every fault of all of them in one error."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sco_map.catalog import CatalogError, read_catalog
from sco_map.check.geojson import UnreadableError, collection_faults, read_json
from sco_map.check.rows import RowCheck, feature_id
from sco_map.errors import ScoMapError
from sco_map.paths import CATALOG, GEODATA


class CheckError(ScoMapError):
    """Report every problem of the files checked at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"the check found {count}:", *self.problems]))


def shown(path: Path) -> str:
    """Return a path the way a person would name it: relative to where the program was started, when it lies there."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def check_file(path: Path, rows: RowCheck, problems: list[str], *, whole: bool = False) -> str:
    """Check one layer file, add what is wrong to `problems`, and return a line that says what was looked at.

    A `whole` layer may not have fewer features than layers.toml counts.
    """
    name = shown(path)
    try:
        value = read_json(path)
    except UnreadableError as error:
        problems.append(f"{name}: {error}")
        return f"{name}: not readable"
    faults = list(collection_faults(value))
    problems += (f"{name}: {fault}" for fault in faults)
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        return f"{name}: no features"
    features = value["features"]
    layer = str(value.get("name", path.stem))
    for number, feature in enumerate(features, start=1):
        id_ = feature_id(feature)
        where = f"{name}, feature {id_!r}" if id_ else f"{name}, feature {number}"
        problems += (f"{where}: {fault}" for fault in rows.feature_faults(feature, layer, id_, name))
    expected = rows.catalog.layers[layer].rows if layer in rows.catalog.layers else None
    if whole and expected is not None and len(features) < expected:
        problems.append(
            f"{name}: {len(features)} features, layers.toml counts {expected}; "
            f"bring back what is missing, or lower `rows` of [{layer}] when it is gone for good"
        )
    without = sum(isinstance(feature, dict) and feature.get("geometry") is None for feature in features)
    remark = f", {without} without a geometry and so without an accuracy" if without else ""
    return f"{name}: {len(features)} features{remark}"


def project_file(path: Path, catalog: Path | None) -> tuple[str, list[str]]:
    """Check a project file that lies anywhere as if it were in the catalog; return what was seen and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "catalog"
        shutil.copytree(catalog or CATALOG, copy)
        shutil.copy(path, copy / "projects" / path.name)
        try:
            read_catalog(copy)
        except CatalogError as error:
            prefix = f"projects/{path.name}"
            mine = [str(problem) for problem in error.problems if problem.file == prefix]
            return f"{shown(path)}: a project", [f"{shown(path)}{problem.removeprefix(prefix)}" for problem in mine]
    return f"{shown(path)}: a project", []


def layer_files(folder: Path) -> list[Path]:
    """Return the GeoJSON files of a folder."""
    return sorted(folder.glob("*.geojson"))


def check_files(paths: Sequence[Path] = (), *, folder: Path = GEODATA, catalog: Path | None = None) -> list[str]:
    """Check the catalog and every layer of `folder`, or only `paths`, and return a line for each thing looked at.

    A path is a layer file, a project file (.toml), a folder of layer files or a folder with a catalog. Raises
    CatalogError when the catalog itself is wrong, CheckError with everything wrong with the files.
    """
    facts = read_catalog(catalog)
    rows = RowCheck(facts)
    problems: list[str] = []
    lines: list[str] = []
    if not paths:
        lines.append(f"{shown(facts.path)}: {len(facts.projects)} projects, {len(facts.places)} places")
        files = layer_files(folder)
        missing = [layer for layer in facts.layers if not (folder / f"{layer}.geojson").is_file()]
        problems += [f"{shown(folder / layer)}.geojson: the file is missing" for layer in missing]
        lines += [check_file(file, rows, problems, whole=True) for file in files]
    for path in paths:
        if not path.exists():
            problems.append(f"{shown(path)}: there is no such file or folder")
        elif path.suffix == ".toml":
            line, faults = project_file(path, catalog)
            lines.append(line)
            problems += faults
        elif (path / "projects").is_dir():
            other = read_catalog(path)
            lines.append(f"{shown(path)}: {len(other.projects)} projects, {len(other.places)} places")
        elif path.is_dir():
            lines += [check_file(file, rows, problems) for file in layer_files(path)]
        else:
            lines.append(check_file(path, rows, problems))
    if problems:
        raise CheckError(problems)
    return lines
