"""The files that say how to contribute, cite, report and release are true."""

from __future__ import annotations

import configparser
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import sco_map
from sco_map.catalog import read_catalog
from tests.browser import ROOT
from tests.test_repository import tracked_files

PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SCHEMA = ROOT / "tests" / "schemas" / "citation-file-format-1.2.0.json"
BINARY = {".png", ".webp", ".woff2"}
LICENCES = {
    "unicode_3_0": "Unicode-3.0",
    "ofl_1_1": "OFL-1.1",
    "cc_by_4_0": "CC-BY-4.0",
    "lgpl_3_0": "LGPL-3.0-only",
    "odbl_1_0": "ODbL-1.0",
}


# -- pages of text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = target.partition("#")
        file = (page.parent / name) if name else page
        assert file.exists(), f"{page.name} links to {target}"
        if heading:
            headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", found).lower().replace(" ", "-") for found in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_knows_what_the_pages_tell_to_make(page: Path) -> None:
    told = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert told <= set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_every_target_that_is_for_people_is_explained() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {name for name in phony.split() if f"make {name}" not in contributing} <= {"clean", "web-lint", "web-test"}


def test_the_changelog_leads_up_to_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", text, re.MULTILINE)
    assert versions, "there is no heading like ## [1.0.0] - 2026-11-28"
    newest, date = versions[0]
    if ".dev" in sco_map.__version__:
        assert newest == "Unreleased"
        assert sco_map.__version__ in text
    else:
        assert newest == sco_map.__version__
        assert date
    sections = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert sections <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_citation_is_valid_and_of_this_version() -> None:
    citation = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(citation)
    assert citation["version"] == sco_map.__version__
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in PROJECT["authors"]]
    assert ("date-released" in citation) == (".dev" not in sco_map.__version__)


# -- terms -------------------------------------------------------------------------------------------------------------


def notice() -> str:
    return (ROOT / "NOTICE.md").read_text(encoding="utf-8")


def test_the_notice_names_every_file_of_others_that_is_shipped() -> None:
    rows = [line for line in notice().splitlines() if line.startswith("| ")]
    for path in (ROOT / "sco_map" / "page" / "assets").iterdir():
        if (path / "LICENSE").exists() or (path / "OFL.txt").exists():
            assert any(f"`{path.relative_to(ROOT).as_posix()}`" in row for row in rows), path
    for name in re.findall(r"`((?:sco_map|geodata|tests)/[^`*]+)`", notice()):
        assert list(ROOT.glob(f"{name}*")), f"NOTICE.md names {name}, which does not exist"


def test_the_notice_credits_everybody_whose_data_are_built_in() -> None:
    text = notice()
    sources = read_catalog().sources.values()
    built_in = [source for source in sources if source.licence not in (None, "cited_facts")]
    assert len(built_in) > 10
    missing = {
        source.publisher
        for source in built_in
        if not any(part.strip() in text for part in re.split(r"[(,]| and | through ", source.publisher) if part.strip())
    }
    assert missing == set()


def test_the_licence_of_the_package_names_the_licences_of_all_its_parts() -> None:
    catalog = read_catalog()
    used = {layer.licence for layer in catalog.layers.values()}
    used |= {source.licence for source in catalog.sources.values() if source.licence}
    named = set(PROJECT["license"].split(" AND "))
    in_scripts = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC"}
    assert named == in_scripts | {LICENCES[id_] for id_ in used - {"public_domain", "cited_facts"}}
    for expression in named - {"MIT"}:
        spelled = {
            "BSD-2-Clause": "BSD 2-Clause",
            "BSD-3-Clause": "BSD 3-Clause",
            "OFL-1.1": "SIL Open Font License 1.1",
            "Unicode-3.0": "Unicode License 3.0",
        }
        words = spelled.get(expression, expression.replace("-only", "").replace("-BY-", " BY ").replace("-", " "))
        assert words in notice(), f"NOTICE.md does not name {words}"


# -- editors and hooks -------------------------------------------------------------------------------------------------


def rules_for(name: str) -> dict[str, str]:
    """Return what .editorconfig says about a file."""
    text = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    sections = configparser.ConfigParser(strict=True, interpolation=None)
    sections.read_string("[top]\n" + text)
    rules: dict[str, str] = {}
    for pattern in sections.sections()[1:]:
        if any(fnmatch(name if "/" in one else name.rpartition("/")[2], one) for one in expanded(pattern)):
            rules |= sections[pattern]
    return rules


def expanded(pattern: str) -> list[str]:
    """Return the patterns that {a,b} stands for."""
    found = re.search(r"\{([^}]+)\}", pattern)
    if found is None:
        return [pattern]
    return [pattern[: found.start()] + one + pattern[found.end() :] for one in found.group(1).split(",")]


def test_files_keep_to_the_editors_rules() -> None:
    wrong = []
    for path in tracked_files():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in BINARY:
            continue
        rules, content = rules_for(name), path.read_bytes()
        content.decode("utf-8")
        lines = content.split(b"\n")
        if b"\r" in content:
            wrong.append(f"{name}: line ends are not LF")
        if content and rules["insert_final_newline"] == "true" and lines[-1]:
            wrong.append(f"{name}: the last line has no end")
        if any(line.rstrip() != line for line in lines):
            wrong.append(f"{name}: spaces at the end of a line")
        if rules["indent_style"] == "space" and any(line.lstrip(b" ").startswith(b"\t") for line in lines):
            wrong.append(f"{name}: a line begins with a tab")
    assert wrong == []


def hooks() -> list[dict[str, Any]]:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return [hook for repository in config["repos"] for hook in repository["hooks"]]


def test_hooks_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks()} == {"system"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the tracked files and the tools of this environment."""
    folder = tmp_path_factory.mktemp("hooks")
    for path in tracked_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all", "--", ":!.venv"], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(
    ("hook", "file", "spoilt"),
    [
        ("ruff-check", "sco_map/errors.py", lambda text: text + "\nimport os\n"),
        ("ruff-format", "sco_map/errors.py", lambda text: text + "\n\n\n\n\nx=1\n"),
        ("catalog", "geodata/catalog/projects/cku_railway.toml", lambda text: text.replace("kind = ", "kinds = ", 1)),
    ],
)
def test_hooks_let_right_files_pass_and_stop_wrong_ones(repository: Path, hook: str, file: str, spoilt) -> None:
    def run() -> subprocess.CompletedProcess[str]:
        command = [str(repository / ".venv" / "bin" / "pre-commit"), "run", hook, "--files", file]
        environment = os.environ | {"PRE_COMMIT_HOME": str(repository / ".cache" / "hooks")}
        return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, timeout=300)

    passed = run()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    path = repository / file
    whole = path.read_text(encoding="utf-8")
    path.write_text(spoilt(whole), encoding="utf-8")
    try:
        assert run().returncode == 1
    finally:
        path.write_text(whole, encoding="utf-8")


def test_the_hook_of_the_script_runs_its_linter() -> None:
    (hook,) = (hook for hook in hooks() if hook["id"] == "script")
    command = hook["entry"].removeprefix("make --silent ")
    recipe = re.search(rf"^{command}:.*\n((?:\t.+\n)+)", MAKEFILE, re.MULTILINE)
    assert recipe is not None
    assert {"run lint", "run check"} <= set(re.findall(r"run \w+", recipe.group(1)))
