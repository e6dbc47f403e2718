"""Other names of readers: what names.csv may say, each fault in one sentence, and where such a name is known."""

from __future__ import annotations

import pytest

from sco_map.catalog import CatalogError, read_catalog
from sco_map.catalog.catalog import Catalog
from tests.layers.tiny import tiny_catalog, write_catalog

HEAD = "entry,names\n"
GOOD = "KAZ,Qazaqstan|Казакстан\niron_road,IR\niron_road__west,Western IR\nplace:gamma,Old Gamma|Гамма-Ата\n"


def complaints(folder, lines: str) -> list[str]:
    """Return what is wrong with a catalog that has these lines of names."""
    try:
        read_catalog(write_catalog(folder, names_csv=HEAD + lines))
    except CatalogError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.fixture
def catalog(tmp_path) -> Catalog:
    return tiny_catalog(tmp_path, names_csv=HEAD + GOOD)


def test_an_entry_is_known_by_its_other_names(catalog):
    assert catalog.names_beside("KAZ") == ("Qazaqstan", "Казакстан")
    assert catalog.names_beside("UZB") == ()
    for register, id_, name in (
        ("countries", "KAZ", "Казакстан"),
        ("projects", "iron_road", "IR"),
        ("segments", "iron_road__west", "Western IR"),
        ("places", "gamma", "Гамма-Ата"),
    ):
        assert name in catalog.known(register)[id_]


def test_a_catalog_may_do_without_other_names(tmp_path):
    assert tiny_catalog(tmp_path).other_names == {}


FAULTS = {
    "entry": ("iron_rod,IR", "names.csv, 'iron_rod': unknown entry 'iron_rod'; did you mean 'iron_road'?"),
    "a place without its mark": ("gamma,Old Gamma", "names.csv, 'gamma': 'gamma' is a place; write 'place:gamma'"),
    "its own name": ("KAZ,west", "names.csv, 'KAZ': 'west' is a name of it already; delete it here"),
    "twice in a line": (
        "KAZ,Qazaqstan|QAZAQSTAN",
        "names.csv, 'KAZ': 'QAZAQSTAN' is a name of it already; delete it here",
    ),
    "two lines": ("KAZ,A\nKAZ,B", "names.csv, line 3 'KAZ': duplicate entry, already on line 2"),
}


@pytest.mark.parametrize(("lines", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_in_one_sentence(tmp_path, lines, sentence):
    assert complaints(tmp_path, lines + "\n") == [sentence]


def test_an_empty_name_is_refused(tmp_path):
    assert any("is empty" in one for one in complaints(tmp_path, "KAZ,Qazaqstan||\n"))
