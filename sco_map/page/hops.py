"""Pack the hops of a row for the page's network, and say where its lines meet; what the row says is not repeated.

The page's script reads the same form (web/src/facts/hops.ts).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from sco_map.atlas import Atlas, meeting_places
from sco_map.model.kinds import WATERCOURSES
from sco_map.page.pack import pack_integers

Json = dict[str, Any]
Hop = Mapping[str, Any]

HUNDREDTHS = 100
"""Lengths travel as hundredths of a km, as exact as they are known, so that sums are sums of whole numbers."""

TENTHS = 10
"""The accuracy travels as tenths of a km."""


def has_legs(kind: str, hops: Sequence[Hop] | None) -> bool:
    """Say whether a row of that kind is told leg by leg: links of the network, and power lines, cables and canals."""
    return kind not in WATERCOURSES and bool(hops)


def places_of_hops(hops: Sequence[Hop]) -> list[str]:
    """Return the places of hops in their order."""
    return [hop["from"] for hop in hops[:1]] + [hop["to"] for hop in hops]


def packed_hops(row: Mapping[str, Any]) -> Json:
    """Return the hops of a row: lengths, accuracies, states where they are not those of the hop before, places where
    they are not those of the row.
    """
    hops: Sequence[Hop] = row["hops"]
    record: Json = {
        "km": pack_integers([hundredths(hop["km"]) for hop in hops]),
        "accuracy": pack_integers([round(hop["accuracy_km"] * TENTHS) for hop in hops]),
    }
    if states := list(states_of(hops, list(row["countries"]))):
        record["states"] = states
    stops = places_of_hops(hops)
    if stops != list(row["places"]):
        record["stops"] = stops
    return record


def states_of(hops: Iterable[Hop], countries: Sequence[str]) -> Iterable[list[int]]:
    """Yield the hops that do not lie wholly in the state in which the one before ended (the first: of the row).

    Each is a list: the number of the hop, and in turn the number of a state in the row's list and the km there; those
    in the last state are left out where they are the rest of the hop.
    """
    here = 0
    for number, hop in enumerate(hops):
        states = [(countries.index(code), hundredths(km)) for code, km in (hop["countries"] or {}).items()]
        whole = hundredths(hop["km"])
        if states != ([(here, whole)] if countries else []):
            entry = [number, *(value for state in states for value in state)]
            yield entry[:-1] if states and sum(km for _, km in states) == whole else entry
        if states:
            here = states[-1][0]


def hundredths(km: float) -> int:
    """Return a length in hundredths of a km."""
    return round(km * HUNDREDTHS)


def states_at_nodes(rows: pd.DataFrame) -> dict[str, set[str]]:
    """Return the places of the network with the states in which the hops of the rows begin and end there."""
    found: dict[str, set[str]] = {}
    for kind, hops in zip(rows["kind"], rows["hops"], strict=True):
        for hop in hops if has_legs(kind, hops) else ():
            states = list(hop["countries"] or ())
            found.setdefault(hop["from"], set()).update(states[:1])
            found.setdefault(hop["to"], set()).update(states[-1:])
    return found


def junctions(atlas: Atlas, places: Collection[str], numbers: Mapping[str, int]) -> Json:
    """Return the numbers of those of the places where trains change the gauge, and where land meets the sea.

    `enclosed` are the ports on seas that no ship leaves for the ocean.
    """
    breaks, ports = meeting_places(atlas)
    return {
        "breaks": sorted(numbers[place] for place in breaks & set(places)),
        "ports": sorted(numbers[place] for place in ports & set(places)),
        "enclosed": sorted(numbers[place] for place in atlas.catalog.enclosed_ports & set(places)),
    }
