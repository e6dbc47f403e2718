"""What of two sides is new, gone or different: entry by entry, field by field, record by record, with the sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sco_map.changes.moved import Move, moved
from sco_map.changes.sides import Json, Side
from sco_map.model.columns import BY_NAME, FIGURES, Column, Type
from sco_map.model.languages import FIRST
from sco_map.model.spreadsheet import cell
from sco_map.model.tables import TEXT_BESIDE, joined, record_text

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
ROW, PROJECT = "row", "project"
SOURCE, SOURCES, FIGURE_SOURCES = "source", "sources", "figure_sources"
NOT_FACTS = ("id", "pieces", "hops")
"""What says nothing of its own: the name of the entry, and how its geometry and its length are put together."""


@dataclass(frozen=True)
class Change:
    """A fact that is new (`old` is None), gone (`new` is None) or different, as texts, and who says the latest."""

    field: str
    old: str | None
    new: str | None
    sources: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """Whether it was added, removed or changed."""
        return ADDED if self.old is None else REMOVED if self.new is None else CHANGED


@dataclass(frozen=True)
class Entry:
    """A row or project that is new, gone or different; `move` says how far its geometry moved.

    Of the changes of a row, `shared` are those that `project`, its own, has just the same.
    """

    id: str
    form: str
    what: str
    title: str
    layer: str | None
    changes: tuple[Change, ...]
    move: Move | None = None
    project: str | None = None
    shared: tuple[Change, ...] = ()

    @property
    def own(self) -> tuple[Change, ...]:
        """The changes that are not those of its project."""
        return tuple(change for change in self.changes if change not in self.shared)

    @property
    def follows(self) -> bool:
        """Whether nothing changed but what changed of its project."""
        return self.what == CHANGED and bool(self.shared) and not self.own and self.move is None


@dataclass(frozen=True)
class WholeLayer:
    """A layer that only one side has, with the ids of its rows; `file` is its file, where it has one of its own."""

    id: str
    what: str
    rows: tuple[str, ...]
    file: str | None = None


@dataclass(frozen=True)
class Difference:
    """Everything that changed from `old` to `new`, sorted by layer and id, and the sources that it names.

    Rows of a layer that only one side has are in `layers`, not among the entries.
    """

    old: Side
    new: Side
    entries: tuple[Entry, ...]
    layers: tuple[WholeLayer, ...] = ()

    def of(self, form: str, what: str) -> list[Entry]:
        """Return the entries of a form that were added, removed or changed."""
        return [entry for entry in self.entries if (entry.form, entry.what) == (form, what)]

    @property
    def told(self) -> list[Entry]:
        """The entries without the rows of which nothing can be said that their project does not say."""
        return [entry for entry in self.entries if not entry.follows]

    def followers(self, entry: Entry) -> list[str]:
        """Return the ids of the rows that changed as this project did, and not otherwise."""
        if entry.form != PROJECT:
            return []
        return [row.id for row in self.entries if row.follows and row.project == entry.id]

    @property
    def sources(self) -> dict[str, Json]:
        """The sources of the facts by id, as far as either side knows them."""
        named = {id_ for entry in self.entries for change in entry.changes for id_ in change.sources}
        known = self.old.sources | self.new.sources
        return {id_: known[id_] for id_ in sorted(named) if id_ in known}


def compare(old: Side, new: Side) -> Difference:
    """Return what changed from one side to the other."""
    whole = tuple(whole_layers(old, new))
    changed = {entry.id: entry for entry in projects(old, new)}
    found = [beside(entry, changed, old, new) for entry in rows(old, new, {layer.id for layer in whole})]
    ordered = sorted([*found, *changed.values()], key=lambda entry: (entry.layer or "", entry.id, entry.form))
    return Difference(old, new, tuple(ordered), whole)


def beside(entry: Entry, projects: Mapping[str, Entry], old: Side, new: Side) -> Entry:
    """Return a row that knows which of its changes its project has just the same, whoever is named for them."""
    homes = (new.rows.get(entry.id) or old.rows[entry.id]).get("projects") or [None]
    if (project := projects.get(homes[0])) is None:
        return entry
    same = {(change.field, change.old, change.new) for change in project.changes}
    shared = tuple(change for change in entry.changes if (change.field, change.old, change.new) in same)
    return replace(entry, project=project.id, shared=shared)


def whole_layers(old: Side, new: Side) -> Iterator[WholeLayer]:
    """Yield the layers that only one side has, those of the ground left out: a release does not have them."""
    before, after = old.layers_with_rows, new.layers_with_rows
    for id_ in sorted((before.keys() ^ after.keys()) - (old.ground ^ new.ground)):
        side, what = (new, ADDED) if id_ in after else (old, REMOVED)
        ids = sorted(row for row, facts in side.rows.items() if facts.get("layer") == id_)
        yield WholeLayer(id_, what, tuple(ids), side.files.get(id_))


def rows(old: Side, new: Side, whole: Collection[str]) -> Iterator[Entry]:
    """Yield the rows that changed, but for those of `whole` layers that come or go; of the ground where both have it.

    A row that moved to another layer is a row that changed.
    """
    alone = old.ground ^ new.ground
    for id_ in {**old.rows, **new.rows}:
        before, after = old.rows.get(id_), new.rows.get(id_)
        if (after or before or {}).get("layer") in alone:
            continue
        if (before is None or after is None) and (after or before or {}).get("layer") in whole:
            continue
        move, changes = None, tuple(facts(before or {}, after or {}))
        if before is not None and after is not None:
            shape, shape_now = old.shapes[id_], new.shapes[id_]
            if shape and shape_now:
                move = moved(shape, shape_now)
            elif shape or shape_now:
                words = [None if one is None else str(one.get("type")) for one in (shape, shape_now)]
                changes = (*changes, Change("geometry", words[0], words[1]))
        if entry := entry_of(id_, ROW, before, after, changes, move):
            yield entry


def projects(old: Side, new: Side) -> Iterator[Entry]:
    """Yield the projects that changed, where both sides have a catalog."""
    if not old.projects or not new.projects:
        return
    for id_ in {**old.projects, **new.projects}:
        before, after = old.projects.get(id_), new.projects.get(id_)
        changes = tuple(facts(before or {}, after or {}))
        if entry := entry_of(id_, PROJECT, before, after, changes, None):
            yield entry


def entry_of(
    id_: str, form: str, before: Json | None, after: Json | None, changes: tuple[Change, ...], move: Move | None
) -> Entry | None:
    """Return an entry with its changes, None when there are none."""
    what = ADDED if before is None else REMOVED if after is None else CHANGED
    if what == CHANGED and not changes and move is None:
        return None
    latest = after or before or {}
    titles = latest.get("title")
    title = latest.get(f"title_{FIRST}") or (titles.get(FIRST) if isinstance(titles, dict) else titles) or id_
    return Entry(id_, form, what, str(title), latest.get("layer"), changes, move)


def facts(before: Json, after: Json) -> Iterator[Change]:
    """Yield the facts of an entry that differ, in the order of the columns; others, of older versions, come last."""
    names = dict.fromkeys([*BY_NAME, *before, *after])
    for name in names:
        if name in NOT_FACTS or name.endswith(TEXT_BESIDE) or (name == FIGURE_SOURCES):
            continue
        old, new = (None if value in ([], {}, "") else value for value in (before.get(name), after.get(name)))
        if old != new:
            yield from field_changes(name, old, new, before, after)


def field_changes(name: str, old: Any, new: Any, before: Json, after: Json) -> Iterator[Change]:
    """Yield how a field changed: a list of records record by record, a record by its keys, anything else as a whole."""
    column = BY_NAME.get(name)
    if is_records(old) or is_records(new):
        yield from record_changes(name, old or [], new or [], column)
    elif isinstance(old or new, list) and isinstance(new or old, list):
        yield from list_changes(name, old or [], new or [])
    elif isinstance(old or new, dict) and isinstance(new or old, dict):
        for key in {**(old or {}), **(new or {})}:
            values = [(side or {}).get(key) for side in (old, new)]
            if values[0] != values[1]:
                yield Change(f"{name}.{key}", text_of(values[0]), text_of(values[1]))
    else:
        yield Change(name, text_of(old), text_of(new), says_so(name, column, before, after))


def is_records(value: Any) -> bool:
    """Tell whether a value is a list of records."""
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def record_changes(name: str, old: Sequence[Json], new: Sequence[Json], column: Column | None) -> Iterator[Change]:
    """Yield the records that are new, gone or different; those that say the same of something are one that changed."""
    gone = [record for record in old if record not in new]
    come = [record for record in new if record not in old]
    subject = subject_of(column)
    for record in gone:
        twin = twin_of(record, come, subject)
        if twin is not None:
            come.remove(twin)
        words = [in_words(one, column) for one in (record, twin)]
        if twin is not None and words[0] == words[1]:
            words = [f"{words[0]} ({one.get(SOURCE) or 'without a source'})" for one in (record, twin)]
        yield Change(name, words[0], words[1], said_by(twin or record))
    for record in come:
        yield Change(name, None, in_words(record, column), said_by(record))


def subject_of(column: Column | None) -> str | None:
    """Return the part that says what a record is about, such as the state of a party; None for records by date."""
    first = column.parts[0] if column is not None and column.parts else None
    return first.name if first is not None and first.type is Type.TEXT else None


def twin_of(record: Json, others: Sequence[Json], subject: str | None) -> Json | None:
    """Return the record that another one became: the most alike about the same thing, or nearly the same by date."""
    if subject is not None:
        others = [other for other in others if other.get(subject) == record.get(subject)]
        return min(others, key=lambda other: len(different(record, other)), default=None)
    return next((other for other in others if are_one(record, other)), None)


def are_one(record: Json, other: Json) -> bool:
    """Tell whether two records are states of one: all that differs between them is one value, and its source."""
    return len(different(record, other)) <= 1 < len({**record, **other}.keys() - {SOURCE})


def different(record: Json, other: Json) -> list[str]:
    """Return the keys by which two records differ, but for who says them."""
    return [key for key in {**record, **other} if key != SOURCE and record.get(key) != other.get(key)]


def list_changes(name: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Yield which texts of a list are new or gone, or that their order changed."""
    gone, come = ([one for one in side if one not in other] for side, other in ((old, new), (new, old)))
    if gone or come:
        yield Change(name, text_of(gone) if gone else None, text_of(come) if come else None)
    elif name != SOURCES:
        yield Change(name, text_of(old), text_of(new))


def says_so(name: str, column: Column | None, before: Json, after: Json) -> tuple[str, ...]:
    """Return who says a fact: its own source where it has one, else what the entry cites and did not cite before.

    What the build computes (lengths, accuracy, countries) nobody says.
    """
    if column is not None and not column.entries and not column.declared and not name.startswith("title_"):
        return ()
    side = after or before
    if name in FIGURES:
        own = [record[SOURCE] for record in side.get(FIGURE_SOURCES) or () if record.get("figure") == name]
        if own:
            return tuple(own)
    cited, known = side.get(SOURCES) or [], before.get(SOURCES) or []
    return tuple([id_ for id_ in cited if id_ not in known] or cited)


def said_by(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the source of a record."""
    return (str(record[SOURCE]),) if record.get(SOURCE) else ()


def in_words(record: Json | None, column: Column | None) -> str | None:
    """Return a record as words, without its source."""
    if record is None:
        return None
    facts = {key: value for key, value in record.items() if key != SOURCE}
    if column is not None and column.type is Type.RECORDS:
        return record_text(facts, column.parts)
    return joined(f"{key} {text_of(value)}" for key, value in facts.items() if value is not None)


def text_of(value: Any) -> str | None:
    """Return a value as text: numbers without needless decimals, lists with semicolons."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return joined(text_of(one) or "" for one in value)
    if isinstance(value, dict):
        return joined(f"{key} {text_of(one)}" for key, one in value.items())
    return value if isinstance(value, str) else str(cell(value))
