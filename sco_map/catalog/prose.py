"""Texts for readers: which the catalog has, and their translations, gettext files under prose/<language>/<part>.po."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import polib
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.entries import entries, names, own_fields
from sco_map.catalog.models import FOR_READERS, Project, Row
from sco_map.errors import ScoMapError
from sco_map.files import UnreadableError, read_text
from sco_map.model.languages import ENGLISH_NAMES, FIRST, TRANSLATIONS

FOLDER = "prose"
GENERAL = "general"
"""The part with the texts of all files but those of projects, whose part is their layer."""

WHOLE, OF_SEGMENT = "all", "segment"

STATEMENTS = "; "
BETWEEN = {"zh": "；"}
"""What parts the statements of a text, in English and where a language has a sign of its own."""

COMMENT = "Texts of the catalog in {language}; renewed by: python -m sco_map build prose"


@dataclass
class Text:
    """A text for readers: in which `part` its translations are, and where it is: file and entry, and as what."""

    english: str
    part: str
    places: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    def seen(self, file: str, entry: str, as_field: str) -> None:
        """Remember one more place where the catalog has the text."""
        place = f"{file}#{entry}" if entry else file
        self.places += [place] if place not in self.places else []
        self.fields += [as_field] if as_field not in self.fields else []


def texts(catalog: Catalog, beside: Mapping[str, Any]) -> dict[str, Text]:
    """Return every text for readers by its English words, part by part and in the order of the files.

    `beside` has what the files hold that only the page and the build read. A text that is in several parts belongs to
    the first of them.
    """
    found: dict[str, dict[str, Text]] = {part: {} for part in parts(catalog)}
    known: dict[str, Text] = {}
    for part, file, entry, as_field, english in places(catalog, beside):
        if english not in known:
            known[english] = found[part][english] = Text(english, part)
        known[english].seen(file, entry, as_field)
    return dict(chain.from_iterable(of_part.items() for of_part in found.values()))


def parts(catalog: Catalog) -> list[str]:
    """Return the parts in their order: the layers in that of the legend, then everything that has none."""
    layers = sorted(catalog.layers.values(), key=lambda layer: layer.order)
    return [*(layer.id for layer in layers), GENERAL]


def places(catalog: Catalog, beside: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield part, file, id of the entry, field and words of every text, the texts of a part in the order of its files.

    Parts follow each other as `parts` has them, so that a text of several parts is met in the first one first.
    """
    order = {part: number for number, part in enumerate(parts(catalog))}
    everything = [
        (part_of(entry, catalog), file, id_of(entry), name, english)
        for file, entry in chain(((file, entry) for file, _, entry in entries(catalog)), entries_beside(beside))
        for name, english in prose_in(entry)
        if name != "scope" or is_free(english, catalog)
    ]
    yield from sorted(everything, key=lambda place: order.get(place[0], len(order)))


def entries_beside(beside: Mapping[str, Any]) -> Iterator[tuple[str, BaseModel]]:
    """Yield file and model of what the files hold that only the page and the build read."""
    for file, found in beside.items():
        for entry in [found] if isinstance(found, BaseModel) else found.values():
            yield file, entry


def part_of(entry: BaseModel, catalog: Catalog) -> str:
    """Return the part of an entry: the layer of a project, of its segments and sites too, else the general one."""
    project = entry if isinstance(entry, Project) else None
    if isinstance(entry, Row):
        project = catalog.projects[entry.project]
    return project.layer if project is not None and project.layer in catalog.layers else GENERAL


def id_of(entry: BaseModel) -> str:
    """Return the id of an entry; a file that is a single entry has none."""
    return "" if isinstance(entry, Project) else str(getattr(entry, "id", ""))


def prose_in(entry: BaseModel) -> Iterator[tuple[str, str]]:
    """Yield name and words of each text for readers in an entry, in the order of its model."""
    for name, value in own_fields(entry).items():
        if isinstance(value, str) and is_prose(type(entry), name):
            yield name, value
        else:
            yield from prose_inside(value)


def prose_inside(value: Any) -> Iterator[tuple[str, str]]:
    """Yield name and words of each text for readers inside the value of a field."""
    if isinstance(value, BaseModel):
        yield from prose_in(value)
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(prose_inside, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(prose_inside, value))


@cache
def is_prose(model: type[BaseModel], name: str) -> bool:
    """Say whether a field of a model is a text for readers."""
    info: FieldInfo = model.model_fields[name]
    return FOR_READERS in info.metadata or is_marked(info.annotation)


def is_marked(annotation: Any) -> bool:
    """Say whether a type is marked as one for readers, alone or as one of several."""
    if get_origin(annotation) is Annotated and FOR_READERS in annotation.__metadata__:
        return True
    return any(map(is_marked, get_args(annotation)))


def is_free(scope: str, catalog: Catalog) -> bool:
    """Say whether what a published length covers is said in free words, not as a state, a segment or the whole."""
    return scope not in (WHOLE, OF_SEGMENT) and scope not in catalog.countries and scope not in catalog.segments


@dataclass(frozen=True)
class Translation:
    """A text in one of the languages as its file has it; one that nobody has confirmed (fuzzy) is not shown."""

    part: str
    line: int
    english: str
    words: str
    is_unsure: bool

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return bool(self.words) and not self.is_unsure


def files_of(folder: Path, language: str) -> list[Path]:
    """Return the files of one language under the catalog in `folder`, sorted."""
    return sorted((folder / FOLDER / language).glob("*.po"))


def translations_in(file: Path) -> list[Translation]:
    """Return what a file of translations holds, in its order; raises UnreadableError when it is not a PO file."""
    text = read_text(file)
    if not text.strip():
        raise UnreadableError("is empty; python -m sco_map build prose writes it again")
    try:
        read: Iterable[Any] = polib.pofile(text)
    except (OSError, ValueError) as error:
        where = re.search(r"line (\d+)", str(error))
        said = f"line {where.group(1)} is wrong" if where else str(error)
        raise UnreadableError(f"is not a gettext PO file: {said}") from None
    return [
        Translation(file.stem, entry.linenum, entry.msgid, entry.msgstr, "fuzzy" in entry.flags)
        for entry in read
        if not entry.obsolete
    ]


def read_prose(folder: Path, language: str) -> dict[str, str]:
    """Return the translations into one language that the catalog in `folder` has, by their English words.

    Raises ScoMapError for a file that cannot be read.
    """
    found: list[Translation] = []
    for file in files_of(folder, language):
        try:
            found += translations_in(file)
        except UnreadableError as error:
            raise ScoMapError(f"{FOLDER}/{language}/{file.name}: {error}") from error
    return {one.english: one.words for one in found if one.is_shown}


@dataclass(frozen=True)
class Prose:
    """What texts for readers are in other languages: by language, then by their English words."""

    known: Mapping[str, Mapping[str, str]]

    def in_language(self, english: str, language: str) -> str | None:
        """Return a text in a language, None where it is not known.

        Where the text as a whole has no translation, but each of the statements that a semicolon parts has one, the
        translation is made of these.
        """
        known = self.known.get(language, {})
        if (found := known.get(english)) is not None:
            return found
        parts = english.split(STATEMENTS)
        if len(parts) == 1 or not all(part in known for part in parts):
            return None
        return BETWEEN.get(language, STATEMENTS).join(known[part] for part in parts)

    def texts(self, english: str, languages: Iterable[str]) -> dict[str, str]:
        """Return a text in those of the `languages` in which it is known; in English it always is."""
        found = {language: self.in_language(english, language) for language in languages if language != FIRST}
        return {FIRST: english} | {language: text for language, text in found.items() if text}


def prose_of(folder: Path, languages: Iterable[str] = TRANSLATIONS) -> Prose:
    """Return the translations that the catalog in `folder` has into `languages`; what was read before is kept.

    Raises ScoMapError for a file that cannot be read.
    """
    return Prose({language: kept_prose(folder, language, stamps(folder, language)) for language in languages})


Stamps = tuple[tuple[str, int, int], ...]


def stamps(folder: Path, language: str) -> Stamps:
    """Return name, time and size of each file of a language, which say whether it has to be read again."""
    return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files_of(folder, language))


@lru_cache(maxsize=8)
def kept_prose(folder: Path, language: str, _: Stamps) -> Mapping[str, str]:
    """Return the translations into one language, read once for the files as they are."""
    return read_prose(folder, language)


def renewed(catalog: Catalog, beside: Mapping[str, Any]) -> Iterator[tuple[Path, bytes]]:
    """Yield path and content of the files of translations as they should be.

    They have every text that readers see, in the order of the catalog, with the translations that are there. What is
    the name of something else of the catalog begins with that name in the other languages.
    """
    wanted = texts(catalog, beside)
    for language in TRANSLATIONS:
        known: dict[str, Translation] = {}
        for one in chain.from_iterable(map(translations_in, files_of(catalog.path, language))):
            if one.words or one.english not in known:
                known[one.english] = one
        names_known = names_in(catalog, beside, language)
        for part in dict.fromkeys(text.part for text in wanted.values()):
            file = new_file(language)
            for text in wanted.values():
                if text.part == part:
                    file.append(entry_of(text, known.get(text.english), names_known.get(text.english, "")))
            yield catalog.path / FOLDER / language / f"{part}.po", f"{file}\n".encode()


def new_file(language: str) -> polib.POFile:
    """Return a file of translations without any."""
    file = polib.POFile(wrapwidth=0)
    file.header = COMMENT.format(language=ENGLISH_NAMES[language])
    file.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return file


def entry_of(text: Text, known: Translation | None, name: str) -> polib.POEntry:
    """Return a text as a file of translations has it; without a translation it has the `name`, if any."""
    words = known.words if known is not None and known.words else name
    return polib.POEntry(
        msgid=text.english,
        msgstr=words,
        comment=", ".join(text.fields),
        occurrences=[(place, "") for place in text.places],
        flags=["fuzzy"] if known is not None and known.words and known.is_unsure else [],
    )


def names_in(catalog: Catalog, beside: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the names of places, rivers, states and so on in one language, by their English names."""
    named = chain((entry for _, _, entry in entries(catalog)), (entry for _, entry in entries_beside(beside)))
    found: dict[str, str] = {}
    for name in chain.from_iterable(map(names, named)):
        if (words := getattr(name, language)) is not None:
            found.setdefault(name.en, words)
    return found
