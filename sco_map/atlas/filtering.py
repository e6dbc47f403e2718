"""Pick rows out of the table: those a selection asks for, those that existed in a year; tables in, tables out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sco_map.atlas.load import Atlas
from sco_map.model.dates import year_of
from sco_map.model.phases import UNFINISHED, is_proven_in, opening_year, role_in, status_in
from sco_map.model.ranges import MEASURES, Range, parse_range
from sco_map.model.search import terms_of
from sco_map.model.selection import ALL_MEMBERS, FACETS, Selection, hidden, wanted

Mask = NDArray[np.bool_]


def select(
    atlas: Atlas, selection: Selection, worldview: str | None = None, *, undated: bool = False
) -> gpd.GeoDataFrame:
    """Return the rows that `selection` asks for, in the order of the table, with status and role of its year.

    With a `worldview` the states are those that its worldview counts the rows to. A row whose start nobody knows is
    shown in years before that of the facts only from its first dated phase on, unless `undated` asks for it. Nothing
    is checked: an unknown value simply matches no row (see `Selection.checked`).
    """
    rows = seen_from(atlas.rows, worldview)
    if selection.year is not None:
        rows = at_year(rows, selection.year, undated=undated or selection.year >= atlas.year)
    keep = np.ones(len(rows), dtype=bool)
    for facet in FACETS:
        values = getattr(selection, facet)
        if chosen := wanted(values):
            keep &= having(atlas, rows, facet, chosen, selection.year)
        if taken := hidden(values):
            keep &= ~having(atlas, rows, facet, taken, selection.year)
    if selection.since is not None:
        keep &= opened_between(rows, selection.since, selection.year)
    if selection.late:
        keep &= overdue(rows, atlas.year if selection.year is None else selection.year)
    for name in MEASURES:
        if text := getattr(selection, name):
            keep &= within(rows, name, parse_range(name, text), selection.year)
    if selection.q:
        keep &= contains_all(atlas.haystacks.loc[rows.index], terms_of(selection.q))
    return rows if keep.all() else rows[keep]


def left_out(atlas: Atlas, selection: Selection, worldview: str | None = None) -> int:
    """Return how many rows a selection of a past year leaves out only because nobody says since when they are there."""
    if selection.year is None or selection.year >= atlas.year:
        return 0
    rows = select(atlas, selection, worldview, undated=True)
    return sum(len(phases) > 0 and not is_proven_in(phases, selection.year) for phases in rows["phases"])


def having(atlas: Atlas, rows: gpd.GeoDataFrame, facet: str, values: Sequence[str], year: int | None) -> Mask:
    """Return for each row whether it has any of the `values` in a facet."""
    if facet == "country":
        return meets(rows["countries"], chosen_countries(atlas, values, year))
    if facet == "project":
        return meets(rows["projects"], with_descendants(atlas, values))
    mask: Mask = rows[facet].isin(values).to_numpy()
    return mask


def within(rows: gpd.GeoDataFrame, name: str, asked: Range, year: int | None) -> Mask:
    """Return for each row whether its own figure lies in a range; what has none, or opened after `year`, does not."""
    measure = MEASURES[name]
    if measure.is_year:
        opened = [opening_year(phases) for phases in rows["phases"]]
        figures: Iterable[float | None] = [None if now and year and now > year else now for now in opened]
    else:
        figures = (None if pd.isna(cell) else float(cell) for cell in rows[measure.column])
    mask = np.fromiter((figure is not None and figure in asked for figure in figures), dtype=bool, count=len(rows))
    return mask if measure.unit_column is None else mask & (rows[measure.unit_column] == asked.unit).to_numpy(bool)


def seen_from(rows: gpd.GeoDataFrame, worldview: str | None) -> gpd.GeoDataFrame:
    """Return the rows with the states, and km in each, that a worldview counts them to (None: as shown)."""
    if worldview is None or "views" not in rows:
        return rows
    views = [cell.get(worldview) if isinstance(cell, dict) else None for cell in rows["views"]]
    if not any(views):
        return rows
    changed = {
        name: pd.Series(
            [view[name] if view else cell for view, cell in zip(views, rows[name], strict=True)],
            index=rows.index,
            dtype=object,
        )
        for name in ("countries", "km_by_country")
    }
    return rows.assign(**changed)


def at_year(rows: gpd.GeoDataFrame, year: int, *, undated: bool = False) -> gpd.GeoDataFrame:
    """Return the rows that existed in `year`, each with the status and the role it had then.

    A row with phases or roles exists from the first of them on, an event from its date on; a row with none
    of these is always there. A phase without a date proves nothing of a year, unless `undated` lets it count as having
    always been there.
    """
    status = [status_in(phases, year) for phases in rows["phases"]]
    role = [role_in(roles, year) for roles in rows["roles"]]
    begun = [
        (not phases or (status_then is not None and (undated or is_proven_in(phases, year))))
        and (not roles or role_then is not None)
        and ((year_of(date) if isinstance(date, str) else None) or year) <= year
        for phases, status_then, roles, role_then, date in zip(
            rows["phases"], status, rows["roles"], role, rows["date"], strict=True
        )
    ]
    then = rows.assign(status=pd.array(status, dtype="str"), role=pd.array(role, dtype="str"))
    return then[np.array(begun, dtype=bool)]


def opened_between(rows: gpd.GeoDataFrame, first: int, last: int | None) -> Mask:
    """Return for each row whether it is known to have opened in `first` or later, and not after `last`."""
    opened = (opening_year(phases) for phases in rows["phases"])
    return np.fromiter(
        (year is not None and first <= year <= (year if last is None else last) for year in opened),
        dtype=bool,
        count=len(rows),
    )


def overdue(rows: gpd.GeoDataFrame, year: int) -> Mask:
    """Return for each row whether its opening was promised for `year` or before and it is neither open nor given up.

    Of several promises the last one counts. The status is that of the column `status`, so the rows are as they were in
    their year.
    """
    return np.fromiter(
        (
            bool(promises) and status in UNFINISHED and (year_of(promises[-1]["opens"]) or year + 1) <= year
            for promises, status in zip(rows["promises"], rows["status"], strict=True)
        ),
        dtype=bool,
        count=len(rows),
    )


def chosen_countries(atlas: Atlas, codes: Iterable[str], year: int | None) -> frozenset[str]:
    """Return the country codes that those of a selection mean: "sco" means all members in its year."""
    chosen = frozenset(codes)
    return chosen | atlas.members(year) if ALL_MEMBERS in chosen else chosen


def with_descendants(atlas: Atlas, projects: Iterable[str]) -> frozenset[str]:
    """Return `projects` and everything below them in the tree of projects."""
    return frozenset(id_ for project in projects for id_ in (project, *atlas.catalog.descendants(project)))


def meets(lists: pd.Series, chosen: Collection[str]) -> Mask:
    """Return for each list whether it holds any of the `chosen` values."""
    wanted = frozenset(chosen)
    return np.fromiter((not wanted.isdisjoint(values) for values in lists), dtype=bool, count=len(lists))


def contains_all(haystacks: pd.Series, terms: Collection[str]) -> Mask:
    """Return for each folded text whether every term is a part of it."""
    return np.fromiter((all(term in text for term in terms) for text in haystacks), dtype=bool, count=len(haystacks))
