"""What is written column by column is read again as it was, and smaller; titles made of other names are not sent."""

from __future__ import annotations

import json
import random
from typing import Any

from sco_map.atlas import Atlas
from sco_map.page.columnar import columns, entries_of, records, table
from sco_map.page.payload import carried_by, head_payload, layer_payload, packed_head, packed_rows, plain_id, sent_once
from sco_map.page.squeeze import deflated
from sco_map.page.styles import read_styles


def some_value(source: random.Random, depth: int) -> Any:
    kind = source.randrange(7 if depth else 4)
    if kind == 4:
        return [some_record(source, depth - 1) for _ in range(source.randrange(3))]
    if kind == 5:
        return some_record(source, depth - 1)
    if kind == 6:
        return [some_value(source, 0) for _ in range(source.randrange(3))]
    return (source.randrange(9), "text", True, source.random())[kind]


def some_record(source: random.Random, depth: int) -> dict[str, Any]:
    return {key: some_value(source, depth) for key in "abcdef" if source.random() < 0.6}


def test_records_come_back_as_they_were() -> None:
    source = random.Random(11)
    for _ in range(300):
        values = [some_record(source, 3) if source.random() < 0.9 else None for _ in range(source.randrange(12))]
        packed = json.loads(json.dumps(columns(values)))
        assert records(packed, len(values)) == values


def test_entries_come_back_in_their_order() -> None:
    entries = {"b": {"x": 1}, "a": {"y": [{"z": 2}, {}]}, "c": {}}
    again = entries_of(table(entries))
    assert (again, list(again)) == (entries, list(entries))


def test_the_shipped_rows_come_back_and_take_less(shipped: Atlas) -> None:
    head = head_payload(shipped, shipped.rows, read_styles(shipped.catalog.path / "styles.toml"), {})
    carried = carried_by(head, shipped)
    layers = [layer_payload(id_, rows, carried) for id_, rows in shipped.rows.groupby("layer", sort=False)]
    once = sent_once(head, layers)
    packed = packed_rows(layers, once)
    rows = [row for layer in layers for row in layer["rows"]]
    assert records(packed["rows"], len(rows), once.lists) == rows
    ids, _ = packed_head(head, once)["places"]
    assert [id_ or plain_id(place["en"]) for id_, place in zip(ids, head["places"].values(), strict=True)] == [
        *head["places"]
    ]
    assert entries_of(packed_head(head, once)["projects"], once.lists) == head["projects"]

    def size(value: Any) -> int:
        return len(deflated(json.dumps(value, ensure_ascii=False, separators=(",", ":"))))

    assert size(packed) < 0.85 * sum(size(layer) for layer in layers)


def test_most_titles_are_made_of_other_names(shipped: Atlas) -> None:
    head = head_payload(shipped, shipped.rows, read_styles(shipped.catalog.path / "styles.toml"), {})
    layer = layer_payload(
        "eurasian_rail", shipped.rows[shipped.rows["layer"] == "eurasian_rail"], carried_by(head, shipped)
    )
    named = [row for row in layer["rows"] if "named" in row]
    assert len(named) > len(layer["rows"]) / 2
    assert all("title" not in row for row in named)
