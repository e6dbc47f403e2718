"""Look up the ids and words that one file of the catalog takes from another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.problems import Problem
from sco_map.model.columns import Column
from sco_map.model.dates import first_disorder
from sco_map.model.suggestions import Known, unknown

VOCABULARY = "vocabulary.toml"


@dataclass(frozen=True)
class Lookup:
    """The catalog to look ids up in.

    Ids in `unreadable` exist but their entries could not be read; nothing is said about ids that should be in one of
    `unread_files`. Both have been reported before.
    """

    catalog: Catalog
    unreadable: frozenset[str] = frozenset()
    unread_files: frozenset[str] = frozenset()

    def known(self, what: str, id_: str | None, ids: Known, home: str, file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault when `id_` is not among `ids`, which are kept in the file `home`."""
        if id_ is None or id_ in ids or id_ in self.unreadable or home in self.unread_files:
            return
        yield Problem(file, entry, unknown(what, id_, ids))

    def word(self, what: str, word: str | None, file: str, entry: str, list_: str | None = None) -> Iterator[Problem]:
        """Yield a fault when the vocabulary does not have `word` in the list `list_`, by default the one of `what`."""
        words = self.catalog.known(f"vocabulary.{list_ or what}")
        yield from self.known(what.replace("_", " "), word, words, VOCABULARY, file, entry)

    def sources(self, ids: Iterable[str | None], file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault for each source that is not in the register."""
        for id_ in dict.fromkeys(ids):
            yield from self.known("source", id_, self.catalog.known("sources"), "sources.toml", file, entry)

    def countries(self, codes: Iterable[str], file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault for each code without an entry in countries.toml."""
        for code in codes:
            yield from self.known("country", code, self.catalog.known("countries"), "countries.toml", file, entry)

    def places(self, ids: Iterable[str], file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault for each place that is not in the gazetteer."""
        for id_ in dict.fromkeys(ids):
            yield from self.known("place", id_, self.catalog.known("places"), "places.csv", file, entry)

    def column(self, column: Column, word: str | None, file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault when the register that the words of a column come from does not have `word`."""
        if column.words is not None:
            home = VOCABULARY if column.vocabulary else f"{column.words}.toml"
            what = column.name.replace("_", " ")
            yield from self.known(what, word, self.catalog.known(column.words), home, file, entry)

    def layer(self, id_: str, file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault when there is no such layer."""
        yield from self.known("layer", id_, self.catalog.known("layers"), "layers.toml", file, entry)

    def licence(self, id_: str | None, file: str, entry: str) -> Iterator[Problem]:
        """Yield a fault when there is no such licence."""
        yield from self.known("licence", id_, self.catalog.known("licences"), "licences.toml", file, entry)


def ordered(dates: Sequence[str | None], what: str, file: str, entry: str) -> Iterator[Problem]:
    """Yield a fault when a date comes after a later one; a year or month is compared at its own precision."""
    if disorder := first_disorder(dates):
        earlier, later = disorder
        yield Problem(file, entry, f"{what} are out of order: {later} comes after {earlier}; begin with the earliest")
