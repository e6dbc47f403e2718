"""Questions on the map for a class, with answers counted from the rows; the same rows give the same sheet."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sco_map.atlas import records_of
from sco_map.export.contents import Contents
from sco_map.export.wall.canvas import BASELINE, SERIF, Pen, Type
from sco_map.export.wall.lines import RIVER, lineage_of
from sco_map.export.wall.paper import HANDOUT
from sco_map.export.wall.wording import SheetSay
from sco_map.model.dates import year_of
from sco_map.model.kinds import PIPELINES
from sco_map.model.phases import OPERATING, UNFINISHED, opening_year
from sco_map.version import VERSION

if TYPE_CHECKING:
    from sco_map.export.wall.sheets import Sheet

Record = dict[str, Any]

MOST_SOURCES = 2
"""So many sources are named for an answer: those of the rows that say most of it."""

LEAST_KM = 30.0
"""Less than this of a line in a state is not asked for."""

CLEARLY_LONGER = 1.15
"""Lines are compared only where one is longer by more than both lengths may be wrong."""


@dataclass(frozen=True)
class Question:
    """A question, its answer, and the ids of the sources that say so."""

    kind: str
    text: str
    answer: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A project with a name on the map, and its rows that are lines."""

    id: str
    title: str
    rows: tuple[Record, ...]

    @cached_property
    def km(self) -> float:
        """The length of its lines together."""
        return sum(float(row["length_km"] or 0) for row in self.rows)

    @cached_property
    def km_by_country(self) -> dict[str, float]:
        """The length of its lines in each state, the longest first."""
        sums: dict[str, float] = {}
        for row in self.rows:
            for code, km in (row["km_by_country"] or {}).items():
                sums[code] = sums.get(code, 0.0) + km
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))

    @property
    def kinds(self) -> set[str]:
        """The kinds of its lines."""
        return {row["kind"] for row in self.rows}

    @property
    def statuses(self) -> set[str]:
        """The statuses of its lines."""
        return {row["status"] for row in self.rows}

    def sources(self) -> tuple[str, ...]:
        """Return the sources of its longest rows."""
        longest = sorted(self.rows, key=lambda row: (-float(row["length_km"] or 0), row["id"]))
        return tuple(dict.fromkeys(id_ for row in longest for id_ in row["sources"]))[:MOST_SOURCES]


class Questions:
    """Makes questions of each kind from a selection; of each kind a few are drawn, always the same."""

    def __init__(self, contents: Contents) -> None:
        """Read the rows."""
        self.contents = contents
        self.atlas = contents.atlas
        self.say = SheetSay(contents.atlas, contents.view.lang)
        self.records = records_of(contents.rows)

    @cached_property
    def subjects(self) -> list[Subject]:
        """The projects that a question may be about, by id."""
        from sco_map.export.qgis import styles_of

        named = {id_ for id_, look in styles_of(self.contents)["project"].items() if look.get("name")}
        rows: dict[str, list[Record]] = {}
        for record in self.records:
            if record["length_km"] and record["kind"] != RIVER:
                for id_ in set(lineage_of(self.atlas, record)) & named:
                    rows.setdefault(id_, []).append(record)
        projects = self.atlas.catalog.projects
        return [
            Subject(id_, projects[id_].title.in_language(self.say.language), tuple(rows[id_])) for id_ in sorted(rows)
        ]

    def drawn(self) -> list[Question]:
        """Return the questions of a sheet: of every kind as many as it has at most, drawn by lot."""
        chosen: list[Question] = []
        asked: set[str] = set()
        for kind, (count, make) in MAKERS.items():
            lot = random.Random(f"questions {kind}")
            found = [(subject, question) for subject, question in make(self)]
            lot.shuffle(found)
            fresh = sorted(found, key=lambda entry: entry[0] in asked)[:count]
            asked |= {subject for subject, _ in fresh}
            chosen += [question for _, question in fresh]
        return chosen

    # -- kinds of questions: what each is about, and the question

    def states(self) -> Iterator[tuple[str, Question]]:
        """Ask which states a line runs through."""
        for subject in self.subjects:
            codes = [code for code, km in subject.km_by_country.items() if km >= 1]
            if 2 <= len(codes) <= 7:
                answer = self.say.listed(self.say.country(code) for code in codes)
                yield subject.id, self.question("states", answer, subject.sources(), title=subject.title)

    def length(self) -> Iterator[tuple[str, Question]]:
        """Ask how long the lines of a project are in a state."""
        for subject in self.subjects:
            codes = [code for code, km in subject.km_by_country.items() if km >= LEAST_KM]
            if len(codes) > 1:
                code = random.Random(subject.id).choice(codes)
                basis = {row["length_basis"] for row in subject.rows if code in row["countries"]}
                words = self.say.listed(self.say.word(f"length_{name}") for name in sorted(filter(None, basis)))
                answer = self.say.word("answer_length", km=self.say.km(subject.km_by_country[code]), basis=words)
                gaps = {"title": subject.title, "country": self.say.country(code)}
                yield subject.id, self.question("length", answer, subject.sources(), **gaps)

    def most(self) -> Iterator[tuple[str, Question]]:
        """Ask in which state most of a line lies."""
        for subject in self.subjects:
            sums = list(subject.km_by_country.items())
            if len(sums) > 2 and sums[0][1] > CLEARLY_LONGER * sums[1][1]:
                gaps = {"country": self.say.country(sums[0][0]), "km": self.say.km(sums[0][1])}
                answer = self.say.word("answer_most", **gaps, all=self.say.km(subject.km))
                yield subject.id, self.question("most", answer, subject.sources(), title=subject.title)

    def gauge(self) -> Iterator[tuple[str, Question]]:
        """Ask which gauge the rails of a project have."""
        for subject in self.subjects:
            gauges = sorted({row["gauge_mm"] for row in subject.rows if row["gauge_mm"]})
            if subject.kinds == {"rail"} and gauges:
                answer = self.say.listed(self.say.word("mm", n=self.say.number(gauge)) for gauge in gauges)
                yield subject.id, self.question("gauge", answer, subject.sources(), title=subject.title)

    def opened(self) -> Iterator[tuple[str, Question]]:
        """Ask in which year a line opened that has one row, or whose rows all opened in the same."""
        for subject in self.subjects:
            years = {opening_year(row["phases"]) for row in subject.rows}
            year = years.pop() if len(years) == 1 else None
            if year is not None and subject.statuses == {OPERATING}:
                phases = [phase for row in subject.rows for phase in row["phases"] if phase["status"] == OPERATING]
                own = tuple(dict.fromkeys(phase["source"] for phase in phases if phase.get("source")))
                answer = self.say.word("answer_year", year=self.say.year(year))
                yield subject.id, self.question("opened", answer, own or subject.sources(), title=subject.title)

    def expected(self) -> Iterator[tuple[str, Question]]:
        """Ask for when the opening of a line was announced last."""
        for subject in self.subjects:
            promises = [row["promises"][-1] for row in subject.rows if row["promises"] and row["status"] in UNFINISHED]
            years = {year_of(promise["opens"]) for promise in promises}
            if len(years) == 1 and (year := years.pop()) is not None:
                own = tuple(dict.fromkeys(promise["source"] for promise in promises if promise.get("source")))
                answer = self.say.word("answer_year", year=self.say.year(year))
                yield subject.id, self.question("expected", answer, own, title=subject.title)

    def capacity(self) -> Iterator[tuple[str, Question]]:
        """Ask how much a pipeline can carry."""
        for record in self.records:
            if record["capacity"] and record["kind"] in PIPELINES:
                unit = self.say.word(f"unit_{record['capacity_unit']}")
                answer = f"{self.say.number(record['capacity'])} {unit}"
                own = tuple(entry["source"] for entry in record["figure_sources"] if entry["figure"] == "capacity")
                title = record[f"title_{self.say.language}"] or record["title_en"]
                found = self.question("capacity", answer, own or tuple(record["sources"][:MOST_SOURCES]), title=title)
                yield record["id"], found

    def change(self) -> Iterator[tuple[str, Question]]:
        """Ask what happens to trains where the gauge changes."""
        by_place: dict[str, set[int]] = {}
        for record in self.records:
            if record["gauge_mm"]:
                for id_ in record["places"]:
                    by_place.setdefault(id_, set()).add(int(record["gauge_mm"]))
        for record in self.records:
            place = record["places"][0] if record["kind"] == "gauge_change" and record["places"] else None
            gauges = sorted(by_place.get(place or "", ()))
            if place and len(gauges) == 2 and record["status"] == OPERATING:
                first, second = (self.say.word("mm", n=self.say.number(gauge)) for gauge in gauges)
                answer = self.say.word("answer_change", first=first, second=second)
                sources = tuple(record["sources"][:MOST_SOURCES])
                yield place, self.question("change", answer, sources, place=self.say.place(place))

    def longer(self) -> Iterator[tuple[str, Question]]:
        """Ask which of two lines of the same kind is the longer one."""
        ordered = sorted(self.subjects, key=lambda subject: (subject.km, subject.id))
        for short, long in zip(ordered, ordered[2:], strict=False):
            if short.kinds == long.kinds and long.km > CLEARLY_LONGER * short.km:
                both = sorted((short, long), key=lambda subject: subject.title)
                answer = self.say.word("answer_longer", title=long.title, km=self.say.km(long.km - short.km))
                sources = tuple(dict.fromkeys((*long.sources()[:2], *short.sources()[:2])))
                gaps = {"first": both[0].title, "second": both[1].title}
                yield long.id, self.question("longer", answer, sources, **gaps)

    def member(self) -> Iterator[tuple[str, Question]]:
        """Ask since when a state has been a member."""
        for code, country in sorted(self.atlas.catalog.countries.items()):
            role = country.roles[-1] if country.roles else None
            if role is not None and role.role == "member":
                answer = self.say.word("answer_year", year=self.say.year(role.year))
                sources = (role.source,) if role.source else tuple(country.sources[:1])
                yield code, self.question("member", answer, sources, country=self.say.country(code))

    def question(self, kind: str, answer: str, sources: Iterable[str], **gaps: str) -> Question:
        """Return a question of a kind with its gaps filled in."""
        known = self.atlas.catalog.sources
        return Question(
            kind, self.say.word(f"question_{kind}", **gaps), answer, tuple(id_ for id_ in sources if id_ in known)
        )


MAKERS: dict[str, tuple[int, Callable[[Questions], Iterable[tuple[str, Question]]]]] = {
    "states": (3, Questions.states),
    "length": (2, Questions.length),
    "most": (1, Questions.most),
    "longer": (1, Questions.longer),
    "gauge": (2, Questions.gauge),
    "change": (2, Questions.change),
    "opened": (2, Questions.opened),
    "expected": (2, Questions.expected),
    "capacity": (1, Questions.capacity),
    "member": (1, Questions.member),
}
"""How many questions of each kind a sheet has at most, and what makes them."""


MARGIN, ROW, LINES_FOR_ANSWER = 52.0, 21.0, 2


class Handout:
    """Sets questions and answers on pages."""

    def __init__(self, sheet: Sheet) -> None:
        """Begin below the head of the first page."""
        self.sheet, self.canvas, self.say = sheet, sheet.canvas, sheet.say
        self.left, self.right = MARGIN, HANDOUT.width - MARGIN
        self.y = MARGIN

    def type(self, size: float, colour: str = "ink", **look: Any) -> Type:
        """Return a type."""
        return Type(size, self.sheet.colours[colour], **look)

    def head(self, title: str) -> None:
        """Set rule, organisation and title."""
        rule = np.array([[self.left, self.y], [self.right, self.y]])
        self.canvas.stroke([self.canvas.path(rule)], Pen(self.sheet.colours["accent"], 1.8))
        self.canvas.text(self.left, self.y + 15, self.say.word("organisation"), self.type(9, "accent", style="B"))
        self.canvas.text(self.left, self.y + 40, title, self.type(20, family=SERIF, style="B"))
        self.y += 62

    def room(self, height: float) -> None:
        """Begin a page where this one has no room for so much."""
        if self.y + height > HANDOUT.height - MARGIN:
            self.page()

    def page(self) -> None:
        """Begin a page."""
        self.canvas.page(HANDOUT)
        self.y = MARGIN

    def numbered(self, number: str, text: str, kind: Type, indent: float = 22) -> None:
        """Set a text with a number before it."""
        self.canvas.text(self.left, self.y + BASELINE * kind.size, number, kind)
        self.y = self.canvas.paragraph((self.left + indent, self.y, self.right, 0), text, kind)

    def write_on(self) -> None:
        """Draw lines to write an answer on."""
        for _ in range(LINES_FOR_ANSWER):
            self.y += ROW
            line = np.array([[self.left + 22, self.y], [self.right, self.y]])
            self.canvas.stroke([self.canvas.path(line)], Pen(self.sheet.colours["rule"], 0.6))
        self.y += 16


def draw_questions(sheet: Sheet) -> Sequence[Question]:
    """Draw the questions, and on pages of their own the answers with their sources."""
    questions = Questions(sheet.contents).drawn()
    handout, say = Handout(sheet), sheet.say
    handout.head(say.word("questions_title"))
    note = handout.type(9.5, "ink2")
    handout.y = (
        sheet.canvas.paragraph((handout.left, handout.y, handout.right, 0), say.word("questions_note"), note) + 12
    )
    kind = handout.type(11)
    for number, question in enumerate(questions, start=1):
        lines = sheet.canvas.wrapped(question.text, kind, handout.right - handout.left - 22)
        handout.room(len(lines) * 15 + LINES_FOR_ANSWER * ROW + 16)
        handout.numbered(f"{say.number(number)}.", question.text, kind)
        handout.write_on()
    draw_answers(handout, questions)
    return questions


def draw_answers(handout: Handout, questions: Sequence[Question]) -> None:
    """Draw the answers, each with the numbers of its sources, and the sources below them."""
    say, sheet = handout.say, handout.sheet
    handout.page()
    handout.head(say.word("answers_title"))
    numbers = {id_: n for n, id_ in enumerate(dict.fromkeys(id_ for q in questions for id_ in q.sources), start=1)}
    kind, small = handout.type(8.6), handout.type(6.6, "ink2")
    for number, question in enumerate(questions, start=1):
        cited = " ".join(f"[{say.number(numbers[id_])}]" for id_ in question.sources)
        handout.room(14)
        handout.numbered(f"{say.number(number)}.", f"{question.answer} {cited}", kind)
        handout.y += 1.5
    handout.y += 6
    handout.room(30)
    sheet.canvas.text(handout.left, handout.y + 9, say.word("sources"), handout.type(9, style="B"))
    handout.y += 15
    for id_, number in numbers.items():
        source = handout.sheet.contents.atlas.catalog.sources[id_]
        text = ", ".join(filter(None, (source.publisher, source.title, source.published)))
        handout.room(10)
        handout.numbered(f"[{say.number(number)}]", f"{text}. {source.url or ''}".strip(), small, indent=24)
    handout.y += 6
    handout.room(20)
    contents = sheet.contents
    gaps = {"date": say.digits(contents.as_of or ""), "checksum": contents.atlas.checksum[:12]}
    line = say.word("sheet_version", version=VERSION, **gaps)
    sheet.canvas.paragraph((handout.left, handout.y, handout.right, 0), line, small)
