"""The bundles that are committed are what the sources in `web/` give, byte for byte, and a stale one is noticed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sco_map.errors import ScoMapError
from sco_map.layers import page_script
from sco_map.layers.page_script import ASSETS, BUNDLES, WEB, digest, is_current, script_results


@pytest.fixture
def copy(tmp_path: Path) -> tuple[Path, Path]:
    """Copy sources and bundles to a place where they may be spoilt."""
    web, assets = tmp_path / "web", tmp_path / "assets"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules"))
    for name in BUNDLES:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ASSETS / name, assets / name)
    return web, assets


def test_the_bundles_say_that_they_are_made_from_these_sources() -> None:
    assert [name for name in BUNDLES if not is_current(ASSETS / name, digest())] == [], "run make web"


def test_bundling_again_gives_the_same_bytes() -> None:
    assert (WEB / "node_modules").is_dir(), "run make web, which installs the packages of web/package.json"
    node = page_script.find_node()
    assert node is not None
    finished = subprocess.run([node, "build.mjs", "--check"], cwd=WEB, capture_output=True, text=True, timeout=60)
    assert (finished.returncode, finished.stdout) == (0, ""), finished.stderr


def actions(web: Path, assets: Path) -> set[str]:
    results = script_results(check=True, web=web, assets=assets)
    assert [result.file for result in results] == [assets / name for name in BUNDLES]
    return {result.action for result in results}


def test_a_changed_source_makes_every_bundle_stale(copy: tuple[Path, Path]) -> None:
    web, assets = copy
    assert actions(web, assets) == {"unchanged"}
    (web / "src" / "more.ts").write_text("export {};\n", encoding="utf-8")
    assert actions(web, assets) == {"differs"}


@pytest.mark.parametrize("node", [None, "node"])
def test_a_build_that_cannot_bundle_says_what_it_needs(copy, monkeypatch, node) -> None:
    web, assets = copy
    (web / "src" / "more.ts").write_text("export {};\n", encoding="utf-8")
    monkeypatch.setattr(page_script, "find_node", lambda: node)
    with pytest.raises(ScoMapError, match=r"needs (node 22|the packages that web/package\.json).*run make web"):
        script_results(check=False, web=web, assets=assets)


def test_an_installed_package_without_sources_has_nothing_to_bundle(tmp_path: Path) -> None:
    assert script_results(check=False, web=tmp_path / "web") == []


def test_bundles_have_no_comment_of_a_machine_and_end_no_element() -> None:
    for name in BUNDLES:
        text = (ASSETS / name).read_text(encoding="utf-8")
        assert "node_modules" not in text
        assert "</script" not in text
        assert "sourceMappingURL" not in text
