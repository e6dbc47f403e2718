"""The ledger of announced openings: who said what for when, how far it slipped, and what became of it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from itertools import chain
from statistics import median
from typing import Any

import pandas as pd

from sco_map.atlas import Atlas
from sco_map.atlas.prose import atlas_prose
from sco_map.catalog import LocalText
from sco_map.catalog.models import Project, Promise, Row
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR, year_of
from sco_map.model.languages import LANGUAGES
from sco_map.model.phases import OPERATING, UNFINISHED, opening_year
from sco_map.model.selection import ALL_MEMBERS
from sco_map.model.spreadsheet import BYTE_ORDER_MARK, cell
from sco_map.model.suggestions import AT_MOST, nearest
from sco_map.model.texts import counted
from sco_map.routing.answers import text_table
from sco_map.routing.complaints import Complaint, RoutingError, Thing, in_one, unknown, year_outside

KEPT, LATE, OPEN, GIVEN_UP, UNKNOWN = "kept", "late", "open", "given up", "unknown"
CONSTRUCTION = "construction"


@dataclass(frozen=True)
class Announcement:
    """One announced opening: of `id` in `project`, said then and by these, for when.

    `slip_years` is how much later it is than the first announcement of the same; `outcome` is kept, late, open or given
    up as of the year asked for, or unknown of what is in operation and nobody knows since when; `opened` is the year in
    which it opened. What was announced of a thing that ran already is judged by the next phase of operation, not by the
    first: it is unknown when its time has passed and no phase tells of it.
    """

    id: str
    project: str
    title: str
    countries: tuple[str, ...]
    opens: str
    said: str | None
    by: str | None
    source: str | None
    slip_years: int
    outcome: str
    opened: int | None


@dataclass(frozen=True)
class Ledger:
    """All announcements, and the median time from breaking ground to opening with its number of cases."""

    year: int
    announcements: tuple[Announcement, ...]
    build_years: tuple[tuple[str, int], ...]

    @property
    def median_build_years(self) -> float | None:
        """The median of the years from the first construction to the first opening."""
        return float(median(years for _, years in self.build_years)) if self.build_years else None

    def counts(self) -> dict[str, int]:
        """Return how many announcements have each outcome."""
        outcomes = [entry.outcome for entry in self.announcements]
        return {
            outcome: outcomes.count(outcome) for outcome in (KEPT, LATE, OPEN, GIVEN_UP, UNKNOWN) if outcome in outcomes
        }

    def to_frame(self) -> pd.DataFrame:
        """Return the announcements as a table."""
        return pd.DataFrame([asdict(entry) for entry in self.announcements])

    def to_dict(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {
            "year": self.year,
            "counts": self.counts(),
            "median_build_years": self.median_build_years,
            "build_cases": len(self.build_years),
            "announcements": [asdict(entry) for entry in self.announcements],
        }

    def to_csv(self) -> str:
        """Return the announcements as CSV for spreadsheets; no cell runs as a formula."""
        names = [column.name for column in fields(Announcement)]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(names)
        for entry in self.announcements:
            writer.writerow([cell(plain(getattr(entry, name))) for name in names])
        return BYTE_ORDER_MARK + text.getvalue()

    def __str__(self) -> str:
        """Return the ledger as a table with its sums."""
        lines = [
            [
                entry.id,
                entry.said or "unknown",
                entry.opens,
                f"{entry.slip_years:+d}" if entry.slip_years else "",
                entry.outcome,
                str(entry.opened or ""),
                entry.by or "",
            ]
            for entry in self.announcements
        ]
        table = text_table(["row or project", "said", "for", "slip", "outcome", "opened", "by"], lines)
        counts = ", ".join(f"{number} {outcome}" for outcome, number in self.counts().items())
        if not lines:
            return f"No opening announced by {self.year} fits what was asked."
        sums = f"{counted(len(lines), 'announcement')} as of {self.year}: {counts}"
        if self.build_years:
            sums += (
                f". From breaking ground to opening: {self.median_build_years:g} years in the median of "
                f"{counted(len(self.build_years), 'case')}"
            )
        return f"{table}\n\n{sums}."

    def _repr_html_(self) -> str:
        """Return the same for a notebook."""
        return f"<pre>{html.escape(str(self))}</pre>"


def plain(value: Any) -> Any:
    """Return a value that a cell can hold: several texts become one."""
    return "; ".join(value) if isinstance(value, tuple) else value


def promises(
    atlas: Atlas,
    *,
    project: str | Iterable[str] = (),
    country: str | Iterable[str] = (),
    by: str | None = None,
    year: int | None = None,
) -> Ledger:
    """Return the ledger as of a year (None: that of the facts), of some projects, states or promisers, or of all."""
    then = atlas.year if year is None else year
    catalog = atlas.catalog
    projects = (project,) if isinstance(project, str) else tuple(project)
    countries = (country,) if isinstance(country, str) else tuple(country)
    if ALL_MEMBERS in countries:
        countries = (*(code for code in countries if code != ALL_MEMBERS), *sorted(atlas.members()))
    complaints = [
        unknown(atlas, "project", id_, catalog.known("projects")) for id_ in projects if id_ not in catalog.projects
    ]
    complaints += (
        unknown(atlas, "country", code, catalog.known("countries"))
        for code in countries
        if code not in catalog.countries
    )
    if not FIRST_YEAR <= then <= LAST_YEAR:
        complaints.append(year_outside(then))
    said: Mapping[str, LocalText] = {} if by is None else promisers(atlas)
    if by is not None and not any(is_named(by, name) for name in said.values()):
        complaints.append(unknown_promiser(by, said))
    if complaints:
        raise RoutingError(complaints)
    wanted = {below for id_ in projects for below in (id_, *catalog.descendants(id_))}
    found: list[Announcement] = []
    cases: list[tuple[str, int]] = []
    where = countries_of(atlas)
    titles: dict[str, str] = dict(zip(atlas.rows["id"], atlas.rows["title_en"], strict=True))
    for entry in catalog.projects.values():
        if wanted and entry.id not in wanted:
            continue
        own = [row for row in (*entry.segments, *entry.sites) if says_otherwise(row, entry)]
        things: list[Project | Row] = [entry, *sorted(own, key=lambda row: row.id)]
        for thing in things:
            states = where.get(thing.id, ())
            if countries and not set(states) & set(countries):
                continue
            if thing is entry or thing.promises != entry.promises:
                title = entry.title.en if thing is entry else titles.get(thing.id, entry.title.en)
                found += announcements_of(atlas, thing, entry, title, states, then)
        if not countries or set(where.get(entry.id, ())) & set(countries):
            cases += built_in(things, then)
    if by is not None:
        found = [entry for entry in found if entry.by and is_named(by, said[entry.by])]
    found.sort(key=lambda entry: (entry.id, entry.said or "", entry.opens))
    return Ledger(then, tuple(found), tuple(sorted(cases)))


@lru_cache(maxsize=4)
def promisers(atlas: Atlas) -> Mapping[str, LocalText]:
    """Return who announced an opening, by the English name, those with the most announcements first."""
    counts: Counter[str] = Counter()
    for entry in atlas.catalog.projects.values():
        rows: Iterable[Row] = (*entry.segments, *entry.sites)
        own = [entry.promises, *(row.promises for row in rows if row.promises != entry.promises)]
        counts.update(promise.by for promise in chain.from_iterable(own) if promise.by)
    prose = atlas_prose(atlas, LANGUAGES)
    names = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: LocalText.model_validate(prose.texts(name, LANGUAGES)) for name in names}


def is_named(part: str, name: LocalText) -> bool:
    """Say whether a part of a name is in it, in any language."""
    return any(part.lower() in text.lower() for text in name.texts)


def with_words(name: LocalText) -> list[str]:
    """Return a name in every language and the words that it is made of, by any of which one may look for it."""
    return [*name.texts, *(word for text in name.texts for word in re.split(r"[ ,]+", text))]


def unknown_promiser(value: str, known: Mapping[str, LocalText]) -> Complaint:
    """Return the complaint about somebody who announced nothing: who is spelt alike, else who announced most."""
    sentence = Complaint("net_unknown_promiser", {"value": value})

    near = nearest(value, {name: with_words(texts) for name, texts in known.items()})
    quoted = [Complaint("net_quoted", {"text": Thing(name, known[name])}) for name in near or [*known][:AT_MOST]]
    if near:
        return Complaint("net_meant", {"sentence": sentence, "offers": in_one("net_or", quoted)})
    return Complaint("net_promisers", {"sentence": sentence, "known": in_one("net_comma", quoted)})


def says_otherwise(row: Row, project: Project) -> bool:
    """Say whether a row has phases or promises of its own: what it only repeats is the project's and counts once."""
    return row.promises != project.promises or row.phases != project.phases


def countries_of(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the states of every row and of every project, those of the rows below it included."""
    found: dict[str, dict[str, None]] = {}
    rows = atlas.rows
    for id_, projects, countries in zip(rows["id"], rows["projects"], rows["countries"], strict=True):
        above = [up for project in projects for up in (project, *atlas.ancestors(project))]
        for key in dict.fromkeys([id_, *above]):
            found.setdefault(key, {}).update(dict.fromkeys(countries))
    return {key: tuple(countries) for key, countries in found.items()}


def announcements_of(
    atlas: Atlas, thing: Project | Row, project: Project, title: str, states: Sequence[str], year: int
) -> list[Announcement]:
    """Return the announcements of a project or of a row that were made by a year."""
    phases = [phase.model_dump(by_alias=True) for phase in thing.phases]
    begun = opening_year(phases)
    first = thing.promises[0].opens if thing.promises else ""
    made = [(promise, said_by(atlas, promise)) for promise in thing.promises]
    opened = {said: opening_since(phases, said, year) for _, said in made}
    return [
        Announcement(
            id=thing.id,
            project=project.id,
            title=title,
            countries=tuple(states),
            opens=promise.opens,
            said=promise.said,
            by=promise.by,
            source=promise.source,
            slip_years=int(promise.opens[:4]) - int(first[:4]),
            outcome=(
                UNKNOWN
                if begun is None and thing.status == OPERATING
                else outcome_of(thing, int(promise.opens[:4]), opened[said], year, ran=(begun or year) < said)
            ),
            opened=opened[said],
        )
        for promise, said in made
        if said <= year
    ]


def opening_since(phases: Sequence[Mapping[str, Any]], said: int, year: int) -> int | None:
    """Return the year of the first opening by a year; of what ran before a year `said`, of the first opening since."""
    opened = [year_of(phase.get("from")) for phase in phases if phase["status"] == OPERATING]
    first, *later = opened or [None]
    if first is not None and first < said:
        first = next((opening for opening in later if opening is not None and opening >= said), None)
    return first if first is not None and first <= year else None


def said_by(atlas: Atlas, promise: Promise) -> int:
    """Return the year by which an announcement had been made: its own, else that of its source, else of the facts."""
    source = atlas.catalog.sources.get(promise.source or "")
    moment = promise.said or (source.published if source else None)
    return int(moment[:4]) if moment else atlas.year


def outcome_of(thing: Project | Row, due: int, opened: int | None, year: int, *, ran: bool) -> str:
    """Return what became of an announcement by the end of a year; a year that is not over is not late.

    Of a thing that `ran` already nobody may know whether what was announced has come.
    """
    if opened is not None:
        return KEPT if opened <= due else LATE
    if ran and thing.status == OPERATING and due < year:
        return UNKNOWN
    if thing.status not in UNFINISHED and thing.status != OPERATING:
        return GIVEN_UP
    return LATE if due < year else OPEN


def built_in(things: Iterable[Project | Row], year: int) -> list[tuple[str, int]]:
    """Return how many years each thing took from breaking ground to opening, where both are known; each course once."""
    found: dict[tuple[int, int], str] = {}
    for thing in things:
        phases = [phase.model_dump(by_alias=True) for phase in thing.phases]
        begun, opened = opening_year(phases, CONSTRUCTION), opening_year(phases)
        if begun is not None and opened is not None and begun <= opened <= year:
            found.setdefault((begun, opened), thing.id)
    return [(id_, opened - begun) for (begun, opened), id_ in found.items()]
