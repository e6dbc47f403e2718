"""A reading process that is given many mutants of one format, and says of each how it ended.

`python -m tests.fuzz.reader FOLDER NAME` reads every file in the folder as if it were called NAME.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from sco_map.own.errors import OwnDataError
from sco_map.own.limits import Limits
from sco_map.own.worker import QUIET, Without, locked_in

LIMITS = Limits(cpu_seconds=600, features=10_000, vertices=200_000)


def main(folder: Path, name: str) -> int:
    """Read the files and write a line for each to standard output: begun, then how it ended."""
    locked_in(LIMITS)
    sys.meta_path.insert(0, Without())
    os.environ.update(QUIET)
    from sco_map.own.contents import read_contents, written

    for path in sorted(folder.iterdir()):
        sys.stdout.write(f"{path.name} ")
        sys.stdout.flush()
        with tempfile.TemporaryDirectory() as work:
            try:
                found = read_contents(path, name, Path(work), LIMITS, layer=None, crs=None, said={})
                written(found, Path(work, "table.arrow"))
                sys.stdout.write("read\n")
            except OwnDataError as error:
                sys.stdout.write(f"refused {str(error)[:60]!r}\n")
            except MemoryError:
                sys.stdout.write("refused 'memory'\n")
            except Exception as error:  # noqa: BLE001 - finding these is what this program is for
                sys.stdout.write(f"CRASH {type(error).__name__}: {str(error)[:200]!r}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
