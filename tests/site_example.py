"""Keep docs/site.md true: the example of a file beside a page is what the map says now; run this module to renew it."""

from __future__ import annotations

import json
import re

from sco_map.atlas import Atlas, load_atlas
from sco_map.export.site.gathering import Gatherer
from tests.browser import ROOT

PAGE = ROOT / "docs" / "site.md"
EXAMPLE = re.compile(r"(?<=<!-- example -->\n).*?(?=<!-- end of example -->)", re.DOTALL)
EVENT = "shanghai_five"
CHANGING = ("version", "facts_as_of", "checksum")
"""What changes with every version; the example leaves it out."""


def example(atlas: Atlas) -> str:
    """Return the file of an event as a block of Markdown."""
    gatherer = Gatherer(atlas)
    id_ = next(id_ for id_ in gatherer.events() if id_.endswith(EVENT))
    entry = json.loads(gatherer.event(id_).model_dump_json(by_alias=True, exclude_none=True))
    shown = {key: "…" if key in CHANGING else value for key, value in entry.items()}
    return f"```json\n{json.dumps(shown, ensure_ascii=False, indent=1)}\n```\n"


def main() -> None:
    """Write the example into the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(EXAMPLE.sub(lambda _: example(load_atlas(strict=True)), text), encoding="utf-8")


if __name__ == "__main__":
    main()
