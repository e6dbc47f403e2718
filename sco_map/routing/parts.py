"""The parts of the network that are not connected with the greatest, and which of them need a written reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from sco_map.atlas import Atlas
from sco_map.catalog import CatalogError, Problem
from sco_map.model.kinds import AT_SEA
from sco_map.model.network import RAIL, ROAD
from sco_map.model.texts import counted
from sco_map.routing.links import Network, network_of

FILE = "network.toml"


@dataclass(frozen=True)
class Part:
    """A part of the network: its places, its railways, the projects and states that these are of, and their km."""

    places: tuple[str, ...]
    rows: tuple[str, ...]
    projects: tuple[str, ...]
    countries: tuple[str, ...]
    km: float


def parts_of(atlas: Atlas, network: Network) -> list[Part]:
    """Return the parts of a network, the one with the most places first."""
    home = {id_: tuple(projects) for id_, projects in zip(atlas.rows["id"], atlas.rows["projects"], strict=True)}
    found = []
    for nodes in nx.connected_components(network.joints):
        edges = network.joints.subgraph(nodes).edges(data="links")
        links = [link for _, _, several in edges for link in several or () if link.kind not in AT_SEA]
        rows = tuple(sorted({link.row for link in links}))
        found.append(
            Part(
                places=tuple(sorted({place for place, _ in nodes})),
                rows=rows,
                projects=tuple(sorted({home[row][0] for row in rows})),
                countries=tuple(sorted({code for link in links for code, _ in link.countries})),
                km=round(sum(link.km for link in links), 2),
            )
        )
    return sorted(found, key=lambda part: (-len(part.places), part.places))


def unconnected(atlas: Atlas, *, year: int | None = None, promised: bool = False) -> list[Part]:
    """Return the parts of the railways, ferries and sea legs that no way joins with the greatest part."""
    return parts_of(atlas, network_of(atlas, year=year, promised=promised))[1:]


def network_report(atlas: Atlas) -> list[str]:
    """Return what the railways and the roads consist of, a line for each part that is not connected with the greatest.

    Raises CatalogError when a member's railway is an island without a reason in network.toml, and when a reason is
    given for one that is connected or belongs to no member.
    """
    network = network_of(atlas)
    islands = parts_of(atlas, network)[1:]
    if problems := island_faults(atlas, islands):
        raise CatalogError(problems, atlas.catalog.path.name)
    return [*part_lines(atlas, network, "network"), *part_lines(atlas, network_of(atlas, kinds=(ROAD,)), "roads")]


def part_lines(atlas: Atlas, network: Network, name: str) -> list[str]:
    """Return what a network consists of, and a line for each part that is not connected with the greatest."""
    islands = parts_of(atlas, network)[1:]
    size = f"{counted(len(network.links), 'open link')} between {len(network.graph)} places"
    return [
        f"{name}: {size} in {counted(1 + len(islands), 'part')}",
        *(
            f"  not connected: {', '.join(part.rows)} "
            f"({len(part.places)} places, {part.km:,.0f} km, {', '.join(part.countries)})"
            for part in islands
        ),
    ]


def island_faults(atlas: Atlas, islands: Sequence[Part]) -> list[Problem]:
    """Return a sentence for each island of a member without a reason, and for each reason that nothing needs."""
    members = atlas.members()
    reasons = atlas.catalog.islands
    needed = [part for part in islands if members & set(part.countries)]
    problems = [
        Problem(
            FILE,
            "",
            f"{', '.join(part.rows)} ({', '.join(part.countries)}) is not connected with the rest of the "
            f"railway network; join it at a place that both share, or say in [{part.projects[0]}] why not",
        )
        for part in needed
        if not set(part.projects) & reasons.keys()
    ]
    on_islands = {project for part in needed for project in part.projects}
    problems += [
        Problem(FILE, f"[{id_}]", "is connected with the rest of the network or is not a member's; take the reason out")
        for id_ in reasons
        if id_ not in on_islands and has_railway(atlas, id_)
    ]
    return problems


def has_railway(atlas: Atlas, project: str) -> bool:
    """Say whether a project has railways of its own in the atlas."""
    rows = atlas.rows
    return any(
        kind == RAIL and projects and projects[0] == project
        for kind, projects in zip(rows["kind"], rows["projects"], strict=True)
    )
