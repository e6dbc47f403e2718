"""Run mutants for a bounded time: `python -m tests.fuzz --mutants 100000 --seconds 900 --seed 1`.

Prints for each target how many mutants it was given and how they ended. A crash is kept in .cache/fuzz, and the exit
code is 1: it becomes a test.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sco_map.errors import ScoMapError
from tests.browser import ROOT
from tests.fuzz.mutants import mutant
from tests.fuzz.targets import TARGETS, Target, files_for_gdal, last

KEPT = ROOT / ".cache" / "fuzz"
READ_EACH = 150
"""Mutants of each format that a reading process is given, of 100,000 in all."""

SHOWN_CRASHES = 12


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all targets and return 0 when none crashed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=900.0, help="no longer than this")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    crashes: list[str] = []
    total = 0
    for target in TARGETS:
        until = begun + options.seconds * sum(one.share for one in TARGETS[: TARGETS.index(target) + 1]) * 0.75
        counts = run(target, round(options.mutants * target.share), options.seed, until, crashes)
        total += sum(counts.values())
        report(target.name, counts)
    each = max(1, round(READ_EACH * options.mutants / 100_000))
    for name, counts in read_in_processes(each, options.seed, begun + options.seconds, crashes):
        total += sum(counts.values())
        report(name, counts)
    say(f"{total:,} mutants in {time.monotonic() - begun:,.0f} s, {len(crashes)} crashes")
    for crash in crashes[:SHOWN_CRASHES]:
        say(f"  {crash}")
    return 1 if crashes else 0


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def report(name: str, counts: Counter[str]) -> None:
    """Print how the mutants of a target ended."""
    ends = ", ".join(f"{count:,} {end}" for end, count in sorted(counts.items()))
    say(f"{name:<12} {sum(counts.values()):>7,}  {ends}")


def run(target: Target, mutants: int, seed: int, until: float, crashes: list[str]) -> Counter[str]:
    """Give a target its mutants in this process; anything but a result or a ScoMapError is a crash."""
    counts: Counter[str] = Counter()
    for number in range(mutants):
        if time.monotonic() > until and number:
            break
        chance = random.Random(f"{target.name} {seed} {number}")
        try:
            target.attempt(chance)
            counts["taken"] += 1
        except ScoMapError as error:
            assert str(error)
            counts["refused"] += 1
        except Exception as error:  # noqa: BLE001 - finding these is what this program is for
            counts["CRASHED"] += 1
            crashes.append(f"{target.name} {seed} {number}: {kept(target.name, number, error)}")
    return counts


def kept(name: str, number: int, error: Exception) -> str:
    """Keep a mutant that crashed with its traceback, and return what is said of it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    where = traceback.extract_tb(error.__traceback__)[-1]
    text = "".join(traceback.format_exception(error))
    content = f"{last.get('mutant')!r}\n\n{text}"
    (KEPT / f"{name}-{number}.txt").write_text(content, encoding="utf-8", errors="backslashreplace")
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {str(error)[:120]!r}"


def read_in_processes(each: int, seed: int, until: float, crashes: list[str]) -> list[tuple[str, Counter[str]]]:
    """Give mutants of files that libraries read to reading processes, one process a format until it dies."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files_for_gdal(Path(folder)):
            counts: Counter[str] = Counter()
            with tempfile.TemporaryDirectory() as mutants:
                for number in range(each):
                    chance = random.Random(f"{name} {seed} {number}")
                    Path(mutants, f"{number:05}").write_bytes(mutant(content, chance))
                read_all(Path(mutants), f"a.{name}", until, counts, crashes)
            found.append((f"read .{name}", counts))
    return found


def read_all(mutants: Path, name: str, until: float, counts: Counter[str], crashes: list[str]) -> None:
    """Let processes read all files in a folder; one that dies names the file, and another goes on behind it."""
    while (left := sorted(mutants.iterdir())) and (seconds := until - time.monotonic()) > 0:
        command = [sys.executable, "-m", "tests.fuzz.reader", str(mutants), name]
        try:
            finished = subprocess.run(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds
            )
            output, code = finished.stdout.decode(errors="replace"), finished.returncode
        except subprocess.TimeoutExpired as stopped:
            output, code = (stopped.stdout or b"").decode(errors="replace"), None
        lines = output.splitlines()
        for line in lines:
            file, _, end = line.partition(" ")
            raw = (mutants / file).read_bytes()
            (mutants / file).unlink()
            if end.startswith(("read", "refused")):
                counts["taken" if end == "read" else "refused"] += 1
            elif end.startswith("CRASH") or code is not None:
                # What ends the reading process is one sentence for the reader, but should not happen either.
                counts["CRASHED" if end.startswith("CRASH") else "killed"] += 1
                KEPT.mkdir(parents=True, exist_ok=True)
                (KEPT / f"{file}-{name}").write_bytes(raw)
                crashes.append(f"{name} {file}: {end or f'the process ended with {code}'}")
        if code is None or not lines:
            if not lines and code is not None:
                crashes.append(f"{name}: the process ended with {code} before it read {left[0].name}")
            return


if __name__ == "__main__":
    sys.exit(main())
