"""Texts for readers are told in a language where they are translated, or made of names that are; codes stay."""

from __future__ import annotations

from sco_map.atlas import Atlas
from sco_map.atlas.prose import Teller, atlas_prose
from sco_map.catalog.prose import Prose

TELL = Teller("ru", Prose({"ru": {"Met": "Встреча", "Port of Pap": "Порт Пап"}}))


def test_texts_are_told_under_their_keys_only() -> None:
    record = {
        "id": "Met",
        "note": "Met",
        "phases": [{"status": "planned", "text": "Met"}, {"status": "operating"}],
        "published_lengths": [{"km": 3, "scope": "all"}, {"km": 2, "scope": "Port of Pap"}],
        "owner": None,
    }
    assert TELL(record) == {
        "id": "Met",
        "note": "Встреча",
        "phases": [{"status": "planned", "text": "Встреча"}, {"status": "operating"}],
        "published_lengths": [{"km": 3, "scope": "all"}, {"km": 2, "scope": "Порт Пап"}],
        "owner": None,
    }


def test_what_is_not_translated_stays_english() -> None:
    assert TELL("Held", "note") == "Held"
    assert Teller("en", Prose({}))("Met", "note") == "Met"


def test_cities_and_breaks_of_gauge_are_made_of_names(shipped: Atlas) -> None:
    prose = atlas_prose(shipped, ["bn"])
    breaks = shipped.rows[shipped.rows["kind"] == "gauge_change"]
    events = shipped.rows[shipped.rows["kind"] == "event"]
    told = [prose.in_language(text, "bn") for text in (*breaks["note"], *events["city"])]
    assert told
    assert all(told)
