"""The command `site`: write the map as a folder of static files for any host."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from sco_map.atlas import load_atlas
from sco_map.changes import compare, read_side
from sco_map.files import shown
from sco_map.model.texts import counted
from sco_map.paths import CHECKOUT, GEODATA

MOST_WORKERS = 4
NO_ADDRESS = (
    "without --base-url the site has no sitemap.xml, and its feed and share pictures have relative links, "
    "which most readers of feeds and social networks do not follow"
)
NO_DOCUMENTS = "the documentation is left out: it is in a checkout of the repository only"


def write(folder: Path, address: str | None, since: str | None) -> str:
    """Write the site of the shipped map into a folder; return what was written. Says on stderr where it is."""
    from sco_map.export.site import folder_fault, site, write_folder

    folder_fault(folder)
    begin = time.monotonic()

    def progress(step: str) -> None:
        print(f"{time.monotonic() - begin:5.1f} s  {step} ...", file=sys.stderr, flush=True)

    progress("data of the map")
    difference = compare(read_side(since), read_side(str(GEODATA))) if since else None
    made = site(
        load_atlas(GEODATA, strict=True),
        address=address or "",
        difference=difference,
        checkout=CHECKOUT,
        workers=min(os.cpu_count() or 1, MOST_WORKERS),
        progress=progress,
    )
    progress("files")
    write_folder(folder, made.files)
    for note in (None if address else NO_ADDRESS, None if CHECKOUT else NO_DOCUMENTS):
        if note:
            print(f"note: {note}", file=sys.stderr)
    size = sum(map(len, made.files.values())) / 1_000_000
    return f"{shown(folder)}: {counted(len(made.files), 'file')}, {size:,.1f} MB; open index.html"
