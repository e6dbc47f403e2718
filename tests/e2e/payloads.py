"""Texts that try to run as script, to break out of markup, JSON, CSV or the layout, and data that hold them everywhere.

Each text that could run sets `window.hurt`.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sco_map.atlas import Atlas
from sco_map.catalog import Catalog, read_catalog
from sco_map.catalog.models import LocalText, Place
from sco_map.check.ground import GROUND
from sco_map.paths import GEODATA
from tests.atlas.unchecked import load_unchecked

HURT = "window.hurt=1"
EVENTS = "onerror onload onclick onfocus onmouseover onanimationstart onbegin ontoggle onpointerenter onwheel".split()
TAGS = "img svg video audio iframe object embed details body input style link meta base math form marquee".split()

MARKUP = [
    f"<script>{HURT}</script>",
    f"</script><script>{HURT}</script>",
    f"</SCRIPT ><sCrIpT>{HURT}</sCrIpT>",
    f"</style><script>{HURT}</script>",
    f"</title><script>{HURT}</script>",
    f"</textarea><script>{HURT}</script>",
    f"</noscript><script>{HURT}</script>",
    f"</template><script>{HURT}</script>",
    f"--><script>{HURT}</script>",
    f"]]><script>{HURT}</script>",
    f"<!--<script>{HURT}",
    "<!--",
    "-->",
    "<![CDATA[",
    "</script",
    "<script",
    "<script src=data:text/javascript,window.hurt=1></script>",
    f"<svg><script>{HURT}</script></svg>",
    f"<svg><animate {EVENTS[6]}={HURT} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{HURT}'><text>x</text></a></svg>",
    f"<svg><foreignObject><img src=x onerror={HURT}></foreignObject></svg>",
    f"<math><mi xlink:href='javascript:{HURT}'>x</mi></math>",
    f"<a href='javascript:{HURT}'>x</a>",
    "<iframe srcdoc='<script>parent.hurt=1</script>'>",
    f"<form action=javascript:{HURT}><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
    "<base href='https://example.invalid/'>",
    "<link rel=stylesheet href='https://example.invalid/x.css'>",
    "<style>*{display:none}</style>",
    "<style>@import 'https://example.invalid/x.css'</style>",
    f'"><img src=x onerror={HURT}>',
    f"'><img src=x onerror={HURT}>",
    f"` onmouseover={HURT} x=`",
    f'" autofocus onfocus={HURT} tabindex=0 x="',
    f"' autofocus onfocus={HURT} tabindex=0 x='",
    f"<x onclick={HURT} style=position:fixed;inset:0>x</x>",
    "<plaintext>",
    "<xmp>",
    "&lt;script&gt;window.hurt=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.hurt=1&#62;",
    "&amp;&quot;&apos;&nbsp;",
    "%3Cscript%3Ewindow.hurt=1%3C/script%3E",
    "\\u003cscript\\u003ewindow.hurt=1\\u003c/script\\u003e",
    "\x3cscript\x3ewindow.hurt=1\x3c/script\x3e",
]
HANDLERS = [f"<{tag} src=x href=x open autofocus {event}={HURT}>" for tag, event in zip(TAGS, EVENTS * 2, strict=False)]
SCRIPT = [
    f"${{{HURT}}}",
    f"`${{{HURT}}}`",
    f"`;{HURT}//",
    f"\\`;{HURT}//",
    f"\\\\`;{HURT}//",
    f"\\\\\\`${{{HURT}}}",
    f"';{HURT}//",
    f'";{HURT}//',
    f"\\';{HURT}//",
    f'\\";{HURT}//',
    f"'-{HURT}-'",
    f'"+({HURT})+"',
    f"*/{HURT}/*",
    f"\n{HURT}\n",
    f"\r\n//\r\n{HURT}",
    f"\u2028{HURT}\u2029",
    f"//\u2028{HURT}",
    "C:\\path\\2019",
    "C:\\users\\new\\x00\\u0041\\",
    "\\",
    "\\\\",
    "${",
    "`",
    "{{ 7*7 }}",
    "{{ ''.__class__.__mro__ }}{% raw %}",
    "{% for x in range(9) %}x{% endfor %}",
    "{{constructor.constructor('window.hurt=1')()}}",
    "#{7*7}<%= 7*7 %>",
    "$policy $title $$ ${title}",
    "%s %(x)s {0} {} {title!r}",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
]
ADDRESSES = [
    f"javascript:{HURT}",
    f"JaVaScRiPt:{HURT}",
    f" javascript:{HURT}",
    f"java\tscript:{HURT}",
    f"java\nscript:{HURT}",
    f"\x01javascript:{HURT}",
    f"javascript://example.com/%0a{HURT}",
    f"data:text/html,<script>{HURT}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaHVydD0xPC9zY3JpcHQ+",
    f"data:image/svg+xml,<svg onload={HURT}>",
    f"vbscript:{HURT}",
    "file:///etc/passwd",
    "blob:https://example.invalid/x",
    "//example.invalid/x",
    'https://example.invalid/"onmouseover="window.hurt=1',
    "https://user:word@example.invalid/",
    "https://example.invalid/<script>",
    "https://",
    "http://[::1",
]
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x")',
    "|x",
    '"=1"',
    ";=1",
    "a,b\n=1",
]
TEXTS = [
    "",
    " ",
    "\u00a0",
    "0",
    "null",
    "None",
    "undefined",
    "NaN",
    "true",
    "[]",
    "{}",
    "-0",
    "1e999",
    "\u202etxet desrever",
    "\u2066\u2067\u2069\u202c",
    "\u200b\u200d\ufeff",
    "\u0000",
    "\ufffd\ufffe",
    "👩‍👩‍👧‍👦🇰🇬👍🏿",
    "Z̴̡͎a̵͔͠l̶͚̋g̸̘͝o̷͍͐" * 8,
    "কাজাখস্তান ১২৩",
    "中吉乌铁路" * 40,
    "العربية עברית",
    "﷽" * 20,
    "ﬁ İı ẞ ſ",
    "W" * 3_000,
    "word " * 4_000,
    "\n".join("line" for _ in range(200)),
    "a" * 60 + "\u00ad" * 200,
]  # fmt: skip

PAYLOADS = list(dict.fromkeys([*MARKUP, *HANDLERS, *SCRIPT, *ADDRESSES, *FORMULAS, *TEXTS]))

FREE_COLUMNS = "title_en title_bn title_ru title_zh owner river note city outcome".split()
FREE_KEYS = ("text", "note", "scope", "date", "in_force", "source", "claimed_by", "administered_by")
FREE_FIELDS = {
    "en", "bn", "ru", "zh", "name_en", "name_bn", "name_ru", "name_zh", "title_en", "title_bn", "title_ru", "title_zh",
    "summary", "text", "note", "owner", "publisher", "title", "url", "attribution", "reason", "scope", "capital",
    "inclusion", "gaps", "outcome", "published", "accessed", "river",
}  # fmt: skip
PARTS = ("projects", "places", "sources", "licences", "countries", "layers", "events", "rivers", "stories")


class UncheckedPlace(Place):
    """A place whose names are not checked again when they are asked for."""

    @property
    def name(self) -> LocalText:
        """The names in the languages of the interface, as they are."""
        return LocalText.model_construct(en=self.name_en, bn=self.name_bn, ru=self.name_ru, zh=self.name_zh)


class Poison:
    """Hands out the payloads in turn, a turn of its own for every column and field."""

    def __init__(self) -> None:
        self._turns: dict[str, count[int]] = defaultdict(count)

    def __call__(self, name: str) -> str:
        """Return the next payload for `name`; one that is never empty in English, which every entry has."""
        text = PAYLOADS[next(self._turns[name]) % len(PAYLOADS)]
        return text or "empty"

    def record(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return a record of a row with payloads in its texts."""
        return {
            key: self(key) if key in FREE_KEYS and isinstance(value, str) else value for key, value in record.items()
        }

    def properties(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Return the properties of a feature with payloads wherever free text may stand."""
        found = {key: self.of_value(value) for key, value in facts.items()}
        for column in FREE_COLUMNS:
            if column in facts:
                found[column] = self(column)
        for column in ("history", "published_lengths"):
            if column in facts:
                found[column] = [*(found[column] or []), *(self.extra(column) for _ in range(2))]
        return found

    def of_value(self, value: Any) -> Any:
        """Return lists and records with payloads in them, anything else as it is."""
        if isinstance(value, dict):
            return self.record(value)
        if isinstance(value, list):
            return [self.record(entry) if isinstance(entry, dict) else entry for entry in value]
        return value

    def extra(self, column: str) -> dict[str, Any]:
        """Return one more entry of a list of records."""
        if column == "history":
            return {"date": "2020", "text": self("history text"), "source": self("history source")}
        return {"km": 5.0, "scope": self("length scope"), "source": self("length source")}

    def entry(self, entry: Any) -> Any:
        """Return a catalog entry with payloads in all its free texts, at any depth; nothing is checked again."""
        if isinstance(entry, tuple):
            return tuple(self.entry(each) for each in entry)
        if not isinstance(entry, BaseModel):
            return entry
        kind, changes = type(entry).__name__, {}
        for name in type(entry).model_fields:
            value = getattr(entry, name)
            changes[name] = (
                self(f"{kind}.{name}") if name in FREE_FIELDS and isinstance(value, str) else self.entry(value)
            )
        if isinstance(entry, Place):
            return UncheckedPlace.model_construct(None, **changes)
        return entry.model_copy(update=changes)


def poisoned_catalog(catalog: Catalog, poison: Poison) -> Catalog:
    """Return the catalog with payloads in every text, in the vocabulary too."""
    parts: dict[str, Any] = {
        part: {id_: poison.entry(entry) for id_, entry in getattr(catalog, part).items()} for part in PARTS
    }
    words = {
        group: {id_: poison.entry(word) for id_, word in entries.items()}
        for group, entries in catalog.vocabulary.items()
    }
    return replace(catalog, vocabulary=words, **parts)


def poisoned_atlas(folder: Path) -> Atlas:
    """Copy the shipped data into `folder`, put payloads into every text of layers, ground and catalog, and load it."""
    poison = Poison()
    shutil.copytree(GEODATA, folder, dirs_exist_ok=True)
    for file in sorted(folder.glob("*.geojson")):
        collection = json.loads(file.read_text(encoding="utf-8"))
        for key in ("title", "attribution"):
            if key in collection:
                collection[key] = (
                    poison(f"head {key}") if isinstance(collection[key], str) else {"en": poison("head title")}
                )
        for feature in collection["features"]:
            feature["properties"] = poison.properties(feature["properties"])
        file.write_text(json.dumps(collection), encoding="utf-8")
    catalog = poisoned_catalog(read_catalog(folder / "catalog"), poison)
    layers = [layer.id for layer in catalog.layers.values() if layer.group != GROUND]
    return load_unchecked(folder, layers, catalog)
