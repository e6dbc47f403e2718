"""Make mutants of bytes and texts, the same ones for the same seed; knows no format."""

from __future__ import annotations

import random
from collections.abc import Sequence

PIECES: Sequence[bytes] = (
    *(
        b"",
        b"\x00",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b"'",
        b"\\",
        b"\n",
        b"\r\n",
        b",",
        b";",
        b"{",
        b"}",
        b"[",
        b"]",
    ),
    *(b"<", b">", b"&", b"%", b"#", b"?", b"=", b"-", b"NaN", b"null", b"true", b"1e999", b"-1e999", b"9" * 400, b"0x"),
    *(b"<script>alert(1)</script>", b"=cmd|'/c calc'!A0", b"../../../etc/passwd", b"/vsicurl/http://127.0.0.1:9/"),
    *("\u202e\u0000\ud7ff".encode(), "\U0010ffff".encode(), b"\x80\xbf", b"\xed\xa0\x80", b"(" * 300, b"[" * 300),
    *(b"LINESTRING (", b"EMPTY", b"Polygon", b"GeometryCollection", b"EPSG:999999", b"0", b"-1", b"181", b"91"),
)
MOST_CHANGES = 6
LONGEST_COPY = 400


def mutant(seed: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """Return bytes with a few changes: bits turned, parts cut, doubled, moved, put in, or taken from another seed."""
    changed = bytearray(seed)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        at = chance.randint(0, len(changed))
        to = min(len(changed), at + chance.randint(1, LONGEST_COPY) if chance.random() < 0.5 else at + 1)
        kind = chance.randrange(7)
        if kind == 0 and changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[at:to] = b""
        elif kind == 2:
            changed[at:at] = changed[at:to]
        elif kind == 3:
            changed[at:to] = chance.choice(PIECES)
        elif kind == 4:
            changed[at:at] = chance.choice(PIECES)
        elif kind == 5 and others:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            changed[at:to] = other[start : start + chance.randint(1, LONGEST_COPY)]
        elif kind == 6 and chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def mutated(seed: str, chance: random.Random, others: Sequence[str] = ()) -> str:
    """Return a text with a few changes; bytes that are not UTF-8 become lone surrogates, as a command line has them."""
    changed = mutant(seed.encode("utf-8", "surrogatepass"), chance, [one.encode() for one in others])
    return changed.decode("utf-8", chance.choice(("replace", "surrogateescape")))
