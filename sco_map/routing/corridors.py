"""The ways that the catalog names, and what else has a line of its own: corridors, projects and rows as routes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sco_map.atlas import Atlas
from sco_map.catalog import CatalogError, LocalText, Problem, Project
from sco_map.catalog.models import NamedWay
from sco_map.model.languages import LANGUAGES
from sco_map.model.network import DEFAULT_KINDS, ROUTABLE, WAY_OF
from sco_map.model.suggestions import Known
from sco_map.routing.answers import Route, place_name, route
from sco_map.routing.complaints import Complaint, Gap, RoutingError, Thing, Year, in_one, thing_called, unknown
from sco_map.routing.links import Link
from sco_map.routing.questions import Question, prepared
from sco_map.routing.route import Way, way_of
from sco_map.routing.search import Step

MOST_PARTS = 4
"""So many parts of a project are named where it is not one line."""


def known_lines(atlas: Atlas) -> Known:
    """Return what can be compared beside routes, with its names: projects, their ways, and the lines of the map."""
    projects = atlas.catalog.projects
    lines = atlas.rows[atlas.rows["kind"].isin(ROUTABLE)]
    titles = zip(lines["id"], lines["title_en"], strict=True)
    return {
        **atlas.catalog.known("projects"),
        **{f"{id_}{WAY_OF}{way.id}": way.title.texts for id_, project in projects.items() for way in project.ways},
        **{id_: (title,) for id_, title in sorted(titles)},
    }


def line_of(
    atlas: Atlas, subject: str, *, year: int | None = None, promised: bool = False, worldview: str | None = None
) -> Route:
    """Return a corridor, a project, one of its ways (`project/way`) or a row as a route.

    A project that names ways is its main line, the first of them; another one is its rows laid end to end, if they are
    one chain. year, promised: instead of those that the way names. Raises RoutingError with a sentence that says why
    there is no such line.
    """
    id_, _, part = subject.partition(WAY_OF)
    project = atlas.catalog.projects.get(id_)
    if project is None:
        if part or subject not in set(atlas.rows["id"]):
            raise RoutingError([unknown(atlas, "line", subject, known_lines(atlas))])
        return row_line(atlas, subject, year, promised, worldview)
    if not project.ways:
        if part:
            gaps: Mapping[str, Gap] = {"project": thing_called(atlas, id_), "way": Thing(f"{WAY_OF}{part}")}
            raise RoutingError([Complaint("net_no_ways", gaps)])
        return chain_line(atlas, project, year, promised, worldview)
    ways = {way.id: way for way in project.ways}
    if part and part not in ways:
        known = {key: way.title.texts for key, way in ways.items()}
        raise RoutingError([unknown(atlas, "way", part, known, of=thing_called(atlas, id_))])
    return resolved(atlas, project, ways[part] if part else project.ways[0], year, promised, worldview)


def resolved(
    atlas: Atlas, project: Project, way: NamedWay, year: int | None, promised: bool, worldview: str | None = None
) -> Route:
    """Return a way that a project names as the network has it; `year` instead of the one that the way names."""
    try:
        found = route(
            atlas,
            way.start,
            way.end,
            year=way.year if year is None else year,
            promised=promised or (way.promised and year is None),
            kinds=way.kinds or DEFAULT_KINDS,
            via=way.via,
            avoid=way.avoid,
            alternatives=1,
            worldview=worldview,
        )
    except RoutingError as error:
        named = Thing(f"{project.id}{WAY_OF}{way.id}", way.title)
        raise RoutingError(
            [Complaint("net_way", {"way": named, "sentence": fault}) for fault in error.faults]
        ) from None
    return replace(found, subject=f"{project.id}{WAY_OF}{way.id}", title=way.title, carriage=way.carriage)


def row_line(atlas: Atlas, id_: str, year: int | None, promised: bool, worldview: str | None) -> Route:
    """Return a single row as a route, whatever its status."""
    row = atlas.rows.iloc[atlas.row_numbers[id_]]
    if row["kind"] not in ROUTABLE or not row["hops"]:
        raise RoutingError([Complaint("net_no_line", {"line": thing_called(atlas, id_)})])
    title = LocalText.model_construct(**{lang: row[f"title_{lang}"] for lang in LANGUAGES})
    found = laid(atlas, id_, {id_}, (row["kind"],), year, promised, worldview)
    if isinstance(found, Complaint):
        raise RoutingError([found])
    return replace(found, subject=id_, title=title)


def chain_line(atlas: Atlas, project: Project, year: int | None, promised: bool, worldview: str | None) -> Route:
    """Return the rows of a project, and of those below it, laid end to end."""
    below = {project.id, *atlas.catalog.descendants(project.id)}
    rows = atlas.rows
    own = rows[rows["projects"].map(lambda ids: bool(below & set(ids))) & rows["kind"].isin(ROUTABLE)]
    if own.empty:
        raise RoutingError([Complaint("net_no_rows", {"line": thing_called(atlas, project.id)})])
    kinds = tuple(kind for kind in ROUTABLE if kind in set(own["kind"]))
    found = laid(atlas, project.id, set(own["id"]), kinds, year, promised, worldview)
    if isinstance(found, Complaint):
        parts = in_one("net_comma", [thing_called(atlas, id_) for id_ in sorted(own["id"])[:MOST_PARTS]])
        raise RoutingError([Complaint("net_parts", {"sentence": found, "parts": parts})])
    return replace(found, subject=project.id, title=project.title)


def laid(
    atlas: Atlas,
    subject: str,
    rows: Collection[str],
    kinds: Sequence[str],
    year: int | None,
    promised: bool,
    worldview: str | None,
) -> Route | Complaint:
    """Return the rows of a subject laid end to end as a route, or what keeps them from being one line."""
    question = Question(year, promised, tuple(kinds), worldview=worldview)
    network = prepared(atlas, question, empty=True)
    links = [link for link in (*network.links, *network.closed) if link.row in rows]
    if not links:
        return Complaint("net_not_there", {"line": thing_called(atlas, subject), "year": Year(network.year)})
    steps = in_one_line(first_strings(links))
    if steps is None:
        lines = len({link.row for link in links})
        return Complaint("net_not_one_line", {"line": thing_called(atlas, subject), "n": lines})
    way: Way = way_of(network, steps)
    return Route(steps[0].start, steps[-1].end, question, network.year, (way,), atlas)


def first_strings(links: Iterable[Link]) -> list[Link]:
    """Return links without those that repeat another one between the same places: second strings and rebuilt tracks."""
    kept: dict[frozenset[str], Link] = {}
    for link in links:
        kept.setdefault(frozenset((link.start, link.end)), link)
    return list(kept.values())


def in_one_line(links: Sequence[Link]) -> tuple[Step, ...] | None:
    """Return links in the order of one line from end to end, None when they branch, are a ring, or fall apart.

    The line runs the way in which most of its km are written down.
    """
    at: dict[str, list[Link]] = {}
    for link in links:
        at.setdefault(link.start, []).append(link)
        at.setdefault(link.end, []).append(link)
    ends = [place for place, touching in at.items() if len(touching) == 1]
    if len(ends) != 2 or any(len(touching) > 2 for touching in at.values()):
        return None
    steps: list[Step] = []
    place, left = ends[0], list(links)
    while left:
        onward = [link for link in at[place] if link in left]
        if not onward:
            return None
        steps.append(Step(onward[0], back=onward[0].start != place))
        left.remove(onward[0])
        place = steps[-1].end
    if sum(step.link.metres * (-1 if step.back else 1) for step in steps) < 0:
        steps = [Step(step.link, back=not step.back) for step in reversed(steps)]
    return tuple(steps)


def main_line(atlas: Atlas, project: Project) -> Route | None:
    """Return the main line that a project names, as the network has it; None when it names none."""
    return resolved(atlas, project, project.ways[0], None, False) if project.ways else None


def ways_report(atlas: Atlas) -> list[str]:
    """Return a line for each project that names ways, with their lengths; raises CatalogError for ways not found."""
    problems: list[Problem] = []
    lines: list[str] = []
    for id_, project in sorted(atlas.catalog.projects.items()):
        texts = []
        for way in project.ways:
            try:
                found = resolved(atlas, project, way, None, False)
            except RoutingError as error:
                file, prefix = f"projects/{id_}.toml", f"{id_}{WAY_OF}{way.id}: "
                problems += (Problem(file, f"way {way.id!r}", said.removeprefix(prefix)) for said in error.complaints)
                continue
            ends = f"{place_name(atlas, found.start)}–{place_name(atlas, found.end)}"
            texts.append(f"{way.id} {ends} {found.best.km:,.0f} km")
        if texts:
            lines.append(f"ways of {id_}: {'; '.join(texts)}")
    if problems:
        raise CatalogError(problems, atlas.catalog.path.name)
    return lines
