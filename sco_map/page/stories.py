"""Stories as the page carries them: selections and routes as words of an address, texts with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from sco_map.atlas import Atlas
from sco_map.catalog import Step, Story
from sco_map.page.figures import FigureError, Figures

Json = dict[str, Any]


def story_records(atlas: Atlas, languages: Sequence[str], *, whole: bool) -> list[Json]:
    """Return the stories in these languages; those of several steps need the `whole` atlas: all rows, in full.

    A story that names a figure which this atlas does not say is left out: the map is worth showing without it.
    """
    records = []
    for story in atlas.catalog.stories.values():
        if whole or not story.is_told:
            with suppress(FigureError):
                records.append(story_record(atlas, story, languages))
    return records


def story_record(atlas: Atlas, story: Story, languages: Sequence[str]) -> Json:
    """Return a story, with what is known of each of its steps."""
    figures = Figures(atlas, story)
    record: Json = {
        "id": story.id,
        "title": figures.fill(story.title, languages),
        "text": figures.fill(story.text, languages),
        "steps": [step_record(step, figures, languages) for step in story.steps],
    }
    return record | ({"first": True} if story.first else {})


def step_record(step: Step, figures: Figures, languages: Sequence[str]) -> Json:
    """Return a step with its selection and its route as an address carries them; what it does not say is left out."""
    record: Json = {"query": "&".join(filter(None, [step.selection.to_query(), route_query(step)]))}
    for name, text in (("title", step.title), ("text", step.text)):
        if text is not None:
            record[name] = figures.fill(text, languages)
    if step.colour is not None:
        record["colour"] = step.colour
    if step.flow:
        record["flow"] = True
    if step.extent is not None:
        record["extent"] = list(step.extent)
    if step.lines:
        record["lines"] = list(step.lines)
    if step.figures:
        record["figures"] = [{"at": one.at, "text": figures.at_line(one, languages)} for one in step.figures]
    if step.sources:
        record["sources"] = list(step.sources)
    return record


def route_query(step: Step) -> str:
    """Return the question to the network that a step asks, in the words of an address."""
    asked = step.route
    if asked is None:
        return ""
    words = {"from": asked.start, "to": asked.end, "via": ",".join(asked.via), "avoid": ",".join(asked.avoid)}
    words |= {"by": asked.by or "", "promised": "1" if asked.promised else ""}
    return urlencode({key: value for key, value in words.items() if value}, safe=",")
