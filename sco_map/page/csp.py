"""Hash what runs and what styles in a finished page, and write the content security policy that allows just that."""

from __future__ import annotations

import base64
import hashlib
import re

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def source_hash(text: str) -> str:
    """Return the hash of an inline script or style as a policy writes it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(html: str, packed_script: str | None = None, *packed_styles: str) -> str:
    """Return the policy for `html`: its own scripts and styles, pictures and fonts inside the file, nothing else.

    The packed ones are what the page carries packed and puts in once it has unpacked it.
    """
    scripts = " ".join(dict.fromkeys(map(source_hash, SCRIPT.findall(html) + given(packed_script))))
    styles = " ".join(dict.fromkeys(map(source_hash, [*STYLE.findall(html), *packed_styles])))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def given(text: str | None) -> list[str]:
    """Return a list of `text`, empty when there is none."""
    return [] if text is None else [text]
