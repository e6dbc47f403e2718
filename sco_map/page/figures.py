"""Fill in the figures that the texts of stories name in braces, from catalog, rows and routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from sco_map.atlas import Atlas, Selection, role_in, select, totals
from sco_map.catalog import LocalText, Step, Story
from sco_map.catalog.stories import AND, FIGURES, PLACEHOLDER, ROUTE, YEAR, StoryFigure
from sco_map.errors import ScoMapError
from sco_map.model.dates import year_of
from sco_map.model.numbers import running_text, year_text
from sco_map.model.phases import OPERATING
from sco_map.page.words import story_words, words
from sco_map.routing import Ledger, Route, RoutingError, promises, route

MEMBER, CONSTRUCTION, PLANNED = "member", "construction", "planned"
PARTNERS = ("partner", "observer", "dialogue_partner")
OUTCOMES = {"kept": "kept", "late": "late", "to_come": "open", "given_up": "given up"}
STOPPED = ("idle", "shelved", "cancelled", "retired")
YEARS = (
    "opened",
    "begun",
    "stopped",
    "reversed",
    "planned",
    "promised",
    "first_promised",
    "joined",
    "event",
    "this_year",
)
LENGTHS = ("km", "route_km", "route_sea_km", "route_promised_km")


class FigureError(ScoMapError):
    """Say which figure of a story has no value, and why."""


class Figures:
    """The figures of one story, each computed once for all languages."""

    def __init__(self, atlas: Atlas, story: Story) -> None:
        """Take the atlas that the figures come from, and the story whose steps ask for routes."""
        self.atlas = atlas
        self.story = story
        self.values: dict[tuple[str, str], float] = {}
        self.ledgers: dict[int | None, Ledger] = {}
        self.routes: dict[str, Route] = {}

    def fill(self, text: LocalText, languages: Iterable[str]) -> dict[str, str]:
        """Return a text in those of the languages that it has, with its figures filled in."""
        known = ((language, getattr(text, language)) for language in languages)
        return {language: self.filled(words, language) for language, words in known if words is not None}

    def filled(self, text: str, language: str) -> str:
        """Return a text with the figures in braces as words of its language; what is not a figure stays as it is."""

        def said(found: re.Match[str]) -> str:
            name, _, subject = found[1].partition(":")
            return self.said(name, subject, language) if name in FIGURES else found[0]

        return PLACEHOLDER.sub(said, text)

    def said(self, name: str, subject: str, language: str) -> str:
        """Return a figure with its unit, as a running text has it."""
        value = self.value(name, subject)
        say = story_words(language)
        if name in YEARS:
            return year_text(int(value), language)
        if name in LENGTHS:
            return say["km"].format(n=running_text(round(value, 1 if value < 10 else 0), language))
        if name == "capacity":
            return in_unit(say, value, self.unit(subject), language)
        if name == "cost":
            return in_unit(say, value, "USD bn", language)
        return running_text(value, language)

    def at_line(self, figure: StoryFigure, languages: Iterable[str]) -> dict[str, str]:
        """Return what is written beside a line, in each of the languages."""
        subject = figure.of or figure.at
        value = self.value(figure.figure, subject)
        found = {}
        for language in languages:
            say = story_words(language)
            if figure.figure in YEARS:
                is_overdue = figure.figure == "promised" and value < self.atlas.year
                key = "at_overdue" if is_overdue else f"at_{figure.figure}"
                said = say[key].format(n=year_text(int(value), language))
            elif figure.figure == "capacity":
                unit, short = self.unit(subject), words(language)
                number = running_text(value * float(short.get(f"unit_{unit}_times", 1)), language)
                said = f"{number} {short[f'unit_{unit}']}"
            else:
                said = self.said(figure.figure, subject, language)
            found[language] = said
        return found

    # -- values --------------------------------------------------------------------------------------------------------

    def value(self, name: str, subject: str) -> float:
        """Return a figure as a number; FigureError where nothing in the map says it."""
        key = (name, subject)
        if key not in self.values:
            found = self.computed(name, subject)
            if found is None:
                where = f"{self.story.file}, {{{name}:{subject}}}"
                raise FigureError(f"{where}: the map does not say this figure; name another one")
            self.values[key] = float(found)
        return self.values[key]

    def computed(self, name: str, subject: str) -> float | None:
        """Return a figure, None where nothing says it."""
        if name in ("km", "capacity"):
            return self.km(subject) if name == "km" else self.capacity(subject)
        about = FIGURES[name]
        if about == ROUTE:
            return self.of_route(name, subject)
        if about == YEAR:
            return self.of_year(name, int(subject) if subject else None)
        if name == "joined":
            roles = self.atlas.catalog.countries[subject].roles
            return next((year_of(role.since) for role in roles if role.role == MEMBER), None)
        if name == "event":
            return year_of(self.atlas.catalog.events[subject].date)
        return self.of_thing(name, self.thing(subject))

    def thing(self, id_: str) -> Any:
        """Return a project or a row of the catalog."""
        catalog = self.atlas.catalog
        return catalog.projects.get(id_) or catalog.segments.get(id_) or catalog.sites[id_]

    def of_thing(self, name: str, thing: Any) -> float | None:
        """Return what a project or a row says of itself."""
        if name == "cost":
            return getattr(thing, "cost_usd_bn", None)
        if name in ("promised", "first_promised"):
            told = thing.promises
            return year_of((told[-1] if name == "promised" else told[0]).opens) if told else None
        if name == "reversed":
            return next((year_of(flow.since) for flow in reversed(thing.flows) if flow.since), None)
        if name == "stopped":
            return next((phase.year for phase in reversed(thing.phases) if phase.status in STOPPED), None)
        status = {"begun": CONSTRUCTION, "planned": PLANNED}.get(name, OPERATING)
        return next((phase.year for phase in thing.phases if phase.status == status), None)

    def km(self, subject: str) -> float:
        """Return the length of projects and rows together, each stretch counted once."""
        ids = subject.split(AND)
        projects = tuple(id_ for id_ in ids if id_ in self.atlas.catalog.projects)
        rows = self.atlas.rows[self.atlas.rows["id"].isin(ids)]
        found = select(self.atlas, Selection(project=projects)) if projects else rows.iloc[:0]
        more = rows[~rows["id"].isin(found["id"])]
        return totals(found).km + totals(more).km

    def capacity(self, subject: str) -> float | None:
        """Return the capacity of projects and rows together, None where one of them has none."""
        known = [self.thing(id_).capacity for id_ in subject.split(AND)]
        return None if None in known else sum(value for value in known if value is not None)

    def unit(self, subject: str) -> str:
        """Return the unit that the capacities of projects and rows have in common."""
        units = {str(self.thing(id_).capacity_unit) for id_ in subject.split(AND)}
        if len(units) != 1:
            raise FigureError(f"{self.story.file}, {{capacity:{subject}}}: these capacities have no unit in common")
        return units.pop()

    def of_year(self, name: str, year: int | None) -> float | None:
        """Return what is counted in a year, by default in that of the facts."""
        if name == "this_year":
            return self.atlas.year if year is None else year
        if name in ("members", "partners"):
            wanted = (MEMBER,) if name == "members" else PARTNERS
            countries = self.atlas.catalog.countries.values()
            roles = [[role.model_dump(by_alias=True) for role in country.roles] for country in countries]
            return sum(role_in(one, year) in wanted for one in roles)
        if year not in self.ledgers:
            self.ledgers[year] = promises(self.atlas, year=year)
        ledger = self.ledgers[year]
        if name == "announced":
            return len(ledger.announcements)
        return ledger.median_build_years if name == "build_years" else ledger.counts().get(OUTCOMES[name], 0)

    def of_route(self, name: str, step: str) -> float | None:
        """Return a figure of the best way that a step asks for."""
        best = self.route(step).best
        return {
            "route_km": best.km,
            "route_sea_km": best.sea_km,
            "route_promised_km": best.promised_km or None,  # what rests on no promise is not what the text means
            "route_borders": len(best.borders),
            "route_breaks": len(best.breaks),
        }[name]

    def route(self, step: str) -> Route:
        """Return the answer to the question of a step; FigureError where the network has none."""
        if step not in self.routes:
            try:
                self.routes[step] = answer(self.atlas, self.steps[step])
            except RoutingError as error:
                raise FigureError(f"{self.story.file}, the step {step!r}: {error}") from error
        return self.routes[step]

    @cached_property
    def steps(self) -> dict[str, Step]:
        """The steps that have an id."""
        return {step.id: step for step in self.story.steps if step.id is not None}


def answer(atlas: Atlas, step: Step) -> Route:
    """Return the route that a step asks for, in the year of its map."""
    asked = step.route
    if asked is None:
        raise FigureError(f"the step {step.id!r} asks for no route")
    by = {"by": asked.by} if asked.by else {}
    how: dict[str, Any] = {"via": asked.via, "avoid": asked.avoid, "promised": asked.promised, **by}
    return route(atlas, asked.start, asked.end, year=step.select.year, alternatives=1, **how)


def in_unit(say: dict[str, str], value: float, unit: str, language: str) -> str:
    """Return a quantity in the words of a running text, in the multiple that the language counts in."""
    number = running_text(value * float(say.get(f"unit_{unit}_times", 1)), language)
    return say[f"unit_{unit}"].format(n=number)


def complaints(atlas: Atlas) -> Sequence[str]:
    """Return a sentence for each figure of a story that nothing in the atlas says, and for each route that it lacks."""
    found = []
    for story in atlas.catalog.stories.values():
        figures = Figures(atlas, story)
        texts = [text for step in story.steps for text in (step.title, step.text) if text is not None]
        for text in texts:
            try:
                figures.fill(text, ("en",))
            except ScoMapError as error:
                found.append(str(error))
    return found
