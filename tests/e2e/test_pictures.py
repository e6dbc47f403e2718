"""The main states of the page look as the golden pictures do, and names, symbols and lines are where they were."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import ROOT
from tests.e2e.pictures import GOLDEN, TILE, difference, in_few_colours, scale_of, taken
from tests.e2e.placement import PARTS, as_text, placement
from tests.e2e.states import STATES

FAILED = ROOT / ".cache" / "pictures"
RENEW = "when the new one is right: python -m tests.e2e.pictures"
PICTURES = [name for name, state in STATES.items() if state.picture]
MAP = {"desktop": (340, 0, 1440, 800), "dark_card": (340, 0, 1080, 800), "phone": (0, 0, 390, 420)}
"""Where nothing but the map is seen, in px of the screen."""
PAPER = {"desktop": (252, 250, 245), "dark_card": (21, 25, 29), "phone": (252, 250, 245)}
"""What is seen where nothing is drawn."""


@pytest.mark.parametrize("name", PICTURES)
def test_the_page_looks_as_before(browser: Browser, exported: Path, name: str) -> None:
    state = STATES[name]
    picture = taken(browser, exported, state)
    with Image.open(GOLDEN / f"{name}.png") as golden:
        assert picture.size == golden.size
        apart = difference(golden, picture, scale_of(state))
    if apart.tiles:
        FAILED.mkdir(parents=True, exist_ok=True)
        picture.save(FAILED / f"{name}.png")
        pytest.fail(f"{name}: {apart}. Compare {name}.png in tests/e2e/golden and in .cache/pictures; {RENEW} {name}")


@pytest.mark.parametrize("name", STATES)
def test_everything_is_where_it_was(browser: Browser, exported: Path, name: str) -> None:
    before = (GOLDEN / f"{name}.json").read_text(encoding="utf-8").splitlines()
    now = placement(browser, exported, STATES[name]).splitlines()
    changes = list(difflib.unified_diff(before, now, "before", "now", lineterm="", n=0))
    if changes:
        pytest.fail("\n".join([f"{name}: {len(changes)} lines of difference; {RENEW} {name}", *changes[:60]]))


def test_the_golden_files_are_those_of_the_states_and_small() -> None:
    expected = {f"{name}.json" for name in STATES} | {f"{name}.png" for name in PICTURES}
    assert {file.name for file in GOLDEN.iterdir()} == expected
    assert sum(file.stat().st_size for file in GOLDEN.iterdir()) < 400_000


@pytest.mark.parametrize("name", STATES)
def test_a_golden_placement_names_what_is_on_the_map(name: str) -> None:
    text = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    for part in PARTS:
        if (name, part) != ("phone", "symbols"):  # so far out none is drawn
            assert f'"{part}": [\n{{' in text, f"{name} has no {part}"


def hole_is_seen(golden: Image.Image, hole: tuple[int, int, int, int], paper: tuple[int, int, int], scale: int) -> bool:
    """Tell whether the comparison sees that a part of a picture is blank; it looks at the tiles around it alone."""
    left, top = (side // TILE * TILE // scale for side in hole[:2])
    right, bottom = ((side // TILE + 1) * TILE // scale for side in hole[2:])
    part = golden.crop((left, top, right, bottom))
    punched = part.convert("RGB")
    x, y, x_end, y_end = (side // scale for side in hole)
    punched.paste(paper, (x - left, y - top, x_end - left, y_end - top))
    return bool(difference(part, punched, scale).tiles)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("size", [(160, 80), (40, 40)], ids=["160x80", "40x40"])
def test_a_hole_in_the_map_is_seen_wherever_it_is(name: str, size: tuple[int, int]) -> None:
    left, top, right, bottom = MAP[name]
    width, height = size
    scale = scale_of(STATES[name])
    holes = [
        (x, y, x + width, y + height) for y in range(top, bottom - height, 26) for x in range(left, right - width, 26)
    ]
    with Image.open(GOLDEN / f"{name}.png") as golden:
        unseen = [hole for hole in holes if not hole_is_seen(golden, hole, PAPER[name], scale)]
    assert len(holes) > 100
    assert not unseen, f"{len(unseen)} of {len(holes)} holes pass"


def test_the_same_picture_in_few_colours_is_not_a_difference() -> None:
    colours = Image.radial_gradient("L").resize((400, 300)).convert("RGB")
    assert difference(in_few_colours(colours), colours, 1).most == 0


def test_a_hair_is_not_a_difference_and_a_word_is_one() -> None:
    before = Image.new("RGB", (400, 300), (240, 238, 230))
    before.paste((40, 40, 40), (100, 100, 101, 140))
    kept = in_few_colours(before)
    hair = Image.new("RGB", (400, 300), (240, 238, 230))
    hair.paste((40, 40, 40), (101, 100, 102, 140))
    assert difference(kept, hair, 1).tiles == ()
    gone = Image.new("RGB", (400, 300), (240, 238, 230))
    assert set(difference(kept, gone, 1).tiles) == {(100, 100), (100, 120)}


def test_equal_placements_are_equal_texts() -> None:
    one, other = {"name": "b", "x": 1}, {"name": "a", "x": 2}
    parts = {part: [one, other] for part in PARTS}
    assert as_text(parts) == as_text({part: [other, one] for part in PARTS})
    assert as_text(parts).splitlines()[1:4] == ['"names": [', '{"name": "a", "x": 2},', '{"name": "b", "x": 1}']
