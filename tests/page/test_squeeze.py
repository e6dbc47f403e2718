"""What is packed comes out again, and can stand inside a script element."""

from __future__ import annotations

import pytest

from sco_map.page.squeeze import deflated, unpacked

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
