"""A difference in words: as text for a screen, as JSON for programs, as a page for readers."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from sco_map.changes.compare import ADDED, CHANGED, PROJECT, REMOVED, ROW, Change, Difference, Entry, WholeLayer
from sco_map.changes.sides import Side
from sco_map.model.texts import counted

SIGNS = {ADDED: "+", REMOVED: "-", CHANGED: "~"}
FORMS = {ROW: ("row", "rows"), PROJECT: ("project", "projects")}
LONG = 100
"""Letters from which on two texts are compared word by word."""

SAFE = ("https://", "http://")

STYLE = """
:root { color-scheme: light dark; --ink: #1e2226; --paper: #fcfaf5; --rule: #d9d3c5; --quiet: #656b70; }
@media (prefers-color-scheme: dark) { :root { --ink: #edebe6; --paper: #15191d; --rule: #343a40; --quiet: #9aa0a4; } }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--rule); }
h3 { margin-bottom: 0.2rem; font-size: 1.05rem; }
code, .quiet { color: var(--quiet); font-size: 0.9rem; }
dl { margin: 0; display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: 0.2rem 1rem; }
dd { margin: 0; }
ins, del { text-decoration-thickness: 1px; }
a { color: inherit; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: 0.4rem; } }
"""


def named(side: Side) -> str:
    """Return what a side is: its name, its version, the date of its facts."""
    known = [f"version {side.version}" if side.version else "", f"facts as of {side.as_of}" if side.as_of else ""]
    inside = ", ".join(filter(None, known))
    return f"{side.name} ({inside})" if inside else side.name


def summary(difference: Difference) -> str:
    """Return in a sentence how much changed."""
    parts = [
        f"{counted(len(found), 'layer')} {what}" for what in (ADDED, REMOVED) if (found := layers(difference, what))
    ]
    for form, (one, many) in FORMS.items():
        counts = {what: len(difference.of(form, what)) for what in (ADDED, REMOVED, CHANGED)}
        if any(counts.values()):
            first, *rest = [(number, what) for what, number in counts.items() if number]
            words = [f"{counted(first[0], one, many)} {first[1]}", *(f"{number} {what}" for number, what in rest)]
            parts.append(", ".join(words))
    moves = sum(entry.move is not None for entry in difference.entries)
    if moves:
        parts.append(f"{counted(moves, 'geometry', 'geometries')} moved")
    return "; ".join(parts) + "." if parts else "Nothing changed."


def layers(difference: Difference, what: str) -> list[WholeLayer]:
    """Return the layers that were added or removed as a whole."""
    return [layer for layer in difference.layers if layer.what == what]


def layer_words(layer: WholeLayer, difference: Difference) -> str:
    """Return which side lacks a layer, with its file and how many rows it has on the other."""
    has, lacks = (difference.new, difference.old) if layer.what == ADDED else (difference.old, difference.new)
    file = f" (file {layer.file})" if layer.file else ""
    rows = counted(len(layer.rows), "row")
    if layer.what == ADDED:
        return f"the layer {layer.id}{file} is new: {rows} in {has.name}, no such layer in {lacks.name}"
    return f"the layer {layer.id}{file} is gone: {rows} in {has.name}, no such layer in {lacks.name}"


def move_words(entry: Entry) -> str | None:
    """Return how far a geometry moved."""
    move = entry.move
    if move is None:
        return None
    north = f"{abs(move.lat):g}° {'N' if move.lat >= 0 else 'S'}"
    east = f"{abs(move.lon):g}° {'E' if move.lon >= 0 else 'W'}"
    return f"moved by up to {move.km:,.2f} km, most near {north} {east}"


def change_words(change: Change) -> str:
    """Return how a fact changed."""
    if change.old is None:
        return f"+ {change.new}"
    return f"- {change.old}" if change.new is None else f"{change.old} → {change.new}"


# -- text --------------------------------------------------------------------------------------------------------------


def as_text(difference: Difference) -> str:
    """Return the difference as lines of text: a sentence, the entries with their facts, the sources."""
    lines = [f"{named(difference.old)} → {named(difference.new)}", summary(difference)]
    lines += [one_line(f"{SIGNS[layer.what]} {layer_words(layer, difference)}") for layer in difference.layers]
    for entry in difference.told:
        lines += [
            "",
            f"{SIGNS[entry.what]} {' / '.join(filter(None, [entry.layer, entry.id]))}: {one_line(entry.title)}",
        ]
        lines[-1] += " (project)" if entry.form == PROJECT else ""
        lines += [f"    {line}" for line in fact_lines(entry)]
        lines += [f"    {words}" for words in beside_words(entry, difference)]
    if sources := difference.sources:
        lines += ["", "Sources", *(f"    {id_}: {source_words(source)}" for id_, source in sources.items())]
    return "\n".join(lines) + "\n"


def fact_lines(entry: Entry) -> Iterator[str]:
    """Yield the facts of an entry that changed, but for those of its project, a line each, with the ids of sources."""
    for change in entry.own:
        cited = f" [{', '.join(change.sources)}]" if change.sources else ""
        yield one_line(f"{change.field}: {change_words(change)}{cited}")
    if words := move_words(entry):
        yield words


def beside_words(entry: Entry, difference: Difference) -> Iterator[str]:
    """Yield what of a row changed as it did of its project, and which rows changed only as a project did."""
    if entry.shared:
        yield one_line(f"as of its project {entry.project}: {', '.join(fields(entry.shared))}")
    if followers := difference.followers(entry):
        yield one_line(f"the same of {counted(len(followers), 'row')} of it: {', '.join(followers)}")


def fields(changes: Sequence[Change]) -> list[str]:
    """Return the names of the fields that changed, each once."""
    return list(dict.fromkeys(change.field.partition(".")[0] for change in changes))


def one_line(text: str) -> str:
    """Return a text without breaks of lines and without letters that steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def source_words(source: dict[str, Any]) -> str:
    """Return a source as text."""
    parts = (source.get(key) for key in ("publisher", "title", "published", "url"))
    return one_line(", ".join(str(part) for part in parts if part))


def as_markdown(difference: Difference) -> str:
    """Return the difference as a list for a changelog: which entries changed, and in which of their facts."""
    lines = [summary(difference), ""]
    lines += [f"- {one_line(layer_words(layer, difference))}" for layer in difference.layers]
    for entry in difference.told:
        followers = difference.followers(entry)
        same = f"the same of {counted(len(followers), 'row')} of it" if followers else None
        words = filter(None, [*fields(entry.changes), move_words(entry), same])
        facts = "" if entry.what != CHANGED else f": {', '.join(words)}"
        title = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", one_line(entry.title))
        form = " (project)" if entry.form == PROJECT else ""
        lines.append(f"- {entry.what} `{entry.id}`{form}, {title}{facts}")
    return "\n".join(lines).rstrip() + "\n"


# -- JSON --------------------------------------------------------------------------------------------------------------


def to_json(difference: Difference) -> str:
    """Return the difference as JSON: the two sides, the entries with their facts, the sources by id."""
    sides = {name: side_facts(side) for name, side in (("old", difference.old), ("new", difference.new))}
    found = {
        **sides,
        "summary": summary(difference),
        "layers": [
            {"id": layer.id, "change": layer.what, "file": layer.file, "rows": list(layer.rows)}
            for layer in difference.layers
        ],
        "entries": [entry_facts(entry) for entry in difference.entries],
        "sources": difference.sources,
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def side_facts(side: Side) -> dict[str, Any]:
    """Return what a side says of itself."""
    return {"name": side.name, "version": side.version, "as_of": side.as_of, "rows": len(side.rows)}


def entry_facts(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON values."""
    move = entry.move
    return {
        "id": entry.id,
        "form": entry.form,
        "change": entry.what,
        "layer": entry.layer,
        "title": entry.title,
        "facts": [
            {"field": one.field, "change": one.what, "old": one.old, "new": one.new, "sources": list(one.sources)}
            for one in entry.changes
        ],
        "moved": None if move is None else {"km": move.km, "longitude": move.lon, "latitude": move.lat},
    }


# -- page --------------------------------------------------------------------------------------------------------------


def as_page(difference: Difference) -> str:
    """Return the difference as one HTML file that runs no script and asks for nothing."""
    policy = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    title = f"What changed from {difference.old.name} to {difference.new.name}"
    head = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{policy}'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(title)}</title>",
        f"<style>{STYLE}</style>",
        f"<h1>{escaped(title)}</h1>",
        f"<p>{escaped(named(difference.old))} → {escaped(named(difference.new))}</p>",
        f"<p>{escaped(summary(difference))}</p>",
    ]
    if difference.layers:
        gone = (f"<li>{escaped(layer_words(layer, difference))}</li>" for layer in difference.layers)
        head += ["<ul>", *gone, "</ul>"]
    for layer in dict.fromkeys(entry.layer for entry in difference.told):
        head.append(f"<h2>{escaped(layer or 'Other')}</h2>")
        head += [section(entry, difference) for entry in difference.told if entry.layer == layer]
    if difference.sources:
        items = (f'<li id="{escaped(id_)}">{source_item(id_, one)}</li>' for id_, one in difference.sources.items())
        head += ["<h2>Sources</h2>", "<ul>", *items, "</ul>"]
    return "\n".join(head) + "\n</html>\n"


def escaped(text: str) -> str:
    """Return a text that no browser takes for markup."""
    return html.escape(text)


def section(entry: Entry, difference: Difference) -> str:
    """Return an entry and its facts."""
    facts = "".join(f"<dt>{escaped(change.field)}</dt><dd>{change_item(change)}</dd>" for change in entry.own)
    if words := move_words(entry):
        facts += f"<dt>geometry</dt><dd>{escaped(words)}</dd>"
    form = "" if entry.form == ROW else f", {entry.form}"
    named_as = f'<code>{escaped(entry.id)}</code> <span class="quiet">{entry.what}{form}</span>'
    more = "".join(f'<p class="quiet">{escaped(words)}</p>' for words in beside_words(entry, difference))
    return f"<h3>{escaped(entry.title)}</h3>\n<p>{named_as}</p>\n<dl>{facts}</dl>{more}"


def change_item(change: Change) -> str:
    """Return a fact: what was, what is, who says so."""
    parts = [
        marked(change.old or "", change.new or ""),
        ", ".join(f'<a class="quiet" href="#{escaped(id_)}">{escaped(id_)}</a>' for id_ in change.sources),
    ]
    return " ".join(filter(None, parts))


def marked(old: str, new: str) -> str:
    """Return what was, struck out, and what is; in two long texts only the words that differ."""
    if len(old) < LONG or len(new) < LONG:
        before, after = [old] * bool(old), [new] * bool(new)
    else:
        before, after = old.split(), new.split()
    parts = []
    for kind, start, end, start_now, end_now in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = (escaped(" ".join(words)) for words in (before[start:end], after[start_now:end_now]))
        if kind == "equal":
            parts.append(come)
        else:
            parts += [f"<del>{gone}</del>" if gone else "", f"<ins>{come}</ins>" if come else ""]
    return " ".join(filter(None, parts))


def source_item(id_: str, source: dict[str, Any]) -> str:
    """Return a source, which links to its address where that is one of the web."""
    url = str(source.get("url") or "")
    texts = ", ".join(str(source[key]) for key in ("publisher", "title", "published") if source.get(key)) or id_
    words = escaped(texts)
    linked = f'<a href="{escaped(url)}" rel="noopener noreferrer">{words}</a>' if url.startswith(SAFE) else words
    return f"<code>{escaped(id_)}</code>: {linked}"
