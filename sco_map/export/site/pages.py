"""Render the pages of the site from its entries: one language at a time, everything of the catalog escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from sco_map.atlas import totals
from sco_map.catalog import Story
from sco_map.export.site.drawing import Drawing
from sco_map.export.site.entries import Download, Entry, Event, Link, Project, texts_of
from sco_map.export.site.gathering import COUNTRY, EVENT, PROJECT, Gatherer, source_of, stem_of
from sco_map.export.site.pictures import as_svg, ground_path
from sco_map.export.site.wording import Say, capital, own_name, tag_of
from sco_map.export.story import article_text
from sco_map.model.languages import FIRST, LANGUAGES
from sco_map.page.figures import Figures
from sco_map.version import VERSION

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
"""No page of the site runs a script, and none asks another server for anything."""

SECTIONS = {
    "corridors": "corridors",
    "projects": "projects",
    "countries": "countries",
    "events": "events",
    "sources": "sources",
    "data": "data",
    "changes": "changes",
}
"""The lists in the order of the navigation, each with the word that names it."""

FIGURE_WORDS = {
    "gauge_mm": "gauge",
    "diameter_mm": "diameter",
    "capacity": "capacity",
    "owner": "owner",
    "cost_usd_bn": "cost",
    "height_m": "height",
}
MISSING_STYLE = (
    "html{color-scheme:light dark;font:1rem/1.55 system-ui,sans-serif}"
    "main{max-width:40rem;margin:12vh auto;padding:0 1rem}"
    "h1,h2{font-size:1.3rem;margin:1.6rem 0 .3rem}p{margin:0 0 .4rem}"
)
"""The style of the page for addresses that lead nowhere."""

WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
LONGEST_ADDRESS, LONGEST_DESCRIPTION = 60, 200
LATEST = 6

HUNDREDS_FROM = 1000
"""From here on the length of everything is rounded to hundreds of km, as the map does."""


@dataclass(frozen=True)
class Item:
    """A line of a list."""

    link: Link
    words: str = ""
    date: str | None = None
    km: float | None = None


@dataclass(frozen=True)
class Group:
    """A part of a list under a heading."""

    title: str
    items: list[Item]


@dataclass(frozen=True)
class Pages:
    """Renders pages of one atlas in any language; `address` is where the site will be, empty when that is unknown."""

    gatherer: Gatherer
    address: str = ""
    has_docs: bool = False

    @cached_property
    def environment(self) -> Environment:
        """What renders the templates: whatever is put into them is escaped, and a missing value is an error."""
        environment = Environment(
            loader=PackageLoader("sco_map.export.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["capital"] = capital
        environment.filters["is_web"] = is_web
        environment.filters["short"] = shortened
        environment.filters["without"] = without
        environment.filters["number_in"] = lambda id_, numbers: numbers.get(id_)
        return environment

    def rendered(self, template: str, path: str, language: str, title: str, description: str, **more: Any) -> bytes:
        """Return the page that lies at `path`, from the folder of the site on, as bytes."""
        say = Say(language)
        depth = path.count("/")
        root = "../" * depth
        in_language = path.partition("/")[2] if path.partition("/")[0] in LANGUAGES else ""
        known: dict[str, Any] = {
            "language": language,
            "tag": tag_of(language),
            "policy": Markup(POLICY),
            "root": root,
            "base": "../" * (depth - 1) if in_language else f"{root}{language}/",
            "feed_path": f"{root}feed.xml" if language == FIRST else f"{root}{language}/feed.xml",
            "feed": not in_language or in_language.count("/") == 0,
            "say": say,
            "term": lambda vocabulary, id_: self.term(vocabulary, id_, language),
            "title": title,
            "site_title": say.word("title"),
            "description": cut(description, LONGEST_DESCRIPTION),
            "alternates": self.alternates(root, in_language),
            "languages": self.languages(root, in_language),
            "canonical": f"{self.address}{path}" if self.address else "",
            "address": self.address or root,
            "json": "",
            "picture": "",
            "sections": SECTIONS.items(),
            "section": "",
            "here": "",
            "numbers": {},
            "svg": "",
            "words_of_figure": FIGURE_WORDS,
            "gatherer": self.gatherer,
            "version": VERSION,
            "facts_as_of": self.gatherer.facts_as_of,
            "checksum": self.gatherer.atlas.checksum,
            "has_docs": self.has_docs,
        }
        return (self.environment.get_template(template).render({**known, **more}).strip() + "\n").encode()

    def alternates(self, root: str, in_language: str) -> list[dict[str, str]]:
        """Return where the same page is in the other languages; a page that has one language names none."""
        if not in_language:
            return []
        base = self.address or root
        return [{"tag": tag_of(one), "href": f"{base}{one}/{in_language}"} for one in LANGUAGES]

    def languages(self, root: str, in_language: str) -> list[dict[str, str]]:
        """Return the links to other languages; of a page that has one language, to the first page of each."""
        target = in_language or "index.html"
        return [
            {"language": one, "tag": tag_of(one), "name": own_name(one), "href": f"{root}{one}/{target}"}
            for one in LANGUAGES
        ]

    def term(self, vocabulary: str, id_: str, language: str) -> str:
        """Return how a word of the vocabulary is shown."""
        entry = self.gatherer.atlas.catalog.vocabulary.get(vocabulary, {}).get(id_)
        return entry.label.in_language(language) if entry else id_

    def svg(self, drawing: Drawing | None, language: str, title: str, path: str) -> Markup:
        """Return a small map for the inside of the page at `path`; nothing without one."""
        if drawing is None:
            return Markup("")
        say = Say(language)
        scale = say.word("km", n=say.number(drawing.scale[0]))
        ground = f"{'../' * path.count('/')}{ground_path(drawing)}"
        return Markup(as_svg(drawing, language, say.word("map_of", name=title), scale, ground))

    def missing(self) -> bytes:
        """Return the page for addresses that lead nowhere, in all languages.

        It may be shown for an address of any depth, so it needs no other file, and has links only where the address of
        the site is known.
        """
        style_hash = base64.b64encode(hashlib.sha256(MISSING_STYLE.encode()).digest()).decode()
        text = self.environment.get_template("missing.html").render(
            policy=Markup(f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'"),
            style=Markup(MISSING_STYLE),
            says=[Say(language) for language in LANGUAGES],
            tag_of=tag_of,
            address=self.address,
        )
        return (text.strip() + "\n").encode()

    # -- pages of entries ------------------------------------------------------------------------------------------

    def entry(self, entry: Entry, type_: str, language: str, drawing: Drawing | None) -> bytes:
        """Return the page of a project, a country or an event."""
        title, _ = entry.title.known(language)
        section = entry.page[FIRST].split("/")[1]
        return self.rendered(
            f"{type_}.html",
            entry.page[language],
            language,
            title,
            self.description(entry, type_, language),
            entry=entry,
            numbers={source.id: source.number for source in entry.sources},
            json=f"api/v1/{type_}/{stem_of(entry.id)}.json",
            picture=entry.picture or "",
            section={"corridor": "corridors", "project": "projects", "country": "countries", "event": "events"}[
                section
            ],
            svg=self.svg(drawing, language, title, entry.page[language]),
        )

    def description(self, entry: Entry, type_: str, language: str) -> str:
        """Return in a sentence or two what a page is about."""
        say = Say(language)
        if isinstance(entry, Project):
            text = entry.summary or entry.in_words
            if text:
                return text.known(language)[0]
            return f"{capital(self.term('kind', entry.kind, language))}: {self.term('status', entry.status, language)}"
        if isinstance(entry, Event):
            outcome = entry.outcome.known(language)[0] if entry.outcome else entry.title.known(language)[0]
            return f"{say.date(entry.date)}: {outcome}"
        role = getattr(entry, "role", None)
        km = getattr(entry, "km", 0.0)
        words = [capital(self.term("role", role, language)) if role else say.word("others"), say.km(km) if km else ""]
        return f"{entry.title.known(language)[0]}: {', '.join(filter(None, words))}"

    # -- lists -----------------------------------------------------------------------------------------------------

    def home(self, path: str, language: str, projects: Sequence[Project], drawing: Drawing | None) -> bytes:
        """Return the first page of a language."""
        say, gatherer = Say(language), self.gatherer
        catalog = gatherer.atlas.catalog
        sums = totals(gatherer.atlas.rows)
        numbers = {
            "projects": say.counted("count_projects", len({ids[0] for ids in gatherer.atlas.rows["projects"] if ids})),
            "length": say.word("km", n=say.number(100 * round(sums.km / 100) if sums.km >= HUNDREDS_FROM else sums.km)),
            "countries": say.counted("count_countries", sums.countries),
        }
        corridors = [
            Item(gatherer.link(PROJECT, one.id), km=one.length.km if one.length else None)
            for one in projects
            if gatherer.is_corridor(one.id)
        ]
        members = [
            gatherer.link(COUNTRY, code)
            for code in gatherer.countries()
            if catalog.countries[code].roles and catalog.countries[code].roles[-1].role == "member"
        ]
        latest = [Item(gatherer.link(EVENT, id_), date=gatherer.rows[id_]["date"]) for id_ in gatherer.events()]
        return self.rendered(
            "home.html",
            path,
            language,
            say.word("title"),
            say.word("dek", **numbers),
            corridors=corridors,
            members=members,
            stories=[
                {
                    "id": story.id,
                    "title": texts_of(story.title),
                    "text": texts_of(story.text),
                    "path": f"story/{stem_of(story.id)}.html" if len(story.steps) > 1 else "",
                }
                for story in catalog.stories.values()
            ],
            latest=latest[::-1][:LATEST],
            svg=self.svg(drawing, language, say.word("title"), path),
        )

    def articles(self) -> list[Story]:
        """Return the stories of several steps; one of a single step is a question, which the map answers."""
        return [story for story in self.gatherer.atlas.catalog.stories.values() if len(story.steps) > 1]

    def stories(self, language: str, pictures: str) -> Iterable[tuple[str, bytes]]:
        """Yield path and content of each story as an article, whose maps are drawn over files of a folder."""
        for story in self.articles():
            path = f"{language}/story/{stem_of(story.id)}.html"
            figures = Figures(self.gatherer.atlas, story)
            title = figures.filled(story.title.in_language(language), language)
            lead = figures.filled(story.text.in_language(language), language) if story.text else title
            beside = [f"../../{picture_path(pictures, story, at)}" for at in range(len(story.steps))]
            text = article_text(self.gatherer.atlas, story, language, beside)
            yield path, self.rendered("story.html", path, language, title, lead, id=story.id, article=Markup(text))

    def lists(self, language: str, entries: Iterable[Entry], cited: int) -> Iterable[tuple[str, bytes]]:
        """Yield path and content of the lists of corridors, projects, countries, events and sources."""
        say, gatherer = Say(language), self.gatherer
        known = list(entries)
        projects = [one for one in known if isinstance(one, Project)]
        corridors = [one for one in projects if gatherer.is_corridor(one.id)]
        catalog = gatherer.atlas.catalog
        by_layer = [
            Group(layer.title.in_language(language), [self.project_item(one, say) for one in own])
            for layer in sorted(catalog.layers.values(), key=lambda layer: layer.order)
            if (own := self.sorted_by_title([one for one in projects if one.layer.id == layer.id], language))
        ]
        items = [self.project_item(one, say) for one in self.sorted_by_title(corridors, language)]
        groups = [Group(say.word("corridors"), items)]
        yield self.listing(language, "corridors", say.word("all_corridors"), groups)
        yield self.listing(language, "projects", say.word("all_projects_text"), by_layer)
        yield self.listing(language, "countries", say.word("all_countries"), self.by_role(language), "columns short")
        years: dict[str, list[Item]] = {}
        for id_ in reversed(gatherer.events()):
            date = str(gatherer.rows[id_]["date"])
            years.setdefault(date[:4], []).append(Item(gatherer.link(EVENT, id_), date=date))
        groups = [Group(say.year(int(year)), items) for year, items in years.items()]
        yield self.listing(language, "events", say.word("all_events"), groups, "dated")
        title = say.word("sources")
        path = f"{language}/sources.html"
        register = gatherer.atlas.catalog.sources
        order = sorted(register, key=lambda id_: (register[id_].publisher.casefold(), register[id_].title or "", id_))
        sources = [source_of(gatherer.atlas, id_, number) for number, id_ in enumerate(order, start=1)]
        lead = say.word("all_sources", n=say.number(cited))
        yield (
            path,
            self.rendered(
                "sources.html",
                path,
                language,
                title,
                lead,
                lead=lead,
                sources=sources,
                section="sources",
                here="sources",
            ),
        )

    def listing(
        self, language: str, name: str, lead: str, groups: Sequence[Group], shape: str = "columns"
    ) -> tuple[str, bytes]:
        """Return path and content of a list."""
        path = f"{language}/{name}.html"
        title = Say(language).word(SECTIONS[name])
        return path, self.rendered(
            "list.html", path, language, title, lead, lead=lead, groups=groups, shape=shape, section=name, here=name
        )

    def project_item(self, project: Project, say: Say) -> Item:
        """Return a project as a line of a list."""
        words = [self.term("status", project.status, say.language)]
        words += [say.km(project.length.km)] if project.length else []
        return Item(self.gatherer.link(PROJECT, project.id), ", ".join(words))

    def sorted_by_title(self, projects: Iterable[Project], language: str) -> list[Project]:
        """Return projects in the order of their titles, letter by letter."""
        return sorted(projects, key=lambda one: (one.title.known(language)[0].casefold(), one.id))

    def by_role(self, language: str) -> list[Group]:
        """Return the states in groups of equal standing, those without one last."""
        say, gatherer = Say(language), self.gatherer
        register = gatherer.atlas.catalog.countries
        groups: dict[str, list[Item]] = {role: [] for role in gatherer.atlas.catalog.vocabulary.get("role", {})}
        for code in gatherer.countries():
            role = register[code].roles[-1].role if register[code].roles else ""
            groups.setdefault(role, []).append(Item(gatherer.link(COUNTRY, code)))
        named = {role: capital(self.term("role", role, language)) if role else say.word("others") for role in groups}
        last = sorted(groups, key=lambda role: role == "")
        return [
            Group(named[role], sorted(groups[role], key=lambda one: one.link.title.known(language)[0]))
            for role in last
            if groups[role]
        ]

    def data(self, language: str, downloads: Sequence[Download], schemas: Mapping[str, str]) -> tuple[str, bytes]:
        """Return path and content of the page about the files of data."""
        say, catalog = Say(language), self.gatherer.atlas.catalog
        path = f"{language}/data.html"
        layers = [
            {
                "title": texts_of(layer.title),
                "inclusion": self.gatherer.tell(layer.inclusion),
                "gaps": self.gatherer.tell(layer.gaps),
                "licence": catalog.licences[licence].title if licence in catalog.licences else licence,
            }
            for layer in sorted(catalog.layers.values(), key=lambda layer: layer.order)
            for licence in [str(self.gatherer.atlas.heads.get(layer.id, {}).get("licence") or layer.licence)]
        ]
        lead = say.word("data_text")
        return path, self.rendered(
            "data.html", path, language, say.word("data"), lead, lead=lead, downloads=downloads,
            schemas=sorted(schemas.items()), layers=layers, section="data", here="data",
        )  # fmt: skip


def picture_path(folder: str, story: Story, at: int) -> str:
    """Return where the picture of a step lies on the site."""
    return f"{folder}/{stem_of(story.id)}-{at + 1}.svg"


def without(text: Markup, title: str) -> Markup:
    """Return the title of a row without that of its project before it, which is the heading of the page."""
    return Markup(text.removeprefix(f"{escape(title)}: ")) if text.startswith(f"{escape(title)}: ") else text


def is_web(url: str | None) -> bool:
    """Tell whether a link may lead to an address: one of the web, so that it can run nothing."""
    return url is not None and WEB.match(url) is not None


def shortened(url: str) -> str:
    """Return an address as a reader sees it: without what it begins with, cut where it is long."""
    return cut(re.sub(r"^https?://(www\.)?", "", url).rstrip("/"), LONGEST_ADDRESS)


def cut(text: str, longest: int) -> str:
    """Return a text, cut between two words where it is long."""
    if len(text) <= longest:
        return text
    begin = text[: longest - 1]
    return f"{begin.rsplit(' ', 1)[0] if ' ' in begin else begin}…"
