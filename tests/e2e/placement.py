"""What is where on the map in its main states, as text: every name and symbol, and the paths of every layer.

Beside the golden pictures: these files are compared exactly, and their diff says what moved, came or went.
`python -m tests.e2e.pictures` writes both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests import inside
from tests.browser import wait_until
from tests.e2e.states import State, shown

PARTS = ("names", "symbols", "layers", "groups")


def placement(browser: Browser, exported: Path, state: State) -> str:
    """Return what is where in a state of the page, as JSON with one entry per line, sorted."""
    with shown(browser, exported, state) as page:
        return as_text(placed(page))


def drawn(page: Page) -> None:
    """Let the page draw its names with all its fonts loaded and nothing left to do."""
    wait_until(page, "document.fonts.status", "loaded")
    wait_until(page, inside.is_idle)
    inside.draw_names(page)


def placed(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Return names, symbols, layers and groups, positions in whole px from the corner of the map."""
    drawn(page)
    found = inside.placed(page)
    names = [
        {
            "name": name["name"],
            **at(*name["at"]),
            **({"turned": round(name["turned"])} if name.get("turned") is not None else {}),
            **({"anchor": name["anchor"]} if name["anchor"] not in (None, "middle") else {}),
            "size": name["size"],
            "weight": name["weight"],
            "colour": name["colour"].removeprefix("var(--").removesuffix(")"),
        }
        for name in found["names"]
    ]
    symbols = [
        {"kind": symbol.kind, "id": symbol.id, **at(symbol.x, symbol.y), "rank": symbol.rank}
        for symbol in inside.symbols_of(page)
    ]
    layers = [{**layer, "box": whole(layer["box"])} for layer in found["layers"]]
    groups = [{**group, "box": whole(group["box"])} for group in found["groups"] if group["paths"]]
    return {"names": names, "symbols": symbols, "layers": layers, "groups": groups}


def at(x: float, y: float) -> dict[str, int]:
    """Return a position in whole px."""
    return {"x": round(x), "y": round(y)}


def whole(numbers: Iterable[float]) -> list[int]:
    """Return numbers without their decimals."""
    return [round(number) for number in numbers]


def as_text(found: dict[str, list[dict[str, Any]]]) -> str:
    """Return entries as JSON, one per line in the order of their texts: equal placements are equal texts."""
    parts = []
    for name in PARTS:
        lines = sorted(json.dumps(entry, ensure_ascii=False) for entry in found[name])
        parts.append(f'"{name}": [\n' + ",\n".join(lines) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"
