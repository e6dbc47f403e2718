"""Whatever has one entry for each language has those of the one list, in its order."""

from __future__ import annotations

from sco_map.catalog.models import Event, LocalText, Place, River
from sco_map.layers.land.basemap import CLDR_LOCALES, NE_NAMES
from sco_map.model.languages import ENGLISH_NAMES, FIRST, LANGUAGES, OWN_NAMES, SCRIPTS, SCRIPTS_SHOWN, TRANSLATIONS
from sco_map.paths import LOCALE


def test_the_first_language_and_the_others_are_all() -> None:
    assert (FIRST, *TRANSLATIONS) == LANGUAGES == tuple(OWN_NAMES)


def test_texts_and_words_are_in_these_languages() -> None:
    assert tuple(LocalText.model_fields) == LANGUAGES
    assert {file.stem for file in LOCALE.glob("*.toml")} == set(LANGUAGES)
    assert tuple(NE_NAMES) == tuple(CLDR_LOCALES) == LANGUAGES


def test_tables_have_a_column_for_each() -> None:
    for model, stem in ((Place, "name_"), (River, "name_"), (Event, "title_")):
        columns = [name.removeprefix(stem) for name in model.model_fields if name.startswith(stem)]
        assert tuple(columns) == LANGUAGES


def test_every_language_has_all_that_is_said_of_it() -> None:
    for register in (OWN_NAMES, ENGLISH_NAMES, SCRIPTS_SHOWN, SCRIPTS):
        assert tuple(register) == LANGUAGES
