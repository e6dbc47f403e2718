"""Let many readers filter in the served app at once, and print what it cost: `make load`.

Each reader is a WebSocket that speaks Streamlit's protocol as a browser does: it opens the app, opens the table, and
then changes the address of the map again and again, with a pause between two changes. Every answer is compared with the
one that a lone reader was given before the crowd came; another answer, an error in it, none in time, or a broken
connection counts as an error.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.timing import Sample
from tests.browser import served_app

GRID = "sco_map_grid"
ADDRESSES = (
    "",
    "country=UZB",
    "country=UZB&status=operating",
    "status=construction",
    "kind=rail",
    "kind=rail&country=KAZ",
    "kind=gas_pipeline",
    "year=2015",
    "q=kashgar",
)
PATIENCE = 30.0
"""An answer that takes longer counts as none."""

GOAL_MS = 1000.0
SESSION_SECONDS = 120.0
"""So long Streamlit keeps a session whose reader has left."""

KEPT_MB = 60.0
"""So much more than before the server may hold when all sessions are gone: Python does not give all of it back."""

LOOK_SECONDS = 0.2
"""How often the memory of the server is read."""

WENT_WELL = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class AnswerError(Exception):
    """Say what is wrong with an answer of the server."""


BROKEN = (AnswerError, OSError, TimeoutError, WebSocketException)


@dataclass
class Reader:
    """One session: what the server has told it, and what it has told the server."""

    socket: ClientConnection
    component: str = ""
    fragment: str = ""
    sheet: bytes = b""

    async def open(self) -> None:
        """Run the app for the first time, then open the table."""
        await self.run({})
        if not self.component:
            raise AnswerError("the app was opened, and sent no table")
        await self.run({"tab": "data", "address": ADDRESSES[0]})

    async def filter(self, address: str) -> bytes:
        """Tell another address of the map, and return the table that is sent for it."""
        self.sheet = b""
        await self.run({"tab": "data", "address": address})
        if not self.sheet:
            raise AnswerError("the answer holds no table")
        return self.sheet

    async def run(self, told: dict[str, str]) -> None:
        """Let the server run what follows from `told`, and take in what it sends until it has finished."""
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        if told:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id = self.component
            state.json_value = json.dumps(told)
            asked.rerun_script.fragment_id = self.fragment
        await self.socket.send(asked.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self.takes(await self.socket.recv()):
                pass

    def takes(self, received: str | bytes) -> bool:
        """Take in one message; return whether it says that the run has ended. Raises AnswerError for an error in it."""
        message = ForwardMsg()
        message.ParseFromString(received if isinstance(received, bytes) else received.encode())
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished in WENT_WELL:
                return True
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                raise AnswerError(f"a run ended with {message.script_finished}")
        if message.WhichOneof("type") == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") in ("exception", "alert"):
                raise AnswerError(f"the app says: {element.exception.message or element.alert.body}")
            if element.bidi_component.component_name == GRID:
                self.component = element.bidi_component.id
                self.fragment = message.delta.fragment_id
                self.sheet = element.bidi_component.bytes
        return False


@dataclass
class Outcome:
    """What a crowd of readers met with."""

    took: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, error: Exception) -> None:
        """Count an error."""
        self.errors[f"{type(error).__name__}: {error}"] += 1


@dataclass
class Memory:
    """What the server takes, in MB: when one reader has seen everything, at most, and when all have left."""

    before: float
    peak: float
    after: float = 0.0


@dataclass(frozen=True)
class Plan:
    """How many readers filter for how many seconds, how long each pauses, and for how long nobody comes afterwards."""

    sessions: int = 50
    seconds: float = 60.0
    pause: float = 2.0
    settle: float = 130.0


async def answers_of_one(address: str) -> dict[str, bytes]:
    """Return the table for each address as a lone reader is given it."""
    async with connect(address, max_size=None, proxy=None) as socket:
        reader = Reader(socket)
        await reader.open()
        return {asked: await reader.filter(asked) for asked in reversed(ADDRESSES)}


async def come(stack: AsyncExitStack, address: str, number: int, plan: Plan, met: Outcome) -> Reader | None:
    """Open the app as one reader; return it, or None where that failed, which is written down."""
    await asyncio.sleep(random.Random(number).uniform(0, plan.pause))
    start = time.perf_counter()
    try:
        socket = await stack.enter_async_context(connect(address, max_size=None, proxy=None, open_timeout=PATIENCE))
        reader = Reader(socket)
        await reader.open()
    except BROKEN as error:
        met.note(error)
        return None
    met.opened.append((time.perf_counter() - start) * 1000)
    return reader


async def stay(reader: Reader, number: int, plan: Plan, right: Mapping[str, bytes], met: Outcome) -> None:
    """Filter as one reader for the time of the plan, at least once, and write down what was met with."""
    chance = random.Random(number)
    asked = ADDRESSES[0]
    end = time.perf_counter() + plan.seconds
    try:
        while True:
            await asyncio.sleep(chance.uniform(0.5, 1.5) * plan.pause)
            asked = chance.choice([other for other in ADDRESSES if other != asked])
            start = time.perf_counter()
            sheet = await reader.filter(asked)
            met.took.append((time.perf_counter() - start) * 1000)
            if sheet != right[asked]:
                met.note(AnswerError(f"another table than a lone reader's for {asked or 'everything'!r}"))
            if time.perf_counter() > end:
                return
    except BROKEN as error:
        met.note(error)


async def watched(server: psutil.Process, memory: Memory) -> None:
    """Note the greatest memory of the server until this is cancelled."""
    while True:
        memory.peak = max(memory.peak, megabytes(server))
        await asyncio.sleep(LOOK_SECONDS)


async def crowd(address: str, server: psutil.Process, plan: Plan) -> tuple[Outcome, Memory]:
    """Let all readers of the plan come, filter and leave; return what they met with and what the server took."""
    stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    right = await answers_of_one(stream)
    met, memory = Outcome(), Memory(megabytes(server), megabytes(server))
    watching = asyncio.create_task(watched(server, memory))
    async with AsyncExitStack() as stack:
        readers = await asyncio.gather(*(come(stack, stream, number, plan, met) for number in range(plan.sessions)))
        there = [(number, reader) for number, reader in enumerate(readers) if reader]
        await asyncio.gather(*(stay(reader, number, plan, right, met) for number, reader in there))
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await asyncio.sleep(plan.settle)
    memory.after = megabytes(server)
    return met, memory


def megabytes(process: psutil.Process) -> float:
    """Return the memory that a process holds (RSS)."""
    held: int = process.memory_info().rss
    return held / 1_000_000


def measured(plan: Plan) -> tuple[Outcome, Memory]:
    """Serve the app on this machine, let the crowd of the plan come, and end the server."""
    with tempfile.TemporaryDirectory() as folder, served_app(Path(folder) / "app.log") as address:
        port = f"--server.port={address.rpartition(':')[2]}"
        (server,) = (child for child in psutil.Process().children() if port in child.cmdline())
        return asyncio.run(crowd(address, server, plan))


def report(plan: Plan, met: Outcome, memory: Memory) -> Iterator[str]:
    """Yield the lines that say what was measured."""
    yield f"{plan.sessions} sessions for {plan.seconds:g} s, each pausing {plan.pause:g} s or so between changes"
    yield f"errors: {met.errors.total()}"
    for error, count in met.errors.most_common():
        yield f"  {count} x {error}"
    if met.opened:
        yield f"opening the app and its table: {Sample(tuple(met.opened))}"
    if met.took:
        yield f"a filter, until the table of it is there: {Sample(tuple(met.took))}; goal: median < {GOAL_MS:,.0f} ms"
    yield (
        f"memory of the server: {memory.before:,.0f} MB before, {memory.peak:,.0f} MB at most, "
        f"{memory.after:,.0f} MB {plan.settle:g} s after the last had left; "
        f"goal: at most {KEPT_MB:g} MB more than before, {SESSION_SECONDS:g} s or more after"
    )


def is_good(plan: Plan, met: Outcome, memory: Memory) -> bool:
    """Say whether every session was answered without an error, and fast enough, and the memory came back.

    Memory that was read before Streamlit forgets its sessions says nothing.
    """
    everybody = len(met.opened) == plan.sessions and len(met.took) >= plan.sessions
    is_back = plan.settle < SESSION_SECONDS or memory.after <= memory.before + KEPT_MB
    return everybody and is_back and not met.errors and Sample(tuple(met.took)).median < GOAL_MS


def main() -> None:
    """Take the measurement, print it, and fail where it is not good enough."""
    usual = Plan()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sessions", type=int, default=usual.sessions, help="readers at once (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=usual.seconds, help="how long (default: %(default)g)")
    parser.add_argument("--pause", type=float, default=usual.pause, help="s between changes (default: %(default)g)")
    parser.add_argument(
        "--settle",
        type=float,
        default=usual.settle,
        help="s until the memory is read again: Streamlit keeps a session two minutes after its reader has left "
        "(default: %(default)g)",
    )
    plan = Plan(**vars(parser.parse_args()))
    met, memory = measured(plan)
    for line in report(plan, met, memory):
        print(line)
    sys.exit(0 if is_good(plan, met, memory) else 1)


if __name__ == "__main__":
    main()
