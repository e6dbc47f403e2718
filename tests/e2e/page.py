"""Write the exported page and open it, as a reader does."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from sco_map.cli import main

DRAWN = "html[data-ready='1']"
PATIENCE = 60_000
"""Milliseconds; enough for a machine that does much else."""


def export(path: Path, *flags: str) -> Path:
    """Write a page with the command line, in this process, and return its path."""
    code = main(["export", str(path), *flags])
    assert code == 0, f"the export ended with {code}"
    return path


def opened(page: Page, where: Path | str, query: str = "") -> Page:
    """Open a page from disk, or at an address, and wait for its first drawing."""
    address = where if isinstance(where, str) else where.as_uri()
    page.goto("about:blank")
    page.goto(address + (f"#{query}" if query else ""))
    expect(page.locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    return page


def settled(page: Page) -> None:
    """Wait until the app has run."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=PATIENCE
    )


def open_tab(page: Page, tab: str) -> None:
    """Open a tab below the map of the app and wait for what it holds."""
    page.locator(f".sco-tabs [data-tab={tab}]").click()
    if tab != "map":
        content = "stDownloadButton" if tab == "download" else f"sco-grid[data-name={tab}] .sco-tools"
        expect(page.locator(f".{content}").first).to_be_visible(timeout=PATIENCE)


def map_frame(page: Page, address: str) -> Frame:
    """Open the app and return the frame of its map, once the map is drawn."""
    page.goto(address)
    handle = page.locator(".sco-frame iframe").element_handle(timeout=PATIENCE)
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    expect(page.frame_locator(".sco-frame iframe").locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    return frame
