"""One side of a comparison: the rows and facts of a folder, of a release or of a git revision, read as they are.

Nothing is checked against today's rules, since an old state was made under older ones.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import orjson

from sco_map.errors import ScoMapError
from sco_map.files import UnreadableError, read_bytes, shown
from sco_map.paths import CHECKOUT

Json = dict[str, Any]

ENDING = ".geojson"
GEODATA = "geodata"
GROUND = "basemap_"
"""How the names of the files begin that only draw the ground."""

CATALOG = "catalog"
SOURCES, LAYERS = "sources.toml", "layers.toml"
REGISTERS = (SOURCES, LAYERS)
PARTS = ("segment", "site")
"""What a project file has besides facts of the project: its rows, which the layers have too."""


class SideError(ScoMapError):
    """Say in one sentence why something cannot be compared."""


class DamagedError(SideError):
    """Say in one sentence which file of a side does not hold what it should."""


@dataclass
class Side:
    """Rows and projects by id, with the sources that are known, and what the files say of themselves.

    `ground` are the layers that lie under the map, which the files of a release do not have. `files` names the file of
    each layer where there is one for each, as in a folder of layers.
    """

    name: str
    rows: dict[str, Json] = field(default_factory=dict)
    shapes: dict[str, Json | None] = field(default_factory=dict)
    projects: dict[str, Json] = field(default_factory=dict)
    sources: dict[str, Json] = field(default_factory=dict)
    layers: dict[str, Json] = field(default_factory=dict)
    ground: frozenset[str] = frozenset()
    files: dict[str, str] = field(default_factory=dict)
    version: str | None = None

    @property
    def layers_with_rows(self) -> dict[str, int]:
        """How many rows each of its layers has, those with a file of their own also without any."""
        counts = Counter(str(row["layer"]) for row in self.rows.values() if row.get("layer"))
        return dict.fromkeys(self.files, 0) | dict(counts)

    @property
    def as_of(self) -> str | None:
        """The date of its latest facts."""
        return max((str(head["as_of"]) for head in self.layers.values() if head.get("as_of")), default=None)


def read_side(text: str) -> Side:
    """Return what a folder, a GeoJSON file or a git revision holds; raises SideError when it is none of these."""
    path = Path(text)
    try:
        if path.is_dir():
            return side_of_folder(path)
        if path.exists():
            return side_of_file(path)
    except (OSError, UnreadableError) as error:
        raise SideError(f"{shown(path)}: {error}") from error
    return side_of_revision(text)


def side_of_folder(folder: Path) -> Side:
    """Return the layers of a folder, of the `geodata` of a checkout, or the GeoJSON files of a release."""
    if (folder / GEODATA).is_dir():
        folder = folder / GEODATA
    files = {path.name: read_bytes(path) for path in sorted(folder.glob(f"*{ENDING}"))}
    if not files:
        raise SideError(f"{shown(folder)} holds no layer (*{ENDING}); name a folder of layers, or a release")
    catalog = folder / CATALOG
    texts = {path.relative_to(folder).as_posix(): read_bytes(path) for path in catalog.glob("projects/*.toml")}
    texts |= {f"{CATALOG}/{name}": read_bytes(catalog / name) for name in REGISTERS if (catalog / name).exists()}
    return assembled(shown(folder), files, texts)


def side_of_file(path: Path) -> Side:
    """Return the rows of a GeoJSON file."""
    if path.suffix.lower() != ENDING:
        raise SideError(f"{shown(path)} is not compared; of a release take its {ENDING} files, or its whole folder")
    return assembled(shown(path), {path.name: read_bytes(path)}, {})


def side_of_revision(revision: str) -> Side:
    """Return the layers and the catalog as a revision of the repository has them."""
    root = CHECKOUT or Path.cwd()
    neither = f"{revision!r} is neither a folder, nor a file, nor a revision of the repository"
    if git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is None:
        raise SideError(neither)
    packed = git(root, "archive", "--format=tar", f"{revision}^{{commit}}", GEODATA)
    if packed is None:
        raise SideError(f"revision {revision!r} of the repository has no folder {GEODATA}")
    layers, texts = {}, {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            inside = PurePosixPath(member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file is None:
                continue
            name = inside.relative_to(GEODATA).as_posix()
            if inside.suffix == ENDING and inside.parent.name == GEODATA:
                layers[inside.name] = file.read()
            elif inside.name in REGISTERS or name.startswith(f"{CATALOG}/projects/"):
                texts[name] = file.read()
    return assembled(revision, layers, texts)


def git(root: Path, *arguments: str) -> bytes | None:
    """Return what a command of git prints, None where it fails or there is no git."""
    try:
        finished = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    except OSError:
        return None
    return finished.stdout if finished.returncode == 0 else None


def assembled(name: str, layers: Mapping[str, bytes], texts: Mapping[str, bytes]) -> Side:
    """Return the side that layer files and files of the catalog make."""
    side = Side(name)
    for file, content in layers.items():
        if not file.startswith(GROUND):
            add_layer(side, f"{name}: {file}", content)
    for file, content in sorted(texts.items()):
        entries = toml(f"{name}: {file}", content)
        tables = {id_: plain(entry) for id_, entry in entries.items() if isinstance(entry, dict)}
        if file.endswith(SOURCES):
            side.sources |= tables
        elif file.endswith(LAYERS):
            side.ground = frozenset(id_ for id_, layer in tables.items() if layer.get("group") == "ground")
        else:
            facts = {key: plain(value) for key, value in entries.items() if key not in PARTS}
            side.projects[PurePosixPath(file).stem] = facts
    return side


def add_layer(side: Side, name: str, content: bytes) -> None:
    """Add the rows of a GeoJSON file, and what its head says; raises DamagedError for anything else."""
    try:
        collection = orjson.loads(content)
        features: Iterable[Json] = collection["features"]
        rows = {feature["properties"]["id"]: feature for feature in features}
    except (orjson.JSONDecodeError, LookupError, TypeError) as error:
        raise DamagedError(f"{name} is not GeoJSON of this map, with an id in each feature ({error})") from error
    side.rows |= {id_: feature["properties"] for id_, feature in rows.items()}
    file = PurePosixPath(name.rpartition(": ")[2])
    inside = {feature["properties"].get("layer") for feature in rows.values()} or {collection.get("name")}
    if inside == {file.stem}:
        side.files[file.stem] = file.name
    side.shapes |= {id_: feature.get("geometry") for id_, feature in rows.items()}
    for id_, source in (collection.get("sources") or {}).items():
        side.sources.setdefault(id_, source)
    side.version = collection.get("version") or side.version
    side.layers[collection.get("name") or name] = {"as_of": collection.get("as_of")}


def toml(name: str, content: bytes) -> Json:
    """Return the entries of a TOML file; raises DamagedError when it is none."""
    try:
        return tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DamagedError(f"{name} is not TOML ({error})") from error


def plain(value: Any) -> Any:
    """Return a value of TOML as JSON has it: dates and years as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
