"""The page about stories shows a real step, and every figure that there is."""

from __future__ import annotations

import re
from pathlib import Path

from sco_map.catalog.stories import FIGURES, Step
from sco_map.paths import CATALOG

PAGE = Path(__file__).parent.parent / "docs" / "stories.md"
SHOWN = CATALOG / "stories" / "from_kashgar_to_the_sea.toml"


def test_the_step_that_the_page_shows_is_one_of_the_file() -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    english = re.sub(
        r'^text\.(?:bn|ru|zh) = """.*?"""\n', "", SHOWN.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    assert block[1] in english


def test_the_page_names_every_figure_and_every_key_of_a_step() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    assert set(FIGURES) - named == set()
    keys = {info.alias or name for name, info in Step.model_fields.items()}
    assert keys - named == set()
