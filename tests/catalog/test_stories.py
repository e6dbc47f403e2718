"""What `check` says of stories that are told step by step: steps in four languages, from facts with sources."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sco_map.atlas import Atlas
from sco_map.catalog import examine, read_catalog
from sco_map.catalog.stories import FIGURES, placeholders
from sco_map.errors import ScoMapError
from sco_map.model.languages import LANGUAGES
from sco_map.model.numbers import running_text
from sco_map.page.figures import Figures, complaints
from tests.catalog.conftest import written
from tests.catalog.finished import BASEMAP, FINISHED, STYLES

FILE = "stories/told.toml"
WORDS = " ".join(["word"] * 40)
LETTERS = {"en": "A title", "bn": "শিরোনাম", "ru": "Заглавие", "zh": "标题"}
LONG = {"en": f"{WORDS}.", "bn": "লেখা।", "ru": "Текст.", "zh": "文字。"}


def in_toml(texts: dict[str, str]) -> str:
    return "{ " + ", ".join(f'{language} = "{text}"' for language, text in texts.items()) + " }"


def step(text: dict[str, str] = LONG, more: str = "") -> str:
    return f'[[step]]\ntitle = {in_toml(LETTERS)}\ntext = {in_toml(text)}\nsources = ["gazette"]\n{more}\n'


def story(*steps: str) -> str:
    return f"title = {in_toml(LETTERS)}\ntext = {in_toml(LONG)}\n" + "".join(steps)


def with_figure(figure: str) -> dict[str, str]:
    return {language: f"{text} {figure}" for language, text in LONG.items()}


ROUTE = 'id = "over"\nroute = { from = "andijan", to = "makmal" }'

FAULTS: dict[str, tuple[str, str]] = {
    "a figure that does not exist": (
        story(step(with_figure("{opend:new_line}")), step()),
        f"{FILE}, step 1: unknown figure 'opend'; did you mean 'opened'?",
    ),
    "a row that does not exist": (
        story(step(with_figure("{opened:new_lime}")), step()),
        f"{FILE}, step 1, {{opened:new_lime}}: unknown project or row 'new_lime'; did you mean 'new_line'?",
    ),
    "one of several rows that does not exist": (
        story(step(with_figure("{km:new_line+old_lime}")), step()),
        f"{FILE}, step 1, {{km:new_line+old_lime}}: unknown project or row 'old_lime'; did you mean 'old_line'?",
    ),
    "a year out of range": (
        story(step(with_figure("{members:1066}")), step()),
        f"{FILE}, step 1, {{members:1066}}: '1066' is not a year from 1800 to 2100; without one it is the year of ",
    ),
    "an event that does not exist": (
        story(step(with_figure("{event:summit_2005}")), step()),
        f"{FILE}, step 1, {{event:summit_2005}}: unknown event 'summit_2005'; did you mean 'summit_2004'?",
    ),
    "a route that no step asks for": (
        story(step(with_figure("{route_km:ower}")), step(more=ROUTE)),
        f"{FILE}, step 1, {{route_km:ower}}: unknown step with a route 'ower'; did you mean 'over'?",
    ),
    "a line that does not exist": (
        story(step(more='lines = ["new_lime"]'), step()),
        f"{FILE}, step 1, lines: unknown project or row 'new_lime'; did you mean 'new_line'?",
    ),
    "a figure that no line carries": (
        story(step(more='figures = [{ at = "new_line__makmal_andijan", figure = "members" }]'), step()),
        f"{FILE}, step 1, figures: unknown figure at a line 'members'; known are",
    ),
    "a place that no route reaches": (
        story(step(more='route = { from = "andijon", to = "makmal" }'), step()),
        f"{FILE}, step 1, route: unknown place 'andijon'; did you mean 'andijan'?",
    ),
    "a source that does not exist": (
        story(step().replace('"gazette"', '"gazete"'), step()),
        f"{FILE}, step 1: unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "the year of a map out of range": (
        story(step(more="select = { year = 3000 }"), step()),
        f"{FILE}, step 1, select: year 3000 must be",
    ),
    "a single step": (story(step()), f"{FILE}: has a single step; a story of one step belongs into stories.toml"),
}

RULES: dict[str, tuple[str, str]] = {
    "an empty step": (
        story(f'[[step]]\ntitle = {in_toml(LETTERS)}\nsources = ["gazette"]\n', step()),
        f"{FILE}, step 1: is empty; say in `text` what it shows",
    ),
    "a language that lacks": (
        story(step({language: text for language, text in LONG.items() if language != "ru"}), step()),
        f"{FILE}: {LONG['en']!r} has no translation into Russian (ru)",
    ),
    "no sources": (
        story(step().replace('sources = ["gazette"]\n', ""), step()),
        f"{FILE}, step 1: has no sources; name in `sources` those that carry what it says",
    ),
    "a figure written by hand": (
        story(step({**LONG, "bn": "১৯৯৭ সালে।"}), step()),
        f"{FILE}, step 1: the text in Bengali has the figure '১' written by hand; name it in braces, such as ",
    ),
    "another figure in another language": (
        story(step({**with_figure("{planned:new_line}"), "zh": "文字。"}), step()),
        f"{FILE}, step 1: the text in Chinese names the figures (none), the English one {{planned:new_line}}",
    ),
    "too few words": (
        story(step({**LONG, "en": "Too short."}), step()),
        f"{FILE}, step 1: has 2 English words; a step has 40 to 70",
    ),
    "an id used twice": (
        story(step(more=ROUTE), step(more=ROUTE)),
        f"{FILE}: the id 'over' appears twice; each step has its own",
    ),
}

WRONG: dict[str, tuple[str, str]] = dict([*FAULTS.items(), *RULES.items()])


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Write the finished catalog with its looks and its ground, and return its folder."""
    return written(tmp_path, {**FINISHED, "styles.toml": STYLES, **BASEMAP})


def said(folder: Path, text: str) -> list[str]:
    """Return what the check says of a catalog with this story."""
    (folder / "stories").mkdir(exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    return [str(problem) for problem in examine(folder, whole=True)[1]]


def test_a_story_without_a_fault_is_not_complained_about(whole: Path) -> None:
    figures = 'lines = ["new_line"]\nfigures = [{ at = "new_line__makmal_andijan", figure = "begun", of = "new_line" }]'
    assert said(whole, story(step(with_figure("{begun:new_line}"), figures), step(more=ROUTE))) == []
    assert read_catalog(whole).stories["told"].is_told


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_is_named(name: str, whole: Path) -> None:
    text, sentence = WRONG[name]
    found = said(whole, text)
    assert [problem for problem in found if problem.startswith(sentence)], found
    assert len(found) == 1, found


def test_a_question_and_a_story_have_names_of_their_own(whole: Path) -> None:
    path = whole / "stories.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[two]", "[told]"), encoding="utf-8")
    sentence = "stories.toml, [told]: duplicate id, already the name of stories/told.toml"
    assert sentence in said(whole, story(step(), step()))


def test_every_figure_of_the_shipped_stories_has_a_value(shipped: Atlas) -> None:
    assert complaints(shipped) == []


def test_a_figure_that_nobody_says_is_named(shipped: Atlas) -> None:
    story = next(story for story in shipped.catalog.stories.values() if story.is_told)
    with pytest.raises(ScoMapError, match=r"\{cost:middle_corridor\}: the map does not say this figure"):
        Figures(shipped, story).filled("{cost:middle_corridor}", "en")


def test_what_is_not_a_figure_stays_as_it_is(shipped: Atlas) -> None:
    story = next(story for story in shipped.catalog.stories.values() if story.is_told)
    assert Figures(shipped, story).filled("${alert(1)} {} {x:y}", "en") == "${alert(1)} {} {x:y}"


def test_the_figures_of_a_text_are_those_of_the_facts(shipped: Atlas) -> None:
    story = next(story for story in shipped.catalog.stories.values() if story.is_told)
    project: Any = shipped.catalog.projects["cku_railway"]
    fill = Figures(shipped, story).filled
    assert fill("{promised:cku_railway}", "en") == project.promises[-1].opens[:4]
    assert fill("{capacity:cku_railway}", "ru") == f"{project.capacity:g} млн тонн в год"
    assert fill("{members:2001} → {members:2017}", "bn") == "৬ → ৮"
    assert fill("{joined:IRN}", "zh") == shipped.catalog.countries["IRN"].roles[-1].since[:4]
    assert fill("{capacity:cagp_a+cagp_b+cagp_c}", "zh") == "每年550亿立方米"


def test_a_number_is_written_as_the_language_writes_it() -> None:
    numbers = [8473, 1234567, 4.7, 0.5]
    assert [running_text(number, "en") for number in numbers] == ["8\u202f473", "1\u202f234\u202f567", "4.7", "0.5"]
    assert [running_text(number, "ru") for number in numbers] == ["8\u202f473", "1\u202f234\u202f567", "4,7", "0,5"]
    assert [running_text(number, "bn") for number in numbers] == ["৮,৪৭৩", "১২,৩৪,৫৬৭", "৪.৭", "০.৫"]
    assert [running_text(number, "zh") for number in numbers] == ["8473", "1234567", "4.7", "0.5"]


def test_every_language_of_a_shipped_story_is_filled_in(shipped: Atlas) -> None:
    for story in shipped.catalog.stories.values():
        figures = Figures(shipped, story)
        for step in story.steps:
            texts = [text for text in (step.title, step.text) if text is not None]
            filled = [figures.fill(text, LANGUAGES) for text in texts]
            assert all(set(text) == set(LANGUAGES) for text in filled)
            assert not [text for found in filled for text in found.values() if re.search(r"[{}]", text)]
            assert {name for text in texts for name, _ in placeholders(text.en)} <= set(FIGURES)
