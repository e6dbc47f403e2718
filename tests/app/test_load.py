"""The load test itself: a small crowd is answered rightly, and what goes wrong is counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import psutil
import pytest

from benchmarks import load
from benchmarks.load import ADDRESSES, Memory, Outcome, Plan, answers_of_one, crowd, is_good, report
from tests.browser import free_port

SMALL = Plan(sessions=2, seconds=2.0, pause=0.2, settle=0.1)


def test_a_small_crowd_is_answered_as_a_lone_reader_is(app_url: str) -> None:
    met, memory = asyncio.run(crowd(app_url, psutil.Process(), SMALL))
    assert met.errors == Counter()
    assert len(met.opened) == 2
    assert len(met.took) >= 2
    assert 0 < memory.before <= memory.peak


def test_each_address_has_a_table_of_its_own(app_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "ADDRESSES", ADDRESSES[:4])
    stream = f"{app_url.replace('http', 'ws', 1)}/_stcore/stream"
    answers = asyncio.run(answers_of_one(stream))
    assert len(set(answers.values())) == 4


def test_a_server_that_is_not_there_is_an_error_of_each_reader() -> None:
    met, closed_port = Outcome(), free_port()

    async def nobody() -> None:
        async with AsyncExitStack() as stack:
            assert await load.come(stack, f"ws://127.0.0.1:{closed_port}", 0, Plan(pause=0.0), met) is None

    asyncio.run(nobody())
    assert met.errors.total() == 1


@pytest.mark.parametrize(
    ("met", "good"),
    [
        (Outcome([900.0, 900.0], [1.0, 1.0]), True),
        (Outcome([1100.0, 1100.0], [1.0, 1.0]), False),
        (Outcome([900.0, 900.0], [1.0]), False),
        (Outcome([900.0, 900.0], [1.0, 1.0], Counter({"x": 1})), False),
        (Outcome(), False),
    ],
)
def test_errors_slowness_and_absence_all_fail(met: Outcome, good: bool) -> None:
    assert is_good(SMALL, met, Memory(1, 3, 2)) is good
    lines = list(report(SMALL, met, Memory(1, 3, 2)))
    assert f"errors: {met.errors.total()}" in lines
    assert lines[-1] == (
        "memory of the server: 1 MB before, 3 MB at most, 2 MB 0.1 s after the last had left; "
        "goal: at most 60 MB more than before, 120 s or more after"
    )


@pytest.mark.parametrize(("settle", "after", "good"), [(130, 260, True), (130, 261, False), (5, 500, True)])
def test_memory_that_does_not_come_back_fails(settle: float, after: float, good: bool) -> None:
    plan = Plan(sessions=2, settle=settle)
    assert is_good(plan, Outcome([900.0, 900.0], [1.0, 1.0]), Memory(200, 600, after)) is good
