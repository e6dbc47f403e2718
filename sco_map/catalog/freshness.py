"""What to look at next: works without news, promises that are due, projects that nobody has looked at for long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import Project, Promise, Row
from sco_map.catalog.sourcing import rows_of
from sco_map.model.phases import UNFINISHED

CONSTRUCTION = "construction"
SILENT_MONTHS = 24
"""After so many months without a dated fact there is said to be no news of works."""

UNSEEN_MONTHS = 6
"""After so many months since one of its texts was read a project is due to be looked at."""

NO_NEWS, PASSED, DUE, NOT_LOOKED_AT = "no news", "promise passed", "promise due", "last looked at"


@dataclass(frozen=True)
class Stale:
    """Something to look at: why, of which row or project, and since when (None: not known)."""

    why: str
    id: str
    project: str
    since: str | None


def last_month(date: str) -> int:
    """Return the number of the last month that a date may mean: 2024 is at the latest December of that year."""
    return int(date[:4]) * 12 + int(date[5:7] or 12)


def months_between(date: str, today: str) -> int:
    """Return for how many months, at the least, a date has passed."""
    return last_month(today) - last_month(date)


def latest_news(entry: Project | Row, project: Project) -> str | None:
    """Return the date of the last dated fact of an entry; a row that only has its project's phases has its news."""
    told: list[Project | Row] = (
        [entry, project] if isinstance(entry, Row) and "phases" not in entry.written else [entry]
    )
    dates = [phase.since for phase in entry.phases]
    dates += [moment.date for one in told for moment in one.history]
    dates += [promise.said for promise in entry.promises]
    return max((date for date in dates if date), key=last_month, default=None)


def whole_projects(catalog: Catalog) -> list[Project]:
    """Return the projects that have no rows, which only they themselves stand for."""
    return [entry for entry in catalog.projects.values() if not (entry.segments or entry.sites or entry.uses)]


def without_news(catalog: Catalog, today: str) -> list[Stale]:
    """Return the works in progress of which nothing dated is known for two years, the longest silent first."""
    found = []
    entries: list[Project | Row] = [*rows_of(catalog), *whole_projects(catalog)]
    for entry in entries:
        if entry.status != CONSTRUCTION:
            continue
        project = entry if isinstance(entry, Project) else catalog.projects[entry.project]
        news = latest_news(entry, project)
        if news is None or months_between(news, today) >= SILENT_MONTHS:
            found.append(Stale(NO_NEWS, entry.id, project.id, news))
    return sorted(found, key=oldest_first)


def promised(catalog: Catalog) -> Iterator[tuple[Project | Row, str, Promise]]:
    """Yield whatever is unfinished and has promises of its own, with its project and the last of them."""
    for project in catalog.projects.values():
        if project.status in UNFINISHED and project.promises:
            yield project, project.id, project.promises[-1]
    for row in rows_of(catalog):
        if row.status in UNFINISHED and row.promises and "promises" in row.written:
            yield row, row.project, row.promises[-1]


def due(catalog: Catalog, today: str) -> list[Stale]:
    """Return the promises that have passed or fall due in the year of `today`, the earliest first."""
    found = []
    for entry, project, promise in promised(catalog):
        if last_month(promise.opens) < last_month(today):
            found.append(Stale(PASSED, entry.id, project, promise.opens))
        elif promise.opens[:4] == today[:4]:
            found.append(Stale(DUE, entry.id, project, promise.opens))
    return sorted(found, key=oldest_first)


def looked_at(project: Project, catalog: Catalog) -> str | None:
    """Return when a text that a project or one of its rows names was last read, None where none has been."""
    cited = [source for entry in (project, *project.segments, *project.sites) for source in entry.cited()]
    sources = [catalog.sources[id_] for id_ in cited if id_ and id_ in catalog.sources]
    return max((source.accessed for source in sources if source.accessed), default=None)


def not_looked_at(catalog: Catalog, today: str) -> list[Stale]:
    """Return the projects none of whose texts was read for half a year, those never looked at first."""
    found = []
    for project in catalog.projects.values():
        seen = looked_at(project, catalog)
        if seen is None or months_between(seen, today) >= UNSEEN_MONTHS:
            found.append(Stale(NOT_LOOKED_AT, project.id, project.id, seen))
    return sorted(found, key=oldest_first)


def as_of(catalog: Catalog) -> str:
    """Return the date of the layer looked at last: the day of the map where no clock may be read."""
    return max((layer.as_of for layer in catalog.layers.values()), key=last_month)


def stale(catalog: Catalog, today: str) -> list[Stale]:
    """Return everything to look at next on the day `today`."""
    return [*without_news(catalog, today), *due(catalog, today), *not_looked_at(catalog, today)]


def oldest_first(entry: Stale) -> tuple[str, str]:
    """Return by what a list is sorted: the unknown first, then the earliest."""
    return entry.since or "", entry.id
