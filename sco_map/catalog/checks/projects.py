"""Projects: what their files name exists, their ids are their own, their parents form a tree."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.checks.facts import fact_faults, length_faults, phase_faults, promise_faults, throughout_faults
from sco_map.catalog.checks.lookup import Lookup
from sco_map.catalog.models import Carriage, Project
from sco_map.catalog.problems import Problem
from sco_map.model.suggestions import Known


def repeated_ids(catalog: Catalog) -> Iterator[Problem]:
    """Yield ids that name more than one project, segment, site, event or river."""
    first = {project: f"projects/{project}.toml" for project in catalog.projects}
    rows = (row for project in catalog.projects.values() for row in (*project.segments, *project.sites))
    for id_, home in [
        *((row.id, f"projects/{row.project}.toml") for row in rows),
        *((id_, "events.csv") for id_ in catalog.events),
        *((id_, "rivers.csv") for id_ in catalog.rivers),
    ]:
        if id_ in first:
            yield Problem(home, repr(id_), f"duplicate id, it already names something in {first[id_]}")
        first.setdefault(id_, home)


def project_faults(find: Lookup, project: Project, file: str) -> Iterator[Problem]:
    """Yield everything wrong with what a project says of itself; its rows are looked at by rows.py."""
    yield from fact_faults(find, project, file, "")
    yield from find.word("form", project.form, file, "")
    yield from phase_faults(find, project.phases, file, "")
    yield from promise_faults(project.promises, file, "")
    yield from parent_faults(find, project, file)
    yield from find.countries(project.countries, file, "")
    yield from length_faults(find, project.published_lengths, file, "", in_segment=False)
    yield from find.countries((party.country for party in project.parties), file, "")
    for party in project.parties:
        yield from find.word("status", party.status, file, "parties", "agreement_status")
    yield from throughout_faults(find, project, file)
    yield from use_faults(find, project, file)
    yield from way_faults(find, project, file)


def parent_faults(find: Lookup, project: Project, file: str) -> Iterator[Problem]:
    """Yield an unknown parent, and parents that lead back to the project."""
    if project.parent is None:
        return
    projects = find.catalog.projects
    yield from find.known("project", project.parent, find.catalog.known("projects"), "", file, "parent")
    chain = [project.id]
    above = projects.get(project.parent)
    while above is not None and above.id not in chain:
        chain.append(above.id)
        above = projects.get(above.parent) if above.parent else None
    if above is not None and above.id == project.id:
        yield Problem(file, "parent", f"the parents run in a circle: {' > '.join([*chain, project.id])}")


def use_faults(find: Lookup, project: Project, file: str) -> Iterator[Problem]:
    """Yield rows in `uses` that do not exist or are the project's own."""
    rows = frozenset(find.catalog.segments) | frozenset(find.catalog.sites)
    for used in project.uses:
        yield from find.known("segment", used, rows, "", file, "uses")
        if used.split("__")[0] == project.id:
            yield Problem(file, "uses", f"{used!r} is the project's own; `uses` names rows of other projects")


def way_faults(find: Lookup, project: Project, file: str) -> Iterator[Problem]:
    """Yield what the ways of a project name that does not exist, and ways that cannot be told apart or lead nowhere.

    Whether the network has such a way is known only once it is built; `check` of the whole says it.
    """
    seen: set[str] = set()
    for way in project.ways:
        entry = f"way {way.id!r}"
        if way.id in seen:
            yield Problem(file, entry, "the id appears twice; every way of a project has its own")
        seen.add(way.id)
        yield from find.places((way.start, way.end, *way.via), file, entry)
        if way.start == way.end:
            yield Problem(file, entry, f"begins and ends at {way.start!r}; a way leads from one place to another")
        for kind in way.kinds:
            yield from find.word("kind", kind, file, entry)
        for value in way.avoid:
            yield from find.known("place, country or line", value, avoidable(find), "", file, f"{entry}, avoid")
        if way.promised and way.year is None:
            yield Problem(file, entry, "rests on promises but says for no year; add `year`")
        for carriage in way.carriage:
            yield from carriage_faults(find, carriage, file, f"{entry}, carriage")


def avoidable(find: Lookup) -> Known:
    """Return what a way can leave aside: places, states, projects and lines."""
    catalog = find.catalog
    return {
        **dict.fromkeys(catalog.segments, ()),
        **catalog.known("places"),
        **catalog.known("countries"),
        **catalog.known("projects"),
    }


def carriage_faults(find: Lookup, carriage: Carriage, file: str, entry: str) -> Iterator[Problem]:
    """Yield unknown units and sources of a published time or cost, and a band that ends below its beginning."""
    yield from find.word("unit", carriage.unit, file, entry, "carriage_unit")
    yield from find.sources([carriage.source], file, entry)
    if carriage.low > carriage.high:
        yield Problem(file, entry, f"low {carriage.low:g} is greater than high {carriage.high:g}; swap the two")
