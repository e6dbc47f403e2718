"""Keep README.md true: run its commands, count its layers; `make renew` writes what they say now.

A fenced block marked `console` holds lines that start with `$ ` and, below each, what it prints; a line `...`
stands for lines left out. The table of layers lies between two marks. `--picture` takes a new picture, too.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sco_map.catalog import read_catalog
from sco_map.catalog.sourcing import shares_by_layer
from tests import commands as commands_here
from tests.browser import DESKTOP, ROOT, launch

README = ROOT / "README.md"
OWN_DATA = ROOT / "docs" / "own-data.md"
CLUSTER = ROOT / "docs" / "cluster.md"
"""Pages whose commands are run: what they print is part of the page."""

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LAYERS = re.compile(r"(?<=<!-- layers -->\n).*?(?=<!-- end of layers -->)", re.DOTALL)
KEPT_LINES = 9
OURS = "python -m sco_map "
SHELL = re.compile(r"[|<>&;$`*]")
"""What only a shell understands."""


@dataclass(frozen=True)
class Command:
    """One command of the README and the lines that it is said to print."""

    line: str
    output: tuple[str, ...]


def commands(block: str) -> Iterator[Command]:
    """Yield the commands of a block in order."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *output = part.rstrip("\n").split("\n")
        yield Command(line, tuple(output))


def blocks(text: str) -> list[str]:
    """Return the inside of every console block."""
    return BLOCK.findall(text)


def run(block: str) -> list[list[str]]:
    """Run the commands of a block one after the other in an empty folder and return the lines each printed."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        return [output_of(command.line).rstrip("\n").split("\n") for command in commands(block)]


def output_of(line: str) -> str:
    """Return what a command prints: one of ours runs in this process, any other line in a shell."""
    if line.startswith(OURS) and not SHELL.search(line):
        with patch.dict(os.environ, COLUMNS="100"):
            here = commands_here.run(*shlex.split(line.removeprefix(OURS)))
        return "\n".join(text.rstrip() for text in (here.stdout + here.stderr).split("\n"))
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    finished = subprocess.run(
        line,
        shell=True,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
    )
    return "\n".join(text.rstrip() for text in finished.stdout.split("\n"))


def matches(said: tuple[str, ...], printed: list[str]) -> bool:
    """Tell whether `printed` is what was said, where `...` stands for any lines; sizes and seconds are free."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else any_size(re.escape(line)) + r"\n" for line in said)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed if printed != [""])) is not None


def any_size(pattern: str) -> str:
    """Return the pattern with sizes and seconds left open: they change with every word of the page, and every run."""
    sizes = re.sub(r"[\d,]+(?=\\ (?:kB|files)\b)|\d+\\\.\d+(?=\\ MB\b)", r"[\\d.,]+", pattern)
    return re.sub(r"(?:\\ )*\d+\\\.\d(?=\\ s\\ )", r" *[\\d.]+", sizes)


def layer_table() -> str:
    """Return the table of layers: what each holds, how many features, how well sourced, under which licence."""
    catalog = read_catalog()
    shares = shares_by_layer(catalog)
    lines = ["| layer | holds | features | sources | sourced | as of | licence |", "|---|---|---:|---:|---:|---|---|"]
    for layer, entry in sorted(catalog.layers.items(), key=lambda item: item[1].order):
        path = ROOT / "geodata" / f"{layer}.geojson"
        if not path.exists():
            continue
        collection = json.loads(path.read_text(encoding="utf-8"))
        features = collection["features"]
        sources = {source for feature in features for source in feature["properties"].get("sources") or []}
        lines.append(
            f"| `{layer}` | {entry.title.en} | {len(features)} | {len(sources) or ''} "
            f"| {shares[layer].percent if layer in shares else ''} "
            f"| {collection['as_of']} | {catalog.licences[collection['licence']].title} |"
        )
    return "\n".join(lines) + "\n"


def renewed(text: str) -> str:
    """Return the README with what its commands print now; long output is cut after a few lines."""

    def answer(match: re.Match[str]) -> str:
        parts = []
        for command, printed in zip(commands(match.group(1)), run(match.group(1)), strict=True):
            shown = printed
            if "..." in command.output or len(printed) > 3 * KEPT_LINES:
                shown = [*printed[:KEPT_LINES], "..."]
            parts.append("\n".join([f"$ {command.line}", *(shown if shown != [""] else [])]))
        return "```console\n" + "\n".join(parts) + "\n```"

    return LAYERS.sub(lambda _: layer_table(), BLOCK.sub(answer, text))


def take_picture() -> None:
    """Write docs/map.png: the exported page of everything on a desktop screen, in a palette of 256 colours."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "map.html"
        subprocess.run([sys.executable, "-m", "sco_map", "export", page_file], cwd=ROOT, check=True, timeout=300)
        browser = launch(playwright)
        page = browser.new_page(viewport=DESKTOP)
        page.goto(page_file.as_uri())
        page.locator("html[data-ready='1']").wait_for(state="attached")
        page.wait_for_timeout(500)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        few = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(ROOT / "docs" / "map.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    if "--picture" in sys.argv:
        take_picture()
    for page in (README, OWN_DATA, CLUSTER):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
