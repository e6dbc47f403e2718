"""Ids that others give to the same things: how each looks, and under which address it is found; no id is kept here."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACES, STATES, PROJECTS, ROWS = "places", "states", "projects", "rows"
ANYTHING = (STATES, PROJECTS, ROWS, PLACES)

ID = "{id}"
"""Where the id comes into an address."""

STATION = "station_code"
LOCODE = "unlocode"


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One way of naming things: the column is called `name`, `title` is what people call it.

    `pattern` is what the whole of an id looks like and `looks` says so in words. `address` leads to what is known under
    an id, None where there is no such page. `of` names what may have such an id.
    """

    name: str
    title: str
    pattern: str
    looks: str
    meaning: str
    address: str | None = None
    short: str = ""
    of: tuple[str, ...] = ANYTHING


SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        name="wikidata",
        title="Wikidata",
        pattern=r"Q[1-9][0-9]*",
        looks="the letter Q and a number, as in Q148",
        meaning="Item of Wikidata about the same thing",
        address=f"https://www.wikidata.org/wiki/{ID}",
    ),
    Scheme(
        name="gem",
        title="Global Energy Monitor",
        pattern=r"[A-Z0-9][A-Za-z0-9_().,'&–-]*[A-Za-z0-9)]",
        looks="the title of a page of gem.wiki with underscores for spaces, as in Blue_Stream_Gas_Pipeline",
        meaning="Page of the wiki of Global Energy Monitor about the same thing",
        address=f"https://www.gem.wiki/{ID}",
        of=(PROJECTS, ROWS),
    ),
    Scheme(
        name=LOCODE,
        title="UN/LOCODE",
        pattern=r"[A-Z]{2}[A-Z2-9]{3}",
        looks="five letters without a space, of which the last three may be digits from 2 to 9, as in KZAAU",
        meaning="Code of the United Nations for the place where a point lies",
        of=(PLACES,),
    ),
    Scheme(
        name=STATION,
        title="Station code",
        pattern=r"[0-9]{6}",
        looks="six digits, the last of which checks the others, as in 708507",
        meaning="Code of the station where a point lies, in the list that railways of 1,520 mm share (ESR)",
        short="stat_code",
        of=(PLACES,),
    ),
)

CODES = (LOCODE, STATION)
"""Codes that say where something lies: a point has those of its place, and the page those of all places."""

BY_NAME = {scheme.name: scheme for scheme in SCHEMES}
NAMES = tuple(BY_NAME)


def id_fault(scheme: str, id_: str) -> str | None:
    """Return what keeps a text from being an id of a known scheme, None when it can be one."""
    known = BY_NAME[scheme]
    if not re.fullmatch(known.pattern, id_):
        return f"must be {known.looks}"
    if scheme == STATION and check_digit(id_[:-1]) != id_[-1]:
        return f"ends with {id_[-1]}, but the first five digits ask for {check_digit(id_[:-1])}; compare it once more"
    return None


def check_digit(digits: str) -> str:
    """Return the digit that a station code has behind these: their sum, weighted from 1 on, modulo 11.

    Where that is 10 the weights begin with 3; where that is 10, too, the digit is 0.
    """
    for first in (1, 3):
        rest = sum(weight * int(digit) for weight, digit in enumerate(digits, start=first)) % 11
        if rest < 10:
            return str(rest)
    return "0"
