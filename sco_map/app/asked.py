"""What the address of the app asks for, as far as Python has to know it; the page alone sets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.model.selection import STORY, Query, Selection, SelectionError, parse_query

if TYPE_CHECKING:
    from sco_map.atlas import Atlas

ACCURACY = "accuracy"
"""The word of the style that shows how far lines may be off."""


@dataclass(frozen=True)
class Asked:
    """A selection, and how it is looked at: what the table, the sums and the downloads follow.

    `show` is the id of the open card, `accuracy` says whether the map shows how far lines may be off.
    """

    selection: Selection
    lang: str = FIRST
    worldview: str | None = None
    theme: str | None = None
    accuracy: bool = False
    show: str | None = None


def language_of(query: Query) -> str:
    """Return the language that an address asks for, the first one where it names none that there is."""
    return next((lang for lang in parse_query(query).get("lang", ())[:1] if lang in LANGUAGES), FIRST)


def asked_of(query: Query, atlas: Atlas) -> Asked:
    """Return what an address asks for, read the way the page reads it: what means nothing is left out.

    A story stands for what a step of it selects, the first one or that of `story=id/3`; words beside it win.
    """
    values = parse_query(query)
    selection = selection_in(values)
    id_, _, number = next(iter(values.get(STORY, ())), "").partition("/")
    if (story := atlas.catalog.stories.get(id_)) is not None:
        selection = on_top_of(selection, story.step_of(number).selection)
    worldview = next(iter(values.get("worldview", ())), None)
    return Asked(
        selection.without_unknown(atlas),
        language_of(query),
        worldview if worldview in atlas.worldviews else None,
        next((theme for theme in values.get("theme", ()) if theme in ("light", "dark")), None),
        ACCURACY in ",".join(values.get("style", ())[:1]).split(","),
        next(iter(values.get("show", ())), None),
    )


def selection_in(values: Mapping[str, list[str]]) -> Selection:
    """Return the selection in an address; a year or a range that is not one is left out."""
    return Selection.from_query({key: found for key, found in values.items() if is_readable(key, found)})


def is_readable(key: str, found: list[str]) -> bool:
    """Say whether what an address says under one key can be read."""
    try:
        Selection.from_query({key: found})
    except SelectionError:
        return False
    return True


def on_top_of(own: Selection, other: Selection) -> Selection:
    """Return `other` with whatever `own` restricts in its place."""
    changes = {name: value for name, value in vars(own).items() if value not in ((), None, False)}
    return replace(other, **changes)
