"""The geometry: from the catalog to layer files, and the checks of such files; importing this costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sco_map.errors import ScoMapError
from sco_map.paths import GEODATA

if TYPE_CHECKING:
    from sco_map.layers.result import Result

__all__ = ["build_layers", "check_files"]


def build_layers(
    names: Sequence[str] = (),
    *,
    check: bool = False,
    folder: Path = GEODATA,
    catalog: Path | None = None,
    say: Callable[[str], None] | None = None,
) -> list[Result]:
    """Build the layers `names` (all of them and the generated pages when none is named); with `check` only compare.

    `say` is called with each step before it begins. Raises ScoMapError, also when a part of requirements-build.txt is
    missing; sco_map.layers.building.build_layers says more.
    """
    try:
        from sco_map.layers import building as layers

        return layers.build_layers(names, check=check, folder=folder, catalog=catalog, say=say or layers.silent)
    except ModuleNotFoundError as error:
        raise ScoMapError(f"building needs {error.name}; run pip install -r requirements-build.txt") from error


def check_files(paths: Sequence[Path] = (), *, folder: Path = GEODATA, catalog: Path | None = None) -> list[str]:
    """Check layer files, all of `folder` when none is named, against the catalog and RFC 7946; return what was seen.

    Needs only requirements.txt. Raises ScoMapError with every problem of every file.
    """
    from sco_map.check import files as check

    return check.check_files(paths, folder=folder, catalog=catalog)
