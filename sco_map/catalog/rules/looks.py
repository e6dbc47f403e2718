"""Looks: whatever can be drawn has one, what they name exists, every text can be read and every line be seen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from sco_map.catalog.catalog import Catalog
from sco_map.catalog.entries import local_texts_in
from sco_map.catalog.looks import STYLES, THEMES, LayerLook, Looks, borrowed
from sco_map.catalog.models import LocalText
from sco_map.catalog.problems import Problem
from sco_map.catalog.rules.words import name_faults
from sco_map.model.languages import TRANSLATIONS
from sco_map.model.own import OWN, PREFIX
from sco_map.model.suggestions import unknown

GROUND = "ground"
"""Layers of this group lie under the map and have no colour of their own."""

OTHER = "other"
"""The look of what has none of its own, and the gauge that is not known."""

TEXT_CONTRAST = 4.6
LINE_CONTRAST = 3.0
TEXT_PAIRS = (
    *((text, paper) for text in ("ink", "ink2", "ink3", "accent", "focus") for paper in ("paper", "paper2")),
    ("label", "land_member"),
    ("label2", "land_member"),
    ("label2", "land_partner"),
    ("label2", "land_other"),
    ("label_water", "water"),
    ("label_water", "land_member"),
)
"""Colours of texts and the colours that they are read on; TEXT_CONTRAST is their least contrast (WCAG 2)."""

LINE_GROUNDS = ("land_member", "casing", "paper")
TEXT_GROUND = "land_member"

COLOUR = re.compile("#[0-9A-Fa-f]{6}")

Colours = Mapping[str, str]


def look_faults(looks: Looks, catalog: Catalog) -> Iterator[Problem]:
    """Yield what has no look, looks of what does not exist, and colours that cannot be told from their ground."""
    yield from without_look(looks, catalog)
    yield from of_nothing(looks, catalog)
    yield from borrowed(looks)
    for entry, name in look_names(looks):
        yield from name_faults(name, TRANSLATIONS, STYLES, entry)
    if looks.light.keys() == looks.dark.keys():
        for theme in THEMES:
            yield from pale_colours(looks, theme)


def fault(entry: str, text: str) -> Problem:
    """Return a fault of the file of looks."""
    return Problem(STYLES, entry, text)


def without_look(looks: Looks, catalog: Catalog) -> Iterator[Problem]:
    """Yield layers without a colour, statuses without a dash, points without a symbol, gauges without a colour."""
    for id_, layer in catalog.layers.items():
        if layer.group != GROUND and id_ not in looks.layer:
            yield fault(
                f"[layer.{id_}]", f"the layer {id_!r} has no look; give it a rank and colours, or like = a layer"
            )
    for status in catalog.vocabulary.get("status", {}):
        if status not in looks.status:
            yield fault(
                f"[status.{status}]", f"the status {status!r} has no look; an empty table draws it as a full line"
            )
    for id_, kind in catalog.vocabulary.get("kind", {}).items():
        if kind.geometry == "point" and id_ not in looks.symbol:
            yield fault(f"[symbol.{id_}]", f"points of kind {id_!r} have no symbol; give them a shape and zooms")
    for gauge in sorted({segment.gauge_mm for segment in catalog.segments.values() if segment.gauge_mm}):
        for theme in THEMES:
            if str(gauge) not in getattr(looks.gauge, theme):
                yield fault(
                    "[gauge]", f"{theme} has no colour for the gauge of {gauge} mm, so it looks unknown; add one"
                )
    for theme, other in (THEMES, THEMES[::-1]):
        for token in getattr(looks, theme).keys() - getattr(looks, other).keys():
            yield fault(f"[{other}]", f"{token} is missing; [{theme}] has it")


def is_own(layer: str) -> bool:
    """Tell whether a look is one of those that a reader's layers take in turn."""
    return layer == OWN or layer.startswith(PREFIX)


def of_nothing(looks: Looks, catalog: Catalog) -> Iterator[Problem]:
    """Yield looks that name a layer, project, row, event or word that does not exist."""
    words = catalog.vocabulary
    tables: list[tuple[str, str, Collection[str], Collection[str]]] = [
        ("layer", "layer", [id_ for id_ in looks.layer if not is_own(id_)], {OTHER, *catalog.layers}),
        ("status", "status", looks.status, words.get("status", {})),
        ("kind", "kind", looks.kind, words.get("kind", {})),
        ("project", "project", looks.project, catalog.projects),
        ("site", "site", looks.site, catalog.sites),
        ("event", "event type", looks.event, words.get("event_type", {})),
        ("event_name", "event", looks.event_name, catalog.events),
        ("party", "standing", looks.party, words.get("agreement_status", {})),
        ("row_width", "segment", [row for width in looks.row_width for row in width.rows], catalog.segments),
        ("capacity_width", "unit", [width.unit for width in looks.capacity_width], words.get("capacity_unit", {})),
        ("flow", "kind", looks.flow.kinds, words.get("kind", {})),
        ("symbol", "layer", [symbol.layer for symbol in looks.symbol.values() if symbol.layer], looks.layer),
    ]
    for table, what, named, known in tables:
        for name in named:
            if name not in known:
                yield fault(f"[{table}]", unknown(what, name, list(known)))
    tokens = looks.light.keys() | looks.dark.keys()
    for table, entries in (("layer", looks.layer), ("status", looks.status), ("symbol", looks.symbol)):
        for id_, entry in entries.items():
            token = getattr(entry, "token", None)
            if token is not None and token not in tokens:
                yield fault(f"[{table}.{id_}]", unknown("token", token, sorted(tokens)))


def look_names(looks: Looks) -> Iterator[tuple[str, LocalText]]:
    """Yield every name in the file of looks with its entry."""
    for table in ("project", "event_name"):
        for id_, entry in getattr(looks, table).items():
            for name in local_texts_in(entry):
                yield f"[{table}.{id_}]", name


def pale_colours(looks: Looks, theme: str) -> Iterator[Problem]:
    """Yield colours of texts and lines that contrast too little with what lies below them."""
    tokens: Colours = getattr(looks, theme)
    pairs = [(f"[{theme}]", text, tokens.get(text), ground, TEXT_CONTRAST) for text, ground in TEXT_PAIRS]
    for id_, look in looks.layer.items():
        ink = getattr(own_look(look, looks), theme)
        if ink is not None:
            pairs.append((f"[layer.{id_}]", f"{theme} text", ink.text, TEXT_GROUND, TEXT_CONTRAST))
            pairs += [(f"[layer.{id_}]", f"{theme} line", ink.line, ground, LINE_CONTRAST) for ground in LINE_GROUNDS]
    for entry, name, colour, ground, least in pairs:
        below = tokens.get(ground)
        if colour is None or below is None:
            yield fault(f"[{theme}]", f"the colour {name if colour is None else ground!r} is missing")
        elif not (COLOUR.fullmatch(colour) and COLOUR.fullmatch(below)):
            yield fault(f"[{theme}]", f"{name} {colour} on {ground} {below}: both must be colours #RRGGBB")
        elif (found := contrast(colour, below)) < least:
            yield fault(
                entry, f"{name} {colour} on {ground} {below} has a contrast of {found:.2f}; {least:g} is the least"
            )


def own_look(look: LayerLook, looks: Looks) -> LayerLook:
    """Return the look that a layer takes its colours from."""
    return looks.layer.get(look.like, look) if look.like is not None else look


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours #RRGGBB as WCAG 2 defines it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB as WCAG 2 defines it, from 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
