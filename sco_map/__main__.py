"""Run the command line as a process of its own: `python -m sco_map`, and the command `sco-map`; knows what ends it."""

import signal
import sys
from types import FrameType

INTERRUPTED, ENDED = 130, 143
"""What a shell makes of SIGINT and SIGTERM."""


def main() -> int:
    """Run one command and return its exit code; one that is asked to end removes its temporary files first."""
    signal.signal(signal.SIGTERM, end)
    try:
        from sco_map.cli import main as run

        return run()
    except KeyboardInterrupt:  # while the libraries were still being loaded
        return INTERRUPTED


def end(number: int, frame: FrameType | None) -> None:
    """Leave through everything that cleans up behind itself."""
    raise SystemExit(ENDED)


if __name__ == "__main__":
    sys.exit(main())
