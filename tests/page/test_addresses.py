"""Addresses of sources are shortened by the words of their titles, and are written out as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_map.atlas import Atlas
from sco_map.page.addresses import shortened, with_short_addresses, written_out


@pytest.mark.parametrize(
    ("address", "title", "short"),
    [
        ("https://e.org/opened-the-new-line-77/", "Opened: the new line", "https://e.org/<>-77/"),
        (
            "https://e.org/a/khan-s-new_railway_line_is",
            "Khan’s new railway line is open",
            "https://e.org/a/khan-s-<_1.5>",
        ),
        ("https://e.org/the-new-line", "A road", "https://e.org/the-new-line"),
        ("https://e.org/the-line", "The line", "https://e.org/the-line"),
        ("https://e.org/<3>", "A far too long title", "https://e.org/%3C3>"),
    ],
)
def test_words_of_the_title_leave_the_address(address: str, title: str, short: str) -> None:
    assert shortened(address, title) == short
    assert written_out(short, title) == address.replace("<", "%3C")


def test_every_shipped_address_is_written_out_as_it_was(shipped: Atlas) -> None:
    sources = {id_: source.model_dump() for id_, source in shipped.catalog.sources.items()}
    short = with_short_addresses(sources)
    assert all(
        written_out(source["url"], source["title"]) == sources[id_]["url"]
        for id_, source in short.items()
        if source["url"] and source["title"]
    )
    assert sum(short[id_]["url"] != source["url"] for id_, source in sources.items()) > len(sources) / 4


@given(st.text("ab9-_/<>.’İ "), st.text("ab9-_/<>.’İ "))
def test_any_address_is_written_out_as_it_was(address: str, title: str) -> None:
    assert written_out(shortened(address, title), title) == address.replace("<", "%3C")
