"""Draw facts of the catalog that name a source, the same ones for the same seed, to be looked up once more by hand.

`python -m tests.facts_sample` prints the sample of docs/facts-sample.md with what the catalog says now; `--seed` draws
another one. Each fact has a place in the queue of its own, so a fact that is added or corrected moves no other.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_map.catalog import read_catalog
from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Country, Entry, Project, Row
from sco_map.catalog.sourcing import Fact, facts, named
from tests.browser import ROOT

PAGE = ROOT / "docs" / "facts-sample.md"
SEED, NUMBER = 2026, 100
VERDICTS = ("right", "wrong", "not found")
RECORDS = ("phases", "promises", "published_lengths", "history", "flows")
HEADER = "| no. | file | entry | fact | value | source | verdict | remark |"
RULE = "| ---: | --- | --- | --- | --- | --- | --- | --- |"
ROW = re.compile(r"^\| (\d+) \| (.*) \|$", re.MULTILINE)
COUNTS = re.compile(r"^(\d+) right, (\d+) wrong, (\d+) not found\.", re.MULTILINE)
DRAWN = re.compile(r"^Seed (\d+), (\d+) facts, looked up on \d{4}-\d{2}-\d{2}\.", re.MULTILINE)


@dataclass(frozen=True)
class Drawn:
    """One fact of the sample with what the catalog says there and where it says that this can be read."""

    fact: Fact
    value: str
    address: str

    @property
    def cells(self) -> list[str]:
        """The first cells of its row in the page."""
        source = f"[`{self.fact.source}`]({self.address})" if self.address else f"`{self.fact.source}`"
        return [f"`{self.fact.file}`", f"`{self.fact.id}`", self.fact.name, self.value.replace("|", "/"), source]


def place_in_queue(fact: Fact, seed: int) -> str:
    """Return the number by which a fact is drawn: it depends on the seed and on the fact, and on no other fact."""
    return hashlib.sha256(f"{seed} {fact.file} {fact.id} {fact.name}".encode()).hexdigest()


def sample(catalog: Catalog, *, seed: int = SEED, number: int = NUMBER) -> list[Drawn]:
    """Return `number` facts that name a source, or all of them where there are fewer."""
    sourced = (fact for fact in facts(catalog) if fact.source)
    queue = sorted(sourced, key=lambda fact: place_in_queue(fact, seed))
    return [drawn(fact, catalog) for fact in queue[:number]]


def drawn(fact: Fact, catalog: Catalog) -> Drawn:
    """Return a fact with its value and the address of its source."""
    source = catalog.sources[fact.source or ""]
    return Drawn(fact, value_of(fact, catalog), source.url or "")


def value_of(fact: Fact, catalog: Catalog) -> str:
    """Return what the catalog says in a fact, without its source."""
    if fact.file == "events.csv":
        event = catalog.events[fact.id]
        days = f"{event.date} to {event.date_end}" if event.date_end else event.date
        return f"{days}, {event.title_en}, {event.place}: {event.outcome}"
    if fact.file == "countries.toml":
        return dict(said_of_country(catalog.countries[fact.id]))[fact.name]
    entries: dict[str, Project | Row] = {**catalog.projects, **catalog.segments, **catalog.sites}
    return dict(said_of(entries[fact.id]))[fact.name]


def said_of(entry: Project | Row) -> Iterator[tuple[str, str]]:
    """Yield the names of what a project or a row says, each with its value."""
    for column in RECORDS:
        for record in entry.records(column):
            yield named(column, record), in_words(record)
    for record in entry.figure_sources:
        unit = f" {entry.fact('capacity_unit')}" if record.figure == "capacity" else ""
        yield record.figure, f"{entry.fact(record.figure)}{unit}"


def said_of_country(country: Country) -> Iterator[tuple[str, str]]:
    """Yield the names of what a state says, each with its value."""
    for role in country.roles:
        yield f"roles {role.since}", in_words(role)
    for agreement in country.agreements:
        yield f"agreements {agreement.agreement}", in_words(agreement)
    for length in country.official_lengths:
        yield f"official_lengths {length.kind} {length.as_of}", in_words(length)
    for moment in country.history:
        yield named("history", moment), in_words(moment)


def in_words(record: Entry) -> str:
    """Return the values of a record in their order."""
    values = (getattr(record, name) for name in type(record).model_fields if name != "source")
    return ", ".join(str(value) for value in values if value is not None)


def table(found: Sequence[Drawn]) -> str:
    """Return the table of the page without verdicts."""
    lines = [f"| {number} | {' | '.join(each.cells)} |  |  |" for number, each in enumerate(found, start=1)]
    return "\n".join([HEADER, RULE, *lines]) + "\n"


def samples_of(text: str) -> list[str]:
    """Return the parts of the page that begin with the seed of a sample."""
    starts = [found.start() for found in DRAWN.finditer(text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def verdicts(text: str) -> list[str]:
    """Return the verdicts of a sample in the order of its table."""
    return [row.split(" | ")[-2].strip() for _, row in ROW.findall(text)]


def main() -> None:
    """Print a sample as the table of the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.facts_sample", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--number", type=int, default=NUMBER)
    asked = parser.parse_args()
    sys.stdout.write(table(sample(read_catalog(), seed=asked.seed, number=asked.number)))


if __name__ == "__main__":
    main()
