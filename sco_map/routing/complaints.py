"""What is wrong with a question to the network, as a value: in English with ids, or in a language with names.

The command line and the library say it with the ids that they take, the app by the names that its reader sees. The
sentences are words of the locale (`net_…`), which the page's script fills in the same way
(web/src/routing/complaints.ts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from sco_map.atlas import Atlas
from sco_map.catalog import LocalText
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.numbers import number_text, year_text
from sco_map.model.selection import SelectionError
from sco_map.model.suggestions import FEW, Known, nearest
from sco_map.routing.wording import words_of


@dataclass(frozen=True)
class Thing:
    """Something with a name and an id; the command line says the id alone, or both where it is `introduced`."""

    id: str
    name: LocalText | None = None
    introduced: bool = False


@dataclass(frozen=True)
class Year:
    """A year, which is written without a space between its digits."""

    value: int


@dataclass(frozen=True)
class Complaint:
    """A sentence of the locale with what fills its gaps."""

    word: str
    gaps: Mapping[str, Gap]


Gap = str | int | Year | Thing | Complaint


class RoutingError(SelectionError):
    """Report everything that is wrong with a question about the network; `complaints` holds one sentence each."""

    def __init__(self, faults: Iterable[Complaint]) -> None:
        self.faults = tuple(faults)
        super().__init__(on_command_line(fault) for fault in self.faults)

    def in_language(self, language: str) -> list[str]:
        """Return the sentences in a language, with names instead of ids."""
        return [capital(in_words(fault, language)) for fault in self.faults]


def on_command_line(gap: Gap) -> str:
    """Return a gap or a sentence in English with ids."""
    match gap:
        case Complaint(word, gaps):
            return words_of(FIRST)[word].format_map({key: on_command_line(value) for key, value in gaps.items()})
        case Thing(id_, name, introduced):
            return f"{name.en} ({id_})" if introduced and name else id_
        case Year(value):
            return str(value)
        case str():
            return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in gap)
    return str(gap)


def in_words(gap: Gap, language: str) -> str:
    """Return a gap or a sentence in a language, with names."""
    match gap:
        case Complaint(word, gaps):
            return words_of(language)[word].format_map({key: in_words(value, language) for key, value in gaps.items()})
        case Thing(id_, name):
            return name.in_language(language) if name else id_
        case Year(value):
            return year_text(value, language)
        case int():
            return number_text(gap, language)
    return gap


def capital(sentence: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def in_one(word: str, gaps: Sequence[Gap]) -> Gap:
    """Return several gaps as one, with the sign or word of the language between them ("net_or", "net_comma")."""
    return reduce(lambda sofar, following: Complaint(word, {"list": sofar, "next": following}), gaps)


# -- what things are called --------------------------------------------------------------------------------------------


def place_called(atlas: Atlas, id_: str) -> Thing:
    """Return a place that was found, by its name."""
    return Thing(id_, atlas.catalog.places[id_].name, introduced=True)


def thing_called(atlas: Atlas, id_: str) -> Thing:
    """Return a place, state, project, way of a project or row by its name; what is none of these as it is written."""
    catalog = atlas.catalog
    if id_ in catalog.places:
        return Thing(id_, catalog.places[id_].name)
    if id_ in catalog.countries:
        return Thing(id_, catalog.countries[id_].name)
    if id_ in catalog.projects:
        return Thing(id_, catalog.projects[id_].title)
    named = {f"{one.id}/{way.id}": way.title for one in catalog.projects.values() for way in one.ways}
    return Thing(id_, named.get(id_) or row_titles(atlas).get(id_))


@lru_cache(maxsize=4)
def row_titles(atlas: Atlas) -> Mapping[str, LocalText]:
    """Return the titles of all rows that have one."""
    columns = [atlas.rows[name] for name in ("id", *(f"title_{lang}" for lang in LANGUAGES))]
    found: dict[str, LocalText] = {}
    for id_, *titles in zip(*columns, strict=True):
        texts = {lang: text for lang, text in zip(LANGUAGES, titles, strict=True) if isinstance(text, str) and text}
        if FIRST in texts:
            found[id_] = LocalText.model_construct(None, **texts)
    return found


def term_called(atlas: Atlas, list_: str, id_: str, said: str = "") -> Thing:
    """Return a word of the vocabulary; the command line says it by its id, or as `said`."""
    word = atlas.catalog.vocabulary.get(list_, {}).get(id_)
    return Thing(said or id_, word.label if word else None)


def kinds_called(atlas: Atlas, kinds: Iterable[str]) -> Gap:
    """Return kinds of lines, one after the other."""
    return in_one("net_comma", [term_called(atlas, "kind", kind) for kind in kinds])


# -- complaints of more than one question ------------------------------------------------------------------------------


def unknown(atlas: Atlas, what: str, value: str, known: Known, **gaps: Gap) -> Complaint:
    """Return the complaint about a value that is not among the `known`; `what` ends the word ("place", "way")."""
    sentence = Complaint(f"net_unknown_{what}", {"value": value, **gaps})

    def offered(id_: str) -> Thing:
        whole = f"{of.id}/{id_}" if isinstance(of := gaps.get("of"), Thing) else id_
        return term_called(atlas, "kind", id_) if what == "kind" else Thing(id_, thing_called(atlas, whole).name)

    if near := nearest(value, known):
        offers = [Complaint("net_quoted", {"text": offered(id_)}) for id_ in near]
        return Complaint("net_meant", {"sentence": sentence, "offers": in_one("net_or", offers)})
    if 0 < len(known) <= FEW:
        return Complaint("net_known", {"sentence": sentence, "known": in_one("net_comma", [*map(offered, known)])})
    return Complaint("net_unlike", {"sentence": sentence})


def year_outside(year: int) -> Complaint:
    """Return the complaint about a year that the map does not have."""
    return Complaint("net_year", {"year": Year(year), "first": Year(FIRST_YEAR), "last": Year(LAST_YEAR)})
