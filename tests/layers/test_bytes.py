"""The same catalog gives the same bytes: on a second run, and on a processor without its newest instructions."""

from __future__ import annotations

import os
import subprocess
import sys

from sco_map.layers import build_layers
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


def built_by_another_process(folder, **environment):
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, str(folder)],
        check=True,
        timeout=600,
        env={**os.environ, **environment, "PYTHONPATH": str(GEODATA.parent)},
    )
    return (folder / f"{LAYER}.geojson").read_bytes()


def test_a_build_gives_the_shipped_bytes(tmp_path):
    [result] = build_layers([LAYER], folder=tmp_path)
    assert result.file == tmp_path / f"{LAYER}.geojson"
    assert result.file.read_bytes() == (GEODATA / f"{LAYER}.geojson").read_bytes()


def test_an_old_processor_gives_them_too(tmp_path):
    assert built_by_another_process(tmp_path, **OLD_PROCESSOR) == (GEODATA / f"{LAYER}.geojson").read_bytes()
