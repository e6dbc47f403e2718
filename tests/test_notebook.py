"""docs/library.ipynb shows what its cells really give; `python -m tests.notebook` brings it up to date."""

from __future__ import annotations

import nbformat

from tests.notebook import NOTEBOOK, executed, outputs_of, read, text_of


def test_the_notebook_is_valid_and_small() -> None:
    nbformat.validate(read())
    assert NOTEBOOK.stat().st_size < 100_000


def test_its_cells_give_what_the_file_shows() -> None:
    assert NOTEBOOK.read_text(encoding="utf-8") == text_of(executed(read())), "run python -m tests.notebook"


def test_a_cell_shows_what_it_prints_and_what_its_last_line_is() -> None:
    namespace: dict[str, object] = {}
    assert list(outputs_of("a = 2", namespace, 1)) == []
    assert list(outputs_of("print('a is', a)\na * 3", namespace, 2)) == [
        {"output_type": "stream", "name": "stdout", "text": "a is 2\n"},
        {"output_type": "execute_result", "execution_count": 2, "data": {"text/plain": "6"}, "metadata": {}},
    ]
