"""The command line; importing it costs nothing heavy."""

from sco_map.cli.main import main

__all__ = ["main"]
