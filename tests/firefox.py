"""Drive Debian's Firefox through Marionette, the protocol that it speaks by itself: open a page, ask it, print it.

Playwright drives only a Firefox that it has built itself; tests that a reader's Firefox has to pass go through here.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import end

COMMANDS = ("firefox-esr", "firefox")
NO_FIREFOX = "No Firefox was found: run `make browser`, install firefox-esr, or name one in the FIREFOX variable"
PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
STARTS_WITHIN, READY_WITHIN = 60.0, 60.0


class NoFirefoxError(Exception):
    """No Firefox could be found, or it did not start; the message says what to do."""


class Firefox:
    """A running Firefox: one window, one command after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.buffer = b""
        self.sent = 0
        self._read()  # the greeting
        self.command("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def command(self, name: str, **parameters: Any) -> Any:
        """Send a command and return its answer; raise AssertionError with what Firefox says when it fails."""
        self.sent += 1
        message = json.dumps([0, self.sent, name, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._read()
        assert error is None, f"{name}: {error}"
        return answer

    def open(self, address: str) -> None:
        """Open a page of the map and wait until it is drawn."""
        self.command("WebDriver:Navigate", url="about:blank")
        self.command("WebDriver:Navigate", url=address)
        deadline = time.monotonic() + READY_WITHIN
        while self.ask("return document.documentElement.dataset.ready") != "1":
            assert time.monotonic() < deadline, self.ask("return document.body.innerText")
            time.sleep(0.1)

    def ask(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self.command("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def printed(self, width_cm: float, height_cm: float) -> bytes:
        """Return the page as PDF on paper of a size."""
        nothing = {"top": 0, "bottom": 0, "left": 0, "right": 0}
        paper = {"width": width_cm, "height": height_cm}
        answer = self.command("WebDriver:Print", page=paper, margin=nothing, background=True, shrinkToFit=False)
        return base64.b64decode(answer["value"])

    def _read(self) -> Any:
        while b":" not in self.buffer:
            self.buffer += self._received()
        length, _, rest = self.buffer.partition(b":")
        while len(rest) < int(length):
            rest += self._received()
        self.buffer = rest[int(length) :]
        return json.loads(rest[: int(length)])

    def _received(self) -> bytes:
        received = self.connection.recv(1 << 20)
        assert received, "Firefox closed the connection"
        return received


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Start a headless Firefox with a profile of its own in `folder`, and end it afterwards."""
    named = os.environ.get("FIREFOX")
    command = named or next((found for name in COMMANDS if (found := shutil.which(name))), None)
    if command is None:
        raise NoFirefoxError(NO_FIREFOX)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    preferences = {**PREFERENCES, "marionette.port": port}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    arguments = [command, "--headless", "--marionette", "--no-remote", "--profile", str(folder), "about:blank"]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connected(process, port) as connection:
            yield Firefox(connection)
    finally:
        end(process)


def connected(process: subprocess.Popen[bytes], port: int) -> socket.socket:
    """Return a connection to Firefox once it answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=READY_WITHIN)
        except OSError:
            time.sleep(0.1)
    raise NoFirefoxError(f"Firefox did not start within {STARTS_WITHIN:.0f} s")
