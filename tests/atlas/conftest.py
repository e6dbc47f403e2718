"""The tiny atlas, loaded once."""

from __future__ import annotations

import pytest

from sco_map.atlas import Atlas
from tests.atlas import tiny


@pytest.fixture(scope="session")
def tiny_atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return tiny.atlas(tmp_path_factory.mktemp("tiny"))
