"""Compress texts into letters that a script element may hold; knows nothing of what they say."""

from __future__ import annotations

import zlib

import deflate
import numpy as np

HARDEST = 12
"""How hard libdeflate tries: a tenth fewer bytes than zlib at its hardest, in a few tenths of a second."""

LETTERS = "".join(chr(code) for code in range(128) if chr(code) not in "\0\r<")
"""One byte each in UTF-8; a parser of HTML would change the other three of ASCII, or take them for the end."""

BITS, HALF = 13, 1 << 13
"""Two letters carry so many bits, and one more where there is room for it: 100 bytes take 115, and 133 in base 64."""

NUMBERS = {letter: number for number, letter in enumerate(LETTERS)}
"""The number of each letter."""

ROOM = len(LETTERS) ** 2 - HALF
"""Below this a pair has room for another bit: as many pairs as are left over when each 13 bits have theirs."""

LAST = 6
"""A single letter at the end carries so many bits at most."""


def in_letters(content: bytes) -> str:
    """Return bytes as letters, the lowest bit first; what is left over in the last letters is zero."""
    pairs = []
    bits = count = 0
    for byte in content:
        bits |= byte << count
        count += 8
        if count > BITS:
            low = bits & (HALF - 1)
            if low < ROOM:
                pairs.append(bits & (2 * HALF - 1))
                bits >>= BITS + 1
                count -= BITS + 1
            else:
                pairs.append(low)
                bits >>= BITS
                count -= BITS
    if count > LAST:
        pairs.append(bits)
    second, first = np.divmod(np.array(pairs, dtype=np.int64), len(LETTERS))
    codes = np.frombuffer(LETTERS.encode("ascii"), dtype=np.uint8)
    letters: str = codes[np.column_stack([first, second])].tobytes().decode("ascii")
    return letters + (LETTERS[bits] if 0 < count <= LAST else "")


def from_letters(letters: str) -> bytes:
    """Return the bytes that `in_letters` wrote."""
    numbers = [NUMBERS[letter] for letter in letters]
    content = bytearray()
    bits = count = 0
    for at in range(0, len(numbers), 2):
        is_pair = at + 1 < len(numbers)
        number = numbers[at] + (len(LETTERS) * numbers[at + 1] if is_pair else 0)
        bits |= number << count
        count += LAST if not is_pair else BITS + 1 if number % HALF < ROOM else BITS
        while count >= 8:
            content.append(bits & 255)
            bits >>= 8
            count -= 8
    return bytes(content)


def deflated(text: str) -> str:
    """Return `text` deflated (RFC 1951): a third of the bytes, and every browser unpacks it in no time."""
    return in_letters(bytes(deflate.deflate_compress(text.encode(), HARDEST)))


def unpacked(packed: str) -> str:
    """Return the text that `deflated` packed."""
    return zlib.decompress(from_letters(packed), wbits=-15).decode()
