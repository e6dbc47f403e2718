"""The repository keeps its own promises: its layout, its pins, its imports, and no trace of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser import ROOT

TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", ".streamlit", "LICENSE", "NOTICE.md", "Makefile", "README.md", "app.py",
    "benchmarks", "constraints.txt", "docs", "geodata", "pyproject.toml", "requirements-build.txt",
    "requirements-dev.txt", "requirements.txt", "sco_map", "static", "tests",
}  # fmt: skip
REQUIREMENTS = ("requirements.txt", "requirements-build.txt", "requirements-dev.txt")
MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=])/(?:work|tmp|root|home|opt|mnt|Users)/[\w.]""", re.MULTILINE)
REGISTRY = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)"]))


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def requirements_in(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def imported_modules(path: Path) -> set[str]:
    """Return the dotted names that the module at `path` imports anywhere, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return names


def test_the_top_level_holds_what_the_architecture_names() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} <= TOP_LEVEL


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_direct_requirements_have_bounds_and_a_pin_inside_them(name: str) -> None:
    pinned = pins()
    for requirement in requirements_in(name):
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators == {"=="} or {">=", "<"} <= operators, f"{requirement} has no bounds"
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} does not allow the pin {version}"


def test_the_runtime_needs_no_tool_of_the_build() -> None:
    runtime = {requirement.name for requirement in requirements_in("requirements.txt")}
    other = {requirement.name for name in REQUIREMENTS[1:] for requirement in requirements_in(name)}
    assert not runtime & other


def test_no_tracked_file_names_a_path_of_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".webp", ".woff2", ".geojson"} or path.name == "test_repository.py":
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in MACHINE_PATH.finditer(text)]
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in REGISTRY.finditer(text)]
    assert not found


def test_only_the_app_knows_streamlit_and_it_never_builds() -> None:
    assert "streamlit" in imported_modules(ROOT / "sco_map" / "app" / "main.py")
    for path in (ROOT / "sco_map").rglob("*.py"):
        names = imported_modules(path)
        if path.is_relative_to(ROOT / "sco_map" / "app"):
            assert not [name for name in names if name.startswith(("sco_map.layers", "folium"))], path
        else:
            assert "streamlit" not in names, path


def test_listing_needs_no_heavy_library() -> None:
    script = (
        "import sys; from sco_map.cli import main; main(['list', 'projects'])\n"
        "print(sorted({'folium', 'geopandas', 'pandas', 'shapely', 'streamlit'} & set(sys.modules)), file=sys.stderr)"
    )
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert finished.stderr.strip().endswith("[]"), finished.stderr
