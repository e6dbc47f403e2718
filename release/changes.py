"""Which facts changed since an earlier release: as a page, as JSON, and as a section of the changelog."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sco_map.changes import Difference, as_markdown, as_page, compare, read_side, to_json

CHANGELOG = "CHANGELOG.md"


def difference_since(since: str, geodata: Path, version: str) -> Difference:
    """Return what changed from an earlier state (a folder, a file, a git revision) to the layers in a folder."""
    earlier, now = read_side(since), read_side(str(geodata))
    name = earlier.version or (Path(since).name if Path(since).exists() else since)
    return compare(replace(earlier, name=name), replace(now, name=version, version=version))


def change_files(difference: Difference, changelog: bytes) -> dict[str, bytes]:
    """Return the files that say what changed by name, the changelog with a section on facts among them."""
    stem = f"sco-map-{difference.new.name}.changes"
    head = f"## Facts: {difference.new.name} since {difference.old.name}"
    text = f"{head}\n\nEvery fact with its sources is in `{stem}.html` and `{stem}.json`.\n\n{as_markdown(difference)}"
    return {
        f"{stem}.html": as_page(difference).encode(),
        f"{stem}.json": to_json(difference).encode(),
        CHANGELOG: changelog.rstrip() + b"\n\n" + text.encode(),
    }
