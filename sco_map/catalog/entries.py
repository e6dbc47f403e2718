"""Walk through a catalog entry by entry: in which file each is, how a sentence names it, which texts it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.models import LocalText

NOT_TEXT = frozenset({"written"})


def entries(catalog: Catalog) -> Iterator[tuple[str, str, BaseModel]]:
    """Yield file, name in that file and model of every entry; the rows of a project come after it."""
    for project in catalog.projects.values():
        file = f"projects/{project.id}.toml"
        yield file, "", project.model_copy(update={"segments": (), "sites": ()})
        for segment in project.segments:
            yield file, f"segment {segment.id!r}", segment
        for site in project.sites:
            yield file, f"site {site.id!r}", site
    tables: Mapping[str, Mapping[str, BaseModel]] = {
        "places.csv": catalog.places,
        "events.csv": catalog.events,
        "rivers.csv": catalog.rivers,
        "ids.csv": catalog.outside_ids,
        "names.csv": catalog.other_names,
        "sources.toml": catalog.sources,
        "licences.toml": catalog.licences,
        "countries.toml": catalog.countries,
        "layers.toml": catalog.layers,
        "network.toml": catalog.islands,
        "enclosed_seas.toml": catalog.enclosed_seas,
    }
    for file, table in tables.items():
        for id_, entry in table.items():
            yield file, repr(id_) if file.endswith(".csv") else f"[{id_}]", entry
    for story in catalog.stories.values():
        yield story.file, "" if story.is_told else f"[{story.id}]", story
    for name, words in catalog.vocabulary.items():
        for id_, word in words.items():
            yield "vocabulary.toml", f"[{name}.{id_}]", word


def own_fields(entry: BaseModel) -> dict[str, Any]:
    """Return the fields of an entry with their values; of a row only those that the file itself gives it."""
    written: frozenset[str] | None = getattr(entry, "written", None)
    fields = type(entry).model_fields
    return {
        name: getattr(entry, name)
        for name, info in fields.items()
        if name not in NOT_TEXT and (written is None or (info.alias or name) in written)
    }


def names(entry: BaseModel) -> Iterator[LocalText]:
    """Yield every text of an entry that there is in several languages: titles, labels, the names of a line of CSV."""
    fields = own_fields(entry)
    for stem in ("name", "title"):
        if f"{stem}_en" in fields:
            yield LocalText(
                **{key.removeprefix(f"{stem}_"): fields[key] for key in fields if key.startswith(f"{stem}_")}
            )
    yield from local_texts_in(list(fields.values()))


def local_texts_in(value: Any) -> Iterator[LocalText]:
    """Yield every text in several languages inside a value, however deep it lies."""
    if isinstance(value, LocalText):
        yield value
    elif isinstance(value, BaseModel):
        yield from local_texts_in(list(own_fields(value).values()))
    elif isinstance(value, Mapping):
        yield from local_texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from local_texts_in(inner)


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text inside a value, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from texts_in(list(own_fields(value).values()))
    elif isinstance(value, Mapping):
        yield from texts_in([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def sources_in(value: Any) -> Iterator[str]:
    """Yield the id of every source that a value cites in a field `source` or `sources`."""
    if isinstance(value, BaseModel):
        for name, inner in own_fields(value).items():
            if name == "source" and inner:
                yield inner
            elif name == "sources":
                yield from inner
            else:
                yield from sources_in(inner)
    elif isinstance(value, Mapping):
        yield from sources_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from sources_in(inner)
