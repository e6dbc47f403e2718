"""What is computed once is taken from the cache only when everything that it is made of is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sco_map.layers.inputs.kept import kept


class Work:
    """Computes a number that is one higher each time."""

    def __init__(self, folder: Path) -> None:
        self.done = 0
        self.code, self.input = folder / "code", folder / "input.txt"
        self.code.mkdir()
        (self.code / "module.py").write_text("x = 1")
        self.input.write_text("a")

    def __call__(self, *values: str) -> int:
        def compute() -> int:
            self.done += 1
            return self.done

        return kept("number", compute, code=self.code, files=[self.input], values=values)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return Work(tmp_path)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "caches" / "sco-map" / "layers"


def test_the_same_is_computed_once(work: Work, cache: Path) -> None:
    assert [work("v"), work("v")] == [1, 1]
    assert len(list(cache.iterdir())) == 1


def test_another_input_value_or_line_of_code_is_computed_again(work: Work, cache: Path) -> None:
    assert work("v") == 1
    work.input.write_text("b")
    assert work("v") == 2
    (work.code / "module.py").write_text("x = 2")
    assert work("v") == 3
    assert work("w") == 4
    assert len(list(cache.iterdir())) == 1, "what is out of date is removed"


@pytest.mark.parametrize("spoilt", [b"", b"no pickle", b"\x80\x05cnowhere\nNothing\n."])
def test_a_damaged_file_is_computed_again(work: Work, cache: Path, spoilt: bytes) -> None:
    assert work() == 1
    (file,) = cache.iterdir()
    file.write_bytes(spoilt)
    assert [work(), work()] == [2, 2]


def test_without_a_cache_it_is_computed_each_time(work: Work, tmp_path: Path) -> None:
    (tmp_path / "caches").write_text("a file where the folder would be")
    assert [work(), work()] == [1, 2]
