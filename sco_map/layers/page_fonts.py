"""Cut the fonts of the page down to the characters that its texts use; knows nothing of how the page sets them."""

from __future__ import annotations

import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from babel import Locale
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otBase import USE_HARFBUZZ_REPACKER
from fontTools.varLib import instancer

from sco_map.catalog import Catalog
from sco_map.catalog.prose import FOLDER as PROSE
from sco_map.catalog.stories import FOLDER as STORIES
from sco_map.layers.inputs.naturalearth import registered
from sco_map.layers.inputs.packages import find_input
from sco_map.layers.rows.pieces import BuildError
from sco_map.model.languages import LANGUAGES
from sco_map.paths import PACKAGE

FONTS = PACKAGE / "page" / "assets" / "fonts"
SETTINGS = FONTS / "fonts.toml"
LONG = (PROSE, STORIES)
"""Folders of long texts: in Chinese they would take twice the bytes, so the reader's system sets them."""
TEXTS = (
    (PACKAGE / "locale", "*.toml"),
    (PACKAGE / "page" / "templates", "*.html"),
    (PACKAGE / "page" / "assets" / "css", "*.css"),
    (PACKAGE.parent / "web" / "src", "**/*.ts"),
)
"""Where the interface itself has texts that a reader sees: folder and pattern."""

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\([0-9a-fA-F]{4})(?=[\"' ])")
NUMBERING = ("latn", "beng")
NUMBER_SIGNS = ("decimal", "group", "minusSign", "percentSign", "plusSign")
"""What CLDR has on writing numbers that the page has a use for."""

NAMES_KEPT = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""Entries of a font's name table: copyright, names, version and licence."""

INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that need no glyph."""

UNUSED_TABLES = ("DSIG", "MVAR", "meta")

Font = Mapping[str, Any]


def read_settings(file: Path = SETTINGS) -> list[Font]:
    """Return the fonts that the page asks for, as `fonts.toml` has them."""
    fonts: list[Font] = tomllib.loads(file.read_text(encoding="utf-8"))["font"]
    return fonts


def code_points(ranges: Iterable[str]) -> set[int]:
    """Return the code points of ranges such as "0410-044F" or "0451"."""
    found: set[int] = set()
    for text in ranges:
        first, _, last = text.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def characters(text: str) -> set[int]:
    """Return the code points of a text, those too that it has in the escapes of JavaScript, TOML or CSS."""
    escaped = {int(one or other, 16) for one, other in ESCAPED.findall(text)}
    return {ord(character) for character in text} | escaped


def calendar_characters() -> set[int]:
    """Return the code points that dates and numbers are written with in the languages of the page."""
    found: set[int] = set()
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= characters("".join(locale.months[context][width].values()))
        for system in NUMBERING:
            symbols = locale.number_symbols.get(system, {})
            found |= characters("".join(symbols.get(name, "") for name in NUMBER_SIGNS))
        found |= characters("".join(pattern.pattern for pattern in locale.date_formats.values()))
    return found


def titles_of_story(file: Path) -> str:
    """Return the titles of a story and of its steps, which the panel shows; their texts may use the reader's fonts."""
    story = tomllib.loads(file.read_text(encoding="utf-8"))
    return "\n".join(text for one in (story, *story["step"]) for text in one.get("title", {}).values())


def shown_texts(catalog: Path, folder: Path, fresh: Mapping[Path, bytes]) -> Iterator[tuple[Path, str]]:
    """Yield every file with texts that the page may show, and its content.

    These are the catalog but for translations of texts for readers, of stories only the titles, the layers in `folder`
    (the content in `fresh` where a layer is not written yet), the words of the interface, the page's script and style.
    """
    files = [file for kind in ("toml", "csv") for file in catalog.rglob(f"*.{kind}") if file.parent.name not in LONG]
    files += [file for place, pattern in TEXTS for file in place.glob(pattern)]
    layers = dict.fromkeys(folder.glob("*.geojson"), b"") | {f: c for f, c in fresh.items() if f.suffix == ".geojson"}
    yield from ((file, file.read_text(encoding="utf-8")) for file in files)
    yield from ((file, titles_of_story(file)) for file in (catalog / STORIES).glob("*.toml"))
    yield from ((file, (content or file.read_bytes()).decode()) for file, content in layers.items())


def used_characters(catalog: Path, folder: Path, fresh: Mapping[Path, bytes]) -> set[int]:
    """Return the code points of every text that the page may show, dates and numbers included."""
    texts = (text for _, text in shown_texts(catalog, folder, fresh))
    return set().union(calendar_characters(), *map(characters, texts))


def wanted_characters(font: Font, used: set[int]) -> set[int]:
    """Return the code points that a font keeps: those of its range that are used, and those it has in any case."""
    return (code_points(font["unicode"]) & used) | code_points(font["always"])


def options_for(font: Font) -> subset.Options:
    """Return how a font is cut: no hints, the layout features asked for, its licence kept."""
    options = subset.Options()
    options.layout_features = list(font["features"])
    options.hinting = False
    options.harfbuzz_repacker = False  # else the bytes would depend on whether uharfbuzz is installed
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = list(NAMES_KEPT)
    options.drop_tables += list(UNUSED_TABLES)
    return options


def cut(content: Path, font: Font, used: set[int]) -> bytes:
    """Return the font file `content` with the characters wanted and the weights asked for, as WOFF2.

    The date in it stays that of its makers, so equal input gives equal bytes.
    """
    loaded = TTFont(content, recalcTimestamp=False)
    subsetter = subset.Subsetter(options_for(font))
    subsetter.populate(unicodes=sorted(wanted_characters(font, used)))
    subsetter.subset(loaded)
    if "fvar" in loaded:
        first, last = font["weight"][0], font["weight"][-1]
        loaded.cfg[USE_HARFBUZZ_REPACKER] = False
        limits = {**font.get("axes", {}), "wght": first if first == last else (first, last)}
        loaded = instancer.instantiateVariableFont(loaded, limits)
        if "STAT" in loaded:
            del loaded["STAT"]
    loaded.flavor = "woff2"
    stream = io.BytesIO()
    loaded.save(stream)
    return stream.getvalue()


def tables(content: bytes) -> dict[str, bytes]:
    """Return the tables of a font without its packing."""
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        tags: list[str] = font.keys()
        return {tag: font.getTableData(tag) for tag in tags if tag != "GlyphOrder"}


def kept(file: Path, content: bytes) -> bytes:
    """Return the font in `file` when it says the same as `content`: packers differ, fonts do not."""
    if file.is_file() and tables(before := file.read_bytes()) == tables(content):
        return before
    return content


def font_files(
    catalog: Catalog, folder: Path, target: Path = FONTS, fresh: Mapping[Path, bytes] | None = None
) -> Iterator[tuple[Path, bytes, tuple[str, ...]]]:
    """Yield path in `target`, content and origin of every font of the page.

    `fresh` has the content of layers that this build makes. Raises ScoMapError when the package of a font is missing,
    BuildError when a text uses a character that a font should have and none has.
    """
    used = used_characters(catalog.path, folder, fresh or {})
    covered = not_covered()
    for font in read_settings():
        found = find_input(registered(font["source"], catalog))
        file = target / font["file"]
        content = kept(file, cut(found.path, font, used))
        covered |= covered_by(font, io.BytesIO(content))
        yield file, content, (f"{font['source']}: {found.origin}",)
    if missing := uncovered(used, covered):
        raise BuildError(missing_characters(missing, shown_texts(catalog.path, folder, fresh or {})))


def uncovered(used: set[int], covered: set[int]) -> set[int]:
    """Return the code points of `used` that a font should set and none does.

    A text in a script that no font is for, such as the title of a Persian source, is set by the reader's system.
    """
    expected = set().union(*(code_points(font["unicode"]) for font in read_settings()))
    return {code for code in used & expected - covered if unicodedata.category(chr(code)) not in INVISIBLE}


def missing_characters(missing: set[int], texts: Iterable[tuple[Path, str]]) -> list[str]:
    """Return a sentence for each code point that no font has, with the first of the `texts` that uses it."""
    first: dict[int, Path] = {}
    for file, text in texts:
        for code in characters(text) & missing - first.keys():
            first[code] = file
    return [
        f"{first[code].name if code in first else 'a date'}: no font of the page has {chr(code)} (U+{code:04X}); "
        f"write it otherwise, or list it under not_covered in {SETTINGS.name}"
        for code in sorted(missing)
    ]


def not_covered(file: Path = SETTINGS) -> set[int]:
    """Return the code points that are known to be in none of the fonts; the reader's system sets them."""
    return set(map(ord, tomllib.loads(file.read_text(encoding="utf-8"))["not_covered"]))


def covered_by(font: Font, file: BinaryIO) -> set[int]:
    """Return the code points that the page sets in a font, from its cut file."""
    with TTFont(file) as loaded:
        return set(loaded.getBestCmap()) & code_points(font["unicode"])
