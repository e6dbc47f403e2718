"""How large a reader's file may be, and how long reading it may take; nothing but numbers."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What reading one file may cost; whatever is larger is refused with a sentence.

    The defaults let a tracker of 6,000 lines with 3.4 million vertices, or 100,000 points, through with room to spare.
    """

    file_bytes: int = 512 * MEGABYTE
    memory_bytes: int = 4096 * MEGABYTE
    """Address space, most of which is never touched: libraries alone take half a gigabyte of it."""
    cpu_seconds: int = 120
    wall_seconds: int = 180
    features: int = 500_000
    columns: int = 500
    vertices: int = 20_000_000
    text_letters: int = 2_000
    """Of one cell; a longer one is cut."""
    members: int = 200
    """Files in an archive."""
    unpacked_bytes: int = 512 * MEGABYTE
    ratio: int = 200
    """How many times larger a file may be unpacked than packed, from `small_bytes` on."""
    small_bytes: int = MEGABYTE


LIMITS = Limits()
