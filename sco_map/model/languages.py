"""The languages of catalog and interface, in their one order; the first is always there, the others may be missing."""

from __future__ import annotations

OWN_NAMES = {"en": "EN", "bn": "বাংলা", "ru": "РУ", "zh": "中文"}
"""Each language as its button names it."""

LANGUAGES = tuple(OWN_NAMES)
FIRST = LANGUAGES[0]
TRANSLATIONS = LANGUAGES[1:]
"""The languages that a text may lack; it is then shown in the first."""

ENGLISH_NAMES = {"en": "English", "bn": "Bengali", "ru": "Russian", "zh": "Chinese"}
SCRIPTS_SHOWN = {"en": "Latin", "bn": "Bengali", "ru": "Cyrillic", "zh": "Chinese"}
SCRIPTS = {"en": "LATIN", "bn": "BENGALI", "ru": "CYRILLIC", "zh": "CJK"}
"""How the Unicode names of the letters of each language begin."""
