"""The page's own search gives the answers of Python: on the shipped network, for a thousand random questions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from sco_map.atlas import Atlas
from sco_map.layers.page_script import WEB, find_node
from tests.web.network import WRONG, Json, answer, lines_in_words, random_questions, world_of

ROUTES, CUTS = 1000, 40


def test_routes_cuts_promises_complaints_and_lines_in_words_are_the_same_in_the_page(
    shipped: Atlas, tmp_path: Path
) -> None:
    node = find_node()
    assert node is not None, "node is missing; it comes with requirements-dev.txt"
    cases = answered_by_python(shipped, [*random_questions(shipped, ROUTES, CUTS), *WRONG])
    answered = [case for case in cases if is_answered(case)]
    assert len(answered) > ROUTES / 2, "answers are compared as well as complaints"
    in_words = [case for case in answered_by_python(shipped, lines_in_words(shipped)) if is_answered(case)]
    assert len(in_words) > 350, "all projects but those of several lines have words"
    assert_the_script_agrees(node, shipped, [*cases, *in_words], tmp_path)


def is_answered(case: Json) -> bool:
    return "complaints" not in case["answer"]


def answered_by_python(atlas: Atlas, questions: Iterable[Json]) -> list[Json]:
    return [{"question": question, "answer": answer(atlas, question)} for question in questions]


def assert_the_script_agrees(node: str, shipped: Atlas, cases: Sequence[Json], tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"world": world_of(shipped, shipped.rows), "cases": cases}), encoding="utf-8")
    command = [node, "tests/same-answers.ts", str(file)]
    finished = subprocess.run(command, cwd=WEB, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert f"{len(cases)} of {len(cases)} answers agree" in finished.stdout
