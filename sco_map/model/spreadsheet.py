"""What a spreadsheet needs to open a table safely: a byte-order mark, its own decimals, no cell that it would run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sco_map.errors import ScoMapError

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

COMMA_LANGUAGES = frozenset(
    "af az be bg br bs ca cs cv da de el eo es et eu ff fi fo fr fy gl hr hu hy ia id ie in is it jv ka kk kl ku ky lb "
    "ln lo lt lu lv mk mo nb nl nn no oc os pl ps pt rm rn ro ru rw sc se sg sh sk sl sq sr su sv tg tk tr tt uk uz vi "
    "wo".split()
)
POINT_LANGUAGES = frozenset(
    "ak am ar as ba bm bn bo ce cy dz ee en fa ga gd gu gv ha he hi ig ii ja ji ki km kn ko ks kw lg mg mi ml mn mr ms "
    "mt my nd ne om or pa qu sa sd si sn so st sw ta te th ti to ug ur xh yi yo zh zu".split()
)
OTHER_REGIONS = frozenset(
    "ar-DZ ar-LB ar-LY ar-MA ar-MR ar-TN de-CH de-LI en-AT en-BE en-CZ en-DE en-DK en-EE en-ES en-FI en-FR en-GE en-HU "
    "en-ID en-IT en-LT en-LV en-NL en-NO en-PL en-PT en-RO en-SE en-SI en-SK en-UA en-ZA es-BR es-BZ es-CU es-DO es-GT "
    "es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US it-CH ku-IQ ms-BN ms-ID qu-BO sw-CD".split()
)
"""How languages write decimals (Common Locale Data Repository 47), and where a region does not do as its language."""

LOCALE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[.@].*)?")


@dataclass(frozen=True)
class Dialect:
    """How a table writes decimals and separates cells, so that a spreadsheet of that locale reads them right."""

    decimal: str
    separator: str

    def number(self, value: Any) -> Any:
        """Return a cell with the decimals of the dialect; whatever is not a number stays as it is."""
        return str(value).replace(".", self.decimal) if isinstance(value, float) else value


POINT = Dialect(decimal=".", separator=",")
COMMA = Dialect(decimal=",", separator=";")


class LocaleError(ScoMapError):
    """Say in one sentence why a locale is not known."""


def dialect_of(locale: str | None) -> Dialect:
    """Return how a spreadsheet of a locale ("de", "en-GB", "ru_RU.UTF-8") reads a table; without one, with points.

    Raises LocaleError when the language is not known.
    """
    if locale is None:
        return POINT
    found = LOCALE.fullmatch(locale)
    language = found[1].lower() if found else ""
    if found is None or language not in COMMA_LANGUAGES | POINT_LANGUAGES:
        raise LocaleError(f"unknown locale {locale!r}; name a language and, where it matters, a region: de, ru, en-GB")
    is_other = f"{language}-{(found[2] or '').upper()}" in OTHER_REGIONS
    return COMMA if (language in COMMA_LANGUAGES) != is_other else POINT


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet runs it: an apostrophe before what would begin a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def cell(value: Any) -> Any:
    """Return a value for a cell: nothing for None, numbers as they are (whole ones without decimals), harmless text."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return harmless(value) if isinstance(value, str) else value
