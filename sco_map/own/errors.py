"""What is said when a reader's file cannot be used; knows no format."""

from __future__ import annotations

from sco_map.errors import ScoMapError


class OwnDataError(ScoMapError):
    """Say in one sentence what was found in a file, where, and what would work.

    `flags` says the same to a person at the command line: what to add to the command. Whoever else shows the sentence
    leaves it out.
    """

    def __init__(self, sentence: str, *, flags: str = "") -> None:
        super().__init__(sentence)
        self.flags = flags
