"""Follow README's example of a new project: put its blocks into a copy of the repository and run its commands.

`python -m tests.contribution FOLDER` puts the example into the checkout in FOLDER.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.browser import ROOT

README = ROOT / "README.md"
SECTION = re.compile(r"^## Add a project\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"((?:(?!^```).)*)^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(geodata/catalog/[\w/.]+)`")


@dataclass(frozen=True)
class Example:
    """What README tells a contributor to write, by file, and the commands to run afterwards."""

    texts: dict[str, str]
    commands: tuple[str, ...]


def read_example(text: str) -> Example:
    """Return the example in the text of README: each block goes into the file named last before it."""
    section = SECTION.search(text)
    assert section is not None, "README has no section about adding a project"
    texts: dict[str, str] = {}
    commands: list[str] = []
    for before, language, block in BLOCK.findall(section[1]):
        if language == "sh":
            commands += block.splitlines()
        else:
            texts[NAMED.findall(before)[-1]] = block
    return Example(texts, tuple(commands))


def put(example: Example, root: Path) -> None:
    """Write the texts of an example into a checkout: new files as they are, into others at the end."""
    for name, text in example.texts.items():
        file = root / name
        before = "" if name.startswith("geodata/catalog/projects/") else file.read_text(encoding="utf-8")
        file.write_text(before + text, encoding="utf-8")


if __name__ == "__main__":
    put(read_example(README.read_text(encoding="utf-8")), Path(sys.argv[1]))
