"""The shape of a story: steps that set filters, style and part of the map; figures in its texts come from the facts.

A saved question is a story with a single step. What a figure says is computed from the atlas (sco_map/page/figures.py);
here is only which figures there are and what each is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from sco_map.catalog.models import (
    Box,
    Entry,
    Id,
    Iso3,
    Kind,
    LayerId,
    LocalText,
    Many,
    RoleId,
    Status,
    listed,
    ranged,
)
from sco_map.model.dates import FIRST_YEAR, LAST_YEAR
from sco_map.model.languages import LANGUAGES
from sco_map.model.selection import Selection

TABLE, FOLDER = "stories.toml", "stories"
"""Stories of a single step have a file together, the others one file each below a folder."""

THINGS, PROJECT, COUNTRY, EVENT, YEAR, ROUTE = "things", "project", "country", "event", "year", "route"
"""What a figure is about: projects and rows (several with + are added up), an entry of a register, a year, or the
route that a step of the same story asks for."""

FIGURES: Mapping[str, str] = {
    "km": THINGS,
    "capacity": THINGS,
    "opened": THINGS,
    "begun": THINGS,
    "stopped": THINGS,
    "reversed": THINGS,
    "planned": THINGS,
    "promised": THINGS,
    "first_promised": THINGS,
    "cost": PROJECT,
    "joined": COUNTRY,
    "event": EVENT,
    "this_year": YEAR,
    "members": YEAR,
    "partners": YEAR,
    "announced": YEAR,
    "kept": YEAR,
    "late": YEAR,
    "to_come": YEAR,
    "given_up": YEAR,
    "build_years": YEAR,
    "route_km": ROUTE,
    "route_sea_km": ROUTE,
    "route_promised_km": ROUTE,
    "route_borders": ROUTE,
    "route_breaks": ROUTE,
}
"""The figures that a text may name in braces, as in {km:cku_railway}, and what each is about."""

AT_LINE = ("km", "capacity", "opened", "begun", "stopped", "promised", "cost")
"""The figures that may stand on the map beside a line."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
AND = "+"


class StorySelection(Entry):
    """The selection of a step, in the words of the facets."""

    country: Many[str] = ()
    project: Many[Id] = ()
    layer: Many[LayerId] = ()
    kind: Many[Kind] = ()
    status: Many[Status] = ()
    role: Many[RoleId] = ()
    year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    since: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    late: bool = False
    capacity: Annotated[str, ranged("capacity")] | None = None
    length: Annotated[str, ranged("length")] | None = None
    diameter: Annotated[str, ranged("diameter")] | None = None
    opened: Annotated[str, ranged("opened")] | None = None


class StoryRoute(Entry):
    """A question to the network of lines, in the words of an address: from where to where, by which way."""

    start: Id = Field(alias="from")
    end: Id = Field(alias="to")
    via: Many[Id] = ()
    avoid: Many[Id | Iso3] = ()
    by: Annotated[str, listed("aim")] | None = None
    promised: bool = False


class StoryFigure(Entry):
    """A figure on the map beside the line of a row: one of `AT_LINE`, of that row or of the projects `of`."""

    at: Id
    figure: Annotated[str, listed("figure_at_line")]
    of: str | None = None


class Step(Entry):
    """A step of a story: what it says, which part of the map it shows and how.

    `select` says which rows are shown and in which year, `colour` what the lines are coloured by when not by project
    ("gauge"), `flow` draws width by capacity and arrows, `extent` is the part of the map (west, south, east, north).
    `lines` are the projects and rows that stand out, `figures` what is written beside them, `route` is asked of the
    network; figures in texts refer to it by the `id` of the step. `sources` carry what the text says.
    """

    id: Id | None = None
    title: LocalText | None = None
    text: LocalText | None = None
    select: StorySelection = StorySelection()
    colour: Annotated[str, listed("colour")] | None = None
    flow: bool = False
    extent: Box | None = None
    lines: Many[Id] = ()
    figures: Many[StoryFigure] = ()
    route: StoryRoute | None = None
    sources: Many[Id] = ()

    @property
    def selection(self) -> Selection:
        """What the step selects."""
        return Selection(**self.select.model_dump(exclude_defaults=True))


class Story(Entry):
    """A story the map tells step by step, as filters, style and part of the map; with one step it is a saved question.

    `text` says in a sentence what the story shows, and is the text of a single step; `first` puts a question on the
    opening page, `order` a told story among the others.
    """

    id: Id
    title: LocalText
    text: LocalText
    first: bool = False
    order: int | None = None
    steps: Many[Step] = Field(alias="step", min_length=1)

    @property
    def is_told(self) -> bool:
        """Whether it is told in several steps."""
        return len(self.steps) > 1

    @property
    def file(self) -> str:
        """The file that holds it, below the folder of the catalog."""
        return f"{FOLDER}/{self.id}.toml" if self.is_told else TABLE

    @property
    def selection(self) -> Selection:
        """What a page of the story needs to carry: what its only step selects; everything when there are several."""
        return Selection() if self.is_told else self.steps[0].selection

    def step_of(self, number: str) -> Step:
        """Return a step by its number in an address, the first one when there is no such step."""
        at = int(number) if number.isascii() and number.isdecimal() else 1
        return self.steps[at - 1] if 0 < at <= len(self.steps) else self.steps[0]


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and subject of every figure that a text names in braces; without a colon the subject is empty."""
    for inside in PLACEHOLDER.findall(text):
        name, _, subject = inside.partition(":")
        yield name, subject


def texts_of(text: LocalText) -> Iterator[tuple[str, str]]:
    """Yield language and text of each language that a text has."""
    return ((language, known) for language in LANGUAGES if (known := getattr(text, language)) is not None)
