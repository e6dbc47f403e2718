"""Scripts and style of the app around the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.app import assets


def test_a_process_goes_on_with_what_it_began_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    script = tmp_path / "of-this-test.js"
    script.write_text("first", encoding="utf-8")
    before = assets.version_of(script.name)
    script.write_text("second", encoding="utf-8")
    assert assets.asset(script.name) == "first"
    assert assets.version_of(script.name) == before
    assets.asset.cache_clear()
    assets.version_of.cache_clear()
    assert assets.asset(script.name) == "second"
    assert assets.version_of(script.name) != before
