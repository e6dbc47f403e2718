"""Stories: each question narrows the map down; each step says something, in every language, from sources, without
figures written by hand."""

from __future__ import annotations

from collections.abc import Iterator

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import LocalText
from sco_map.catalog.problems import Problem
from sco_map.catalog.stories import PLACEHOLDER, Step, placeholders, texts_of
from sco_map.model.languages import ENGLISH_NAMES, FIRST

LEAST_WORDS, MOST_WORDS = 40, 70
"""How many English words a step has: one screen of a phone, and enough to say something."""


def story_faults(catalog: Catalog) -> Iterator[Problem]:
    """Yield questions that select everything, and what a step of a told story lacks."""
    for story in catalog.stories.values():
        if not story.is_told:
            if not story.steps[0].select.model_dump(exclude_defaults=True):
                said = "selects everything; say in `select` which rows it shows"
                yield Problem(story.file, f"[{story.id}]", said)
            continue
        for number, step in enumerate(story.steps, start=1):
            yield from step_faults(step, story.file, f"step {number}")
        ids = [step.id for step in story.steps if step.id is not None]
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            yield Problem(story.file, "", f"the id {id_!r} appears twice; each step has its own")


def step_faults(step: Step, file: str, entry: str) -> Iterator[Problem]:
    """Yield what a step of a told story lacks: text, title, sources; and figures that will not follow the facts."""
    if step.text is None:
        yield Problem(file, entry, "is empty; say in `text` what it shows")
    else:
        words = len(step.text.en.split())
        if not LEAST_WORDS <= words <= MOST_WORDS:
            said = f"has {words} English words; a step has {LEAST_WORDS} to {MOST_WORDS}"
            yield Problem(file, entry, said)
    if step.title is None:
        yield Problem(file, entry, "has no title; say in `title` in a few words what it is about")
    if not step.sources:
        yield Problem(file, entry, "has no sources; name in `sources` those that carry what it says")
    for text in (step.title, step.text):
        if text is not None:
            yield from figure_faults(text, file, entry)


def figure_faults(text: LocalText, file: str, entry: str) -> Iterator[Problem]:
    """Yield figures written by hand, and languages that name other figures than the English text."""
    wanted = sorted(placeholders(text.en))
    for language, known in texts_of(text):
        name = ENGLISH_NAMES.get(language, "English")
        rest = PLACEHOLDER.sub("", known)
        if digits := [sign for sign in rest if sign.isdigit()]:
            said = (
                f"the text in {name} has the figure {digits[0]!r} written by hand; name it in braces, such as "
                "{opened:cku_railway}, so that it follows the facts"
            )
            yield Problem(file, entry, said)
        if language != FIRST and (own := sorted(placeholders(known))) != wanted:
            said = f"the text in {name} names the figures {shown(own)}, the English one {shown(wanted)}"
            yield Problem(file, entry, said)


def shown(figures: list[tuple[str, str]]) -> str:
    """Return figures as they are written in a text."""
    return ", ".join(f"{{{name}:{subject}}}" for name, subject in figures) or "(none)"
