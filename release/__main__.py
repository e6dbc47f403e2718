"""Write what is handed out into dist/: wheel, source archive, bill of materials, checksums; twice the same bytes.

Everything is made from the files of the last commit, so what lies about in the folder never gets in. The time in the
files is that of the commit, or SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from release.bill_of_materials import bill_of_materials
from sco_map.errors import ScoMapError
from sco_map.files import write_whole

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^VERSION = "([^"]+)"$', re.MULTILINE)
CHECKSUMS = "SHA256SUMS"


class ReleaseError(ScoMapError):
    """Say in one sentence why nothing can be released."""


def main() -> int:
    """Write the release and print what was written; return 1 when that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="default: dist")
    try:
        for path in release(ROOT, parser.parse_args().folder):
            sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:,.0f} kB\n")
    except ScoMapError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def release(root: Path, folder: Path) -> list[Path]:
    """Write the release of the last commit of the checkout at `root` into `folder` and return its files.

    Raises ReleaseError when `root` has changes that are not committed, or when the package cannot be built.
    """
    if changes := git(root, "status", "--porcelain", "--untracked-files=no").decode().splitlines():
        raise ReleaseError(f"{len(changes)} changed files are not committed; a release is made from the last commit")
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or git(root, "log", "-1", "--format=%ct"))
    with tempfile.TemporaryDirectory() as temporary:
        source, built = Path(temporary, "source"), Path(temporary, "built")
        with tarfile.open(fileobj=io.BytesIO(git(root, "archive", "HEAD"))) as archive:
            archive.extractall(source, filter="data")
        build(source, built, epoch)
        contents = {path.name: path.read_bytes() for path in sorted(built.iterdir())}
        found = VERSION.search((source / "sco_map" / "version.py").read_text(encoding="utf-8"))
        if found is None:
            raise ReleaseError("sco_map/version.py does not say VERSION")
        contents[f"sco_map-{found.group(1)}.cdx.json"] = bill_of_materials(source, found.group(1), epoch)
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    contents[CHECKSUMS] = "".join(sums).encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        write_whole(folder / name, content)
    return [folder / name for name in contents]


def build(source: Path, folder: Path, epoch: int) -> None:
    """Build wheel and source archive of the files in `source`."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--target", "wheel", "--directory"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch)}
    finished = subprocess.run([*command, str(folder)], cwd=source, env=environment, capture_output=True, text=True)
    if finished.returncode:
        raise ReleaseError(f"the package cannot be built: {finished.stderr.strip()}")


def git(root: Path, *arguments: str) -> bytes:
    """Return what a command of git prints."""
    finished = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    if finished.returncode:
        raise ReleaseError(f"git {arguments[0]}: {finished.stderr.decode(errors='replace').strip()}")
    return finished.stdout


if __name__ == "__main__":
    sys.exit(main())
