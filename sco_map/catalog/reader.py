"""Read the catalog from its text files into models; what is wrong is collected and raised as one error."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.checks import check
from sco_map.catalog.models import (
    ADDED_BY_READER,
    Country,
    Entry,
    Event,
    Layer,
    Licence,
    Place,
    Project,
    River,
    Segment,
    Site,
    Source,
    Story,
    Word,
    with_inherited,
)
from sco_map.catalog.problems import CatalogError, Problem
from sco_map.catalog.wording import describe
from sco_map.model.suggestions import unknown
from sco_map.paths import CATALOG

Model = TypeVar("Model", bound=Entry)


@dataclass
class Reading:
    """The problems met so far, and the ids seen in entries that could not be read."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    unread_files: set[str] = field(default_factory=set)

    def report(self, file: str, entry: str, text: str) -> None:
        """Remember one problem."""
        self.problems.append(Problem(file, entry, text))

    def text(self, file: str) -> str | None:
        """Return the text of a file of the catalog, or None after reporting why there is none."""
        try:
            return (self.folder / file).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.unread_files.add(file)
            self.report(file, "", "the file is missing")
        except UnicodeDecodeError as error:
            self.unread_files.add(file)
            self.report(file, "", f"is not UTF-8 text (byte {error.start})")
        except OSError as error:
            self.unread_files.add(file)
            self.report(file, "", f"cannot be read: {error.strerror}")
        return None

    def toml(self, file: str) -> dict[str, Any] | None:
        """Return the tables of a TOML file, or None after reporting the line of the fault."""
        text = self.text(file)
        if text is None:
            return None
        try:
            return tomllib.loads(text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            self.unread_files.add(file)
            self.report(file, "", f"is not valid TOML: {error}")
            return None

    def rows(self, file: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield line number and filled cells of each line of a CSV file that has these columns in any order."""
        text = self.text(file)
        if text is None:
            return
        lines = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        try:
            if not self.header(file, lines.fieldnames or (), columns):
                return
            for row in lines:
                if None in row or None in row.values():
                    said = "has more or fewer cells than the header; put quotes around a cell with a comma"
                    self.report(file, f"line {lines.line_num}", said)
                else:
                    yield lines.line_num, {key: cell for key, cell in row.items() if cell}
        except csv.Error as error:
            self.unread_files.add(file)
            self.report(file, f"line {lines.line_num}", f"is not valid CSV: {error}")

    def header(self, file: str, found: Sequence[str], columns: Sequence[str]) -> bool:
        """Say whether the first line of a CSV file names the columns, after reporting what is wrong with it."""
        faults = [unknown("column", name, columns) for name in found if name not in columns]
        faults += [f"the column {name!r} is missing" for name in columns if name not in found]
        for fault in faults:
            self.report(file, "line 1", fault)
        if faults:
            self.unread_files.add(file)
        return not faults

    def model(self, kind: type[Model], data: Mapping[str, Any], file: str, entry: str) -> Model | None:
        """Return the entry as a model, or None after reporting each of its faults."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for place, text in describe(error, kind, data):
                self.report(file, ", ".join(filter(None, [entry, place])), text)
            self.unreadable.add(str(data.get("id", "")))
            return None

    def table(self, file: str, kind: type[Model]) -> dict[str, Model]:
        """Return the entries of a TOML file whose tables are keyed by id."""
        return self.entries(file, self.toml(file) or {}, kind)

    def entries(self, file: str, tables: Mapping[str, Any], kind: type[Model], prefix: str = "") -> dict[str, Model]:
        """Return each table of `tables` as a model whose id is the key of the table."""
        found: dict[str, Model] = {}
        for key, values in tables.items():
            entry = f"[{prefix}{key}]"
            if not isinstance(values, dict):
                self.report(file, entry, "is not a table; write its keys under a heading of its own")
                self.unreadable.add(key)
                continue
            if "id" in values:
                self.report(file, entry, f"the heading is the id; leave id = {values['id']!r} out")
            if (model := self.model(kind, {**values, "id": key}, file, entry)) is not None:
                found[key] = model
        return found

    def csv(self, file: str, kind: type[Model]) -> dict[str, Model]:
        """Return the lines of a CSV file as models keyed by their id."""
        found: dict[str, Model] = {}
        first_line: dict[str, int] = {}
        for line, row in self.rows(file, tuple(kind.model_fields)):
            id_ = row.get("id", "")
            entry = f"line {line} {id_!r}" if id_ else f"line {line}"
            if id_ in first_line:
                self.report(file, entry, f"duplicate id, already on line {first_line[id_]}")
                continue
            first_line[id_] = line
            cells: Mapping[str, Any] = row
            if "countries" in row:
                cells = {**row, "countries": row["countries"].split("|")}
            if (model := self.model(kind, cells, file, entry)) is not None:
                found[id_] = model
        return found


def project_files(folder: Path) -> list[str]:
    """Return the project files of a catalog, relative to it, sorted by name."""
    return sorted(f"projects/{file.name}" for file in (folder / "projects").glob("*.toml"))


def read_project(reading: Reading, file: str) -> Project | None:
    """Return one project file as a model, its rows completed from the project."""
    id_ = Path(file).stem
    data = reading.toml(file)
    if data is None:
        reading.unreadable.add(id_)
        return None
    if data.pop("id", id_) != id_:
        reading.report(file, "", "id is not the name of the file; rename the file or leave the key out")
    data["id"] = id_
    for key, kind, form in (("segment", Segment, "line"), ("site", Site, "site")):
        rows = data.pop(key, [])
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            data[key] = list(read_rows(reading, file, key, kind, data, rows, form))
        else:
            reading.report(file, "", f"{key} is not a list of tables; begin each with [[{key}]]")
    project = reading.model(Project, data, file, "")
    if project is None:
        reading.unreadable.update(row.id for key in ("segment", "site") for row in data.get(key, ()))
    return project


def read_rows(
    reading: Reading,
    file: str,
    key: str,
    kind: type[Segment] | type[Site],
    project: dict[str, Any],
    rows: list[dict[str, Any]],
    form: str,
) -> Iterator[Segment | Site]:
    """Yield the rows of a project that could be read; the others are reported."""
    for number, row in enumerate(rows, start=1):
        entry = f"{key} {row['id']!r}" if isinstance(row.get("id"), str) else f"{key} {number}"
        for own in sorted(ADDED_BY_READER & row.keys()):
            reading.report(file, entry, f"unknown key {own!r}; a row belongs to the project of its file")
        complete = with_inherited(project, row, form=form, alone=len(rows) == 1)
        model: Segment | Site | None = reading.model(kind, complete, file, entry)
        if model is not None:
            yield model


def read_vocabulary(reading: Reading) -> dict[str, dict[str, Word]]:
    """Return the words of vocabulary.toml, list by list."""
    file = "vocabulary.toml"
    lists = reading.toml(file) or {}
    return {
        name: reading.entries(file, words if isinstance(words, dict) else {}, Word, f"{name}.")
        for name, words in lists.items()
    }


def read_catalog(path: Path | None = None) -> Catalog:
    """Return the whole catalog of the folder `path`, the shipped one by default.

    Raises CatalogError with every problem of every file: syntax, unknown keys, wrong types, unknown ids,
    dates out of order and places that cannot lie where they are said to lie.
    """
    folder = CATALOG if path is None else Path(path)
    reading = Reading(folder)
    if not folder.is_dir():
        raise CatalogError([Problem(str(folder), "", "there is no such folder")], str(folder))
    projects = {model.id: model for file in project_files(folder) if (model := read_project(reading, file)) is not None}
    catalog = Catalog(
        path=folder,
        projects=projects,
        places=reading.csv("places.csv", Place),
        sources=reading.table("sources.toml", Source),
        licences=reading.table("licences.toml", Licence),
        countries=reading.table("countries.toml", Country),
        layers=reading.table("layers.toml", Layer),
        vocabulary=read_vocabulary(reading),
        events=reading.csv("events.csv", Event),
        rivers=reading.csv("rivers.csv", River),
        stories=reading.table("stories.toml", Story) if (folder / "stories.toml").exists() else {},
    )
    problems = [*reading.problems, *check(catalog, reading.unreadable, reading.unread_files)]
    if problems:
        raise CatalogError(problems, shown(folder))
    return catalog


def read_projects(path: Path | None = None) -> dict[str, Project]:
    """Return the projects alone, unchecked against the other files of the catalog: cheap."""
    folder = CATALOG if path is None else Path(path)
    reading = Reading(folder)
    projects = {model.id: model for file in project_files(folder) if (model := read_project(reading, file)) is not None}
    if reading.problems:
        raise CatalogError(reading.problems, shown(folder))
    return projects


def shown(folder: Path) -> str:
    """Return the folder as a person would name it: relative to the working folder when it lies there."""
    try:
        return folder.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return folder.as_posix()
