"""Say a reader's words in ours: statuses, kinds, states, years and capacities; the rest is left empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sco_map.catalog import Catalog
from sco_map.model.suggestions import plain
from sco_map.own.cells import is_blank, number_in

LIST = re.compile(r'\[(?:"[^"\\]*"(?:\s*,\s*(?!\]))?)*\]')
"""A list of texts, as GDAL hands over what GeoJSON has in one property."""

SEPARATORS = re.compile(r"\s*(?:[;,/|&]|\band\b|\s[-–—]\s)\s*")
UNIT_IN_NAME = re.compile(
    r"(bcm\s*/?\s*(?:y|yr|year|a)?|mtpa|mt\s*/\s*y(?:r)?|mcm\s*/\s*d|mw|teu(?:\s*/\s*y(?:r)?)?|tbit/s|tbps)\b",
    re.IGNORECASE,
)
UNIT_SPELLINGS = {
    "bcm/y": "bcm/yr", "bcmy": "bcm/yr", "bcma": "bcm/yr", "bcm/year": "bcm/yr", "bcm/a": "bcm/yr", "bcm/yr": "bcm/yr",
    "mtpa": "Mt/yr", "mt/y": "Mt/yr", "mt/yr": "Mt/yr", "mcm/d": "mcm/d", "mw": "MW", "teu": "TEU/yr",
    "teu/yr": "TEU/yr", "teu/y": "TEU/yr", "tbit/s": "Tbit/s", "tbps": "Tbit/s", "bcm": "bcm",
}  # fmt: skip
BARRELS = ("bpd", "boed", "bbl/d", "boe/d", "barrels per day")
BARRELS_A_TONNE, DAYS = 7.33, 365
"""Barrels of crude oil in a tonne, as the industry converts them, and days in a year."""

MM_PER_INCH = 25.4
INCHES = ("in", "inch", "inches", '"')


@dataclass
class Words:
    """How the words of one column are said in ours; `unknown` counts those that have no like."""

    known: Mapping[str, str]
    unknown: Counter[str] = field(default_factory=Counter)

    def __call__(self, text: str | None) -> str | None:
        """Return our word for a cell, None for what is blank or unknown."""
        if is_blank(text):
            return None
        found = self.known.get(plain((text or "").strip()))
        if found is None:
            self.unknown[(text or "").strip()] += 1
        return found


def words_for(catalog: Catalog, register: str, theirs: Mapping[str, str]) -> Words:
    """Return what says the words of a list of the vocabulary; `theirs` are words of a known format."""
    known = {
        plain(spelling): id_
        for id_, names in catalog.known(f"vocabulary.{register}").items()
        for spelling in (id_, *names)
    }
    return Words(known | {plain(word): id_ for word, id_ in theirs.items()})


def countries_for(catalog: Catalog) -> dict[str, str]:
    """Return the code of each state by every name that it is known under, in any of the languages."""
    known = catalog.known("countries")
    names = {plain(name): code for code, entries in known.items() for name in (code, *entries)}
    return names | {plain(other): code for other, code in OTHER_NAMES.items() if code in known}


OTHER_NAMES = {
    "Russian Federation": "RUS",
    "Iran (Islamic Republic of)": "IRN",
    "Islamic Republic of Iran": "IRN",
    "Türkiye": "TUR",
    "People's Republic of China": "CHN",
    "Korea, Republic of": "KOR",
    "Lao PDR": "LAO",
    "Viet Nam": "VNM",
    "Kyrgyz Republic": "KGZ",
}
"""Names that trackers use for states beside ours: the same words in another order, not another fact."""


def countries_in(text: str | None, names: Mapping[str, str], unknown: Counter[str]) -> list[str]:
    """Return the codes of the states that a cell names, in its order; GeoJSON may have them as a list."""
    if is_blank(text):
        return []
    text = (text or "").strip()
    if LIST.fullmatch(text):
        text = text[1:-1].replace('"', "")
    whole = plain(text)
    if whole in names:
        return [names[whole]]
    found = []
    for part in SEPARATORS.split(text):
        if not part:
            continue
        code = names.get(plain(part))
        if code is None:
            unknown[part] += 1
        elif code not in found:
            found.append(code)
    return found


def unit_of(*texts: str | None) -> str | None:
    """Return the unit of a capacity that a cell, the cell beside it or the name of their column says."""
    for text in texts:
        if is_blank(text):
            continue
        found = UNIT_IN_NAME.search(text or "")
        if found is not None:
            spelling = re.sub(r"\s", "", found.group()).lower()
            if unit := UNIT_SPELLINGS.get(spelling):
                return unit
    return None


def capacity_of(cell: str | None, unit_cell: str | None, column: str) -> tuple[float, str] | None:
    """Return a capacity and its unit, barrels a day as tonnes a year; None where number or unit is not known."""
    value = number_in(None if is_blank(cell) else cell)
    if value is None or value <= 0:
        return None
    said = " ".join(filter(None, (cell, unit_cell, column))).casefold()
    if unit := unit_of(cell, unit_cell, column):
        return value, unit
    if any(barrels in said for barrels in BARRELS):
        return round(value * DAYS / BARRELS_A_TONNE / 1e6, 3), "Mt/yr"
    return None


def millimetres(cell: str | None, unit_cell: str | None, low: float, high: float) -> int | None:
    """Return a diameter or a gauge in mm, from inches where the file says so; None outside of what there is."""
    value = number_in(None if is_blank(cell) else cell)
    if value is None:
        return None
    if (unit_cell or "").strip().casefold() in INCHES or (cell or "").rstrip().endswith(INCHES):
        value *= MM_PER_INCH
    return round(value) if low <= value <= high else None


def listed(counts: Counter[str], most: int = 3) -> str:
    """Return words with how often they occur, the most frequent first."""
    shown = ", ".join(
        f"{word!r} ({count:,})" for word, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]
    )
    return f"{shown} and {len(counts) - most:,} more" if len(counts) > most else shown
