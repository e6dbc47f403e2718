"""What tests of the schemas share: a TOML file as JSON has it, a CSV file against its Table Schema."""

from __future__ import annotations

import csv
import datetime
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator


def as_json(value: Any) -> Any:
    """Return what a TOML file holds the way an editor hands it to a schema: dates are text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def toml_faults(file: Path, schema: Path) -> list[str]:
    """Return where a TOML file is not as its schema says."""
    read = json.loads(schema.read_text(encoding="utf-8"))
    Draft7Validator.check_schema(read)
    content = as_json(tomllib.loads(file.read_text(encoding="utf-8")))
    faults = Draft7Validator(read).iter_errors(content)
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in faults]


def csv_faults(file: Path, schema: Path) -> list[str]:
    """Return where a CSV file is not as its Table Schema says."""
    fields = json.loads(schema.read_text(encoding="utf-8"))["fields"]
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        if table.fieldnames != [field["name"] for field in fields]:
            return [f"columns {table.fieldnames}"]
        return [
            f"line {table.line_num}, {field['name']}: {said}"
            for line in table
            for field in fields
            for said in cell_faults(line[field["name"]], field)
        ]


def cell_faults(cell: str, field: dict[str, Any]) -> Iterator[str]:
    """Yield which constraints of its column a cell breaks; an empty cell is a missing value."""
    constraints = field.get("constraints", {})
    if not cell:
        if constraints.get("required"):
            yield "is required"
        return
    if field["type"] in {"number", "integer"}:
        number = (float if field["type"] == "number" else int)(cell)
        if number < constraints.get("minimum", number) or number > constraints.get("maximum", number):
            yield f"{cell} is out of bounds"
        if "exclusiveMinimum" in constraints and number <= constraints["exclusiveMinimum"]:
            yield f"{cell} is too small"
    if "pattern" in constraints and not re.search(constraints["pattern"], cell):
        yield f"{cell!r} does not match"
    if "enum" in constraints and cell not in constraints["enum"]:
        yield f"{cell!r} is not one of {constraints['enum']}"


def named_schema(file: Path) -> Path | None:
    """Return the schema that the first line of a TOML file names."""
    with file.open(encoding="utf-8") as lines:
        first = next(lines, "")
    found = re.fullmatch(r"#:schema (\S+)\n", first)
    return file.parent / found[1] if found else None
