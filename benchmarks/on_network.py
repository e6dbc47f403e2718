"""Time the questions to the network: in Python, and in the page's script, which node runs."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.timing import Row, Sample, timed
from sco_map.atlas import Atlas
from sco_map.layers.page_script import WEB, find_node
from sco_map.routing import compare, cut, line_of, network_of, route
from sco_map.routing.search import Roads, lengths_from
from tests.web.network import world_of

CORRIDORS = ("middle_corridor", "northern_corridor", "trans_siberian", "instc")
START = "tashkent"
"""A place of the greatest part of the network; between the places of that part ways are looked for."""

TAKEN = ("dostyk", "KAZ", "middle_corridor", "bolashak", "moscow", "AZE", "khorgos_zhetygen", "poti")
"""What is taken away in turn: places, states, corridors."""


def network_rows(atlas: Atlas, repeats: int) -> Iterator[Row]:
    """Yield what routes, cuts and comparisons cost on both sides."""
    chance = random.Random(1)
    network = network_of(atlas)
    places = sorted(lengths_from(network, Roads(network.links), START).metres)
    pairs = [chance.sample(places, 2) for _ in range(2 * repeats)]
    routes = [{"what": "route", "from": start, "to": end, "alternatives": 3} for start, end in pairs]
    cuts = [{"what": "cut", "avoid": [taken]} for taken in itertools.islice(itertools.cycle(TAKEN), repeats + 1)]
    page = in_page(atlas, {"route": routes, "cut": cuts, "compare": [list(CORRIDORS)] * repeats})
    yield Row("page's script: route with up to three ways", page["route"], None, "< 16 ms")
    yield Row("page's script: the first cut with ranking", Sample(page["cut"].values[:1]), None, "< 100 ms")
    yield Row("page's script: a further cut with ranking", Sample(page["cut"].values[1:]), None, "< 100 ms")
    yield Row("page's script: comparison of four corridors", page["compare"], None, "< 100 ms")
    asked = itertools.cycle(pairs)
    yield Row("warm route", timed(lambda _: route(atlas, *next(asked)), repeats=repeats, warmups=2), None, "< 20 ms")
    taken = itertools.cycle(TAKEN)
    yield Row("warm cut with ranking", timed(lambda _: cut(atlas, next(taken)), repeats=repeats, warmups=len(TAKEN)))
    lines = timed(lambda _: compare(*(line_of(atlas, id_) for id_ in CORRIDORS)).strips, repeats=repeats, warmups=1)
    yield Row("warm comparison of four corridors", lines)


def in_page(atlas: Atlas, questions: dict[str, list[Any]]) -> dict[str, Sample]:
    """Return the milliseconds that the page's script takes for questions, by name."""
    node = find_node()
    if node is None:
        raise SystemExit("node is missing; it comes with requirements-dev.txt")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "timed.json"
        file.write_text(json.dumps({"world": world_of(atlas, atlas.rows), "timed": questions}), encoding="utf-8")
        command = [node, "tests/timings.ts", str(file)]
        finished = subprocess.run(command, cwd=WEB, capture_output=True, text=True, timeout=300, check=True)
    return {name: Sample(tuple(values)) for name, values in json.loads(finished.stdout).items()}
