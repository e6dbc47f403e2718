"""What is packed comes out again, and a script element can hold it."""

from __future__ import annotations

from hashlib import sha256

import pytest

from sco_map.page.squeeze import LETTERS, deflated, from_letters, in_letters, unpacked

TEXTS = [
    "",
    "{}",
    "a" * 1000,
    "中吉乌铁路 রেলপথ железная дорога",
    "".join(chr(32 + i % 90) * (i % 7) for i in range(5000)),
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_packed_comes_out_again(text):
    assert unpacked(deflated(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_packed_can_end_its_element(text):
    assert "<" not in deflated(text)


def test_every_letter_is_one_of_its_own_and_none_is_changed_by_a_parser() -> None:
    assert len(set(LETTERS)) == 125
    assert not set("\0\r<") & set(LETTERS)
    assert len(LETTERS.encode()) == len(LETTERS), "each is a single byte"


def test_bytes_of_every_length_and_value_come_out_again() -> None:
    for content in (*(bytes(range(length)) for length in range(64)), bytes(range(256)) * 3):
        assert from_letters(in_letters(content)) == content


def test_letters_take_a_seventh_more_than_bytes() -> None:
    content = b"".join(sha256(bytes([number])).digest() for number in range(256)) * 4
    letters = in_letters(content)
    assert from_letters(letters) == content
    assert len(letters.encode()) < 1.153 * len(content)
