"""The policy allows what is in the page and nothing else."""

from __future__ import annotations

from sco_map.page.csp import policy, source_hash


def test_scripts_and_styles_are_allowed_by_their_hash() -> None:
    text = policy('<style>b{}</style><script>go()</script><script type="application/json">{}</script>')
    assert source_hash("go()") in text
    assert source_hash("b{}") in text
    assert source_hash("{}") not in text, "data are not a script"


def test_nothing_is_asked_from_anywhere() -> None:
    text = policy("<script>1</script>")
    assert text.startswith("default-src 'none';")
    assert "unsafe" not in text
    assert "http" not in text


def test_the_hash_is_that_of_the_standard() -> None:
    assert source_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
