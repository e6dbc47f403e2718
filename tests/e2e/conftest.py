"""What the tests of the whole product share: the page of everything, written once with the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.page import export


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of everything, once for all tests."""
    return export(tmp_path_factory.mktemp("export") / "everything.html")
