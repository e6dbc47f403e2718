"""The same catalog gives the same bytes: on a second run, and on a processor without its newest instructions."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sco_map.paths import GEODATA

LAYER = "cku_railway"
BUILD = f"""
import sys
from pathlib import Path
from sco_map.layers import build_layers
build_layers(["{LAYER}"], folder=Path(sys.argv[1]))
"""
OLD_PROCESSOR = {
    "OPENBLAS_CORETYPE": "Nehalem",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX2 FMA3 X86_V3 X86_V4",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F",
}


def built(folder, **environment):
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, str(folder)],
        check=True,
        timeout=120,
        env={**os.environ, **environment, "PYTHONPATH": str(GEODATA.parent)},
    )
    return (folder / f"{LAYER}.geojson").read_bytes()


@pytest.mark.parametrize("environment", [{}, OLD_PROCESSOR], ids=["again", "old processor"])
def test_a_build_gives_the_shipped_bytes(tmp_path, environment):
    assert built(tmp_path, **environment) == (GEODATA / f"{LAYER}.geojson").read_bytes()
