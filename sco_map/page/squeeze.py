"""Compress texts into letters that a script element may hold; knows nothing of what they say."""

from __future__ import annotations

import zlib

import deflate
import numpy as np

HARDEST = 12
"""How hard libdeflate tries: a tenth fewer bytes than zlib at its hardest, in a few tenths of a second."""

BITS = 7
"""Each letter carries so many bits."""

STAND_INS = {"\0": "À", "\r": "É", "<": "Ð"}
"""What a parser of HTML would change, or take for the end of the element, is written as another letter."""

LETTERS = "".join(STAND_INS.get(chr(code), chr(code)) for code in range(1 << BITS))
"""The letter of each number: nearly all are one byte in UTF-8, so that 100 bytes take 117, and 125 in base 85."""

NUMBERS = {letter: number for number, letter in enumerate(LETTERS)}


def in_letters(content: bytes) -> str:
    """Return bytes as letters, the first bit first; the last letter is filled up with zeros."""
    bits = np.unpackbits(np.frombuffer(content, dtype=np.uint8))
    filled = np.append(bits, np.zeros(-len(bits) % BITS, dtype=np.uint8))
    numbers = np.packbits(filled.reshape(-1, BITS), axis=1).ravel() >> (8 - BITS)
    return numbers.tobytes().decode("ascii").translate({ord(sign): letter for sign, letter in STAND_INS.items()})


def from_letters(letters: str) -> bytes:
    """Return the bytes that `in_letters` wrote."""
    numbers = np.array([NUMBERS[letter] for letter in letters], dtype=np.uint8)
    bits = np.unpackbits(numbers.reshape(-1, 1), axis=1)[:, 8 - BITS :].ravel()
    return np.packbits(bits[: len(bits) // 8 * 8]).tobytes()


def deflated(text: str) -> str:
    """Return `text` deflated (RFC 1951): a third of the bytes, and every browser unpacks it in no time."""
    return in_letters(bytes(deflate.deflate_compress(text.encode(), HARDEST)))


def unpacked(packed: str) -> str:
    """Return the text that `deflated` packed."""
    return zlib.decompress(from_letters(packed), wbits=-15).decode()
