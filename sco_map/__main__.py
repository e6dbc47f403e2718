"""Run the command line: `python -m sco_map`."""

import sys

from sco_map.cli import main

if __name__ == "__main__":
    sys.exit(main())
