"""What changed, as an Atom feed and as items of a page; and what search engines ask for: sitemap and robots."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from sco_map.changes import Difference
from sco_map.changes.compare import PROJECT as PROJECT_FORM
from sco_map.changes.compare import Entry as Changed
from sco_map.changes.wording import fact_lines
from sco_map.export.site.entries import Link
from sco_map.export.site.gathering import COUNTRY, EVENT, PROJECT, Gatherer
from sco_map.model.dates import first_day
from sco_map.model.languages import FIRST, LANGUAGES

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SECTION = re.compile(r"^## \[?([^\]\n]+?)\]?(?: - (\d{4}-\d{2}-\d{2}))?\s*$", re.MULTILINE)
UNSEEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "sco-map")
NO_CHANGES = "No facts changed since the version before."


@dataclass(frozen=True)
class News:
    """Something that changed: what, in which words, and the page that it is about."""

    id: str
    title: str
    what: str
    lines: tuple[str, ...]
    link: Link | None
    anchor: str


def news_of(difference: Difference, gatherer: Gatherer) -> list[News]:
    """Return the entries of a difference with the page of each, that of its project where it has none of its own."""
    return [
        News(
            id=one.id,
            title=one.title,
            what=one.what,
            lines=tuple(fact_lines(one)),
            link=page_of(one, gatherer),
            anchor=f"{one.form}-{number}",
        )
        for number, one in enumerate(difference.entries, start=1)
    ]


def page_of(changed: Changed, gatherer: Gatherer) -> Link | None:
    """Return the page that a changed entry is on."""
    if changed.form == PROJECT_FORM:
        return gatherer.link(PROJECT, changed.id)
    row = gatherer.rows.get(changed.id)
    if row is None:
        return None
    if row["kind"] == EVENT:
        return gatherer.link(EVENT, changed.id)
    if row["kind"] == "member":
        return gatherer.link(COUNTRY, row["countries"][0])
    home = next((id_ for id_ in row["projects"] if id_ in gatherer.atlas.catalog.projects), None)
    return None if home is None else gatherer.link(PROJECT, home)


def newest_section(changelog: str) -> tuple[str, list[str]]:
    """Return the name of the newest version that a changelog has, and what it says is new, item by item."""
    heads = list(SECTION.finditer(changelog))
    if not heads:
        return "", []
    end = heads[1].start() if len(heads) > 1 else len(changelog)
    text = changelog[heads[0].end() : end]
    return heads[0].group(1), [plain(line[2:]) for line in text.splitlines() if line.startswith("- ")]


def plain(text: str) -> str:
    """Return a line of Markdown without its marks."""
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("`", "").replace("**", "")


def atom(
    gatherer: Gatherer, title: str, address: str, news: Sequence[News], news_since: str, versions: tuple[str, list[str]]
) -> bytes:
    """Return the feed: the newest version with what the changelog says, and each fact that changed since another state.

    Its time is the day of the facts, so that the same site has the same feed. Without an `address` its links are
    relative to the feed.
    """
    day = f"{first_day(gatherer.facts_as_of or '2000')}T00:00:00Z"
    checksum = gatherer.atlas.checksum
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": FIRST})
    add(feed, "id", address or urn("feed"))
    add(feed, "title", title)
    add(feed, "updated", day)
    add(ElementTree.SubElement(feed, "author"), "name", "The SCO corridor map developers")
    link(feed, "self", f"{address}feed.xml")
    link(feed, "alternate", f"{address}{FIRST}/changes.html")
    version, lines = versions
    if version:
        entry = entry_of(feed, urn(f"version {version} {checksum}"), f"{title}: {version}", day)
        link(entry, "alternate", f"{address}docs/changelog.html")
        add(entry, "content", "\n".join(lines), type="text")
    if not version or (not news and news_since):
        entry = entry_of(feed, urn(f"facts {checksum}"), f"{title}: {gatherer.facts_as_of}", day)
        link(entry, "alternate", f"{address}{FIRST}/index.html")
        add(entry, "content", NO_CHANGES if news_since else f"Facts as of {gatherer.facts_as_of}.", type="text")
    for one in news:
        entry = entry_of(feed, urn(f"{news_since} {checksum} {one.anchor} {one.id}"), f"{one.title} ({one.what})", day)
        target = f"{FIRST}/{one.link.path}" if one.link and one.link.path else f"{FIRST}/changes.html#{one.anchor}"
        link(entry, "alternate", f"{address}{target}")
        add(entry, "content", "\n".join(one.lines) or one.what, type="text")
    return written(feed)


def entry_of(feed: ElementTree.Element, id_: str, title: str, day: str) -> ElementTree.Element:
    """Return a new entry of the feed."""
    entry = ElementTree.SubElement(feed, "entry")
    add(entry, "id", id_)
    add(entry, "title", title)
    add(entry, "updated", day)
    return entry


def add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    """Add an element with a text."""
    ElementTree.SubElement(parent, name, attributes).text = UNSEEN.sub("\ufffd", text)


def link(parent: ElementTree.Element, rel: str, href: str) -> None:
    """Add a link."""
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href})


def urn(name: str) -> str:
    """Return an address that names something for ever, and is the same whenever it is made."""
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"


def written(root: ElementTree.Element) -> bytes:
    """Return XML as bytes."""
    ElementTree.indent(root, " ")
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def sitemap(address: str, in_languages: Iterable[str], others: Iterable[str], day: str) -> bytes:
    """Return the list of pages for search engines; those `in_languages` name their counterparts."""
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for path in in_languages:
        for language in LANGUAGES:
            url = ElementTree.SubElement(root, "url")
            add(url, "loc", f"{address}{language}/{path}")
            add(url, "lastmod", day)
    for path in others:
        add(ElementTree.SubElement(root, "url"), "loc", f"{address}{path}")
    return written(root)


def robots(address: str) -> bytes:
    """Return what robots may read: everything."""
    lines = ["User-agent: *", "Allow: /"]
    return ("\n".join([*lines, *([f"Sitemap: {address}sitemap.xml"] if address else [])]) + "\n").encode()
