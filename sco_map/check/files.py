"""Check the catalog, layer files and a person's own files: every fault of all of them in one error."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sco_map.catalog import Catalog, CatalogError, Problem, examine, read_catalog
from sco_map.catalog.contents import CLAIM_LINES, CSV_FILES, TABLES, VOCABULARY, WHOLE
from sco_map.check.completeness import missing_rows, stray_rows
from sco_map.check.ground import RELIEF_FRAME, RELIEF_IMAGE, relief_problems
from sco_map.check.interface import interface_faults
from sco_map.check.reading import LayerFile, collector_paused, read_layer
from sco_map.check.rows import row_problems
from sco_map.errors import ScoMapError
from sco_map.files import KINDS, UnreadableError, kind_of, shown
from sco_map.paths import CATALOG, GEODATA, LOCALE

BASEMAP = "basemap"
PROJECTS = "projects"
CATALOG_FILES = (*TABLES, *WHOLE, *CSV_FILES, VOCABULARY, CLAIM_LINES)


SUFFIXES = (".geojson", ".toml", ".csv")
"""A folder with such a name is where a file should be."""


ANSWER = "answer"
"""The member of a file that says which question it answers: such a file is no layer (docs/routing.md)."""


class CheckError(ScoMapError):
    """Report every problem of the files checked at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(map(str, problems))
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        super().__init__("\n  ".join([f"the check found {count}:", *self.problems]))


def check_files(
    paths: Sequence[Path] = (), *, folder: Path = GEODATA, catalog: Path | Catalog | None = None
) -> list[str]:
    """Check the catalog and every layer of `folder`, or only `paths`, and return a line for each thing looked at.

    `catalog` is its folder, the shipped one by default, or the catalog as it was read. A path is a layer file, a
    project file, another file of the catalog, a folder of layer files, a folder with a catalog or with both. Raises
    CatalogError when only the catalog itself is wrong, CheckError with all that is wrong.
    """
    check = Check(catalog.path if isinstance(catalog, Catalog) else catalog or CATALOG)
    if isinstance(catalog, Catalog):
        check.facts = catalog
    with collector_paused():
        if paths:
            for path in paths:
                check.path(path)
        else:
            check.everything(folder)
            check.interface(LOCALE)
    if check.broken is not None and not check.problems:
        raise check.broken
    if check.problems:
        raise CheckError([*(check.broken_catalog()), *check.problems])
    return check.lines


@dataclass
class Check:
    """One run of the check: the facts to check against, what was looked at, and what is wrong with it."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: CatalogError | None = None

    @cached_property
    def facts(self) -> Catalog | None:
        """The catalog, None when it is wrong; then that is reported once."""
        try:
            return read_catalog(self.folder)
        except CatalogError as error:
            self.broken = error
            return None

    def broken_catalog(self) -> Iterator[Problem]:
        """Yield what is wrong with the catalog, with the path of each file."""
        if self.broken is not None:
            yield from prefixed(self.broken.problems, self.folder)

    def everything(self, folder: Path, catalog: Path | None = None) -> None:
        """Check a folder that holds all layers, with its catalog."""
        self.folder = catalog or self.folder
        read, problems = examine(self.folder, whole=True)
        if problems:
            self.broken = CatalogError(problems, shown(self.folder))
        self.lines.append(f"{shown(self.folder)}: {len(read.projects)} projects, {len(read.places)} places")
        missing = [layer for layer in read.layers if kind_of(folder / f"{layer}.geojson") is None]
        self.problems += (Problem(shown(folder / f"{layer}.geojson"), "", "the file is missing") for layer in missing)
        is_usable = all(problem.is_rule for problem in problems)
        self.layer_files(layer_files(folder), whole=True, facts=read if is_usable else None)
        self.relief(folder)

    def path(self, path: Path) -> None:
        """Check one file or folder."""
        try:
            kind = kind_of(path)
        except UnreadableError as error:
            self.report(path, str(error))
            return
        if kind is None:
            self.report(path, "there is no such file or folder")
        elif kind == stat.S_IFDIR:
            self.in_folder(path)
        elif kind != stat.S_IFREG:
            self.report(path, KINDS.get(kind, "is not a regular file"))
        elif path.name in (RELIEF_IMAGE, RELIEF_FRAME):
            self.relief(path.parent)
        elif (name := name_in_catalog(path)) is not None:
            self.catalog_file(path, name)
        elif path.suffix == ".csv":
            known = ", ".join(CSV_FILES)
            self.report(path, f"is not a file of the catalog; those are called {known}")
        else:
            self.layer_files([path])

    def report(self, path: Path, text: str) -> None:
        """Remember a problem with a whole file."""
        self.problems.append(Problem(shown(path), "", text))

    def in_folder(self, path: Path) -> None:
        """Check a folder of layer files, a catalog, or both."""
        files = layer_files(path)
        if (path / PROJECTS).is_dir():
            read, problems = examine(path, whole=True)
            if problems and len(self.lines) + len(self.problems) == 0:
                self.folder, self.broken = path, CatalogError(problems, shown(path))
            else:
                self.problems += prefixed(problems, path)
            self.lines.append(f"{shown(path)}: {len(read.projects)} projects, {len(read.places)} places")
        elif (path / CATALOG.name / PROJECTS).is_dir():
            self.everything(path, path / CATALOG.name)
        elif files:
            self.layer_files(files)
            self.relief(path)
        elif path.suffix in SUFFIXES:
            self.report(path, KINDS[stat.S_IFDIR])
        else:
            self.report(path, "holds neither layer files (.geojson) nor a catalog (a folder projects)")

    def layer_files(self, files: Sequence[Path], *, whole: bool = False, facts: Catalog | None = None) -> None:
        """Check layer files; the `whole` of them holds whatever the catalog describes."""
        found = [read_layer(file, shown(file))[0] for file in files]
        read = [layer for layer in found if ANSWER not in layer.members]
        self.lines += (
            f"{layer.name}: the answer to a question, with {len(layer.features)} legs, not a layer of the map; "
            "its rows are checked where they come from"
            for layer in found
            if ANSWER in layer.members
        )
        self.problems += (problem for layer in read for problem in layer.problems)
        facts = facts or (None if whole else self.facts)
        if facts is not None:
            self.problems += row_problems(read, facts)
            if whole:
                self.problems += prefixed(missing_rows(read, facts), self.folder)
                self.problems += stray_rows(read, facts)
        self.lines += map(summary, read)

    def interface(self, folder: Path) -> None:
        """Check the words of the interface, where the package has them as files."""
        if folder.is_dir():
            self.problems += prefixed(interface_faults(folder), folder)

    def relief(self, folder: Path) -> None:
        """Check the picture of the relief and its frame."""
        where = "" if folder == Path() else f"{shown(folder)}/"
        self.problems += relief_problems(folder, where)
        if any((folder / name).exists() for name in (RELIEF_IMAGE, RELIEF_FRAME)):
            self.lines.append(f"{where}{RELIEF_IMAGE} and {RELIEF_FRAME}: the relief")

    def catalog_file(self, path: Path, name: str) -> None:
        """Check a file that lies anywhere as if it were in the catalog: it, and what others lack because of it."""
        _, problems = examine(self.folder, {name: path}, whole=True)
        mine = [problem for problem in problems if problem.file == name]
        self.problems += (replace(problem, file=shown(path)) for problem in mine)
        others = [problem for problem in problems if problem.file != name]
        if others:
            known = set(examine(self.folder, whole=True)[1])
            self.problems += prefixed([problem for problem in others if problem not in known], self.folder)
        what = "a project" if name.startswith(f"{PROJECTS}/") else f"{name} of the catalog"
        self.lines.append(f"{shown(path)}: {what}")


def prefixed(problems: Iterable[Problem], folder: Path) -> Iterator[Problem]:
    """Yield problems of a catalog with the path of each file instead of its name in the catalog."""
    for problem in problems:
        yield replace(problem, file=shown(folder / problem.file))


def name_in_catalog(path: Path) -> str | None:
    """Return the name in the catalog of a file that could belong there, None for one that cannot.

    A .toml file that is not called like one of the catalog's is a project.
    """
    inside = path.absolute().parent.name
    if inside != PROJECTS:
        for name in CATALOG_FILES:
            if Path(name).name == path.name and (inside == BASEMAP or Path(name).parent == Path()):
                return name
    return f"{PROJECTS}/{path.name}" if path.suffix == ".toml" else None


def layer_files(folder: Path) -> list[Path]:
    """Return the GeoJSON files of a folder."""
    return sorted(folder.glob("*.geojson"))


def summary(layer: LayerFile) -> str:
    """Return a line that says what was looked at."""
    if not layer.is_read:
        return f"{layer.name}: not readable"
    without = sum(feature.get("geometry") is None for feature in layer.features)
    remark = f", {without} without a geometry and so without an accuracy" if without else ""
    return f"{layer.name}: {len(layer.properties)} features{remark}"
