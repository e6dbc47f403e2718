"""Write what is handed out into dist/: map, data, package, bill of materials, checksums; twice the same bytes.

Everything is made from the files of the last commit, so what lies about in the folder never gets in. The time in the
files is that of the commit, or SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

from release.bill_of_materials import bill_of_materials
from release.changes import CHANGELOG, change_files, difference_since
from sco_map.errors import ScoMapError
from sco_map.export.checksums import CHECKSUMS, checksum_lines, listed_files
from sco_map.export.site.folder import folder_fault, write_folder
from sco_map.files import shown, unpack, work_folder
from sco_map.model.selection import Selection

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^VERSION = "([^"]+)"$', re.MULTILINE)


class ReleaseError(ScoMapError):
    """Say in one sentence why nothing can be released."""


def main() -> int:
    """Write or verify a release and print what was done; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m release", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist", help="default: dist")
    parser.add_argument("--since", metavar="STATE", help="folder or git revision to compare with; default: last tag")
    parser.add_argument("--sample", default="", metavar="SELECTION", help="to try it out: project=cku_railway")
    options = parser.parse_args()
    try:
        for path in release(ROOT, options.folder, options.sample, options.since):
            sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:,.0f} kB\n")
    except ScoMapError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def release(root: Path, folder: Path, sample: str = "", since: str | None = None) -> list[Path]:
    """Write the release of the last commit of the checkout at `root` into `folder` and return its files.

    What changed is said since the last tag, or `since` another state; where there is none, nothing is. A `sample` has
    only the rows of a selection, and says so in the names of its files. It takes the place of what an earlier release
    left in the folder, whole or not at all. Raises ReleaseError when `root` has changes that are not committed, when
    the folder has files of somebody else, or when something cannot be made, and FolderError when the folder cannot be
    written, or another process writes it.
    """
    if sample and not Selection.from_query(sample):
        raise ReleaseError(f"--sample {sample!r} selects nothing in particular; name rows, as in project=cku_railway")
    if changes := git(root, "status", "--porcelain", "--untracked-files=no").decode().splitlines():
        raise ReleaseError(f"{len(changes)} changed files are not committed; a release is made from the last commit")
    folder_fault(folder, refuse_others)
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or git(root, "log", "-1", "--format=%ct"))
    with work_folder() as temporary:
        source, built = temporary / "source", temporary / "built"
        with tarfile.open(fileobj=io.BytesIO(git(root, "archive", "HEAD"))) as archive:
            unpack(archive, source)
        run_in(source, epoch, "the package cannot be built", "hatchling", *HATCHLING, str(built))
        run_in(source, epoch, "the data cannot be written", "release.publication", str(built), str(epoch), sample)
        contents = {path.name: path.read_bytes() for path in sorted(built.iterdir())}
        found = VERSION.search((source / "sco_map" / "version.py").read_text(encoding="utf-8"))
        if found is None:
            raise ReleaseError("sco_map/version.py does not say VERSION")
        version = found.group(1)
        contents[f"sco_map-{version}.cdx.json"] = bill_of_materials(source, version, epoch)
        if since := since or last_tag(root):
            difference = difference_since(since, source / "geodata", version)
            contents |= change_files(difference, contents[CHANGELOG])
    contents[CHECKSUMS] = checksum_lines(contents)
    write_folder(folder, contents, refuse_others)
    return [folder / name for name in contents]


def last_tag(root: Path) -> str | None:
    """Return the last tag before the commit that is released, None where there is none."""
    command = ["git", "describe", "--tags", "--abbrev=0", "HEAD^"]
    finished = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")
    return finished.stdout.strip() or None


def refuse_others(_: Path, folder: Path) -> None:
    """Raise ReleaseError when a folder holds anything that is not part of a release."""
    files_of_an_earlier_release(folder)


def files_of_an_earlier_release(folder: Path) -> set[str]:
    """Return the files of a release that is in a folder; raises ReleaseError where there is anything else."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if folder.exists() and not folder.is_dir():
        raise ReleaseError(f"{shown(folder)} is a file, not a folder")
    listed = {CHECKSUMS, *listed_files(folder)} if CHECKSUMS in there else set()
    if foreign := sorted(there - listed):
        raise ReleaseError(f"{shown(folder)} holds {foreign[0]}, which is not part of a release; name an empty folder")
    return listed


HATCHLING = ("build", "--target", "sdist", "--target", "wheel", "--directory")


def run_in(source: Path, epoch: int, failure: str, module: str, *arguments: str) -> None:
    """Run a module on the files in `source`; raises ReleaseError with what it says when it fails."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", module, *arguments]
    finished = subprocess.run(command, cwd=source, env=environment, capture_output=True, encoding="utf-8")
    if finished.returncode:
        raise ReleaseError(f"{failure}: {finished.stderr.strip()}")


def git(root: Path, *arguments: str) -> bytes:
    """Return what a command of git prints."""
    finished = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    if finished.returncode:
        raise ReleaseError(f"git {arguments[0]}: {finished.stderr.decode(errors='replace').strip()}")
    return finished.stdout


if __name__ == "__main__":
    sys.exit(main())
