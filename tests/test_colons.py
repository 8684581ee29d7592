"""Templates write a colon as the language of the page does: French sets a space before it."""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "app"
_FIXED = re.compile(r"(?:\}\}|>)\s?:\s")


def test_no_template_writes_a_colon_of_its_own() -> None:
    found = sorted(TEMPLATES.rglob("*.html"))
    assert len(found) > 50
    assert [path.name for path in found if _FIXED.search(path.read_text("utf8"))] == []
