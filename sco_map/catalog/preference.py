"""Which of several published lengths the map goes by, by what the catalog knows of their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sco_map.catalog.models import PublishedLength, Source
from sco_map.model.preferred import Reason, Said, preferred

REASONS = {
    Reason.PRIMARY: "from a primary source",
    Reason.SOURCE: "the better source",
    Reason.LATEST: "the latest",
}
"""The reasons in the words of the command line and of the page about the facts."""


def preferred_length(
    lengths: Sequence[PublishedLength], sources: Mapping[str, Source]
) -> tuple[PublishedLength, Reason | None] | None:
    """Return the length that the map goes by among those of one thing, and why; None where nothing tells them apart."""
    found = preferred([said(length, sources) for length in lengths])
    return (lengths[found[0]], found[1]) if found else None


def why_none(lengths: Sequence[PublishedLength], sources: Mapping[str, Source]) -> str:
    """Return why nothing tells lengths of one thing apart that no kind of source ranks above the others."""
    rank = min(said(length, sources).rank for length in lengths)
    best = [length for length in lengths if said(length, sources).rank == rank]
    if len({length.source for length in best}) == 1:
        return "one source gives all of them"
    dates = [said(length, sources).published for length in best]
    if not any(dates):
        return "the sources bear no date"
    return "the sources are equally late, as far as they are dated"


def said(length: PublishedLength, sources: Mapping[str, Source]) -> Said:
    """Return a length with the kind of its source and when that was published."""
    source = sources.get(length.source or "")
    return Said(length.km, source.quality, source.published) if source else Said(length.km)
