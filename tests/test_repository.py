"""The repository keeps its own promises: its layout, its pins, its imports, and no trace of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.browser import ROOT

TOP_LEVEL = {
    ".ci", ".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", ".streamlit", ".taplo.toml",
    "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "Makefile", "NOTICE.md", "README.md", "SECURITY.md",
    "app.py", "benchmarks", "deploy", "docs", "geodata", "lock", "pyproject.toml", "release", "requirements-build.txt",
    "requirements-cluster.txt", "requirements-dev.txt", "requirements-formats.txt", "requirements-library.txt",
    "requirements-site.txt", "requirements.txt", "sco_map", "static", "tests", "web",
}  # fmt: skip
REQUIREMENTS = (
    "requirements-library.txt", "requirements-formats.txt", "requirements.txt", "requirements-site.txt",
    "requirements-build.txt", "requirements-cluster.txt", "requirements-dev.txt",
)  # fmt: skip
LOCKS = {
    "app": "requirements.txt",
    "build": "requirements-build.txt",
    "cluster": "requirements-cluster.txt",
    "dev": "requirements-dev.txt",
}
"""Each file of lock/ with the requirements that it locks."""

LOCKED = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")
MACHINE_PATH = re.compile(r"""(?:^|[\s"'`(=])/(?:work|tmp|root|home|opt|mnt|Users)/[\w.]""", re.MULTILINE)
REGISTRY = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)"]))


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def requirements_in(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def requirements_with_included(name: str) -> list[Requirement]:
    """Return the requirements of a file and of those that it includes with -r."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    included = [line.removeprefix("-r ") for line in lines if line.startswith("-r ")]
    return [*requirements_in(name), *(found for other in included for found in requirements_with_included(other))]


def locked(name: str) -> dict[str, tuple[Version, str | None]]:
    """Return version and marker of every package in a file of lock/; fail where a line says anything else."""
    text = (ROOT / "lock" / f"{name}.txt").read_text(encoding="utf-8")
    entries = LOCKED.findall(text)
    assert LOCKED.sub("", text) == "", "every entry has one exact version and the hashes of its files, and nothing else"
    assert len({name for name, *_ in entries}) == len(entries), "one version of each package for every Python"
    return {name: (Version(version), marker or None) for name, version, marker, _ in entries}


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
def test_direct_requirements_have_bounds(name: str) -> None:
    for requirement in requirements_in(name):
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators == {"=="} or {">=", "<"} <= operators, f"{requirement} has no bounds"


@pytest.mark.parametrize(("name", "requirements"), LOCKS.items())
def test_every_requirement_is_locked_within_its_bounds(name: str, requirements: str) -> None:
    versions = locked(name)
    for requirement in requirements_with_included(requirements):
        version, _ = versions.get(canonicalize_name(requirement.name), (None, None))
        assert version is not None, f"{requirement} is not in lock/{name}.txt; run make lock"
        assert version in requirement.specifier, f"lock/{name}.txt has {version} of {requirement}; run make lock"


@pytest.mark.parametrize("name", [name for name in LOCKS if name != "dev"])
def test_every_lock_takes_the_versions_that_the_tests_run_with(name: str) -> None:
    everything = locked("dev")
    for package, (version, marker) in locked(name).items():
        assert package in everything, f"{package} is in lock/{name}.txt and not in lock/dev.txt; run make lock"
        assert everything[package][0] == version
        assert marker is None or everything[package][1] in (None, marker)


@pytest.mark.parametrize(("name", "requirements"), LOCKS.items())
def test_nothing_is_locked_that_nothing_needs(name: str, requirements: str) -> None:
    needed: set[str] = set()
    ahead = [
        (str(canonicalize_name(one.name)), frozenset(one.extras)) for one in requirements_with_included(requirements)
    ]
    seen = set(ahead)
    needs = {str(canonicalize_name(one.metadata["Name"])): one.requires or [] for one in distributions()}
    while ahead:
        package, extras = ahead.pop()
        needed.add(package)
        for requirement in map(Requirement, needs.get(package, ())):
            marker = str(requirement.marker)
            if "extra ==" in marker and not any(f'extra == "{extra}"' in marker for extra in extras):
                continue
            following = (str(canonicalize_name(requirement.name)), frozenset(requirement.extras))
            if following not in seen:
                seen.add(following)
                ahead.append(following)
    assert set(locked(name)) - needed == set(), "run make lock"


def test_the_tests_run_with_what_is_locked() -> None:
    installed = {str(canonicalize_name(found.metadata["Name"])): Version(found.version) for found in distributions()}
    wanted = {
        name: version
        for name, (version, marker) in locked("dev").items()
        if marker is None or Marker(marker).evaluate()
    }
    assert {name: installed.get(name) for name in wanted} == wanted


def test_what_is_built_with_is_what_is_tested_with() -> None:
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert set(backend) <= set((ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines())


def test_every_requirement_is_listed_once() -> None:
    listed = [canonicalize_name(requirement.name) for name in REQUIREMENTS for requirement in requirements_in(name)]
    assert sorted(set(listed)) == sorted(listed)


USED_UNSEEN = {
    "brotli": "fontTools compresses WOFF2 with it",
    "importlib-metadata": "dask reads with it what is installed; from 10 on it changes how everything is imported",
    "uharfbuzz": "fpdf2 shapes text with it",
}
"""Requirements that no module of ours imports by name, each with what it is for."""


@pytest.mark.parametrize("name", REQUIREMENTS[:-1])
def test_every_requirement_is_used(name: str) -> None:
    sources = (ROOT / "geodata" / "catalog" / "sources.toml").read_text(encoding="utf-8")
    carriers = {canonicalize_name(found) for found in re.findall(r'^file = "([^:/"]+)', sources, re.MULTILINE)}
    modules = [
        path
        for path in (ROOT / "sco_map").rglob("*.py")
        if name == "requirements-build.txt" or "layers" not in path.parts
    ]
    imported = {found.partition(".")[0] for path in modules for found in imported_modules(path)}
    distributions_of = packages_distributions()
    used = {canonicalize_name(found) for module in imported for found in distributions_of.get(module, ())}
    listed = {canonicalize_name(requirement.name) for requirement in requirements_in(name)}
    assert listed - used - carriers - set(USED_UNSEEN) == set()


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


def test_files_of_data_need_neither_the_page_nor_the_network(tmp_path: Path) -> None:
    wanted = tmp_path / "cku.gpkg"
    script = (
        f"import sys; from sco_map.cli import main; main(['export', {str(wanted)!r}, '--project', 'cku_railway'])\n"
        "print(sorted({'folium', 'networkx', 'requests', 'PIL', 'fpdf', 'streamlit'} & set(sys.modules)))"
    )
    finished = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert wanted.exists(), finished.stderr
    assert finished.stdout.splitlines()[-1] == "[]"


def test_the_architecture_describes_the_packages_in_the_order_of_their_imports() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`sco_map\.\w+`(?:, )?)+) \|", text, re.MULTILINE)
    described = [name for row in rows for name in re.findall(r"sco_map\.(\w+)", row)]
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = (contract["layers"] for contract in linter["contracts"] if contract["type"] == "layers")
    level = {name.strip(): -number for number, line in enumerate(layers) for name in line.split("|")}
    assert set(described) == set(level) - {"__main__"}
    assert [level[name] for name in described] == sorted(level[name] for name in described)
