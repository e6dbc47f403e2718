"""The documentation as pages of the site: Markdown and notebooks, whose links lead to pages where there are some."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

FOLDER = "docs"
BESIDE = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "NOTICE.md", "SECURITY.md")
"""What lies at the top of the checkout and belongs to the documentation."""

FIRST_PAGE = "README.md"
PICTURES = (".png", ".svg", ".webp")
WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Document:
    """A page of the documentation: where it lies in the checkout and on the site, what it is called, what it says."""

    source: str
    path: str
    title: str
    html: Markup


def documents_of(checkout: Path) -> list[Document]:
    """Return the documentation of a checkout, the README first."""
    texts = {name: (checkout / name).read_text(encoding="utf-8") for name in BESIDE if (checkout / name).is_file()}
    for file in sorted((checkout / FOLDER).glob("*.md")):
        texts[f"{FOLDER}/{file.name}"] = file.read_text(encoding="utf-8")
    for file in sorted((checkout / FOLDER).glob("*.ipynb")):
        texts[f"{FOLDER}/{file.name}"] = notebook_text(json.loads(file.read_text(encoding="utf-8")))
    paths = {source: path_of(source) for source in texts}
    return [
        Document(source, paths[source], title_of(text, source), rendered(text, source, paths))
        for source, text in texts.items()
    ]


def notebook_text(notebook: Mapping[str, Any]) -> str:
    """Return a notebook as Markdown: its texts, and its code with what came out of it, as text."""
    parts: list[str] = []
    for cell in notebook["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] != "code":
            parts.append(text)
            continue
        parts.append(fenced(text, "python"))
        printed = "".join(filter(None, map(output_text, cell["outputs"])))
        if printed.strip():
            parts.append(fenced(printed, "text"))
    return "\n\n".join(parts) + "\n"


def output_text(output: Mapping[str, Any]) -> str:
    """Return what came out of a cell as text, which ends with a line."""
    text = "".join(output.get("text") or output.get("data", {}).get("text/plain") or ())
    return text if not text or text.endswith("\n") else f"{text}\n"


def fenced(text: str, language: str) -> str:
    """Return a text as a block of code that it cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def pictures_of(checkout: Path) -> dict[str, bytes]:
    """Return the pictures that the documentation shows, by their path on the site."""
    files = (file for file in sorted((checkout / FOLDER).iterdir()) if file.suffix in PICTURES)
    return {f"{FOLDER}/{file.name}": file.read_bytes() for file in files}


def path_of(source: str) -> str:
    """Return where a page of the documentation is on the site."""
    if source == FIRST_PAGE:
        return f"{FOLDER}/index.html"
    return f"{FOLDER}/{Path(source).stem.lower()}.html"


def title_of(text: str, source: str) -> str:
    """Return the first heading of a page, without marks."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return re.sub(r"[`*]", "", found.group(1)).strip() if found else Path(source).stem


def rendered(text: str, source: str, paths: Mapping[str, str]) -> Markup:
    """Return a page as HTML. HTML inside it is shown, not run; a link to what the site does not have is plain text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(without_comments(text))
    slugs: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug_of(tokens[at + 1].content, slugs))
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.children:
            token.children = relinked(token.children, source, paths)
        for child in (token, *(token.children or ())):
            child.attrs.pop("style", None)
    html: Any = reader.renderer.render(tokens, reader.options, {})
    table = '<div class="wide" role="region" tabindex="0" aria-label="Table"><table>'
    html = html.replace("<table>", table).replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return Markup(html)


def without_comments(text: str) -> str:
    """Return a text without comments of HTML, which mark where something generated begins."""
    return re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


def slug_of(heading: str, known: dict[str, int]) -> str:
    """Return the id of a heading, as the hosts of repositories make it from its text; a second one gets a number."""
    slug = re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
    known[slug] = known.get(slug, -1) + 1
    return f"{slug}-{known[slug]}" if known[slug] else slug


def relinked(tokens: list[Token], source: str, paths: Mapping[str, str]) -> list[Token]:
    """Return the inside of a paragraph with its links led to pages of the site; others become plain text."""
    found: list[Token] = []
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            target = target_of(str(token.attrs.get("href", "")), source, paths)
            kept.append(target is not None)
            if target is None:
                continue
            token.attrSet("href", target)
        elif token.type == "link_close" and not kept.pop():
            continue
        elif token.type == "image":
            name = posixpath.basename(str(token.attrs.get("src", "")))
            token.attrSet("src", name)
        found.append(token)
    return found


def target_of(href: str, source: str, paths: Mapping[str, str]) -> str | None:
    """Return where a link of a page leads on the site, None where the site has nothing there."""
    if href.startswith((*WEB, "#")):
        return href
    name, _, heading = href.partition("#")
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(source), name))
    if inside not in paths:
        return None
    target = posixpath.relpath(paths[inside], FOLDER)
    return f"{target}#{heading}" if heading else target
