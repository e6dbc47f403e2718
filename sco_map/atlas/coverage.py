"""How much of each state's railways and gas trunk lines the map holds, beside the length that officials give."""

from __future__ import annotations

import html
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from sco_map.atlas.filtering import at_year
from sco_map.atlas.load import Atlas
from sco_map.atlas.summary import summarise
from sco_map.catalog import OfficialLength
from sco_map.model.phases import OPERATING

KINDS = ("rail", "gas_pipeline")
NONE_FOUND = "no official figure found"


@dataclass(frozen=True)
class Covered:
    """Of one state and one kind of line: the km in operation on the map, and the official length where one was found.

    `share` is what the map holds of it; more than 1 where the map counts more than the official figure does.
    """

    country: str
    kind: str
    map_km: float
    official_km: float | None
    as_of: str | None
    source: str | None

    @property
    def share(self) -> float | None:
        """The km of the map as a share of the official ones."""
        return None if self.official_km is None else round(self.map_km / self.official_km, 3)


@dataclass(frozen=True)
class Coverage:
    """The states of the organisation and its partners, each with its railways and its gas trunk lines."""

    entries: tuple[Covered, ...]
    atlas: Atlas = field(repr=False, compare=False)

    def to_frame(self) -> pd.DataFrame:
        """Return a row for each state and kind."""
        return pd.DataFrame([{**asdict(entry), "share": entry.share} for entry in self.entries])

    def to_dict(self) -> list[dict[str, Any]]:
        """Return everything as JSON values."""
        return [{**asdict(entry), "share": entry.share} for entry in self.entries]

    def _repr_html_(self) -> str:
        """Return the table for a notebook."""
        return f"<div>{html.escape(NONE_FOUND)} where empty</div>{self.to_frame().to_html()}"


def coverage(atlas: Atlas, countries: Collection[str] = ()) -> Coverage:
    """Return what the map holds of the lines of some states; without a choice of all that have a role or a figure.

    On the map count lines in operation, with the km that lie in the state; a rebuilt track counts once, parallel
    pipelines each, as the operators count them.
    """
    register = atlas.catalog.countries
    chosen = [
        code
        for code, state in register.items()
        if (code in countries if countries else state.roles or state.official_lengths)
    ]
    entries = []
    for kind in KINDS:
        lines = at_year(atlas.rows[atlas.rows["kind"] == kind], atlas.year, undated=True)
        open_rows = lines[lines["status"] == OPERATING]
        sums = summarise(open_rows, "country").set_index("country")["km"]
        for code in chosen:
            known = official(register[code].official_lengths, kind)
            on_map = float(sums.get(code, 0.0))
            if known is not None or on_map:
                figure = (known.km, known.as_of, known.source) if known else (None, None, None)
                entries.append(Covered(code, kind, on_map, *figure))
    order = {code: number for number, code in enumerate(chosen)}
    entries.sort(key=lambda entry: (KINDS.index(entry.kind), order[entry.country]))
    return Coverage(tuple(entries), atlas)


def official(lengths: Collection[OfficialLength], kind: str) -> OfficialLength | None:
    """Return the latest official length of a kind."""
    return max((length for length in lengths if length.kind == kind), key=lambda length: length.as_of, default=None)
