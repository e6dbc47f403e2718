"""Keep docs/library.ipynb true: run its cells, compare what comes out; `python -m tests.notebook` writes what does now.

The cells are run here one after the other as a notebook does it: in one namespace, and what the last line of a cell
evaluates to is shown. The file has the true outputs but for the maps, which would make it large: of these it keeps the
line of text only.
"""

from __future__ import annotations

import ast
import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from tests.browser import ROOT

NOTEBOOK = ROOT / "docs" / "library.ipynb"
LARGEST_OUTPUT = 20_000
"""Characters of HTML that an output may have to be kept in the file."""

Output = dict[str, Any]


def executed(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the notebook with the outputs that its cells have now; whatever a cell raises is raised."""
    fresh: nbformat.NotebookNode = nbformat.from_dict(notebook)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    settings = pd.option_context("display.width", 100, "display.max_columns", 20)
    with tempfile.TemporaryDirectory() as folder, working_in(Path(folder)), settings:
        count = 0
        for cell in fresh.cells:
            if cell.cell_type == "code":
                count += 1
                cell.execution_count = count
                cell.outputs = [nbformat.from_dict(output) for output in outputs_of(cell.source, namespace, count)]
    return fresh


def outputs_of(source: str, namespace: dict[str, Any], count: int) -> Iterator[Output]:
    """Run one cell and yield what it prints and what its last line evaluates to."""
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None  # type: ignore[attr-defined]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
        value = None if last is None else eval(compile(last, "<cell>", "eval"), namespace)
    if printed.getvalue():
        yield {"output_type": "stream", "name": "stdout", "text": printed.getvalue()}
    if value is not None:
        data = {"text/plain": repr(value)}
        html = value._repr_html_() if hasattr(value, "_repr_html_") else None
        if html and len(html) <= LARGEST_OUTPUT:
            data["text/html"] = html
        yield {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}


@contextlib.contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Let files that a cell writes go into `folder`."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def read() -> nbformat.NotebookNode:
    """Return the notebook as it is in the repository."""
    notebook: nbformat.NotebookNode = nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)
    return notebook


def text_of(notebook: nbformat.NotebookNode) -> str:
    """Return the content of the file that holds the notebook."""
    return str(nbformat.writes(notebook)) + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(text_of(executed(read())), encoding="utf-8")
