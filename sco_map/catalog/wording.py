"""Turn the complaints of the model library into sentences for the person who edits the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from sco_map.catalog.models import ID_PATTERN
from sco_map.model.suggestions import unknown
from sco_map.model.texts import quoted

EXPECTED = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list: [ ... ]",
    "model_type": "must be a table: {{ ... }}",
    "float_parsing": "must be a number",
    "int_parsing": "must be a whole number",
    "finite_number": "must be a finite number",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "dict_type": "must be a table: {{ ... }}",
    "mapping_type": "must be a table: {{ ... }}",
    "literal_error": "must be {expected}",
    "int_from_float": "must be a whole number",
}
NOT_AN_ID = "is not an id; ids are lower-case letters, digits and single underscores, rows <project>__<part>"
PATTERNS = {
    "^#[0-9A-Fa-f]{6}$": "is not a colour; write it as #RRGGBB",
    "^[A-Z]{3}$": "is not a country code; use the three capital letters of ISO 3166-1",
    "^[0-9a-f]{64}$": "is not a SHA-256 digest",
}


def describe(error: ValidationError, kind: type[BaseModel], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (place inside the entry, sentence) for each fault; inherited faults are left to the project."""
    own = data.get("written")
    for fault in error.errors(include_url=False):
        location = fault["loc"]
        missing = fault["type"] == "missing" and len(location) == 1
        if own is not None and not missing and location and location[0] not in own:
            continue
        yield place(location), sentence(fault, kind)


def place(location: tuple[int | str, ...]) -> str:
    """Return where in the entry the fault is: ("phases", 1, "from") becomes "phases 2, from"."""
    words: list[str] = []
    for step in location[:-1] if location and isinstance(location[-1], str) else location:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def sentence(fault: Mapping[str, Any], kind: type[BaseModel]) -> str:
    """Return one fault as a sentence that says what would be right."""
    location, type_, value = fault["loc"], fault["type"], fault["input"]
    key = next((str(step) for step in reversed(location) if isinstance(step, str)), "")
    if type_ == "extra_forbidden":
        return unknown("key", key, keys_of(kind, location[:-1]))
    if type_ == "missing":
        return f"the key {key!r} is missing"
    if type_ == "value_error":
        return f"{key} {quoted(value)}: {fault['ctx']['error']}"
    if type_ == "string_pattern_mismatch":
        pattern = fault["ctx"]["pattern"]
        said = NOT_AN_ID if pattern == ID_PATTERN else PATTERNS.get(pattern, f"must match {pattern}")
        return f"{key} {quoted(value)} {said}"
    if type_ == "too_short" and fault["ctx"]["min_length"] == 1:
        return f"{key} {quoted(value)} must have at least 1 entry"
    if type_ in EXPECTED:
        return f"{key} {quoted(value)} {EXPECTED[type_].format(**fault.get('ctx', {}))}"
    return f"{key} {quoted(value)}: {fault['msg']}"


def keys_of(kind: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the table at `location` inside a model may have."""
    model: type[BaseModel] | None = kind
    for step in location:
        if isinstance(step, int) or model is None:
            continue
        fields = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        model = model_in(fields.get(step))
    hidden = {"id", "project", "written"} if kind is model else set()
    return (
        [] if model is None else [info.alias or name for name, info in model.model_fields.items() if name not in hidden]
    )


def model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as tuple[Phase, ...] or Promise | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := model_in(part)) is not None), None)
