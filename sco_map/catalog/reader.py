"""Read the catalog from its text files into models; what is wrong is collected and raised as one error."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.contents import CLAIM_LINES, CSV_FILES, IDS, NAMES, TABLES, UNITS, VOCABULARY, WHOLE
from sco_map.catalog.ground import ClaimLine
from sco_map.catalog.looks import Looks, borrowed
from sco_map.catalog.models import (
    ADDED_BY_READER,
    Country,
    EnclosedSea,
    Entry,
    Event,
    Island,
    Layer,
    Licence,
    OtherNames,
    OutsideId,
    Place,
    Project,
    River,
    Segment,
    Site,
    Source,
    Word,
    with_inherited,
)
from sco_map.catalog.problems import CatalogError, Problem
from sco_map.catalog.stories import FOLDER as STORIES
from sco_map.catalog.stories import TABLE as QUESTIONS
from sco_map.catalog.stories import Story
from sco_map.catalog.wording import describe
from sco_map.files import UnreadableError, decoded, kind_of, read_text, shown
from sco_map.model.suggestions import unknown
from sco_map.model.texts import quoted
from sco_map.paths import CATALOG

Model = TypeVar("Model", bound=Entry)

numbers = itertools.count(1)

PROJECTS = "projects"
SEVERAL = ("countries", "names")
"""Columns of CSV files whose cells hold several values with | between them."""

ENCLOSED = "enclosed_seas.toml"
CORE = frozenset({"sources.toml", "licences.toml", "countries.toml", "layers.toml", QUESTIONS, "network.toml"})
CORE |= {ENCLOSED, IDS, NAMES, "places.csv", "events.csv", "rivers.csv"}
BESIDE = tuple(file for file in (*WHOLE, *TABLES, *CSV_FILES) if file not in CORE)
"""The files of the catalog that only the page and the build read."""

LONG_NUMBER = re.compile(r"[0-9_]{400,}")
SALVAGING_ROUNDS = 4

STAND_IN, STAND_IN_CODE = "not_readable", "QQQ"
STAND_INS = (STAND_IN, STAND_IN_CODE)
"""Ids that take the place of those that cannot be read; no check complains that they do not exist."""

STAND_IN_FOR: Mapping[str, Any] = {
    **dict.fromkeys("layer kind form confidence status quality group role type place source licence".split(), STAND_IN),
    **dict.fromkeys("publisher inclusion gaps outcome summary name_en title_en".split(), "Not readable"),
    **{key: {"en": "Not readable"} for key in ("title", "name", "label", "text")},
    "country": STAND_IN_CODE,
    "countries": [STAND_IN_CODE],
    "as_of": "2000",
    "date": "2000",
    "order": 0,
    "sources": [STAND_IN],
    "phases": [{"status": STAND_IN}],
}
"""What an entry gets that lacks something it needs, so that the rest of it can be checked."""


@dataclass
class Reading:
    """The problems met so far, and the ids seen in entries that could not be read.

    `replaced` are files that are read instead of those of the folder, by the name of these.
    """

    folder: Path
    replaced: Mapping[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=lambda: set(STAND_INS))
    unread_files: set[str] = field(default_factory=set)

    def report(self, file: str, entry: str, text: str) -> None:
        """Remember one problem."""
        self.problems.append(Problem(file, entry, text))

    def text(self, file: str) -> str | None:
        """Return the text of a file of the catalog, or None after reporting why there is none."""
        try:
            text = read_text(self.replaced.get(file, self.folder / file))
            if not text.strip():
                raise UnreadableError("is empty; restore it, or say in a comment why there is nothing in it")
            return text
        except UnreadableError as error:
            self.unread_files.add(file)
            self.report(file, "", str(error))
        return None

    def has(self, file: str) -> bool:
        """Say whether there is such a file; one that cannot be looked at counts as there, to be reported."""
        try:
            return file in self.replaced or kind_of(self.folder / file) is not None
        except UnreadableError:
            return True

    def toml(self, file: str) -> dict[str, Any] | None:
        """Return the tables of a TOML file, or None after reporting the line of the fault."""
        text = self.text(file)
        if text is None:
            return None
        try:
            return toml_tables(text)
        except UnreadableError as error:
            self.unread_files.add(file)
            self.report(file, "", str(error))
            return None

    def json(self, file: str) -> Any:
        """Return the value in a JSON file, or None after reporting the place of the fault."""
        text = self.text(file)
        if text is None:
            return None
        try:
            return json_value(text)
        except UnreadableError as error:
            self.unread_files.add(file)
            self.report(file, "", str(error))
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
        faults += [f"the column {name!r} appears twice" for name, times in Counter(found).items() if times > 1]
        for fault in faults:
            self.report(file, "line 1", fault)
        if faults:
            self.unread_files.add(file)
        return not faults

    def model(self, kind: type[Model], data: Mapping[str, Any], file: str, entry: str) -> Model | None:
        """Return the entry as a model after reporting each of its faults, None when too little of it can be read."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for place, text in describe(error, kind, data):
                self.report(file, ", ".join(filter(None, [entry, place])), text)
            found = salvaged(kind, data, error)
            if found is None:
                self.unreadable.add(str(data.get("id", "")))
            return found

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
                self.report(file, entry, f"the heading is the id; leave id = {quoted(values['id'])} out")
            if (model := self.model(kind, {**values, "id": key}, file, entry)) is not None:
                found[key] = model
        return found

    def csv(self, file: str, kind: type[Model]) -> dict[str, Model]:
        """Return the lines of a CSV file as models by their id: the cells of the key of the model, one space between.

        A model without a key has its id in the first column.
        """
        found: dict[str, Model] = {}
        first_line: dict[str, int] = {}
        columns = tuple(kind.model_fields)
        key = kind.key or columns[:1]
        for line, row in self.rows(file, columns):
            id_ = " ".join(row[name] for name in key if name in row)
            entry = f"line {line} {id_!r}" if id_ else f"line {line}"
            if id_ in first_line:
                what = " and ".join(key) if kind.key else "id"
                self.report(file, entry, f"duplicate {what}, already on line {first_line[id_]}")
                continue
            first_line[id_] = line
            cells: Mapping[str, Any] = row
            if several := [name for name in SEVERAL if name in row]:
                cells = {**row, **{name: row[name].split("|") for name in several}}
            if (model := self.model(kind, cells, file, entry)) is not None:
                found[id_] = model
        return found


def project_files(reading: Reading) -> list[str]:
    """Return the project files of a catalog, relative to it, sorted by name."""
    return files_below(reading, PROJECTS)


def files_below(reading: Reading, folder: str) -> list[str]:
    """Return the TOML files in a folder of a catalog, relative to the catalog, sorted by name."""
    own = {f"{folder}/{file.name}" for file in (reading.folder / folder).glob("*.toml")}
    return sorted(own | {file for file in reading.replaced if file.startswith(f"{folder}/")})


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


def read_stories(reading: Reading) -> dict[str, Story]:
    """Return the stories: those of several steps from a file each, then the saved questions from the file of all."""
    told: dict[str, Story] = {}
    for file in files_below(reading, STORIES):
        id_ = Path(file).stem
        if (tables := reading.toml(file)) is None:
            reading.unreadable.add(id_)
            continue
        if tables.pop("id", id_) != id_:
            reading.report(file, "", "id is not the name of the file; rename the file or leave the key out")
        if (story := reading.model(Story, {**tables, "id": id_}, file, "")) is None:
            continue
        if not story.is_told:
            reading.report(file, "", f"has a single step; a story of one step belongs into {QUESTIONS}")
        told[id_] = story
    questions = reading.table(QUESTIONS, Story) if reading.has(QUESTIONS) else {}
    for id_, story in questions.items():
        if id_ in told:
            reading.report(QUESTIONS, f"[{id_}]", f"duplicate id, already the name of {STORIES}/{id_}.toml")
        elif story.is_told:
            reading.report(QUESTIONS, f"[{id_}]", f"has several steps; give it a file of its own, {STORIES}/{id_}.toml")
    in_order = sorted(told.values(), key=lambda story: (story.order is None, story.order or 0, story.id))
    return {**questions, **{story.id: story for story in in_order}}


def read_vocabulary(reading: Reading) -> dict[str, dict[str, Word]]:
    """Return the words of vocabulary.toml, list by list."""
    file = VOCABULARY
    found = {}
    for name, words in (reading.toml(file) or {}).items():
        if isinstance(words, dict):
            found[name] = reading.entries(file, words, Word, f"{name}.")
        else:
            reading.report(file, f"[{name}]", f"is {quoted(words)}; it must be a table of words")
    return found


def read_catalog(path: Path | None = None, *, whole: bool = False) -> Catalog:
    """Return the catalog of the folder `path`, the shipped one by default.

    Raises CatalogError with every problem of every file: syntax, unknown keys, wrong types, unknown ids,
    dates out of order and places that cannot lie where they are said to lie. With `whole` the files count, too, that
    only the page and the build read; the rules of a contribution never do.
    """
    folder = CATALOG if path is None else Path(path)
    catalog, problems = examine(folder, whole=whole)
    problems = [problem for problem in problems if not problem.is_rule]
    if problems:
        raise CatalogError(problems, shown(folder))
    return catalog


def examine(
    folder: Path, replaced: Mapping[str, Path] | None = None, *, whole: bool = False
) -> tuple[Catalog, list[Problem]]:
    """Return what can be read of the catalog in `folder`, and every problem of every file.

    `replaced` are files to read instead of those in the folder, by the name that these have there. The `whole` catalog
    includes what only the page and the build read, the looks and the files under basemap/, and the rules that hold for
    all of it once every file can be read. Raises CatalogError when there is no such folder.
    """
    from sco_map.catalog.checks import check  # a list of projects and the looks of the app need no check of a catalog

    if not folder.is_dir():
        raise CatalogError([Problem(shown(folder), "", "there is no such folder")], shown(folder))
    reading = Reading(folder, replaced or {})
    projects = {
        model.id: model for file in project_files(reading) if (model := read_project(reading, file)) is not None
    }
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
        stories=read_stories(reading),
        islands=reading.table("network.toml", Island) if reading.has("network.toml") else {},
        enclosed_seas=reading.table(ENCLOSED, EnclosedSea) if reading.has(ENCLOSED) else {},
        outside_ids=reading.csv(IDS, OutsideId) if reading.has(IDS) else {},
        other_names=reading.csv(NAMES, OtherNames) if reading.has(NAMES) else {},
    )
    problems = [*reading.problems, *check(catalog, reading.unreadable, reading.unread_files)]
    if whole:
        from sco_map.catalog.rules import broken_rules

        beside = Reading(folder, replaced or {})
        found = read_beside(beside)
        problems += beside.problems
        if not reading.problems and not beside.problems:
            problems += (replace(problem, is_rule=True) for problem in broken_rules(catalog, found))
    return catalog, problems


def files_beside(folder: Path) -> dict[str, Any]:
    """Return what the files of a catalog hold that only the page and the build read, by file, unchecked: cheap."""
    return read_beside(Reading(folder))


def read_beside(reading: Reading) -> dict[str, Any]:
    """Return what the files hold that only the page and the build read, by file; a catalog may do without all of them.

    A file of one entry is its model, any other its entries by id; one that could not be read is left out.
    """
    found: dict[str, Any] = {}
    if not any(reading.has(file) for file in BESIDE):
        return found
    for file in BESIDE:
        if file == UNITS and not reading.has(file):
            continue
        if file in WHOLE:
            tables = reading.toml(file)
            if tables is not None and (model := reading.model(WHOLE[file], tables, file, "")) is not None:
                found[file] = model
        elif file in TABLES:
            found[file] = reading.table(file, TABLES[file])
        else:
            found[file] = reading.csv(file, CSV_FILES[file])
    found[CLAIM_LINES] = read_claim_lines(reading)
    return found


def read_claim_lines(reading: Reading) -> dict[str, ClaimLine]:
    """Return the claim lines by id; the file may say more about itself beside its features."""
    value = reading.json(CLAIM_LINES)
    if value is None:
        return {}
    features = value.get("features") if isinstance(value, dict) else None
    if not isinstance(features, list):
        reading.report(CLAIM_LINES, "", "is not a GeoJSON FeatureCollection; it needs a list of features")
        return {}
    found: dict[str, ClaimLine] = {}
    for number, feature in enumerate(features, start=1):
        entry = f"feature {number}"
        if not isinstance(feature, dict):
            reading.report(CLAIM_LINES, entry, f"is {quoted(feature)}; it must be a GeoJSON feature")
            continue
        if isinstance(feature.get("id"), str):
            entry = f"feature {quoted(feature['id'])}"
        if (line := reading.model(ClaimLine, feature, CLAIM_LINES, entry)) is None:
            continue
        if line.id in found:
            reading.report(CLAIM_LINES, entry, "the id appears twice; every line has its own")
        found[line.id] = line
    return found


def read_projects(path: Path | None = None) -> dict[str, Project]:
    """Return the projects alone, unchecked against the other files of the catalog: cheap."""
    folder = CATALOG if path is None else Path(path)
    reading = Reading(folder)
    projects = {
        model.id: model for file in project_files(reading) if (model := read_project(reading, file)) is not None
    }
    if reading.problems:
        raise CatalogError(reading.problems, shown(folder))
    return projects


def looks_of(content: bytes, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the tables of a file of looks, and everything in them that keeps them from being drawn.

    Raises UnreadableError when it is not TOML at all.
    """
    tables = toml_tables(decoded(content))
    reading = Reading(Path())
    looks = reading.model(Looks, tables, file, "")
    problems = reading.problems or ([] if looks is None else list(borrowed(looks)))
    return tables, problems


def toml_tables(text: str) -> dict[str, Any]:
    """Return the tables of TOML text; raises UnreadableError saying where it is not TOML."""
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(f"is not valid TOML: {error}") from None
    except RecursionError:
        raise UnreadableError("is nested too deeply to be a file of the catalog") from None
    except ValueError as error:
        long = LONG_NUMBER.search(text)
        where = f"line {text.count(chr(10), 0, long.start()) + 1}: a number is too long" if long else str(error)
        raise UnreadableError(f"is not valid TOML: {where}") from None


def json_value(text: str) -> Any:
    """Return the value of JSON text; raises UnreadableError saying where it is not JSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        raise UnreadableError(f"is not valid JSON: {error.msg} ({at})") from None
    except RecursionError:
        raise UnreadableError("is nested too deeply to be a file of the catalog") from None
    except ValueError as error:
        raise UnreadableError(f"is not valid JSON: {error}") from None


def salvaged(kind: type[Model], data: Mapping[str, Any], error: ValidationError) -> Model | None:
    """Return an entry without what is wrong with it, so that the rest can be checked as well; None if it needs that.

    What a check looks up is replaced by an id that is never reported.
    """
    rest = copied(data)
    for _ in range(SALVAGING_ROUNDS):
        # From the last to the first, so that what is removed from a list moves nothing that comes after.
        for fault in reversed(error.errors(include_url=False, include_context=False, include_input=False)):
            remove(rest, fault["loc"], is_missing=fault["type"] == "missing")
        try:
            return kind.model_validate(rest)
        except ValidationError as next_error:
            error = next_error
    return None


def copied(value: Any) -> Any:
    """Return JSON-like data with lists and tables of its own."""
    if isinstance(value, Mapping):
        return {key: copied(entry) for key, entry in value.items()}
    return [copied(entry) for entry in value] if isinstance(value, list) else value


def remove(data: dict[str, Any], location: tuple[int | str, ...], *, is_missing: bool) -> None:
    """Remove the value at a location, the record around it when it needs that value, and fill in what can be."""
    steps = list(location)
    if is_missing:
        if len(steps) == 1:
            if steps[0] in STAND_IN_FOR:
                data[str(steps[0])] = copied(STAND_IN_FOR[str(steps[0])])
            elif steps[0] == "id" and "project" in data:
                data["id"] = f"{data['project']}__{STAND_IN}_{next(numbers)}"
            return
        steps.pop()
    inside: Any = data
    for step in steps[:-1]:
        try:
            inside = inside[step]
        except (KeyError, IndexError, TypeError):
            return
    with suppress(KeyError, IndexError, TypeError):
        del inside[steps[-1]]
