"""The links by which alone a part of the network hangs together, and what lies on either side; knows only joints.

One walk through the joints finds them and counts the places on both sides, so the time grows with the network only.
The page's script does the same (web/src/routing/parts.ts).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import networkx as nx

from sco_map.routing.links import Link

Joint = tuple[str, str]
"""A place and a side of it: a gauge, the sea, the road, a kind of pipeline."""


@dataclass
class Walk:
    """A walk through all joints, deep first: when each was reached and from where, and how far back its branch reaches.

    `back` is the number of the earliest joint that the branch below a joint is joined with.
    """

    neighbours: Mapping[Joint, Sequence[Joint]]
    reached: dict[Joint, int] = field(default_factory=dict)
    above: dict[Joint, Joint | None] = field(default_factory=dict)
    depth: dict[Joint, int] = field(default_factory=dict)
    root: dict[Joint, Joint] = field(default_factory=dict)
    back: dict[Joint, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for joint in self.neighbours:
            if joint not in self.reached:
                self._through(joint)

    def _through(self, root: Joint) -> None:
        waiting = [(root, self._reach(root, None))]
        while waiting:
            here, ahead = waiting[-1]
            above = self.above[here]
            for there in ahead:
                if there not in self.reached:
                    waiting.append((there, self._reach(there, here)))
                    break
                if there != above:
                    self.back[here] = min(self.back[here], self.reached[there])
            else:
                waiting.pop()
                if above is not None:
                    self.back[above] = min(self.back[above], self.back[here])

    def _reach(self, joint: Joint, above: Joint | None) -> Iterator[Joint]:
        self.back[joint] = self.reached[joint] = len(self.reached)
        self.above[joint] = above
        self.depth[joint] = 0 if above is None else self.depth[above] + 1
        self.root[joint] = joint if above is None else self.root[above]
        return iter(self.neighbours[joint])

    def fork(self, one: Joint, other: Joint) -> Joint:
        """Return the last joint above both of two joints of one part."""
        while one != other:
            if self.depth[one] >= self.depth[other]:
                one = self.above[one] or one
            else:
                other = self.above[other] or other
        return one


def partings(joints: nx.Graph) -> Iterator[tuple[Link, int, int]]:
    """Yield the links without which a part falls into two, with the number of places on one side only and on the other.

    Two lines side by side are none; neither is a change at one place. A place with joints on both sides lies on neither
    of them alone.
    """
    walk = Walk({joint: list(joints[joint]) for joint in joints})
    touching, inside = counted(walk, grouped(walk))
    for joint, above in walk.above.items():
        if above is None or walk.back[joint] <= walk.reached[above]:
            continue
        links: Sequence[Link] = joints.edges[above, joint].get("links", ())
        if len(links) == 1:
            yield links[0], inside[joint], touching[walk.root[joint]] - touching[joint]


def grouped(walk: Walk) -> Iterable[Sequence[Joint]]:
    """Return the joints of each place in each part, in the order of the walk."""
    found: dict[tuple[str, Joint], list[Joint]] = defaultdict(list)
    for joint in walk.reached:
        found[joint[0], walk.root[joint]].append(joint)
    return found.values()


def counted(walk: Walk, places: Iterable[Sequence[Joint]]) -> tuple[dict[Joint, int], dict[Joint, int]]:
    """Return for the branch below each joint how many places have a joint in it, and how many have all theirs in it."""
    touching, inside = dict.fromkeys(walk.reached, 0), dict.fromkeys(walk.reached, 0)
    for group in places:
        for joint in group:
            touching[joint] += 1
        for one, other in itertools.pairwise(group):
            touching[walk.fork(one, other)] -= 1
        inside[reduce(walk.fork, group)] += 1
    for joint in reversed(walk.reached):
        above = walk.above[joint]
        if above is not None:
            touching[above] += touching[joint]
            inside[above] += inside[joint]
    return touching, inside
