"""Write the exported page and open it, as a reader does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from tests.browser import ROOT

DRAWN = "html[data-ready='1']"
PATIENCE = 20_000


def export(path: Path, *facets: str) -> Path:
    """Write a page with the command line and return its path."""
    subprocess.run([sys.executable, "-m", "sco_map", "export", str(path), *facets], cwd=ROOT, check=True, timeout=120)
    return path


def opened(page: Page, path: Path, query: str = "") -> Page:
    """Open a page from disk and wait for its first drawing."""
    page.goto("about:blank")
    page.goto(path.as_uri() + (f"#{query}" if query else ""))
    expect(page.locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    return page


def map_frame(page: Page, address: str) -> Frame:
    """Open the app and return the frame of its map, once the map is drawn."""
    page.goto(address)
    handle = page.locator(".sco-frame iframe").element_handle(timeout=PATIENCE)
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    expect(page.frame_locator(".sco-frame iframe").locator(DRAWN)).to_be_attached(timeout=PATIENCE)
    return frame
