"""What the app reads from an address: the same that the page reads."""

from __future__ import annotations

import pytest

from sco_map.app.asked import Asked, asked_of, language_of
from sco_map.atlas import Atlas, Selection


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked(Selection())),
        ("country=UZB&country=KAZ", Asked(Selection(country=("KAZ", "UZB")))),
        ("?kind=rail&year=2015&since=soon", Asked(Selection(kind=("rail",), year=2015))),
        (
            "lang=ru&worldview=in&theme=dark&style=flow,accuracy&show=tapi",
            Asked(Selection(), "ru", "in", "dark", True, "tapi"),
        ),
        ("lang=xx&worldview=zz&theme=pink&style=x", Asked(Selection())),
        ("kind=-rail&length=100-&capacity=much", Asked(Selection(kind=("-rail",), length="100-"))),
        ("country=uzb&country=KAZ&project=nothing", Asked(Selection(country=("KAZ",)))),
        ("story=no_such_story&status=operating", Asked(Selection(status=("operating",)))),
    ],
)
def test_an_address(shipped: Atlas, query: str, asked: Asked) -> None:
    assert asked_of(query, shipped) == asked


def test_every_story_stands_for_what_it_selects_and_words_beside_it_win(shipped: Atlas) -> None:
    for id_, story in shipped.catalog.stories.items():
        assert asked_of({"story": id_}, shipped).selection == story.steps[0].selection
        for number, step in enumerate(story.steps, start=1):
            assert asked_of(f"story={id_}/{number}", shipped).selection == step.selection
        assert asked_of(f"story={id_}&year=2001", shipped).selection.year == 2001


def test_the_language_is_known_before_any_data_are() -> None:
    assert [language_of(query) for query in ("", "lang=bn", "lang=xx", "lang=ru&lang=zh")] == ["en", "bn", "en", "ru"]
