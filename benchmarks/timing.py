"""Take times and put them side by side; knows nothing of what is timed."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Sample:
    """Repeated measurements of one thing, in `unit`."""

    values: tuple[float, ...]
    unit: str = "ms"

    @property
    def median(self) -> float:
        """Return the middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """Return the value that nineteen of twenty measurements stay under."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]

    def __str__(self) -> str:
        if len(self.values) == 1:
            return f"{self.median:,.1f} {self.unit}"
        return f"{self.median:,.1f} {self.unit} (p95 {self.p95:,.1f}, n={len(self.values)})"


@dataclass(frozen=True)
class Row:
    """One line of the report: ours, the naive way's, and the goal that was set."""

    name: str
    ours: Sample
    naive: Sample | None = None
    goal: str = ""
    note: str = ""

    @property
    def ratio(self) -> str:
        """Return how many times less than the naive way we take."""
        if self.naive is None or self.ours.median == 0:
            return ""
        return f"{self.naive.median / self.ours.median:,.1f}x"


def timed(action: Callable[[int], object], *, repeats: int, warmups: int = 1) -> Sample:
    """Run `action` with the number of the run and return the milliseconds that each run took."""
    for number in range(warmups):
        action(number)
    values = []
    for number in range(repeats):
        start = time.perf_counter()
        action(number)
        values.append((time.perf_counter() - start) * 1000)
    return Sample(tuple(values))


def timed_process(arguments: Sequence[str], *, repeats: int) -> Sample:
    """Return the milliseconds from start to end of a Python process with these arguments, once warmed up."""

    def run(_: int) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=300)

    return timed(run, repeats=repeats)


def reported_by_process(script: str, *, repeats: int) -> Sample:
    """Return the number that a fresh Python process prints when it runs `script`, once per repeat."""
    values = []
    for _ in range(repeats):
        finished = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True, timeout=300
        )
        values.append(float(finished.stdout))
    return Sample(tuple(values))


def report(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a Markdown table, each as soon as its row is measured."""
    yield "| what | ours | naive way | ratio | goal |"
    yield "|---|---|---|---|---|"
    for row in rows:
        naive = "" if row.naive is None else str(row.naive)
        name = f"{row.name} ({row.note})" if row.note else row.name
        yield f"| {name} | {row.ours} | {naive} | {row.ratio} | {row.goal} |"
