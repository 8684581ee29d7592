"""Rules for overlapping and nested labels (``resources/nesting.yaml``)."""

from __future__ import annotations

from typing import Any

from extraction.resource import load


def nesting() -> dict[str, Any]:
    """Return the content of ``resources/nesting.yaml``."""
    listed: dict[str, Any] = load("nlp.nesting")
    return listed
