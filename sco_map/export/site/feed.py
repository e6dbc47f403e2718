"""What changed, as an Atom feed and as items of a page, in each language; and what search engines ask for.

The English texts name fields as the files do; the other languages call them as the page of the map does.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from sco_map.changes import Difference
from sco_map.changes.compare import PROJECT as PROJECT_FORM
from sco_map.changes.compare import Change
from sco_map.changes.compare import Entry as Changed
from sco_map.changes.wording import change_words, fact_lines, one_line
from sco_map.export.site.entries import Link
from sco_map.export.site.gathering import COUNTRY, EVENT, PROJECT, Gatherer
from sco_map.export.site.wording import Say, site_words, tag_of
from sco_map.model.dates import first_day
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.page.words import column_word

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
SECTION = re.compile(r"^## \[?([^\]\n]+?)\]?(?: - (\d{4}-\d{2}-\d{2}))?\s*$", re.MULTILINE)
UNSEEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_OID, "sco-map")


@dataclass(frozen=True)
class News:
    """Something that changed: what, in which words by language, and the page that it is about."""

    id: str
    titles: Mapping[str, str]
    what: str
    lines: Mapping[str, tuple[str, ...]]
    link: Link | None
    anchor: str


def news_of(difference: Difference, gatherer: Gatherer) -> list[News]:
    """Return the entries of a difference with the page of each, that of its project where it has none of its own.

    A row that changed only as its project did is not among them: it would say the same of the same page.
    """
    return [
        News(
            id=one.id,
            titles={language: title_in(one, gatherer, language) for language in LANGUAGES},
            what=one.what,
            lines={language: tuple(lines_in(one, gatherer, language)) for language in LANGUAGES},
            link=page_of(one, gatherer),
            anchor=f"{one.form}-{number}",
        )
        for number, one in enumerate(difference.told, start=1)
    ]


def title_in(changed: Changed, gatherer: Gatherer, language: str) -> str:
    """Return what a changed entry is called in a language; what is gone has only the name that it had in English."""
    if language == FIRST:
        return changed.title
    if changed.form == PROJECT_FORM:
        project = gatherer.atlas.catalog.projects.get(changed.id)
        return project.title.in_language(language) if project else changed.title
    return (gatherer.rows.get(changed.id) or {}).get(f"title_{language}") or changed.title


def lines_in(changed: Changed, gatherer: Gatherer, language: str) -> Iterator[str]:
    """Yield the facts of an entry that changed, a line each."""
    if language == FIRST:
        yield from fact_lines(changed)
        return
    say = Say(language)
    for change in changed.own:
        cited = f" [{', '.join(change.sources)}]" if change.sources else ""
        yield one_line(f"{field_in(change.field, language)}: {change_words(told(change, gatherer, language))}{cited}")
    if changed.move is not None:
        yield say.word("change_moved", km=say.word("km", n=say.number(changed.move.km, 2)))


def field_in(field: str, language: str) -> str:
    """Return what a field, or a key of it, is called in a language; by its own name where nobody calls it anything."""
    name, _, key = field.partition(".")
    word = site_words(language).get(column_word(name), name)
    return f"{word} ({key})" if key else word


def told(change: Change, gatherer: Gatherer, language: str) -> Change:
    """Return a change with its values in a language, as far as they are words of the vocabulary."""
    words = gatherer.atlas.catalog.vocabulary.get(change.field, {})
    old, new = (
        words[text].label.in_language(language) if text and text in words else text for text in (change.old, change.new)
    )
    return replace(change, old=old, new=new)


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
    gatherer: Gatherer,
    language: str,
    address: str,
    news: Sequence[News],
    news_since: str,
    versions: tuple[str, list[str]],
    path: str,
) -> bytes:
    """Return the feed at `path`: the newest version with what the changelog says, and each fact that changed since.

    Its time is the day of the facts, so that the same site has the same feed. Without an `address` its links are
    relative to the feed. The changelog is in English, and says so in the feeds of other languages.
    """
    day = f"{first_day(gatherer.facts_as_of or '2000')}T00:00:00Z"
    checksum, say = gatherer.atlas.checksum, Say(language)
    title = say.word("title")
    base = address or "../" * path.count("/")
    apart = "" if language == FIRST else f"{language} "
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": tag_of(language)})
    add(feed, "id", f"{address}{language}/" if address and apart else address or urn(f"{apart}feed"))
    add(feed, "title", title)
    add(feed, "updated", day)
    add(ElementTree.SubElement(feed, "author"), "name", "The SCO corridor map developers")
    link(feed, "self", f"{base}{path}")
    link(feed, "alternate", f"{base}{language}/changes.html")
    version, lines = versions
    if version:
        entry = entry_of(feed, urn(f"{apart}version {version} {checksum}"), f"{title}: {version}", day)
        link(entry, "alternate", f"{base}docs/changelog.html")
        add(entry, "content", "\n".join(lines), type="text", **({"xml:lang": FIRST} if apart else {}))
    if not version or (not news and news_since):
        as_of = say.word("feed_facts", date=say.date(gatherer.facts_as_of))
        entry = entry_of(feed, urn(f"{apart}facts {checksum}"), f"{title}: {gatherer.facts_as_of}", day)
        link(entry, "alternate", f"{base}{language}/index.html")
        add(entry, "content", say.word("feed_unchanged") if news_since else as_of, type="text")
    for one in news:
        what = say.word(f"change_{one.what}")
        id_ = urn(f"{apart}{news_since} {checksum} {one.anchor} {one.id}")
        entry = entry_of(feed, id_, f"{one.titles[language]} ({what})", day)
        page = one.link.path if one.link and one.link.path else f"changes.html#{one.anchor}"
        link(entry, "alternate", f"{base}{language}/{page}")
        add(entry, "content", "\n".join(one.lines[language]) or what, type="text")
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
