"""The command `release`: write one from a checkout, or say whether the files of one are what they were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sco_map.errors import ScoMapError
from sco_map.export.checksums import faults_in, listed_files
from sco_map.files import shown
from sco_map.model.texts import counted
from sco_map.paths import CHECKOUT

DIST = "dist"


class VerificationError(ScoMapError):
    """Name every file of a release that is not what it was."""


class NoCheckoutError(ScoMapError):
    """Say that a release is made where its sources are."""


def write(folder: Path | None) -> int:
    """Write a release of the checkout into a folder; return the exit code of what makes it."""
    if CHECKOUT is None:
        raise NoCheckoutError("a release is made in a checkout of the repository; --verify DIR looks at one anywhere")
    target = (CHECKOUT / DIST if folder is None else folder).absolute()
    return subprocess.run([sys.executable, "-m", "release", str(target)], cwd=CHECKOUT).returncode


def verify(folder: Path) -> str:
    """Return that the files of a release are what they were; raises VerificationError, which names those that are not.

    That says nothing about who wrote them: whoever changes a file can change the list of checksums with it.
    """
    if faults := faults_in(folder):
        raise VerificationError("\n  ".join([f"{shown(folder)} is not the release that it was:", *faults]))
    return f"{shown(folder)}: {counted(len(listed_files(folder)), 'file is', 'files are')} what the checksums say"
