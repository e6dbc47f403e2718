"""The browser of the tests: how it is found, and that its watch sees what it has to see."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import browser as browsers
from tests.browser import Chromium, NoBrowserError, Watch, find_chromium


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
    for way in ("installed_chromium", "debian_chromium", "npm_chromium"):
        monkeypatch.setattr(browsers, way, lambda: None)
    with pytest.raises(NoBrowserError, match="install chromium or Google Chrome"):
        find_chromium()


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
    page.wait_for_timeout(200)
    assert watch.outside


def test_requests_to_this_machine_are_allowed(bare_context) -> None:
    page, watch = bare_context
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as s:
        threading.Thread(target=s.serve_forever, daemon=True).start()
        page.request.get(f"http://127.0.0.1:{s.server_address[1]}/")
        s.shutdown()
    assert not watch.outside
