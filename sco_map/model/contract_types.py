"""The types of the contract for the page's script, as the file `web/src/contract-types.ts`, derived from the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from sco_map.model.columns import COLUMNS, UNIT_OF, Column, OnPage, Type, Value
from sco_map.model.contract import GENERATED
from sco_map.model.languages import LANGUAGES
from sco_map.model.outside import NAMES as OUTSIDE_IDS
from sco_map.model.ranges import MEASURES
from sco_map.model.selection import FACETS, NETWORK_KEYS, VIEW_KEYS, YEARS

UNIONS = {
    "Language": LANGUAGES,
    "Facet": FACETS,
    "YearKey": YEARS,
    "RangeKey": tuple(MEASURES),
    "ViewKey": VIEW_KEYS,
    "NetworkKey": NETWORK_KEYS,
    "OutsideId": OUTSIDE_IDS,
}
"""Types that are one of some words."""

SINGLE = {Type.TEXT: "string", Type.DATE: "string", Type.NUMBER: "number", Type.WHOLE: "number"}
LISTS = (Type.TEXTS, Type.RECORDS)

WIDTH = 120
"""The longest line of the page's script."""


def contract_types() -> bytes:
    """Return the content of `web/src/contract-types.ts`."""
    carried = [column for column in COLUMNS if column.page in (OnPage.AS_IS, OnPage.NUMBERS)]
    lines = [
        f"// {GENERATED}",
        "// What the page knows of a row, and the words of an address; unknown values are left out.",
        "",
        *(named_union(name, words) for name, words in UNIONS.items()),
        "",
        "/** A text in the languages it is known in. */",
        "export type Texts = Partial<Record<Language, string>>;",
        "",
        "/** A text for readers in the languages it is known in; a code, as of a state, is the same in all of them. */",
        "export type Prose = Texts | string;",
        "",
    ]
    for column in carried:
        if column.record:
            lines += [*interface(column.record, f"In the column `{column.name}`.", column.parts), ""]
    shared = [column for column in carried if column.shared]
    lines += [*interface("SharedFacts", "The columns that a row and its project share.", shared), ""]
    own = [column for column in carried if not column.shared]
    facts = list(interface("Facts extends SharedFacts", "The columns of a row.", own))
    lines += [*facts[:-1], "  title?: Texts;", facts[-1], ""]
    return "\n".join(lines).encode()


def named_union(name: str, words: Iterable[str]) -> str:
    """Return the declaration of a type that is one of some words, one line for each where they do not fit in one."""
    line = f"export type {name} = {union(words)};"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"export type {name} =", *(f'  | "{word}"' for word in words)]) + ";"


def union(words: Iterable[str]) -> str:
    """Return the type of a value that is one of some words."""
    return " | ".join(f'"{word}"' for word in words)


def interface(name: str, meaning: str, values: Iterable[Value]) -> Iterator[str]:
    """Yield the lines of an interface with a key for each value."""
    yield f"/** {meaning} */"
    yield f"export interface {name} {{"
    for value in values:
        if isinstance(value, Column):
            unit = f" ({value.unit})" if value.unit and value.name not in UNIT_OF else ""
            yield from comment(f"{value.meaning}{unit}.")
        yield from key(value)
    yield "}"


def key(value: Value) -> Iterator[str]:
    """Yield the line of a key of an interface; the words that it may be have one line each where they do not fit."""
    line = f"  {value.name}{'' if is_always_there(value) else '?'}: {type_of(value)};"
    if len(line) <= WIDTH or not value.choices:
        yield line
        return
    yield f"  {value.name}{'' if is_always_there(value) else '?'}:"
    *words, last = (f'    | "{word}"' for word in value.choices)
    yield from (*words, f"{last};")


def comment(text: str) -> Iterator[str]:
    """Yield the lines of a comment on a key of an interface, none longer than the formatter allows."""
    short = f"  /** {text} */"
    if len(short) <= WIDTH:
        yield short
        return
    yield "  /**"
    yield from wrap(text, WIDTH, initial_indent="   * ", subsequent_indent="   * ")
    yield "   */"


def is_always_there(value: Value) -> bool:
    """Tell whether the page always carries a value: an empty list is left out, and what is shared may be elsewhere."""
    return value.filled and value.type not in LISTS and not (isinstance(value, Column) and value.shared)


def type_of(value: Value) -> str:
    """Return the type of a value as TypeScript writes it."""
    if value.prose:
        return "Prose"
    if value.choices:
        return union(value.choices)
    if value.type in SINGLE:
        return SINGLE[value.type]
    if value.type is Type.TEXTS:
        return "string[]"
    alone = value.parts[0] if len(value.parts) == 1 and not value.parts[0].name else None
    inside = type_of(alone) if alone else value.record if isinstance(value, Column) else "object"
    if value.keys is not None:
        return f"Record<string, {inside}>"
    return f"{inside}[]" if value.type is Type.RECORDS else inside
